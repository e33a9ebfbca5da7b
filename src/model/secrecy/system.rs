//! Figures of one measure over the same rows: which of them may be told together, so that nobody can compute a firm's value
//! from them.
//!
//! Figures are admitted one after the other, the most important first. What all that was admitted tells at most are the sums
//! of its atoms, the rows that stand in the same figures: where every atom carries by itself, nothing is told of any firm.
//! Where one does not, it is asked whether its sum can be computed at all, and how near one can come to it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::rows::{self, Row, RowSet};
use super::rule::{FEWEST, Parts};
use crate::bounds::{Known, Part, Sums};

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

    pub(super) fn knows(self, row: &Row) -> bool {
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

/// The most parts that are bounded by linear programming before a figure is told.
const MOST_ASKED: usize = 64;

/// The figures of one measure.
#[derive(Clone)]
pub(super) struct System {
    kind: Kind,
    /// The rows, their enterprises numbered from 0.
    rows: Vec<Row>,
    enterprises: usize,
    /// Those who know different rows.
    readers: Vec<Reader>,
    /// The atom of each row.
    atoms: Vec<u32>,
    next: u32,
    /// The rows of the admitted figures.
    admitted: Vec<RowSet>,
    known: HashSet<Vec<u32>>,
    refused: HashSet<Vec<Vec<u32>>>,
    /// Whether the sum of every atom can be computed: no two figures overlap in part.
    is_nested: bool,
}

/// A state of a system.
pub(super) struct Mark {
    atoms: Vec<u32>,
    next: u32,
    is_nested: bool,
    admitted: usize,
}

impl System {
    pub(super) fn new(kind: Kind, mut rows: Vec<Row>, readers: &[Reader]) -> Self {
        let enterprises = rows::number(&mut rows);
        let has_announced = rows.iter().any(|row| row.announced);
        let owners: HashSet<u32> = rows.iter().map(|row| row.owner).collect();
        let differs = |reader: &&Reader| match reader {
            Reader::Stranger => true,
            Reader::Anybody => has_announced,
            Reader::Partner(partner) => owners.contains(partner),
        };
        Self {
            kind,
            atoms: vec![OUTSIDE; rows.len()],
            enterprises,
            readers: readers.iter().filter(differs).copied().collect(),
            rows,
            next: OUTSIDE + 1,
            admitted: Vec::new(),
            known: HashSet::new(),
            refused: HashSet::new(),
            is_nested: true,
        }
    }

    /// Whether figures lie in one another or apart, so far.
    pub(super) fn is_nested(&self) -> bool {
        self.is_nested
    }

    /// The places of the rows that a rule chooses.
    pub(super) fn places(&self, of: impl Fn(usize) -> bool) -> Vec<u32> {
        (0..self.rows.len()).filter(|place| of(*place)).filter_map(|place| u32::try_from(place).ok()).collect()
    }

    /// Whether figures over these rows may be told by the primary rule, whatever else is told.
    pub(super) fn carries(&self, rows: &[u32]) -> bool {
        self.readers.iter().all(|reader| self.carries_for(*reader, rows))
    }

    /// Whether what is left between a figure and those that are told already carries too: the next smaller within it, and the
    /// next larger around it. What lies between others is made of such rests, and carries where these do.
    fn differs_enough(&self, rows: &[u32]) -> bool {
        let rows = RowSet::new(rows.to_vec());
        let within = self.admitted.iter().filter(|other| other.is_within(&rows)).collect();
        let around = self.admitted.iter().filter(|other| rows.is_within(other)).collect();
        let mut smaller = nearest(&rows, within, |known, other| other.is_within(known)).into_iter();
        let mut larger = nearest(&rows, around, RowSet::is_within).into_iter();
        smaller.all(|other| self.carries(&rows.without(other)))
            && larger.all(|other| self.carries(&other.without(&rows)))
    }

    /// The same for one reader.
    fn carries_for(&self, reader: Reader, rows: &[u32]) -> bool {
        let unknown = rows.iter().map(|place| &self.rows[*place as usize]).filter(|row| !reader.knows(row));
        rows::carry(unknown, self.enterprises)
    }

    /// Admits figures that are told together, by their rows; they all are, or none.
    pub(super) fn admit(&mut self, figures: &[Vec<u32>]) -> bool {
        if figures.iter().all(|rows| self.known.contains(rows)) {
            return true;
        }
        if self.refused.contains(figures) {
            return false;
        }
        let before = self.mark();
        let mut changed = HashSet::new();
        let admitted = figures.iter().all(|rows| self.carries(rows) && self.differs_enough(rows)) && {
            figures.iter().for_each(|rows| self.split(rows, &mut changed));
            self.holds(&changed)
        };
        if !admitted {
            self.restore(before);
            self.refused.insert(figures.to_vec());
        }
        admitted
    }

    /// The state to which what is admitted from now on can be taken back.
    pub(super) fn mark(&self) -> Mark {
        Mark { atoms: self.atoms.clone(), next: self.next, is_nested: self.is_nested, admitted: self.admitted.len() }
    }

    /// Takes back all that was admitted since a mark: what could not be told beside it is asked anew.
    pub(super) fn take_back(&mut self, mark: Mark) {
        self.restore(mark);
        self.refused.clear();
    }

    fn restore(&mut self, mark: Mark) {
        for rows in self.admitted.drain(mark.admitted..) {
            self.known.remove(rows.places());
        }
        (self.atoms, self.next, self.is_nested) = (mark.atoms, mark.next, mark.is_nested);
    }

    /// Splits the atoms by a figure; those that are new or have become smaller are noted.
    fn split(&mut self, rows: &[u32], changed: &mut HashSet<u32>) {
        if !self.known.insert(rows.to_vec()) {
            return;
        }
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
                    changed.extend([self.next - 1, atom]);
                    self.next - 1
                });
            }
        }
        self.is_nested &= cut <= 1;
        self.admitted.push(RowSet::new(rows.to_vec()));
    }

    /// Whether all that is admitted tells nobody anything of a firm, where these atoms have changed.
    fn holds(&self, changed: &HashSet<u32>) -> bool {
        let mut atoms: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (place, atom) in (0..).zip(&self.atoms) {
            // Where figures are nested, every atom carried before: only the changed ones can have ceased to.
            if *atom != OUTSIDE && (!self.is_nested || changed.contains(atom)) {
                atoms.entry(*atom).or_default().push(place);
            }
        }
        self.readers.iter().all(|reader| self.holds_against(*reader, &atoms))
    }

    fn holds_against(&self, reader: Reader, rows: &BTreeMap<u32, Vec<u32>>) -> bool {
        let is_weak = |atom: &u32| !self.carries_for(reader, &rows[atom]);
        let weak: HashSet<u32> = rows.keys().copied().filter(is_weak).collect();
        if weak.is_empty() {
            return true;
        }
        if self.is_nested {
            return false;
        }
        let mut atoms: BTreeMap<u32, Parts> = BTreeMap::new();
        for (row, atom) in self.rows.iter().zip(&self.atoms).filter(|(row, _)| !reader.knows(row)) {
            if *atom != OUTSIDE {
                *atoms.entry(*atom).or_default().entry(row.enterprise).or_insert(0) += row.value;
            }
        }
        let weak: Vec<usize> =
            atoms.keys().enumerate().filter(|(_, atom)| weak.contains(atom)).map(|(at, _)| at).collect();
        let place: HashMap<u32, usize> = atoms.keys().enumerate().map(|(place, atom)| (*atom, place)).collect();
        let mut known = Known::nothing(atoms.len());
        let mut told: Vec<Vec<usize>> = Vec::new();
        for rows in &self.admitted {
            let rows = rows.places().iter();
            let mut places: Vec<usize> =
                rows.filter_map(|row| place.get(&self.atoms[*row as usize]).copied()).collect();
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

/// Of figures on one side of another, those that no other of them hides from it.
fn nearest<'f>(rows: &RowSet, mut side: Vec<&'f RowSet>, hides: impl Fn(&RowSet, &RowSet) -> bool) -> Vec<&'f RowSet> {
    let mut nearest: Vec<&RowSet> = Vec::new();
    side.sort_by_key(|other| other.places().len().abs_diff(rows.places().len()));
    for other in side {
        if !nearest.iter().any(|known| hides(known, other)) {
            nearest.push(other);
        }
    }
    nearest
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
    // Where more than these would have to be asked one by one, what is not known to be harmless is withheld.
    vague.len() <= MOST_ASKED && Sums { values: &values, told }.first_told(&vague).is_none()
}
