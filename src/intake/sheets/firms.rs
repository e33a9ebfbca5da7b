//! Sheet Entreprises.

use crate::model::Firm;
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const NAME: Column =
    Column::required("Raison sociale", Kind::Text).example("Ateliers de l’Exemple");
pub(in crate::intake) const SITE: Column = Column::optional("Site", Kind::Text)
    .about("Quand l’entreprise a plusieurs sites ; nom et site ensemble sont uniques.");
const SIRET: Column = Column::optional("SIRET", Kind::Siret).example("00000000000000");
pub(in crate::intake) const PARTNER: Column = Column::required("Partenaire", Kind::Reference("Partenaires", "Code"))
    .about("L’EPCI où se trouve le site.")
    .example("CCE");
const COMMUNE: Column = Column::optional("Commune", Kind::Text).example("Exempleville");
const SECTOR: Column = Column::optional("Filière", Kind::Text).example("métallurgie");
const STAFF: Column = Column::optional("Effectif", Kind::Integer(0, 1_000_000)).example("85");

/// One firm, or one of its sites, a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Entreprises",
    about: "Une entreprise, ou un de ses sites, par ligne.",
    columns: &[NAME, SITE, SIRET, PARTNER, COMMUNE, SECTOR, STAFF],
};

pub(super) fn read(table: &Table) -> Vec<Firm> {
    table
        .rows()
        .map(|row| Firm {
            name: row.text(&NAME),
            site: row.optional_text(&SITE),
            siret: row.optional_text(&SIRET),
            partner: row.text(&PARTNER),
            commune: row.optional_text(&COMMUNE),
            sector: row.optional_text(&SECTOR),
            staff: row.integer(&STAFF),
            origin: row.origin(),
        })
        .collect()
}
