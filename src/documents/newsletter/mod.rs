//! The newsletter: pages, e-mail, text, message, calendar, recipients.

mod view;

use chrono::{Months, NaiveDate};

use super::{CalendarEvent, Draft, Kind, MessageRecipe, Part, Printer, Recipe};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{Audience, Disclosure, Event, Letter, Model};
use crate::wording;

/// The most bytes of the e-mail's HTML: mail programs cut what is longer.
const HTML_LIMIT: usize = 90_000;

/// The newsletter.
pub(super) const KIND: Kind = Kind {
    name: "newsletter",
    label: "lettre d’information",
    known,
    draft,
    reads: &[
        "Partenaires",
        "Contacts",
        "Lettres",
        "Articles",
        "Agenda",
        "Appels à projets",
        "Accompagnements",
        "Aides",
    ],
};

/// Letters with at least one article, by number.
fn known(model: &Model) -> Vec<String> {
    let mut numbers: Vec<u32> = model
        .letters
        .iter()
        .map(|letter| letter.number)
        .filter(|number| model.articles.iter().any(|article| article.letter == *number))
        .collect();
    numbers.sort_unstable();
    numbers.iter().map(u32::to_string).collect()
}

fn draft(model: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let letter =
        id.parse().ok().and_then(|number| model.letter(number)).ok_or_else(|| vec![unknown_letter(model, id)])?;
    if !model.articles.iter().any(|article| article.letter == letter.number) {
        let reason = format!("la lettre {} n’a pas encore d’article dans la feuille Articles", letter.number);
        return Err(vec![commands::empty_document(&reason).at_cell(letter.origin.cell("Numéro"))]);
    }
    let mut printer = Printer::default();
    let data = view::view(model, letter, &mut printer);
    let number = letter.number;
    let (pdf, html, text) =
        (format!("lettre-{number}.pdf"), format!("lettre-{number}.html"), format!("lettre-{number}.txt"));
    let settings = &model.territory.letter;
    let mut parts = vec![
        Part::new(
            &*pdf,
            Recipe::Pdf {
                template: "newsletter/lettre.typ",
                data: data.clone(),
                texts: Vec::new(),
                comparisons: Vec::new(),
            },
        ),
        Part::new(
            "agenda.ics",
            Recipe::Calendar { name: format!("Agenda – {}", model.territory.name), events: calendar(model, letter) },
        ),
    ];
    parts.extend(
        view::pictures(model, letter)
            .into_iter()
            .map(|(name, source, width)| Part::new(name, Recipe::Picture { source, width })),
    );
    parts.extend([
        Part::new(
            &*html,
            Recipe::Text { template: "newsletter/lettre.html.j2", data: data.clone(), limit: Some(HTML_LIMIT) },
        ),
        Part::new(&*text, Recipe::Text { template: "newsletter/lettre.txt.j2", data, limit: None }),
        Part::new(
            format!("lettre-{number}.eml"),
            Recipe::Message(Box::new(MessageRecipe {
                identifier: format!("lettre-{number}-{}", letter.issued),
                from_name: wording::prose(&settings.sender_name),
                from: settings.sender.clone(),
                subject: view::subject(model, letter),
                unsubscribe: settings.unsubscribe.clone(),
                text,
                html,
                attachments: vec![pdf],
            })),
        ),
        Part::new("destinataires.csv", recipients(model)).internal(),
    ]);
    Ok(Draft {
        title: format!("lettre n°\u{a0}{number}, {}", wording::month(letter.issued)),
        date: letter.issued,
        frozen: letter.sent,
        ledger: printer.ledger,
        parts,
        ..Draft::new(KIND.name, &number.to_string(), Audience::Public)
    })
}

/// The message for a number that is not in the calendar: which ones are, and what date the rhythm would give.
fn unknown_letter(model: &Model, id: &str) -> Diagnostic {
    let mut numbers: Vec<u32> = model.letters.iter().map(|letter| letter.number).collect();
    numbers.sort_unstable();
    let known = match numbers.as_slice() {
        [] => "aucune lettre n’a encore d’article".to_owned(),
        [first, .., last] if usize::try_from(last - first).is_ok_and(|span| span + 1 == numbers.len()) => {
            format!("{first} à {last}")
        }
        _ => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
    };
    let diagnostic = commands::unknown_document("newsletter", id, &known);
    let (Ok(number), Some(last)) = (id.parse::<u32>(), model.letters.iter().max_by_key(|letter| letter.number)) else {
        return diagnostic;
    };
    if number <= last.number || number > last.number + 60 {
        return diagnostic;
    }
    let date = add_issues(last.issued, number - last.number, model.territory.letter.per_year);
    diagnostic.hint(format!(
        "à raison de {} lettres par an, la lettre {number} paraîtrait vers le {} : ajoutez-la à la feuille Lettres",
        model.territory.letter.per_year,
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
fn next_issue(model: &Model, letter: &Letter) -> NaiveDate {
    model
        .letters
        .iter()
        .filter(|other| other.number > letter.number && other.issued > letter.issued)
        .map(|other| other.issued)
        .min()
        .unwrap_or_else(|| add_issues(letter.issued, 1, model.territory.letter.per_year))
}

/// The events that a letter announces: those that are not over at its date and begin before the next issue.
fn announced<'a>(model: &'a Model, letter: &Letter) -> Vec<&'a Event> {
    let next = next_issue(model, letter);
    let mut events: Vec<&Event> = model
        .events
        .iter()
        .filter(|event| event.in_letter && letter.issued <= event.last_day() && event.date < next)
        .collect();
    events.sort_by_key(|event| (event.date, event.time));
    events
}

/// The announced events for calendar programs, cancelled ones included so that a subscriber's entry goes.
fn calendar(model: &Model, letter: &Letter) -> Vec<CalendarEvent> {
    let domain = model.territory.letter.sender.split('@').nth(1).unwrap_or("localhost");
    announced(model, letter)
        .into_iter()
        .map(|event| {
            let registration = event.registration.as_ref().map(|link| format!("Inscription : {link}"));
            CalendarEvent { uid: event_uid(event, domain), event: event.clone(), description: registration }
        })
        .collect()
}

/// A name made of what people would not change when they move an event by an hour: its day and its title.
fn event_uid(event: &Event, domain: &str) -> String {
    let slug: String = crate::diagnostics::fold(&event.title)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let slug = slug.split('-').filter(|word| !word.is_empty()).take(8).collect::<Vec<_>>().join("-");
    format!("{}-{slug}@{domain}", event.date.format("%Y%m%d"))
}

/// Who receives the letter: those who objected never appear.
fn recipients(model: &Model) -> Recipe {
    let mut rows: Vec<Vec<String>> = model
        .contacts
        .iter()
        .filter(|contact| contact.is_recipient())
        .map(|contact| {
            vec![
                contact.email.clone(),
                contact.first_name.clone(),
                contact.last_name.clone(),
                contact.organisation.clone(),
            ]
        })
        .collect();
    rows.sort_by(|left, right| left[0].cmp(&right[0]));
    Recipe::Csv { headings: &["courriel", "prenom", "nom", "organisation"], rows }
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
        assert_eq!(add_issues(day(2022, 9, 15), 2, 12), day(2022, 11, 15));
        assert_eq!(add_issues(day(2022, 9, 15), 1, 5), day(2022, 11, 27));
        assert_eq!(add_issues(day(2022, 12, 31), 1, 6), day(2023, 2, 28));
    }
}
