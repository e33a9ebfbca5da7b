//! Firms, and what the programme did with them.

use chrono::NaiveDate;

use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// How far an exchange with a firm went.
    SupportLevel {
        /// A first contact.
        Contact = "Prise de contact",
        /// Awareness and information.
        Awareness = "Sensibilisation et information",
        /// Close support.
        Reinforced = "Accompagnement renforcé",
    }
}

impl SupportLevel {
    /// Whether the firm counts as accompanied.
    #[must_use]
    pub fn is_accompanied(self) -> bool {
        self != Self::Contact
    }
}

/// A firm, or one of its sites.
#[derive(Debug, Clone)]
pub struct Firm {
    /// Its name.
    pub name: String,
    /// The site, when there are several.
    pub site: Option<String>,
    /// Fourteen digits.
    pub siret: Option<String>,
    /// The code of the EPCI where it stands.
    pub partner: String,
    /// The commune.
    pub commune: Option<String>,
    /// The sector.
    pub sector: Option<String>,
    /// How many people work there.
    pub staff: Option<i64>,
    /// Where it was read.
    pub origin: Origin,
}

/// One exchange with a firm.
#[derive(Debug, Clone)]
pub struct Support {
    /// The day.
    pub date: NaiveDate,
    /// The firm's name.
    pub firm: String,
    /// The firm's site.
    pub site: Option<String>,
    /// How far it went.
    pub level: SupportLevel,
    /// What about.
    pub theme: String,
    /// Whether the EPCI was there.
    pub epci_present: bool,
    /// Hours spent, in hundredths.
    pub hours: Option<i64>,
    /// What follows.
    pub follow_up: Option<String>,
    /// When to call again.
    pub reminder: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

impl Firm {
    /// What names it: its name and site.
    #[must_use]
    pub fn key(&self) -> (&str, Option<&str>) {
        (&self.name, self.site.as_deref())
    }
}

impl Support {
    /// What names its firm: name and site.
    #[must_use]
    pub fn firm_key(&self) -> (&str, Option<&str>) {
        (&self.firm, self.site.as_deref())
    }
}
