//! `.xlsx`: cells by calamine, one by one; by a pass of our own what it leaves out: percentages, hidden rows, merges, the
//! errors of newer programs.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Style, Xlsx, XlsxError, XlsxFormulaMetadata};
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;

use super::cell::iso_date;
use super::{Cell, MAX_COLUMNS, MAX_ROWS, Room, Sheet, Value, furniture};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;
use crate::packages::{Archive, Piece, Text, Xml, attribute, damaged, is_true};

/// Reads every sheet.
pub(super) fn read(bytes: &[u8], archive: &mut Archive) -> Result<Vec<Sheet>, Diagnostic> {
    if archive.has("xl/workbook.bin") && !archive.has("xl/workbook.xml") {
        return Err(files::legacy_workbook("Excel binaire (.xlsb)"));
    }
    if archive.is_ambiguous() {
        return Err(damaged().into());
    }
    let document = Document::of(archive)?;
    document.check_shared_strings(archive)?;
    let (mut outlines, mut room) = (Vec::new(), Room::default());
    for (name, path) in document.sheet_paths(archive)? {
        outlines.push((name, Outline::read(archive, &path, &mut room)?));
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let is_sheet = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_sheet).map(|sheet| sheet.name.clone()).collect();
    let mut room = Room::default();
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        // Only what the outline found harmless is given to calamine.
        let position = outlines.iter().position(|(known, _)| *known == name).ok_or_else(damaged)?;
        let outline = outlines.swap_remove(position).1;
        let mut sheet = Sheet { name, ..Sheet::default() };
        let looks = read_cells(&mut workbook, &mut sheet, &mut room)?;
        outline.complete(&mut sheet, &looks, workbook.has_1904_epoch());
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Reads the cells of a sheet; for each style how it shows a number.
fn read_cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet, room: &mut Room) -> Result<Vec<Look>, Diagnostic> {
    let epoch_1904 = workbook.has_1904_epoch();
    let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|error| refusal(&error))?;
    let looks = reader.styles().iter().map(Look::of).collect();
    let mut shared: BTreeMap<usize, String> = BTreeMap::new();
    loop {
        let cell = match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(looks),
            // An error that calamine has no name for: the outline has it.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(refusal(&error)),
        };
        let formula = cell.formula.map(|formula| match formula {
            XlsxFormulaMetadata::Normal { formula } => formula,
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                shared.insert(shared_index, formula.clone());
                formula
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                shared.get(&shared_index).cloned().unwrap_or_default()
            }
            _ => String::new(),
        });
        let ((row, column), cell) = (cell.pos, Cell { value: value(cell.value, epoch_1904), formula });
        if cell.formula.is_some() || cell.value != Value::Empty {
            room.take(1, cell.text_len())?;
            sheet.insert(row, column, cell);
        }
    }
}

/// A cell's value.
fn value(data: DataRef<'_>, epoch_1904: bool) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's integers are floats in the file")]
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Number(number as f64),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) => Value::Text(text),
        DataRef::SharedString(text) => Value::Text(text.to_owned()),
        DataRef::Bool(boolean) => Value::Boolean(boolean),
        DataRef::DateTime(date) => Value::from_serial(date.as_f64(), epoch_1904 && !date.is_duration()),
        DataRef::DateTimeIso(text) => iso_date(&text),
        DataRef::DurationIso(text) => Value::Text(text),
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

/// How a style shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    /// `0%`, `0.00\ %`; not where the sign stands between quotes.
    Percentage,
    /// A power of ten.
    Scientific,
    /// Letters beside digits, which calamine takes for days and hours: `0 mois`.
    Worded,
}

impl Look {
    fn of(style: &Style) -> Self {
        let Some(format) = &style.number_format else { return Self::Plain };
        let code = &format.format_code;
        let positive = code.split(';').next().unwrap_or_default();
        if positive.split('"').step_by(2).any(|shown| shown.contains('%')) {
            Self::Percentage
        } else if furniture::is_scientific(code) {
            Self::Scientific
        } else if furniture::is_date_format(code) {
            Self::Plain
        } else {
            Self::Worded
        }
    }
}

fn refusal(error: &XlsxError) -> Diagnostic {
    match error {
        XlsxError::Password => files::encrypted_workbook(),
        _ => damaged().into(),
    }
}

/// Where a workbook's parts are, found the way calamine finds them: what is checked here is what it reads then.
struct Document {
    /// The folder, with its slash.
    folder: String,
    /// The name of the part that lists the sheets.
    name: String,
}

impl Document {
    fn of(archive: &mut Archive) -> Result<Self, Diagnostic> {
        let mut target = String::new();
        Xml::new(archive.part("_rels/.rels")?).each(|element| {
            if element.local_name().as_ref() == "Relationship"
                && attribute(element, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
                && let Some(found) = attribute(element, "Target")
            {
                target = found;
            }
        })?;
        let (folder, name) = target.split_at(target.rfind('/').map_or(0, |slash| slash + 1));
        Ok(Self { folder: folder.strip_prefix('/').unwrap_or(folder).to_owned(), name: name.to_owned() })
    }

    /// Refuses a shared-string table with more texts than cells may have, and one that announces more than its bytes can
    /// hold: calamine reserves memory on the word of its first element.
    fn check_shared_strings(&self, archive: &mut Archive) -> Result<(), Diagnostic> {
        let Some(part) = archive.find(&format!("{}sharedStrings.xml", self.folder)) else { return Ok(()) };
        let most = archive.size(part) / 4 + 16;
        let (mut announced, mut texts) = (0, 0);
        Xml::new(archive.open_part(part)?).each(|element| match element.local_name().as_ref() {
            "sst" => {
                let count = attribute(element, "uniqueCount").and_then(|count| count.parse::<u64>().ok());
                announced = announced.max(count.unwrap_or(0));
            }
            "si" => texts += 1,
            _ => {}
        })?;
        Room::default().take(texts, 0)?;
        if announced > most {
            return Err(files::unreadable_workbook("il annonce plus de textes qu’il n’en contient"));
        }
        Ok(())
    }

    /// The part of each sheet, by the sheet's name.
    fn sheet_paths(&self, archive: &mut Archive) -> Result<Vec<(String, String)>, Diagnostic> {
        let mut targets: HashMap<String, String> = HashMap::new();
        Xml::new(archive.part(&format!("{}_rels/{}.rels", self.folder, self.name))?).each(|element| {
            if element.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (raw(element, "Id"), raw(element, "Target"))
            {
                let path =
                    target.strip_prefix('/').map_or_else(|| format!("{}{target}", self.folder), ToOwned::to_owned);
                targets.insert(id, path);
            }
        })?;
        let mut paths = Vec::new();
        Xml::new(archive.part(&format!("{}{}", self.folder, self.name))?).each(|element| {
            if element.local_name().as_ref() == "sheet"
                && let (Some(name), Some(id)) = (attribute(element, "name"), raw(element, "id"))
                && let Some(path) = targets.get(&id)
            {
                paths.push((name, path.clone()));
            }
        })?;
        Ok(paths)
    }
}

/// The last value of an attribute, by its local name and as it stands in the file.
fn raw(element: &BytesStart, name: &str) -> Option<String> {
    let is_named = |attribute: &Attribute| attribute.key.local_name().as_ref() == name;
    let last = element.attributes().with_checks(false).flatten().filter(is_named).last();
    last.map(|attribute| attribute.value.into_owned())
}

/// What calamine leaves out of a sheet. Reading it checks every place and index first: calamine counts with them, and
/// would stop the program on one that no spreadsheet has.
#[derive(Default)]
struct Outline {
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<((u32, u32), (u32, u32))>,
    /// Numbers with a style of their own: row, column, style.
    styled: Vec<(u32, u32, usize)>,
    /// Errors, named or not.
    errors: Vec<(u32, u32, String)>,
    /// The open row, from 1.
    row: u32,
    /// Where the next cell stands when it does not say so, from 0.
    column: u32,
    /// The cell whose error is being read.
    error: Option<(u32, u32)>,
    /// The style of the open cell, where it may be that of a number.
    style: Option<(u32, u32, usize)>,
}

impl Outline {
    fn read(archive: &mut Archive, path: &str, room: &mut Room) -> Result<Self, Diagnostic> {
        let mut outline = Self::default();
        let mut xml = Xml::new(archive.part(path)?);
        loop {
            match xml.next()? {
                Piece::Open(element) => outline.open(&element, room)?,
                Piece::Text(text) => outline.text(text, room)?,
                Piece::Close(_) | Piece::Other => {}
                Piece::End => return Ok(outline),
            }
        }
    }

    fn open(&mut self, element: &BytesStart, room: &mut Room) -> Result<(), Diagnostic> {
        match element.local_name().as_ref() {
            "dimension" => check_range(&attribute(element, "ref").unwrap_or_default())?,
            "row" => {
                self.row = match attribute(element, "r") {
                    Some(row) => row.parse().map_err(|_| damaged())?,
                    None => self.row + 1,
                };
                if !(1..=MAX_ROWS).contains(&self.row) {
                    return Err(damaged().into());
                }
                self.column = 0;
                if is_true(element, "hidden") {
                    room.take(1, 0)?;
                    self.hidden_rows.push(self.row - 1);
                }
            }
            "c" => self.cell(element)?,
            "v" => {
                if let Some(styled) = self.style.take() {
                    room.take(1, 0)?;
                    self.styled.push(styled);
                }
            }
            "f" => {
                let index = attribute(element, "si").map_or(Ok(0), |index| index.parse::<u32>());
                if index.map_or(true, |index| index > MAX_ROWS) {
                    return Err(damaged().into());
                }
                attribute(element, "ref").map_or(Ok(()), |range| check_range(&range))?;
            }
            "col" if is_true(element, "hidden") => {
                let bound = |name| attribute(element, name).and_then(|number| number.parse::<u32>().ok());
                if let (Some(first), Some(last)) = (bound("min"), bound("max")) {
                    room.take(1, 0)?;
                    self.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                }
            }
            "mergeCell" => {
                room.take(1, 0)?;
                self.merged.extend(attribute(element, "ref").as_deref().and_then(parse_range));
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, element: &BytesStart) -> Result<(), Diagnostic> {
        let (mut place, mut style, mut kind) = ((self.row.saturating_sub(1), self.column), 0, String::new());
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => place = parse_cell(&attribute.value).ok_or_else(damaged)?,
                "s" => style = attribute.value.parse().unwrap_or(0),
                "t" => kind = attribute.value.into_owned(),
                _ => {}
            }
        }
        if !is_within(place) {
            return Err(damaged().into());
        }
        self.column = place.1 + 1;
        self.error = (kind == "e").then_some(place);
        self.style = (style > 0 && matches!(kind.as_str(), "" | "n")).then_some((place.0, place.1, style));
        Ok(())
    }

    fn text(&mut self, text: Text, room: &mut Room) -> Result<(), Diagnostic> {
        if let Some((row, column)) = self.error {
            let text = text.read()?;
            if text.starts_with('#') {
                room.take(1, text.len())?;
                self.errors.push((row, column, text.into_owned()));
            }
        }
        Ok(())
    }

    /// Puts what calamine left out into a sheet.
    fn complete(self, sheet: &mut Sheet, looks: &[Look], epoch_1904: bool) {
        for (row, column, error) in self.errors {
            if sheet.cell(row, column).is_none() {
                sheet.insert(row, column, Cell { value: Value::Error(error), formula: None });
            }
        }
        for (row, column, style) in self.styled {
            let Some(look) = looks.get(style).filter(|look| **look != Look::Plain) else { continue };
            let Some(Cell { value, .. }) = sheet.cell_mut(row, column) else { continue };
            match (look, &*value) {
                (Look::Percentage, Value::Number(number)) => *value = Value::Percentage(*number),
                (Look::Scientific, Value::Number(_)) => sheet.scientific.push((row, column)),
                (Look::Worded, Value::Date(_) | Value::Time(_)) => {
                    *value = value.as_number(epoch_1904);
                    sheet.worded.push((row, column));
                }
                _ => {}
            }
        }
        sheet.hidden_rows = self.hidden_rows.into_iter().filter(|row| sheet.rows.contains_key(row)).collect();
        sheet.hidden_columns = self.hidden_columns;
        self.merged.into_iter().for_each(|(first, last)| sheet.merge(first, last));
    }
}

/// Refuses a range that is none, or whose last cell stands before its first.
fn check_range(range: &str) -> Result<(), Diagnostic> {
    let (first, last) = parse_range(range).ok_or_else(damaged)?;
    let is_range = is_within(last) && first.0 <= last.0 && first.1 <= last.1;
    if is_range { Ok(()) } else { Err(damaged().into()) }
}

/// Whether a cell is one that a spreadsheet has.
fn is_within((row, column): (u32, u32)) -> bool {
    row < MAX_ROWS && column < MAX_COLUMNS
}

/// Reads `A1:B2`, or `A1` alone, as zero-based (row, column) of the first and of the last cell.
fn parse_range(range: &str) -> Option<((u32, u32), (u32, u32))> {
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some((parse_cell(first)?, parse_cell(last)?))
}

/// Reads `B7` as zero-based (row, column).
pub(super) fn parse_cell(cell: &str) -> Option<(u32, u32)> {
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
    fn cells_by_their_names() {
        assert_eq!(parse_cell("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(parse_range("A1:b2"), Some(((0, 0), (1, 1))));
        assert_eq!([parse_cell("7"), parse_cell("B"), parse_cell("B0"), parse_cell("É1")], [None; 4]);
    }
}
