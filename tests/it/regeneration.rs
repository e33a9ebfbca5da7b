//! What is made anew, what is left alone, and what is there after a run was killed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

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

/// A small generator of numbers: the same ones in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("small")
    }
}

/// How often the long tests try: `LIASSE_TRIALS` asks for more.
fn trials(usual: usize) -> usize {
    std::env::var("LIASSE_TRIALS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A territory whose rows several documents print.
fn busy() -> Fixture {
    Fixture::small()
        .table(
            "Entreprises",
            "Raison sociale | Partenaire | Filière
             Forge | AAA | Métallurgie
             Filature | AAA | Textile",
        )
        .table(
            "Accompagnements",
            "Date | Entreprise | Niveau | Thème | Heures
             10/01/2022 | Forge | Prise de contact | Bas carbone | 2
             11/02/2022 | Filature | Accompagnement renforcé | Industrie 4.0 | 3
             12/08/2022 | Forge | Accompagnement renforcé | Bas carbone | 1",
        )
        .table(
            "Représentants",
            "Partenaire | Civilité | Prénom | Nom | Qualité | Depuis
             CCI | M. | Paul | Un | président | 01/01/2020
             AAA | Mme | Jeanne | Deux | présidente | 01/01/2020",
        )
        .table(
            "Exercices",
            "Code | Début | Fin | Écart d'arrondi à la charge de\n 2022 | 01/01/2022 | 31/12/2022 | AAA",
        )
        .table("Dépenses", "Exercice | Nature | Prévu\n 2022 | Salaires | 1000")
        .table(
            "Recettes",
            "Exercice | Financeur | Mode | Prévu
             2022 | CCI | Montant | 400
             2022 | AAA | Part égale du reste à charge |",
        )
}

/// One edit of a kind that people make.
fn edit(fixture: &mut Fixture, dice: &mut Dice, turn: usize) -> String {
    let templates = ["newsletter/lettre.txt.j2", "report/commentaire.md.j2", "commun/charte.typ", "budget/note.md.j2"];
    match dice.throw(9) {
        0 => {
            fixture.set_table(
                "Articles",
                &format!(
                    "Lettre | Rubrique | Titre | Texte\n 1 | Actualités locales | Titre {turn} | Texte {}.",
                    dice.throw(3)
                ),
            );
            "an article".to_owned()
        }
        1 => {
            fixture.set_table(
                "Dépenses",
                &format!("Exercice | Nature | Prévu\n 2022 | Salaires | {}", 1000 + dice.throw(4)),
            );
            "an expense".to_owned()
        }
        2 => {
            fixture.set_table(
                "Accompagnements",
                &format!(
                    "Date | Entreprise | Niveau | Thème | Heures
                     10/01/2022 | Forge | Prise de contact | Bas carbone | {}
                     11/0{}/2022 | Filature | Accompagnement renforcé | Industrie 4.0 | 3",
                    1 + dice.throw(3),
                    2 + dice.throw(6)
                ),
            );
            "a support".to_owned()
        }
        3 => {
            fixture.paint(u32::try_from(dice.throw(0xff_ffff)).expect("a colour"));
            "paint".to_owned()
        }
        4 => {
            fixture.set_table(
                "Dépenses",
                &format!("Réalisé | Prévu | Exercice | Nature\n | {} | 2022 | Salaires", 1000 + dice.throw(4)),
            );
            "columns".to_owned()
        }
        5 => {
            fixture.set_table(
                "Contacts",
                &format!("Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source\n Ada{} | Un | Atelier | ada@example.org | Industriel | oui | salon", dice.throw(2)),
            );
            "a contact".to_owned()
        }
        6 | 7 => {
            let name = templates[dice.throw(templates.len())];
            let (own, theirs) =
                (crate::fixture::root().join("templates").join(name), fixture.path("templates").join(name));
            let Ok(text) = fs::read_to_string(&own) else { return "nothing".to_owned() };
            fs::create_dir_all(theirs.parent().expect("a folder")).expect("a folder");
            let comment = if name.ends_with(".typ") { format!("\n// {turn}\n") } else { format!("\n{{# {turn} #}}") };
            let change =
                if dice.throw(2) == 0 || name.ends_with(".typ") { comment } else { format!("\n\nMot {turn}.\n") };
            fs::write(theirs, text + &change).expect("written");
            format!("the template {name}")
        }
        _ => {
            let _ = fs::remove_dir_all(fixture.path("templates"));
            "no templates".to_owned()
        }
    }
}

#[test]
fn what_is_made_is_what_differs_from_a_full_run() {
    let mut fixture = busy();
    fixture.succeed("build");
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut edits = BTreeSet::new();
    for turn in 0..trials(20) {
        let name = edit(&mut fixture, &mut dice, turn);
        let before = snapshot(&fixture.path("out"));
        let written: BTreeSet<String> = fates(&fixture, "build")
            .into_iter()
            .filter(|(_, _, fate)| fate == "écrit")
            .map(|(kind, id, _)| format!("{kind}/{id}"))
            .collect();
        let after = snapshot(&fixture.path("out"));
        // A full run in memory finds nothing else to change …
        let run = fixture.run("verify");
        assert_eq!(run.status, 0, "after {name}: {}", run.stderr);
        // … and what was written is what changed.
        let document = |name: &String| {
            let name = name.strip_prefix("interne/").unwrap_or(name);
            name.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
        };
        let changed: BTreeSet<String> = before
            .iter()
            .filter(|file| !after.contains(file))
            .chain(after.iter().filter(|file| !before.contains(file)))
            .map(|(name, _)| document(name))
            .collect();
        assert_eq!(written, changed, "after {name}");
        edits.insert(name);
    }
    assert!(edits.len() > 5, "{edits:?}");
}

#[test]
fn a_run_that_is_killed_leaves_the_old_documents_or_the_new_ones() {
    let mut fixture = busy();
    fixture.succeed("build");
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for turn in 0..trials(20) {
        fixture.set_table(
            "Articles",
            &format!("Lettre | Rubrique | Titre | Texte\n 1 | Actualités locales | Titre {turn} | Texte."),
        );
        fixture.set_table("Dépenses", &format!("Exercice | Nature | Prévu\n 2022 | Salaires | {}", 1000 + turn));
        let before = snapshot(&fixture.path("out"));
        let mut child = fixture
            .command("build")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_micros(dice.throw(900_000) as u64));
        let _ = child.kill();
        let _ = child.wait();
        // Every file that a person can see is whole: as it was, or as it will be.
        let left = snapshot(&fixture.path("out"));
        fixture.succeed("build");
        let after = snapshot(&fixture.path("out"));
        for (name, bytes) in left.iter().filter(|(name, _)| !name.contains("/.liasse-")) {
            let whole = |files: &[(String, Vec<u8>)]| files.iter().any(|(other, held)| other == name && held == bytes);
            assert!(whole(&before) || whole(&after), "turn {turn}: {name} is neither the old file nor the new one");
        }
        for (name, _) in &before {
            assert!(left.iter().any(|(other, _)| other == name), "turn {turn}: {name} was lost");
        }
        // The next run put everything right, and cleaned up.
        assert!(!after.iter().any(|(name, _)| name.contains(".liasse-")), "turn {turn}");
        fixture.succeed("verify");
    }
}
