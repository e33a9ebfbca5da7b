//! The cells of an annotated copy: those with remarks take another look, those that are not there are made.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::{Cells, Styles};
use crate::figures::column_letters;
use crate::packages::{Patch, Refusal, attribute, damaged, prefix, tag, walk};
use crate::spreadsheets::xlsx::parse_cell;

/// What stands behind the drawing of the comments in every sheet.
const AFTER_DRAWING: &[&str] = &[
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// A sheet whose cells have their looks.
pub(super) struct Patched {
    text: String,
    prefix: String,
    /// The relation that leads to the drawing of its comments, where it has one.
    pub(super) drawing: Option<String>,
}

/// The walk through a sheet.
struct State<'a, 'b> {
    cells: BTreeMap<(u32, u32), bool>,
    styles: &'a mut Styles,
    patch: Patch<'b>,
    prefix: String,
    in_data: bool,
    /// The open row, from 0; where the next cell stands when it does not say so.
    row: Option<u32>,
    next: (u32, u32),
    /// The look of the row's empty cells.
    row_style: Option<usize>,
    /// The looks of columns: first, last, look.
    columns: Vec<(u32, u32, usize)>,
    drawing: Option<String>,
}

/// Gives the cells with remarks their looks.
pub(super) fn patch(text: &str, cells: &Cells, styles: &mut Styles) -> Result<Patched, Refusal> {
    let mut state = State {
        cells: cells.iter().map(|(place, (_, is_error))| (*place, *is_error)).collect(),
        styles,
        patch: Patch::new(text),
        prefix: String::new(),
        in_data: false,
        row: None,
        next: (0, 0),
        row_style: None,
        columns: Vec::new(),
        drawing: None,
    };
    let mut fault = None;
    walk(text, |step| {
        if let (0, Some(root)) = (step.depth, step.open) {
            state.prefix = prefix(root);
        }
        let done = match step.open {
            Some(element) => state.open(element, step.name, step.at.clone(), step.ends),
            None => {
                state.close(step.name, step.at.start);
                Ok(())
            }
        };
        if let Err(refusal) = done {
            fault.get_or_insert(refusal);
        }
    })?;
    match fault {
        Some(refusal) => Err(refusal),
        None if !state.cells.is_empty() => Err(damaged()),
        None => Ok(Patched { prefix: state.prefix, drawing: state.drawing, text: state.patch.apply() }),
    }
}

impl State<'_, '_> {
    fn open(
        &mut self,
        element: &BytesStart,
        name: &str,
        at: std::ops::Range<usize>,
        is_empty: bool,
    ) -> Result<(), Refusal> {
        let number = |name: &str| attribute(element, name).and_then(|number| number.parse::<u32>().ok());
        match name {
            "col" => {
                if let (Some(first), Some(last), Some(style)) = (number("min"), number("max"), number("style")) {
                    self.columns.push((first.saturating_sub(1), last.saturating_sub(1), style as usize));
                }
            }
            "legacyDrawing" => self.drawing = attribute(element, "id"),
            "sheetData" if is_empty => {
                let rows = self.rows_before(None);
                self.patch.replace(at, &format!("{}{rows}</{p}sheetData>", tag(element, &[], false), p = self.prefix));
            }
            "sheetData" => self.in_data = true,
            "row" if self.in_data => {
                let row = number("r").map_or(Some(self.next.0), |row| row.checked_sub(1)).ok_or_else(damaged)?;
                let rows = self.rows_before(Some(row));
                self.patch.insert(at.start, &rows);
                self.next = (row + 1, 0);
                self.row_style = number("s").map(|style| style as usize);
                if is_empty {
                    let cells = self.cells_before(row, None);
                    if !cells.is_empty() {
                        let row = format!("{}{cells}</{}row>", tag(element, &[], false), self.prefix);
                        self.patch.replace(at, &row);
                    }
                } else {
                    self.row = Some(row);
                }
            }
            "c" if self.row.is_some() => {
                let row = self.row.unwrap_or_default();
                let column = match attribute(element, "r") {
                    Some(place) => parse_cell(&place).ok_or_else(damaged)?.1,
                    None => self.next.1,
                };
                let cells = self.cells_before(row, Some(column));
                self.patch.insert(at.start, &cells);
                self.next.1 = column + 1;
                if let Some(is_error) = self.cells.remove(&(row, column)) {
                    let style = self.styles.coloured(number("s").unwrap_or(0) as usize, is_error).to_string();
                    self.patch.replace(at, &tag(element, &[("s", &style)], is_empty));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str, at: usize) {
        match name {
            "row" => {
                if let Some(row) = self.row.take() {
                    let cells = self.cells_before(row, None);
                    self.patch.insert(at, &cells);
                }
            }
            "sheetData" if self.in_data => {
                self.in_data = false;
                let rows = self.rows_before(None);
                self.patch.insert(at, &rows);
            }
            _ => {}
        }
    }

    /// The rows with remarks that are not there, as far as the one that comes.
    fn rows_before(&mut self, end: Option<u32>) -> String {
        let mut rows = String::new();
        self.row_style = None;
        while let Some(((row, _), _)) = self.cells.first_key_value().map(|(place, error)| (*place, *error)) {
            if end.is_some_and(|end| row >= end) {
                break;
            }
            let cells = self.cells_before(row, None);
            rows.push_str(&format!("<{p}row r=\"{}\">{cells}</{p}row>", row + 1, p = self.prefix));
        }
        rows
    }

    /// The cells with remarks of a row that are not there, as far as the one that comes.
    fn cells_before(&mut self, row: u32, end: Option<u32>) -> String {
        let last = end.unwrap_or(u32::MAX);
        let here: Vec<u32> = self.cells.range((row, 0)..(row, last)).map(|((_, column), _)| *column).collect();
        let mut cells = String::new();
        for column in here {
            let is_error = self.cells.remove(&(row, column)).unwrap_or_default();
            let of_column = || self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
            let base = self.row_style.or_else(|| of_column().map(|(.., style)| *style)).unwrap_or(0);
            let style = self.styles.coloured(base, is_error);
            let place = format!("{}{}", column_letters(column), row + 1);
            cells.push_str(&format!("<{}c r=\"{place}\" s=\"{style}\"/>", self.prefix));
        }
        cells
    }
}

impl Patched {
    /// The part, with the relation that leads to a new drawing of its comments.
    pub(super) fn with_drawing(self, relation: Option<(&str, &str)>) -> Result<String, Refusal> {
        let Some((kinds, id)) = relation else { return Ok(self.text) };
        let mut place = None;
        walk(&self.text, |step| {
            let follows = step.depth == 1 && step.open.is_some() && AFTER_DRAWING.contains(&step.name);
            if follows || (step.depth == 0 && step.open.is_none()) {
                place.get_or_insert(step.at.start);
            }
        })?;
        let mut patch = Patch::new(&self.text);
        patch.insert(
            place.ok_or_else(damaged)?,
            &format!("<{}legacyDrawing xmlns:r=\"{}\" r:id=\"{id}\"/>", self.prefix, kinds.trim_end_matches('/')),
        );
        Ok(patch.apply())
    }
}
