//! Why documents would be made anew.

use super::causes::{Cause, causes};
use super::plan::Plan;
use super::standing::standing;
use super::store::{Store, Wish};
use super::{Report, Request, State, read};
use crate::diagnostics::Diagnostic;
use crate::files::{Refusal, Workspace};

/// Why one document would be made anew.
#[derive(Debug)]
pub struct Explained {
    /// What the document is.
    pub title: String,
    /// Its state.
    pub state: State,
    /// The causes; none means that nothing is to do.
    pub causes: Vec<Cause>,
    /// What there is to tell of what was sent.
    pub told: Vec<Diagnostic>,
}

/// Why documents would be made anew.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn why(workspace: &Workspace, request: &Request) -> Result<(Vec<Explained>, Report), Refusal> {
    let plan = Plan::new(read(workspace)?, request);
    let store = Store::new(workspace, plan.inputs.digest());
    let report = plan.report();
    let explained = plan.documents.iter().filter_map(|document| {
        let (draft, _) = plan.planned(document).drafted.as_ref().ok()?;
        let standing = standing(&plan, &store, document, Wish::Quick);
        let causes = match &standing.manifest {
            None => vec![Cause::New],
            Some(manifest) => {
                let differing = manifest.fichiers.iter().filter(|file| file.differe);
                let frozen = differing.map(|file| Cause::Frozen(file.nom.clone(), file.cellules.clone()));
                frozen.chain(causes(&plan, &store, document, draft, manifest)).collect()
            }
        };
        Some(Explained { title: draft.title.clone(), state: standing.state, causes, told: standing.told })
    });
    Ok((explained.collect(), report))
}
