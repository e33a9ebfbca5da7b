//! One line a situation: what is written in the sheets, where to look, and the sentence that stands there.
//!
//! The long tables of `acts` and `sittings` say what must not stand; this one says, rule by rule and day by day, what does.

use crate::acts::{draft, texts_of, understood_of};
use crate::mistakes::base::{Edit, each, edited};
use crate::pdf::squeeze;

/// The rule, by its number; the edits of the base; where to look; what stands there.
///
/// « dit » is what the run tells; else the document and its file, without « .pdf ».
type Line = (u8, &'static [Edit<'static>], &'static str, &'static str);

const ACT: &str = "annexes VAL-12 deliberation";
const MER: &str = "annexes MER-7 deliberation";
const NOTE: &str = "annexes VAL-12 note-de-synthese";
const CERTIFICATE: &str = "annexes VAL-12 certificat-publication";
const REQUEST: &str = "payment-requests 2022 demande-CCVA";
const TOLD: &str = "dit";

/// Where requests are paid into.
const ACCOUNT: &str = "[demandes]\ntitulaire = \"CCI\"\niban = \"FR7630006000011234567890189\"\n[lettre]";
/// Nothing is called of the share that rests on the act.
const UNCALLED: Edit = ("Recettes", "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022", "| | | |");
/// The act is decided, and not sent.
const UNSENT: Edit = (
    "Délibérations",
    "08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | | https://example.org/actes/12",
    "| | | | |",
);
/// Nothing was sent before the sitting, whose day may then be another.
const EARLY: Edit = ("Délibérations", "15/02/2022 | | Main levée", "| | Main levée");
const UNHANDED: Edit = ("Délibérations", "20/02/2022 |", "|");

macro_rules! votes {
    ($to:literal) => {
        ("Délibérations", "Main levée | Adoptée | 4 | 0 | 1 | | HUIT Hal", $to)
    };
}
macro_rules! mer {
    ($to:literal) => {
        ("Délibérations", "DIX Noé | | | 3 | 1 | 0 | TROIS Luc", $to)
    };
}
macro_rules! of_body {
    ($kind:literal, $name:literal) => {
        ("Partenaires", "CCVA | CC | Communauté de communes du Val-d’Aval", concat!("CCVA | ", $kind, " | ", $name))
    };
}
macro_rules! held {
    ($on:literal) => {
        ("Séances", "01/03/2022 | 18 h | en mairie d’Aval | 22/02/2022", $on)
    };
}

#[rustfmt::skip]
const LINES: &[Line] = &[
    // 1. The gate.
    (1, &[UNCALLED, UNSENT, ("Délibérations", "2022/12", "")], TOLD, "l’acte reste un projet"),
    (1, &[UNCALLED, UNSENT, held!("01/03/2022 | 18 h | salle à définir | 22/02/2022")], TOLD, "le lieu de la séance n’est pas dit"),
    (1, &[UNCALLED, UNSENT, held!("01/03/2022 | 18 h | salle à définir | 22/02/2022")], ACT, "DE DÉCIDER :"),
    (1, &[UNCALLED, UNSENT, ("Délibérations", "2022/12", "")], ACT, "Il est proposé au conseil communautaire, après en avoir délibéré, DE DÉCIDER :"),
    (1, &[UNCALLED, ("Délibérations", "2022/12", "")], TOLD, "mais l’acte n’est qu’un projet"),
    (1, &[UNCALLED, UNSENT, votes!("Main levée | | 3 | 0 | 1 | |")], TOLD, "l’acte reste un projet"),
    (1, &[UNCALLED, ("Délibérations", "| 8.4 |", "| 8.99 |")], TOLD, "« 8.99 »"),
    (1, &[UNCALLED, ("Délibérations", "| 8.4 |", "| 0.1 |")], TOLD, "« 0.1 »"),
    (1, &[UNCALLED, ("Délibérations", "| 8.4 |", "| |")], TOLD, "pas de dépôt en préfecture"),
    (1, &[UNCALLED, ("Partenaires", "20003063300016", "")], TOLD, "aucune ligne de données ouvertes pour ses délibérations"),
    (1, &[UNCALLED, ("Délibérations", "bilan; convention", "bilan; bilan")], TOLD, "l’annexe « bilan » est nommée deux fois"),
    (1, &[UNCALLED, ("Partenaires", "Aval | 59 | Amont", "Aval | 5900 | Amont")], TOLD, "trois caractères ACTES ne s’en tirent pas"),
    (1, &[UNCALLED, ("Séances", "| 6 |", "| 7 |")], TOLD, "membres à l’appel pour"),
    (1, &[UNCALLED, UNSENT, votes!("Main levée | Rejetée | 1 | 4 | 0 | |")], ACT, "N’ADOPTE PAS la proposition suivante"),
    (1, &[UNCALLED, UNSENT, votes!("| Retirée | | | | |")], ACT, "RETIRÉ"),
    (1, &[UNCALLED, UNSENT, votes!("| Ajournée | | | | |")], ACT, "AJOURNÉ"),
    (1, &[UNCALLED, votes!("Main levée | Adoptée | 1 | 4 | 0 | |")], TOLD, "mais les voix disent autre chose"),
    // 2. The sitting as it happens.
    (2, &[], ACT, "à l’unanimité des suffrages exprimés, DÉCIDE :"),
    (2, &[votes!("Main levée | | 5 | 0 | 0 | |")], ACT, "le conseil communautaire, à l’unanimité, DÉCIDE :"),
    (2, &[], ACT, "S’est abstenu : HUIT Hal."),
    (2, &[], MER, "A voté contre : TROIS Luc."),
    (2, &[mer!("DIX Noé | | | 2 | 2 | 0 | NEUF Ida; DOUZE Zoé")], MER, "celle de Luc TROIS, qui préside, est prépondérante (article L. 2121-20 du CGCT)."),
    (2, &[mer!("DIX Noé | Secret | | 2 | 2 | 0 |")], MER, "le scrutin étant secret, la proposition n’est pas adoptée"),
    (2, &[mer!("DIX Noé | Secret | | 2 | 2 | 0 | TROIS Luc")], TOLD, "des noms pour un scrutin secret"),
    (2, &[mer!("DIX Noé | Public | | 3 | 1 | 0 | TROIS Luc")], MER, "Vote au scrutin public."),
    (2, &[("Séances", "Yves SIX | non | non |", "Yves SIX | non | oui | 15/02/2022")], ACT, "délibère valablement sans condition de quorum (article L. 2121-17 du code général des collectivités territoriales, CGCT)."),
    (2, &[("Séances", "Yves SIX | non | non |", "Yves SIX | non | oui |")], TOLD, "seconde convocation sans « Première séance »"),
    (2, &[("Séances", "22/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | non |", "27/02/2022 | 6 | Jeanne DEUX | Présidente | Yves SIX | oui |")], ACT, "s’est prononcé sur l’urgence et l’a acceptée"),
    (2, &[("Séances", "26/09/2022", "30/09/2022")], TOLD, "convocation envoyée 2 jours francs avant la séance"),
    (2, &[], MER, "N’a pris part ni au débat ni au vote (article L. 2131-11 du CGCT) : DIX Noé."),
    (2, &[mer!("TROIS Luc | | | 4 | 0 | 0 |")], TOLD, "ne prend pas part au vote, mais préside le point (CGCT, art. L. 2131-11)"),
    (2, &[UNCALLED, UNSENT, EARLY, UNHANDED, held!("30/09/2021 | 18 h | en mairie d’Aval | 22/09/2021")], TOLD, "inconnue à cette date, le 30 septembre 2021"),
    (2, &[UNCALLED, UNSENT, EARLY, UNHANDED, held!("10/11/2021 | 18 h | en mairie d’Aval | 22/10/2021")], ACT, "tiers des membres en exercice, article 10 de la loi n° 2021-1465"),
    (2, &[UNCALLED, UNSENT, EARLY, UNHANDED, held!("09/11/2021 | 18 h | en mairie d’Aval | 22/10/2021")], TOLD, "le quorum est de 4"),
    (2, &[("Délibérations", "Renouvellement de la convention", "Vote du compte administratif")], TOLD, "préside le vote de son compte (CGCT, art. L. 2121-14)"),
    (2, &[("Présences", "SEPT | Guy | Suppléant présent", "SEPT | Léa | Suppléante présente")], ACT, "SEPT Léa (suppléante)"),
    // 3. Dates of their own.
    (3, &[], ACT, "arrêté au 15 février 2022"),
    (3, &[EARLY, UNHANDED], ACT, "arrêté au 21 février 2022"),
    (3, &[("Délibérations", "| 15/02/2022 |", "| 23/02/2022 |")], TOLD, "des chiffres arrêtés au 23 février 2022, après la convocation du 22 février 2022"),
    (3, &[("Délibérations", "20/02/2022 | 08/03/2022", "20/02/2022 | 28/02/2022")], TOLD, "convention signée le 28 février 2022, avant le vote (CGCT, art. L. 2131-1)"),
    (3, &[("Délibérations", "20/02/2022 | 08/03/2022", "20/02/2022 | 01/03/2022")], TOLD, "convention signée le 1er mars 2022, avant la transmission de l’acte"),
    (3, &[("Conventions", "2022 | 01/03/2022 | 15/03/2022", "2022 | 01/03/2022 | 15/02/2022")], TOLD, "la convention commence le 15 février 2022, avant la séance du 1er mars 2022"),
    (3, &[("Conventions", "2022 | 01/03/2022", "2022 | 01/06/2021")], TOLD, "signait au 1er juin 2021, mais n’est plus en fonction le 8 mars 2022"),
    // 4. One decision.
    (4, &[("Délibérations", "7.5 | 2022 | feuille-de-route | 2022 | | | DIX Noé", "7.5 | 2022 | feuille-de-route | 2022 | Renouvellement | | DIX Noé")], TOLD, "d’autres annexes, convention ou exercice que la délibération de la même décision commune"),
    (4, &[("Délibérations", "7.5 | 2022 | feuille-de-route | 2022 | | | DIX Noé", "7.5 | 2022 | bilan; convention | 2022 | Renouvellement | 16/02/2022 | DIX Noé")], TOLD, "chiffres arrêtés au 16 février 2022, mais au 15 février 2022"),
    (4, &[("Délibérations", "| 8.4 | 2022 |", "| 8.4 | 2021 |")], TOLD, "l’exercice 2021 n’est pas dans la convention « 2022 », du 15 mars au 31 décembre 2022"),
    (4, &[], MER, "Le conseil n’est pas appelé à la modifier, mais à en poursuivre l’exécution."),
    // 5. What changes.
    (5, &[("Recettes", "2021 | CCI | Montant | 60 000,00 | | numéraire", "2021 | CCVA | Montant | 60 000,00 | | numéraire")], ACT, "soit une baisse de 46 412,06 € (−77 %)"),
    (5, &[("Recettes", "2021 | CCI | Montant | 60 000,00 | | numéraire", "2021 | CCVA | Montant | 60 000,00 | | numéraire")], NOTE, "elle passe à 13 587,94 €"),
    (5, &[("Recettes", "2021 | CCI | Montant", "2021 | ETAT | Montant"), ("Recettes", "2022 | ETAT | Montant", "2022 | REG | Montant")], NOTE, "La part de l’État prend fin"),
    // 6. After sending.
    (6, &[UNCALLED, UNSENT, ("Délibérations", "04/10/2022 | | | |", "04/10/2022 | | | |\nMER-8 | MER-1 | 8-B | Corrigée | | 7.5 | 2022 | feuille-de-route | 2022 | | | | | | 5 | 0 | 0 | | | MER-7")], "annexes MER-8 deliberation", "de rectifier la délibération n° 7-B du 3 octobre 2022"),
    (6, &[UNCALLED, UNSENT, ("Délibérations", "04/10/2022 | | | |", "04/10/2022 | | | |\nMER-8 | MER-1 | 8-B | Corrigée | | 7.5 | 2022 | feuille-de-route | 2022 | | | | | | 5 | 0 | 0 | | | VAL-12")], TOLD, "l’acte rectifié est celui d’une autre assemblée"),
    (6, &[UNCALLED, votes!("| | | | | |"), ("Délibérations", "2022/12", "")], TOLD, "« Envoyé le » est rempli, mais l’acte n’est qu’un projet"),
    // 7. The certificate.
    (7, &[], CERTIFICATE, "Je soussignée, Mme Jeanne DEUX, Présidente, certifie"),
    (7, &[], CERTIFICATE, "est exécutoire depuis le 4 mars 2022."),
    (7, &[], CERTIFICATE, "affichée le 4 mars 2022"),
    (7, &[("Délibérations", "03/03/2022 | 04/03/2022 |", "03/03/2022 | 01/07/2022 |")], CERTIFICATE, "sous forme électronique, dans son intégralité et sous un format non modifiable, le 1er juillet 2022"),
    (7, &[("Délibérations", "03/03/2022 | 04/03/2022 |", "04/03/2022 | 03/03/2022 |")], TOLD, "l’acte est publié avant d’être reçu (CGCT, art. L. 2131-1)"),
    // 8. Money.
    (8, &[], REQUEST, "approuvée par la délibération n° 2022/12 du 1er mars 2022, reçue par le représentant de l’État le 3 mars 2022"),
    (8, &[], REQUEST, "dans la limite du plafond voté de 15 000,00 € par an"),
    (8, &[("Recettes", "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022", "5 000,00 | 05/03/2022 | 17/03/2022 | |")], REQUEST, "soit une partie de la participation de la communauté de communes du Val-d’Aval"),
    (8, &[UNCALLED, UNSENT], REQUEST, "la délibération VAL-12 n’est pas transmise en préfecture"),
    (8, &[UNSENT], TOLD, "« Appelé le » est rempli, mais"),
    (8, &[("Recettes", "05/03/2022 | 17/03/2022", "28/02/2022 | 17/03/2022")], TOLD, "demande appelée le 28 février 2022, avant la délibération VAL-12 du 1er mars 2022"),
    (8, &[("Recettes", "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022", "0 | 05/03/2022 | 17/03/2022 | |")], TOLD, "« Appelé le » est rempli pour 0,00 €"),
    (8, &[("Partenaires", "2 rue Haute", "")], TOLD, "demande appelée à Val-d’Aval"),
    (8, &[("Recettes", "15 000,00 | VAL-12", "13 000,00 | VAL-12")], TOLD, "dépasse le plafond voté de 13 000,00 €"),
    // 9. Names of bodies.
    (9, &[UNCALLED], ACT, "le conseil communautaire de la communauté de communes du Val-d’Aval"),
    (9, &[UNCALLED], ACT, "recours gracieux auprès de la communauté de communes du Val-d’Aval"),
    (9, &[UNCALLED, of_body!("Métropole", "Métropole d’Aval"), ("Partenaires", "CCVA | conseil communautaire", "CCVA |")], ACT, "le conseil métropolitain de la métropole d’Aval"),
    (9, &[UNCALLED, of_body!("Métropole", "Métropole d’Aval"), ("Partenaires", "CCVA | conseil communautaire", "CCVA |")], ACT, "L. 5217-2"),
    (9, &[UNCALLED, of_body!("Commune", "Commune d’Aval"), ("Partenaires", "CCVA | conseil communautaire", "CCVA |")], ACT, "le conseil municipal de la commune d’Aval"),
    (9, &[UNCALLED, of_body!("Syndicat", "Syndicat mixte de l’Aval"), ("Partenaires", "CCVA | conseil communautaire", "CCVA |")], ACT, "le comité syndical du syndicat mixte de l’Aval"),
    (9, &[UNCALLED, ("Partenaires", "conseil communautaire", "assemblée générale")], ACT, "l’assemblée générale de la communauté de communes du Val-d’Aval, légalement convoquée"),
    (9, &[UNCALLED, ("Partenaires", "| du Val-d’Aval |", "| des Vals |")], TOLD, "« des Vals » n’est pas une forme de « Val-d’Aval » avec « de »"),
    (9, &[UNCALLED, ("Partenaires", "2 rue Haute | 59400 | Aval |", "2 rue Haute | 59400 | Le Port |")], "annexes VAL-12 annexe-2-convention", "dont le siège est au Port, représentée par Mme Jeanne DEUX, Présidente"),
    (9, &[UNCALLED, of_body!("CC", "Les Vals Réunis")], "annexes VAL-12 annexe-2-convention", "Les Vals Réunis, dont le siège est à Aval, agissant par Mme Jeanne DEUX, Présidente"),
    (9, &[UNCALLED, of_body!("Commune", "Commune d’Aval")], "annexes VAL-12 annexe-2-convention", "La commune d’Aval y participe aussi"),
    (9, &[UNCALLED], ACT, "\"qualite_secretaire\":\"Secrétaire de séance\""),
    (9, &[UNCALLED, ("Séances", "Yves SIX", "Jeanne DEUX")], ACT, "\"qualite_secretaire\":\"La secrétaire de séance\""),
];

#[test]
fn every_situation_says_what_is_true_of_it() {
    assert!(LINES.len() >= 60, "{} situations", LINES.len());
    let is_missing = |rule: &u8| !LINES.iter().any(|(of, ..)| of == rule);
    assert_eq!((1..=9).find(is_missing), None, "a rule without a situation");
    each(LINES, |(rule, edits, place, sentence)| {
        let understood = understood_of(&edited(edits).settings("[lettre]", ACCOUNT));
        let found = match place.split(' ').collect::<Vec<_>>().as_slice() {
            [kind, id, file] => texts_of(&draft(&understood, kind, id), &format!("{file}.pdf")),
            _ => understood.problems.iter().map(|problem| squeeze(&problem.message)).collect::<Vec<_>>().join("\n"),
        };
        if found.contains(&squeeze(sentence)) {
            return Ok(());
        }
        Err(format!("{rule}, {edits:?}, {place}: « {sentence} » is missing in {found}"))
    });
}
