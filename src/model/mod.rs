//! The domain: sheets as typed rows, money in cents, periods, votes, budgets, statistics; each value with its cells.
//!
//! Rows are reached through a [`Scope`] made for readers; nobody else holds them. That spreadsheets, templates or files
//! exist is not known here.
#![deny(clippy::float_arithmetic)]

mod atlas;
mod basis;
mod budget;
mod choice;
mod decisions;
mod follow_up;
pub mod gate;
pub mod law;
mod money;
mod period;
pub mod rows;
mod secrecy;
mod sheets;
mod situation;
mod statistics;
mod tables;
mod territory;
pub mod votes;

pub use self::atlas::{Atlas, Place};
pub use self::basis::Basis;
pub use self::budget::{Budget, BudgetFault, Share};
pub use self::choice::Choice;
pub use self::follow_up::{Passage, Progress, Step};
pub use self::money::{Cents, split_equally};
pub use self::period::{HalfYear, Month, Period};
pub use self::rows::{AnyRow, At, Desk, Readers, Reads, Record, Scope, Table, ToldCell, ToldRow};
pub use self::secrecy::{FEWEST, Guess, LARGEST, Tells, Told, audit};
pub use self::sheets::{
    Action, ActionState, AgendaItem, Aid, AidForm, AnnexKind, Article, Attendance, AttendanceStatus, Ballot, Call,
    CallNature, Civility, College, CommunicationMonth, Contact, Contribution, Convention, Decision, Deliberation,
    Event, EventKind, Expense, Firm, FiscalYear, Framing, Letter, Outcome, Participant, Partner, PartnerKind, Payment,
    Plan, Representative, Resource, ResourceMode, Role, Rubric, Sitting, Support, SupportLevel,
};
pub use self::statistics::{
    AidClass, Course, Disclosure, INDICATORS, Indicator, KEY_FIGURES, Statistics, SupportClass, Trait, Window,
    months_since,
};
pub use self::tables::{SHEETS, Tables, Visitor, VisitorMut, WORKBOOKS};
pub use self::territory::{Acts, Allowed, Brand, CeilingRule, LetterSettings, Requests, Territory};

use chrono::NaiveDate;

/// Everything that the three workbooks and the settings say.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// `territoire.toml`.
    pub territory: Territory,
    /// `carte.geojson`.
    pub atlas: Atlas,
    /// The rows of all sheets. They are reached through a [`Scope`].
    pub tables: Tables,
}

impl Scope<'_> {
    /// The letter with this number.
    #[must_use]
    pub fn letter(&self, number: i64) -> Option<At<'_, Letter>> {
        self.letters().find(|letter| letter.number() == number)
    }

    /// The partner that employs the chef de projet and calls the shares.
    #[must_use]
    pub fn operator(&self) -> Option<At<'_, Partner>> {
        let code = crate::wording::fold(&self.territory().operator);
        self.partners().find(|partner| !code.is_empty() && crate::wording::fold(partner.code()) == code)
    }

    /// Who signs for a partner on a day.
    #[must_use]
    pub fn signatory<'s>(&'s self, partner: At<'s, Partner>, day: NaiveDate) -> Option<At<'s, Representative>> {
        self.representatives()
            .find(|mandate| mandate.partner() == partner && mandate.role() == Role::Signatory && mandate.in_office(day))
    }

    /// The days of everything that the programme did or that was decided: documents by period exist where there are some.
    #[must_use]
    pub fn activity_days(&self) -> Vec<NaiveDate> {
        let since = self.territory().since;
        let whole = self.whole();
        let mut days: Vec<NaiveDate> = whole.supports().map(At::<Support>::date).collect();
        days.extend(whole.aids().flat_map(|aid| [Some(aid.filed()), aid.decided()]).flatten());
        days.extend(whole.events().filter(|event| event.participants().is_some()).map(At::<Event>::date));
        days.extend(whole.communication().map(|row| row.month().period().end));
        days.retain(|day| since <= *day);
        days
    }
}
