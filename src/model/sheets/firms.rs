//! Sheet Entreprises: firms and their sites.

use crate::model::Partner;
use crate::model::rows::{At, Integer, Ref, Sight, Siret, Text, sheet};

/// Who may read of a firm: anybody once one of its aids was announced, its council always.
const SIGHT: Sight<Firm> = Sight {
    public: ("celles dont une aide a été annoncée", |row| row.is_announced()),
    partners: ("celles dont une aide a été annoncée", |row| row.is_announced()),
    owner: Some(|row| Some(row.partner())),
};

sheet! {
    /// A firm, or one of its sites.
    Firm = "Entreprises", entreprise, entreprises, named by "Raison sociale", seen by SIGHT,
    "Une entreprise, ou un de ses sites, par ligne. Elle n’a pas d’adresse postale : une colonne à soi peut la porter.",
    { key: &[Self::NAME, Self::SITE], long: true, confidential: true }
    {
        /// Its name.
        name NAME: Text = "Raison sociale" { example: "Ateliers de l’Exemple" };
        /// The site, when there are several.
        site SITE: Option<Text> = "Site" { about: "Quand l’entreprise a plusieurs sites ; nom et site ensemble sont uniques." };
        /// Fourteen digits.
        siret SIRET: Option<Siret> = "SIRET" { example: "00000000000000" };
        /// The EPCI where it stands.
        partner PARTNER: Ref<Partner> = "Partenaire" { about: "L’EPCI où se trouve le site.", example: "CCE" };
        /// The commune.
        commune COMMUNE: Option<Text> = "Commune" { example: "Exempleville" };
        /// The sector.
        sector SECTOR: Option<Text> = "Filière" { example: "métallurgie" };
        /// How many people work there.
        staff STAFF: Option<Integer<0, 1_000_000>> = "Effectif" { example: "85", reserved: true };
    }
}

impl<'s> At<'s, Firm> {
    /// Its name, with the site in brackets.
    #[must_use]
    pub fn full_name(self) -> String {
        self.site().map_or_else(|| self.name().to_owned(), |site| format!("{} ({site})", self.name()))
    }

    /// Whether one of its aids was announced publicly.
    #[must_use]
    pub fn is_announced(self) -> bool {
        self.scope().announced_firms().contains(&self.index())
    }
}
