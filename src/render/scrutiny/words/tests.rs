use super::*;
use crate::diagnostics::Place;
use crate::figures::{Cells, Figure, Quantity};
use crate::render::filters;
use crate::views::{Number, View as _, view};

view! {
    struct Data {
        nom: String,
        total: Number,
        part: Option<Number>,
        lignes: Vec<Line>,
    }

    struct Line {
        nature: String,
        prevu: Number,
    }
}

/// The faults of a text, each as its line and message.
fn faults(source: &str) -> Vec<(usize, String)> {
    let mut templates = Templates::default();
    templates.set("a.md.j2", source);
    templates.set("outils.md.j2", "{% macro ligne(l) %}{{ l.nature }} {{ l.prevue }}{% endmacro %}");
    let found = words(&templates, "a.md.j2", Data::shape());
    let line = |fault: &Diagnostic| match &fault.place {
        Place::Line { line, .. } => *line,
        _ => 0,
    };
    found.faults.iter().map(|fault| (line(fault), fault.message.clone())).collect()
}

#[test]
fn a_misspelt_name_is_told_in_a_branch_that_is_not_taken() {
    let unknown = |line: usize, name: &str| (line, format!("valeur inconnue dans le gabarit : {name}"));
    assert_eq!(
        faults("{% if false %}\n{{ nmo }}{% else %}\n{{ lignes[0].natur }}{% endif %}"),
        [unknown(2, "nmo"), unknown(3, "natur")]
    );
    assert_eq!(
        faults("{% for l in lignes %}{% if l.nature %}{% set x = l %}\n{{ x.montant }}{% endif %}{% endfor %}"),
        [unknown(2, "montant")]
    );
    assert_eq!(faults("{{ lignes | map(attribute='prevu.x') | list }}"), [unknown(1, "x")]);
    assert_eq!(faults("{% import 'outils.md.j2' as o %}{{ o.ligne(lignes[0]) }}"), [unknown(1, "prevue")]);
    assert_eq!(faults("{% macro m(a) %}\n{{ tot }}{% endmacro %}"), [unknown(2, "tot")]);
    assert_eq!(
        faults("{% for l in lignes %}{{ loop.index }} {{ l.nature }} {{ l.prevu | euros }}{% endfor %}{{ nom }}"),
        []
    );
}

#[test]
fn a_sum_or_a_comparison_of_figures_is_told_wherever_it_stands() {
    for source in [
        "{% if total > 3 %}x{% endif %}",
        "{% set t = total %}{% if t == 3 %}x{% endif %}",
        "{{ total + 1 }}",
        "{% if part and part != total %}x{% endif %}",
        "{{ lignes | map(attribute='prevu') | sum }}",
        "{% if (total | euros) == '3 €' %}x{% endif %}",
        "{% macro m(a) %}{{ 1 if a < 2 }}{% endmacro %}{{ m(total) }}",
        "{{ x if total is gt(3) }}{% set x = 1 %}",
    ] {
        let told = faults(source);
        assert!(told.iter().any(|(_, message)| message.starts_with("un gabarit ne calcule pas")), "{source}: {told:?}");
    }
    assert_eq!(faults("{% if total is plus_que(total) and part %}{{ (part or total) | euros }}{% endif %}"), []);
}

#[test]
fn a_filter_over_something_else_is_told() {
    assert_eq!(faults("{{ nom | euros }}").len(), 1);
    assert_eq!(faults("{{ total | eurso }}")[0].1, "filtre ou fonction inconnus : eurso");
}

#[test]
fn the_language_has_the_filters_that_are_known_as_its_own() {
    let environment = minijinja::Environment::new();
    for name in filters::LANGUAGE {
        let fault = environment.render_str(&format!("{{{{ x | {name} }}}}"), ()).err();
        let is_unknown = fault.is_some_and(|fault| fault.kind() == minijinja::ErrorKind::UnknownFilter);
        assert!(!is_unknown, "{name}");
    }
    let _ = Figure::new("x", "x", Quantity::Count(0), Cells::default());
}
