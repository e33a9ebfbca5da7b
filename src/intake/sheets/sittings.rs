//! Sheet Séances.

use crate::model::Sitting;
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const CODE: Column = Column::required("Code", Kind::Code).example("CCE-2021-01-20");
pub(in crate::intake) const PARTNER: Column =
    Column::required("Partenaire", Kind::Reference("Partenaires", "Code")).example("CCE");
pub(in crate::intake) const DATE: Column = Column::required("Date", Kind::Date).example("20/01/2021");
const TIME: Column = Column::required("Heure", Kind::Time).example("18:00");
pub(in crate::intake) const PLACE: Column = Column::required("Lieu", Kind::Text)
    .about("Comme dans l’acte, après « réuni ».")
    .example("salle des fêtes d’Exempleville");
pub(in crate::intake) const CONVENED: Column =
    Column::required("Convocation", Kind::Date).about("Le jour de l’envoi.").example("13/01/2021");
pub(in crate::intake) const MEMBERS: Column =
    Column::required("Membres en exercice", Kind::Integer(1, 1_000)).example("31");
pub(in crate::intake) const CHAIR: Column =
    Column::required("Président de séance", Kind::Text).about("Prénom et nom.").example("Camille EXEMPLE");
const CHAIR_TITLE: Column = Column::optional("Qualité du président", Kind::Text).example("Présidente");
pub(in crate::intake) const SECRETARY: Column =
    Column::optional("Secrétaire", Kind::Text).about("Prénom et nom.").example("Dominique EXEMPLE");
const URGENT: Column = Column::optional("Urgence", Kind::YesNo)
    .about("Convocation en urgence : un jour franc au lieu de cinq.")
    .example("non");
const SECOND: Column =
    Column::optional("Seconde convocation", Kind::YesNo).about("Aucun quorum n’est alors exigé.").example("non");

/// One sitting a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Séances",
    about: "Une séance d’assemblée par ligne.",
    columns: &[CODE, PARTNER, DATE, TIME, PLACE, CONVENED, MEMBERS, CHAIR, CHAIR_TITLE, SECRETARY, URGENT, SECOND],
};

pub(super) fn read(table: &Table) -> Vec<Sitting> {
    table
        .rows()
        .map(|row| Sitting {
            code: row.text(&CODE),
            partner: row.text(&PARTNER),
            date: row.required_date(&DATE),
            time: row.time(&TIME).unwrap_or_default(),
            place: row.text(&PLACE),
            convened: row.required_date(&CONVENED),
            members: row.integer(&MEMBERS).unwrap_or(0),
            chair: row.text(&CHAIR),
            chair_title: row.optional_text(&CHAIR_TITLE),
            secretary: row.optional_text(&SECRETARY),
            urgent: row.yes(&URGENT),
            second_convocation: row.yes(&SECOND),
            origin: row.origin(),
        })
        .collect()
}
