//! Classes of a breakdown that others read: those that may not be told stand together under « Autres ».

use std::collections::BTreeSet;

/// The label of merged classes.
pub(in crate::model) const OTHERS: &str = "Autres";

/// The label that closed lists give to what they do not name; it reads as one class with [`OTHERS`].
const OTHER: &str = "Autre";

/// Whether a label is the one of merged classes.
pub(in crate::model) fn is_other(label: &str) -> bool {
    label == OTHERS || label == OTHER
}

/// A class of a one-way breakdown: its label, the firms in it, and the rows that fall into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class<F: Ord, R> {
    /// What the class is called.
    pub(super) label: String,
    /// The firms behind it.
    pub(super) firms: BTreeSet<F>,
    /// The rows in it.
    pub(super) rows: Vec<R>,
}

impl<F: Ord, R> Class<F, R> {
    /// A class without firms.
    pub(super) fn new(label: String) -> Self {
        Self { label, firms: BTreeSet::new(), rows: Vec::new() }
    }

    fn absorb(&mut self, other: Self) {
        self.firms.extend(other.firms);
        self.rows.extend(other.rows);
    }
}

/// Merges the classes that may not be told into « Autres », and others with them until « Autres » may be told: the smallest that
/// suffices, else the smallest and another. No class can be read, nor deduced from the total. Where that cannot be reached there
/// is no breakdown to show. Whether some classes may be told together is asked of a rule.
///
/// The other classes keep their order; « Autres » comes last.
#[must_use]
pub(super) fn merge<F: Ord, R>(
    classes: Vec<Class<F, R>>,
    carries: impl Fn(&[&Class<F, R>]) -> bool,
) -> Vec<Class<F, R>> {
    let (small, mut kept): (Vec<_>, Vec<_>) = classes
        .into_iter()
        .filter(|class| !class.rows.is_empty())
        .partition(|class| is_other(&class.label) || !carries(&[class]));
    if small.is_empty() {
        return kept;
    }
    let mut others = Class::new(OTHERS.to_owned());
    for class in small {
        others.absorb(class);
    }
    while !carries(&[&others]) {
        let suffices = |index: &usize| carries(&[&others, &kept[*index]]);
        let mut by_size: Vec<usize> = (0..kept.len()).collect();
        by_size.sort_by_key(|index| kept[*index].firms.len());
        let Some(next) = by_size.iter().copied().find(suffices).or(by_size.first().copied()) else { return Vec::new() };
        others.absorb(kept.remove(next));
    }
    kept.push(others);
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn merge(classes: Vec<Class<u32, u32>>) -> Vec<Class<u32, u32>> {
        super::merge(classes, |classes| classes.iter().map(|class| class.firms.len()).sum::<usize>() >= 3)
    }

    fn class(label: &str, firms: &[u32]) -> Class<u32, u32> {
        Class { label: label.to_owned(), firms: firms.iter().copied().collect(), rows: firms.to_vec() }
    }

    fn labels(classes: &[Class<u32, u32>]) -> Vec<(&str, usize)> {
        classes.iter().map(|class| (class.label.as_str(), class.firms.len())).collect()
    }

    #[test]
    fn small_classes_merge_and_take_another_when_they_are_too_few() {
        let merged = merge(vec![class("a", &[1, 2, 3, 4]), class("b", &[5]), class("c", &[6, 7, 8])]);
        assert_eq!(labels(&merged), [("a", 4), ("Autres", 4)]);
        let merged = merge(vec![class("a", &[1, 2]), class("b", &[5]), class("c", &[6, 7, 8])]);
        assert_eq!(labels(&merged), [("c", 3), ("Autres", 3)]);
        assert_eq!(merge(vec![class("a", &[1, 2])]), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_class_is_small_and_no_row_is_lost(sizes in proptest::collection::vec(0_usize..7, 0..9)) {
            let mut next = 0_u32;
            let classes: Vec<_> = sizes.iter().enumerate().map(|(index, size)| {
                let firms: Vec<u32> = (0..*size).map(|_| { next += 1; next }).collect();
                class(&index.to_string(), &firms)
            }).collect();
            let merged = merge(classes);
            prop_assert!(merged.iter().all(|class| class.firms.len() >= 3));
            let rows: usize = merged.iter().map(|class| class.rows.len()).sum();
            let total: usize = sizes.iter().sum();
            prop_assert!(rows == total || merged.is_empty() && total < 3);
        }
    }
}
