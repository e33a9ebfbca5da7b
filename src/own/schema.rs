//! The names that templates of one's own may use: for each sheet its columns, the rows that lead to its own, and the derived
//! values; at the root the rows of all sheets, the territory and the operator.

use std::sync::{Mutex, PoisonError};

use super::derived::{self, Derived, Is};
use crate::model::{SHEETS, Scope, Tables};
use crate::records::{Column, Kind, Sheet};
use crate::views::{Names, Shape};

/// How a name of a row is reached.
#[derive(Clone, Copy)]
pub(super) enum Access {
    /// What stands under a column.
    Column(&'static Column),
    /// The rows of another sheet whose column leads here.
    Back(&'static Sheet, &'static Column),
    /// What is derived from the row.
    Derived(&'static Derived),
}

/// The names of all sheets.
pub(super) struct Schema {
    sheets: Vec<Vec<(&'static str, Access)>>,
}

/// The place of the root among the objects, behind those of the sheets.
const ROOT: usize = SHEETS;
/// The place of the territory.
const TERRITORY: usize = SHEETS + 1;
/// What is known of the territory: its names, and what each is.
pub(super) const TERRITORY_NAMES: [(&str, &str); 4] = [
    ("nom", "le nom du territoire"),
    ("programme", "le nom du programme"),
    ("depuis", "le premier jour de ce que les bilans comptent (une date)"),
    ("chef_de_projet", "civilité, nom et fonction"),
];

/// The schemas that were needed so far, by the columns of one's own: a program meets few.
static KNOWN: Mutex<Vec<(Vec<String>, &'static Schema)>> = Mutex::new(Vec::new());

impl Schema {
    /// The names over the columns that the sheets have.
    pub(super) fn of(scope: &Scope) -> &'static Self {
        let own: Vec<String> = sheets()
            .flat_map(|sheet| {
                let own = scope.columns_of(sheet).into_iter().skip(sheet.columns.len());
                own.map(move |column| format!("{} › {} › {:?}", sheet.name, column.heading, column.kind))
            })
            .collect();
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, schema)) = known.iter().find(|(columns, _)| *columns == own) {
            return schema;
        }
        let schema: &'static Self = Box::leak(Box::new(Self::new(scope)));
        known.push((own, schema));
        schema
    }

    fn new(scope: &Scope) -> Self {
        let names = |sheet: &'static Sheet| {
            let mut names: Vec<(&'static str, Access)> = Vec::new();
            let columns = scope.columns_of(sheet).into_iter().map(|it| (leaked(it.name()), Access::Column(it)));
            let derived = derived::of(sheet).map(|it| (it.name, Access::Derived(it)));
            let back = sheets().filter_map(|other| {
                let leads = |column: &&&'static Column| {
                    matches!(column.kind, Kind::Reference(to, _) | Kind::References(to, _) if to == sheet.name)
                };
                let column = other.columns.iter().find(leads)?;
                Some((other.rows_name, Access::Back(other, column)))
            });
            for (name, access) in columns.chain(derived).chain(back) {
                if !names.iter().any(|(known, _)| *known == name) {
                    names.push((name, access));
                }
            }
            names
        };
        Self { sheets: sheets().map(names).collect() }
    }

    /// The names of a sheet's rows.
    pub(super) fn names(&self, sheet: &Sheet) -> &[(&'static str, Access)] {
        Tables::place(sheet.name).and_then(|place| self.sheets.get(place)).map_or(&[], Vec::as_slice)
    }

    /// How a name of a row is reached.
    pub(super) fn access(&self, sheet: &Sheet, name: &str) -> Option<Access> {
        self.names(sheet).iter().find(|(known, _)| *known == name).map(|(_, access)| *access)
    }

    /// The shape of what a template is given beside some rows by their names.
    pub(super) fn shape(&'static self, rows: Vec<&'static Sheet>) -> Shape {
        let root: &'static Root = Box::leak(Box::new(Root { schema: self, rows }));
        Shape::Named(root, ROOT)
    }
}

/// The names of one template: those of the schema, and its own rows.
struct Root {
    schema: &'static Schema,
    rows: Vec<&'static Sheet>,
}

impl Names for Root {
    fn values(&'static self, which: usize, key: &str) -> Option<(&'static str, Vec<&'static str>)> {
        let (_, access) = self.schema.sheets.get(which)?.iter().find(|(name, _)| *name == key)?;
        match access {
            Access::Column(column) => labels_of(column),
            _ => None,
        }
    }

    fn keys(&'static self, which: usize) -> Vec<(&'static str, Shape)> {
        let row = |sheet: &str| Tables::place(sheet).map_or(Shape::Text, |place| Shape::Named(self, place));
        let rows = |sheet: &str| Tables::place(sheet).map_or(Shape::Text, |place| Shape::SeveralNamed(self, place));
        match which {
            ROOT => {
                let own = self.rows.iter().map(|sheet| (sheet.row_name, row(sheet.name)));
                let fixed = [
                    ("territoire", Shape::Named(self, TERRITORY)),
                    ("operateur", row("Partenaires")),
                    ("lecteur", row("Partenaires")),
                    ("jour", Shape::Date),
                ];
                own.chain(fixed).chain(sheets().map(|sheet| (sheet.rows_name, rows(sheet.name)))).collect()
            }
            TERRITORY => TERRITORY_NAMES
                .into_iter()
                .map(|(name, _)| (name, if name == "depuis" { Shape::Date } else { Shape::Text }))
                .collect(),
            place => {
                let of = |(name, access): &(&'static str, Access)| {
                    let shape = match access {
                        Access::Column(column) => column_shape(column, &row, &rows),
                        Access::Back(sheet, _) => rows(sheet.name),
                        Access::Derived(derived) => match derived.is {
                            Is::Text => Shape::Text,
                            Is::Figure(_) => Shape::Figure,
                            Is::Day => Shape::Date,
                            Is::Flag => Shape::Flag,
                            Is::Row(sheet) => row(sheet),
                            Is::Rows(sheet) => rows(sheet),
                        },
                    };
                    (*name, shape)
                };
                self.schema.sheets.get(place).into_iter().flatten().map(of).collect()
            }
        }
    }
}

fn labels_of(column: &'static Column) -> Option<(&'static str, Vec<&'static str>)> {
    match column.kind {
        Kind::Choice(labels) | Kind::Choices(labels) => {
            Some((column.heading, labels.iter().map(|label| label.name).collect()))
        }
        _ => None,
    }
}

fn column_shape(column: &Column, row: &dyn Fn(&str) -> Shape, rows: &dyn Fn(&str) -> Shape) -> Shape {
    match column.kind {
        Kind::Integer(..) | Kind::Amount | Kind::Decimal | Kind::Hours | Kind::Share => Shape::Figure,
        Kind::Date => Shape::Date,
        Kind::Dates => Shape::List(|| Shape::Date),
        Kind::YesNo => Shape::Flag,
        Kind::Choices(_) | Kind::Enclosures(_) | Kind::Names(_) => Shape::List(|| Shape::Text),
        Kind::Reference(sheet, _) => row(sheet),
        Kind::References(sheet, _) => rows(sheet),
        _ => Shape::Text,
    }
}

/// The sheet with this name.
pub(super) fn sheet_called(name: &str) -> Option<&'static Sheet> {
    Tables::place(name).map(Tables::sheet)
}

/// All sheets, by their places.
pub(super) fn sheets() -> impl Iterator<Item = &'static Sheet> {
    (0..SHEETS).map(Tables::sheet)
}

/// A name for as long as the program runs; each schema is made once.
fn leaked(name: String) -> &'static str {
    Box::leak(name.into_boxed_str())
}
