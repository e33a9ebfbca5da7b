//! Sheet Contacts.

use crate::model::{Choice, College, Contact};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

const FIRST_NAME: Column = Column::required("Prénom", Kind::Text).example("Camille");
const LAST_NAME: Column = Column::required("Nom", Kind::Text).example("Exemple");
pub(in crate::intake) const ORGANISATION: Column =
    Column::required("Organisation", Kind::Text).example("Ateliers de l’Exemple");
pub(in crate::intake) const POSITION: Column = Column::optional("Fonction", Kind::Text).example("Directrice de site");
pub(in crate::intake) const EMAIL: Column =
    Column::required("Courriel", Kind::Email).about("Une adresse par personne.").example("camille@example.org");
pub(in crate::intake) const PARTNER: Column =
    Column::optional("Partenaire", Kind::Reference("Partenaires", "Code")).example("CCE");
const COLLEGE: Column = Column::required("Collège", Kind::Choice(College::LABELS)).example("Industriel");
pub(in crate::intake) const LETTER: Column =
    Column::required("Lettre", Kind::YesNo).about("Reçoit la lettre d’information.").example("oui");
const OBJECTION: Column = Column::optional("Opposition", Kind::Date)
    .about("Le jour où la personne a demandé à ne plus rien recevoir ; elle n’est plus destinataire, quoi que dise « Lettre ».");
const SOURCE: Column = Column::required("Source", Kind::Text)
    .about("D’où vient l’adresse (RGPD, article 14).")
    .example("Atelier du 12 mai");
const INFORMED: Column = Column::optional("Informé le", Kind::Date).example("12/05/2022");
const LAST_EXCHANGE: Column = Column::optional("Dernier échange", Kind::Date).example("12/05/2022");

/// One person a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Contacts",
    about: "Une personne par ligne : industriels, élus, agents de développement.",
    columns: &[
        FIRST_NAME,
        LAST_NAME,
        ORGANISATION,
        POSITION,
        EMAIL,
        PARTNER,
        COLLEGE,
        LETTER,
        OBJECTION,
        SOURCE,
        INFORMED,
        LAST_EXCHANGE,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Contact> {
    table
        .rows()
        .map(|row| Contact {
            first_name: row.text(&FIRST_NAME),
            last_name: row.text(&LAST_NAME),
            organisation: row.text(&ORGANISATION),
            position: row.optional_text(&POSITION),
            email: row.text(&EMAIL),
            partner: row.optional_text(&PARTNER),
            college: row.choice(&COLLEGE).map_or(College::Other, |index| College::ALL[index]),
            receives_letter: row.yes(&LETTER),
            objection: row.date(&OBJECTION),
            source: row.text(&SOURCE),
            informed: row.date(&INFORMED),
            last_exchange: row.date(&LAST_EXCHANGE),
            origin: row.origin(),
        })
        .collect()
}
