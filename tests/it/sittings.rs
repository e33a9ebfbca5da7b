//! Sittings as they happen, by the rule of their day: openings, quorum, second convocations, emergencies.

use crate::acts::{Situation, UNSENT, check};
use crate::mistakes::base::Edit;

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
            says: &[
                "majorité des membres en exercice, article L. 2121-17 du code général des collectivités territoriales, CGCT",
                "\"requis\":{\"imprime\":\"4\"",
            ],
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
                "Il s'agit d'une seconde convocation sur le même ordre du jour, le quorum n'ayant pas été atteint à la séance du 15 février 2022 : le conseil communautaire délibère valablement sans condition de quorum (article L. 2121-17 du code général des collectivités territoriales, CGCT).",
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
                "Pour ce point, Luc TROIS ayant quitté la présidence, celle-ci est assurée par NEUF Ida.",
                "d'autoriser NEUF Ida, 1re vice-présidente, à signer",
                "\"president\":\"NEUF Ida\"",
            ],
            silent: &["d'autoriser M. Luc TROIS"],
            told: quiet,
        },
        Situation {
            name: "the rapporteur is interested",
            edits: &[
                (
                    "Délibérations",
                    "15/02/2022 | | Main levée | Adoptée | 4 | 0 | 1",
                    "15/02/2022 | SIX Yves | Main levée | Adoptée | 3 | 0 | 1",
                ),
                ("Séances", "Yves SIX", "Guy SEPT"),
            ],
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
            says: &["Absent au moment de ce point : TROIS Luc.", "celle-ci est assurée par NEUF Ida"],
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
            name: "the secretary has an interest: the act stays a draft until another signs",
            edits: &[("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", "NEUF Ida | | | 3 | 0 | 0 |")],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["secretaire-interesse"],
        },
        Situation {
            name: "the secretary had left before the item",
            edits: &[
                ("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", "| | | 3 | 0 | 0 |"),
                roll("MER-1 | NEUF | Ida | Présent | |", "MER-1 | NEUF | Ida | Présent | | MER-7"),
            ],
            act: "MER-7",
            says: &["DE DÉCIDER"],
            silent: &["DÉCIDE :"],
            told: &["secretaire-sorti"],
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
                "l'assemblée générale, à l'unanimité des suffrages exprimés, DÉCIDE",
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
