//! Applications for aid.

use chrono::NaiveDate;

use super::Cents;
use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// The plan that pays.
    Plan {
        /// The recovery plan of 2020.
        Relance = "France Relance",
        /// The investment plan of 2021.
        France2030 = "France 2030",
        /// The region.
        Region = "Région",
        /// The European Union.
        Europe = "Europe",
        /// Anything else.
        Other = "Autre",
    }
}

choices! {
    /// What became of an application.
    Decision {
        /// In examination.
        Pending = "En instruction",
        /// Granted.
        Granted = "Lauréat",
        /// Refused.
        Refused = "Refusé",
        /// Given up by the firm.
        Abandoned = "Abandonné",
    }
}

choices! {
    /// What form the aid takes.
    AidForm {
        /// A grant.
        Grant = "subvention",
        /// An advance.
        Advance = "avance",
        /// A loan.
        Loan = "prêt",
    }
}

/// An application for aid.
#[derive(Debug, Clone)]
pub struct Aid {
    /// The firm's name.
    pub firm: String,
    /// The firm's site.
    pub site: Option<String>,
    /// The scheme.
    pub scheme: String,
    /// The plan.
    pub plan: Plan,
    /// When it was filed.
    pub filed: NaiveDate,
    /// What became of it.
    pub decision: Decision,
    /// When that was decided.
    pub decided: Option<NaiveDate>,
    /// What the firm invests.
    pub investment: Option<Cents>,
    /// What it asked for.
    pub requested: Option<Cents>,
    /// What it got.
    pub obtained: Option<Cents>,
    /// In what form.
    pub form: Option<AidForm>,
    /// Whether the programme accompanied it.
    pub accompanied: bool,
    /// Jobs created.
    pub jobs_created: Option<i64>,
    /// Jobs kept.
    pub jobs_kept: Option<i64>,
    /// Whether the award was announced publicly.
    pub public: bool,
    /// Where it was read.
    pub origin: Origin,
}

impl Aid {
    /// What names its firm: name and site.
    #[must_use]
    pub fn firm_key(&self) -> (&str, Option<&str>) {
        (&self.firm, self.site.as_deref())
    }

    /// Whether it was granted on or before a day.
    #[must_use]
    pub fn granted_by(&self, day: NaiveDate) -> bool {
        self.decision == Decision::Granted && self.decided.is_some_and(|decided| decided <= day)
    }

    /// Whether it was filed and still undecided on a day.
    #[must_use]
    pub fn pending_on(&self, day: NaiveDate) -> bool {
        self.filed <= day
            && self.decided.is_none_or(|decided| decided > day)
            && (self.decision == Decision::Pending || self.decided.is_some())
    }
}
