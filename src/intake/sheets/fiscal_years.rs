//! Sheet Exercices.

use crate::model::{FiscalYear, Period};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const CODE: Column = Column::required("Code", Kind::Code).example("2021");
pub(in crate::intake) const START: Column = Column::required("Début", Kind::Date).example("01/02/2021");
pub(in crate::intake) const END: Column = Column::required("Fin", Kind::Date).example("31/01/2022");
pub(in crate::intake) const CARRIER: Column =
    Column::required("Écart d'arrondi à la charge de", Kind::Reference("Partenaires", "Code"))
        .about("Le partenaire qui porte les centimes que le partage ne peut pas répartir.")
        .example("CCE");

/// One budget year a row.
pub(in crate::intake) static SHEET: Sheet =
    Sheet { name: "Exercices", about: "Un exercice budgétaire par ligne.", columns: &[CODE, START, END, CARRIER] };

pub(super) fn read(table: &Table) -> Vec<FiscalYear> {
    table
        .rows()
        .map(|row| FiscalYear {
            code: row.text(&CODE),
            period: Period { start: row.required_date(&START), end: row.required_date(&END) },
            rounding_carrier: row.text(&CARRIER),
            origin: row.origin(),
        })
        .collect()
}
