//! Sheet Présences.

use crate::model::{Attendance, AttendanceStatus, Choice};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const SITTING: Column =
    Column::required("Séance", Kind::Reference("Séances", "Code")).example("CCE-2021-01-20");
pub(in crate::intake) const LAST_NAME: Column = Column::required("Nom", Kind::Text).example("EXEMPLE");
const FIRST_NAME: Column = Column::required("Prénom", Kind::Text).example("Camille");
pub(in crate::intake) const STATUS: Column =
    Column::required("Statut", Kind::Choice(AttendanceStatus::LABELS)).example("Présent");
pub(in crate::intake) const HOLDER: Column =
    Column::optional("Mandataire", Kind::Text).about("Pour une procuration : NOM Prénom de qui vote, comme à l’appel.");

/// One member a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Présences",
    about: "L’appel : un membre de l’assemblée par ligne et par séance.",
    columns: &[SITTING, LAST_NAME, FIRST_NAME, STATUS, HOLDER],
};

pub(super) fn read(table: &Table) -> Vec<Attendance> {
    table
        .rows()
        .map(|row| Attendance {
            sitting: row.text(&SITTING),
            last_name: row.text(&LAST_NAME),
            first_name: row.text(&FIRST_NAME),
            status: row.choice(&STATUS).map_or(AttendanceStatus::Absent, |index| AttendanceStatus::ALL[index]),
            holder: row.optional_text(&HOLDER),
            origin: row.origin(),
        })
        .collect()
}
