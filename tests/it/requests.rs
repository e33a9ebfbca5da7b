//! Requests for money: what they rest on, into which account they are paid, to whom they go.

use crate::acts::{draft, texts_of, understood_of};
use crate::fixture::Fixture;
use crate::mistakes::base::{Edit, edited};
use crate::pdf::squeeze;

const ACCOUNT: &str = "FR7630006000011234567890189";
const SENT: &str = "08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | |";
const CALLED: &str = "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022";

/// The base with an account to pay into.
fn with_account(edits: &[Edit], iban: &str, more: &str) -> Fixture {
    let section = format!("[demandes]\ntitulaire = \"CCI\"\niban = \"{iban}\"\n{more}\n[lettre]");
    edited(edits).settings("exemple = true\n", "").settings("[lettre]", &section)
}

fn told(fixture: &Fixture) -> Vec<&'static str> {
    let mut codes: Vec<&str> = understood_of(fixture).problems.iter().map(|problem| problem.code).collect();
    codes.retain(|code| *code != "exemple-laisse");
    codes.sort_unstable();
    codes
}

#[test]
fn a_request_rests_on_an_act_that_was_adopted_and_transmitted() {
    let unsent = ("Délibérations", SENT, "| | | | |");
    let rejected = ("Délibérations", "Adoptée | 4 | 0 | 1 | | HUIT Hal", "Rejetée | 1 | 4 | 0 | |");
    for (name, edits, codes) in [
        ("adopted and transmitted", &[][..], &[][..]),
        ("not transmitted", &[unsent], &["appel-sans-base"]),
        ("rejected", &[unsent, rejected], &["appel-sans-base"]),
        (
            "a draft",
            &[unsent, ("Délibérations", "Adoptée | 4 | 0 | 1 | | HUIT Hal", "| | | | |")],
            &["appel-sans-base"],
        ),
        ("the act of another body", &[("Recettes", "| VAL-12 |", "| MER-7 |")], &["appel-sans-base"]),
        ("found without being named", &[("Recettes", "| VAL-12 |", "| |")], &[]),
        ("nothing is asked for", &[("Recettes", CALLED, "0 | 05/03/2022 | 17/03/2022 | |")], &["appel-nul"]),
        ("a reference of the wrong form", &[("Recettes", "ENG-1", "ENG n° 1")], &["reference-chorus"]),
        (
            "called before the vote",
            &[("Recettes", "05/03/2022 | 17/03/2022", "28/02/2022 | 17/03/2022")],
            &["appel-avant-vote"],
        ),
        (
            "called before the act was executory",
            &[("Recettes", "05/03/2022 | 17/03/2022", "02/03/2022 | 17/03/2022")],
            &["appel-avant-caractere-executoire"],
        ),
        ("no address", &[("Partenaires", "2 rue Haute", "")], &["destinataire-incomplet"]),
        ("not called, a mere draft", &[unsent, ("Recettes", CALLED, "| | | |")], &[]),
    ] {
        assert_eq!(told(&edited(edits)), codes, "{name}");
    }
}

#[test]
fn a_year_of_which_no_act_is_kept_is_a_warning() {
    let fixture = edited(&[])
        .table("Délibérations", "Code | Séance | Objet | Exercice | Annexes")
        .table("Présences", "Séance | Nom | Prénom | Statut");
    let fixture = fixture.table(
        "Recettes",
        "Exercice | Financeur | Mode | Prévu | Apport | Appelé le
         2021 | CCI | Montant | 60 000,00 | valorisé |
         2022 | CCI | Montant | 50 000,00 | valorisé |
         2022 | CCVA | Montant | 16 234,51 | numéraire | 15/02/2022",
    );
    assert_eq!(told(&fixture), ["appel-sans-acte"]);
}

#[test]
fn letters_are_pages_whatever_else_they_are() {
    for (formats, codes) in [
        ("[]", &[][..]),
        ("[\"pdf\"]", &[]),
        ("[\"pdf\", \"docx\"]", &[]),
        ("[\"docx\"]", &["reglage-invalide"]),
        ("[\"pdf\", \"odt\"]", &["reglage-invalide"]),
        ("\"docx\"", &["reglage-invalide"]),
    ] {
        let more = format!("bic = \"AGRIFRPP882\"\nsiret = \"73282932000074\"\nformats = {formats}");
        assert_eq!(told(&with_account(&[], ACCOUNT, &more)), codes, "{formats}");
    }
}

#[test]
fn nobody_pays_into_zeros() {
    let zeros = "FR76 0000 0000 0000 0000 0000 097";
    let uncalled: &[Edit] = &[("Recettes", CALLED, "| | | |")];
    let called: &[Edit] = &[];
    for (name, edits, iban, more, codes) in [
        ("a true account", called, ACCOUNT, "bic = \"AGRIFRPP882\"\nsiret = \"73282932000074\"", &[][..]),
        ("zeros, and a request is called", called, zeros, "", &["coordonnees-fictives"]),
        ("zeros, and nothing is called", uncalled, zeros, "", &["coordonnees-a-remplacer"]),
        ("a BIC of X", called, ACCOUNT, "bic = \"XXXXFRP0XXX\"", &["coordonnees-fictives"]),
        ("a BIC of the wrong form", called, ACCOUNT, "bic = \"AGRI-FRPP\"", &["coordonnees-fictives"]),
        ("a SIRET of zeros", called, ACCOUNT, "siret = \"00000000000000\"", &["coordonnees-fictives"]),
        ("a SIRET whose key is wrong", called, ACCOUNT, "siret = \"73282932000075\"", &["coordonnees-fictives"]),
    ] {
        assert_eq!(told(&with_account(edits, iban, more)), codes, "{name}");
    }
    let example = |edits| with_account(edits, zeros, "").settings("nom = ", "exemple = true\nnom = ");
    assert!(told(&example(uncalled)).is_empty(), "an example is told of its zeros");
    assert_eq!(told(&example(called)), ["coordonnees-fictives"]);
}

#[test]
fn letters_say_of_what_they_are_a_part_and_by_which_act() {
    let letter = |edits: &[Edit]| {
        let understood = understood_of(&with_account(edits, ACCOUNT, ""));
        texts_of(&draft(&understood, "payment-requests", "2022"), "demande-CCVA.pdf")
    };
    let unsent = ("Délibérations", SENT, "| | | | |");
    for (name, edits, says, silent) in [
        (
            "the whole share",
            &[][..],
            &[
                "que votre assemblée a approuvée par la délibération n° 2022/12 du 1er mars 2022, reçue par le représentant de l'État le 3 mars 2022",
                "La participation de la communauté de communes du Val-d'Aval est de 13 587,94 €, dans la limite du plafond voté de 15 000,00 € par an. Elle est appelée en un seul versement, selon l'article 7 de la convention.",
            ][..],
            &["facture", "une partie"][..],
        ),
        (
            "a part of it",
            &[("Recettes", CALLED, "5 000,00 | 05/03/2022 | 17/03/2022 | |")],
            &[
                "La présente demande porte sur 5 000,00 €, soit une partie de la participation de la communauté de communes du Val-d'Aval, qui est de 13 587,94 €",
            ],
            &["en un seul versement"],
        ),
        (
            "a draft that says why",
            &[unsent, ("Recettes", CALLED, "| | | |")],
            &["la délibération VAL-12 n'est pas transmise en préfecture"],
            &[],
        ),
    ] {
        let text = letter(edits);
        for sentence in says {
            assert!(text.contains(&squeeze(sentence)), "{name}: « {sentence} » is missing in {text}");
        }
        for sentence in silent {
            assert!(!text.contains(&squeeze(sentence)), "{name}: « {sentence} » stands in {text}");
        }
    }
}

#[test]
fn a_draft_carries_no_day_before_its_act() {
    let day = |edits: &[Edit]| {
        let understood = understood_of(&with_account(edits, ACCOUNT, ""));
        texts_of(&draft(&understood, "payment-requests", "2022"), "demande-CCVA.pdf")
    };
    let uncalled = ("Recettes", CALLED, "| | | |");
    for (name, edits, expected) in [
        ("the day since which the act is executory", &[uncalled][..], "\"date\":\"4 mars 2022\""),
        (
            "the day of the vote, while it is not published",
            &[uncalled, ("Délibérations", SENT, "| | | | |")],
            "\"date\":\"1er mars 2022\"",
        ),
    ] {
        let text = day(edits);
        assert!(text.contains(&squeeze(expected)), "{name}: {text}");
    }
}
