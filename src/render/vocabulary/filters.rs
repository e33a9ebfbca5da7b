//! The filters: what prints a figure, a day, rows, words.

use minijinja::value::Kwargs;
use minijinja::{Error, Value};

use super::{DAY, FIGURE, Word, of_day, own, printer};
use crate::content;
use crate::figures::Figure;
use crate::render::filters::{Measure, blocks_of, day, figure, part};
use crate::render::marked::{self, PrintedValue};
use crate::render::{html, links, rows};
use crate::wording;

/// The most lines that a figure asks for: a sheet to sign, not a figure of inhabitants.
const MOST_LINES: i64 = 1_000;

/// Every filter, in the guide's order.
pub static FILTERS: &[Word] = &[
    of_day("date", wording::date, ["une date, avec le mois en lettres", "{{ agenda.date | date }}", "6 juillet 2022"]),
    of_day(
        "date_longue",
        wording::date_with_weekday,
        ["la même, avec le jour de la semaine", "{{ agenda.date | date_longue }}", "mercredi 6 juillet 2022"],
    ),
    of_day(
        "date_en_lettres",
        wording::date_in_words,
        [
            "une date tout en lettres, comme dans un acte",
            "{{ agenda.date | date_en_lettres }}",
            "l’an deux mille vingt-deux, le six juillet",
        ],
    ),
    of_day(
        "date_courte",
        wording::date_in_figures,
        ["une date en chiffres, pour un tableau", "{{ agenda.date | date_courte }}", "06/07/2022"],
    ),
    own(
        "periode",
        DAY,
        |environment, name| {
            environment.add_filter(name, move |from: &Value, to: &Value| {
                Ok::<_, Error>(wording::date_span(day(name, from)?, day(name, to)?))
            });
        },
        [
            "d’une date à une autre ; ce qu’elles ont en commun n’est dit qu’une fois",
            "{{ agenda.date | periode(jour) }}",
            "du 6 juillet au 15 septembre 2022",
        ],
    ),
    of_day("mois", wording::month, ["le mois et l’année d’une date", "{{ agenda.date | mois }}", "juillet 2022"]),
    own(
        "heure",
        None,
        // An hour is a text already: the name is there for who looks for it.
        |environment, name| environment.add_filter(name, |hour: Value| hour),
        ["une heure ; elle s’écrit de même sans filtre", "{{ agenda.heure | heure }}", "9 h 30"],
    ),
    printer(
        "nombre",
        Measure::Count,
        Figure::count,
        ["un nombre, les milliers séparés", "{{ partenaire.population | nombre }}", "24 650"],
    ),
    printer(
        "plus_de",
        Measure::Count,
        Figure::more_than,
        ["un nombre arrondi au-dessous, dans une phrase", "{{ partenaire.population | plus_de }}", "plus de 24 000"],
    ),
    printer(
        "ordinal",
        Measure::Count,
        |figure| figure.ordinal(false),
        ["un rang", "La {{ lettre.numero | ordinal }} lettre", "La 14e lettre"],
    ),
    Word {
        prints: true,
        ..own(
            "en_lettres",
            FIGURE,
            |environment, name| {
                environment.add_filter(name, move |value: &Value, options: Kwargs| {
                    let feminine = options.get::<Option<bool>>("feminin")?.unwrap_or(false);
                    options.assert_all_used()?;
                    figure(name, value, Measure::Count).map(|value| value.print(value.figure.in_words(feminine)))
                });
            },
            [
                "un nombre en lettres, au féminin si on le dit",
                "{{ agenda.participants | en_lettres(feminin=true) }} personnes",
                "vingt et une personnes",
            ],
        )
    },
    Word {
        prints: true,
        ..own(
            "compte",
            FIGURE,
            |environment, name| {
                environment.add_filter(name, move |value: &Value, one: &str, many: &str, options: Kwargs| {
                    let none = options.get::<Option<String>>("zero")?;
                    options.assert_all_used()?;
                    figure(name, value, Measure::Count).map(|value| {
                        value.print(match none {
                            Some(none) => value.figure.counted_or(&none, one, many),
                            None => value.figure.counted(one, many),
                        })
                    })
                });
            },
            [
                "un nombre et son mot, au singulier ou au pluriel ; `zero='aucun'` dit ce qui remplace un zéro",
                "{{ agenda.participants | compte('personne', 'personnes') }}",
                "21 personnes",
            ],
        )
    },
    own(
        "accord",
        FIGURE,
        |environment, name| {
            environment.add_filter(name, move |value: &Value, one: &str, many: &str| {
                figure(name, value, Measure::Count).map(|value| value.figure.noun(one, many).to_owned())
            });
        },
        [
            "le mot seul, accordé avec un nombre qui n’est pas écrit",
            "{{ agenda.participants | accord('La personne inscrite', 'Les personnes inscrites') }}",
            "Les personnes inscrites",
        ],
    ),
    own(
        "numeros",
        FIGURE,
        |environment, name| {
            environment.add_filter(name, move |value: &Value| {
                figure(name, value, Measure::Count).map(|value| {
                    let most = value.figure.amount().min(MOST_LINES);
                    (1..=most).map(|number| number.to_string()).collect::<Vec<_>>()
                })
            });
        },
        [
            "autant de numéros qu’un nombre le dit : les lignes d’une feuille à remplir",
            "{{ seance.quorum | numeros | join(' ') }}",
            "1 2 3 4",
        ],
    ),
    printer(
        "euros",
        Measure::Amount,
        Figure::euros,
        ["un montant au centime", "{{ exercice.total | euros }}", "124 865,50 €"],
    ),
    printer(
        "euros_court",
        Measure::Amount,
        Figure::compact_euros,
        ["un montant arrondi, pour un titre", "{{ exercice.total | euros_court }}", "125 k€"],
    ),
    printer(
        "euros_en_lettres",
        Measure::Amount,
        Figure::euros_in_words,
        [
            "un montant en lettres",
            "{{ exercice.total | euros_en_lettres }}",
            "cent vingt-quatre mille huit cent soixante-cinq euros et cinquante centimes",
        ],
    ),
    printer(
        "heures",
        Measure::Hours,
        Figure::plain,
        ["un nombre d’heures", "{{ accompagnement.heures | heures }}", "2,5 h"],
    ),
    printer(
        "pourcent",
        Measure::Share,
        |figure| figure.percent(1),
        ["une part, en pourcentage", "{{ recette.cle | pourcent }}", "33,3 %"],
    ),
    printer(
        "taux",
        Measure::Share,
        Figure::rate,
        ["une part, avec ses deux nombres", "{{ recette.cle | taux }}", "33,3 % (1 sur 3)"],
    ),
    own(
        "numerateur",
        FIGURE,
        |environment, name| environment.add_filter(name, move |value: &Value| part(name, value, Figure::numerator)),
        ["le premier nombre d’une part", "{{ recette.cle | numerateur }}", "1"],
    ),
    own(
        "denominateur",
        FIGURE,
        |environment, name| environment.add_filter(name, move |value: &Value| part(name, value, Figure::denominator)),
        ["le second nombre d’une part", "{{ recette.cle | denominateur }}", "3"],
    ),
    printer(
        "evolution",
        Measure::Share,
        |figure| figure.signed_percent().unwrap_or_else(|| figure.percent(1)),
        [
            "une évolution, avec son signe : dans les textes livrés, qui en connaissent",
            "{{ part.evolution | evolution }}",
            "+12 %",
        ],
    ),
    own(
        "combien",
        None,
        rows::add_count,
        ["combien il y a de lignes, parmi celles que le lecteur peut voir", "{{ entreprises | combien }}", "3"],
    ),
    own(
        "somme",
        None,
        rows::add_sum,
        [
            "la somme d’une colonne, sur les lignes que le lecteur peut voir",
            "{{ exercice.depenses | somme('prevu') | euros }}",
            "65 000,00 €",
        ],
    ),
    own(
        "dont",
        None,
        rows::add_those,
        ["les lignes qui disent cela dans une colonne", "{{ entreprises | dont(filiere='Textile') | combien }}", "1"],
    ),
    own(
        "enumeration",
        None,
        |environment, name| environment.add_filter(name, |items: Vec<String>| wording::enumeration(&items)),
        [
            "des textes à la suite, avec des virgules et un « et »",
            "{{ partenaires | map(attribute='nom_usuel') | list | enumeration }}",
            "Aval, Amont et Plaine",
        ],
    ),
    own(
        "majuscule",
        None,
        |environment, name| {
            environment.add_filter(name, |value: &Value| match value.downcast_object_ref::<PrintedValue>() {
                Some(value) => value.changed(value.printed.clone().capitalized()),
                None => Value::from(marked::capitalized(&value.to_string())),
            });
        },
        ["une majuscule au début", "{{ representant.fonction | majuscule }}", "La Présidente"],
    ),
    own(
        "prose",
        None,
        |environment, name| environment.add_filter(name, |text: &Value| wording::prose(&text.to_string())),
        [
            "l’apostrophe et les espaces de l’imprimerie ; le texte d’un document les a de lui-même",
            "{{ \"l'atelier\" | prose }}",
            "l’atelier",
        ],
    ),
    own(
        "debut",
        None,
        |environment, name| {
            environment.add_filter(name, |blocks: Value, length: usize| -> Result<String, Error> {
                blocks_of(blocks).map(|blocks| html::opening(&content::plain_text(&blocks), length))
            });
        },
        [
            "les premières phrases d’un texte, en tant de signes au plus (pages `.html.j2` et `.txt.j2` livrées)",
            "{{ contenu | debut(40) }}",
            "Un atelier ouvre ses portes.",
        ],
    ),
    own(
        "html",
        None,
        |environment, name| {
            environment.add_filter(name, |blocks: Value| -> Result<Value, Error> {
                blocks_of(blocks).map(|blocks| Value::from_safe_string(html::of_blocks(&blocks)))
            });
        },
        [
            "un texte pour l’écran (page `familles/page.html.j2`)",
            "{% if contenu | html %}un texte{% endif %}",
            "un texte",
        ],
    ),
    own(
        "texte",
        None,
        |environment, name| {
            environment.add_filter(name, |blocks: Value| -> Result<String, Error> {
                blocks_of(blocks).map(|blocks| content::plain_text(&links::shown(blocks)))
            });
        },
        [
            "un texte sans mise en forme (page `familles/texte.txt.j2`)",
            "{{ contenu | texte }}",
            "Un atelier ouvre ses portes. Trois jours de visites.",
        ],
    ),
    own(
        "plier",
        None,
        |environment, name| {
            environment.add_filter(name, |text: &str, width: Option<usize>| html::wrap(text, width.unwrap_or(72)));
        },
        [
            "des lignes de tant de signes au plus, 72 si rien n’est dit, pour un message",
            "{{ 'Trois jours de visites' | plier(14) | replace('\\n', ' / ') }}",
            "Trois jours de / visites",
        ],
    ),
];
