//! A row of a table as typed values.
//!
//! A getter never fails: it notes the problem at its cell and hands back an empty value, so that one run finds
//! everything that is wrong. [`Row::is_sound`] tells whether the row may be trusted.

use std::cell::Cell as Flag;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::table::Table;
use super::{Cell, Value, cell_of, decode};
use crate::diagnostics::messages::cells;
use crate::diagnostics::{Diagnostic, fold, nearest};
use crate::figures::Origin;
use crate::schema::{Column, Kind};
use crate::wording;

/// One row of a table.
pub struct Row<'t, 'a> {
    table: &'t Table<'a>,
    row: u32,
    cells: &'a [(u32, Cell)],
    sound: Flag<bool>,
}

impl<'t, 'a> Row<'t, 'a> {
    pub(super) fn new(table: &'t Table<'a>, row: u32, cells: &'a [(u32, Cell)]) -> Self {
        Self { table, row, cells, sound: Flag::new(true) }
    }

    /// Whether every cell read so far was right.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.sound.get()
    }

    /// Where the row stands, and whether it may be trusted. Ask last.
    #[must_use]
    pub fn origin(&self) -> Origin {
        Origin { sheet: Arc::clone(&self.table.origin), row: self.row + 1, sound: self.sound.get() }
    }

    /// Notes a problem at the cell under `heading`.
    pub fn report(&self, heading: &str, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.sound.set(false);
        }
        self.table.note(diagnostic.at_cell(self.origin().cell(heading)));
    }

    /// Whether the cell under a column is filled.
    #[must_use]
    pub fn is_filled(&self, column: &Column) -> bool {
        let cell = self.position(column).and_then(|position| self.cell(position));
        // A formula without a result is there all the same, to be told.
        cell.is_some_and(|cell| !decode::is_blank(&cell.value) || cell.formula.is_some() && cell.value == Value::Empty)
    }

    /// A line of text; empty where an optional cell is blank.
    pub fn text(&self, column: &'static Column) -> String {
        self.optional_text(column).unwrap_or_default()
    }

    /// A line of text, or the text of an identifier, by the column's kind.
    pub fn optional_text(&self, column: &'static Column) -> Option<String> {
        let text = self.decode(column, |value| match column.kind {
            Kind::Code | Kind::Reference(..) => decode::code(value),
            Kind::Email => decode::email(value),
            Kind::Link => decode::link(value),
            Kind::Siren => decode::siren(value),
            Kind::Siret => decode::siret(value),
            Kind::PostalCode => decode::postal_code(value),
            Kind::Markdown => Ok(decode::paragraphs(value)),
            Kind::Image => Ok(decode::image_path(value)),
            _ => Ok(wording::apostrophes(decode::line(value))),
        })?;
        self.check_characters(column, &text);
        if column.kind == Kind::Image
            && let Some(diagnostic) = (self.table.context.image)(&text)
        {
            self.report(column.heading, diagnostic);
        }
        Some(text)
    }

    /// One of the themes of the settings, spelled as there.
    pub fn theme(&self, column: &'static Column) -> String {
        let themes = self.table.context.themes;
        self.decode(column, |value| {
            let found = decode::line(value);
            // Settings that could not be read would make every theme unknown.
            if themes.is_empty() {
                return Ok(found);
            }
            let folded = fold(&found);
            themes.iter().find(|theme| **theme == found || fold(theme) == folded).cloned().ok_or_else(|| {
                let diagnostic = cells::unknown_theme(&found);
                match nearest(&found, themes.iter().map(String::as_str)) {
                    Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                    None => diagnostic.hint(format!("thèmes connus : {}", themes.join(", "))),
                }
            })
        })
        .unwrap_or_default()
    }

    /// Names separated by `;`.
    pub fn names(&self, column: &'static Column) -> Vec<String> {
        let text = self.optional_text(column).unwrap_or_default();
        text.split(';').map(str::trim).filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
    }

    /// An amount in cents, never negative.
    pub fn cents(&self, column: &'static Column) -> Option<i64> {
        let (cents, warning) = self.decode(column, decode::amount)?;
        if let Some(warning) = warning {
            self.report(column.heading, warning);
        }
        if cents < 0 {
            self.report(column.heading, cells::negative_amount(&wording::euros(cents)));
            return None;
        }
        Some(cents)
    }

    /// A whole number within the bounds of the column.
    pub fn integer(&self, column: &'static Column) -> Option<i64> {
        let (low, high) = match column.kind {
            Kind::Integer(low, high) => (low, high),
            _ => (0, i64::MAX),
        };
        self.decode(column, |value| decode::integer(value, low, high))
    }

    /// A number in hundredths.
    pub fn hundredths(&self, column: &'static Column) -> Option<i64> {
        self.decode(column, decode::hundredths)
    }

    /// A share in ten-thousandths.
    pub fn percent(&self, column: &'static Column) -> Option<i64> {
        self.decode(column, decode::percent)
    }

    /// A day.
    pub fn date(&self, column: &'static Column) -> Option<NaiveDate> {
        self.decode(column, decode::date)
    }

    /// A day of a required column: any day where there is none, and the row is not sound.
    pub fn required_date(&self, column: &'static Column) -> NaiveDate {
        self.date(column).unwrap_or_default()
    }

    /// Several days.
    pub fn dates(&self, column: &'static Column) -> Vec<NaiveDate> {
        self.decode(column, decode::dates).unwrap_or_default()
    }

    /// The first day of a month.
    pub fn month(&self, column: &'static Column) -> Option<NaiveDate> {
        self.decode(column, decode::month)
    }

    /// A time of day.
    pub fn time(&self, column: &'static Column) -> Option<NaiveTime> {
        self.decode(column, decode::time)
    }

    /// Yes or no; a blank cell is no.
    pub fn yes(&self, column: &'static Column) -> bool {
        self.decode(column, decode::yes_no).unwrap_or(false)
    }

    /// The index of a value of the column's closed list.
    pub fn choice(&self, column: &'static Column) -> Option<usize> {
        let Kind::Choice(labels) = column.kind else { return None };
        self.decode(column, |value| decode::choice(value, column.heading, labels))
    }

    /// The indexes of values of the column's closed list, separated by `;`.
    pub fn choices(&self, column: &'static Column) -> Vec<usize> {
        let Kind::Choices(labels) = column.kind else { return Vec::new() };
        self.decode(column, |value| {
            decode::line(value)
                .split(';')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(|part| decode::choice(&Value::Text(part.to_owned()), column.heading, labels))
                .collect()
        })
        .unwrap_or_default()
    }

    fn position(&self, column: &Column) -> Option<u32> {
        self.table.origin.columns.iter().find(|(heading, _)| *heading == column.heading).map(|(_, position)| *position)
    }

    fn cell(&self, position: u32) -> Option<&Cell> {
        cell_of(self.cells, position)
    }

    /// Decodes the cell of a column; blank, faulty and merged cells give nothing.
    fn decode<T>(&self, column: &'static Column, decode: impl FnOnce(&Value) -> Result<T, Diagnostic>) -> Option<T> {
        let Some(position) = self.position(column) else {
            // A missing required column was told once, at the heading.
            self.sound.set(self.sound.get() && !column.required);
            return None;
        };
        let Some(cell) = self.cell(position).filter(|cell| cell.formula.is_some() || !decode::is_blank(&cell.value))
        else {
            if column.required {
                if self.is_covered(position) {
                    self.sound.set(false);
                } else {
                    self.report(column.heading, cells::missing_value(column.heading));
                }
            }
            return None;
        };
        let decoded = match (&cell.value, &cell.formula) {
            (Value::Empty, Some(formula)) => Err(cells::formula_without_value(formula)),
            (Value::Error(error), _) => Err(cells::error_cell(error)),
            // A formula that gives an empty text leaves its cell blank.
            (value, Some(_)) if decode::is_blank(value) => {
                if column.required {
                    self.report(column.heading, cells::missing_value(column.heading));
                }
                return None;
            }
            (value, _) => decode(value),
        };
        decoded.map_err(|diagnostic| self.report(column.heading, diagnostic)).ok()
    }

    /// Whether a merge hides this cell: the merge is told, not the blank that it makes.
    fn is_covered(&self, position: u32) -> bool {
        self.table.sheet.is_some_and(|sheet| {
            sheet.merged.iter().any(|&(first_row, first_column, last_row, last_column)| {
                (first_row..=last_row).contains(&self.row) && (first_column..=last_column).contains(&position)
            })
        })
    }

    /// Reports the first character of a text that no embedded font draws.
    fn check_characters(&self, column: &Column, text: &str) {
        let is_drawn = |c: char| c.is_ascii_graphic() || matches!(c, '\n' | ' ') || (self.table.context.has_glyph)(c);
        if let Some(character) = text.chars().find(|c| c.is_control() && *c != '\n' || !is_drawn(*c)) {
            let code_point = format!("U+{:04X}", u32::from(character));
            let diagnostic = if character.is_control() {
                cells::control_character(&code_point)
            } else {
                cells::missing_glyph(&character.to_string(), &code_point)
            };
            self.report(column.heading, diagnostic);
        }
    }
}
