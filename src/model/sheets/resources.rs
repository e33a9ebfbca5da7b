//! Sheet Recettes: who pays for a year.

use crate::model::choice::choices;
use crate::model::rows::{Amount, At, Code, Day, Fraction, Ref, Sight, sheet};
use crate::model::{Deliberation, FiscalYear, Partner};
use crate::records::Column;

choices! {
    /// How a resource's amount is found.
    ResourceMode {
        /// The sheet gives it.
        Amount = "Montant",
        /// An equal share of what the amounts leave to pay.
        EqualShare = "Part égale du reste à charge",
        /// A share of what the amounts leave to pay, by a key.
        Quota = "Quote-part",
        /// A share of what the amounts leave to pay, by the number of inhabitants.
        Population = "Au prorata de la population",
    }
}

choices! {
    /// Whether a resource is money or something worth money.
    Contribution {
        /// Cash.
        Cash = "numéraire",
        /// In kind, valued.
        InKind = "valorisé" | "valorisée",
    }
}

sheet! {
    /// A line of resources.
    Resource = "Recettes", recette, recettes, named by "Financeur", seen by Sight { owner: Some(|row| Some(row.funder())), ..Sight::PUBLIC },
    "Un financeur par ligne et par exercice.",
    { key: &[Self::YEAR, Self::FUNDER, Self::CONTRIBUTION] }
    {
        /// The year.
        year YEAR: Ref<FiscalYear> = "Exercice" { example: "2021" };
        /// The partner that pays.
        funder FUNDER: Ref<Partner> = "Financeur" { about: "L’État et la Région sont aussi des partenaires.", example: "CCE" };
        /// How its amount is found.
        mode MODE: ResourceMode = "Mode" {
            about: "Montant : la colonne Prévu le donne. Part égale : ce que les montants laissent, à parts égales. Quote-part : une clé. Au prorata de la population : celle de la feuille Partenaires.",
            example: "Montant"
        };
        /// The amount, when the mode is Montant.
        planned PLANNED: Option<Amount> = "Prévu" { about: "Quand le mode est Montant.", example: "65 000,00" };
        /// The share of the rest, when the mode is Quote-part.
        key KEY: Option<Fraction> = "Clé" { about: "Quand le mode est Quote-part : la part du reste à charge, en % ou en fraction (1/3)." };
        /// Cash or in kind; nothing is cash.
        stated_contribution CONTRIBUTION: Option<Contribution> = "Apport" { about: "Numéraire si la cellule est vide.", example: "numéraire" };
        /// The most that the partner's assembly voted.
        ceiling CEILING: Option<Amount> = "Plafond voté" { example: "65 000,00" };
        /// The act that votes it.
        deliberation DELIBERATION: Option<Ref<Deliberation>> = "Délibération" { about: "Le code de l’acte qui vote la participation." };
        /// The request's number, when it is given.
        request_number REQUEST_NUMBER: Option<Code> = "N° de demande" { about: "Vide : la suite de la série.", example: "2021-01" };
        /// What was called.
        called CALLED: Option<Amount> = "Appelé" { example: "65 000,00" };
        /// When it was called: the request is frozen from then on.
        called_on CALLED_ON: Option<Day> = "Appelé le" { about: "La demande est partie : elle ne change plus.", example: "01/03/2021" };
        /// When it is due.
        due DUE: Option<Day> = "Échéance" { example: "31/03/2021" };
        /// What was received.
        received RECEIVED: Option<Amount> = "Encaissé" { example: "65 000,00" };
        /// When it was received.
        received_on RECEIVED_ON: Option<Day> = "Encaissé le" { example: "20/03/2021" };
        /// Chorus Pro: service code.
        service_code SERVICE_CODE: Option<Code> = "Code service" { about: "Chorus Pro.", example: "FACTURES" };
        /// Chorus Pro: commitment number.
        commitment COMMITMENT: Option<Code> = "N° d'engagement" { about: "Chorus Pro.", example: "ENG-1" };
    }
}

impl At<'_, Resource> {
    /// Cash or in kind.
    #[must_use]
    pub fn contribution(self) -> Contribution {
        self.stated_contribution().unwrap_or(Contribution::Cash)
    }

    /// The column whose cell decides its amount.
    #[must_use]
    pub fn defining_column(self) -> &'static Column {
        match self.mode() {
            ResourceMode::Amount => Resource::PLANNED,
            ResourceMode::EqualShare | ResourceMode::Population => Resource::MODE,
            ResourceMode::Quota => Resource::KEY,
        }
    }
}
