//! Acts as sittings happen: one line a situation, with what stands in the act, what does not, and what is told.

use liasse::documents::{Draft, KINDS, Recipe};
use liasse::intake::Understood;
use liasse::model::{Desk, Disclosure};
use liasse::render::text::Texts;
use liasse::templates::Templates;
use serde_json::Value;

use crate::fixture::Fixture;
use crate::mistakes::base::{Edit, edited};
use crate::pdf::squeeze;

/// A situation: what it is, the edits of the base, the deliberation, what its act says, what it does not say, and the codes
/// of what is told.
struct Situation<'a> {
    name: &'a str,
    edits: &'a [Edit<'a>],
    act: &'a str,
    says: &'a [&'a str],
    silent: &'a [&'a str],
    told: &'a [&'a str],
}

fn understood(edits: &[Edit]) -> Understood {
    understood_of(&edited(edits))
}

/// What the program understands of a workspace.
pub(crate) fn understood_of(fixture: &Fixture) -> Understood {
    fixture.write();
    let workspace = liasse::files::Workspace {
        inputs: fixture.path("inputs"),
        templates: fixture.path("templates"),
        out: fixture.path("out"),
    };
    let inputs = liasse::pipeline::read(&workspace).expect("the inputs");
    liasse::intake::read(&inputs.sources())
}

pub(crate) fn draft(understood: &Understood, kind: &str, id: &str) -> Draft {
    let disclosure = Disclosure::new(std::sync::Arc::clone(&understood.model));
    let kind = KINDS.iter().find(|known| known.name == kind).expect("a kind");
    (kind.draft)(&Desk::new(&disclosure), id).unwrap_or_else(|faults| panic!("{id}: {faults:?}"))
}

/// The words of blocks.
fn words_of(value: &Value, words: &mut String) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get("t") {
                words.push_str(text);
            }
            fields.values().for_each(|value| words_of(value, words));
        }
        Value::Array(items) => items.iter().for_each(|item| words_of(item, words)),
        _ => {}
    }
}

/// The texts of a part, squeezed.
pub(crate) fn texts_of(draft: &Draft, part: &str) -> String {
    let templates = Templates::built_in();
    let texts = Texts::new(&templates);
    let part = draft.parts.iter().find(|known| known.name == part).unwrap_or_else(|| panic!("no {part}"));
    let Recipe::Pdf { texts: own, data, .. } = &part.recipe else { panic!("no pages") };
    let mut words = data.json().to_string();
    for text in own {
        let figures = text.figures();
        let rendered = texts.words(&text.template, &text.data.json(), &figures).expect(&text.template);
        words_of(&serde_json::to_value(&rendered.text.blocks).expect("blocks"), &mut words);
    }
    squeeze(&words)
}

#[track_caller]
fn check(situations: &[Situation]) {
    let mut faults = Vec::new();
    for Situation { name, edits, act, says, silent, told } in situations {
        let understood = understood(edits);
        let mut found: Vec<&str> = understood.problems.iter().map(|problem| problem.code).collect();
        let mut expected = told.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            faults.push(format!("{name}: told {found:?}, not {expected:?}"));
        }
        let draft = draft(&understood, "annexes", act);
        let text = texts_of(&draft, "deliberation.pdf");
        for sentence in says.iter().filter(|sentence| !text.contains(&squeeze(sentence))) {
            faults.push(format!("{name}: « {sentence} » is missing in {text}"));
        }
        for sentence in silent.iter().filter(|sentence| text.contains(&squeeze(sentence))) {
            faults.push(format!("{name}: « {sentence} » stands there"));
        }
        let has = |start: &str| draft.parts.iter().any(|part| part.name.starts_with(start));
        let (deposited, fallen) = (has("actes/"), ["N'ADOPTE PAS", "RETIRÉ", "AJOURNÉ"]);
        let is_draft = text.contains("DEDÉCIDER");
        let is_fallen = fallen.iter().any(|word| text.contains(&squeeze(word)));
        if deposited && (is_draft || is_fallen) {
            faults.push(format!("{name}: a deposit of what is no act"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

const VOTES: &str = "Main levée | Adoptée | 4 | 0 | 1 | | HUIT Hal";
const MER_VOTES: &str = "DIX Noé | | | 3 | 1 | 0 | TROIS Luc";
const SENT: &str = "08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | | https://example.org/actes/12";
/// What makes an act one that was not sent.
const UNSENT: Edit = ("Délibérations", SENT, "| | | | |");

#[test]
fn votes_say_what_was_decided_and_how() {
    let quiet: &[&str] = &[];
    let vote = |to: &'static str| ("Délibérations", VOTES, to);
    let mer = |to: &'static str| ("Délibérations", MER_VOTES, to);
    check(&[
        Situation {
            name: "an abstention, named",
            edits: &[],
            act: "VAL-12",
            says: &[
                "à l'unanimité des suffrages exprimés DÉCIDE",
                "Vote à main levée. Votants : 5 ; pour : 4 ; contre : 0 ; abstentions : 1.",
                "S'est abstenu : HUIT Hal.",
            ],
            silent: &["À la majorité", "Ont voté contre"],
            told: quiet,
        },
        Situation {
            name: "unanimous",
            edits: &[vote("Main levée | | 5 | 0 | 0 | |")],
            act: "VAL-12",
            says: &["conseil communautaire à l'unanimité DÉCIDE", "pour : 5 ; contre : 0 ; abstentions : 0."],
            silent: &["suffrages exprimés", "abstenu"],
            told: quiet,
        },
        Situation {
            name: "a majority, and who was against",
            edits: &[],
            act: "MER-7",
            says: &["à la majorité des suffrages exprimés DÉCIDE", "A voté contre : TROIS Luc."],
            silent: &["unanimité"],
            told: quiet,
        },
        Situation {
            name: "a tie in which the chair is for, by the names",
            edits: &[mer("DIX Noé | | | 2 | 2 | 0 | NEUF Ida; DOUZE Zoé")],
            act: "MER-7",
            says: &[
                "par partage égal des voix, celle du président de séance étant prépondérante DÉCIDE",
                "Les voix étant également partagées, celle de Luc TROIS, qui préside, est prépondérante (article L. 2121-20 du CGCT).",
            ],
            silent: &["à la majorité"],
            told: quiet,
        },
        Situation {
            name: "a tie in which the chair is against",
            edits: &[
                UNSENT,
                mer("DIX Noé | | | 2 | 2 | 0 | TROIS Luc; DOUZE Zoé"),
                ("Délibérations", "TROIS Luc; DOUZE Zoé | | | | | 04/10/2022", "TROIS Luc; DOUZE Zoé | | | | |"),
            ],
            act: "MER-7",
            says: &["N'ADOPTE PAS la proposition suivante", "est prépondérante : la proposition n'est pas adoptée"],
            silent: &["DÉCIDE :"],
            told: quiet,
        },
        Situation {
            name: "a tie, and « Résultat » tells what the chair voted",
            edits: &[mer("DIX Noé | | Adoptée | 2 | 2 | 0 |")],
            act: "MER-7",
            says: &["celle du président de séance étant prépondérante DÉCIDE"],
            silent: &["N'ADOPTE PAS"],
            told: quiet,
        },
        Situation {
            name: "a tie of which nobody tells what the chair voted",
            edits: &[
                mer("DIX Noé | | | 2 | 2 | 0 |"),
                ("Délibérations", "2 | 2 | 0 | | | | | | 04/10/2022", "2 | 2 | 0 | | | | | |"),
            ],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :", "prépondérante"],
            told: &["acte-incomplet"],
        },
        Situation {
            name: "a tie in a secret ballot",
            edits: &[mer("DIX Noé | Secret | | 2 | 2 | 0 |")],
            act: "MER-7",
            says: &[
                "Vote au scrutin secret.",
                "le scrutin étant secret, la proposition n'est pas adoptée",
                "N'ADOPTE PAS",
            ],
            silent: &["DÉCIDE :", "A voté contre", "Ont voté contre"],
            told: quiet,
        },
        Situation {
            name: "a public ballot with all names",
            edits: &[mer("DIX Noé | Public | | 3 | 1 | 0 | TROIS Luc")],
            act: "MER-7",
            says: &["Vote au scrutin public.", "A voté contre : TROIS Luc."],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "a public ballot without names",
            edits: &[mer("DIX Noé | Public | | 3 | 1 | 0 |")],
            act: "MER-7",
            says: &["Vote au scrutin public."],
            silent: &["A voté contre"],
            told: &["noms-du-scrutin-public"],
        },
        Situation {
            name: "rejected",
            edits: &[UNSENT, vote("Main levée | Rejetée | 1 | 4 | 0 | |")],
            act: "VAL-12",
            says: &["N'ADOPTE PAS la proposition suivante", "pour : 1 ; contre : 4", "jointe au projet"],
            silent: &["DÉCIDE :", "annexée à la présente délibération"],
            told: quiet,
        },
        Situation {
            name: "withdrawn",
            edits: &[UNSENT, vote("| Retirée | | | | |"), ("Délibérations", "2022/12", "")],
            act: "VAL-12",
            says: &["a été RETIRÉ avant le vote : le conseil communautaire ne s'est pas prononcé."],
            silent: &["DÉCIDE :", "Votants", "recours gracieux"],
            told: quiet,
        },
        Situation {
            name: "adjourned",
            edits: &[UNSENT, vote("| Ajournée | | | | |"), ("Délibérations", "2022/12", "")],
            act: "VAL-12",
            says: &["a AJOURNÉ l'examen de ce point : aucun vote n'a eu lieu"],
            silent: &["DÉCIDE :", "Votants"],
            told: quiet,
        },
        Situation {
            name: "taken note of, without a vote",
            edits: &[vote("| Prend acte | | | | |")],
            act: "VAL-12",
            says: &[
                "le conseil communautaire PREND ACTE :",
                "du bilan de l'action d'animation",
                "sans en autoriser la signature",
            ],
            silent: &["DÉCIDE :", "Votants", "d'approuver"],
            told: quiet,
        },
        Situation {
            name: "votes that are not those of the voters",
            edits: &[UNSENT, vote("Main levée | | 3 | 0 | 1 | |")],
            act: "VAL-12",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :", "Votants"],
            told: &["acte-incomplet"],
        },
        Situation {
            name: "a vote without a number",
            edits: &[UNSENT, ("Délibérations", "2022/12", "")],
            act: "VAL-12",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["acte-incomplet"],
        },
        Situation {
            name: "a result without votes",
            edits: &[UNSENT, vote("Main levée | Adoptée | | | | |")],
            act: "VAL-12",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["acte-incomplet"],
        },
        Situation {
            name: "a draft, which lacks nothing",
            edits: &[UNSENT, vote("| | | | | |"), ("Délibérations", "2022/12", "")],
            act: "VAL-12",
            says: &[
                "Il est proposé au conseil communautaire, après en avoir délibéré, DE DÉCIDER :",
                "est appelé à se réunir",
            ],
            silent: &["légalement convoqué", "Votants", "recours gracieux"],
            told: quiet,
        },
    ]);
}

#[test]
fn sittings_are_told_as_they_happened_by_the_rule_of_their_day() {
    let quiet: &[&str] = &[];
    let roll = |from: &'static str, to: &'static str| ("Présences", from, to);
    let val = "01/03/2022 | 18 h | en mairie d’Aval | 22/02/2022";
    let held = |to: &'static str| ("Séances", val, to);
    let bare: &[Edit] = &[
        UNSENT,
        ("Délibérations", "15/02/2022 | | Main levée", "| | Main levée"),
        ("Délibérations", "20/02/2022 | | | | |", "| | | | |"),
    ];
    let on = |to: &'static str| [bare, &[held(to)]].concat();
    let one_proxy = roll("VINGT | Val | Procuration | DEUX Jeanne", "VINGT | Val | Procuration | SIX Yves");
    check(&[
        Situation {
            name: "a third sufficed until 31 July 2022",
            edits: &[],
            act: "VAL-12",
            says: &[
                "tiers des membres en exercice, article 10 de la loi n° 2021-1465 du 10 novembre 2021",
                "\"requis\":{\"imprime\":\"2\"",
            ],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "two proxies for one holder on 31 July 2022",
            edits: &on("31/07/2022 | 18 h | en mairie d’Aval | 22/07/2022"),
            act: "VAL-12",
            says: &["tiers des membres", "le trente et un juillet"],
            silent: &[],
            told: &["convention-anterieure"],
        },
        Situation {
            name: "the ordinary rule again on 1 August 2022: half of the members, one proxy",
            edits: &[
                &on("01/08/2022 | 18 h | en mairie d’Aval | 22/07/2022")[..],
                &[
                    roll("TRENTE | Théo | Excusé | | VAL-12", "TRENTE | Théo | Présent | |"),
                    ("Délibérations", "Adoptée | 4 | 0 | 1", "Adoptée | 5 | 0 | 1"),
                ],
            ]
            .concat(),
            act: "VAL-12",
            says: &["majorité des membres en exercice, article L. 2121-17 du CGCT", "\"requis\":{\"imprime\":\"4\""],
            silent: &["tiers"],
            told: &["convention-anterieure", "procurations-multiples"],
        },
        Situation {
            name: "the ordinary rule between 1 October and 9 November 2021",
            edits: &[&on("09/11/2021 | 18 h | en mairie d’Aval | 22/10/2021")[..], &[one_proxy]].concat(),
            act: "VAL-12",
            says: &["DE DÉCIDER"],
            silent: &["tiers", "DÉCIDE :"],
            told: &["quorum"],
        },
        Situation {
            name: "a third from 10 November 2021",
            edits: &on("10/11/2021 | 18 h | en mairie d’Aval | 22/10/2021"),
            act: "VAL-12",
            says: &["tiers des membres", "DÉCIDE :"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "an unknown rule before 1 October 2021",
            edits: &on("30/09/2021 | 18 h | en mairie d’Aval | 22/09/2021"),
            act: "VAL-12",
            says: &["\"regle\":null", "DÉCIDE :"],
            silent: &["tiers", "majorité des membres"],
            told: &["regle-inconnue"],
        },
        Situation {
            name: "too few members: the act stays a draft",
            edits: &[
                UNSENT,
                roll("VAL-1 | SIX | Yves | Présent", "VAL-1 | SIX | Yves | Absent"),
                roll("SEPT | Guy | Suppléant présent", "SEPT | Guy | Absent"),
                ("Délibérations", "Adoptée | 4 | 0 | 1", "Adoptée | 2 | 0 | 1"),
                ("Séances", "Yves SIX", "Jeanne DEUX"),
                ("Délibérations", "Yves SIX", "Jeanne DEUX"),
            ],
            act: "VAL-12",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["quorum"],
        },
        Situation {
            name: "a second convocation names the first sitting and needs no quorum",
            edits: &[("Séances", "Yves SIX | non | non |", "Yves SIX | non | oui | 15/02/2022")],
            act: "VAL-12",
            says: &[
                "Il s'agit d'une seconde convocation sur le même ordre du jour, le quorum n'ayant pas été atteint à la séance du 15 février 2022 : le conseil communautaire délibère valablement sans condition de quorum (article L. 2121-17 du CGCT).",
                "\"aucun\":true",
            ],
            silent: &["tiers"],
            told: quiet,
        },
        Situation {
            name: "a second convocation with three clear days",
            edits: &[(
                "Séances",
                "22/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non | non |",
                "25/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non | oui | 15/02/2022",
            )],
            act: "VAL-12",
            says: &["seconde convocation"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "a second convocation with two clear days",
            edits: &[(
                "Séances",
                "22/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non | non |",
                "26/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non | oui | 15/02/2022",
            )],
            act: "VAL-12",
            says: &["seconde convocation"],
            silent: &[],
            told: &["delai-de-convocation"],
        },
        Situation {
            name: "an emergency is reported and accepted",
            edits: &[(
                "Séances",
                "22/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non |",
                "27/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | oui |",
            )],
            act: "VAL-12",
            says: &[
                "il en a été rendu compte dès l'ouverture de la séance ; le conseil communautaire s'est prononcé sur l'urgence et l'a acceptée (articles L. 2121-12 et L. 5211-1 du CGCT).",
            ],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "a member who takes no part is named, and does not count for the quorum",
            edits: &[],
            act: "MER-7",
            says: &[
                "N'a pris part ni au débat ni au vote (article L. 2131-11 du CGCT) : DIX Noé.",
                "\"imprime\":\"3 membres présents\"",
            ],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "a representative under L. 1111-6 leaves the members in office too",
            edits: &[
                ("Délibérations", "DIX Noé", "DIX Noé (L. 1111-6)"),
                roll("DOUZE | Zoé | Présent", "DOUZE | Zoé | Excusé"),
                ("Séances", "| 5 |", "| 5 |"),
                ("Délibérations", "| | | 3 | 1 | 0 |", "| | | 2 | 1 | 0 |"),
            ],
            act: "MER-7",
            says: &["\"requis\":{\"imprime\":\"3\"", "DE DÉCIDER"],
            silent: &[],
            told: &["quorum"],
        },
        Situation {
            name: "the chair is interested: nobody else is named",
            edits: &[("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", "TROIS Luc | | | 4 | 0 | 0 |")],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["interet"],
        },
        Situation {
            name: "the chair is interested: another chairs and signs",
            edits: &[(
                "Délibérations",
                "DIX Noé | | | 3 | 1 | 0 | TROIS Luc | | | | | 04/10/2022 | | | |",
                "TROIS Luc | | | 4 | 0 | 0 | | | | | | 04/10/2022 | | | NEUF Ida (1re vice-présidente) |",
            )],
            act: "MER-7",
            says: &[
                "Pour ce point, la présidence est assurée par NEUF Ida, Luc TROIS s'étant retiré de la présidence.",
                "d'autoriser NEUF Ida, 1re vice-présidente, à signer",
                "\"president\":\"NEUF Ida\"",
            ],
            silent: &["d'autoriser M. Luc TROIS"],
            told: quiet,
        },
        Situation {
            name: "the rapporteur is interested",
            edits: &[(
                "Délibérations",
                "15/02/2022 | | Main levée | Adoptée | 4 | 0 | 1",
                "15/02/2022 | SIX Yves | Main levée | Adoptée | 3 | 0 | 1",
            )],
            act: "VAL-12",
            says: &["N'a pris part ni au débat ni au vote (article L. 2131-11 du CGCT) : SIX Yves."],
            silent: &[],
            told: &["interet"],
        },
        Situation {
            name: "the president chairs the vote on his account",
            edits: &[("Délibérations", "Participation au programme", "Compte administratif 2021")],
            act: "MER-7",
            says: &["DÉCIDE :"],
            silent: &[],
            told: &["compte-preside"],
        },
        Situation {
            name: "the president has left for his account, another chairs",
            edits: &[
                ("Délibérations", "Participation au programme", "Compte administratif 2021"),
                (
                    "Délibérations",
                    "DIX Noé | | | 3 | 1 | 0 | TROIS Luc | | | | | 04/10/2022 | | | |",
                    "| | | 4 | 0 | 0 | | | | | | 04/10/2022 | | | NEUF Ida |",
                ),
                roll("MER-1 | TROIS | Luc | Présent | |", "MER-1 | TROIS | Luc | Présent | | MER-7"),
            ],
            act: "MER-7",
            says: &["Absent au moment de ce point : TROIS Luc.", "présidence est assurée par NEUF Ida"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "a member who left before the item does not count",
            edits: &[
                roll("MER-1 | DOUZE | Zoé | Présent | |", "MER-1 | DOUZE | Zoé | Présent | | MER-7"),
                ("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", "| | | 3 | 1 | 0 | TROIS Luc"),
            ],
            act: "MER-7",
            says: &["Absent au moment de ce point : DOUZE Zoé.", "Votants : 4"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "the chair stands on the roll as excused",
            edits: &[
                roll("MER-1 | TROIS | Luc | Présent", "MER-1 | TROIS | Luc | Excusé"),
                ("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", "| | | 4 | 0 | 0 |"),
            ],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["president-absent"],
        },
        Situation {
            name: "no secretary",
            edits: &[("Séances", "Ida NEUF", "")],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["secretaire-absent"],
        },
        Situation {
            name: "a substitute who is a woman",
            edits: &[roll("SEPT | Guy | Suppléant présent", "SEPT | Léa | Suppléante présente")],
            act: "VAL-12",
            says: &["SEPT Léa (suppléante)"],
            silent: &["(suppléant)"],
            told: quiet,
        },
        Situation {
            name: "a commune under 3 500 inhabitants has three days, and no article of intercommunalities",
            edits: &[
                (
                    "Partenaires",
                    "CCVA | CC | Communauté de communes du Val-d’Aval",
                    "CCVA | Commune | Commune du Val-d’Aval",
                ),
                ("Partenaires", "CCVA | conseil communautaire", "CCVA |"),
                ("Partenaires", "24 000", "2 400"),
                ("Séances", "22/02/2022", "25/02/2022"),
            ],
            act: "VAL-12",
            says: &[
                "le conseil municipal de la commune du Val-d'Aval",
                "notamment ses articles L. 2121-29 et L. 2122-21",
            ],
            silent: &["L. 5211", "Vu les statuts"],
            told: quiet,
        },
        Situation {
            name: "a métropole",
            edits: &[
                (
                    "Partenaires",
                    "CCVA | CC | Communauté de communes du Val-d’Aval",
                    "CCVA | Métropole | Métropole du Val-d’Aval",
                ),
                ("Partenaires", "CCVA | conseil communautaire", "CCVA |"),
            ],
            act: "VAL-12",
            says: &["le conseil métropolitain de la métropole du Val-d'Aval", "L. 5217-2"],
            silent: &["L. 5214-16"],
            told: quiet,
        },
        Situation {
            name: "a syndicat mixte",
            edits: &[
                (
                    "Partenaires",
                    "CCVA | CC | Communauté de communes du Val-d’Aval",
                    "CCVA | Syndicat | Syndicat mixte du Val-d’Aval",
                ),
                ("Partenaires", "CCVA | conseil communautaire", "CCVA |"),
            ],
            act: "VAL-12",
            says: &["le comité syndical du syndicat mixte du Val-d'Aval", "L. 5711-1"],
            silent: &["L. 5214-16"],
            told: quiet,
        },
        Situation {
            name: "an assembly is feminine",
            edits: &[("Partenaires", "conseil communautaire", "assemblée générale")],
            act: "VAL-12",
            says: &[
                "l'assemblée générale de la communauté de communes du Val-d'Aval, légalement convoquée le 22 février 2022, s'est réunie en mairie",
                "l'assemblée générale à l'unanimité des suffrages exprimés DÉCIDE",
            ],
            silent: &["le assemblée"],
            told: quiet,
        },
        Situation {
            name: "the act rectifies an earlier one",
            edits: &[(
                "Délibérations",
                "04/10/2022 | | | |",
                "04/10/2022 | | | |\nMER-8 | MER-1 | 8-B | Participation corrigée | | 7.5 | 2022 | feuille-de-route | 2022 | | | | | | 5 | 0 | 0 | | | MER-7",
            )],
            act: "MER-8",
            says: &[
                "Vu la délibération n° 7-B du 3 octobre 2022",
                "de rectifier la délibération n° 7-B du 3 octobre 2022 ayant pour objet « Participation au programme », que la présente délibération remplace à compter du jour où elle est exécutoire",
            ],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "the act of another council is not rectified",
            edits: &[(
                "Délibérations",
                "04/10/2022 | | | |",
                "04/10/2022 | | | |\nMER-8 | MER-1 | 8-B | Participation corrigée | | 7.5 | 2022 | feuille-de-route | 2022 | | | | | | 5 | 0 | 0 | | | VAL-12",
            )],
            act: "MER-8",
            says: &[],
            silent: &[],
            told: &["rectification-impossible"],
        },
    ]);
}

#[test]
fn figures_signatories_and_annexes_have_dates_of_their_own() {
    let quiet: &[&str] = &[];
    let common = "MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | feuille-de-route | 2022 | |";
    check(&[
        Situation {
            name: "without a date, figures are those of the day before the convocation",
            edits: &[
                ("Délibérations", "15/02/2022 | | Main levée", "| | Main levée"),
                ("Délibérations", "20/02/2022", ""),
            ],
            act: "VAL-12",
            says: &["Vu le bilan de l'action d'animation, arrêté au 21 février 2022"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "figures of their day",
            edits: &[],
            act: "VAL-12",
            says: &["Vu le bilan de l'action d'animation, arrêté au 15 février 2022"],
            silent: &[],
            told: quiet,
        },
        Situation {
            name: "the signatory of an act is in office at the sitting",
            edits: &[("Conventions", "2022 | 01/03/2022", "2022 | 01/06/2021")],
            act: "VAL-12",
            says: &[
                "d'autoriser Mme Jeanne DEUX, Présidente, à signer la convention de partenariat, une fois la présente délibération exécutoire",
            ],
            silent: &["ANCIEN"],
            told: &["signataire-change"],
        },
        Situation {
            name: "other annexes in one decision",
            edits: &[(
                "Délibérations",
                common,
                "MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | feuille-de-route | 2022 | Renouvellement |",
            )],
            act: "VAL-12",
            says: &[],
            silent: &[],
            told: &["annexes-differentes"],
        },
        Situation {
            name: "two cut-offs in one decision",
            edits: &[(
                "Délibérations",
                common,
                "MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | bilan; convention | 2022 | renouvellement | 16/02/2022",
            )],
            act: "VAL-12",
            says: &[],
            silent: &[],
            told: &["arretes-differents", "convention-anterieure"],
        },
        Situation {
            name: "a year outside of the agreement",
            edits: &[("Délibérations", "| 8.4 | 2022 |", "| 8.4 | 2021 |")],
            act: "VAL-12",
            says: &[
                "de prendre acte que le budget de l'exercice 2021 ne met aucune participation financière à la charge",
            ],
            silent: &[],
            told: &["exercice-hors-convention"],
        },
        Situation {
            name: "what changes is said: the former share and the new one",
            edits: &[
                (
                    "Recettes",
                    "2021 | CCI | Montant | 60 000,00 | | numéraire",
                    "2021 | ETAT | Montant | 50 000,00 | | numéraire | | | | | | | | | |\n2021 | CCVA | Montant | 10 000,00 | | numéraire",
                ),
                (
                    "Recettes",
                    "2022 | ETAT | Montant | 30 000,00 | | numéraire",
                    "2022 | REG | Montant | 30 000,00 | | numéraire",
                ),
                ("Dépenses", "60 000,00 €", "60 000,00 €"),
            ],
            act: "VAL-12",
            says: &[
                "La part de l'État prend fin : il apportait 50 000,00 € au budget de l'exercice 2021, soit 83,3 % de l'ensemble (60 000,00 €), et n'apporte rien à celui de l'exercice 2022.",
                "la participation de la communauté de communes du Val-d'Aval était de 10 000,00 € ; elle passe à 13 587,94 €, soit une hausse de 3 587,94 € (+36 %).",
            ],
            silent: &[],
            told: quiet,
        },
    ]);
}

#[test]
fn a_certificate_says_what_has_happened_and_nothing_to_come() {
    for (edits, says, silent) in [
        (
            &[][..],
            &[
                "Je soussignée, Mme Jeanne DEUX, Présidente, certifie",
                "affichée le 4 mars 2022",
                "est exécutoire depuis le 4 mars 2022.",
            ][..],
            &["deux mois", "électronique"][..],
        ),
        (
            &[("Délibérations", "03/03/2022 | 04/03/2022 |", "03/03/2022 | |")],
            &["reçue à la sous-préfecture d'Amont le 3 mars 2022."],
            &["exécutoire", "affichée", "publiée le"],
        ),
        (
            &[("Délibérations", "03/03/2022 | 04/03/2022 |", "03/03/2022 | 01/07/2022 |")],
            &[
                "mise à la disposition du public sous forme électronique, dans son intégralité et sous un format non modifiable, le 1er juillet 2022 (articles L. 2131-1, R. 2131-1 et L. 5211-3",
                "est exécutoire depuis le 1er juillet 2022",
            ],
            &["deux mois", "affichée"],
        ),
    ] {
        let draft = draft(&understood(edits), "annexes", "VAL-12");
        let text = texts_of(&draft, "certificat-publication.pdf");
        for sentence in says {
            assert!(text.contains(&squeeze(sentence)), "« {sentence} » is missing in {text}");
        }
        for sentence in silent {
            assert!(!text.contains(&squeeze(sentence)), "« {sentence} » stands in {text}");
        }
    }
}

#[test]
fn no_file_carries_a_day_after_it_was_sent() {
    let draft = draft(&understood(&[]), "annexes", "VAL-12");
    let day = |name: &str| {
        let part = draft.parts.iter().find(|part| part.name == name).unwrap_or_else(|| panic!("no {name}"));
        draft.day_of(part).to_string()
    };
    assert_eq!(day("note-de-synthese.pdf"), "2022-02-20");
    assert_eq!(day("annexe-1-bilan.pdf"), "2022-02-15");
    assert_eq!(day("annexe-2-convention.pdf"), "2022-02-15");
    assert_eq!(day("deliberation.pdf"), "2022-03-01");
    assert_eq!(day("certificat-publication.pdf"), "2022-03-04");
}
