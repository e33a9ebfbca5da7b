//! Files that would take more memory than anyone has: refused before any of it is taken.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{
    EXPENSES, STRINGS, blank, damaged, open_document, packed, read, refused, spoilt, survive, unpacked, with, with_rows,
};
use crate::fixture::Fixture;

const LAUGHS: &str = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">]>"#;

/// A part of zeros: a gigabyte packs into one megabyte.
fn bomb(name: &str, megabytes: usize) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (known, content) in unpacked(&blank()).iter().filter(|(known, _)| known != name) {
        archive.start_file(known, SimpleFileOptions::default()).expect("a part");
        archive.write_all(content).expect("its bytes");
    }
    archive.start_file(name, SimpleFileOptions::default().compression_level(Some(1))).expect("a part");
    let zeros = vec![0; 1 << 20];
    for _ in 0..megabytes {
        archive.write_all(&zeros).expect("zeros");
    }
    archive.finish().expect("a zip").into_inner()
}

#[test]
fn zip_bombs() {
    refused("a gigabyte of sheet", bomb(EXPENSES, 1024), "classeur-enorme", "dépasse 320 Mo");
    refused("a lot of strings", bomb(STRINGS, 80), "classeur-enorme", "dépasse 64 Mo");
    refused("a picture", bomb("xl/media/image1.png", 400), "classeur-enorme", "dépasse 320 Mo");
    let parts = (0..6_000).map(|number| (format!("xl/media/{number}"), Vec::new())).collect();
    refused("many parts", packed(&parts), "classeur-enorme", "6000 parties");
}

#[test]
fn one_long_text_in_many_cells() {
    let long = "x".repeat(1 << 20);
    let mut parts = unpacked(&blank());
    let part = |name: &str| parts.iter().position(|(known, _)| known == name).expect("the part");
    let (sheet, strings) = (part(EXPENSES), part(STRINGS));
    let text = |index: usize| String::from_utf8(parts[index].1.clone()).expect("UTF-8");
    let last = text(strings).matches("<si>").count();
    let rows: String = (2..1_000).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>{last}</v></c></row>")).collect();
    let longer = text(strings).replace("</sst>", &format!("<si><t>{long}</t></si></sst>"));
    let fuller = text(sheet).replace("</sheetData>", &format!("{rows}</sheetData>"));
    (parts[strings].1, parts[sheet].1) = (longer.into_bytes(), fuller.into_bytes());
    refused("a shared string", packed(&parts), "classeur-enorme", "trop de texte");
    let row = format!(
        "<table:table-row><table:table-cell table:number-columns-repeated=\"999\"><text:p>{long}</text:p></table:table-cell></table:table-row>"
    );
    refused("a repeated cell", open_document(&row), "classeur-enorme", "trop de texte");
}

#[test]
fn open_documents_that_repeat_a_cell_a_billion_times() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |attributes: &str, cells: &str| format!("<table:table-row {attributes}>{cells}</table:table-row>");
    let columns = "table:number-columns-repeated=\"1000000000\"";
    let rows = "table:number-rows-repeated=\"1000000000\"";
    let huge = [row("", &cell(columns, "x")), row(rows, &cell("", "x")), row(rows, &cell(columns, "x"))];
    for rows in huge {
        refused(&rows, open_document(&rows), "classeur-enorme", "");
    }
    read("blank cells", open_document(&row(rows, &cell(columns, ""))), &[]);
    let beyond = row("", &(cell("table:number-columns-repeated=\"4294967295\"", "") + &cell(" ", "x").repeat(3)));
    refused("beyond the last column", open_document(&beyond), "classeur-enorme", "");
    let below = row("table:number-rows-repeated=\"4294967290\"", "") + &row("", &cell("", "x")).repeat(9);
    refused("below the last row", open_document(&below), "classeur-enorme", "");
    let span = "table:number-columns-spanned=\"4294967295\" table:number-rows-spanned=\"4294967295\"";
    let merged = row("", &cell(span, "2022"));
    assert!(survive("a span of everything", &with("finances.xlsx", open_document(&merged))).contains(&(
        "finances/cellules-fusionnees › Dépenses › A2".to_owned(),
        "cellules fusionnées : A2:XFD1048576".to_owned()
    )));
    let spaces = row("", &cell("", &"<text:s text:c=\"4000000000\"/>".repeat(1000)));
    read("spaces", open_document(&spaces), &[]);
}

#[test]
fn a_million_blank_rows_with_a_style() {
    let row =
        |number: u32| format!("<row r=\"{number}\" s=\"1\" customFormat=\"1\"><c r=\"A{number}\" s=\"1\"/></row>");
    let rows: String = (2..1_000_002).map(row).collect();
    read("styled rows", with_rows(&rows), &[]);
}

#[test]
fn many_small_elements_that_programs_would_keep() {
    // Cells with a style and nothing in them, text of any length in one cell, tables, texts and styles without end.
    let blanks = "<c s=\"1\"/>".repeat(60);
    let rows = if cfg!(debug_assertions) { 30_000 } else { 400_000 };
    read("styled blanks", with_rows(&format!("<row>{blanks}</row>").repeat(rows)), &[]);
    let spaces = "<text:s text:c=\"1000\"/>".repeat(400_000);
    let row =
        format!("<table:table-row><table:table-cell><text:p>{spaces}</text:p></table:table-cell></table:table-row>");
    refused("one text of many spaces", open_document(&row), "classeur-enorme", "texte démesuré");
    let tables = format!("</table:table>{}<table:table>", "<table:table></table:table>".repeat(100_000));
    refused("tables", open_document(&tables), "classeur-enorme", "");
    let long = "a".repeat(5 << 20);
    refused(
        "a long text",
        with_rows(&format!("<row><c t=\"inlineStr\"><is><t>{long}</t></is></c></row>")),
        "classeur-enorme",
        "texte démesuré",
    );
    let many = |part: &str, end: &str, element: &str, times: usize| {
        spoilt(part, |text| text.replace(end, &format!("{}{end}", element.repeat(times))))
    };
    refused("texts", many(STRINGS, "</sst>", "<si/>", 4_100_000), "classeur-enorme", "cellules");
    refused("styles", many("xl/styles.xml", "</cellXfs>", "<xf/>", 500_000), "classeur-enorme", "éléments");
    refused("sheets", many("xl/workbook.xml", "</sheets>", "<sheet/>", 500_000), "classeur-enorme", "éléments");
    let merges = format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:A1\"/>".repeat(4_100_000));
    refused("merges", many(EXPENSES, "</worksheet>", &merges, 1), "classeur-enorme", "cellules");
}

#[test]
fn as_many_rows_as_anyone_has() {
    let heading = "Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source | Informé le";
    let row =
        |number: u32| format!("\nAda | N{number} | Atelier | a{number}@example.org | Élu | oui | salon | 01/01/2022");
    // All of them where the program is optimised: a third takes as long where it is not.
    let rows = if cfg!(debug_assertions) { 30_000 } else { 100_000 };
    let table = heading.to_owned() + &(0..rows).map(row).collect::<String>();
    let problems = survive("contacts", &Fixture::small().table("Contacts", &table));
    assert_eq!(problems, []);
}

#[test]
fn xml_that_nests_or_multiplies() {
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    let nested = |name: &str, bytes: Vec<u8>| refused(name, bytes, "classeur-enorme", "emboîtés");
    for part in [EXPENSES, STRINGS, "xl/styles.xml", "xl/workbook.xml"] {
        let spoilt = spoilt(part, |text| {
            let end = text.rfind("</").expect("an end");
            format!("{}{deep}{}", &text[..end], &text[end..])
        });
        nested(part, spoilt);
    }
    nested("deep in an OpenDocument", open_document(&deep));
    let laughing = |text: &str| text.replace("<worksheet", &format!("{LAUGHS}<worksheet"));
    let cell = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData>"#;
    damaged("laughs in a sheet", spoilt(EXPENSES, |sheet| laughing(sheet).replace("</sheetData>", cell)));
    damaged(
        "laughs in the strings",
        spoilt(STRINGS, |strings| strings.replace("<sst", &format!("{LAUGHS}<sst")).replacen("<t>", "<t>&i;", 1)),
    );
    let content = String::from_utf8(unpacked(&open_document("")).remove(0).1).expect("UTF-8");
    let laughing = LAUGHS.to_owned() + &content.replacen("<text:p>", "<text:p>&i;", 1);
    damaged("laughs in an OpenDocument", packed(&vec![("content.xml".to_owned(), laughing.into_bytes())]));
}
