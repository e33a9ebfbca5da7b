//! The only formatter of numbers, amounts, dates, words and French spacing.
//!
//! It turns plain values into the words that a French reader expects (CLDR `fr`, usage of the Imprimerie
//! nationale). It must not know what the values are about: no partner, no document, no file comes in here.

mod articles;
mod dates;
mod folding;
mod numbers;
mod spacing;
mod words;

pub use self::articles::{at, body, de, elides, feminine, forms_with_de, the, titled};
pub use self::dates::{
    date, date_in_figures, date_span, date_with_weekday, days_meant, hour, hour_span, month, month_name, month_number,
    month_short, months, weekdays,
};
pub(crate) use self::folding::folds_to;
pub use self::folding::{composed, file_name, fold, improper_name, name_of_file, nearest, stem};
pub use self::numbers::{
    ParsedAmount, compact_euros, decimal, euros, group, hours, hundredths, more_than, ordinal, parse_amount, percent,
    signed_percent,
};
pub use self::spacing::{apostrophes, prose, same_words};
pub use self::words::{cardinal, date_in_words, euros_in_words, hour_in_words};

/// The no-break space before `:`, `€`, `%`, `h` and inside guillemets.
pub const NBSP: char = '\u{a0}';
/// The narrow no-break space between groups of three digits and before `;`, `!`, `?`.
pub const NNBSP: char = '\u{202f}';

/// Gives `text` an upper-case first letter, accents kept: « état » becomes « État ».
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A city without the « cedex » of its post office: where a body is, and not where its letters go.
#[must_use]
pub fn without_cedex(city: &str) -> String {
    let words: Vec<&str> = city.split_whitespace().take_while(|word| fold(word) != "cedex").collect();
    if words.is_empty() { city.to_owned() } else { words.join(" ") }
}

/// The name behind « de », with its article: « de la CCI » is « la CCI », « du Douaisis » « le Douaisis », « de Cambrai »
/// « Cambrai ».
#[must_use]
pub fn without_de(name_with_de: &str) -> String {
    for (contracted, article) in [("du ", "le "), ("des ", "les ")] {
        if let Some(name) = name_with_de.strip_prefix(contracted) {
            return format!("{article}{name}");
        }
    }
    let name = ["de ", "d’", "d'"].iter().find_map(|de| name_with_de.strip_prefix(de));
    name.unwrap_or(name_with_de).to_owned()
}

/// Chooses between the two numbers of a French noun: 0 and 1 are singular.
#[must_use]
pub fn plural<'a>(count: i64, singular: &'a str, plural: &'a str) -> &'a str {
    if count.abs() < 2 { singular } else { plural }
}

/// A noun in the plural with what agrees with it, in the singular: « emplois créés ou maintenus » is « emploi créé ou
/// maintenu », « prises de contact » « prise de contact ». What stands behind a preposition stays.
#[must_use]
pub fn singular(plural: &str) -> String {
    let mut agrees = true;
    let word = |word: &str| {
        let is_preposition = ["de", "des", "du", "en", "par", "avec", "sur", "à", "pour", "dans"].contains(&word);
        agrees = agrees && !is_preposition && !word.starts_with("d’");
        if agrees { word.strip_suffix('s').unwrap_or(word).to_owned() } else { word.to_owned() }
    };
    plural.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Prints a counted noun, « 1 appel » or « 12 appels ».
#[must_use]
pub fn counted(count: i64, singular: &str, plural_form: &str) -> String {
    format!("{}{NBSP}{}", group(count), plural(count, singular, plural_form))
}

/// Joins words as a sentence does: « a, b et c ».
#[must_use]
pub fn enumeration<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests;
