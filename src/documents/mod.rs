//! What to make: one folder a kind. A kind says which documents exist, what each says and which templates it uses.
//!
//! A draft is plain data: ordered parts, each with a recipe; a part may use the bytes of earlier ones. Rows are reached
//! through scopes of a desk, one a document, which notes what was read. Spreadsheets, the disk and the time are not known
//! here: every date comes from the inputs.

mod action_plan;
mod annexes;
mod budget;
mod common;
mod draft;
mod due;
mod follow_up;
mod indicators;
mod newsletter;
mod paper;
mod payment_requests;
mod person;
mod recipe;
mod report;
mod tables;
mod text;

pub use self::draft::{Common, Draft, Part, Shared};
pub use self::newsletter::{calendar_event, mail_name, recipient_list};
pub use self::paper::{Drawing, Paper, Properties};
pub use self::person::{PersonData, person_draft};
pub use self::recipe::{CalendarEvent, Comparison, Earlier, MessageRecipe, Recipe, Source, Words, Written};
pub use self::tables::text_workbook;
pub use self::text::{text_pages, text_paper};

pub use self::due::{AHEAD, Due, due, sending};

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{Desk, Scope};
use crate::wording::nearest;

/// A kind of document.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name on the command line and in `out/`.
    pub name: &'static str,
    /// The same in French.
    pub french: &'static str,
    /// What it is, for help and lists.
    pub label: &'static str,
    /// Why there may be none: what the sheets or the settings lack.
    pub none: &'static str,
    /// The documents that the sheets announce, in order.
    pub known: fn(&Scope) -> Vec<String>,
    /// A document's draft.
    pub draft: fn(&Desk, &str) -> Result<Draft, Vec<Diagnostic>>,
}

/// Every kind: help, `list`, selection and the tests over all kinds come from this table.
pub const KINDS: &[Kind] = &[
    newsletter::KIND,
    budget::KIND,
    payment_requests::KIND,
    annexes::KIND,
    follow_up::KIND,
    action_plan::KIND,
    report::KIND,
    indicators::KIND,
];

/// The name of a kind by its English or its French name; another name as it is.
#[must_use]
pub fn kind_name(name: &str) -> &str {
    KINDS.iter().find(|kind| kind.french == name).map_or(name, |kind| kind.name)
}

/// The message for a document that the sheets do not announce: which ones they do, and the nearest.
fn unknown(kind: &Kind, id: &str, known: &[String]) -> Diagnostic {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let list = if names.is_empty() { kind.none.to_owned() } else { names.join(", ") };
    suggest(commands::unknown_document(kind.name, id, &list), id, &names)
}

fn suggest(diagnostic: Diagnostic, found: &str, known: &[&str]) -> Diagnostic {
    match nearest(found, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
