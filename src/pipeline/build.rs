//! Making what is out of date, and putting it into its place.

use std::sync::OnceLock;

use super::digest::hash;
use super::fingerprint::{self, Fingerprint};
use super::list::is_current;
use super::make::{Made, Workshop};
use super::plan::{concerns_all, kinds_of, plan, select, understand};
use super::run::make_all;
use super::store::{FileRecord, Known, Manifest, Sheets, Store, sheet_record};
use super::verify::frozen_note;
use super::why::{causes, cells_of};
use super::{Fate, Inputs, Options, Outcome, Report, Request, plan as planning, refused};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, KINDS};
use crate::files::{self, Change, Refusal, Workspace};
use crate::intake::{Understood, WORKBOOKS};
use crate::threads;

/// Builds what is asked for and out of date.
///
/// # Errors
///
/// When the disk refuses to be read; a refusal to write belongs to its document.
pub fn build(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let inputs = super::read(workspace)?;
    if !options.force
        && let Some(report) = nothing_to_do(&Store::new(workspace, inputs.digest()), request)
    {
        return Ok(report);
    }
    build_with(workspace, &inputs, &understand(&inputs), request, options)
}

/// Builds from inputs that are already in memory and understood.
///
/// # Errors
///
/// When the disk refuses to be read; a refusal to write belongs to its document.
pub(super) fn build_with(
    workspace: &Workspace,
    inputs: &Inputs,
    understood: &Understood,
    request: &Request,
    options: Options,
) -> Result<Report, Refusal> {
    let store = Store::new(workspace, inputs.digest());
    let (selection, mut report) = select(understood, request);
    let (drafts, faults) = plan(understood, &selection);
    let is_whole = request.kind.is_none() && request.id.is_none();
    let sound = faults.is_empty() && !understood.problems.iter().any(Diagnostic::is_error);
    let stopped = report.problems.iter().any(|problem| problem.is_error() && concerns_all(problem));
    // What is wrong with one document alone stops that one.
    report.problems.extend(faults);
    if !stopped && planning::known(&understood.model).is_empty() {
        report.problems.push(nothing_announced(understood));
    }
    if stopped || drafts.is_empty() {
        return Ok(report);
    }
    let Some(_lock) = store.lock_all(!is_whole)? else {
        report.problems.push(commands::another_run(&files::shown(&workspace.out)));
        return Ok(report);
    };
    store.recover()?;
    let (current, stale) = sort(inputs, &store, drafts, options.force);
    for mut manifest in current {
        report.outcomes.push(up_to_date(&store, &manifest));
        if manifest.donnees != store.digest {
            manifest.donnees.clone_from(&store.digest);
            store.confirm(&manifest)?;
        }
    }
    let site = Site { inputs, understood, store: &store, sheets: OnceLock::new() };
    let shop = Workshop::new(inputs, &understood.model).remembering(options.remembered);
    let made =
        make_all(&shop, &stale, options, &|_| Some(&store), &|draft, made, outcome| site.publish(draft, made, outcome));
    report.outcomes.extend(made);
    let order =
        |outcome: &Outcome| selection.iter().position(|(kind, id)| kind.name == outcome.kind && *id == outcome.id);
    report.outcomes.sort_by_key(order);
    if sound {
        store.know(&known(understood, &store))?;
    }
    if is_whole {
        store.tidy(KINDS.iter().map(|kind| kind.name))?;
    }
    Ok(report)
}

/// What is missing in the sheets to make a first letter.
fn nothing_announced(understood: &Understood) -> Diagnostic {
    let model = &understood.model;
    let empty = [
        ("Partenaires", model.partners.is_empty()),
        ("Contacts", model.contacts.is_empty()),
        ("Lettres", model.letters.is_empty()),
        ("Articles", model.articles.is_empty()),
    ];
    let sheets = WORKBOOKS.iter().flat_map(|workbook| workbook.sheets.iter().map(move |sheet| (workbook, sheet)));
    let missing = sheets.filter(|(_, sheet)| empty.contains(&(sheet.name, true)));
    missing.fold(commands::nothing_announced(), |diagnostic, (workbook, sheet)| {
        let headings = sheet.columns.iter().filter(|column| column.required).map(|column| column.heading);
        let headings: Vec<&str> = headings.collect();
        diagnostic.hint(format!(
            "{}.xlsx › {} : au moins une ligne ({})",
            workbook.stem,
            sheet.name,
            headings.join(", ")
        ))
    })
}

/// The documents that a build would make, for other machines to share among them.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn jobs(
    workspace: &Workspace,
    request: &Request,
    force: bool,
) -> Result<(Vec<(&'static str, String)>, Report), Refusal> {
    let inputs = super::read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let understood = understand(&inputs);
    let (selection, mut report) = select(&understood, request);
    let (drafts, faults) = plan(&understood, &selection);
    report.problems.extend(faults);
    let (_, stale) = sort(&inputs, &store, drafts, force);
    Ok((stale.into_iter().map(|draft| (draft.kind, draft.id)).collect(), report))
}

/// The report of a run that can tell from the records alone that there is nothing to do.
fn nothing_to_do(store: &Store, request: &Request) -> Option<Report> {
    let known = store.known()?;
    let kinds: Vec<_> = kinds_of(request).collect();
    let mut report = Report::default();
    let wanted = known.documents.iter().filter(|(kind, id)| {
        kinds.iter().any(|known| known.name == kind) && request.id.as_ref().is_none_or(|wanted| wanted == id)
    });
    for (kind, id) in wanted {
        let manifest = store.manifest(kind, id)?;
        if manifest.donnees != store.digest
            || manifest.programme != env!("LIASSE_PROGRAM")
            || !store.touched(&manifest).is_empty()
        {
            return None;
        }
        report.told += manifest.avertissements;
        report.outcomes.push(up_to_date(store, &manifest));
    }
    let told = known
        .avertissements
        .iter()
        .filter(|concerned| kinds.iter().any(|kind| concerned.iter().any(|name| name == kind.name)));
    report.told += told.count();
    (!report.outcomes.is_empty()).then_some(report)
}

fn known(understood: &Understood, store: &Store) -> Known {
    let concerned = |problem: &Diagnostic| {
        KINDS.iter().filter(|kind| planning::concerns(kind, problem)).map(|kind| kind.name.to_owned()).collect()
    };
    Known {
        donnees: store.digest.clone(),
        documents: planning::known(&understood.model)
            .into_iter()
            .map(|(kind, id)| (kind.name.to_owned(), id))
            .collect(),
        avertissements: understood.problems.iter().map(concerned).collect(),
    }
}

/// Tells documents that are up to date from those to make.
fn sort(inputs: &Inputs, store: &Store, drafts: Vec<Draft>, force: bool) -> (Vec<Manifest>, Vec<Draft>) {
    let manifests = threads::map(&drafts, threads::usual(), |draft| {
        let manifest = store.manifest(draft.kind, &draft.id).filter(|_| !force);
        manifest.filter(|manifest| is_current(inputs, store, draft, manifest))
    });
    let mut current = Vec::new();
    let mut stale = Vec::new();
    for (draft, manifest) in drafts.into_iter().zip(manifests) {
        match manifest {
            Some(manifest) => current.push(manifest),
            None => stale.push(draft),
        }
    }
    (current, stale)
}

/// The outcome of a document that is up to date. What was sent and would be otherwise today is told every time.
fn up_to_date(store: &Store, manifest: &Manifest) -> Outcome {
    let kind = KINDS.iter().find(|kind| kind.name == manifest.genre).map_or("", |kind| kind.name);
    let mut outcome = Outcome::named(kind, manifest.document.clone(), manifest.titre.clone(), Fate::UpToDate);
    for file in manifest.fichiers.iter().filter(|file| file.differe) {
        let path = files::shown(&store.path(&manifest.genre, &manifest.document, &file.nom));
        let date = file.fige.as_deref().and_then(|date| date.parse().ok());
        outcome.problems.extend(date.map(|date| frozen_note(&path, date, &file.cellules)));
    }
    outcome.size = manifest.fichiers.len();
    outcome
}

/// Where documents are published.
struct Site<'a> {
    inputs: &'a Inputs,
    understood: &'a Understood,
    store: &'a Store<'a>,
    sheets: OnceLock<Sheets>,
}

impl Site<'_> {
    /// The sheets as records, computed when the first document needs them.
    fn sheets(&self) -> &Sheets {
        self.sheets.get_or_init(|| {
            let sheets = WORKBOOKS.iter().flat_map(|workbook| workbook.sheets);
            sheets.map(|sheet| (sheet.name.to_owned(), sheet_record(&self.understood.lines(sheet.name)))).collect()
        })
    }

    /// Puts a document's files into its folder, all or none, and records it. Files that came out as they were are left alone.
    fn publish(&self, draft: &Draft, made: &Made, outcome: &mut Outcome) -> Result<(), Diagnostic> {
        let told = |refusal: Refusal| refused(&refusal);
        let (kind, id) = (draft.kind, draft.id.as_str());
        let Some(_lock) = self.store.lock(kind, id).map_err(told)? else {
            return Err(commands::another_run(&format!("{kind}/{id}")));
        };
        self.store.recover_one(kind, id).map_err(told)?;
        let before = self.store.manifest(kind, id);
        let mut change = Change { name: format!("{kind}/{id}"), ..Change::default() };
        let mut written = Vec::new();
        let mut manifest = Manifest::of(draft);
        let recipes = Fingerprint::of(draft).files;
        let why = before.as_ref().filter(|_| made.artifacts.iter().any(|artifact| artifact.differs));
        let why = why
            .map(|before| cells_of(&causes(self.inputs, self.understood, self.store, draft, before)))
            .unwrap_or_default();
        for (artifact, (_, recipe)) in made.artifacts.iter().zip(recipes) {
            let path = self.store.path(kind, id, &artifact.name);
            let shown = files::shown(&path);
            let existing = files::read(&path).map_err(told)?;
            let is_gone = existing.is_none();
            let name = format!("{kind}/{id}/{}", artifact.name);
            if existing.as_ref().is_none_or(|existing| *existing != artifact.bytes) {
                let known = before.as_ref().and_then(|before| before.file(&artifact.name)).map(|file| &file.sha256);
                if existing.is_some_and(|existing| known != Some(&hash(&existing))) {
                    let backup = self.backup(kind, id, &artifact.name);
                    outcome.problems.push(commands::edited_by_hand(&shown, &backup));
                    change.backups.push((name.clone(), format!("{kind}/{id}/{backup}")));
                }
                change.writes.push((name, artifact.bytes.clone()));
                written.push(shown.clone());
            }
            let known = before.as_ref().and_then(|before| before.file(&artifact.name));
            let mut cells = Vec::new();
            if artifact.differs {
                cells = known.map(|known| known.cellules.clone()).unwrap_or_default();
                let new: Vec<String> = why.iter().filter(|cell| !cells.contains(cell)).cloned().collect();
                cells.extend(new);
            }
            if let Some(date) = artifact.frozen.filter(|_| artifact.differs) {
                outcome.problems.push(frozen_note(&shown, date, &cells));
            }
            if let (Some(date), Some(known), true) = (artifact.frozen, known, is_gone)
                && known.fige.is_some()
                && known.sha256 != hash(&artifact.bytes)
            {
                outcome.problems.push(commands::remade_frozen_file(&shown, &crate::wording::date(date)));
            }
            manifest.fichiers.push(FileRecord {
                nom: artifact.name.clone(),
                recette: recipe,
                sha256: hash(&artifact.bytes),
                fige: artifact.frozen.map(|date| date.to_string()),
                differe: artifact.differs,
                cellules: cells,
                ..FileRecord::default()
            });
        }
        change.removals = before.iter().flat_map(|before| self.leftovers(before, &manifest)).collect();
        outcome.fate = if change.writes.is_empty() && change.removals.is_empty() { Fate::Same } else { Fate::Written };
        if outcome.fate == Fate::Written {
            self.store.publish(&change).map_err(told)?;
        }
        outcome.files = written;
        for file in &mut manifest.fichiers {
            let stamp = files::stamp(&self.store.path(kind, id, &file.nom));
            (file.octets, file.ecrit) = stamp.map_or((0, 0), |stamp| (stamp.size, stamp.written));
        }
        manifest.donnees.clone_from(&self.store.digest);
        manifest.sources =
            made.read.iter().filter_map(|name| Some((name.clone(), self.inputs.source(name)?))).collect();
        let reads = KINDS.iter().find(|known| known.name == kind).map_or(&[][..], |kind| kind.reads);
        let recorded = |sheet: &&str| Some(((*sheet).to_owned(), self.sheets().get(*sheet)?.0.clone()));
        manifest.feuilles = reads.iter().filter_map(recorded).collect();
        manifest.avertissements = made.warnings.len();
        self.store.record(&manifest, &fingerprint::leaves(draft), self.sheets()).map_err(told)
    }

    /// Files that the document no longer has, and that nobody but the program wrote.
    fn leftovers(&self, before: &Manifest, now: &Manifest) -> Vec<String> {
        let (kind, id) = (&before.genre, &before.document);
        let gone = before.fichiers.iter().filter(|file| now.file(&file.nom).is_none() && file.fige.is_none());
        gone.filter(|file| {
            let bytes = files::read(&self.store.path(kind, id, &file.nom)).ok().flatten();
            bytes.is_some_and(|bytes| hash(&bytes) == file.sha256)
        })
        .map(|file| format!("{kind}/{id}/{}", file.nom))
        .collect()
    }

    /// A name for what a person wrote into a file, under which nothing stands yet.
    fn backup(&self, kind: &str, id: &str, name: &str) -> String {
        let free = |name: &String| files::stamp(&self.store.path(kind, id, name)).is_none();
        let mut names =
            std::iter::once(format!("{name}.bak")).chain((2..).map(|number| format!("{name}.{number}.bak")));
        names.find(free).unwrap_or_else(|| format!("{name}.bak"))
    }
}
