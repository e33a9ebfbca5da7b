//! The budget table of a year: pages and a workbook over the same figures.

mod chart;
mod sheet;
mod view;

use super::{Draft, Kind, Part, Recipe};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{At, Budget, Desk, FiscalYear, Readers, Scope};

/// The budget table.
pub(super) const KIND: Kind = Kind {
    name: "budget",
    french: "budget",
    label: "budget prévisionnel d’un exercice",
    none: "aucun exercice",
    known,
    draft,
};

/// Every budget year.
pub(super) fn known(scope: &Scope) -> Vec<String> {
    scope.fiscal_years().map(|year| year.code().to_owned()).collect()
}

/// The year with this code.
///
/// # Errors
///
/// A message that lists the years.
pub(super) fn year<'s>(scope: &'s Scope, kind: &Kind, id: &str) -> Result<At<'s, FiscalYear>, Vec<Diagnostic>> {
    scope.fiscal_year(id).ok_or_else(|| vec![super::unknown(kind, id, &known(scope))])
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Public);
    let year = year(&scope, &KIND, id)?;
    let budget = Budget::of(year);
    if budget.expenses.is_empty() || budget.shares.is_empty() {
        let reason = format!("l’exercice {id} n’a pas encore de dépense et de recette");
        return Err(vec![commands::empty_document(&reason).at_cell(year.cell(FiscalYear::CODE))]);
    }
    let before = year.before().map(Budget::of);
    Ok(Draft {
        title: format!("budget {id}"),
        date: year.start(),
        parts: vec![
            Part::new("budget.pdf", Recipe::pages("budget/budget.typ", view::view(&budget, before.as_ref()))),
            Part::new("budget.xlsx", Recipe::Workbook(Box::new(sheet::workbook(&budget, before.as_ref())))),
        ],
        ..Draft::new(KIND.name, id, Readers::Public)
    })
}
