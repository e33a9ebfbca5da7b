//! How a document stands among the results, without making it.

use super::plan::{Document, Plan};
use super::store::{Evidence, Manifest, Store, Wish};
use super::{Inputs, State};
use crate::diagnostics::Diagnostic;
use crate::documents::Draft;

/// How a document stands among the results.
pub(super) struct Standing {
    /// Its state.
    pub(super) state: State,
    /// Its record, where there is one.
    pub(super) manifest: Option<Manifest>,
    /// What there is to tell of what was sent.
    pub(super) told: Vec<Diagnostic>,
}

impl Standing {
    /// Whether its files are what they were made to be: nothing is to be made.
    pub(super) fn is_made(&self) -> bool {
        !matches!(self.state, State::New | State::Stale)
    }
}

/// How a document stands; `wish` tells how closely what was sent is looked at.
pub(super) fn standing(plan: &Plan, store: &Store, document: &Document, wish: Wish) -> Standing {
    let planned = plan.planned(document);
    let manifest = store.manifest(document.kind.name, &document.id);
    let (draft, fingerprint) = match &planned.drafted {
        Ok(drafted) => drafted,
        Err(faults) => {
            let errors = if planned.errors == 0 { faults.len() } else { planned.errors };
            let told = manifest.as_ref().map(|manifest| store.disturbances(manifest)).unwrap_or_default();
            return Standing { state: State::Blocked(errors), manifest, told };
        }
    };
    let Some(manifest) = manifest else {
        return Standing { state: State::New, manifest: None, told: Vec::new() };
    };
    let told = sent_faults(store, &manifest, draft, wish);
    let recorded = |(name, recipe): &(String, String)| manifest.file(name).is_some_and(|file| file.recette == *recipe);
    let gone = |name: &str| !fingerprint.0.iter().any(|(known, _)| known == name);
    // What was sent and is no longer announced stays in the record.
    let is_same = fingerprint.0.iter().all(recorded)
        && manifest.fichiers.iter().all(|file| file.fige.is_some() || !gone(&file.nom))
        && made_of(&plan.inputs, &manifest)
        && manifest.fichiers.iter().all(|file| file.fige.is_some() || store.touch(&manifest, file, false).is_none());
    let frozen = draft.parts.iter().any(|part| part.frozen.or(draft.frozen).is_some());
    let differs = !is_same || manifest.fichiers.iter().any(|file| file.differe);
    let state = match (is_same, told.is_empty()) {
        (true, false) => State::Altered,
        (true, true) if frozen && manifest.is_sent() => State::Sent { differs },
        (true, true) => State::Current,
        (false, _) => State::Stale,
    };
    Standing { state, manifest: Some(manifest), told }
}

/// Whether the program, templates and pictures are those that a document was made from.
fn made_of(inputs: &Inputs, manifest: &Manifest) -> bool {
    manifest.programme == env!("LIASSE_PROGRAM")
        && manifest.sources.iter().all(|(name, hash)| inputs.source(name) == *hash)
}

/// What is wrong with the files of a document that were sent.
pub(super) fn sent_faults(store: &Store, manifest: &Manifest, draft: &Draft, wish: Wish) -> Vec<Diagnostic> {
    let mut told = store.lost(manifest, Some(draft));
    let wish = if wish == Wish::Restore { Wish::Quick } else { wish };
    for part in &draft.parts {
        if manifest.file(&part.name).is_some_and(|file| file.fige.is_some())
            && let Evidence::Held(diagnostic) = store.evidence(Some(manifest), draft, part, wish)
        {
            told.push(diagnostic);
        }
    }
    told
}
