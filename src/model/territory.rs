//! What `territoire.toml` says.

use chrono::NaiveDate;

use crate::records::{Column, Sheet};

/// The settings of a territory.
#[derive(Debug, Clone)]
pub struct Territory {
    /// « Hainaut-Douaisis-Cambrésis ».
    pub name: String,
    /// The code of the partner that employs the chef de projet and calls the shares.
    pub operator: String,
    /// The programme's name, printed wherever it is named.
    pub programme: String,
    /// The project manager, as she or he is named: « Mme Camille Exemple, cheffe de projet ».
    pub manager: Option<String>,
    /// Their portrait's path below the inputs.
    pub portrait: Option<String>,
    /// What « depuis le début » counts from.
    pub since: NaiveDate,
    /// The day from which what is late, to come or in progress is reckoned; nothing is the last day that the sheets tell.
    pub as_of: Option<NaiveDate>,
    /// How many months a contact is kept after the last exchange.
    pub retention_months: u32,
    /// Whether the inputs are an example: addresses and placeholders of examples are then no mistake.
    pub is_example: bool,
    /// Columns of one's own, each with the name of its sheet.
    pub own: Vec<(&'static str, &'static Column)>,
    /// Phrases that may stand in documents though they look like the name of a firm.
    pub allowed: Vec<Allowed>,
    /// The themes of the sheets.
    pub themes: Vec<String>,
    /// The newsletter.
    pub letter: LetterSettings,
    /// Colours and logo.
    pub brand: Brand,
    /// Payment requests.
    pub requests: Requests,
    /// Transmission of acts.
    pub acts: Acts,
    /// What an exceeded ceiling is.
    pub ceiling: CeilingRule,
}

/// A phrase that may stand in documents though it looks like the name of a firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The phrase.
    pub text: String,
    /// Why it may.
    pub reason: String,
}

/// The newsletter's settings.
#[derive(Debug, Clone, Default)]
pub struct LetterSettings {
    /// Issues a year.
    pub per_year: u32,
    /// The sender's address.
    pub sender: String,
    /// The sender's name.
    pub sender_name: String,
    /// Where to leave the list: an address or an https link.
    pub unsubscribe: String,
    /// Controller, purpose, legal basis, retention, rights.
    pub legal_notice: String,
}

/// Colours and logo.
#[derive(Debug, Clone)]
pub struct Brand {
    /// The brand colour, `#rrggbb`.
    pub colour: String,
    /// The accent, `#rrggbb`.
    pub accent: String,
    /// The logo's path below the inputs.
    pub logo: Option<String>,
}

/// Bank details and mentions of payment requests.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// Account holder.
    pub holder: String,
    /// International account number.
    pub iban: String,
    /// Bank identifier.
    pub bic: String,
    /// The operator's SIRET.
    pub siret: String,
    /// The VAT mention to print.
    pub vat: String,
    /// Days to pay.
    pub delay_days: u32,
    /// Whether the letters are made for Word too.
    pub for_word: bool,
}

/// Transmission of acts.
#[derive(Debug, Clone)]
pub struct Acts {
    /// The type code of the act's file.
    pub piece_type: String,
    /// The date of the prefecture's list of matters.
    pub classification: NaiveDate,
}

/// What an exceeded ceiling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CeilingRule {
    /// It stops the documents.
    #[default]
    Error,
    /// It is told.
    Warning,
}

impl Territory {
    /// The columns of one's own that the settings declare for a sheet.
    #[must_use]
    pub fn own_columns(&self, sheet: &Sheet) -> Vec<&'static Column> {
        self.own.iter().filter(|(name, _)| *name == sheet.name).map(|(_, column)| *column).collect()
    }
}

impl Default for Territory {
    fn default() -> Self {
        let start = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap_or_default();
        Self {
            name: String::new(),
            operator: String::new(),
            programme: "Territoires d’industrie".to_owned(),
            manager: None,
            portrait: None,
            since: start,
            as_of: None,
            retention_months: 36,
            is_example: false,
            own: Vec::new(),
            allowed: Vec::new(),
            themes: Vec::new(),
            letter: LetterSettings { per_year: 6, ..LetterSettings::default() },
            brand: Brand { colour: "#12365b".to_owned(), accent: "#c8501e".to_owned(), logo: None },
            requests: Requests { delay_days: 30, ..Requests::default() },
            acts: Acts { piece_type: "99_DE".to_owned(), classification: start },
            ceiling: CeilingRule::Error,
        }
    }
}
