//! A row of a table as typed values.
//!
//! Reading a cell never fails: what is wrong is noted at the cell and nothing is handed back, so that one run finds
//! everything that is wrong. [`Row::is_sound`] tells whether the row may be trusted.

use std::cell::Cell as Flag;

use super::table::Table;
use super::{Cell, Value, cell_of, decode};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::cells;
use crate::records::{Column, Enclosed, Field, Kind, Label};
use crate::wording::{self, fold, nearest};

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

    /// The row as a spreadsheet numbers it, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.row + 1
    }

    /// The value under a column, by the column's type; nothing where the cell is blank or wrong.
    pub fn field(&self, column: &'static Column) -> Option<Field> {
        match column.kind {
            Kind::Text
            | Kind::Markdown
            | Kind::Code
            | Kind::Email
            | Kind::Link
            | Kind::Siren
            | Kind::Siret
            | Kind::PostalCode
            | Kind::Image
            | Kind::Reference(..)
            | Kind::Name(_) => self.text(column).map(Field::Text),
            Kind::Theme => self.theme(column).map(Field::Text),
            Kind::References(..) | Kind::Names(_) => self.text(column).map(|text| Field::Texts(parts(&text))),
            Kind::Integer(low, high) => {
                self.decode(column, |value| decode::integer(value, low, high)).map(Field::Integer)
            }
            Kind::Amount => self.cents(column).map(Field::Amount),
            Kind::Decimal => self.decode(column, decode::hundredths).map(Field::Hundredths),
            Kind::Hours => self.decode(column, decode::hours).map(Field::Hundredths),
            Kind::Share => self.decode(column, decode::share).map(|(part, whole)| Field::Share(part, whole)),
            Kind::Date => self.decode(column, decode::date).map(Field::Date),
            Kind::Dates => self.decode(column, decode::dates).map(Field::Dates),
            Kind::Month => self.decode(column, decode::month).map(Field::Date),
            Kind::Time => {
                let ends = column.heading.contains("fin") || column.heading.contains("Fin");
                self.decode(column, |value| decode::time(value, ends)).map(Field::Time)
            }
            Kind::YesNo => self.decode(column, decode::yes_no).map(Field::Flag),
            Kind::Choice(labels) => {
                self.decode(column, |value| decode::choice(value, column.heading, labels)).map(Field::Choice)
            }
            Kind::Choices(labels) => {
                self.decode(column, |value| decode::choices(value, column.heading, labels)).map(Field::Choices)
            }
            Kind::Enclosures(labels) => self.enclosures(column, labels).map(Field::Enclosures),
        }
    }

    /// Notes a problem at the cell under a column.
    fn report(&self, column: &Column, diagnostic: Diagnostic) {
        if diagnostic.is_error() {
            self.sound.set(false);
        }
        self.table.note(diagnostic.at_cell(self.table.origin.cell(self.number(), column.heading)));
    }

    /// Whether the cell under a column is filled.
    fn is_filled(&self, heading: &str) -> bool {
        let cell = self.position(heading).and_then(|position| self.cell(position));
        // A formula without a result is there all the same, to be told.
        cell.is_some_and(|cell| !decode::is_blank(&cell.value) || cell.formula.is_some() && cell.value == Value::Empty)
    }

    /// A line of text, or the text of an identifier, by the column's kind.
    fn text(&self, column: &'static Column) -> Option<String> {
        let text = self.decode(column, |value| match column.kind {
            Kind::Code | Kind::Reference(..) => decode::code(value),
            Kind::References(..) | Kind::Names(_) => {
                Ok(wording::apostrophes(decode::paragraphs(value).replace('\n', ";")))
            }
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
        self.check_words(column, &text);
        if column.kind == Kind::Image
            && let Some(diagnostic) = (self.table.context.image)(&text)
        {
            self.report(column, diagnostic);
        }
        Some(text)
    }

    /// Values of a closed list and files that are there; each that is not is told.
    fn enclosures(&self, column: &'static Column, labels: &[Label]) -> Option<Vec<Enclosed<usize>>> {
        let text = self.decode(column, |value| Ok(decode::paragraphs(value)))?;
        let file = |name: &str| (self.table.context.enclosure)(name).map(Enclosed::File);
        let enclosed = |part: &str| {
            if fold(part).ends_with(".pdf") || part.contains(['/', '\\']) {
                return file(part);
            }
            decode::choice(&Value::Text(part.to_owned()), column.heading, labels).map(Enclosed::Listed).map_err(
                |fault| match file(&format!("{part}.pdf")) {
                    Ok(Enclosed::File(file)) => fault.hint(format!("le fichier s’écrit « {} »", file.name)),
                    _ => fault,
                },
            )
        };
        let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let found: Vec<_> = parts.map(|part| enclosed(part).map_err(|fault| self.report(column, fault))).collect();
        found.into_iter().collect::<Result<_, _>>().ok()
    }

    /// One of the themes of the settings, spelled as there.
    fn theme(&self, column: &'static Column) -> Option<String> {
        let themes = self.table.context.themes;
        self.decode(column, |value| {
            let found = decode::line(value);
            // Settings that could not be read would make every theme unknown.
            if themes.is_empty() {
                return Ok(found);
            }
            let folded = fold(&found);
            themes.iter().find(|theme| **theme == found || fold(theme) == folded).cloned().ok_or_else(|| {
                let line = self.table.context.themes_line.map(|line| format!(", ligne {line}")).unwrap_or_default();
                let add = format!("si le thème est nouveau, ajoutez-le à « themes » dans territoire.toml{line}");
                let diagnostic = cells::unknown_theme(&found).hint(add);
                match nearest(&found, themes.iter().map(String::as_str)) {
                    Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                    None => diagnostic.hint(format!("thèmes connus : {}", themes.join(", "))),
                }
            })
        })
    }

    /// An amount in cents, never negative.
    fn cents(&self, column: &'static Column) -> Option<i64> {
        let (cents, warning) = self.decode(column, decode::amount)?;
        if let Some(warning) = warning {
            self.report(column, warning);
        }
        if cents < 0 {
            self.report(column, cells::negative_amount(&wording::euros(cents)));
            return None;
        }
        Some(cents)
    }

    fn position(&self, heading: &str) -> Option<u32> {
        self.table.origin.columns.iter().find(|(known, _)| *known == heading).map(|(_, position)| *position)
    }

    fn cell(&self, position: u32) -> Option<&Cell> {
        cell_of(self.cells, position)
    }

    /// Decodes the cell of a column; blank, faulty and merged cells give nothing.
    fn decode<T>(&self, column: &'static Column, decode: impl FnOnce(&Value) -> Result<T, Diagnostic>) -> Option<T> {
        let Some(position) = self.position(column.heading) else {
            // A missing required column was told once, at the heading.
            self.sound.set(self.sound.get() && !column.required);
            return None;
        };
        let is_filled = |cell: &&Cell| {
            cell.formula.is_some() || !decode::is_blank(&cell.value) && !means_nothing(column, &cell.value)
        };
        let Some(cell) = self.cell(position).filter(is_filled) else {
            self.note_blank(column, position);
            return None;
        };
        let decoded = match (&cell.value, &cell.formula) {
            (Value::Empty, Some(formula)) => Err(cells::formula_without_value(formula)),
            (Value::Error(error), _) => Err(cells::error_cell(error)),
            // A formula that gives an empty text leaves its cell blank.
            (value, Some(_)) if decode::is_blank(value) => {
                self.note_blank(column, position);
                return None;
            }
            (Value::Number(_), _) if names_a_row(column.kind) && self.is_scientific(position) => {
                Err(cells::code_turned_number(&cell.value.display()))
            }
            (value, _) => decode(value),
        };
        decoded.map_err(|diagnostic| self.report(column, diagnostic)).ok()
    }

    /// Whether a number is shown as a power of ten.
    fn is_scientific(&self, position: u32) -> bool {
        self.table.sheet.is_some_and(|sheet| sheet.scientific.binary_search(&(self.row, position)).is_ok())
    }

    /// Tells a required cell that is blank: the merge that hides it where there is one, and not where another column of
    /// the row is filled instead.
    fn note_blank(&self, column: &'static Column, position: u32) {
        if !column.required || !column.unless.is_empty() && self.is_filled(column.unless) {
            return;
        }
        if self.is_covered(position) {
            self.sound.set(false);
        } else {
            self.report(column, cells::missing_value(column.heading));
        }
    }

    /// Whether a merge hides this cell: the merge is told, not the blank that it makes.
    fn is_covered(&self, position: u32) -> bool {
        self.table.sheet.is_some_and(|sheet| {
            sheet.merged.iter().any(|&(first_row, first_column, last_row, last_column)| {
                (first_row..=last_row).contains(&self.row) && (first_column..=last_column).contains(&position)
            })
        })
    }

    /// Tells a word that no column of a page holds: it would stand out of the page.
    fn check_words(&self, column: &Column, text: &str) {
        let is_word = !matches!(column.kind, Kind::Link | Kind::Email | Kind::Image | Kind::Siren | Kind::Siret);
        if text.len() <= MOST_LETTERS || !is_word {
            return;
        }
        let breaks = |c: char| is_break(c) || c.is_whitespace();
        let words = text.split_whitespace().filter(|word| !["://", "www.", "@"].iter().any(|mark| word.contains(mark)));
        if let Some(word) = words.flat_map(|word| word.split(breaks)).find(|word| word.chars().count() > MOST_LETTERS) {
            let start: String = word.chars().take(20).collect();
            self.report(
                column,
                cells::endless_word(&start, &word.chars().count().to_string(), &MOST_LETTERS.to_string()),
            );
        }
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
            self.report(column, diagnostic);
        }
    }
}

/// The most letters of a word that titles and narrow columns hold; the longest word of the language has 25.
const MOST_LETTERS: usize = 40;

/// Whether a line may end at a character.
fn is_break(character: char) -> bool {
    matches!(character, '-' | '‐' | '–' | '—' | '/' | ';' | ',' | '|')
}

/// Whether a column holds codes, or names rows by theirs.
fn names_a_row(kind: Kind) -> bool {
    matches!(kind, Kind::Code | Kind::Reference(..) | Kind::References(..))
}

/// Whether a cell says in words that there is nothing to say: a dash, « néant », or what the column says of its own.
fn means_nothing(column: &Column, value: &Value) -> bool {
    let is_typed = !matches!(column.kind, Kind::Text | Kind::Markdown | Kind::YesNo | Kind::Choice(_));
    let Value::Text(text) = value else { return false };
    let opens = |first: char| "-–—‐/nNsSaA".contains(first);
    let may_be = is_typed && text.trim_start().starts_with(opens) || !column.nothing.is_empty();
    if column.required || !may_be || text.len() > 40 {
        return false;
    }
    let folded = fold(text);
    let folded = folded.trim_end_matches('.');
    is_typed && matches!(folded, "-" | "--" | "/" | "neant" | "sans objet" | "s.o" | "n/a" | "aucun" | "aucune")
        || column.nothing.iter().any(|word| fold(word) == folded)
}

/// The parts of a list: codes or names behind `;`, or behind commas.
fn parts(text: &str) -> Vec<String> {
    // Commas separate where nothing else does.
    let mark = if text.contains(';') { ';' } else { ',' };
    text.split(mark).map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect()
}
