//! Cells as people type them and as exports write them: what is meant is read, what a spreadsheet made of it is refused.

use std::io::{Cursor, Read as _, Write as _};

use liasse::intake::Understood;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::fixture::{Fixture, problems};
use crate::quirks::{assert_same, ours, plain, said, territory, told, understood_of};

/// One edit of the territory: workbook, sheet, row and column from 1, what stands there instead. A row further down than
/// the last is added.
type Edit = (&'static str, &'static str, usize, usize, Value);

fn edited(edits: &[Edit]) -> Understood {
    let mut territory = territory();
    for (stem, sheet, row, column, value) in edits {
        let rows = territory[*stem][*sheet].as_array_mut().expect("a sheet");
        let width = rows[0].as_array().expect("headings").len();
        while rows.len() < *row {
            rows.push(json!(vec![Value::Null; width]));
        }
        rows[row - 1][column - 1] = value.clone();
    }
    understood_of(&|stem| ours(stem, &territory))
}

fn codes(understood: &Understood) -> Vec<String> {
    understood.problems.iter().map(|problem| told(problem).0).collect()
}

/// Expects the territory as it was, and these problems.
#[track_caller]
fn same(edits: &[Edit], expected: &[&str]) {
    let understood = edited(edits);
    assert_eq!(codes(&understood), expected, "{edits:?}: {:#?}", understood.problems);
    assert_same(&said(&plain().model), &said(&understood.model), &format!("{edits:?}"));
}

/// Expects one problem at the edited cell.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a row of a table")]
fn refused(edit: Edit, expected: &str) {
    let cell = format!("{}{}", char::from(b'A' + u8::try_from(edit.3 - 1).expect("a column")), edit.2);
    let understood = edited(std::slice::from_ref(&edit));
    let found: Vec<_> = understood.problems.iter().map(told).filter(|(.., at)| *at == cell).map(|it| it.0).collect();
    assert_eq!(found, [expected], "{edit:?}: {:#?}", understood.problems);
}

#[test]
fn a_code_that_became_a_number_is_refused_in_every_column_of_codes() {
    let scientific = |number: f64| json!({ "number": number, "format": "0.00E+00" });
    refused(("finances", "Recettes", 5, 15, scientific(2022e10)), "finances/code-devenu-nombre");
    refused(("finances", "Recettes", 5, 15, json!(2022e10)), "finances/code-devenu-nombre");
    refused(("finances", "Recettes", 5, 15, json!(12_345_678_901_234_567_890_u64)), "finances/identifiant-arrondi");
    refused(("finances", "Recettes", 5, 8, scientific(2_022_000.0)), "finances/code-devenu-nombre");
    refused(("finances", "Recettes", 5, 8, json!(1.1)), "finances/code-devenu-nombre");
    refused(("finances", "Recettes", 3, 2, scientific(12e5)), "finances/code-devenu-nombre");
}

#[test]
fn an_hour_that_became_something_else_is_refused() {
    refused(("evenements", "Agenda", 2, 2, json!({ "date": "2022-12-09" })), "evenements/heure-devenue-date");
    refused(("evenements", "Agenda", 2, 2, json!({ "number": 9, "format": "hh:mm" })), "evenements/heure-hors-journee");
    refused(
        ("evenements", "Séances", 2, 4, json!({ "number": 930, "format": "[h]:mm" })),
        "evenements/heure-hors-journee",
    );
    refused(("evenements", "Séances", 2, 4, json!({ "date": "2022-03-01" })), "evenements/heure-devenue-date");
    refused(("evenements", "Agenda", 2, 2, json!(9)), "evenements/heure-illisible");
    refused(("evenements", "Agenda", 2, 2, json!("24:00")), "evenements/heure-illisible");
    for value in [json!("24:00"), json!("24 h"), json!("minuit"), json!({ "number": 1, "format": "[h]:mm" })] {
        assert_eq!(codes(&edited(&[("evenements", "Agenda", 2, 4, value)])), [""; 0]);
    }
    same(&[("evenements", "Agenda", 2, 4, json!("midi"))], &[]);
    same(&[("evenements", "Agenda", 2, 2, json!("25/01/2022 09:30:00"))], &[]);
}

#[test]
fn hours_of_work_are_numbers_or_spans() {
    for value in [json!("2:30"), json!("2 h 30"), json!("2h30"), json!("2,5 h"), json!({ "time": "02:30" })] {
        same(&[("evenements", "Accompagnements", 2, 7, value)], &[]);
    }
    let long = edited(&[("evenements", "Accompagnements", 2, 7, json!({ "number": 1.25, "format": "[h]:mm" }))]);
    let typed = edited(&[("evenements", "Accompagnements", 2, 7, json!(30))]);
    assert_same(&said(&typed.model), &said(&long.model), "thirty hours");
}

#[test]
fn a_key_may_be_a_third() {
    let third = edited(&[("finances", "Recettes", 6, 5, json!("1/3"))]);
    for value in
        [json!({ "percent": 0.333_333_333_333_333 }), json!(0.333_333_333_333_333), json!({ "percent": 1.0 / 3.0 })]
    {
        let read = edited(&[("finances", "Recettes", 6, 5, value.clone())]);
        assert_same(&said(&third.model), &said(&read.model), &value.to_string());
    }
    let typed = edited(&[("finances", "Recettes", 6, 5, json!("33,333 %"))]);
    assert!(typed.problems.iter().all(|problem| told(problem).2 != "E6"), "{:#?}", typed.problems);
    refused(("finances", "Recettes", 6, 5, json!({ "date": "2022-03-01" })), "finances/part-devenue-date");
    refused(("finances", "Recettes", 6, 5, json!(0.25)), "finances/pourcentage-ambigu");
}

#[test]
fn amounts_as_people_and_formulas_write_them() {
    for value in [
        json!("€ 1 234,51"),
        json!("'1 234,51"),
        json!("1 234,51 € TTC"),
        json!("1234,51 EUR"),
        json!(1_234.509_999_999_9),
        json!({ "number": 1234.51, "format": "0\" mois\"" }),
    ] {
        same(&[("finances", "Dépenses", 4, 3, value)], &[]);
    }
    same(&[("finances", "Dépenses", 4, 3, json!("1 234,51 € HT"))], &["finances/montant-hors-taxes"]);
    same(
        &[("finances", "Dépenses", 4, 4, json!({ "number": 1200, "format": "0 mois" }))],
        &["finances/nombre-au-format-date"],
    );
    same(
        &[("contacts", "Entreprises", 2, 7, json!({ "number": 85, "format": "0 h" }))],
        &["contacts/nombre-au-format-date"],
    );
    refused(("finances", "Dépenses", 4, 3, json!(1234.512)), "finances/montant-trop-precis");
}

#[test]
fn dates_of_exports_are_read_and_those_that_contradict_themselves_refused() {
    for text in [
        "25/01/2022 00:00:00",
        "2022-01-25T00:00:00Z",
        "2022-01-25T00:00:00+01:00",
        "2022-01-25 00:00",
        "25/01/2022 à 09:30",
        "mardi 25 janvier 2022",
        "mardi, 25 janvier 2022",
        "\u{200e}25/01/2022\u{200b}",
    ] {
        same(&[("evenements", "Agenda", 2, 1, json!(text))], &[]);
    }
    refused(("evenements", "Agenda", 2, 1, json!("lundi 25 janvier 2022")), "evenements/jour-de-semaine-faux");
    refused(("evenements", "Séances", 2, 6, json!("vendredi 22 février 2022")), "evenements/jour-de-semaine-faux");
    refused(("evenements", "Agenda", 2, 1, json!("2022-01-24T23:00:00.000Z")), "evenements/date-decalee");
    let told = edited(&[("evenements", "Agenda", 2, 1, json!("31/02/2024"))]).problems;
    assert_eq!(told[0].message, "la date « 31/02/2024 » n’existe pas : février 2024 a 29 jours");
}

#[test]
fn answers_lists_and_names_as_people_write_them() {
    let person = "Ada Atelier <ada@example.org>";
    let edits: [Edit; 17] = [
        ("contacts", "Contacts", 2, 8, json!(1)),
        ("contacts", "Contacts", 3, 8, json!("0")),
        ("contacts", "Contacts", 4, 7, json!("Élue")),
        ("contacts", "Contacts", 2, 5, json!(person)),
        ("contacts", "Contacts", 3, 5, json!("\u{feff}bob@example.org;\u{200b}")),
        ("contacts", "Représentants", 3, 2, json!("Monsieur")),
        ("contacts", "Représentants", 4, 2, json!("Madame")),
        ("contacts", "Représentants", 5, 2, json!("M")),
        ("contacts", "Partenaires", 5, 8, json!("200\u{200b}030\u{ad}633")),
        ("finances", "Aides", 2, 6, json!("Lauréate")),
        ("finances", "Aides", 3, 6, json!("refusée")),
        ("evenements", "Délibérations", 2, 8, json!("bilan, convention")),
        ("evenements", "Délibérations", 3, 8, json!("Feuille de route")),
        ("evenements", "Appels à projets", 2, 3, json!("Appel à projets")),
        ("evenements", "Appels à projets", 2, 8, json!("01/02/2022, 1er mars 2022")),
        ("evenements", "Appels à projets", 3, 7, json!("Au fil de l’eau")),
        ("evenements", "Appels à projets", 3, 6, json!("—")),
    ];
    for edit in &edits {
        same(std::slice::from_ref(edit), &[]);
    }
    same(&edits, &[]);
    let read = edited(&[("evenements", "Présences", 5, 5, json!("Mme Jeanne DEUX"))]);
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn texts_pasted_from_word_are_read() {
    for text in ["Ligne\tune", "\u{f0b7}\tun\n\u{f0b7}\tdeux", "mot\u{2060}coll\u{e9}"] {
        assert_eq!(codes(&edited(&[("evenements", "Lettres", 2, 4, json!(text))])), [""; 0], "{text:?}");
    }
    refused(("evenements", "Lettres", 2, 3, json!("R\u{e9}industrialisation".repeat(4))), "evenements/mot-sans-fin");
    refused(("finances", "Dépenses", 4, 2, json!("A".repeat(70))), "finances/mot-sans-fin");
    let link = format!("Voir https://example.org/{}", "a".repeat(80));
    assert_eq!(codes(&edited(&[("evenements", "Lettres", 2, 4, json!(link))])), [""; 0]);
}

#[test]
fn totals_and_notes_are_told_and_not_counted() {
    same(
        &[("finances", "Dépenses", 5, 1, json!("TOTAL")), ("finances", "Dépenses", 5, 3, json!(66_234.51))],
        &["finances/ligne-de-total"],
    );
    same(
        &[
            ("finances", "Recettes", 7, 1, json!("2022")),
            ("finances", "Recettes", 7, 2, json!("Total général :")),
            ("finances", "Recettes", 7, 4, json!(66_234.51)),
        ],
        &["finances/ligne-de-total"],
    );
    same(
        &[
            ("finances", "Aides", 6, 1, json!("Source : services de l’État")),
            ("finances", "Aides", 7, 1, json!("À compléter en mars")),
        ],
        &["finances/note-sous-le-tableau"],
    );
}

/// A workbook with its parts changed: what a part is called and says, or nothing; and parts beside.
fn parts(bytes: &[u8], change: &dyn Fn(&str, String) -> (String, String), beside: &[(&str, &str)]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        to.start_file(name, SimpleFileOptions::default()).expect("a part");
        to.write_all(text.as_bytes()).expect("a part");
    };
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        let (name, text) = change(&name, text);
        put(&name, &text);
    }
    beside.iter().for_each(|(name, text)| put(name, text));
    to.finish().expect("a workbook").into_inner()
}

#[test]
fn workbooks_that_other_programs_open_are_read() {
    type Change = fn(&str, String) -> (String, String);
    let kept: Change = |name, text| (name.to_owned(), text);
    let extent: Change = |name, text| {
        let end = text.find("/>").filter(|_| name.contains("worksheets/"));
        let start = text.find("<dimension ");
        match (start, end) {
            (Some(start), Some(_)) => {
                let end = start + text[start..].find("/>").expect("an end");
                (name.to_owned(), format!("{}<dimension ref=\"A:D\"{}", &text[..start], &text[end..]))
            }
            _ => (name.to_owned(), text),
        }
    };
    let moved: Change = |name, text| {
        (name.replace("xl/worksheets/", "feuilles/"), text.replace("Target=\"worksheets/", "Target=\"../feuilles/"))
    };
    let related: Change = |name, text| {
        let other = |text: &str| text.replace("sharedStrings.xml", "textes.xml").replace("styles.xml", "allure.xml");
        (other(name), other(&text))
    };
    let nameless: Change = |name, text| (name.to_owned(), text.replace(" r:id=\"rId1\"", ""));
    let dialog: Change = |name, text| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/dialogsheet";
        let sheet = "<sheet name=\"Dialogue\" sheetId=\"90\" r:id=\"rId90\"/></sheets>";
        let relation =
            format!("<Relationship Id=\"rId90\" Type=\"{kind}\" Target=\"dialogsheets/sheet1.xml\"/></Relationships>");
        match name {
            "xl/workbook.xml" => (name.to_owned(), text.replace("</sheets>", sheet)),
            "xl/_rels/workbook.xml.rels" => (name.to_owned(), text.replace("</Relationships>", &relation)),
            _ => (name.to_owned(), text),
        }
    };
    let cases: [(&str, Change, &[(&str, &str)]); 7] = [
        ("an extent of whole columns", extent, &[]),
        ("sheets in another folder", moved, &[]),
        ("texts and styles by their relations", related, &[]),
        ("a sheet without a relation", nameless, &[]),
        ("a sheet of another kind", dialog, &[("xl/dialogsheets/sheet1.xml", "<dialogsheet/>")]),
        ("names that differ by capitals", kept, &[("XL/Worksheets/Sheet1.xml", "<worksheet/>")]),
        ("a binary part beside", kept, &[("xl/workbook.bin", "BIFF")]),
    ];
    let territory = territory();
    let expected = said(&plain().model);
    for (case, change, beside) in cases {
        let understood = understood_of(&|stem| parts(&ours(stem, &territory), &change, beside));
        assert_eq!(codes(&understood), [""; 0], "{case}: {:#?}", understood.problems);
        assert_same(&expected, &said(&understood.model), case);
    }
}

#[test]
fn copies_of_a_workbook_are_told() {
    for name in
        ["evenements (1).xlsx", "evenements - Copie.xlsx", "Copie de evenements.xlsx", "evenements-PC-DE-PAUL.ods"]
    {
        let fixture = Fixture::small().file(&format!("inputs/{name}"), b"PK");
        let found: Vec<String> = problems(&fixture).into_iter().map(|(code, ..)| code).collect();
        assert!(found.iter().any(|code| code.ends_with("copie-de-classeur")), "{name}: {found:?}");
    }
    let fixture = Fixture::small().file("inputs/notes.xlsx", b"PK");
    assert!(problems(&fixture).iter().all(|(code, ..)| !code.ends_with("copie-de-classeur")));
}

/// A text as an editor of Windows saves it.
fn windows(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '’' => 0x92,
        '…' => 0x85,
        '–' => 0x96,
        'œ' => 0x9c,
        '€' => 0x80,
        c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

#[test]
fn settings_and_texts_in_the_encoding_of_windows_are_read_as_what_they_are() {
    let source = |path: &str| std::fs::read_to_string(crate::fixture::root().join(path)).expect("a text");
    for (from, to) in [
        ("inputs/territoire.toml", "inputs/territoire.toml"),
        ("templates/annexes/expose.md.j2", "templates/annexes/expose.md.j2"),
    ] {
        let fixture = Fixture::shipped().file(to, windows(&source(from)));
        let run = fixture.run("check");
        assert!(run.stderr.contains("le fichier est enregistré en Windows-1252"), "{to}: {}", run.stderr);
        assert!(!run.stderr.contains('\u{fffd}') && !run.stderr.contains("erreur["), "{to}: {}", run.stderr);
    }
}

#[test]
fn quotes_of_word_in_the_settings_are_told_once_with_the_line_as_it_should_be() {
    for line in ["nom = “Val d’Essai”", "nom = Val d’Essai", "nom = « Val d’Essai »", "nom = \"Val d’Essai"]
    {
        let fixture = Fixture::small().settings("nom = \"Val d’Essai\"", line);
        let run = fixture.run("check");
        let told = "aide : un texte se met entre guillemets droits : nom = \"Val d’Essai\"";
        assert_eq!(run.stderr.matches(told).count(), 1, "{line}: {}", run.stderr);
        assert!(!run.stderr.contains("territoire.nom"), "{line}: {}", run.stderr);
    }
}
