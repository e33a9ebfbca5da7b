//! Words with figures among them.

use serde::{Serialize, Serializer};

use super::Printed;

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A figure.
    Figure(Printed),
}

/// A sentence, a title, a label: words with figures among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase(Vec<Piece>);

impl Phrase {
    /// A phrase of these pieces.
    #[must_use]
    pub fn new(pieces: Vec<Piece>) -> Self {
        Self(pieces)
    }

    /// The pieces in order.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Puts the pieces of another phrase behind its own.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The whole as it is read.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }
}

impl Piece {
    /// The piece as it is read.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Figure(printed) => printed.text(),
        }
    }
}

impl From<&str> for Piece {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Piece {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<Printed> for Piece {
    fn from(printed: Printed) -> Self {
        Self::Figure(printed)
    }
}

impl From<Printed> for Phrase {
    fn from(printed: Printed) -> Self {
        Self(vec![printed.into()])
    }
}

impl From<String> for Phrase {
    fn from(words: String) -> Self {
        Self(vec![words.into()])
    }
}

/// Pages set the pieces one after the other.
impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Pieces<'a> {
            phrase: &'a [Piece],
        }
        Pieces { phrase: &self.0 }.serialize(serializer)
    }
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Words(words) => words.serialize(serializer),
            Self::Figure(printed) => printed.serialize(serializer),
        }
    }
}

/// A phrase from its pieces: `phrase![printed, " en ", months, " mois"]`.
macro_rules! phrase {
    ($($piece:expr),* $(,)?) => { $crate::figures::Phrase::new(vec![$($piece.into()),*]) };
}
pub(crate) use phrase;
