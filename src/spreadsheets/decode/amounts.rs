//! Amounts, numbers, hours and shares as people write them.

use std::cell::LazyCell;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use super::days::hours_and_minutes;
use super::{Decoded, Value, is_space, line};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::cells;
use crate::spreadsheets::cell::plain;
use crate::wording::{self, ParsedAmount, fold, parse_amount};

/// An amount in cents.
pub(in super::super) fn amount(value: &Value) -> Decoded<(i64, Option<Diagnostic>)> {
    let found = LazyCell::new(|| line(value));
    let parsed = match value {
        Value::Number(number) => match scaled(*number, 2) {
            Some(cents) => ParsedAmount::Cents(cents),
            None if number.abs() > 9e13 => ParsedAmount::TooLarge,
            None => ParsedAmount::TooPrecise,
        },
        Value::Text(_) => {
            let (number, before_tax) = bare_amount(&found);
            match parse_amount(number) {
                ParsedAmount::Cents(cents) | ParsedAmount::Mixed(cents) if before_tax => {
                    return Ok((cents, Some(cells::amount_before_tax(&found, &wording::euros(cents)))));
                }
                parsed => parsed,
            }
        }
        _ => ParsedAmount::Unreadable,
    };
    match parsed {
        ParsedAmount::Cents(cents) => Ok((cents, None)),
        ParsedAmount::Mixed(cents) => Ok((cents, Some(cells::mixed_amount(&found, &wording::euros(cents))))),
        ParsedAmount::Ambiguous => Err(cells::ambiguous_amount(&found)),
        ParsedAmount::TooPrecise => Err(cells::too_precise_amount(&found)),
        ParsedAmount::TooLarge => Err(cells::too_large_amount(&found)),
        ParsedAmount::Unreadable => {
            let hint = "écrivez tous les chiffres, sans mot ni k€ ni M€, par exemple 10 833,33";
            let reads = |text: &str| matches!(parse_amount(text), ParsedAmount::Cents(_));
            Err(letter_for_digit(cells::unreadable_amount(&found), &found, reads, hint))
        }
    }
}

/// The number of an amount without what people write around it: « € 45 000 », « 8 000 euros », « 45 000 € HT »,
/// « '45 000 »; and whether it says that tax is not in it.
fn bare_amount(text: &str) -> (&str, bool) {
    let text = text.trim_start_matches(['\'', '’']);
    let text = text.strip_prefix('€').map_or(text, |rest| rest.trim_start_matches(is_space));
    let (text, before_tax) = match without_word(text, "ht") {
        Some(number) => (number, true),
        None => (without_word(text, "ttc").unwrap_or(text), false),
    };
    (["euros", "euro", "eur"].into_iter().find_map(|word| without_word(text, word)).unwrap_or(text), before_tax)
}

/// A number without the word behind it.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (number, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    let follows = number.ends_with(|c: char| c.is_ascii_digit() || c == '€' || is_space(c))
        || ["euros", "euro", "eur"].iter().any(|currency| number.to_lowercase().ends_with(currency));
    (end.eq_ignore_ascii_case(word) && follows).then(|| number.trim_end_matches(is_space))
}

/// Hints at a letter typed for a digit when the text reads once it is replaced, and otherwise at what else is expected.
fn letter_for_digit(diagnostic: Diagnostic, found: &str, reads: impl Fn(&str) -> bool, hint: &str) -> Diagnostic {
    for (letters, digit) in [(['O', 'o'], '0'), (['l', 'I'], '1')] {
        let replaced = found.replace(letters, &digit.to_string());
        if replaced != found && reads(&replaced) {
            let letter = found.chars().find(|c| letters.contains(c)).unwrap_or(letters[0]);
            return diagnostic.hint(format!("la lettre « {letter} » à la place du chiffre « {digit} » ?"));
        }
    }
    diagnostic.hint(hint)
}

/// `number * 10^scale` as an integer, when the number has no more decimals than that: what sums of binary fractions leave
/// behind the decimals is none.
fn scaled(number: f64, scale: u32) -> Option<i64> {
    let unit = f64::from(10_u32.pow(scale));
    let whole = (number * unit).round();
    // Most numbers are the quotient of a short integer, and need not be written out to see it.
    if whole.abs() < 1e14 && (whole / unit == number || (number * unit - whole).abs() < 1e-4) {
        #[expect(clippy::cast_possible_truncation, reason = "an integer below 10^14")]
        return Some(whole as i64);
    }
    let text = plain(number);
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    if fraction.len() > scale as usize {
        return None;
    }
    let digits = format!("{whole}{fraction:0<width$}", width = scale as usize);
    digits.parse::<i64>().ok().filter(|value| *value < 9_000_000_000_000_000).map(|value| sign * value)
}

/// A whole number between two bounds.
pub(in super::super) fn integer(value: &Value, low: i64, high: i64) -> Decoded<i64> {
    let found = LazyCell::new(|| line(value));
    let number = match value {
        Value::Number(number) => scaled(*number, 0).ok_or_else(|| cells::not_an_integer(&found))?,
        Value::Text(_) => match parse_amount(&found) {
            _ if found.contains('€') => return Err(cells::unreadable_number(&found)),
            ParsedAmount::Cents(cents) if cents % 100 == 0 => cents / 100,
            ParsedAmount::Cents(_) => return Err(cells::not_an_integer(&found)),
            _ => {
                let digits: String = found.chars().filter(|c| !is_space(*c)).collect();
                digits.parse().map_err(|_| {
                    let hint = "écrivez un nombre entier en chiffres, sans unité";
                    letter_for_digit(cells::unreadable_number(&found), &digits, |it| it.parse::<i64>().is_ok(), hint)
                })?
            }
        },
        _ => return Err(cells::unreadable_number(&found)),
    };
    if (low..=high).contains(&number) {
        Ok(number)
    } else {
        let high = if high == i64::MAX { "…".to_owned() } else { wording::group(high) };
        Err(cells::out_of_bounds(&found, &wording::group(low), &high))
    }
}

/// A number of hours in hundredths, never negative: « 2,5 », « 2:30 », « 2 h 30 », or a cell that shows hours.
pub(in super::super) fn hours(value: &Value) -> Decoded<i64> {
    let hundredths_of = |hours: i64, minutes: u32| hours * 100 + (i64::from(minutes) * 100 + 30) / 60;
    let hours = match value {
        Value::Time(time) => hundredths_of(time.hour().into(), time.minute()),
        Value::Date(moment) if moment.year() <= 1905 => {
            let minutes = span_of(*moment).ok_or_else(|| cells::unreadable_number(&line(value)))?;
            hundredths_of(minutes / 60, u32::try_from(minutes % 60).unwrap_or_default())
        }
        Value::Text(_) => match hours_and_minutes(&fold(&line(value))) {
            Some((hours, minutes)) => hundredths_of(hours.into(), minutes),
            None => hundredths(value)?,
        },
        _ => hundredths(value)?,
    };
    if hours < 0 { Err(cells::negative_hours(&line(value))) } else { Ok(hours) }
}

/// The minutes of a span that a spreadsheet holds as a moment after its first day: « 26:30 » in the format `[h]:mm`.
fn span_of(moment: NaiveDateTime) -> Option<i64> {
    let (year, month, day) = if moment.year() >= 1904 { (1904, 1, 1) } else { (1899, 12, 31) };
    let first = NaiveDate::from_ymd_opt(year, month, day)?.and_time(NaiveTime::MIN);
    Some((moment - first).num_minutes()).filter(|minutes| *minutes >= 0)
}

/// A number in hundredths.
pub(in super::super) fn hundredths(value: &Value) -> Decoded<i64> {
    let found = LazyCell::new(|| line(value));
    match value {
        Value::Number(number) => scaled(*number, 2).ok_or_else(|| cells::unreadable_number(&found)),
        Value::Text(_) => match parse_amount(found.trim_end_matches('h').trim_end()) {
            ParsedAmount::Cents(cents) if !found.contains('€') => Ok(cents),
            _ => Err(cells::unreadable_number(&found)),
        },
        _ => Err(cells::unreadable_number(&found)),
    }
}

/// A share of a whole: « 12,5 % » is 1 250 of 10 000, « 1/3 » one of three.
pub(in super::super) fn share(value: &Value) -> Decoded<(i64, i64)> {
    let found = LazyCell::new(|| line(value));
    match value {
        Value::Date(_) => Err(cells::share_turned_date(&found)),
        Value::Percentage(share) => scaled(*share, 4)
            .map(|share| (share, 10_000))
            .or_else(|| fraction_of(*share))
            .or_else(|| scaled(*share, 9).map(|share| (share, 1_000_000_000)))
            .filter(|(share, whole)| (0..=*whole).contains(share))
            .ok_or_else(|| cells::unreadable_percent(&found)),
        // A third or a seventh that a formula gave is no number of percents.
        Value::Number(number) if *number > 0.0 && *number < 1.0 && scaled(*number, 2).is_none() => {
            fraction_of(*number).ok_or_else(|| cells::ambiguous_percent(&found))
        }
        Value::Text(_) => match found.split_once('/') {
            Some((part, whole)) => match (part.trim().parse::<i64>(), whole.trim().parse::<i64>()) {
                (Ok(part), Ok(whole)) if 0 <= part && part <= whole && whole > 0 => Ok((part, whole)),
                _ => Err(cells::unreadable_percent(&found)),
            },
            None => text_share(&found),
        },
        Value::Number(number) if *number > 0.0 && *number <= 1.0 => Err(cells::ambiguous_percent(&found)),
        Value::Number(number) => of_hundred(scaled(*number, 2), 10_000, &found),
        _ => Err(cells::unreadable_percent(&found)),
    }
}

/// A share written with any number of decimals: « 33,333 % ».
fn text_share(found: &str) -> Decoded<(i64, i64)> {
    let bare = found.trim_end_matches('%').trim_end_matches(is_space);
    match parse_amount(bare) {
        ParsedAmount::Cents(share) if (1..=100).contains(&share) && bare == found => {
            Err(cells::ambiguous_percent(found))
        }
        ParsedAmount::Cents(share) if !found.contains('€') => of_hundred(Some(share), 10_000, found),
        ParsedAmount::TooPrecise if bare != found => {
            let (whole, decimals) = bare.split_once([',', '.']).unwrap_or((bare, ""));
            let scale = u32::try_from(decimals.len()).ok().filter(|scale| *scale <= 7);
            let number = format!("{}{decimals}", whole.replace(is_space, "")).parse::<i64>().ok();
            of_hundred(number.filter(|_| scale.is_some()), 100 * 10_i64.pow(scale.unwrap_or(0)), found)
        }
        _ => Err(cells::unreadable_percent(found)),
    }
}

fn of_hundred(share: Option<i64>, whole: i64, found: &str) -> Decoded<(i64, i64)> {
    share
        .filter(|share| (0..=whole).contains(share))
        .map(|share| (share, whole))
        .ok_or_else(|| cells::unreadable_percent(found))
}

/// The simple fraction that a number is, to the fifteen digits that a spreadsheet keeps: 0,333333333333333 is one of three.
fn fraction_of(number: f64) -> Option<(i64, i64)> {
    (2..=100_i32).find_map(|whole| {
        let part = (number * f64::from(whole)).round();
        #[expect(clippy::cast_possible_truncation, reason = "a share of at most a hundred")]
        (part >= 0.0 && part <= f64::from(whole) && (number - part / f64::from(whole)).abs() < 1e-9)
            .then(|| (part as i64, i64::from(whole)))
    })
}
