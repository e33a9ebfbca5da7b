//! A row where it stands, as its readers reach it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::{Link, Record, Row, Scope};
use crate::figures::{CellRef, Cells, SheetOrigin};
use crate::records::{Column, Field};

/// A row within a scope. Its columns are methods of their names; each notes that it was read.
pub struct At<'s, T> {
    scope: &'s Scope<'s>,
    row: &'s Row<T>,
    index: u32,
}

impl<'s, T: Record> At<'s, T> {
    /// The row with this index; a row without values where there is none. Whether there is one depends on the sheet.
    pub(super) fn new(scope: &'s Scope<'s>, index: u32) -> Self {
        scope.seen.rows(T::PLACE);
        Self { scope, row: T::table(scope.tables).row(index), index }
    }

    /// The declared values as far as the readers may know a column, and the scope that notes what is read of them.
    pub(in crate::model) fn read(self, column: &Column) -> (&'s T, &'s Scope<'s>) {
        self.note(column);
        let row = if self.may_read(column) { self.row } else { &T::table(self.scope.tables).missing };
        (&row.record, self.scope)
    }

    /// Whether its readers may read a column: some belong to the row's own partner alone.
    fn may_read(self, column: &Column) -> bool {
        !column.reserved || self.is_own()
    }

    /// Whether the row belongs to its readers.
    #[must_use]
    pub fn is_own(self) -> bool {
        self.scope.owns(self)
    }

    /// Notes that a column counts for what is made of the row.
    pub fn note(self, column: &Column) {
        self.scope.seen.note(T::PLACE, column);
    }

    /// The row as a spreadsheet numbers it, from 1.
    #[must_use]
    pub fn row_number(self) -> u32 {
        self.row.number
    }

    /// Its place among the rows of its sheet, from 0.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// Whether every cell of the row was read without an error.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.row.sound
    }

    /// Whether it is a row at all: a link that leads nowhere leads to a row without values.
    #[must_use]
    pub fn exists(self) -> bool {
        self.index != Link::NONE
    }

    /// The sheet that it stands in, and its number there.
    #[must_use]
    pub fn stands_at(self) -> (&'s SheetOrigin, u32) {
        (&T::table(self.scope.tables).origin, self.row.number)
    }

    /// The cell under a column. A column that the sheet lacks gives the row's first cell.
    #[must_use]
    pub fn cell(self, column: &Column) -> CellRef {
        T::table(self.scope.tables).origin.cell(self.row.number, column.heading)
    }

    /// The value under any column, one's own included, by its index; nothing where the cell is blank or the readers may
    /// not know it.
    #[must_use]
    pub fn field(self, column: &Column) -> Option<Field> {
        self.note(column);
        if !self.may_read(column) {
            return None;
        }
        match column.index.checked_sub(T::SHEET.columns.len()) {
            None => self.row.record.field(column.index),
            Some(own) => self.row.own.get(own).cloned().flatten(),
        }
    }

    /// The scope that it was reached through.
    #[must_use]
    pub fn scope(self) -> &'s Scope<'s> {
        self.scope
    }
}

/// The cells of some rows under a column.
pub fn cells_under<'s, T: Record>(rows: impl IntoIterator<Item = At<'s, T>>, column: &Column) -> Cells {
    Cells::under(rows.into_iter().map(At::stands_at), column.heading)
}

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<'_, T> {}

impl<T> PartialEq for At<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for At<'_, T> {}

impl<T> PartialOrd for At<'_, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for At<'_, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for At<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T: Record> fmt::Debug for At<'_, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", T::SHEET.name, self.row.number)
    }
}
