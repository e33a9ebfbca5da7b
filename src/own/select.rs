//! Which rows a template is for: what their columns say.

use chrono::NaiveDate;

use super::derived::{Derived, Is, Made};
use super::values::said_of;
use crate::model::{AnyRow, Scope};
use crate::records::{Column, Field, Kind};
use crate::wording::{fold, nearest};

/// What is asked of a row: what stands under a column, or what is derived from it.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// A column.
    Column(&'static Column),
    /// A derived value: yes or no, a day, words.
    Derived(&'static Derived),
}

/// What a row must say.
#[derive(Clone)]
pub(super) struct Condition {
    asked: Asked,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    /// One of these.
    Among(Vec<String>),
    Filled,
    Blank,
    /// A day, compared.
    Day(Order, NaiveDate),
}

#[derive(Debug, Clone, Copy)]
enum Order {
    Before,
    UpTo,
    From,
    After,
    On,
}

/// The signs that compare a day, the longer ones first.
const ORDERS: [(&str, Order); 5] =
    [(">=", Order::From), ("<=", Order::UpTo), (">", Order::After), ("<", Order::Before), ("=", Order::On)];

impl Asked {
    /// Its name in a front matter.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Column(column) => column.heading,
            Self::Derived(derived) => derived.name,
        }
    }

    /// Whether it is a day.
    pub(super) fn is_day(self) -> bool {
        match self {
            Self::Column(column) => matches!(column.kind, Kind::Date | Kind::Month),
            Self::Derived(derived) => derived.is == Is::Day,
        }
    }

    fn is_flag(self) -> bool {
        match self {
            Self::Column(column) => column.kind == Kind::YesNo,
            Self::Derived(derived) => derived.is == Is::Flag,
        }
    }

    /// The day that a row has, as it is found on a day: asked for only where it is needed, since much is read for it.
    pub(super) fn day(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Column(column) => match scope.field_of(row, column) {
                Some(Field::Date(day)) => Some(day),
                _ => None,
            },
            Self::Derived(derived) => match derived.of(scope, row, on()) {
                Made::Day(day) => Some(day),
                _ => None,
            },
        }
    }

    /// What a row says, in the words of sheets.
    fn said(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Vec<String> {
        match self {
            Self::Column(column) => said_of(column, scope.field_of(row, column).as_ref()),
            Self::Derived(derived) => match derived.of(scope, row, on()) {
                Made::Text(text) => vec![text],
                Made::Flag(yes) => vec![if yes { "oui" } else { "non" }.to_owned()],
                Made::Day(day) => vec![day.to_string()],
                Made::Figure(figure) => vec![figure.amount().to_string()],
                Made::Row(_) => vec![String::new()],
                Made::Rows(rows) => rows.iter().map(|_| String::new()).collect(),
                Made::Nothing => Vec::new(),
            },
        }
    }
}

impl Condition {
    /// A condition from its texts, or why it is none.
    pub(super) fn read(asked: Asked, texts: &[String]) -> Result<Self, String> {
        let test = match texts {
            [] => return Err("la liste est vide : aucune ligne ne conviendrait".to_owned()),
            [only] if fold(only) == "rempli" => Test::Filled,
            [only] if fold(only) == "vide" => Test::Blank,
            [only] if asked.is_day() => {
                let (order, day) = ORDERS
                    .iter()
                    .find_map(|(sign, order)| Some((*order, only.strip_prefix(sign)?)))
                    .unwrap_or((Order::On, only));
                let day = day
                    .trim()
                    .parse()
                    .map_err(|_| format!("« {only} » : une date est attendue, comme « >= 2022-07-01 »"))?;
                Test::Day(order, day)
            }
            several => {
                let known: Vec<&str> = match asked {
                    Asked::Column(Column { kind: Kind::Choice(labels) | Kind::Choices(labels), .. }) => {
                        labels.iter().map(|label| label.name).collect()
                    }
                    _ if asked.is_flag() => vec!["oui", "non"],
                    _ => Vec::new(),
                };
                for text in several.iter().filter(|_| !known.is_empty()) {
                    if !known.iter().any(|label| fold(label) == fold(text)) {
                        let near = nearest(text, known.iter().copied());
                        let near = near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"));
                        return Err(format!(
                            "« {text} » n’est pas une valeur de la colonne « {} »{near}",
                            asked.name()
                        ));
                    }
                }
                Test::Among(several.iter().map(|text| fold(text)).collect())
            }
        };
        Ok(Self { asked, test })
    }

    /// Whether a row says so, as it is found on a day.
    pub(super) fn holds(&self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> bool {
        let mut said = self.asked.said(scope, row, on);
        match &self.test {
            Test::Filled => !said.is_empty(),
            Test::Blank => said.is_empty(),
            Test::Day(order, wanted) => self.asked.day(scope, row, on).is_some_and(|day| match order {
                Order::Before => day < *wanted,
                Order::UpTo => day <= *wanted,
                Order::From => day >= *wanted,
                Order::After => day > *wanted,
                Order::On => day == *wanted,
            }),
            Test::Among(wanted) => {
                if said.is_empty() && self.asked.is_flag() {
                    said.push("non".to_owned());
                }
                if let (Asked::Column(Column { kind: Kind::Choice(labels), required: false, .. }), true) =
                    (self.asked, said.is_empty())
                {
                    // A blank cell of a closed list means its first value.
                    said.extend(labels.first().map(|label| label.name.to_owned()));
                }
                said.iter().any(|said| wanted.contains(&fold(said)))
            }
        }
    }
}
