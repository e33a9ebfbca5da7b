//! Which rows a template is for: what their columns say.

use chrono::NaiveDate;

use super::values::said_of;
use crate::model::{AnyRow, Scope};
use crate::records::{Column, Kind};
use crate::wording::{fold, nearest};

/// What a column must say.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    column: &'static Column,
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

impl Condition {
    /// A condition from its texts, or why it is none.
    pub(super) fn read(column: &'static Column, texts: &[String]) -> Result<Self, String> {
        let test = match texts {
            [] => return Err("la liste est vide : aucune ligne ne conviendrait".to_owned()),
            [only] if fold(only) == "rempli" => Test::Filled,
            [only] if fold(only) == "vide" => Test::Blank,
            [only] if column.kind == Kind::Date => {
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
                let known: Vec<&str> = match column.kind {
                    Kind::Choice(labels) | Kind::Choices(labels) => labels.iter().map(|label| label.name).collect(),
                    Kind::YesNo => vec!["oui", "non"],
                    _ => Vec::new(),
                };
                for text in several.iter().filter(|_| !known.is_empty()) {
                    if !known.iter().any(|label| fold(label) == fold(text)) {
                        let near = nearest(text, known.iter().copied());
                        let near = near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"));
                        return Err(format!(
                            "« {text} » n’est pas une valeur de la colonne « {} »{near}",
                            column.heading
                        ));
                    }
                }
                Test::Among(several.iter().map(|text| fold(text)).collect())
            }
        };
        Ok(Self { column, test })
    }

    /// Whether a row says so.
    pub(super) fn holds(&self, scope: &Scope, row: AnyRow) -> bool {
        let field = scope.field_of(row, self.column);
        let day = || match field {
            Some(crate::records::Field::Date(day)) => Some(day),
            _ => None,
        };
        match &self.test {
            Test::Filled => field.is_some(),
            Test::Blank => field.is_none(),
            Test::Day(order, wanted) => day().is_some_and(|day| match order {
                Order::Before => day < *wanted,
                Order::UpTo => day <= *wanted,
                Order::From => day >= *wanted,
                Order::After => day > *wanted,
                Order::On => day == *wanted,
            }),
            Test::Among(wanted) => {
                let mut said = said_of(self.column, field.as_ref());
                if said.is_empty() && self.column.kind == Kind::YesNo {
                    said.push("non".to_owned());
                }
                if let (Kind::Choice(labels), true) = (self.column.kind, said.is_empty())
                    && !self.column.required
                {
                    // A blank cell of a closed list means its first value.
                    said.extend(labels.first().map(|label| label.name.to_owned()));
                }
                said.iter().any(|said| wanted.contains(&fold(said)))
            }
        }
    }
}
