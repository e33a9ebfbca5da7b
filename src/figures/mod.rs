//! Where a value comes from, and what is printed of it.
//!
//! A figure is a named value with the cells behind it. What stands on a page, in a workbook, a message or a chart is a
//! [`Printed`], and only this module makes one. It must not know what the values are about.

mod cells;
mod phrase;
mod printed;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::cells::{CellRef, Cells, SheetOrigin, column_letters};
pub(crate) use self::phrase::phrase;
pub use self::phrase::{Phrase, Piece};
pub use self::printed::{Length, Printed};

/// What a figure measures; amounts are integer cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantity {
    /// A number of things.
    #[serde(rename = "nombre")]
    Count(i64),
    /// An amount in cents.
    #[serde(rename = "centimes")]
    Cents(i64),
    /// A share, with both numbers: the second is the whole.
    #[serde(rename = "part")]
    Share(i64, i64),
    /// A number of hours, in hundredths.
    #[serde(rename = "centiemes")]
    Hundredths(i64),
    /// A number with decimals, in hundredths.
    #[serde(rename = "decimal")]
    Decimal(i64),
    /// A change: what was, what is.
    #[serde(rename = "evolution")]
    Change(i64, i64),
}

impl Quantity {
    /// The number of a count, the cents of an amount, the numerator of a share, the difference of a change.
    #[must_use]
    pub fn amount(self) -> i64 {
        match self {
            Self::Count(value)
            | Self::Cents(value)
            | Self::Hundredths(value)
            | Self::Decimal(value)
            | Self::Share(value, _) => value,
            Self::Change(before, after) => after.saturating_sub(before),
        }
    }

    /// A number that was written with decimals, or could have been: a whole one is a count.
    #[must_use]
    pub fn number(hundredths: i64) -> Self {
        if hundredths % 100 == 0 { Self::Count(hundredths / 100) } else { Self::Decimal(hundredths) }
    }

    /// The same as [`Quantity::amount`], in hundredths, so that whole numbers and others compare and add up.
    #[must_use]
    pub fn hundredths(self) -> i64 {
        match self {
            Self::Decimal(value) => value,
            other => other.amount().saturating_mul(100),
        }
    }
}

/// What is printed of a figure that its readers may not know.
pub const SECRET: &str = "secret";

/// A named value, computed in one place, with the cells that it comes from.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// A stable name, for instance `aides.obtenues`: two documents that print the same name print the same value.
    #[serde(rename = "nom")]
    name: Arc<str>,
    /// What it is, in the reader's words.
    #[serde(rename = "libelle")]
    label: Arc<str>,
    #[serde(rename = "valeur")]
    value: Quantity,
    /// The cells behind it; figures of one computation share them.
    #[serde(rename = "cellules")]
    sources: Cells,
    /// Whether its readers may not know the value: it is then not here, and « secret » is printed.
    #[serde(rename = "secret", skip_serializing_if = "std::ops::Not::not")]
    is_secret: bool,
}

impl Figure {
    /// A figure over the cells that it is computed from.
    #[must_use]
    pub fn new(
        name: impl Into<Arc<str>>,
        label: impl Into<Arc<str>>,
        value: Quantity,
        sources: impl Into<Cells>,
    ) -> Self {
        Self { name: name.into(), label: label.into(), value, sources: sources.into(), is_secret: false }
    }

    /// The same figure for readers who may not know its value. The value is taken out: nothing later can print, compare or
    /// draw it.
    #[must_use]
    pub fn withheld(self) -> Self {
        let value = match self.value {
            Quantity::Count(_) => Quantity::Count(0),
            Quantity::Cents(_) => Quantity::Cents(0),
            Quantity::Hundredths(_) => Quantity::Hundredths(0),
            Quantity::Decimal(_) => Quantity::Decimal(0),
            Quantity::Share(..) => Quantity::Share(0, 0),
            Quantity::Change(..) => Quantity::Change(0, 0),
        };
        Self { value, is_secret: true, ..self }
    }

    /// The same, withheld where a condition says so: what is computed of something secret is secret.
    fn withheld_if(self, is_secret: bool) -> Self {
        if is_secret { self.withheld() } else { self }
    }

    /// Whether its readers may not know the value.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }

    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is, in the reader's words.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> Quantity {
        self.value
    }

    /// The cells behind it.
    #[must_use]
    pub fn sources(&self) -> &Cells {
        &self.sources
    }

    /// The number of a count, the cents of an amount, the numerator of a share.
    #[must_use]
    pub fn amount(&self) -> i64 {
        self.value.amount()
    }

    /// Whether it is nothing: no things, no money, a share of nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.amount() == 0 && !self.is_secret
    }

    /// The change from another figure to this one, where both measure the same.
    #[must_use]
    pub fn change_from(&self, before: &Self) -> Self {
        Self::new(
            format!("{}.evolution", self.name),
            format!("évolution, {}", self.label),
            Quantity::Change(before.amount(), self.amount()),
            [before.sources.clone(), self.sources.clone()].into_iter().collect::<Cells>(),
        )
        .withheld_if(before.is_secret || self.is_secret)
    }

    /// What several figures of one kind make together.
    #[must_use]
    pub fn sum<'f>(
        name: impl Into<Arc<str>>,
        label: impl Into<Arc<str>>,
        kind: fn(i64) -> Quantity,
        figures: impl IntoIterator<Item = &'f Self>,
    ) -> Self {
        let mut total = 0_i64;
        let mut cells = Vec::new();
        let mut is_secret = false;
        for figure in figures {
            is_secret |= figure.is_secret;
            total = total.saturating_add(figure.amount());
            cells.push(figure.sources.clone());
        }
        Self::new(name, label, kind(total), cells.into_iter().collect::<Cells>()).withheld_if(is_secret)
    }

    /// The first number of a share, as a figure of its own; of anything else there is none.
    #[must_use]
    pub fn numerator(&self) -> Option<Self> {
        match self.value {
            Quantity::Share(part, _) => Some(self.of_it("numerateur", part)),
            _ => None,
        }
    }

    /// The whole of a share, as a figure of its own; of anything else there is none.
    #[must_use]
    pub fn denominator(&self) -> Option<Self> {
        match self.value {
            Quantity::Share(_, whole) => Some(self.of_it("denominateur", whole)),
            _ => None,
        }
    }

    fn of_it(&self, kind: &str, count: i64) -> Self {
        let label = format!("{kind}, {}", self.label);
        Self::new(format!("{}.{kind}", self.name), label, Quantity::Count(count), self.sources.clone())
            .withheld_if(self.is_secret)
    }

    /// How much of a whole it is.
    #[must_use]
    pub fn share_of(&self, whole: &Self) -> Self {
        Self::new(
            format!("{}.part", self.name),
            format!("part, {}", self.label),
            Quantity::Share(self.amount(), whole.amount()),
            [self.sources.clone(), whole.sources.clone()].into_iter().collect::<Cells>(),
        )
        .withheld_if(self.is_secret || whole.is_secret)
    }
}

impl fmt::Debug for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: &dyn fmt::Debug = if self.is_secret { &SECRET } else { &self.value };
        write!(formatter, "{} = {value:?}", self.name)
    }
}
