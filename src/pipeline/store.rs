//! What the results folder remembers: a readable record for each document, below `out/.liasse/`. All of it may be deleted
//! at any time: the next run then makes everything anew, but for what was sent.
//!
//! A record is a file of its own, so that the folders of several machines can be copied over each other. Nothing personal
//! stands in it: what is not everybody's is kept as keyed hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::hash;
use super::keys::Key;
pub(super) use super::manifest::{Erased, FileRecord, Holder, Manifest, NaiveDateText, place};
use super::sheets::SheetRecord;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, Part};
use crate::files::{self, Change, Lock, Refusal, Stamp, Workspace};
use crate::wording;

/// The values of a document by their paths, both as keyed hashes, for who asks why.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Values {
    /// With which key.
    pub(super) cle: Option<String>,
    pub(super) valeurs: BTreeMap<String, String>,
}

/// What is known without reading a workbook, as long as no input changes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) donnees: String,
    /// The kinds whose documents were found to be right.
    pub(super) genres: Vec<String>,
    /// Kind and name of each document.
    pub(super) documents: Vec<(String, String)>,
    /// The warnings of the inputs, each with the kinds that it concerns.
    pub(super) avertissements: Vec<Vec<String>>,
}

/// What the last check without an error found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Checked {
    pub(super) donnees: String,
    /// Kind and name of the documents with something to tell.
    pub(super) remarques: Vec<(String, String)>,
    /// The templates that no document reads.
    #[serde(default)]
    pub(super) ignores: Vec<String>,
}

/// What became of a file outside of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// It is gone.
    Missing,
    /// Somebody wrote into it.
    Edited,
}

/// What stands in the place of a file that is to be made.
pub(super) enum Evidence {
    /// Nothing that counts: it is made.
    Free,
    /// What was sent: it stays.
    Kept(Arc<[u8]>),
    /// Something that is not what was sent, or what the sheets no longer call sent: it is left alone, and told.
    Held(Diagnostic),
}

/// The results folder.
pub(super) struct Store<'a> {
    out: &'a Path,
    /// The state of all inputs.
    pub(super) digest: String,
    key: OnceLock<Key>,
}

impl<'a> Store<'a> {
    pub(super) fn new(workspace: &'a Workspace, digest: String) -> Self {
        Self { out: &workspace.out, digest, key: OnceLock::new() }
    }

    /// The key of what is not remembered in clear.
    pub(super) fn key(&self) -> &Key {
        self.key.get_or_init(|| Key::load(self.out))
    }

    fn ours(&self) -> PathBuf {
        self.out.join(".liasse")
    }

    fn journals(&self) -> PathBuf {
        self.ours().join("journal")
    }

    /// Locks the folder: shared with other runs that make one document each, or for oneself.
    pub(super) fn lock_all(&self, shared: bool) -> Result<Option<Lock>, Refusal> {
        files::lock(&self.ours().join("verrou"), shared)
    }

    /// Locks one document.
    pub(super) fn lock(&self, kind: &str, id: &str) -> Result<Option<Lock>, Refusal> {
        files::lock(&self.ours().join("verrous").join(format!("{kind}--{id}")), false)
    }

    /// Finishes what runs that were killed had decided.
    pub(super) fn recover(&self) -> Result<(), Refusal> {
        for name in files::unfinished(&self.journals()) {
            let Some((kind, id)) = name.split_once('/') else { continue };
            if self.lock(kind, id)?.is_some() {
                files::recover(self.out, &self.journals(), &name)?;
            }
        }
        Ok(())
    }

    /// Takes away what a killed run left undecided of a document.
    pub(super) fn recover_one(&self, kind: &str, id: &str) -> Result<(), Refusal> {
        files::recover(self.out, &self.journals(), &format!("{kind}/{id}")).map(drop)
    }

    /// A file's place.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.out.join(relative)
    }

    pub(super) fn manifest(&self, kind: &str, id: &str) -> Option<Manifest> {
        load(&self.path(&manifest_name(kind, id)))
    }

    /// The records of all documents of some kinds, known or not.
    pub(super) fn manifests<'k>(&self, kinds: impl IntoIterator<Item = &'k str>) -> Vec<Manifest> {
        let folder = self.ours().join("documents");
        let of_kind = |kind: &str| {
            let folder = folder.join(kind);
            let names = files::list(&folder).unwrap_or_default();
            names.iter().filter_map(|name| load(&folder.join(name))).collect::<Vec<Manifest>>()
        };
        kinds.into_iter().flat_map(of_kind).collect()
    }

    /// The kinds of which documents were made, whether or not there still are such kinds.
    pub(super) fn kinds(&self) -> Vec<String> {
        let names = files::list(&self.ours().join("documents")).unwrap_or_default();
        let mut kinds: Vec<String> = names.iter().filter_map(|name| Some(name.split_once('/')?.0.to_owned())).collect();
        kinds.dedup();
        kinds
    }

    /// The documents that were made: kind and name.
    pub(super) fn recorded(&self) -> Vec<(String, String)> {
        let of_kind = |kind: String| {
            let names = files::list(&self.ours().join("documents").join(&kind)).unwrap_or_default();
            names.into_iter().filter_map(move |name| Some((kind.clone(), name.strip_suffix(".json")?.to_owned())))
        };
        self.kinds().into_iter().flat_map(of_kind).collect()
    }

    pub(super) fn values(&self, kind: &str, id: &str) -> Values {
        load(&self.path(&values_name(kind, id))).unwrap_or_default()
    }

    pub(super) fn sheet(&self, record: &str) -> Option<SheetRecord> {
        load(&self.path(&sheet_name(record)))
    }

    /// Puts the record of a sheet into the place of another one.
    pub(super) fn rewrite_sheet(&self, record: &str, sheet: &SheetRecord) -> Result<(), Refusal> {
        files::write(&self.path(&sheet_name(record)), &serde_json::to_vec(sheet).unwrap_or_default())
    }

    /// What is known of the present inputs from an earlier run.
    pub(super) fn known(&self) -> Option<Known> {
        load::<Known>(&self.ours().join("etat.json")).filter(|known| known.donnees == self.digest)
    }

    pub(super) fn know(&self, known: &Known) -> Result<(), Refusal> {
        files::write(&self.ours().join("etat.json"), &pretty(known))
    }

    /// What the last check of these very inputs found, where it found no error.
    pub(super) fn checked(&self) -> Option<Checked> {
        load::<Checked>(&self.ours().join("verifie.json")).filter(|checked| checked.donnees == self.digest)
    }

    /// Remembers a check without errors. A folder that refuses is no fault of what was checked.
    pub(super) fn check(&self, checked: &Checked) {
        let _ = files::write(&self.ours().join("verifie.json"), &pretty(checked));
    }

    /// What happened to a file since it was written; `thorough` reads it even when it looks untouched.
    pub(super) fn touch(&self, manifest: &Manifest, file: &FileRecord, thorough: bool) -> Option<Touch> {
        let path = self.path(&file.place(manifest));
        match files::stamp(&path) {
            None => Some(Touch::Missing),
            Some(stamp) if !thorough && stamp == (Stamp { size: file.octets, written: file.ecrit }) => None,
            Some(_) => match files::read(&path) {
                Ok(Some(bytes)) if hash(&bytes) == file.sha256 => None,
                _ => Some(Touch::Edited),
            },
        }
    }

    /// What stands in the place of a part: free, what was sent, or something that is to be told.
    pub(super) fn evidence(&self, manifest: Option<&Manifest>, draft: &Draft, part: &Part, wish: Wish) -> Evidence {
        let frozen = part.frozen.or(draft.frozen);
        let known = manifest.and_then(|manifest| Some((manifest, manifest.file(&part.name)?)));
        let Some((manifest, file, sent)) = known.and_then(|(manifest, file)| Some((manifest, file, file.fige?))) else {
            if let Some(fixed) = self.fixed(draft, part) {
                return fixed;
            }
            let path = self.path(&place(draft.kind, &draft.id, part));
            // What was sent under other names is not made a second time under new ones.
            if (frozen.is_some() || part.follows)
                && manifest.is_some_and(|manifest| !self.lost(manifest, Some(draft)).is_empty())
            {
                return Evidence::Held(commands::second_set(&files::shown(&path)));
            }
            // What stands there when its date is first filled is what was sent.
            let there = frozen.and_then(|_| files::read(&path).ok().flatten());
            return there.map_or(Evidence::Free, Evidence::Kept);
        };
        let (shown, day) = (files::shown(&self.path(&file.place(manifest))), wording::date(sent.0));
        if frozen.is_none() {
            return Evidence::Held(commands::cleared_evidence(&shown, &day));
        }
        match self.disturbed(manifest, file, wish) {
            None => match files::read(&self.path(&file.place(manifest))) {
                Ok(Some(bytes)) => Evidence::Kept(bytes),
                _ => Evidence::Held(commands::missing_evidence(&shown, &day)),
            },
            Some(_) if wish == Wish::Restore => Evidence::Free,
            Some(told) => Evidence::Held(told),
        }
    }

    /// What the first document that was sent fixed of this one; nothing before that.
    fn fixed(&self, draft: &Draft, part: &Part) -> Option<Evidence> {
        let common = draft.fixed_by(part)?;
        let manifest = self.manifest(draft.kind, &common.holder);
        let file = manifest.as_ref().and_then(|manifest| manifest.file(&part.name));
        let (path, day) = (self.path(&place(draft.kind, &common.holder, part)), wording::date(common.since));
        Some(match (files::read(&path).ok().flatten(), file?) {
            (Some(bytes), file) if hash(&bytes) == file.sha256 => Evidence::Kept(bytes),
            (_, file) if file.fige.is_none() => return None,
            (Some(_), _) => Evidence::Held(commands::altered_evidence(&files::shown(&path), &day)),
            (None, _) => Evidence::Held(commands::missing_evidence(&files::shown(&path), &day)),
        })
    }

    /// What happened to a file since it was sent.
    fn disturbed(&self, manifest: &Manifest, file: &FileRecord, wish: Wish) -> Option<Diagnostic> {
        let (shown, day) = (files::shown(&self.path(&file.place(manifest))), wording::date(file.fige?.0));
        Some(match self.touch(manifest, file, wish == Wish::Thorough)? {
            Touch::Missing => commands::missing_evidence(&shown, &day),
            Touch::Edited => commands::altered_evidence(&shown, &day),
        })
    }

    /// What happened to the files of a document since they were sent, whatever today's inputs say.
    pub(super) fn disturbances(&self, manifest: &Manifest) -> Vec<Diagnostic> {
        manifest.fichiers.iter().filter_map(|file| self.disturbed(manifest, file, Wish::Quick)).collect()
    }

    /// What is wrong with the files of a document that were sent: those that its draft has no more, or none at all.
    pub(super) fn lost(&self, manifest: &Manifest, draft: Option<&Draft>) -> Vec<Diagnostic> {
        let parts = draft.map_or(&[][..], |draft| &draft.parts);
        let sent = manifest.fichiers.iter().filter_map(|file| Some((file, file.fige?)));
        let gone = sent.filter(|(file, _)| !parts.iter().any(|part| part.name == file.nom));
        gone.map(|(file, day)| {
            let shown = files::shown(&self.path(&file.place(manifest)));
            let day = wording::date(day.0);
            match draft {
                Some(_) => commands::cleared_evidence(&shown, &day),
                None => commands::orphan_evidence(&shown, &day),
            }
        })
        .collect()
    }

    /// Publishes a document's files together with its record: the whole change happens, or none of it.
    pub(super) fn publish(&self, change: &Change, record: Recorded) -> Result<(), Refusal> {
        files::publish(self.out, &self.journals(), change, Box::new(|stamp| self.written(record, stamp)))
    }

    /// Records a document whose files stay as they are.
    pub(super) fn record(&self, record: Recorded) -> Result<(), Refusal> {
        for (name, bytes, _) in self.written(record, &|_| None) {
            files::write(&self.path(&name), &bytes)?;
        }
        Ok(())
    }

    /// The files of a record. What is written with it has the stamp that it is written with; all else stands already.
    fn written(&self, record: Recorded, stamp: &dyn Fn(&str) -> Option<Stamp>) -> Vec<files::Written> {
        let Recorded { mut manifest, values, sheets } = record;
        for index in 0..manifest.fichiers.len() {
            let place = manifest.fichiers[index].place(&manifest);
            let stamp = stamp(&place).or_else(|| files::stamp(&self.path(&place)));
            let file = &mut manifest.fichiers[index];
            // What was sent keeps the stamp of what was sent, whatever became of it.
            if file.octets == 0 && file.ecrit == 0 {
                (file.octets, file.ecrit) = stamp.map_or((0, 0), |stamp| (stamp.size, stamp.written));
            }
        }
        let new = sheets.iter().filter(|(name, _)| files::stamp(&self.path(&sheet_name(name))).is_none());
        let mut written: Vec<files::Written> = new
            .map(|(name, record)| (sheet_name(name), serde_json::to_vec(&**record).unwrap_or_default(), false))
            .collect();
        let (kind, id) = (&manifest.genre, &manifest.document);
        written.push((values_name(kind, id), pretty(&values), false));
        written.push((manifest_name(kind, id), pretty(&manifest), true));
        written
    }

    /// Records that a document is right, when only the rest of the inputs changed.
    pub(super) fn confirm(&self, manifest: &Manifest) -> Result<(), Refusal> {
        files::write(&self.path(&manifest_name(&manifest.genre, &manifest.document)), &pretty(manifest))
    }

    /// Takes away the records of sheets that no document refers to any more.
    pub(super) fn tidy<'k>(&self, kinds: impl IntoIterator<Item = &'k str>) -> Result<(), Refusal> {
        let manifests = self.manifests(kinds);
        let used: BTreeSet<String> =
            manifests.into_iter().flat_map(|manifest| manifest.feuilles.into_values()).collect();
        let folder = self.ours().join("feuilles");
        for name in files::list(&folder)? {
            if !used.contains(name.trim_end_matches(".json")) {
                files::remove(&folder.join(&name))?;
            }
        }
        Ok(())
    }
}

/// How what was sent is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// By size and time, and by its hash where these differ.
    Quick,
    /// By its hash.
    Thorough,
    /// To be restored where it was altered and today's inputs give it again.
    Restore,
}

/// What is recorded of a document.
pub(super) struct Recorded {
    pub(super) manifest: Manifest,
    pub(super) values: Values,
    /// The sheets that it read, by the names of their records.
    pub(super) sheets: Vec<(String, Arc<SheetRecord>)>,
}

fn manifest_name(kind: &str, id: &str) -> String {
    format!(".liasse/documents/{kind}/{id}.json")
}

fn values_name(kind: &str, id: &str) -> String {
    format!(".liasse/valeurs/{kind}/{id}.json")
}

fn sheet_name(record: &str) -> String {
    format!(".liasse/feuilles/{record}.json")
}

fn load<T: DeserializeOwned>(path: &Path) -> Option<T> {
    // A record that cannot be read is as good as none: the document is made anew.
    let bytes = files::read(path).ok().flatten()?;
    serde_json::from_slice(&bytes).ok()
}

fn pretty(value: &impl Serialize) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).unwrap_or_default();
    text.push(b'\n');
    text
}
