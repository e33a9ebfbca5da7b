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
