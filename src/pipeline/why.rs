//! Why documents would be made anew.

use super::build::orphans;
use super::causes::{Cause, causes};
use super::plan::{Document, Plan};
use super::standing::{Standing, standing};
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
        explained.extend(explain(&plan, &store, document, &standing));
        report.problems.extend(standing.told);
    }
    Ok((explained, report))
}

/// Why one document would be made anew; nothing where something keeps it from being made at all.
pub(super) fn explain(plan: &Plan, store: &Store, document: &Document, standing: &Standing) -> Option<Explained> {
    let (draft, _) = plan.planned(document).drafted.as_ref().ok()?;
    let causes = match &standing.manifest {
        None => vec![Cause::New],
        Some(manifest) => {
            let differing = manifest.fichiers.iter().filter(|file| file.differe);
            let frozen = differing.map(|file| Cause::Frozen(file.nom.clone(), file.cellules.clone()));
            frozen.chain(causes(plan, store, document, draft, manifest)).collect()
        }
    };
    Some(Explained { title: draft.title.clone(), state: standing.state, causes })
}
