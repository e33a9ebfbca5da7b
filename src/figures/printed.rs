//! Figures as they stand on pages.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::{Figure, Quantity, SECRET};
use crate::wording;

/// A figure as it stands on a page: its text, and the figure that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    text: String,
    figure: Figure,
}

impl Printed {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is printed of.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.figure.is_zero()
    }

    /// The same with words behind the number, or a sign.
    #[must_use]
    pub fn with(mut self, words: &str) -> Self {
        self.text.push_str(words);
        self
    }
}

impl Printed {
    /// The same behind a word of a sentence, or behind none: what is not told stands there as a noun, « d’un montant
    /// secret ».
    #[must_use]
    pub fn after(self, word: &str, noun: &str) -> Self {
        let text = match (self.figure.is_secret(), word) {
            (true, "de") => format!("d’{noun} {SECRET}"),
            (true, "") => format!("{noun} {SECRET}"),
            (true, word) => format!("{word} {noun} {SECRET}"),
            (false, "") => self.text,
            (false, word) => format!("{word} {}", self.text),
        };
        Self { text, ..self }
    }

    /// The same with a capital, where it opens a sentence.
    #[must_use]
    pub fn capitalized(self) -> Self {
        Self { text: wording::capitalized(&self.text), ..self }
    }
}

/// A page gets the text and the figure's name, by which its place is found again.
impl Serialize for Printed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut printed = serializer.serialize_struct("Printed", 2)?;
        printed.serialize_field("imprime", &self.text)?;
        printed.serialize_field("chiffre", self.figure.name())?;
        printed.end()
    }
}

impl Figure {
    fn printed(&self, text: String) -> Printed {
        let text = if self.is_secret() { SECRET.to_owned() } else { text };
        Printed { text, figure: self.clone() }
    }

    /// A number of things, « 1 234 ».
    #[must_use]
    pub fn count(&self) -> Printed {
        self.printed(wording::group(self.amount()))
    }

    /// A number with what it counts, « 12 appels ».
    #[must_use]
    pub fn counted(&self, singular: &str, plural: &str) -> Printed {
        if self.is_secret() {
            let de = if plural.starts_with(['a', 'e', 'é', 'i', 'o', 'u']) { "d’" } else { "de " };
            let text = format!("un nombre {SECRET} {de}{plural}");
            return Printed { text, figure: self.clone() };
        }
        self.printed(wording::counted(self.amount(), singular, plural))
    }

    /// A number with what it counts, or that there is none: « aucun refus ».
    #[must_use]
    pub fn counted_or(&self, none: &str, singular: &str, plural: &str) -> Printed {
        if self.is_zero() { self.printed(format!("{none} {singular}")) } else { self.counted(singular, plural) }
    }

    /// The noun of what it counts, without the number.
    #[must_use]
    pub fn noun<'a>(&self, singular: &'a str, plural: &'a str) -> &'a str {
        if self.is_secret() { plural } else { wording::plural(self.amount(), singular, plural) }
    }

    /// A number for prose, « plus de 200 ».
    #[must_use]
    pub fn more_than(&self) -> Printed {
        self.printed(wording::more_than(self.amount()))
    }

    /// A number in words, « vingt-deux », « vingt et une ».
    #[must_use]
    pub fn in_words(&self, feminine: bool) -> Printed {
        self.printed(wording::cardinal(self.amount().unsigned_abs(), feminine))
    }

    /// A rank, « 1er », « 12e ».
    #[must_use]
    pub fn ordinal(&self, feminine: bool) -> Printed {
        self.printed(wording::ordinal(u32::try_from(self.amount()).unwrap_or(0), feminine))
    }

    /// An amount to the cent, « 10 833,33 € ».
    #[must_use]
    pub fn euros(&self) -> Printed {
        self.printed(wording::euros(self.amount()))
    }

    /// An amount for a headline, « 63,5 M€ ».
    #[must_use]
    pub fn compact_euros(&self) -> Printed {
        self.printed(wording::compact_euros(self.amount()))
    }

    /// An amount to the euro, « 10 833 € ».
    #[must_use]
    pub fn whole_euros(&self) -> Printed {
        let euros = (self.amount() + 50 * self.amount().signum()) / 100;
        self.printed(format!("{}{}€", wording::group(euros), wording::NBSP))
    }

    /// An amount in words.
    #[must_use]
    pub fn euros_in_words(&self) -> Printed {
        self.printed(wording::euros_in_words(self.amount()))
    }

    /// A share in percent, « 40,9 % », with so many decimals.
    #[must_use]
    pub fn percent(&self, decimals: u32) -> Printed {
        self.printed(match self.value {
            Quantity::Share(part, whole) => wording::percent(part, whole, decimals),
            _ => wording::group(self.amount()),
        })
    }

    /// A share with both of its numbers, « 45,5 % (10 sur 22) »; of nothing there is no share.
    #[must_use]
    pub fn rate(&self) -> Printed {
        self.printed(match self.value {
            Quantity::Share(_, 0) => "sans objet".to_owned(),
            Quantity::Share(part, whole) => {
                format!("{} ({} sur {})", wording::percent(part, whole, 1), wording::group(part), wording::group(whole))
            }
            _ => wording::group(self.amount()),
        })
    }

    /// A change in percent with its sign, « +12 % »; what came from nothing has none.
    #[must_use]
    pub fn signed_percent(&self) -> Option<Printed> {
        match self.value {
            Quantity::Change(..) if self.is_secret() => None,
            Quantity::Change(before, after) => wording::signed_percent(before, after).map(|text| self.printed(text)),
            _ => None,
        }
    }

    /// The figure as texts print it by default: amounts to the cent, shares in percent.
    #[must_use]
    pub fn plain(&self) -> Printed {
        match self.value {
            Quantity::Cents(_) => self.euros(),
            Quantity::Share(..) => self.percent(1),
            Quantity::Count(_) => self.count(),
            Quantity::Hundredths(hundredths) => self.printed(wording::hours(hundredths)),
            Quantity::Decimal(hundredths) => self.printed(wording::hundredths(hundredths)),
            Quantity::Change(..) => self.signed_percent().unwrap_or_else(|| self.count()),
        }
    }

    /// The figure as headlines and tables of indicators print it: amounts short, rates with both of their numbers.
    #[must_use]
    pub fn headline(&self) -> Printed {
        match self.value {
            Quantity::Cents(_) => self.compact_euros(),
            Quantity::Share(..) => self.rate(),
            _ => self.plain(),
        }
    }

    /// How long a mark of a chart is, where the largest figure beside it has the whole length.
    #[must_use]
    pub fn length(&self, largest: i64) -> Length {
        let amount = i128::from(self.amount().max(0)) * 1000;
        let length = amount.div_euclid(i128::from(largest.max(1))).min(1000);
        Length { thousandths: u16::try_from(length).unwrap_or(1000), of: self.clone() }
    }
}

/// The length of a mark in a chart: thousandths of the longest, and none where the figure is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    thousandths: u16,
    of: Figure,
}

impl Length {
    /// The figure that it stands for.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.of
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.of.is_secret() { serializer.serialize_none() } else { serializer.serialize_u16(self.thousandths) }
    }
}
