//! A new workspace, and the guides.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use liasse::intake::WORKBOOKS;
use liasse::records::{Kind, Label};

use crate::books::Book;
use crate::enclosures::{UNCALLED, UNSENT};
use crate::fixture::{Fixture, copy, root};
use crate::mistakes::base::edited;
use crate::pdf::{squeeze, squeezed_text};

/// Runs `init neuf`, and gives the program's answer.
fn begin(fixture: &Fixture) -> String {
    fixture.succeed("init neuf").stdout
}

/// Writes values below the headings of a sheet, as a person does who fills the workbook in.
pub(crate) fn fill(path: &Path, sheet: &str, rows: &[&[(&str, &str)]]) {
    let mut book = Book::open(path);
    let headings = book.texts(sheet, 0);
    for (row, cells) in (2..).zip(rows) {
        for (heading, value) in *cells {
            let column = headings.iter().position(|found| found == heading).unwrap_or_else(|| panic!("no {heading}"));
            book.write(sheet, row, u32::try_from(column).expect("small"), value);
        }
    }
    book.save(path);
}

#[test]
fn a_new_workspace_passes_the_check_and_says_what_a_first_letter_needs() {
    let fixture = Fixture::empty();
    let written = begin(&fixture);
    for name in [
        "inputs/contacts.xlsx",
        "inputs/territoire.toml",
        "inputs/LISEZMOI.md",
        "inputs/textes/annexes/territoire.md.j2",
        "inputs/textes/annexes/convention.md.j2",
    ] {
        assert!(written.contains(&format!("neuf/{name}")), "{name} is not in {written}");
    }
    assert!(!written.contains("neuf/templates"), "what the program says comes with it: {written}");
    let neuf = "--inputs neuf/inputs --templates neuf/templates --out neuf/out";
    let checked = fixture.succeed(&format!("check {neuf}"));
    // What is still to be filled in is told, and nothing else.
    let told = checked.stderr.matches("avertissement[").count();
    let left = ["territoire", "modeles"].map(|of| format!("avertissement[{of}/exemple-laisse]"));
    let left: usize = left.iter().map(|left| checked.stderr.matches(left.as_str()).count()).sum();
    assert_eq!(told, left, "{}", checked.stderr);
    assert!(told > 0 && checked.stderr.contains("tout est lisible"), "{}", checked.stderr);
    assert!(checked.stderr.contains("neuf/inputs/textes/annexes/territoire.md.j2:3"), "{}", checked.stderr);
    let built = fixture.succeed(&format!("build {neuf}"));
    for expected in [
        "avertissement[general/rien-annonce]",
        "contacts.xlsx › Partenaires : au moins une ligne (Code, Type,",
        "evenements.xlsx › Lettres : au moins une ligne (Numéro, Parution)",
        "evenements.xlsx › Articles : au moins une ligne (Lettre, Rubrique, Titre, Texte)",
    ] {
        assert!(built.stderr.contains(expected), "« {expected} » is not in {}", built.stderr);
    }
    // Nothing is written over.
    let again = fixture.run("init neuf");
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("existe déjà"), "{}", again.stderr);
}

/// The texts of a new workspace say what those of the program say, until somebody changes or erases them.
#[test]
fn a_text_of_a_new_workspace_is_the_territorys_own() {
    let unsent = ("Délibérations", "TROIS Luc | | | | | 04/10/2022", "TROIS Luc | | | | |");
    let fixture = edited(&[UNCALLED, UNSENT, unsent]);
    fixture.succeed("init neuf");
    let own = |name: &str| fixture.path(&format!("inputs/textes/{name}"));
    let page = |id: &str, name: &str| {
        fixture.succeed(&format!("build annexes {id}"));
        squeezed_text(&fixture.read(&format!("out/annexes/{id}/{name}")))
    };
    let roadmap = || page("MER-7", "annexe-1-feuille-de-route.pdf");
    let agreement = || page("VAL-12", "annexe-2-convention.pdf");
    let (first, before) = (roadmap(), agreement());
    copy(&fixture.path("neuf/inputs/textes"), &fixture.path("inputs/textes"));
    assert!(roadmap().contains(&squeeze("À compléter : la part de l'industrie dans l'emploi")), "{}", roadmap());
    assert_eq!(agreement(), before, "the text of a new workspace is the program's");
    let changed = fixture.text("inputs/textes/annexes/convention.md.j2").replace("## Litiges", "## Différends");
    fs::write(own("annexes/convention.md.j2"), changed).expect("written");
    fs::write(own("annexes/territoire.md.j2"), "On y tisse le lin.\n").expect("written");
    assert!(agreement().contains(&squeeze("– Différends")), "{}", agreement());
    assert!(roadmap().contains(&squeeze("On y tisse le lin.")), "{}", roadmap());
    // Without its own, a territory has the program's.
    fs::remove_dir_all(fixture.path("inputs/textes")).expect("erased");
    assert_eq!((roadmap(), agreement()), (first, before));
}

#[test]
fn a_template_of_the_program_is_given_by_its_name_to_be_changed() {
    let fixture = Fixture::small();
    let written = fixture.succeed("new newsletter/lettre.txt.j2");
    assert!(written.stdout.contains("templates/newsletter/lettre.txt.j2"), "{}", written.stdout);
    let shipped = fs::read_to_string(root().join("templates/newsletter/lettre.txt.j2")).expect("a template");
    assert_eq!(fixture.text("templates/newsletter/lettre.txt.j2"), shipped);
    assert_eq!(fixture.run("new newsletter/lettre.txt.j2").status, 1, "nothing is written over");
}

#[test]
fn a_filled_in_workspace_makes_its_first_letter() {
    let fixture = Fixture::empty();
    begin(&fixture);
    let inputs = fixture.path("neuf/inputs");
    let partner = [
        ("Code", "CCI"),
        ("Type", "CCI"),
        ("Nom officiel", "CCI d’ici"),
        ("Nom usuel", "CCI"),
        ("Forme avec de", "de la CCI"),
    ];
    fill(&inputs.join("contacts.xlsx"), "Partenaires", &[&partner]);
    let contact = [
        ("Prénom", "Ada"),
        ("Nom", "Un"),
        ("Organisation", "Atelier"),
        ("Courriel", "ada@example.org"),
        ("Collège", "Industriel"),
        ("Lettre", "oui"),
        ("Source", "salon"),
    ];
    fill(&inputs.join("contacts.xlsx"), "Contacts", &[&contact]);
    fill(&inputs.join("evenements.xlsx"), "Lettres", &[&[("Numéro", "1"), ("Parution", "15/01/2022")]]);
    let article =
        [("Lettre", "1"), ("Rubrique", "Actualités locales"), ("Titre", "Un début"), ("Texte", "Le premier texte.")];
    fill(&inputs.join("evenements.xlsx"), "Articles", &[&article]);
    let neuf = "--inputs neuf/inputs --templates neuf/templates --out neuf/out";
    fixture.succeed(&format!("build newsletter 1 {neuf}"));
    assert!(fixture.text("neuf/out/newsletter/1/lettre-1.txt").contains("Un début"));
    assert!(fixture.text("neuf/out/interne/newsletter/1/destinataires.csv").contains("ada@example.org"));
}

/// What the program says in a folder of the workspace.
fn said_in(fixture: &Fixture, folder: &str, arguments: &str) -> (Option<i32>, String) {
    let output = fixture.command(arguments).current_dir(fixture.path(folder)).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn a_workspace_is_found_from_below_it_and_its_folders_beside_its_inputs() {
    let fixture = Fixture::small();
    fixture.succeed("list");
    std::fs::create_dir_all(fixture.path("inputs/images/portraits")).expect("a folder");
    std::fs::create_dir_all(fixture.path("ailleurs")).expect("a folder");
    for folder in ["inputs", "inputs/images/portraits", "ailleurs"] {
        let (status, said) = said_in(&fixture, folder, "list");
        assert!(status == Some(0) && said.contains("newsletter"), "{folder}: {said}");
    }
    let (status, said) = said_in(&fixture, "ailleurs", "build budget --inputs ../inputs");
    assert!(status == Some(0) && said.contains("aucun document « budget » à faire : aucun exercice"), "{said}");
    let (status, said) = said_in(&fixture, "ailleurs", "build newsletter 1 --inputs ../inputs");
    assert!(status == Some(0) && fixture.path("out/newsletter/1/lettre-1.pdf").is_file(), "{said}");
    assert!(!fixture.path("ailleurs/out").exists());
}

#[test]
fn a_folder_without_a_workspace_is_told_once() {
    let fixture = Fixture::empty();
    for arguments in ["check", "build", "list"] {
        let run = fixture.run(arguments);
        assert_eq!((run.status, run.stderr.matches("erreur[").count()), (1, usize::from(arguments != "list")));
        assert!(
            arguments == "list" || run.stderr.contains("« inputs » n’est pas un espace de travail"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn blank_workbooks_hold_what_is_declared() {
    let fixture = Fixture::empty();
    begin(&fixture);
    for declared in WORKBOOKS {
        let path = fixture.path(&format!("neuf/inputs/{}.xlsx", declared.stem));
        let mut read = Xlsx::new(Cursor::new(fs::read(&path).expect("a workbook"))).expect("a workbook");
        let book = Book::open(&path);
        assert_eq!(read.sheet_names(), declared.sheets.iter().map(|sheet| sheet.name).collect::<Vec<_>>());
        for sheet in declared.sheets {
            let range = read.worksheet_range(sheet.name).expect("a sheet");
            let headings: Vec<String> =
                range.rows().next().expect("headings").iter().map(ToString::to_string).collect();
            assert_eq!(headings, sheet.columns.iter().map(|column| column.heading).collect::<Vec<_>>());
            let validations = book.validations(sheet.name);
            assert_eq!(validations.len(), sheet.columns.len(), "{}", sheet.name);
            for (column, (prompt, formula)) in sheet.columns.iter().zip(&validations) {
                let place = format!("{} › {}", sheet.name, column.heading);
                assert!(!prompt.is_empty(), "{place}");
                match column.kind {
                    Kind::Choice(values) if Label::list(values).len() < 200 => {
                        assert!(formula.contains(values[0].name), "{place}: {formula}");
                    }
                    Kind::Reference(other, _) => {
                        let is_here = declared.sheets.iter().any(|sheet| sheet.name == other);
                        assert_eq!(formula.contains(other), is_here, "{place}");
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Compares a generated page with the one in the repository; `LIASSE_UPDATE=1` writes it.
fn assert_generated(path: &str, page: &str) {
    let path = root().join(path);
    if std::env::var_os("LIASSE_UPDATE").is_some() {
        fs::write(&path, page).expect("written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "{} is out of date: LIASSE_UPDATE=1 cargo test writes it", path.display());
}

#[test]
fn the_guides_say_what_the_program_reads() {
    assert_generated("inputs/LISEZMOI.md", &liasse::pipeline::guide());
    assert_generated("inputs/MESSAGES.md", &liasse::diagnostics::catalogue_page());
    let guide = liasse::pipeline::guide();
    for sheet in WORKBOOKS.iter().flat_map(|workbook| workbook.sheets) {
        assert!(guide.contains(&format!("### {}\n", sheet.name)));
        for column in sheet.columns {
            assert!(guide.contains(&format!("| **{}**", column.heading)), "{} › {}", sheet.name, column.heading);
        }
    }
}
