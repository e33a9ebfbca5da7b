//! Sheet Communication.

use crate::model::{CommunicationMonth, Month};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const MONTH: Column = Column::required("Mois", Kind::Month).example("2021-01");
const FOLLOWERS: Column =
    Column::required("Abonnés", Kind::Integer(0, 1_000_000_000)).about("À la fin du mois.").example("120");
const POSTS: Column = Column::required("Publications", Kind::Integer(0, 1_000_000)).about("Dans le mois.").example("4");
const VIEWS: Column = Column::required("Vues", Kind::Integer(0, 1_000_000_000)).about("Dans le mois.").example("3200");

/// One month a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Communication",
    about: "Un mois de réseaux sociaux par ligne.",
    columns: &[MONTH, FOLLOWERS, POSTS, VIEWS],
};

pub(super) fn read(table: &Table) -> Vec<CommunicationMonth> {
    table
        .rows()
        .map(|row| CommunicationMonth {
            month: Month::of(row.month(&MONTH).unwrap_or_default()),
            followers: row.integer(&FOLLOWERS).unwrap_or(0),
            posts: row.integer(&POSTS).unwrap_or(0),
            views: row.integer(&VIEWS).unwrap_or(0),
            origin: row.origin(),
        })
        .collect()
}
