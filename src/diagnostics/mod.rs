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
    /// The only kind of document that it concerns, where its sheet alone does not tell.
    pub only_for: Option<&'static str>,
}

impl Diagnostic {
    /// A problem that has no place yet.
    #[must_use]
    pub fn new(code: &'static str, severity: Severity, message: String) -> Self {
        Self { code, severity, message, place: Place::Nowhere, excerpt: None, hints: Vec::new(), only_for: None }
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

    /// Says that the problem concerns one kind of document, not all that read the sheet.
    #[must_use]
    pub fn only_for(mut self, kind: &'static str) -> Self {
        self.only_for = Some(kind);
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

/// The nearest of `candidates` to `found`, when one is near enough to be meant and no other is as near: for
/// « vouliez-vous dire … ? ».
#[must_use]
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = fold(found);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&found, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count().min(found.chars().count()) / 4)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        near => near.first().map(|(_, candidate)| *candidate),
    }
}

/// Folds a text for comparison: lower case, no accents, one kind of space, apostrophe and hyphen, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('`') {
        for word in text.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    for character in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match character {
            '’' | 'ʼ' | '‘' | '`' | '´' => folded.push('\''),
            '‐' | '‑' | '–' | '—' | '\u{ad}' => folded.push('-'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.trim().to_owned()
}

/// Whether a text folds to one that is folded already: `fold(text) == folded`. Where their first letters differ, as they
/// mostly do, nothing is folded.
pub(crate) fn folds_to(text: &str, folded: &str) -> bool {
    let first = text.bytes().next().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    first.is_none_or(|first| folded.bytes().next() == Some(first)) && fold(text) == folded
}

#[cfg(test)]
mod tests;
