//! The budget table of a year: pages and a workbook over the same figures.

mod sheet;
mod view;

use super::{Draft, Kind, Part, Printer, Recipe};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{Audience, Disclosure, Model};

/// The budget table.
pub(super) const KIND: Kind = Kind {
    name: "budget",
    label: "budget prévisionnel d’un exercice",
    known,
    draft,
    reads: &["Partenaires", "Exercices", "Dépenses", "Recettes"],
};

/// Every budget year.
pub(super) fn known(model: &Model) -> Vec<String> {
    model.fiscal_years.iter().map(|year| year.code.clone()).collect()
}

/// The message for a year that is not in the sheets.
pub(super) fn unknown_year(model: &Model, kind: &str, id: &str) -> Diagnostic {
    let known = known(model);
    let diagnostic = commands::unknown_document(
        kind,
        id,
        &if known.is_empty() { "aucun exercice".to_owned() } else { known.join(", ") },
    );
    match crate::diagnostics::nearest(id, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}

fn draft(model: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let budget = model.budget(id).ok_or_else(|| vec![unknown_year(model, KIND.name, id)])?;
    if budget.expenses.is_empty() || budget.shares.is_empty() {
        let reason = format!("l’exercice {id} n’a pas encore de dépense et de recette");
        return Err(vec![commands::empty_document(&reason).at_cell(budget.year.origin.cell("Code"))]);
    }
    let mut printer = Printer::default();
    let data = view::view(model, &budget, &mut printer);
    Ok(Draft {
        title: format!("budget {id}"),
        date: budget.year.period.start,
        ledger: printer.ledger,
        parts: vec![
            Part::new(
                "budget.pdf",
                Recipe::Pdf { template: "budget/budget.typ", data, texts: Vec::new(), comparisons: Vec::new() },
            ),
            Part::new("budget.xlsx", Recipe::Workbook(Box::new(sheet::workbook(model, &budget)))),
        ],
        ..Draft::new(KIND.name, id, Audience::Public)
    })
}
