//! The primary rule: on how many enterprises a figure must rest, and how much of it one of them may make.

use std::collections::BTreeMap;

/// The fewest enterprises that a figure may rest on, where it rests on any.
pub const FEWEST: usize = 3;

/// The most that one enterprise may make of a figure, in percent.
pub const LARGEST: i128 = 85;

/// What makes a figure, by enterprise: its number, and its part.
pub(super) type Parts = BTreeMap<u32, i64>;

/// Whether a figure may be told: it rests on no enterprise, or on three of which none makes more than 85 %.
///
/// INSEE, « Guide du secret statistique »: at least three enterprises (legal units), none above 85 %.
pub(super) fn carries(parts: &Parts) -> bool {
    let largest = parts.values().copied().max().unwrap_or(0);
    suffices(parts.len(), largest, parts.values().map(|part| i128::from(*part)).sum())
}

/// The same of the number of enterprises, the part of the largest, and the whole.
pub(super) fn suffices(enterprises: usize, largest: i64, total: i128) -> bool {
    enterprises == 0 || enterprises >= FEWEST && i128::from(largest) * 100 <= total * LARGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_rests_on_three_enterprises_none_of_which_dominates() {
        let carries = |parts: &[i64]| carries(&(0..).zip(parts.iter().copied()).collect());
        assert!(carries(&[]) && carries(&[1, 1, 1]) && carries(&[0, 0, 0]));
        assert!(!carries(&[5]) && !carries(&[5, 5]));
        assert!(carries(&[85, 10, 5]) && !carries(&[86, 9, 5]));
        // One firm of 60 millions in a class of 66.5.
        assert!(!carries(&[60_000_000, 3_000_000, 2_000_000, 1_500_000]));
    }
}
