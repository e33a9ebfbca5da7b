//! The way of an act, from its text to the signed agreement: each step with its day, by when it is due, and by which rule.
//! The day to reckon from is handed in.

use chrono::{Days, NaiveDate};

use super::law::HOUSE_DAYS;
use super::votes::Item;
use super::{At, Deliberation, Outcome, Partner, Sitting};
use crate::figures::CellRef;

/// A step on the way of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The text goes to the body's secretariat.
    HandedOver,
    /// The secretariat convenes the members.
    Convened,
    /// The assembly sits and votes.
    Voted,
    /// The act goes to the prefecture.
    Sent,
    /// The prefecture has it.
    Received,
    /// The public has it.
    Published,
    /// The agreement that it authorises is signed.
    Signed,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 7] =
        [Self::HandedOver, Self::Convened, Self::Voted, Self::Sent, Self::Received, Self::Published, Self::Signed];

    /// Its name, in the words of documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HandedOver => "texte au secrétariat",
            Self::Convened => "convocation",
            Self::Voted => "vote",
            Self::Sent => "transmission",
            Self::Received => "réception",
            Self::Published => "publication",
            Self::Signed => "signature",
        }
    }

    /// Whether the body's secretariat does it: a reminder goes there. The text comes from the operator.
    #[must_use]
    pub fn is_secretariats(self) -> bool {
        self != Self::HandedOver
    }
}

/// Where a step stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Done on a day.
    Done(NaiveDate),
    /// Done, but after the last day that the law allows.
    DoneLate(NaiveDate),
    /// The sheet gives it a day that is to come.
    Planned(NaiveDate),
    /// It is the next thing to do, until a day where one is known.
    Open(Option<NaiveDate>),
    /// It should have been done by a day.
    Late(NaiveDate),
    /// An earlier step comes first.
    Waiting,
    /// A later step is done, but nobody noted this one.
    Unnoted,
    /// There is nothing to do: the item was withdrawn or put off, or nothing is to be signed.
    Off,
}

impl Progress {
    /// Its name, in the words of documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done(_) => "fait",
            Self::DoneLate(_) => "fait hors délai",
            Self::Planned(_) => "prévu",
            Self::Open(_) => "à faire",
            Self::Late(_) => "en retard",
            Self::Waiting => "à venir",
            Self::Unnoted => "non noté",
            Self::Off => "sans objet",
        }
    }
}

/// A step of an act as it stands on a day.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The step.
    pub step: Step,
    /// Where it stands.
    pub progress: Progress,
    /// The last day for it, where a rule gives one.
    pub due: Option<NaiveDate>,
    /// The cell that tells it, or that waits to be filled.
    pub cell: CellRef,
}

impl Passage {
    /// Whether it is late.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self.progress, Progress::Late(_))
    }

    /// By when something is still to be done, whether it is late or not.
    #[must_use]
    pub fn awaited(&self) -> Option<NaiveDate> {
        match self.progress {
            Progress::Late(day) | Progress::Open(Some(day)) => Some(day),
            // The sheet may plan the sending of a convocation; the law says until when it may wait.
            Progress::Planned(_) if self.step == Step::Convened => self.due,
            _ => None,
        }
    }
}

impl At<'_, Sitting> {
    /// The last day on which its convocation may be sent: the clear days of the law lie between that day and the sitting.
    #[must_use]
    pub fn last_notice(self) -> NaiveDate {
        let days = u64::try_from(self.notice().days).unwrap_or_default();
        self.date().checked_sub_days(Days::new(days + 1)).unwrap_or(self.date())
    }

    /// Whether it was held by a day, as far as the sheets say: a roll was taken, or something is told of one of its items.
    #[must_use]
    pub fn is_held(self, on: NaiveDate) -> bool {
        let acts = || self.scope().deliberations().filter(|act| act.sitting() == self);
        self.date() <= on && (!self.roll().is_empty() || acts().any(|act| Item::new(act).is_told()))
    }
}

/// The day after which something that nobody did yet is late by the rule of the house.
fn by_the_house(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(HOUSE_DAYS))
}

impl<'s> At<'s, Deliberation> {
    /// Its way as it stands on a day, step by step.
    #[must_use]
    pub fn passages(self, on: NaiveDate) -> Vec<Passage> {
        let sitting = self.sitting();
        let item = Item::new(self);
        let is_told = item.is_told();
        let is_off = matches!(self.stated_outcome(), Some(Outcome::Withdrawn | Outcome::Adjourned));
        // Nothing is signed but what the assembly adopted: who takes note authorises nobody.
        let may_be_signed =
            self.convention().is_some() && (!is_told || item.outcome().is_none_or(|it| it == Outcome::Adopted));
        let held = is_told.then(|| sitting.date()).filter(|day| *day <= on);
        let after = |day: Option<NaiveDate>| day.filter(|day| *day <= on).and_then(by_the_house);
        let planned = |step| match step {
            Step::HandedOver => (
                self.handed_over(),
                Some(sitting.last_notice().min(sitting.convened())),
                self.cell(Deliberation::HANDED_OVER),
            ),
            Step::Convened => (Some(sitting.convened()), Some(sitting.last_notice()), sitting.cell(Sitting::CONVENED)),
            Step::Voted => {
                let day = if is_told || sitting.date() > on { Some(sitting.date()) } else { None };
                (day, by_the_house(sitting.date()), self.cell(Deliberation::OUTCOME))
            }
            Step::Sent => (self.sent(), after(Some(sitting.date())), self.cell(Deliberation::SENT)),
            Step::Received => (self.received(), after(self.sent()), self.cell(Deliberation::RECEIVED)),
            Step::Published => (self.published(), after(self.received()), self.cell(Deliberation::PUBLISHED)),
            Step::Signed => (self.signed(), after(self.published()), self.cell(Deliberation::SIGNED)),
        };
        let mut passages: Vec<Passage> = Step::ALL
            .into_iter()
            .map(|step| {
                let (day, due, cell) = planned(step);
                let is_moot = is_off && step > Step::Voted || step == Step::Signed && !may_be_signed;
                let progress = match day {
                    _ if is_moot => Progress::Off,
                    Some(day) if day > on => match due {
                        // A convocation that is planned after its last day is late once that day has passed.
                        Some(due) if step == Step::Convened && due < on => Progress::Late(due),
                        _ => Progress::Planned(day),
                    },
                    Some(day) if step == Step::Convened && due.is_some_and(|due| due < day) => Progress::DoneLate(day),
                    Some(day) => Progress::Done(day),
                    None if step > Step::Voted && held.is_none() && sitting.date() > on => Progress::Waiting,
                    None if step > Step::Sent && due.is_none() => Progress::Waiting,
                    None => match due {
                        Some(due) if due < on => Progress::Late(due),
                        due => Progress::Open(due),
                    },
                };
                Passage { step, progress, due, cell }
            })
            .collect();
        // What comes before a step that is done was done too, noted or not. The day of a convocation is written down before it
        // comes, and proves nothing.
        let is_proof = |it: &Passage| matches!(it.progress, Progress::Done(_)) && it.step != Step::Convened;
        let last_done = passages.iter().rposition(is_proof);
        for passage in passages.iter_mut().take(last_done.unwrap_or(0)) {
            if matches!(passage.progress, Progress::Open(_) | Progress::Late(_) | Progress::Waiting) {
                passage.progress = Progress::Unnoted;
            }
        }
        passages
    }

    /// A step of its way as it stands on a day.
    #[must_use]
    pub fn passage(self, step: Step, on: NaiveDate) -> Option<Passage> {
        self.passages(on).into_iter().find(|passage| passage.step == step)
    }
}

impl<'s> At<'s, Partner> {
    /// How its assembly is called.
    #[must_use]
    pub fn assembly_name(self) -> &'s str {
        self.assembly().unwrap_or_else(|| super::law::assembly(self.kind()))
    }
}
