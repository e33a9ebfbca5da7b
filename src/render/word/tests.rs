//! Files as their readers meet them: sides of changes, numbers, what the format asks for.

use proptest::prelude::*;

use super::*;
use crate::content::Run;
use crate::papers;

fn paper(text: Vec<MarkedBlock>) -> Paper<'static> {
    Paper {
        title: "Titre",
        subject: "Sujet",
        author: "L’opérateur & Cie",
        keywords: &[],
        date: NaiveDate::from_ymd_opt(2022, 7, 6).expect("a day"),
        family: Family::Act,
        colour: "#12365b",
        header: &[],
        footer: "Pied",
        opens_bare: false,
        numbered: Some("Article"),
        tracked: true,
        is_close: false,
        text,
        drawn: std::collections::BTreeMap::new(),
    }
}

fn written(text: Vec<MarkedBlock>) -> Vec<u8> {
    file(&paper(text), &Pictures::new()).expect("a file").0
}

fn document(bytes: &[u8]) -> String {
    Package::over(bytes).expect("a package").text(parts::DOCUMENT).expect("a body")
}

/// What a text says, paragraph by paragraph and cell by cell.
fn said(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    let words = |runs: &[Run]| crate::content::words(runs);
    for block in blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => lines.push(words(runs)),
            Block::List { items, .. } => items.iter().for_each(|item| lines.extend(said(item))),
            Block::Quote { blocks } | Block::Part { blocks, .. } => lines.extend(said(blocks)),
            Block::Table { head, rows, .. } => {
                lines.extend(std::iter::once(head).chain(rows).flatten().map(|cell| words(cell)));
            }
            Block::Rule | Block::Picture { .. } => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Words without spaces at their ends, as Markdown gives them.
fn runs() -> impl Strategy<Value = Vec<Run>> {
    let word = prop_oneof!["[a-z]{1,6}", "1er", "[0-9]{1,3} 000,50\u{a0}€", "<&\"'>", "l’été", "mot, mot;"];
    let link = prop_oneof![4 => Just(None), 1 => Just(Some("https://example.org/?a=1&b=2".to_owned()))];
    let run = (prop::collection::vec(word, 1..6), any::<bool>(), link).prop_map(|(words, strong, link)| Run {
        text: words.join(" "),
        strong,
        link,
        ..Run::default()
    });
    prop::collection::vec(run, 1..3)
}

fn block() -> impl Strategy<Value = Block> {
    let paragraph = runs().prop_map(|runs| Block::Paragraph { runs });
    let heading = (1_u8..4, runs()).prop_map(|(level, runs)| Block::Heading { level, runs });
    let table = (1_usize..4, 2_usize..5).prop_flat_map(|(columns, rows)| {
        prop::collection::vec(prop::collection::vec(runs(), columns), rows).prop_map(move |mut rows| {
            let head = rows.remove(0);
            Block::Table { right: vec![false; columns], head, rows }
        })
    });
    let leaf = prop_oneof![5 => paragraph, 2 => heading, 1 => table, 1 => Just(Block::Rule)];
    leaf.prop_recursive(2, 12, 3, |inner| {
        let item = prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            (prop_oneof![Just(None), Just(Some(1)), Just(Some(4))], prop::collection::vec(item, 1..4))
                .prop_map(|(start, items)| Block::List { start, items }),
            prop::collection::vec(inner, 1..3).prop_map(|blocks| Block::Quote { blocks }),
        ]
    })
}

/// Two versions: the later one keeps, changes, drops and adds blocks.
fn versions() -> impl Strategy<Value = (Vec<Block>, Vec<Block>)> {
    prop::collection::vec((block(), block(), 0..6_u8), 1..7).prop_map(|blocks| {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (first, second, fate) in blocks {
            match fate {
                0 => before.push(first),
                1 => after.push(first),
                2 => {
                    before.push(first);
                    after.push(second);
                }
                3 => {
                    after.push(changed_a_little(&first));
                    before.push(first);
                }
                _ => {
                    before.push(first.clone());
                    after.push(first);
                }
            }
        }
        (before, after)
    })
}

fn changed_a_little(block: &Block) -> Block {
    let runs = |runs: &[Run]| -> Vec<Run> {
        let change =
            |run: &Run| Run { text: format!("{} de plus", run.text.replacen('a', "nouveau", 1)), ..run.clone() };
        runs.iter().map(change).collect()
    };
    match block {
        Block::Paragraph { runs: text } => Block::Paragraph { runs: runs(text) },
        Block::Heading { level, runs: text } => Block::Heading { level: *level, runs: runs(text) },
        Block::List { start, items } => Block::List {
            start: *start,
            items: items.iter().map(|item| item.iter().map(changed_a_little).collect()).collect(),
        },
        Block::Quote { blocks } => Block::Quote { blocks: blocks.iter().map(changed_a_little).collect() },
        Block::Table { right, head, rows } => {
            let mut rows = rows.clone();
            rows.push(head.clone());
            Block::Table { right: right.clone(), head: head.iter().map(|cell| runs(cell)).collect(), rows }
        }
        other => other.clone(),
    }
}

/// A file of two versions that our own reader accepts and rejects exactly, the same each time.
fn exact(before: &[Block], after: &[Block]) -> Vec<u8> {
    let bytes = written(changed(before, after));
    let read = papers::read(&bytes).expect("a text");
    assert_eq!(read.side(true), said(after));
    assert_eq!(read.side(false), said(before));
    // Marks have numbers of their own, and none stands in another.
    let document = document(&bytes);
    let mut ids: Vec<&str> = document.split(" w:id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert_eq!(written(changed(before, after)), bytes);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accepting_gives_the_later_version_and_rejecting_the_earlier((before, after) in versions()) {
        exact(&before, &after);
    }

    #[test]
    fn a_text_of_one_version_says_what_it_says(blocks in prop::collection::vec(block(), 1..6)) {
        let read = papers::read(&written(plain(&blocks))).expect("a text");
        prop_assert_eq!(read.side(true), said(&blocks));
        prop_assert_eq!(read.side(false), said(&blocks));
    }
}

#[test]
fn a_paragraph_that_goes_takes_its_end_along() {
    let text = |words: &str| Block::Paragraph { runs: vec![Run { text: words.to_owned(), ..Run::default() }] };
    let bytes = written(changed(&[text("reste"), text("part")], &[text("reste")]));
    let document = document(&bytes);
    assert_eq!(document.matches("<w:rPr><w:del ").count(), 1, "{document}");
    assert_eq!(document.matches("<w:delText").count(), 1, "{document}");
    // The last end of a text cannot go: one that stays follows.
    assert!(document.contains("<w:pStyle w:val=\"Fin\"/></w:pPr></w:p><w:sectPr>"), "{document}");
}

#[test]
fn what_xml_cannot_hold_is_refused() {
    let runs = vec![Run { text: "un\u{1}deux".to_owned(), ..Run::default() }];
    let refused = file(&paper(plain(&[Block::Paragraph { runs }])), &Pictures::new());
    let reason = refused.expect_err("a character that XML does not know");
    assert!(reason.contains("U+0001"), "{reason}");
}

/// The same pairs on every machine. `LIASSE_WORD_PAIRS` names a folder where other programs find them, to do the same.
#[test]
fn a_fixed_draw_of_pairs_is_accepted_and_rejected_exactly() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let folder = std::env::var_os("LIASSE_WORD_PAIRS").map(std::path::PathBuf::from);
    let mut runner = TestRunner::deterministic();
    for number in 0..250 {
        let (before, after) = versions().new_tree(&mut runner).expect("a pair").current();
        let bytes = exact(&before, &after);
        if let Some(folder) = &folder {
            crate::files::write(&folder.join(format!("{number:03}.docx")), &bytes).expect("a file");
        }
    }
}
