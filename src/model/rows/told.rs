//! Rows as a person compares them: what each filled cell says, in the words of documents.

use super::{Record, Table};
use crate::figures::{CellRef, Cells, Figure, Quantity};
use crate::model::{Tables, Visitor};
use crate::records::{Column, Enclosed, Field, Kind, Label};
use crate::wording;

/// A row.
#[derive(Debug, Clone)]
pub struct ToldRow {
    /// The row as a spreadsheet numbers it, from 1.
    pub number: u32,
    /// Its filled cells, in the order of the columns.
    pub cells: Vec<ToldCell>,
}

/// A filled cell.
#[derive(Debug, Clone)]
pub struct ToldCell {
    /// Its column.
    pub column: &'static Column,
    /// Where it stands.
    pub at: CellRef,
    /// What it says.
    pub text: String,
}

impl Tables {
    /// The rows of a sheet as a person compares them.
    #[must_use]
    pub fn told(&self, sheet: &str) -> Vec<ToldRow> {
        struct Told<'a>(&'a str, Vec<ToldRow>);
        impl Visitor for Told<'_> {
            fn visit<T: Record>(&mut self, table: &Table<T>) {
                if T::NAME == self.0 {
                    self.1 = rows(table);
                }
            }
        }
        let mut told = Told(sheet, Vec::new());
        self.visit(None, &mut told);
        told.1
    }
}

fn rows<T: Record>(table: &Table<T>) -> Vec<ToldRow> {
    let row = |row: &super::Row<T>| {
        let declared = T::SHEET.columns.iter().map(|column| (*column, row.record.field(column.index)));
        let own = table.own.iter().zip(&row.own).map(|(column, field)| (*column, field.clone()));
        let cell = |(column, field): (&'static Column, Option<Field>)| {
            let text = text(column, &field?);
            Some(ToldCell { column, at: table.origin.cell(row.number, column.heading), text })
        };
        ToldRow { number: row.number, cells: declared.chain(own).filter_map(cell).collect() }
    };
    table.rows.iter().map(row).collect()
}

/// What a field says, in the words of documents.
fn text(column: &Column, field: &Field) -> String {
    let figure = |value: Quantity| Figure::new("", column.heading, value, Cells::default()).plain().text().to_owned();
    let labels: &[Label] = match column.kind {
        Kind::Choice(labels) | Kind::Choices(labels) | Kind::Enclosures(labels) => labels,
        _ => &[],
    };
    let percent = |part: i64, whole: i64| {
        let share = Figure::new("", column.heading, Quantity::Share(part, whole), Cells::default());
        share.percent(2).text().to_owned()
    };
    let label = |index: &usize| labels.get(*index).map_or("", |label| label.name);
    match field {
        Field::Text(text) => text.clone(),
        Field::Amount(cents) => figure(Quantity::Cents(*cents)),
        Field::Integer(number) => figure(Quantity::Count(*number)),
        Field::Hundredths(number) if column.kind == Kind::Decimal => figure(Quantity::number(*number)),
        Field::Hundredths(number) => figure(Quantity::Hundredths(*number)),
        // A fraction is told as it was typed: two that print alike in percent are not the same.
        Field::Share(part, whole) if *whole == 10_000 => percent(*part, *whole),
        Field::Share(part, whole) => format!("{part}/{whole}"),
        Field::Date(day) if column.kind == Kind::Month => wording::month(*day),
        Field::Date(day) => wording::date(*day),
        Field::Dates(days) => days.iter().map(|day| wording::date(*day)).collect::<Vec<_>>().join(" ; "),
        Field::Time(time) => wording::hour(*time),
        Field::Flag(yes) => if *yes { "oui" } else { "non" }.to_owned(),
        Field::Choice(index) => label(index).to_owned(),
        Field::Choices(indexes) => indexes.iter().map(label).collect::<Vec<_>>().join(" ; "),
        Field::Texts(texts) => texts.join(" ; "),
        Field::Enclosures(enclosed) => {
            let said = |enclosed: &Enclosed<usize>| match enclosed {
                Enclosed::Listed(index) => label(index).to_owned(),
                Enclosed::File(file) => file.name.clone(),
            };
            enclosed.iter().map(said).collect::<Vec<_>>().join(" ; ")
        }
    }
}
