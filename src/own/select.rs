//! Which rows a template is for: what their columns say.

use chrono::NaiveDate;

use super::derived::{Derived, Is, Made};
use super::schema::sheet_called;
use super::values::said_of;
use crate::model::{AnyRow, Scope};
use crate::records::{Column, Field, Kind};
use crate::wording::{self, fold, nearest};

/// What is asked of a row: what stands under a column, or what is derived from it.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// A column.
    Column(&'static Column),
    /// A derived value: yes or no, a day, words.
    Derived(&'static Derived),
}

/// What a row must say.
#[derive(Clone)]
pub(super) struct Condition {
    asked: Asked,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    /// One of several.
    Any(Vec<Test>),
    /// One of these.
    Among(Vec<String>),
    Filled,
    Blank,
    /// A day within two, compared.
    Day(Order, NaiveDate, NaiveDate),
    /// A row that it leads to.
    Row(Vec<AnyRow>),
}

#[derive(Debug, Clone, Copy)]
enum Order {
    Before,
    UpTo,
    From,
    After,
    On,
}

/// The signs that compare a day, the longer ones first.
const ORDERS: [(&str, Order); 5] =
    [(">=", Order::From), ("<=", Order::UpTo), (">", Order::After), ("<", Order::Before), ("=", Order::On)];

impl Asked {
    /// Its name in a front matter.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Column(column) => column.heading,
            Self::Derived(derived) => derived.name,
        }
    }

    /// Whether it is a day.
    pub(super) fn is_day(self) -> bool {
        match self {
            Self::Column(column) => matches!(column.kind, Kind::Date | Kind::Month),
            Self::Derived(derived) => derived.is == Is::Day,
        }
    }

    /// Whether it is compared as days are: one, or several.
    fn is_days(self) -> bool {
        self.is_day() || matches!(self, Self::Column(Column { kind: Kind::Dates, .. }))
    }

    fn is_number(self) -> bool {
        match self {
            Self::Column(column) => {
                matches!(column.kind, Kind::Integer(..) | Kind::Amount | Kind::Decimal | Kind::Hours)
            }
            Self::Derived(derived) => matches!(derived.is, Is::Figure(_)),
        }
    }

    fn is_flag(self) -> bool {
        match self {
            Self::Column(column) => column.kind == Kind::YesNo,
            Self::Derived(derived) => derived.is == Is::Flag,
        }
    }

    /// The day that a row has, as it is found on a day: asked for only where it is needed, since much is read for it.
    pub(super) fn day(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Column(column) => match scope.field_of(row, column) {
                Some(Field::Date(day)) => Some(day),
                _ => None,
            },
            Self::Derived(derived) => match derived.of(scope, row, on()) {
                Made::Day(day) => Some(day),
                _ => None,
            },
        }
    }

    /// The days that a row has.
    fn days(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Vec<NaiveDate> {
        match self {
            Self::Column(column) if column.kind == Kind::Dates => match scope.field_of(row, column) {
                Some(Field::Dates(days)) => days,
                _ => Vec::new(),
            },
            _ => self.day(scope, row, on).into_iter().collect(),
        }
    }

    /// The rows that a row leads to.
    fn rows(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Vec<AnyRow> {
        match self {
            Self::Column(column) => scope.links_of(row, column),
            Self::Derived(derived) => match derived.of(scope, row, on()) {
                Made::Row(found) => vec![found],
                Made::Rows(found) => found,
                _ => Vec::new(),
            },
        }
    }

    /// All values that it may have, where they are known, each with the other names of what it means.
    fn known(self, scope: &Scope) -> Vec<(String, Vec<String>)> {
        let alone = |name: &str| (name.to_owned(), Vec::new());
        match self {
            _ if self.is_flag() => ["oui", "non"].map(alone).to_vec(),
            Self::Column(Column { kind: Kind::Choice(labels) | Kind::Choices(labels), .. }) => {
                labels.iter().map(|label| alone(label.name)).collect()
            }
            Self::Column(Column { kind: Kind::Theme, .. }) => {
                scope.territory().themes.iter().map(|theme| alone(theme)).collect()
            }
            Self::Column(Column { kind: Kind::Reference(to, _) | Kind::References(to, _), .. }) => {
                let Some(sheet) = sheet_called(to) else { return Vec::new() };
                let texts = sheet.columns.iter().copied().filter(|column| column.kind == Kind::Text);
                let said = |row: AnyRow| {
                    let said = texts.clone().flat_map(|column| said_of(column, scope.field_of(row, column).as_ref()));
                    said.collect()
                };
                scope.names_of(sheet).into_iter().zip(scope.rows_of(sheet).into_iter().map(said)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Why a text is no value of it.
    fn refuses(self, known: &[(String, Vec<String>)], text: &str) -> Option<String> {
        if self.is_number() && number(text).is_none() {
            return Some(format!(
                "« {text} » : « {} » attend un nombre, exactement ; seules les dates se comparent",
                self.name()
            ));
        }
        if known.is_empty() || known.iter().any(|(name, _)| fold(name) == fold(text)) {
            return None;
        }
        let meant = known.iter().find(|(_, others)| others.iter().any(|other| fold(other) == fold(text)));
        let near = meant.map(|(name, _)| name.as_str());
        let near = near.or_else(|| nearest(text, known.iter().map(|(name, _)| name.as_str())));
        let near = near.map_or_else(String::new, |near| format!(" ; vouliez-vous dire « {near} » ?"));
        Some(format!("« {text} » n’est pas une valeur de la colonne « {} »{near}", self.name()))
    }

    /// What a row says, in the words of sheets.
    fn said(self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> Vec<String> {
        match self {
            Self::Column(column) => said_of(column, scope.field_of(row, column).as_ref()),
            Self::Derived(derived) => match derived.of(scope, row, on()) {
                Made::Text(text) => vec![text],
                Made::Flag(yes) => vec![if yes { "oui" } else { "non" }.to_owned()],
                Made::Day(day) => vec![day.to_string()],
                Made::Figure(figure) => vec![figure.amount().to_string()],
                Made::Row(_) => vec![String::new()],
                Made::Rows(rows) => rows.iter().map(|_| String::new()).collect(),
                Made::Nothing => Vec::new(),
            },
        }
    }
}

impl Condition {
    /// A condition from its texts, or why it is none.
    pub(super) fn read(scope: &Scope, asked: Asked, texts: &[String]) -> Result<Self, String> {
        if let Some(text) = texts.iter().find(|text| text.contains("{{")) {
            return Err(format!(
                "« {text} » : une valeur s’écrit telle quelle, sans accolades ; « chaque » ne garde de lui-même que les \
                 lignes liées à celle de « pour »"
            ));
        }
        let test = match texts {
            [] => return Err("la liste est vide : aucune ligne ne conviendrait".to_owned()),
            [only] if fold(only) == "rempli" => Test::Filled,
            [only] if fold(only) == "vide" => Test::Blank,
            [only] if asked.is_days() => {
                let (order, text) = ORDERS
                    .iter()
                    .find_map(|(sign, order)| Some((*order, only.trim().strip_prefix(sign)?)))
                    .unwrap_or((Order::On, only));
                let (first, last) = wording::days_meant(text).ok_or_else(|| {
                    format!("« {only} » : un jour ou un mois est attendu, comme « 2022-07-01 », « >= 2022-07-01 » ou « 2022-07 »")
                })?;
                Test::Day(order, first, last)
            }
            several if asked.is_days() => {
                let all = several.iter().map(|text| Self::read(scope, asked, std::slice::from_ref(text)));
                let tests: Vec<Test> = all.map(|read| read.map(|it| it.test)).collect::<Result<_, _>>()?;
                return Ok(Self { asked, test: Test::Any(tests) });
            }
            several => {
                let known = asked.known(scope);
                if let Some(reason) = several.iter().find_map(|text| asked.refuses(&known, text)) {
                    return Err(reason);
                }
                let comparable =
                    |text: &String| number(text).filter(|_| asked.is_number()).unwrap_or_else(|| fold(text));
                Test::Among(several.iter().map(comparable).collect())
            }
        };
        Ok(Self { asked, test })
    }

    /// That a row leads to one of some rows.
    pub(super) fn leads(asked: Asked, rows: Vec<AnyRow>) -> Self {
        Self { asked, test: Test::Row(rows) }
    }

    /// That a row says nothing there.
    pub(super) fn blank(asked: Asked) -> Self {
        Self { asked, test: Test::Blank }
    }

    /// What it asks of a row.
    pub(super) fn asked(&self) -> Asked {
        self.asked
    }

    /// Whether it wants nothing to stand there.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.test, Test::Blank)
    }

    /// Whether one of the values that it wants is this one; where it names none, any is.
    pub(super) fn wants(&self, text: &str) -> bool {
        match &self.test {
            Test::Among(wanted) => wanted.contains(&fold(text)),
            _ => true,
        }
    }

    /// Its column, and all that rows say there.
    pub(super) fn values(
        &self,
        scope: &Scope,
        rows: &[AnyRow],
        on: &dyn Fn() -> NaiveDate,
    ) -> (&'static str, Vec<String>) {
        let mut values: Vec<String> = Vec::new();
        for value in rows.iter().flat_map(|row| self.asked.said(scope, *row, on)) {
            if !value.is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        (self.asked.name(), values)
    }

    /// Whether a row says so, as it is found on a day.
    pub(super) fn holds(&self, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> bool {
        self.passes(&self.test, scope, row, on)
    }

    fn passes(&self, test: &Test, scope: &Scope, row: AnyRow, on: &dyn Fn() -> NaiveDate) -> bool {
        let said = || self.asked.said(scope, row, on);
        match test {
            Test::Filled => !said().is_empty(),
            Test::Blank => said().is_empty(),
            Test::Any(tests) => tests.iter().any(|test| self.passes(test, scope, row, on)),
            Test::Row(wanted) => self.asked.rows(scope, row, on).iter().any(|row| wanted.contains(row)),
            Test::Day(order, first, last) => self.asked.days(scope, row, on).into_iter().any(|day| match order {
                Order::Before => day < *first,
                Order::UpTo => day <= *last,
                Order::From => day >= *first,
                Order::After => day > *last,
                Order::On => (*first..=*last).contains(&day),
            }),
            Test::Among(wanted) => {
                let mut said = said();
                if said.is_empty() && self.asked.is_flag() {
                    said.push("non".to_owned());
                }
                if let (Asked::Column(Column { kind: Kind::Choice(labels), required: false, .. }), true) =
                    (self.asked, said.is_empty())
                {
                    // A blank cell of a closed list means its first value.
                    said.extend(labels.first().map(|label| label.name.to_owned()));
                }
                said.iter().any(|said| {
                    wanted.contains(&number(said).filter(|_| self.asked.is_number()).unwrap_or_else(|| fold(said)))
                })
            }
        }
    }
}

/// A number as it is compared: without spaces, euro sign or empty decimals; nothing where it is none.
fn number(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let compact = compact.replace('.', ",");
    let (whole, decimals) = compact.split_once(',').unwrap_or((&compact, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(decimals) && !whole.is_empty();
    let decimals = decimals.trim_end_matches('0');
    is_number.then(|| if decimals.is_empty() { whole.to_owned() } else { format!("{whole},{decimals}") })
}
