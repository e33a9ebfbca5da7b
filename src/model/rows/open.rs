//! Rows by the names of their sheets and columns, for who learns these names only while it runs: templates of one's own.
//!
//! Whoever may not read a row does not get it here either, and every question is noted as it is by the typed rows.

use super::{At, Link, Record, Scope};
use crate::figures::CellRef;
use crate::model::tables::OnSheet;
use crate::model::{Partner, Tables};
use crate::records::{Column, Field, Kind, Sheet};

/// A row of any sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyRow {
    place: usize,
    index: u32,
}

impl AnyRow {
    /// The sheet that it stands in.
    #[must_use]
    pub fn sheet(self) -> &'static Sheet {
        Tables::sheet(self.place)
    }

    /// Whether it is a row at all.
    #[must_use]
    pub fn exists(self) -> bool {
        self.index != Link::NONE
    }
}

impl<T: Record> From<At<'_, T>> for AnyRow {
    fn from(row: At<'_, T>) -> Self {
        Self { place: T::PLACE, index: row.index() }
    }
}

/// Declares what is asked of a row of any sheet: a method of the scope, over the typed row.
macro_rules! asked {
    ($($(#[$meta:meta])* $method:ident($row:ident $(, $argument:ident: $type:ty)*) -> $output:ty = $answer:expr;)+) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $method(&self, row: AnyRow $(, $argument: $type)*) -> $output {
            struct Ask<'a, 's>(&'a Scope<'s>, AnyRow $(, $type)*);
            impl OnSheet for Ask<'_, '_> {
                type Output = $output;
                fn run<T: Record>(self) -> $output {
                    let Self(scope, row $(, $argument)*) = self;
                    let $row: At<T> = At::new(scope, row.index);
                    $answer
                }
            }
            Tables::on_sheet(row.place, Ask(self, row $(, $argument)*))
        }
    )+};
}

impl Scope<'_> {
    asked! {
        /// Whether the readers may read it.
        may_read(row) -> bool = row.scope().sees(row);
        /// What stands under a column; nothing where the cell is blank or the readers may not know it.
        field_of(row, column: &'static Column) -> Option<Field> = row.field(column);
        /// The rows that a column of references leads to, as far as the readers may read them.
        links_of(row, column: &'static Column) -> Vec<AnyRow> = row.linked(column);
        /// Its cell under a column.
        cell_of(row, column: &'static Column) -> CellRef = row.cell(column);
        /// Its number, as a spreadsheet counts.
        number_of(row) -> u32 = row.row_number();
        /// The partner that it belongs to.
        partner_of(row) -> Option<AnyRow> = T::SIGHT.owner.and_then(|owner| owner(row)).filter(|it| it.exists()).map(Into::into);
        /// Whether the rows of its sheet belong to partners.
        belongs(row) -> bool = { let _ = row; T::SIGHT.owner.is_some() };
    }

    /// The rows of a sheet that the readers may read.
    #[must_use]
    pub fn rows_of(&self, sheet: &Sheet) -> Vec<AnyRow> {
        struct Rows<'a, 's>(&'a Scope<'s>);
        impl OnSheet for Rows<'_, '_> {
            type Output = Vec<AnyRow>;
            fn run<T: Record>(self) -> Vec<AnyRow> {
                self.0.rows::<T>().map(AnyRow::from).collect()
            }
        }
        Tables::place(sheet.name).map_or_else(Vec::new, |place| Tables::on_sheet(place, Rows(self)))
    }

    /// The names by which other sheets may call the rows of a sheet, in its order.
    #[must_use]
    pub fn names_of(&self, sheet: &Sheet) -> Vec<String> {
        // They are rows that were asked for.
        let _ = self.rows_of(sheet);
        super::links::names(self.tables, sheet)
    }

    /// The columns of a sheet, those of one's own behind the others.
    #[must_use]
    pub fn columns_of(&self, sheet: &Sheet) -> Vec<&'static Column> {
        struct Columns<'a, 's>(&'a Scope<'s>);
        impl OnSheet for Columns<'_, '_> {
            type Output = Vec<&'static Column>;
            fn run<T: Record>(self) -> Vec<&'static Column> {
                T::SHEET.columns.iter().chain(self.0.own_columns::<T>()).copied().collect()
            }
        }
        Tables::place(sheet.name).map_or_else(Vec::new, |place| Tables::on_sheet(place, Columns(self)))
    }

    /// The rows of a sheet that a column of theirs leads to a row from.
    #[must_use]
    pub fn rows_with(&self, sheet: &Sheet, column: &'static Column, row: AnyRow) -> Vec<AnyRow> {
        self.rows_of(sheet).into_iter().filter(|other| self.links_of(*other, column).contains(&row)).collect()
    }

    /// A row as its own type, where it stands in that sheet.
    #[must_use]
    pub fn typed<T: Record>(&self, row: AnyRow) -> Option<At<'_, T>> {
        (row.place == T::PLACE && row.exists()).then(|| At::new(self, row.index))
    }

    /// The place of a partner among its sheet, for readers that are this partner alone.
    #[must_use]
    pub fn partner_place(&self, row: AnyRow) -> Option<u32> {
        self.typed::<Partner>(row).map(At::index)
    }
}

impl<T: Record> At<'_, T> {
    /// The rows that a column of references leads to, as far as the readers may read them.
    fn linked(self, column: &Column) -> Vec<AnyRow> {
        let (Kind::Reference(sheet, _) | Kind::References(sheet, _)) = column.kind else { return Vec::new() };
        let Some(place) = Tables::place(sheet) else { return Vec::new() };
        let (record, scope) = self.read(column);
        let rows = record.links(column.index).iter().map(|link| AnyRow { place, index: link.row });
        rows.filter(|row| row.exists() && scope.may_read(*row)).collect()
    }
}
