//! Sheet Conventions.

use crate::model::Convention;
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const VERSION: Column =
    Column::required("Version", Kind::Code).about("Nomme le texte : convention-2022.md.j2 pour 2022.").example("2021");
const REFERENCE: Column = Column::required("Date de référence", Kind::Date)
    .about("Le jour où les représentants sont en fonction.")
    .example("20/01/2021");
pub(in crate::intake) const START: Column = Column::required("Début", Kind::Date).example("01/02/2021");
pub(in crate::intake) const END: Column = Column::required("Fin", Kind::Date).example("31/01/2022");
pub(in crate::intake) const REPLACES: Column =
    Column::optional("Remplace", Kind::Reference("Conventions", "Version")).about("La version précédente.");
pub(in crate::intake) const YEAR: Column = Column::required("Exercice", Kind::Reference("Exercices", "Code"))
    .about("Le budget de l’article 4.")
    .example("2021");

/// One version a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Conventions",
    about: "Une version de la convention de partenariat par ligne.",
    columns: &[VERSION, REFERENCE, START, END, REPLACES, YEAR],
};

pub(super) fn read(table: &Table) -> Vec<Convention> {
    table
        .rows()
        .map(|row| Convention {
            version: row.text(&VERSION),
            reference: row.required_date(&REFERENCE),
            start: row.required_date(&START),
            end: row.required_date(&END),
            replaces: row.optional_text(&REPLACES),
            year: row.text(&YEAR),
            origin: row.origin(),
        })
        .collect()
}
