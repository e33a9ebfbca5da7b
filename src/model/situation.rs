//! The day of the sheets: what lies behind it has happened, what lies ahead is planned.

use chrono::NaiveDate;

use super::{At, Letter, Period, Scope};

impl Scope<'_> {
    /// The day from which what is late, to come or in progress is reckoned: that of the settings, else the last recorded
    /// fact, be it an exchange, a decision, a month of communication, a vote, a sending, a convocation or a
    /// payment.
    #[must_use]
    pub fn situation(&self) -> NaiveDate {
        let since = self.territory().since;
        self.territory().as_of.unwrap_or_else(|| self.last_fact().max(Some(since)).unwrap_or(since))
    }

    fn last_fact(&self) -> Option<NaiveDate> {
        let whole = self.whole();
        let acts = whole.deliberations().flat_map(|act| {
            let voted = act.votes_for().map(|_| act.sitting()).filter(|it| it.exists()).map(|it| it.date());
            [voted, act.handed_over(), act.sent(), act.received(), act.published(), act.signed()]
        });
        let letters = whole.letters().map(At::<Letter>::sent);
        let money = whole.resources().flat_map(|line| [line.called_on(), line.received_on()]);
        let convened = whole.events().map(|event| event.convened());
        let paid = whole.payments().map(|payment| Some(payment.paid()));
        let told = acts.chain(letters).chain(convened).chain(money).chain(paid).flatten();
        told.chain(self.activity_days()).max()
    }

    /// The days of a period that have passed, where some are still to come.
    #[must_use]
    pub fn passed(&self, period: Period) -> Option<Period> {
        let day = self.situation();
        (day < period.end).then(|| Period { start: period.start, end: day.max(period.start) })
    }
}
