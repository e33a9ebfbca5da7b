//! Typed decoding of one cell, as people write: what is ambiguous is refused, not guessed.
//!
//! Each function says what is wrong without knowing where: the row puts the problem at its cell.

use std::cell::LazyCell;
use std::str::FromStr as _;

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::Value;
use super::cell::plain;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::cells;
use crate::records::Label;
use crate::wording::{self, ParsedAmount, parse_amount};
use crate::wording::{fold, nearest};

type Decoded<T> = Result<T, Diagnostic>;

/// Whether a character may separate words.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}')
}

/// Whether a cell is blank to the eye.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        // Only `_x000D_`, a line break as Excel writes it, is made of characters and of nothing to be seen.
        Value::Text(text) => match text.chars().find(|c| !is_space(*c) && *c != '\u{ad}') {
            Some('_') => line(value).is_empty(),
            first => first.is_none(),
        },
        _ => false,
    }
}

/// Whether a text holds nothing that [`paragraphs`] would change, but for spaces at its ends.
fn is_tidy(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'_';
    text.bytes().all(plain) || is_tidy_beyond_ascii(text)
}

fn is_tidy_beyond_ascii(text: &str) -> bool {
    is_nfc_quick(text.chars()) == IsNormalized::Yes
        && !text.contains(['\r', '\u{b}', '\u{2028}', '\u{feff}', '\u{ad}'])
        && !text.contains("_x000D_")
}

/// Plain text of one line: composed accents, one kind of line, no space at the ends.
pub(super) fn line(value: &Value) -> String {
    let text = paragraphs(value);
    if !text.contains(['\n', '\t']) {
        return text;
    }
    text.split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text of several lines: composed accents, line feeds only, no space at the ends.
pub(super) fn paragraphs(value: &Value) -> String {
    if let Value::Text(text) = value
        && is_tidy(text)
    {
        return text.trim_matches(is_space).to_owned();
    }
    let text = value.display().replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}'], "\n").replace("_x000D_", "");
    text.nfc().filter(|c| *c != '\u{feff}' && *c != '\u{ad}').collect::<String>().trim_matches(is_space).to_owned()
}

/// A code: what Excel turned into a number is its digits again; a no-break hyphen is a hyphen.
pub(super) fn code(value: &Value) -> Decoded<String> {
    match value {
        Value::Date(_) | Value::Time(_) => Err(cells::code_turned_date(&value.display())),
        _ => {
            let found = line(value);
            let hyphens = ['\u{2011}', '\u{2010}'];
            Ok(if found.contains(hyphens) { found.replace(hyphens, "-") } else { found })
        }
    }
}

/// An amount in cents.
pub(super) fn amount(value: &Value) -> Decoded<(i64, Option<Diagnostic>)> {
    let found = LazyCell::new(|| line(value));
    let parsed = match value {
        Value::Number(number) => match scaled(*number, 2) {
            Some(cents) => ParsedAmount::Cents(cents),
            None if number.abs() > 9e13 => ParsedAmount::TooLarge,
            None => ParsedAmount::TooPrecise,
        },
        Value::Text(_) => parse_amount(before_currency(&found)),
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

/// What stands before the currency, where it is written out: « 8 000 euros », « 8 000 EUR ».
fn before_currency(text: &str) -> &str {
    let without = |word: &str| {
        let (number, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
        let follows = number.ends_with(|c: char| c.is_ascii_digit() || is_space(c));
        (end.eq_ignore_ascii_case(word) && follows).then(|| number.trim_end_matches(is_space))
    };
    ["euros", "euro", "eur"].into_iter().find_map(without).unwrap_or(text)
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

/// `number * 10^scale` as an integer, when the number has no more decimals than that (to fifteen digits).
fn scaled(number: f64, scale: u32) -> Option<i64> {
    let unit = f64::from(10_u32.pow(scale));
    let whole = (number * unit).round();
    // Most numbers are the quotient of a short integer, and need not be written out to see it.
    if whole.abs() < 1e14 && whole / unit == number {
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
pub(super) fn integer(value: &Value, low: i64, high: i64) -> Decoded<i64> {
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

/// A number of hours in hundredths, never negative.
pub(super) fn hours(value: &Value) -> Decoded<i64> {
    let hours = hundredths(value)?;
    if hours < 0 { Err(cells::negative_hours(&line(value))) } else { Ok(hours) }
}

/// A number in hundredths.
pub(super) fn hundredths(value: &Value) -> Decoded<i64> {
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
pub(super) fn share(value: &Value) -> Decoded<(i64, i64)> {
    let found = line(value);
    match found.split_once('/').map(|(part, whole)| (part.trim().parse::<i64>(), whole.trim().parse::<i64>())) {
        Some((Ok(part), Ok(whole))) if 0 <= part && part <= whole && whole > 0 => Ok((part, whole)),
        Some(_) => Err(cells::unreadable_percent(&found)),
        None => percent(value).map(|share| (share, 10_000)),
    }
}

/// A share in ten-thousandths: 12,5 % is 1 250.
fn percent(value: &Value) -> Decoded<i64> {
    let found = LazyCell::new(|| line(value));
    let share = match value {
        Value::Percentage(share) => scaled(*share, 4),
        Value::Number(number) if *number > 0.0 && *number <= 1.0 => return Err(cells::ambiguous_percent(&found)),
        Value::Number(number) => scaled(*number, 2),
        Value::Text(_) => {
            let bare = found.trim_end_matches('%').trim_end_matches(is_space);
            match parse_amount(bare) {
                ParsedAmount::Cents(share) if (1..=100).contains(&share) && bare == *found => {
                    return Err(cells::ambiguous_percent(&found));
                }
                ParsedAmount::Cents(share) if !found.contains('€') => Some(share),
                _ => None,
            }
        }
        _ => None,
    };
    share.filter(|share| (0..=10_000).contains(share)).ok_or_else(|| cells::unreadable_percent(&found))
}

/// A day between 1990 and 2100.
pub(super) fn date(value: &Value) -> Decoded<NaiveDate> {
    let found = LazyCell::new(|| line(value));
    let date = match value {
        Value::Date(date) => date.date(),
        Value::Text(_) => text_date(&found)?,
        Value::Number(number) => {
            let as_date = Value::from_serial(number.trunc(), false);
            return Err(match &as_date {
                Value::Date(date) if (1990..=2100).contains(&date.year()) => {
                    cells::number_for_date(&found, &as_date.display())
                }
                _ => cells::unreadable_date(&found),
            });
        }
        _ => return Err(cells::unreadable_date(&found)),
    };
    if (1990..=2100).contains(&date.year()) { Ok(date) } else { Err(cells::unlikely_date(&found)) }
}

/// Reads `06/07/2022`, `6-7-2022`, `2022-07-06`, `6 juillet 2022`, `mercredi 1er juin 2022`.
fn text_date(found: &str) -> Decoded<NaiveDate> {
    let unreadable = || cells::unreadable_date(found);
    let folded = fold(found);
    let numbers: Vec<&str> = folded.split(['/', '-', '.']).map(str::trim).collect();
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
        return from_parts(year, month, day).filter(|_| year.len() == 4).ok_or_else(unreadable);
    }
    let words: Vec<&str> = folded.split(' ').filter(|word| !is_weekday(word)).collect();
    let [day, month, year] = words.as_slice() else { return Err(unreadable()) };
    let month = month_number(month).ok_or_else(unreadable)?;
    from_parts(year, &month.to_string(), day.trim_end_matches("er")).filter(|_| year.len() == 4).ok_or_else(unreadable)
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word.trim_end_matches(','),
        "lundi" | "mardi" | "mercredi" | "jeudi" | "vendredi" | "samedi" | "dimanche" | "le" | ""
    )
}

fn from_parts(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The number of a month by its name, folded, or an abbreviation of three letters or more.
fn month_number(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.');
    let matches = |month: &&str| {
        let month = fold(month);
        month == name || (name.len() >= 3 && month.starts_with(name) && name != "jui")
    };
    wording::months().iter().position(matches).and_then(|index| u32::try_from(index + 1).ok())
}

/// Several days, separated by `;`.
pub(super) fn dates(value: &Value) -> Decoded<Vec<NaiveDate>> {
    match value {
        Value::Text(_) => line(value)
            .split([';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| date(&Value::Text(part.to_owned())))
            .collect(),
        _ => date(value).map(|date| vec![date]),
    }
}

/// The first day of a month.
pub(super) fn month(value: &Value) -> Decoded<NaiveDate> {
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
                    month.parse().ok().or_else(|| month_number(month)).and_then(|month| first_day(year, month))
                }
                _ => text_date(&found).ok().and_then(|date| date.with_day(1)),
            }
        }
        _ => None,
    };
    date.filter(|date| (1990..=2100).contains(&date.year())).ok_or_else(unreadable)
}

/// A time of day.
pub(super) fn time(value: &Value) -> Decoded<NaiveTime> {
    let found = line(value);
    let time = match value {
        Value::Time(time) => Some(*time),
        Value::Date(date) => Some(date.time()),
        Value::Text(_) => {
            let compact: String = fold(&found).chars().filter(|c| *c != ' ').collect();
            let compact = compact.trim_end_matches("min").replace("heures", "h").replace("heure", "h");
            let (hours, minutes) = compact.split_once([':', 'h']).unwrap_or((&compact, "?"));
            let minutes = minutes.split(':').next().unwrap_or_default();
            let minutes = if minutes.is_empty() { "0" } else { minutes };
            hours
                .parse()
                .ok()
                .zip(minutes.parse().ok())
                .and_then(|(hours, minutes)| NaiveTime::from_hms_opt(hours, minutes, 0))
        }
        _ => None,
    };
    time.ok_or_else(|| cells::unreadable_time(&found))
}

/// Yes or no: oui, non, x, VRAI, FAUX.
pub(super) fn yes_no(value: &Value) -> Decoded<bool> {
    match value {
        Value::Boolean(boolean) => Ok(*boolean),
        Value::Text(text) => match fold(text).as_str() {
            "oui" | "o" | "x" | "vrai" => Ok(true),
            "non" | "n" | "faux" => Ok(false),
            _ => Err(cells::unreadable_yes_no(&line(value))),
        },
        _ => Err(cells::unreadable_yes_no(&line(value))),
    }
}

/// The indexes of values of a closed list, separated by `;`.
pub(super) fn choices(value: &Value, heading: &str, labels: &[Label]) -> Decoded<Vec<usize>> {
    let text = line(value);
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| choice(&Value::Text(part.to_owned()), heading, labels)).collect()
}

/// The index of a value in a closed list, matched without regard to case, accents, spaces and apostrophes.
pub(super) fn choice(value: &Value, heading: &str, labels: &[Label]) -> Decoded<usize> {
    let found = line(value);
    let exact = labels.iter().position(|label| label.name == found);
    let alike = || {
        let folded = fold(&found);
        labels
            .iter()
            .position(|label| fold(label.name) == folded || label.also.iter().any(|other| fold(other) == folded))
    };
    exact.or_else(alike).ok_or_else(|| {
        let diagnostic = cells::not_in_list(heading, &found, &Label::list(labels));
        match nearest(&found, labels.iter().map(|label| label.name)) {
            Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
            None => diagnostic,
        }
    })
}

/// An e-mail address.
pub(super) fn email(value: &Value) -> Decoded<String> {
    let found = line(value);
    let address = found.strip_prefix("mailto:").unwrap_or(&found);
    let well_formed =
        lettre::Address::from_str(address).is_ok_and(|address| address.domain().contains('.')) && address.is_ascii();
    if well_formed { Ok(address.to_owned()) } else { Err(cells::invalid_email(&found)) }
}

/// A link that starts with http or https.
pub(super) fn link(value: &Value) -> Decoded<String> {
    let found = line(value);
    let rest = found.strip_prefix("https://").or_else(|| found.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let well_formed = host.contains('.')
        && !host.starts_with('.')
        && !found.chars().any(|c| is_space(c) || c.is_control() || matches!(c, '<' | '>' | '"'));
    if well_formed {
        return Ok(found);
    }
    let diagnostic = cells::invalid_link(&found);
    Err(if rest.is_none() && found.contains('.') && !found.contains(' ') {
        diagnostic.hint(format!("écrivez https://{found}"))
    } else {
        diagnostic
    })
}

/// Digits of an identifier, `length` of them, with a valid Luhn key. Excel's lost leading zeros come back when the key
/// then holds; a number of more than fifteen digits is refused.
fn identifier(value: &Value, length: usize) -> Decoded<Option<String>> {
    let digits = match value {
        Value::Number(number) => {
            if *number >= 1e15 {
                return Err(cells::rounded_identifier(&line(value)));
            }
            format!("{:0>length$}", plain(*number))
        }
        _ => line(value).chars().filter(|c| !is_space(*c) && *c != '.' && *c != '-').collect(),
    };
    let well_formed = digits.len() == length
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (luhn(&digits) || is_post_office(&digits));
    Ok(well_formed.then_some(digits))
}

/// The Luhn key of SIREN and SIRET: every second digit from the right is doubled.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(digit - b'0');
            match (index % 2, digit) {
                (0, digit) => digit,
                (_, digit) => digit * 2 % 10 + digit * 2 / 10,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The establishments of La Poste keep their own key: the sum of their digits is a multiple of five.
fn is_post_office(digits: &str) -> bool {
    digits.len() == 14
        && digits.starts_with("356000000")
        && digits.bytes().map(|digit| u32::from(digit - b'0')).sum::<u32>().is_multiple_of(5)
}

/// Nine digits with a valid key.
pub(super) fn siren(value: &Value) -> Decoded<String> {
    identifier(value, 9)?.ok_or_else(|| cells::invalid_siren(&line(value)))
}

/// Fourteen digits with a valid key.
pub(super) fn siret(value: &Value) -> Decoded<String> {
    identifier(value, 14)?.ok_or_else(|| cells::invalid_siret(&line(value)))
}

/// A picture's path below the inputs: a bare name is one of the folder `images/`.
pub(super) fn image_path(value: &Value) -> String {
    let path = line(value).replace('\\', "/");
    let path = path.trim_start_matches("./").trim_start_matches("inputs/");
    if path.contains('/') { path.to_owned() } else { format!("images/{path}") }
}

/// Five digits; a number of four lost its leading zero.
pub(super) fn postal_code(value: &Value) -> Decoded<String> {
    let digits = match value {
        Value::Number(number) => format!("{:0>5}", plain(*number)),
        _ => line(value).chars().filter(|c| !is_space(*c)).collect(),
    };
    let well_formed =
        digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with("00");
    if well_formed { Ok(digits) } else { Err(cells::invalid_postal_code(&line(value))) }
}

#[cfg(test)]
mod tests;
