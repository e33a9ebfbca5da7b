//! Checks across sheets: rows that contradict each other. Rules of law are warnings, with their article.

mod acts;
mod budget;
mod codes;
mod contacts;
mod deliberations;
pub(super) mod examples;
mod firms;
mod letters;
mod names;
mod requests;

use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::model::{At, Desk, Disclosure, Model, Readers, Record, Scope};
use crate::records::Column;
use crate::threads;

/// A check: what it finds among all rows.
type Check = fn(&Scope, &mut Vec<Diagnostic>);

/// Everything that is wrong between rows.
pub(super) fn across(model: &Arc<Model>, map: &str) -> Vec<Diagnostic> {
    let checks: [Check; 9] = [
        names::check,
        firms::check,
        codes::check,
        contacts::check,
        letters::check,
        budget::check,
        acts::check,
        deliberations::check,
        requests::check,
    ];
    let disclosure = Disclosure::new(Arc::clone(model));
    let strangers = super::atlas::strangers(&model.atlas, &Desk::new(&disclosure).scope(Readers::Operator), map);
    let found = threads::map(&checks, threads::usual(), |check| {
        let mut problems = Vec::new();
        check(&Desk::new(&disclosure).scope(Readers::Operator), &mut problems);
        problems
    });
    found.into_iter().flatten().chain(strangers).chain(examples::check(model)).collect()
}

/// Puts a problem at the cell of a row under a column.
fn at<T: Record>(row: At<T>, column: &Column, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.at_cell(row.cell(column))
}

/// The most candidates that are told when none of them is near.
const FEW: usize = 8;

/// Adds « vouliez-vous dire … ? » where a candidate is near; all of them where they are few.
pub(super) fn suggest<'a>(
    diagnostic: Diagnostic,
    found: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let mut candidates: Vec<&str> = candidates.into_iter().filter(|candidate| !candidate.is_empty()).collect();
    candidates.dedup();
    match crate::wording::nearest(found, candidates.iter().copied()) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None if (1..=FEW).contains(&candidates.len()) => {
            diagnostic.hint(format!("valeurs possibles : {}", candidates.join(", ")))
        }
        None => diagnostic,
    }
}
