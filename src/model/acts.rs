//! Sittings, rolls, conventions and deliberations.

use chrono::{NaiveDate, NaiveTime};

use super::choice::choices;
use crate::figures::Origin;

/// A sitting of an assembly.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// Its code, unique.
    pub code: String,
    /// The partner whose assembly sits.
    pub partner: String,
    /// The day.
    pub date: NaiveDate,
    /// The hour.
    pub time: NaiveTime,
    /// Where.
    pub place: String,
    /// When the convocation was sent.
    pub convened: NaiveDate,
    /// Members in office.
    pub members: i64,
    /// Who chairs.
    pub chair: String,
    /// In what capacity.
    pub chair_title: Option<String>,
    /// Who takes the minutes.
    pub secretary: Option<String>,
    /// Whether it was convened in an emergency.
    pub urgent: bool,
    /// Whether it is a second convocation, which needs no quorum.
    pub second_convocation: bool,
    /// Where it was read.
    pub origin: Origin,
}

choices! {
    /// How a member took part.
    AttendanceStatus {
        /// Present.
        Present = "Présent",
        /// A substitute, present in place of a member.
        Substitute = "Suppléant présent",
        /// Absent, and voting through another.
        Proxy = "Procuration",
        /// Absent with an excuse.
        Excused = "Excusé",
        /// Absent.
        Absent = "Absent",
    }
}

/// A line of a roll.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// The sitting's code.
    pub sitting: String,
    /// Family name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// How they took part.
    pub status: AttendanceStatus,
    /// Who votes for them.
    pub holder: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// A version of the convention.
#[derive(Debug, Clone)]
pub struct Convention {
    /// The version, which names the text.
    pub version: String,
    /// The day at which representatives are in office.
    pub reference: NaiveDate,
    /// Its first day.
    pub start: NaiveDate,
    /// Its last day.
    pub end: NaiveDate,
    /// The version that it replaces.
    pub replaces: Option<String>,
    /// The budget year of its article 4.
    pub year: String,
    /// Where it was read.
    pub origin: Origin,
}

choices! {
    /// What a deliberation may have in annex.
    AnnexKind {
        /// The results of the plan.
        Results = "bilan",
        /// The roadmap.
        Roadmap = "feuille-de-route",
        /// The convention.
        Convention = "convention",
    }
}

/// A deliberation, from its draft to its publication.
#[derive(Debug, Clone)]
pub struct Deliberation {
    /// Its code, unique.
    pub code: String,
    /// The sitting's code.
    pub sitting: String,
    /// Its number; none while it is a draft.
    pub number: Option<String>,
    /// What it is about.
    pub subject: String,
    /// Who reports.
    pub rapporteur: Option<String>,
    /// The matter in the ACTES nomenclature.
    pub matter: Option<String>,
    /// The budget year.
    pub year: String,
    /// Its annexes, in order.
    pub annexes: Vec<AnnexKind>,
    /// The convention's version.
    pub convention: Option<String>,
    /// Members who take no part.
    pub abstainers_by_interest: Vec<String>,
    /// Votes for.
    pub votes_for: Option<i64>,
    /// Votes against.
    pub votes_against: Option<i64>,
    /// Abstentions.
    pub abstentions: Option<i64>,
    /// When it was sent to the prefecture: it is frozen from then on.
    pub sent: Option<NaiveDate>,
    /// When it was received there.
    pub received: Option<NaiveDate>,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// Where it was published.
    pub publication_link: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}
