//! A finished document into its folder, all of it or nothing, with its record.

use std::sync::{Arc, Mutex, PoisonError};

use super::causes::{causes, cells_of};
use super::digest::hash;
use super::fingerprint;
use super::make::{Artifact, Made};
use super::plan::{Document, Plan};
use super::sheets::SheetRecord;
use super::store::{FileRecord, Holder, Manifest, NaiveDateText, Recorded, Store, Wish, place};
use super::{Outcome, State, refused};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, Part};
use crate::files::{self, Change, Refusal};
use crate::model::Tables;
use crate::records::Sheet;
use crate::wording;

/// Where documents are published.
pub(super) struct Site<'a> {
    pub(super) plan: &'a Plan,
    pub(super) store: &'a Store<'a>,
    /// The sheets as they are remembered, each made once.
    sheets: Mutex<Vec<(&'static str, String, Arc<SheetRecord>)>>,
}

/// A document on its way into its folder.
struct Publication<'p> {
    draft: &'p Draft,
    before: Option<Manifest>,
    wish: Wish,
    /// The cells that changed since what was sent was made.
    changed: Vec<String>,
    change: Change,
    manifest: Manifest,
    problems: Vec<Diagnostic>,
    written: Vec<String>,
    is_altered: bool,
}

impl<'a> Site<'a> {
    pub(super) fn new(plan: &'a Plan, store: &'a Store<'a>) -> Self {
        Self { plan, store, sheets: Mutex::default() }
    }

    /// Puts a document's files into its folder, all or none, and records it. Files that came out as they were are left
    /// alone.
    pub(super) fn publish(
        &self,
        document: &Document,
        draft: &Draft,
        made: &Made,
        wish: Wish,
        outcome: &mut Outcome,
    ) -> Result<State, Diagnostic> {
        let told = |refusal: Refusal| refused(&refusal);
        let (kind, id) = (draft.kind, draft.id.as_str());
        let Some(_lock) = self.store.lock(kind, id).map_err(told)? else {
            return Err(commands::another_run(&format!("{kind}/{id}")));
        };
        self.store.recover_one(kind, id).map_err(told)?;
        let before = self.store.manifest(kind, id);
        let differs = made.artifacts.iter().any(|artifact| artifact.differs);
        let changed = before.as_ref().filter(|_| differs);
        let changed =
            changed.map(|it| cells_of(&causes(self.plan, self.store, document, draft, it))).unwrap_or_default();
        let mut publication = Publication {
            draft,
            before,
            wish,
            changed,
            change: Change { name: format!("{kind}/{id}"), ..Change::default() },
            manifest: Manifest::of(draft),
            problems: Vec::new(),
            written: Vec::new(),
            is_altered: !made.held.is_empty(),
        };
        let recipes = self.plan.planned(document).drafted.as_ref().map(|(_, it)| it.0.as_slice()).unwrap_or_default();
        for (part, (_, recipe)) in draft.parts.iter().zip(recipes) {
            match made.artifacts.iter().find(|artifact| artifact.name == part.name) {
                Some(artifact) => self.place(&mut publication, part, artifact, recipe).map_err(told)?,
                None => publication.keep(&part.name),
            }
        }
        self.leave(&mut publication);
        let Publication { change, mut manifest, problems, written, is_altered, .. } = publication;
        manifest.donnees.clone_from(&self.store.digest);
        manifest.sources = made.read.iter().map(|name| (name.clone(), self.plan.inputs.source(name))).collect();
        manifest.avertissements = made.warnings.len();
        let state = match (is_altered, manifest.is_sent()) {
            (true, _) => State::Altered,
            (false, true) => State::Sent { differs: manifest.fichiers.iter().any(|file| file.differe) },
            (false, false) => State::Current,
        };
        let recorded = self.recorded(document, draft, manifest);
        if change.writes.is_empty() && change.removals.is_empty() {
            self.store.record(recorded).map_err(told)?;
        } else {
            self.store.publish(&change, recorded).map_err(told)?;
        }
        outcome.files = written;
        outcome.problems.extend(problems);
        Ok(state)
    }

    /// Puts a part into its place and its record.
    fn place(
        &self,
        publication: &mut Publication,
        part: &Part,
        artifact: &Artifact,
        recipe: &str,
    ) -> Result<(), Refusal> {
        let draft = publication.draft;
        let name = place(draft.kind, &draft.id, part);
        let shown = files::shown(&self.store.path(&name));
        let known = publication.before.as_ref().and_then(|before| before.file(&artifact.name)).cloned();
        let existing = files::read(&self.store.path(&name))?;
        let now = hash(&artifact.bytes);
        let sent = known.as_ref().filter(|known| known.fige.is_some());
        if let Some(sent) = sent.filter(|sent| sent.sha256 != now) {
            // It was altered, and is not what today's inputs give: nothing can be restored.
            let day = sent.fige.map(|day| wording::date(day.0)).unwrap_or_default();
            publication.problems.push(commands::lost_evidence(&shown, &day));
            publication.is_altered = true;
            publication.manifest.fichiers.push(sent.clone());
            return Ok(());
        }
        if existing.as_ref().is_none_or(|existing| *existing != artifact.bytes) {
            let before = known.as_ref().map(|known| &known.sha256);
            if existing.is_some_and(|existing| before != Some(&hash(&existing))) {
                let backup = self.backup(&name);
                if publication.wish != Wish::Restore || sent.is_none() {
                    let short = backup.rsplit('/').next().unwrap_or_default();
                    publication.problems.push(commands::edited_by_hand(&shown, short));
                }
                publication.change.backups.push((name.clone(), backup));
            }
            if sent.is_some() {
                publication.problems.push(commands::restored_evidence(&shown));
            }
            let long = files::overlong(&self.store.path(&name));
            publication
                .problems
                .extend(long.map(|(length, most)| commands::long_path(&shown, &length.to_string(), &most.to_string())));
            publication.change.writes.push((name, artifact.bytes.clone()));
            publication.written.push(shown.clone());
        }
        // What differs because a person was erased is as it should be.
        let erased = known.as_ref().and_then(|known| known.effacees.clone());
        let differs = artifact.differs && erased.is_none();
        let mut cells = Vec::new();
        if differs {
            cells = known.map(|known| known.cellules).unwrap_or_default();
            let new: Vec<String> = publication.changed.iter().filter(|cell| !cells.contains(cell)).cloned().collect();
            cells.extend(new);
        }
        let record = FileRecord {
            nom: artifact.name.clone(),
            interne: part.apart,
            recette: recipe.to_owned(),
            sha256: now,
            serrage: artifact.tightness,
            fige: artifact.frozen.map(NaiveDateText),
            differe: differs,
            commun: draft
                .fixed_by(part)
                .map(|common| Holder { document: common.holder.clone(), depuis: NaiveDateText(common.since) }),
            cellules: cells,
            effacees: erased,
            ..FileRecord::default()
        };
        publication.problems.extend(record.difference(&shown));
        publication.manifest.fichiers.push(record);
        Ok(())
    }

    /// Files that the document no longer has: those that nobody but the program wrote go, what was sent stays recorded.
    fn leave(&self, publication: &mut Publication) {
        let Some(before) = publication.before.take() else { return };
        let lost = self.store.lost(&before, Some(publication.draft));
        publication.is_altered |= !lost.is_empty();
        publication.problems.extend(lost);
        for file in &before.fichiers {
            let now = publication.manifest.file(&file.nom);
            let place = file.place(&before);
            match (now, file.fige) {
                (Some(now), _) if now.place(&publication.manifest) == place => {}
                (None, Some(_)) => publication.manifest.fichiers.push(file.clone()),
                _ => {
                    let bytes = files::read(&self.store.path(&place)).ok().flatten();
                    if bytes.is_some_and(|bytes| hash(&bytes) == file.sha256) {
                        publication.change.removals.push(place);
                    }
                }
            }
        }
    }

    /// A place for what a person wrote into a file, where nothing stands yet.
    fn backup(&self, name: &str) -> String {
        let free = |name: &String| files::stamp(&self.store.path(name)).is_none();
        let mut names =
            std::iter::once(format!("{name}.bak")).chain((2..).map(|number| format!("{name}.{number}.bak")));
        names.find(free).unwrap_or_else(|| format!("{name}.bak"))
    }

    /// What is recorded of a document: its files, what it says, the sheets that it read.
    fn recorded(&self, document: &Document, draft: &Draft, mut manifest: Manifest) -> Recorded {
        let reads = &self.plan.planned(document).reads;
        let mut sheets = Vec::new();
        for sheet in Tables::sheets().filter(|sheet| reads.sheet(sheet.name)) {
            let (name, record) = self.sheet(sheet);
            manifest.feuilles.insert(sheet.name.to_owned(), name.clone());
            sheets.push((name, record));
        }
        let values = fingerprint::remembered(&fingerprint::said(draft), self.store.key());
        Recorded { manifest, values, sheets }
    }

    /// A sheet as it is remembered, with its name; made when the first document needs it.
    fn sheet(&self, sheet: &'static Sheet) -> (String, Arc<SheetRecord>) {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, name, record)) = sheets.iter().find(|(known, ..)| *known == sheet.name) {
            return (name.clone(), Arc::clone(record));
        }
        let rows = self.plan.understood.model.tables.told(sheet.name);
        let record = SheetRecord::of(sheet, &rows, self.plan.discretion(self.store.key()));
        let (name, record) = (record.name(), Arc::new(record));
        sheets.push((sheet.name, name.clone(), Arc::clone(&record)));
        (name, record)
    }
}

impl Publication<'_> {
    /// Keeps what is recorded of a part that was left alone.
    fn keep(&mut self, name: &str) {
        let known = self.before.as_ref().and_then(|before| before.file(name)).cloned();
        self.manifest.fichiers.extend(known);
    }
}
