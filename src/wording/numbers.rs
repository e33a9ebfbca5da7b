//! Numbers, amounts and percentages, from integers only: nothing here can lose a cent.

use super::{NBSP, NNBSP};

/// Groups digits by three with U+202F: `10833` becomes « 10 833 ».
#[must_use]
pub fn group(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    if value < 0 {
        grouped.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(NNBSP);
        }
        grouped.push(digit);
    }
    grouped
}

/// Prints `value / 10^scale` with exactly `scale` decimals and a comma: `decimal(195, 1)` is « 19,5 ».
#[must_use]
pub fn decimal(value: i64, scale: u32) -> String {
    if scale == 0 {
        return group(value);
    }
    let unit = 10_u64.pow(scale);
    let magnitude = value.unsigned_abs();
    let sign = if value < 0 { "\u{2212}" } else { "" };
    let whole = i64::try_from(magnitude / unit).unwrap_or(i64::MAX);
    format!("{sign}{},{:0width$}", group(whole), magnitude % unit, width = scale as usize)
}

/// Prints a number that is held in hundredths, without idle zeros: « 704,5 », « 311 ».
#[must_use]
pub fn hundredths(number: i64) -> String {
    match (number % 100, number % 10) {
        (0, _) => group(number / 100),
        (_, 0) => decimal(number / 10, 1),
        _ => decimal(number, 2),
    }
}

/// Prints hours that are held in hundredths: « 704,5 h », « 311 h ».
#[must_use]
pub fn hours(hundredths: i64) -> String {
    format!("{}{NBSP}h", self::hundredths(hundredths))
}

/// Prints an amount in cents with its two decimals: « 10 833,33 € ».
#[must_use]
pub fn euros(cents: i64) -> String {
    format!("{}{NBSP}€", decimal(cents, 2))
}

/// Prints an amount in cents for a headline, to three significant places at the most: « 63,5 M€ », « 850 k€ »,
/// « 940 € ». A decimal that is zero is left out: « 17 M€ ».
///
/// The printed value is the nearest one of its precision, so that the words stay true of the number.
#[must_use]
pub fn compact_euros(cents: i64) -> String {
    const KILO: i64 = 1_000 * 100;
    const MEGA: i64 = 1_000_000 * 100;
    const GIGA: i64 = 1_000_000_000 * 100;
    let magnitude = cents.abs();
    // A thousand rounded kilo-euros read as one million: the unit is chosen after rounding.
    if divide_rounding(magnitude, 1, MEGA / 10) >= 10_000 {
        with_unit(cents, GIGA, "Md€")
    } else if divide_rounding(magnitude, 1, KILO) >= 1_000 {
        with_unit(cents, MEGA, "M€")
    } else if magnitude >= 10 * KILO {
        format!("{}{NBSP}k€", group(divide_rounding(cents, 1, KILO)))
    } else if cents % 100 == 0 {
        format!("{}{NBSP}€", group(cents / 100))
    } else {
        euros(cents)
    }
}

fn with_unit(cents: i64, unit: i64, symbol: &str) -> String {
    let tenths = divide_rounding(cents, 1, unit / 10);
    let number = if tenths % 10 == 0 { group(tenths / 10) } else { decimal(tenths, 1) };
    format!("{number}{NBSP}{symbol}")
}

/// Prints the share `numerator / denominator` in percent with `decimals` places, rounded half away from zero:
/// `percent(40_000, 97_865, 1)` is « 40,9 % ». A zero denominator has no share: « — ».
#[must_use]
pub fn percent(numerator: i64, denominator: i64, decimals: u32) -> String {
    if denominator == 0 {
        return "—".to_owned();
    }
    let scaled = divide_rounding(numerator, 100 * 10_i64.pow(decimals), denominator);
    format!("{}{NBSP}%", decimal(scaled, decimals))
}

/// Prints a change from `before` to `after` in percent with its sign: « +12 % », « −3 % ». No base, no percentage.
#[must_use]
pub fn signed_percent(before: i64, after: i64) -> Option<String> {
    if before == 0 {
        return None;
    }
    let scaled = divide_rounding(after - before, 100, before.abs());
    let sign = if scaled > 0 { "+" } else { "" };
    Some(format!("{sign}{}{NBSP}%", group(scaled)))
}

/// Prints an ordinal: « 1er » (« 1re » in the feminine), « 2e ».
#[must_use]
pub fn ordinal(value: u32, feminine: bool) -> String {
    match (value, feminine) {
        (1, false) => "1er".to_owned(),
        (1, true) => "1re".to_owned(),
        _ => format!("{value}e"),
    }
}

/// A number for prose: exact below one hundred; above, « plus de 200 » for 208, so that the words are true of the number.
#[must_use]
pub fn more_than(value: i64) -> String {
    if value < 100 {
        return group(value);
    }
    let step = 10_i64.pow(value.ilog10()) / if value.ilog10() > 2 { 10 } else { 1 };
    let floor = value / step * step;
    if floor == value { group(value) } else { format!("plus de {}", group(floor)) }
}

/// `value * factor / divisor`, rounded half away from zero, without overflow.
fn divide_rounding(value: i64, factor: i64, divisor: i64) -> i64 {
    let product = i128::from(value) * i128::from(factor);
    let divisor = i128::from(divisor);
    let half = divisor.abs() / 2;
    let rounded = if (product < 0) == (divisor < 0) {
        product + half * divisor.signum()
    } else {
        product - half * divisor.signum()
    };
    i64::try_from(rounded / divisor).unwrap_or(if product < 0 { i64::MIN } else { i64::MAX })
}

/// What reading an amount gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParsedAmount {
    /// An amount in cents, without doubt.
    Cents(i64),
    /// An amount in cents that mixes points and commas (« 10.833,33 »): read, but worth a warning.
    Mixed(i64),
    /// « 10.833 » could be ten euros or ten thousand: refused.
    Ambiguous,
    /// More than two decimals: a cent cannot be divided.
    TooPrecise,
    /// Greater than what 64 bits of cents hold.
    TooLarge,
    /// Not an amount.
    Unreadable,
}

/// Reads an amount as people write it: « 10 833,33 € », « 1 234,5 », « −3,00€ », « 12.50 ».
///
/// Spaces of every kind separate groups; the comma is the decimal mark; a single point followed by one or two digits
/// is one too. A point followed by three digits is ambiguous unless a comma tells what it means.
#[must_use]
pub fn parse_amount(text: &str) -> ParsedAmount {
    let trimmed = text.trim().trim_end_matches('€').trim_end();
    let (negative, digits) = match trimmed.strip_prefix(['-', '\u{2212}', '\u{2011}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, trimmed),
    };
    let compact: String = digits.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
    if !well_grouped(digits)
        || compact.is_empty()
        || !compact.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    {
        return ParsedAmount::Unreadable;
    }
    let commas = compact.matches(',').count();
    let points = compact.matches('.').count();
    let (whole, fraction, mixed) = match (commas, points) {
        (0, 0) => (compact.clone(), "", false),
        (1, 0) => split(&compact, ','),
        (0, 1) => {
            let (whole, fraction, _) = split(&compact, '.');
            if fraction.len() == 3 {
                return ParsedAmount::Ambiguous;
            }
            (whole, fraction, false)
        }
        (1, _) if compact.rfind('.') < compact.find(',') => {
            let (whole, fraction, _) = split(&compact, ',');
            if !groups_of_three(&whole) {
                return ParsedAmount::Unreadable;
            }
            (whole.replace('.', ""), fraction, true)
        }
        _ => return ParsedAmount::Unreadable,
    };
    if whole.is_empty() || (commas + points > 0 && fraction.is_empty()) {
        return ParsedAmount::Unreadable;
    }
    if fraction.len() > 2 {
        return ParsedAmount::TooPrecise;
    }
    let cents = format!("{whole}{fraction:0<2}").parse::<i64>();
    match cents {
        Ok(cents) => {
            let cents = if negative { -cents } else { cents };
            if mixed { ParsedAmount::Mixed(cents) } else { ParsedAmount::Cents(cents) }
        }
        Err(_) => ParsedAmount::TooLarge,
    }
}

fn split(text: &str, mark: char) -> (String, &str, bool) {
    text.split_once(mark)
        .map_or_else(|| (text.to_owned(), "", false), |(whole, fraction)| (whole.to_owned(), fraction, false))
}

fn groups_of_three(whole: &str) -> bool {
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// Whether the spaces of a whole part stand where groups of three would put them: « 12 345 », not « 1 23 ».
fn well_grouped(digits: &str) -> bool {
    let whole = digits.split([',', '.']).next().unwrap_or_default();
    let groups: Vec<&str> = whole.split([' ', NBSP, NNBSP, '\u{2009}']).filter(|group| !group.is_empty()).collect();
    match groups.as_slice() {
        [] | [_] => true,
        [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
    }
}
