//! What is kept of one person: found, handed over, erased.

use std::path::Path;

use calamine::{Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::fixture::Fixture;

/// A territory whose first letter was sent to three people, one of whom also came to a committee.
fn territory() -> Fixture {
    Fixture::small()
        .table(
            "Contacts",
            "Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source | Informé le | Dernier échange
             Ada    | Un  | Atelier d’Ada | ada@example.org | Industriel | oui | salon | 01/02/2021 | 01/02/2021
             Ada    | Trois | Scierie     | ada.trois@example.org | Industriel | oui | salon | 01/02/2021 | 01/02/2021
             Bob    | Un  | Forge         | bob@example.org | Élu | oui | salon | 01/02/2021 | 01/02/2021",
        )
        .table(
            "Lettres",
            "Numéro | Parution   | Éditorial | Envoyée le
             1      | 15/01/2022 | Bonjour à tous. | 15/01/2022
             2      | 15/03/2022 | |",
        )
        .table(
            "Agenda",
            "Code | Date | Heure | Intitulé | Type | Lieu | Dans la lettre
             C1 | 20/01/2022 | 9 h | Un comité | COPIL | Aval | oui",
        )
        .table(
            "Participants",
            "Événement | Nom | Organisation | Présent
             C1 | UN Ada | Atelier d’Ada | oui",
        )
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn rows(fixture: &Fixture) -> Vec<String> {
    let mut workbook: Xlsx<_> =
        open_workbook(fixture.path("out/interne/newsletter/1/destinataires.xlsx")).expect("a list");
    let sheet = workbook.worksheet_range("Destinataires").expect("the list");
    let rows = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"));
    rows.skip_while(|row| !row.starts_with("Courriel")).skip(1).collect()
}

#[test]
fn everything_about_a_person_is_found_by_name_and_by_address() {
    let fixture = territory();
    fixture.succeed("build newsletter 1");
    let by_address = fixture.succeed("personne ADA@example.org").stdout;
    assert_eq!(by_address, fixture.succeed("person Un Ada").stdout);
    for expected in [
        "inputs/contacts.xlsx › Contacts, ligne 2\n    A2   Prénom\u{a0}: Ada\n",
        "Courriel\u{a0}: ada@example.org\n",
        "inputs/evenements.xlsx › Participants, ligne 2\n",
        "out/interne/newsletter/1/destinataires.csv (envoyé le 15\u{a0}janvier 2022)\n",
        "out/interne/newsletter/1/destinataires.xlsx (envoyé le 15\u{a0}janvier 2022)\n",
    ] {
        assert!(by_address.contains(expected), "{expected}\n{by_address}");
    }
    assert!(!by_address.contains("ligne 3") && !by_address.contains("Bob"), "{by_address}");
    let unknown = fixture.run("person ada@exemple.org");
    assert!(
        unknown.status == 1 && unknown.stderr.contains("vouliez-vous dire « ada@example.org » ?"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn an_erased_person_is_nowhere_below_the_results_and_the_sent_list_keeps_its_length() {
    let mut fixture = territory();
    fixture.succeed("build newsletter 1");
    let sent = fixture.read("out/interne/newsletter/1/destinataires.csv");
    std::fs::write(fixture.path("out/interne/newsletter/1/destinataires.csv.bak"), &sent).expect("a copy");
    let run = fixture.succeed("person ada@example.org --erase");
    assert!(run.stderr.contains("à effacer vous-même"), "{}", run.stderr);
    assert!(run.stdout.contains("Contacts, ligne 2"), "{}", run.stdout);
    let list = fixture.text("out/interne/newsletter/1/destinataires.csv");
    let expected = "\u{feff}courriel;prenom;nom;organisation\r\nada.trois@example.org;Ada;Trois;Scierie\r\n\
                    bob@example.org;Bob;Un;Forge\r\npersonne effacée;;;\r\n";
    assert_eq!(list, expected);
    assert_eq!(list, fixture.text("out/interne/newsletter/1/destinataires.csv.bak"));
    assert_eq!(
        rows(&fixture),
        ["ada.trois@example.org|Ada|Trois|Scierie", "bob@example.org|Bob|Un|Forge", "personne effacée|||"]
    );
    for path in files(&fixture.path("out")) {
        let bytes = std::fs::read(&path).expect("a file");
        for told in ["ada@example.org", "Atelier d’Ada"] {
            assert!(!bytes.windows(told.len()).any(|found| found == told.as_bytes()), "{}: {told}", path.display());
        }
    }
    // The row goes as well: nothing that was sent is called altered, and nothing is told again and again.
    fixture.edit(
        "Contacts",
        "Ada    | Un  | Atelier d’Ada | ada@example.org | Industriel | oui | salon | 01/02/2021 | 01/02/2021\n",
        "",
    );
    fixture.edit("Participants", "\n             C1 | UN Ada | Atelier d’Ada | oui", "");
    for command in ["build newsletter 1", "build newsletter 1 --force", "verify newsletter 1"] {
        let run = fixture.succeed(command);
        assert!(!run.stderr.contains("destinataires"), "{command}: {}", run.stderr);
    }
    assert_eq!(list, fixture.text("out/interne/newsletter/1/destinataires.csv"));
    // Somebody else who is erased later counts, too.
    fixture.succeed("person bob@example.org --erase");
    let list = fixture.text("out/interne/newsletter/1/destinataires.csv");
    assert!(list.ends_with("Scierie\r\npersonne effacée;;;\r\npersonne effacée;;;\r\n"), "{list}");
    let record: Value = serde_json::from_str(&fixture.text("out/.liasse/documents/newsletter/1.json")).expect("JSON");
    let record = record["fichiers"].as_array().expect("files").iter().find(|file| file["nom"] == "destinataires.csv");
    assert_eq!(record.expect("the list")["effacees"]["nombre"], 2);
    assert_eq!(fixture.run("person ada@example.org").status, 1);
}

#[test]
fn what_is_remembered_of_the_sheets_forgets_a_person() {
    let fixture = territory();
    fixture.succeed("build newsletter 1");
    let remembered = || -> Vec<usize> {
        let read = |path| serde_json::from_slice::<Value>(&std::fs::read(path).expect("a file")).expect("JSON");
        let rows = files(&fixture.path("out/.liasse/feuilles")).into_iter().map(read);
        let lists =
            rows.filter(|sheet| sheet["lignes"][0]["Collège"].is_string() || sheet["lignes"][1]["Collège"].is_string());
        lists
            .flat_map(|sheet| sheet["lignes"].as_array().expect("rows").clone())
            .map(|row| row.as_object().map_or(0, serde_json::Map::len))
            .collect()
    };
    let before = remembered();
    assert!(before.len() == 3 && before[0] > 5, "{before:?}");
    fixture.succeed("person ada@example.org --erase");
    assert_eq!(remembered(), [0, before[1], before[2]]);
}

#[test]
fn a_person_is_handed_data_and_a_page_and_nothing_of_others() {
    let fixture = territory();
    fixture.succeed("build newsletter 1");
    fixture.succeed("person Ada Un --export remise");
    let data: Value = serde_json::from_str(&fixture.text("remise/personne.json")).expect("JSON");
    assert_eq!(data["adresses"], serde_json::json!(["ada@example.org"]));
    let cells = data["cellules"].as_array().expect("cells");
    assert!(cells.iter().any(|cell| cell["colonne"] == "Organisation" && cell["valeur"] == "Atelier d’Ada"), "{data}");
    assert!(!data.to_string().contains("Bob") && !data.to_string().contains("Scierie"), "{data}");
    let page = lopdf::Document::load_mem(&fixture.read("remise/personne.pdf")).expect("a PDF");
    assert_eq!(page.get_pages().len(), 1);
}

#[test]
fn two_people_of_one_name_are_not_taken_for_each_other() {
    let mut fixture = territory();
    fixture.edit("Contacts", "Bob    | Un ", "Ada    | Un ");
    fixture.succeed("build newsletter 1");
    let run = fixture.run("person Ada Un --erase");
    assert!(run.status == 1 && run.stderr.contains("ada@example.org, bob@example.org"), "{}", run.stderr);
    let found = fixture.succeed("person ada@example.org").stdout;
    assert!(found.contains("ligne 2") && !found.contains("ligne 4") && !found.contains("Participants"), "{found}");
}
