//! Word files beside their pages: the same words in the same order, changes that can be accepted or rejected, what the
//! format and its readers ask for.

use liasse::papers;

use crate::books::unpacked;
use crate::fixture::Fixture;
use crate::pdf::squeezed_text;

const PACK: &str = "out/annexes/CA2C-2022-70";
const DRAFT: &str = "out/annexes/CAC-2022-TI";

/// The letters of a text, in small: what spacing, signs and numbers of lists do not change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

fn digits(text: &str) -> Vec<char> {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A part of a Word file, by its name in the package.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let (_, part) = unpacked(bytes).into_iter().find(|(known, _)| known == name).expect("the part");
    String::from_utf8(part).expect("UTF-8")
}

/// The texts of a part of WordprocessingML, one after the other.
fn texts(xml: &str) -> String {
    let text = regex::Regex::new(r"(?s)<w:t(?: [^>]*)?>(.*?)</w:t>").expect("a pattern");
    text.captures_iter(xml).map(|found| quick_xml::escape::unescape(&found[1]).expect("XML").into_owned()).collect()
}

/// What a Word file says, with the numbers that Word gives its articles.
fn said(bytes: &[u8]) -> String {
    let mut articles = 0;
    let mut said = String::new();
    for paragraph in papers::read(bytes).expect("a text").paragraphs {
        if paragraph.heading == Some(2) && paragraph.numbered == Some(true) {
            articles += 1;
            said.push_str(&format!("Article {articles} – "));
        }
        said.extend(paragraph.pieces.iter().map(|piece| piece.text.as_str()));
        said.push('\n');
    }
    said
}

/// The words of pages and of a Word file, without what stands at the head and the foot of each page.
fn both(fixture: &Fixture, pack: &str, stem: &str) -> (String, String, String, String) {
    let word = fixture.read(&format!("{pack}/{stem}.docx"));
    let mut pages = squeezed_text(&fixture.read(&format!("{pack}/{stem}.pdf")));
    let mut said = said(&word);
    said.retain(|c| !c.is_whitespace());
    for around in ["word/header.xml", "word/footer.xml"] {
        let around: String = texts(&part(&word, around)).trim_end_matches(" / ").split_whitespace().collect();
        let around = around.replace('’', "'");
        pages = regex::Regex::new(&format!(r"{}(\d+/\d+)?", regex::escape(&around)))
            .expect("a pattern")
            .replace_all(&pages, "")
            .into_owned();
        said = said.replace('’', "'").replace(&around, "");
    }
    (letters(&pages), letters(&said), pages, said)
}

#[test]
fn pages_and_word_say_the_same_words_in_the_same_order() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    fixture.succeed("build annexes CAC-2022-TI");
    for (pack, stem) in [
        (PACK, "deliberation"),
        (PACK, "note-de-synthese"),
        (PACK, "annexe-3-convention"),
        (DRAFT, "deliberation"),
        (DRAFT, "note-de-synthese"),
    ] {
        let (pages, word, of_pages, of_word) = both(&fixture, pack, stem);
        let differ = pages.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
        let near = |text: &str| text.chars().skip(differ.saturating_sub(40)).take(120).collect::<String>();
        assert!(pages == word, "{pack}/{stem}:\n{}\n{}", near(&pages), near(&word));
        // Numbers of lists stand on pages only: the others follow each other as in Word.
        let mut on_pages = digits(&of_pages).into_iter();
        assert!(digits(&of_word).into_iter().all(|digit| on_pages.any(|found| found == digit)), "{pack}/{stem}");
    }
    // The pages of the roadmap open with a list of its headings; the strip of its months is a table in Word.
    let (pages, word, ..) = both(&fixture, PACK, "annexe-2-feuille-de-route");
    let body = word.find("uncapcommun").expect("the first heading");
    let strip = word.find("lesactionsduplanmoisparmois").expect("the strip");
    assert!(pages.starts_with(&word[..strip]) && pages.ends_with(&word[body..]), "{pages}\n{word}");
}

#[test]
fn the_strip_of_the_roadmap_is_a_picture_that_is_told_with_its_table() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let bytes = fixture.read(&format!("{PACK}/annexe-2-feuille-de-route.docx"));
    let parts = unpacked(&bytes);
    let (_, png) = parts.iter().find(|(name, _)| name == "word/media/image1.png").expect("a picture");
    let size = |at: usize| u64::from(u32::from_be_bytes(png[at..at + 4].try_into().expect("a number")));
    let document = part(&bytes, "word/document.xml");
    let extent = regex::Regex::new(r#"<wp:extent cx="(\d+)" cy="(\d+)"/>"#).expect("a pattern");
    let extent = extent.captures(&document).expect("a place");
    let [width, height] = [1, 2].map(|at| extent[at].parse::<u64>().expect("a number"));
    // 220 pixels an inch, as wide as the text, in its own proportions.
    assert!((914_400 / 221..=914_400 / 219).contains(&(width / size(16))), "{width} for {} pixels", size(16));
    assert!(width <= 5_976_000 && (height * size(16)).abs_diff(width * size(20)) <= width, "{width} × {height}");
    let told = regex::Regex::new(r#"<wp:docPr id="\d+" name="Image \d+" descr="([^"]*)"/>"#).expect("a pattern");
    let told = quick_xml::escape::unescape(&told.captures(&document).expect("words")[1]).expect("XML").into_owned();
    assert!(told.starts_with("Calendrier des actions"), "{told}");
    // Its table says, row by row, what the alternative text says.
    let table = &document[document.find("<w:tbl>").expect("a table")..];
    let table = &table[..table.find("</w:tbl>").expect("its end")];
    let cells: Vec<String> = table.split("<w:tc>").skip(1).map(texts).collect();
    assert_eq!(cells[..2], ["Action", "Dates"]);
    assert!(cells.len() > 4 && cells.len().is_multiple_of(2), "{cells:?}");
    for cell in cells[2..].chunks(2).filter(|row| row[0] != "Comités") {
        assert!(told.contains(&format!("{}, {}", cell[0], cell[1])), "{cell:?} is not in {told}");
    }
    fixture.succeed("build annexes CA2C-2022-70 --force");
    assert!(fixture.read(&format!("{PACK}/annexe-2-feuille-de-route.docx")) == bytes, "other bytes");
}

#[test]
fn a_payment_request_is_made_for_word_where_the_settings_ask() {
    let fixture = Fixture::shipped();
    let letters = |ending: &str| -> Vec<String> {
        let mut found = Vec::new();
        for year in ["2021-2022", "2022-2023"] {
            let folder = format!("out/payment-requests/{year}");
            let files = std::fs::read_dir(fixture.path(&folder)).expect("a folder");
            let names = files.map(|it| it.expect("a file").file_name().into_string().expect("a name"));
            found.extend(names.filter_map(|it| Some(format!("{folder}/{}", it.strip_suffix(ending)?))));
        }
        found.sort_unstable();
        found
    };
    fixture.succeed("build payment-requests");
    assert_eq!(letters(".docx"), [""; 0]);
    let settings = fixture.text("inputs/territoire.toml");
    let asked = settings.replace("# formats =", "formats =");
    assert_ne!(settings, asked);
    std::fs::write(fixture.path("inputs/territoire.toml"), asked).expect("written");
    fixture.succeed("build payment-requests");
    assert_eq!(letters(".docx"), letters(".pdf"));
    for letter in letters(".docx") {
        let (folder, stem) = letter.rsplit_once('/').expect("a folder");
        let (pages, word, ..) = both(&fixture, folder, stem);
        assert_eq!(pages, word, "{letter}");
    }
    fixture.succeed("verify payment-requests");
}

#[test]
fn accepting_all_changes_of_the_convention_gives_the_convention() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let marked = fixture.read(&format!("{PACK}/convention-modifications.docx"));
    let clean = papers::read(&fixture.read(&format!("{PACK}/annexe-3-convention.docx"))).expect("a text");
    let text = papers::read(&marked).expect("a text");
    assert_eq!(text.side(true), clean.side(true));
    let earlier = text.side(false).join("\n");
    for old in [
        "40\u{202f}000,00\u{a0}€",
        "8\u{202f}000,00\u{a0}€",
        "M. François-Xavier VILLAIN",
        "du 15 septembre 2020 au 14 septembre 2022",
    ] {
        assert!(earlier.replace('\u{a0}', " ").contains(&old.replace('\u{a0}', " ")), "« {old} » is not in {earlier}");
    }
    let document = part(&marked, "word/document.xml");
    let ids: Vec<&str> = document.split(" w:id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert!(ids.len() > 50 && unique.len() == ids.len(), "{} of {}", unique.len(), ids.len());
    assert!(part(&marked, "word/settings.xml").contains("<w:trackRevisions/>"));
    let draft = part(&fixture.read(&format!("{PACK}/annexe-3-convention.docx")), "word/settings.xml");
    assert!(!draft.contains("trackRevisions"));
}

#[test]
fn word_files_say_their_title_and_language_and_describe_their_tables() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    for stem in [
        "deliberation",
        "note-de-synthese",
        "annexe-2-feuille-de-route",
        "annexe-3-convention",
        "convention-modifications",
    ] {
        let bytes = fixture.read(&format!("{PACK}/{stem}.docx"));
        assert_eq!(unpacked(&bytes)[0].0, "[Content_Types].xml", "{stem}");
        let core = part(&bytes, "docProps/core.xml");
        assert!(
            core.contains("<dc:language>fr-FR</dc:language>") && !core.contains("<dc:title></dc:title>"),
            "{stem}: {core}"
        );
        let styles = part(&bytes, "word/styles.xml");
        assert!(styles.contains("<w:lang w:val=\"fr-FR\""), "{stem}");
        let document = part(&bytes, "word/document.xml");
        let count = |name: &str| document.matches(name).count();
        assert_eq!(count("<w:tbl>"), count("<w:tblDescription "), "{stem}");
        assert!(count("<w:tblHeader/>") >= count("<w:tbl>"), "{stem}");
        let levels: Vec<u8> =
            papers::read(&bytes).expect("a text").paragraphs.iter().filter_map(|paragraph| paragraph.heading).collect();
        assert_eq!(levels[0], 1, "{stem}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{stem}: {levels:?}");
    }
}

/// A file as a person sends it back: what stands in its body changed, comments put beside.
fn returned(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = unpacked(bytes);
    for (name, content) in &mut parts {
        let text = || String::from_utf8(content.clone()).expect("UTF-8");
        match name.as_str() {
            "word/document.xml" => *content = change(text()).into_bytes(),
            "word/_rels/document.xml.rels" => {
                let relation = "<Relationship Id=\"remarques\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/></Relationships>";
                *content = text().replace("</Relationships>", relation).into_bytes();
            }
            _ => {}
        }
    }
    let comments = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"7\" w:author=\"Le service juridique\" w:date=\"2022-08-02T09:00:00Z\"><w:p><w:r><w:t>À revoir avec la trésorerie.</w:t></w:r></w:p></w:comment></w:comments>";
    parts.push(("word/comments.xml".to_owned(), comments.as_bytes().to_vec()));
    crate::books::packed(&parts)
}

const DATE: &str = "w:id=\"9001\" w:author=\"Le service juridique\" w:date=\"2022-08-01T10:00:00Z\"";

/// A run of the body with this text cut where a change begins and ends.
fn replaced(body: &str, context: &str, old: &str, new: &str) -> String {
    let run = regex::Regex::new(r#"(?s)<w:r>(<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">([^<]*)</w:t></w:r>"#)
        .expect("a pattern");
    let near = body.find(context).unwrap_or_else(|| panic!("« {context} » is nowhere"));
    let runs = run.captures_iter(body).filter(|found| found[2].contains(old));
    let found = runs.min_by_key(|found| found.get(0).expect("a run").start().abs_diff(near));
    let found = found.unwrap_or_else(|| panic!("« {old} » is nowhere"));
    let (before, after) = found[2].split_once(old).expect("the words");
    let text = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let gone = format!("<w:del {DATE}><w:r><w:delText xml:space=\"preserve\">{old}</w:delText></w:r></w:del>");
    let come = format!("<w:ins {DATE}><w:r><w:t xml:space=\"preserve\">{new}</w:t></w:r></w:ins>");
    let range = found.get(0).expect("a run").range();
    format!("{}{}{gone}{come}{}{}", &body[..range.start], text(before), text(after), &body[range.end..])
}

#[test]
fn a_convention_that_comes_back_says_who_changed_what_and_which_cells_are_behind_it() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    for (name, sum) in [("annexe-3-convention", "65 000,00 €"), ("convention-modifications", "65 000,00 €")] {
        let bytes = fixture.read(&format!("{PACK}/{name}.docx"));
        let sum = sum.replace("65 ", "65\u{202f}").replace(" €", "\u{a0}€");
        let changed = returned(&bytes, |body| {
            let body = replaced(&body, "Cette somme est partag", &sum, "60 000 €");
            let body = replaced(&body, "tribunal administratif", "administratif", "judiciaire");
            body.replacen("Le versement intervient", "</w:t></w:r><w:commentRangeStart w:id=\"7\"/><w:r><w:t>Le versement intervient</w:t></w:r><w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r><w:r><w:t xml:space=\"preserve\">", 1)
        });
        std::fs::write(fixture.path("retour.docx"), changed).expect("a file");
        let told = fixture.succeed("review retour.docx").stdout;
        for expected in [
            "## Article 4 – Budget et participation financière\n",
            "remplace «\u{a0}65\u{202f}000,00\u{a0}€\u{a0}» par «\u{a0}60 000 €\u{a0}»",
            "**Le service juridique**, 1er août 2022 : ",
            "finances.xlsx › Recettes",
            "remplace «\u{a0}administratif\u{a0}» par «\u{a0}judiciaire\u{a0}»",
            "commente «\u{a0}Le versement intervient\u{a0}» : «\u{a0}À revoir avec la trésorerie.\u{a0}»",
        ] {
            let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(plain(&told).contains(&plain(expected)), "{name}: « {expected} » is not in\n{told}");
        }
        assert_eq!(told.matches("- **").count(), 3, "{name}: {told}");
        let json: serde_json::Value =
            serde_json::from_str(&fixture.succeed("relire retour.docx --format json").stdout).expect("JSON");
        assert_eq!(json["relecture"]["partie"], format!("{name}.docx"));
        assert_eq!(json["relecture"]["remarques"].as_array().expect("remarks").len(), 3);
    }
}

#[test]
fn what_is_no_copy_of_ours_is_refused_in_plain_words() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let act = fixture.read(&format!("{PACK}/deliberation.docx"));
    std::fs::write(fixture.path("coupe.docx"), &act[..act.len() / 2]).expect("a file");
    std::fs::write(fixture.path("texte.docx"), "du texte").expect("a file");
    std::fs::copy(fixture.path("inputs/finances.xlsx"), fixture.path("classeur.docx")).expect("a file");
    let text = regex::Regex::new(r"<w:t [^>]*>[^<]*</w:t>").expect("a pattern");
    let foreign = returned(&act, |body| text.replace_all(&body, "<w:t>autre chose</w:t>").into_owned());
    std::fs::write(fixture.path("autre.docx"), foreign).expect("a file");
    for (file, expected) in [
        ("absent.docx", "n’existe pas"),
        ("coupe.docx", "fichier illisible"),
        ("texte.docx", "ce n’est pas un fichier Word"),
        ("classeur.docx", "ce n’est pas un fichier Word"),
        ("autre.docx", "n’est la copie d’aucun fichier Word de liasse"),
    ] {
        let run = fixture.run(&format!("review {file}"));
        assert_eq!(run.status, 1, "{file}: {}", run.stderr);
        assert!(run.stderr.contains(expected) && run.stderr.contains(file), "{file}: {}", run.stderr);
    }
}
