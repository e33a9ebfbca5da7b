//! A build in a loop over what changed: the newest good state of the inputs, the documents that it announces, and their
//! pages as a screen shows them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::build::build_with;
use super::digest::hash;
use super::fingerprint::Fingerprint;
use super::make::Workshop;
use super::plan::{self, select, understand};
use super::{Inputs, Options, Report, Request, read};
use crate::diagnostics::Diagnostic;
use crate::documents::{Draft, Kind, Recipe};
use crate::files::{self, Refusal, Workspace};
use crate::intake::Understood;
use crate::model::Disclosure;
use crate::render::pdf;
use crate::render::screen::Screen;
use crate::threads;

/// Of how many parts the layout is remembered: those that one edit usually changes.
const REMEMBERED: usize = 12;

/// A workspace under watch.
pub struct Session {
    workspace: Workspace,
    request: Request,
    last: Option<Arc<Snapshot>>,
}

/// What one turn of the loop found.
pub struct Turn {
    /// What the inputs say now.
    pub snapshot: Arc<Snapshot>,
    /// What to tell the user of files that could not be read yet, in plain words.
    pub waiting: Vec<String>,
}

/// One good state of the inputs.
pub struct Snapshot {
    inputs: Inputs,
    understood: Understood,
    /// A hash of the templates and pictures.
    appearance: String,
    /// The documents, in order.
    pub documents: Vec<Shown>,
    /// What is wrong or to look at, outside of single documents.
    pub problems: Vec<Diagnostic>,
    screens: Mutex<HashMap<String, Arc<OnceLock<Option<Laid>>>>>,
}

/// Pages that are laid out, or what is wrong with them.
pub type Laid = Arc<Result<Screen, Vec<Diagnostic>>>;

/// A document of a snapshot.
pub struct Shown {
    kind: &'static Kind,
    id: String,
    /// What it is to be made from, or why it cannot be: found when somebody asks.
    drafted: OnceLock<Result<Drafted, Vec<Diagnostic>>>,
}

/// What a document is to be made from.
struct Drafted {
    draft: Draft,
    files: Vec<ShownFile>,
}

/// A file of a document.
pub struct ShownFile {
    /// Its name.
    pub name: String,
    /// Whether it has pages.
    pub paged: bool,
    /// A version that changes when the file would.
    pub version: String,
}

impl Session {
    /// A session over a workspace.
    #[must_use]
    pub fn new(workspace: Workspace, request: Request) -> Self {
        Self { workspace, request, last: None }
    }

    /// Reads what is there now. A workbook that is being written, is not there for a moment or is held by another
    /// program stands as it was when it could last be read.
    ///
    /// # Errors
    ///
    /// When the disk refuses to be read and nothing was read before.
    pub fn look(&mut self) -> Result<Turn, Refusal> {
        let mut waiting = Vec::new();
        let mut inputs = read(&self.workspace)?;
        if let Some(last) = &self.last {
            for name in inputs.keep_readable(&last.inputs) {
                waiting.push(format!("« {name} » ne se lit pas pour l’instant : la dernière version lisible sert"));
            }
        }
        for (name, program) in files::open_elsewhere(&self.workspace.inputs) {
            waiting.push(format!("« {name} » est ouvert dans {program} : ce qui y change compte à l’enregistrement"));
        }
        let snapshot = Arc::new(Snapshot::new(inputs, &self.request));
        self.last = Some(Arc::clone(&snapshot));
        Ok(Turn { snapshot, waiting })
    }

    /// Writes the documents of a snapshot that are out of date.
    ///
    /// # Errors
    ///
    /// When the disk refuses to be read.
    pub fn build(&self, snapshot: &Snapshot, options: Options) -> Result<Report, Refusal> {
        let options = Options { remembered: REMEMBERED, ..options };
        build_with(&self.workspace, &snapshot.inputs, &snapshot.understood, &self.request, options)
    }
}

impl Snapshot {
    fn new(inputs: Inputs, request: &Request) -> Self {
        let understood = understand(&inputs);
        let (selection, report) = select(&understood, request);
        let documents = selection.into_iter().map(|(kind, id)| Shown { kind, id, drafted: OnceLock::new() }).collect();
        let appearance = inputs.appearance();
        Self { inputs, understood, appearance, documents, problems: report.problems, screens: Mutex::default() }
    }

    /// The errors in the sheets that a document reads.
    pub fn errors(&self, document: &Shown) -> impl Iterator<Item = &Diagnostic> {
        plan::errors(&self.understood, document.kind)
    }

    /// A document's title and files.
    ///
    /// # Errors
    ///
    /// What keeps it from being made.
    pub fn files<'s>(&'s self, document: &'s Shown) -> Result<(&'s str, &'s [ShownFile]), Vec<Diagnostic>> {
        let drafted = self.drafted(document).as_ref().map_err(Clone::clone)?;
        Ok((&drafted.draft.title, &drafted.files))
    }

    fn drafted<'s>(&'s self, document: &'s Shown) -> &'s Result<Drafted, Vec<Diagnostic>> {
        document.drafted.get_or_init(|| {
            let errors: Vec<Diagnostic> = self.errors(document).cloned().collect();
            if !errors.is_empty() {
                return Err(errors);
            }
            let draft = (document.kind.draft)(&Disclosure::new(&self.understood.model), &document.id)?;
            let recipes = Fingerprint::of(&draft).files.into_iter().zip(&draft.parts);
            let files = recipes
                .map(|((name, recipe), part)| ShownFile {
                    name,
                    paged: matches!(part.recipe, Recipe::Pdf { .. }),
                    version: hash(format!("{recipe}{}", self.appearance).as_bytes())[..16].to_owned(),
                })
                .collect();
            Ok(Drafted { draft, files })
        })
    }

    /// The pages of a document's file, laid out once; nothing when the file has none.
    #[must_use]
    pub fn screen(&self, document: &Shown, name: &str) -> Option<Laid> {
        let draft = &self.drafted(document).as_ref().ok()?.draft;
        let part = draft.parts.iter().find(|part| part.name == name)?;
        let key = format!("{}/{}/{name}", draft.kind, draft.id);
        let slot = Arc::clone(self.screens.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let laid = slot.get_or_init(|| {
            let laid = threads::alone(|| Workshop::new(&self.inputs, &self.understood.model).screen(draft, part));
            pdf::forget(REMEMBERED);
            laid.map(Arc::new)
        });
        laid.clone()
    }
}

impl Shown {
    /// The kind's name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind.name
    }

    /// What the kind is, for headings.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.kind.label
    }

    /// The document's name among its kind.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}
