//! Everything that is wrong, with nothing written.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::make::{self, Workshop};
use super::plan::{self, understand};
use super::{Inputs, Options, Progress, Report, annotate, read};
use crate::diagnostics::Diagnostic;
use crate::documents::Kind;
use crate::files::{Refusal, Workspace};
use crate::model::{Disclosure, Model};
use crate::threads;

/// Validates inputs, texts and templates; writes nothing, but for copies of the workbooks with what is wrong on its cells,
/// into a folder that is asked for.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn check(workspace: &Workspace, copies: Option<&Path>, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let (model, problems) = understand(&inputs).into_model();
    let mut report = Report { problems, ..Report::default() };
    report.problems.extend(make::template_faults(&inputs));
    if !report.has_errors() {
        report.problems.extend(faults(&inputs, &model, options));
    }
    if let Some(folder) = copies {
        match annotate::annotate(workspace, &inputs, &report, folder) {
            Ok(files) => report.copies = files,
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok(report)
}

/// What is wrong with the documents of sheets that are right: each is drafted, made in memory and let go of before the next,
/// since drafts over very long sheets are large.
fn faults(inputs: &Inputs, model: &Model, options: Options) -> Vec<Diagnostic> {
    let shop = Workshop::new(inputs, model);
    let disclosure = Disclosure::new(model);
    let known = plan::known(model);
    let jobs = options.jobs.get();
    let within = (jobs / known.len().max(1)).max(1);
    let done = AtomicUsize::new(0);
    let of_one = |(kind, id): &(&Kind, String)| {
        let (title, problems) = match (kind.draft)(&disclosure, id) {
            Ok(draft) => match shop.make(&draft, &|_| None, within) {
                Ok(made) => (draft.title, made.warnings),
                Err(problems) => (draft.title, problems),
            },
            Err(problems) => (id.clone(), problems),
        };
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: known.len(), title: &title });
        problems
    };
    threads::alone(|| threads::map(&known, jobs, of_one)).concat()
}
