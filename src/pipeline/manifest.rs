//! The record of a document: its files, what they were made from, what was sent of them, and where they stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::documents::{Draft, Part};

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
    /// Templates and pictures that it read, with their hashes; a template that was looked for and is not there has none.
    pub(super) sources: BTreeMap<String, Option<String>>,
    /// The sheets that it read, each with the name of their record.
    pub(super) feuilles: BTreeMap<String, String>,
    pub(super) avertissements: usize,
}

/// The record of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct FileRecord {
    pub(super) nom: String,
    /// Whether it stands apart from what is handed on.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) interne: bool,
    /// The hash of what it is made from.
    pub(super) recette: String,
    /// The hash of its bytes.
    pub(super) sha256: String,
    pub(super) octets: u64,
    /// When it was written, in nanoseconds since 1970: an unchanged file need not be read.
    pub(super) ecrit: u64,
    /// How tightly its pages are set: it follows from the recipe, and stands here for who looks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) serrage: Option<u8>,
    /// The day since which it is frozen: it is evidence of what was sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) fige: Option<NaiveDateText>,
    /// Whether the data of today would give another file.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub(super) differe: bool,
    /// The document that fixes it, where another does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) commun: Option<Holder>,
    /// The cells that changed since it was sent, when it differs.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) cellules: Vec<String>,
    /// The persons who were erased from it since.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) effacees: Option<Erased>,
}

/// What is left of the persons who were erased from a list that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Erased {
    /// How many rows.
    pub(super) nombre: usize,
    /// A keyed hash of the hash of the list that was sent: who holds that list can show that it is the one, and nobody can try
    /// whether a person stood in it.
    pub(super) preuve: Option<String>,
}

/// The document that fixes a file of others, and since when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Holder {
    pub(super) document: String,
    pub(super) depuis: NaiveDateText,
}

/// A day in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct NaiveDateText(pub(super) NaiveDate);

impl TryFrom<String> for NaiveDateText {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<NaiveDateText> for String {
    fn from(day: NaiveDateText) -> Self {
        day.0.to_string()
    }
}

impl Manifest {
    /// The record of a draft, without its files.
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

    /// Whether a file is no longer what was sent because a person was erased from it.
    pub(super) fn is_redacted(&self, name: &str) -> bool {
        self.file(name).is_some_and(|file| file.effacees.is_some())
    }

    /// Whether anything of it was sent.
    pub(super) fn is_sent(&self) -> bool {
        self.fichiers.iter().any(|file| file.fige.is_some())
    }
}

impl FileRecord {
    /// Where it stands below the results.
    pub(super) fn place(&self, manifest: &Manifest) -> String {
        place_of(&manifest.genre, &manifest.document, &self.nom, self.interne)
    }
}

/// Where a part of a document stands below the results.
pub(super) fn place(kind: &str, id: &str, part: &Part) -> String {
    place_of(kind, id, &part.name, part.apart)
}

/// What is not handed on stands apart from the rest.
fn place_of(kind: &str, id: &str, name: &str, apart: bool) -> String {
    format!("{}{kind}/{id}/{name}", if apart { "interne/" } else { "" })
}
