//! Rows as the values of a template: what stands under a name is looked up when the template asks for it, by the rules of
//! its readers.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::NaiveDate;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};

use super::derived::{Derived, Is, Made};
use super::examples;
use super::schema::{self, Access, Schema, TERRITORY_NAMES, sheets};
use super::select::{Asked, Condition};
use crate::figures::{CellRef, Cells, Figure, Quantity};
use crate::model::{AnyRow, Desk, Disclosure, Readers, Reads, Scope};
use crate::records::{Column, Enclosed, Field, Kind, Label, Sheet};
use crate::render::marked::{self, Register};
use crate::render::rows::{Choose, Rows};
use crate::wording;

/// What the values of one file are looked up in.
pub(super) struct Context {
    pub(super) shared: Arc<Disclosure>,
    pub(super) schema: &'static Schema,
    pub(super) readers: Readers,
    /// The document's day: who is in office is asked of it. Where there is none yet, that of the sheets, found when needed.
    pub(super) day: OnceLock<NaiveDate>,
    /// Whether days are written for machines: in names of files.
    pub(super) for_names: bool,
    /// The rows that the template knows by the names of their sheets.
    pub(super) rows: Vec<AnyRow>,
    pub(super) register: Arc<Register>,
    pub(super) seen: Mutex<Reads>,
}

impl Context {
    /// Asks the rows something, and notes what was read for the answer.
    pub(super) fn ask<R>(&self, question: impl FnOnce(&Scope) -> R) -> R {
        self.ask_for(self.readers.clone(), question)
    }

    /// Asks what values there are at all: for who writes the text, and never for its readers.
    pub(super) fn ask_all<R>(&self, question: impl FnOnce(&Scope) -> R) -> R {
        self.ask_for(Readers::Operator, question)
    }

    fn ask_for<R>(&self, readers: Readers, question: impl FnOnce(&Scope) -> R) -> R {
        let desk = Desk::new(&self.shared);
        let answer = question(&desk.scope(readers));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = seen.with(&desk.reads());
        answer
    }

    /// The document's day.
    pub(super) fn today(&self) -> NaiveDate {
        *self.day.get_or_init(|| self.ask(|scope| scope.situation()))
    }

    pub(super) fn day(&self, day: NaiveDate) -> Value {
        if self.for_names { Value::from(day.to_string()) } else { marked::day(day) }
    }

    pub(super) fn figure(&self, figure: Figure) -> Value {
        if self.for_names { Value::from(figure.amount()) } else { marked::figure(figure, &self.register) }
    }
}

/// Everything that a template is given.
pub(super) fn root(context: &Arc<Context>) -> Value {
    Value::from_object(Root(Arc::clone(context)))
}

/// The sheet whose row a value is.
pub(super) fn sheet_of(value: &Value) -> Option<&'static Sheet> {
    let row = value.downcast_object_ref::<Row>().map(|row| row.row.sheet());
    row.or_else(|| examples::sheet_of(value))
}

/// A row as a value.
pub(super) fn row(context: &Arc<Context>, row: AnyRow) -> Value {
    if row.exists() { Value::from_object(Row { context: Arc::clone(context), row }) } else { Value::from(()) }
}

struct Root(Arc<Context>);

struct Row {
    context: Arc<Context>,
    row: AnyRow,
}

impl fmt::Debug for Root {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("all rows")
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.row)
    }
}

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (context, name) = (&self.0, key.as_str()?);
        if let Some(found) = context.rows.iter().find(|row| row.sheet().row_name == name) {
            return Some(row(context, *found));
        }
        match name {
            "jour" => Some(context.day(context.today())),
            "operateur" => {
                let operator = context.ask(|scope| scope.operator().map(AnyRow::from));
                Some(operator.map_or_else(|| Value::from(()), |it| row(context, it)))
            }
            "lecteur" => {
                let reader = context.ask(|scope| match scope.readers() {
                    Readers::Partner(place) => scope.partners().find(|it| it.index() == *place).map(AnyRow::from),
                    _ => None,
                });
                Some(reader.map_or_else(|| Value::from(()), |it| row(context, it)))
            }
            "territoire" => Some(territory(context)),
            _ => {
                let sheet = sheets().find(|sheet| sheet.rows_name == name)?;
                let found = context.ask(|scope| scope.rows_of(sheet));
                Some(rows(context, sheet, name, &found))
            }
        }
    }
}

pub(super) fn territory(context: &Arc<Context>) -> Value {
    context.ask(|scope| {
        let territory = scope.territory();
        let value = |(name, _): &(&'static str, &'static str)| {
            let value = match *name {
                "nom" => Value::from(territory.name.clone()),
                "programme" => Value::from(territory.programme.clone()),
                "depuis" => context.day(territory.since),
                _ => Value::from(territory.manager.clone()),
            };
            ((*name).to_owned(), value)
        };
        TERRITORY_NAMES.iter().map(value).collect::<std::collections::BTreeMap<_, _>>().into()
    })
}

/// What can be summed over the rows of a sheet, each with nothing in it.
pub(super) fn measures(context: &Context, sheet: &Sheet) -> Arc<[(String, Quantity)]> {
    let measures = context.schema.names(sheet).iter().filter_map(|(name, access)| match access {
        Access::Column(column) => {
            let zero = match column.kind {
                Kind::Amount => Quantity::Cents(0),
                Kind::Integer(..) => Quantity::Count(0),
                Kind::Decimal => Quantity::Decimal(0),
                Kind::Hours => Quantity::Hundredths(0),
                _ => return None,
            };
            Some(((*name).to_owned(), zero))
        }
        // Shares of different wholes have no sum.
        Access::Derived(Derived { is: Is::Figure(zero @ (Quantity::Cents(_) | Quantity::Count(_))), .. }) => {
            Some(((*name).to_owned(), *zero))
        }
        _ => None,
    });
    measures.collect()
}

/// Rows as a value that can be gone through, counted and summed.
fn rows(context: &Arc<Context>, sheet: &'static Sheet, name: &str, found: &[AnyRow]) -> Value {
    let cells = context.ask(|scope| {
        let first = sheet.key.first().or(sheet.columns.first()).copied();
        let cell = |row: &AnyRow| first.map_or_else(Cells::default, |column| Cells::from(scope.cell_of(*row, column)));
        found.iter().map(cell).collect()
    });
    let items = found.iter().map(|it| row(context, *it)).collect();
    let (measures, register) = (measures(context, sheet), Arc::clone(&context.register));
    let chooser = Arc::new(Chooser { context: Arc::clone(context), sheet, rows: found.to_vec() });
    let places = (0..found.len()).collect();
    Rows { items, name: name.to_owned(), cells, measures, register, chooser, places }.value()
}

/// Tells the rows of a sheet by what stands under their columns, as « quand » does.
struct Chooser {
    context: Arc<Context>,
    sheet: &'static Sheet,
    rows: Vec<AnyRow>,
}

impl fmt::Debug for Chooser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} rows of {}", self.rows.len(), self.sheet.name)
    }
}

impl Choose for Chooser {
    fn choose(&self, column: &str, wanted: &Value) -> Result<Vec<bool>, String> {
        let linked = |value: &Value| value.downcast_object_ref::<Row>().map(|row| row.row);
        let condition = wanted_of(&self.context, self.sheet, column, wanted, linked)?;
        let day = self.context.today();
        let holds = |scope: &Scope| self.rows.iter().map(|row| condition.holds(scope, *row, &|| day)).collect();
        Ok(self.context.ask(holds))
    }
}

/// What is wanted of a column, as « dont » is told it; `linked` tells which row a value is.
pub(super) fn wanted_of(
    context: &Context,
    sheet: &Sheet,
    column: &str,
    wanted: &Value,
    linked: impl Fn(&Value) -> Option<AnyRow>,
) -> Result<Condition, String> {
    let asked = match context.schema.access(sheet, column) {
        Some(Access::Column(found)) => Asked::Column(found),
        Some(Access::Derived(found)) => Asked::Derived(found),
        Some(Access::Back(..)) => {
            return Err(format!("« {column} » sont des lignes d’une autre feuille, et rien qui se compare"));
        }
        None => {
            let known = context.schema.names(sheet).iter().map(|(name, _)| *name);
            let near = wording::nearest(column, known);
            let near = near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"));
            return Err(format!("{} n’a pas de colonne « {column} »{near}", sheet.name));
        }
    };
    if wanted.is_undefined() {
        return Err(format!("ce qui est comparé à « {column} » n’existe pas"));
    }
    let several: Vec<Value> = match wanted.kind() {
        ValueKind::Seq => wanted.try_iter().map(Iterator::collect).unwrap_or_default(),
        _ => vec![wanted.clone()],
    };
    match several.iter().map(linked).collect::<Option<Vec<AnyRow>>>() {
        Some(rows) if !rows.is_empty() => Ok(Condition::leads(asked, rows)),
        _ if marked::is_blank(wanted) => Ok(Condition::blank(asked)),
        _ => {
            let texts: Vec<String> = several.iter().map(marked::said).collect();
            context.ask_all(|scope| Condition::read(scope, asked, &texts))
        }
    }
}

impl Object for Row {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    /// A row that is there.
    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (context, name, sheet) = (&self.context, key.as_str()?, self.row.sheet());
        match context.schema.access(sheet, name)? {
            Access::Column(column) => Some(self.under(column)),
            Access::Back(other, column) => {
                let found = context.ask(|scope| scope.rows_with(other, column, self.row));
                Some(rows(context, other, &format!("{}.{name}", sheet.row_name), &found))
            }
            Access::Derived(derived) => Some(match self.derived(derived) {
                Made::Nothing => nothing(sheet, name, name, None),
                Made::Text(text) => Value::from(text),
                Made::Figure(figure) => context.figure(figure),
                Made::Day(day) => context.day(day),
                Made::Flag(yes) => marked::flag(yes),
                Made::Row(found) => row(context, found),
                Made::Rows(found) => {
                    let of = match derived.is {
                        Is::Rows(of) => schema::sheet_called(of),
                        _ => None,
                    };
                    rows(context, of.unwrap_or(sheet), &format!("{}.{name}", sheet.row_name), &found)
                }
            }),
        }
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.context.ask(|scope| said(scope, self.row)))
    }
}

impl Row {
    fn derived(&self, derived: &Derived) -> Made {
        let day = self.context.today();
        self.context.ask(|scope| derived.of(scope, self.row, day))
    }

    /// What stands under a column, as templates read it.
    fn under(&self, column: &'static Column) -> Value {
        let (context, sheet) = (&self.context, self.row.sheet());
        if let Kind::Reference(..) | Kind::References(..) = column.kind {
            let found = context.ask(|scope| scope.links_of(self.row, column));
            return match (column.kind, found.first()) {
                (Kind::Reference(..), None) => {
                    let cell = context.ask(|scope| scope.cell_of(self.row, column));
                    nothing(sheet, &column.name(), column.heading, Some(&cell))
                }
                (Kind::References(name, _), _) => {
                    let of = schema::sheet_called(name).unwrap_or(sheet);
                    rows(context, of, of.rows_name, &found)
                }
                (_, first) => first.map_or_else(|| Value::from(()), |it| row(context, *it)),
            };
        }
        let (field, cell, number) = context.ask(|scope| {
            (scope.field_of(self.row, column), scope.cell_of(self.row, column), scope.number_of(self.row))
        });
        written(context, sheet, column, field, Some(&cell), &number.to_string())
    }
}

/// What a blank cell gives, or a value that is not there.
pub(super) fn nothing(sheet: &Sheet, name: &str, heading: &str, cell: Option<&CellRef>) -> Value {
    let place = cell.map_or_else(String::new, |cell| format!(" ({} › {})", cell.sheet, cell.name()));
    marked::blank(format!("{}.{name}", sheet.row_name), format!("« {heading} »{place}"))
}

/// What is written under a column of a row, as templates read it; `which` tells the row's figures from those of others.
pub(super) fn written(
    context: &Context,
    sheet: &Sheet,
    column: &'static Column,
    field: Option<Field>,
    cell: Option<&CellRef>,
    which: &str,
) -> Value {
    let figure = |quantity: Quantity| {
        let name = format!("{}.{}.{which}", sheet.row_name, column.name());
        let cells = cell.cloned().map_or_else(Cells::default, Cells::from);
        context.figure(Figure::new(name, column.heading, quantity, cells))
    };
    match field {
        None if column.kind == Kind::YesNo => marked::flag(false),
        None => nothing(sheet, &column.name(), column.heading, cell),
        Some(Field::Amount(cents)) => figure(Quantity::Cents(cents)),
        Some(Field::Integer(count)) => figure(Quantity::Count(count)),
        Some(Field::Hundredths(count)) if column.kind == Kind::Decimal => figure(Quantity::number(count)),
        Some(Field::Hundredths(count)) => figure(Quantity::Hundredths(count)),
        Some(Field::Share(part, whole)) => figure(Quantity::Share(part, whole)),
        Some(Field::Date(day)) if column.kind == Kind::Month && !context.for_names => Value::from(wording::month(day)),
        Some(Field::Date(day)) if column.kind == Kind::Month => Value::from(day.format("%Y-%m").to_string()),
        Some(Field::Date(day)) => context.day(day),
        Some(Field::Dates(days)) => days.into_iter().map(|day| context.day(day)).collect::<Vec<_>>().into(),
        Some(Field::Flag(yes)) => marked::flag(yes),
        Some(Field::Text(text)) if column.kind == Kind::Markdown => Value::from_safe_string(unfenced(&text)),
        Some(Field::Choices(_) | Field::Texts(_) | Field::Enclosures(_)) => said_of(column, field.as_ref()).into(),
        Some(field) => Value::from(said_of(column, Some(&field)).join(", ")),
    }
}

/// A cell's Markdown opens no part of a template.
fn unfenced(text: &str) -> String {
    let line = |line: &str| if line.starts_with(":::") { format!("\\{line}") } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// What names a row, as a person reads it.
pub(super) fn said(scope: &Scope, row: AnyRow) -> String {
    let sheet = row.sheet();
    let named = sheet.key.iter().chain(sheet.columns.first()).copied();
    let texts = named.map(|column| said_of(column, scope.field_of(row, column).as_ref()).join(", "));
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// What tells a row from the others of its sheet, beside the rows that it leads to: a firm with its site.
pub(super) fn called(scope: &Scope, row: AnyRow) -> String {
    let own = row.sheet().key.iter().filter(|column| !matches!(column.kind, Kind::Reference(..)));
    let texts: Vec<String> = own.flat_map(|column| said_of(column, scope.field_of(row, column).as_ref())).collect();
    if texts.is_empty() { said(scope, row) } else { texts.join("-") }
}

/// What a field says, in the words of sheets; a list gives several.
pub(super) fn said_of(column: &Column, field: Option<&Field>) -> Vec<String> {
    let labels: &[Label] = match column.kind {
        Kind::Choice(labels) | Kind::Choices(labels) | Kind::Enclosures(labels) => labels,
        _ => &[],
    };
    let label = |index: &usize| labels.get(*index).map_or("", |label| label.name).to_owned();
    match field {
        None => Vec::new(),
        Some(Field::Text(text)) => vec![text.clone()],
        Some(Field::Integer(number)) => vec![number.to_string()],
        Some(Field::Amount(hundredths) | Field::Hundredths(hundredths)) => {
            let whole = (hundredths / 100).to_string();
            vec![if hundredths % 100 == 0 { whole } else { format!("{whole},{:02}", hundredths.abs() % 100) }]
        }
        Some(Field::Share(part, whole)) => vec![format!("{part}/{whole}")],
        Some(Field::Date(day)) if column.kind == Kind::Month => vec![day.format("%Y-%m").to_string()],
        Some(Field::Date(day)) => vec![day.to_string()],
        Some(Field::Dates(days)) => days.iter().map(NaiveDate::to_string).collect(),
        Some(Field::Time(time)) => vec![wording::hour(*time)],
        Some(Field::Flag(yes)) => vec![if *yes { "oui" } else { "non" }.to_owned()],
        Some(Field::Choice(index)) => vec![label(index)],
        Some(Field::Choices(indexes)) => indexes.iter().map(label).collect(),
        Some(Field::Texts(texts)) => texts.clone(),
        Some(Field::Enclosures(enclosed)) => {
            let said = |enclosed: &Enclosed<usize>| match enclosed {
                Enclosed::Listed(index) => label(index),
                Enclosed::File(file) => file.name.clone(),
            };
            enclosed.iter().map(said).collect()
        }
    }
}
