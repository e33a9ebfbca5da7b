//! Where a value comes from, and what was printed of it.
//!
//! A model row carries its [`Origin`]; a figure is a named value with the cells behind it; the [`Ledger`] of a document
//! notes every figure that the document prints. It must not know what the values are about.

mod cells;

use serde::Serialize;

pub use self::cells::{CellRef, Cells, Origin, SheetOrigin, column_letters};

/// What a figure measures; amounts are integer cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Quantity {
    /// A number of things.
    #[serde(rename = "nombre")]
    Count(i64),
    /// An amount in cents.
    #[serde(rename = "centimes")]
    Cents(i64),
    /// A share, with both numbers: the second is the whole.
    #[serde(rename = "part")]
    Share(i64, i64),
    /// A number of hours, in hundredths.
    #[serde(rename = "centiemes")]
    Hundredths(i64),
}

/// A named value, computed in one place, with the cells that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// A stable name, for instance `aides.obtenues`: two documents that print the same name print the same value.
    #[serde(rename = "nom")]
    pub name: String,
    /// What it is, in the reader's words.
    #[serde(rename = "libelle")]
    pub label: String,
    /// Its value.
    #[serde(rename = "valeur")]
    pub value: Quantity,
    /// The cells behind it; figures of one computation share them.
    #[serde(rename = "cellules")]
    pub sources: Cells,
}

impl Figure {
    /// A figure over the cells that it is computed from.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, value: Quantity, sources: impl Into<Cells>) -> Self {
        Self { name: name.into(), label: label.into(), value, sources: sources.into() }
    }

    /// The number of a count, the cents of an amount, the numerator of a share.
    #[must_use]
    pub fn amount(&self) -> i64 {
        match self.value {
            Quantity::Count(value)
            | Quantity::Cents(value)
            | Quantity::Hundredths(value)
            | Quantity::Share(value, _) => value,
        }
    }
}

/// One figure as a document printed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// The text that stands in the document.
    #[serde(rename = "imprime")]
    pub printed: String,
}

/// Every figure that a document prints, in the order in which it prints them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ledger {
    /// The entries, each name and printed text once.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Adds the entries of another ledger.
    pub fn extend(&mut self, other: Self) {
        for entry in other.entries {
            self.note(&entry.figure, entry.printed);
        }
    }

    /// Notes that `figure` is printed as `printed`, and hands the text back.
    pub fn note(&mut self, figure: &Figure, printed: String) -> String {
        if !self.entries.iter().any(|entry| entry.figure.name == figure.name && entry.printed == printed) {
            self.entries.push(Entry { figure: figure.clone(), printed: printed.clone() });
        }
        printed
    }
}
