//! The rows behind figures about firms, read once: what happened, when, to which enterprise, and whose it is.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rows::Row;
use super::system::Reader;
use crate::model::{Aid, At, Cents, Decision, Firm, Scope, SupportLevel};
use crate::wording::fold;

/// The rows that figures about firms are made from.
pub(super) struct Facts {
    /// Exchanges.
    pub(super) supports: Vec<SupportFact>,
    /// Applications.
    pub(super) aids: Vec<AidFact>,
    /// The enterprise and the partner of each firm, by its place.
    pub(super) firms: Vec<(u32, u32)>,
    /// Everybody against whom figures must hold.
    pub(super) readers: Vec<Reader>,
}

/// An exchange.
pub(super) struct SupportFact {
    pub(super) date: NaiveDate,
    pub(super) level: SupportLevel,
    pub(super) hours: Option<i64>,
    /// The firm's place.
    pub(super) firm: u32,
    enterprise: u32,
    owner: u32,
}

/// An application.
pub(super) struct AidFact {
    pub(super) filed: NaiveDate,
    /// The day of the decision, where the sheet has one.
    pub(super) decided: Option<NaiveDate>,
    pub(super) decision: Decision,
    pub(super) accompanied: bool,
    pub(super) scheme: String,
    pub(super) council: String,
    pub(super) public: bool,
    pub(super) obtained: i64,
    pub(super) requested: i64,
    pub(super) investment: i64,
    pub(super) jobs: i64,
    enterprise: u32,
    owner: u32,
}

impl Facts {
    /// Reads the rows.
    pub(super) fn read(scope: &Scope) -> Self {
        let mut enterprises: HashMap<String, u32> = HashMap::new();
        let mut firms: Vec<(u32, u32)> = Vec::new();
        for firm in scope.firms() {
            let next = u32::try_from(enterprises.len()).unwrap_or(u32::MAX);
            let enterprise = *enterprises.entry(legal_unit(firm)).or_insert(next);
            firms.push((enterprise, firm.partner().index()));
        }
        // A firm that is not in the sheet stands alone, and belongs to nobody.
        let place = |firm: At<Firm>| {
            let known = usize::try_from(firm.index()).ok().and_then(|index| firms.get(index).copied());
            known.unwrap_or((u32::MAX, u32::MAX))
        };
        let supports = scope.supports().map(|support| {
            let (enterprise, owner) = place(support.firm());
            SupportFact {
                date: support.date(),
                level: support.level(),
                hours: support.hours(),
                firm: support.firm().index(),
                enterprise,
                owner,
            }
        });
        let supports = supports.collect();
        let cents = |amount: Option<Cents>| amount.unwrap_or(Cents::ZERO).0;
        let aids = scope.aids().map(|aid: At<Aid>| {
            let (enterprise, owner) = place(aid.firm());
            AidFact {
                filed: aid.filed(),
                decided: aid.decided(),
                decision: aid.decision(),
                accompanied: aid.accompanied(),
                scheme: aid.scheme().to_owned(),
                council: aid.firm().partner().usual_name().to_owned(),
                public: aid.is_announced(),
                obtained: cents(aid.obtained()),
                requested: cents(aid.requested()),
                investment: cents(aid.investment()),
                jobs: aid.jobs(),
                enterprise,
                owner,
            }
        });
        let aids = aids.collect();
        let mut owners: Vec<u32> = firms.iter().map(|(_, owner)| *owner).collect();
        owners.sort_unstable();
        owners.dedup();
        let readers = [Reader::Stranger, Reader::Anybody].into_iter().chain(owners.into_iter().map(Reader::Partner));
        Self { readers: readers.collect(), supports, aids, firms }
    }
}

impl SupportFact {
    /// The exchange as secrecy sees it: that the programme met a firm is announced of none.
    pub(super) fn row(&self, value: i64) -> Row {
        Row { enterprise: self.enterprise, owner: self.owner, announced: false, value }
    }
}

impl AidFact {
    /// The application as secrecy sees it.
    pub(super) fn row(&self, value: i64) -> Row {
        Row { enterprise: self.enterprise, owner: self.owner, announced: self.public, value }
    }

    /// Whether it was decided in some way by a day; as [`At::decision_on`] says it.
    pub(super) fn is_on(&self, decision: Decision, day: NaiveDate) -> bool {
        let decided = self.decided.is_none_or(|decided| decided <= day);
        self.filed <= day && decision == if decided { self.decision } else { Decision::Pending }
    }
}

/// The legal unit that a site belongs to: its SIREN, else its name.
fn legal_unit(firm: At<Firm>) -> String {
    match firm.siret() {
        Some(siret) if siret.len() == 14 => siret[..9].to_owned(),
        _ => fold(firm.name()),
    }
}
