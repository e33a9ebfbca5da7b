//! Files to cells with positions; named columns; typed decoding that never loses the cell.
//!
//! A workbook is inflated through a capped reader before anything else looks at it, and its cells are kept sparsely:
//! no file, however hostile, makes the program abort. Contacts, events and money are not known here.

mod annotate;
mod cell;
mod decode;
mod furniture;
mod ods;
mod repair;
mod row;
mod table;
mod xlsx;

pub use self::annotate::{Remark, annotate, annotate_values};
pub use self::cell::{Cell, Value};
pub use self::row::Row;
pub use self::table::{Context, Line, LineCell, Table, excerpt, scan};

use std::collections::BTreeMap;

use crate::diagnostics::messages::files;
use crate::diagnostics::{Diagnostic, Place};
use crate::packages::{Archive, Refusal, is_encrypted_office};

/// The most filled cells that a workbook may have.
pub(crate) const MAX_CELLS: usize = 4_000_000;
/// The most bytes of text that the cells of a workbook may hold: one text may fill many cells.
const MAX_TEXT: usize = 128 << 20;
/// The most bytes of one text, in a file that sets no end to it.
const MAX_CELL: usize = 4 << 20;
/// The rows of a sheet, in every program.
const MAX_ROWS: u32 = 1 << 20;
/// The columns of a sheet, in every program.
const MAX_COLUMNS: u32 = 1 << 14;

/// A workbook's sheets in their order.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// The file as the user names it.
    pub file: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet: its filled cells by row, and what hides or merges them.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The tab's name.
    pub name: String,
    /// Filled cells: zero-based row, then zero-based columns in ascending order.
    pub rows: BTreeMap<u32, Vec<(u32, Cell)>>,
    /// Merged ranges, as zero-based (first row, first column, last row, last column).
    pub merged: Vec<(u32, u32, u32, u32)>,
    /// Hidden rows that hold cells, zero-based.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, as zero-based inclusive ranges.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Numbers shown as powers of ten, in the order of the sheet, as zero-based (row, column).
    pub scientific: Vec<(u32, u32)>,
    /// Numbers whose format has letters that other programs take for days, likewise.
    pub worded: Vec<(u32, u32)>,
}

impl Sheet {
    /// The cell at a zero-based row and column.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        cell_of(self.rows.get(&row)?, column)
    }

    fn cell_mut(&mut self, row: u32, column: u32) -> Option<&mut Cell> {
        let cells = self.rows.get_mut(&row)?;
        cells.binary_search_by_key(&column, |(position, _)| *position).ok().map(|index| &mut cells[index].1)
    }

    /// Notes a merge, as far as a sheet goes.
    fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        let within = |(row, column): (u32, u32)| (row.min(MAX_ROWS - 1), column.min(MAX_COLUMNS - 1));
        let (first, last) = (within(first), within(last));
        self.merged.push((first.0, first.1, last.0, last.1));
    }

    fn insert(&mut self, row: u32, column: u32, cell: Cell) {
        let cells = self.rows.entry(row).or_default();
        match cells.last() {
            Some((last, _)) if *last >= column => {
                match cells.binary_search_by_key(&column, |(position, _)| *position) {
                    Ok(index) => cells[index].1 = cell,
                    Err(index) => cells.insert(index, (column, cell)),
                }
            }
            _ => cells.push((column, cell)),
        }
    }
}

/// The cell of a row at a zero-based column.
fn cell_of(cells: &[(u32, Cell)], column: u32) -> Option<&Cell> {
    cells.binary_search_by_key(&column, |(position, _)| *position).ok().map(|index| &cells[index].1)
}

/// What a workbook has taken of what it may: no file, however small, unfolds into all the memory.
#[derive(Default)]
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Takes room for cells, and for the bytes of their texts.
    fn take(&mut self, cells: usize, text: usize) -> Result<(), Diagnostic> {
        self.cells = self.cells.saturating_add(cells);
        self.text = self.text.saturating_add(text);
        if self.cells > MAX_CELLS {
            return Err(Self::full());
        }
        if self.text > MAX_TEXT {
            return Err(files::oversized_workbook("trop de texte", &format!("{} Mo", MAX_TEXT >> 20)));
        }
        Ok(())
    }

    /// The refusal of a workbook with more cells than anyone fills.
    fn full() -> Diagnostic {
        files::oversized_workbook("trop de cellules remplies", &format!("{MAX_CELLS} cellules"))
    }
}

/// Reads a workbook from its bytes. `file` is how the user names it; its ending chooses the format.
///
/// # Errors
///
/// One problem that says why the file cannot be read: damaged, encrypted, of another format, or larger than any
/// workbook that a person keeps.
pub fn read(bytes: &[u8], file: &str) -> Result<Workbook, Diagnostic> {
    match read_sheets(bytes) {
        Ok(sheets) => Ok(Workbook { file: file.to_owned(), sheets }),
        Err(diagnostic) => Err(diagnostic.at(Place::File(file.to_owned()))),
    }
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Diagnostic> {
    match kind(bytes) {
        Container::Zip => {
            let mut archive = Archive::open(bytes)?;
            if archive.is_opendocument() {
                return ods::read(&mut archive);
            }
            xlsx::read(bytes, &mut archive).or_else(|refused| {
                if refused.code != "classeur-illisible" {
                    return Err(refused);
                }
                // What other programs open is read from a copy with the usual parts.
                let copy = repair::plain_copy(&mut archive).map_err(|_| refused.clone())?;
                let again = Archive::open(&copy).map_err(Diagnostic::from);
                let again = again.and_then(|mut archive| xlsx::read(&copy, &mut archive));
                again.map_err(|_| refused)
            })
        }
        Container::Compound if is_encrypted_office(bytes) => Err(files::encrypted_workbook()),
        Container::Compound => Err(files::legacy_workbook("Excel 97-2003 (.xls)")),
        Container::Text => Err(files::legacy_workbook("texte (.csv)")),
        Container::Empty => Err(files::unreadable_workbook("le fichier est vide")),
        Container::Unknown => Err(files::unreadable_workbook("ce n’est pas un classeur")),
    }
}

impl From<Refusal> for Diagnostic {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unreadable(reason) => files::unreadable_workbook(&reason),
            Refusal::Oversized(what, most) => files::oversized_workbook(&what, &most),
            Refusal::Encrypted => files::encrypted_workbook(),
        }
    }
}

/// What a file is, by its first bytes: its name may lie.
enum Container {
    Zip,
    Compound,
    Text,
    Empty,
    Unknown,
}

fn kind(bytes: &[u8]) -> Container {
    if bytes.is_empty() {
        Container::Empty
    } else if bytes.starts_with(b"PK") {
        Container::Zip
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Container::Compound
    } else if bytes.iter().take(1024).all(|byte| *byte >= 0x20 || matches!(byte, b'\n' | b'\r' | b'\t')) {
        Container::Text
    } else {
        Container::Unknown
    }
}
