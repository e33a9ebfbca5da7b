//! The people on the mailing list.

use chrono::NaiveDate;

use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// The group that a contact belongs to.
    College {
        /// From industry.
        Industry = "Industriel",
        /// Elected.
        Elected = "Élu",
        /// Economic development staff.
        Development = "Développement économique",
        /// State services.
        State = "État",
        /// Others.
        Other = "Autre",
    }
}

/// Somebody who may receive the letter.
#[derive(Debug, Clone)]
pub struct Contact {
    /// First name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Where they work.
    pub organisation: String,
    /// What they do there.
    pub position: Option<String>,
    /// Their address.
    pub email: String,
    /// The partner's code, if they belong to one.
    pub partner: Option<String>,
    /// Their group.
    pub college: College,
    /// Whether they are on the list.
    pub receives_letter: bool,
    /// The day on which they objected.
    pub objection: Option<NaiveDate>,
    /// Where the address comes from.
    pub source: String,
    /// When they were told that they are on the list.
    pub informed: Option<NaiveDate>,
    /// The last exchange.
    pub last_exchange: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

impl Contact {
    /// Whether the letter goes to them: listed, and no objection whatever its date.
    #[must_use]
    pub fn is_recipient(&self) -> bool {
        self.receives_letter && self.objection.is_none()
    }
}
