//! Why a document is not what it would be today: from the cell to the file.

use std::collections::BTreeSet;
use std::fmt;

use super::fingerprint::{self, Said as SaidByPage};
use super::plan::{Document, Plan};
use super::sheets::{CellChange, Said, SheetChanges, Today};
use super::store::{Manifest, Store, Touch};
use crate::documents::Draft;
use crate::model::Tables;
use crate::wording::{self, fold};

/// One reason why a document would be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// It was never made, or nothing is remembered of it.
    New,
    /// A file is gone.
    Missing(String),
    /// A person wrote into a file.
    Edited(String),
    /// The program is another one.
    Program,
    /// A template or a picture changed.
    Source(String),
    /// A cell says something else.
    Cell(CellChange),
    /// A row came: what its cells say.
    Added(Vec<CellChange>),
    /// A row of a sheet went: what its cells said.
    Removed(String, Vec<Said>),
    /// Something else changed that is not remembered in clear.
    Untold,
    /// The files that come out otherwise.
    Files(Vec<String>),
    /// A file that was sent, which today's data would not give, and the cells that changed since.
    Frozen(String, Vec<String>),
}

/// Why a document would be made anew.
pub(super) fn causes(
    plan: &Plan,
    store: &Store,
    document: &Document,
    draft: &Draft,
    manifest: &Manifest,
) -> Vec<Cause> {
    let mut causes = Vec::new();
    for file in manifest.fichiers.iter().filter(|file| file.fige.is_none()) {
        causes.extend(store.touch(manifest, file, false).map(|touch| match touch {
            Touch::Missing => Cause::Missing(file.nom.clone()),
            Touch::Edited => Cause::Edited(file.nom.clone()),
        }));
    }
    if manifest.programme != env!("LIASSE_PROGRAM") {
        causes.push(Cause::Program);
    }
    let other = manifest.sources.iter().filter(|(name, hash)| plan.inputs.source(name) != **hash);
    causes.extend(other.map(|(name, _)| Cause::Source(name.clone())));
    let files = changed_files(plan, document, manifest);
    if !files.is_empty() {
        let mut told = told(plan, store, document, draft, manifest);
        if told.is_empty() && causes.is_empty() {
            told.push(Cause::Untold);
        }
        causes.extend(told);
        causes.push(Cause::Files(files));
    }
    causes
}

/// The files that would be made from something else than before.
fn changed_files(plan: &Plan, document: &Document, manifest: &Manifest) -> Vec<String> {
    let Ok((_, fingerprint)) = &plan.planned(document).drafted else { return Vec::new() };
    let differs = |(name, recipe): &&(String, String)| manifest.file(name).is_none_or(|file| file.recette != *recipe);
    let mut files: Vec<String> = fingerprint.0.iter().filter(differs).map(|(name, _)| name.clone()).collect();
    let gone = manifest.fichiers.iter().filter(|file| !fingerprint.0.iter().any(|(name, _)| *name == file.nom));
    files.extend(gone.map(|file| file.nom.clone()));
    files
}

/// What changed in the columns that the document reads, as far as it can be told and concerns what the document says.
fn told(plan: &Plan, store: &Store, document: &Document, draft: &Draft, manifest: &Manifest) -> Vec<Cause> {
    let reads = &plan.planned(document).reads;
    let tables = &plan.understood.model.tables;
    let changes: Vec<(&str, SheetChanges)> = Tables::sheets()
        .filter_map(|sheet| {
            let before = store.sheet(manifest.feuilles.get(sheet.name)?)?;
            let (rows, origin) = (tables.told(sheet.name), tables.origin(sheet.name)?);
            let today = Today { sheet, origin: &origin, rows: &rows };
            let discretion = plan.discretion(store.key());
            Some((sheet.name, before.changes(&today, discretion, |column| reads.column(sheet, column))))
        })
        .collect();
    let page = Page::new(store, document, draft);
    let concerning = of_interest(&changes, |change| page.says(change));
    // What nothing on the page accounts for is told whole: a flag, a row that no longer counts.
    if concerning.is_empty() { of_interest(&changes, |_| true) } else { concerning }
}

/// The changes that are of interest, cell by cell, then rows that came and went.
fn of_interest(changes: &[(&str, SheetChanges)], interests: impl Fn(&CellChange) -> bool) -> Vec<Cause> {
    let mut causes = Vec::new();
    for (sheet, changes) in changes {
        causes.extend(changes.cells.iter().filter(|change| interests(change)).cloned().map(Cause::Cell));
        let added = changes.added.iter().filter(|row| row.iter().any(&interests));
        causes.extend(added.cloned().map(Cause::Added));
        causes.extend(changes.removed.iter().map(|row| Cause::Removed((*sheet).to_owned(), row.clone())));
    }
    if changes.iter().any(|(_, changes)| changes.untold) {
        causes.push(Cause::Untold);
    }
    causes
}

/// What a document says otherwise than before.
struct Page {
    /// What it says now and did not say before.
    now: Vec<SaidByPage>,
    /// The hashes of what it said and no longer says.
    before: BTreeSet<String>,
    key: super::keys::Key,
}

impl Page {
    fn new(store: &Store, document: &Document, draft: &Draft) -> Self {
        let said = fingerprint::said(draft);
        let before = store.values(document.kind.name, &document.id);
        let now = fingerprint::remembered(&said, store.key());
        let key = store.key().clone();
        // With another key nothing can be compared: all that the document says may be new.
        if before.cle.is_none() || before.cle != now.cle {
            return Self { now: said.into_values().collect(), before: BTreeSet::new(), key };
        }
        let gone = before.valeurs.iter().filter(|(path, hash)| now.valeurs.get(*path) != Some(hash));
        let gone = gone.map(|(_, hash)| hash.clone()).collect();
        let is_new = |path: &str| key.hash(path).is_none_or(|path| before.valeurs.get(&path) != now.valeurs.get(&path));
        let came = said.into_iter().filter(|(path, _)| is_new(path)).map(|(_, said)| said).collect();
        Self { now: came, before: gone, key }
    }

    /// Whether the page says otherwise because of a cell: a figure is computed from it, a text holds it, or held it.
    fn says(&self, change: &CellChange) -> bool {
        self.now.iter().any(|said| said.cells.contains(&change.at) || says(&said.text, &change.after))
            || matches!(&change.before, Said::Text(text) if self.said(text))
    }

    /// Whether the page said something that it no longer says.
    fn said(&self, text: &str) -> bool {
        [text.to_owned(), wording::prose(text)]
            .iter()
            .any(|text| self.key.hash(text).is_some_and(|it| self.before.contains(&it)))
    }
}

/// Whether a text says what a cell says.
fn says(text: &str, said: &Said) -> bool {
    let Said::Text(cell) = said else { return false };
    let (text, cell) = (fold(text), fold(cell));
    let beginning: String = cell.chars().take(60).collect();
    !cell.is_empty() && (text == cell || beginning.chars().count() > 3 && text.contains(&beginning))
}

/// The cells among causes, each once, as « Dépenses › C4 ».
pub(super) fn cells_of(causes: &[Cause]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let cells = causes.iter().flat_map(|cause| match cause {
        Cause::Cell(change) => std::slice::from_ref(change),
        Cause::Added(cells) => cells.as_slice(),
        _ => &[],
    });
    for name in cells.map(|change| format!("{} › {}", change.at.sheet, change.at.name())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A cause in words: one line, the cell first.
impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => write!(out, "jamais fait, ou plus rien n’en est retenu"),
            Self::Missing(name) => write!(out, "fichier retiré : {name}"),
            Self::Edited(name) => write!(out, "fichier modifié à la main : {name}"),
            Self::Program => write!(out, "le programme a changé"),
            Self::Source(name) => match name.strip_prefix("inputs/annexes/") {
                Some(file) => write!(out, "annexe changée : {file}"),
                None => write!(out, "modèle ou image changé : {name}"),
            },
            Self::Cell(cell) => write!(out, "{} › {} : {}", cell.at.sheet, cell.at.name(), change(cell)),
            Self::Added(cells) => match cells.first() {
                Some(first) => {
                    let (sheet, number) = (&first.at.sheet, first.at.row);
                    write!(out, "{sheet} › ligne {number} : ajoutée{}", row(cells.iter().map(|cell| &cell.after)))
                }
                None => write!(out, "une ligne ajoutée"),
            },
            Self::Removed(sheet, said) => write!(out, "{sheet} : une ligne retirée{}", row(said.iter())),
            Self::Untold => write!(out, "des valeurs qui ne se retiennent pas en clair : modifié"),
            Self::Files(names) => write!(out, "fichiers : {}", names.join(", ")),
            Self::Frozen(name, cells) if cells.is_empty() => write!(out, "{name} : envoyé, les données ont changé"),
            Self::Frozen(name, cells) => {
                write!(out, "{name} : envoyé, cellules changées depuis : {}", cells.join(", "))
            }
        }
    }
}

/// « 3 200,00 € → 3 500,00 € ».
fn change(CellChange { before, after, .. }: &CellChange) -> String {
    let said = |said: &Said| match said {
        Said::Blank => "vide".to_owned(),
        Said::Text(text) => text.clone(),
        Said::Hidden => "…".to_owned(),
    };
    match (before, after) {
        (Said::Hidden, _) | (_, Said::Hidden) => "modifié".to_owned(),
        (before, after) => format!("{} → {}", said(before), said(after)),
    }
}

/// What the cells of a row say, as far as it may be told.
fn row<'s>(said: impl Iterator<Item = &'s Said>) -> String {
    let texts = said.filter_map(|said| match said {
        Said::Text(text) => Some(text.as_str()),
        Said::Blank | Said::Hidden => None,
    });
    let texts = texts.take(4).collect::<Vec<_>>().join(", ");
    if texts.is_empty() { String::new() } else { format!(" ({texts})") }
}
