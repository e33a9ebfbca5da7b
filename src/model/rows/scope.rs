//! Who reads, and what was read: rows are reached through a scope made for readers, which notes what it is asked.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;
use std::rc::Rc;

use super::{At, Record};
use crate::model::{Aid, Atlas, Disclosure, Partner, SHEETS, Tables, Territory, Visitor};
use crate::records::{Column, Sheet};

/// Who may read a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Readers {
    /// Anybody: only what is public may stand in it.
    Public,
    /// All partners of the programme: no firm is named unless its aid is public.
    Partners,
    /// One partner, by its place in the sheet Partenaires: its own rows, and what all partners read.
    Partner(u32),
    /// The operator's own use.
    Operator,
}

/// Whether the readers of a kind may read a row.
pub(super) type Rule<T> = for<'s> fn(At<'s, T>) -> bool;

/// Who may read the rows of a sheet.
pub struct Sight<T: 'static> {
    /// What anybody reads, in the guide's words, and the rule.
    pub public: (&'static str, Rule<T>),
    /// What all partners read.
    pub partners: (&'static str, Rule<T>),
    /// The partner that a row belongs to, and that reads it whatever others may.
    pub owner: Option<Owner<T>>,
}

/// The partner that a row belongs to.
pub(super) type Owner<T> = for<'s> fn(At<'s, T>) -> Option<At<'s, Partner>>;

impl<T> Sight<T> {
    /// Anybody reads all rows.
    pub const PUBLIC: Self = Self { public: ("tout", |_| true), ..Self::PARTNERS };
    /// All partners read all rows, others none.
    pub const PARTNERS: Self = Self { public: ("rien", |_| false), partners: ("tout", |_| true), owner: None };
    /// The operator alone reads them.
    pub const INTERNAL: Self = Self { partners: ("rien", |_| false), ..Self::PARTNERS };
}

/// The columns of all sheets that were asked for.
#[derive(Debug, Default)]
pub(super) struct Seen([Cell<u128>; SHEETS]);

/// Stands for the rows of a sheet as such, whatever column of them is read.
const ROWS: u128 = 1;

impl Seen {
    /// Notes a column of a sheet.
    pub(super) fn note(&self, place: usize, column: &Column) {
        self.add(place, ROWS | bit(column));
    }

    /// Notes that a sheet was asked for rows.
    pub(super) fn rows(&self, place: usize) {
        self.add(place, ROWS);
    }

    fn add(&self, place: usize, bits: u128) {
        let seen = &self.0[place];
        seen.set(seen.get() | bits);
    }

    fn reads(&self) -> Reads {
        Reads(std::array::from_fn(|place| self.0[place].get()))
    }

    fn absorb(&self, reads: &Reads) {
        (0..SHEETS).for_each(|place| self.add(place, reads.0[place]));
    }
}

fn bit(column: &Column) -> u128 {
    1_u128.checked_shl(u32::try_from(column.index + 1).unwrap_or(u32::MAX)).unwrap_or(0)
}

/// Which columns of which sheets were read: an error in one of them stops what read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reads([u128; SHEETS]);

impl Reads {
    /// Whether any row of a sheet was read.
    #[must_use]
    pub fn sheet(&self, name: &str) -> bool {
        Tables::place(name).is_some_and(|place| self.0[place] != 0)
    }

    /// Whether a column of a sheet was read.
    #[must_use]
    pub fn column(&self, sheet: &Sheet, column: &Column) -> bool {
        Tables::place(sheet.name).is_some_and(|place| self.0[place] & bit(column) != 0)
    }

    /// What either read.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|place| self.0[place] | other.0[place]))
    }
}

/// Where one document is drafted: every scope is made here, and all that they are asked is noted in one place.
pub struct Desk<'d> {
    shared: &'d Disclosure,
    seen: Rc<Seen>,
}

impl<'d> Desk<'d> {
    /// A desk on which nothing was read yet.
    #[must_use]
    pub fn new(shared: &'d Disclosure) -> Self {
        Self { shared, seen: Rc::default() }
    }

    /// The rows as readers may reach them.
    #[must_use]
    pub fn scope(&self, readers: Readers) -> Scope<'_> {
        let model = &self.shared.model;
        Scope {
            shared: self.shared,
            tables: &model.tables,
            territory: &model.territory,
            readers,
            seen: &self.seen,
            announced: OnceCell::new(),
        }
    }

    /// Notes what another desk saw read.
    pub fn absorb(&self, reads: &Reads) {
        self.seen.absorb(reads);
    }

    /// What was read so far.
    #[must_use]
    pub fn reads(&self) -> Reads {
        self.seen.reads()
    }
}

/// The rows as some readers may reach them.
#[derive(Clone)]
pub struct Scope<'s> {
    shared: &'s Disclosure,
    pub(super) tables: &'s Tables,
    territory: &'s Territory,
    readers: Readers,
    pub(super) seen: &'s Seen,
    /// Firms with an award that was announced publicly, by their places.
    announced: OnceCell<HashSet<u32>>,
}

impl<'s> Scope<'s> {
    /// What `territoire.toml` says.
    #[must_use]
    pub fn territory(&self) -> &'s Territory {
        self.territory
    }

    /// What `carte.geojson` says.
    #[must_use]
    pub fn atlas(&self) -> &'s Atlas {
        &self.shared.model.atlas
    }

    /// Who reads.
    #[must_use]
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The rows of a sheet that the readers may read, in its order.
    pub fn rows<T: Record>(&self) -> impl Iterator<Item = At<'_, T>> + Clone {
        self.seen.rows(T::PLACE);
        let count = u32::try_from(T::table(self.tables).rows.len()).unwrap_or(u32::MAX);
        (0..count).map(|index| At::new(self, index)).filter(|row| self.sees(*row))
    }

    /// The columns of one's own that a sheet has.
    #[must_use]
    pub fn own_columns<T: Record>(&self) -> &'s [&'static Column] {
        &T::table(self.tables).own
    }

    /// Does something for every sheet.
    pub fn visit(&self, visitor: &mut impl Visitor) {
        self.tables.visit(None, visitor);
    }

    /// Firms with an award that was announced publicly, by their places.
    #[must_use]
    pub fn announced_firms(&self) -> &HashSet<u32> {
        self.announced.get_or_init(|| {
            let whole = self.whole();
            whole.rows::<Aid>().filter(|aid| aid.is_announced()).map(|aid| aid.firm().index()).collect()
        })
    }

    /// The same rows with nothing hidden: for statistics, which hand out figures and no rows.
    pub(in crate::model) fn whole(&self) -> Self {
        Self { readers: Readers::Operator, ..self.clone() }
    }

    /// What the documents of a run share.
    pub(in crate::model) fn shared(&self) -> &'s Disclosure {
        self.shared
    }

    /// Notes what another reading of the same rows noted.
    pub(in crate::model) fn absorb(&self, reads: &Reads) {
        self.seen.absorb(reads);
    }

    pub(super) fn sees<T: Record>(&self, row: At<'_, T>) -> bool {
        match &self.readers {
            Readers::Operator => true,
            Readers::Public => T::SIGHT.public.1(row),
            Readers::Partners => T::SIGHT.partners.1(row),
            Readers::Partner(_) => T::SIGHT.partners.1(row) || self.owns(row),
        }
    }

    /// Whether a row belongs to the readers.
    pub(super) fn owns<T: Record>(&self, row: At<'_, T>) -> bool {
        match &self.readers {
            Readers::Operator => true,
            Readers::Partner(index) => {
                let owner = T::SIGHT.owner.and_then(|owner| owner(row));
                owner.is_some_and(|partner| partner.index() == *index)
            }
            Readers::Public | Readers::Partners => false,
        }
    }
}
