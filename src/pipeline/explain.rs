//! Every figure that stands on a page, as it stands there, with its cells.

use std::collections::BTreeSet;

use super::make::Workshop;
use super::plan::Plan;
use super::{Report, Request, read};
use crate::diagnostics::Diagnostic;
use crate::documents::Draft;
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
        match printed(&shop, draft) {
            Ok(printed) => explained.push((draft.title.clone(), printed)),
            Err(problems) => report.problems.extend(problems),
        }
    }
    Ok((explained, report))
}

/// The figures that a draft prints, each way once: of what its pages are given, what stands on them.
fn printed(shop: &Workshop, draft: &Draft) -> Result<Vec<Printed>, Vec<Diagnostic>> {
    let (mut figures, mut seen) = (Vec::new(), BTreeSet::new());
    // What another document fixed is explained by what is made from it.
    for part in draft.parts.iter().filter(|part| !(draft.is_retaken && part.shared.is_some())) {
        let names = shop.on_pages(draft, part).transpose()?;
        let stands = |printed: &Printed| names.as_ref().is_none_or(|names| names.contains(printed.figure().name()));
        let mut is_new = |it: &Printed| seen.insert((it.figure().name().to_owned(), it.text().to_owned()));
        figures.extend(shop.given(part)?.into_iter().filter(|it| stands(it) && is_new(it)));
    }
    Ok(figures)
}
