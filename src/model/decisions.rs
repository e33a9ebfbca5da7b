//! What deliberations of several councils on one text have in common: the agreement, the day of its figures, the annexes.

use chrono::NaiveDate;

use super::{At, Convention, Deliberation, FiscalYear};
use crate::wording::fold;

impl<'s> At<'s, Deliberation> {
    /// The agreement that it is about: its own, else the one whose article on the budget names its year, else the one that
    /// covers the year.
    #[must_use]
    pub fn agreement(self) -> Option<At<'s, Convention>> {
        let year = self.year();
        let conventions = || self.scope().conventions().filter(|convention| convention.exists());
        self.convention()
            .filter(|convention| convention.exists())
            .or_else(|| conventions().find(|convention| convention.year() == year))
            .or_else(|| conventions().find(|convention| convention.covers(year)))
    }

    /// The deliberations on the same text, this one included: those that share the word of « Décision commune », else those
    /// without a word on one agreement and year.
    #[must_use]
    pub fn common_decision_acts(self) -> Vec<Self> {
        let word = |act: Self| act.common_decision().map(fold);
        let own = word(self);
        let is_common = |other: &Self| match (&own, word(*other)) {
            (Some(own), Some(other)) => *own == other,
            (None, None) => other.agreement() == self.agreement() && other.year() == self.year(),
            _ => false,
        };
        self.scope().deliberations().filter(|other| *other == self || is_common(other)).collect()
    }

    /// The day up to which its annexes count: the one that its decision says, else the day before the first convocation of
    /// the decision.
    #[must_use]
    pub fn figures_day(self) -> NaiveDate {
        let acts = self.common_decision_acts();
        let said = self.figures_on().or_else(|| acts.iter().find_map(|act| act.figures_on()));
        said.unwrap_or_else(|| {
            let convened = acts.iter().map(|act| act.sitting()).filter(|sitting| sitting.exists());
            let first = convened.map(|sitting| sitting.convened()).min();
            first.and_then(|first| first.pred_opt()).unwrap_or_default()
        })
    }

    /// The day on which note and annexes leave for the council: when they were handed over, else the convocation.
    #[must_use]
    pub fn leaves_on(self) -> NaiveDate {
        self.handed_over().unwrap_or_else(|| self.sitting().convened())
    }

    /// The day since which it is executory: transmitted and published (CGCT, art. L. 2131-1); nothing before that.
    #[must_use]
    pub fn executory_on(self) -> Option<NaiveDate> {
        self.received().zip(self.published()).map(|(received, published)| received.max(published))
    }

    /// The day since which note and annexes no longer change.
    #[must_use]
    pub fn note_sent(self) -> Option<NaiveDate> {
        self.handed_over().or_else(|| self.sent())
    }
}

impl At<'_, Convention> {
    /// Whether it runs on a day of a budget year.
    #[must_use]
    pub fn covers(self, year: At<FiscalYear>) -> bool {
        self.start() <= year.end() && year.start() <= self.end()
    }
}
