//! Values that templates of one's own find beside the columns of a row: who signs, what is due, what follows.

mod acts;
mod committees;
mod money;
mod people;

use chrono::NaiveDate;

use crate::figures::{Figure, Quantity};
use crate::model::{AnyRow, At, Record, Scope};
use crate::records::Sheet;

/// What a derived value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// Words.
    Text,
    /// A figure, by one of its measure that has nothing in it.
    Figure(Quantity),
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// A row of a sheet.
    Row(&'static str),
    /// Several rows of a sheet.
    Rows(&'static str),
}

/// A derived value.
#[derive(Debug)]
pub(super) enum Made {
    /// Nothing: a blank.
    Nothing,
    /// Words.
    Text(String),
    /// A figure.
    Figure(Figure),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A row.
    Row(AnyRow),
    /// Several rows.
    Rows(Vec<AnyRow>),
}

/// The declaration of a derived value.
pub(super) struct Derived {
    /// The sheet whose rows have it.
    sheet: &'static str,
    /// Its name in templates.
    pub(super) name: &'static str,
    /// What it is, for the guide.
    pub(super) about: &'static str,
    /// Its kind.
    pub(super) is: Is,
    /// Whether every row has it, however little is filled.
    pub(super) always: bool,
    make: Make,
}

/// How the value of a row is found, as readers find it on a day.
type Make = fn(&Scope, AnyRow, NaiveDate) -> Made;

/// An amount.
const AMOUNT: Is = Is::Figure(Quantity::Cents(0));
/// A number of things.
const COUNT: Is = Is::Figure(Quantity::Count(0));
/// A share of a whole.
const SHARE: Is = Is::Figure(Quantity::Share(0, 1));

const fn derived(sheet: &'static str, name: &'static str, about: &'static str, is: Is, make: Make) -> Derived {
    Derived { sheet, name, about, is, always: false, make }
}

impl Derived {
    /// The same, of every row.
    const fn always(self) -> Self {
        Self { always: true, ..self }
    }

    /// The value of a row, as readers find it on a day.
    pub(super) fn of(&self, scope: &Scope, row: AnyRow, day: NaiveDate) -> Made {
        (self.make)(scope, row, day)
    }
}

/// Every derived value, by what it is about.
static ALL: [&[Derived]; 4] = [people::ALL, committees::ALL, acts::ALL, money::ALL];

/// The derived values of a sheet's rows.
pub(super) fn of(sheet: &Sheet) -> impl Iterator<Item = &'static Derived> {
    let name = sheet.name;
    ALL.into_iter().flatten().filter(move |derived| derived.sheet == name)
}

fn made<'s, T: Record>(scope: &'s Scope, row: AnyRow, make: impl FnOnce(At<'s, T>) -> Option<Made>) -> Made {
    scope.typed::<T>(row).and_then(make).unwrap_or(Made::Nothing)
}
