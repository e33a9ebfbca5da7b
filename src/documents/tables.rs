//! The tables of a text as a workbook: a sheet each, named after the heading that it stands under, with totals that calculate.
//!
//! A cell that says nothing but a figure is that figure; everything else stays in its words.

use super::common;
use crate::content::{self, Block, Run};
use crate::figures::{Figure, Printed, Quantity};
use crate::model::Territory;
use crate::views::Tree;
use crate::wording::fold;
use crate::worksheets::{Cell, Piece, Style, Table, Value, Workbook, Worksheet, total};

/// The longest name of a tab, as the format has it.
const LONGEST_NAME: usize = 31;
/// The narrowest and the widest column, in characters: what is longer takes several lines.
const WIDTHS: (usize, usize) = (9, 34);

/// The workbook of a text's tables; a text without any has a sheet that says so by its title alone.
#[must_use]
pub fn text_workbook(territory: &Territory, title: &str, tree: &Tree) -> Workbook {
    let mut sheets: Vec<Worksheet> = Vec::new();
    let mut heading = title.to_owned();
    Block::visit(&tree.blocks, &mut |block| match block {
        Block::Heading { runs, .. } => heading = content::words(runs),
        Block::Table { head, rows, .. } => {
            let table = Reader { printed: &tree.printed }.table(sheets.len() + 1, head, rows);
            sheets.push(Worksheet {
                name: tab(&heading, &sheets),
                widths: widths(&table),
                pieces: vec![
                    Piece::Title(title.to_owned()),
                    Piece::Subtitle(heading.clone()),
                    Piece::Gap,
                    Piece::Table(table),
                ],
            });
        }
        _ => {}
    });
    if sheets.is_empty() {
        let pieces = vec![Piece::Title(title.to_owned())];
        sheets.push(Worksheet { name: tab(title, &[]), widths: vec![60.0], pieces });
    }
    Workbook { sheets, ..common::workbook(territory, title.to_owned()) }
}

/// A tab's name: what stands behind the colon of its heading, where there is one, cut between two words, without the signs
/// that no tab may have.
fn tab(heading: &str, others: &[Worksheet]) -> String {
    let own = heading.rsplit(':').next().filter(|own| !own.trim().is_empty()).unwrap_or(heading);
    let plain: String = own.chars().map(|c| if "[]:*?/\\'’".contains(c) { ' ' } else { c }).collect();
    let cut = |most: usize| {
        let mut name = String::new();
        for word in plain.split_whitespace() {
            if name.chars().count() + word.chars().count() >= most {
                break;
            }
            name.push_str(if name.is_empty() { "" } else { " " });
            name.push_str(word);
        }
        if name.is_empty() { "Tableau".to_owned() } else { name.trim_end_matches([',', ';', '.', '–']).to_owned() }
    };
    let is_taken = |name: &str| others.iter().any(|other| fold(&other.name) == fold(name));
    let numbered = (2..).map(|number| format!("{} {number}", cut(LONGEST_NAME - 4)));
    std::iter::once(cut(LONGEST_NAME)).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

/// The widths of a table's columns, by their longest cells.
fn widths(table: &Table) -> Vec<f64> {
    let long = |cell: &Cell| match &cell.value {
        Value::Text(text) => text.chars().count() + 2,
        _ => 0,
    };
    let width = |(column, heading): (usize, &String)| {
        let words = heading.split_whitespace().map(|word| word.chars().count() + 2).max().unwrap_or(0);
        let cells = table.rows.iter().chain(&table.totals).filter_map(|row| row.get(column));
        let longest = cells.map(long).max().unwrap_or(0).max(words).clamp(WIDTHS.0, WIDTHS.1);
        u32::try_from(longest).map_or(0.0, f64::from)
    };
    table.headings.iter().enumerate().map(width).collect()
}

/// Reads cells of a text with the figures that it prints.
struct Reader<'t> {
    printed: &'t [Printed],
}

impl Reader<'_> {
    fn table(&self, number: usize, head: &[Vec<Run>], rows: &[Vec<Vec<Run>>]) -> Table {
        let name = format!("Tableau{number}");
        let mut headings: Vec<String> = Vec::new();
        for (column, runs) in (1..).zip(head) {
            let words = content::words(runs).trim().to_owned();
            let is_plain = !words.is_empty() && !headings.contains(&words);
            headings.push(if is_plain { words } else { format!("Colonne {column}") });
        }
        let (rows, sums) = match rows.split_last() {
            Some((last, before)) if is_total(last) => (before, Some(last)),
            _ => (rows, None),
        };
        let row = |row: &Vec<Vec<Run>>| row.iter().map(|runs| self.cell(runs, Style::Text)).collect();
        let cells: Vec<Vec<Cell>> = rows.iter().map(row).collect();
        let totals = sums.map(|sums| {
            let sum = |(column, runs): (usize, &Vec<Run>)| self.sum(&name, &headings, &cells, column, runs);
            sums.iter().enumerate().map(sum).collect()
        });
        Table { headings, rows: cells, totals, name, ..Table::default() }
    }

    /// A cell of a total row: it calculates where it is the sum of what stands above.
    fn sum(&self, table: &str, headings: &[String], rows: &[Vec<Cell>], column: usize, runs: &[Run]) -> Cell {
        let said = self.figure(runs);
        let above = rows.iter().filter_map(|row| match &row.get(column)?.value {
            Value::Figure(printed) => amount(printed.figure()),
            _ => None,
        });
        let is_sum = said.and_then(|said| amount(said.figure())) == Some(above.sum());
        match (said, headings.get(column)) {
            (Some(said), Some(heading)) if is_sum => total(table, heading, said.clone()),
            _ => self.cell(runs, Style::Total),
        }
    }

    fn cell(&self, runs: &[Run], style: Style) -> Cell {
        let words = content::words(runs).trim().to_owned();
        let value = match self.figure(runs) {
            Some(printed) => Value::Figure(printed.clone()),
            None if words.is_empty() => Value::Blank,
            None => Value::Text(words),
        };
        Cell::new(value, style)
    }

    /// The figure of a cell that says nothing else; one that is withheld, or counted in words, stays in its words.
    fn figure(&self, runs: &[Run]) -> Option<&Printed> {
        let mut said = runs.iter().filter(|run| !run.text.trim().is_empty());
        let (only, None) = (said.next()?, said.next()) else { return None };
        let name = only.figure.as_deref()?;
        let is_it = |printed: &&Printed| (printed.figure().name(), printed.text()) == (name, &*only.text);
        let is_number = |printed: &&Printed| !printed.figure().is_secret() && !has_words(printed.text());
        self.printed.iter().find(is_it).filter(is_number)
    }
}

/// Whether a printed figure says more than a number and its unit.
fn has_words(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

/// Whether a row is a total: it names itself in bold.
fn is_total(row: &[Vec<Run>]) -> bool {
    row.first().is_some_and(|runs| !runs.is_empty() && runs.iter().all(|run| run.strong))
}

/// What can be added up.
fn amount(figure: &Figure) -> Option<i64> {
    match figure.value() {
        Quantity::Cents(number) | Quantity::Count(number) => Some(number),
        _ => None,
    }
}
