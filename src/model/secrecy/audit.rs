//! The audit of what is printed. It forgets how it was decided what may be told: it takes the figures of finished documents,
//! finds of which rows each is the sum, and asks for every reader what follows for the enterprises that he does not know.
//!
//! Statisticians call it the attacker's problem, and their programs (τ-ARGUS, sdcTable) answer it as it is answered here:
//! what stands in the same sums is one unknown, the least and the most that an enterprise can have settle nearly all of them
//! at a glance, and linear programming the rest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::facts::Facts;
use super::rows::{self, Row, RowSet};
use super::rule::{FEWEST, Parts};
use super::system::{Kind, Reader};
use crate::bounds::{Known, NEAR, Sums};
use crate::figures::{CellRef, Figure, Quantity};
use crate::model::{Aid, Course, Indicator, Readers, Record as _, Scope, Support};
use crate::records::Column;

/// A figure that a document prints.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// The figure.
    pub figure: &'t Figure,
    /// Who reads the file that prints it.
    pub readers: &'t Readers,
    /// The document, by its place in a list of the caller's.
    pub document: usize,
}

/// What somebody can learn of an enterprise that he does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Who: each partner, or one of them.
    pub readers: Readers,
    /// What of.
    pub cell: CellRef,
    /// What he learns.
    pub tells: Tells,
    /// The figure that tells it, or the smallest of those that tell it together.
    pub figures: Vec<Figure>,
    /// The documents that print them.
    pub documents: BTreeSet<usize>,
}

/// What figures tell of an enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// They rest on so few that he does not know.
    Few(usize),
    /// It makes most of them: more than [`super::LARGEST`] percent.
    Most,
    /// It lies between these two, both within a tenth of the truth.
    Between(Quantity, Quantity),
}

/// What figures are sums of: numbers of rows, or what stands under some columns.
struct Measure {
    sheet: &'static str,
    kind: Kind,
    /// The columns of an amount; the first one is named. None of them holds what a number counts.
    columns: &'static [&'static Column],
    quantity: fn(i64) -> Quantity,
    rows: Vec<Row>,
    /// How many enterprises the rows are of; they are numbered from 0.
    enterprises: usize,
}

/// A figure as a sum over rows.
struct Equation<'t> {
    told: Told<'t>,
    rows: RowSet,
    documents: BTreeSet<usize>,
}

/// The same for a reader: the rows that he does not know.
struct Sum<'e> {
    rows: RowSet,
    of: &'e Equation<'e>,
}

/// The columns that hold amounts, in the sheet of applications and in that of exchanges.
const AMOUNTS: [&Column; 6] =
    [Aid::OBTAINED, Aid::INVESTMENT, Aid::REQUESTED, Aid::JOBS_CREATED, Aid::JOBS_KEPT, Support::HOURS];

/// What each partner, and each of them with its own firms, can learn of enterprises from all figures that he reads.
#[must_use]
pub fn audit(scope: &Scope, told: &[Told]) -> Vec<Guess> {
    let facts = Facts::read(scope);
    let sheets = [Sheet::of_aids(scope), Sheet::of_supports(scope)];
    let mut guesses = Vec::new();
    for measure in measures(&facts) {
        let Some(sheet) = sheets.iter().flatten().find(|sheet| sheet.name == measure.sheet) else { continue };
        for equations in measure.series(sheet, told) {
            for reader in facts.readers.iter().filter(|reader| **reader != Reader::Stranger) {
                guesses.extend(Attack::new(&measure, sheet, *reader, &equations).guesses());
            }
        }
    }
    guesses
}

/// A sheet: where its columns and rows stand.
struct Sheet {
    name: &'static str,
    file: CellRef,
    headings: HashMap<u32, &'static str>,
    places: HashMap<u32, u32>,
    numbers: Vec<u32>,
}

impl Sheet {
    fn of_aids(scope: &Scope) -> Option<Self> {
        let first = scope.aids().next()?;
        let columns = first.stands_at().0.columns.iter();
        let numbers = scope.aids().map(|row| row.row_number());
        Some(Self::new(Aid::NAME, first.cell(Aid::FIRM), columns, numbers.collect()))
    }

    fn of_supports(scope: &Scope) -> Option<Self> {
        let first = scope.supports().next()?;
        let columns = first.stands_at().0.columns.iter();
        let numbers = scope.supports().map(|row| row.row_number());
        Some(Self::new(Support::NAME, first.cell(Support::FIRM), columns, numbers.collect()))
    }

    fn new<'c>(
        name: &'static str,
        file: CellRef,
        columns: impl Iterator<Item = &'c (&'static str, u32)>,
        numbers: Vec<u32>,
    ) -> Self {
        let places = numbers.iter().copied().zip(0..).collect();
        Self { name, file, headings: columns.map(|(heading, place)| (*place, *heading)).collect(), places, numbers }
    }

    /// The cell of a row under a column; the firm's where there is no such column.
    fn cell(&self, place: u32, column: Option<&&Column>) -> CellRef {
        let of = |heading: &str| self.headings.iter().find(|(_, known)| **known == heading).map(|(place, _)| *place);
        CellRef {
            row: usize::try_from(place).ok().and_then(|place| self.numbers.get(place)).copied().unwrap_or(1),
            column: column.and_then(|column| of(column.heading)).unwrap_or(self.file.column),
            ..self.file.clone()
        }
    }
}

fn measures(facts: &Facts) -> Vec<Measure> {
    let of = |sheet, kind, columns, quantity, mut rows: Vec<Row>| {
        let enterprises = rows::number(&mut rows);
        Measure { sheet, kind, columns, quantity, rows, enterprises }
    };
    let aids = |columns, quantity, value: fn(&super::facts::AidFact) -> i64| {
        let rows = facts.aids.iter().map(|aid| aid.row(value(aid)));
        of(Aid::NAME, Kind::Amounts, columns, quantity, rows.collect())
    };
    let hours = facts.supports.iter().map(|support| support.row(support.hours.unwrap_or(0)));
    let exchanges = facts.supports.iter().map(|support| support.row(1));
    vec![
        aids(&[Aid::OBTAINED], Quantity::Cents, |aid| aid.obtained),
        aids(&[Aid::INVESTMENT], Quantity::Cents, |aid| aid.investment),
        aids(&[Aid::REQUESTED], Quantity::Cents, |aid| aid.requested),
        aids(&[Aid::JOBS_CREATED, Aid::JOBS_KEPT], Quantity::Count, |aid| aid.jobs),
        Measure { kind: Kind::Counts, ..aids(&[], Quantity::Count, |_| 1) },
        of(Support::NAME, Kind::Amounts, &[Support::HOURS], Quantity::Hundredths, hours.collect()),
        of(Support::NAME, Kind::Counts, &[], Quantity::Count, exchanges.collect()),
    ]
}

impl Measure {
    fn row(&self, place: u32) -> Option<&Row> {
        usize::try_from(place).ok().and_then(|place| self.rows.get(place))
    }

    /// The figures that are sums over the rows, each once for who reads it; those apart that say nothing about each other.
    fn series<'t>(&self, sheet: &Sheet, told: &[Told<'t>]) -> Vec<Vec<Equation<'t>>> {
        let mut series: BTreeMap<&str, Vec<Equation>> = BTreeMap::new();
        let mut known: HashMap<(&Readers, &str, i64), Option<(&str, usize)>> = HashMap::new();
        for it in told.iter().filter(|it| !it.figure.is_secret()) {
            let key = (it.readers, it.figure.name(), it.figure.amount());
            let place = *known.entry(key).or_insert_with(|| {
                let rows = self.rows_of(sheet, it.figure)?;
                let name = self.series_of(it.figure.name(), &rows);
                let equations = series.entry(name).or_default();
                equations.push(Equation { told: *it, rows: RowSet::new(rows), documents: BTreeSet::new() });
                Some((name, equations.len() - 1))
            });
            let equation = place.and_then(|(name, place)| series.get_mut(name)?.get_mut(place));
            if let Some(equation) = equation {
                equation.documents.insert(it.document);
            }
        }
        series.into_values().collect()
    }

    /// With which others a figure can be added up. Amounts are of rows, whatever chose these. Numbers are of what they count,
    /// over days that lie in one another: what stands at a day is told anew each day, and different firms are counted anew in
    /// every period.
    fn series_of<'n>(&self, name: &'n str, rows: &[u32]) -> &'n str {
        let Some((kind, window)) = name.split_once('@').filter(|_| self.kind == Kind::Counts) else { return "" };
        let is_stock = Indicator::of(kind).is_some_and(|indicator| indicator.course == Course::Stock);
        let mut firms = HashSet::new();
        let are_different = rows.iter().filter_map(|place| self.row(*place)).all(|row| firms.insert(row.enterprise));
        let is_alone = is_stock || self.sheet == Support::NAME && are_different && !window.starts_with("..");
        if is_alone { name } else { kind }
    }

    /// The rows that a figure is the sum of; nothing where it is something else.
    fn rows_of(&self, sheet: &Sheet, figure: &Figure) -> Option<Vec<u32>> {
        if (self.quantity)(figure.amount()) != figure.value() {
            return None;
        }
        let mut rows: Vec<u32> = Vec::new();
        for cell in figure.sources().iter() {
            let heading = *sheet.headings.get(&cell.column)?;
            let is_of = |columns: &[&Column]| columns.iter().any(|column| column.heading == heading);
            let is_meant = if self.columns.is_empty() { !is_of(&AMOUNTS) } else { is_of(self.columns) };
            if cell.sheet != sheet.file.sheet || !is_meant {
                return None;
            }
            rows.push(*sheet.places.get(&cell.row)?);
        }
        rows.sort_unstable();
        rows.dedup();
        let total: i64 = rows.iter().filter_map(|place| self.row(*place)).map(|row| row.value).sum();
        (!rows.is_empty() && total == figure.amount()).then_some(rows)
    }

    fn parts(&self, rows: &[u32]) -> Parts {
        let mut parts = Parts::new();
        for row in rows.iter().filter_map(|place| self.row(*place)) {
            *parts.entry(row.enterprise).or_insert(0) += row.value;
        }
        parts
    }
}

/// One reader who computes with the figures of one measure.
struct Attack<'a> {
    measure: &'a Measure,
    sheet: &'a Sheet,
    reader: Reader,
    sums: Vec<Sum<'a>>,
    /// Rows that stand in the same sums.
    atoms: Vec<Vec<u32>>,
    /// What each enterprise has of each atom.
    parts: Vec<Parts>,
}

impl<'a> Attack<'a> {
    fn new(measure: &'a Measure, sheet: &'a Sheet, reader: Reader, equations: &'a [Equation<'a>]) -> Self {
        let is_unknown = |place: &u32| measure.row(*place).is_some_and(|row| !reader.knows(row));
        let mut seen: HashSet<Vec<u32>> = HashSet::new();
        let mut sums: Vec<Sum> = Vec::new();
        for of in equations.iter().filter(|it| is_read_by(it.told.readers, reader)) {
            let rows: Vec<u32> = of.rows.places().iter().copied().filter(is_unknown).collect();
            if !rows.is_empty() && seen.insert(rows.clone()) {
                sums.push(Sum { rows: RowSet::new(rows), of });
            }
        }
        let atoms = atoms(&sums, measure.rows.len());
        let parts = atoms.iter().map(|rows| measure.parts(rows)).collect();
        Self { measure, sheet, reader, sums, atoms, parts }
    }

    fn guesses(&self) -> Vec<Guess> {
        let mut guesses: Vec<Guess> = self.sums.iter().filter_map(|sum| self.weak(sum.rows.places(), &[sum])).collect();
        match self.measure.kind {
            Kind::Counts => guesses.extend(self.few_together()),
            Kind::Amounts => guesses.extend(self.near_together()),
        }
        guesses.extend(self.differences());
        let mut named: HashSet<u32> = HashSet::new();
        guesses.retain(|guess| named.insert(guess.cell.row));
        guesses
    }

    /// What rows tell by themselves: they must be of enough, and nobody may make most of them.
    fn weak(&self, rows: &[u32], told_by: &[&Sum]) -> Option<Guess> {
        if rows::carry(rows.iter().filter_map(|place| self.measure.row(*place)), self.measure.enterprises) {
            return None;
        }
        let parts = self.measure.parts(rows);
        let tells = if parts.len() < FEWEST { Tells::Few(parts.len()) } else { Tells::Most };
        let (enterprise, _) = parts.iter().max_by_key(|(_, value)| **value)?;
        Some(self.guess(self.row_of(*enterprise, rows)?, tells, told_by))
    }

    /// What is left between a figure and the next smaller ones that lie in it: two dates, a part and its whole.
    fn differences(&self) -> Vec<Guess> {
        let mut found = Vec::new();
        for large in &self.sums {
            let lies_in = |small: &&Sum, large: &Sum| small.of.rows.is_within(&large.of.rows);
            let mut inside: Vec<&Sum> = self.sums.iter().filter(|sum| lies_in(sum, large)).collect();
            inside.sort_by_key(|sum| Reverse(sum.of.rows.places().len()));
            let mut next: Vec<&Sum> = Vec::new();
            for small in inside {
                if !next.iter().any(|known| lies_in(&small, known)) {
                    next.push(small);
                }
            }
            found.extend(next.iter().filter_map(|small| self.weak(&large.rows.without(&small.rows), &[large, small])));
        }
        found
    }

    /// Numbers of one or two enterprises that follow from several figures: of an atom, or of two.
    fn few_together(&self) -> Vec<Guess> {
        let mut known = Known::nothing(self.atoms.len());
        for places in self.told() {
            known.add(&places);
        }
        let alone = (0..self.atoms.len()).filter(|atom| known.tells(&[*atom])).map(|atom| vec![atom]);
        let told: Vec<Vec<usize>> = alone.chain(known.pairs().into_iter().map(|(one, two)| vec![one, two])).collect();
        let few = |places: Vec<usize>| {
            let enterprises: BTreeSet<u32> =
                places.iter().flat_map(|place| self.parts[*place].keys()).copied().collect();
            let atom = *places.first()?;
            let row = *self.atoms[atom].first()?;
            (enterprises.len() < FEWEST).then(|| self.guess(row, Tells::Few(enterprises.len()), &self.sums_of(atom)))
        };
        told.into_iter().filter_map(few).collect()
    }

    /// Enterprises of whose whole the least and the most that they can have are both within a tenth.
    fn near_together(&self) -> Vec<Guess> {
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, parts) in self.parts.iter().enumerate() {
            for enterprise in parts.keys() {
                places.entry(*enterprise).or_default().push(place);
            }
        }
        let values: Vec<i64> = self.parts.iter().map(|parts| parts.values().sum()).collect();
        let total = |places: &[usize]| -> i64 { places.iter().map(|place| values[*place]).sum() };
        let mut told: Option<Vec<Vec<usize>>> = None;
        let mut found = Vec::new();
        for (enterprise, places) in places {
            let value: i64 = places.iter().filter_map(|place| self.parts[*place].get(&enterprise)).sum();
            let alone: Vec<usize> = places.iter().copied().filter(|place| self.parts[*place].len() == 1).collect();
            // The truth itself shows how little and how much it can be: whoever shares an atom may have all of it.
            if value <= 0 || !is_near(value, total(&alone), total(&places)) {
                continue;
            }
            let told = told.get_or_insert_with(|| self.independent());
            let (least, most) = Sums { values: &values, told }.range(&alone, &places);
            if is_near(value, least, most) {
                let row = places.iter().find_map(|place| self.row_of(enterprise, &self.atoms[*place]));
                let tells = Tells::Between((self.measure.quantity)(least), (self.measure.quantity)(most));
                found.extend(row.map(|row| self.guess(row, tells, &self.sums_of(places[0]))));
            }
        }
        found
    }

    /// The sums by the atoms that make them.
    fn told(&self) -> impl Iterator<Item = Vec<usize>> {
        let first: Vec<Option<u32>> = self.atoms.iter().map(|rows| rows.first().copied()).collect();
        let is_in = |sum: &Sum, first: &Option<u32>| first.is_some_and(|row| sum.rows.holds(row));
        self.sums.iter().map(move |sum| (0..first.len()).filter(|atom| is_in(sum, &first[*atom])).collect())
    }

    /// Those of them that do not follow from others: rounding makes a contradiction of what is said twice.
    fn independent(&self) -> Vec<Vec<usize>> {
        let mut known = Known::nothing(self.atoms.len());
        self.told().filter(|places| known.add(places)).collect()
    }

    /// The smallest sum that an atom stands in, and what is to be taken away from it: the largest in it without the atom,
    /// else the next smallest with it.
    fn sums_of(&self, atom: usize) -> Vec<&Sum<'a>> {
        let row = self.atoms[atom].first();
        let (mut with, without): (Vec<&Sum>, Vec<&Sum>) =
            self.sums.iter().partition(|sum| row.is_some_and(|row| sum.rows.holds(*row)));
        with.sort_by_key(|sum| sum.rows.places().len());
        let mut with = with.into_iter();
        let Some(smallest) = with.next() else { return Vec::new() };
        let is_inside = |sum: &&&Sum| sum.rows.is_within(&smallest.rows);
        let taken =
            without.iter().filter(is_inside).max_by_key(|sum| sum.rows.places().len()).copied().or_else(|| with.next());
        std::iter::once(smallest).chain(taken).collect()
    }

    fn row_of(&self, enterprise: u32, rows: &[u32]) -> Option<u32> {
        rows.iter().copied().find(|place| self.measure.row(*place).is_some_and(|row| row.enterprise == enterprise))
    }

    fn guess(&self, row: u32, tells: Tells, from: &[&Sum]) -> Guess {
        Guess {
            readers: match self.reader {
                Reader::Partner(partner) => Readers::Partner(partner),
                Reader::Anybody | Reader::Stranger => Readers::Partners,
            },
            cell: self.sheet.cell(row, self.measure.columns.first()),
            tells,
            figures: from.iter().map(|sum| sum.of.told.figure.clone()).collect(),
            documents: from.iter().flat_map(|sum| sum.of.documents.iter().copied()).collect(),
        }
    }
}

fn is_read_by(readers: &Readers, reader: Reader) -> bool {
    match (readers, reader) {
        (Readers::Public | Readers::Partners, _) => true,
        (Readers::Partner(partner), Reader::Partner(reader)) => *partner == reader,
        (Readers::Partner(_) | Readers::Operator, _) => false,
    }
}

/// Whether the least and the most that a value can be are both near it.
fn is_near(value: i64, least: i64, most: i64) -> bool {
    let share = |difference: i64| i128::from(difference) * 100 < i128::from(value) * i128::from(NEAR);
    share(value - least) && share(most - value)
}

/// Of so many rows, those that stand in the same sums; the atoms in order, and the rows of each.
fn atoms(sums: &[Sum], rows: usize) -> Vec<Vec<u32>> {
    const OUTSIDE: usize = 0;
    let mut class: Vec<usize> = vec![OUTSIDE; rows];
    let mut next = OUTSIDE + 1;
    for sum in sums {
        let mut renamed: HashMap<usize, usize> = HashMap::new();
        for row in sum.rows.places() {
            let of = &mut class[*row as usize];
            *of = *renamed.entry(*of).or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
    }
    let mut atoms: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (row, of) in (0..).zip(class).filter(|(_, of)| *of != OUTSIDE) {
        atoms.entry(of).or_default().push(row);
    }
    let mut atoms: Vec<Vec<u32>> = atoms.into_values().collect();
    atoms.sort_unstable();
    atoms
}
