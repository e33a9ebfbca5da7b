//! Indicators: each is defined once, over the rows, with its cells. No document computes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Aid, Model};
use crate::figures::{CellRef, Figure, Quantity};

/// The cells of some rows under one heading.
fn cells<'a>(origins: impl Iterator<Item = &'a crate::figures::Origin>, heading: &str) -> Vec<CellRef> {
    origins.map(|origin| origin.cell(heading)).collect()
}

/// Firms (name and site) reached at the second level or above, from the programme's start to a day.
#[must_use]
pub fn firms_accompanied(model: &Model, until: NaiveDate) -> Figure {
    let mut first: BTreeMap<(&str, Option<&str>), CellRef> = BTreeMap::new();
    let since = model.territory.since;
    for support in model
        .supports
        .iter()
        .filter(|support| support.level.is_accompanied() && since <= support.date && support.date <= until)
    {
        first.entry((&support.firm, support.site.as_deref())).or_insert_with(|| support.origin.cell("Niveau"));
    }
    let count = i64::try_from(first.len()).unwrap_or(i64::MAX);
    Figure::new(
        format!("entreprises.accompagnees.{until}"),
        "entreprises accompagnées depuis le début du programme",
        Quantity::Count(count),
        first.into_values(),
    )
}

/// Contacts made with firms, of the first level, from the programme's start to a day.
#[must_use]
pub fn contacts_made(model: &Model, until: NaiveDate) -> Figure {
    let since = model.territory.since;
    let rows = || {
        model
            .supports
            .iter()
            .filter(move |support| !support.level.is_accompanied() && since <= support.date && support.date <= until)
    };
    let count = i64::try_from(rows().count()).unwrap_or(i64::MAX);
    Figure::new(
        format!("entreprises.contacts.{until}"),
        "prises de contact depuis le début du programme",
        Quantity::Count(count),
        cells(rows().map(|support| &support.origin), "Niveau"),
    )
}

fn granted(model: &Model, until: NaiveDate) -> impl Iterator<Item = &Aid> {
    model.aids.iter().filter(move |aid| aid.granted_by(until))
}

/// Applications granted up to a day, accompanied or not.
#[must_use]
pub fn laureates(model: &Model, until: NaiveDate) -> Figure {
    let count = i64::try_from(granted(model, until).count()).unwrap_or(i64::MAX);
    Figure::new(
        format!("aides.laureats.{until}"),
        "projets lauréats des plans de relance sur le territoire",
        Quantity::Count(count),
        cells(granted(model, until).map(|aid| &aid.origin), "Décision"),
    )
}

/// Aid obtained by them, in cents.
#[must_use]
pub fn aid_obtained(model: &Model, until: NaiveDate) -> Figure {
    let total: super::Cents = granted(model, until).filter_map(|aid| aid.obtained).sum();
    Figure::new(
        format!("aides.obtenues.{until}"),
        "aides obtenues par les lauréats",
        Quantity::Cents(total.0),
        cells(granted(model, until).map(|aid| &aid.origin), "Aide obtenue"),
    )
}

/// What they invest, in cents.
#[must_use]
pub fn investment(model: &Model, until: NaiveDate) -> Figure {
    let total: super::Cents = granted(model, until).filter_map(|aid| aid.investment).sum();
    Figure::new(
        format!("aides.investissement.{until}"),
        "investissement des lauréats",
        Quantity::Cents(total.0),
        cells(granted(model, until).map(|aid| &aid.origin), "Investissement"),
    )
}
