//! A sheet as a table of declared columns, and its rows as typed values.
//!
//! A getter never fails: it notes the problem at its cell and hands back an empty value, so that one run finds
//! everything that is wrong. [`Row::is_sound`] tells whether the row may be trusted.

use std::cell::{Cell as Flag, RefCell};
use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::{Cell, Sheet, Value, cell_of, decode};
use crate::diagnostics::messages::{cells, sheets};
use crate::diagnostics::{Diagnostic, Excerpt, Place, fold, folds_to, nearest};
use crate::figures::{CellRef, Origin, SheetOrigin};
use crate::schema::{self, Column, Kind};
use crate::wording;

/// What decoding needs to know of the world: the fonts, the themes, the pictures.
pub struct Context<'a> {
    /// Whether an embedded font draws a character.
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
    /// The themes of the settings.
    pub themes: &'a [String],
    /// Whether a picture is there, by its path below the inputs; the reason when it is not.
    pub image: &'a (dyn Fn(&str) -> Option<Diagnostic> + Sync),
}

/// A row as it looks.
#[derive(Debug, Clone)]
pub struct Line {
    /// The row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// Its filled cells, in the order of the columns.
    pub cells: Vec<LineCell>,
}

/// A filled cell of a [`Line`].
#[derive(Debug, Clone)]
pub struct LineCell {
    /// Its heading, as declared.
    pub heading: &'static str,
    /// Where it stands.
    pub at: CellRef,
    /// What it shows.
    pub text: String,
}

/// A sheet whose headings were found.
pub struct Table<'a> {
    schema: &'static schema::Sheet,
    sheet: Option<&'a Sheet>,
    origin: Arc<SheetOrigin>,
    /// Zero-based rows that hold data, and their cells.
    rows: Vec<(u32, &'a [(u32, Cell)])>,
    context: &'a Context<'a>,
    problems: RefCell<Vec<Diagnostic>>,
}

/// Finds the columns of `schema` in a sheet of a workbook, and notes everything that is wrong with its shape.
#[must_use]
pub fn scan<'a>(workbook: &'a super::Workbook, schema: &'static schema::Sheet, context: &'a Context<'a>) -> Table<'a> {
    let wanted = fold(schema.name);
    let sheet = workbook.sheets.iter().find(|sheet| fold(&sheet.name) == wanted);
    let mut table = Table {
        schema,
        sheet,
        origin: Arc::new(SheetOrigin {
            file: workbook.file.as_str().into(),
            sheet: schema.name.into(),
            columns: Vec::new(),
        }),
        rows: Vec::new(),
        context,
        problems: RefCell::default(),
    };
    match sheet {
        Some(sheet) if sheet.rows.values().flatten().all(|(_, cell)| cell.value.display().trim().is_empty()) => {
            table.note(sheets::empty_sheet().at(table.sheet_place()));
        }
        Some(sheet) => table.scan_sheet(sheet),
        None => {
            let names = workbook.sheets.iter().map(|sheet| sheet.name.as_str());
            let diagnostic = sheets::missing_sheet(schema.name).at(Place::File(workbook.file.clone()));
            table.note(match nearest(schema.name, names) {
                Some(near) => diagnostic.hint(format!("la feuille « {near} » en tient-elle lieu ?")),
                None => diagnostic,
            });
        }
    }
    table
}

/// The candidate nearest to a heading: almost the same letters, or else the only one that has more words or fewer:
/// « Montant prévu » for « Prévu ».
fn nearest_heading<'a>(found: &str, candidates: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let words = |text: &str| fold(text).split([' ', '\'']).map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    let found_words = words(found);
    let among = |candidate: &&str| {
        let words = words(candidate);
        words.is_subset(&found_words) || found_words.is_subset(&words)
    };
    nearest(found, candidates.clone()).or_else(|| {
        let mut related = candidates.filter(among);
        related.next().filter(|_| related.next().is_none())
    })
}

impl<'a> Table<'a> {
    /// The rows, in the order of the sheet.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|&(row, cells)| Row { table: self, row, cells, sound: Flag::new(true) })
    }

    /// Refuses a sheet with more rows than that: none of them is read.
    pub fn refuse_beyond(&mut self, most: usize) {
        if self.rows.len() > most {
            let group = |count: usize| wording::group(i64::try_from(count).unwrap_or(i64::MAX));
            self.note(sheets::endless_sheet(&group(self.rows.len()), &group(most)).at(self.sheet_place()));
            self.rows.clear();
        }
    }

    /// The rows as they look, by declared heading: where a column stands and how a cell is painted does not count.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let shown = |row: u32, cells: &[(u32, Cell)]| {
            let shown = self.origin.columns.iter().filter_map(|(heading, column)| {
                let text = cell_of(cells, *column)?.value.display();
                (!text.is_empty()).then(|| LineCell { heading, at: self.at(row, *column), text })
            });
            shown.collect()
        };
        self.rows.iter().map(|&(row, cells)| Line { row: row + 1, cells: shown(row, cells) }).collect()
    }

    /// The problems noted so far.
    #[must_use]
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }

    fn note(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    fn sheet_place(&self) -> Place {
        Place::Sheet { file: self.origin.file.to_string(), sheet: self.origin.sheet.to_string() }
    }

    fn at(&self, row: u32, column: u32) -> CellRef {
        CellRef { file: self.origin.file.clone(), sheet: self.origin.sheet.clone(), row: row + 1, column }
    }

    fn scan_sheet(&mut self, sheet: &'a Sheet) {
        let headings: Vec<(u32, String)> = headings_of(sheet, 0);
        let columns = self.match_headings(sheet, &headings);
        self.origin =
            Arc::new(SheetOrigin { file: self.origin.file.clone(), sheet: self.origin.sheet.clone(), columns });
        if self.origin.columns.is_empty() {
            return;
        }
        self.find_rows(sheet);
        self.check_layout(sheet, &headings);
    }

    /// Matches the first row with the declared columns; tells what is missing, unknown or twice.
    fn match_headings(&self, sheet: &Sheet, headings: &[(u32, String)]) -> Vec<(&'static str, u32)> {
        let declared: Vec<String> = self.schema.columns.iter().map(|column| fold(column.heading)).collect();
        // « Population (2022) » is « Population » with a note.
        let find = |heading: &str| {
            let whole = fold(heading);
            let bare = whole.split('(').next().unwrap_or_default().trim().to_owned();
            declared.iter().position(|name| *name == whole).or_else(|| declared.iter().position(|name| *name == bare))
        };
        let known = |headings: &[(u32, String)]| headings.iter().filter(|(_, heading)| find(heading).is_some()).count();
        let here = known(headings);
        let required = self.schema.columns.iter().filter(|column| column.required).count();
        let below =
            (1..8).find(|row| known(&headings_of(sheet, *row)) * 2 > required.max(2) && here * 2 <= required.max(2));
        let above = |heading: &str| headings.iter().any(|(_, known)| fold(known) == fold(heading));
        let second = headings_of(sheet, 1);
        let is_split = second.len() > 1 && second.iter().all(|(_, name)| find(name).is_some() && !above(name));
        if let Some(row) = below.or(is_split.then_some(1)) {
            self.note(sheets::headings_below(row + 1).at_cell(self.at(row, 0)));
            return Vec::new();
        }
        let mut columns: Vec<(&'static str, u32)> = Vec::new();
        let mut unknown: Vec<(u32, &str)> = Vec::new();
        for (position, heading) in headings {
            match find(heading) {
                Some(index) if columns.iter().any(|(name, _)| *name == self.schema.columns[index].heading) => {
                    self.note(sheets::duplicate_heading(heading).at_cell(self.at(0, *position)));
                }
                Some(index) => columns.push((self.schema.columns[index].heading, *position)),
                None => unknown.push((*position, heading)),
            }
        }
        for column in self.schema.columns {
            if columns.iter().any(|(name, _)| *name == column.heading) {
                continue;
            }
            let near = nearest_heading(column.heading, unknown.iter().map(|(_, heading)| *heading));
            if column.required {
                let diagnostic = sheets::missing_heading(column.heading);
                self.note(match unknown.iter().position(|(_, heading)| Some(*heading) == near) {
                    Some(index) => {
                        let (position, heading) = unknown.remove(index);
                        diagnostic
                            .at_cell(self.at(0, position))
                            .hint(format!("« {heading} » : vouliez-vous dire « {} » ?", column.heading))
                    }
                    None => diagnostic.at(self.sheet_place()),
                });
            }
        }
        for (position, heading) in unknown {
            let absent = self
                .schema
                .columns
                .iter()
                .map(|column| column.heading)
                .filter(|name| !columns.iter().any(|(known, _)| known == name));
            let diagnostic = sheets::unknown_heading(heading).at_cell(self.at(0, position));
            self.note(match nearest_heading(heading, absent) {
                Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic,
            });
        }
        columns
    }

    /// Collects the rows that hold data, up to a second table.
    fn find_rows(&mut self, sheet: &'a Sheet) {
        let mut previous = 0;
        let found: Vec<Found> = self.origin.columns.iter().filter_map(|found| Found::of(self.schema, found)).collect();
        let mut filled: Vec<(&Found, &Value)> = Vec::new();
        for (&row, cells) in sheet.rows.range(1..) {
            let in_table = |(position, cell): &'a (u32, Cell)| {
                let column = found.iter().find(|column| column.position == *position)?;
                (cell.formula.is_some() || !decode::is_blank(&cell.value)).then_some((column, &cell.value))
            };
            filled.clear();
            filled.extend(cells.iter().filter_map(in_table));
            let Some((first, _)) = filled.first() else { continue };
            // The example that `init` wrote: every filled cell says what the declaration's example says.
            if filled.len() > 1 && filled.iter().all(|(column, value)| column.is_example(value)) {
                previous = row;
                continue;
            }
            let repeated = filled.iter().filter(|(column, value)| column.is_heading(value)).count();
            if repeated >= 2 && repeated * 2 >= filled.len() {
                self.note(sheets::second_table(row + 1).at_cell(self.at(row, first.position)));
                break;
            }
            if row > previous + 1 {
                self.note(sheets::blank_row(previous + 2).at_cell(self.at(previous + 1, 0)));
            }
            previous = row;
            self.rows.push((row, cells));
        }
    }

    /// Merges, hidden rows and columns, and cells beside the table.
    fn check_layout(&self, sheet: &Sheet, headings: &[(u32, String)]) {
        let last = self.rows.last().map_or(0, |(row, _)| *row);
        let read = |first: u32, end: u32| self.origin.columns.iter().any(|(_, column)| (first..=end).contains(column));
        for &(first_row, first_column, last_row, last_column) in &sheet.merged {
            if first_row <= last && read(first_column, last_column) {
                let from = self.at(first_row, first_column);
                let to = self.at(last_row, last_column);
                self.note(sheets::merged_cells(&format!("{}:{}", from.name(), to.name())).at_cell(from));
            }
        }
        for &row in sheet.hidden_rows.iter().filter(|row| self.rows.binary_search_by_key(*row, |(row, _)| *row).is_ok())
        {
            self.note(sheets::hidden_row(row + 1).at_cell(self.at(row, 0)));
        }
        for &(first, end) in &sheet.hidden_columns {
            for (heading, column) in self.origin.columns.iter().filter(|(_, column)| (first..=end).contains(column)) {
                self.note(sheets::hidden_column(heading).at_cell(self.at(0, *column)));
            }
        }
        let mut stray: Vec<u32> = Vec::new();
        for (&row, cells) in sheet.rows.iter().filter(|(row, _)| (1..=last).contains(*row)) {
            for (position, cell) in cells {
                let named = headings.iter().any(|(column, _)| column == position);
                if !named && !stray.contains(position) && !decode::is_blank(&cell.value) {
                    stray.push(*position);
                    self.note(sheets::stray_cell(&cell.value.display()).at_cell(self.at(row, *position)));
                }
            }
        }
    }
}

fn headings_of(sheet: &Sheet, row: u32) -> Vec<(u32, String)> {
    sheet
        .rows
        .get(&row)
        .into_iter()
        .flatten()
        .map(|(column, cell)| (*column, decode::line(&cell.value)))
        .filter(|(_, heading)| !heading.is_empty())
        .collect()
}

/// A declared column where it was found, and what tells its rows from its heading and its example.
struct Found {
    column: &'static Column,
    position: u32,
    heading: String,
    example: String,
}

impl Found {
    fn of(schema: &'static schema::Sheet, (heading, position): &(&'static str, u32)) -> Option<Self> {
        let column = schema.column(heading)?;
        Some(Self { column, position: *position, heading: fold(heading), example: fold(column.example) })
    }

    /// Whether a cell repeats the heading.
    fn is_heading(&self, value: &Value) -> bool {
        matches!(value, Value::Text(text) if folds_to(text, &self.heading))
    }

    /// Whether a cell says what the column's example says, whatever the type that the program gave it.
    fn is_example(&self, value: &Value) -> bool {
        fn same<T: PartialEq>(value: Result<T, Diagnostic>, example: Result<T, Diagnostic>) -> bool {
            matches!((value, example), (Ok(value), Ok(example)) if value == example)
        }
        let example = || Value::Text(self.column.example.to_owned());
        match (self.column.kind, value) {
            _ if self.example.is_empty() => false,
            (Kind::Amount, _) => {
                let cents = |value: &Value| decode::amount(value).map(|(cents, _)| cents);
                same(cents(value), cents(&example()))
            }
            (Kind::Percent, _) => same(decode::percent(value), decode::percent(&example())),
            (Kind::Date, _) => same(decode::date(value), decode::date(&example())),
            (Kind::Month, _) => same(decode::month(value), decode::month(&example())),
            (Kind::Time, _) => same(decode::time(value), decode::time(&example())),
            (Kind::Siren, _) => same(decode::siren(value), decode::siren(&example())),
            (Kind::Siret, _) => same(decode::siret(value), decode::siret(&example())),
            (Kind::PostalCode, _) => same(decode::postal_code(value), decode::postal_code(&example())),
            (_, Value::Text(text)) => folds_to(text, &self.example),
            (_, other) => fold(&other.display()) == self.example,
        }
    }
}

/// One row of a table.
pub struct Row<'t, 'a> {
    table: &'t Table<'a>,
    row: u32,
    cells: &'a [(u32, Cell)],
    sound: Flag<bool>,
}

impl Row<'_, '_> {
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

/// The row of a cell under its headings: the first columns, and the one at fault with its neighbours.
#[must_use]
pub fn excerpt(workbook: &super::Workbook, cell: &CellRef) -> Option<Excerpt> {
    let sheet = workbook.sheets.iter().find(|sheet| fold(&sheet.name) == fold(&cell.sheet))?;
    let row = cell.row.checked_sub(1).filter(|row| *row > 0)?;
    let headings = headings_of(sheet, 0);
    let at = headings.iter().position(|(column, _)| *column == cell.column)?;
    let shown: Vec<&(u32, String)> = headings
        .iter()
        .enumerate()
        .filter(|(index, _)| *index < 3 || index.abs_diff(at) <= 1)
        .map(|(_, heading)| heading)
        .collect();
    let text = |column: u32| sheet.cell(row, column).map_or_else(String::new, |cell| decode::line(&cell.value));
    Some(Excerpt::Row {
        headings: shown.iter().map(|(_, heading)| heading.clone()).collect(),
        cells: shown.iter().map(|(column, _)| text(*column)).collect(),
        focus: shown.iter().position(|(column, _)| *column == cell.column)?,
    })
}
