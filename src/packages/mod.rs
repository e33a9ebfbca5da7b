//! Files that are a zip of XML parts: workbooks, texts of Word. Read under caps, patched without touching what is not
//! meant, written the same way every time.
//!
//! What the parts say is not known here, nor in which words a refusal is told.

mod archive;
mod patch;
mod write;
mod xml;

pub(crate) use self::archive::{Archive, Part, is_encrypted_office};
pub(crate) use self::patch::{Patch, prefix, tag, walk};
pub use self::write::{Package, Relation};
pub(crate) use self::xml::{Piece, Text, Xml, attribute, damaged, is_true};

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is broken, or not what it says.
    Unreadable(String),
    /// It unfolds into more than such a file holds: what is too much, and the most.
    Oversized(String, String),
    /// It is locked by a password.
    Encrypted,
}

impl Refusal {
    fn unreadable(reason: &str) -> Self {
        Self::Unreadable(reason.to_owned())
    }
}
