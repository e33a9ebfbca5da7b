//! How the documents stand: made or not, current or not.

use super::build::orphans;
use super::plan::Plan;
use super::standing::standing;
use super::store::{Store, Wish};
use super::{Report, Request, State, read};
use crate::files::{Refusal, Workspace};
use crate::threads;

/// A known document with its state.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The kind's name.
    pub kind: &'static str,
    /// The document's name.
    pub id: String,
    /// How it stands.
    pub state: State,
}

/// Every document known, with its state.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn list(workspace: &Workspace) -> Result<(Vec<Listed>, Report), Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, &Request::default());
    let store = Store::new(workspace, plan.inputs.digest());
    let listed = threads::map(&plan.documents, threads::usual(), |document| {
        let standing = standing(&plan, &store, document, Wish::Quick);
        (Listed { kind: document.kind.name, id: document.id.clone(), state: standing.state }, standing.told)
    });
    let mut report = Report { problems: plan.understood.problems.clone(), ..Report::default() };
    let mut known = Vec::new();
    for (document, told) in listed {
        known.push(document);
        report.problems.extend(told);
    }
    report.problems.extend(orphans(&store, &plan, &Request::default()));
    Ok((known, report))
}
