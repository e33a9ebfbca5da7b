//! How the documents stand: made or not, current or not.

use super::causes;
use super::fingerprint::Fingerprint;
use super::plan::{self, understand};
use super::store::{Manifest, Store};
use super::{Inputs, Report, read};
use crate::documents::Draft;
use crate::files::{Refusal, Workspace};
use crate::model::Disclosure;
use crate::threads;

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

/// Every document known, with its state.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn list(workspace: &Workspace) -> Result<(Vec<Listed>, Report), Refusal> {
    let inputs = read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let understood = understand(&inputs);
    let disclosure = Disclosure::new(&understood.model);
    let listed = threads::map(&plan::known(&understood.model), threads::usual(), |(kind, id)| {
        let state = match plan::errors(&understood, kind).count() {
            0 => match (kind.draft)(&disclosure, id) {
                Ok(draft) => state(&inputs, &store, &draft),
                Err(faults) => State::Blocked(faults.len()),
            },
            errors => State::Blocked(errors),
        };
        Listed { kind: kind.name, id: id.clone(), state }
    });
    Ok((listed, Report { problems: understood.problems, ..Report::default() }))
}

pub(super) fn state(inputs: &Inputs, store: &Store, draft: &Draft) -> State {
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
pub(super) fn is_current(inputs: &Inputs, store: &Store, draft: &Draft, manifest: &Manifest) -> bool {
    causes::same(manifest, &Fingerprint::of(draft), &|name| inputs.source(name)) && store.touched(manifest).is_empty()
}
