//! Sheet Représentants.

use crate::model::{Choice, Civility, Representative, Role};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const PARTNER: Column =
    Column::required("Partenaire", Kind::Reference("Partenaires", "Code")).example("CCE");
const CIVILITY: Column = Column::required("Civilité", Kind::Choice(Civility::LABELS)).example("Mme");
const FIRST_NAME: Column = Column::required("Prénom", Kind::Text).example("Camille");
const LAST_NAME: Column = Column::required("Nom", Kind::Text).example("EXEMPLE");
pub(in crate::intake) const TITLE: Column =
    Column::required("Qualité", Kind::Text).about("Le titre qui suit le nom dans les actes.").example("Présidente");
const ROLE: Column = Column::optional("Rôle", Kind::Choice(Role::LABELS))
    .about("Signataire si la cellule est vide.")
    .example("Signataire");
pub(in crate::intake) const SINCE: Column =
    Column::required("Depuis", Kind::Date).about("Premier jour en fonction.").example("15/07/2020");
pub(in crate::intake) const UNTIL: Column = Column::optional("Jusqu'au", Kind::Date).about("Dernier jour en fonction.");

/// One mandate a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Représentants",
    about: "Qui parle pour un partenaire, et de quand à quand : une ligne par mandat.",
    columns: &[PARTNER, CIVILITY, FIRST_NAME, LAST_NAME, TITLE, ROLE, SINCE, UNTIL],
};

pub(super) fn read(table: &Table) -> Vec<Representative> {
    table
        .rows()
        .map(|row| Representative {
            partner: row.text(&PARTNER),
            civility: row.choice(&CIVILITY).map_or(Civility::Monsieur, |index| Civility::ALL[index]),
            first_name: row.text(&FIRST_NAME),
            last_name: row.text(&LAST_NAME),
            title: row.text(&TITLE),
            role: row.choice(&ROLE).map_or(Role::Signatory, |index| Role::ALL[index]),
            since: row.required_date(&SINCE),
            until: row.date(&UNTIL),
            origin: row.origin(),
        })
        .collect()
}
