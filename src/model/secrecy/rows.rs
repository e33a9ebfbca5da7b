//! Rows as far as secrecy is concerned, and sets of them.

use std::collections::HashMap;

use super::rule;

/// A row of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// Numbers the enterprises of rows from 0; how many there are.
pub(super) fn number(rows: &mut [Row]) -> usize {
    let mut numbers: HashMap<u32, u32> = HashMap::new();
    for row in rows {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        row.enterprise = *numbers.entry(row.enterprise).or_insert(next);
    }
    numbers.len()
}

/// Whether a figure over rows may be told; as [`rule::carries`], for enterprises that are numbered.
pub(super) fn carry<'r>(rows: impl Iterator<Item = &'r Row>, enterprises: usize) -> bool {
    let mut parts: Vec<Option<i64>> = vec![None; enterprises];
    for row in rows {
        let part = &mut parts[row.enterprise as usize];
        *part = Some(part.unwrap_or(0) + row.value);
    }
    let (mut count, mut largest, mut total) = (0, 0, 0_i128);
    for part in parts.into_iter().flatten() {
        count += 1;
        largest = part.max(largest);
        total += i128::from(part);
    }
    rule::suffices(count, largest, total)
}

/// Some rows by their places: in their order, and a bit for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowSet {
    places: Vec<u32>,
    bits: Vec<u64>,
}

impl RowSet {
    /// A set of places that are in their order.
    pub(super) fn new(places: Vec<u32>) -> Self {
        let mut bits = vec![0; places.last().map_or(0, |last| *last as usize / 64 + 1)];
        for place in &places {
            bits[*place as usize / 64] |= 1 << (place % 64);
        }
        Self { places, bits }
    }

    /// The places, in their order.
    pub(super) fn places(&self) -> &[u32] {
        &self.places
    }

    /// Whether a place is among them.
    pub(super) fn holds(&self, place: u32) -> bool {
        self.bits.get(place as usize / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// Whether all of them, but not only they, are in another set.
    pub(super) fn is_within(&self, large: &Self) -> bool {
        let is_among = |(of, among): (&u64, &u64)| of & !among == 0;
        self.places.len() < large.places.len()
            && self.bits.len() <= large.bits.len()
            && self.bits.iter().zip(&large.bits).all(is_among)
    }

    /// Those that are not in another set.
    pub(super) fn without(&self, other: &Self) -> Vec<u32> {
        self.places.iter().copied().filter(|place| !other.holds(*place)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn places() -> impl Strategy<Value = BTreeSet<u32>> {
        proptest::collection::btree_set(0_u32..200, 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bits_say_what_sets_say(one in places(), more in places()) {
            let of = |places: &BTreeSet<u32>| RowSet::new(places.iter().copied().collect());
            let both: BTreeSet<u32> = one.union(&more).copied().collect();
            prop_assert_eq!(of(&one).is_within(&of(&both)), one.len() < both.len());
            prop_assert_eq!(of(&one).is_within(&of(&more)), one.is_subset(&more) && one.len() < more.len());
            prop_assert_eq!(of(&both).without(&of(&one)), both.difference(&one).copied().collect::<Vec<_>>());
            prop_assert!((0..300).all(|place| of(&one).holds(place) == one.contains(&place)));
        }
    }
}
