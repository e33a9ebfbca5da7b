//! Numbers, dates and amounts in words, in the traditional spelling that legal acts use.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use french_numbers::{PRE_REFORM_FEMININE, PRE_REFORM_MASCULINE, french_number_options};

use super::dates::month_name;

/// « deux mille vingt-deux »; `feminine` gives « vingt et une ».
#[must_use]
pub fn cardinal(value: u64, feminine: bool) -> String {
    french_number_options(&value, if feminine { &PRE_REFORM_FEMININE } else { &PRE_REFORM_MASCULINE })
}

/// « l’an deux mille vingt-deux, le six juillet ».
#[must_use]
pub fn date_in_words(date: NaiveDate) -> String {
    let day = if date.day() == 1 { "premier".to_owned() } else { cardinal(u64::from(date.day()), false) };
    format!("l’an {}, le {day} {}", cardinal(u64::from(date.year().unsigned_abs()), false), month_name(date.month()))
}

/// « dix-huit heures trente », « une heure », « minuit » is written « zéro heure ».
#[must_use]
pub fn hour_in_words(time: NaiveTime) -> String {
    let hours =
        format!("{} {}", cardinal(u64::from(time.hour()), true), if time.hour() < 2 { "heure" } else { "heures" });
    if time.minute() == 0 { hours } else { format!("{hours} {}", cardinal(u64::from(time.minute()), true)) }
}

/// « dix mille huit cent trente-trois euros et trente-trois centimes ».
///
/// A whole number of millions or milliards takes « d’euros »; zero euros are left out when there are cents.
#[must_use]
pub fn euros_in_words(cents: i64) -> String {
    let magnitude = cents.unsigned_abs();
    let (whole, rest) = (magnitude / 100, magnitude % 100);
    let mut parts = Vec::new();
    if whole > 0 || rest == 0 {
        let link = if whole >= 1_000_000 && whole.is_multiple_of(1_000_000) { "d’" } else { "" };
        let noun = if whole < 2 { "euro" } else { "euros" };
        parts.push(format!("{} {link}{noun}", cardinal(whole, false)));
    }
    if rest > 0 {
        parts.push(format!("{} {}", cardinal(rest, false), if rest < 2 { "centime" } else { "centimes" }));
    }
    let words = parts.join(" et ");
    if cents < 0 { format!("moins {words}") } else { words }
}
