//! Models for tests, from the values of their cells.

use super::{Record, Row, Table, resolve};
use crate::model::{Desk, Disclosure, Model, Readers, Scope, VisitorMut};
use crate::records::{Column, Field};

/// A row: headings and values.
type Cells = Vec<(&'static str, Field)>;

pub(in crate::model) fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// A model of some rows, references resolved.
pub(in crate::model) fn model_of(sheets: &[(&str, Vec<Cells>)]) -> Model {
    struct Fill<'a>(&'a [(&'a str, Vec<Cells>)]);
    impl VisitorMut for Fill<'_> {
        fn visit<T: Record>(&mut self, table: &mut Table<T>) {
            let rows = self.0.iter().find(|(name, _)| *name == T::SHEET.name).map_or(&[][..], |(_, rows)| rows);
            for (number, cells) in (2..).zip(rows) {
                let mut cell = |column: &'static Column| {
                    cells.iter().find(|(heading, _)| *heading == column.heading).map(|(_, field)| field.clone())
                };
                table.rows.push(Row { record: T::take(&mut cell), own: Box::default(), number, sound: true });
            }
        }
    }
    let mut model = Model::default();
    model.tables.visit_mut(None, &mut Fill(sheets));
    resolve(&mut model.tables);
    model
}

impl Model {
    /// Asks something of all rows.
    pub(in crate::model) fn with_scope<R>(&self, ask: impl FnOnce(&Scope) -> R) -> R {
        let disclosure = Disclosure::new(std::sync::Arc::new(self.clone()));
        ask(&Desk::new(&disclosure).scope(Readers::Operator))
    }
}
