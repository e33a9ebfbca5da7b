//! A sheet as a table of declared columns: where they stand, which rows hold data, and what is wrong with its shape.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::row::Row;
use super::{Cell, Sheet, Value, cell_of, decode, furniture};
use crate::diagnostics::messages::{cells, sheets};
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::figures::{CellRef, SheetOrigin};
use crate::records::{self, Column, EnclosedFile, Kind};
use crate::wording;
use crate::wording::{fold, folds_to, nearest};

/// What decoding needs to know of the world: the fonts, the themes, the pictures, the files that go with acts.
pub struct Context<'a> {
    /// Whether an embedded font draws a character.
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
    /// The themes of the settings.
    pub themes: &'a [String],
    /// The line of the settings that lists them.
    pub themes_line: Option<usize>,
    /// Whether a picture is there, by its path below the inputs; the reason when it is not.
    pub image: &'a (dyn Fn(&str) -> Option<Diagnostic> + Sync),
    /// The file of `inputs/annexes/` that a cell names; why it cannot go with an act.
    pub enclosure: &'a (dyn Fn(&str) -> Result<EnclosedFile, Diagnostic> + Sync),
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
    schema: &'static records::Sheet,
    /// The columns of one's own that the settings declare for this sheet.
    own: Vec<&'static Column>,
    pub(super) sheet: Option<&'a Sheet>,
    pub(super) origin: Arc<SheetOrigin>,
    /// The zero-based row of the headings.
    head: u32,
    /// Zero-based rows that hold data, and their cells.
    rows: Vec<(u32, &'a [(u32, Cell)])>,
    pub(super) context: &'a Context<'a>,
    problems: RefCell<Vec<Diagnostic>>,
}

/// Finds the columns of `schema` in a sheet of a workbook, and notes everything that is wrong with its shape.
#[must_use]
pub fn scan<'a>(
    workbook: &'a super::Workbook,
    schema: &'static records::Sheet,
    own: &[&'static Column],
    context: &'a Context<'a>,
) -> Table<'a> {
    let wanted = fold(schema.name);
    let sheet = workbook.sheets.iter().find(|sheet| fold(&sheet.name) == wanted);
    let mut table = Table {
        schema,
        own: own.to_vec(),
        sheet,
        origin: Arc::new(SheetOrigin {
            file: workbook.file.as_str().into(),
            sheet: schema.name.into(),
            columns: Vec::new(),
        }),
        head: 0,
        rows: Vec::new(),
        context,
        problems: RefCell::default(),
    };
    match sheet {
        Some(sheet) if sheet.rows.values().flatten().all(|(_, cell)| cell.value.display().trim().is_empty()) => {
            if !schema.optional {
                table.note(sheets::empty_sheet().at(table.sheet_place()));
            }
        }
        Some(sheet) => table.scan_sheet(sheet),
        None if schema.optional => {}
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
    /// The columns of one's own that the sheet has.
    #[must_use]
    pub fn own(&self) -> Vec<&'static Column> {
        let found = |column: &&&Column| self.origin.columns.iter().any(|(heading, _)| *heading == column.heading);
        self.own.iter().filter(found).copied().collect()
    }

    /// Where the rows stand.
    #[must_use]
    pub fn origin(&self) -> Arc<SheetOrigin> {
        Arc::clone(&self.origin)
    }

    /// The rows, in the order of the sheet.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|&(row, cells)| Row::new(self, row, cells))
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

    pub(super) fn note(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    fn sheet_place(&self) -> Place {
        Place::Sheet { file: self.origin.file.to_string(), sheet: self.origin.sheet.to_string() }
    }

    fn at(&self, row: u32, column: u32) -> CellRef {
        CellRef { file: self.origin.file.clone(), sheet: self.origin.sheet.clone(), row: row + 1, column }
    }

    fn scan_sheet(&mut self, sheet: &'a Sheet) {
        if !self.find_head(sheet) {
            return;
        }
        let headings: Vec<(u32, String)> = headings_of(sheet, self.head);
        let columns = self.match_headings(&headings);
        self.origin =
            Arc::new(SheetOrigin { file: self.origin.file.clone(), sheet: self.origin.sheet.clone(), columns });
        if self.origin.columns.is_empty() {
            return;
        }
        self.find_rows(sheet);
        self.check_layout(sheet, &headings);
    }

    /// Every column that may be found: the declared ones, and those of one's own.
    fn declared(&self) -> impl Iterator<Item = &'static Column> {
        self.schema.columns.iter().chain(&self.own).copied()
    }

    /// The place of a heading among the columns; « Population (2022) » is « Population » with a note.
    fn find_heading(columns: &[&'static Column], heading: &str) -> Option<usize> {
        let whole = fold(heading);
        let bare = whole.split('(').next().unwrap_or_default().trim();
        let named = |name: &str| columns.iter().position(|column| folds_to(column.heading, name));
        named(&whole).or_else(|| named(bare))
    }

    /// Finds the row of the headings: the first one, or one below a title. Headings on two rows are refused.
    fn find_head(&mut self, sheet: &Sheet) -> bool {
        let columns: Vec<&'static Column> = self.declared().collect();
        let is_known = |heading: &str| Self::find_heading(&columns, heading).is_some();
        let known = |headings: &[(u32, String)]| headings.iter().filter(|(_, heading)| is_known(heading)).count();
        let first = headings_of(sheet, 0);
        let here = known(&first);
        let required = self.schema.columns.iter().filter(|column| column.required).count().max(2);
        if here * 2 <= required
            && let Some(row) = (1..8).find(|row| known(&headings_of(sheet, *row)) * 2 > required)
        {
            self.head = row;
            self.note(sheets::title_above(row + 1).at_cell(self.at(row, 0)));
            return true;
        }
        let above = |heading: &str| first.iter().any(|(_, known)| fold(known) == fold(heading));
        let second = headings_of(sheet, 1);
        let is_split = second.len() > 1 && second.iter().all(|(_, name)| is_known(name) && !above(name));
        if is_split {
            self.note(sheets::headings_below(2).at_cell(self.at(1, 0)).of_whole_sheet());
        }
        !is_split
    }

    /// Matches the headings with the declared columns; tells what is missing, unknown or twice.
    fn match_headings(&self, headings: &[(u32, String)]) -> Vec<(&'static str, u32)> {
        let columns: Vec<&'static Column> = self.declared().collect();
        let find = |heading: &str| Self::find_heading(&columns, heading);
        let mut found: Vec<(&'static str, u32)> = Vec::new();
        let mut unknown: Vec<(u32, &str)> = Vec::new();
        for (position, heading) in headings {
            match find(heading) {
                Some(index) if found.iter().any(|(name, _)| *name == columns[index].heading) => {
                    self.note(
                        sheets::duplicate_heading(heading).at_cell(self.at(self.head, *position)).of_whole_sheet(),
                    );
                }
                Some(index) => found.push((columns[index].heading, *position)),
                None => unknown.push((*position, heading)),
            }
        }
        for column in &columns {
            if found.iter().any(|(name, _)| *name == column.heading) {
                continue;
            }
            let near = nearest_heading(column.heading, unknown.iter().map(|(_, heading)| *heading));
            if column.required {
                let diagnostic = sheets::missing_heading(column.heading);
                self.note(match unknown.iter().position(|(_, heading)| Some(*heading) == near) {
                    Some(index) => {
                        let (position, heading) = unknown.remove(index);
                        diagnostic
                            .at_cell(self.at(self.head, position))
                            .of_whole_sheet()
                            .hint(format!("« {heading} » : vouliez-vous dire « {} » ?", column.heading))
                    }
                    None => diagnostic.at(self.sheet_place()),
                });
            } else if column.index >= self.schema.columns.len() && near.is_none() {
                // Who declares a column of his own wants it read.
                self.note(sheets::missing_own_column(column.heading).at(self.sheet_place()));
            }
        }
        for (position, heading) in unknown {
            let absent = columns
                .iter()
                .map(|column| column.heading)
                .filter(|name| !found.iter().any(|(known, _)| known == name));
            let diagnostic = sheets::unknown_heading(heading).at_cell(self.at(self.head, position));
            self.note(match nearest_heading(heading, absent) {
                Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic,
            });
        }
        found
    }

    /// Collects the rows that hold data, up to a second table.
    fn find_rows(&mut self, sheet: &'a Sheet) {
        let mut previous = self.head;
        let counts = self.schema.columns.iter().any(|column| column.kind == Kind::Amount);
        let required = self.schema.columns.iter().filter(|column| column.required).count();
        let mut noted = false;
        let found: Vec<Found> = self.origin.columns.iter().filter_map(|found| Found::of(self, found)).collect();
        let mut filled: Vec<(&Found, &Value)> = Vec::new();
        for (&row, cells) in sheet.rows.range(self.head + 1..) {
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
                self.note(sheets::second_table(row + 1).at_cell(self.at(row, first.position)).of_whole_sheet());
                break;
            }
            let is_total = |(column, value): &(&Found, &Value)| {
                column.is_label() && matches!(value, Value::Text(text) if furniture::is_total(text))
            };
            if counts && filled.iter().any(is_total) {
                self.note(sheets::total_row(row + 1).at_cell(self.at(row, first.position)));
                previous = row;
                continue;
            }
            // One text below a blank row is said of the table: a source, a date, « à compléter ».
            if row > previous + 1
                && required > 1
                && let [(column, Value::Text(found))] = filled.as_slice()
            {
                if !noted {
                    let diagnostic = sheets::note_below(&excerpt_of(found)).at_cell(self.at(row, column.position));
                    self.note(diagnostic);
                }
                noted = true;
                continue;
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
            if first_row <= last && last_row >= self.head && read(first_column, last_column) {
                let from = self.at(first_row, first_column);
                let to = self.at(last_row, last_column);
                let diagnostic = sheets::merged_cells(&format!("{}:{}", from.name(), to.name()));
                self.note(diagnostic.at_cell(from).of_whole_sheet());
            }
        }
        for &row in sheet.hidden_rows.iter().filter(|row| self.rows.binary_search_by_key(*row, |(row, _)| *row).is_ok())
        {
            self.note(sheets::hidden_row(row + 1).at_cell(self.at(row, 0)));
        }
        for &(first, end) in &sheet.hidden_columns {
            for (heading, column) in self.origin.columns.iter().filter(|(_, column)| (first..=end).contains(column)) {
                self.note(sheets::hidden_column(heading).at_cell(self.at(self.head, *column)));
            }
        }
        let mut worded: Vec<u32> = Vec::new();
        for &(row, position) in sheet.worded.iter().filter(|(row, _)| (self.head + 1..=last).contains(row)) {
            let in_table = self.origin.columns.iter().any(|(_, column)| *column == position);
            if in_table && !worded.contains(&position) {
                worded.push(position);
                let found = sheet.cell(row, position).map(|cell| cell.value.display()).unwrap_or_default();
                self.note(cells::worded_number(&found).at_cell(self.at(row, position)));
            }
        }
        let mut stray: Vec<u32> = Vec::new();
        for (&row, cells) in sheet.rows.iter().filter(|(row, _)| (self.head + 1..=last).contains(*row)) {
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

/// The row that looks like one of headings: the first of the top rows that is filled as wide as they are.
fn head_of(sheet: &Sheet) -> u32 {
    let filled = |row: &u32| headings_of(sheet, *row).len();
    let widest = (0..8).map(|row| filled(&row)).max().unwrap_or_default();
    (0..8).find(|row| filled(row) * 2 >= widest).unwrap_or_default()
}

/// The first words of a text, for a message.
fn excerpt_of(text: &str) -> String {
    let words: String = text.trim().chars().take(40).collect();
    if words.len() < text.trim().len() { format!("{}…", words.trim_end()) } else { words }
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
    fn of(table: &Table, (heading, position): &(&'static str, u32)) -> Option<Self> {
        let column = table.declared().find(|column| column.heading == *heading)?;
        Some(Self { column, position: *position, heading: fold(heading), example: fold(column.example) })
    }

    /// Whether the column may hold the words of a line of totals.
    fn is_label(&self) -> bool {
        matches!(self.column.kind, Kind::Text | Kind::Code | Kind::Reference(..))
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
            (Kind::Share, _) => same(decode::share(value), decode::share(&example())),
            (Kind::Date, _) => same(decode::date(value), decode::date(&example())),
            (Kind::Month, _) => same(decode::month(value), decode::month(&example())),
            (Kind::Time, _) => same(decode::time(value, false), decode::time(&example(), false)),
            (Kind::Siren, _) => same(decode::siren(value), decode::siren(&example())),
            (Kind::Siret, _) => same(decode::siret(value), decode::siret(&example())),
            (Kind::PostalCode, _) => same(decode::postal_code(value), decode::postal_code(&example())),
            (_, Value::Text(text)) => folds_to(text, &self.example),
            (_, other) => fold(&other.display()) == self.example,
        }
    }
}

/// The row of a cell under its headings: the first columns, and the one at fault with its neighbours.
#[must_use]
pub fn excerpt(workbook: &super::Workbook, cell: &CellRef) -> Option<Excerpt> {
    let sheet = workbook.sheets.iter().find(|sheet| fold(&sheet.name) == fold(&cell.sheet))?;
    let head = head_of(sheet);
    let row = cell.row.checked_sub(1).filter(|row| *row > head)?;
    let headings = headings_of(sheet, head);
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
