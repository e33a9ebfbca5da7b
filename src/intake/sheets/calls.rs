//! Sheet Appels à projets.

use crate::model::{Call, CallNature, Choice};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const TITLE: Column =
    Column::required("Intitulé", Kind::Text).example("Chaleur renouvelable pour les ateliers");
pub(in crate::intake) const OPERATOR: Column =
    Column::required("Opérateur", Kind::Text).about("Qui instruit l’appel.").example("Agence de l’Exemple");
const NATURE: Column = Column::optional("Nature", Kind::Choice(CallNature::LABELS)).example("AAP");
const SCHEME: Column = Column::optional("Dispositif", Kind::Text).example("Fonds de l’Exemple");
const THEME: Column = Column::required("Thème", Kind::Theme).example("Bas carbone");
pub(in crate::intake) const OPENING: Column = Column::optional("Ouverture", Kind::Date).example("01/01/2021");
pub(in crate::intake) const CLOSING: Column =
    Column::optional("Clôture", Kind::Date).about("Vide : au fil de l’eau.").example("31/03/2021");
const COLLECTIONS: Column = Column::optional("Relèves", Kind::Dates)
    .about("Les jours où les dossiers en attente sont relevés, séparés par ;")
    .example("15/02/2021");
const VERIFIED: Column = Column::optional("Vérifié le", Kind::Date).example("10/01/2021");
const LINK: Column = Column::optional("Lien", Kind::Link).example("https://example.org/appel");

/// One call a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Appels à projets",
    about: "Un appel par ligne ; les lettres reprennent ceux qui sont ouverts à leur date.",
    columns: &[TITLE, OPERATOR, NATURE, SCHEME, THEME, OPENING, CLOSING, COLLECTIONS, VERIFIED, LINK],
};

pub(super) fn read(table: &Table) -> Vec<Call> {
    table
        .rows()
        .map(|row| Call {
            title: row.text(&TITLE),
            operator: row.text(&OPERATOR),
            nature: row.choice(&NATURE).map(|index| CallNature::ALL[index]),
            scheme: row.optional_text(&SCHEME),
            theme: row.theme(&THEME),
            opening: row.date(&OPENING),
            closing: row.date(&CLOSING),
            collections: row.dates(&COLLECTIONS),
            verified: row.date(&VERIFIED),
            link: row.optional_text(&LINK),
            origin: row.origin(),
        })
        .collect()
}
