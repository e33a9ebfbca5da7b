//! Why documents would be made anew.

use super::causes::{self as found, Cause};
use super::fingerprint::{self, Fingerprint};
use super::list::{State, state};
use super::plan::planned;
use super::store::{Manifest, Store};
use super::{Inputs, Report, Request, read};
use crate::documents::Draft;
use crate::files::{Refusal, Workspace};
use crate::intake::Understood;

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
pub(super) fn causes(
    inputs: &Inputs,
    understood: &Understood,
    store: &Store,
    draft: &Draft,
    manifest: &Manifest,
) -> Vec<Cause> {
    let mut causes: Vec<Cause> = found::touched(store.touched(manifest)).collect();
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
        let changes: Vec<found::Changes> = manifest
            .feuilles
            .iter()
            .filter_map(|(sheet, record)| {
                let before = store.sheet(record)?;
                Some(found::changes(sheet, &before, &understood.lines(sheet)))
            })
            .collect();
        let before = store.values(draft.kind, &draft.id).valeurs;
        causes.extend(found::values(&before, &fingerprint::leaves(draft), &changes));
        causes.push(Cause::Files(files));
    }
    causes
}

/// The cells among causes, each once.
pub(super) fn cells_of(causes: &[Cause]) -> Vec<String> {
    let cells = causes.iter().flat_map(|cause| match cause {
        Cause::Value { cells, .. } | Cause::Cells(cells) => cells.iter().collect(),
        _ => Vec::new(),
    });
    let mut names: Vec<String> = Vec::new();
    for cell in cells.map(|cell| cell.to_string()) {
        if !names.contains(&cell) {
            names.push(cell);
        }
    }
    names
}
