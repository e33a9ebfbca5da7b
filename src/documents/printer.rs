//! Prints figures and words for a view, and notes every figure in the document's ledger.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::figures::{Figure, Ledger, Quantity};
use crate::wording;

/// Prints for one document.
#[derive(Debug, Default)]
pub struct Printer {
    /// What was printed so far.
    pub ledger: Ledger,
}

impl Printer {
    /// A number of things, « 1 234 ».
    pub fn count(&mut self, figure: &Figure) -> String {
        self.ledger.note(figure, wording::group(figure.amount()))
    }

    /// An amount for a headline, « 63,5 M€ ».
    pub fn compact_euros(&mut self, figure: &Figure) -> String {
        self.ledger.note(figure, wording::compact_euros(figure.amount()))
    }

    /// A figure as texts print it by default: amounts to the cent, shares in percent.
    pub fn note(&mut self, figure: &Figure) -> String {
        match figure.value {
            Quantity::Cents(_) => self.euros(figure),
            Quantity::Share(..) => self.share(figure),
            Quantity::Count(_) => self.count(figure),
            Quantity::Hundredths(hundredths) => self.ledger.note(figure, wording::hours(hundredths)),
        }
    }

    /// A share in percent with one decimal, « 40,9 % ».
    pub fn share(&mut self, figure: &Figure) -> String {
        let printed = match figure.value {
            Quantity::Share(part, whole) => wording::percent(part, whole, 1),
            _ => wording::group(figure.amount()),
        };
        self.ledger.note(figure, printed)
    }

    /// A share with both of its numbers, « 45,5 % (10 sur 22) »; of nothing there is no share.
    pub fn rate(&mut self, figure: &Figure) -> String {
        let printed = match figure.value {
            Quantity::Share(_, 0) => "sans objet".to_owned(),
            Quantity::Share(part, whole) => {
                format!("{} ({} sur {})", wording::percent(part, whole, 1), wording::group(part), wording::group(whole))
            }
            _ => wording::group(figure.amount()),
        };
        self.ledger.note(figure, printed)
    }

    /// An amount to the cent, « 10 833,33 € ».
    pub fn euros(&mut self, figure: &Figure) -> String {
        self.ledger.note(figure, wording::euros(figure.amount()))
    }
}

/// A Markdown text, which the renderer turns into blocks.
#[must_use]
pub(super) fn markdown(text: &str) -> Value {
    json!({ "$markdown": text })
}

/// A plain text with French spacing; `None` stays null.
#[must_use]
pub(super) fn prose(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| wording::prose(text).into())
}

/// A date with what templates need of it: ISO for machines, words for people.
#[must_use]
pub(super) fn day(date: NaiveDate) -> Value {
    use chrono::Datelike as _;
    json!({
        "iso": date.to_string(),
        "annee": date.year(),
        "mois_numero": date.month(),
        "jour": date.day(),
        "mois_court": wording::month_short(date),
        "mois": wording::month_name(date.month()),
        "texte": wording::date(date),
        "longue": wording::date_with_weekday(date),
    })
}
