//! Rows of sheets as typed values, and the one way to them: a [`Scope`] made for readers, which notes what it is asked.
//!
//! A sheet is declared by `sheet!` in a file of its own: the row's fields, its columns, how its cells become values, who
//! may read it. References are links to rows, resolved once at intake.

mod at;
mod enclosures;
mod links;
mod open;
mod scope;
mod sheet;
mod table;
#[cfg(test)]
pub(in crate::model) mod tests;
mod told;
mod types;

pub use self::at::{At, cells_under};
pub use self::enclosures::Enclosures;
pub use self::links::{Duplicate, LinkFault, Unresolved, names, resolve};
pub use self::open::AnyRow;
pub use self::scope::{Desk, Readers, Reads, Scope, Sight};
pub(super) use self::sheet::sheet;
pub use self::table::{Link, Placed, Record, Row, Table};
pub use self::told::{ToldCell, ToldRow};
pub use self::types::{
    Amount, Code, Day, Days, Email, Flag, Fraction, Hour, Hours, Image, Integer, Markdown, MonthOf, Name, Named, Names,
    PostalCode, Ref, Refs, Several, Siren, Siret, SomeOf, Text, Theme, Type, Url, YesNo,
};
