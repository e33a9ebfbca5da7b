//! One cell: its value, and the formula behind it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

/// A filled cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value, or the cached result of the formula.
    pub value: Value,
    /// The formula, without its equals sign.
    pub formula: Option<String>,
}

impl Cell {
    /// The bytes of its texts.
    pub(super) fn text_len(&self) -> usize {
        let value = match &self.value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        value + self.formula.as_ref().map_or(0, String::len)
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: a formula without a cached result.
    Empty,
    /// Text, as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A number shown as a percentage: 0,125 is 12,5 %.
    Percentage(f64),
    /// True or false.
    Boolean(bool),
    /// A day, with an hour where the cell has one.
    Date(NaiveDateTime),
    /// An hour, without a day.
    Time(NaiveTime),
    /// An error such as `#REF!`.
    Error(String),
}

impl Value {
    /// Reads a serial date: days since 30 December 1899 (or 1 January 1904), hours as fractions.
    ///
    /// Excel counts a 29 February 1900 that never was: the days before it are one off, and corrected here.
    #[must_use]
    pub fn from_serial(serial: f64, epoch_1904: bool) -> Self {
        let milliseconds = (serial.fract() * 86_400_000.0).round();
        let days = serial.trunc();
        if !serial.is_finite() || !(0.0..2_958_466.0).contains(&serial) {
            return Self::Number(serial);
        }
        #[expect(clippy::cast_possible_truncation, reason = "both are below 2^31, checked above")]
        let (days, milliseconds) = (days as i64, milliseconds as i64);
        if days == 0 {
            return time_of(milliseconds).map_or(Self::Number(serial), Self::Time);
        }
        let epoch =
            if epoch_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
        let shift = i64::from(!epoch_1904 && days < 60);
        epoch
            .and_then(|epoch| epoch.and_hms_opt(0, 0, 0))
            .and_then(|epoch| {
                epoch.checked_add_signed(TimeDelta::days(days + shift) + TimeDelta::milliseconds(milliseconds))
            })
            .map_or(Self::Number(serial), Self::Date)
    }

    /// The number behind a day or an hour, as [`Value::from_serial`] read it.
    #[must_use]
    pub(super) fn as_number(&self, epoch_1904: bool) -> Self {
        let of_day = |time: NaiveTime| f64::from(time.num_seconds_from_midnight()) / 86_400.0;
        match self {
            Self::Time(time) => Self::Number(of_day(*time)),
            Self::Date(moment) => {
                let (year, month, day) = if epoch_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
                let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
                let days = (moment.date() - first).num_days();
                let days = days - i64::from(!epoch_1904 && days <= 60);
                Self::Number(f64::from(i32::try_from(days).unwrap_or_default()) + of_day(moment.time()))
            }
            other => other.clone(),
        }
    }

    /// The value as the sheet would show it, for excerpts and messages.
    #[must_use]
    pub fn display(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => plain(*number),
            Self::Percentage(share) => format!("{} %", plain(share * 100.0)),
            Self::Boolean(true) => "VRAI".to_owned(),
            Self::Boolean(false) => "FAUX".to_owned(),
            Self::Date(date) if date.time() == NaiveTime::MIN => date.format("%d/%m/%Y").to_string(),
            Self::Date(date) => date.format("%d/%m/%Y %H:%M").to_string(),
            Self::Time(time) => time.format("%H:%M").to_string(),
            Self::Error(error) => error.clone(),
        }
    }
}

/// A number with the fifteen digits that a spreadsheet keeps, and a decimal comma.
pub(super) fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}").replace('.', ",")
}

/// A date as ISO 8601 writes it, which some programs store.
pub(super) fn iso_date(text: &str) -> Value {
    let bare = text.trim_end_matches('Z');
    for format in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"] {
        if let Ok(date) = NaiveDateTime::parse_from_str(bare, format) {
            return Value::Date(date);
        }
    }
    match NaiveDate::parse_from_str(bare, "%Y-%m-%d") {
        Ok(date) => Value::Date(date.and_time(NaiveTime::MIN)),
        Err(_) => Value::Text(text.to_owned()),
    }
}

/// The time of day at a number of milliseconds after midnight, rounded to the second.
fn time_of(milliseconds: i64) -> Option<NaiveTime> {
    let seconds = u32::try_from((milliseconds + 500) / 1000).ok()?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Value {
        Value::Date(NaiveDate::from_ymd_opt(year, month, day).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a date"))
    }

    #[test]
    fn serial_dates_of_both_systems_and_the_day_that_never_was() {
        assert_eq!(Value::from_serial(44_748.0, false), day(2022, 7, 6));
        assert_eq!(Value::from_serial(43_286.0, true), day(2022, 7, 6));
        assert_eq!(Value::from_serial(1.0, false), day(1900, 1, 1));
        assert_eq!(Value::from_serial(61.0, false), day(1900, 3, 1));
        assert_eq!(Value::from_serial(0.75, false), Value::Time(NaiveTime::from_hms_opt(18, 0, 0).expect("a time")));
        assert_eq!(Value::from_serial(-1.0, false), Value::Number(-1.0));
        for (serial, epoch_1904) in
            [(1.0, false), (59.0, false), (61.0, false), (0.5, false), (44_748.25, false), (43_286.0, true)]
        {
            assert_eq!(Value::from_serial(serial, epoch_1904).as_number(epoch_1904), Value::Number(serial));
        }
        assert_eq!(Value::from_serial(f64::NAN, false).display(), "NaN");
    }

    #[test]
    fn numbers_are_shown_as_the_sheet_shows_them() {
        assert_eq!(Value::Number(0.1 + 0.2).display(), "0,3");
        assert_eq!(Value::Number(245_901_160.0).display(), "245901160");
        assert_eq!(Value::Percentage(0.125).display(), "12,5 %");
    }
}
