//! Budgets to the cent.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::model::Model;
use crate::model::rows::tests::{model_of, text};
use crate::records::Field;

/// A year of one expense, a fixed amount of the operator, equal shares, quotas, and shares by population.
fn model(spent: i64, fixed: i64, equal: usize, keys: &[i64], populations: &[i64]) -> Model {
    let day = Field::Date(NaiveDate::from_ymd_opt(2022, 9, 15).expect("a date"));
    let mode = |mode: ResourceMode| Field::Choice(crate::model::Choice::index(mode));
    let resource = |funder: &str, cells: &[(&'static str, Field)]| -> Vec<(&'static str, Field)> {
        let named = [("Exercice", text("Y")), ("Financeur", text(funder))];
        [&named[..], cells].concat()
    };
    let mut partners = vec![vec![("Code", text("CCI"))]];
    let mut resources = vec![resource("CCI", &[("Mode", mode(ResourceMode::Amount)), ("Prévu", Field::Amount(fixed))])];
    let mut add = |name: String, population: Option<i64>, cells: &[(&'static str, Field)]| {
        resources.push(resource(&name, cells));
        let inhabitants = population.map(|number| ("Population", Field::Integer(number)));
        partners.push([("Code", text(&name))].into_iter().chain(inhabitants).collect());
    };
    (0..equal).for_each(|index| add(format!("E{index}"), None, &[("Mode", mode(ResourceMode::EqualShare))]));
    for (index, key) in keys.iter().enumerate() {
        let cells = [("Mode", mode(ResourceMode::Quota)), ("Clé", Field::Share(*key, 10_000))];
        add(format!("Q{index}"), None, &cells);
    }
    for (index, number) in populations.iter().enumerate() {
        add(format!("P{index}"), Some(*number), &[("Mode", mode(ResourceMode::Population))]);
    }
    let year = vec![("Code", text("Y")), ("Début", day.clone()), ("Fin", day), (CARRIER, text("CCI"))];
    let expense = vec![("Exercice", text("Y")), ("Nature", text("Tout")), ("Prévu", Field::Amount(spent))];
    model_of(&[
        ("Partenaires", partners),
        ("Exercices", vec![year]),
        ("Dépenses", vec![expense]),
        ("Recettes", resources),
    ])
}

const CARRIER: &str = "Écart d'arrondi à la charge de";

fn with_budget<R>(model: &Model, ask: impl FnOnce(&Budget) -> R) -> R {
    model.with_scope(|scope| ask(&Budget::of(scope.fiscal_year("Y").expect("the year"))))
}

#[test]
fn the_two_cents_are_carried_by_the_named_partner() {
    with_budget(&model(7_486_500, 986_500, 6, &[], &[]), |budget| {
        assert_eq!(budget.shares[0].amount(), Cents(986_502));
        assert!(budget.shares[1..].iter().all(|share| share.amount() == Cents(1_083_333)));
        assert_eq!(budget.paid(), budget.spent());
        assert!(budget.faults().is_empty());
    });
}

#[test]
fn a_budget_that_is_out_by_one_cent_is_no_budget() {
    let faults = with_budget(&model(10_000, 9_999, 0, &[], &[]), |budget| budget.faults());
    assert_eq!(faults, [BudgetFault::Unbalanced]);
}

#[test]
fn quotas_below_the_whole_leave_the_rest_unpaid() {
    let faults = |keys: &[i64]| with_budget(&model(100_000, 0, 0, keys, &[]), |budget| budget.faults());
    assert_eq!(faults(&[5_000, 4_000]), [BudgetFault::Unbalanced]);
    assert_eq!(faults(&[5_000, 6_000]), [BudgetFault::KeysAboveWhole(11_000)]);
}

#[test]
fn inhabitants_share_what_is_left_and_not_with_equal_sharers() {
    with_budget(&model(10_000, 1_000, 0, &[], &[20_000, 70_000]), |budget| {
        let amounts: Vec<i64> = budget.shares.iter().map(|share| share.amount().0).collect();
        assert_eq!(amounts, [1_000, 2_000, 7_000]);
    });
    let faults = with_budget(&model(10_000, 0, 1, &[], &[20_000]), |budget| budget.faults());
    assert_eq!(faults, [BudgetFault::MixedModes]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_sum_to_the_total_and_nobody_pays_more_than_a_cent_too_much(
        fixed in 0_i64..5_000_000_000,
        rest in 0_i64..5_000_000_000,
        equal in 1_usize..200,
        keys in proptest::collection::vec(0_i64..100, 0..20),
    ) {
        with_budget(&model(fixed + rest, fixed, equal, &keys, &[]), |budget| {
            prop_assert_eq!(budget.paid(), budget.spent());
            prop_assert!(budget.faults().is_empty());
            let equal_shares: Vec<i64> = budget
                .shares
                .iter()
                .filter(|share| share.resource.mode() == ResourceMode::EqualShare)
                .map(|share| share.amount().0)
                .collect();
            prop_assert!(equal_shares.windows(2).all(|pair| pair[0] == pair[1]));
            prop_assert!(equal_shares[0] * i64::try_from(equal).expect("a small number") <= rest);
            Ok(())
        })?;
    }

    #[test]
    fn shares_by_population_sum_to_the_total(rest in 0_i64..5_000_000_000, people in proptest::collection::vec(1_i64..1_000_000, 1..30)) {
        with_budget(&model(rest, 0, 0, &[], &people), |budget| {
            prop_assert_eq!(budget.paid(), budget.spent());
            Ok(())
        })?;
    }
}
