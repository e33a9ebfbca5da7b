//! Sheet Lettres.

use crate::model::Letter;
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const NUMBER: Column = Column::required("Numéro", Kind::Integer(1, 9_999)).example("1");
pub(in crate::intake) const ISSUED: Column =
    Column::required("Parution", Kind::Date).about("Le jour de parution.").example("15/01/2021");
pub(in crate::intake) const SUBJECT: Column =
    Column::optional("Objet", Kind::Text).about("L’objet du message.").example("La lettre nº 1");
pub(in crate::intake) const EDITORIAL: Column = Column::optional("Éditorial", Kind::Markdown)
    .about("Quelques paragraphes, en Markdown : une ligne vide entre deux paragraphes, **gras**, *italique*, [lien](https://…).")
    .example("Le mot de la rédaction.");
const SIGNATORY: Column = Column::optional("Signataire", Kind::Text).example("Camille Exemple");
pub(in crate::intake) const SENT: Column = Column::optional("Envoyée le", Kind::Date)
    .about("Le jour de l’envoi : les fichiers de la lettre ne changent plus.");

/// One letter a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Lettres",
    about: "Le calendrier des lettres d’information : une lettre par ligne.",
    columns: &[NUMBER, ISSUED, SUBJECT, EDITORIAL, SIGNATORY, SENT],
};

pub(super) fn read(table: &Table) -> Vec<Letter> {
    table
        .rows()
        .map(|row| Letter {
            number: row.integer(&NUMBER).and_then(|number| u32::try_from(number).ok()).unwrap_or(0),
            issued: row.required_date(&ISSUED),
            subject: row.optional_text(&SUBJECT),
            editorial: row.optional_text(&EDITORIAL),
            signatory: row.optional_text(&SIGNATORY),
            sent: row.date(&SENT),
            origin: row.origin(),
        })
        .collect()
}
