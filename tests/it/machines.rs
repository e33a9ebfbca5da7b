//! Files as other machines have them: what their systems and their services do with names, and that every machine makes the
//! same ones.

use std::io::Cursor;

use zip::ZipArchive;

use crate::fixture::{Fixture, problems};

#[test]
fn a_workbook_of_which_a_service_left_a_mark_is_told_with_the_service() {
    let fixture = Fixture::small();
    fixture.succeed("check");
    let inputs = fixture.path("inputs");
    // What the client of the service does to a file that it keeps for itself.
    std::fs::rename(inputs.join("finances.xlsx"), inputs.join("finances.xlsx.nextcloud")).expect("renamed");
    let mut found = Vec::new();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_liasse"))
        .args(["check", "--format", "json"])
        .current_dir(fixture.path(""))
        .env("XDG_CONFIG_HOME", fixture.path("config"))
        .output()
        .expect("the program runs");
    let value: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    for message in value["messages"].as_array().expect("messages") {
        found.push((message["code"].as_str().unwrap_or_default(), message["message"].as_str().unwrap_or_default()));
    }
    let told = found.iter().find(|(code, _)| code.ends_with("classeur-au-loin")).unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(told.1, "« inputs/finances.xlsx » n’est pas sur cette machine : Nextcloud n’en a laissé que la marque");
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn a_code_that_some_system_refuses_as_a_folder_is_told_at_its_cell() {
    for (code, reason) in [
        ("Aux", "Windows garde ce nom pour un périphérique"),
        ("2022-2023.", "il commence ou finit par un point, une espace ou un tilde"),
        ("2022:2023", "l’un de ses signes ne s’écrit pas dans un nom de fichier (/ \\ : * ? \" < > |)"),
    ] {
        let year = format!(
            "Code | Début | Fin | Écart d’arrondi à la charge de
             {code} | 01/01/2022 | 31/12/2022 | CCI"
        );
        let fixture = Fixture::small().table("Exercices", &year);
        let cell = ("finances/code-impropre".to_owned(), "Exercices".to_owned(), "A2".to_owned());
        assert!(problems(&fixture).contains(&cell), "{code}");
        let run = fixture.run("check");
        assert!(run.stderr.contains(&format!("« {code} » ne peut pas nommer un dossier : {reason}")), "{}", run.stderr);
    }
}

#[test]
fn workbooks_do_not_tell_the_system_that_made_them_nor_when() {
    let fixture = Fixture::shipped();
    fixture.succeed("build budget 2022-2023");
    fixture.succeed("init neuf");
    for name in ["out/budget/2022-2023/budget.xlsx", "neuf/inputs/contacts.xlsx"] {
        let bytes = fixture.read(name);
        let mut zip = ZipArchive::new(Cursor::new(&bytes)).expect("a zip");
        for index in 0..zip.len() {
            let entry = zip.by_index(index).expect("an entry");
            let header = usize::try_from(entry.central_header_start()).expect("a place");
            // The upper byte of « version made by »: 3, for Unix, on Windows too.
            assert_eq!(bytes[header + 5], 3, "{name}: entry {index}");
            let day = entry.last_modified().map(|time| (time.year(), time.month(), time.day()));
            assert_eq!(day, Some((1980, 1, 1)), "{name}: entry {index}");
        }
    }
}
