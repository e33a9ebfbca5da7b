//! Letter 14 as it is shipped, and letters that it was not designed for.

use proptest::prelude::*;

use crate::fixture::{Fixture, root};
use crate::pdf::{pages, squeeze, squeezed_text};

const OUT: &str = "out/newsletter/14";

#[test]
fn letter_14_holds_everything_in_reading_order() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("build newsletter 14");
    assert!(run.stdout.contains("out/newsletter/14/lettre-14.pdf\n"), "{}", run.stdout);
    let pdf = fixture.read(&format!("{OUT}/lettre-14.pdf"));
    assert!((2..=8).contains(&pages(&pdf)));
    let text = squeezed_text(&pdf);
    let expected = [
        "N° 14",
        "septembre 2022",
        "Le territoire en chiffres",
        "63,5 M€",
        "Éditorial",
        "53 projets soutenus, 588 M€ investis : la relance a pris racine",
        "Actualité nationale",
        "Depuis le 1er juillet, les actes locaux se publient en ligne",
        "Quorum : la règle du tiers a pris fin le 31 juillet",
        "Le 15 septembre, le partenariat repart pour deux ans",
        "Le Caudrésis-Catésis renouvelle la convention à l'unanimité",
        "Trois ateliers de la Sambre se partagent un robot de soudage",
        "Territoires voisins",
        "Dans l'Aisne, quatre verriers cuisent leurs essais dans le même four",
        "Au bord du canal, un quai regroupe les petits chargements",
        "Boîte à outils",
        "Le diagnostic industrie du futur : décider avant d'acheter",
        "Fours, étuves, séchoirs : un guichet ouvert toute l'année",
        "Calendrier des appels à projets",
        "Sobriété énergétique des ateliers",
        "Fours, étuves et séchoirs performants",
        "Agenda",
        "Atelier : récupérer la chaleur fatale, de l'audit au contrat",
        "Rencontres des ateliers du Hainaut",
        "Le diagnostic industrie du futur raconté par ceux qui l'ont fait",
        "Pour ne plus la recevoir",
    ];
    let mut position = 0;
    for phrase in expected {
        let found = find_ignoring_case(&text[position..], &squeeze(phrase));
        position += found
            .unwrap_or_else(|| panic!("« {phrase} » is missing or out of order after: {}", tail(&text[..position])));
    }
}

fn find_ignoring_case(text: &str, phrase: &str) -> Option<usize> {
    text.find(phrase).or_else(|| text.find(&phrase.to_uppercase()))
}

fn tail(text: &str) -> String {
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(60)).collect()
}

#[test]
fn calls_and_events_are_those_of_its_dates() {
    let fixture = Fixture::shipped();
    fixture.succeed("build newsletter 14");
    let text = fixture.text(&format!("{OUT}/lettre-14.txt"));
    let agenda = text.split("## AGENDA").nth(1).expect("an agenda");
    assert_eq!(agenda.matches("\n– ").count(), 15, "{agenda}");
    assert_eq!(agenda.matches("ANNULÉ").count(), 1);
    let calls = text.split("## CALENDRIER").nth(1).and_then(|rest| rest.split("## AGENDA").next()).expect("calls");
    assert_eq!(calls.matches("\n– ").count(), 12, "{calls}");
    // The deadlines come in order, and what has no end comes last.
    let deadlines: Vec<usize> =
        ["30\u{a0}septembre 2022", "14\u{a0}octobre 2022", "30\u{a0}juin 2023", "au fil de l’eau"]
            .iter()
            .map(|deadline| calls.find(deadline).unwrap_or_else(|| panic!("{deadline} in {calls}")))
            .collect();
    assert!(deadlines.is_sorted(), "{deadlines:?}");
}

#[test]
fn who_objected_is_in_no_file() {
    let fixture = Fixture::shipped();
    fixture.succeed("build newsletter 14");
    let objecting = objecting_addresses();
    assert_eq!(objecting.len(), 3);
    for entry in std::fs::read_dir(fixture.path(OUT)).expect("results") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            text.push_str(&squeezed_text(&bytes));
        }
        for address in &objecting {
            assert!(!text.contains(address), "{address} stands in {}", path.display());
        }
    }
    let recipients = fixture.text("out/interne/newsletter/14/destinataires.csv");
    for address in &objecting {
        assert!(!recipients.contains(address), "{address} receives it");
    }
    assert_eq!(recipients.lines().count(), 1 + 89);
}

/// The addresses of the shipped sheet whose row has an objection, read without the program's own reader.
fn objecting_addresses() -> Vec<String> {
    use calamine::{Reader as _, Xlsx, open_workbook};
    let mut workbook: Xlsx<_> = open_workbook(root().join("inputs/contacts.xlsx")).expect("the workbook");
    let range = workbook.worksheet_range("Contacts").expect("the sheet");
    let headings: Vec<String> = range.rows().next().expect("headings").iter().map(ToString::to_string).collect();
    let column = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let (address, objection) = (column("Courriel"), column("Opposition"));
    let objecting = range.rows().skip(1).filter(|row| !row[objection].to_string().is_empty());
    objecting.map(|row| row[address].to_string()).collect()
}

#[test]
fn two_builds_give_the_same_bytes() {
    let (first, second) = (Fixture::shipped(), Fixture::shipped());
    let files = first.succeed("build newsletter 14").stdout;
    second.succeed("build newsletter 14");
    for file in files.lines() {
        assert_eq!(first.read(file), second.read(file), "{file} differs");
    }
}

#[test]
fn the_mail_is_light_french_and_readable_without_pictures() {
    let fixture = Fixture::shipped();
    fixture.succeed("build newsletter 14");
    let html = fixture.text(&format!("{OUT}/lettre-14.html"));
    assert!(html.len() <= 90_000, "{} bytes", html.len());
    assert!(html.contains("<html lang=\"fr\""));
    for picture in html.split("<img ").skip(1) {
        let tag = picture.split('>').next().expect("a tag");
        assert!(tag.contains("alt=\"") && !tag.contains("alt=\"\""), "{tag}");
        let source = tag.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a source");
        assert!(fixture.path(OUT).join(source).exists(), "{source}");
    }
    for forbidden in ["<script", "<link", "@import", "http://", "position:absolute"] {
        let found = html.matches(forbidden).count()
            - if forbidden == "http://" { html.matches("http://www.w3.org").count() } else { 0 };
        assert_eq!(found, 0, "{forbidden}");
    }
    assert_eq!(html.matches("<h1").count(), 1);
    assert_eq!(html.matches("<table").count(), html.matches("<table role=\"presentation\"").count());
}

#[test]
fn explain_names_the_cells_of_every_figure() {
    let fixture = Fixture::shipped();
    let run = fixture.succeed("explain newsletter 14 --format json");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let figures = value["documents"][0]["chiffres"].as_array().expect("figures");
    let printed: Vec<&str> = figures.iter().filter_map(|figure| figure["imprime"].as_str()).collect();
    assert_eq!(
        printed,
        ["12\u{a0}appels ouverts", "14\u{a0}rendez-vous", "53", "63,5\u{a0}M€", "588\u{a0}M€", "43", "six"]
    );
    let cells = figures[2]["cellules"].as_array().expect("cells");
    assert_eq!(cells.len(), 53);
    assert_eq!(cells[0], "inputs/finances.xlsx › Aides › F3");
}

#[test]
fn a_number_outside_the_calendar_tells_which_ones_are_and_what_date_it_would_have() {
    let run = Fixture::small().run("build newsletter 4");
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(without_time(&run.stderr), @"
    erreur[general/document-inconnu]: newsletter : aucun document « 4 »
      aide : connus : 1 à 2
      aide : à raison de 6 lettres par an, la lettre 4 paraîtrait vers le 15 juillet 2022 : ajoutez-la à la feuille Lettres

    0 document écrit, 1 erreur, 0 avertissement, … s
    ");
}

/// A screen without the time that the run took.
pub(crate) fn without_time(screen: &str) -> String {
    screen
        .lines()
        .map(|line| match (line.rfind(", "), line.ends_with("\u{a0}s")) {
            (Some(comma), true) if line.contains("avertissement") => {
                let head = &line[..comma];
                let head =
                    head.rfind(", ").filter(|_| head.ends_with(|c: char| c.is_ascii_digit())).map_or(head, |_| head);
                format!("{head}, … s")
            }
            _ => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n")
        .replace('\u{a0}', " ")
}

#[test]
fn a_letter_of_one_article_without_anything_else_is_a_letter() {
    let fixture = Fixture::small()
        .table("Agenda", "Date | Intitulé | Type | Dans la lettre")
        .table("Appels à projets", "Intitulé | Opérateur | Thème")
        .table("Lettres", "Numéro | Parution\n1 | 15/01/2022")
        .table("Contacts", "Prénom | Nom | Organisation | Courriel | Collège | Lettre | Source");
    fixture.succeed("build newsletter 1");
    assert_eq!(pages(&fixture.read("out/newsletter/1/lettre-1.pdf")), 1);
    assert_eq!(fixture.text("out/interne/newsletter/1/destinataires.csv").lines().count(), 1);
    assert!(fixture.text("out/newsletter/1/agenda.ics").contains("BEGIN:VCALENDAR"));
}

#[test]
fn a_very_long_letter_is_set_without_losing_a_word() {
    let paragraph =
        "Une phrase assez longue pour remplir la colonne de texte et passer à la ligne suivante sans effort. "
            .repeat(60);
    let mut articles = String::from("Lettre | Rubrique | À la une | Titre | Texte\n");
    for index in 0..24 {
        let rubric = ["Actualité nationale", "Actualités locales", "Territoires voisins", "Boîte à outils"][index % 4];
        articles.push_str(&format!(
            "1 | {rubric} | {} | Article numéro {index} | {paragraph}fin{index}.\n",
            if index == 5 { "oui" } else { "" }
        ));
    }
    let fixture = Fixture::small().table("Articles", &articles);
    let run = fixture.succeed("build newsletter 1 --jobs 1");
    assert!(run.stderr.contains("courriel-abrege"), "{}", run.stderr);
    assert!(fixture.read("out/newsletter/1/lettre-1.html").len() <= 90_000);
    let text = squeezed_text(&fixture.read("out/newsletter/1/lettre-1.pdf"));
    for index in 0..24 {
        assert!(text.contains(&format!("fin{index}.")), "article {index}");
    }
}

/// Markup of the four languages of the templates, in a plain cell and in a Markdown cell.
const MARKUP: &str = "#import \"x\": {{ x }} <script>alert(1)</script> *_[ $a$ @b ~ \\n";

#[test]
fn markup_in_a_plain_cell_is_only_characters() {
    let typed = MARKUP.replace("\\n", "");
    let fixture = Fixture::small()
        .table("Articles", &format!("Lettre | Rubrique | Titre | Chapô | Texte | Source\n1 | Actualités locales | {typed} | {typed} | {{{{ y }}}} `code` | {typed}"))
        .table("Agenda", &format!("Date | Intitulé | Type | Lieu | Dans la lettre\n20/01/2022 | {typed} | Atelier | {typed} | oui"))
        .table("Appels à projets", &format!("Intitulé | Opérateur | Thème\n{typed} | {typed} | Bas carbone"));
    fixture.succeed("build newsletter 1");
    let expected = squeeze(&typed).replace("\"x\"", "«x»");
    let pdf = squeezed_text(&fixture.read("out/newsletter/1/lettre-1.pdf"));
    assert!(pdf.matches(&expected).count() >= 6, "{} in {pdf}", pdf.matches(&expected).count());
    let text = squeeze(&fixture.text("out/newsletter/1/lettre-1.txt"));
    assert!(text.matches(&expected).count() >= 6, "{text}");
    let html = fixture.text("out/newsletter/1/lettre-1.html");
    assert!(!html.contains("<script>"));
    assert!(squeeze(&unescape(&html)).matches(&expected).count() >= 6);
}

fn unescape(html: &str) -> String {
    ["&lt;<", "&gt;>", "&quot;\"", "&#x27;'", "&#x2f;/", "&#39;'", "&amp;&"].iter().fold(
        html.to_owned(),
        |html, pair| {
            let split = pair.rfind(';').map_or(0, |position| position + 1);
            html.replace(&pair[..split], &pair[split..])
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_covered_characters_come_out_as_themselves(text in covered_text()) {
        let fixture = Fixture::small().table("Articles", &format!(
            "Lettre | Rubrique | Titre | Texte\n1 | Actualités locales | A{cell}Z | Texte.", cell = text.replace('|', "\\p")
        ));
        fixture.succeed("build newsletter 1");
        // Straight quotes around words take their French shape.
        let straight = |text: &str| text.replace(['«', '»'], "\"");
        let expected = straight(&squeeze(&format!("A{text}Z")));
        let pdf = straight(&squeezed_text(&fixture.read("out/newsletter/1/lettre-1.pdf")));
        prop_assert!(pdf.contains(&expected), "{expected:?} is not in the PDF: {pdf}");
        let html = straight(&squeeze(&unescape(&fixture.text("out/newsletter/1/lettre-1.html"))));
        prop_assert!(html.contains(&expected), "{expected:?} is not in the HTML");
    }
}

/// Strings of letters, signs and marks that the embedded fonts draw, composed as a spreadsheet would hold them.
fn covered_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => proptest::char::range('!', '~'),
        3 => proptest::char::range('\u{a1}', '\u{17f}'),
        1 => proptest::sample::select("€…–—«»’“”„†‡•‰ΑΩαωЖжя№←→≤≥≠∞½⅔".chars().collect::<Vec<_>>()),
        1 => Just(' '),
    ];
    proptest::collection::vec(character, 1..30).prop_map(|characters| {
        characters
            .into_iter()
            .filter(|c| liasse::render::fonts::has_glyph(*c) && !matches!(c, '\u{ad}' | '\\'))
            .collect()
    })
}
