//! Everything that is wrong, with no document written.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::build::orphans;
use super::make::{Workshop, each};
use super::plan::{Document, Plan};
use super::standing::standing;
use super::store::{Checked, Evidence, Store, Wish};
use super::{Options, Progress, Report, Request, annotate, read};
use crate::diagnostics::Diagnostic;
use crate::documents::KINDS;
use crate::files::{Refusal, Workspace};
use crate::threads;

/// Validates inputs, texts and templates; writes no document, but copies of the workbooks with what is wrong on its cells,
/// into a folder that is asked for. A document whose record shows that it was made of the very same counts as checked.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn check(workspace: &Workspace, copies: Option<&Path>, options: Options) -> Result<Report, Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, &Request::default());
    let store = Store::new(workspace, plan.inputs.digest());
    let mut report = Report { problems: plan.understood.problems.clone(), ..Report::default() };
    let is_sound = !report.has_errors();
    report.problems.extend(faults(&plan, &store, is_sound, options));
    if let Some(folder) = copies {
        match annotate::annotate(workspace, &plan.inputs, &report, folder) {
            Ok(files) => report.copies = files,
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok(report)
}

/// What is wrong with the templates, and with the documents that no error of the inputs stops.
fn faults(plan: &Plan, store: &Store, is_sound: bool, options: Options) -> Vec<Diagnostic> {
    let shop = Workshop::new(plan);
    let known = store.checked();
    let mut problems = match &known {
        Some(_) => {
            let manifests = store.manifests(KINDS.iter().map(|kind| kind.name));
            manifests.iter().flat_map(|manifest| store.disturbances(manifest)).collect()
        }
        None => {
            let mut problems = shop.template_faults();
            let standings =
                threads::map(&plan.documents, threads::usual(), |it| standing(plan, store, it, Wish::Quick));
            problems.extend(standings.into_iter().flat_map(|standing| standing.told));
            problems.extend(orphans(store, plan, &Request::default()));
            problems
        }
    };
    let due: Vec<&Document> = plan
        .documents
        .iter()
        .filter(|document| match &known {
            Some(checked) => {
                checked.remarques.iter().any(|(kind, id)| kind == document.kind.name && *id == document.id)
            }
            None => !is_checked(plan, store, document),
        })
        .filter(|document| plan.planned(document).errors == 0)
        .collect();
    let done = AtomicUsize::new(0);
    let found = each(&due, options.jobs.get(), |document, within| {
        let problems = match &plan.planned(document).drafted {
            // What is wrong in the sheets comes first: pages are set once it is mended.
            Ok(_) if !is_sound => Vec::new(),
            Ok((draft, _)) => match shop.make(draft, &|_| Evidence::Free, within) {
                Ok(made) => made.warnings,
                Err(problems) => problems,
            },
            Err(problems) => problems.clone(),
        };
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: due.len(), title: &document.id });
        problems
    });
    let remarks = due.iter().zip(&found).filter(|(_, problems)| !problems.is_empty());
    let remarks = remarks.map(|(document, _)| (document.kind.name.to_owned(), document.id.clone())).collect();
    problems.extend(found.into_iter().flatten());
    if is_sound && known.is_none() && !problems.iter().any(Diagnostic::is_error) {
        store.check(&Checked { donnees: store.digest.clone(), remarques: remarks });
    }
    problems
}

/// Whether a document was made of the very same, without a remark.
fn is_checked(plan: &Plan, store: &Store, document: &Document) -> bool {
    let standing = standing(plan, store, document, Wish::Quick);
    standing.is_made() && standing.manifest.is_some_and(|manifest| manifest.avertissements == 0)
}
