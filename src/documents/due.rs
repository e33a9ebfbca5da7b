//! What is to be done by when: letters, periods that end, convocations, acts on their way, decisions, reminders. The day to
//! reckon from is handed in: no document asks what day it is.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::{annexes, common, indicators, newsletter, report};
use crate::figures::{CellRef, Cells};
use crate::model::law::HOUSE_DAYS;
use crate::model::{
    Action, ActionState, AgendaItem, Deliberation, Event, Letter, Resource, Scope, Sitting, Step, Support,
};
use crate::wording;

/// How many days ahead are looked at.
pub const AHEAD: u64 = 30;
/// For how many days what was not done is still told.
const BEHIND: u64 = 120;

/// Something to do by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub day: NaiveDate,
    /// What.
    pub what: String,
    /// The cell that tells it, or that waits to be filled.
    pub cell: Option<CellRef>,
    /// The document, by its kind and name.
    pub document: Option<(&'static str, String)>,
}

/// The cell that says that a document was sent, its heading, and the day where it is filled.
#[must_use]
pub fn sending(scope: &Scope, kind: &str, id: &str) -> Option<(CellRef, &'static str, Option<NaiveDate>)> {
    if kind == newsletter::KIND.name {
        let letter = scope.letter(id.parse().ok()?)?;
        return Some((letter.cell(Letter::SENT), Letter::SENT.heading, letter.sent()));
    }
    let act = scope.deliberations().find(|act| kind == annexes::KIND.name && act.code() == id)?;
    Some((act.cell(Deliberation::SENT), Deliberation::SENT.heading, act.sent()))
}

/// What is to be done in the days after a day, and what should have been done shortly before; in the order of days.
#[must_use]
pub fn due(scope: &Scope, from: NaiveDate) -> Vec<Due> {
    let first = from.checked_sub_days(Days::new(BEHIND)).unwrap_or(from);
    let last = from.checked_add_days(Days::new(AHEAD)).unwrap_or(from);
    let mut found = letters(scope, from);
    found.extend(periods(from, last));
    found.extend(acts(scope, from));
    found.extend(committees(scope, from));
    found.extend(reminders(scope, from));
    found.retain(|due| (first..=last).contains(&due.day));
    found.sort_by(|one, other| (one.day, &one.what).cmp(&(other.day, &other.what)));
    found
}

fn letters(scope: &Scope, from: NaiveDate) -> Vec<Due> {
    let open = scope.letters().filter(|letter| letter.sent().is_none());
    let mut found: Vec<Due> = open
        .map(|letter| Due {
            day: letter.issued(),
            what: format!("lettre n°\u{a0}{} : à envoyer", letter.number()),
            cell: Some(letter.cell(Letter::SENT)),
            document: Some((newsletter::KIND.name, letter.number().to_string())),
        })
        .collect();
    let per_year = scope.territory().letter.per_year.max(1);
    if let Some(letter) = scope.letters().max_by_key(|letter| letter.issued()) {
        let next = letter.issued().checked_add_months(Months::new(12 / per_year.min(12)));
        found.extend(next.filter(|day| *day >= from).map(|day| Due {
            day,
            what: format!("lettre suivante, après la n°\u{a0}{} : à inscrire au calendrier", letter.number()),
            cell: Some(letter.cell(Letter::NUMBER)),
            document: None,
        }));
    }
    found
}

/// The months and half-years that end.
fn periods(from: NaiveDate, last: NaiveDate) -> Vec<Due> {
    let mut found = Vec::new();
    let mut month = from.with_day(1).unwrap_or(from);
    while let Some(next) = month.checked_add_months(Months::new(1)) {
        let Some(day) = next.pred_opt().filter(|day| *day <= last) else { break };
        found.push(Due {
            day,
            what: format!("indicateurs, {}", wording::month(month)),
            cell: None,
            document: Some((indicators::KIND.name, month.format("%Y-%m").to_string())),
        });
        if day.month() % 6 == 0 {
            let half = if day.month() == 6 { ("1", "premier") } else { ("2", "second") };
            found.push(Due {
                day,
                what: format!("bilan du {} semestre {}", half.1, day.year()),
                cell: None,
                document: Some((report::KIND.name, format!("{}-S{}", day.year(), half.0))),
            });
        }
        month = next;
    }
    found
}

/// Convocations, and acts on their way: sent to the secretariat, to the prefecture, published, signed.
fn acts(scope: &Scope, from: NaiveDate) -> Vec<Due> {
    let mut found = Vec::new();
    for sitting in scope.sittings() {
        let day = wording::date(sitting.date());
        if sitting.convened() >= from {
            found.push(Due {
                day: sitting.convened(),
                what: format!("convocation de la séance du {day} : à envoyer"),
                cell: Some(sitting.cell(Sitting::CONVENED)),
                document: None,
            });
        }
    }
    let house = usize::try_from(HOUSE_DAYS).unwrap_or_default();
    let house = common::count("delai", "délai de la maison, en jours", house, Cells::default()).in_words(false);
    let by_house = |what: &str| format!("{what} ({} jours : une règle de la maison)", house.text());
    for act in scope.deliberations() {
        for passage in act.passages(from) {
            let what = match passage.step {
                Step::HandedOver => "note et annexes à transmettre au secrétariat, avec la convocation".to_owned(),
                Step::Sent => by_house("à transmettre à la préfecture"),
                Step::Received => "accusé de réception à noter".to_owned(),
                Step::Published => "date de publication à noter".to_owned(),
                Step::Signed => by_house("convention à signer"),
                // A convocation is one for all acts of its sitting; a vote is noted with the act.
                Step::Convened | Step::Voted => continue,
            };
            found.extend(passage.awaited().map(|day| Due {
                day,
                what: format!("délibération {} : {what}", act.code()),
                cell: Some(passage.cell.clone()),
                document: Some((annexes::KIND.name, act.code().to_owned())),
            }));
        }
    }
    found
}

/// Committees that were not convened, and what they decided.
fn committees(scope: &Scope, from: NaiveDate) -> Vec<Due> {
    let waiting = scope.events().filter(|event| event.kind().is_committee() && event.convened().is_none());
    let waiting = waiting.filter(|event| !event.cancelled() && event.date() >= from).map(|event| Due {
        day: event.date(),
        what: format!("{} : convocation à envoyer", event.title()),
        cell: Some(event.cell(Event::CONVENED)),
        document: None,
    });
    let open = scope.agenda_items().filter(|item| item.done().is_none());
    let decided = open.filter_map(|item| {
        let what = item.decision()?.to_owned();
        Some(Due { day: item.due()?, what, cell: Some(item.cell(AgendaItem::DONE)), document: None })
    });
    waiting.chain(decided).collect()
}

/// Steps of actions, firms to call again, shares to cash.
fn reminders(scope: &Scope, from: NaiveDate) -> Vec<Due> {
    let running = scope.actions().filter(|it| matches!(it.state(), ActionState::Planned | ActionState::Running));
    let steps = running.filter_map(|action| {
        let step = action.next_step().unwrap_or("prochaine étape");
        let what = format!("action {} : {step}", action.code());
        Some(Due { day: action.due()?, what, cell: Some(action.cell(Action::DUE)), document: None })
    });
    let calls = scope.supports().filter_map(|support| {
        let what = format!("{} : à relancer", support.firm().name());
        let day = support.reminder().filter(|day| *day >= from)?;
        Some(Due { day, what, cell: Some(support.cell(Support::REMINDER)), document: None })
    });
    let shares = scope.resources().filter(|it| it.called_on().is_some() && it.received_on().is_none());
    let shares = shares.filter_map(|share| {
        let what = format!("participation {} : à encaisser", share.funder().name_with_de());
        Some(Due { day: share.due()?, what, cell: Some(share.cell(Resource::RECEIVED_ON)), document: None })
    });
    steps.chain(calls).chain(shares).collect()
}
