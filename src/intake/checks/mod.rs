//! Checks across sheets: rows that contradict each other. Rules of law are warnings, with their article.

mod acts;
mod budget;
mod contacts;
mod firms;
mod letters;
mod names;
mod references;

use crate::diagnostics::Diagnostic;
use crate::figures::Origin;
use crate::model::Model;
use crate::threads;

/// Everything that is wrong between rows.
pub(super) fn across(model: &Model) -> Vec<Diagnostic> {
    let checks: [fn(&Model, &mut Vec<Diagnostic>); 7] =
        [names::check, firms::check, references::check, contacts::check, letters::check, budget::check, acts::check];
    let found = threads::map(&checks, threads::usual(), |check| {
        let mut problems = Vec::new();
        check(model, &mut problems);
        problems
    });
    found.into_iter().flatten().collect()
}

/// Puts a problem at the cell of a row under a heading.
fn at(origin: &Origin, heading: &str, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.at_cell(origin.cell(heading))
}

/// The most candidates that are told when none of them is near.
const FEW: usize = 8;

/// Adds « vouliez-vous dire … ? » where a candidate is near; all of them where they are few.
fn suggest<'a>(diagnostic: Diagnostic, found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let mut candidates: Vec<&str> = candidates.into_iter().filter(|candidate| !candidate.is_empty()).collect();
    candidates.dedup();
    match crate::diagnostics::nearest(found, candidates.iter().copied()) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None if (1..=FEW).contains(&candidates.len()) => {
            diagnostic.hint(format!("valeurs possibles : {}", candidates.join(", ")))
        }
        None => diagnostic,
    }
}
