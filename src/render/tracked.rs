//! Data for a text template that remembers which of its figures the template asked for.
//!
//! A figure is known by its path, for instance `budget.total`; whoever reads the path in a template uses the figure.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};

/// The paths that are figures, and those that were asked for.
#[derive(Debug, Default)]
pub(super) struct Register {
    figures: BTreeSet<String>,
    asked: Mutex<BTreeSet<String>>,
}

impl Register {
    /// A register over the paths of figures.
    pub(super) fn new(figures: impl IntoIterator<Item = String>) -> Arc<Self> {
        Arc::new(Self { figures: figures.into_iter().collect(), asked: Mutex::default() })
    }

    /// The paths that were asked for, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// A node of the data, at its path.
#[derive(Debug)]
struct Node {
    path: String,
    data: serde_json::Value,
    register: Arc<Register>,
}

/// The data as a template value.
pub(super) fn value(data: serde_json::Value, register: &Arc<Register>) -> Value {
    at(String::new(), data, register)
}

fn at(path: String, data: serde_json::Value, register: &Arc<Register>) -> Value {
    if register.figures.contains(&path) {
        register.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
        return Value::from(Serde(data));
    }
    match data {
        serde_json::Value::Object(_) | serde_json::Value::Array(_) => {
            Value::from_object(Node { path, data, register: Arc::clone(register) })
        }
        leaf => Value::from(Serde(leaf)),
    }
}

impl Node {
    fn child(&self, key: &str, data: &serde_json::Value) -> Value {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        at(path, data.clone(), &self.register)
    }
}

impl Object for Node {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if self.data.is_array() { ObjectRepr::Seq } else { ObjectRepr::Map }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match &self.data {
            serde_json::Value::Object(fields) => {
                let key = key.as_str()?;
                fields.get(key).map(|data| self.child(key, data))
            }
            serde_json::Value::Array(items) => {
                let index = key.as_usize()?;
                items.get(index).map(|data| self.child(&index.to_string(), data))
            }
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &self.data {
            serde_json::Value::Object(fields) => {
                Enumerator::Values(fields.keys().map(|key| Value::from(key.as_str())).collect())
            }
            serde_json::Value::Array(items) => Enumerator::Seq(items.len()),
            _ => Enumerator::Empty,
        }
    }
}
