//! Who may read what: firms are confidential between EPCI, laureates announced publicly are public.

use std::collections::{BTreeMap, BTreeSet};

use super::{Aid, Decision, Model};

/// Who may read a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: only what is public may stand in it.
    Public,
    /// All partners of the programme: no firm is named unless its aid is public.
    Partners,
    /// One partner, by its code: its own firms may be named.
    Partner(String),
    /// The operator's own use.
    Operator,
}

impl Audience {
    /// Whether a firm of a partner is the readers' own.
    fn owns(&self, partner: &str) -> bool {
        match self {
            Self::Operator => true,
            Self::Partner(code) => code == partner,
            Self::Public | Self::Partners => false,
        }
    }
}

/// Whether an award was announced publicly.
fn is_public(aid: &Aid) -> bool {
    aid.public && aid.decision == Decision::Granted
}

impl Model {
    /// The model as an audience may read it: names that are not theirs to know are replaced, the same firm by the same
    /// words, so that counts stay what they are. What names a contact or a follow-up goes too.
    #[must_use]
    pub fn narrowed(&self, audience: &Audience) -> Self {
        if *audience == Audience::Operator {
            return self.clone();
        }
        let mut narrow = self.clone();
        let owners: BTreeMap<(&str, Option<&str>), &str> =
            self.firms.iter().map(|firm| (firm.key(), firm.partner.as_str())).collect();
        let owned = |key: (&str, Option<&str>)| owners.get(&key).is_some_and(|partner| audience.owns(partner));
        let public: BTreeSet<(&str, Option<&str>)> =
            self.aids.iter().filter(|aid| is_public(aid)).map(Aid::firm_key).collect();
        let ranks: BTreeMap<(&str, Option<&str>), usize> =
            self.firms.iter().enumerate().map(|(rank, firm)| (firm.key(), rank + 1)).collect();
        let hidden = |key: (&str, Option<&str>)| format!("entreprise {}", ranks.get(&key).copied().unwrap_or(0));
        // A laureate stands twice: under its name for its award, and without it for what else was done with it.
        for whole in self.firms.iter().filter(|firm| !owned(firm.key()) && public.contains(&firm.key())) {
            narrow.firms.push(whole.clone());
        }
        for firm in narrow.firms[..self.firms.len()].iter_mut().filter(|firm| !owned(firm.key())) {
            firm.name = hidden(firm.key());
            firm.siret = None;
            firm.commune = None;
        }
        for (support, whole) in narrow.supports.iter_mut().zip(&self.supports) {
            if !owned(whole.firm_key()) {
                support.firm = hidden(whole.firm_key());
                support.follow_up = None;
            }
        }
        for (aid, whole) in narrow.aids.iter_mut().zip(&self.aids) {
            if !owned(whole.firm_key()) && !is_public(whole) {
                aid.firm = hidden(whole.firm_key());
            }
        }
        narrow.contacts.clear();
        narrow
    }

    /// The model with the firms of one partner alone, and what was done with them.
    #[must_use]
    pub fn limited_to(&self, partner: &str) -> Self {
        let own: BTreeSet<(&str, Option<&str>)> =
            self.firms.iter().filter(|firm| firm.partner == partner).map(super::Firm::key).collect();
        let mut limited = self.clone();
        limited.scope = Some(partner.to_owned());
        limited.firms.retain(|firm| firm.partner == partner);
        limited.supports.retain(|support| own.contains(&support.firm_key()));
        limited.aids.retain(|aid| own.contains(&aid.firm_key()));
        limited
    }

    /// The names of firms that an audience must not meet in a document, and those that it may.
    #[must_use]
    pub fn hidden_names(&self, audience: &Audience) -> HiddenNames {
        let narrow = self.narrowed(audience);
        let shown: BTreeSet<&str> = narrow.firms.iter().map(|firm| firm.name.as_str()).collect();
        let names = self.firms.iter().map(|firm| firm.name.as_str()).filter(|name| !shown.contains(name));
        let hidden: BTreeSet<&str> = names.collect();
        let owned = |names: BTreeSet<&str>| names.into_iter().map(ToOwned::to_owned).collect();
        HiddenNames { hidden: owned(hidden), shown: owned(shown) }
    }
}

/// The names of firms by whether the readers of a document may meet them in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HiddenNames {
    /// Those that they must not meet.
    pub hidden: Vec<String>,
    /// Those that they may: a hidden name inside one of them is no secret.
    pub shown: Vec<String>,
}
