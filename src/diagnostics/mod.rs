//! What a problem is: code, severity, message, place, excerpt, hints. One constructor per message (`messages`), one
//! file per rendering (`human`, `json`, `guide`).
//!
//! It must not know the domain: a message gets words and numbers, never a partner or a letter.

mod guide;
mod human;
mod json;
pub mod messages;

use std::cmp::Ordering;

use serde::Serialize;

pub use self::guide::catalogue_page;
pub use self::human::{Painter, render as render_human};
pub use self::json::render as render_json;

use crate::figures::CellRef;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents that read this are not made.
    #[serde(rename = "erreur")]
    Error,
    /// Worth a look; nothing is stopped.
    #[serde(rename = "avertissement")]
    Warning,
}

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Actor {
    /// The user: something is wrong in the inputs, texts or templates.
    #[default]
    User,
    /// The machine: the disk, its rights, another program. What was refused may be granted in a moment.
    Machine,
    /// Whoever maintains the program: a bug.
    Program,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// Nowhere in particular: the command line, the disk.
    Nowhere,
    /// A file as a whole.
    File(String),
    /// A sheet as a whole.
    Sheet {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
    },
    /// One cell.
    Cell(CellRef),
    /// A line of a text file, from 1, and a column, from 1, where it is known.
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1; 0 when unknown.
        column: usize,
    },
}

impl Place {
    /// The file, where there is one.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Nowhere => None,
            Self::File(file) | Self::Sheet { file, .. } | Self::Line { file, .. } => Some(file),
            Self::Cell(cell) => Some(&cell.file),
        }
    }

    fn key(&self) -> (&str, &str, u32, u32) {
        match self {
            Self::Nowhere => ("", "", 0, 0),
            Self::File(file) => (file, "", 0, 0),
            Self::Sheet { file, sheet } => (file, sheet, 0, 0),
            Self::Cell(cell) => (&cell.file, &cell.sheet, cell.row, cell.column),
            Self::Line { file, line, column } => {
                (file, "", u32::try_from(*line).unwrap_or(u32::MAX), u32::try_from(*column).unwrap_or(u32::MAX))
            }
        }
    }
}

/// The lines that show a problem where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Excerpt {
    /// A row of a sheet under its headings; `focus` is the index of the faulty cell among them.
    Row {
        /// The headings shown, left to right.
        headings: Vec<String>,
        /// The row's cells, as the sheet shows them.
        cells: Vec<String>,
        /// Which of them is at fault.
        focus: usize,
    },
    /// A line of a text file; `start` and `length` count characters.
    Source {
        /// The line's text.
        text: String,
        /// The first character at fault, from 0.
        start: usize,
        /// How many characters are.
        length: usize,
    },
}

/// A problem, as data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The stable name of the message, without its area: `montant-illisible`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, in lower case and without a final stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The lines that show it.
    pub excerpt: Option<Excerpt>,
    /// What may help, apart from the message.
    pub hints: Vec<String>,
    /// Whether it concerns all that its sheet holds, and not only the column of its cell.
    pub whole_sheet: bool,
    /// Who must act.
    pub actor: Actor,
}

impl Diagnostic {
    /// A problem that has no place yet.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            place: Place::Nowhere,
            excerpt: None,
            hints: Vec::new(),
            whole_sheet: false,
            actor: Actor::User,
        }
    }

    /// Says who must act.
    #[must_use]
    pub fn for_the(self, actor: Actor) -> Self {
        Self { actor, ..self }
    }

    /// Puts the problem at its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Puts the problem at a cell.
    #[must_use]
    pub fn at_cell(self, cell: CellRef) -> Self {
        self.at(Place::Cell(cell))
    }

    /// Shows the lines around it.
    #[must_use]
    pub fn showing(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }

    /// Says that the problem concerns all that its sheet holds.
    #[must_use]
    pub fn of_whole_sheet(mut self) -> Self {
        self.whole_sheet = true;
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The code with its area in front: the file's stem for a sheet, `modeles` for a template: `finances/montant-illisible`.
    #[must_use]
    pub fn full_code(&self) -> String {
        let file = self.place.file().unwrap_or_default();
        let name = file.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let area = match &self.place {
            Place::Cell(_) | Place::Sheet { .. } => stem,
            Place::Line { .. } | Place::File(_) if name.contains(".j2") || name.ends_with(".typ") => "modeles",
            Place::Line { .. } | Place::File(_) if !stem.is_empty() => stem,
            _ => "general",
        };
        format!("{area}/{}", self.code)
    }

    /// What to do, as the catalogue of messages says it for every problem of this kind; nothing for one that is not in it.
    #[must_use]
    pub fn cure(&self) -> Option<&'static str> {
        messages::catalogue().into_iter().find(|message| message.code == self.code).map(|message| message.cure)
    }

    /// Whether it stops documents.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts problems as a reader meets them: by file, sheet, row and column, errors before warnings.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|left, right| {
        left.place
            .key()
            .cmp(&right.place.key())
            .then(left.severity.cmp(&right.severity))
            .then_with(|| left.code.cmp(right.code))
            .then_with(|| left.message.cmp(&right.message))
            .then(Ordering::Equal)
    });
}

#[cfg(test)]
mod tests;
