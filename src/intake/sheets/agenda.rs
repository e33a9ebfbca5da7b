//! Sheet Agenda.

use crate::model::{Choice, Event, EventKind};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const DATE: Column = Column::required("Date", Kind::Date).example("20/01/2021");
pub(in crate::intake) const TIME: Column =
    Column::optional("Heure", Kind::Time).about("Vide : toute la journée.").example("09:00");
pub(in crate::intake) const END_DATE: Column =
    Column::optional("Date de fin", Kind::Date).about("Pour un événement de plusieurs jours.");
pub(in crate::intake) const END_TIME: Column = Column::optional("Heure de fin", Kind::Time).example("12:00");
pub(in crate::intake) const TITLE: Column =
    Column::required("Intitulé", Kind::Text).example("Récupérer la chaleur fatale");
const KIND: Column = Column::required("Type", Kind::Choice(EventKind::LABELS)).example("Atelier");
pub(in crate::intake) const PLACE: Column = Column::optional("Lieu", Kind::Text).example("Exempleville");
pub(in crate::intake) const PARTNER: Column = Column::optional("Partenaire", Kind::Reference("Partenaires", "Code"))
    .about("Le partenaire qui accueille.")
    .example("CCE");
const PARTICIPANTS: Column =
    Column::optional("Participants", Kind::Integer(0, 100_000)).about("Après l’événement.").example("24");
const IN_LETTER: Column =
    Column::required("Dans la lettre", Kind::YesNo).about("Annoncé dans l’agenda des lettres.").example("oui");
const CANCELLED: Column = Column::optional("Annulé", Kind::YesNo).example("non");
const REGISTRATION: Column = Column::optional("Inscription", Kind::Link).example("https://example.org/inscription");
const LINK: Column = Column::optional("Lien", Kind::Link).example("https://example.org/atelier");

/// One event a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Agenda",
    about: "Un événement par ligne, passé ou à venir : comités, ateliers, visites.",
    columns: &[
        DATE,
        TIME,
        END_DATE,
        END_TIME,
        TITLE,
        KIND,
        PLACE,
        PARTNER,
        PARTICIPANTS,
        IN_LETTER,
        CANCELLED,
        REGISTRATION,
        LINK,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Event> {
    table
        .rows()
        .map(|row| Event {
            date: row.required_date(&DATE),
            time: row.time(&TIME),
            end_date: row.date(&END_DATE),
            end_time: row.time(&END_TIME),
            title: row.text(&TITLE),
            kind: row.choice(&KIND).map_or(EventKind::Other, |index| EventKind::ALL[index]),
            place: row.optional_text(&PLACE),
            partner: row.optional_text(&PARTNER),
            participants: row.integer(&PARTICIPANTS),
            in_letter: row.yes(&IN_LETTER),
            cancelled: row.yes(&CANCELLED),
            registration: row.optional_text(&REGISTRATION),
            link: row.optional_text(&LINK),
            origin: row.origin(),
        })
        .collect()
}
