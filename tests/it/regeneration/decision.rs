//! One decision of several councils: the first pack that is sent fixes what all of them have in common.

use liasse::papers;

use crate::fixture::Fixture;
use crate::mistakes::base::edited;
use crate::pdf::{squeeze, squeezed_text};

/// A pack that was sent, and one of the same decision that is a draft.
fn decision() -> Fixture {
    edited(&[
        (
            "Délibérations",
            "MER-7 | MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | feuille-de-route | 2022 | | | DIX Noé | | | 3 | 1 | 0 | TROIS Luc | | | | | 04/10/2022",
            "MER-7 | MER-1 | | Participation au programme | | 7.5 | 2022 | bilan; convention | 2022 | renouvellement | | | | | | | | | | | | |",
        ),
        ("Recettes", "| 13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022 |", "| | | | | |"),
    ])
}

const COMMON: [&str; 3] = ["annexe-1-bilan.pdf", "annexe-2-convention.pdf", "convention-modifications.pdf"];

fn annexes(fixture: &Fixture, pack: &str) -> Vec<Vec<u8>> {
    COMMON.iter().map(|name| fixture.read(&format!("out/annexes/{pack}/{name}"))).collect()
}

fn says(fixture: &Fixture, pack: &str, file: &str, text: &str) -> bool {
    squeezed_text(&fixture.read(&format!("out/annexes/{pack}/{file}"))).contains(&squeeze(text))
}

#[test]
fn the_first_pack_that_is_sent_fixes_the_annexes_of_its_decision() {
    let mut fixture = decision();
    fixture.succeed("build annexes");
    let sent = annexes(&fixture, "VAL-12");
    assert_eq!(annexes(&fixture, "MER-7"), sent);
    assert!(fixture.succeed("build annexes").stdout.is_empty(), "something was made twice");
    // A share and a signatory change after the first pack was sent.
    fixture.edit("Dépenses", "65 000,00", "66 000,00");
    fixture.edit("Représentants", "Jeanne | DEUX", "Jeanne | DEUZE");
    for arguments in ["build annexes", "build annexes --force", "verify annexes"] {
        let run = fixture.succeed(arguments);
        for told in ["avertissement[general/annexe-commune]", "premier dossier envoyé, VAL-12", "Dépenses › C3"] {
            assert!(run.stderr.contains(told), "{arguments}: {told}: {}", run.stderr);
        }
        assert_eq!(annexes(&fixture, "MER-7"), sent, "{arguments}");
        assert_eq!(annexes(&fixture, "VAL-12"), sent, "{arguments}");
        // Reading copy, act and note are made from what was sent with the annexes.
        for (file, old, new) in [
            ("dossier-complet.pdf", "66 234,51", "67 234,51"),
            ("dossier-complet.pdf", "Jeanne DEUX", "Jeanne DEUZE"),
            ("note-de-synthese.pdf", "66 234,51", "67 234,51"),
        ] {
            assert!(says(&fixture, "MER-7", file, old), "{arguments}: {file} does not say {old}");
            assert!(!says(&fixture, "MER-7", file, new), "{arguments}: {file} says {new}");
        }
    }
    let note =
        papers::read(&fixture.read("out/annexes/MER-7/note-de-synthese.docx")).expect("a text").side(true).concat();
    assert!(squeeze(&note).contains(&squeeze("66 234,51")), "{note}");
    let figures = fixture.succeed("explain annexes MER-7").stdout;
    let figures = squeeze(&figures);
    assert!(figures.contains(&squeeze("66 234,51")) && !figures.contains(&squeeze("67 234,51")), "{figures}");
    assert!(fixture.succeed("build annexes").stdout.is_empty(), "something was made twice");
}

#[test]
fn a_pack_that_joins_a_decision_later_has_the_annexes_that_were_sent() {
    let mut fixture = decision();
    let late = "\nMER-8 | MER-1 | | Participation, suite | | 7.5 | 2022 | bilan; convention | 2022 | renouvellement | | | | | | | | | | | | |";
    fixture.succeed("build annexes");
    let sent = annexes(&fixture, "VAL-12");
    fixture.edit("Dépenses", "65 000,00", "66 000,00");
    fixture.edit("Délibérations", "MER-7 | MER-1", &format!("{}\nMER-7 | MER-1", late.trim_start()));
    fixture.succeed("build annexes");
    assert_eq!(annexes(&fixture, "MER-8"), sent);
    // What was sent is no longer what it was: nothing is made over it.
    let path = fixture.path("out/annexes/VAL-12/annexe-1-bilan.pdf");
    std::fs::write(&path, "autre chose").expect("written");
    let run = fixture.run("build annexes --force --keep-going");
    assert!(run.stderr.contains("erreur[general/envoi-"), "{}", run.stderr);
    assert_eq!(annexes(&fixture, "MER-8"), sent);
}
