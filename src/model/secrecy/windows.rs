//! The days and periods that documents count by, and which of them matter most.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use crate::model::statistics::{KEY_FIGURES, Window, months_since};
use crate::model::{HalfYear, Month, Period, Scope};

/// What is admitted before what: councils vote on the first, charts show the last.
pub(super) mod rank {
    /// Up to a day on which the figures of annexes are closed.
    pub(in super::super) const CLOSING: u8 = 0;
    /// A half-year, and up to its end.
    pub(in super::super) const HALF: u8 = 10;
    /// Up to the day of a letter, of what letters print.
    pub(in super::super) const LETTER: u8 = 20;
    /// What the programme accompanied, up to a closing day or the end of a half-year.
    pub(in super::super) const PART: u8 = 30;
    /// A year of the annexes.
    pub(in super::super) const YEAR: u8 = 40;
    /// A month; the largest first.
    pub(in super::super) const MONTH: u8 = 50;
    /// Up to the end of a month.
    pub(in super::super) const SINCE: u8 = 60;
    /// A part of the whole in a half-year or a month.
    pub(in super::super) const DETAIL: u8 = 70;
}

/// The days and periods that figures are asked for.
pub(super) struct Windows {
    /// When the programme began.
    pub(super) since: NaiveDate,
    /// The days on which the figures of annexes are closed.
    pub(super) closings: Vec<NaiveDate>,
    halves: Vec<Period>,
    letters: Vec<NaiveDate>,
    /// The years up to each closing day.
    years: Vec<Period>,
    /// Every month since the start.
    pub(super) months: Vec<Month>,
}

impl Windows {
    /// The days and periods of the documents that the rows announce.
    pub(super) fn read(scope: &Scope) -> Self {
        let since = scope.territory().since;
        let last = scope.activity_days().into_iter().max().unwrap_or(since);
        let closing = scope.deliberations().filter_map(|deliberation| {
            deliberation.figures_on().or_else(|| deliberation.convention().map(|convention| convention.reference()))
        });
        let closings: BTreeSet<NaiveDate> = closing.collect();
        let letters: BTreeSet<NaiveDate> = scope.letters().map(|letter| letter.issued()).collect();
        let first_filed = scope.aids().map(|aid| aid.filed()).min().unwrap_or(since);
        let first_year = first_filed.min(since).year();
        let year = |year: i32, day: NaiveDate| Period {
            start: NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(),
            end: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default().min(day),
        };
        let years: BTreeSet<Period> =
            closings.iter().flat_map(|day| (first_year..=day.year()).map(move |of| year(of, *day))).collect();
        let halves = std::iter::successors(Some(HalfYear::of(since)), |half| Some(half.next()));
        Self {
            since,
            halves: halves.map(HalfYear::period).take_while(|half| half.start <= last).collect(),
            months: months_since(scope, HalfYear::of(last).period().end),
            closings: closings.into_iter().collect(),
            letters: letters.into_iter().collect(),
            years: years.into_iter().collect(),
        }
    }

    /// The windows of an indicator, with their ranks. The days of letters are among them where letters print it: what nobody
    /// prints must not keep secret what documents do.
    pub(super) fn of(&self, indicator: &str) -> Vec<(u8, Window)> {
        let letters = self.letters.iter().map(|day| (rank::LETTER, Window::UpTo(*day)));
        let letters = letters.filter(|_| KEY_FIGURES.contains(&indicator));
        self.of_all().into_iter().chain(letters).collect()
    }

    /// The windows of every indicator, with their ranks.
    pub(super) fn of_all(&self) -> Vec<(u8, Window)> {
        let closings = self.closings.iter().map(|day| (rank::CLOSING, Window::UpTo(*day)));
        let halves = self
            .halves
            .iter()
            .flat_map(|half| [(rank::HALF, Window::Within(*half)), (rank::HALF, Window::UpTo(half.end))]);
        let years = self.years.iter().map(|year| (rank::YEAR, Window::Within(*year)));
        let months = self
            .months
            .iter()
            .map(|month| month.period())
            .flat_map(|month| [(rank::MONTH, Window::Within(month)), (rank::SINCE, Window::UpTo(month.end))]);
        closings.chain(halves).chain(years).chain(months).collect()
    }

    /// The same for a part of the whole: the totals of closing days and half-years first, all else last.
    pub(super) fn of_part(&self) -> Vec<(u8, Window)> {
        let is_total = |rank: u8, window: &Window| rank <= rank::HALF && matches!(window, Window::UpTo(_));
        let ranked = |(rank, window)| (if is_total(rank, &window) { rank::PART } else { rank::DETAIL }, window);
        self.of_all().into_iter().map(ranked).collect()
    }
}
