//! What to make: one folder a kind. A kind says which documents exist, what each says and which templates it uses.
//!
//! A draft is plain data: ordered parts, each with a recipe; a part may use the bytes of earlier ones. Spreadsheets, the
//! disk and the time are not known here: every date comes from the inputs.

mod annexes;
mod breakdown;
mod budget;
mod draft;
mod indicators;
mod newsletter;
mod payment_requests;
mod printer;
mod report;

pub use self::draft::{CalendarEvent, Comparison, Draft, Earlier, MessageRecipe, Part, Recipe, Shared, Words};
pub use self::printer::Printer;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{Disclosure, Model};

/// A kind of document.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name on the command line and in `out/`.
    pub name: &'static str,
    /// What it is, for help and lists.
    pub label: &'static str,
    /// The documents that the sheets announce, in order.
    pub known: fn(&Model) -> Vec<String>,
    /// A document's draft.
    pub draft: fn(&Disclosure, &str) -> Result<Draft, Vec<Diagnostic>>,
    /// The sheets that it reads: an error in one of them stops it.
    pub reads: &'static [&'static str],
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
        let diagnostic = commands::unknown_kind(name, &known.join(", "));
        match crate::diagnostics::nearest(name, known) {
            Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
            None => diagnostic,
        }
    })
}

/// A code as part of a file's name: plain letters, digits and hyphens, on every system.
fn file_name_of(code: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    code.nfd()
        .filter(char::is_ascii)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect()
}
