//! `.ods`: a sparse reader of our own. Repetitions are counted, not unfolded: a kilobyte can claim a billion cells.

use quick_xml::events::BytesStart;
use quick_xml::name::QName;

use super::cell::iso_date;
use super::{Cell, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Room, Sheet, Value};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;
use crate::packages::{Archive, Piece, Xml, attribute};

/// Reads every sheet.
pub(super) fn read(archive: &mut Archive) -> Result<Vec<Sheet>, Diagnostic> {
    if is_encrypted(archive)? {
        return Err(files::encrypted_workbook());
    }
    let mut xml = Xml::new(archive.part("content.xml")?);
    let mut state = State::default();
    loop {
        match xml.next()? {
            Piece::Open(element) => state.open(&element)?,
            Piece::Close(element) => state.close(element.name())?,
            Piece::Text(text) => state.text(&text.read()?)?,
            Piece::Other => {}
            Piece::End => return Ok(state.sheets),
        }
    }
}

fn is_encrypted(archive: &mut Archive) -> Result<bool, Diagnostic> {
    let mut encrypted = false;
    if archive.has("META-INF/manifest.xml") {
        Xml::new(archive.part("META-INF/manifest.xml")?)
            .each(|element| encrypted |= element.local_name().as_ref() == "encryption-data")?;
    }
    Ok(encrypted)
}

/// Where the reader is.
#[derive(Default)]
struct State {
    sheets: Vec<Sheet>,
    room: Room,
    /// Whether a table is open: rows outside one (in a chart's data) are not read.
    in_table: bool,
    row: u32,
    row_repeated: u32,
    row_hidden: bool,
    /// The cells of the open row: position, repetition, content.
    cells: Vec<(u32, u32, Cell)>,
    column: u32,
    declared_column: u32,
    cell: Option<OpenCell>,
    /// How many notes or shapes are open inside the cell: their text is not the cell's.
    foreign: usize,
    in_paragraph: bool,
}

struct OpenCell {
    repeated: u32,
    kind: Option<String>,
    value: Option<String>,
    formula: Option<String>,
    text: String,
    paragraphs: usize,
}

impl State {
    fn open(&mut self, element: &BytesStart) -> Result<(), Diagnostic> {
        let number =
            |name: &str| attribute(element, name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).max(1);
        match element.local_name().as_ref() {
            "table" if !self.in_table => {
                self.room.take(1_000, 0)?;
                self.in_table = true;
                self.row = 0;
                self.declared_column = 0;
                self.sheets.push(Sheet { name: attribute(element, "name").unwrap_or_default(), ..Sheet::default() });
            }
            "table-column" if self.in_table => {
                let repeated = number("number-columns-repeated");
                self.room.take(1, 0)?;
                if hidden(element)
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    sheet
                        .hidden_columns
                        .push((self.declared_column, self.declared_column.saturating_add(repeated - 1)));
                }
                self.declared_column = self.declared_column.saturating_add(repeated);
            }
            "table-row" if self.in_table => {
                self.row_repeated = number("number-rows-repeated");
                self.row_hidden = hidden(element);
                self.cells.clear();
                self.column = 0;
            }
            name @ ("table-cell" | "covered-table-cell") if self.in_table && self.cell.is_none() => {
                let (columns, rows) = (number("number-columns-spanned"), number("number-rows-spanned"));
                if name == "table-cell" && (columns > 1 || rows > 1) {
                    self.room.take(1, 0)?;
                    let last = (self.row.saturating_add(rows - 1), self.column.saturating_add(columns - 1));
                    if let Some(sheet) = self.sheets.last_mut() {
                        sheet.merge((self.row, self.column), last);
                    }
                }
                self.cell = Some(OpenCell {
                    repeated: number("number-columns-repeated"),
                    kind: attribute(element, "value-type"),
                    value: ["date-value", "time-value", "boolean-value", "string-value", "value"]
                        .iter()
                        .find_map(|name| attribute(element, name)),
                    formula: attribute(element, "formula"),
                    text: String::new(),
                    paragraphs: 0,
                });
                self.foreign = 0;
            }
            _ if self.cell.is_some() && is_foreign(element.name()) => self.foreign += 1,
            "p" if self.foreign == 0 => {
                if let Some(cell) = &mut self.cell {
                    self.in_paragraph = true;
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        self.text("\n")?;
                    }
                }
            }
            "s" if self.in_paragraph => {
                let spaces = number("c").min(1_000) as usize;
                self.text(&" ".repeat(spaces))?;
            }
            "tab" if self.in_paragraph => self.text("\t")?,
            "line-break" if self.in_paragraph => self.text("\n")?,
            _ => {}
        }
        Ok(())
    }

    /// Takes a text into the open cell. What many elements add up to is refused before it is held.
    fn text(&mut self, text: &str) -> Result<(), Diagnostic> {
        if self.in_paragraph
            && self.foreign == 0
            && let Some(cell) = &mut self.cell
        {
            if cell.text.len() + text.len() > MAX_CELL {
                return Err(files::oversized_workbook("un texte démesuré", &format!("{} Mo", MAX_CELL >> 20)));
            }
            cell.text.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self, name: QName) -> Result<(), Diagnostic> {
        match name.local_name().as_ref() {
            "p" => self.in_paragraph = false,
            _ if is_foreign(name) => self.foreign = self.foreign.saturating_sub(1),
            "table-cell" | "covered-table-cell" if self.foreign == 0 => {
                if let Some(open) = self.cell.take() {
                    let repeated = open.repeated;
                    if let Some(cell) = open.finish() {
                        self.room.take(1, cell.text_len())?;
                        self.cells.push((self.column, repeated, cell));
                    }
                    self.column = self.column.saturating_add(repeated);
                }
            }
            "table-row" if self.in_table && self.cell.is_none() => self.finish_row()?,
            "table" if self.cell.is_none() => self.in_table = false,
            _ => {}
        }
        Ok(())
    }

    /// Unfolds the row's repetitions, as far as there is room.
    fn finish_row(&mut self) -> Result<(), Diagnostic> {
        let rows = self.row_repeated as usize;
        for (column, repeated, cell) in &self.cells {
            // The first of them has its room already.
            let cells = rows.saturating_mul(*repeated as usize).saturating_sub(1);
            self.room.take(cells, cells.saturating_mul(cell.text_len()))?;
            if column.saturating_add(*repeated) > MAX_COLUMNS || self.row.saturating_add(self.row_repeated) > MAX_ROWS {
                let limit = format!("{MAX_ROWS} lignes et {MAX_COLUMNS} colonnes");
                return Err(files::oversized_workbook("une cellule est au-delà de la dernière", &limit));
            }
        }
        if let Some(sheet) = self.sheets.last_mut()
            && !self.cells.is_empty()
        {
            for row in self.row..self.row.saturating_add(self.row_repeated) {
                for (column, repeated, cell) in &self.cells {
                    for offset in 0..*repeated {
                        sheet.insert(row, column + offset, cell.clone());
                    }
                }
                if self.row_hidden {
                    sheet.hidden_rows.push(row);
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeated);
        self.cells.clear();
        Ok(())
    }
}

/// Whether an element in a cell is a note, a shape or a control: its text is not the cell's.
fn is_foreign(name: QName) -> bool {
    name.local_name().as_ref() == "annotation"
        || name.prefix().is_some_and(|prefix| matches!(prefix.as_ref(), "draw" | "dr3d" | "form" | "chart"))
}

fn hidden(element: &BytesStart) -> bool {
    attribute(element, "visibility").is_some_and(|visibility| visibility != "visible")
}

impl OpenCell {
    fn finish(self) -> Option<Cell> {
        let formula = self.formula.map(|formula| {
            formula.trim_start_matches("of:").trim_start_matches("msoxl:").trim_start_matches('=').to_owned()
        });
        let number = || self.value.as_deref().and_then(|value| value.parse::<f64>().ok());
        let value = match self.kind.as_deref() {
            // What LibreOffice makes of the true and the false of an Excel file.
            Some("float") if matches!(self.text.as_str(), "TRUE" | "VRAI") => Some(Value::Boolean(true)),
            Some("float") if matches!(self.text.as_str(), "FALSE" | "FAUX") => Some(Value::Boolean(false)),
            Some("percentage") => number().map(Value::Percentage),
            Some("float" | "currency") => number().map(Value::Number),
            Some("date") => self.value.as_deref().map(iso_date),
            Some("time") => {
                self.value.as_deref().map(|value| duration(value).unwrap_or_else(|| Value::Text(value.to_owned())))
            }
            Some("boolean") => self.value.as_deref().map(|value| Value::Boolean(value == "true")),
            // A text may stand in the attribute alone, a number without its type.
            Some("string") if self.text.is_empty() => self.value.clone().map(Value::Text),
            None if self.text.is_empty() => number().map(Value::Number),
            _ => None,
        };
        let is_error = formula.is_some() && (self.text.starts_with('#') || self.text.starts_with("Err:"));
        let value = if is_error {
            Some(Value::Error(self.text.clone()))
        } else {
            value.or_else(|| (!self.text.is_empty()).then(|| Value::Text(self.text.clone())))
        };
        match (value, formula) {
            (Some(value), formula) => Some(Cell { value, formula }),
            (None, Some(formula)) => Some(Cell { value: Value::Empty, formula: Some(formula) }),
            (None, None) => None,
        }
    }
}

/// Hours written as a duration: `PT18H30M00S`, `PT9H`; more than a day is a moment after the first one, as in a workbook
/// of Excel.
fn duration(text: &str) -> Option<Value> {
    let mut rest = text.strip_prefix("PT").filter(|rest| !rest.is_empty())?;
    let mut seconds = 0.0;
    for (unit, size) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok().filter(|number| *number >= 0.0)? * size;
            rest = after;
        }
    }
    rest.is_empty().then(|| Value::from_serial(seconds / 86_400.0, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_may_leave_out_what_is_nothing() {
        for (text, shown) in [
            ("PT9H", "09:00"),
            ("PT18H30M00S", "18:30"),
            ("PT18H30M", "18:30"),
            ("PT45M", "00:45"),
            ("PT09H00M00,000S", "09:00"),
            ("PT26H30M00S", "01/01/1900 02:30"),
        ] {
            assert_eq!(duration(text).map(|value| value.display()).as_deref(), Some(shown), "{text}");
        }
        assert_eq!([duration("P1D"), duration("PT"), duration("PT9X")], [None, None, None]);
    }
}
