//! What is made anew, what is left alone, and what is there after a run was killed.

mod campaign;
mod decision;
mod sent;

use std::fs;
use std::path::Path;

use serde_json::Value;

use self::campaign::busy;
use crate::fixture::Fixture;

/// What became of each document, from `build --format json`: kind, name, fate.
fn fates(fixture: &Fixture, arguments: &str) -> Vec<(String, String, String)> {
    let run = fixture.run(&format!("{arguments} --format json"));
    let value: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let documents = value["documents"].as_array().expect("documents");
    documents.iter().map(|it| (text(&it["genre"]), text(&it["document"]), text(&it["sort"]))).collect()
}

fn made(fixture: &Fixture) -> Vec<String> {
    let fates = fates(fixture, "build");
    fates.into_iter().filter(|(_, _, fate)| fate != "à jour").map(|(kind, id, _)| format!("{kind} {id}")).collect()
}

/// Every file below a folder with its bytes, records left out.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != ".liasse" {
            files.extend(snapshot(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else if path.is_file() {
            files.push((name, fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}

#[test]
fn nothing_is_made_twice() {
    let fixture = Fixture::small();
    assert!(!made(&fixture).is_empty());
    assert_eq!(made(&fixture), Vec::<String>::new());
    let run = fixture.succeed("build");
    assert!(run.stderr.contains("0\u{a0}document écrit") && run.stderr.contains("à jour"), "{}", run.stderr);
}

#[test]
fn paint_columns_authors_and_other_rows_make_nothing_anew() {
    let mut fixture = Fixture::small().table(
        "Lettres",
        "Numéro | Parution   | Éditorial
         1      | 15/01/2022 | Bonjour à tous.
         2      | 15/03/2022 |",
    );
    made(&fixture);
    fixture.paint(0xff_f2cc);
    assert_eq!(made(&fixture), Vec::<String>::new(), "paint");
    fixture.set_table(
        "Lettres",
        "Éditorial | Numéro | Parution
         Bonjour à tous. | 1 | 15/01/2022
          | 2 | 15/03/2022",
    );
    assert_eq!(made(&fixture), Vec::<String>::new(), "columns");
    // A contact who receives no letter, and a call that closed before: nobody prints them.
    fixture.edit("Contacts", "Bob    | Deux", "Robert | Deux");
    assert_eq!(made(&fixture), Vec::<String>::new(), "another row");
}

#[test]
fn one_row_makes_exactly_the_documents_that_print_it() {
    let mut fixture = busy();
    made(&fixture);
    fixture.edit("Articles", "Premier titre", "Autre titre");
    let why = fixture.succeed("why newsletter 1").stdout;
    assert!(why.contains("\n  Articles › C2 : Premier titre → Autre titre\n"), "{why}");
    assert!(why.contains("\n  fichiers : lettre-1.pdf"), "{why}");
    let listed = fixture.succeed("list").stdout;
    assert!(listed.contains("à refaire") && listed.contains("à jour"), "{listed}");
    assert_eq!(made(&fixture), ["newsletter 1"]);
    assert!(fixture.succeed("why newsletter 1").stdout.contains("à jour"));
}

#[test]
fn a_template_makes_what_uses_it_and_back() {
    let fixture = Fixture::small();
    made(&fixture);
    let first = snapshot(&fixture.path("out"));
    let template = fixture.path("templates/newsletter/lettre.txt.j2");
    let own =
        fs::read_to_string(crate::fixture::root().join("templates/newsletter/lettre.txt.j2")).expect("a template");
    fs::create_dir_all(template.parent().expect("a folder")).expect("a folder");
    fs::write(&template, format!("{own}\nUn mot de plus.\n")).expect("written");
    let why = fixture.succeed("why newsletter 1").stdout;
    assert!(why.contains("modèle ou image changé : newsletter/lettre.txt.j2"), "{why}");
    assert_eq!(made(&fixture), ["newsletter 1"]);
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Un mot de plus."));
    fs::remove_file(&template).expect("removed");
    assert_eq!(made(&fixture), ["newsletter 1"]);
    assert_eq!(snapshot(&fixture.path("out")), first);
}

#[test]
fn the_records_may_be_deleted_at_any_time() {
    let fixture = Fixture::small();
    made(&fixture);
    let first = snapshot(&fixture.path("out"));
    fs::remove_dir_all(fixture.path("out/.liasse")).expect("removed");
    let again = fates(&fixture, "build");
    assert!(again.iter().all(|(_, _, fate)| fate == "refait à l’identique"), "{again:?}");
    assert_eq!(snapshot(&fixture.path("out")), first);
}

#[test]
fn what_a_person_wrote_is_kept_and_what_is_not_ours_is_left_alone() {
    let fixture = Fixture::small();
    made(&fixture);
    fs::write(fixture.path("out/newsletter/1/lettre-1.txt"), "à moi").expect("written");
    fs::write(fixture.path("out/newsletter/1/notes.txt"), "à moi aussi").expect("written");
    fs::write(fixture.path("out/lisez.txt"), "à moi encore").expect("written");
    assert!(fixture.succeed("why newsletter 1").stdout.contains("modifié à la main : lettre-1.txt"));
    let run = fixture.succeed("build");
    assert!(run.stderr.contains("avertissement[general/fichier-modifie]"), "{}", run.stderr);
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt.bak"), "à moi");
    assert_ne!(fixture.text("out/newsletter/1/lettre-1.txt"), "à moi");
    assert_eq!(fixture.text("out/newsletter/1/notes.txt"), "à moi aussi");
    assert_eq!(fixture.text("out/lisez.txt"), "à moi encore");
    // A second time, nothing that was kept is lost.
    fs::write(fixture.path("out/newsletter/1/lettre-1.txt"), "à moi derechef").expect("written");
    fixture.succeed("build");
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt.bak"), "à moi");
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt.2.bak"), "à moi derechef");
}

#[test]
fn a_document_that_the_disk_refuses_leaves_the_old_one_whole() {
    let mut fixture = Fixture::small();
    fixture.succeed("build newsletter 1");
    let text = fixture.text("out/newsletter/1/lettre-1.txt");
    // A folder stands where a new file would go: no program can rename a file over it.
    std::fs::remove_file(fixture.path("out/newsletter/1/lettre-1.eml")).expect("a message");
    std::fs::create_dir_all(fixture.path("out/newsletter/1/lettre-1.eml/occupé")).expect("a folder");
    fixture.edit("Articles", "Premier texte", "Texte nouveau");
    let run = fixture.run("build newsletter 1");
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(run.stderr.contains("general/disque") && run.stdout.is_empty(), "{}{}", run.stdout, run.stderr);
    assert_eq!(fixture.text("out/newsletter/1/lettre-1.txt"), text);
    std::fs::remove_dir_all(fixture.path("out/newsletter/1/lettre-1.eml")).expect("the folder");
    fixture.succeed("build newsletter 1");
    assert_ne!(fixture.text("out/newsletter/1/lettre-1.txt"), text);
}

#[test]
fn a_second_run_waits_outside() {
    let fixture = Fixture::small();
    let lock = liasse::files::lock(&fixture.path("out/.liasse/verrou"), false).expect("a lock");
    let run = fixture.run("build");
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(run.stderr.contains("une autre exécution"), "{}", run.stderr);
    drop(lock);
    fixture.succeed("build");
}

#[test]
fn jobs_can_be_shared_among_machines_and_their_results_put_together() {
    let fixture = busy();
    let jobs = fixture.succeed("build --list-jobs").stdout;
    let (here, there) = (fixture.path("ici"), fixture.path("la"));
    for (index, line) in jobs.lines().enumerate() {
        let job: Value = serde_json::from_str(line).expect("a line of JSON");
        let command: Vec<&str> = job["commande"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
        let out = if index % 2 == 0 { "ici" } else { "la" };
        fixture.succeed(&format!("{} --out {out}", command[1..].join(" ")));
    }
    copy_over(&there, &here);
    let fates = fates(&fixture, "build --out ici");
    assert!(fates.len() > 2 && fates.iter().all(|(_, _, fate)| fate == "à jour"), "{fates:?}");
    fixture.succeed("verify --out ici");
}

fn copy_over(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy_over(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

#[test]
fn verify_tells_what_differs_and_what_is_not_there() {
    let mut fixture = Fixture::small();
    let run = fixture.run("verify newsletter");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("erreur[general/fichier-absent]"), "{}", run.stderr);
    fixture.succeed("build");
    fixture.succeed("verify");
    fixture.edit("Articles", "Premier texte", "Autre texte");
    let run = fixture.run("verify");
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("erreur[general/fichier-different]") && run.stderr.contains("lettre-1.pdf"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_same_bytes_in_every_time_zone_language_and_number_of_threads() {
    let fixture = Fixture::small();
    fixture.succeed("build --jobs 1");
    for (zone, language, jobs) in [("Pacific/Kiritimati", "fr_FR.UTF-8", 1), ("America/Los_Angeles", "C", 4)] {
        let mut command = fixture.command(&format!("verify --jobs {jobs}"));
        let output =
            command.env("TZ", zone).env("LC_ALL", language).env("SOURCE_DATE_EPOCH", "0").output().expect("it runs");
        assert!(output.status.success(), "{zone}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn one_document_that_fails_stops_the_others_unless_told_to_go_on() {
    let fixture = busy().file("templates/newsletter/lettre.typ", "#import \"../commun/charte.typ\": *\n#inconnu");
    let stopped = fates(&fixture, "build --jobs 1");
    assert_eq!(stopped.first().map(|(_, _, fate)| fate.as_str()), Some("en échec"));
    assert!(stopped[1..].iter().all(|(_, _, fate)| fate == "laissé de côté"), "{stopped:?}");
    let went_on = fates(&fixture, "build --jobs 1 --keep-going");
    assert!(went_on[1..].iter().all(|(_, _, fate)| fate == "écrit"), "{went_on:?}");
}
