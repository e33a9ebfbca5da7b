//! The filters and tests of text templates: the program's only formatter under French names.
//!
//! A template does not compute: what a sentence needs to know of a figure is a filter (« compte », « accord ») or a test
//! (« pluriel », « calculable »).

use chrono::NaiveDate;
use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::marked::{self, BlankValue, DateValue, FigureValue, PrintedValue};
use super::{html, links};
use crate::content::{self, Block};
use crate::figures::{Figure, Printed, Quantity};
use crate::wording;

/// What a figure measures, as messages name it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Count,
    Amount,
    Share,
    Hours,
}

impl Measure {
    fn of(figure: &Figure) -> Self {
        match figure.value() {
            Quantity::Count(_) => Self::Count,
            Quantity::Cents(_) => Self::Amount,
            Quantity::Share(..) | Quantity::Change(..) => Self::Share,
            Quantity::Hundredths(_) => Self::Hours,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Count => "un nombre",
            Self::Amount => "un montant",
            Self::Share => "une part",
            Self::Hours => "un nombre d’heures",
        }
    }
}

/// Filters over figures: name, what they take, how they print.
const PRINTERS: [(&str, Measure, fn(&Figure) -> Printed); 10] = [
    ("nombre", Measure::Count, Figure::count),
    ("plus_de", Measure::Count, Figure::more_than),
    ("ordinal", Measure::Count, |figure| figure.ordinal(false)),
    ("euros", Measure::Amount, Figure::euros),
    ("euros_court", Measure::Amount, Figure::compact_euros),
    ("euros_en_lettres", Measure::Amount, Figure::euros_in_words),
    ("pourcent", Measure::Share, |figure| figure.percent(1)),
    ("taux", Measure::Share, Figure::rate),
    ("evolution", Measure::Share, |figure| figure.signed_percent().unwrap_or_else(|| figure.percent(1))),
    ("heures", Measure::Hours, Figure::plain),
];

/// The most lines that a figure asks for: a sheet to sign, not a figure of inhabitants.
const MOST_LINES: i64 = 1_000;

/// Filters over days.
const DAYS: [(&str, fn(NaiveDate) -> String); 5] = [
    ("date", wording::date),
    ("date_courte", wording::date_in_figures),
    ("date_longue", wording::date_with_weekday),
    ("date_en_lettres", wording::date_in_words),
    ("mois", wording::month),
];

/// Adds all filters and tests.
pub(super) fn add(environment: &mut Environment) {
    for (name, measure, print) in PRINTERS {
        environment.add_filter(name, move |value: &Value, options: Kwargs| {
            let after = options.get::<Option<String>>("apres")?;
            options.assert_all_used()?;
            figure(name, value, measure).map(|value| {
                let printed = print(&value.figure);
                value.print(match &after {
                    Some(after) => printed.after(after, measure.name()),
                    None => printed,
                })
            })
        });
    }
    environment.add_filter("periode", |from: &Value, to: &Value| {
        Ok::<_, Error>(wording::date_span(day("periode", from)?, day("periode", to)?))
    });
    for (name, print) in DAYS {
        environment.add_filter(name, move |value: &Value| day(name, value).map(print));
    }
    environment.add_filter("en_lettres", |value: &Value, options: Kwargs| {
        let feminine = options.get::<Option<bool>>("feminin")?.unwrap_or(false);
        options.assert_all_used()?;
        figure("en_lettres", value, Measure::Count).map(|value| value.print(value.figure.in_words(feminine)))
    });
    environment.add_filter("compte", |value: &Value, one: &str, many: &str, options: Kwargs| {
        let none = options.get::<Option<String>>("zero")?;
        options.assert_all_used()?;
        figure("compte", value, Measure::Count).map(|value| {
            value.print(match none {
                Some(none) => value.figure.counted_or(&none, one, many),
                None => value.figure.counted(one, many),
            })
        })
    });
    environment.add_filter("accord", |value: &Value, one: &str, many: &str| {
        figure("accord", value, Measure::Count).map(|value| value.figure.noun(one, many).to_owned())
    });
    // Lines to be filled by hand: as many as a figure says.
    environment.add_filter("numeros", |value: &Value| {
        figure("numeros", value, Measure::Count).map(|value| {
            (1..=value.figure.amount().min(MOST_LINES)).map(|number| number.to_string()).collect::<Vec<_>>()
        })
    });
    environment.add_filter("numerateur", |value: &Value| part("numerateur", value, Figure::numerator));
    environment.add_filter("denominateur", |value: &Value| part("denominateur", value, Figure::denominator));
    add_words(environment);
    super::rows::add(environment);
    add_tests(environment);
}

fn add_words(environment: &mut Environment) {
    // An hour is a text already: the name is there for who looks for it.
    environment.add_filter("heure", |hour: Value| hour);
    environment.add_filter("prose", |text: &Value| wording::prose(&text.to_string()));
    environment.add_filter("majuscule", |value: &Value| match value.downcast_object_ref::<PrintedValue>() {
        Some(value) => value.changed(value.printed.clone().capitalized()),
        None => Value::from(marked::capitalized(&value.to_string())),
    });
    environment.add_filter("enumeration", |items: Vec<String>| wording::enumeration(&items));
    environment.add_filter("html", |blocks: Value| -> Result<Value, Error> {
        blocks_of(blocks).map(|blocks| Value::from_safe_string(html::of_blocks(&blocks)))
    });
    environment.add_filter("texte", |blocks: Value| -> Result<String, Error> {
        blocks_of(blocks).map(|blocks| content::plain_text(&links::shown(blocks)))
    });
    environment.add_filter("debut", |blocks: Value, length: usize| -> Result<String, Error> {
        blocks_of(blocks).map(|blocks| html::opening(&content::plain_text(&blocks), length))
    });
    environment.add_filter("plier", |text: &str, width: Option<usize>| html::wrap(text, width.unwrap_or(72)));
}

fn add_tests(environment: &mut Environment) {
    environment.add_test("pluriel", |value: &Value| {
        figure("pluriel", value, Measure::Count).map(|value| value.figure.noun("", "s") == "s")
    });
    environment.add_test("calculable", |value: &Value| {
        figure("calculable", value, Measure::Share)
            .map(|value| value.figure.is_secret() || !matches!(value.figure.value(), Quantity::Share(_, 0)))
    });
    environment.add_test("secret", |value: &Value| {
        value.downcast_object_ref::<FigureValue>().is_some_and(|value| value.figure.is_secret())
    });
    environment.add_test("plusieurs", |value: &Value| value.len().is_some_and(|length| length > 1));
    environment.add_test("egal", |value: &Value, other: &Value| {
        if is_day(value) || is_day(other) {
            return Ok(day("egal", value)? == day("egal", other)?);
        }
        let (left, right) = pair("egal", value, other)?;
        Ok::<_, Error>(left.value() == right.value())
    });
    environment.add_test("plus_que", |value: &Value, other: &Value| {
        let (left, right) = pair("plus_que", value, other)?;
        Ok::<_, Error>(left.amount() > right.amount())
    });
    environment.add_test("moins_que", |value: &Value, other: &Value| {
        let (left, right) = pair("moins_que", value, other)?;
        Ok::<_, Error>(left.amount() < right.amount())
    });
    environment
        .add_test("avant", |value: &Value, other: &Value| Ok::<_, Error>(day("avant", value)? < day("avant", other)?));
    environment
        .add_test("apres", |value: &Value, other: &Value| Ok::<_, Error>(day("apres", value)? > day("apres", other)?));
    environment.add_test("parmi", |value: &Value, others: Rest<Value>| {
        let listed = |other: &Value| match other.kind() {
            ValueKind::Seq => other.try_iter().map(Iterator::collect).unwrap_or_default(),
            _ => vec![other.clone()],
        };
        let said = wording::fold(&marked::said(value));
        others.iter().flat_map(listed).any(|other| other == *value || wording::fold(&marked::said(&other)) == said)
    });
    environment.add_test("none", marked::is_blank);
}

fn is_day(value: &Value) -> bool {
    value.downcast_object_ref::<DateValue>().is_some()
}

/// Filters over figures beside those that only print them.
const FIGURES: [&str; 6] = ["en_lettres", "compte", "accord", "numeros", "numerateur", "denominateur"];
/// Filters over words.
const WORDS: [&str; 8] = ["heure", "prose", "majuscule", "enumeration", "html", "texte", "debut", "plier"];
/// Tests over figures, and over days.
const TESTS: [&str; 5] = ["pluriel", "calculable", "secret", "plus_que", "moins_que"];
const DAY_TESTS: [&str; 2] = ["avant", "apres"];
/// Tests over either.
const EITHER: [&str; 1] = ["egal"];

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

/// The names of all filters of ours, for the guide and for « vouliez-vous dire ».
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let figures = PRINTERS.iter().map(|(name, ..)| *name).chain(FIGURES);
    figures.chain(DAYS.iter().map(|(name, _)| *name)).chain(["periode"]).chain(WORDS).chain(super::rows::FILTERS)
}

/// The names of all tests of ours.
pub(super) fn test_names() -> impl Iterator<Item = &'static str> {
    TESTS.into_iter().chain(EITHER).chain(DAY_TESTS).chain(["plusieurs", "parmi"])
}

/// Whether there is a filter of this name.
pub(super) fn exists(name: &str) -> bool {
    LANGUAGE.contains(&name) || names().any(|known| known == name)
}

/// Whether a filter prints a figure.
pub(super) fn prints(name: &str) -> bool {
    PRINTERS.iter().any(|(known, ..)| *known == name) || ["en_lettres", "compte"].contains(&name)
}

/// What a filter or a test of ours takes; nothing where it takes anything.
pub(super) fn takes(name: &str) -> Option<Takes> {
    let is_figure =
        PRINTERS.iter().any(|(known, ..)| *known == name) || FIGURES.contains(&name) || TESTS.contains(&name);
    if EITHER.contains(&name) {
        return Some(Takes::Either);
    }
    let is_day = name == "periode" || DAYS.iter().any(|(known, _)| *known == name) || DAY_TESTS.contains(&name);
    if is_figure { Some(Takes::Figure) } else { is_day.then_some(Takes::Day) }
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

/// The figure that a filter is given, of the measure that it takes.
fn figure<'v>(filter: &str, value: &'v Value, measure: Measure) -> Result<&'v FigureValue, Error> {
    let found = value.downcast_object_ref::<FigureValue>().ok_or_else(|| missed(filter, measure.name(), value))?;
    let is = Measure::of(&found.figure);
    if is == measure {
        Ok(found)
    } else {
        Err(wrong(format!("« {filter} » attend {}, et trouve {}", measure.name(), is.name())))
    }
}

/// Two figures that a test compares: they measure the same.
fn pair<'v>(test: &str, value: &'v Value, other: &'v Value) -> Result<(&'v Figure, &'v Figure), Error> {
    let found = |value: &'v Value| value.downcast_object_ref::<FigureValue>().map(|value| &value.figure);
    match (found(value), found(other)) {
        (Some(left), Some(right)) if Measure::of(left) == Measure::of(right) => Ok((left, right)),
        _ if is_day(value) || is_day(other) => Err(wrong(format!(
            "« {test} » compare des chiffres ; des dates se comparent par « avant », « apres » et « egal »"
        ))),
        _ => match [value, other].into_iter().find_map(|value| value.downcast_object_ref::<BlankValue>()) {
            Some(blank) => Err(wrong(format!("« {test} » compare deux chiffres, et {}", blank.told()))),
            None => Err(wrong(format!("« {test} » compare deux chiffres de même nature"))),
        },
    }
}

fn part(filter: &str, value: &Value, of: fn(&Figure) -> Option<Figure>) -> Result<Value, Error> {
    let value = figure(filter, value, Measure::Share)?;
    of(&value.figure).map(|figure| value.sibling(figure)).ok_or_else(|| wrong(format!("« {filter} » attend une part")))
}

fn day(filter: &str, value: &Value) -> Result<NaiveDate, Error> {
    match value.downcast_object_ref::<DateValue>() {
        Some(date) => Ok(date.0),
        None => value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| missed(filter, "une date", value)),
    }
}

fn blocks_of(value: Value) -> Result<Vec<Block>, Error> {
    if value.kind() != ValueKind::Seq {
        return Err(wrong("ce filtre attend un texte en Markdown".to_owned()));
    }
    serde::Deserialize::deserialize(value)
}
