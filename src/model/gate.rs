//! What an act must have before it is one, before it is transmitted, and before it is opened as data. What is missing
//! stops that stage, and those behind it.

use super::votes::{Item, Vote};
use super::{At, Deliberation, Outcome, Partner, Sitting, law};
use crate::figures::CellRef;
use crate::wording::fold;

/// A stage on the way of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The act itself: until then it is a draft.
    Act,
    /// The deposit at the prefecture.
    Deposit,
    /// The row of the open data.
    OpenData,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// A number.
    Number,
    /// Nobody was counted: a result is told without votes.
    Votes,
    /// Votes and abstentions are not those of the voters.
    Count(Vote),
    /// A tie in which nobody knows what the chair voted.
    Tie,
    /// The roll was not taken.
    Roll,
    /// Too few members are there.
    Quorum,
    /// Who chairs is not there, or takes no part.
    Chair,
    /// Nobody said yet where the sitting is held.
    Place,
    /// The secretary is not named.
    NoSecretary,
    /// The secretary is not there, or takes no part.
    Secretary,
    /// The matter.
    Matter,
    /// The department.
    Department,
    /// The SIREN.
    Siren,
    /// The SIRET.
    Siret,
}

/// What is missing, for which stage, and in which cell.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The stage that it stops.
    pub stage: Stage,
    /// What is missing.
    pub lack: Lack,
    /// The cell that should say it.
    pub cell: CellRef,
}

impl Outcome {
    /// Whether the item was decided on: neither withdrawn nor put off.
    #[must_use]
    pub fn is_decision(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::Adjourned)
    }

    /// Whether what was proposed holds.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::Adopted | Self::Noted)
    }
}

impl<'s> Item<'s> {
    /// Whether the sitting has been held as far as the sheets say: votes, or a result, are told.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.act.votes_for().is_some() || self.act.stated_outcome().is_some()
    }

    /// What is missing of an item on which something is told, for every stage. A mere draft lacks nothing.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        if !self.is_told() {
            return Vec::new();
        }
        let act = self.act;
        let mut gaps = Vec::new();
        let mut lack = |stage, lack, cell| gaps.push(Gap { stage, lack, cell });
        let is_decision = self.outcome().is_none_or(Outcome::is_decision);
        if is_decision && act.number().is_none() {
            lack(Stage::Act, Lack::Number, act.cell(Deliberation::NUMBER));
        }
        self.votes_lack().into_iter().for_each(|(what, cell)| lack(Stage::Act, what, cell));
        self.sitting_lacks(is_decision).into_iter().for_each(|(what, cell)| lack(Stage::Act, what, cell));
        if self.outcome().is_some_and(Outcome::holds) {
            let council = act.sitting().partner();
            if act.matter().is_none() {
                lack(Stage::Deposit, Lack::Matter, act.cell(Deliberation::MATTER));
            }
            if council.acts_department().is_none() {
                lack(Stage::Deposit, Lack::Department, council.cell(Partner::DEPARTMENT));
            }
            if council.siren().is_none() {
                lack(Stage::Deposit, Lack::Siren, council.cell(Partner::SIREN));
            }
            if council.siret().is_none() {
                lack(Stage::OpenData, Lack::Siret, council.cell(Partner::SIRET));
            }
        }
        gaps
    }

    /// Votes that are not counted, or not all of them.
    fn votes_lack(&self) -> Option<(Lack, CellRef)> {
        let voted =
            !matches!(self.act.stated_outcome(), Some(Outcome::Withdrawn | Outcome::Adjourned | Outcome::Noted));
        let cell = |column| self.act.cell(column);
        match self.vote().filter(|_| voted) {
            None if voted => Some((Lack::Votes, cell(Deliberation::VOTES_FOR))),
            Some(vote) if !self.roll.is_empty() && vote.cast() != vote.voters => {
                Some((Lack::Count(vote), cell(Deliberation::VOTES_FOR)))
            }
            Some(_) if self.outcome().is_none() => Some((Lack::Tie, cell(Deliberation::OUTCOME))),
            _ => None,
        }
    }

    /// What the sitting lacks for the item.
    fn sitting_lacks(&self, is_decision: bool) -> Vec<(Lack, CellRef)> {
        let sitting = self.act.sitting();
        if self.roll.is_empty() {
            return vec![(Lack::Roll, self.act.cell(Deliberation::SITTING))];
        }
        let mut lacks = Vec::new();
        if sitting.is_unplaced() {
            lacks.push((Lack::Place, sitting.cell(Sitting::PLACE)));
        }
        if is_decision && !self.quorum().is_met() {
            lacks.push((Lack::Quorum, self.act.cell(Deliberation::SITTING)));
        }
        let is_there = |row| self.there.contains(&row) || !is_decision && self.roll.there().any(|it| it == row);
        if !self.act.chair().row.is_some_and(is_there) {
            let cell = match self.act.presided() {
                Some(_) => self.act.cell(Deliberation::PRESIDED),
                None => sitting.cell(Sitting::CHAIR),
            };
            lacks.push((Lack::Chair, cell));
        }
        match sitting.secretary() {
            None => lacks.push((Lack::NoSecretary, sitting.cell(Sitting::SECRETARY))),
            Some(secretary) if !secretary.row.is_some_and(is_there) => {
                lacks.push((Lack::Secretary, sitting.cell(Sitting::SECRETARY)));
            }
            Some(_) => {}
        }
        lacks
    }

    /// Whether it is an act, and no draft any more.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.outcome().is_some() && self.passes(Stage::Act)
    }

    /// Whether it may be transmitted: what was proposed holds, and nothing is missing.
    #[must_use]
    pub fn may_be_deposited(&self) -> bool {
        self.outcome().is_some_and(Outcome::holds) && self.passes(Stage::Deposit)
    }

    /// Whether it may stand in the open data.
    #[must_use]
    pub fn may_be_opened(&self) -> bool {
        self.may_be_deposited() && self.passes(Stage::OpenData)
    }

    fn passes(&self, stage: Stage) -> bool {
        self.gaps().iter().all(|gap| gap.stage > stage)
    }
}

/// What people write where they do not know yet.
const UNSETTLED: [&str; 6] = ["a preciser", "a definir", "a confirmer", "a completer", "a determiner", "a fixer"];

impl At<'_, Sitting> {
    /// Whether its place is still to be found: an act says where it was taken.
    #[must_use]
    pub fn is_unplaced(self) -> bool {
        let place = fold(self.place());
        UNSETTLED.iter().any(|words| place.contains(words))
    }
}

impl At<'_, Partner> {
    /// The department as ACTES wants it: `059`, `02A`; nothing where the cell cannot become one.
    #[must_use]
    pub fn acts_department(self) -> Option<String> {
        let code = format!("{:0>3}", self.department()?.trim().to_uppercase());
        law::is_department(&code).then_some(code)
    }
}
