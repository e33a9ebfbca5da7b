//! The follow-up of an agreement's version: the bodies in rows, the steps of their acts in columns, what is late and by which
//! rule, reckoned from the day of the sheets.

mod sheet;
mod view;

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Draft, Kind, Part, Recipe, Words};
use crate::diagnostics::Diagnostic;
use crate::model::votes::Item;
use crate::model::{At, Convention, Deliberation, Desk, Outcome, Passage, Readers, Scope};

/// The follow-up of a version.
pub(super) const KIND: Kind = Kind {
    name: "follow-up",
    french: "suivi",
    label: "suivi des délibérations d’une convention",
    none: "aucune délibération ne porte de convention",
    known,
    draft,
};

/// The versions that deliberations are about.
fn known(scope: &Scope) -> Vec<String> {
    let is_voted = |version: &At<Convention>| scope.deliberations().any(|act| act.convention() == Some(*version));
    scope.conventions().filter(is_voted).map(|version| version.version().to_owned()).collect()
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Operator);
    let known = known(&scope);
    let version = scope.conventions().find(|version| version.version() == id && known.iter().any(|it| it == id));
    let Some(version) = version else {
        return Err(vec![super::unknown(&KIND, id, &known)]);
    };
    let on = scope.situation();
    let acts = scope.deliberations().filter(|act| act.convention() == Some(version));
    let ways: Vec<Way> = acts.map(|act| Way { act, passages: act.passages(on) }).collect();
    let board = Board { version, on, ways };
    let rules =
        Words { key: "regles", template: "follow-up/suivi.md.j2".to_owned(), data: Arc::new(view::words(&board)) };
    let pages = Recipe::Pdf {
        template: "follow-up/suivi.typ",
        data: Arc::new(view::pages(&board)),
        texts: vec![rules],
        comparisons: Vec::new(),
    };
    Ok(Draft {
        title: format!("suivi de la convention {id}"),
        date: on,
        parts: vec![
            Part::new("suivi.pdf", pages),
            Part::new("suivi.xlsx", Recipe::Workbook(Box::new(sheet::workbook(&board)))),
        ],
        ..Draft::new(KIND.name, id, Readers::Operator)
    })
}

/// What the follow-up is made from.
struct Board<'b> {
    version: At<'b, Convention>,
    /// The day of the sheets.
    on: NaiveDate,
    ways: Vec<Way<'b>>,
}

/// An act and its steps.
struct Way<'b> {
    act: At<'b, Deliberation>,
    passages: Vec<Passage>,
}

impl Way<'_> {
    /// What became of it; nothing while the act is held back for want of something.
    fn outcome(&self) -> Option<Outcome> {
        Some(Item::new(self.act)).filter(Item::is_final)?.outcome()
    }
}
