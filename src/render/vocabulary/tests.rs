//! Examples of the guide, and what they give.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::content;
use crate::figures::{Cells, Quantity};
use crate::render::marked::{self, Register};
use crate::render::rows::Rows;
use crate::render::text::Texts;
use crate::templates::Templates;

/// What the examples speak of.
fn world(register: &Arc<Register>) -> Value {
    let count = |name, count| (name, Quantity::Count(count));
    let cents = |name, euros: i64| (name, Quantity::Cents(100 * euros));
    let figures: Vec<Figure> = [
        count("agenda.participants", 21),
        count("partenaire.population", 24_650),
        count("lettre.numero", 14),
        count("seance.quorum", 4),
        ("exercice.total", Quantity::Cents(12_486_550)),
        cents("recette.appele", 10_000),
        cents("recette.encaisse", 4_000),
        ("recette.cle", Quantity::Share(1, 3)),
        ("part.evolution", Quantity::Change(100, 112)),
        ("accompagnement.heures", Quantity::Hundredths(250)),
        cents("prevu.1", 45_000),
        cents("prevu.2", 20_000),
    ]
    .into_iter()
    .map(|(name, quantity)| Figure::new(name, name, quantity, Cells::default()))
    .collect();
    let mut data = json!({
        "agenda": { "date": { "$date": "2022-07-06" }, "heure": "9 h 30", "type": "COPIL" },
        "jour": { "$date": "2022-09-15" },
        "representant": { "fonction": "la Présidente" },
        "contenu": crate::render::markdown::blocks("Un atelier ouvre ses portes. Trois jours de visites."),
    });
    for figure in &figures {
        let (row, column) = figure.name().split_once('.').expect("a row and a column");
        data[row][column] = json!({ "$figure": figure.name() });
    }
    let rows = |items: serde_json::Value, measures: &[(String, Quantity)]| {
        let items: Vec<Value> =
            items.as_array().expect("rows").iter().map(|item| marked::value(item, &figures, register)).collect();
        let cells = items.iter().map(|_| Cells::default()).collect();
        Rows { items, name: "lignes".into(), cells, measures: measures.into(), register: Arc::clone(register) }.value()
    };
    let firms = json!([{ "filiere": "Textile" }, { "filiere": "Métallurgie" }, { "filiere": "Ferroviaire" }]);
    let partners = json!([{ "nom_usuel": "Aval" }, { "nom_usuel": "Amont" }, { "nom_usuel": "Plaine" }]);
    let costs = json!([{ "prevu": { "$figure": "prevu.1" } }, { "prevu": { "$figure": "prevu.2" } }]);
    let data = marked::value(&data, &figures, register);
    let exercice = minijinja::context! {
        depenses => rows(costs, &[("prevu".to_owned(), Quantity::Cents(0))]),
        total => data.get_attr("exercice").and_then(|it| it.get_attr("total")).expect("a total"),
    };
    minijinja::context! { entreprises => rows(firms, &[]), partenaires => rows(partners, &[]), exercice, ..data }
}

#[test]
fn every_example_gives_what_the_guide_says() {
    let mut otherwise = Vec::new();
    for Word { name, example, gives, about, .. } in FILTERS.iter().chain(TESTS) {
        let mut templates = Templates::default();
        templates.set("exemple.md.j2", example);
        let register = Arc::new(Register::default());
        let rendered = Texts::new(&templates).words_over("exemple.md.j2", world(&register), &register);
        let text = rendered.map_or_else(|fault| format!("{fault:?}"), |words| content::plain_text(&words.text.blocks));
        let text = text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(example.contains(name) && !about.is_empty(), "{name}");
        if text != *gives {
            otherwise.push((name, text));
        }
    }
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}

#[test]
fn no_name_is_declared_twice() {
    let mut names: Vec<&str> = FILTERS.iter().chain(TESTS).map(|word| word.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
