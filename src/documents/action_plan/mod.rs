//! The plan of actions of a year: a table by axis, half a page an action, a workbook; and, apart, what anybody may read of it.

mod sheet;
mod view;

pub(super) use self::view::PlanTable;

use chrono::{Datelike as _, NaiveDate};

use super::{Draft, Kind, Part, Recipe};
use crate::diagnostics::Diagnostic;
use crate::model::{Action, At, Desk, Readers, Scope};

/// The plan of a year.
pub(super) const KIND: Kind = Kind {
    name: "action-plan",
    french: "plan-actions",
    label: "plan d’actions d’une année",
    none: "aucune action",
    known,
    draft,
};

/// For how many years an action without an end, or with one far away, counts: a plan is no century.
const MOST_YEARS: i32 = 20;

/// The years in which an action runs. One without days runs in the year of the sheets' day.
fn known(scope: &Scope) -> Vec<String> {
    let mut years: Vec<i32> = scope.actions().flat_map(|action| years(action, scope)).collect();
    years.sort_unstable();
    years.dedup();
    years.iter().map(ToString::to_string).collect()
}

fn years(action: At<Action>, scope: &Scope) -> std::ops::RangeInclusive<i32> {
    let days = || [action.start(), action.end(), action.due()].into_iter().flatten().map(|day| day.year());
    let first = days().min().unwrap_or_else(|| scope.situation().year());
    let last = days().max().unwrap_or(first);
    first..=last.min(first + MOST_YEARS)
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Partners);
    let known = known(&desk.scope(Readers::Operator));
    let year = id.parse().ok().filter(|_| known.iter().any(|it| it == id));
    let Some(year) = year else {
        return Err(vec![super::unknown(&KIND, id, &known)]);
    };
    let open = desk.scope(Readers::Public);
    let (plan, shown) = (Plan::of(&scope, year), Plan::of(&open, year));
    let pages = |plan: &Plan| Recipe::pages("action-plan/plan.typ", view::pages(plan));
    let mut parts = vec![
        Part::new("plan-actions.pdf", pages(&plan)),
        Part::new("plan-actions.xlsx", Recipe::Workbook(Box::new(sheet::workbook(&plan)))),
    ];
    if !shown.actions.is_empty() {
        parts.push(Part::new("plan-actions-public.pdf", pages(&shown)).for_readers(Readers::Public));
    }
    Ok(Draft {
        title: format!("plan d’actions {id}"),
        date: plan.on,
        parts,
        ..Draft::new(KIND.name, id, Readers::Partners)
    })
}

/// The plan of a year in a few lines, for another document of the same readers; nothing where they may read of no action.
pub(super) fn in_short(scope: &Scope, year: i32) -> Option<PlanTable> {
    let plan = Plan::of(scope, year);
    (!plan.actions.is_empty()).then(|| view::table(&plan))
}

/// What the plan of a year is made from.
struct Plan<'p> {
    scope: &'p Scope<'p>,
    year: i32,
    /// The day of the sheets, whatever the year: how far an action is stands there as it is on that day.
    on: NaiveDate,
    /// The actions that run in the year, axis by axis, in the order of the sheet.
    actions: Vec<At<'p, Action>>,
}

impl<'p> Plan<'p> {
    fn of(scope: &'p Scope<'p>, year: i32) -> Self {
        let actions = scope.actions().filter(|action| years(*action, scope).contains(&year)).collect();
        Self { scope, year, on: scope.situation(), actions }
    }

    /// The axes in the order in which the sheet names them, each with its actions.
    fn axes(&self) -> Vec<(&'p str, Vec<At<'p, Action>>)> {
        let mut axes: Vec<(&str, Vec<At<Action>>)> = Vec::new();
        for action in &self.actions {
            match axes.iter_mut().find(|(name, _)| crate::wording::fold(name) == crate::wording::fold(action.axis())) {
                Some((_, actions)) => actions.push(*action),
                None => axes.push((action.axis(), vec![*action])),
            }
        }
        axes
    }
}
