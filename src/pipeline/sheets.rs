//! The rows of sheets as they are remembered: what changed since can be told to the cell, and what is not everybody's
//! cannot be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::digest::hash;
use super::keys::Key;
use crate::figures::{CellRef, SheetOrigin};
use crate::model::{Contact, ToldCell, ToldRow};
use crate::records::{Column, Kind, Sheet};

/// What stands before a hash in a record; a text that is kept in clear stands behind the other.
const HIDDEN: char = '#';
const CLEAR: char = '=';

/// The rows of a sheet: by heading what each filled cell said, in clear where everybody may read it, else as a hash.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetRecord {
    /// With which key the hashes were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cle: Option<String>,
    lignes: Vec<BTreeMap<String, String>>,
}

/// What a cell said or says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Blank,
    /// This.
    Text(String),
    /// Something that is not remembered in clear.
    Hidden,
}

/// A cell that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The cell, as it stands today.
    pub at: CellRef,
    /// Its column.
    pub column: &'static Column,
    /// What it said.
    pub before: Said,
    /// What it says.
    pub after: Said,
}

/// What changed in a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetChanges {
    /// Cells of rows that stayed.
    pub(super) cells: Vec<CellChange>,
    /// Rows that came: the place of the first cell, and what their filled cells say.
    pub(super) added: Vec<Vec<CellChange>>,
    /// Rows that went: what their cells said.
    pub(super) removed: Vec<Vec<Said>>,
    /// Whether cells may have changed that cannot be compared: their hashes were made with another key, or with none.
    pub(super) untold: bool,
}

/// A sheet as it is today.
pub(super) struct Today<'t> {
    /// The sheet.
    pub(super) sheet: &'t Sheet,
    /// Where it stands.
    pub(super) origin: &'t SheetOrigin,
    /// Its rows.
    pub(super) rows: &'t [ToldRow],
}

/// The longest text that is remembered in clear, in characters.
const LONGEST: usize = 120;

/// Whether what a column holds may be remembered in clear, where no private name stands in it: numbers, days, lists and
/// short texts of what is nobody's alone.
fn is_clear(sheet: &Sheet, column: &Column) -> bool {
    let plain = match column.kind {
        Kind::Integer(..)
        | Kind::Amount
        | Kind::Decimal
        | Kind::Hours
        | Kind::Share
        | Kind::Date
        | Kind::Dates
        | Kind::Month
        | Kind::Time
        | Kind::YesNo
        | Kind::Choice(_)
        | Kind::Choices(_)
        | Kind::Enclosures(_)
        | Kind::Theme
        | Kind::Reference(..)
        | Kind::References(..)
        | Kind::Code
        | Kind::Text => true,
        Kind::Markdown
        | Kind::Name(_)
        | Kind::Names(_)
        | Kind::Email
        | Kind::Link
        | Kind::Siren
        | Kind::Siret
        | Kind::PostalCode
        | Kind::Image => false,
    };
    plain && !sheet.confidential && !column.person && !column.reserved
}

impl SheetRecord {
    /// The record of a sheet's rows.
    pub(super) fn of(sheet: &Sheet, rows: &[ToldRow], discretion: Discretion) -> Self {
        let key = discretion.key;
        let cell = |cell: &ToldCell| (cell.column.heading.to_owned(), discretion.remembered(sheet, cell));
        Self { cle: key.name(), lignes: rows.iter().map(|row| row.cells.iter().map(cell).collect()).collect() }
    }

    /// A name that is another one when the rows are.
    pub(super) fn name(&self) -> String {
        hash(&serde_json::to_vec(self).unwrap_or_default())[..16].to_owned()
    }

    /// Forgets a person: rows about him, and what names him elsewhere. A list of persons under another key, of which nobody
    /// can say whom it holds, is forgotten whole. Whether anything was forgotten.
    pub(super) fn forget(&mut self, key: &Key, traces: &[Trace], names: &dyn Fn(&str) -> bool) -> bool {
        let is_ours = self.cle.is_some() && self.cle == key.name();
        let mut forgotten = false;
        for row in &mut self.lignes {
            let is_listed = row.contains_key(Contact::LAST_NAME.heading);
            let is_meant = is_listed && (!is_ours || traces.iter().any(|trace| trace.is_in(row, key)));
            let before = row.len();
            row.retain(|_, said| !is_meant && !said.strip_prefix(CLEAR).is_some_and(names));
            forgotten |= row.len() < before;
        }
        forgotten
    }

    /// What changed since, in the columns that count; rows that moved did not change.
    pub(super) fn changes(
        &self,
        today: &Today,
        discretion: Discretion,
        counts: impl Fn(&Column) -> bool,
    ) -> SheetChanges {
        let Today { sheet, rows, .. } = *today;
        let key = discretion.key;
        let same_key = self.cle.is_some() && self.cle == key.name();
        let compared = |row: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            let known = |(_, said): &(&String, &String)| same_key || said.starts_with(CLEAR);
            row.iter().filter(known).map(|(heading, said)| (heading.clone(), said.clone())).collect()
        };
        let before: Vec<_> = self.lignes.iter().map(compared).collect();
        let now: Vec<_> = Self::of(sheet, rows, discretion).lignes.iter().map(compared).collect();
        let mut changes = SheetChanges { untold: !same_key, ..SheetChanges::default() };
        for operation in capture_diff_slices(Algorithm::Patience, &before, &now) {
            let (old, new) = match operation {
                DiffOp::Equal { .. } => continue,
                other => (other.old_range(), other.new_range()),
            };
            let stayed = old.len().min(new.len());
            for (was, row) in before[old.clone()].iter().zip(&rows[new.clone()]) {
                changes.cells.extend(
                    cell_changes(today, was, row, discretion).into_iter().filter(|change| counts(change.column)),
                );
            }
            for row in &rows[new.start + stayed..new.end] {
                let came = cell_changes(today, &BTreeMap::new(), row, discretion)
                    .into_iter()
                    .filter(|change| counts(change.column));
                changes.added.push(came.collect());
            }
            let went = |row: &BTreeMap<String, String>| row.values().map(|said| said_of(Some(said))).collect();
            changes.removed.extend(before[old.start + stayed..old.end].iter().map(went));
        }
        changes
    }
}

/// What rows tell of a person who is to be forgotten.
pub(super) struct Trace {
    pub(super) first: Option<String>,
    /// The family name, or the whole name.
    pub(super) last: Option<String>,
    pub(super) address: Option<String>,
}

impl Trace {
    /// What by itself tells who it is.
    pub(super) fn texts(&self) -> Vec<String> {
        let whole = self.first.as_ref().zip(self.last.as_ref());
        let whole = whole.into_iter().flat_map(|(first, last)| [format!("{first} {last}"), format!("{last} {first}")]);
        [&self.last, &self.address].into_iter().flatten().cloned().chain(whole).collect()
    }

    /// Whether a remembered row is about the person.
    fn is_in(&self, row: &BTreeMap<String, String>, key: &Key) -> bool {
        let says = |column: &Column, text: &Option<String>| match (row.get(column.heading), text) {
            (Some(said), Some(text)) => {
                let hidden = || key.hash(text).is_some_and(|hash| said.strip_prefix(HIDDEN) == Some(&hash));
                said.strip_prefix(CLEAR) == Some(text) || hidden()
            }
            (None, None) => true,
            _ => false,
        };
        match row.get(Contact::EMAIL.heading) {
            Some(_) => says(Contact::EMAIL, &self.address),
            None => says(Contact::LAST_NAME, &self.last) && says(Contact::FIRST_NAME, &self.first),
        }
    }
}

/// What is remembered in clear, and how the rest is hidden.
#[derive(Clone, Copy)]
pub(super) struct Discretion<'d> {
    /// The key of what is hidden.
    pub(super) key: &'d Key,
    /// Who knows the private names.
    pub(super) private: &'d (dyn Private + Sync),
}

/// Knows whether a private name stands in a text.
pub(super) trait Private {
    fn is_private(&self, text: &str) -> bool;
}

impl<F: Fn(&str) -> bool> Private for F {
    fn is_private(&self, text: &str) -> bool {
        self(text)
    }
}

impl Discretion<'_> {
    /// Whether a cell may be remembered in clear.
    fn is_clear(&self, sheet: &Sheet, cell: &ToldCell) -> bool {
        let is_text = cell.column.kind == Kind::Text;
        is_clear(sheet, cell.column)
            && !(is_text
                && (cell.text.chars().count() > LONGEST
                    || cell.text.contains('@')
                    || self.private.is_private(&cell.text)))
    }

    fn remembered(&self, sheet: &Sheet, cell: &ToldCell) -> String {
        if self.is_clear(sheet, cell) {
            format!("{CLEAR}{}", cell.text)
        } else {
            format!("{HIDDEN}{}", self.key.hash(&cell.text).unwrap_or_default())
        }
    }
}

fn said_of(remembered: Option<&String>) -> Said {
    match remembered.map(|said| said.strip_prefix(CLEAR)) {
        None => Said::Blank,
        Some(Some(text)) => Said::Text(text.to_owned()),
        Some(None) => Said::Hidden,
    }
}

/// The cells of a row that say something else than before.
fn cell_changes(
    today: &Today,
    before: &BTreeMap<String, String>,
    row: &ToldRow,
    discretion: Discretion,
) -> Vec<CellChange> {
    let sheet = today.sheet;
    let filled = row.cells.iter().filter_map(|cell| {
        let was = before.get(cell.column.heading);
        let is = discretion.remembered(sheet, cell);
        let after = if discretion.is_clear(sheet, cell) { Said::Text(cell.text.clone()) } else { Said::Hidden };
        let differs = was != Some(&is);
        differs.then(|| CellChange { at: cell.at.clone(), column: cell.column, before: said_of(was), after })
    });
    let emptied = sheet.columns.iter().copied().filter_map(|column| {
        let was = before.get(column.heading)?;
        let gone = !row.cells.iter().any(|cell| cell.column.heading == column.heading);
        let at = today.origin.cell(row.number, column.heading);
        gone.then(|| CellChange { at, column, before: said_of(Some(was)), after: Said::Blank })
    });
    filled.chain(emptied).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static PLAIN: Sheet = Sheet::new("S", "s", "s", "", &[&A, &B]);
    static SECRET: Sheet = Sheet { confidential: true, ..Sheet::new("S", "s", "s", "", &[&A, &B]) };
    static A: Column = Column::new("A", 0, Kind::Code, true);
    static B: Column = Column::new("B", 1, Kind::Amount, false);

    fn rows(texts: &[[&str; 2]]) -> Vec<ToldRow> {
        let cell = |number: u32, column: &'static Column, text: &str| {
            let at = origin().cell(number, column.heading);
            (!text.is_empty()).then(|| ToldCell { column, at, text: text.to_owned() })
        };
        (2..)
            .zip(texts)
            .map(|(number, [a, b])| ToldRow {
                number,
                cells: [cell(number, &A, a), cell(number, &B, b)].into_iter().flatten().collect(),
            })
            .collect()
    }

    fn origin() -> SheetOrigin {
        SheetOrigin { file: "f".into(), sheet: "S".into(), columns: vec![("A", 0), ("B", 3)] }
    }

    /// What changed, each cell as « D2 : x → y », and how many rows came and went.
    fn told(sheet: &'static Sheet, before: &[[&str; 2]], after: &[[&str; 2]]) -> (Vec<String>, usize, usize) {
        let key = Key::of(b"key");
        let discretion = Discretion { key: &key, private: &|text: &str| text.contains("Aubrecour") };
        let record = SheetRecord::of(sheet, &rows(before), discretion);
        let (origin, rows) = (origin(), rows(after));
        let changes = record.changes(&Today { sheet, origin: &origin, rows: &rows }, discretion, |_| true);
        let cell = |it: &CellChange| format!("{} : {:?} → {:?}", it.at.name(), it.before, it.after);
        (changes.cells.iter().map(cell).collect(), changes.added.len(), changes.removed.len())
    }

    #[test]
    fn a_cell_is_told_with_what_it_said_and_what_it_says() {
        let before = [["1", "x"], ["2", "y"]];
        let changed = vec!["D3 : Text(\"y\") → Text(\"z\")".to_owned()];
        assert_eq!(told(&PLAIN, &before, &[["1", "x"], ["2", "z"]]), (changed, 0, 0));
        let emptied = vec!["D2 : Text(\"x\") → Blank".to_owned()];
        assert_eq!(told(&PLAIN, &before, &[["1", ""], ["2", "y"]]), (emptied, 0, 0));
    }

    #[test]
    fn a_row_that_moves_changes_nothing() {
        let before = [["1", "x"], ["2", "y"]];
        assert_eq!(told(&PLAIN, &before, &[["0", ""], ["1", "x"], ["2", "y"]]), (vec![], 1, 0));
        assert_eq!(told(&PLAIN, &[["0", ""], ["1", "x"], ["2", "y"]], &before), (vec![], 0, 1));
    }

    #[test]
    fn what_is_not_everybodys_is_remembered_by_a_keyed_hash() {
        let of = |secret: &[u8]| {
            let key = Key::of(secret);
            SheetRecord::of(
                &SECRET,
                &rows(&[["Aubrecour", "12,00 €"]]),
                Discretion { key: &key, private: &|_: &str| false },
            )
        };
        let record = of(b"key");
        let written = serde_json::to_string(&record).expect("a record");
        assert!(!written.contains("Aubrecour") && !written.contains("12,00"));
        assert_ne!(record, of(b"other"));
        let hidden = vec!["D2 : Hidden → Hidden".to_owned()];
        assert_eq!(told(&SECRET, &[["1", "x"]], &[["1", "y"]]), (hidden, 0, 0));
    }

    #[test]
    fn with_another_key_only_what_is_in_clear_is_compared() {
        let (old, new) = (Key::of(b"key"), Key::of(b"new"));
        let with = |key| Discretion { key, private: &|_: &str| false };
        let record = SheetRecord::of(&SECRET, &rows(&[["1", "x"]]), with(&old));
        let (origin, rows) = (origin(), rows(&[["1", "x"]]));
        let changes = record.changes(&Today { sheet: &SECRET, origin: &origin, rows: &rows }, with(&new), |_| true);
        assert!(changes.untold && changes.cells.is_empty());
    }
}
