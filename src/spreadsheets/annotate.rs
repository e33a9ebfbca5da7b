//! Copies of workbooks with remarks on their cells: faulty cells are coloured and commented, everything else keeps its look.

use std::collections::BTreeMap;
use std::io::Cursor;

use rust_xlsxwriter::{Color, Format, Note};
use umya_spreadsheet::structs::Comment;

use super::{MAX_CELLS, Sheet, Workbook, read_sheets};
use crate::figures::column_letters;
use crate::wording::fold;

/// A remark on a cell.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The sheet, as it is declared.
    pub sheet: String,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// What to say.
    pub text: String,
    /// Whether it is an error, or only something to look at.
    pub is_error: bool,
}

/// Cells with errors are red, those to look at are yellow, in the tones that Excel itself uses.
const RED: &str = "FFFFC7CE";
const YELLOW: &str = "FFFFEB9C";
const AUTHOR: &str = "liasse";

/// The remarks of one cell: all of what they say, and whether one is an error.
type Remarks<'a> = BTreeMap<(&'a str, u32, u32), (String, bool)>;

fn by_cell(remarks: &[Remark]) -> Remarks<'_> {
    let mut cells: Remarks = BTreeMap::new();
    for remark in remarks {
        let (text, is_error) = cells.entry((&remark.sheet, remark.row, remark.column)).or_default();
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&remark.text);
        *is_error |= remark.is_error;
    }
    cells
}

/// A copy of an `.xlsx` workbook with remarks. Where its look cannot be kept without losing a value, its values are.
///
/// # Errors
///
/// The reason why the workbook cannot be copied.
pub fn annotate(bytes: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, String> {
    let sheets = read_sheets(bytes).map_err(|diagnostic| diagnostic.message)?;
    let is_whole = |copy: &Vec<u8>| read_sheets(copy).is_ok_and(|copied| hold_the_same(&sheets, &copied));
    match annotate_in_place(bytes, remarks).ok().filter(is_whole) {
        Some(copy) => Ok(copy),
        None => annotate_values(&Workbook { file: String::new(), sheets }, remarks),
    }
}

/// Whether each cell of the sheets shows the same in the copy.
fn hold_the_same(sheets: &[Sheet], copied: &[Sheet]) -> bool {
    let shows = |sheet: &Sheet| -> Vec<(u32, u32, String)> {
        let cells = sheet.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (*row, cell)));
        cells.map(|(row, (column, cell))| (row, *column, cell.value.display())).collect()
    };
    sheets.iter().all(|sheet| copied.iter().any(|copy| copy.name == sheet.name && shows(copy) == shows(sheet)))
}

/// A copy that keeps everything else, by a library that does not read every dialect.
fn annotate_in_place(bytes: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, String> {
    let mut book =
        umya_spreadsheet::reader::xlsx::read_reader(Cursor::new(bytes), true).map_err(|error| error.to_string())?;
    for ((sheet, row, column), (text, is_error)) in by_cell(remarks) {
        let wanted = fold(sheet);
        let Some(sheet) = book.sheet_collection_mut().iter_mut().find(|found| fold(found.name()) == wanted) else {
            continue;
        };
        let name = format!("{}{}", column_letters(column), row + 1);
        sheet.style_mut(name.as_str()).set_background_color(if is_error { RED } else { YELLOW });
        // A remark that a person made stays, below ours.
        let is_here = |comment: &Comment| {
            (comment.coordinate().row_num(), comment.coordinate().col_num()) == (row + 1, column + 1)
        };
        let own = sheet.comments().iter().find(|comment| is_here(comment)).map(words);
        sheet.comments_mut().retain(|comment| !is_here(comment));
        let mut comment = Comment::default();
        comment.new_comment(name.as_str());
        comment.set_author(AUTHOR);
        comment.set_text_string(match own.filter(|own| !own.is_empty()) {
            Some(own) => format!("{text}\n\n{own}"),
            None => text,
        });
        sheet.add_comments(comment);
    }
    let mut copy = Vec::new();
    umya_spreadsheet::writer::xlsx::write_writer(&book, &mut copy).map_err(|error| error.to_string())?;
    Ok(copy)
}

/// The words of a comment.
fn words(comment: &Comment) -> String {
    let rich = || comment.text().rich_text().map(|text| text.text().to_string());
    comment.text().text().map(|text| text.value().to_owned()).or_else(rich).unwrap_or_default()
}

/// A workbook's values with remarks, as `.xlsx`: for formats whose look cannot be kept.
///
/// # Errors
///
/// The reason why the workbook cannot be written.
pub fn annotate_values(workbook: &Workbook, remarks: &[Remark]) -> Result<Vec<u8>, String> {
    let written = || -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        let remarks = by_cell(remarks);
        let mut out = rust_xlsxwriter::Workbook::new();
        for sheet in &workbook.sheets {
            let page = out.add_worksheet();
            page.set_name(&sheet.name)?.set_freeze_panes(1, 0)?;
            let cells =
                sheet.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |(column, cell)| (row, column, cell)));
            for (row, column, cell) in cells.take(MAX_CELLS) {
                let Ok(column) = u16::try_from(*column) else { continue };
                page.write_string(*row, column, cell.value.display())?;
            }
            let wanted = fold(&sheet.name);
            for ((_, row, column), (text, is_error)) in remarks.iter().filter(|((name, ..), _)| fold(name) == wanted) {
                let Ok(column_number) = u16::try_from(*column) else { continue };
                let colour = if *is_error { 0xff_c7ce } else { 0xff_eb9c };
                let format = Format::new().set_background_color(Color::RGB(colour));
                let value = sheet.cell(*row, *column).map(|cell| cell.value.display()).unwrap_or_default();
                page.write_string_with_format(*row, column_number, value, &format)?;
                page.insert_note(*row, column_number, &Note::new(text).set_author(AUTHOR).set_width(320))?;
            }
        }
        out.save_to_buffer()
    };
    written().map_err(|error| error.to_string())
}
