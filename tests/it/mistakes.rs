//! What bad input gets: a clear message at its cell or line, exit status 1, and nothing written.

pub(crate) mod base;
mod table;

use crate::fixture::{Fixture, problems};

/// One mistake: where, and what is said about it.
#[track_caller]
fn told(fixture: &Fixture, code: &str, sheet: &str, cell: &str) {
    let found = problems(fixture);
    assert_eq!(found, [(code.to_owned(), sheet.to_owned(), cell.to_owned())]);
}

/// One mistake that stops the letter.
#[track_caller]
fn check(fixture: &Fixture, code: &str, sheet: &str, cell: &str) {
    told(fixture, code, sheet, cell);
    let run = fixture.run("build newsletter 1");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains(code), "{}", run.stderr);
    assert!(!fixture.path("out/newsletter").exists(), "something was written");
}

#[test]
fn mistakes_are_told_at_their_cell() {
    let articles = |row: &str| {
        Fixture::small().table(
            "Articles",
            &format!("Lettre | Rubrique | Titre | Texte | Lien | Image | Texte de remplacement\n{row}"),
        )
    };
    check(&articles("1 | Actualités locales | | Texte."), "evenements/valeur-absente", "Articles", "C2");
    check(&articles("7 | Actualités locales | T | Texte."), "evenements/code-inconnu", "Articles", "A2");
    check(&articles("1 | Actualités lunaires | T | Texte."), "evenements/valeur-hors-liste", "Articles", "B2");
    check(&articles("1 | Actualités locales | T | Texte. | example.org"), "evenements/lien-invalide", "Articles", "E2");
    check(
        &articles("1 | Actualités locales | T | Texte. | | rien.png | Rien"),
        "evenements/image-absente",
        "Articles",
        "F2",
    );
    check(&articles("1 | Actualités locales | T 😀 | Texte."), "evenements/caractere-sans-dessin", "Articles", "C2");
    check(
        &articles("1 | Actualités locales | T \u{f0b7} | Texte."),
        "evenements/caractere-sans-dessin",
        "Articles",
        "C2",
    );
    check(&articles("1 | Actualités locales | T | # Un titre"), "evenements/titre-de-markdown", "Articles", "D2");
    let letters = |rows: &str| Fixture::small().table("Lettres", &format!("Numéro | Parution\n{rows}"));
    check(&letters("1 | 15/01/2022\n1 | 15/03/2022"), "evenements/valeur-en-double", "Lettres", "A3");
    check(&letters("1 | 15/01/2022\n2 | 15/01/2021"), "evenements/lettres-desordonnees", "Lettres", "B3");
    check(&letters("1 | 15 janvier"), "evenements/date-illisible", "Lettres", "B2");
    let calls = |row: &str| {
        Fixture::small()
            .table("Appels à projets", &format!("Intitulé | Opérateur | Thème | Ouverture | Clôture\n{row}"))
    };
    check(&calls("A | B | Bas carbonne"), "evenements/theme-inconnu", "Appels à projets", "C2");
    check(
        &calls("A | B | Bas carbone | 10/01/2022 | 01/01/2022"),
        "evenements/cloture-avant-ouverture",
        "Appels à projets",
        "E2",
    );
    let contacts = |rows: &str| {
        let rows: String = rows.lines().map(|row| format!("\n{row} | 01/01/2022")).collect();
        let headings = "Prénom | Nom | Organisation | Courriel | Partenaire | Collège | Lettre | Source | Informé le";
        Fixture::small().table("Contacts", &format!("{headings}{rows}"))
    };
    check(&contacts("A | B | C | a@example | | Élu | oui | S"), "contacts/courriel-invalide", "Contacts", "D2");
    // No letter reads for which partner somebody comes: it is built.
    let stranger = contacts("A | B | C | a@example.org | AAB | Élu | oui | S");
    told(&stranger, "contacts/code-inconnu", "Contacts", "E2");
    stranger.succeed("build newsletter 1");
    check(
        &contacts("A | B | C | a@example.org | | Élu | peut-être | S"),
        "contacts/oui-non-illisible",
        "Contacts",
        "G2",
    );
    check(
        &contacts("A | B | C | a@example.org | | Élu | oui | S\nD | E | F | A@example.org | | Élu | oui | S"),
        "contacts/adresse-en-double",
        "Contacts",
        "D3",
    );
}

#[test]
fn headings_that_are_missing_or_misspelt_are_told_once() {
    let fixture = Fixture::small()
        .table("Lettres", "Numero | Parutoin | Note personnelle\n1 | 15/01/2022 | x\n2 | 15/03/2022 | y");
    let run = fixture.run("build newsletter 1");
    insta::assert_snapshot!(run.stderr.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n"), @"
    erreur[evenements/intitule-absent]: la colonne « Parution » manque
      inputs/evenements.xlsx › Lettres › B1
      aide : « Parutoin » : vouliez-vous dire « Parution » ?

    avertissement[evenements/intitule-inconnu]: la colonne « Note personnelle » n’est pas lue
      inputs/evenements.xlsx › Lettres › C1
      aide : corriger l’intitulé, ou ignorer l’avertissement si la colonne est une note personnelle
    ");
}

#[test]
fn twenty_of_a_kind_are_shown_and_all_are_told_to_programs() {
    let rows: String = (1..=25)
        .map(|row| format!("\nAda | Nom{row} | Atelier | ada{row}@atelier | Industriel | oui | Salon"))
        .collect();
    let headings = "Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source";
    let fixture = Fixture::small().table("Contacts", &format!("{headings}{rows}"));
    let run = fixture.run("check");
    assert_eq!(run.stderr.matches("erreur[contacts/courriel-invalide]").count(), 20);
    assert!(run.stderr.contains("… et 5 autres [contacts/courriel-invalide]"), "{}", run.stderr);
    assert!(run.stderr.contains("25\u{a0}erreurs"), "{}", run.stderr);
    assert_eq!(problems(&fixture).len(), 25);
}

#[test]
fn unreadable_workbooks_are_refused_with_advice() {
    let whole = std::fs::read(crate::fixture::root().join("inputs/evenements.xlsx")).expect("the shipped workbook");
    for (bytes, code) in [
        (whole[..whole.len() / 2].to_vec(), "evenements/classeur-illisible"),
        (b"".to_vec(), "evenements/classeur-illisible"),
        (b"Num\xc3\xa9ro;Parution\n1;15/01/2022\n".to_vec(), "evenements/classeur-ancien"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest of an old workbook".to_vec(), "evenements/classeur-ancien"),
    ] {
        let fixture = Fixture::shipped().file("inputs/evenements.xlsx", bytes);
        let run = fixture.run("build newsletter 14");
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains(code), "{code}: {}", run.stderr);
        assert!(!fixture.path("out").exists());
    }
}

#[test]
fn errors_in_sheets_that_a_document_does_not_read_wait_elsewhere() {
    let fixture = Fixture::small().table("Dépenses", "Exercice | Nature | Prévu\n2022 | Salaire | dix");
    let run = fixture.run("build newsletter 1");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("2\u{a0}erreurs dans des feuilles que ces documents ne lisent pas"), "{}", run.stderr);
    assert_eq!(fixture.run("check").status, 1);
}

#[test]
fn mistakes_in_templates_are_told_at_file_and_line() {
    for (path, template, code, place) in [
        (
            "templates/newsletter/lettre.txt.j2",
            "un\n{{ numéro }}",
            "modeles/mot-inconnu",
            "templates/newsletter/lettre.txt.j2:2:4",
        ),
        (
            "templates/newsletter/lettre.html.j2",
            "{% for a in appels %}",
            "modeles/gabarit-invalide",
            "templates/newsletter/lettre.html.j2:1",
        ),
        (
            "templates/newsletter/lettre.typ",
            "= Titre\n#inconnu",
            "modeles/mise-en-page",
            "templates/newsletter/lettre.typ:2:2",
        ),
        (
            "templates/commun/charte.typ",
            "#let donnees = json(\"/data.json\"\n",
            "modeles/mise-en-page",
            "templates/commun/charte.typ:1:20",
        ),
        (
            "templates/newsletter/lettre.typ",
            "#set document(title: \"T\")\n#image(\"/inputs/images/x.png\", alt: \"x\")",
            "modeles/mise-en-page",
            "templates/newsletter/lettre.typ:2:8",
        ),
    ] {
        let fixture = Fixture::small().file(path, template);
        let run = fixture.run("build newsletter 1");
        assert_eq!(run.status, 1, "{path}");
        assert!(
            run.stderr.contains(&format!("erreur[{code}]")) && run.stderr.contains(place),
            "{path}: {}",
            run.stderr
        );
        assert!(!fixture.path("out/newsletter").exists(), "{path}: something was written");
    }
}

#[test]
fn a_template_of_the_workspace_wins() {
    let fixture =
        Fixture::small().file("templates/newsletter/lettre.txt.j2", "Lettre {{ numero }} de {{ cadre.territoire }}\n");
    fixture.succeed("build newsletter 1");
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt"), "Lettre 1 de Val d’Essai\n");
}

#[test]
fn settings_are_checked_at_their_line() {
    for (from, to, code, line) in [
        ("par_an = 6", "par_an = \"six\"", "territoire/reglage-invalide", "territoire.toml:8:10"),
        ("nom_expediteur", "nom_expeditteur", "territoire/reglage-inconnu", "territoire.toml:10:1"),
        ("depuis = 2021-01-01", "depuis = 2021-13-01", "territoire/reglages-illisibles", "territoire.toml:5"),
        ("lettre@example.org", "lettre", "territoire/courriel-invalide", "territoire.toml:9:14"),
        (
            "mentions = ",
            "[charte]\ncouleur = \"#ffcc00\"\n[autre]\nmentions = ",
            "territoire/contraste-insuffisant",
            "territoire.toml:13:11",
        ),
    ] {
        let run = Fixture::small().settings(from, to).run("check");
        assert!(run.stderr.contains(code) && run.stderr.contains(line), "{code} {line}: {}", run.stderr);
    }
}

#[test]
fn a_date_of_the_settings_and_a_longer_heading_are_hinted_at() {
    let dated = Fixture::small().settings("depuis = 2021-01-01", "depuis = 01/01/2021").run("check").stderr;
    assert!(dated.contains("vouliez-vous dire « 2021-01-01 » ?"), "{dated}");
    let longer = Fixture::small().table(
        "Appels à projets",
        "Intitulé | Nom de l’opérateur | Thème | Clôture\n Un appel | Agence | Bas carbone | 31/03/2022",
    );
    let longer = longer.run("check").stderr;
    assert!(longer.contains("« Nom de l’opérateur » : vouliez-vous dire « Opérateur » ?"), "{longer}");
}
