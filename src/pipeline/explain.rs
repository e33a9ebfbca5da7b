//! Every figure that stands on a page, as it stands there, with its cells.

use super::make::Workshop;
use super::plan::Plan;
use super::{Report, Request, read};
use crate::figures::Printed;
use crate::files::{Refusal, Workspace};

/// Every figure that documents print, as they print it: for each its title and the figures, in the order of its files.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn explain(workspace: &Workspace, request: &Request) -> Result<(Vec<(String, Vec<Printed>)>, Report), Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, request);
    let mut report = plan.report();
    let shop = Workshop::new(&plan);
    let mut explained = Vec::new();
    for document in &plan.documents {
        let Ok((draft, _)) = &plan.planned(document).drafted else { continue };
        match shop.printed(draft) {
            Ok(printed) => explained.push((draft.title.clone(), printed)),
            Err(problems) => report.problems.extend(problems),
        }
    }
    Ok((explained, report))
}
