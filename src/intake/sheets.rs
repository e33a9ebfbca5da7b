//! The cells of a workbook to the rows of its sheets.

use crate::diagnostics::Diagnostic;
use crate::model::rows::{Row, Table};
use crate::model::{Record, Tables, Territory, VisitorMut};
use crate::spreadsheets::{Context, Workbook, scan};

/// The most rows of sheets that documents print one by one: far more than anyone keeps.
const MOST_PRINTED: usize = 10_000;

/// Reads every sheet of one workbook: its rows among empty sheets, and what is wrong.
pub(super) fn read(
    workbook: &Workbook,
    stem: &str,
    territory: &Territory,
    context: &Context,
) -> (Tables, Vec<Diagnostic>) {
    let mut tables = Tables::default();
    let mut reader = Reader { workbook, territory, context, problems: Vec::new() };
    tables.visit_mut(Some(stem), &mut reader);
    (tables, reader.problems)
}

struct Reader<'a> {
    workbook: &'a Workbook,
    territory: &'a Territory,
    context: &'a Context<'a>,
    problems: Vec<Diagnostic>,
}

impl VisitorMut for Reader<'_> {
    fn visit<T: Record>(&mut self, table: &mut Table<T>) {
        let own = self.territory.own_columns(T::SHEET);
        let mut scanned = scan(self.workbook, T::SHEET, &own, self.context);
        if !T::SHEET.long {
            scanned.refuse_beyond(MOST_PRINTED);
        }
        *table = Table::new(scanned.origin(), own);
        table.rows = scanned
            .rows()
            .map(|row| {
                let record = T::take(&mut |column| row.field(column));
                let own = table.own.iter().map(|column| row.field(column)).collect();
                Row { record, own, number: row.number(), sound: row.is_sound() }
            })
            .collect();
        self.problems.extend(scanned.into_problems());
    }
}
