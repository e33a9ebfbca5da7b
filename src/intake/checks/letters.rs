//! Letters, articles, calls and events.

use std::collections::HashMap;

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, checks};
use crate::model::{Article, At, Call, Event, Letter, Scope};
use chrono::NaiveTime;

use crate::wording;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    check_letters(scope, problems);
    check_articles(scope, problems);
    for call in scope.calls().filter(|call| call.is_sound()) {
        if let (Some(opening), Some(closing)) = (call.opening(), call.closing())
            && closing < opening
        {
            let diagnostic = checks::closing_before_opening(&wording::date(opening), &wording::date(closing));
            problems.push(at(call, Call::CLOSING, diagnostic));
        }
    }
    for event in scope.events().filter(|event| event.is_sound()) {
        if let Some(end) = event.end_date().filter(|end| *end < event.date()) {
            let diagnostic = checks::end_before_start(&wording::date(event.date()), &wording::date(end));
            problems.push(at(event, Event::END_DATE, diagnostic));
        }
        if let (Some(start), Some(end)) = (event.time(), event.end_time())
            && event.last_day() == event.date()
            && end <= start
            // Midnight is the end of the day.
            && end != NaiveTime::MIN
        {
            let diagnostic = checks::end_before_start(&wording::hour(start), &wording::hour(end));
            problems.push(at(event, Event::END_TIME, diagnostic));
        }
    }
}

/// Numbers follow dates: letter 14 does not come out before letter 13.
fn check_letters(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut letters: Vec<At<Letter>> = scope.letters().filter(|letter| letter.is_sound()).collect();
    letters.sort_by_key(|letter| letter.number());
    letters.dedup_by_key(|letter| letter.number());
    for pair in letters.windows(2) {
        if let [earlier, later] = pair
            && later.issued() <= earlier.issued()
        {
            let diagnostic = checks::letters_out_of_order(
                &later.number().to_string(),
                &wording::date(later.issued()),
                &earlier.number().to_string(),
                &wording::date(earlier.issued()),
            );
            problems.push(at(*later, Letter::ISSUED, diagnostic));
        }
    }
    let last_sent = letters.iter().filter(|letter| letter.sent().is_some()).map(|letter| letter.number()).max();
    for letter in letters.iter().filter(|letter| letter.sent().is_none() && Some(letter.number()) < last_sent) {
        problems.push(at(*letter, Letter::SENT, checks::letter_not_sent(&letter.number().to_string())));
    }
    for letter in scope.letters().filter(|letter| letter.editorial().is_some_and(has_forbidden_markdown)) {
        problems.push(at(letter, Letter::EDITORIAL, cells::heading_in_markdown(Letter::EDITORIAL.heading)));
    }
}

fn check_articles(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut leads: HashMap<At<Letter>, At<Article>> = HashMap::new();
    for article in scope.articles() {
        let letter = article.letter();
        if article.lead() && letter.exists() {
            match leads.get(&letter) {
                Some(first) => {
                    let cell = first.cell(Article::LEAD).name();
                    let diagnostic = checks::several_leads(&letter.number().to_string(), &cell);
                    problems.push(at(article, Article::LEAD, diagnostic));
                }
                None => drop(leads.insert(letter, article)),
            }
        }
        if article.image().is_some() && article.alternative().is_none() {
            let heading = Article::ALTERNATIVE.heading;
            problems.push(at(article, Article::ALTERNATIVE, cells::image_without_text(heading)));
        }
        if has_forbidden_markdown(article.text()) {
            problems.push(at(article, Article::TEXT, cells::heading_in_markdown(Article::TEXT.heading)));
        }
    }
}

/// Whether a cell's Markdown holds what a cell cannot: a heading or a picture. HTML comes out as the characters that it is.
fn has_forbidden_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    let is_picture = || text.split_once("![").is_some_and(|(_, rest)| rest.contains("]("));
    text.contains('#') && text.lines().map(str::trim_start).any(is_heading) || is_picture()
}
