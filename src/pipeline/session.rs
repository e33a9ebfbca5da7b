//! A build in a loop over what changed: the newest good state of the inputs, the documents that it announces, and their
//! pages as a screen shows them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::build::build_with;
use super::fingerprint::Fingerprint;
use super::make::Workshop;
use super::plan::{concerns, plan, select, understand};
use super::{Inputs, Options, Report, Request, read};
use crate::diagnostics::Diagnostic;
use crate::documents::{Draft, KINDS, Recipe};
use crate::files::{self, Refusal, Workspace};
use crate::intake::Understood;
use crate::render::pdf;
use crate::render::screen::Screen;

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
    /// The documents, in order.
    pub documents: Vec<Shown>,
    /// What is wrong or to look at, outside of single documents.
    pub problems: Vec<Diagnostic>,
    screens: Mutex<HashMap<String, Laid>>,
}

type Laid = Arc<Result<Screen, Vec<Diagnostic>>>;

/// A document of a snapshot.
pub struct Shown {
    /// The kind's name.
    pub kind: &'static str,
    /// The document's name.
    pub id: String,
    /// What to call it.
    pub title: String,
    /// Its files: the name, whether it has pages, and a version that changes when the file would.
    pub files: Vec<(String, bool, String)>,
    /// The errors that keep it from being made.
    pub problems: Vec<Diagnostic>,
    draft: Option<Draft>,
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
        build_with(&self.workspace, &snapshot.inputs, &snapshot.understood, &self.request, options)
    }

    /// The place of a document's file.
    #[must_use]
    pub fn place(&self, kind: &str, id: &str, name: &str) -> PathBuf {
        self.workspace.out.join(kind).join(id).join(name)
    }
}

impl Snapshot {
    fn new(inputs: Inputs, request: &Request) -> Self {
        let understood = understand(&inputs);
        let (selection, report) = select(&understood, request);
        let appearance = inputs.appearance();
        let mut documents = Vec::new();
        for (kind, id) in selection {
            let concerned = understood.problems.iter().filter(|problem| problem.is_error() && concerns(kind, problem));
            let mut shown = Shown {
                kind: kind.name,
                title: id.clone(),
                id: id.clone(),
                files: Vec::new(),
                problems: concerned.cloned().collect(),
                draft: None,
            };
            if shown.problems.is_empty() {
                let (drafts, faults) = plan(&understood, &[(kind, id)]);
                shown.problems = faults;
                if let Some(draft) = drafts.into_iter().next() {
                    let recipes = Fingerprint::of(&draft).files.into_iter().zip(&draft.parts);
                    shown.files = recipes
                        .map(|((name, recipe), part)| {
                            let version = super::hash(format!("{recipe}{appearance}").as_bytes())[..16].to_owned();
                            (name, matches!(part.recipe, Recipe::Pdf { .. }), version)
                        })
                        .collect();
                    shown.title.clone_from(&draft.title);
                    shown.draft = Some(draft);
                }
            }
            documents.push(shown);
        }
        Self { inputs, understood, documents, problems: report.problems, screens: Mutex::default() }
    }

    /// The pages of a document's file, laid out once; nothing when the file has none.
    #[must_use]
    pub fn screen(&self, kind: &str, id: &str, name: &str) -> Option<Laid> {
        let document = self.documents.iter().find(|document| document.kind == kind && document.id == id)?;
        let draft = document.draft.as_ref()?;
        let part = draft.parts.iter().find(|part| part.name == name)?;
        let key = format!("{kind}/{id}/{name}");
        if let Some(laid) = self.screens.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(laid));
        }
        let laid = super::threads::alone(|| Workshop::new(&self.inputs).screen(draft, part))?;
        pdf::forget();
        let laid: Laid = Arc::new(laid);
        self.screens.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&laid));
        Some(laid)
    }

    /// The label of a kind, for headings.
    #[must_use]
    pub fn label(kind: &str) -> &'static str {
        KINDS.iter().find(|known| known.name == kind).map_or("", |kind| kind.label)
    }
}
