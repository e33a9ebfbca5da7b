//! The filters and tests of text templates: the program's only formatter under French names.
//!
//! A template does not compute: what a sentence needs to know of a figure is a filter (« compte », « accord ») or a test
//! (« pluriel », « calculable »).

use chrono::NaiveDate;
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};

use super::marked::{self, BlankValue, DateValue, FigureValue};
use super::vocabulary::{FILTERS, TESTS, word};
use crate::content::Block;
use crate::figures::{Figure, Quantity};

/// What a figure measures, as messages name it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Count,
    Amount,
    Share,
    Hours,
}

impl Measure {
    fn of(figure: &Figure) -> Self {
        match figure.value() {
            Quantity::Count(_) | Quantity::Decimal(_) => Self::Count,
            Quantity::Cents(_) => Self::Amount,
            Quantity::Share(..) | Quantity::Change(..) => Self::Share,
            Quantity::Hundredths(_) => Self::Hours,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Count => "un nombre",
            Self::Amount => "un montant",
            Self::Share => "une part",
            Self::Hours => "un nombre d’heures",
        }
    }
}

/// Adds all filters and tests.
pub(super) fn add(environment: &mut Environment) {
    FILTERS.iter().chain(TESTS).for_each(|word| word.add(environment));
    environment.add_test("none", marked::is_blank);
}

/// The filters that the language has by itself.
pub(super) const LANGUAGE: [&str; 47] = [
    "abs",
    "attr",
    "batch",
    "bool",
    "capitalize",
    "chain",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
];

/// What a filter or a test of ours takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A figure.
    Figure,
    /// A day.
    Day,
    /// A figure or a day.
    Either,
}

/// The names of all filters of ours, for « vouliez-vous dire ».
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|filter| filter.name)
}

/// Whether there is a filter of this name.
pub(super) fn exists(name: &str) -> bool {
    LANGUAGE.contains(&name) || names().any(|known| known == name)
}

/// Whether a filter prints a figure.
pub(super) fn prints(name: &str) -> bool {
    word(name).is_some_and(|word| word.prints)
}

/// What a filter or a test of ours takes; nothing where it takes anything.
pub(super) fn takes(name: &str) -> Option<Takes> {
    word(name)?.takes
}

fn wrong(reason: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}

/// What a filter is given in place of what it takes.
fn missed(filter: &str, expected: &str, value: &Value) -> Error {
    wrong(match value.downcast_object_ref::<BlankValue>() {
        Some(blank) => format!("« {filter} » attend {expected}, et {}", blank.told()),
        None if value.is_none() => format!("« {filter} » attend {expected}, et ne trouve rien"),
        None => format!("« {filter} » attend {expected}, et trouve « {} »", marked::said(value)),
    })
}

/// Whether a value is a day.
pub(super) fn is_day(value: &Value) -> bool {
    value.downcast_object_ref::<DateValue>().is_some()
}

/// The figure that a filter is given, of the measure that it takes.
pub(super) fn figure<'v>(filter: &str, value: &'v Value, measure: Measure) -> Result<&'v FigureValue, Error> {
    let found = value.downcast_object_ref::<FigureValue>().ok_or_else(|| missed(filter, measure.name(), value))?;
    let is = Measure::of(&found.figure);
    if matches!(found.figure.value(), Quantity::Decimal(_)) {
        // Nothing is said of one and a half but the number itself.
        return Err(wrong(format!("« {filter} » attend un nombre entier, et trouve {}", found.figure.plain().text())));
    }
    if is == measure {
        Ok(found)
    } else {
        Err(wrong(format!("« {filter} » attend {}, et trouve {}", measure.name(), is.name())))
    }
}

/// Two figures that a test compares: they measure the same. A number that stands in the text measures what the other does:
/// euros beside an amount.
pub(super) fn pair(test: &str, value: &Value, other: &Value) -> Result<(Quantity, Quantity), Error> {
    let figure = |value: &Value| value.downcast_object_ref::<FigureValue>().map(|value| value.figure.clone());
    let found = |value: &Value, beside: &Value| match (figure(value), value.as_i64()) {
        (None, Some(number)) => Some(match figure(beside).map(|it| Measure::of(&it)) {
            Some(Measure::Amount) => (Measure::Amount, Quantity::Cents(number.saturating_mul(100))),
            Some(Measure::Hours) => (Measure::Hours, Quantity::Hundredths(number.saturating_mul(100))),
            _ => (Measure::Count, Quantity::Count(number)),
        }),
        (found, _) => found.map(|it| (Measure::of(&it), it.value())),
    };
    match (found(value, other), found(other, value)) {
        (Some((measure, left)), Some((same, right))) if measure == same => Ok((left, right)),
        _ if is_day(value) || is_day(other) => Err(wrong(format!(
            "« {test} » compare des chiffres ; des dates se comparent par « avant », « apres » et « egal »"
        ))),
        _ => match [value, other].into_iter().find_map(|value| value.downcast_object_ref::<BlankValue>()) {
            Some(blank) => Err(wrong(format!("« {test} » compare deux chiffres, et {}", blank.told()))),
            None => Err(wrong(format!("« {test} » compare deux chiffres de même nature"))),
        },
    }
}

pub(super) fn part(filter: &str, value: &Value, of: fn(&Figure) -> Option<Figure>) -> Result<Value, Error> {
    let value = figure(filter, value, Measure::Share)?;
    of(&value.figure).map(|figure| value.sibling(figure)).ok_or_else(|| wrong(format!("« {filter} » attend une part")))
}

pub(super) fn day(filter: &str, value: &Value) -> Result<NaiveDate, Error> {
    match value.downcast_object_ref::<DateValue>() {
        Some(date) => Ok(date.0),
        None => value.as_str().and_then(day_meant).ok_or_else(|| missed(filter, "une date", value)),
    }
}

/// The day that a text writes, as in a header: « 2022-07-01 », « 01/07/2022 », « 1er juillet 2022 ».
fn day_meant(text: &str) -> Option<NaiveDate> {
    let (first, last) = crate::wording::days_meant(text)?;
    (first == last).then_some(first)
}

pub(super) fn blocks_of(value: Value) -> Result<Vec<Block>, Error> {
    if value.kind() != ValueKind::Seq {
        return Err(wrong("ce filtre attend un texte en Markdown".to_owned()));
    }
    serde::Deserialize::deserialize(value)
}
