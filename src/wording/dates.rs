//! Dates, hours and spans, as they are written in French prose.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::NBSP;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_SHORT: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The name of a month from 1 to 12, in lower case. Another number gives an empty name.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    month.checked_sub(1).and_then(|index| MONTHS.get(index as usize)).copied().unwrap_or_default()
}

/// The usual abbreviation of a date's month: « sept. ».
#[must_use]
pub fn month_short(date: NaiveDate) -> &'static str {
    MONTHS_SHORT[date.month0() as usize]
}

/// The names of the months in order, for reading.
#[must_use]
pub fn months() -> &'static [&'static str; 12] {
    &MONTHS
}

/// The names of the days from Monday, for reading.
#[must_use]
pub fn weekdays() -> &'static [&'static str; 7] {
    &WEEKDAYS
}

/// « 6 juillet 2022 », « 1er juillet 2022 ».
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {}", day_and_month(date), date.year())
}

/// « 06/07/2022 », where a column has little room.
#[must_use]
pub fn date_in_figures(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// « mercredi 6 juillet 2022 ».
#[must_use]
pub fn date_with_weekday(date: NaiveDate) -> String {
    format!("{} {}", WEEKDAYS[date.weekday().num_days_from_monday() as usize], self::date(date))
}

/// « juillet 2022 ».
#[must_use]
pub fn month(date: NaiveDate) -> String {
    format!("{} {}", month_name(date.month()), date.year())
}

/// A span of days in the fewest words: « du 6 au 8 juillet 2022 », « du 30 juin au 2 juillet 2022 », or one date.
#[must_use]
pub fn date_span(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        return format!("le {}", date(from));
    }
    let start = if from.year() != to.year() {
        date(from)
    } else if from.month() != to.month() {
        day_and_month(from)
    } else {
        day(from)
    };
    format!("du {start} au {}", date(to))
}

/// « 18 h 30 », « 9 h ».
#[must_use]
pub fn hour(time: NaiveTime) -> String {
    if time.minute() == 0 {
        format!("{}{NBSP}h", time.hour())
    } else {
        format!("{}{NBSP}h{NBSP}{:02}", time.hour(), time.minute())
    }
}

/// « de 9 h à 12 h 30 », or « à 9 h » where there is no end.
#[must_use]
pub fn hour_span(from: NaiveTime, to: Option<NaiveTime>) -> String {
    match to {
        Some(NaiveTime::MIN) => format!("de {} à minuit", hour(from)),
        Some(to) => format!("de {} à {}", hour(from), hour(to)),
        None => format!("à {}", hour(from)),
    }
}

fn day(date: NaiveDate) -> String {
    if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() }
}

fn day_and_month(date: NaiveDate) -> String {
    format!("{}{NBSP}{}", day(date), month_name(date.month()))
}
/// The number of a month by its name, folded, or an abbreviation of three letters or more.
#[must_use]
pub fn month_number(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.');
    let matches = |month: &&str| {
        let month = super::fold(month);
        month == name || (name.len() >= 3 && month.starts_with(name) && name != "jui")
    };
    months().iter().position(matches).and_then(|index| u32::try_from(index + 1).ok())
}

/// The first and the last day that a text means: `2022-09-30`, `30/09/2022`, `1er octobre 2022`, `2022-09`, `09/2022`,
/// `septembre 2022`, `2022`.
#[must_use]
pub fn days_meant(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let folded = super::fold(text);
    let parts: Vec<&str> = folded.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let year = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 4);
    let month = |text: &str| text.parse().ok().or_else(|| month_number(text));
    let (year, first, last) = match parts.as_slice() {
        [only] => (year(only)?, (1, 1), (12, None)),
        [left, right] => {
            let (year, month) = year(left).zip(month(right)).or_else(|| year(right).zip(month(left)))?;
            (year, (month, 1), (month, None))
        }
        [left, middle, right] => {
            let (year, day) = year(left).map(|year| (year, right)).or_else(|| year(right).map(|year| (year, left)))?;
            let day = day.trim_end_matches("er").parse().ok()?;
            (year, (month(middle)?, day), (month(middle)?, Some(day)))
        }
        _ => return None,
    };
    let on = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let end = match last {
        (month, Some(day)) => on((month, day)),
        (month, None) => (28..=31).rev().find_map(|day| on((month, day))),
    };
    on(first).zip(end)
}
