//! Budget years, what is spent and who pays.

use chrono::NaiveDate;

use super::choice::choices;
use super::{Cents, Period};
use crate::figures::Origin;

choices! {
    /// How a resource's amount is found.
    ResourceMode {
        /// The sheet gives it.
        Amount = "Montant",
        /// An equal share of what the amounts leave to pay.
        EqualShare = "Part égale du reste à charge",
        /// A percentage of what the amounts leave to pay.
        Quota = "Quote-part",
    }
}

choices! {
    /// Whether a resource is money or something worth money.
    Contribution {
        /// Cash.
        Cash = "numéraire",
        /// In kind, valued.
        InKind = "valorisé",
    }
}

/// A budget year.
#[derive(Debug, Clone)]
pub struct FiscalYear {
    /// Its code, for instance `2022-2023`.
    pub code: String,
    /// Its days.
    pub period: Period,
    /// The code of the partner that carries the rounding.
    pub rounding_carrier: String,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of expenses.
#[derive(Debug, Clone)]
pub struct Expense {
    /// The year's code.
    pub year: String,
    /// What for.
    pub nature: String,
    /// Planned.
    pub planned: Cents,
    /// Spent.
    pub actual: Option<Cents>,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of resources.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The year's code.
    pub year: String,
    /// The code of the partner that pays.
    pub funder: String,
    /// How its amount is found.
    pub mode: ResourceMode,
    /// The amount, when the mode is Montant.
    pub planned: Option<Cents>,
    /// The share in ten-thousandths (12,5 % is 1 250), when the mode is Quote-part.
    pub key: Option<i64>,
    /// Cash or in kind.
    pub contribution: Contribution,
    /// The most that the partner's assembly voted.
    pub ceiling: Option<Cents>,
    /// The request's number, when it is given.
    pub request_number: Option<String>,
    /// What was called.
    pub called: Option<Cents>,
    /// When it was called: the request is frozen from then on.
    pub called_on: Option<NaiveDate>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// What was received.
    pub received: Option<Cents>,
    /// When it was received.
    pub received_on: Option<NaiveDate>,
    /// Chorus Pro: service code.
    pub service_code: Option<String>,
    /// Chorus Pro: commitment number.
    pub commitment: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}
