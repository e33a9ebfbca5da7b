//! The parts of a report, each from the rows and statistics that its readers may know.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use chrono::NaiveDate;

use super::view::{Change, EventRow, FirmGroup, FirmRow, FollowUp, IndicatorGroup, IndicatorRow, KeyFigure, LetterRow};
use crate::documents::action_plan::{self, PlanTable};
use crate::documents::common::{self, prose};
use crate::figures::{Cells, Figure, Printed, Quantity, phrase};
use crate::model::rows::cells_under;
use crate::model::{
    AgendaItem, At, Choice as _, CommunicationMonth, Course as Kind, Event, Firm, HalfYear, Indicator, Support,
    SupportLevel, Trait,
};
use crate::wording::{self, fold};

/// The indicators of the first page.
const KEYS: [&str; 5] =
    ["entreprises.rencontrees", "entreprises.accompagnees", "dossiers.deposes", "aides.obtenues", "evenements"];

/// What the figures of one council's report have in their names.
pub(super) fn of(report: &Report) -> String {
    report.council.map_or_else(String::new, |council| format!("[{}]", council.code()))
}

pub(super) fn keys(report: &Report) -> Vec<KeyFigure> {
    let indicators = KEYS.iter().filter(|id| report.has(id)).filter_map(|id| Indicator::of(id));
    let key = |indicator: &'static Indicator| {
        let (before, now, _) = report.course(indicator);
        let variation = before.and_then(|before| change(&before, &now, indicator.course));
        KeyFigure { valeur: now.headline(), libelle: indicator.label_of(&now), variation }
    };
    indicators.map(key).collect()
}

/// The change from a half-year to the next. Percentages of a handful, and those beyond
/// the fourfold, tell less than the number itself.
fn change(before: &Figure, now: &Figure, course: Kind) -> Option<Change> {
    if before.is_secret() || now.is_secret() {
        return None;
    }
    let (was, is) = (before.amount(), now.amount());
    if course == Kind::Rate {
        return None;
    }
    let is_handful = matches!(before.value(), Quantity::Count(count) if count < 20);
    // What rounds to nothing is no rise and no fall.
    let is_flat = was == is || is.abs_diff(was).saturating_mul(200) < was.unsigned_abs();
    let text = match now.change_from(before).signed_percent() {
        _ if is_flat => phrase!["stable"],
        Some(percent) if !is_handful && is <= was.saturating_mul(4) => phrase![percent],
        _ => phrase!["contre ", before.headline()],
    };
    Some(Change { texte: text, hausse: !is_flat && was < is, baisse: !is_flat && is < was })
}

/// What the table of indicators is in: each group with the beginnings of the names that belong to it. What belongs to none
/// stands in the last.
const GROUPS: [(&str, &[&str]); 4] = [
    ("Entreprises", &["entreprises."]),
    ("Dossiers et aides, accompagnés ou non", &["dossiers.", "aides.", "emplois"]),
    ("Dossiers accompagnés par le programme", &["accompagnes."]),
    ("Animation et audience", &[]),
];

/// Every indicator in its group: the half-year before, this one, the change, and since the start.
pub(super) fn groups(report: &Report) -> Vec<IndicatorGroup> {
    let group_of = |indicator: &Indicator| {
        let is_in = |(_, starts): &(&str, &[&str])| starts.iter().any(|start| indicator.id.starts_with(start));
        GROUPS.iter().position(is_in).unwrap_or(GROUPS.len() - 1)
    };
    let group = |(place, (name, _)): (usize, &(&'static str, &[&str]))| IndicatorGroup {
        nom: name,
        lignes: report.indicators().filter(|it| group_of(it) == place).map(|it| indicator_row(report, it)).collect(),
    };
    GROUPS.iter().enumerate().map(group).filter(|group| !group.lignes.is_empty()).collect()
}

fn indicator_row(report: &Report, indicator: &'static Indicator) -> IndicatorRow {
    let (before, now, since) = report.course(indicator);
    let is_stock = indicator.course == Kind::Stock;
    IndicatorRow {
        nom: wording::capitalized(indicator.label),
        valeur: now.headline(),
        evolution: before.as_ref().and_then(|before| change(before, &now, indicator.course)),
        precedent: before.map(|before| before.headline()),
        depuis: (!is_stock).then(|| since.headline()),
        stock: is_stock,
    }
}

/// The traits of the breakdowns: a council's own firms are all of one council.
pub(super) fn traits(report: &Report) -> Vec<Trait> {
    let all = [Trait::Theme, Trait::Council, Trait::Sector, Trait::Size];
    all.into_iter().filter(|by| report.council.is_none() || *by != Trait::Council).collect()
}

/// A month on the networks as figures: followers, posts, views.
pub(super) fn networks(row: At<CommunicationMonth>) -> [Figure; 3] {
    let figure = |name: &str, label: &str, value: i64, column| {
        let month = row.month();
        Figure::new(format!("{name}@{month}"), format!("{label}, {month}"), Quantity::Count(value), row.cell(column))
    };
    [
        figure("abonnes", "abonnés à la fin du mois", row.followers(), CommunicationMonth::FOLLOWERS),
        figure("publications", "publications du mois", row.posts(), CommunicationMonth::POSTS),
        figure("vues", "vues du mois", row.views(), CommunicationMonth::VIEWS),
    ]
}

/// Events of a half-year that were not cancelled; in an own report, those of the council and those of all.
pub(super) fn events<'r>(report: &Report<'r>, half: HalfYear) -> Vec<At<'r, Event>> {
    let period = half.period();
    let is_own = |event: &At<Event>| {
        // What nobody holds by name is for all; the committees are, whoever holds them.
        let is_of_all = event.kind().is_committee();
        report
            .council
            .is_none_or(|council| event.partner().is_none_or(|host| host.index() == council.index() || is_of_all))
    };
    let held = |event: &At<Event>| !event.cancelled() && period.contains(event.date()) && is_own(event);
    let mut events: Vec<At<Event>> = report.scope.events().filter(held).collect();
    events.sort_by_key(|event| (event.date(), event.time()));
    events
}

/// The cells that say that these events exist.
pub(super) fn event_cells(events: &[At<Event>]) -> Cells {
    cells_under(events.iter().copied(), Event::DATE)
}

pub(super) fn event_row(event: At<Event>) -> EventRow {
    let came = event.participants().map(|count| {
        let name = format!("participants.{}@{}", fold(event.title()).replace(' ', "-"), event.date());
        let label = format!("participants, {}", event.title());
        Figure::new(name, label, Quantity::Count(count), event.cell(Event::PARTICIPANTS)).count()
    });
    EventRow {
        date: wording::date(event.date()),
        intitule: wording::prose(event.title()),
        genre: event.kind().label(),
        lieu: prose(event.place()),
        participants: came,
    }
}

/// What committees decided up to the situation's day and nobody has done by then, by its deadline.
pub(super) fn follow_ups(report: &Report) -> Vec<FollowUp> {
    let day = report.situation();
    let waits = |item: &At<AgendaItem>| item.event().date() <= day && item.done().is_none_or(|done| day < done);
    let mut items: Vec<(NaiveDate, At<AgendaItem>)> =
        report.scope.agenda_items().filter(waits).filter_map(|item| Some((item.due()?, item))).collect();
    items.sort_by_key(|(due, _)| *due);
    let row = |(due, item): (NaiveDate, At<AgendaItem>)| {
        Some(FollowUp { decision: prose(item.decision())?, echeance: wording::date(due) })
    };
    items.into_iter().filter_map(row).collect()
}

/// Letters of the half-year that were sent, by their day of issue.
pub(super) fn letters(report: &Report) -> Vec<LetterRow> {
    if report.council.is_some() {
        return Vec::new();
    }
    let period = report.half.period();
    let sent = report.scope.letters().filter(|letter| letter.sent().is_some() && period.contains(letter.issued()));
    let mut letters: Vec<_> = sent.collect();
    letters.sort_by_key(|letter| letter.number());
    letters
        .into_iter()
        .map(|letter| LetterRow {
            numero: letter.number().to_string(),
            date: wording::date(letter.issued()),
            objet: prose(letter.subject()),
        })
        .collect()
}

/// The council's own firms that were met, by the highest level that each reached, then by name: what was done with each.
pub(super) fn firms(report: &Report) -> Vec<FirmGroup> {
    if report.council.is_none() {
        return Vec::new();
    }
    let period = report.half.period();
    let mut met: BTreeMap<At<Firm>, Vec<At<Support>>> = BTreeMap::new();
    for support in report.scope.supports().filter(|support| period.contains(support.date())) {
        met.entry(support.firm()).or_default().push(support);
    }
    let reached = |supports: &[At<Support>]| supports.iter().map(|support| support.level()).max();
    let group = |level: &SupportLevel| {
        let of_level = || met.iter().filter(|(_, supports)| reached(supports) == Some(*level));
        let mut rows: Vec<FirmRow> = of_level().map(|(firm, supports)| firm_row(report, *firm, supports)).collect();
        rows.sort_by_cached_key(|row| fold(&row.nom));
        let name = format!("entreprises.niveau-{}{}@{}", *level as usize, of(report), report.half);
        let cells = cells_under(of_level().flat_map(|(_, supports)| supports.iter().copied()), Support::LEVEL);
        let count = common::count(name, level.label(), rows.len(), cells);
        FirmGroup { niveau: level.label(), nombre: count.counted("entreprise", "entreprises"), firmes: rows }
    };
    SupportLevel::ALL.iter().rev().map(group).filter(|group| !group.firmes.is_empty()).collect()
}

fn firm_row(report: &Report, firm: At<Firm>, supports: &[At<Support>]) -> FirmRow {
    let themes: BTreeSet<&str> = supports.iter().map(|support| support.theme()).collect();
    let name = firm.full_name();
    let key = format!("echanges.{}@{}", fold(&name).replace(' ', "-"), report.half);
    FirmRow {
        commune: prose(firm.commune()),
        themes: themes.into_iter().collect::<Vec<_>>().join(", "),
        echanges: exchanges_with(key, &name, supports),
        nom: wording::prose(&name),
    }
}

fn exchanges_with(key: String, name: &str, supports: &[At<Support>]) -> Printed {
    let cells = cells_under(supports.iter().copied(), Support::FIRM);
    common::count(key, &format!("échanges avec {name}"), supports.len(), cells).count()
}

/// The plan of actions in the report for all. The sheet knows how far an action is on the day of the sheets and on no other:
/// the plan stands in the report of that day's half-year, and in the one before, which is read in it.
pub(super) fn plan(report: &Report) -> Option<PlanTable> {
    let now = HalfYear::of(report.scope.situation());
    let is_read_now = report.half == now || report.half == now.previous();
    if report.council.is_some() || !is_read_now { None } else { action_plan::in_short(report.scope, now.year) }
}
