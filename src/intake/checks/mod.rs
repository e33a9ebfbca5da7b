//! Checks across sheets: rows that contradict each other. Rules of law are warnings, with their article.

mod acts;
mod budget;
mod contacts;
mod firms;
mod letters;
mod references;

use crate::diagnostics::Diagnostic;
use crate::figures::Origin;
use crate::model::Model;

/// Everything that is wrong between rows.
pub(super) fn across(model: &Model) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    references::check(model, &mut problems);
    contacts::check(model, &mut problems);
    letters::check(model, &mut problems);
    budget::check(model, &mut problems);
    acts::check(model, &mut problems);
    firms::check(model, &mut problems);
    problems
}

/// Puts a problem at the cell of a row under a heading.
fn at(origin: &Origin, heading: &str, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.at_cell(origin.cell(heading))
}

/// Adds « vouliez-vous dire … ? » where a candidate is near.
fn suggest<'a>(diagnostic: Diagnostic, found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    match crate::diagnostics::nearest(found, candidates) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
