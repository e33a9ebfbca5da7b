//! Sheet Partenaires.

use crate::model::{Choice, Partner, PartnerKind};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const CODE: Column = Column::required("Code", Kind::Code)
    .about("Un sigle court, sans espace ; il sert de renvoi partout ailleurs.")
    .example("CCE");
pub(in crate::intake) const KIND: Column = Column::required("Type", Kind::Choice(PartnerKind::LABELS)).example("CC");
const OFFICIAL_NAME: Column = Column::required("Nom officiel", Kind::Text)
    .about("Le nom complet, tel que dans les actes.")
    .example("Communauté de communes de l’Exemple");
pub(in crate::intake) const USUAL_NAME: Column =
    Column::required("Nom usuel", Kind::Text).about("Le nom court des tableaux.").example("Exemple");
pub(in crate::intake) const NAME_WITH_DE: Column = Column::required("Forme avec de", Kind::Text)
    .about("Le nom précédé de « de », « du », « des » ou « de la ».")
    .example("de l’Exemple");
const ACRONYM: Column = Column::optional("Sigle", Kind::Text).example("CCE");
const ASSEMBLY: Column = Column::optional("Assemblée", Kind::Text)
    .about("Conseil communautaire, métropolitain…")
    .example("conseil communautaire");
pub(in crate::intake) const SIREN: Column =
    Column::optional("SIREN", Kind::Siren).about("Neuf chiffres ; nécessaire pour un EPCI.").example("000000000");
pub(in crate::intake) const SIRET: Column = Column::optional("SIRET", Kind::Siret)
    .about("Quatorze chiffres ; demandé par le jeu de données SCDL.")
    .example("00000000000000");
const ADDRESS: Column = Column::optional("Adresse", Kind::Text).example("1 place de la Mairie");
const POSTAL_CODE: Column = Column::optional("Code postal", Kind::PostalCode).example("59000");
const CITY: Column = Column::optional("Ville", Kind::Text).example("Exempleville");
const DEPARTMENT: Column = Column::optional("Département", Kind::Code).about("Le numéro du département.").example("59");
const SUB_PREFECTURE: Column = Column::optional("Sous-préfecture", Kind::Text)
    .about("La ville de la sous-préfecture qui reçoit les actes ; vide quand c’est la préfecture.")
    .example("Exempleville");
const PREFECTURE_CODE: Column =
    Column::optional("Code préfecture", Kind::Code).about("Le code du jeu de données SCDL.").example("PREF059");
const COURT: Column =
    Column::optional("Tribunal administratif", Kind::Text).about("La ville du tribunal.").example("Lille");
const COMMUNES: Column = Column::optional("Communes", Kind::Integer(1, 2_000)).example("12");
const POPULATION: Column = Column::optional("Population", Kind::Integer(1, 20_000_000)).example("24000");
const VINTAGE: Column = Column::optional("Millésime", Kind::Integer(1990, 2100))
    .about("L’année de la population et du nombre de communes.")
    .example("2022");
const EMAIL: Column = Column::optional("Courriel du secrétariat", Kind::Email).example("secretariat@example.org");
pub(in crate::intake) const SINCE: Column =
    Column::optional("Depuis", Kind::Date).about("Premier jour dans le programme.").example("01/01/2021");
pub(in crate::intake) const UNTIL: Column =
    Column::optional("Jusqu'au", Kind::Date).about("Dernier jour, s’il y en a un.");

/// One partner of the programme a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Partenaires",
    about: "Un partenaire du programme par ligne : EPCI, chambre, État, Région.",
    columns: &[
        CODE,
        KIND,
        OFFICIAL_NAME,
        USUAL_NAME,
        NAME_WITH_DE,
        ACRONYM,
        ASSEMBLY,
        SIREN,
        SIRET,
        ADDRESS,
        POSTAL_CODE,
        CITY,
        DEPARTMENT,
        SUB_PREFECTURE,
        PREFECTURE_CODE,
        COURT,
        COMMUNES,
        POPULATION,
        VINTAGE,
        EMAIL,
        SINCE,
        UNTIL,
    ],
};

pub(super) fn read(table: &Table) -> Vec<Partner> {
    table
        .rows()
        .map(|row| Partner {
            code: row.text(&CODE),
            kind: row.choice(&KIND).map_or(PartnerKind::Other, |index| PartnerKind::ALL[index]),
            official_name: row.text(&OFFICIAL_NAME),
            usual_name: row.text(&USUAL_NAME),
            name_with_de: row.text(&NAME_WITH_DE),
            acronym: row.optional_text(&ACRONYM),
            assembly: row.optional_text(&ASSEMBLY),
            siren: row.optional_text(&SIREN),
            siret: row.optional_text(&SIRET),
            address: row.optional_text(&ADDRESS),
            postal_code: row.optional_text(&POSTAL_CODE),
            city: row.optional_text(&CITY),
            department: row.optional_text(&DEPARTMENT),
            sub_prefecture: row.optional_text(&SUB_PREFECTURE),
            prefecture_code: row.optional_text(&PREFECTURE_CODE),
            court: row.optional_text(&COURT),
            communes: row.integer(&COMMUNES),
            population: row.integer(&POPULATION),
            vintage: row.integer(&VINTAGE),
            email: row.optional_text(&EMAIL),
            since: row.date(&SINCE),
            until: row.date(&UNTIL),
            origin: row.origin(),
        })
        .collect()
}
