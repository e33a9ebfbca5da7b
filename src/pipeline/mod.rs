//! The plot: read → understand → plan → render → publish. The terminal is not known here.

mod annotate;
mod build;
mod fingerprint;
mod init;
mod make;
mod plan;
mod read;
mod secrets;
mod session;
mod store;
mod threads;
mod why;

pub use self::build::{build, jobs};
pub use self::init::init;
pub use self::make::{Artifact, Made};
pub use self::read::{Inputs, read};
pub use self::session::{Laid, Session, Shown, ShownFile, Snapshot, Turn};
pub use self::why::Cause;

use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use self::fingerprint::Fingerprint;
use self::make::Workshop;
use self::plan::{plan, select, understand};
use self::store::{Manifest, Store};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, KINDS, Kind};
use crate::figures::{Figure, Ledger};
use crate::files::{self, Refusal, Workspace};
use crate::intake::Understood;

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The kind; all kinds when there is none.
    pub kind: Option<String>,
    /// The document; all of the kind when there is none.
    pub id: Option<String>,
}

/// How a run goes about it.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How many documents are made at once.
    pub jobs: NonZeroUsize,
    /// Whether documents that are up to date are made too.
    pub force: bool,
    /// Whether the others are made when one fails.
    pub keep_going: bool,
    /// Of how many parts the layout is remembered.
    pub remembered: usize,
    /// Hears of every document that is done.
    pub progress: &'a (dyn Fn(Progress<'_>) + Sync),
}

/// How far a run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// How many documents are done.
    pub done: usize,
    /// How many there are to make.
    pub total: usize,
    /// What the last one is called.
    pub title: &'a str,
}

impl Default for Options<'_> {
    fn default() -> Self {
        let jobs = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { jobs, force: false, keep_going: false, remembered: 0, progress: &|_| {} }
    }
}

/// What became of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was made, and files changed.
    Written,
    /// It was made, and came out as it was.
    Same,
    /// There was nothing to do.
    UpToDate,
    /// It could not be made.
    Failed,
    /// It was not tried, because another one failed.
    Skipped,
}

/// One document of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The kind's name.
    pub kind: &'static str,
    /// The document's name.
    pub id: String,
    /// What to call it.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// The files that were written, as the user names them.
    pub files: Vec<String>,
    /// How long it took to make.
    pub took: Duration,
    /// Its parts with the time that each took; nothing for one that was made for another document already.
    pub parts: Vec<(String, Option<Duration>)>,
    /// Which of its files not everybody may read.
    pub restricted: Vec<String>,
    /// How many files it has.
    pub size: usize,
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
    /// How many warnings an earlier run has told already of inputs that did not change since.
    pub told: usize,
    /// Copies of the workbooks with what is wrong on its cells.
    pub copies: Vec<String>,
}

impl Report {
    /// Every problem of the run, in order; what several documents tell in the same words is told once.
    pub fn all_problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut told = HashSet::new();
        self.problems
            .iter()
            .chain(self.outcomes.iter().flat_map(|outcome| &outcome.problems))
            .filter(move |problem| told.insert((problem.code, &problem.message, format!("{:?}", problem.place))))
    }

    /// Whether anything is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.all_problems().any(Diagnostic::is_error)
    }

    /// How many documents had this fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.fate == fate).count()
    }
}

/// How a known document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its files are what today's inputs give.
    UpToDate,
    /// It was never made.
    New,
    /// Something changed since.
    Stale,
    /// It was sent; its files no longer change.
    Frozen {
        /// Whether today's inputs would give other files.
        differs: bool,
    },
    /// Errors in the sheets that it reads keep it from being made.
    Blocked(usize),
}

/// A known document with its state.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The kind's name.
    pub kind: &'static str,
    /// The document's name.
    pub id: String,
    /// How it stands.
    pub state: State,
}

/// Validates inputs, texts and templates; writes nothing, but for copies of the workbooks with what is wrong on its cells,
/// into a folder that is asked for.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn check(workspace: &Workspace, copies: Option<&Path>, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let understood = understand(&inputs);
    let mut report = Report { problems: understood.problems.clone(), ..Report::default() };
    report.problems.extend(make::template_faults(&inputs));
    if !report.has_errors() {
        let options = Options { keep_going: true, ..options };
        let shop = Workshop::new(&inputs);
        // A few at a time: drafts over very long sheets are large.
        for some in plan::known(&understood.model).chunks(2 * threads::usual()) {
            let (drafts, faults) = plan(&understood, some);
            report.problems.extend(faults);
            for outcome in make_all(&shop, &drafts, options, &|_| None, &|_, _, _| Ok(())) {
                report.problems.extend(outcome.problems);
            }
        }
    }
    if let Some(folder) = copies {
        match annotate::annotate(workspace, &inputs, &report, folder) {
            Ok(files) => report.copies = files,
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok(report)
}

/// Every document known, with its state.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn list(workspace: &Workspace) -> Result<(Vec<Listed>, Report), Refusal> {
    let inputs = read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let understood = understand(&inputs);
    let listed = threads::map(&plan::known(&understood.model), threads::usual(), |(kind, id)| {
        let state = match plan::errors(&understood, kind).count() {
            0 => match (kind.draft)(&understood.model, id) {
                Ok(draft) => state(&inputs, &store, &draft),
                Err(faults) => State::Blocked(faults.len()),
            },
            errors => State::Blocked(errors),
        };
        Listed { kind: kind.name, id: id.clone(), state }
    });
    Ok((listed, Report { problems: understood.problems, ..Report::default() }))
}

fn state(inputs: &Inputs, store: &Store, draft: &Draft) -> State {
    let Some(manifest) = store.manifest(draft.kind, &draft.id) else { return State::New };
    let current = is_current(inputs, store, draft, &manifest);
    let frozen = manifest.fichiers.iter().any(|file| file.fige.is_some());
    match (frozen, current) {
        (true, _) => State::Frozen { differs: !current || manifest.fichiers.iter().any(|file| file.differe) },
        (false, true) => State::UpToDate,
        (false, false) => State::Stale,
    }
}

/// Whether a document's files are what its draft would give, as far as can be told without making it.
fn is_current(inputs: &Inputs, store: &Store, draft: &Draft, manifest: &Manifest) -> bool {
    why::same(manifest, &Fingerprint::of(draft), &|name| inputs.source(name)) && store.touched(manifest).is_empty()
}

/// Every figure that a document prints, with the cells that it comes from.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn explain(workspace: &Workspace, request: &Request) -> Result<(Vec<(String, Ledger)>, Report), Refusal> {
    let inputs = read(workspace)?;
    let (_, drafts, mut report) = planned(&inputs, request);
    let shop = Workshop::new(&inputs);
    let mut ledgers = Vec::new();
    for draft in drafts {
        match shop.ledger(&draft) {
            Ok(ledger) => ledgers.push((draft.title, ledger)),
            Err(diagnostic) => report.problems.push(diagnostic),
        }
    }
    Ok((ledgers, report))
}

/// The documents that a request means, as they would be made, and what is wrong with them.
fn planned(inputs: &Inputs, request: &Request) -> (Understood, Vec<Draft>, Report) {
    let understood = understand(inputs);
    let (selection, mut report) = select(&understood, request);
    let (drafts, faults) = plan(&understood, &selection);
    report.problems.extend(faults);
    (understood, drafts, report)
}

/// Why documents would be made anew: for each its title, its state and the causes; none means that nothing is to do.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn why(workspace: &Workspace, request: &Request) -> Result<(Vec<Explained>, Report), Refusal> {
    let inputs = read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let (understood, drafts, report) = planned(&inputs, request);
    let explained = drafts.iter().map(|draft| {
        let causes = match store.manifest(draft.kind, &draft.id) {
            None => vec![Cause::New],
            Some(manifest) => {
                let differing = manifest.fichiers.iter().filter(|file| file.differe);
                let frozen = differing.map(|file| Cause::Frozen(file.nom.clone(), file.cellules.clone()));
                frozen.chain(causes(&inputs, &understood, &store, draft, &manifest)).collect()
            }
        };
        Explained { title: draft.title.clone(), state: state(&inputs, &store, draft), causes }
    });
    Ok((explained.collect(), report))
}

/// Why one document would be made anew.
#[derive(Debug)]
pub struct Explained {
    /// What the document is.
    pub title: String,
    /// Its state.
    pub state: State,
    /// The causes.
    pub causes: Vec<Cause>,
}

/// Why a document would be made anew.
fn causes(inputs: &Inputs, understood: &Understood, store: &Store, draft: &Draft, manifest: &Manifest) -> Vec<Cause> {
    let mut causes: Vec<Cause> = why::touched(store.touched(manifest)).collect();
    if manifest.programme != env!("LIASSE_PROGRAM") {
        causes.push(Cause::Program);
    }
    let other = manifest.sources.iter().filter(|(name, hash)| inputs.source(name).as_ref() != Some(*hash));
    causes.extend(other.map(|(name, _)| Cause::Source(name.clone())));
    let fingerprint = Fingerprint::of(draft);
    let differs = |(name, recipe): &&(String, String)| manifest.file(name).is_none_or(|file| file.recette != *recipe);
    let mut files: Vec<String> = fingerprint.files.iter().filter(differs).map(|(name, _)| name.clone()).collect();
    let gone = manifest.fichiers.iter().filter(|file| !fingerprint.files.iter().any(|(name, _)| *name == file.nom));
    files.extend(gone.map(|file| file.nom.clone()));
    if !files.is_empty() {
        let changes: Vec<why::Changes> = manifest
            .feuilles
            .iter()
            .filter_map(|(sheet, record)| {
                let before = store.sheet(record)?;
                Some(why::changes(sheet, &before, &understood.lines(sheet)))
            })
            .collect();
        let before = store.values(draft.kind, &draft.id).valeurs;
        causes.extend(why::values(&before, &fingerprint::leaves(draft), &changes));
        causes.push(Cause::Files(files));
    }
    causes
}

/// Makes everything in memory and compares it with the results, byte for byte; writes nothing. Figures of one name must
/// have one value in all documents.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn verify(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let (_, drafts, mut report) = planned(&inputs, request);
    let shop = Workshop::new(&inputs);
    report.problems.extend(disagreements(&shop, &drafts));
    let options = Options { keep_going: true, ..options };
    let frozen = |draft: &Draft| store.manifest(draft.kind, &draft.id);
    report.outcomes =
        make_all(&shop, &drafts, options, &|draft| frozen(draft).map(|_| &store), &|draft, made, outcome| {
            compare(&store, draft, made, outcome)
        });
    Ok(report)
}

/// Compares a document in memory with its files.
fn compare(store: &Store, draft: &Draft, made: &Made, outcome: &mut Outcome) -> Result<(), Diagnostic> {
    outcome.fate = Fate::Same;
    for artifact in &made.artifacts {
        let path = store.path(draft.kind, &draft.id, &artifact.name);
        let shown = files::shown(&path);
        match files::read(&path).map_err(|refusal| refused(&refusal))? {
            None => outcome.problems.push(commands::absent_file(&shown)),
            Some(_) if artifact.differs => {
                let known = store.manifest(draft.kind, &draft.id);
                let cells = known.as_ref().and_then(|it| it.file(&artifact.name)).map_or(&[][..], |it| &it.cellules);
                outcome.problems.extend(artifact.frozen.map(|date| frozen_note(&shown, date, cells)));
            }
            Some(bytes) if *bytes != *artifact.bytes => outcome.problems.push(commands::differing_file(&shown)),
            Some(_) => continue,
        }
        outcome.fate = Fate::Written;
    }
    Ok(())
}

/// The message for a frozen file that today's data would not give, with the cells behind the difference.
fn frozen_note(shown: &str, date: NaiveDate, cells: &[String]) -> Diagnostic {
    let diagnostic = commands::frozen_file(shown, &crate::wording::date(date));
    if cells.is_empty() {
        return diagnostic;
    }
    let more = if cells.len() > 5 { format!(" et {} autres", cells.len() - 5) } else { String::new() };
    let some: Vec<&str> = cells.iter().take(5).map(String::as_str).collect();
    diagnostic.hint(format!("cellules changées depuis : {}{more}", some.join(", ")))
}

/// The cells among causes, each once.
fn cells_of(causes: &[Cause]) -> Vec<String> {
    let cells = causes.iter().flat_map(|cause| match cause {
        Cause::Value { cells, .. } | Cause::Cells(cells) => cells.as_slice(),
        _ => &[],
    });
    let mut names: Vec<String> = Vec::new();
    for cell in cells.map(ToString::to_string) {
        if !names.contains(&cell) {
            names.push(cell);
        }
    }
    names
}

/// Figures that two documents print under one name with two values.
fn disagreements(shop: &Workshop, drafts: &[Draft]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, (Figure, String)> = BTreeMap::new();
    let mut problems = Vec::new();
    for draft in drafts {
        let Ok(ledger) = shop.ledger(draft) else { continue };
        for entry in ledger.entries {
            let known =
                seen.entry(entry.figure.name.clone()).or_insert_with(|| (entry.figure.clone(), draft.title.clone()));
            if known.0.value != entry.figure.value {
                problems.push(commands::disagreeing_figure(&entry.figure.name, &known.1, &draft.title));
            }
        }
    }
    problems
}

/// Makes documents on scoped threads with large stacks, and hands each to `finish`; outcomes keep the order of the drafts.
/// `frozen` gives the place where a document's frozen files stand.
fn make_all<'s>(
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

impl Outcome {
    fn of(draft: &Draft, fate: Fate) -> Self {
        Self::named(draft.kind, draft.id.clone(), draft.title.clone(), fate)
    }

    fn named(kind: &'static str, id: String, title: String, fate: Fate) -> Self {
        Self {
            kind,
            id,
            title,
            fate,
            files: Vec::new(),
            took: Duration::ZERO,
            parts: Vec::new(),
            restricted: Vec::new(),
            size: 0,
            problems: Vec::new(),
        }
    }
}

/// The kinds of a request, where it names a known one or none.
fn kinds_of(request: &Request) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| request.kind.as_ref().is_none_or(|name| name == kind.name))
}

/// A SHA-256 over what is written into it.
#[derive(Default)]
struct Digest(sha2::Sha256);

impl Digest {
    /// The digest in hexadecimal.
    fn name(self) -> String {
        use sha2::Digest as _;
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        sha2::Digest::update(&mut self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    use std::io::Write as _;
    let mut digest = Digest::default();
    let _ = digest.write_all(bytes);
    digest.name()
}

/// A refusal of the disk as a message.
#[must_use]
pub fn refused(refusal: &Refusal) -> Diagnostic {
    let reason = match refusal.error.kind() {
        std::io::ErrorKind::PermissionDenied => "droit refusé, ou fichier ouvert ailleurs".to_owned(),
        std::io::ErrorKind::StorageFull => "le disque est plein".to_owned(),
        std::io::ErrorKind::AddrInUse => "le port est déjà pris".to_owned(),
        std::io::ErrorKind::NotFound => "le fichier ou le dossier n’existe pas".to_owned(),
        std::io::ErrorKind::IsADirectory => "c’est un dossier".to_owned(),
        std::io::ErrorKind::NotADirectory => "un fichier est là où il faut un dossier".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule".to_owned(),
        _ => refusal.error.to_string(),
    };
    let vowel = refusal.action.starts_with(['a', 'e', 'é', 'i', 'o', 'u']);
    let action = format!("{}{}", if vowel { "d’" } else { "de " }, refusal.action);
    commands::disk_refused(&action, &refusal.path, &reason)
}
