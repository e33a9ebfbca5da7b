//! Several rows as a text goes through them: counted and summed by filters, so that what is printed keeps its cells.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Environment, Error, ErrorKind, Value};

use super::marked::{FigureValue, Register};
use crate::figures::{Cells, Figure, Quantity};

/// Several rows of one sheet.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The rows.
    pub items: Vec<Value>,
    /// How figures over them are named.
    pub name: String,
    /// Where each of them stands.
    pub cells: Vec<Cells>,
    /// The columns that can be summed, each with nothing in it.
    pub measures: Arc<[(String, Quantity)]>,
    /// The figures that the text printed so far.
    pub register: Arc<Register>,
    /// Who tells which rows say something.
    pub chooser: Arc<dyn Choose>,
    /// The places of the rows among all that the chooser knows.
    pub places: Vec<usize>,
}

/// Tells rows by what stands under their columns, as the front matter of a text does.
pub trait Choose: fmt::Debug + Send + Sync {
    /// Whether each row says something under a column.
    ///
    /// # Errors
    ///
    /// Why there is no such column, or no such value of it, in French.
    fn choose(&self, column: &str, wanted: &Value) -> Result<Vec<bool>, String>;
}

impl Rows {
    /// The rows as a value.
    #[must_use]
    pub fn value(self) -> Value {
        Value::from_object(self)
    }

    fn figure(&self, name: &str, label: &str, quantity: Quantity, cells: Cells) -> Value {
        let figure = Figure::new(format!("{}.{name}", self.name), label.to_owned(), quantity, cells);
        FigureValue::value(figure, &self.register)
    }

    fn count(&self) -> Value {
        let count = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
        self.figure("nombre", "nombre", Quantity::Count(count), self.cells.iter().cloned().collect())
    }

    fn sum(&self, column: &str) -> Result<Value, Error> {
        let known = self.measures.iter().find(|(name, _)| name == column);
        let Some((_, zero)) = known else {
            return Err(wrong(format!("« somme » attend le nom d’une colonne de nombres, et trouve « {column} »")));
        };
        let mut total = 0_i64;
        let mut cells = Vec::new();
        for item in &self.items {
            let value = item.get_attr(column)?;
            if let Some(value) = value.downcast_object_ref::<FigureValue>() {
                total = total.saturating_add(match zero {
                    Quantity::Decimal(_) => value.figure.value().hundredths(),
                    _ => value.figure.amount(),
                });
                cells.push(value.figure.sources().clone());
            }
        }
        let quantity = match zero {
            Quantity::Cents(_) => Quantity::Cents(total),
            Quantity::Hundredths(_) => Quantity::Hundredths(total),
            Quantity::Decimal(_) => Quantity::number(total),
            _ => Quantity::Count(total),
        };
        Ok(self.figure(&format!("{column}.somme"), "somme", quantity, cells.into_iter().collect()))
    }

    /// The rows that say something in some columns.
    fn those(&self, wanted: &[(String, Value)]) -> Result<Self, Error> {
        let mut kept = self.clone();
        for (column, value) in wanted {
            let chosen = self.chooser.choose(column, value).map_err(|reason| wrong(format!("« dont » : {reason}")))?;
            let says_so = |place: &usize| chosen.get(*place).copied().unwrap_or(false);
            let stays: Vec<bool> = kept.places.iter().map(says_so).collect();
            let mut stay = stays.iter().copied().cycle();
            kept.items.retain(|_| stay.next().unwrap_or(false));
            kept.cells.retain(|_| stay.next().unwrap_or(false));
            kept.places.retain(|_| stay.next().unwrap_or(false));
        }
        kept.name = format!(
            "{}.{}",
            self.name,
            wanted.iter().map(|(_, value)| super::marked::said(value)).collect::<Vec<_>>().join(".")
        );
        Ok(kept)
    }
}

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.items.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.items.len())
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        formatter.write_str(&crate::wording::enumeration(&names))
    }
}

fn wrong(reason: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}

fn rows<'v>(filter: &str, value: &'v Value) -> Result<&'v Rows, Error> {
    value.downcast_object_ref::<Rows>().ok_or_else(|| wrong(format!("« {filter} » attend des lignes d’une feuille")))
}

/// Adds the filter that counts rows.
pub(super) fn add_count(environment: &mut Environment, name: &'static str) {
    environment.add_filter(name, move |value: &Value| rows(name, value).map(Rows::count));
}

/// Adds the filter that sums a column.
pub(super) fn add_sum(environment: &mut Environment, name: &'static str) {
    environment.add_filter(name, move |value: &Value, column: &str| rows(name, value)?.sum(column));
}

/// Adds the filter that keeps the rows that say something.
pub(super) fn add_those(environment: &mut Environment, name: &'static str) {
    environment.add_filter(name, move |value: &Value, wanted: Kwargs| {
        let names: Vec<String> = wanted.args().map(ToOwned::to_owned).collect();
        let wanted: Vec<(String, Value)> = names
            .into_iter()
            .map(|name| wanted.get::<Value>(&name).map(|value| (name, value)))
            .collect::<Result<_, _>>()?;
        rows(name, value)?.those(&wanted).map(Rows::value)
    });
}
