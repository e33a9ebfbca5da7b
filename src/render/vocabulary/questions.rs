//! The tests: what a text asks of a day, a figure, a value before it says something.

use minijinja::value::{Rest, ValueKind};
use minijinja::{Error, Value};

use super::{DAY, EITHER, FIGURE, Word, own};
use crate::figures::Quantity;
use crate::render::filters::{Measure, day, figure, is_day, pair};
use crate::render::marked::{self, FigureValue};
use crate::wording;

/// Every test, in the guide's order.
pub static TESTS: &[Word] = &[
    own(
        "avant",
        DAY,
        |environment, name| {
            environment.add_test(name, move |value: &Value, other: &Value| {
                Ok::<_, Error>(day(name, value)? < day(name, other)?)
            });
        },
        ["si une date vient avant une autre", "{% if agenda.date is avant(jour) %}passé{% endif %}", "passé"],
    ),
    own(
        "apres",
        DAY,
        |environment, name| {
            environment.add_test(name, move |value: &Value, other: &Value| {
                Ok::<_, Error>(day(name, value)? > day(name, other)?)
            });
        },
        [
            "si une date vient après une autre, ou après un jour écrit année-mois-jour",
            "{% if agenda.date is apres('2022-07-01') %}cet été{% endif %}",
            "cet été",
        ],
    ),
    own(
        "parmi",
        None,
        |environment, name| {
            environment.add_test(name, |value: &Value, others: Rest<Value>| {
                let listed = |other: &Value| match other.kind() {
                    ValueKind::Seq => other.try_iter().map(Iterator::collect).unwrap_or_default(),
                    _ => vec![other.clone()],
                };
                let said = wording::fold(&marked::said(value));
                let is_same = |other: Value| other == *value || wording::fold(&marked::said(&other)) == said;
                others.iter().flat_map(listed).any(is_same)
            });
        },
        [
            "si une valeur est l’une de celles-ci",
            "{% if agenda.type is parmi('COPIL', 'COTECH') %}comité{% endif %}",
            "comité",
        ],
    ),
    own(
        "plusieurs",
        None,
        |environment, name| environment.add_test(name, |value: &Value| value.len().is_some_and(|length| length > 1)),
        ["s’il y a plus d’une ligne", "{% if entreprises is plusieurs %}des entreprises{% endif %}", "des entreprises"],
    ),
    own(
        "pluriel",
        FIGURE,
        |environment, name| {
            environment.add_test(name, move |value: &Value| {
                figure(name, value, Measure::Count).map(|value| value.figure.noun("", "s") == "s")
            });
        },
        [
            "si un nombre veut le pluriel",
            "{% if agenda.participants is pluriel %}ils viennent{% else %}il vient{% endif %}",
            "ils viennent",
        ],
    ),
    own(
        "egal",
        EITHER,
        |environment, name| {
            environment.add_test(name, move |value: &Value, other: &Value| {
                if is_day(value) || is_day(other) {
                    return Ok(day(name, value)? == day(name, other)?);
                }
                let (left, right) = pair(name, value, other)?;
                Ok::<_, Error>(left == right)
            });
        },
        [
            "si deux chiffres, ou deux dates, sont les mêmes",
            "{% if recette.encaisse is egal(recette.appele) %}soldé{% else %}à suivre{% endif %}",
            "à suivre",
        ],
    ),
    own(
        "plus_que",
        FIGURE,
        |environment, name| {
            environment.add_test(name, move |value: &Value, other: &Value| {
                let (left, right) = pair(name, value, other)?;
                Ok::<_, Error>(left.hundredths() > right.hundredths())
            });
        },
        [
            "si un chiffre est plus grand qu’un autre",
            "{% if recette.appele is plus_que(recette.encaisse) %}reste dû{% endif %}",
            "reste dû",
        ],
    ),
    own(
        "moins_que",
        FIGURE,
        |environment, name| {
            environment.add_test(name, move |value: &Value, other: &Value| {
                let (left, right) = pair(name, value, other)?;
                Ok::<_, Error>(left.hundredths() < right.hundredths())
            });
        },
        [
            "si un chiffre est plus petit qu’un autre, ou qu’un nombre (d’euros, pour un montant)",
            "{% if agenda.participants is moins_que(30) %}petit comité{% endif %}",
            "petit comité",
        ],
    ),
    own(
        "secret",
        None,
        |environment, name| {
            environment.add_test(name, |value: &Value| {
                value.downcast_object_ref::<FigureValue>().is_some_and(|value| value.figure.is_secret())
            });
        },
        [
            "si un chiffre est couvert par le secret statistique",
            "{% if exercice.total is secret %}non communiqué{% else %}{{ exercice.total | euros_court }}{% endif %}",
            "125 k€",
        ],
    ),
    own(
        "calculable",
        FIGURE,
        |environment, name| {
            environment.add_test(name, move |value: &Value| {
                figure(name, value, Measure::Share)
                    .map(|value| value.figure.is_secret() || !matches!(value.figure.value(), Quantity::Share(_, 0)))
            });
        },
        [
            "si une part a un sens : son second nombre n’est pas zéro",
            "{% if recette.cle is calculable %}{{ recette.cle | pourcent }}{% endif %}",
            "33,3 %",
        ],
    ),
];
