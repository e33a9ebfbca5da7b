//! Where a value comes from, and what was printed of it.
//!
//! A model row carries its [`Origin`]; a figure is a named value with the cells behind it; the [`Ledger`] of a document
//! notes every figure that the document prints. It must not know what the values are about.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A sheet of a workbook, with the column at which each heading stands.
#[derive(Debug, PartialEq, Eq)]
pub struct SheetOrigin {
    /// The file as the user names it, for instance `inputs/finances.xlsx`.
    pub file: Arc<str>,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// Headings as declared, with the zero-based column where each was found.
    pub columns: Vec<(&'static str, u32)>,
}

/// The row that a model value was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The sheet that holds the row.
    pub sheet: Arc<SheetOrigin>,
    /// The row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// Whether every cell of the row was read without an error: checks across sheets leave the others alone.
    pub sound: bool,
}

impl Origin {
    /// The cell of this row under `heading`. A column that the sheet lacks gives the row's first cell.
    #[must_use]
    pub fn cell(&self, heading: &str) -> CellRef {
        let column = self.sheet.columns.iter().find(|(name, _)| *name == heading).map_or(0, |(_, column)| *column);
        CellRef { file: Arc::clone(&self.sheet.file), sheet: Arc::clone(&self.sheet.sheet), row: self.row, column }
    }
}

/// One cell of one sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The file as the user names it.
    pub file: Arc<str>,
    /// The sheet's name.
    pub sheet: Arc<str>,
    /// The row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
}

impl CellRef {
    /// The cell's name in its sheet: `D7`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", column_letters(self.column), self.row)
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} › {} › {}", self.file, self.sheet, self.name())
    }
}

impl Serialize for CellRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.iter().rev().map(|&letter| letter as char).collect()
}

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

/// Cells in reading order, each once.
pub fn in_order(cells: impl IntoIterator<Item = CellRef>) -> Arc<[CellRef]> {
    let mut cells: Vec<CellRef> = cells.into_iter().collect();
    cells.sort();
    cells.dedup();
    cells.into()
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
    /// The cells behind it, in reading order; figures of one computation share them.
    #[serde(rename = "cellules")]
    pub sources: Arc<[CellRef]>,
}

impl Figure {
    /// A figure with its sources sorted.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        value: Quantity,
        sources: impl IntoIterator<Item = CellRef>,
    ) -> Self {
        Self::over(name, label, value, in_order(sources))
    }

    /// A figure over cells that others share, as [`in_order`] gives them.
    #[must_use]
    pub fn over(name: impl Into<String>, label: impl Into<String>, value: Quantity, sources: Arc<[CellRef]>) -> Self {
        Self { name: name.into(), label: label.into(), value, sources }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }
}
