//! Sheet Dépenses.

use crate::model::{Cents, Expense};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::{Row, Table};

pub(in crate::intake) const YEAR: Column =
    Column::required("Exercice", Kind::Reference("Exercices", "Code")).example("2021");
pub(in crate::intake) const NATURE: Column = Column::required("Nature", Kind::Text).example("Salaire et charges");
pub(in crate::intake) const PLANNED: Column = Column::required("Prévu", Kind::Amount).example("65 000,00");
const ACTUAL: Column = Column::optional("Réalisé", Kind::Amount).example("64 210,50");

/// One line of expenses a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Dépenses",
    about: "Une dépense par ligne et par exercice.",
    columns: &[YEAR, NATURE, PLANNED, ACTUAL],
};

/// What was planned; nothing, for an expense that was made without having been planned.
fn planned(row: &Row) -> Cents {
    if row.is_filled(&ACTUAL) && !row.is_filled(&PLANNED) {
        return Cents::ZERO;
    }
    Cents(row.cents(&PLANNED).unwrap_or(0))
}

pub(super) fn read(table: &Table) -> Vec<Expense> {
    table
        .rows()
        .map(|row| Expense {
            year: row.text(&YEAR),
            nature: row.text(&NATURE),
            planned: planned(&row),
            actual: row.cents(&ACTUAL).map(Cents),
            origin: row.origin(),
        })
        .collect()
}
