//! The audit of what is printed: it forgets how figures were decided on, takes the figures of finished documents with the rows
//! that they are the sums of, and bounds what each reader can learn of every enterprise that he does not know.
//!
//! τ-ARGUS and sdcTable call it the attacker's problem: rows that stand in the same figures are one unknown; intervals settle
//! nearly all enterprises, linear programming the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::facts::Facts;
use super::rule::{self, Parts};
use super::system::{Reader, Row};
use crate::bounds::{Part, Sums};
use crate::figures::{CellRef, Figure};
use crate::model::{Aid, Readers, Record as _, Scope, Support};
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

/// What somebody can learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Who: anybody, or one partner.
    pub readers: Readers,
    /// What: a cell of an enterprise that he does not know.
    pub cell: CellRef,
    /// From which figures, by their names: the one that tells it, or the smallest of those that tell it together.
    pub figures: Vec<String>,
    /// In which documents.
    pub documents: BTreeSet<usize>,
}

/// What figures measure: the columns that they are sums of. The first one is named.
struct Measure {
    columns: &'static [&'static Column],
    rows: Vec<(u32, Row)>,
    is_count: bool,
}

/// A figure as an equation over rows.
struct Equation<'t> {
    told: Told<'t>,
    rows: Vec<u32>,
    documents: BTreeSet<usize>,
}

/// The most enterprises of one measure and reader that are asked for by linear programming: more are told by single figures.
const MOST_ASKED: usize = 256;

/// What anybody, and each partner, can learn of enterprises from all figures that he reads.
#[must_use]
pub fn audit(scope: &Scope, told: &[Told]) -> Vec<Guess> {
    let facts = Facts::read(scope);
    let mut guesses = Vec::new();
    for measure in measures(scope, &facts) {
        let numbers: HashMap<u32, u32> =
            (0..).zip(&measure.rows).map(|(place, (number, _))| (*number, place)).collect();
        let sheet = if is_of::<Aid>(&measure) { Aid::NAME } else { Support::NAME };
        let columns = columns(scope, sheet);
        let equations = equations(&measure, sheet, &columns, &numbers, told);
        for reader in facts.readers.iter().filter(|reader| **reader != Reader::Stranger) {
            let read: Vec<&Equation> = equations.iter().filter(|it| is_read_by(it.told.readers, *reader)).collect();
            guesses.extend(attack(scope, &measure, *reader, &read));
        }
    }
    guesses
}

fn is_of<T: crate::model::Record>(measure: &Measure) -> bool {
    measure.columns.iter().all(|column| T::SHEET.columns.iter().any(|known| std::ptr::eq(*known, *column)))
}

/// The columns of a sheet by their headings.
fn columns(scope: &Scope, sheet: &str) -> HashMap<u32, &'static str> {
    let origin = if sheet == Aid::NAME {
        scope.aids().next().map(|row| row.stands_at().0)
    } else {
        scope.supports().next().map(|row| row.stands_at().0)
    };
    origin.map(|it| it.columns.iter().map(|(heading, column)| (*column, *heading)).collect()).unwrap_or_default()
}

fn measures(scope: &Scope, facts: &Facts) -> Vec<Measure> {
    let aids: Vec<u32> = scope.aids().map(|aid| aid.row_number()).collect();
    let supports: Vec<u32> = scope.supports().map(|support| support.row_number()).collect();
    let of_aids = |columns, value: fn(&super::facts::AidFact) -> i64, is_count| Measure {
        columns,
        rows: aids.iter().copied().zip(facts.aids.iter().map(|aid| aid.row(value(aid)))).collect(),
        is_count,
    };
    let hours = facts.supports.iter().map(|support| support.row(support.hours.unwrap_or(0)));
    let exchanges = facts.supports.iter().map(|support| support.row(1));
    vec![
        of_aids(&[Aid::OBTAINED], |aid| aid.obtained, false),
        of_aids(&[Aid::INVESTMENT], |aid| aid.investment, false),
        of_aids(&[Aid::REQUESTED], |aid| aid.requested, false),
        of_aids(&[Aid::JOBS_CREATED, Aid::JOBS_KEPT], |aid| aid.jobs, false),
        of_aids(&[Aid::DECISION], |_| 1, true),
        of_aids(&[Aid::ACCOMPANIED], |_| 1, true),
        of_aids(&[Aid::FILED], |_| 1, true),
        Measure { columns: &[Support::HOURS], rows: supports.iter().copied().zip(hours).collect(), is_count: false },
        Measure {
            columns: &[Support::LEVEL],
            rows: supports.iter().copied().zip(exchanges).collect(),
            is_count: true,
        },
    ]
}

/// The figures that are sums over the rows of a measure, each once.
fn equations<'t>(
    measure: &Measure,
    sheet: &str,
    columns: &HashMap<u32, &'static str>,
    numbers: &HashMap<u32, u32>,
    told: &[Told<'t>],
) -> Vec<Equation<'t>> {
    let mut found: Vec<Equation> = Vec::new();
    let mut known: HashMap<(&Readers, &str), Option<usize>> = HashMap::new();
    for it in told.iter().filter(|it| !it.figure.is_secret()) {
        let place = *known.entry((it.readers, it.figure.name())).or_insert_with(|| {
            let rows = rows(measure, sheet, columns, numbers, it.figure)?;
            found.push(Equation { told: *it, rows, documents: BTreeSet::new() });
            Some(found.len() - 1)
        });
        if let Some(equation) = place.and_then(|place| found.get_mut(place)) {
            equation.documents.insert(it.document);
        }
    }
    found
}

/// The rows that a figure is the sum of; nothing where it is something else.
fn rows(
    measure: &Measure,
    sheet: &str,
    columns: &HashMap<u32, &'static str>,
    numbers: &HashMap<u32, u32>,
    figure: &Figure,
) -> Option<Vec<u32>> {
    let mut rows: BTreeSet<u32> = BTreeSet::new();
    for cell in figure.sources().iter() {
        let heading = *columns.get(&cell.column)?;
        if &*cell.sheet != sheet || !measure.columns.iter().any(|column| column.heading == heading) {
            return None;
        }
        rows.insert(*numbers.get(&cell.row)?);
    }
    let value =
        |row: &u32| usize::try_from(*row).ok().and_then(|row| measure.rows.get(row)).map_or(0, |(_, row)| row.value);
    let is_sum = !rows.is_empty() && rows.iter().map(value).sum::<i64>() == figure.amount();
    is_sum.then(|| rows.into_iter().collect())
}

fn is_read_by(readers: &Readers, reader: Reader) -> bool {
    match (readers, reader) {
        (Readers::Public | Readers::Partners, _) => true,
        (Readers::Partner(partner), Reader::Partner(reader)) => *partner == reader,
        (Readers::Partner(_) | Readers::Operator, _) => false,
    }
}

/// What a reader learns of one measure.
fn attack(scope: &Scope, measure: &Measure, reader: Reader, read: &[&Equation]) -> Vec<Guess> {
    let row = |place: &u32| usize::try_from(*place).ok().and_then(|place| measure.rows.get(place));
    let unknown = |equation: &Equation| -> Vec<u32> {
        equation.rows.iter().copied().filter(|place| row(place).is_some_and(|(_, row)| !reader.knows(row))).collect()
    };
    let mut seen: HashSet<Vec<u32>> = HashSet::new();
    let mut sums: Vec<(Vec<u32>, &Equation)> = Vec::new();
    for equation in read {
        let rows = unknown(equation);
        if !rows.is_empty() && seen.insert(rows.clone()) {
            sums.push((rows, equation));
        }
    }
    let guess = |place: u32, from: &[&Equation]| {
        let readers = match reader {
            Reader::Partner(partner) => Readers::Partner(partner),
            Reader::Anybody | Reader::Stranger => Readers::Partners,
        };
        let figures = from.iter().map(|it| it.told.figure.name().to_owned()).collect();
        let documents = from.iter().flat_map(|it| it.documents.iter().copied()).collect();
        Some(Guess { readers, cell: cell(scope, measure, row(&place)?.0)?, figures, documents })
    };
    let parts_of = |rows: &[u32]| {
        let mut parts = Parts::new();
        for (_, row) in rows.iter().filter_map(row) {
            *parts.entry(row.enterprise).or_insert(0) += row.value;
        }
        parts
    };
    // By itself each figure must rest on enough.
    let mut guesses = Vec::new();
    let mut named: HashSet<u32> = HashSet::new();
    for (rows, equation) in &sums {
        let parts = parts_of(rows);
        let largest = parts.iter().max_by_key(|(_, value)| **value).map(|(enterprise, _)| *enterprise);
        if let Some(enterprise) = largest.filter(|_| !rule::carries(&parts)) {
            let place =
                rows.iter().copied().find(|place| row(place).is_some_and(|(_, row)| row.enterprise == enterprise));
            if named.insert(enterprise) {
                guesses.extend(place.and_then(|place| guess(place, &[*equation])));
            }
        }
    }
    if measure.is_count {
        return guesses;
    }
    // Together they must leave room around what each enterprise has.
    let atoms = atoms(&sums);
    let parts: Vec<Parts> = atoms.iter().map(|rows| parts_of(rows)).collect();
    let values: Vec<i64> = parts.iter().map(|parts| parts.values().sum()).collect();
    let told: Vec<Vec<usize>> = told_of(&sums, &atoms);
    let asked: Vec<(u32, Part)> =
        asked(&parts).into_iter().filter(|(it, _)| !named.contains(it)).take(MOST_ASKED).collect();
    let (enterprises, mut rest): (Vec<u32>, Vec<Part>) = asked.into_iter().unzip();
    let mut first = 0;
    let sums_told = Sums { values: &values, told: &told };
    while let Some(found) = sums_told.first_told(&rest) {
        let place = rest.get(found).and_then(|part| part.places.first()).copied().unwrap_or(0);
        let enterprise = enterprises.get(first + found).copied();
        let mut from: Vec<&Equation> =
            told.iter().zip(&sums).filter(|(places, _)| places.contains(&place)).map(|(_, (_, it))| *it).collect();
        from.sort_by_key(|it| it.rows.len());
        from.truncate(2);
        let of_it = |at: &&u32| row(at).is_some_and(|(_, row)| Some(row.enterprise) == enterprise);
        guesses.extend(atoms.get(place).and_then(|rows| rows.iter().find(of_it)).and_then(|at| guess(*at, &from)));
        rest.drain(..=found.min(rest.len().saturating_sub(1)));
        first += found + 1;
    }
    guesses
}

/// Rows that stand in the same sums.
fn atoms(sums: &[(Vec<u32>, &Equation)]) -> Vec<Vec<u32>> {
    let mut class: HashMap<u32, usize> = HashMap::new();
    let mut next = 1;
    for (rows, _) in sums {
        let mut renamed: HashMap<usize, usize> = HashMap::new();
        for row in rows {
            let of = class.entry(*row).or_insert(0);
            *of = *renamed.entry(*of).or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
    }
    let mut atoms: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (row, of) in class {
        atoms.entry(of).or_default().push(row);
    }
    let mut atoms: Vec<Vec<u32>> = atoms.into_values().collect();
    atoms.iter_mut().for_each(|rows| rows.sort_unstable());
    atoms.sort_unstable();
    atoms
}

/// The sums by the atoms that make them.
fn told_of(sums: &[(Vec<u32>, &Equation)], atoms: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let place: HashMap<u32, usize> =
        atoms.iter().enumerate().filter_map(|(place, rows)| Some((*rows.first()?, place))).collect();
    sums.iter().map(|(rows, _)| rows.iter().filter_map(|row| place.get(row).copied()).collect()).collect()
}

/// The enterprises that intervals do not settle: where somebody else in an atom can have a tenth of its whole more, and a tenth
/// less, it is vague.
fn asked(parts: &[Parts]) -> Vec<(u32, Part)> {
    let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (place, parts) in parts.iter().enumerate() {
        for enterprise in parts.keys() {
            places.entry(*enterprise).or_default().push(place);
        }
    }
    let of = |enterprise: u32, place: usize| {
        let parts = &parts[place];
        let own = parts.get(&enterprise).copied().unwrap_or(0);
        (own, parts.values().sum::<i64>() - own)
    };
    places
        .into_iter()
        .filter_map(|(enterprise, places)| {
            let value: i64 = places.iter().map(|place| of(enterprise, *place).0).sum();
            let is_vague = |place: &usize| {
                let (own, others) = of(enterprise, *place);
                own * 10 >= value && others * 10 >= value
            };
            let alone = places.iter().all(|place| parts[*place].len() == 1);
            (value > 0 && !places.iter().any(is_vague)).then(|| (enterprise, Part { places, value, alone }))
        })
        .collect()
}

fn cell(scope: &Scope, measure: &Measure, number: u32) -> Option<CellRef> {
    let column = measure.columns.first()?;
    if is_of::<Aid>(measure) {
        scope.aids().find(|aid| aid.row_number() == number).map(|aid| aid.cell(column))
    } else {
        scope.supports().find(|support| support.row_number() == number).map(|support| support.cell(column))
    }
}
