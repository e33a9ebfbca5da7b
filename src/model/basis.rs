//! What a request for money rests on: the act of the funder that votes its participation.

use super::votes::Item;
use super::{At, Cents, Deliberation, Outcome, Resource, Share};

/// The act that a participation rests on, or why it rests on none.
#[derive(Debug, Clone, Copy)]
pub enum Basis<'s> {
    /// An act that was adopted and transmitted.
    Act(At<'s, Deliberation>),
    /// No act of the funder is in the sheets for the year.
    None,
    /// It is a draft.
    Draft(At<'s, Deliberation>),
    /// It was not adopted.
    Fallen(At<'s, Deliberation>),
    /// It was not transmitted to the prefecture.
    Untransmitted(At<'s, Deliberation>),
    /// It is about another year.
    OtherYear(At<'s, Deliberation>),
    /// It is the act of another body.
    OtherBody(At<'s, Deliberation>),
}

impl<'s> Basis<'s> {
    /// The act, where there is one, whatever it lacks.
    #[must_use]
    pub fn act(self) -> Option<At<'s, Deliberation>> {
        match self {
            Self::None => None,
            Self::Act(act)
            | Self::Draft(act)
            | Self::Fallen(act)
            | Self::Untransmitted(act)
            | Self::OtherYear(act)
            | Self::OtherBody(act) => Some(act),
        }
    }

    /// Whether an assembly has voted.
    #[must_use]
    pub fn is_voted(self) -> bool {
        matches!(self, Self::Act(_) | Self::Untransmitted(_))
    }

    /// Why it carries no request, in words; nothing where it does.
    #[must_use]
    pub fn lack(self) -> Option<String> {
        let named = |act: At<Deliberation>| format!("la délibération {}", act.code());
        match self {
            Self::Act(_) => None,
            Self::None => Some("aucune délibération du financeur n’est connue pour cet exercice".to_owned()),
            Self::Draft(act) => Some(format!("{} est un projet", named(act))),
            Self::Fallen(act) => Some(format!("{} n’a pas été adoptée", named(act))),
            Self::Untransmitted(act) => Some(format!("{} n’est pas transmise en préfecture", named(act))),
            Self::OtherYear(act) => Some(format!("{} ne porte pas sur cet exercice", named(act))),
            Self::OtherBody(act) => Some(format!("{} n’est pas celle du financeur", named(act))),
        }
    }
}

impl<'s> At<'s, Resource> {
    /// What it rests on: the act that « Délibération » names, else the funder's act for the year; of several, one that
    /// carries it.
    #[must_use]
    pub fn basis(self) -> Basis<'s> {
        if let Some(act) = self.deliberation().filter(|act| act.exists()) {
            return self.basis_of(act);
        }
        let of_funder = |act: &At<'s, Deliberation>| {
            act.sitting().exists() && act.sitting().partner() == self.funder() && self.is_covered(*act)
        };
        let found: Vec<Basis> = self.scope().deliberations().filter(of_funder).map(|act| self.basis_of(act)).collect();
        let best = found.iter().copied().find(|basis| matches!(basis, Basis::Act(_)));
        best.or_else(|| found.first().copied()).unwrap_or(Basis::None)
    }

    fn is_covered(self, act: At<Deliberation>) -> bool {
        act.year() == self.year()
    }

    fn basis_of(self, act: At<'s, Deliberation>) -> Basis<'s> {
        if act.sitting().partner() != self.funder() {
            return Basis::OtherBody(act);
        }
        if !self.is_covered(act) {
            return Basis::OtherYear(act);
        }
        let item = Item::new(act);
        match item.outcome().filter(|_| item.is_final()) {
            None => Basis::Draft(act),
            Some(Outcome::Adopted) if act.sent().is_some() || act.received().is_some() => Basis::Act(act),
            Some(Outcome::Adopted) => Basis::Untransmitted(act),
            Some(_) => Basis::Fallen(act),
        }
    }
}

impl Share<'_> {
    /// The most that the funder's assembly voted; nothing where its act is a draft, or fell. Where no act is in the sheets,
    /// what the sheet calls voted is.
    #[must_use]
    pub fn voted_ceiling(&self) -> Option<Cents> {
        let ceiling = self.resource.ceiling()?;
        let basis = self.resource.basis();
        (basis.is_voted() || matches!(basis, Basis::None)).then_some(ceiling)
    }
}
