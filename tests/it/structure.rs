//! A document is made of sound sheets, or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::fixture::Fixture;
use crate::mistakes::base::{SHEETS, edited};

/// What became of each document, as « kind id ».
fn states(fixture: &Fixture, arguments: &str) -> BTreeMap<String, String> {
    let run = fixture.run(&format!("{arguments} --format json"));
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let documents = value["documents"].as_array().expect("documents");
    documents
        .iter()
        .map(|it| (format!("{} {}", text(&it["genre"]), text(&it["document"])), text(&it["sort"])))
        .collect()
}

/// Every result below a folder, records left out.
fn results(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != ".liasse" {
            files.extend(results(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else if path.is_file() {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
    files
}

/// The territory that fills every sheet, with documents of every kind.
fn whole_territory() -> Fixture {
    let bank = "[demandes]\ntitulaire = \"T\"\niban = \"FR7630006000011234567890189\"\ndelai_jours = 45\n[lettre]";
    edited(&[]).settings("[lettre]", bank)
}

/// What the program reads when the sheet is spoilt: which documents are stopped. The others are what they were.
fn stopped_by(
    fixture: &mut Fixture,
    sheet: &'static str,
    spoilt: &str,
    whole: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let table = SHEETS.iter().find(|(name, _)| *name == sheet).expect("the sheet").1;
    fixture.set_table(sheet, spoilt);
    let states = states(fixture, "build --keep-going");
    for (document, state) in &states {
        assert!(matches!(state.as_str(), "bloqué" | "à jour" | "envoyé"), "{sheet}: {document} {state}");
    }
    assert!(results(&fixture.path("out")) == *whole, "{sheet}: a result changed");
    fixture.set_table(sheet, table);
    states.into_iter().filter(|(_, state)| state == "bloqué").map(|(document, _)| document).collect()
}

#[test]
fn a_sheet_that_cannot_be_read_stops_what_reads_it_and_changes_nothing_else() {
    let mut fixture = whole_territory();
    fixture.succeed("build");
    let whole = results(&fixture.path("out"));
    let mut stopped = BTreeMap::new();
    for (sheet, table) in SHEETS {
        // Headings that somebody renamed: the sheet is there, and none of its rows can be read.
        let rows = table.split_once('\n').map_or("", |(_, rows)| rows);
        let renamed = format!("Première | Deuxième | Troisième\n{rows}");
        stopped.insert(*sheet, stopped_by(&mut fixture, sheet, &renamed, &whole));
    }
    let kinds = |sheet: &str| -> Vec<&str> {
        let mut kinds: Vec<&str> = stopped[sheet].iter().filter_map(|it| it.split(' ').next()).collect();
        kinds.dedup();
        kinds
    };
    // Names of firms and of partners guard every document.
    let all = [
        "action-plan",
        "annexes",
        "budget",
        "convocation",
        "convocation-seance",
        "emargement",
        "emargement-seance",
        "etat-des-depenses",
        "etat-des-salaires",
        "follow-up",
        "indicators",
        "liste-deliberations",
        "newsletter",
        "payment-requests",
        "rappel",
        "releve",
        "report",
    ];
    for sheet in ["Entreprises", "Partenaires"] {
        assert_eq!(kinds(sheet), all, "{sheet}");
    }
    assert_eq!(kinds("Articles"), ["newsletter"]);
    // What is reckoned from the day of the sheets rests on every fact that they note, where the settings do not say the day.
    let reckoned = [
        "action-plan",
        "convocation-seance",
        "etat-des-depenses",
        "etat-des-salaires",
        "follow-up",
        "indicators",
        "liste-deliberations",
        "rappel",
        "releve",
        "report",
    ];
    let with_reckoned = |others: &[&'static str]| {
        let mut kinds = [&reckoned, others].concat();
        kinds.sort_unstable();
        kinds
    };
    // A request, and what a budget calls voted, rest on acts.
    assert_eq!(kinds("Présences"), with_reckoned(&["annexes", "budget", "emargement-seance", "payment-requests"]));
    // What a figure of a letter may tell rests on which months have a page of their own.
    assert_eq!(kinds("Communication"), with_reckoned(&["annexes", "newsletter"]));
    assert!(kinds("Dépenses").contains(&"budget") && !kinds("Dépenses").contains(&"newsletter"));
}

#[test]
fn a_value_that_cannot_be_read_stops_what_prints_it_and_nothing_else() {
    let mut fixture = whole_territory();
    fixture.succeed("build");
    let whole = results(&fixture.path("out"));
    let mut stopped = |sheet: &'static str, from: &str, to: &str| {
        let table = SHEETS.iter().find(|(name, _)| *name == sheet).expect("the sheet").1;
        assert_eq!(table.matches(from).count(), 1, "{from:?} in {sheet}");
        stopped_by(&mut fixture, sheet, &table.replace(from, to), &whole)
    };
    let heard = stopped("Agenda", "ATELIER-1 | 25/01/2022 | 9 h 30", "ATELIER-1 | 25/01/2022 | 9 h 75");
    assert!(heard.contains(&"newsletter 1".to_owned()), "{heard:?}");
    assert!(!heard.iter().any(|it| it.starts_with("annexes") || it.starts_with("budget")), "{heard:?}");
    assert_eq!(stopped("Contacts", "ada@example.org", "ada(at)example.org"), ["newsletter 1", "newsletter 2"]);
    assert_eq!(stopped("Participants", "| Jeanne DEUX |", "| |"), ["emargement COTECH-1"]);
}

#[test]
fn nothing_of_a_person_stands_in_the_records() {
    let fixture = whole_territory();
    fixture.succeed("build");
    fixture.run("check");
    let records: String = results(&fixture.path("out/.liasse"))
        .into_iter()
        .map(|(name, bytes)| format!("{name}\n{}\n", String::from_utf8_lossy(&bytes)))
        .collect();
    assert!(records.len() > 10_000);
    // Addresses, names of persons and of firms that nobody announced, telling cells.
    for secret in [
        "@example.org",
        "Ada",
        "Bureau",
        "Filature",
        "Conserverie",
        "Jeanne",
        "TRENTE",
        "Envoyer la fiche",
        "Le chef de projet",
        "FR76",
    ] {
        assert!(!records.contains(secret), "{secret}");
    }
}
