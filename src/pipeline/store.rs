//! What the results folder remembers: a readable record for each document, below `out/.liasse/`. All of it may be deleted
//! at any time: the next run then makes everything anew.
//!
//! A record is a file of its own, so that the folders of several machines can be copied over each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::hash;
use super::fingerprint::Leaf;
use crate::documents::Draft;
use crate::files::{self, Change, Lock, Refusal, Stamp, Workspace};
use crate::spreadsheets::Line;

/// The record of a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) genre: String,
    pub(super) document: String,
    pub(super) titre: String,
    /// The program that made it.
    pub(super) programme: String,
    /// The state of all inputs at which it was last found to be right.
    pub(super) donnees: String,
    pub(super) fichiers: Vec<FileRecord>,
    /// Templates and pictures that it read, with their hashes.
    pub(super) sources: BTreeMap<String, String>,
    /// The sheets that its kind reads, each with the name of their record.
    pub(super) feuilles: BTreeMap<String, String>,
    pub(super) avertissements: usize,
}

/// The record of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct FileRecord {
    pub(super) nom: String,
    /// The hash of what it is made from.
    pub(super) recette: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
    pub(super) octets: u64,
    /// When it was written, in nanoseconds since 1970: an unchanged file need not be read.
    pub(super) ecrit: u64,
    /// The day since which it is frozen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) fige: Option<String>,
    /// Whether the data of today would give another file.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) differe: bool,
    /// The cells that changed since it was sent, when it differs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) cellules: Vec<String>,
}

/// The values of a document, for who asks why.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Values {
    pub(super) valeurs: BTreeMap<String, String>,
}

/// The rows of a sheet as hashes: what changed can be told, what stood there cannot be read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SheetRecord {
    pub(super) lignes: Vec<BTreeMap<String, String>>,
}

/// What is known without reading a workbook, as long as no input changes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) donnees: String,
    /// Kind and name of each document.
    pub(super) documents: Vec<(String, String)>,
    /// The warnings of the inputs, each with the kinds that it concerns.
    pub(super) avertissements: Vec<Vec<String>>,
}

/// What became of a file outside of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// It is gone.
    Missing(String),
    /// A person wrote into it.
    Edited(String),
}

/// The results folder.
pub(super) struct Store<'a> {
    out: &'a Path,
    /// The state of all inputs.
    pub(super) digest: String,
}

impl<'a> Store<'a> {
    pub(super) fn new(workspace: &'a Workspace, digest: String) -> Self {
        Self { out: &workspace.out, digest }
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
    pub(super) fn path(&self, kind: &str, id: &str, name: &str) -> PathBuf {
        self.out.join(kind).join(id).join(name)
    }

    pub(super) fn manifest(&self, kind: &str, id: &str) -> Option<Manifest> {
        load(&self.ours().join("documents").join(kind).join(format!("{id}.json")))
    }

    pub(super) fn values(&self, kind: &str, id: &str) -> Values {
        load(&self.ours().join("valeurs").join(kind).join(format!("{id}.json"))).unwrap_or_default()
    }

    pub(super) fn sheet(&self, record: &str) -> Option<SheetRecord> {
        load(&self.ours().join("feuilles").join(format!("{record}.json")))
    }

    /// What is known of the present inputs from an earlier run.
    pub(super) fn known(&self) -> Option<Known> {
        load::<Known>(&self.ours().join("etat.json")).filter(|known| known.donnees == self.digest)
    }

    pub(super) fn know(&self, known: &Known) -> Result<(), Refusal> {
        files::write(&self.ours().join("etat.json"), &pretty(known))
    }

    /// What happened to a document's files since they were written. Frozen ones are their reader's; only their absence counts.
    pub(super) fn touched(&self, manifest: &Manifest) -> Vec<Touch> {
        let touch = |file: &FileRecord| {
            let path = self.path(&manifest.genre, &manifest.document, &file.nom);
            match files::stamp(&path) {
                None => Some(Touch::Missing(file.nom.clone())),
                Some(_) if file.fige.is_some() => None,
                Some(stamp) if stamp == (Stamp { size: file.octets, written: file.ecrit }) => None,
                Some(_) => match files::read(&path) {
                    Ok(Some(bytes)) if hash(&bytes) == file.sha256 => None,
                    _ => Some(Touch::Edited(file.nom.clone())),
                },
            }
        };
        manifest.fichiers.iter().filter_map(touch).collect()
    }

    /// Publishes a document's files together.
    pub(super) fn publish(&self, change: &Change) -> Result<(), Refusal> {
        files::publish(self.out, &self.journals(), change)
    }

    /// Records a document, its values and the sheets that it reads.
    pub(super) fn record(
        &self,
        manifest: &Manifest,
        leaves: &BTreeMap<String, Leaf>,
        sheets: &Sheets,
    ) -> Result<(), Refusal> {
        for (name, record) in &manifest.feuilles {
            let path = self.ours().join("feuilles").join(format!("{record}.json"));
            if let (None, Some((_, record))) = (files::stamp(&path), sheets.get(name)) {
                files::write(&path, &compact(record))?;
            }
        }
        let (kind, id) = (&manifest.genre, &manifest.document);
        let values = Values { valeurs: leaves.iter().map(|(path, leaf)| (path.clone(), leaf.text.clone())).collect() };
        files::write(&self.ours().join("valeurs").join(kind).join(format!("{id}.json")), &pretty(&values))?;
        self.confirm(manifest)
    }

    /// Records that a document is right, when only the rest of the inputs changed.
    pub(super) fn confirm(&self, manifest: &Manifest) -> Result<(), Refusal> {
        let path = self.ours().join("documents").join(&manifest.genre).join(format!("{}.json", manifest.document));
        files::write(&path, &pretty(manifest))
    }

    /// Takes away the records of sheets that no document refers to any more.
    pub(super) fn tidy(&self, kinds: impl Iterator<Item = &'static str>) -> Result<(), Refusal> {
        let mut used = BTreeSet::new();
        for kind in kinds {
            let folder = self.ours().join("documents").join(kind);
            for name in files::list(&folder)? {
                let manifest: Option<Manifest> = load(&folder.join(&name));
                used.extend(manifest.into_iter().flat_map(|manifest| manifest.feuilles.into_values()));
            }
        }
        let folder = self.ours().join("feuilles");
        for name in files::list(&folder)? {
            if !used.contains(name.trim_end_matches(".json")) {
                files::remove(&folder.join(&name))?;
            }
        }
        Ok(())
    }
}

/// The sheets of a run: the name of each one's record, and the record. Each is computed once.
pub(super) type Sheets = BTreeMap<String, (String, SheetRecord)>;

/// The record of a sheet's rows, with its name.
pub(super) fn sheet_record(lines: &[Line]) -> (String, SheetRecord) {
    let line = |line: &Line| {
        line.cells.iter().map(|cell| (cell.heading.to_owned(), short_hash(&cell.text))).collect::<BTreeMap<_, _>>()
    };
    let record = SheetRecord { lignes: lines.iter().map(line).collect() };
    let name = hash(&compact(&record))[..16].to_owned();
    (name, record)
}

/// Enough of a hash to tell two texts of a sheet apart.
pub(super) fn short_hash(text: &str) -> String {
    hash(text.as_bytes())[..10].to_owned()
}

/// The recorded title and date of what a draft's files are, by the names that a person reads.
impl Manifest {
    pub(super) fn of(draft: &Draft) -> Self {
        Self {
            genre: draft.kind.to_owned(),
            document: draft.id.clone(),
            titre: draft.title.clone(),
            programme: env!("LIASSE_PROGRAM").to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn file(&self, name: &str) -> Option<&FileRecord> {
        self.fichiers.iter().find(|file| file.nom == name)
    }
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

fn compact(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
