//! Days, months and hours as people write them.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

use super::{Decoded, Value, line};
use crate::diagnostics::messages::cells;
use crate::wording::{self, fold};

/// The days that somebody who keeps these sheets may mean.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// A day between 1990 and 2100.
pub(in super::super) fn date(value: &Value) -> Decoded<NaiveDate> {
    let date = match value {
        Value::Date(date) => date.date(),
        Value::Text(_) => text_date(&line(value))?,
        Value::Number(number) => {
            let found = line(value);
            let as_date = Value::from_serial(number.trunc(), false);
            return Err(match &as_date {
                Value::Date(date) if YEARS.contains(&date.year()) => cells::number_for_date(&found, &as_date.display()),
                _ => cells::unreadable_date(&found),
            });
        }
        _ => return Err(cells::unreadable_date(&line(value))),
    };
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(cells::unlikely_date(&line(value))) }
}

/// Reads `06/07/2022`, `6-7-2022`, `2022-07-06`, `6 juillet 2022`, `mercredi 1er juin 2022`, with an hour behind it.
fn text_date(found: &str) -> Decoded<NaiveDate> {
    let folded = fold(found);
    let (day, hour) = without_hour(&folded);
    let date = bare_date(found, day)?;
    // An export in universal time tells midnight in Paris as ten or eleven in the evening of the day before.
    let is_universal = hour.is_some_and(|hour| hour.ends_with('z') || hour.contains("+00"));
    if is_universal && hour.and_then(clock).is_some_and(|time| time.hour() >= 22 && time.minute() == 0) {
        return Err(cells::shifted_date(found, &wording::date(date + TimeDelta::days(1))));
    }
    Ok(date)
}

/// A folded text, and the hour at its end: « 25/01/2022 00:00:00 », « 2022-01-25t00:00:00z ».
fn without_hour(folded: &str) -> (&str, Option<&str>) {
    let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let Some(colon) = folded.find(':') else { return (folded, None) };
    let start = colon - digits(&folded[..colon]);
    let day = match folded[..start].strip_suffix('t') {
        Some(day) if digits(day) > 0 => day,
        _ => folded[..start].trim_end_matches([' ', ',']).trim_end_matches(" a"),
    };
    (day.trim_end_matches([' ', ',']), Some(&folded[start..]))
}

/// The time of day at the head of « 18:30:00.000z ».
fn clock(hour: &str) -> Option<NaiveTime> {
    let end = hour.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(hour.len());
    let mut parts = hour[..end].split(':').map(str::parse::<u32>);
    let (hours, minutes, seconds) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next().unwrap_or(Ok(0)).ok()?);
    NaiveTime::from_hms_opt(hours, minutes, seconds)
}

fn bare_date(found: &str, day: &str) -> Decoded<NaiveDate> {
    let unreadable = || cells::unreadable_date(found);
    let numbers: Vec<&str> = day.split(['/', '-', '.']).map(str::trim).collect();
    if let [first, second, third] = numbers.as_slice()
        && [first, second, third].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
        if year.len() == 2 {
            let of_this_century = format!("20{year}");
            let diagnostic = cells::ambiguous_date(found);
            return Err(match from_parts(&of_this_century, month, day) {
                Some(date) => diagnostic.hint(format!("vouliez-vous dire « {} » ?", date.format("%d/%m/%Y"))),
                None => diagnostic,
            });
        }
        return from_parts(year, month, day)
            .filter(|_| year.len() == 4)
            .ok_or_else(|| refused(found, year, month, day));
    }
    let words: Vec<&str> = day.split([' ', ',']).filter(|word| !matches!(*word, "le" | "")).collect();
    let (weekday, words) = match words.split_first() {
        Some((first, rest)) if weekday(first).is_some() => (weekday(first), rest),
        _ => (None, words.as_slice()),
    };
    let [day, month, year] = words else { return Err(unreadable()) };
    let number = wording::month_number(month).ok_or_else(unreadable)?.to_string();
    let day = day.trim_end_matches("er");
    let date =
        from_parts(year, &number, day).filter(|_| year.len() == 4).ok_or_else(|| refused(found, year, &number, day))?;
    match weekday {
        Some(weekday) if weekday != date.weekday().num_days_from_monday() as usize => {
            Err(cells::wrong_weekday(found, &wording::date_with_weekday(date)))
        }
        _ => Ok(date),
    }
}

/// Why three numbers are no day.
fn refused(found: &str, year: &str, month: &str, day: &str) -> crate::diagnostics::Diagnostic {
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse::<u32>(), day.parse::<u32>()) else {
        return cells::unreadable_date(found);
    };
    let last = |month| (28..=31).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day));
    match last(month) {
        None => cells::no_such_date(found, &format!("il n’y a pas de mois {month}, le jour vient d’abord")),
        Some(date) if day > date.day() => {
            cells::no_such_date(found, &format!("{} a {} jours", wording::month(date), date.day()))
        }
        Some(_) => cells::unreadable_date(found),
    }
}

/// The place of a folded word among the days of the week.
fn weekday(word: &str) -> Option<usize> {
    wording::weekdays().iter().position(|day| *day == word)
}

fn from_parts(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Several days, separated by `;`, or by commas that are none of one day's.
pub(in super::super) fn dates(value: &Value) -> Decoded<Vec<NaiveDate>> {
    let Value::Text(text) = value else { return date(value).map(|date| vec![date]) };
    let parts = |marks: &[char]| -> Decoded<Vec<NaiveDate>> {
        let parts = text.split(marks).map(|part| Value::Text(part.to_owned())).filter(|part| !super::is_blank(part));
        parts.map(|part| date(&part)).collect()
    };
    let by_lines = parts(&[';', '\n']);
    // « vendredi, 1er juillet 2022 » is one day: commas count when nothing reads without them.
    if by_lines.is_err() && text.contains(',') {
        let by_commas = parts(&[';', '\n', ',']);
        return if by_commas.is_ok() || !text.contains([';', '\n']) { by_commas } else { by_lines };
    }
    by_lines
}

/// The first day of a month.
pub(in super::super) fn month(value: &Value) -> Decoded<NaiveDate> {
    let found = line(value);
    let unreadable = || cells::unreadable_month(&found);
    let first_day = |year: &str, month: u32| {
        year.parse().ok().filter(|_| year.len() == 4).and_then(|year| NaiveDate::from_ymd_opt(year, month, 1))
    };
    let date = match value {
        Value::Date(date) => date.date().with_day(1),
        Value::Text(_) => {
            let folded = fold(&found);
            match folded.split(['-', '/', ' ']).collect::<Vec<_>>().as_slice() {
                [year, month] if year.parse::<u32>().is_ok() && year.len() == 4 => {
                    first_day(year, month.parse().unwrap_or(0))
                }
                [month, year] => {
                    month.parse().ok().or_else(|| wording::month_number(month)).and_then(|month| first_day(year, month))
                }
                _ => text_date(&found).ok().and_then(|date| date.with_day(1)),
            }
        }
        _ => None,
    };
    date.filter(|date| YEARS.contains(&date.year())).ok_or_else(unreadable)
}

/// A time of day. An event may end at 24 h: that is midnight, the hour at which the next day starts.
pub(in super::super) fn time(value: &Value, ends: bool) -> Decoded<NaiveTime> {
    let found = line(value);
    let time = match value {
        Value::Time(time) => Some(*time),
        Value::Date(date) if ends && is_one_day(*date) => Some(NaiveTime::MIN),
        // Formats of hours show « 9 » as nine days after 1900, and « 9-12 » typed into a cell is the ninth of December.
        Value::Date(date) if !YEARS.contains(&date.year()) => return Err(cells::time_beyond_day(&found)),
        Value::Date(date) if date.time() == NaiveTime::MIN => return Err(cells::time_turned_date(&found)),
        Value::Date(date) => Some(date.time()),
        Value::Text(_) => text_time(&fold(&found), ends),
        _ => None,
    };
    time.ok_or_else(|| cells::unreadable_time(&found))
}

/// Whether a moment is what a spreadsheet shows as 24:00: one whole day after its first.
fn is_one_day(moment: NaiveDateTime) -> bool {
    let firsts = [(1900, 1), (1904, 2)].map(|(year, day)| NaiveDate::from_ymd_opt(year, 1, day));
    moment.time() == NaiveTime::MIN && firsts.contains(&Some(moment.date()))
}

fn text_time(folded: &str, ends: bool) -> Option<NaiveTime> {
    // « 06/07/2022 18:30 », as an export writes the hour of a day.
    if let (day, Some(hour)) = without_hour(folded)
        && !day.is_empty()
    {
        return bare_date(day, day).ok().and_then(|_| clock(hour));
    }
    match folded {
        "midi" => return NaiveTime::from_hms_opt(12, 0, 0),
        "minuit" if ends => return Some(NaiveTime::MIN),
        _ => {}
    }
    let (hours, minutes) = hours_and_minutes(folded)?;
    match (hours, minutes) {
        (24, 0) if ends => Some(NaiveTime::MIN),
        _ => NaiveTime::from_hms_opt(hours, minutes, 0),
    }
}

/// Reads « 18:30 », « 18 h 30 », « 18h », « 2 heures 15 min ».
pub(super) fn hours_and_minutes(folded: &str) -> Option<(u32, u32)> {
    let compact: String = folded.chars().filter(|c| *c != ' ').collect();
    let compact = compact.trim_end_matches("min").trim_end_matches("mn");
    let compact = compact.replace("heures", "h").replace("heure", "h").replace("hrs", "h");
    let (hours, minutes) = compact.split_once([':', 'h'])?;
    let minutes = minutes.split(':').next().unwrap_or_default();
    let minutes: u32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    hours.parse().ok().filter(|_| minutes < 60).map(|hours| (hours, minutes))
}
