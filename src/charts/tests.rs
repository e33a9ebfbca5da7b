//! Findings are what the marks of their charts prove, whatever these are.

use proptest::prelude::*;

use super::*;
use crate::figures::{Cells, Quantity};

const FIRMS: Noun = Noun { one: "entreprise", many: "entreprises", classes: "thèmes", is_feminine: false };

fn figure(name: &str, value: i64) -> Figure {
    Figure::new(name, name, Quantity::Count(value), Cells::default())
}

fn rows(values: &[(&str, i64)]) -> Vec<Row> {
    values.iter().map(|(name, value)| Row::new(*name, figure(name, *value))).collect()
}

fn shown(values: &[(&str, i64)]) -> Shown {
    let rows = rows(values);
    let scale = scale(&rows);
    bars(rows, scale, &FIRMS, About::default())
}

/// A phrase with plain spaces.
fn plain(phrase: &Phrase) -> String {
    phrase.text().replace('\u{a0}', " ")
}

#[test]
fn a_finding_names_those_in_front() {
    let said = |values: &[(&str, i64)]| plain(shown(values).said());
    assert_eq!(said(&[("export", 3), ("foncier", 9), ("autre", 1)]), "Foncier, en tête : 9 entreprises");
    assert_eq!(
        said(&[("export", 9), ("foncier", 9), ("emploi", 1)]),
        "Export et foncier, en tête à égalité : 9 entreprises"
    );
    assert_eq!(said(&[("a", 5), ("b", 5), ("c", 5)]), "Trois thèmes à égalité : 5 entreprises chacun");
}

#[test]
fn too_little_is_said_in_a_sentence() {
    assert_eq!(plain(shown(&[("A", 3), ("B", 2), ("C", 1)]).said()), "A : 3 entreprises, B : 2 et C : 1");
    assert!(shown(&[("A", 30), ("B", 20)]).chart().is_none());
    let mut rows = rows(&[("A", 4), ("B", 3), ("Autres", 9)]);
    rows[2].is_named = false;
    assert!(bars(rows, 9, &FIRMS, About::default()).chart().is_none(), "most of it is left over");
}

#[test]
fn a_time_in_progress_is_compared_with_nothing() {
    let (now, before) = (figure("now", 57), figure("before", 137));
    let told = |now: &Figure, before, progress| plain(&change(now, before, ["échange", "échanges"], progress));
    assert_eq!(
        told(&now, Some(&before), Some("du 1er juillet au 15 septembre")),
        "57 échanges, du 1er juillet au 15 septembre"
    );
    assert_eq!(told(&now, Some(&before), None), "57 échanges au semestre, 80 de moins qu’au précédent");
    assert_eq!(told(&before, Some(&now), None), "137 échanges au semestre, 80 de plus qu’au précédent");
    assert_eq!(told(&now, Some(&now), None), "57 échanges au semestre, autant qu’au précédent");
    assert_eq!(told(&now, None, None), "57 échanges au semestre");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bars_are_sorted_on_one_scale_and_the_finding_is_theirs(values in proptest::collection::vec(0_i64..40, 3..9)) {
        let names: Vec<String> = (0..values.len()).map(|index| format!("c{index}")).collect();
        let given: Vec<(&str, i64)> = names.iter().map(String::as_str).zip(values.iter().copied()).collect();
        let shown = shown(&given);
        let Some(chart) = shown.chart() else { return Ok(()) };
        let found: Vec<i64> = chart.marques.iter().map(|mark| mark.valeur.figure().amount()).collect();
        prop_assert!(found.is_sorted_by(|one, other| one >= other));
        let largest = values.iter().copied().max().unwrap_or(0);
        let lengths: Vec<i64> =
            chart.marques.iter().map(|mark| serde_json::to_value(&mark.longueur).expect("a number").as_i64().expect("a number")).collect();
        for (value, length) in found.iter().zip(&lengths) {
            prop_assert_eq!(value * 1000 / largest, *length, "a length is the value on the scale");
        }
        let ties = values.iter().filter(|value| **value == largest).count();
        let text = chart.constat.text();
        prop_assert!(text.contains(&format!("{largest}\u{a0}")), "{}", text);
        prop_assert_eq!(text.contains("égalité"), ties > 1, "{}", text);
    }
}
