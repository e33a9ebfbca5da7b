//! The value of a cell, decoded by the type of its column.

use chrono::{NaiveDate, NaiveTime};

/// The value of a filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A text, whatever it may hold: words, Markdown, a code, an address, what names another row.
    Text(String),
    /// An amount in cents.
    Amount(i64),
    /// A whole number.
    Integer(i64),
    /// A number in hundredths.
    Hundredths(i64),
    /// A share of a whole: numerator and denominator.
    Share(i64, i64),
    /// A day; of a month, the first one.
    Date(NaiveDate),
    /// Several days.
    Dates(Vec<NaiveDate>),
    /// A time of day.
    Time(NaiveTime),
    /// Yes or no.
    Flag(bool),
    /// The index of a value of the column's closed list.
    Choice(usize),
    /// Several of them.
    Choices(Vec<usize>),
    /// Several texts.
    Texts(Vec<String>),
    /// Values of the column's closed list, by their indexes, and files.
    Enclosures(Vec<Enclosed<usize>>),
}

/// What goes with a document: something that is made, by a value of a closed list, or a file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosed<T> {
    /// A value of the list.
    Listed(T),
    /// A file of `inputs/annexes/`.
    File(EnclosedFile),
}

/// A file that goes with a document as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnclosedFile {
    /// Its name in its folder.
    pub name: String,
    /// How many pages it has.
    pub pages: usize,
}
