//! Sheet Délibérations.

use crate::model::{AnnexKind, Choice, Deliberation};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const CODE: Column =
    Column::required("Code", Kind::Code).about("Nomme le dossier des fichiers.").example("CCE-2021-4");
pub(in crate::intake) const SITTING: Column =
    Column::required("Séance", Kind::Reference("Séances", "Code")).example("CCE-2021-01-20");
pub(in crate::intake) const NUMBER: Column =
    Column::optional("Numéro", Kind::Code).about("Vide tant que c’est un projet.").example("2021/4");
pub(in crate::intake) const SUBJECT: Column =
    Column::required("Objet", Kind::Text).about("Au plus 499 caractères.").example("Convention de partenariat");
pub(in crate::intake) const RAPPORTEUR: Column = Column::optional("Rapporteur", Kind::Text).example("Camille EXEMPLE");
pub(in crate::intake) const MATTER: Column = Column::optional("Matière", Kind::Code)
    .about("Deux niveaux de la nomenclature ACTES, choisis par le service.")
    .example("8.4");
pub(in crate::intake) const YEAR: Column =
    Column::required("Exercice", Kind::Reference("Exercices", "Code")).example("2021");
const ANNEXES: Column = Column::required("Annexes", Kind::Choices(AnnexKind::LABELS)).example("convention");
pub(in crate::intake) const CONVENTION: Column =
    Column::optional("Convention", Kind::Reference("Conventions", "Version")).example("2021");
pub(in crate::intake) const INTERESTED: Column =
    Column::optional("Ne prennent pas part", Kind::Names).about("NOM Prénom, comme à l’appel, séparés par ;");
pub(in crate::intake) const VOTES_FOR: Column = Column::optional("Pour", Kind::Integer(0, 1_000)).example("31");
pub(in crate::intake) const VOTES_AGAINST: Column = Column::optional("Contre", Kind::Integer(0, 1_000)).example("0");
pub(in crate::intake) const ABSTENTIONS: Column = Column::optional("Abstentions", Kind::Integer(0, 1_000)).example("0");
pub(in crate::intake) const SENT: Column = Column::optional("Envoyé le", Kind::Date)
    .about("L’envoi en préfecture : l’acte ne change plus.")
    .example("22/01/2021");
pub(in crate::intake) const RECEIVED: Column = Column::optional("Reçu le", Kind::Date).example("22/01/2021");
pub(in crate::intake) const PUBLISHED: Column = Column::optional("Publié le", Kind::Date).example("23/01/2021");
const LINK: Column = Column::optional("Adresse de publication", Kind::Link).example("https://example.org/actes/2021-4");

/// One deliberation a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Délibérations",
    about: "Une délibération par ligne, du projet à la publication.",
    columns: &[
        CODE,
        SITTING,
        NUMBER,
        SUBJECT,
        RAPPORTEUR,
        MATTER,
        YEAR,
        ANNEXES,
        CONVENTION,
        INTERESTED,
        VOTES_FOR,
        VOTES_AGAINST,
        ABSTENTIONS,
        SENT,
        RECEIVED,
        PUBLISHED,
        LINK,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Deliberation> {
    table
        .rows()
        .map(|row| Deliberation {
            code: row.text(&CODE),
            sitting: row.text(&SITTING),
            number: row.optional_text(&NUMBER),
            subject: row.text(&SUBJECT),
            rapporteur: row.optional_text(&RAPPORTEUR),
            matter: row.optional_text(&MATTER),
            year: row.text(&YEAR),
            annexes: row.choices(&ANNEXES).into_iter().map(|index| AnnexKind::ALL[index]).collect(),
            convention: row.optional_text(&CONVENTION),
            abstainers_by_interest: row.names(&INTERESTED),
            votes_for: row.integer(&VOTES_FOR),
            votes_against: row.integer(&VOTES_AGAINST),
            abstentions: row.integer(&ABSTENTIONS),
            sent: row.date(&SENT),
            received: row.date(&RECEIVED),
            published: row.date(&PUBLISHED),
            publication_link: row.optional_text(&LINK),
            origin: row.origin(),
        })
        .collect()
}
