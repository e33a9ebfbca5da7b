//! What a run is asked for, how it goes about it, and what it has to tell.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::time::Duration;

use super::State;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::files::{Hold, Refusal};

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The kind; all kinds when there is none.
    pub kind: Option<String>,
    /// The document; all of the kind when there is none.
    pub id: Option<String>,
}

/// Of how many parts the layout is remembered in one run: the parts of a pack share their annexes. Measured over everything:
/// a fifth of the time less than with none, for a tenth more memory; from eight on, memory doubles and nothing is gained.
const REMEMBERED: usize = 2;

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
        Self { jobs, force: false, keep_going: false, remembered: REMEMBERED, progress: &|_| {} }
    }
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
    /// How it stands after the run.
    pub state: State,
    /// Whether the run made it, in memory at least.
    pub made: bool,
    /// The files that were written, as the user names them.
    pub files: Vec<String>,
    /// How long it took to make.
    pub took: Duration,
    /// Its parts with the time that each took; nothing for one that was made for another document already.
    pub parts: Vec<(String, Option<Duration>)>,
    /// Which of its files not everybody may read.
    pub restricted: Vec<String>,
    /// Whether it prepares a decision that is not taken yet.
    pub is_preparatory: bool,
    /// How many files it has.
    pub size: usize,
    /// What went wrong, or what to look at.
    pub problems: Vec<Diagnostic>,
}

impl Outcome {
    pub(super) fn new(kind: &'static str, id: &str, title: &str, state: State) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title: title.to_owned(),
            state,
            made: false,
            files: Vec::new(),
            took: Duration::ZERO,
            parts: Vec::new(),
            restricted: Vec::new(),
            is_preparatory: false,
            size: 0,
            problems: Vec::new(),
        }
    }

    /// What the run did for the document, in a word.
    #[must_use]
    pub fn deed(&self) -> Deed {
        match self.state {
            State::Failed => Deed::Failed,
            State::Blocked(_) => Deed::Blocked,
            _ if !self.files.is_empty() => Deed::Written,
            _ if self.made => Deed::Same,
            State::New | State::Stale => Deed::Skipped,
            State::Current | State::Sent { .. } | State::Altered => Deed::Nothing,
        }
    }
}

/// What a run did for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It was made, and files changed.
    Written,
    /// It was made, and came out as it was.
    Same,
    /// There was nothing to do.
    Nothing,
    /// It could not be made.
    Failed,
    /// Errors in what it reads kept it from being made.
    Blocked,
    /// It was not tried, because another one failed.
    Skipped,
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

    /// For how many documents the run did this.
    #[must_use]
    pub fn count(&self, deed: Deed) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.deed() == deed).count()
    }
}

/// A refusal of the disk as a message.
#[must_use]
pub fn refused(refusal: &Refusal) -> Diagnostic {
    let vowel = refusal.action.starts_with(['a', 'e', 'é', 'i', 'o', 'u']);
    let action = format!("{}{}", if vowel { "d’" } else { "de " }, refusal.action);
    let path = &refusal.path;
    match refusal.hold() {
        Some((Hold::Held, holder)) => return commands::held_file(&action, path, &holder),
        Some((Hold::Denied, holder)) => return commands::denied_file(&action, path, &holder),
        Some((Hold::Away, _)) => return commands::distant_file(&action, path),
        None => {}
    }
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
    commands::disk_refused(&action, path, &reason)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::files::{self, pretended};

    fn told(errors: &[i32], name: &str) -> String {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join(name);
        files::write(&path, b"x").expect("written");
        pretended::refuse(errors);
        let refusal = files::read(&path).expect_err("refused");
        let shown = files::shown(Path::new(&refusal.path));
        refused(&refusal).message.replace(&shown, name)
    }

    #[test]
    fn a_file_that_another_program_holds_is_told_with_the_program() {
        assert_eq!(
            told(&[32; 5], "budget.xlsx"),
            "impossible de lire « budget.xlsx » : un autre programme tient ce fichier, sans doute Excel ou LibreOffice"
        );
        assert_eq!(
            told(&[5; 5], "lettre-14.pdf"),
            "impossible de lire « lettre-14.pdf » : le droit manque, ou un autre programme tient ce fichier, sans doute \
             Acrobat ou le navigateur"
        );
        assert!(told(&[388; 20], "contacts.xlsx").ends_with("ne l’a pas encore apporté sur cette machine"));
        assert!(told(&[19], "contacts.xlsx").starts_with("impossible de lire « contacts.xlsx » : "));
    }
}
