//! Why a document is not what it would be today: from the cell to the file.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::fingerprint::{Fingerprint, Leaf};
use super::store::{Manifest, SheetRecord, Touch, short_hash};
use crate::wording::fold;
use crate::figures::{CellRef, Cells};
use crate::spreadsheets::{Line, LineCell};

/// One reason why a document would be made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// It was never made, or nothing is remembered of it.
    New,
    /// A file is gone.
    Missing(String),
    /// A person wrote into a file.
    Edited(String),
    /// The program is another one.
    Program,
    /// A template or a picture changed.
    Source(String),
    /// A value changed.
    Value {
        /// Where it stands in the document's data.
        path: String,
        /// What it was; nothing for a new one.
        before: Option<String>,
        /// What it is; nothing for one that went.
        after: Option<String>,
        /// The changed cells that it comes from, as far as they can be told.
        cells: Cells,
    },
    /// Cells that changed in the sheets that it reads, and that no single value accounts for.
    Cells(Cells),
    /// Rows that went from a sheet.
    Rows {
        /// The sheet.
        sheet: String,
        /// How many.
        count: usize,
    },
    /// The files that come out otherwise.
    Files(Vec<String>),
    /// A file that was sent, which today's data would not give, and the cells that changed since.
    Frozen(String, Vec<String>),
}

/// Whether a document is made from what it was made from.
pub(super) fn same(manifest: &Manifest, fingerprint: &Fingerprint, source: &impl Fn(&str) -> Option<String>) -> bool {
    let recorded = manifest.fichiers.iter().map(|file| (&file.nom, &file.recette));
    manifest.programme == env!("LIASSE_PROGRAM")
        && recorded.eq(fingerprint.files.iter().map(|(name, recipe)| (name, recipe)))
        && manifest.sources.iter().all(|(name, hash)| source(name).as_ref() == Some(hash))
}

/// The cells of a sheet that changed, and how many rows went.
pub(super) struct Changes {
    pub(super) sheet: String,
    pub(super) cells: Vec<LineCell>,
    pub(super) removed: usize,
}

/// Compares a sheet's recorded rows with those of today; rows that moved did not change.
pub(super) fn changes(sheet: &str, before: &SheetRecord, after: &[Line]) -> Changes {
    let hashed = |line: &Line| {
        line.cells.iter().map(|cell| (cell.heading.to_owned(), short_hash(&cell.text))).collect::<BTreeMap<_, _>>()
    };
    let now: Vec<BTreeMap<String, String>> = after.iter().map(hashed).collect();
    let mut changes = Changes { sheet: sheet.to_owned(), cells: Vec::new(), removed: 0 };
    for operation in capture_diff_slices(Algorithm::Patience, &before.lignes, &now) {
        let (old, new) = match operation {
            DiffOp::Equal { .. } => continue,
            other => (other.old_range(), other.new_range()),
        };
        changes.removed += old.len().saturating_sub(new.len());
        for (offset, row) in new.enumerate() {
            let was = before.lignes.get(old.start + offset).filter(|_| offset < old.len());
            let differs = |cell: &&LineCell| was.is_none_or(|was| was.get(cell.heading) != now[row].get(cell.heading));
            changes.cells.extend(after[row].cells.iter().filter(differs).cloned());
            // A cell that was emptied shows nothing; its row's first cell stands for it.
            if let (Some(was), Some(first)) = (was, after[row].cells.first())
                && was.keys().any(|heading| !now[row].contains_key(heading))
            {
                changes.cells.push(LineCell { text: String::new(), ..first.clone() });
            }
        }
    }
    changes
}

/// The values that differ, each with the changed cells behind it.
pub(super) fn values(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, Leaf>,
    changes: &[Changes],
) -> Vec<Cause> {
    let changed: Vec<&LineCell> = changes.iter().flat_map(|changes| &changes.cells).collect();
    let mut accounted: BTreeSet<&CellRef> = BTreeSet::new();
    let mut causes = Vec::new();
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for path in paths {
        let (was, is) = (before.get(path), after.get(path));
        if was == is.map(|leaf| &leaf.text) {
            continue;
        }
        let cells: Vec<&CellRef> = match is {
            Some(leaf) if !leaf.cells.is_empty() => {
                changed.iter().map(|cell| &cell.at).filter(|cell| leaf.cells.contains(cell)).collect()
            }
            Some(leaf) => changed.iter().filter(|cell| says(&leaf.text, &cell.text)).map(|cell| &cell.at).collect(),
            None => Vec::new(),
        };
        accounted.extend(&cells);
        causes.push(Cause::Value {
            path: path.clone(),
            before: was.cloned(),
            after: is.map(|leaf| leaf.text.clone()),
            cells: cells.into_iter().cloned().collect(),
        });
    }
    // Those that are told down to their cells come first.
    causes.sort_by_key(|cause| matches!(cause, Cause::Value { cells, .. } if cells.is_empty()));
    if !causes.is_empty() {
        let left: Cells =
            changed.iter().map(|cell| &cell.at).filter(|cell| !accounted.contains(cell)).cloned().collect();
        if !left.is_empty() {
            causes.push(Cause::Cells(left));
        }
        let rows = changes.iter().filter(|changes| changes.removed > 0);
        causes.extend(rows.map(|changes| Cause::Rows { sheet: changes.sheet.clone(), count: changes.removed }));
    }
    causes
}

/// Whether a value says what a cell says.
fn says(value: &str, cell: &str) -> bool {
    let (value, cell) = (fold(value), fold(cell));
    let beginning: String = cell.chars().take(60).collect();
    !cell.is_empty() && (value == cell || beginning.chars().count() > 3 && value.contains(&beginning))
}

/// What happened to the files, as causes.
pub(super) fn touched(touches: Vec<Touch>) -> impl Iterator<Item = Cause> {
    touches.into_iter().map(|touch| match touch {
        Touch::Missing(name) => Cause::Missing(name),
        Touch::Edited(name) => Cause::Edited(name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::store::sheet_record;

    fn lines(rows: &[&[(&'static str, &str)]]) -> Vec<Line> {
        let cell = |row: u32, column: usize, (heading, text): &(&'static str, &str)| LineCell {
            heading,
            at: CellRef { file: "f".into(), sheet: "S".into(), row, column: u32::try_from(column).expect("small") },
            text: (*text).to_owned(),
        };
        (2..)
            .zip(rows)
            .map(|(row, cells)| Line {
                row,
                cells: cells.iter().enumerate().map(|(column, it)| cell(row, column, it)).collect(),
            })
            .collect()
    }

    fn told(before: &[&[(&'static str, &str)]], after: &[&[(&'static str, &str)]]) -> (Vec<String>, usize) {
        let changes = changes("S", &sheet_record(&lines(before)).1, &lines(after));
        (changes.cells.iter().map(|cell| cell.at.name()).collect(), changes.removed)
    }

    #[test]
    fn only_the_cells_that_changed_are_told() {
        let before: &[&[(&str, &str)]] = &[&[("A", "1"), ("B", "x")], &[("A", "2"), ("B", "y")]];
        assert_eq!(told(before, &[&[("A", "1"), ("B", "x")], &[("A", "2"), ("B", "z")]]), (vec!["B3".into()], 0));
        // A new row above moves the others, and changes none of them.
        let more: &[&[(&str, &str)]] = &[&[("A", "0")], &[("A", "1"), ("B", "x")], &[("A", "2"), ("B", "y")]];
        assert_eq!(told(before, more), (vec!["A2".into()], 0));
        assert_eq!(told(more, before), (vec![], 1));
        // An emptied cell is told by its row.
        assert_eq!(told(before, &[&[("A", "1")], &[("A", "2"), ("B", "y")]]), (vec!["A2".into()], 0));
        // Columns that changed places change nothing.
        assert_eq!(told(before, &[&[("B", "x"), ("A", "1")], &[("B", "y"), ("A", "2")]]), (vec![], 0));
    }
}
