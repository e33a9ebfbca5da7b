//! The domain as plain values: partners, contacts, events, money in cents, periods, votes; each row with its origin.
//!
//! That spreadsheets, templates or files exist is not known here.
#![deny(clippy::float_arithmetic)]

mod acts;
mod aids;
mod budget;
mod choice;
mod disclosure;
mod events;
mod firms;
pub mod indicators;
mod letters;
mod money;
mod partners;
mod people;
mod period;
pub mod secrecy;
mod territory;
mod visibility;
pub mod votes;

pub use self::acts::{AnnexKind, Attendance, AttendanceStatus, Convention, Deliberation, Sitting};
pub use self::aids::{Aid, AidForm, Decision, Plan};
pub use self::budget::{Budget, BudgetFault, Contribution, Expense, FiscalYear, Resource, ResourceMode, Share};
pub use self::choice::Choice;
pub use self::disclosure::Disclosure;
pub use self::events::{Call, CallNature, CommunicationMonth, Event, EventKind};
pub use self::firms::{Firm, Support, SupportLevel};
pub use self::letters::{Article, Letter, Rubric};
pub use self::money::{Cents, split_equally};
pub use self::partners::{Civility, Partner, PartnerKind, Representative, Role};
pub use self::people::{College, Contact};
pub use self::period::{HalfYear, Month, Period};
pub use self::territory::{Acts, Brand, CeilingRule, LetterSettings, Requests, Territory};
pub use self::visibility::{Audience, FirmName};

/// Everything that the three workbooks and the settings say, in the order of the sheets' rows.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The partner whose firms alone are left, when the model was limited to them: its figures are not the territory's.
    pub scope: Option<String>,
    /// `territoire.toml`.
    pub territory: Territory,
    /// Sheet Partenaires.
    pub partners: Vec<Partner>,
    /// Sheet Représentants.
    pub representatives: Vec<Representative>,
    /// Sheet Contacts.
    pub contacts: Vec<Contact>,
    /// Sheet Entreprises.
    pub firms: Vec<Firm>,
    /// Sheet Lettres, by number.
    pub letters: Vec<Letter>,
    /// Sheet Articles.
    pub articles: Vec<Article>,
    /// Sheet Agenda.
    pub events: Vec<Event>,
    /// Sheet Appels à projets.
    pub calls: Vec<Call>,
    /// Sheet Accompagnements.
    pub supports: Vec<Support>,
    /// Sheet Communication.
    pub communication: Vec<CommunicationMonth>,
    /// Sheet Séances.
    pub sittings: Vec<Sitting>,
    /// Sheet Présences.
    pub attendances: Vec<Attendance>,
    /// Sheet Conventions.
    pub conventions: Vec<Convention>,
    /// Sheet Délibérations.
    pub deliberations: Vec<Deliberation>,
    /// Sheet Exercices.
    pub fiscal_years: Vec<FiscalYear>,
    /// Sheet Dépenses.
    pub expenses: Vec<Expense>,
    /// Sheet Recettes.
    pub resources: Vec<Resource>,
    /// Sheet Aides.
    pub aids: Vec<Aid>,
}

impl Model {
    /// The partner with this code.
    #[must_use]
    pub fn partner(&self, code: &str) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.code == code)
    }

    /// The letter with this number.
    #[must_use]
    pub fn letter(&self, number: u32) -> Option<&Letter> {
        self.letters.iter().find(|letter| letter.number == number)
    }

    /// The days of everything that the programme did or that was decided: documents by period exist where there are some.
    pub fn activity_days(&self) -> impl Iterator<Item = chrono::NaiveDate> {
        let supports = self.supports.iter().map(|support| support.date);
        let aids = self.aids.iter().flat_map(|aid| [Some(aid.filed), aid.decided]).flatten();
        let events = self.events.iter().filter(|event| event.participants.is_some()).map(|event| event.date);
        let months = self.communication.iter().map(|row| row.month.period().end);
        supports.chain(aids).chain(events).chain(months).filter(|day| self.territory.since <= *day)
    }

    /// Who signs for a partner on a day.
    #[must_use]
    pub fn signatory(&self, partner: &str, day: chrono::NaiveDate) -> Option<&Representative> {
        self.representatives.iter().find(|representative| {
            representative.partner == partner && representative.role == Role::Signatory && representative.in_office(day)
        })
    }

    /// The firm with this name and site; without a site, the only one of that name.
    #[must_use]
    pub fn firm(&self, name: &str, site: Option<&str>) -> Option<&Firm> {
        self.firms.iter().find(|firm| firm.name == name && firm.site.as_deref() == site)
    }
}
