//! Sheet Aides.

use crate::model::{Aid, AidForm, Cents, Choice, Decision, Plan};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const FIRM: Column = Column::required("Entreprise", Kind::Text)
    .about("La raison sociale, comme dans la feuille Entreprises.")
    .example("Ateliers de l’Exemple");
pub(in crate::intake) const SITE: Column = Column::optional("Site", Kind::Text);
const SCHEME: Column = Column::required("Dispositif", Kind::Text).example("Fonds de l’Exemple");
const PLAN: Column = Column::required("Plan", Kind::Choice(Plan::LABELS)).example("France Relance");
pub(in crate::intake) const FILED: Column = Column::required("Déposé le", Kind::Date).example("15/02/2021");
pub(in crate::intake) const DECISION: Column =
    Column::required("Décision", Kind::Choice(Decision::LABELS)).example("Lauréat");
pub(in crate::intake) const DECIDED: Column = Column::optional("Décidé le", Kind::Date).example("15/05/2021");
const INVESTMENT: Column = Column::optional("Investissement", Kind::Amount).example("1 200 000,00");
pub(in crate::intake) const REQUESTED: Column = Column::optional("Aide demandée", Kind::Amount).example("300 000,00");
pub(in crate::intake) const OBTAINED: Column =
    Column::optional("Aide obtenue", Kind::Amount).about("Pour un lauréat.").example("250 000,00");
const FORM: Column = Column::optional("Forme", Kind::Choice(AidForm::LABELS)).example("subvention");
const ACCOMPANIED: Column = Column::optional("Accompagné", Kind::YesNo)
    .about("Le programme a accompagné ce dossier : c’est lui qui le dit.")
    .example("oui");
const JOBS_CREATED: Column = Column::optional("Emplois créés", Kind::Integer(0, 100_000)).example("6");
const JOBS_KEPT: Column = Column::optional("Emplois maintenus", Kind::Integer(0, 100_000)).example("79");
pub(in crate::intake) const PUBLIC: Column = Column::required("Annonce publique", Kind::YesNo)
    .about("Oui si l’aide a été annoncée publiquement : l’entreprise peut alors être nommée.")
    .example("non");

/// One application a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Aides",
    about: "Un dossier de demande d’aide par ligne.",
    columns: &[
        FIRM,
        SITE,
        SCHEME,
        PLAN,
        FILED,
        DECISION,
        DECIDED,
        INVESTMENT,
        REQUESTED,
        OBTAINED,
        FORM,
        ACCOMPANIED,
        JOBS_CREATED,
        JOBS_KEPT,
        PUBLIC,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Aid> {
    table
        .rows()
        .map(|row| Aid {
            firm: row.text(&FIRM),
            site: row.optional_text(&SITE),
            scheme: row.text(&SCHEME),
            plan: row.choice(&PLAN).map_or(Plan::Other, |index| Plan::ALL[index]),
            filed: row.required_date(&FILED),
            decision: row.choice(&DECISION).map_or(Decision::Pending, |index| Decision::ALL[index]),
            decided: row.date(&DECIDED),
            investment: row.cents(&INVESTMENT).map(Cents),
            requested: row.cents(&REQUESTED).map(Cents),
            obtained: row.cents(&OBTAINED).map(Cents),
            form: row.choice(&FORM).map(|index| AidForm::ALL[index]),
            accompanied: row.yes(&ACCOMPANIED),
            jobs_created: row.integer(&JOBS_CREATED),
            jobs_kept: row.integer(&JOBS_KEPT),
            public: row.yes(&PUBLIC),
            origin: row.origin(),
        })
        .collect()
}
