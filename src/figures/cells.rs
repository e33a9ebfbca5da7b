//! Where values stand: cells, and sets of cells that stay small over long sheets.

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

impl SheetOrigin {
    /// The column under `heading`; the first one when the sheet lacks it.
    fn column(&self, heading: &str) -> u32 {
        self.columns.iter().find(|(name, _)| *name == heading).map_or(0, |(_, column)| *column)
    }

    /// The cell of a row, numbered from 1, under `heading`. A column that the sheet lacks gives the row's first cell.
    #[must_use]
    pub fn cell(&self, row: u32, heading: &str) -> CellRef {
        CellRef { file: Arc::clone(&self.file), sheet: Arc::clone(&self.sheet), row, column: self.column(heading) }
    }

    /// The heading of a zero-based column, where it is a known one.
    #[must_use]
    pub fn heading(&self, column: u32) -> Option<&'static str> {
        self.columns.iter().find(|(_, position)| *position == column).map(|(heading, _)| *heading)
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

/// A set of cells. Rows that follow each other in a column are kept as one run: a figure over a long sheet stays small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells(Arc<[SheetCells]>);

/// The cells of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SheetCells {
    file: Arc<str>,
    sheet: Arc<str>,
    /// By column, then by row; no two touch.
    runs: Box<[Run]>,
}

/// Rows `first..=last` of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    column: u32,
    first: u32,
    last: u32,
}

impl Cells {
    /// The cells of some rows, each by its sheet and its number from 1, under one heading.
    #[must_use]
    pub fn under<'a>(rows: impl IntoIterator<Item = (&'a SheetOrigin, u32)>, heading: &str) -> Self {
        let mut sheets: Vec<(&SheetOrigin, u32, Vec<Run>)> = Vec::new();
        for (sheet, row) in rows {
            let known = sheets.iter().rposition(|(known, ..)| std::ptr::eq(*known, sheet));
            let index = known.unwrap_or_else(|| {
                sheets.push((sheet, sheet.column(heading), Vec::new()));
                sheets.len() - 1
            });
            let (_, column, runs) = &mut sheets[index];
            add(runs, Run { column: *column, first: row, last: row });
        }
        let of_sheet = |(sheet, _, runs): (&SheetOrigin, u32, Vec<Run>)| SheetCells {
            file: Arc::clone(&sheet.file),
            sheet: Arc::clone(&sheet.sheet),
            runs: tidy(runs),
        };
        sheets.into_iter().map(of_sheet).collect()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a cell is among them.
    #[must_use]
    pub fn contains(&self, cell: &CellRef) -> bool {
        let place = (cell.column, cell.row);
        self.0.iter().filter(|it| it.file == cell.file && it.sheet == cell.sheet).any(|it| {
            let after = it.runs.partition_point(|run| (run.column, run.first) <= place);
            after
                .checked_sub(1)
                .is_some_and(|index| it.runs[index].column == cell.column && cell.row <= it.runs[index].last)
        })
    }

    /// Every cell, in reading order: by file, sheet, row, column.
    pub fn iter(&self) -> impl Iterator<Item = CellRef> {
        self.0.iter().flat_map(|it| {
            let mut places: Vec<(u32, u32)> =
                it.runs.iter().flat_map(|run| (run.first..=run.last).map(|row| (row, run.column))).collect();
            places.sort_unstable();
            places.into_iter().map(|(row, column)| CellRef {
                file: Arc::clone(&it.file),
                sheet: Arc::clone(&it.sheet),
                row,
                column,
            })
        })
    }
}

/// Adds a run, to the last one where it follows it.
fn add(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.column == run.column && last.first <= run.first && run.first <= last.last + 1 => {
            last.last = last.last.max(run.last);
        }
        _ => runs.push(run),
    }
}

/// Runs in order, none touching another.
fn tidy(mut runs: Vec<Run>) -> Box<[Run]> {
    runs.sort_unstable_by_key(|run| (run.column, run.first));
    let mut tidied = Vec::with_capacity(runs.len());
    runs.into_iter().for_each(|run| add(&mut tidied, run));
    tidied.into()
}

impl FromIterator<SheetCells> for Cells {
    fn from_iter<I: IntoIterator<Item = SheetCells>>(sheets: I) -> Self {
        let mut sheets: Vec<SheetCells> = sheets.into_iter().collect();
        sheets.sort_by(|a, b| (&a.file, &a.sheet).cmp(&(&b.file, &b.sheet)));
        let same = |a: &SheetCells, b: &SheetCells| a.file == b.file && a.sheet == b.sheet;
        let merged = |group: &[SheetCells]| SheetCells {
            file: Arc::clone(&group[0].file),
            sheet: Arc::clone(&group[0].sheet),
            runs: tidy(group.iter().flat_map(|it| it.runs.iter().copied()).collect()),
        };
        Self(sheets.chunk_by(same).map(merged).collect())
    }
}

impl FromIterator<CellRef> for Cells {
    fn from_iter<I: IntoIterator<Item = CellRef>>(cells: I) -> Self {
        let of_cell = |CellRef { file, sheet, row, column }| SheetCells {
            file,
            sheet,
            runs: Box::new([Run { column, first: row, last: row }]),
        };
        cells.into_iter().map(of_cell).collect()
    }
}

/// The cells of several sets.
impl FromIterator<Self> for Cells {
    fn from_iter<I: IntoIterator<Item = Self>>(sets: I) -> Self {
        sets.into_iter().flat_map(|Self(sheets)| sheets.to_vec()).collect()
    }
}

impl From<CellRef> for Cells {
    fn from(cell: CellRef) -> Self {
        Self::from_iter([cell])
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Sheet by sheet on a line, neighbours of a column as a range: `finances.xlsx › Aides › F2:F4, F9`.
impl fmt::Display for Cells {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, SheetCells { file, sheet, runs }) in self.0.iter().enumerate() {
            let line = if index == 0 { "" } else { "\n" };
            write!(formatter, "{line}{file} › {sheet} › ")?;
            for (index, Run { column, first, last }) in runs.iter().enumerate() {
                let comma = if index == 0 { "" } else { ", " };
                let letters = column_letters(*column);
                write!(formatter, "{comma}{letters}{first}")?;
                if first != last {
                    write!(formatter, ":{letters}{last}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_have_their_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    fn cell((sheet, row, column): (u8, u32, u32)) -> CellRef {
        CellRef { file: "f.xlsx".into(), sheet: format!("S{sheet}").into(), row, column }
    }

    #[test]
    fn neighbours_are_told_as_ranges() {
        let places = [(2, 9, 5), (1, 3, 1), (2, 2, 5), (2, 4, 5), (2, 3, 5), (1, 3, 0)];
        let cells: Cells = places.map(cell).into_iter().collect();
        assert_eq!(cells.to_string(), "f.xlsx › S1 › A3, B3\nf.xlsx › S2 › F2:F4, F9");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_set_keeps_each_cell_once_in_reading_order(places in proptest::collection::vec((0_u8..3, 1_u32..9, 0_u32..4), 0..60)) {
            let cells: Cells = places.iter().copied().map(cell).collect();
            let mut expected: Vec<CellRef> = places.iter().copied().map(cell).collect();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(cells.iter().collect::<Vec<_>>(), expected.clone());
            for sheet in 0..3 {
                for row in 1..10 {
                    for column in 0..5 {
                        let one = cell((sheet, row, column));
                        prop_assert_eq!(cells.contains(&one), expected.contains(&one));
                    }
                }
            }
        }
    }
}
