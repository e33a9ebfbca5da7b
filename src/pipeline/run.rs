//! Many documents at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::make::{Made, Workshop};
use super::store::Store;
use super::{Fate, Options, Outcome, Progress};
use crate::diagnostics::Diagnostic;
use crate::documents::Draft;
use crate::files;
use crate::threads;

/// Makes documents on scoped threads with large stacks, and hands each to `finish`; outcomes keep the order of the drafts.
/// `frozen` gives the place where a document's frozen files stand.
pub(super) fn make_all<'s>(
    shop: &Workshop,
    drafts: &[Draft],
    options: Options,
    frozen: &(dyn Fn(&Draft) -> Option<&'s Store<'s>> + Sync),
    finish: &(dyn Fn(&Draft, &Made, &mut Outcome) -> Result<(), Diagnostic> + Sync),
) -> Vec<Outcome> {
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let jobs = options.jobs.get();
    // A document alone is made on all threads, part by part.
    let within = (jobs / drafts.len().max(1)).max(1);
    let make = |draft: &Draft| {
        let mut outcome = Outcome::of(draft, Fate::Skipped);
        if !stop.load(Ordering::Relaxed) {
            make_one(shop, draft, &mut outcome, frozen(draft), within, finish);
        }
        if outcome.fate == Fate::Failed && !options.keep_going {
            stop.store(true, Ordering::Relaxed);
        }
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: drafts.len(), title: &draft.title });
        outcome
    };
    threads::alone(|| threads::map(drafts, jobs, make))
}

fn make_one(
    shop: &Workshop,
    draft: &Draft,
    outcome: &mut Outcome,
    frozen: Option<&Store>,
    threads: usize,
    finish: &(dyn Fn(&Draft, &Made, &mut Outcome) -> Result<(), Diagnostic> + Sync),
) {
    let start = Instant::now();
    let existing = |name: &str| {
        let path = frozen?.path(draft.kind, &draft.id, name);
        files::read(&path).ok().flatten()
    };
    match shop.make(draft, &existing, threads) {
        Ok(made) => {
            outcome.parts = made.artifacts.iter().map(|artifact| (artifact.name.clone(), artifact.took)).collect();
            outcome.size = made.artifacts.len();
            let restricted = made.artifacts.iter().filter(|artifact| !artifact.public);
            outcome.restricted = restricted.map(|artifact| artifact.name.clone()).collect();
            outcome.problems.extend(made.warnings.iter().cloned());
            if let Err(diagnostic) = finish(draft, &made, outcome) {
                outcome.problems.push(diagnostic);
                outcome.fate = Fate::Failed;
            }
        }
        Err(problems) => {
            outcome.problems = problems;
            outcome.fate = Fate::Failed;
        }
    }
    outcome.took = start.elapsed();
}
