//! The partners of the programme and who represents them.

use chrono::NaiveDate;

use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// What a partner is; EPCI are the four middle kinds.
    PartnerKind {
        /// A chamber of commerce and industry.
        Cci = "CCI",
        /// A communauté d'agglomération.
        Ca = "CA",
        /// A communauté de communes.
        Cc = "CC",
        /// A communauté urbaine.
        Cu = "CU",
        /// A métropole.
        Metropole = "Métropole",
        /// The State.
        State = "État",
        /// A region.
        Region = "Région",
        /// Anything else.
        Other = "Autre",
    }
}

impl PartnerKind {
    /// Whether the partner is an établissement public de coopération intercommunale.
    #[must_use]
    pub fn is_epci(self) -> bool {
        matches!(self, Self::Ca | Self::Cc | Self::Cu | Self::Metropole)
    }
}

choices! {
    /// How a person is addressed.
    Civility {
        /// Mr.
        Monsieur = "M.",
        /// Mrs.
        Madame = "Mme",
    }
}

choices! {
    /// What a representative does for the programme.
    Role {
        /// Signs for the partner.
        Signatory = "Signataire",
        /// The elected half of the pair that leads a territory.
        ElectedLead = "Binôme élu",
        /// The industrial half of that pair.
        IndustrialLead = "Binôme industriel",
    }
}

/// A partner: an EPCI, the chamber, the State.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its code, unique.
    pub code: String,
    /// What it is.
    pub kind: PartnerKind,
    /// « Communauté d’agglomération du Caudrésis et du Catésis ».
    pub official_name: String,
    /// « Caudrésis-Catésis ».
    pub usual_name: String,
    /// « du Caudrésis-Catésis ».
    pub name_with_de: String,
    /// « CA2C ».
    pub acronym: Option<String>,
    /// « conseil communautaire ».
    pub assembly: Option<String>,
    /// Nine digits.
    pub siren: Option<String>,
    /// Fourteen digits.
    pub siret: Option<String>,
    /// Street.
    pub address: Option<String>,
    /// Five digits.
    pub postal_code: Option<String>,
    /// Town of the seat.
    pub city: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Town of the sous-préfecture that receives its acts.
    pub sub_prefecture: Option<String>,
    /// The prefecture's code in the SCDL schema.
    pub prefecture_code: Option<String>,
    /// Town of the tribunal administratif.
    pub court: Option<String>,
    /// How many communes.
    pub communes: Option<i64>,
    /// How many inhabitants.
    pub population: Option<i64>,
    /// The year of these two numbers.
    pub vintage: Option<i64>,
    /// The secretariat's address.
    pub email: Option<String>,
    /// Its first day in the programme.
    pub since: Option<NaiveDate>,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

impl Partner {
    /// Whether it is in the programme on a day.
    #[must_use]
    pub fn is_member(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Somebody who speaks for a partner, for a time.
#[derive(Debug, Clone)]
pub struct Representative {
    /// The partner's code.
    pub partner: String,
    /// Mr or Mrs.
    pub civility: Civility,
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// « Président », « Vice-présidente ».
    pub title: String,
    /// What they do.
    pub role: Role,
    /// First day in office.
    pub since: NaiveDate,
    /// Last day in office.
    pub until: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

impl Representative {
    /// Whether they are in office on a day.
    #[must_use]
    pub fn in_office(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}
