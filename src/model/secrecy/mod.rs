//! Statistical secrecy: which figures about firms may be told, so that nobody learns of a firm what he does not know already.
//!
//! A figure must rest on three enterprises that its reader does not know, none of which makes more than 85 % of it
//! ([`rule`]); and all that is told together must not let a reader compute what one firm has ([`system`]). Every reader is
//! asked: anybody, who knows what was announced, and each partner, who knows its own firms besides. What is told is the same
//! in every document: it depends on the rows alone.
//!
//! Which documents print a figure is not known here, only which days and periods they count by.

mod audit;
mod facts;
mod rows;
mod rule;
mod series;
mod system;
#[cfg(test)]
mod tests;
mod windows;

pub use self::audit::{Guess, Tells, Told, audit};
pub use self::rule::{FEWEST, LARGEST};

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use self::facts::Facts;
use self::rule::Parts;
use self::windows::Windows;
use super::statistics::Trait;
use crate::model::Scope;

/// What may be told of firms.
pub(super) struct Secrecy {
    /// The names of the figures that may be told.
    told: HashSet<String>,
    /// Under what name a class of laureates stands in a breakdown up to a day.
    classes: HashMap<(Trait, NaiveDate), HashMap<String, String>>,
    facts: Facts,
}

impl Secrecy {
    /// Decides which figures may be told.
    pub(super) fn new(scope: &Scope) -> Self {
        let facts = Facts::read(scope);
        let windows = Windows::read(scope);
        let fund = format!("Fonds {}", scope.territory().programme);
        let (told, classes) = series::decide(&facts, &windows, &fund);
        Self { told, classes, facts }
    }

    /// Whether a figure may be told.
    pub(super) fn tells(&self, name: &str) -> bool {
        match name.strip_prefix("dossiers.taux@") {
            // A share tells both of its numbers.
            Some(window) => {
                ["laureats", "refuses"].iter().all(|part| self.told.contains(&format!("dossiers.{part}@{window}")))
            }
            None => self.told.contains(name),
        }
    }

    /// Under what name a class of laureates stands in the breakdown by a trait up to a day: its own, or one that it shares;
    /// none where there is no such breakdown.
    pub(super) fn class_of(&self, by: Trait, day: NaiveDate, label: &str) -> Option<&str> {
        self.classes.get(&(by, day))?.get(label).map(String::as_str)
    }

    /// Whether a number may be told that counts firms, by their places: a firm as often as it counts.
    pub(super) fn carries(&self, firms: impl Iterator<Item = u32>) -> bool {
        let known = |firm: u32| usize::try_from(firm).ok().and_then(|place| self.facts.firms.get(place).copied());
        let firms: Vec<(u32, u32)> = firms.filter_map(known).collect();
        self.facts.readers.iter().all(|reader| {
            let mut parts = Parts::new();
            for (enterprise, _) in firms.iter().filter(|(_, owner)| !reader.owns(*owner)) {
                *parts.entry(*enterprise).or_insert(0) += 1;
            }
            rule::carries(&parts)
        })
    }
}
