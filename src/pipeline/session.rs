//! A build in a loop over what changed: the newest good state of the inputs, the documents that it announces, and their
//! pages as a screen shows them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::build::build_with;
use super::digest::hash;
use super::make::Workshop;
use super::plan::{Document, Plan};
use super::store::{Store, place};
use super::{Options, Report, Request, read};
use crate::diagnostics::Diagnostic;
use crate::documents::Recipe;
use crate::figures::Printed;
use crate::files::{self, Refusal, Workspace};
use crate::render::frames::Spot;
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
    settings: Arc<Settings>,
}

/// How tightly the pages of each file were set when they were last fitted. A screen shows them so at once, and follows when
/// the file was made.
#[derive(Default)]
struct Settings(Mutex<HashMap<String, u8>>);

impl Settings {
    fn of(&self, kind: &str, id: &str, name: &str) -> Option<u8> {
        let settings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        settings.get(&format!("{kind}/{id}/{name}")).copied()
    }

    /// Takes over what the records of the documents say.
    fn recall(&self, store: &Store, plan: &Plan) {
        for document in &plan.documents {
            let Some(manifest) = store.manifest(document.kind.name, &document.id) else { continue };
            let mut settings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            for (file, tightness) in manifest.fichiers.iter().filter_map(|file| Some((file, file.serrage?))) {
                settings.insert(format!("{}/{}/{}", document.kind.name, document.id, file.nom), tightness);
            }
        }
    }
}

/// What one turn of the loop found.
pub struct Turn {
    /// What the inputs say now.
    pub snapshot: Arc<Snapshot>,
    /// What to tell the user of files that are open elsewhere or could not be read yet.
    pub waiting: Vec<Waiting>,
}

/// A file that another program has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What to tell of it, in plain words.
    pub text: String,
    /// Whether it could not be read: it is worth trying again.
    pub again: bool,
}

/// One good state of the inputs.
pub struct Snapshot {
    pub(super) plan: Plan,
    /// A hash of the templates and pictures.
    appearance: String,
    /// The documents, in order.
    pub documents: Vec<Shown>,
    screens: Mutex<HashMap<String, Arc<OnceLock<Option<Laid>>>>>,
    settings: Arc<Settings>,
}

/// Pages that are laid out, or what is wrong with them.
pub type Laid = Arc<Result<Leaves, Vec<Diagnostic>>>;

/// The pages of a file, and the figures on them.
pub struct Leaves {
    /// The pages.
    pub screen: Screen,
    /// The figures that the file is given.
    pub printed: Vec<Printed>,
    /// Where figures stand, page by page.
    pub spots: Vec<Vec<Spot>>,
}

/// A document of a snapshot, by its place among those of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown(pub(super) usize);

/// A file of a document.
pub struct ShownFile {
    /// Its name.
    pub name: String,
    /// Whether it has pages.
    pub paged: bool,
    /// Where it stands below the results.
    pub place: String,
    /// A version that changes when the file would.
    pub version: String,
    /// Who may read it, in words.
    pub diffusion: String,
    /// Whether it stands apart from what is handed on.
    pub apart: bool,
}

impl Session {
    /// A session over a workspace.
    #[must_use]
    pub fn new(workspace: Workspace, request: Request) -> Self {
        Self { workspace, request, last: None, settings: Arc::default() }
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
            for name in inputs.keep_readable(&last.plan.inputs) {
                let text = format!("« {name} » ne se lit pas pour l’instant : la dernière version lisible sert");
                waiting.push(Waiting { text, again: true });
            }
        }
        for (name, program) in files::open_elsewhere(&self.workspace.inputs) {
            let text = format!("« {name} » est ouvert dans {program} : ce qui y change compte à l’enregistrement");
            waiting.push(Waiting { text, again: false });
        }
        let plan = Plan::new(&self.workspace, inputs, &self.request);
        if self.last.is_none() {
            self.settings.recall(&Store::new(&self.workspace, plan.inputs.digest()), &plan);
        }
        let snapshot = Arc::new(Snapshot::new(plan, Arc::clone(&self.settings)));
        self.last = Some(Arc::clone(&snapshot));
        Ok(Turn { snapshot, waiting })
    }

    /// The workspace.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Writes the documents of a snapshot that are out of date.
    ///
    /// # Errors
    ///
    /// When the disk refuses to be read.
    pub fn build(&self, snapshot: &Snapshot, options: Options) -> Result<Report, Refusal> {
        let options = Options { remembered: REMEMBERED, ..options };
        let report = build_with(&self.workspace, &snapshot.plan, &self.request, options);
        self.settings.recall(&Store::new(&self.workspace, snapshot.plan.inputs.digest()), &snapshot.plan);
        report
    }
}

impl Snapshot {
    fn new(plan: Plan, settings: Arc<Settings>) -> Self {
        let documents = (0..plan.documents.len()).map(Shown).collect();
        let appearance = plan.inputs.appearance();
        Self { plan, appearance, documents, screens: Mutex::default(), settings }
    }

    pub(super) fn document(&self, shown: Shown) -> &Document {
        &self.plan.documents[shown.0]
    }

    /// The kind's name.
    #[must_use]
    pub fn kind(&self, shown: Shown) -> &'static str {
        self.document(shown).kind.name
    }

    /// What the kind is, for headings.
    #[must_use]
    pub fn label(&self, shown: Shown) -> &str {
        &self.document(shown).kind.label
    }

    /// The document's name among its kind.
    #[must_use]
    pub fn id(&self, shown: Shown) -> &str {
        &self.document(shown).id
    }

    /// A document's title and files.
    ///
    /// # Errors
    ///
    /// What keeps it from being made.
    pub fn files(&self, shown: Shown) -> Result<(&str, Vec<ShownFile>), Vec<Diagnostic>> {
        let planned = self.plan.planned(self.document(shown));
        let (draft, fingerprint) = planned.drafted.as_ref().map_err(Clone::clone)?;
        let files = draft.parts.iter().zip(&fingerprint.0).map(|(part, (name, recipe))| ShownFile {
            name: name.clone(),
            paged: matches!(part.recipe, Recipe::Pdf { .. }),
            place: place(draft.kind, &draft.id, part),
            version: self.version_of(recipe, self.settings.of(draft.kind, &draft.id, name)),
            diffusion: self.diffusion(draft, part),
            apart: part.apart,
        });
        Ok((&draft.title, files.collect()))
    }

    /// A version of a file that changes when its recipe, the templates or its setting do.
    fn version_of(&self, recipe: &str, tightness: Option<u8>) -> String {
        let tightness = tightness.unwrap_or_default();
        hash(format!("{recipe}{}{tightness}", self.appearance).as_bytes())[..16].to_owned()
    }

    /// Whether a page of a document that was looked at is wrong.
    pub(super) fn has_faulty_pages(&self, shown: Shown) -> bool {
        let beginning = format!("{}/{}/", self.kind(shown), self.id(shown));
        let screens = self.screens.lock().unwrap_or_else(PoisonError::into_inner);
        let mut of_document = screens.iter().filter(|(key, _)| key.starts_with(&beginning));
        of_document.any(|(_, slot)| slot.get().is_some_and(|laid| laid.as_ref().is_some_and(|laid| laid.is_err())))
    }

    /// The pages of a document's file, laid out once; nothing when the file has none.
    #[must_use]
    pub fn screen(&self, shown: Shown, name: &str) -> Option<Laid> {
        let (draft, _) = self.plan.planned(self.document(shown)).drafted.as_ref().ok()?;
        let part = draft.parts.iter().find(|part| part.name == name)?;
        let tightness = self.settings.of(draft.kind, &draft.id, name);
        let key = format!("{}/{}/{name}/{}", draft.kind, draft.id, tightness.unwrap_or_default());
        let slot = Arc::clone(self.screens.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let laid = slot.get_or_init(|| {
            let shop = Workshop::new(&self.plan);
            let laid = threads::alone(|| shop.screen(draft, part, tightness));
            pdf::forget(REMEMBERED);
            Some(Arc::new(laid?.and_then(|screen| {
                let printed = shop.given(part)?;
                let wanted: Vec<(&str, &str)> = printed.iter().map(|it| (it.figure().name(), it.text())).collect();
                let spots = screen.places(&wanted);
                Ok(Leaves { screen, printed, spots })
            })))
        });
        laid.clone()
    }
}
