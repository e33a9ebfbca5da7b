//! What is kept of a person among the results: lists of recipients, read and written again without him.

use chrono::NaiveDate;

use super::whom::{Columns, Identity, Somebody};
use crate::documents;
use crate::documents::Recipe;
use crate::files;
use crate::model::Territory;
use crate::render::{csv, workbook};
use crate::spreadsheets;

/// What stands in the place of a person who was erased.
const ERASED: &str = "personne effacée";

/// A list of persons among the results.
pub(super) struct List {
    /// Its place below the results.
    pub(super) place: String,
    form: Form,
    title: String,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Workbook,
}

impl List {
    /// Reads a file, and what a person wrote over it and the program kept beside it; nothing where it is no list of persons.
    pub(super) fn read(place: &str, bytes: &[u8]) -> Option<Self> {
        let form = form(place)?;
        let (title, table) = match form {
            Form::Text => (String::new(), text_rows(bytes)),
            Form::Workbook => workbook_rows(bytes, place)?,
        };
        let start = table.iter().position(|row| Columns::of(row).is_some())?;
        let mut rows = table.into_iter().skip(start);
        let headings = rows.next()?;
        Some(Self { place: place.to_owned(), form, title, headings, rows: rows.collect() })
    }

    /// Whom its rows are about.
    pub(super) fn somebody(&self) -> Vec<Somebody> {
        let Some(columns) = Columns::of(&self.headings) else { return Vec::new() };
        self.rows.iter().map(|row| columns.somebody(row)).collect()
    }

    /// How many of its rows are about a person.
    pub(super) fn count(&self, identity: &Identity) -> usize {
        self.somebody().iter().filter(|it| identity.is(it)).count()
    }

    /// The list without a person: as long as before, what was erased last.
    pub(super) fn without(
        &self,
        identity: &Identity,
        territory: &Territory,
        day: NaiveDate,
    ) -> Result<Vec<u8>, String> {
        let is_meant: Vec<bool> = self.somebody().iter().map(|it| identity.is(it)).collect();
        let kept = self.rows.iter().zip(&is_meant).filter(|(_, is_meant)| !**is_meant).map(|(row, _)| self.even(row));
        let erased = is_meant.iter().filter(|is_meant| **is_meant).map(|_| self.even(&[ERASED.to_owned()]));
        let rows: Vec<Vec<String>> = kept.chain(erased).collect();
        match self.form {
            Form::Text => {
                let headings: Vec<&str> = self.headings.iter().map(String::as_str).collect();
                csv::for_people(&headings, &rows)
            }
            Form::Workbook => match documents::recipient_list(territory, &self.title, &self.headings, &rows) {
                Recipe::Workbook(described) => workbook::file(&described, day),
                _ => Err("une liste n’est pas un classeur".to_owned()),
            },
        }
    }

    /// A row as long as the heading row.
    fn even(&self, row: &[String]) -> Vec<String> {
        let mut row = row.to_vec();
        row.resize(self.headings.len(), String::new());
        row
    }
}

/// What a file is by its name; what a person wrote into it is kept under `.bak`, numbered where there are several.
fn form(place: &str) -> Option<Form> {
    let kept = place.strip_suffix(".bak").unwrap_or(place);
    let kept = kept.trim_end_matches(|it: char| it.is_ascii_digit()).trim_end_matches('.');
    match kept.rsplit('.').next() {
        Some("csv") => Some(Form::Text),
        Some("xlsx") => Some(Form::Workbook),
        _ => None,
    }
}

/// The rows of a list as the program writes it: semicolons, quoted where needed, what a formula would begin with guarded.
fn text_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let (text, _) = files::text(bytes);
    csv::read(text.trim_start_matches('\u{feff}'))
}

/// The title of a workbook's first sheet, and its rows.
fn workbook_rows(bytes: &[u8], place: &str) -> Option<(String, Vec<Vec<String>>)> {
    let workbook = spreadsheets::read(bytes, place).ok()?;
    let sheet = workbook.sheets.first()?;
    let row = |cells: &Vec<(u32, spreadsheets::Cell)>| -> Vec<String> {
        cells.iter().fold(Vec::new(), |mut row, (column, cell)| {
            row.resize(usize::try_from(*column).unwrap_or(0).min(64).max(row.len()), String::new());
            row.push(cell.value.display());
            row
        })
    };
    let rows: Vec<Vec<String>> = sheet.rows.values().map(row).collect();
    let title = rows.first().and_then(|row| row.iter().find(|text| !text.is_empty())).cloned().unwrap_or_default();
    Some((title, rows))
}
