//! What a sheet declares and what its cells hold: columns with their types, values as they were decoded. Data only.
//!
//! A sheet is declared once as values of this module; the reader, the guide, the blank workbooks and the names that
//! templates use all come from it. Which sheets exist is not known here.

mod column;
mod field;

pub use self::column::{Column, Kind, Label, Sheet, Workbook, intern, intern_column, intern_labels};
pub use self::field::{Enclosed, EnclosedFile, Field};
