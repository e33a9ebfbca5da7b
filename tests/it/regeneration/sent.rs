//! What was sent is evidence: it is kept as it is, and told when it is not what was sent.

use std::fs;

use super::{made, snapshot};
use crate::fixture::Fixture;
use crate::mistakes::base::edited;

#[test]
fn what_was_sent_is_never_rewritten() {
    let mut fixture = Fixture::small().table(
        "Lettres",
        "Numéro | Parution   | Éditorial | Envoyée le
         1      | 15/01/2022 | Bonjour à tous. | 15/01/2022",
    );
    made(&fixture);
    let sent = snapshot(&fixture.path("out"));
    assert!(fixture.succeed("list").stdout.contains("envoyé"));
    fixture.edit("Articles", "Premier titre", "Titre corrigé");
    for arguments in ["build", "build", "build newsletter 1 --force", "verify newsletter"] {
        let run = fixture.succeed(arguments);
        assert!(run.stderr.contains("avertissement[general/fichier-fige]"), "{arguments}: {}", run.stderr);
        // Every run names the cell behind it, not only the first.
        assert!(run.stderr.contains("Articles › C2"), "{arguments}: {}", run.stderr);
        let frozen = |files: &[(String, Vec<u8>)]| {
            files.iter().filter(|(name, _)| name.starts_with("newsletter/")).cloned().collect::<Vec<_>>()
        };
        assert_eq!(frozen(&snapshot(&fixture.path("out"))), frozen(&sent), "{arguments}");
    }
    assert!(fixture.succeed("list").stdout.contains("les données ont changé depuis l’envoi"));
    let why = fixture.succeed("why newsletter 1").stdout;
    assert!(why.contains("envoyé") && why.contains("Articles › C2"), "{why}");
}

/// A letter that was sent.
fn sent_letter() -> Fixture {
    let fixture = Fixture::small().table(
        "Lettres",
        "Numéro | Parution   | Éditorial | Envoyée le
         1      | 15/01/2022 | Bonjour à tous. | 15/01/2022",
    );
    fixture.succeed("build");
    fixture
}

/// Every command tells it, with status 1, and nothing in the folder of the letter changes.
#[track_caller]
fn assert_told_and_left_alone(fixture: &Fixture, code: &str) {
    let before = snapshot(&fixture.path("out/newsletter/1"));
    for arguments in ["build", "build", "build newsletter", "verify", "list", "check", "check", "why"] {
        let run = fixture.run(arguments);
        assert!(run.stderr.contains(&format!("erreur[general/{code}]")), "{arguments}: {}", run.stderr);
        assert_eq!(run.status, 1, "{arguments}");
        assert_eq!(snapshot(&fixture.path("out/newsletter/1")), before, "{arguments}");
    }
}

#[test]
fn what_was_sent_is_told_when_it_is_altered_or_gone_and_restored_when_asked() {
    let fixture = sent_letter();
    let (pdf, text) = ("out/newsletter/1/lettre-1.pdf", "out/newsletter/1/lettre-1.txt");
    let sent = [fixture.read(pdf), fixture.read(text)];
    fs::write(fixture.path(pdf), &sent[0][..sent[0].len() / 2]).expect("cut");
    assert_told_and_left_alone(&fixture, "envoi-altere");
    fs::remove_file(fixture.path(text)).expect("removed");
    assert_told_and_left_alone(&fixture, "envoi-absent");
    let run = fixture.succeed("build newsletter 1 --force");
    assert!(run.stderr.contains("avertissement[general/envoi-retabli]"), "{}", run.stderr);
    assert_eq!([fixture.read(pdf), fixture.read(text)], sent);
    assert_eq!(fixture.read("out/newsletter/1/lettre-1.pdf.bak"), &sent[0][..sent[0].len() / 2]);
    fixture.succeed("verify");
}

#[test]
fn what_was_sent_is_not_restored_from_other_data() {
    let mut fixture = sent_letter();
    fs::write(fixture.path("out/newsletter/1/lettre-1.txt"), "autre chose").expect("written");
    fixture.edit("Articles", "Premier titre", "Titre corrigé");
    let run = fixture.run("build --force");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("erreur[general/envoi-perdu]"), "{}", run.stderr);
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt"), "autre chose");
}

#[test]
fn what_was_sent_stays_when_the_sheets_no_longer_say_so() {
    let mut fixture = sent_letter();
    fixture.edit("Lettres", "Bonjour à tous. | 15/01/2022", "Bonjour à tous, enfin. |");
    assert_told_and_left_alone(&fixture, "envoi-efface");
    let mut fixture = sent_letter();
    fixture.edit("Lettres", "1      |", "7      |");
    fixture.edit("Articles", "1      |", "7      |");
    assert_told_and_left_alone(&fixture, "envoi-orphelin");
}

#[test]
fn the_certificate_of_an_act_that_was_sent_is_still_made() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let folder = "out/annexes/CA2C-2022-70";
    let act = fixture.read(&format!("{folder}/deliberation.pdf"));
    fs::remove_file(fixture.path(&format!("{folder}/certificat-publication.pdf"))).expect("removed");
    fs::write(fixture.path(&format!("{folder}/deliberation.pdf")), [&act[..], b"\n"].concat()).expect("written");
    let listing = fixture.read(&format!("{folder}/manifeste.json"));
    let run = fixture.run("build annexes CA2C-2022-70");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(fixture.path(&format!("{folder}/certificat-publication.pdf")).exists());
    let kept = fixture.read(&format!("{folder}/deliberation.pdf"));
    assert_eq!(kept.len(), act.len() + 1, "a frozen act was rewritten");
    // What is made over the act waits for the act that was sent.
    assert_eq!(fixture.read(&format!("{folder}/manifeste.json")), listing);
    fs::write(fixture.path(&format!("{folder}/deliberation.pdf")), act).expect("written");
    fixture.succeed("build annexes CA2C-2022-70");
}

#[test]
fn a_changed_day_writes_no_second_set_beside_what_was_sent() {
    let mut fixture = edited(&[]);
    fixture.succeed("build annexes VAL-12");
    let sent = snapshot(&fixture.path("out/annexes/VAL-12"));
    fixture.edit("Séances", "CCVA | 01/03/2022", "CCVA | 02/03/2022");
    for arguments in ["build annexes VAL-12", "build annexes VAL-12 --force", "verify annexes VAL-12"] {
        let run = fixture.run(arguments);
        assert_eq!(run.status, 1, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains("erreur[general/envoi-double]"), "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains("20220302-2022_12-DE-1-1_1.pdf » n’est pas écrit"), "{arguments}: {}", run.stderr);
        // The deposit, the certificate and the row of the open data stay together, with the act that was sent.
        assert_eq!(snapshot(&fixture.path("out/annexes/VAL-12")), sent, "{arguments}");
    }
    fixture.edit("Séances", "CCVA | 02/03/2022", "CCVA | 01/03/2022");
    fixture.succeed("build annexes VAL-12");
    assert_eq!(snapshot(&fixture.path("out/annexes/VAL-12")), sent);
}
