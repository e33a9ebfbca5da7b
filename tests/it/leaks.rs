//! Everything below a fresh `out/`, opened and searched: workbooks unzipped, pages read and decompressed, texts as they are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::books;
use crate::fixture::Fixture;
use crate::pdf;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// All that a file says, in one line of small letters, and what it says in other encodings.
fn said(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a file");
    let mut said = String::from_utf8_lossy(&bytes).into_owned();
    if bytes.starts_with(b"PK") {
        for part in books::unpacked(&bytes) {
            said.push_str(&format!("\n{} {}", part.0, String::from_utf8_lossy(&part.1)));
        }
    } else if bytes.starts_with(b"%PDF") {
        said.push_str(&pdf::text(&bytes));
        let mut document = lopdf::Document::load_mem(&bytes).expect("a PDF");
        document.decompress();
        let mut open = Vec::new();
        document.save_to(&mut open).expect("a PDF");
        said.push_str(&String::from_utf8_lossy(&open));
        // Names of figures, titles and notes stand in UTF-16.
        let wide: Vec<u8> = open.into_iter().filter(|byte| *byte != 0).collect();
        said.push_str(&String::from_utf8_lossy(&wide));
    } else if path.extension().is_some_and(|ending| ending == "eml") {
        let message = mail_parser::MessageParser::default().parse(&bytes).expect("a message");
        let bodies = (0..2).flat_map(|at| [message.body_text(at), message.body_html(at)]).flatten();
        said.push_str(&bodies.collect::<Vec<_>>().join("\n"));
    }
    plain(&said)
}

fn plain(text: &str) -> String {
    let text = text.replace(['\u{ad}'], "").replace("-\n", "").replace('’', "'").to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn column(fixture: &Fixture, workbook: &str, sheet: &str, headings: &[&str]) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(fixture.path(&format!("inputs/{workbook}.xlsx"))).expect("a workbook");
    let range = workbook.worksheet_range(sheet).expect("a sheet");
    let mut rows = range.rows();
    let found = rows.next().expect("headings").iter().map(ToString::to_string).collect::<Vec<_>>();
    let places: Vec<Option<usize>> = headings.iter().map(|heading| found.iter().position(|it| it == heading)).collect();
    let cell = |row: &[calamine::Data], place: &Option<usize>| place.map_or(String::new(), |at| row[at].to_string());
    rows.map(|row| places.iter().map(|place| cell(row, place)).collect()).collect()
}

/// Searches everything below `out/`: addresses of contacts outside of `out/interne/`, and firms that a file's reader may not
/// know.
fn leaks(fixture: &Fixture) -> (usize, Vec<String>) {
    let addresses: Vec<String> =
        column(fixture, "contacts", "Contacts", &["Courriel"]).into_iter().map(|row| plain(&row[0])).collect();
    let announced: BTreeSet<String> =
        column(fixture, "finances", "Aides", &["Entreprise", "Décision", "Annonce publique"])
            .into_iter()
            .filter(|row| row[1] == "Lauréat" && row[2] == "oui")
            .map(|row| row[0].clone())
            .collect();
    let firms: Vec<(String, String)> = column(fixture, "contacts", "Entreprises", &["Raison sociale", "Partenaire"])
        .into_iter()
        .filter(|row| !announced.contains(&row[0]))
        .map(|row| (plain(&row[0]), row[1].clone()))
        .collect();
    let (mut searched, mut found) = (0, Vec::new());
    for path in files(&fixture.path("out")) {
        let name = path.strip_prefix(fixture.path("out")).expect("below out").to_string_lossy().replace('\\', "/");
        // The sheet that people sign at a meeting names who was invited, to who keeps it alone.
        if name.starts_with("interne/") || name.starts_with("emargement/") {
            continue;
        }
        let said = said(&path);
        searched += 1;
        found.extend(
            addresses.iter().filter(|it| !it.is_empty() && said.contains(*it)).map(|it| format!("{name}: {it}")),
        );
        let is_own = |council: &str| name.rsplit('/').next().is_some_and(|file| file == format!("bilan-{council}.pdf"));
        let hidden = firms.iter().filter(|(firm, council)| !is_own(council) && said.contains(firm));
        found.extend(hidden.map(|(firm, _)| format!("{name}: {firm}")));
    }
    (searched, found)
}

#[test]
fn nothing_below_out_tells_an_address_or_a_firm_to_who_may_not_know_it() {
    let fixture = Fixture::shipped();
    fixture.succeed("build");
    let (searched, found) = leaks(&fixture);
    assert!(searched > 150, "{searched}");
    assert!(found.is_empty(), "{found:#?}");
}

/// The same where people also take part, answer for points and meet firms, as on no shipped sheet.
#[test]
fn nothing_below_out_tells_them_where_they_stand_in_every_sheet() {
    let fixture = Fixture::small()
        .table(
            "Entreprises",
            "Raison sociale | Partenaire | Commune
             Laiterie Bazuvelle | AAA | Aval
             Verrerie Mornaille | AAA | Aval",
        )
        .table(
            "Accompagnements",
            "Date | Entreprise | Niveau | Thème | Heures | Suite
             20/01/2022 | Laiterie Bazuvelle | Prise de contact | Bas carbone | 2 | Rappeler ada@example.org
             21/01/2022 | Verrerie Mornaille | Accompagnement renforcé | Bas carbone | 3 | Envoyer à la Laiterie Bazuvelle",
        )
        .table(
            "Agenda",
            "Code | Date | Heure | Intitulé | Type | Lieu | Dans la lettre | Annulé
             C1 | 20/01/2022 | 9 h | Un comité | COPIL | Aval | oui | non",
        )
        .table(
            "Participants",
            "Événement | Nom | Organisation | Présent
             C1 | Ada Un | Laiterie Bazuvelle | oui",
        )
        .table(
            "Ordres du jour",
            "Événement | Point | Intitulé | Rapporteur | Responsable
             C1 | 1 | Un point | Ada Un | ada@example.org",
        );
    fixture.run("build --keep-going");
    let (searched, found) = leaks(&fixture);
    assert!(searched > 10, "{searched}");
    let found: Vec<&String> = found.iter().filter(|it| it.starts_with(".liasse")).collect();
    assert!(found.is_empty(), "{found:#?}");
}
