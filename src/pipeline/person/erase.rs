//! A person out of everything that the program keeps below the results: lists of recipients, and what is remembered.

use std::collections::{BTreeMap, BTreeSet};

use super::kept::List;
use super::whom::Somebody;
use super::{Held, Search};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::files::{self, Change};
use crate::pipeline::digest::hash;
use crate::pipeline::refused;
use crate::pipeline::sheets::Trace;
use crate::pipeline::store::{Erased, Manifest, Recorded};

/// Erases a person, and tells the files that are no longer what they were. A list that was sent keeps its length, and of what
/// it was a keyed hash: who holds the list that was sent can show that it is the one.
///
/// # Errors
///
/// When another run works in the folder, or the disk refuses.
pub(super) fn erase(search: &Search, somebody: &[Somebody]) -> Result<Vec<String>, Diagnostic> {
    let told = |refusal: files::Refusal| refused(&refusal);
    let store = search.store;
    let Some(_lock) = store.lock_all(false).map_err(told)? else {
        return Err(commands::another_run(&files::shown(&store.path(""))));
    };
    store.recover().map_err(told)?;
    let mut erased = Vec::new();
    let mut rewritten: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for list in search.lists.iter().filter(|list| list.count(&search.identity) > 0) {
        rewritten.insert(&list.place, without(search, list)?);
        erased.push(files::shown(&store.path(&list.place)));
    }
    let traces: Vec<Trace> = somebody.iter().filter(|it| search.identity.is(it)).map(trace).collect();
    let named = |text: &str| search.identity.stands_in(text);
    let mut seen = BTreeSet::new();
    for manifest in &search.manifests {
        for record in manifest.feuilles.values().filter(|record| seen.insert((*record).clone())) {
            let Some(mut sheet) = store.sheet(record) else { continue };
            if sheet.forget(store.key(), &traces, &named) {
                store.rewrite_sheet(record, &sheet).map_err(told)?;
            }
        }
        document(search, manifest, &traces, &mut rewritten).map_err(told)?;
    }
    // What stands beside the documents is nobody's record.
    for (place, bytes) in rewritten {
        files::write(&store.path(place), &bytes).map_err(told)?;
    }
    erased.sort();
    Ok(erased)
}

/// A list without the person.
fn without(search: &Search, list: &List) -> Result<Vec<u8>, Diagnostic> {
    let day = search.recorded(&list.place).and_then(|(manifest, sent)| {
        let draft =
            search.plan.documents.iter().find(|it| it.kind.name == manifest.genre && it.id == manifest.document);
        let dated = draft.and_then(|it| search.plan.planned(it).drafted.as_ref().ok()).map(|(draft, _)| draft.date);
        dated.or(sent)
    });
    let territory = &search.plan.understood.model.territory;
    list.without(&search.identity, territory, day.unwrap_or_default())
        .map_err(|reason| commands::internal_error(&reason))
}

/// The lists of a document into their places, and its record without the person.
fn document(
    search: &Search,
    manifest: &Manifest,
    traces: &[Trace],
    rewritten: &mut BTreeMap<&str, Vec<u8>>,
) -> Result<(), files::Refusal> {
    let store = search.store;
    let mut values = store.values(&manifest.genre, &manifest.document);
    let hidden: BTreeSet<String> =
        traces.iter().flat_map(Trace::texts).filter_map(|text| store.key().hash(&text)).collect();
    let before = values.valeurs.len();
    values.valeurs.retain(|_, value| !hidden.contains(value));
    let mut manifest = manifest.clone();
    let mut change = Change { name: format!("{}/{}", manifest.genre, manifest.document), ..Change::default() };
    for at in 0..manifest.fichiers.len() {
        let place = manifest.fichiers[at].place(&manifest);
        let Some(bytes) = rewritten.remove(place.as_str()) else { continue };
        let count = search.lists.iter().find(|list| list.place == place).map_or(0, |list| list.count(&search.identity));
        let file = &mut manifest.fichiers[at];
        if file.fige.is_some() {
            let proof = file.effacees.take();
            let sent = proof.as_ref().map_or_else(|| store.key().hash(&file.sha256), |proof| proof.preuve.clone());
            file.effacees = Some(Erased { nombre: proof.map_or(0, |it| it.nombre) + count, preuve: sent });
        }
        file.sha256 = hash(&bytes);
        // The stamp is that of the file that is written now.
        (file.octets, file.ecrit) = (0, 0);
        change.writes.push((place, bytes.into()));
    }
    let record = Recorded { manifest, values, sheets: Vec::new() };
    if !change.writes.is_empty() {
        store.publish(&change, record)
    } else if record.values.valeurs.len() < before {
        store.record(record)
    } else {
        Ok(())
    }
}

fn trace(somebody: &Somebody) -> Trace {
    Trace { first: somebody.first.clone(), last: somebody.last.clone(), address: somebody.address.clone() }
}

impl super::Dossier {
    /// The documents that will be made without the person once the cells are erased, and those that were sent.
    #[must_use]
    pub fn by_sending(&self) -> (Vec<&Held>, Vec<&Held>) {
        self.documents.iter().partition(|held| held.sent.is_none())
    }
}
