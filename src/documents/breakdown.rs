//! One-way breakdowns that others may read: classes by a label, merged where they are small.

use std::collections::{BTreeSet, HashMap};

use crate::model::secrecy::{Class, OTHERS, merge};
use crate::model::{Firm, Model};

/// A firm as breakdowns count it: its row; its name and site where no row has them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FirmKey {
    Row(u32),
    Name(String, Option<String>),
}

/// The firms of a model by name and site, with what breakdowns ask of them.
pub(super) struct Firms<'a> {
    model: &'a Model,
    by_key: HashMap<(&'a str, Option<&'a str>), &'a Firm>,
}

impl<'a> Firms<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self { model, by_key: model.firms.iter().map(|firm| (firm.key(), firm)).collect() }
    }

    /// The firm of a row, where it is known.
    pub(super) fn get(&self, key: (&str, Option<&str>)) -> Option<&'a Firm> {
        self.by_key.get(&key).copied()
    }

    fn key(&self, (name, site): (&str, Option<&str>)) -> FirmKey {
        // A laureate has one row, under its name and without it.
        self.get((name, site)).map_or_else(
            || FirmKey::Name(name.to_owned(), site.map(ToOwned::to_owned)),
            |firm| FirmKey::Row(firm.origin.row),
        )
    }

    /// The usual name of the partner where a firm stands.
    pub(super) fn partner_of(&self, key: (&str, Option<&str>)) -> String {
        let partner = self.get(key).and_then(|firm| self.model.partner(&firm.partner));
        partner.map_or_else(|| OTHERS.to_owned(), |partner| partner.usual_name.clone())
    }

    /// The sector of a firm.
    pub(super) fn sector_of(&self, key: (&str, Option<&str>)) -> String {
        self.get(key).and_then(|firm| firm.sector.clone()).unwrap_or_else(|| format!("filière {UNKNOWN}e"))
    }

    /// The size class of a firm, by the bounds of official statistics.
    pub(super) fn size_of(&self, key: (&str, Option<&str>)) -> String {
        match self.get(key).and_then(|firm| firm.staff) {
            None => return format!("effectif {UNKNOWN}"),
            Some(..10) => "moins de 10 salariés",
            Some(10..50) => "10 à 49 salariés",
            Some(50..250) => "50 à 249 salariés",
            Some(_) => "250 salariés et plus",
        }
        .to_owned()
    }

    /// Classes of rows by a label, in the order in which labels first appear.
    pub(super) fn classes<'r, R>(
        &self,
        rows: impl Iterator<Item = &'r R>,
        firm: impl Fn(&R) -> (&str, Option<&str>),
        label: impl Fn(&R) -> String,
    ) -> Vec<Class<FirmKey, &'r R>> {
        let mut classes: Vec<Class<FirmKey, &R>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let label = label(row);
            let place = *places.entry(label.clone()).or_insert_with(|| {
                classes.push(Class { label, firms: BTreeSet::new(), rows: Vec::new() });
                classes.len() - 1
            });
            classes[place].firms.insert(self.key(firm(row)));
            classes[place].rows.push(row);
        }
        classes
    }
}

/// How a class is called whose firms lack the trait.
pub(super) const UNKNOWN: &str = "non renseigné";

/// The classes as others may read them, largest first by a measure, « Autres » last.
pub(super) fn readable<'a, R>(
    classes: Vec<Class<FirmKey, &'a R>>,
    secret: bool,
    measure: impl Fn(&Class<FirmKey, &'a R>) -> i64,
) -> Vec<Class<FirmKey, &'a R>> {
    let mut classes = if secret { merge(classes) } else { classes };
    classes.sort_by_key(|class| (class.label == OTHERS, std::cmp::Reverse(measure(class))));
    classes
}
