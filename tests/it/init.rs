//! A new workspace, the guides, and copies of workbooks with remarks.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use liasse::intake::WORKBOOKS;
use liasse::records::{Kind, Label};

use crate::fixture::{Fixture, root};

/// Runs `init neuf`, and gives the program's answer.
fn begin(fixture: &Fixture) -> String {
    fixture.succeed("init neuf").stdout
}

/// Writes values below the headings of a sheet, as a person does who fills the workbook in.
fn fill(path: &Path, sheet: &str, rows: &[&[(&str, &str)]]) {
    let mut book = umya_spreadsheet::reader::xlsx::read(path).expect("a workbook");
    let page = book.sheet_by_name_mut(sheet).expect("a sheet");
    let headings: Vec<String> = (1..40).map(|column| page.value((column, 1))).collect();
    for (row, cells) in (3..).zip(rows) {
        for (heading, value) in *cells {
            let column = headings.iter().position(|found| found == heading).unwrap_or_else(|| panic!("no {heading}"));
            page.cell_mut((u32::try_from(column).expect("small") + 1, row)).set_value_string(*value);
        }
    }
    umya_spreadsheet::writer::xlsx::write(&book, path).expect("written");
}

#[test]
fn a_new_workspace_passes_the_check_and_says_what_a_first_letter_needs() {
    let fixture = Fixture::empty();
    let written = begin(&fixture);
    for name in
        ["inputs/contacts.xlsx", "inputs/territoire.toml", "inputs/LISEZMOI.md", "templates/newsletter/lettre.typ"]
    {
        assert!(written.contains(&format!("neuf/{name}")), "{name} is not in {written}");
    }
    let neuf = "--inputs neuf/inputs --templates neuf/templates --out neuf/out";
    let checked = fixture.succeed(&format!("check {neuf}"));
    assert!(checked.stderr.contains("tout est lisible : 0\u{a0}avertissement"), "{}", checked.stderr);
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

#[test]
fn blank_workbooks_hold_what_is_declared() {
    let fixture = Fixture::empty();
    begin(&fixture);
    for declared in WORKBOOKS {
        let path = fixture.path(&format!("neuf/inputs/{}.xlsx", declared.stem));
        let mut read = Xlsx::new(Cursor::new(fs::read(&path).expect("a workbook"))).expect("a workbook");
        let book = umya_spreadsheet::reader::xlsx::read(&path).expect("a workbook");
        assert_eq!(read.sheet_names(), declared.sheets.iter().map(|sheet| sheet.name).collect::<Vec<_>>());
        for sheet in declared.sheets {
            let range = read.worksheet_range(sheet.name).expect("a sheet");
            let headings: Vec<String> =
                range.rows().next().expect("headings").iter().map(ToString::to_string).collect();
            assert_eq!(headings, sheet.columns.iter().map(|column| column.heading).collect::<Vec<_>>());
            let page = book.sheet_by_name(sheet.name).expect("a sheet");
            let validations = page.data_validations().expect("validations").data_validation_list();
            assert_eq!(validations.len(), sheet.columns.len(), "{}", sheet.name);
            for (column, validation) in sheet.columns.iter().zip(validations) {
                let place = format!("{} › {}", sheet.name, column.heading);
                assert!(validation.show_input_message() && !validation.prompt().is_empty(), "{place}");
                match column.kind {
                    Kind::Choice(values) if Label::list(values).len() < 200 => {
                        assert!(validation.formula1().contains(values[0].name), "{place}: {}", validation.formula1());
                    }
                    Kind::Reference(other, _) => {
                        let is_here = declared.sheets.iter().any(|sheet| sheet.name == other);
                        assert_eq!(validation.formula1().contains(other), is_here, "{place}");
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

/// The comments and backgrounds of a workbook: sheet and cell, words, colour.
fn remarks(path: &Path) -> BTreeMap<String, (String, String)> {
    let book = umya_spreadsheet::reader::xlsx::read(path).expect("a workbook");
    let mut found = BTreeMap::new();
    for sheet in book.sheet_collection() {
        for comment in sheet.comments() {
            let cell = comment.coordinate().to_string();
            let colour = sheet.style(cell.as_str()).background_color().map(|colour| colour.argb_str().clone());
            let words = comment.text().text().map(|text| text.value().to_owned()).unwrap_or_default();
            found.insert(format!("{} › {cell}", sheet.name()), (words, colour.unwrap_or_default()));
        }
    }
    found
}

#[test]
fn annotated_copies_show_each_mistake_and_keep_the_originals() {
    let fixture = Fixture::shipped();
    let path = fixture.path("inputs/evenements.xlsx");
    let mut book = umya_spreadsheet::reader::xlsx::read(&path).expect("a workbook");
    book.sheet_by_name_mut("Lettres").expect("a sheet").cell_mut("B3").set_value_string("31 février 2022");
    book.sheet_by_name_mut("Agenda").expect("a sheet").cell_mut("B5").set_value_string("hier");
    umya_spreadsheet::writer::xlsx::write(&book, &path).expect("written");
    let original = fs::read(&path).expect("a workbook");
    let run = fixture.run("check --annotate copies");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("copies/evenements.xlsx"), "{}", run.stdout);
    assert_eq!(fs::read(&path).expect("a workbook"), original);
    let remarks = remarks(&fixture.path("copies/evenements.xlsx"));
    let (words, colour) = remarks.get("Lettres › B3").unwrap_or_else(|| panic!("{remarks:?}"));
    assert!(words.contains("31 février 2022") && colour == "FFFFC7CE", "{words} {colour}");
    assert!(remarks.contains_key("Agenda › B5"), "{remarks:?}");
    // Everything else is as it was.
    let values = |path: &Path| {
        let mut workbook = Xlsx::new(Cursor::new(fs::read(path).expect("a workbook"))).expect("a workbook");
        let sheets = workbook.worksheets();
        sheets
            .into_iter()
            .map(|(name, range)| {
                (
                    name,
                    range.used_cells().map(|(row, column, cell)| (row, column, cell.to_string())).collect::<Vec<_>>(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(values(&fixture.path("copies/evenements.xlsx")), values(&path));
    let widths = |path: &Path| {
        let book = umya_spreadsheet::reader::xlsx::read(path).expect("a workbook");
        let sheet = book.sheet_by_name("Articles").expect("a sheet");
        (
            sheet.column_dimension("D").map(|column| column.width().to_string()),
            sheet.sheets_views().sheet_view_list().len(),
        )
    };
    assert_eq!(widths(&fixture.path("copies/evenements.xlsx")), widths(&path));
    let refused = fixture.run("check --annotate inputs");
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("où sont les originaux"), "{}", refused.stderr);
}

#[test]
fn an_opendocument_is_annotated_as_a_workbook_with_its_values() {
    let fixture = Fixture::shipped();
    fs::remove_file(fixture.path("inputs/finances.xlsx")).expect("the original");
    let faulty = crate::fixture::root().join("tests/files/error-cells-ods/finances.ods");
    fs::copy(faulty, fixture.path("inputs/finances.ods")).expect("copied");
    let run = fixture.run("check --annotate copies");
    assert_eq!(run.status, 1, "{}", run.stderr);
    let told = crate::fixture::problems(&fixture);
    let remarks = remarks(&fixture.path("copies/finances.xlsx"));
    let cells = told.iter().filter(|(code, ..)| code == "finances/cellule-en-erreur");
    let cells: Vec<String> = cells.map(|(_, sheet, cell)| format!("{sheet} › {cell}")).collect();
    assert!(!cells.is_empty() && cells.iter().all(|cell| remarks.contains_key(cell)), "{cells:?} {remarks:?}");
}
