//! Copies of workbooks with remarks: what is wrong stands on its cell, everything else is as it was.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader as _, Xlsx};
use liasse::spreadsheets::{Remark, annotate};

use crate::books::{Book, unpacked};
use crate::fixture::{Fixture, root};

#[test]
fn annotated_copies_show_each_mistake_and_keep_the_originals() {
    let fixture = Fixture::shipped();
    let path = fixture.path("inputs/evenements.xlsx");
    let mut book = Book::open(&path);
    book.write("Lettres", 2, 1, "31 février 2022");
    book.write("Agenda", 4, 1, "hier");
    book.save(&path);
    let original = fs::read(&path).expect("a workbook");
    let run = fixture.run("check --annotate copies");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("copies/evenements.xlsx"), "{}", run.stdout);
    assert_eq!(fs::read(&path).expect("a workbook"), original);
    let remarks = Book::open(&fixture.path("copies/evenements.xlsx")).remarks();
    let (words, colour, _) = remarks.get("Lettres › B3").unwrap_or_else(|| panic!("{remarks:?}"));
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
    let refused = fixture.run("check --annotate inputs");
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("où sont les originaux"), "{}", refused.stderr);
}

#[test]
fn an_opendocument_is_annotated_as_a_workbook_with_its_values() {
    let fixture = Fixture::shipped();
    fs::remove_file(fixture.path("inputs/finances.xlsx")).expect("the original");
    let faulty = root().join("tests/files/error-cells-ods/finances.ods");
    fs::copy(faulty, fixture.path("inputs/finances.ods")).expect("copied");
    let run = fixture.run("check --annotate copies");
    assert_eq!(run.status, 1, "{}", run.stderr);
    let told = crate::fixture::problems(&fixture);
    let remarks = Book::open(&fixture.path("copies/finances.xlsx")).remarks();
    let cells = told.iter().filter(|(code, ..)| code == "finances/cellule-en-erreur");
    let cells: Vec<String> = cells.map(|(_, sheet, cell)| format!("{sheet} › {cell}")).collect();
    assert!(!cells.is_empty() && cells.iter().all(|cell| remarks.contains_key(cell)), "{cells:?} {remarks:?}");
}

fn remark(sheet: &str, row: u32, column: u32, text: &str, is_error: bool) -> Remark {
    Remark { sheet: sheet.to_owned(), row, column, text: text.to_owned(), is_error }
}

/// Annotates a workbook on cells that are filled, empty and beyond its end; gives both.
fn annotated(path: &str) -> (Vec<u8>, Vec<u8>) {
    let original = fs::read(root().join("tests/files").join(path)).expect("a workbook");
    let mut remarks = Vec::new();
    for (sheet, _) in Book::read(&original).sheets() {
        remarks.push(remark(&sheet, 0, 0, "sur « l’intitulé » & <le reste>", true));
        remarks.push(remark(&sheet, 0, 40, "à côté du tableau", false));
        remarks.push(remark(&sheet, 700, 2, "loin dessous\nen deux lignes", false));
    }
    let copy = annotate(&original, &remarks).unwrap_or_else(|reason| panic!("{path}: {reason}"));
    (original, copy)
}

#[test]
fn every_part_that_holds_no_remark_is_the_same_byte_for_byte() {
    for path in [
        "cells-without-address/finances.xlsx",
        "furniture/finances.xlsx",
        "libreoffice-validations/contacts.xlsx",
        "libreoffice-xlsx/evenements.xlsx",
        "openpyxl/evenements.xlsx",
        "prefixed/finances.xlsx",
        "sheetjs/finances.xlsx",
        "strict/finances.xlsx",
    ] {
        let (original, copy) = annotated(path);
        let (before, after) = (unpacked(&original), unpacked(&copy));
        let patched = |name: &str| {
            ["/styles.xml", "/comment1.xml", "/commentsDrawing1.vml", "[Content_Types].xml"]
                .iter()
                .any(|end| name.ends_with(end))
                || name.starts_with("xl/worksheets/")
        };
        let kept: Vec<_> = before.iter().filter(|(name, _)| !patched(name)).collect();
        assert!(kept.len() >= 5, "{path}");
        for part in kept {
            assert!(after.contains(part), "{path}: {}", part.0);
        }
        let order: Vec<_> = after.iter().map(|(name, _)| name).take(before.len()).collect();
        assert_eq!(order, before.iter().map(|(name, _)| name).collect::<Vec<_>>(), "{path}");
        let book = Book::read(&copy);
        let (sheets, remarks) = (Book::read(&original).sheets(), book.remarks());
        for (sheet, _) in &sheets {
            let expected = [
                ("A1", "sur « l’intitulé » & <le reste>", "FFFFC7CE"),
                ("AO1", "à côté du tableau", "FFFFEB9C"),
                ("C701", "loin dessous\nen deux lignes", "FFFFEB9C"),
            ];
            for (cell, words, colour) in expected {
                let found = remarks.get(&format!("{sheet} › {cell}"));
                let expected = (words.to_owned(), colour.to_owned(), true);
                // A cell without an address of its own is found by no address.
                let is_bare = path.starts_with("cells-without-address") && cell == "A1";
                if is_bare {
                    assert_eq!(found.map(|(words, ..)| words.as_str()), Some(words), "{path} › {sheet} › {cell}");
                } else {
                    assert_eq!(found, Some(&expected), "{path} › {sheet} › {cell}");
                }
            }
        }
        assert_eq!(annotated(path).1, copy, "{path}: other bytes");
    }
}

#[test]
fn a_workbook_that_libreoffice_saved_keeps_its_validations() {
    let (original, copy) = annotated("libreoffice-validations/contacts.xlsx");
    let (before, after) = (Book::read(&original), Book::read(&copy));
    for (sheet, _) in before.sheets() {
        let validations = before.validations(&sheet);
        assert!(validations.len() >= 5, "{sheet}: {validations:?}");
        assert_eq!(after.validations(&sheet), validations, "{sheet}");
    }
}

#[test]
fn a_comment_that_a_person_made_stays_below_ours() {
    let original = fs::read(root().join("tests/files/furniture/finances.xlsx")).expect("a workbook");
    let before = Book::read(&original).remarks();
    let (place, (own, ..)) = before.first_key_value().expect("a comment");
    let (sheet, cell) = place.split_once(" › ").expect("a place");
    let row: u32 = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().expect("a row");
    let column = u32::from(cell.as_bytes()[0] - b'A');
    let copy = annotate(&original, &[remark(sheet, row - 1, column, "illisible", true)]).expect("a copy");
    let (words, colour, _) = &Book::read(&copy).remarks()[place];
    assert_eq!(words, &format!("illisible\n\n{own}"));
    assert_eq!(colour, "FFFFC7CE");
}

#[test]
fn a_thread_on_a_cell_gives_way_to_a_comment_with_its_words() {
    let original = fs::read(root().join("tests/files/furniture/finances.xlsx")).expect("a workbook");
    let mut parts = unpacked(&original);
    let (place, (own, ..)) = Book::read(&original).remarks().into_iter().next().expect("a comment");
    let (sheet, cell) = place.split_once(" › ").expect("a place");
    let thread =
        |cell: &str| format!("<threadedComment ref=\"{cell}\" id=\"{{1}}\"><text>un fil</text></threadedComment>");
    let threads = format!("<ThreadedComments>{}{}</ThreadedComments>", thread(cell), thread("Z9"));
    parts.push(("xl/threadedComments/threadedComment1.xml".to_owned(), threads.into_bytes()));
    let relations = parts.iter_mut().find(|(name, _)| name.ends_with("_rels/sheet3.xml.rels")).expect("relations");
    let text = String::from_utf8(std::mem::take(&mut relations.1)).expect("UTF-8");
    let relation = "<Relationship Id=\"fil\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" \
                    Target=\"../threadedComments/threadedComment1.xml\"/></Relationships>";
    relations.1 = text.replace("</Relationships>", relation).into_bytes();
    let row: u32 = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().expect("a row");
    let remark = remark(sheet, row - 1, u32::from(cell.as_bytes()[0] - b'A'), "illisible", true);
    let copy = Book::read(&annotate(&crate::books::packed(&parts), &[remark]).expect("a copy"));
    let left = copy.part("xl/threadedComments/threadedComment1.xml").expect("the threads");
    assert!(!left.contains(&thread(cell)) && left.contains(&thread("Z9")), "{left}");
    assert_eq!(copy.remarks()[&place].0, format!("illisible\n\n{own}"));
}
