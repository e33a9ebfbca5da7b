//! Sheet Accompagnements.

use crate::model::{Choice, Support, SupportLevel};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

const DATE: Column = Column::required("Date", Kind::Date).example("14/01/2021");
pub(in crate::intake) const FIRM: Column = Column::required("Entreprise", Kind::Text)
    .about("La raison sociale, comme dans la feuille Entreprises.")
    .example("Ateliers de l’Exemple");
pub(in crate::intake) const SITE: Column = Column::optional("Site", Kind::Text);
const LEVEL: Column = Column::required("Niveau", Kind::Choice(SupportLevel::LABELS))
    .about("Une entreprise est « accompagnée » à partir du deuxième niveau.")
    .example("Prise de contact");
const THEME: Column = Column::required("Thème", Kind::Theme).example("Industrie 4.0");
const EPCI_PRESENT: Column = Column::optional("EPCI présent", Kind::YesNo).example("oui");
const HOURS: Column = Column::optional("Heures", Kind::Decimal).example("2,5");
const FOLLOW_UP: Column = Column::optional("Suite", Kind::Text).example("Envoyer la fiche du dispositif");
const REMINDER: Column = Column::optional("Relance le", Kind::Date).example("14/02/2021");

/// One exchange with a firm a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Accompagnements",
    about: "Un échange avec une entreprise par ligne.",
    columns: &[DATE, FIRM, SITE, LEVEL, THEME, EPCI_PRESENT, HOURS, FOLLOW_UP, REMINDER],
};

pub(super) fn read(table: &Table) -> Vec<Support> {
    table
        .rows()
        .map(|row| Support {
            date: row.required_date(&DATE),
            firm: row.text(&FIRM),
            site: row.optional_text(&SITE),
            level: row.choice(&LEVEL).map_or(SupportLevel::Contact, |index| SupportLevel::ALL[index]),
            theme: row.theme(&THEME),
            epci_present: row.yes(&EPCI_PRESENT),
            hours: row.hundredths(&HOURS),
            follow_up: row.optional_text(&FOLLOW_UP),
            reminder: row.date(&REMINDER),
            origin: row.origin(),
        })
        .collect()
}
