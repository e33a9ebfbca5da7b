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
pub(crate) struct Situation<'a> {
    pub(crate) name: &'a str,
    pub(crate) edits: &'a [Edit<'a>],
    pub(crate) act: &'a str,
    pub(crate) says: &'a [&'a str],
    pub(crate) silent: &'a [&'a str],
    pub(crate) told: &'a [&'a str],
}

/// The base, without the request that rests on VAL-12.
fn understood(edits: &[Edit]) -> Understood {
    let uncalled: Edit = ("Recettes", "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022", "| | | |");
    understood_of(&edited(&[&[uncalled], edits].concat()))
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
pub(crate) fn words_of(value: &Value, words: &mut String) {
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
pub(crate) fn check(situations: &[Situation]) {
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

pub(crate) const VOTES: &str = "Main levée | Adoptée | 4 | 0 | 1 | | HUIT Hal";
pub(crate) const MER_VOTES: &str = "DIX Noé | | | 3 | 1 | 0 | TROIS Luc";
pub(crate) const SENT: &str = "08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | | https://example.org/actes/12";
/// What makes an act one that was not sent.
pub(crate) const UNSENT: Edit = ("Délibérations", SENT, "| | | | |");

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
                "à l'unanimité des suffrages exprimés, DÉCIDE",
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
            says: &["conseil communautaire, à l'unanimité, DÉCIDE", "pour : 5 ; contre : 0 ; abstentions : 0."],
            silent: &["suffrages exprimés", "abstenu"],
            told: quiet,
        },
        Situation {
            name: "a majority, and who was against",
            edits: &[],
            act: "MER-7",
            says: &["à la majorité des suffrages exprimés, DÉCIDE", "A voté contre : TROIS Luc."],
            silent: &["unanimité"],
            told: quiet,
        },
        Situation {
            name: "a tie in which the chair is for, by the names",
            edits: &[mer("DIX Noé | | | 2 | 2 | 0 | NEUF Ida; DOUZE Zoé")],
            act: "MER-7",
            says: &[
                "par partage égal des voix, celle du président de séance étant prépondérante, DÉCIDE",
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
            says: &["celle du président de séance étant prépondérante, DÉCIDE"],
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
