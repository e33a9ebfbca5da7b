//! What lies ahead of the day of the sheets has not happened: half-years and months in progress.

use crate::acts::{draft, texts_of, understood_of};
use crate::fixture::Fixture;
use crate::mistakes::base::{Edit, edited};
use crate::pdf::{squeeze, squeezed_text};

/// The base on a day of its sheets.
fn on(day: &str, edits: &[Edit]) -> Fixture {
    edited(edits).settings("nom = \"Val d’Essai\"", &format!("nom = \"Val d’Essai\"\narrete_au = {day}"))
}

const WORKSHOP: Edit = (
    "Agenda",
    "COTECH-1 | 10/02/2022",
    "COTECH-2 | 12/05/2022 | 9 h | | | Second comité technique | COTECH | Mer | | | non | | | |\n | 14/02/2022 | | | | Visite d’une école | Autre | Aval | | | non | | | |\nCOTECH-1 | 10/02/2022",
);

#[test]
fn a_half_year_in_progress_is_named_so_and_compared_with_no_whole_one() {
    for (day, says, silent) in [
        (
            "2022-03-15",
            &[
                "Du 1er janvier au 15 mars 2022, semestre en cours",
                "a tenu 3 événements, avec 29 participants (2 autres événements sont prévus d’ici la fin du semestre)",
                "Semestre en cours : du 1er janvier au 15 mars 2022. Il ne se compare pas à un semestre entier.",
                "Prévu d’ici la fin du semestre",
            ][..],
            &["au semestre précédent", "qu’au précédent", "Second semestre 2021"][..],
        ),
        (
            "2022-07-15",
            &["Au premier semestre 2022, le programme a rencontré", "a tenu 5 événements"],
            &["semestre en cours", "Prévu d’ici la fin du semestre", "autres événements sont prévus"],
        ),
    ] {
        let fixture = on(day, &[WORKSHOP]);
        fixture.succeed("build report 2022-S1");
        let text = squeezed_text(&fixture.read("out/report/2022-S1/bilan.pdf"));
        for sentence in says {
            assert!(text.contains(&squeeze(sentence)), "{day}: « {sentence} » is missing in {text}");
        }
        for sentence in silent {
            assert!(!text.contains(&squeeze(sentence)), "{day}: « {sentence} » stands in {text}");
        }
    }
}

#[test]
fn a_month_in_progress_is_named_so_and_compared_with_no_whole_one() {
    let earlier: Edit = (
        "Accompagnements",
        "10/01/2022 | Forge d’Aval |",
        "12/01/2021 | Conserverie du Port | | Prise de contact | Bas carbone | oui | 1 | |\n10/01/2022 | Forge d’Aval |",
    );
    for (day, says, silent) in [
        ("2022-01-20", &["Mois en cours, situation au 20 janvier 2022", "à ce jour"][..], &["un an avant"][..]),
        ("2022-02-20", &["un an avant", "dans le mois"], &["en cours, situation"]),
    ] {
        let fixture = on(day, &[earlier]);
        fixture.succeed("build indicators 2022-01");
        let text = squeezed_text(&fixture.read("out/indicators/2022-01/indicateurs.pdf"));
        for sentence in says {
            assert!(text.contains(&squeeze(sentence)), "{day}: « {sentence} » is missing in {text}");
        }
        for sentence in silent {
            assert!(!text.contains(&squeeze(sentence)), "{day}: « {sentence} » stands in {text}");
        }
    }
}

#[test]
fn without_a_day_in_the_settings_it_is_that_of_the_last_recorded_fact() {
    // The vote of 3 October 2022, transmitted the day after, is the last fact: the meeting of November is planned.
    let later: Edit = (
        "Agenda",
        "COTECH-1 | 10/02/2022",
        "COTECH-2 | 12/11/2022 | 9 h | | | Comité de novembre | COTECH | Mer | | | non | | | |\nCOTECH-1 | 10/02/2022",
    );
    let understood = understood_of(&edited(&[later, ("Communication", "2022-01 |", "2022-09 |")]));
    let text = texts_of(&draft(&understood, "report", "2022-S2"), "bilan.pdf");
    assert!(text.contains(&squeeze("Du 1er juillet au 4 octobre 2022, semestre en cours")), "{text}");
    assert!(text.contains(&squeeze("n'a tenu aucun événement (1 événement est prévu")), "{text}");
}

#[test]
fn a_letter_without_its_sending_before_one_that_has_it_is_told() {
    let sent: Edit = ("Lettres", "Le printemps arrive. | Paul Un |", "Le printemps arrive. | Paul Un | 15/03/2022");
    let problems = understood_of(&edited(&[sent])).problems;
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["lettre-non-envoyee"]);
}
