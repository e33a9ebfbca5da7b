//! What is fuzzed: each function takes any bytes, and must neither panic nor eat the memory.
//!
//! The targets of `cargo fuzz` run these, and an ordinary test runs them over the corpora.
#![allow(unreachable_pub, reason = "an ordinary test has them in a module")]
#![allow(dead_code, reason = "each target runs one of them")]
#![allow(clippy::unwrap_used, reason = "what is made here is always made")]

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use liasse::content;
use liasse::intake::{self, Sources, Understood, WORKBOOKS};
use liasse::render::markdown;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SETTINGS: &str =
    "[territoire]\nnom = \"Essai\"\noperateur = \"CCI\"\ndepuis = 2021-01-01\nthemes = [\"Bas carbone\"]\n";

const SHEET_NAMES: &[&str] = &["Partenaires", "Représentants", "Contacts", "Entreprises"];

/// A whole `.xlsx` where the bytes are a zip; else the XML of a sheet, a table of strings, a style sheet or a table of
/// relations in a small one.
pub fn xlsx(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        understand(bytes);
    } else if holds(bytes, b"<sst") {
        understand(&workbook(b"", bytes, b""));
    } else if holds(bytes, b"<styleSheet") {
        understand(&workbook(b"", b"", bytes));
    } else if holds(bytes, b"<Relationships") {
        understand(&related(bytes));
    } else {
        understand(&workbook(bytes, b"<sst><si><t>Code</t></si><si><t>Type</t></si></sst>", STYLES));
    }
}

/// A whole `.ods` where the bytes are a zip; else its `content.xml`.
pub fn ods(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        understand(bytes);
    } else {
        understand(&packed(&[("content.xml", bytes)]));
    }
}

/// A whole Word file where the bytes are a zip; else the body of a small one.
pub fn word(bytes: &[u8]) {
    let whole = if bytes.starts_with(b"PK") {
        bytes.to_vec()
    } else {
        let relations = "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" \
                         Target=\"word/document.xml\"/></Relationships>";
        packed(&[("_rels/.rels", relations.as_bytes()), ("word/document.xml", bytes)])
    };
    if let Ok(text) = liasse::papers::read(&whole) {
        let _ = (text.side(true), text.side(false));
    }
}

/// One short text in every cell of a row of every sheet: as text, and as a number, a share, a day and an hour.
pub fn cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text: String = text.chars().filter(|c| *c >= ' ' || matches!(c, '\n' | '\t')).take(100).collect();
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let shown = format!("<text:p>{escaped}</text:p>");
    let typed = |attributes: &str| format!("<table:table-cell {attributes}>{shown}</table:table-cell>");
    let forms = [
        typed(""),
        typed(&format!("office:value-type=\"float\" office:value=\"{escaped}\"")),
        typed(&format!("office:value-type=\"percentage\" office:value=\"{escaped}\"")),
        typed(&format!("office:value-type=\"date\" office:date-value=\"{escaped}\"")),
        typed(&format!("office:value-type=\"time\" office:time-value=\"{escaped}\"")),
    ];
    let tables = |stem: usize| {
        let mut tables = String::new();
        for sheet in WORKBOOKS[stem].sheets {
            let heading = |heading: &str| format!("<table:table-cell><text:p>{heading}</text:p></table:table-cell>");
            let headings: String = sheet.columns.iter().map(|column| heading(column.heading)).collect();
            tables.push_str(&format!(
                "<table:table table:name=\"{}\"><table:table-row>{headings}</table:table-row>",
                sheet.name
            ));
            for form in &forms {
                tables.push_str(&format!("<table:table-row>{}</table:table-row>", form.repeat(sheet.columns.len())));
            }
            tables.push_str("</table:table>");
        }
        packed(&[("content.xml", tables.as_bytes())])
    };
    read(SETTINGS, [0, 1, 2].map(tables));
}

/// A text as `territoire.toml`.
pub fn settings(bytes: &[u8]) {
    read(&String::from_utf8_lossy(bytes), [Vec::new(), Vec::new(), Vec::new()]);
}

/// A text as Markdown; what is escaped is read back as it was written.
pub fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = content::plain_text(&markdown::blocks(&text));
    let _ = content::plain_text(&markdown::blocks(&markdown::escape(&text)));
}

/// A workbook in the place of each of the three.
fn understand(bytes: &[u8]) {
    read(SETTINGS, [bytes.to_vec(), bytes.to_vec(), bytes.to_vec()]);
}

fn read(settings: &str, workbooks: [Vec<u8>; 3]) -> Understood {
    let workbooks = WORKBOOKS.iter().zip(workbooks).map(|(declared, bytes)| {
        let bytes: Option<Arc<[u8]>> = (!bytes.is_empty()).then(|| Arc::from(bytes));
        (format!("inputs/{}.xlsx", declared.stem), bytes)
    });
    intake::read(&Sources {
        settings: ("inputs/territoire.toml".to_owned(), Some(settings.to_owned())),
        workbooks: workbooks.collect(),
        map: (String::new(), None),
        image: &|_| None,
        enclosure: &|name| Err(liasse::diagnostics::messages::cells::missing_enclosure(name)),
        has_glyph: &|_| true,
    })
}

const STYLES: &[u8] = br#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;

/// An `.xlsx` whose sheets are all the same.
fn workbook(sheet: &[u8], strings: &[u8], styles: &[u8]) -> Vec<u8> {
    let sheets: String =
        SHEET_NAMES.iter().map(|name| format!("<sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/>")).collect();
    packed(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="rId1" Type="x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ])
}

/// An `.xlsx` of two folders, whose parts find each other by these relations; one of its sheets has a cell beyond every
/// sheet, which no reader may be given.
fn related(relations: &[u8]) -> Vec<u8> {
    let book = br#"<workbook><sheets><sheet name="Partenaires" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let sheet = br#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#;
    let trap =
        br#"<worksheet><sheetData><row r="4294967295"><c><v>1</v></c></row><row><c/></row></sheetData></worksheet>"#;
    let strings = br#"<sst uniqueCount="99999999999"/>"#;
    packed(&[
        ("_rels/.rels", relations),
        ("xl/_rels/book.xml.rels", relations),
        ("trap/_rels/book.xml.rels", relations),
        ("xl/book.xml", book),
        ("trap/book.xml", book),
        ("xl/sheet.xml", sheet),
        ("trap/sheet.xml", trap),
        ("trap/sharedStrings.xml", strings),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
