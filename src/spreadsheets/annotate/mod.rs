//! Copies of workbooks with remarks on their cells: faulty cells are coloured and commented, everything else keeps its look.

mod cells;
mod comments;
mod styles;

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, Note};

use self::styles::Styles;
use super::{MAX_CELLS, Sheet, Workbook, read_sheets};
use crate::packages::{Package, Refusal, attribute, damaged, walk};
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

/// A copy that keeps everything else: only styles, the cells of remarks and their comments are patched.
fn annotate_in_place(bytes: &[u8], remarks: &[Remark]) -> Result<Vec<u8>, String> {
    patch(bytes, remarks).map_err(|refusal| format!("{refusal:?}"))?.finish()
}

fn patch<'a>(bytes: &'a [u8], remarks: &[Remark]) -> Result<Package<'a>, Refusal> {
    let mut package = Package::over(bytes)?;
    let mut book = Book::of(&mut package)?;
    let mut styles = Styles::read(&mut package, &book)?;
    let remarks = by_cell(remarks);
    for (number, (name, part)) in (1..).zip(std::mem::take(&mut book.sheets)) {
        let wanted = fold(&name);
        let here: Cells = remarks
            .iter()
            .filter(|((sheet, ..), _)| fold(sheet) == wanted)
            .map(|((_, row, column), (text, is_error))| ((*row, *column), (text.as_str(), *is_error)))
            .collect();
        if here.is_empty() {
            continue;
        }
        let text = package.text(&part)?;
        let sheet = cells::patch(&text, &here, &mut styles)?;
        let notes = comments::Notes { part: &part, number, kinds: &book.kinds, cells: &here };
        let drawing = notes.add(&mut package, sheet.drawing.as_deref())?;
        let drawing = drawing.as_deref().map(|id| (book.kinds.as_str(), id));
        package.set(&part, sheet.with_drawing(drawing)?);
    }
    styles.write(&mut package)?;
    Ok(package)
}

/// The cells of a sheet that have remarks, from 0 by row and column: what to say, and whether it is an error.
type Cells<'a> = BTreeMap<(u32, u32), (&'a str, bool)>;

/// Where the parts of a workbook are.
struct Book {
    /// The part that lists the sheets.
    part: String,
    /// What the addresses of its relations begin with: there are two dialects.
    kinds: String,
    /// Each sheet's name and part.
    sheets: Vec<(String, String)>,
}

impl Book {
    fn of(package: &mut Package) -> Result<Self, Refusal> {
        const KIND: &str = "/officeDocument";
        let root = package.relations("")?.into_iter().find(|relation| relation.kind.ends_with(KIND));
        let root = root.ok_or_else(damaged)?;
        let kinds = root.kind.trim_end_matches(&KIND[1..]).to_owned();
        let relations = package.relations(&root.target)?;
        let mut sheets = Vec::new();
        walk(&package.text(&root.target)?, |step| {
            let Some(element) = step.open.filter(|_| step.name == "sheet") else { return };
            let id = attribute(element, "id").unwrap_or_default();
            let relation = relations.iter().find(|relation| relation.id == id && relation.kind.ends_with("/worksheet"));
            if let (Some(name), Some(relation)) = (attribute(element, "name"), relation) {
                sheets.push((name, relation.target.clone()));
            }
        })?;
        Ok(Self { part: root.target, kinds, sheets })
    }

    /// The folder of the workbook's parts, with its slash.
    fn folder(&self) -> &str {
        &self.part[..self.part.rfind('/').map_or(0, |slash| slash + 1)]
    }
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
