//! Letters, articles, calls and events.

use std::collections::HashMap;

use super::{at, suggest};
use crate::diagnostics::messages::{cells, checks};
use crate::diagnostics::{Diagnostic, fold};
use crate::figures::Origin;
use crate::intake::sheets::{agenda, articles, calls, letters};
use crate::model::Model;
use crate::wording;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    check_letters(model, problems);
    check_articles(model, problems);
    for call in model.calls.iter().filter(|call| call.origin.sound) {
        if let (Some(opening), Some(closing)) = (call.opening, call.closing)
            && closing < opening
        {
            let diagnostic = checks::closing_before_opening(&wording::date(opening), &wording::date(closing));
            problems.push(at(&call.origin, calls::CLOSING.heading, diagnostic));
        }
    }
    for event in model.events.iter().filter(|event| event.origin.sound) {
        if let Some(end) = event.end_date.filter(|end| *end < event.date) {
            let diagnostic = checks::end_before_start(&wording::date(event.date), &wording::date(end));
            problems.push(at(&event.origin, agenda::END_DATE.heading, diagnostic));
        }
        if let (Some(start), Some(end)) = (event.time, event.end_time)
            && event.last_day() == event.date
            && end <= start
        {
            let diagnostic = checks::end_before_start(&wording::hour(start), &wording::hour(end));
            problems.push(at(&event.origin, agenda::END_TIME.heading, diagnostic));
        }
    }
}

/// Numbers follow dates: letter 14 does not come out before letter 13.
fn check_letters(model: &Model, problems: &mut Vec<Diagnostic>) {
    let mut letters: Vec<_> = model.letters.iter().filter(|letter| letter.origin.sound).collect();
    letters.sort_by_key(|letter| letter.number);
    letters.dedup_by_key(|letter| letter.number);
    for pair in letters.windows(2) {
        if let [earlier, later] = pair
            && later.issued <= earlier.issued
        {
            let diagnostic = checks::letters_out_of_order(
                &later.number.to_string(),
                &wording::date(later.issued),
                &earlier.number.to_string(),
                &wording::date(earlier.issued),
            );
            problems.push(at(&later.origin, letters::ISSUED.heading, diagnostic));
        }
    }
    for letter in &model.letters {
        if let Some(editorial) = &letter.editorial
            && has_forbidden_markdown(editorial)
        {
            let heading = letters::EDITORIAL.heading;
            problems.push(at(&letter.origin, heading, cells::heading_in_markdown(heading)));
        }
    }
}

fn check_articles(model: &Model, problems: &mut Vec<Diagnostic>) {
    let mut leads: HashMap<u32, &Origin> = HashMap::new();
    for article in &model.articles {
        let number = article.letter.to_string();
        if article.letter > 0 && !model.letters.is_empty() && model.letter(article.letter).is_none() {
            let known: Vec<String> = model.letters.iter().map(|letter| letter.number.to_string()).collect();
            let diagnostic =
                suggest(checks::article_without_letter(&number), &number, known.iter().map(String::as_str));
            problems.push(at(&article.origin, articles::LETTER.heading, diagnostic));
        }
        if article.lead && article.letter > 0 {
            let heading = articles::LEAD.heading;
            match leads.get(&article.letter) {
                Some(first) => problems.push(at(
                    &article.origin,
                    heading,
                    checks::several_leads(&number, &first.cell(heading).name()),
                )),
                None => drop(leads.insert(article.letter, &article.origin)),
            }
        }
        if article.image.is_some() && article.alternative.is_none() {
            let heading = articles::ALTERNATIVE.heading;
            problems.push(at(&article.origin, heading, cells::image_without_text(heading)));
        }
        if has_forbidden_markdown(&article.text) {
            let heading = articles::TEXT.heading;
            problems.push(at(&article.origin, heading, cells::heading_in_markdown(heading)));
        }
    }
}

/// Whether a cell's Markdown holds what a cell cannot: a heading or a picture. HTML comes out as the characters that it is.
fn has_forbidden_markdown(text: &str) -> bool {
    use pulldown_cmark::{Event, Parser, Tag};
    let folded = fold(text);
    (folded.contains('#') || text.contains("![") || text.contains("===") || text.contains("---"))
        && Parser::new(text).any(|event| matches!(event, Event::Start(Tag::Heading { .. } | Tag::Image { .. })))
}
