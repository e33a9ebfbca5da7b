//! Sheet Recettes.

use crate::model::{Cents, Choice, Contribution, Resource, ResourceMode};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const YEAR: Column =
    Column::required("Exercice", Kind::Reference("Exercices", "Code")).example("2021");
pub(in crate::intake) const FUNDER: Column = Column::required("Financeur", Kind::Reference("Partenaires", "Code"))
    .about("L’État et la Région sont aussi des partenaires.")
    .example("CCE");
pub(in crate::intake) const MODE: Column = Column::required("Mode", Kind::Choice(ResourceMode::LABELS))
    .about("Montant : la colonne Prévu le donne. Part égale : ce que les montants laissent, à parts égales. Quote-part : une clé.")
    .example("Montant");
pub(in crate::intake) const PLANNED: Column =
    Column::optional("Prévu", Kind::Amount).about("Quand le mode est Montant.").example("65 000,00");
pub(in crate::intake) const KEY: Column =
    Column::optional("Clé", Kind::Percent).about("Quand le mode est Quote-part : la part du reste à charge, en %.");
const CONTRIBUTION: Column = Column::optional("Apport", Kind::Choice(Contribution::LABELS))
    .about("Numéraire si la cellule est vide.")
    .example("numéraire");
pub(in crate::intake) const CEILING: Column = Column::optional("Plafond voté", Kind::Amount).example("65 000,00");
pub(in crate::intake) const REQUEST_NUMBER: Column =
    Column::optional("N° de demande", Kind::Code).about("Vide : la suite de la série.").example("2021-01");
pub(in crate::intake) const CALLED: Column = Column::optional("Appelé", Kind::Amount).example("65 000,00");
pub(in crate::intake) const CALLED_ON: Column = Column::optional("Appelé le", Kind::Date)
    .about("La demande est partie : elle ne change plus.")
    .example("01/03/2021");
pub(in crate::intake) const DUE: Column = Column::optional("Échéance", Kind::Date).example("31/03/2021");
pub(in crate::intake) const RECEIVED: Column = Column::optional("Encaissé", Kind::Amount).example("65 000,00");
pub(in crate::intake) const RECEIVED_ON: Column = Column::optional("Encaissé le", Kind::Date).example("20/03/2021");
const SERVICE_CODE: Column = Column::optional("Code service", Kind::Code).about("Chorus Pro.").example("FACTURES");
const COMMITMENT: Column = Column::optional("N° d'engagement", Kind::Code).about("Chorus Pro.").example("ENG-1");

/// One resource a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Recettes",
    about: "Un financeur par ligne et par exercice.",
    columns: &[
        YEAR,
        FUNDER,
        MODE,
        PLANNED,
        KEY,
        CONTRIBUTION,
        CEILING,
        REQUEST_NUMBER,
        CALLED,
        CALLED_ON,
        DUE,
        RECEIVED,
        RECEIVED_ON,
        SERVICE_CODE,
        COMMITMENT,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Resource> {
    table
        .rows()
        .map(|row| Resource {
            year: row.text(&YEAR),
            funder: row.text(&FUNDER),
            mode: row.choice(&MODE).map_or(ResourceMode::Amount, |index| ResourceMode::ALL[index]),
            planned: row.cents(&PLANNED).map(Cents),
            key: row.percent(&KEY),
            contribution: row.choice(&CONTRIBUTION).map_or(Contribution::Cash, |index| Contribution::ALL[index]),
            ceiling: row.cents(&CEILING).map(Cents),
            request_number: row.optional_text(&REQUEST_NUMBER),
            called: row.cents(&CALLED).map(Cents),
            called_on: row.date(&CALLED_ON),
            due: row.date(&DUE),
            received: row.cents(&RECEIVED).map(Cents),
            received_on: row.date(&RECEIVED_ON),
            service_code: row.optional_text(&SERVICE_CODE),
            commitment: row.optional_text(&COMMITMENT),
            origin: row.origin(),
        })
        .collect()
}
