//! Figures of one measure over the same rows: which of them may be told together, so that nobody can compute a firm's value
//! from them.
//!
//! Figures are admitted one after the other, the most important first. What all that was admitted tells at most are the sums
//! of its atoms, the rows that stand in the same figures: where every atom carries by itself, nothing is told of any firm.
//! Where one does not, it is asked whether its sum can be computed at all, and how near one can come to it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::rule::{FEWEST, Parts, carries};
use crate::bounds::{Known, Part, Sums};

/// A row of a sheet as far as secrecy is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The enterprise: a legal unit.
    pub(super) enterprise: u32,
    /// The partner whose own it is.
    pub(super) owner: u32,
    /// Whether everybody knows of it.
    pub(super) announced: bool,
    /// What it adds to figures.
    pub(super) value: i64,
}

/// Somebody who computes, by what he knows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Nothing: what an announcement does not tell, the amount, may not be told by the figures either.
    Stranger,
    /// What was announced.
    Anybody,
    /// What was announced, and the firms of a partner, by its place in the sheet.
    Partner(u32),
}

impl Reader {
    /// Whether the firms of a partner are its own.
    pub(super) fn owns(self, partner: u32) -> bool {
        self == Self::Partner(partner)
    }

    fn knows(self, row: &Row) -> bool {
        match self {
            Self::Stranger => false,
            Self::Anybody => row.announced,
            Self::Partner(partner) => row.announced || row.owner == partner,
        }
    }
}

/// Whether rows count one each, or bring an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of firms, applications, exchanges: what may not be told is a number of one or two.
    Counts,
    /// Amounts: what may not be told is an amount within ten percent.
    Amounts,
}

/// The place of the rows that no admitted figure holds.
const OUTSIDE: u32 = 0;

/// The figures of one measure.
pub(super) struct System<'r> {
    kind: Kind,
    rows: Vec<Row>,
    readers: &'r [Reader],
    /// The atom of each row.
    atoms: Vec<u32>,
    next: u32,
    /// The admitted figures, by their rows.
    admitted: Vec<Vec<u32>>,
    known: HashSet<Vec<u32>>,
    refused: HashSet<Vec<Vec<u32>>>,
    /// Whether the sum of every atom can be computed: no two figures overlap in part.
    is_nested: bool,
}

impl<'r> System<'r> {
    pub(super) fn new(kind: Kind, rows: Vec<Row>, readers: &'r [Reader]) -> Self {
        Self {
            kind,
            atoms: vec![OUTSIDE; rows.len()],
            rows,
            readers,
            next: OUTSIDE + 1,
            admitted: Vec::new(),
            known: HashSet::new(),
            refused: HashSet::new(),
            is_nested: true,
        }
    }

    /// The places of the rows that a rule chooses.
    pub(super) fn places(&self, of: impl Fn(usize) -> bool) -> Vec<u32> {
        (0..self.rows.len()).filter(|place| of(*place)).filter_map(|place| u32::try_from(place).ok()).collect()
    }

    /// Whether figures over these rows may be told by the primary rule, whatever else is told.
    pub(super) fn carries(&self, rows: &[u32]) -> bool {
        self.readers.iter().all(|reader| carries(&self.parts(*reader, rows)))
    }

    /// What a reader does not know of some rows, by enterprise.
    fn parts(&self, reader: Reader, rows: &[u32]) -> Parts {
        let mut parts = Parts::new();
        for row in rows.iter().map(|place| &self.rows[*place as usize]).filter(|row| !reader.knows(row)) {
            *parts.entry(row.enterprise).or_insert(0) += row.value;
        }
        parts
    }

    /// Admits figures that are told together, by their rows; they all are, or none.
    pub(super) fn admit(&mut self, figures: &[Vec<u32>]) -> bool {
        if figures.iter().all(|rows| self.known.contains(rows)) {
            return true;
        }
        if self.refused.contains(figures) {
            return false;
        }
        let before = (self.atoms.clone(), self.next, self.is_nested, self.admitted.len());
        let admitted = figures.iter().all(|rows| self.carries(rows) && self.split(rows)) && self.holds();
        if admitted {
            self.known.extend(figures.iter().cloned());
        } else {
            (self.atoms, self.next, self.is_nested, _) = before;
            self.admitted.truncate(before.3);
            self.refused.insert(figures.to_vec());
        }
        admitted
    }

    /// Splits the atoms by a figure.
    fn split(&mut self, rows: &[u32]) -> bool {
        let mut sizes: HashMap<u32, usize> = HashMap::new();
        for atom in &self.atoms {
            *sizes.entry(*atom).or_insert(0) += 1;
        }
        let mut inside: HashMap<u32, usize> = HashMap::new();
        for row in rows {
            *inside.entry(self.atoms[*row as usize]).or_insert(0) += 1;
        }
        let is_cut = |atom: u32| atom == OUTSIDE || inside[&atom] < sizes[&atom];
        let mut renamed: HashMap<u32, u32> = HashMap::new();
        let mut cut = 0;
        for row in rows {
            let atom = self.atoms[*row as usize];
            if is_cut(atom) {
                self.atoms[*row as usize] = *renamed.entry(atom).or_insert_with(|| {
                    cut += 1;
                    self.next += 1;
                    self.next - 1
                });
            }
        }
        self.is_nested &= cut <= 1;
        self.admitted.push(rows.to_vec());
        true
    }

    /// Whether all that is admitted tells nobody anything of a firm.
    fn holds(&self) -> bool {
        self.readers.iter().all(|reader| self.holds_against(*reader))
    }

    fn holds_against(&self, reader: Reader) -> bool {
        let mut atoms: BTreeMap<u32, Parts> = BTreeMap::new();
        for (row, atom) in self.rows.iter().zip(&self.atoms).filter(|(row, _)| !reader.knows(row)) {
            if *atom != OUTSIDE {
                *atoms.entry(*atom).or_default().entry(row.enterprise).or_insert(0) += row.value;
            }
        }
        let weak: Vec<usize> =
            atoms.values().enumerate().filter(|(_, parts)| !carries(parts)).map(|(place, _)| place).collect();
        if weak.is_empty() {
            return true;
        }
        if self.is_nested {
            return false;
        }
        let place: HashMap<u32, usize> = atoms.keys().enumerate().map(|(place, atom)| (*atom, place)).collect();
        let mut known = Known::nothing(atoms.len());
        let mut told: Vec<Vec<usize>> = Vec::new();
        for rows in &self.admitted {
            let mut places: Vec<usize> =
                rows.iter().filter_map(|row| place.get(&self.atoms[*row as usize]).copied()).collect();
            places.sort_unstable();
            places.dedup();
            if known.add(&places) {
                told.push(places);
            }
        }
        let parts: Vec<&Parts> = atoms.values().collect();
        match self.kind {
            Kind::Counts => tells_no_few(&known, &parts, &weak),
            Kind::Amounts => tells_no_amount(&known, &told, &parts, &weak),
        }
    }
}

/// Whether no number of one or two enterprises can be computed: neither an atom alone nor two together.
fn tells_no_few(known: &Known, parts: &[&Parts], weak: &[usize]) -> bool {
    let is_few = |(first, second): (usize, usize)| {
        let enterprises: BTreeSet<u32> = parts[first].keys().chain(parts[second].keys()).copied().collect();
        enterprises.len() < FEWEST
    };
    !weak.iter().any(|place| parts[*place].len() < FEWEST && known.tells(&[*place]))
        && !known.pairs().into_iter().any(is_few)
}

/// Whether nobody can come within ten percent of what one enterprise brings to an atom, or to all of its own.
fn tells_no_amount(known: &Known, told: &[Vec<usize>], parts: &[&Parts], weak: &[usize]) -> bool {
    let values: Vec<i64> = parts.iter().map(|parts| parts.values().sum()).collect();
    let mut vague: Vec<Part> = Vec::new();
    let mut alone: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for place in weak {
        let largest = parts[*place].iter().max_by_key(|(_, value)| **value);
        let Some((enterprise, value)) = largest.filter(|(_, value)| **value > 0) else { continue };
        let is_alone = parts[*place].len() == 1;
        if is_alone {
            alone.entry(*enterprise).or_default().push(*place);
        }
        // Where another has its part, the sum is far enough above the largest, and the least of each is nothing.
        let is_dominated = i128::from(*value) * 100 > i128::from(values[*place]) * 85;
        if is_alone || is_dominated {
            if known.tells(&[*place]) {
                return false;
            }
            vague.push(Part { places: vec![*place], value: *value, alone: is_alone });
        }
    }
    for places in alone.into_values().filter(|places| places.len() > 1) {
        let value = places.iter().map(|place| values[*place]).sum();
        vague.push(Part { places, value, alone: true });
    }
    Sums { values: &values, told }.first_told(&vague).is_none()
}
