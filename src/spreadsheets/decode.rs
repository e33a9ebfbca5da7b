//! Typed decoding of one cell, as people write: what is ambiguous is refused, not guessed.
//!
//! Each function says what is wrong without knowing where: the row puts the problem at its cell.

mod amounts;
mod days;
mod lists;

pub(super) use self::amounts::{amount, hours, hundredths, integer, share};
pub(super) use self::days::{date, dates, month, time};
pub(super) use self::lists::{choice, choices, yes_no};

use std::str::FromStr as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::Value;
use super::cell::plain;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::cells;

type Decoded<T> = Result<T, Diagnostic>;

/// Whether a character may separate words.
fn is_space(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Whether a character is neither seen nor a space: what pages, messages and directories leave in what is copied from them.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// The bullets that Word takes from a font of signs.
fn is_bullet_of_word(character: char) -> bool {
    matches!(character, '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' | '\u{f0a8}')
}

/// Whether a cell is blank to the eye.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        // Only `_x000D_`, a line break as Excel writes it, is made of characters and of nothing to be seen.
        Value::Text(text) => match text.chars().find(|c| !is_space(*c)) {
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
        && !text
            .contains(|c| matches!(c, '\r' | '\t' | '\u{b}' | '\u{2028}') || is_invisible(c) || is_bullet_of_word(c))
        && !text.contains("_x000D_")
}

/// Plain text of one line: composed accents, one kind of line, no space at the ends.
pub(super) fn line(value: &Value) -> String {
    let text = paragraphs(value);
    if !text.contains('\n') {
        return text;
    }
    text.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text of several lines: composed accents, line feeds only, no space at the ends.
pub(super) fn paragraphs(value: &Value) -> String {
    if let Value::Text(text) = value
        && is_tidy(text)
    {
        return text.trim_matches(is_space).to_owned();
    }
    let text = value.display().replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}'], "\n").replace("_x000D_", "");
    let mut tidy = String::with_capacity(text.len());
    for character in text.nfc().filter(|c| !is_invisible(*c)) {
        match character {
            // A tab indents a line, and is a space within one.
            '\t' if tidy.is_empty() || tidy.ends_with('\n') => tidy.push_str("    "),
            '\t' => tidy.push(' '),
            c if is_bullet_of_word(c) => tidy.push('•'),
            c => tidy.push(c),
        }
    }
    tidy.trim_matches(is_space).to_owned()
}

/// A code: what Excel turned into a number is its digits again where none is lost; a no-break hyphen is a hyphen.
pub(super) fn code(value: &Value) -> Decoded<String> {
    match value {
        Value::Date(_) | Value::Time(_) => Err(cells::code_turned_date(&value.display())),
        Value::Number(number) if number.abs() >= 1e15 => Err(cells::rounded_identifier(&line(value))),
        // « 2022E10 » is ten zeros behind 2022; « 1.10 » has lost its last digit.
        Value::Number(number) if number.fract() != 0.0 || *number >= 1e11 && number % 1e3 == 0.0 => {
            Err(cells::code_turned_number(&line(value)))
        }
        _ => {
            let found = line(value);
            let hyphens = ['\u{2011}', '\u{2010}'];
            Ok(if found.contains(hyphens) { found.replace(hyphens, "-") } else { found })
        }
    }
}

/// An e-mail address.
pub(super) fn email(value: &Value) -> Decoded<String> {
    let found = line(value);
    // « Camille Exemple <c.exemple@example.org> », as a mail program copies it.
    let address =
        found.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map_or(&*found, |(_, address)| address);
    let address = address.trim_start_matches('<').trim_end_matches(['>', ';', ',', '.']).trim();
    let address = address.strip_prefix("mailto:").unwrap_or(address);
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

/// Why a text is no identifier of that many digits.
fn wrong_identifier(value: &Value, length: usize) -> String {
    let found = line(value);
    let digits = found.chars().filter(char::is_ascii_digit).count();
    let others: String =
        found.chars().filter(|c| !c.is_ascii_digit() && !is_space(*c) && !matches!(c, '.' | '-')).collect();
    if !others.is_empty() {
        format!("il contient « {others} » : {length} chiffres et rien d’autre")
    } else if digits == length {
        "la clé ne tombe pas juste : un des chiffres est faux, ou deux sont inversés".to_owned()
    } else {
        format!("{digits} chiffres au lieu de {length}")
    }
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
    identifier(value, 9)?.ok_or_else(|| cells::invalid_siren(&line(value)).hint(wrong_identifier(value, 9)))
}

/// Fourteen digits with a valid key.
pub(super) fn siret(value: &Value) -> Decoded<String> {
    identifier(value, 14)?.ok_or_else(|| cells::invalid_siret(&line(value)).hint(wrong_identifier(value, 14)))
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
