//! An attacker that is written apart from the protection: it forgets atoms, nesting and shortcuts, and bounds every firm by
//! linear programming over all rows that its reader does not know.

#![expect(clippy::float_arithmetic, reason = "bounds are compared within a tenth")]

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use proptest::prelude::*;

use super::rows::Row;
use super::system::{Kind, Reader, System};

/// How many territories are made up.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(50)
}

/// How far a firm's part can be, for who knows some sums.
fn bounds(rows: &[(u32, i64)], sums: &[Vec<usize>], firm: u32) -> (f64, f64) {
    let extreme = |direction| {
        let mut problem = Problem::new(direction);
        let weight = |(enterprise, _): &(u32, i64)| f64::from(u8::from(*enterprise == firm));
        let variables: Vec<_> = rows.iter().map(|row| problem.add_var(weight(row), (0.0, 1e7))).collect();
        for sum in sums {
            let total: i64 = sum.iter().map(|row| rows[*row].1).sum();
            let terms: Vec<_> = sum.iter().map(|row| (variables[*row], 1.0)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, f64::from(i32::try_from(total).expect("a small sum")));
        }
        problem.solve().expect("the true values solve it").objective()
    };
    (extreme(OptimizationDirection::Minimize), extreme(OptimizationDirection::Maximize))
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0_u32..12, 0_u32..4, any::<bool>(), 1_i64..2_000);
    let row = row.prop_map(|(enterprise, owner, announced, value)| Row {
        enterprise,
        owner: owner.min(enterprise % 4),
        announced: announced && enterprise % 2 == 0,
        value,
    });
    proptest::collection::vec(row, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_bounds_a_firm_by_what_is_told(
        rows in rows(),
        masks in proptest::collection::vec(any::<u32>(), 1..10),
        cuts in proptest::collection::vec(0_usize..24, 0..6),
    ) {
        let readers = [Reader::Stranger, Reader::Anybody, Reader::Partner(0), Reader::Partner(1), Reader::Partner(2)];
        let mut system = System::new(Kind::Amounts, rows.clone(), &readers);
        let wanted = cuts
            .iter()
            .map(|cut| system.places(|place| place < *cut))
            .chain(masks.iter().map(|mask| system.places(|place| mask >> place & 1 == 1)))
            .collect::<Vec<_>>();
        let told: Vec<Vec<u32>> = wanted.into_iter().filter(|figure| system.admit(std::slice::from_ref(figure))).collect();
        for reader in readers {
            let known = |row: &Row| match reader {
                Reader::Stranger => false,
                Reader::Anybody => row.announced,
                Reader::Partner(partner) => row.announced || row.owner == partner,
            };
            let places: Vec<usize> = (0..rows.len()).filter(|place| !known(&rows[*place])).collect();
            let unknown: Vec<(u32, i64)> = places.iter().map(|place| (rows[*place].enterprise, rows[*place].value)).collect();
            let sums: Vec<Vec<usize>> = told
                .iter()
                .map(|figure| {
                    let stands = |place: &usize| figure.contains(&u32::try_from(*place).expect("few rows"));
                    (0..places.len()).filter(|index| stands(&places[*index])).collect()
                })
                .collect();
            let mut truth: BTreeMap<u32, i64> = BTreeMap::new();
            for (enterprise, value) in &unknown {
                *truth.entry(*enterprise).or_insert(0) += value;
            }
            for (firm, value) in truth {
                let (least, most) = bounds(&unknown, &sums, firm);
                let value = f64::from(i32::try_from(value).expect("a small value"));
                prop_assert!(
                    most >= value * 1.1 - 1e-3 || least <= value * 0.9 + 1e-3,
                    "{reader:?} knows firm {firm} within {least}..{most}, it has {value}; told {told:?} of {rows:?}"
                );
            }
        }
    }
}

#[test]
fn the_protection_is_no_empty_talk() {
    // Twelve months of six firms each, and their sums: all of it is told.
    let row = |place: u32| Row { enterprise: place, owner: place % 6, announced: false, value: 100 + i64::from(place) };
    let rows: Vec<Row> = (0..72).map(row).collect();
    let readers: Vec<Reader> = (0..6).map(Reader::Partner).chain([Reader::Stranger, Reader::Anybody]).collect();
    let mut system = System::new(Kind::Amounts, rows, &readers);
    for end in (6..=72).step_by(6) {
        let (month, since) =
            (system.places(|place| (end - 6..end).contains(&place)), system.places(|place| place < end));
        assert!(system.admit(&[month]) && system.admit(&[since]), "{end}");
    }
    // One firm more between two days is not.
    let later = system.places(|place| place < 61);
    assert!(!system.admit(&[later]));
}
