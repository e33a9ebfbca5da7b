//! Months and half-years: what a document counts in.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month that holds a day.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first_day() + Months::new(1))
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period { start: self.first_day(), end: self.next().first_day().pred_opt().unwrap_or_default() }
    }
}

impl fmt::Display for Month {
    /// `2022-06`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month) = text.split_once('-').ok_or(())?;
        let month = Self { year: year.parse().map_err(drop)?, month: month.parse().map_err(drop)? };
        if text.len() == 7 && (1..=12).contains(&month.month) { Ok(month) } else { Err(()) }
    }
}

/// A half-year: January to June, or July to December.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfYear {
    /// The year.
    pub year: i32,
    /// Whether it is the second half.
    pub second: bool,
}

impl HalfYear {
    /// The half-year that holds a day.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), second: date.month() > 6 }
    }

    /// The half-year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { year: if self.second { self.year } else { self.year - 1 }, second: !self.second }
    }

    /// The half-year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { year: if self.second { self.year + 1 } else { self.year }, second: !self.second }
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        let (first, last) = if self.second { (7, 12) } else { (1, 6) };
        let start = Month { year: self.year, month: first }.first_day();
        Period { start, end: Month { year: self.year, month: last }.period().end }
    }

    /// « premier semestre 2022 ».
    #[must_use]
    pub fn label(self) -> String {
        format!("{} semestre {}", if self.second { "second" } else { "premier" }, self.year)
    }
}

impl fmt::Display for HalfYear {
    /// `2022-S1`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-S{}", self.year, if self.second { 2 } else { 1 })
    }
}

impl FromStr for HalfYear {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, half) = text.split_once("-S").or_else(|| text.split_once("-s")).ok_or(())?;
        let second = match half {
            "1" => false,
            "2" => true,
            _ => return Err(()),
        };
        if year.len() == 4 { Ok(Self { year: year.parse().map_err(drop)?, second }) } else { Err(()) }
    }
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
}

impl Period {
    /// Whether the day is one of its days.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }
}
