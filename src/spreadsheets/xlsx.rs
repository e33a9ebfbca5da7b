//! `.xlsx`: a sparse reader of our own, one pass over each sheet.
//!
//! A cell's number format says whether its number is a day, an hour or a share. What the file announces (counts,
//! dimensions, the indexes of shared formulas) is never believed.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::cell::iso_date;
use super::formats::{self, Shown};
use super::xml::{Piece, Xml, attribute, damaged, is_true};
use super::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room, Sheet, Value};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;

/// Reads every sheet.
pub(super) fn read(archive: &mut Archive) -> Result<Vec<Sheet>, Diagnostic> {
    let path = workbook_path(archive)?;
    if path.ends_with(".bin") || archive.has("xl/workbook.bin") {
        return Err(files::legacy_workbook("Excel binaire (.xlsb)"));
    }
    if !archive.has(&path) {
        return Err(files::unreadable_workbook("ce n’est pas un classeur"));
    }
    let relations = Relation::read(archive, &path)?;
    let mut room = Room::default();
    let book = Book {
        epoch_1904: is_1904(archive, &path)?,
        strings: strings(archive, &relations, &mut room)?,
        styles: styles(archive, &relations)?,
    };
    let mut sheets = Vec::new();
    for (name, path) in sheet_paths(archive, &path, &relations)? {
        sheets.push(read_sheet(archive, &path, name, &book, &mut room)?);
    }
    Ok(sheets)
}

/// What the cells of every sheet refer to.
struct Book {
    epoch_1904: bool,
    strings: Vec<String>,
    /// What each style of cell shows a number as.
    styles: Vec<Shown>,
}

/// A link from one part to another.
struct Relation {
    id: String,
    kind: String,
    path: String,
}

impl Relation {
    /// The links of a part; of the whole file when the part is nothing.
    fn read(archive: &mut Archive, part: &str) -> Result<Vec<Self>, Diagnostic> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let from = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let mut relations = Vec::new();
        let Some(part) = archive.find(&from(&format!("_rels/{name}.rels"))) else { return Ok(relations) };
        Xml::new(archive.open_part(part)?).each(|element| {
            if element.local_name().as_ref() == "Relationship" {
                let text = |name| attribute(element, name).unwrap_or_default();
                let target = text("Target");
                let path = target.strip_prefix('/').map_or_else(|| from(&target), ToOwned::to_owned);
                relations.push(Self { id: text("Id"), kind: text("Type"), path });
            }
        })?;
        Ok(relations)
    }

    /// Whether the link is of this kind, by the last word of its address: the strict variant has another host.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The part that names the sheets.
fn workbook_path(archive: &mut Archive) -> Result<String, Diagnostic> {
    let relations = Relation::read(archive, "")?;
    let named = relations.into_iter().find(|relation| relation.is("officeDocument")).map(|relation| relation.path);
    Ok(named.unwrap_or_else(|| "xl/workbook.xml".to_owned()))
}

fn is_1904(archive: &mut Archive, workbook: &str) -> Result<bool, Diagnostic> {
    let mut epoch_1904 = false;
    Xml::new(archive.part(workbook)?).each(|element| {
        epoch_1904 |= element.local_name().as_ref() == "workbookPr" && is_true(element, "date1904");
    })?;
    Ok(epoch_1904)
}

/// The name and the part of each sheet of cells, in the order of the tabs.
fn sheet_paths(
    archive: &mut Archive,
    workbook: &str,
    relations: &[Relation],
) -> Result<Vec<(String, String)>, Diagnostic> {
    let mut sheets = Vec::new();
    Xml::new(archive.part(workbook)?).each(|element| {
        if element.local_name().as_ref() == "sheet"
            && let Some(id) = attribute(element, "id")
        {
            sheets.push((attribute(element, "name").unwrap_or_default(), id));
        }
    })?;
    let mut paths = Vec::new();
    for (name, id) in sheets {
        let relation = relations.iter().find(|relation| relation.id == id).ok_or_else(damaged)?;
        if relation.is("worksheet") {
            paths.push((name, relation.path.clone()));
        }
    }
    Ok(paths)
}

/// The texts that cells share; where one is spoken, its reading is left out.
fn strings(archive: &mut Archive, relations: &[Relation], room: &mut Room) -> Result<Vec<String>, Diagnostic> {
    let mut strings: Vec<String> = Vec::new();
    let Some(part) = part_of(archive, relations, "sharedStrings") else { return Ok(strings) };
    let mut xml = Xml::new(archive.open_part(part)?);
    let (mut in_text, mut spoken) = (false, false);
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "si" if strings.len() == MAX_CELLS => return Err(Room::full()),
                "si" => strings.push(String::new()),
                "rPh" => spoken = true,
                "t" => in_text = !spoken,
                _ => {}
            },
            Piece::Close(element) => match element.local_name().as_ref() {
                "si" => {
                    let text = strings.last_mut().ok_or_else(damaged)?;
                    *text = unescaped(text);
                    room.take(0, text.len())?;
                }
                "rPh" => spoken = false,
                "t" => in_text = false,
                _ => {}
            },
            Piece::Text(text) if in_text => strings.last_mut().ok_or_else(damaged)?.push_str(&text),
            Piece::End => return Ok(strings),
            Piece::Text(_) | Piece::Other => {}
        }
    }
}

/// What each style of cell shows a number as.
fn styles(archive: &mut Archive, relations: &[Relation]) -> Result<Vec<Shown>, Diagnostic> {
    let mut styles = Vec::new();
    let Some(part) = part_of(archive, relations, "styles") else { return Ok(styles) };
    let mut xml = Xml::new(archive.open_part(part)?);
    let mut customs: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut in_cells = false;
    let id = |element: &BytesStart| attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&element, "formatCode").unwrap_or_default();
                    customs.insert(id(&element), formats::custom(&code));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = id(&element);
                    styles.push(customs.get(&id).copied().unwrap_or_else(|| formats::builtin(id)));
                }
                _ => {}
            },
            Piece::Close(element) if element.local_name().as_ref() == "cellXfs" => in_cells = false,
            Piece::End => return Ok(styles),
            _ => {}
        }
    }
}

fn part_of(archive: &Archive, relations: &[Relation], kind: &str) -> Option<usize> {
    let relation = relations.iter().find(|relation| relation.is(kind))?;
    archive.find(&relation.path)
}

fn read_sheet(
    archive: &mut Archive,
    path: &str,
    name: String,
    book: &Book,
    room: &mut Room,
) -> Result<Sheet, Diagnostic> {
    let mut xml = Xml::new(archive.part(path)?);
    let mut reader = SheetReader {
        book,
        room,
        sheet: Sheet { name, ..Sheet::default() },
        row: 0,
        row_hidden: false,
        column: 0,
        cell: None,
        target: Target::Nothing,
        spoken: false,
        shared: BTreeMap::new(),
    };
    loop {
        match xml.next()? {
            Piece::Open(element) => reader.open(&element)?,
            Piece::Close(element) => reader.close(element.local_name().as_ref())?,
            Piece::Text(text) => reader.text(&text),
            Piece::Other => {}
            Piece::End => return Ok(reader.sheet),
        }
    }
}

/// Where the reader of a sheet is.
struct SheetReader<'a> {
    book: &'a Book,
    room: &'a mut Room,
    sheet: Sheet,
    /// The open row, from 1.
    row: u32,
    row_hidden: bool,
    /// Where the next cell stands when it does not say so, from 0.
    column: u32,
    cell: Option<OpenCell>,
    target: Target,
    /// Whether the text is how a word is spoken.
    spoken: bool,
    /// The formulas that several cells share, by their index.
    shared: BTreeMap<String, String>,
}

/// What the text that comes belongs to.
enum Target {
    Nothing,
    Value,
    Formula,
}

#[derive(Default)]
struct OpenCell {
    row: u32,
    column: u32,
    kind: String,
    style: Option<usize>,
    /// None where there is no element for it; a text may be empty.
    value: Option<String>,
    formula: Option<String>,
    /// The index of a shared formula.
    shared: Option<String>,
}

impl SheetReader<'_> {
    fn open(&mut self, element: &BytesStart) -> Result<(), Diagnostic> {
        match (element.local_name().as_ref(), &mut self.cell) {
            ("row", None) => self.open_row(element)?,
            ("c", None) => self.open_cell(element)?,
            ("v", Some(cell)) => {
                cell.value.get_or_insert_default();
                self.target = Target::Value;
            }
            ("rPh", Some(_)) => self.spoken = true,
            ("t", Some(cell)) if !self.spoken => {
                cell.value.get_or_insert_default();
                self.target = Target::Value;
            }
            ("f", Some(cell)) => {
                cell.formula = Some(String::new());
                cell.shared = attribute(element, "si");
                self.target = Target::Formula;
            }
            ("col", None) if is_true(element, "hidden") => {
                let bound = |name| attribute(element, name).and_then(|number| number.parse::<u32>().ok());
                if let (Some(first), Some(last)) = (bound("min"), bound("max")) {
                    self.sheet.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                }
            }
            ("mergeCell", None) => {
                if let Some((first, last)) = attribute(element, "ref").as_deref().and_then(parse_range) {
                    self.sheet.merge(first, last);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, element: &BytesStart) -> Result<(), Diagnostic> {
        self.row = match attribute(element, "r") {
            Some(number) => number.parse().map_err(|_| damaged())?,
            None => self.row + 1,
        };
        if !(1..=MAX_ROWS).contains(&self.row) {
            return Err(damaged());
        }
        self.row_hidden = is_true(element, "hidden");
        self.column = 0;
        Ok(())
    }

    fn open_cell(&mut self, element: &BytesStart) -> Result<(), Diagnostic> {
        let mut cell = OpenCell { row: self.row.saturating_sub(1), column: self.column, ..OpenCell::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => (cell.row, cell.column) = parse_cell(&attribute.value).ok_or_else(damaged)?,
                "t" => cell.kind = attribute.value.into_owned(),
                "s" => cell.style = attribute.value.parse().ok(),
                _ => {}
            }
        }
        if cell.row >= MAX_ROWS || cell.column >= MAX_COLUMNS {
            return Err(damaged());
        }
        self.column = cell.column + 1;
        self.cell = Some(cell);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match (&self.target, &mut self.cell) {
            (Target::Value, Some(OpenCell { value: Some(value), .. })) => value.push_str(text),
            (Target::Formula, Some(OpenCell { formula: Some(formula), .. })) => formula.push_str(text),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Diagnostic> {
        match name {
            "v" | "t" | "f" => self.target = Target::Nothing,
            "rPh" => self.spoken = false,
            "c" => {
                if let Some(cell) = self.cell.take() {
                    self.finish(cell)?;
                }
            }
            "row" if self.row_hidden && self.sheet.rows.contains_key(&(self.row - 1)) => {
                self.sheet.hidden_rows.push(self.row - 1);
            }
            _ => {}
        }
        Ok(())
    }

    /// Puts a cell into the sheet; an empty one, however styled, is none.
    fn finish(&mut self, cell: OpenCell) -> Result<(), Diagnostic> {
        let formula = match (cell.formula, cell.shared) {
            (Some(formula), Some(index)) if formula.is_empty() => {
                Some(self.shared.get(&index).cloned().unwrap_or_default())
            }
            (Some(formula), Some(index)) => {
                self.shared.insert(index, formula.clone());
                Some(formula)
            }
            (formula, _) => formula,
        };
        let shown = cell.style.and_then(|style| self.book.styles.get(style)).copied().unwrap_or(Shown::Number);
        let value = match cell.value {
            Some(value) => self.book.value(&cell.kind, value, shown)?,
            None => Value::Empty,
        };
        let blank = match &value {
            Value::Empty => true,
            Value::Text(text) => text.is_empty(),
            _ => false,
        };
        if blank && formula.is_none() {
            return Ok(());
        }
        let (row, column, cell) = (cell.row, cell.column, Cell { value, formula });
        self.room.take(1, cell.text_len())?;
        self.sheet.insert(row, column, cell);
        Ok(())
    }
}

impl Book {
    /// A cell's value from what stands in its `v` or `is`.
    fn value(&self, kind: &str, text: String, shown: Shown) -> Result<Value, Diagnostic> {
        Ok(match kind {
            "s" => {
                let index: usize = text.trim().parse().map_err(|_| damaged())?;
                Value::Text(self.strings.get(index).ok_or_else(damaged)?.clone())
            }
            "str" | "inlineStr" => Value::Text(unescaped(&text)),
            _ if text.trim().is_empty() => Value::Empty,
            "b" => Value::Boolean(matches!(text.trim(), "1" | "true")),
            "e" => Value::Error(text),
            "d" => iso_date(&text),
            "n" | "" => match text.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => self.number(number, shown),
                None => Value::Text(text),
            },
            _ => return Err(damaged()),
        })
    }

    fn number(&self, number: f64, shown: Shown) -> Value {
        match shown {
            Shown::Number => Value::Number(number),
            Shown::Percentage => Value::Percentage(number),
            Shown::Date => Value::from_serial(number, self.epoch_1904),
            Shown::Duration => Value::from_serial(number, false),
        }
    }
}

/// Puts back the characters that XML does not allow, which are written `_x000D_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let written = rest.get(start..start + 7).filter(|written| written.ends_with('_'));
        let code = written.and_then(|written| u32::from_str_radix(&written[2..6], 16).ok());
        let (character, length) = code.and_then(char::from_u32).map_or(('_', 1), |character| (character, 7));
        plain.push_str(&rest[..start]);
        plain.push(character);
        rest = &rest[start + length..];
    }
    plain.push_str(rest);
    plain
}

/// Reads `A1:B2`, or `A1` alone, as zero-based (row, column) of the first and of the last cell.
fn parse_range(range: &str) -> Option<((u32, u32), (u32, u32))> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some((parse_cell(first)?, parse_cell(last)?))
}

/// Reads `B7` as zero-based (row, column).
fn parse_cell(cell: &str) -> Option<(u32, u32)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let column = cell[..digits].bytes().try_fold(0_u32, |sum, letter| {
        letter.is_ascii_alphabetic().then(|| {
            let letter = u32::from(letter.to_ascii_uppercase() - b'A');
            sum.saturating_mul(26).saturating_add(letter + 1)
        })
    })?;
    Some((cell[digits..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_does_not_allow_come_back() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("le_x, le _x12_ et _xé000_x"), "le_x, le _x12_ et _xé000_x");
    }

    #[test]
    fn cells_by_their_names() {
        assert_eq!(parse_cell("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(parse_range("A1:b2"), Some(((0, 0), (1, 1))));
        assert_eq!([parse_cell("7"), parse_cell("B"), parse_cell("B0"), parse_cell("É1")], [None; 4]);
    }
}
