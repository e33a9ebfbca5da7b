//! Files that no person made: the program says what is wrong, and neither falls, nor waits, nor eats the memory.
//!
//! Each file stands in place of `finances.xlsx` of a small territory, and the real program checks it under a limit of time
//! and of memory. Whole workbooks are made by our own writer and spoilt part by part.
#![cfg(target_os = "linux")]

mod memory;

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::books::{Parts, packed, unpacked};
use crate::fixture::{Fixture, root};

/// The bar is 10 s for the program as it ships; tests run one that is not optimised, beside each other.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 10 });
/// The bar, in kB.
const MEMORY: u64 = 500 << 10;

/// Runs `check` in the workspace, and hands back its problems as « code › sheet › cell », with their messages.
#[track_caller]
fn survive(name: &str, fixture: &Fixture) -> Vec<(String, String)> {
    let screens = ["stdout", "stderr"].map(|screen| fixture.path(screen));
    let [stdout, stderr] = screens.each_ref().map(|path| Stdio::from(std::fs::File::create(path).expect("a screen")));
    let mut child =
        fixture.command("check --format json").stdout(stdout).stderr(stderr).spawn().expect("the program runs");
    let (start, mut peak) = (Instant::now(), 0);
    let status = loop {
        peak = peak.max(resident_peak(child.id()));
        if let Some(status) = child.try_wait().expect("a status") {
            break status;
        }
        if start.elapsed() > TIME || peak > MEMORY {
            child.kill().expect("an end");
            panic!("{name}: {:?} and {peak} kB", start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let [stdout, stderr] = screens.map(|path| std::fs::read_to_string(path).expect("UTF-8"));
    assert!(!stderr.contains("panicked"), "{name}: {stderr}");
    let report: serde_json::Value =
        serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{name}: {status}\n{stdout}\n{stderr}"));
    let problems: Vec<(String, String)> = report["messages"].as_array().expect("messages").iter().map(told).collect();
    assert_eq!(status.code(), Some(i32::from(!problems.is_empty())), "{name}: {stderr}");
    problems
}

/// The most memory that a process held so far, in kB.
fn resident_peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}

fn told(message: &serde_json::Value) -> (String, String) {
    let text = |name: &str| message[name].as_str().unwrap_or_default();
    let place: Vec<&str> =
        ["code", "feuille", "cellule"].iter().map(|name| text(name)).filter(|text| !text.is_empty()).collect();
    (place.join(" › "), text("message").to_owned())
}

/// A small territory whose finances are these bytes, under this name.
fn with(file: &str, bytes: impl AsRef<[u8]>) -> Fixture {
    Fixture::small().file(&format!("inputs/{file}"), bytes)
}

/// Expects one problem with a file, of this code, that says this.
#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, code: &str, says: &str) {
    let problems = survive(name, &with("finances.xlsx", bytes));
    let [(found, message)] = problems.as_slice() else { panic!("{name}: {problems:?}") };
    assert_eq!(found, &format!("finances/{code}"), "{name}: {message}");
    assert!(message.contains(says), "{name}: {message}");
}

#[track_caller]
fn damaged(name: &str, bytes: impl AsRef<[u8]>) {
    refused(name, bytes, "classeur-illisible", "endommagé");
}

/// Expects these problems, as « code › sheet › cell ».
#[track_caller]
fn read(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let problems = survive(name, &with("finances.xlsx", bytes));
    let found: Vec<&str> = problems.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(found, expected, "{name}: {problems:?}");
}

/// Finances with headings and no row, as our own writer saves them.
fn blank() -> Vec<u8> {
    let fixture = Fixture::small();
    fixture.write();
    fixture.read("inputs/finances.xlsx")
}

/// Blank finances with one part changed, as text.
#[track_caller]
fn spoilt(name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = unpacked(&blank());
    let (_, content) = parts.iter_mut().find(|(known, _)| known == name).expect("the part");
    let before = String::from_utf8(std::mem::take(content)).expect("UTF-8");
    let after = change(&before);
    assert_ne!(before, after, "{name} was not changed");
    *content = after.into_bytes();
    packed(&parts)
}

const EXPENSES: &str = "xl/worksheets/sheet2.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// Blank finances with rows below the headings of Dépenses, as XML.
fn with_rows(rows: &str) -> Vec<u8> {
    spoilt(EXPENSES, |sheet| sheet.replace("</sheetData>", &format!("{rows}</sheetData>")))
}

/// Finances as an OpenDocument with headings, and these rows in Dépenses.
fn open_document(rows: &str) -> Vec<u8> {
    let finances = liasse::intake::WORKBOOKS.iter().find(|workbook| workbook.stem == "finances").expect("finances");
    let mut tables = String::new();
    for sheet in finances.sheets {
        let cell = |heading: &str| format!("<table:table-cell><text:p>{heading}</text:p></table:table-cell>");
        let headings: String = sheet.columns.iter().map(|column| cell(column.heading)).collect();
        let rows = if sheet.name == "Dépenses" { rows } else { "" };
        let row = format!("<table:table-row>{headings}</table:table-row>");
        tables.push_str(&format!("<table:table table:name=\"{}\">{row}{rows}</table:table>", sheet.name));
    }
    packed(&vec![("content.xml".to_owned(), format!("<office:spreadsheet>{tables}</office:spreadsheet>").into_bytes())])
}

/// Replaces bytes by as many others, wherever they stand.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert!(!places.is_empty(), "nothing to replace");
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

fn committed(path: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/files").join(path)).expect("a committed file")
}

#[test]
fn two_cells_at_the_ends_of_a_sheet() {
    let far = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#;
    read("a far cell", with_rows(far), &[]);
    let alone = spoilt(EXPENSES, |sheet| {
        let start = sheet.find("<sheetData>").expect("the cells");
        let end = sheet.find("</sheetData>").expect("their end");
        let first = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Exercice</t></is></c></row>"#;
        format!("{}<sheetData>{first}{far}{}", &sheet[..start], &sheet[end..])
    });
    read("two cells", alone, &["finances/intitule-absent › Dépenses", "finances/intitule-absent › Dépenses"]);
}

#[test]
fn files_that_were_cut_short() {
    let whole = blank();
    for eighth in 1..8 {
        damaged(&format!("{eighth}/8 of a file"), &whole[..whole.len() * eighth / 8]);
    }
    damaged("all but a byte", &whole[..whole.len() - 1]);
    damaged("half a sheet", spoilt(EXPENSES, |sheet| sheet[..sheet.len() / 2].to_owned()));
    damaged("half the strings", spoilt(STRINGS, |strings| strings[..strings.len() / 2].to_owned()));
    damaged("half the workbook", spoilt("xl/workbook.xml", |text| text[..text.len() / 2].to_owned()));
    let flipped = patched(&whole, b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet9.xml");
    refused("a sheet that is not there", flipped, "feuille-absente", "Dépenses");
    let open = unpacked(&open_document("")).remove(0).1;
    let half = packed(&vec![("content.xml".to_owned(), open[..open.len() / 2].to_vec())]);
    refused("half an OpenDocument", half, "classeur-illisible", "incomplet");
}

#[test]
fn files_behind_a_password() {
    refused("Excel's", committed("password/finances.xlsx"), "classeur-protege", "mot de passe");
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let mut parts = unpacked(&open_document(""));
    parts.push(("META-INF/manifest.xml".to_owned(), manifest.into()));
    refused("LibreOffice's", packed(&parts), "classeur-protege", "mot de passe");
    // The first bit of a part's flags says that it is encrypted; they stand behind the signature and the version.
    let mut zip = blank();
    for (signature, offset) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = (0..zip.len() - 4).filter(|&at| zip[at..].starts_with(signature)).collect();
        places.iter().for_each(|at| zip[at + offset] |= 1);
    }
    refused("a zip's", zip, "classeur-protege", "mot de passe");
}

#[test]
fn counts_and_places_that_lie() {
    let count = |from: &str, to: &str| {
        spoilt(STRINGS, |strings| {
            let start = strings.find(from).expect("a count") + from.len();
            let end = start + strings[start..].find('"').expect("its end");
            format!("{}{to}{}", &strings[..start], &strings[end..])
        })
    };
    refused("four billion texts", count("uniqueCount=\"", "4000000000"), "classeur-illisible", "plus de textes");
    read("more texts than numbers", count("uniqueCount=\"", "18446744073709551616"), &[]);
    read("four billion uses", count(" count=\"", "4000000000"), &[]);
    let dimension = |reference: &str| {
        spoilt(EXPENSES, |sheet| {
            let start = sheet.find("<dimension").expect("a dimension");
            let end = start + sheet[start..].find("/>").expect("its end");
            format!("{}<dimension ref=\"{reference}\"{}", &sheet[..start], &sheet[end..])
        })
    };
    read("the whole sheet", dimension("A1:XFD1048576"), &[]);
    for reference in ["D3:A1", "AAAAAAAAAAAAAAAA1", "A99999999999999999999", "A1:XFE1", ""] {
        // The extent that a program writes is no more than its word: the cells say where they stand.
        read(reference, dimension(reference), &[]);
    }
    for cell in [
        r#"<row r="2"><c r="A2" t="s"><v>4000000000</v></c></row>"#,
        r#"<row r="2"><c r="AAAAAAAAAAAAAAAA2"><v>1</v></c></row>"#,
        r#"<row r="2"><c r="A99999999999"><v>1</v></c></row>"#,
        r#"<row r="4294967295"><c><v>1</v></c></row><row><c><v>1</v></c></row>"#,
        r#"<row r="0" hidden="1"><c><v>1</v></c></row>"#,
        r#"<row r="2"><c r="XFE2"><v>1</v></c></row>"#,
    ] {
        damaged(cell, with_rows(cell));
    }
    for index in ["4000000000", "18446744073709551615"] {
        let cell = format!("<c r=\"H2\"><f t=\"shared\" ref=\"H2:H3\" si=\"{index}\">1</f><v>1</v></c>");
        damaged(index, with_rows(&format!("<row r=\"2\">{cell}</row>")));
    }
    let merge = |reference: &str| {
        spoilt(EXPENSES, |sheet| {
            let merge = format!("</sheetData><mergeCells><mergeCell ref=\"{reference}\"/></mergeCells>");
            sheet.replace("</sheetData>", &merge)
        })
    };
    read("a merge of everything", merge("A1:XFD1048576"), &["finances/cellules-fusionnees › Dépenses › A1"]);
    read("a merge beyond", merge("A1:AAAAAAAAAAAAA4294967295"), &["finances/cellules-fusionnees › Dépenses › A1"]);
}

#[test]
fn other_formats_under_the_name_of_a_workbook() {
    let old = committed("xls/finances.xls");
    let binary = committed("xlsb/finances.xlsb");
    refused(".xls", &old, "classeur-ancien", "Excel 97-2003 (.xls)");
    refused(".xlsb", &binary, "classeur-ancien", "Excel binaire (.xlsb)");
    refused(".csv", "Exercice;Nature;Prévu\n2022;Salaire;10\n", "classeur-ancien", "texte (.csv)");
    refused("a page", "<html><table><tr><td>Exercice</td></tr></table></html>", "classeur-ancien", "texte");
    refused("bytes", [0, 1, 2, 3].repeat(99), "classeur-illisible", "ce n’est pas un classeur");
    refused("nothing", "", "classeur-illisible", "le fichier est vide");
    let document = packed(&vec![("word/document.xml".to_owned(), b"<w:document/>".to_vec())]);
    refused("a text document", document, "classeur-illisible", "");
    for (file, bytes) in [("finances.xls", old), ("finances.xlsb", binary)] {
        let problems = survive(file, &only_as(file, bytes));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].0, "finances/classeur-absent");
    }
}

/// A small territory without `finances.xlsx`, and these bytes under another name.
fn only_as(file: &str, bytes: Vec<u8>) -> Fixture {
    let small = Fixture::small();
    small.write();
    let settings = small.text("inputs/territoire.toml");
    ["contacts.xlsx", "evenements.xlsx"].iter().map(|name| format!("inputs/{name}")).fold(
        Fixture::empty().file("inputs/territoire.toml", settings).file(&format!("inputs/{file}"), bytes),
        |fixture, path| {
            let bytes = small.read(&path);
            fixture.file(&path, bytes)
        },
    )
}

#[test]
fn a_folder_under_the_name_of_a_workbook() {
    let fixture = only_as("finances.xlsx/nothing", Vec::new());
    let run = fixture.run("check");
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(run.stderr.contains("impossible de lire « inputs/finances.xlsx »"), "{}", run.stderr);
}

#[test]
fn as_many_firms_exchanges_and_aids_as_anyone_has() {
    let rows = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    let long = |heading: &str, row: &dyn Fn(u32) -> String| {
        heading.to_owned() + &(0..rows).map(|number| format!("\n{}", row(number))).collect::<String>()
    };
    let firms = long("Raison sociale | Partenaire", &|number| format!("Forge {number} | AAA"));
    let exchanges = long("Date | Entreprise | Niveau | Thème | EPCI présent | Heures", &|number| {
        format!("{:02}/01/2022 | Forge {} | Prise de contact | Bas carbone | non | 2", number % 28 + 1, number % 1_000)
    });
    let fixture = Fixture::small().table("Entreprises", &firms).table("Accompagnements", &exchanges);
    assert_eq!(survive("firms and exchanges", &fixture), []);
    let fixture = Fixture::small()
        .table("Entreprises", "Raison sociale | Partenaire\nForge | AAA")
        .table("Aides", &long(AIDS, &|number| aid(number, "non")));
    assert_eq!(survive("aids", &fixture), []);
}

const AIDS: &str = "Entreprise | Dispositif | Plan | Déposé le | Décision | Décidé le | Aide demandée | Aide obtenue | Accompagné | Annonce publique";

fn aid(number: u32, announced: &str) -> String {
    format!("Forge | Fonds {number} | Région | 05/01/2022 | Lauréat | 06/01/2022 | 900 | 800 | oui | {announced}")
}

#[test]
fn more_announced_laureates_than_anyone_prints_are_refused() {
    let aids: String = (0..2_001).map(|number| format!("\n{}", aid(number, "oui"))).collect();
    let fixture = Fixture::small()
        .table("Entreprises", "Raison sociale | Partenaire\nForge | AAA")
        .table("Aides", &format!("{AIDS}{aids}"));
    let problems = survive("announced laureates", &fixture);
    let [(place, message)] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(place, "finances/annonces-sans-fin › Aides › J2002");
    assert!(message.contains("2\u{202f}001"), "{message}");
}

#[test]
fn a_sheet_that_was_filled_down_by_mistake_is_refused() {
    let calls: String =
        (0..10_001).map(|number| format!("\nAppel {number} | Agence | Bas carbone | 31/03/2022")).collect();
    let fixture = Fixture::small().table("Appels à projets", &format!("Intitulé | Opérateur | Thème | Clôture{calls}"));
    let problems = survive("calls", &fixture);
    let [(place, message)] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(place, "evenements/feuille-sans-fin › Appels à projets");
    assert!(message.contains("10\u{202f}001"), "{message}");
}

#[test]
fn names_in_the_zip_that_mislead() {
    let mut parts = unpacked(&blank());
    parts.push(("../../liasse-outside".to_owned(), b"outside".to_vec()));
    let fixture = with("finances.xlsx", packed(&parts));
    assert_eq!(survive("a name outside", &fixture), []);
    assert!(!fixture.path("liasse-outside").exists() && !fixture.path("../liasse-outside").exists());
    let mut twice = unpacked(&blank());
    twice.push(("xl/worksheets/sheet7.xml".to_owned(), b"<worksheet/>".to_vec()));
    let twice = patched(&packed(&twice), b"xl/worksheets/sheet7.xml", b"xl/worksheets/sheet2.xml");
    damaged("a name twice", twice);
    let mut capitals = unpacked(&blank());
    capitals.push(("XL\\Worksheets\\Sheet2.xml".to_owned(), b"<worksheet/>".to_vec()));
    // Two parts that differ by their capitals are two: the one that is named is read.
    read("a name that differs by its capitals", packed(&capitals), &[]);
}

/// Finances whose parts are in a folder that no program we know uses, beside what stays in the usual one.
fn elsewhere(bytes: &[u8], decoy: &Parts) -> Vec<u8> {
    let mut parts = decoy.clone();
    for (name, content) in unpacked(bytes) {
        let moved = name.replacen("xl/", "livre/", 1);
        let text =
            String::from_utf8(content).expect("UTF-8").replace("\"xl/", "\"livre/").replace("\"/xl/", "\"/livre/");
        parts.push((moved, text.into_bytes()));
    }
    packed(&parts)
}

#[test]
fn parts_are_looked_for_where_the_package_says() {
    read("another folder", elsewhere(&blank(), &Vec::new()), &[]);
    let decoy: Parts = unpacked(&blank()).into_iter().filter(|(name, _)| name.starts_with("xl/")).collect();
    read("two folders", elsewhere(&blank(), &decoy), &[]);
    let beyond = with_rows(r#"<row r="2"><c r="AAAAAAAAAAAAAAAA2"><v>1</v></c></row>"#);
    damaged("a place beyond, behind a decoy", elsewhere(&beyond, &decoy));
    let lying = spoilt(STRINGS, |strings| strings.replacen("uniqueCount=\"", "uniqueCount=\"99999999999", 1));
    refused("a count, behind a decoy", elsewhere(&lying, &decoy), "classeur-illisible", "plus de textes");
    let mut twice = unpacked(&beyond);
    let harmless = unpacked(&blank()).into_iter().find(|(name, _)| name == EXPENSES).expect("the sheet").1;
    twice.push(("xl/worksheets/harmless.xml".to_owned(), harmless));
    let relations = twice.iter_mut().find(|(name, _)| name == "xl/_rels/workbook.xml.rels").expect("the part");
    let text = String::from_utf8(relations.1.clone()).expect("UTF-8");
    let target = text.find("worksheets/sheet2.xml").expect("its target");
    let start = text[..target].rfind('<').expect("its start");
    let end = target + text[target..].find("/>").expect("its end") + 2;
    let decoy = text[start..end].replace("sheet2.xml", "harmless.xml");
    relations.1 = format!("{}{decoy}{}", &text[..start], &text[start..]).into_bytes();
    damaged("one relation, two parts", packed(&twice));
}
