//! What to make: one folder a kind. A kind says which documents exist, what each says and which templates it uses.
//!
//! A draft is plain data: ordered parts, each with a recipe; a part may use the bytes of earlier ones. Rows are reached
//! through scopes of a desk, one a document, which notes what was read. Spreadsheets, the disk and the time are not known
//! here: every date comes from the inputs.

mod annexes;
mod budget;
mod common;
mod draft;
mod due;
mod indicators;
mod newsletter;
mod paper;
mod payment_requests;
mod report;

pub use self::draft::{
    CalendarEvent, Comparison, Draft, Earlier, MessageRecipe, Part, Recipe, Shared, Source, Words, Written,
};
pub use self::paper::{Paper, Properties};

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
    /// What it is, for help and lists.
    pub label: &'static str,
    /// The documents that the sheets announce, in order.
    pub known: fn(&Scope) -> Vec<String>,
    /// A document's draft.
    pub draft: fn(&Desk, &str) -> Result<Draft, Vec<Diagnostic>>,
}

/// Every kind: help, `list`, selection and the tests over all kinds come from this table.
pub const KINDS: &[Kind] =
    &[newsletter::KIND, budget::KIND, payment_requests::KIND, annexes::KIND, report::KIND, indicators::KIND];

/// The kind with this name.
///
/// # Errors
///
/// A message that lists the kinds.
pub fn kind(name: &str) -> Result<&'static Kind, Diagnostic> {
    KINDS.iter().find(|kind| kind.name == name).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        suggest(commands::unknown_kind(name, &known.join(", ")), name, &known)
    })
}

/// The message for a document that the sheets do not announce: which ones they do, and the nearest.
fn unknown(kind: &Kind, id: &str, known: &[String], none: &str) -> Diagnostic {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let list = if names.is_empty() { none.to_owned() } else { names.join(", ") };
    suggest(commands::unknown_document(kind.name, id, &list), id, &names)
}

fn suggest(diagnostic: Diagnostic, found: &str, known: &[&str]) -> Diagnostic {
    match nearest(found, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
