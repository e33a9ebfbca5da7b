//! The plot: read → understand → plan → render → publish. The terminal is not known here.

mod make;
mod read;
mod secrets;

pub use self::make::{Artifact, Made};
pub use self::read::{Inputs, read};

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::diagnostics::messages::commands;
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{self, Draft, KINDS, Kind};
use crate::figures::Ledger;
use crate::files::{self, Refusal, Workspace};
use crate::intake::{self, Understood};
use crate::render::pdf;

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The kind; all kinds when there is none.
    pub kind: Option<String>,
    /// The document; all of the kind when there is none.
    pub id: Option<String>,
}

/// How a run goes about it.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many documents are made at once.
    pub jobs: NonZeroUsize,
}

impl Default for Options {
    fn default() -> Self {
        Self { jobs: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN) }
    }
}

/// What became of one document.
#[derive(Debug)]
pub struct Outcome {
    /// The kind's name.
    pub kind: &'static str,
    /// The document's name.
    pub id: String,
    /// What to call it.
    pub title: String,
    /// The files that were written, as the user names them; empty when it failed.
    pub files: Vec<String>,
    /// How long it took to make.
    pub took: Duration,
    /// Its parts with the time that each took; nothing for one that was made for another document already.
    pub parts: Vec<(String, Option<Duration>)>,
    /// Which of its files anybody may read, and which not.
    pub restricted: Vec<String>,
    /// What went wrong, or what to look at.
    pub problems: Vec<Diagnostic>,
}

/// Everything that a run has to tell.
#[derive(Debug, Default)]
pub struct Report {
    /// The documents, in order.
    pub outcomes: Vec<Outcome>,
    /// Problems of the inputs, texts and templates that concern what was asked for.
    pub problems: Vec<Diagnostic>,
    /// How many errors stand in sheets that the documents asked for do not read.
    pub elsewhere: usize,
}

impl Report {
    /// Every problem of the run, in order.
    pub fn all_problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().chain(self.outcomes.iter().flat_map(|outcome| &outcome.problems))
    }

    /// Whether anything is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all_problems().any(Diagnostic::is_error)
    }
}

/// Builds what is asked for.
///
/// # Errors
///
/// When the disk refuses to be read; a refusal to write belongs to its document.
pub fn build(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let understood = understand(workspace, &inputs);
    let (selection, mut report) = select(&understood, request);
    let (drafts, faults) = plan(&understood, &selection);
    report.problems.extend(faults);
    if report.problems.iter().any(|problem| problem.is_error() && concerns_all(problem)) {
        return Ok(report);
    }
    report.outcomes = make_all(&inputs, drafts, options, |draft, made| publish(workspace, draft, made));
    Ok(report)
}

/// Validates inputs, texts and templates; writes nothing.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn check(workspace: &Workspace, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let understood = understand(workspace, &inputs);
    let mut report = Report { problems: understood.problems.clone(), ..Report::default() };
    report.problems.extend(make::template_faults(&inputs));
    if !report.has_errors() {
        let selection: Vec<(&Kind, String)> = KINDS
            .iter()
            .flat_map(|kind| (kind.known)(&understood.model).into_iter().map(move |id| (kind, id)))
            .collect();
        let (drafts, faults) = plan(&understood, &selection);
        report.problems.extend(faults);
        for outcome in make_all(&inputs, drafts, options, |_, _| Ok(Vec::new())) {
            report.problems.extend(outcome.problems);
        }
    }
    Ok(report)
}

/// Every document known, by kind.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn list(workspace: &Workspace) -> Result<(Vec<(&'static Kind, String)>, Report), Refusal> {
    let understood = understand(workspace, &read(workspace)?);
    let known =
        KINDS.iter().flat_map(|kind| (kind.known)(&understood.model).into_iter().map(move |id| (kind, id))).collect();
    Ok((known, Report { problems: understood.problems, ..Report::default() }))
}

/// Every figure that a document prints, with the cells that it comes from.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn explain(workspace: &Workspace, request: &Request) -> Result<(Vec<(String, Ledger)>, Report), Refusal> {
    let inputs = read(workspace)?;
    let understood = understand(workspace, &inputs);
    let (selection, mut report) = select(&understood, request);
    let (drafts, faults) = plan(&understood, &selection);
    report.problems.extend(faults);
    let shop = make::Workshop::new(&inputs);
    let mut ledgers = Vec::new();
    for draft in drafts {
        match shop.ledger(&draft) {
            Ok(ledger) => ledgers.push((draft.title, ledger)),
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok((ledgers, report))
}

/// Sheets and settings to the model.
fn understand(workspace: &Workspace, inputs: &Inputs) -> Understood {
    let mut understood = intake::read(&inputs.sources());
    understood.problems.splice(0..0, read::doubles(workspace));
    understood
}

/// The documents that a request means, and the problems that concern them.
fn select(understood: &Understood, request: &Request) -> (Vec<(&'static Kind, String)>, Report) {
    let mut report = Report::default();
    let kinds: Vec<&'static Kind> = match &request.kind {
        None => KINDS.iter().collect(),
        Some(name) => match documents::kind(name) {
            Ok(kind) => vec![kind],
            Err(diagnostic) => {
                report.problems.push(diagnostic);
                return (Vec::new(), report);
            }
        },
    };
    let selection = kinds
        .iter()
        .flat_map(|kind| match &request.id {
            Some(id) => vec![(*kind, id.clone())],
            None => (kind.known)(&understood.model).into_iter().map(|id| (*kind, id)).collect(),
        })
        .collect();
    for problem in &understood.problems {
        if kinds.iter().any(|kind| concerns(kind, problem)) {
            report.problems.push(problem.clone());
        } else if problem.is_error() {
            report.elsewhere += 1;
        }
    }
    (selection, report)
}

/// Whether a problem stands in something that a kind reads: one of its sheets, their workbook, the settings.
fn concerns(kind: &Kind, problem: &Diagnostic) -> bool {
    if let Some(only) = problem.only_for {
        return kind.name == only;
    }
    match &problem.place {
        Place::Cell(cell) => kind.reads.contains(&cell.sheet.as_str()),
        Place::Sheet { sheet, .. } => kind.reads.contains(&sheet.as_str()),
        Place::File(file) => intake::WORKBOOKS
            .iter()
            .find(|workbook| file.contains(&format!("{}.", workbook.stem)))
            .is_none_or(|workbook| workbook.sheets.iter().any(|sheet| kind.reads.contains(&sheet.name))),
        Place::Nowhere | Place::Line { .. } => true,
    }
}

/// Whether a problem stops every kind: it stands in the settings, or nowhere.
fn concerns_all(problem: &Diagnostic) -> bool {
    KINDS.iter().all(|kind| concerns(kind, problem))
}

/// Drafts of the documents whose sheets are free of errors.
fn plan(understood: &Understood, selection: &[(&'static Kind, String)]) -> (Vec<Draft>, Vec<Diagnostic>) {
    let mut drafts = Vec::new();
    let mut faults = Vec::new();
    for (kind, id) in selection {
        if understood.problems.iter().any(|problem| problem.is_error() && concerns(kind, problem)) {
            continue;
        }
        match (kind.draft)(&understood.model, id) {
            Ok(draft) => drafts.push(draft),
            Err(problems) => faults.extend(problems),
        }
    }
    (drafts, faults)
}

/// Makes documents on scoped threads with large stacks, and hands each to `finish`; outcomes keep the order of the drafts.
fn make_all(
    inputs: &Inputs,
    drafts: Vec<Draft>,
    options: Options,
    finish: impl Fn(&Draft, &Made) -> Result<Vec<String>, Diagnostic> + Sync,
) -> Vec<Outcome> {
    let shop = make::Workshop::new(inputs);
    let count = drafts.len();
    let queue = Mutex::new(drafts.into_iter().enumerate());
    let outcomes: Mutex<Vec<(usize, Outcome)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.get().min(count) {
            let work = || {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((index, draft)) = next else { break };
                    let outcome = make_one(&shop, &draft, &finish);
                    outcomes.lock().unwrap_or_else(PoisonError::into_inner).push((index, outcome));
                    pdf::forget();
                }
            };
            // Typst's layout recurses deeply: the default stack of a thread is too small for long documents.
            let spawned = std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work);
            if spawned.is_err() {
                work();
            }
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn make_one(
    shop: &make::Workshop,
    draft: &Draft,
    finish: &impl Fn(&Draft, &Made) -> Result<Vec<String>, Diagnostic>,
) -> Outcome {
    let start = Instant::now();
    let mut outcome = Outcome {
        kind: draft.kind,
        id: draft.id.clone(),
        title: draft.title.clone(),
        files: Vec::new(),
        took: Duration::ZERO,
        parts: Vec::new(),
        restricted: Vec::new(),
        problems: Vec::new(),
    };
    match shop.make(draft) {
        Ok(made) => {
            outcome.parts = made.artifacts.iter().map(|artifact| (artifact.name.clone(), artifact.took)).collect();
            outcome.restricted = made
                .artifacts
                .iter()
                .filter(|artifact| !artifact.public)
                .map(|artifact| artifact.name.clone())
                .collect();
            match finish(draft, &made) {
                Ok(files) => outcome.files = files,
                Err(diagnostic) => outcome.problems.push(diagnostic),
            }
            outcome.problems.splice(0..0, made.warnings);
        }
        Err(problems) => outcome.problems = problems,
    }
    outcome.took = start.elapsed();
    outcome
}

/// Puts a document's files into its folder, all or none.
fn publish(workspace: &Workspace, draft: &Draft, made: &Made) -> Result<Vec<String>, Diagnostic> {
    let folder = workspace.out.join(draft.kind).join(&draft.id);
    let files: Vec<(String, std::sync::Arc<[u8]>)> =
        made.artifacts.iter().map(|artifact| (artifact.name.clone(), artifact.bytes.clone())).collect();
    files::publish(&folder, &files).map_err(|refusal| refused(&refusal))?;
    Ok(files.iter().map(|(name, _)| files::shown(&folder.join(name))).collect())
}

/// The SHA-256 of some bytes, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A refusal of the disk as a message.
#[must_use]
pub fn refused(refusal: &Refusal) -> Diagnostic {
    let reason = match refusal.error.kind() {
        std::io::ErrorKind::PermissionDenied => "droit refusé, ou fichier ouvert ailleurs".to_owned(),
        std::io::ErrorKind::StorageFull => "le disque est plein".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule".to_owned(),
        _ => refusal.error.to_string(),
    };
    commands::disk_refused(refusal.action, &refusal.path, &reason)
}
