//! The rows of a sheet, and what every row has whatever it holds.

use std::sync::Arc;

use crate::figures::SheetOrigin;
use crate::model::{Tables, rows::Sight};
use crate::records::{Column, Field, Sheet};

/// A row's own values, as its sheet declares them.
pub trait Record: Placed + Clone + Send + Sync + 'static {
    /// The sheet's name.
    const NAME: &'static str;
    /// The heading of the column by which other sheets name a row.
    const SAYS: &'static str;
    /// The sheet.
    const SHEET: &'static Sheet;
    /// Who may read its rows.
    const SIGHT: Sight<Self>;

    /// A row from its decoded cells; a blank cell, or one that could not be read, gives an empty value.
    fn take(cell: &mut dyn FnMut(&'static Column) -> Option<Field>) -> Self;

    /// The value of a declared column, by its index; nothing where the cell is blank.
    fn field(&self, index: usize) -> Option<Field>;

    /// The links that a declared column holds, by its index.
    fn links(&self, index: usize) -> &[Link];

    /// The same, to be resolved.
    fn links_mut(&mut self, index: usize) -> &mut [Link];
}

/// Where the rows of a sheet are kept.
pub trait Placed: Sized {
    /// The sheet's place among all sheets.
    const PLACE: usize;

    /// The sheet's rows among all.
    fn table(tables: &Tables) -> &Table<Self>;

    /// The same, to be filled.
    fn table_mut(tables: &mut Tables) -> &mut Table<Self>;
}

/// A link to a row of another sheet: what the cell says, and the row that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the cell says, without what stands behind a name in brackets.
    pub text: Box<str>,
    /// The index of the row among its sheet's; [`Link::NONE`] until it is resolved, and where nothing is meant.
    pub row: u32,
}

impl Link {
    /// No row.
    pub const NONE: u32 = u32::MAX;

    /// A link that is not resolved yet.
    #[must_use]
    pub fn to(text: &str) -> Self {
        Self { text: text.into(), row: Self::NONE }
    }
}

/// A row: its values, those of columns of one's own, and where it stands.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// The declared columns.
    pub record: T,
    /// The columns of one's own, in the order of [`Table::own`].
    pub own: Box<[Option<Field>]>,
    /// The row as a spreadsheet numbers it, from 1.
    pub number: u32,
    /// Whether every cell of the row was read without an error: checks across sheets leave the others alone.
    pub sound: bool,
}

/// The rows of a sheet.
#[derive(Debug, Clone)]
pub struct Table<T> {
    /// The rows, in the order of the sheet.
    pub rows: Vec<Row<T>>,
    /// The columns of one's own that the sheet has.
    pub own: Vec<&'static Column>,
    /// Where the rows were read.
    pub origin: Arc<SheetOrigin>,
    /// What a link leads to that leads nowhere: a row without values. Whoever reads it, reads a column with an error.
    pub(super) missing: Row<T>,
}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        let origin = SheetOrigin { file: "".into(), sheet: T::SHEET.name.into(), columns: Vec::new() };
        Self::new(Arc::new(origin), Vec::new())
    }
}

impl<T: Record> Table<T> {
    /// A table without rows.
    #[must_use]
    pub fn new(origin: Arc<SheetOrigin>, own: Vec<&'static Column>) -> Self {
        let missing = Row { record: T::take(&mut |_| None), own: Box::default(), number: 1, sound: false };
        Self { rows: Vec::new(), own, origin, missing }
    }

    /// A row by its index.
    #[must_use]
    pub fn row(&self, index: u32) -> &Row<T> {
        usize::try_from(index).ok().and_then(|index| self.rows.get(index)).unwrap_or(&self.missing)
    }
}
