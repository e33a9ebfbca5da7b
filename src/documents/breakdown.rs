//! One-way breakdowns that others may read: classes by a label, merged where they are small.

use std::collections::BTreeSet;

use crate::model::secrecy::{Class, OTHERS, merge};
use crate::model::{Firm, Model};

/// A firm as breakdowns count it: its name and site.
pub(super) type FirmKey = (String, Option<String>);

/// Classes of rows by a label, in the order in which labels first appear.
pub(super) fn classes<'a, R>(
    rows: impl Iterator<Item = &'a R>,
    firm: impl Fn(&R) -> (&str, Option<&str>),
    label: impl Fn(&R) -> String,
) -> Vec<Class<FirmKey, &'a R>> {
    let mut classes: Vec<Class<FirmKey, &R>> = Vec::new();
    for row in rows {
        let label = label(row);
        let (name, site) = firm(row);
        let key = (name.to_owned(), site.map(ToOwned::to_owned));
        match classes.iter_mut().find(|class| class.label == label) {
            Some(class) => {
                class.firms.insert(key);
                class.rows.push(row);
            }
            None => classes.push(Class { label, firms: BTreeSet::from([key]), rows: vec![row] }),
        }
    }
    classes
}

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

/// The firm of a row, where it is known.
pub(super) fn firm<'a>(model: &'a Model, key: (&str, Option<&str>)) -> Option<&'a Firm> {
    model.firms.iter().find(|firm| firm.key() == key)
}

/// The usual name of the partner where a firm stands.
pub(super) fn partner_of(model: &Model, key: (&str, Option<&str>)) -> String {
    let partner = firm(model, key).and_then(|firm| model.partner(&firm.partner));
    partner.map_or_else(|| OTHERS.to_owned(), |partner| partner.usual_name.clone())
}

/// How a class is called whose firms lack the trait.
pub(super) const UNKNOWN: &str = "non renseigné";

/// The sector of a firm.
pub(super) fn sector_of(model: &Model, key: (&str, Option<&str>)) -> String {
    firm(model, key).and_then(|firm| firm.sector.clone()).unwrap_or_else(|| format!("filière {UNKNOWN}e"))
}

/// The size class of a firm, by the bounds of official statistics.
pub(super) fn size_of(model: &Model, key: (&str, Option<&str>)) -> String {
    match firm(model, key).and_then(|firm| firm.staff) {
        None => return format!("effectif {UNKNOWN}"),
        Some(..10) => "moins de 10 salariés",
        Some(10..50) => "10 à 49 salariés",
        Some(50..250) => "50 à 249 salariés",
        Some(_) => "250 salariés et plus",
    }
    .to_owned()
}
