//! How the documents stand: made or not, current or not.

use super::build::{forgotten, orphans};
use super::plan::Plan;
use super::standing::standing;
use super::store::{Store, Wish};
use super::{Report, Request, State, read};
use crate::diagnostics::Diagnostic;
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
    let (known, told) = listed(&plan, &store);
    let mut problems = plan.understood.problems.clone();
    problems.extend(told);
    problems.extend(forgotten(&store, &plan, &Request::default()));
    Ok((known, Report { problems, ..Report::default() }))
}

/// The documents of a whole plan with their states, and what there is to tell of what was sent.
pub(super) fn listed(plan: &Plan, store: &Store) -> (Vec<Listed>, Vec<Diagnostic>) {
    let listed = threads::map(&plan.documents, threads::usual(), |document| {
        let standing = standing(plan, store, document, Wish::Quick);
        (Listed { kind: document.kind.name, id: document.id.clone(), state: standing.state }, standing.told)
    });
    let (known, told): (Vec<Listed>, Vec<Vec<Diagnostic>>) = listed.into_iter().unzip();
    (known, told.into_iter().flatten().chain(orphans(store, plan, &Request::default())).collect())
}
