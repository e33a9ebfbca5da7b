//! The two calendars of a letter: calls by urgency, events by month.

use chrono::{Datelike as _, NaiveDate};

use super::announced;
use super::view::{CallGroup, CallView, EventMonth, EventView};
use crate::documents::common::{DayView, prose};
use crate::model::{At, Call, CallNature, Choice as _, Event, EventKind, Letter, Month, Scope};
use crate::wording;

/// The calls that are open at the date, by the next day that matters; those without an end come last.
pub(super) fn open_calls<'s>(scope: &'s Scope, letter: At<Letter>) -> Vec<At<'s, Call>> {
    let mut calls: Vec<At<Call>> = scope.calls().filter(|call| call.is_open(letter.issued())).collect();
    calls.sort_by_key(|call| (call.closing().is_none(), call.closing(), call.title()));
    calls
}

/// Calls by urgency: those that close by the end of the next month, by the season of the others, then those without an end.
pub(super) fn call_groups(scope: &Scope, letter: At<Letter>) -> Vec<CallGroup> {
    let mut groups: Vec<CallGroup> = Vec::new();
    for call in open_calls(scope, letter) {
        let name = urgency(letter.issued(), call.closing());
        if groups.last().is_none_or(|group| group.nom != name) {
            groups.push(CallGroup { nom: name, appels: Vec::new() });
        }
        groups.last_mut().into_iter().for_each(|group| group.appels.push(call_view(call, letter)));
    }
    groups
}

/// « D’ici fin octobre », « Cet hiver », « Au printemps 2024 », « Au fil de l’eau ».
fn urgency(issued: NaiveDate, closing: Option<NaiveDate>) -> String {
    let Some(closing) = closing else { return "Au fil de l’eau".to_owned() };
    let soon = Month::of(issued).next();
    if Month::of(closing) <= soon {
        return format!("D’ici fin {}", wording::month_name(soon.month));
    }
    let (season, this) = match closing.month() {
        3..=5 => ("printemps", "Ce printemps"),
        6..=8 => ("été", "Cet été"),
        9..=11 => ("automne", "Cet automne"),
        _ => ("hiver", "Cet hiver"),
    };
    // A winter begins in one year and ends in the next.
    let year = if closing.month() == 12 { closing.year() + 1 } else { closing.year() };
    match (closing - issued).num_days() {
        ..150 => this.to_owned(),
        _ if season == "printemps" => format!("Au printemps {year}"),
        _ if season == "hiver" => format!("À l’hiver {}-{year}", year - 1),
        _ => format!("À l’{season} {year}"),
    }
}

/// The announced events, month by month; what began before the issue stands in the month.
pub(super) fn event_months(scope: &Scope, letter: At<Letter>) -> Vec<EventMonth> {
    let mut months: Vec<EventMonth> = Vec::new();
    for event in announced(scope, letter) {
        let name = wording::capitalized(&wording::month(event.date().max(letter.issued())));
        if months.last().is_none_or(|month| month.nom != name) {
            months.push(EventMonth { nom: name, dates: Vec::new() });
        }
        months.last_mut().into_iter().for_each(|month| month.dates.push(event_view(event)));
    }
    months
}

fn call_view(call: At<Call>, letter: At<Letter>) -> CallView {
    let collections = call.collections().iter().copied();
    let next = collections.filter(|day| *day >= letter.issued() && Some(*day) != call.closing()).min();
    CallView {
        intitule: wording::prose(call.title()),
        operateur: wording::prose(call.operator()),
        nature: call.nature().map(|nature| match nature {
            CallNature::Projects => "Appel à projets",
            CallNature::Interest => "Appel à manifestation d’intérêt",
            CallNature::Counter => "Guichet",
        }),
        dispositif: prose(call.scheme()),
        theme: wording::prose(call.theme()),
        cloture: call.closing().map(DayView::from),
        releve: next.map(DayView::from),
        lien: call.link().map(ToOwned::to_owned),
    }
}

fn event_view(event: At<Event>) -> EventView {
    let several_days = event.last_day() != event.date();
    let kind = (event.kind() != EventKind::Other).then(|| event.kind().label().to_owned());
    let place = event.place().or(event.partner().map(|partner| partner.usual_name())).map(wording::prose);
    let hours = event.time().map(|time| wording::hour_span(time, event.end_time()));
    EventView {
        date: event.date().into(),
        quand: several_days.then(|| wording::date_span(event.date(), event.last_day())),
        horaire: hours.or_else(|| (!several_days).then(|| "toute la journée".to_owned())),
        intitule: wording::prose(event.title()),
        details: kind.into_iter().chain(place).collect(),
        annule: event.cancelled(),
        inscription: event.registration().map(ToOwned::to_owned),
        lien: event.link().map(ToOwned::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::urgency;

    #[test]
    fn calls_are_told_by_their_urgency() {
        let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let issued = day(2022, 9, 15);
        let told = |closing| urgency(issued, Some(closing));
        assert_eq!(told(day(2022, 9, 30)), "D’ici fin octobre");
        assert_eq!(told(day(2022, 11, 15)), "Cet automne");
        assert_eq!(told(day(2022, 12, 16)), "Cet hiver");
        assert_eq!(told(day(2023, 3, 31)), "Au printemps 2023");
        assert_eq!(told(day(2023, 12, 31)), "À l’hiver 2023-2024");
        assert_eq!(urgency(issued, None), "Au fil de l’eau");
    }
}
