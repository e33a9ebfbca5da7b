//! Files against what they would be today, byte for byte.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::build::told;
use super::make::{Made, Workshop};
use super::parts::each;
use super::plan::Plan;
use super::standing::sent_faults;
use super::store::{FileRecord, Manifest, NaiveDateText, Store, Wish, place};
use super::{Options, Outcome, Progress, Report, Request, State, read, refused};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::Draft;
use crate::figures::Quantity;
use crate::files::{self, Refusal, Workspace};

/// Makes everything in memory and compares it with the results, byte for byte; writes nothing. What was sent is compared
/// with what is recorded of it. Figures of one name must have one value in all documents.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn verify(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, request);
    let store = Store::new(workspace, plan.inputs.digest());
    let mut report = plan.report();
    let shop = Workshop::new(&plan);
    let drafts: Vec<&Draft> =
        plan.documents.iter().filter_map(|it| Some(&plan.planned(it).drafted.as_ref().ok()?.0)).collect();
    report.problems.extend(disagreements(&shop, &drafts));
    report.problems.extend(super::build::orphans(&store, &plan, request));
    let done = AtomicUsize::new(0);
    report.outcomes = each(&drafts, options.jobs.get(), |draft, within| {
        let start = Instant::now();
        let mut outcome = Outcome::new(draft.kind, &draft.id, &draft.title, State::Failed);
        let manifest = store.manifest(draft.kind, &draft.id);
        let existing = |part: &_| store.evidence(manifest.as_ref(), draft, part, Wish::Thorough);
        match shop.make(draft, &existing, within) {
            Ok(made) => {
                told(&mut outcome, &made);
                compare(&store, draft, manifest.as_ref(), &made, &mut outcome);
            }
            Err(problems) => outcome.problems = problems,
        }
        outcome.took = start.elapsed();
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: drafts.len(), title: &draft.title });
        outcome
    });
    Ok(report)
}

/// Compares a document in memory with its files.
fn compare(store: &Store, draft: &Draft, manifest: Option<&Manifest>, made: &Made, outcome: &mut Outcome) {
    let lost = manifest.map(|manifest| sent_faults(store, manifest, draft, Wish::Thorough)).unwrap_or_default();
    let known: Vec<&Diagnostic> = made.told.iter().collect();
    let lost: Vec<Diagnostic> = lost.into_iter().filter(|it| !known.contains(&it)).collect();
    let is_sent = manifest.is_some_and(Manifest::is_sent);
    let is_redacted = |name: &str| manifest.is_some_and(|manifest| manifest.is_redacted(name));
    outcome.state = match (is_sent, lost.is_empty() && made.told.is_empty()) {
        (_, false) => State::Altered,
        (true, true) => State::Sent { differs: made.artifacts.iter().any(|it| it.differs && !is_redacted(&it.name)) },
        (false, true) => State::Current,
    };
    outcome.problems.extend(lost);
    for artifact in &made.artifacts {
        let Some(part) = draft.parts.iter().find(|part| part.name == artifact.name) else { continue };
        let path = store.path(&place(draft.kind, &draft.id, part));
        let shown = files::shown(&path);
        let fault = match files::read(&path) {
            Err(refusal) => Some(refused(&refusal)),
            Ok(None) => Some(commands::absent_file(&shown)),
            Ok(Some(_)) if is_redacted(&artifact.name) => None,
            Ok(Some(_)) if artifact.differs => {
                let known = manifest.and_then(|it| it.file(&artifact.name)).cloned().unwrap_or_default();
                let fige = artifact.frozen.map(NaiveDateText).or(known.fige);
                outcome.problems.extend(FileRecord { fige, differe: true, ..known }.difference(&shown));
                None
            }
            Ok(Some(bytes)) => (*bytes != *artifact.bytes).then(|| commands::differing_file(&shown)),
        };
        if let Some(fault) = fault {
            outcome.problems.push(fault);
            outcome.state = State::Stale;
        }
    }
}

/// Figures that two documents print under one name with two values.
fn disagreements(shop: &Workshop, drafts: &[&Draft]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, (Quantity, String)> = BTreeMap::new();
    let mut problems = Vec::new();
    // What is made from what was sent says what was true on that day.
    for draft in drafts.iter().filter(|draft| !draft.is_retaken) {
        let given = draft.parts.iter().flat_map(|part| shop.given(part).unwrap_or_default());
        for printed in given {
            let figure = printed.figure();
            let first = || (figure.value(), draft.title.clone());
            let (value, title) = seen.entry(figure.name().to_owned()).or_insert_with(first);
            if *value != figure.value() {
                problems.push(commands::disagreeing_figure(figure.name(), title, &draft.title));
            }
        }
    }
    problems
}
