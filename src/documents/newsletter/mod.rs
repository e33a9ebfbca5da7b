//! The newsletter: pages, e-mail, text, message, calendar, recipients.

mod calendars;
mod faces;
mod view;

pub use self::view::mail_name;

use std::sync::Arc;

use chrono::{Months, NaiveDate};

use self::view::LetterView;
use super::{CalendarEvent, Draft, Kind, MessageRecipe, Part, Recipe, common};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{At, Contact, Desk, Event, Letter, Readers, Scope, Territory};
use crate::views::Data;
use crate::wording::{self, fold};
use crate::worksheets::{Cell, Piece, Table, Workbook, Worksheet};

/// The most bytes of the e-mail's HTML: mail programs cut what is longer.
const HTML_LIMIT: usize = 90_000;

/// The newsletter.
pub(super) const KIND: Kind = Kind {
    name: "newsletter",
    french: "lettre",
    label: "lettre d’information",
    none: "aucune lettre n’a encore d’article",
    known,
    draft,
};

/// Letters with at least one article, by number.
fn known(scope: &Scope) -> Vec<String> {
    let written: Vec<At<Letter>> = scope.articles().map(|article| article.letter()).collect();
    let mut numbers: Vec<i64> =
        scope.letters().filter(|letter| written.contains(letter)).map(|letter| letter.number()).collect();
    numbers.sort_unstable();
    numbers.iter().map(i64::to_string).collect()
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Public);
    let letter =
        id.parse().ok().and_then(|number| scope.letter(number)).ok_or_else(|| vec![unknown_letter(&scope, id)])?;
    let number = letter.number();
    if !scope.articles().any(|article| article.letter() == letter) {
        let reason = format!("la lettre {number} n’a pas encore d’article dans la feuille Articles");
        return Err(vec![commands::empty_document(&reason).at_cell(letter.cell(Letter::NUMBER))]);
    }
    let view = view::view(&scope, letter);
    let short: Arc<dyn Data> = Arc::new(LetterView { abrege: true, ..view.clone() });
    let data: Arc<dyn Data> = Arc::new(view);
    let (pdf, html, text) =
        (format!("lettre-{number}.pdf"), format!("lettre-{number}.html"), format!("lettre-{number}.txt"));
    let settings = &scope.territory().letter;
    let pages = Recipe::Pdf {
        template: "newsletter/lettre.typ",
        data: Arc::clone(&data),
        texts: Vec::new(),
        comparisons: Vec::new(),
    };
    let events =
        Recipe::Calendar { name: format!("Agenda – {}", scope.territory().name), events: calendar(&scope, letter) };
    let mut parts = vec![Part::new(&*pdf, pages), Part::new("agenda.ics", events)];
    parts.extend(
        view::pictures(&scope, letter)
            .into_iter()
            .map(|(name, source, width)| Part::new(name, Recipe::Picture { source, width })),
    );
    let message = MessageRecipe {
        identifier: format!("lettre-{number}-{}", letter.issued()),
        from_name: wording::prose(&settings.sender_name),
        from: settings.sender.clone(),
        to: None,
        subject: view::subject(&scope, letter),
        unsubscribe: settings.unsubscribe.clone(),
        text: text.clone(),
        html: html.clone(),
        attachments: vec![pdf],
    };
    let recipients = recipients(&desk.scope(Readers::Operator), letter);
    parts.extend([
        Part::new(
            html,
            Recipe::Text {
                template: "newsletter/lettre.html.j2",
                data: Arc::clone(&data),
                limit: Some((HTML_LIMIT, short)),
            },
        ),
        Part::new(text, Recipe::Text { template: "newsletter/lettre.txt.j2", data, limit: None }),
        Part::new(format!("lettre-{number}.eml"), Recipe::Message(Box::new(message))),
        Part::new(
            "destinataires.csv",
            Recipe::Csv { headings: &RECIPIENT, rows: recipients.clone(), for_people: true },
        )
        .apart(),
        Part::new("destinataires.xlsx", recipients_workbook(&scope, letter, &recipients)).apart(),
    ]);
    Ok(Draft {
        title: format!("lettre n°\u{a0}{number}, {}", wording::month(letter.issued())),
        date: letter.issued(),
        frozen: letter.sent(),
        parts,
        ..Draft::new(KIND.name, &number.to_string(), Readers::Public)
    })
}

/// The message for a number that is not in the calendar: which ones are, and what date the rhythm would give.
fn unknown_letter(scope: &Scope, id: &str) -> Diagnostic {
    let mut numbers: Vec<i64> = scope.letters().map(|letter| letter.number()).collect();
    numbers.sort_unstable();
    let known = match numbers.as_slice() {
        [] => KIND.none.to_owned(),
        [first, .., last] if usize::try_from(last - first).is_ok_and(|span| span + 1 == numbers.len()) => {
            format!("{first} à {last}")
        }
        _ => numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", "),
    };
    let diagnostic = commands::unknown_document(KIND.name, id, &known);
    let last = scope.letters().max_by_key(|letter| letter.number());
    let ahead = id.parse::<i64>().ok().zip(last).map(|(number, last)| (number, number - last.number(), last.issued()));
    let Some((number, ahead, issued)) = ahead.filter(|(_, ahead, _)| (1..=60).contains(ahead)) else {
        return diagnostic;
    };
    let per_year = scope.territory().letter.per_year;
    let date = add_issues(issued, u32::try_from(ahead).unwrap_or(1), per_year);
    diagnostic.hint(format!(
        "à raison de {per_year} lettres par an, la lettre {number} paraîtrait vers le {} : ajoutez-la à la feuille Lettres",
        wording::date(date)
    ))
}

/// The date of the issue that comes `count` issues after a date, by the rhythm of so many a year.
fn add_issues(date: NaiveDate, count: u32, per_year: u32) -> NaiveDate {
    let per_year = per_year.max(1);
    if 12 % per_year == 0 {
        date.checked_add_months(Months::new(count * 12 / per_year)).unwrap_or(date)
    } else {
        date.checked_add_days(chrono::Days::new(u64::from(count * 365 / per_year))).unwrap_or(date)
    }
}

/// The day of the next issue: the calendar's, else the rhythm's.
fn next_issue(scope: &Scope, letter: At<Letter>) -> NaiveDate {
    let later = scope.letters().filter(|other| other.number() > letter.number() && other.issued() > letter.issued());
    let next = later.map(|other| other.issued()).min();
    next.unwrap_or_else(|| add_issues(letter.issued(), 1, scope.territory().letter.per_year))
}

/// The events that a letter announces: those that are not over at its date and begin before the next issue.
fn announced<'s>(scope: &'s Scope, letter: At<Letter>) -> Vec<At<'s, Event>> {
    let next = next_issue(scope, letter);
    let is_announced =
        |event: &At<Event>| event.in_letter() && letter.issued() <= event.last_day() && event.date() < next;
    let mut events: Vec<At<Event>> = scope.events().filter(is_announced).collect();
    events.sort_by_key(|event| (event.date(), event.time()));
    events
}

/// The announced events for calendar programs, cancelled ones included so that a subscriber's entry goes.
fn calendar(scope: &Scope, letter: At<Letter>) -> Vec<CalendarEvent> {
    let domain = scope.territory().letter.sender.split('@').nth(1).unwrap_or("localhost");
    announced(scope, letter).into_iter().map(|event| calendar_event(event, domain)).collect()
}

/// An event as calendar programs have it; `domain` makes its name unique in the world.
#[must_use]
pub fn calendar_event(event: At<Event>, domain: &str) -> CalendarEvent {
    CalendarEvent {
        uid: event_uid(event.scope(), event, domain),
        summary: event.title().to_owned(),
        location: event.place().map(ToOwned::to_owned),
        description: event.registration().map(|link| format!("Inscription : {link}")),
        link: event.link().or(event.registration()).map(ToOwned::to_owned),
        start: (event.date(), event.time()),
        end: (event.last_day(), event.end_time()),
        cancelled: event.cancelled(),
    }
}

/// A name made of what people would not change when they move an event by an hour: its day and its title. Two of one title
/// on one day are told apart by what else they say, so that a third one changes the name of neither.
fn event_uid(scope: &Scope, event: At<Event>, domain: &str) -> String {
    let name = |event: At<Event>| format!("{}-{}", event.date().format("%Y%m%d"), slug(event.title()));
    let details = |event: At<Event>| {
        let hour = event.time().map(|time| time.format("%H%M").to_string()).unwrap_or_default();
        [hour, slug(event.place().unwrap_or_default()), slug(event.code().unwrap_or_default())]
    };
    let base = name(event);
    let namesakes: Vec<At<Event>> =
        scope.events().filter(|other| other.date() == event.date() && name(*other) == base).collect();
    if namesakes.len() < 2 {
        return format!("{base}@{domain}");
    }
    let mut parts = vec![base];
    parts.extend(details(event).into_iter().filter(|part| !part.is_empty()));
    // Nothing but its row tells it from the one before.
    let twins = namesakes
        .iter()
        .take_while(|other| **other != event)
        .filter(|other| details(**other) == details(event))
        .count();
    parts.extend((twins > 0).then(|| (twins + 1).to_string()));
    format!("{}@{domain}", parts.join("-"))
}

/// The first words of a text, for a name.
fn slug(text: &str) -> String {
    let plain: String = fold(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.split('-').filter(|word| !word.is_empty()).take(8).collect::<Vec<_>>().join("-")
}

/// What the lists tell of who receives the letter.
const RECIPIENT: [&str; 4] = ["courriel", "prenom", "nom", "organisation"];

/// Who receives the letter: those who objected never appear, nor those who were kept for too long.
fn recipients(scope: &Scope, letter: At<Letter>) -> Vec<Vec<String>> {
    let row = |contact: At<Contact>| {
        let cells = [contact.email(), contact.first_name(), contact.last_name(), contact.organisation()];
        cells.map(ToOwned::to_owned).to_vec()
    };
    let mut rows: Vec<Vec<String>> =
        scope.contacts().filter(|contact| contact.is_recipient(letter.issued())).map(row).collect();
    rows.sort();
    rows
}

/// The same as a workbook.
fn recipients_workbook(scope: &Scope, letter: At<Letter>, recipients: &[Vec<String>]) -> Recipe {
    let title = format!("Destinataires de la lettre n°\u{a0}{}", letter.number());
    recipient_list(
        scope.territory(),
        &title,
        &["Courriel", "Prénom", "Nom", "Organisation"].map(String::from),
        recipients,
    )
}

/// A list of recipients as a workbook.
#[must_use]
pub fn recipient_list(territory: &Territory, title: &str, headings: &[String], recipients: &[Vec<String>]) -> Recipe {
    let table = Table {
        name: "Destinataires".into(),
        headings: headings.to_vec(),
        rows: recipients.iter().map(|row| row.iter().map(Cell::text).collect()).collect(),
        ..Table::default()
    };
    let remark = "Liste interne : elle ne se transmet ni avec la lettre ni avec ses autres fichiers.";
    let sheet = Worksheet {
        name: "Destinataires".into(),
        widths: vec![38.0, 18.0, 22.0, 38.0],
        pieces: vec![Piece::Title(title.to_owned()), Piece::Remark(remark.into()), Piece::Table(table)],
    };
    Recipe::Workbook(Box::new(Workbook { sheets: vec![sheet], ..common::workbook(territory, title.to_owned()) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    #[test]
    fn the_rhythm_gives_the_next_date() {
        assert_eq!(add_issues(day(2022, 9, 15), 1, 6), day(2022, 11, 15));
        assert_eq!(add_issues(day(2022, 12, 31), 1, 6), day(2023, 2, 28));
        assert_eq!(add_issues(day(2022, 9, 15), 2, 12), day(2022, 11, 15));
        assert_eq!(add_issues(day(2022, 9, 15), 1, 5), day(2022, 11, 27));
    }
}
