//! `.xlsx`: cells by calamine, one by one; hidden rows and merges by a pass of our own.

use std::io::{BufReader, Cursor};

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::{Cell, MAX_CELLS, Sheet, Value};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;

/// Reads every sheet.
pub(super) fn read(bytes: &[u8], archive: &mut Archive) -> Result<Vec<Sheet>, Diagnostic> {
    if archive.has("xl/workbook.bin") {
        return Err(files::legacy_workbook("Excel binaire (.xlsb)"));
    }
    check_shared_strings(archive)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let epoch_1904 = workbook.has_1904_epoch();
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let paths = sheet_paths(archive);
    let mut sheets = Vec::with_capacity(names.len());
    let mut count = 0;
    for name in names {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|error| refusal(&error))?;
        while let Some(cell) = reader.next_cell_with_formula().map_err(|error| refusal(&error))? {
            let formula = cell.formula;
            let Some(value) = value(cell.value, epoch_1904).or(formula.as_ref().map(|_| Value::Empty)) else {
                continue;
            };
            count += 1;
            if count > MAX_CELLS {
                return Err(files::oversized_workbook("trop de cellules remplies", &format!("{MAX_CELLS} cellules")));
            }
            let (row, column) = cell.pos;
            sheet.insert(row, column, Cell { value, formula });
        }
        if let Some((_, path)) = paths.iter().find(|(known, _)| *known == name) {
            read_layout(archive, path, &mut sheet)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// A cell's value; an empty cell, however styled, has none.
fn value(data: DataRef<'_>, epoch_1904: bool) -> Option<Value> {
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's integers are floats in the file")]
    let value = match data {
        DataRef::Empty => return None,
        DataRef::Int(number) => Value::Number(number as f64),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) => text_value(&text)?,
        DataRef::SharedString(text) => text_value(text)?,
        DataRef::Bool(boolean) => Value::Boolean(boolean),
        DataRef::DateTime(date) => Value::from_serial(date.as_f64(), epoch_1904 && !date.is_duration()),
        DataRef::DateTimeIso(text) => iso_date(&text),
        DataRef::DurationIso(text) => Value::Text(text),
        DataRef::Error(error) => Value::Error(error.to_string()),
    };
    Some(value)
}

fn text_value(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}

/// A date as ISO 8601 writes it, which some programs store.
pub(super) fn iso_date(text: &str) -> Value {
    let bare = text.trim_end_matches('Z');
    for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(date) = chrono::NaiveDateTime::parse_from_str(bare, format) {
            return Value::Date(date);
        }
    }
    match chrono::NaiveDate::parse_from_str(bare, "%Y-%m-%d") {
        Ok(date) => Value::Date(date.and_time(chrono::NaiveTime::MIN)),
        Err(_) => Value::Text(text.to_owned()),
    }
}

fn refusal(error: &XlsxError) -> Diagnostic {
    match error {
        XlsxError::Password => files::encrypted_workbook(),
        _ => files::unreadable_workbook("son contenu est incomplet ou endommagé"),
    }
}

/// Refuses a shared-string table that announces more strings than its bytes can hold: memory is reserved on its word.
fn check_shared_strings(archive: &mut Archive) -> Result<(), Diagnostic> {
    let name = "xl/sharedStrings.xml";
    if !archive.has(name) {
        return Ok(());
    }
    let text = archive.text(name);
    let start = text.find("<sst").or_else(|| text.find(":sst")).unwrap_or(0);
    let tag = &text[start..text[start..].find('>').map_or(text.len(), |end| start + end)];
    for attribute in ["uniqueCount", "count"] {
        let announced = tag
            .split(attribute)
            .nth(1)
            .and_then(|rest| rest.split(['"', '\'']).nth(1))
            .and_then(|number| number.parse::<u64>().ok());
        if attribute == "uniqueCount" && announced.is_some_and(|announced| announced > text.len() as u64 / 4 + 16) {
            return Err(files::unreadable_workbook("il annonce plus de textes qu’il n’en contient"));
        }
    }
    Ok(())
}

/// The part of each sheet, by the sheet's name.
fn sheet_paths(archive: &mut Archive) -> Vec<(String, String)> {
    let relations = archive.text("xl/_rels/workbook.xml.rels");
    let mut targets = Vec::new();
    each_element(relations.as_bytes(), |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), ToOwned::to_owned);
            targets.push((id, path));
        }
    });
    let workbook = archive.text("xl/workbook.xml");
    let mut paths = Vec::new();
    each_element(workbook.as_bytes(), |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some((_, path)) = targets.iter().find(|(known, _)| *known == id)
        {
            paths.push((name, path.clone()));
        }
    });
    paths
}

/// Calls back on every start of an element, until the end or the first fault: calamine has judged the file already.
fn each_element(xml: &[u8], mut visit: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(element) | Event::Empty(element) => visit(&element),
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
}

/// The unescaped value of an attribute, by its local name.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let matches = attribute.key.local_name().as_ref() == name;
        matches.then(|| {
            quick_xml::escape::unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
        })
    })
}

/// Reads hidden rows, hidden columns and merges of one sheet.
fn read_layout(archive: &mut Archive, path: &str, sheet: &mut Sheet) -> Result<(), Diagnostic> {
    if !archive.has(path) {
        return Ok(());
    }
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, archive.part(path)?));
    let mut buffer = Vec::new();
    let mut row = 0;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => match element.local_name().as_ref() {
                "row" => {
                    row = attribute(&element, "r").and_then(|number| number.parse().ok()).unwrap_or(row + 1);
                    if is_true(attribute(&element, "hidden")) && sheet.rows.contains_key(&(row - 1)) {
                        sheet.hidden_rows.push(row - 1);
                    }
                }
                "col" if is_true(attribute(&element, "hidden")) => {
                    let bound = |name| attribute(&element, name).and_then(|number| number.parse::<u32>().ok());
                    if let (Some(first), Some(last)) = (bound("min"), bound("max")) {
                        sheet.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                    }
                }
                "mergeCell" => sheet.merged.extend(attribute(&element, "ref").as_deref().and_then(parse_range)),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| value == "1" || value == "true")
}

/// Reads `A1:B2` as zero-based (first row, first column, last row, last column).
fn parse_range(range: &str) -> Option<(u32, u32, u32, u32)> {
    let (first, last) = range.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (parse_cell(first)?, parse_cell(last)?);
    Some((first_row, first_column, last_row, last_column))
}

fn parse_cell(cell: &str) -> Option<(u32, u32)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let column = cell[..digits].bytes().try_fold(0_u32, |sum, letter| {
        letter.is_ascii_uppercase().then(|| sum.saturating_mul(26).saturating_add(u32::from(letter - b'A') + 1))
    })?;
    Some((cell[digits..].parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
