//! Why documents would be made anew.

use super::build::orphans;
use super::causes::{Cause, causes};
use super::plan::Plan;
use super::standing::standing;
use super::store::{Store, Wish};
use super::{Report, Request, State, read};
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
}

/// Why documents would be made anew.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn why(workspace: &Workspace, request: &Request) -> Result<(Vec<Explained>, Report), Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, request);
    let store = Store::new(workspace, plan.inputs.digest());
    let mut report = plan.report();
    report.problems.extend(orphans(&store, &plan, request));
    let mut explained = Vec::new();
    for document in &plan.documents {
        let standing = standing(&plan, &store, document, Wish::Quick);
        report.problems.extend(standing.told);
        let Ok((draft, _)) = &plan.planned(document).drafted else { continue };
        let causes = match &standing.manifest {
            None => vec![Cause::New],
            Some(manifest) => {
                let differing = manifest.fichiers.iter().filter(|file| file.differe);
                let frozen = differing.map(|file| Cause::Frozen(file.nom.clone(), file.cellules.clone()));
                frozen.chain(causes(&plan, &store, document, draft, manifest)).collect()
            }
        };
        explained.push(Explained { title: draft.title.clone(), state: standing.state, causes });
    }
    Ok((explained, report))
}
