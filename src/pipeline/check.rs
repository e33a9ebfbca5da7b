//! Everything that is wrong, with no document written.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::build::orphans;
use super::make::Workshop;
use super::parts::each;
use super::plan::{Document, Plan};
use super::standing::{Standing, standing};
use super::store::{Checked, Evidence, Store, Wish};
use super::{Options, Progress, Report, Request, annotate, audit, read, unread};
use crate::diagnostics::{Diagnostic, Place};
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
    let own = plan.template_faults();
    for fault in own.iter().cloned().chain(faults(&plan, &store, is_sound, options)) {
        // What is wrong with a template, or with the rows that it is for, is told once, however many documents it stops.
        let is_told = matches!(fault.place, Place::Line { .. }) || own.contains(&fault);
        if !is_told || !report.problems.contains(&fault) {
            report.problems.push(fault);
        }
    }
    if let Some(folder) = copies {
        match annotate::annotate(workspace, &plan.inputs, &report, folder) {
            Ok(files) => report.copies = files,
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok(report)
}

/// What is wrong with the templates, with what was sent, and with the documents that no error of the inputs stops.
fn faults(plan: &Plan, store: &Store, is_sound: bool, options: Options) -> Vec<Diagnostic> {
    let shop = Workshop::new(plan);
    let manifests = store.manifests(store.kinds().iter().map(String::as_str));
    if let Some(checked) = store.checked() {
        let noted = |document: &&Document| {
            checked.remarques.iter().any(|(kind, id)| kind == document.kind.name && *id == document.id)
        };
        let noted: Vec<&Document> = plan.documents.iter().filter(noted).collect();
        let mut problems: Vec<Diagnostic> =
            manifests.iter().flat_map(|manifest| store.disturbances(manifest)).collect();
        problems.extend(tried(plan, &shop, &noted, is_sound, options).into_iter().flat_map(|tried| tried.problems));
        problems.extend(checked.ignores.iter().map(|name| unread::told(&plan.inputs.templates, name)));
        return problems;
    }
    let standings = threads::map(&plan.documents, threads::usual(), |it| standing(plan, store, it, Wish::Quick));
    let is_checked = |standing: &Standing| {
        standing.is_made() && standing.manifest.as_ref().is_some_and(|manifest| manifest.avertissements == 0)
    };
    let is_due = |(document, standing): &(&Document, &Standing)| {
        plan.planned(document).drafted.is_err() || !is_checked(standing)
    };
    let due = plan.documents.iter().zip(&standings).filter(is_due);
    let due: Vec<&Document> = due.map(|(document, _)| document).filter(|it| plan.planned(it).errors == 0).collect();
    let tried = tried(plan, &shop, &due, is_sound, options);
    let noted = due.iter().zip(&tried).filter(|(_, tried)| !tried.problems.is_empty());
    let remarques = noted.map(|(document, _)| (document.kind.name.to_owned(), document.id.clone())).collect();
    let mut read = unread::recorded(&manifests);
    let mut problems = shop.template_faults();
    let recorded = plan.documents.iter().zip(&standings).filter(|(_, standing)| !standing.is_made());
    let recorded = recorded.filter_map(|(document, standing)| Some((document, standing.manifest.as_ref()?)));
    problems.extend(audit::editions(plan, store, recorded));
    problems.extend(audit::findings(plan));
    problems.extend(standings.into_iter().flat_map(|standing| standing.told));
    problems.extend(orphans(store, plan, &Request::default()));
    for Tried { problems: found, read: more } in tried {
        problems.extend(found);
        read.extend(more);
    }
    if is_sound && !problems.iter().any(Diagnostic::is_error) {
        let ignored = unread::names(plan, &read);
        problems.extend(ignored.iter().map(|name| unread::told(&plan.inputs.templates, name)));
        store.check(&Checked { donnees: store.digest.clone(), remarques, ignores: ignored });
    }
    problems
}

/// What came of making a document for no other reason than to see what is wrong with it.
#[derive(Default)]
struct Tried {
    problems: Vec<Diagnostic>,
    read: BTreeSet<String>,
}

/// Makes documents in memory. What is wrong in the sheets comes first: pages are set once it is mended.
fn tried(plan: &Plan, shop: &Workshop, due: &[&Document], is_sound: bool, options: Options) -> Vec<Tried> {
    let done = AtomicUsize::new(0);
    each(due, options.jobs.get(), |document, within| {
        let tried = match &plan.planned(document).drafted {
            Ok(_) if !is_sound => Tried::default(),
            Ok((draft, _)) => match shop.make(draft, &|_| Evidence::Free, within) {
                Ok(made) => Tried { problems: made.warnings, read: made.read },
                Err(problems) => Tried { problems, ..Tried::default() },
            },
            Err(problems) => Tried { problems: problems.clone(), ..Tried::default() },
        };
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: due.len(), title: &document.id });
        tried
    })
}
