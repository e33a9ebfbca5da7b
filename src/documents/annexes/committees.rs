//! Who sits in the committees of an agreement beside its parties, and the rule of secrecy, as the texts of a pack may name them.

use chrono::NaiveDate;

use super::context::full_name;
use super::words::{self, BodyWords};
use crate::documents::common;
use crate::model::{At, Partner, Role, Scope};
use crate::views::{Number, view};

view! {
    /// The rule of statistical secrecy.
    pub(super) struct Rules {
        /// The fewest enterprises under a figure.
        entreprises: Number,
        /// The most that one of them may make of it, in percent.
        part: Number,
    }

    /// Who sits in the committees beside the parties, at the date of reference.
    pub(super) struct Committees {
        /// The elected half of the pair that leads the programme, by their full names.
        elus: Vec<String>,
        /// Its industrial half.
        industriels: Vec<String>,
        /// The partners that are no party: the State, a Region, agencies.
        associes: Vec<BodyWords>,
    }
}

/// The rule of statistical secrecy, from its constants.
pub(super) fn rules() -> Rules {
    Rules { entreprises: common::fewest().into(), part: common::largest().into() }
}

/// Who sits in the committees beside the parties.
pub(super) fn committees(scope: &Scope, parties: &[At<Partner>], day: NaiveDate) -> Committees {
    let halves = |role: Role| {
        let held = scope.representatives().filter(move |mandate| mandate.role() == role && mandate.in_office(day));
        held.map(full_name).collect()
    };
    Committees {
        elus: halves(Role::ElectedLead),
        industriels: halves(Role::IndustrialLead),
        associes: scope
            .partners()
            .filter(|partner| partner.is_member(day) && !partner.kind().deliberates() && !parties.contains(partner))
            .map(words::body)
            .collect(),
    }
}
