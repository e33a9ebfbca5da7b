//! PDF files of `inputs/annexes/` that go with an act as they are: found as cells name them, checked, counted, deposited.

use crate::fixture::{Fixture, problems};
use crate::mistakes::base::{Edit, edited};
use crate::pdf::{squeeze, squeezed_text};

/// A PDF file with a line of text on each page, at a height, and more in its catalogue and trailer.
fn sheet(lines: &[&str], height: u32, catalogue: &str, trailer: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..lines.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), lines.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (line, page) in lines.iter().zip(0..) {
        let content = match *line {
            "" => "0.2 g 100 100 300 300 re f".to_owned(),
            line => format!("BT /F1 12 Tf 400 {height} Td ({line}) Tj ET"),
        };
        let body = 5 + 2 * page;
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {body} 0 R >>"));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{}", places.concat()));
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

/// A file whose pages say something in their middle.
fn plain(lines: &[&str]) -> Vec<u8> {
    sheet(lines, 400, "", "")
}

const ANNEXES: &str = "2022 | bilan; convention | 2022";
/// Nothing was called yet.
pub(crate) const UNCALLED: Edit =
    ("Recettes", "13 587,94 | 05/03/2022 | 17/03/2022 | 13 587,94 | 16/03/2022", "| | | |");
/// The act is decided, and not sent.
pub(crate) const UNSENT: Edit = (
    "Délibérations",
    "20/02/2022 | 08/03/2022 | 02/03/2022 | 03/03/2022 | 04/03/2022 | | https://example.org/actes/12",
    "| | | | | |",
);

fn with_annexes(annexes: &str, more: &[Edit]) -> Fixture {
    let cell = format!("2022 | {annexes} | 2022");
    edited(&[&[("Délibérations", ANNEXES, cell.as_str()), UNCALLED], more].concat())
}

#[test]
fn a_file_is_named_counted_and_deposited_byte_for_byte() {
    let file = plain(&["Compte ouvert", "Page deux"]);
    let fixture = with_annexes("bilan; convention; Relevé_d'identité.pdf", &[UNSENT])
        .file("inputs/annexes/Relevé_d'identité.pdf", &file);
    assert_eq!(problems(&fixture), []);
    let run = fixture.succeed("build annexes VAL-12");
    assert!(run.stderr.contains("0\u{a0}avertissement"), "{}", run.stderr);
    let pack = |name: &str| fixture.read(&format!("out/annexes/VAL-12/{name}"));
    assert_eq!(pack("annexe-3-Releve_d-identite.pdf"), file);
    assert_eq!(pack("actes/99_DE-059-200030633-20220301-2022_12-DE-1-1_4.pdf"), file);
    let says = |name: &str, text: &str| assert!(squeezed_text(&pack(name)).contains(&squeeze(text)), "{name}: {text}");
    says("deliberation.pdf", "2. Convention de partenariat ; 3. Relevé d'identité (2 pages).");
    says("deliberation.pdf", "S'y ajoute un document joint tel quel : « Relevé d'identité » (annexe 3, 2 pages).");
    says("note-de-synthese.pdf", "Un document est joint tel quel : Relevé d'identité (annexe 3, 2 pages).");
    says("dossier-complet.pdf", "Annexe 3 – Relevé d'identité");
    says("dossier-complet.pdf", "Ce document de 2 pages est joint à l'acte tel quel, dans un fichier à part.");
    let message = fixture.text("out/annexes/VAL-12/actes/059-200030633-20220301-2022_12-DE-1-1_0.xml");
    assert!(message.contains("actes:Nombre=\"3\"") && message.contains("1-1_4.pdf"), "{message}");
    let listed: serde_json::Value = serde_json::from_slice(&pack("manifeste.json")).expect("a list");
    let listed = listed["fichiers"].as_array().expect("files").iter();
    let found = listed.clone().find(|it| it["nom"] == "annexe-3-Releve_d-identite.pdf").expect("the file");
    assert_eq!((found["pages"].as_u64(), found["diffusion"].as_str()), (Some(2), Some("diffusable")));
    let act = liasse::papers::read(&pack("deliberation.docx")).expect("a text").side(true).concat();
    assert!(squeeze(&act).contains(&squeeze("3. Relevé d'identité (2 pages)")), "{act}");
}

#[test]
fn what_a_cell_names_and_what_is_told() {
    let file = plain(&["Bonjour"]);
    let active = sheet(&["Bonjour"], 400, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "");
    let laden = sheet(
        &["Bonjour"],
        400,
        "/Names << /EmbeddedFiles << /Names [(a.txt) << /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>] >> >>",
        "",
    );
    let chained = String::from_utf8(plain(&["Bonjour"])).expect("text");
    let chained = chained.replacen("<< /Length", "<< /Filter [/FlateDecode /FlateDecode] /Length", 1).into_bytes();
    let locked = sheet(&["Bonjour"], 400, "", "/Encrypt << /Filter /Standard >>");
    let files: [(&str, &[u8]); 8] = [
        ("rib.pdf", &file),
        ("Plan.pdf", &file),
        ("PLAN.pdf", &file),
        ("script.pdf", &active),
        ("clos.pdf", &locked),
        ("faux.pdf", b"<html>rien</html>"),
        ("gigogne.pdf", &laden),
        ("comprime.pdf", &chained),
    ];
    let quiet: [&str; 0] = [];
    let cases: [(&str, &[&str], &str); 15] = [
        ("bilan; rib.pdf", &quiet, ""),
        ("bilan; RIB.PDF", &quiet, ""),
        ("Plan.pdf", &quiet, ""),
        ("bilan; ribb.pdf", &["annexe-absente"], "vouliez-vous dire « rib.pdf » ?"),
        ("bilan; rib", &["valeur-hors-liste"], "le fichier s’écrit « rib.pdf »"),
        ("plan.pdf", &["annexe-ambigue"], "« plan.pdf » peut être « PLAN.pdf » ou « Plan.pdf »"),
        ("../territoire.pdf", &["annexe-hors-dossier"], "« ../territoire.pdf » n’est pas un nom de fichier"),
        ("C:\\rib.pdf", &["annexe-hors-dossier"], "n’est pas un nom de fichier"),
        ("script.pdf", &["annexe-inutilisable"], "il contient du JavaScript"),
        ("clos.pdf", &["annexe-inutilisable"], "il est chiffré ou verrouillé"),
        ("faux.pdf", &["annexe-inutilisable"], "ce n’est pas un PDF, ou il est abîmé"),
        ("gigogne.pdf", &["annexe-inutilisable"], "il contient d’autres fichiers, joints à l’intérieur"),
        ("comprime.pdf", &["annexe-inutilisable"], "ses parties sont comprimées d’une façon qui ne se vérifie pas"),
        ("rib.pdf; RIB.pdf", &["annexe-en-double"], "l’annexe « rib.pdf » est nommée deux fois"),
        ("absente.pdf; faux.pdf", &["annexe-absente", "annexe-inutilisable"], "absente.pdf"),
    ];
    for (annexes, codes, said) in cases {
        let mut fixture = with_annexes(annexes, &[UNSENT]);
        for (name, bytes) in files {
            fixture = fixture.file(&format!("inputs/annexes/{name}"), bytes);
        }
        let told: Vec<(String, String)> = problems(&fixture).into_iter().map(|(code, _, cell)| (code, cell)).collect();
        let expected: Vec<(String, String)> =
            codes.iter().map(|code| (format!("evenements/{code}"), "H2".to_owned())).collect();
        assert_eq!(told, expected, "{annexes}");
        let screen = fixture.run("check").stderr;
        assert!(screen.contains(said), "{annexes}: {screen}");
    }
}

#[test]
fn a_file_is_searched_where_it_can_be_read() {
    let build = |bytes: &[u8]| {
        let fixture = with_annexes("bilan; piece.pdf", &[UNSENT]).file("inputs/annexes/piece.pdf", bytes);
        fixture.run("build annexes VAL-12")
    };
    // A firm of which nothing was announced stands in no file that is handed on.
    let named = build(&plain(&["Bonjour", "Devis de la Conserverie du Port"]));
    assert_eq!(named.status, 1, "{}", named.stderr);
    assert!(named.stderr.contains("Conserverie du Port"), "{}", named.stderr);
    let remark = sheet(&["Bonjour"], 400, "/Lang (Conserverie du Port)", "");
    assert_eq!(build(&remark).status, 1, "properties are searched too");
    let scanned = build(&plain(&["Bonjour", "", ""]));
    assert_eq!(scanned.status, 0, "{}", scanned.stderr);
    assert!(
        scanned
            .stderr
            .contains("« piece.pdf » : pages 2 et 3 sans texte, où les noms confidentiels n’ont pas été cherchés"),
        "{}",
        scanned.stderr
    );
    let stamped = build(&sheet(&["En haut"], 800, "", ""));
    assert!(stamped.stderr.contains("« piece.pdf » : page 1 occupée en haut à droite"), "{}", stamped.stderr);
}

#[test]
fn a_file_that_changes_outdates_its_pack_until_it_is_sent() {
    let (one, two) = (plain(&["Bonjour"]), plain(&["Bonsoir", "Et puis"]));
    let fixture = with_annexes("bilan; piece.pdf", &[UNSENT]).file("inputs/annexes/piece.pdf", &one);
    fixture.succeed("build annexes VAL-12");
    assert!(fixture.succeed("build annexes VAL-12").stdout.is_empty());
    assert_eq!(fixture.run("verify annexes VAL-12").status, 0);
    let fixture = fixture.file("inputs/annexes/piece.pdf", &two);
    let why = fixture.succeed("why annexes VAL-12").stdout;
    assert!(why.contains("annexe changée : piece.pdf"), "{why}");
    fixture.succeed("build annexes VAL-12");
    let annex = "out/annexes/VAL-12/annexe-2-piece.pdf";
    assert_eq!(fixture.read(annex), two);
    assert!(squeezed_text(&fixture.read("out/annexes/VAL-12/deliberation.pdf")).contains("2.Piece(2pages)"));
}

#[test]
fn the_first_pack_that_is_sent_fixes_the_file_for_all() {
    let (one, two) = (plain(&["Bonjour"]), plain(&["Bonsoir", "Et puis"]));
    let draft = "MER-7 | MER-1 | | Participation au programme | | 7.5 | 2022 | bilan; piece.pdf | 2022 | renouvellement | | | | | | | | | | | | |";
    let whole = "MER-7 | MER-1 | 7-B | Participation au programme | | 7.5 | 2022 | feuille-de-route | 2022 | | | DIX Noé | | | 3 | 1 | 0 | TROIS Luc | | | | | 04/10/2022";
    let fixture =
        with_annexes("bilan; piece.pdf", &[("Délibérations", whole, draft)]).file("inputs/annexes/piece.pdf", &one);
    fixture.succeed("build annexes");
    let fixture = fixture.file("inputs/annexes/piece.pdf", &two);
    let run = fixture.succeed("build annexes");
    assert!(run.stderr.contains("annexe-commune"), "{}", run.stderr);
    for pack in ["VAL-12", "MER-7"] {
        assert_eq!(fixture.read(&format!("out/annexes/{pack}/annexe-2-piece.pdf")), one, "{pack}");
        for file in ["deliberation.pdf", "dossier-complet.pdf"] {
            let text = squeezed_text(&fixture.read(&format!("out/annexes/{pack}/{file}")));
            assert!(text.contains("2.Piece(1page)"), "{pack}: {file}: {text}");
        }
    }
    assert_eq!(fixture.run("verify annexes").status, 0);
}
