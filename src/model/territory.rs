//! What `territoire.toml` says.

use chrono::NaiveDate;

/// The settings of a territory.
#[derive(Debug, Clone)]
pub struct Territory {
    /// « Hainaut-Douaisis-Cambrésis ».
    pub name: String,
    /// The code of the partner that employs the chef de projet and calls the shares.
    pub operator: String,
    /// What « depuis le début » counts from.
    pub since: NaiveDate,
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

impl Default for Territory {
    fn default() -> Self {
        let start = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap_or_default();
        Self {
            name: String::new(),
            operator: String::new(),
            since: start,
            themes: Vec::new(),
            letter: LetterSettings { per_year: 6, ..LetterSettings::default() },
            brand: Brand { colour: "#12365b".to_owned(), accent: "#c8501e".to_owned(), logo: None },
            requests: Requests { delay_days: 30, ..Requests::default() },
            acts: Acts { piece_type: "99_DE".to_owned(), classification: start },
            ceiling: CeilingRule::Error,
        }
    }
}
