//! Committees: what came before, who comes, what was decided and what became of it.

use super::{COUNT, Derived, Is, Made, derived, made};
use crate::figures::{Figure, Quantity};
use crate::model::{AgendaItem, AnyRow, At, Call, Event};

pub(super) static ALL: &[Derived] = &[
    derived(
        "Appels à projets",
        "jours_restants",
        "combien de jours restent jusqu’à sa clôture au jour du document ; vide sans clôture ou après elle",
        COUNT,
        |scope, row, day| {
            made(scope, row, |call: At<Call>| {
                let left = (call.closing()? - day).num_days();
                let name = format!("appel.{}.jours-restants", call.title());
                let figure = Figure::new(name, "jours restants", Quantity::Count(left), call.cell(Call::CLOSING));
                (left >= 0).then_some(Made::Figure(figure))
            })
        },
    ),
    derived(
        "Agenda",
        "dernier_jour",
        "le dernier jour, le premier s’il n’y en a qu’un",
        Is::Day,
        |scope, row, _| made(scope, row, |it: At<Event>| Some(Made::Day(it.last_day()))),
    ),
    derived(
        "Agenda",
        "precedent",
        "l’événement du même type qui l’a précédé et n’a pas été annulé",
        Is::Row("Agenda"),
        |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                let earlier = scope
                    .events()
                    .filter(|it| it.kind() == event.kind() && !it.cancelled() && it.date() < event.date());
                earlier.max_by_key(|it| it.date()).map(|it| Made::Row(it.into()))
            })
        },
    ),
    derived(
        "Agenda",
        "inscrits",
        "ses lignes de la feuille Participants",
        Is::Rows("Participants"),
        |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                Some(Made::Rows(scope.participants().filter(|it| it.event() == event).map(AnyRow::from).collect()))
            })
        },
    ),
    derived(
        "Agenda",
        "a_decide",
        "si une décision est notée à un point de son ordre du jour",
        Is::Flag,
        |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                Some(Made::Flag(scope.agenda_items().any(|item| item.event() == event && item.decision().is_some())))
            })
        },
    ),
    derived(
        "Agenda",
        "suites",
        "les décisions des comités d’avant : celles du dernier, et celles qui étaient encore ouvertes ce jour-là",
        Is::Rows("Ordres du jour"),
        |scope, row, _| {
            made(scope, row, |event: At<Event>| {
                Some(Made::Rows(followed(event).into_iter().map(AnyRow::from).collect()))
            })
        },
    ),
    derived(
        "Ordres du jour",
        "etat",
        "ce que sa décision est devenue au jour du document : « fait », « à faire » ou « en retard »",
        Is::Text,
        |scope, row, day| {
            made(scope, row, |item: At<AgendaItem>| {
                item.decision()?;
                let is_late = item.due().is_some_and(|due| due < day);
                let state = match item.done() {
                    Some(done) if done <= day => "fait",
                    _ if is_late => "en retard",
                    _ => "à faire",
                };
                Some(Made::Text(state.to_owned()))
            })
        },
    ),
];

/// The decisions that a committee takes up again: those of the committee before it, and those of earlier ones that were not
/// done by then, in the order in which they were taken.
fn followed<'s>(event: At<'s, Event>) -> Vec<At<'s, AgendaItem>> {
    let scope = event.scope();
    let earlier = |it: &At<Event>| it.kind().is_committee() && !it.cancelled() && it.date() < event.date();
    let Some(last) = scope.events().filter(earlier).max_by_key(|it| it.date()) else { return Vec::new() };
    let is_followed = |item: &At<AgendaItem>| {
        let held = item.event();
        item.decision().is_some()
            && held.exists()
            && earlier(&held)
            && (held == last || item.done().is_none_or(|done| done >= last.date()))
    };
    let mut followed: Vec<At<AgendaItem>> = scope.agenda_items().filter(is_followed).collect();
    followed.sort_by_key(|item| item.event().date());
    followed
}
