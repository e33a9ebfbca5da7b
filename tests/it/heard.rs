//! What a screen reader finds: the tree of tags of finished files with the words under each, read by a library that had no
//! part in making them. No automatic check of conformity sees it: a file may pass and be one long sentence.

use std::collections::{BTreeMap, HashMap};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::fixture::Fixture;
use crate::pdf::squeeze;

/// An element of the tree.
pub(crate) struct Heard {
    pub(crate) role: String,
    /// Of a heading of a table: « Row » or « Column ».
    scope: String,
    /// What a table announces.
    summary: String,
    /// Its own words, without those of the elements in it.
    own: String,
    pub(crate) children: Vec<Heard>,
}

impl Heard {
    /// Its words with those of all that it holds, in order.
    pub(crate) fn words(&self) -> String {
        let inner: Vec<String> = self.children.iter().map(Self::words).collect();
        let all = format!("{} {}", self.own, inner.join(" "));
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every element of a role.
    pub(crate) fn all<'h>(&'h self, role: &str, found: &mut Vec<&'h Heard>) {
        for child in &self.children {
            if child.role == role {
                found.push(child);
            }
            child.all(role, found);
        }
    }

    fn list(&self, role: &str) -> Vec<&Heard> {
        let mut found = Vec::new();
        self.all(role, &mut found);
        found
    }

    /// Words that stand in no paragraph, heading, item or cell: heard as parts of what stands beside them.
    fn loose(&self, within: bool, found: &mut Vec<String>) {
        let holds = within
            || matches!(
                self.role.as_str(),
                "P" | "LBody" | "Lbl" | "TH" | "TD" | "Caption" | "TOCI" | "Figure" | "BlockQuote"
            )
            || (self.role.starts_with('H') && self.role.len() == 2);
        if !holds && !self.own.trim().is_empty() {
            found.push(self.own.clone());
        }
        self.children.iter().for_each(|child| child.loose(holds, found));
    }
}

/// The words of each marked stretch of each page.
fn marked(document: &Document) -> HashMap<(ObjectId, i64), String> {
    let mut words: HashMap<(ObjectId, i64), String> = HashMap::new();
    for page in document.page_iter() {
        let fonts: BTreeMap<_, _> = document.get_page_fonts(page).expect("fonts");
        let encodings: BTreeMap<Vec<u8>, _> = fonts
            .iter()
            .filter_map(|(name, font)| Some((name.clone(), font.get_font_encoding(document).ok()?)))
            .collect();
        let content = document.get_and_decode_page_content(page).expect("a page");
        let (mut open, mut font): (Vec<Option<i64>>, Vec<u8>) = (Vec::new(), Vec::new());
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BMC" => open.push(None),
                "BDC" => open.push(operands.get(1).and_then(|it| it.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok())),
                "EMC" => drop(open.pop()),
                "Tf" => font = operands[0].as_name().expect("a font").to_vec(),
                "Tj" | "TJ" => {
                    let (Some(Some(id)), Some(encoding)) = (open.last(), encodings.get(&font)) else { continue };
                    let told = words.entry((page, *id)).or_default();
                    let mut take = |object: &Object| {
                        if let Object::String(bytes, _) = object {
                            told.push_str(&Document::decode_text(encoding, bytes).unwrap_or_default());
                        }
                    };
                    match &operands[0] {
                        Object::Array(items) => items.iter().for_each(take),
                        other => take(other),
                    }
                }
                // A new line of words.
                "ET" => {
                    if let Some(Some(id)) = open.last() {
                        words.entry((page, *id)).or_default().push(' ');
                    }
                }
                _ => {}
            }
        }
    }
    words
}

/// The tree of a file.
pub(crate) fn heard(bytes: &[u8]) -> Heard {
    let document = Document::load_mem(bytes).expect("a PDF");
    let words = marked(&document);
    let root = document.catalog().expect("a catalogue").get(b"StructTreeRoot").expect("a tree");
    let root = document.dereference(root).expect("the tree").1.as_dict().expect("a tree").clone();
    let mut top = Heard {
        role: "Root".into(),
        scope: String::new(),
        summary: String::new(),
        own: String::new(),
        children: Vec::new(),
    };
    let kids = root.get(b"K").expect("elements").clone();
    read(&document, &kids, None, &words, &mut top);
    top
}

fn read(
    document: &Document,
    kid: &Object,
    page: Option<ObjectId>,
    words: &HashMap<(ObjectId, i64), String>,
    into: &mut Heard,
) {
    match document.dereference(kid).expect("an object").1 {
        Object::Array(kids) => kids.iter().for_each(|kid| read(document, kid, page, words, into)),
        Object::Integer(id) => {
            if let Some(told) = page.and_then(|page| words.get(&(page, *id))) {
                into.own.push_str(told);
                into.own.push(' ');
            }
        }
        Object::Dictionary(element) => {
            let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
            if let Ok(id) = element.get(b"MCID") {
                return read(document, &id.clone(), page, words, into);
            }
            let Ok(role) = element.get(b"S").and_then(Object::as_name) else { return };
            let mut child = Heard {
                role: String::from_utf8_lossy(role).into_owned(),
                scope: attribute(document, element, b"Scope"),
                summary: attribute(document, element, b"Summary"),
                own: String::new(),
                children: Vec::new(),
            };
            if let Ok(kids) = element.get(b"K") {
                read(document, kids, page, words, &mut child);
            }
            into.children.push(child);
        }
        _ => {}
    }
}

/// An attribute of an element: to what a head belongs, what a table announces.
fn attribute(document: &Document, element: &Dictionary, key: &[u8]) -> String {
    let Ok(attributes) = element.get(b"A") else { return String::new() };
    let Ok((_, attributes)) = document.dereference(attributes) else { return String::new() };
    let list = match attributes {
        Object::Array(list) => list.clone(),
        other => vec![other.clone()],
    };
    let named = |object: &Object| {
        let (_, object) = document.dereference(object).ok()?;
        let value = object.as_dict().ok()?.get(key).ok()?;
        let bytes = value.as_name().or_else(|_| value.as_str()).ok()?;
        Some(String::from_utf8_lossy(bytes).into_owned())
    };
    list.iter().find_map(named).unwrap_or_default()
}

/// What every text of an act owes to who hears it.
#[track_caller]
fn assert_heard(name: &str, tree: &Heard) {
    let mut loose = Vec::new();
    tree.loose(false, &mut loose);
    assert!(loose.is_empty(), "{name}: words in no paragraph: {loose:#?}");
    for item in tree.list("LI") {
        assert!(
            item.children.iter().any(|child| child.role == "LBody"),
            "{name}: an item without a body: {}",
            item.words()
        );
    }
    for table in tree.list("Table") {
        let heads = table.list("TH");
        assert!(heads.iter().any(|head| head.scope == "Column"), "{name}: a table without heads: {}", table.words());
        assert!(!table.summary.is_empty(), "{name}: a table that does not announce itself: {}", table.words());
        // A table of one row is a strip of numbers under their names.
        let rows = table.list("TR").len();
        assert!(
            rows == 2 || heads.iter().any(|head| head.scope == "Row"),
            "{name}: rows without a head: {}",
            table.words()
        );
    }
    assert_eq!(tree.list("H1").len(), 1, "{name}");
}

#[test]
fn an_act_is_heard_in_its_parts() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let tree = |file: &str| heard(&fixture.read(&format!("out/annexes/CA2C-2022-70/{file}")));
    let act = tree("deliberation.pdf");
    assert_heard("act", &act);
    let headings: Vec<String> = act.list("H2").into_iter().map(|heading| squeeze(&heading.words())).collect();
    let roll = [
        "Présents (53 titulaires et 4 suppléants présents)",
        "Suppléants présents",
        "Représentés (7 procurations)",
        "1 membre excusé",
        "9 membres absents",
    ];
    assert_eq!(headings[..5], roll.map(squeeze));
    assert_eq!(headings[5..], ["Visas", "Exposé", "Décision"]);
    let lists: Vec<usize> = act.list("L").iter().map(|list| list.list("LI").len()).collect();
    // Who was there, the substitutes, the proxies, the excused, the absent; then the texts in view and the decisions.
    assert_eq!(lists, [53, 4, 7, 1, 9, 7, 6]);
    let decisions = act.list("L").pop().expect("the decisions");
    let labels: Vec<String> = decisions.list("Lbl").into_iter().map(Heard::words).collect();
    assert_eq!(labels, ["1.", "2.", "3.", "4.", "5.", "6."]);
    let opening = act.list("P").first().map(|paragraph| paragraph.words()).unwrap_or_default();
    assert_eq!(squeeze(&opening), squeeze("Communauté d’agglomération du Caudrésis et du Catésis"));

    for (file, least) in [
        ("note-de-synthese.pdf", 4),
        ("annexe-3-convention.pdf", 13),
        ("certificat-publication.pdf", 0),
        ("annexe-1-bilan.pdf", 6),
        ("annexe-2-feuille-de-route.pdf", 5),
    ] {
        let tree = tree(file);
        assert_heard(file, &tree);
        assert!(tree.list("H2").len() >= least, "{file}: {}", tree.list("H2").len());
    }

    // The marked agreement is as structured as the clean one, and its marks are words.
    let (clean, marked) = (tree("annexe-3-convention.pdf"), tree("convention-modifications.pdf"));
    assert_heard("marked agreement", &marked);
    let count = |tree: &Heard, role: &str| tree.list(role).len();
    for role in ["P", "LI", "TR", "TH"] {
        assert!(count(&marked, role) >= count(&clean, role), "{role}");
    }
    let paragraphs: Vec<String> = marked.list("P").into_iter().map(Heard::words).collect();
    assert!(paragraphs.iter().any(|it| it.starts_with("[supprimé") || it.contains(" [supprimé")), "{paragraphs:#?}");
}

/// The abbreviations of acts and their annexes: who hears one for the first time has just heard its words.
#[test]
fn an_abbreviation_is_first_heard_after_its_words() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let mut found = 0;
    for file in [
        "deliberation.pdf",
        "note-de-synthese.pdf",
        "annexe-1-bilan.pdf",
        "annexe-2-feuille-de-route.pdf",
        "annexe-3-convention.pdf",
        "certificat-publication.pdf",
    ] {
        let words = heard(&fixture.read(&format!("out/annexes/CA2C-2022-70/{file}"))).words();
        let mut before = "";
        for word in words.split_inclusive(|sign: char| !sign.is_alphanumeric()) {
            let at = word.as_ptr() as usize - words.as_ptr() as usize;
            let short = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            let known = ["EPCI", "COPIL", "COTECH", "CGCT", "TE", "IDF"].iter().find(|known| **known == short);
            if known.is_some_and(|known| !before.contains(known)) {
                let said = words[..at].trim_end();
                assert!(said.ends_with(['(', ',']), "{file}: « {short} » after « {said} »");
                found += 1;
            }
            before = &words[..at + word.len()];
        }
    }
    assert!(found >= 6, "{found}");
}

/// A strip of numbers and the tables of the report say in sight what they say to a listener.
#[test]
fn what_a_table_is_of_is_seen_and_heard() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CA2C-2022-70");
    let captions = |file: &str| -> Vec<String> {
        let tree = heard(&fixture.read(&format!("out/annexes/CA2C-2022-70/{file}")));
        tree.list("Caption").into_iter().map(Heard::words).collect()
    };
    assert_eq!(captions("deliberation.pdf"), ["Membres, présents et procurations"]);
    let told = captions("annexe-1-bilan.pdf");
    for caption in ["Les dossiers, de leur dépôt à la décision", "Les aides obtenues, par dispositif"] {
        assert!(told.iter().any(|it| it == caption), "{told:?}");
    }
}

#[test]
fn a_draft_says_in_its_text_that_it_is_one() {
    let fixture = Fixture::shipped();
    fixture.succeed("build annexes CAC-2022-TI");
    for file in ["deliberation.pdf", "note-de-synthese.pdf"] {
        let tree = heard(&fixture.read(&format!("out/annexes/CAC-2022-TI/{file}")));
        let words = squeeze(&tree.words());
        assert!(words.contains(&squeeze("Projet, non soumis au vote")), "{file}: {words}");
        assert!(words.contains(&squeeze("Communauté d’agglomération de Cambrai")), "{file}");
    }
}

#[test]
fn a_letter_is_heard_as_a_letter_and_its_amounts_as_a_table() {
    let fixture = Fixture::shipped();
    fixture.succeed("build payment-requests 2022-2023");
    let letter = heard(&fixture.read("out/payment-requests/2022-2023/demande-CA2C.pdf"));
    let mut loose = Vec::new();
    letter.loose(false, &mut loose);
    assert!(loose.is_empty(), "{loose:#?}");
    let heads: Vec<String> = letter.list("TH").into_iter().map(|head| squeeze(&head.words())).collect();
    assert!(heads.contains(&squeeze("Montant demandé")), "{heads:?}");
}
