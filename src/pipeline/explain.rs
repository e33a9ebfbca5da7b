//! Every figure with its cells.

use super::make::Workshop;
use super::plan::planned;
use super::{Report, Request, read};
use crate::figures::Ledger;
use crate::files::{Refusal, Workspace};

/// Every figure that a document prints, with the cells that it comes from.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn explain(workspace: &Workspace, request: &Request) -> Result<(Vec<(String, Ledger)>, Report), Refusal> {
    let inputs = read(workspace)?;
    let (understood, drafts, mut report) = planned(&inputs, request);
    let shop = Workshop::new(&inputs, &understood.model);
    let mut ledgers = Vec::new();
    for draft in drafts {
        match shop.ledger(&draft) {
            Ok(ledger) => ledgers.push((draft.title, ledger)),
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok((ledgers, report))
}
