use super::super::markdown;
use crate::content::{self, Block, Run};

fn plain(text: &str) -> String {
    content::plain_text(&markdown::blocks(text))
}

/// Whether every block is a paragraph.
fn is_prose(text: &str) -> bool {
    markdown::blocks(text).iter().all(|block| matches!(block, Block::Paragraph { .. }))
}

fn runs(text: &str) -> Vec<Run> {
    let blocks = markdown::blocks(text);
    let [Block::Paragraph { runs }] = blocks.as_slice() else { panic!("{text}: {blocks:?}") };
    runs.clone()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_sign_a_comparison_and_a_year_are_no_blocks() {
    for text in [
        "+ 12 % en un an",
        "- 30 % du coût",
        "– 30 % du coût",
        "-12 °C",
        "* 5 ateliers",
        "> 250 salariés",
        ">= 250 salariés",
        "2022. Une année",
        "12) suite",
        "=== fin ===",
        "~~~~",
        "#TerritoiresIndustrie en fête",
        "    en retrait de quatre",
        "[1]: https://exemple.fr/note",
        "< 50 salariés, <PME> & Cie",
    ] {
        assert!(is_prose(text), "{text}: {:?}", markdown::blocks(text));
        assert_eq!(squeezed(&plain(text)), squeezed(text));
        let below = format!("Avant :\n{text}\nAprès.");
        assert!(is_prose(&below), "{text}: {:?}", markdown::blocks(&below));
        assert_eq!(squeezed(&plain(&below)), squeezed(&below));
    }
}

#[test]
fn marks_before_words_make_lists() {
    for text in [
        "- un\n- deux",
        "– un\n– deux",
        "• un\n• deux",
        "•\tun\n•\tdeux",
        "•un\n•deux",
        "* un\n* deux",
        "— un\n— deux",
        "   - un\n   - deux",
        "- un\n\n– deux",
    ] {
        assert_eq!(plain(text), "– un\n– deux", "{text}");
    }
    assert_eq!(
        plain("Trois choses :\n• un\n• 2 ateliers\n• trois\n\nSuite"),
        "Trois choses\u{a0}:\n\n– un\n– 2 ateliers\n– trois\n\nSuite"
    );
    assert_eq!(plain("- un\n  - dedans\n  - encore\n- deux"), "– un\n  \n  – dedans\n  – encore\n– deux");
    assert_eq!(plain("1. un\n2. deux"), "1. un\n2. deux");
    assert_eq!(plain("1) un\n2) deux\n\nTexte\n\n3) trois"), "1. un\n2. deux\n\nTexte\n\n3. trois");
    assert_eq!(plain("> Une phrase dite"), "« Une phrase dite »");
}

#[test]
fn a_quantity_after_a_list_keeps_its_sign() {
    assert_eq!(plain("- un\n- 30 % de moins"), "– un\n  - 30\u{a0}% de moins");
}

#[test]
fn emphasis_stands_around_words_only() {
    for text in [
        "5*3 et 4*2",
        "fichier_1_final",
        "5 * 3 et 4 * 2",
        "Gratuit* pour les PME. *Sous conditions",
        "(*) un et (*) deux",
        "2**3 et 3**2",
        "a*b*c",
        "_a et b",
        "https://exemple.fr/_a_/b",
    ] {
        assert!(runs(text).iter().all(|run| !run.strong && !run.emphasis), "{text}: {:?}", runs(text));
        assert_eq!(plain(text), text);
    }
    let strong = |text: &str| runs(text).into_iter().filter(|run| run.strong).map(|run| run.text).collect::<String>();
    let italic = |text: &str| runs(text).into_iter().filter(|run| run.emphasis).map(|run| run.text).collect::<String>();
    assert_eq!(strong("**Attention !**Suite"), "Attention\u{202f}!");
    assert_eq!(plain("**Attention !**Suite"), "Attention\u{202f}!Suite");
    assert_eq!(strong("un **mot\nsur deux lignes** ici"), "mot\nsur deux lignes");
    assert_eq!(strong("__deux__ et (**trois**)."), "deuxtrois");
    assert_eq!(italic("un *mot*, _un autre_ et « *trois* »"), "motun autretrois");
    assert_eq!((strong("***tout***"), italic("***tout***")), ("tout".into(), "tout".into()));
    assert_eq!(
        (strong("**gras et *italique***"), italic("**gras et *italique***")),
        ("gras et italique".into(), "italique".into())
    );
}

#[test]
fn breaks_are_kept_and_addresses_are_links() {
    assert_eq!(plain("Ligne un\nligne deux"), "Ligne un\nligne deux");
    let links =
        |text: &str| runs(text).into_iter().filter_map(|run| run.link.map(|link| (run.text, link))).collect::<Vec<_>>();
    assert_eq!(
        links("[le site](www.exemple.fr) ou contact_a@exemple.fr"),
        [
            ("le site".to_owned(), "https://www.exemple.fr".to_owned()),
            ("contact_a@exemple.fr".to_owned(), "mailto:contact_a@exemple.fr".to_owned()),
        ]
    );
    assert_eq!(
        links("Voir <https://exemple.fr/a_b_c>."),
        [("https://exemple.fr/a_b_c".to_owned(), "https://exemple.fr/a_b_c".to_owned())]
    );
    assert_eq!(links("**www.exemple.fr**"), [("www.exemple.fr".to_owned(), "https://www.exemple.fr".to_owned())]);
    assert_eq!(links("`www.exemple.fr`"), []);
}

#[test]
fn a_line_is_words_whatever_it_opens_with() {
    for text in ["- 30 % du coût", "- un", "# un", "> un", "1. un", "> 250 salariés", "2022. Une année", "un | deux"]
    {
        let blocks = markdown::line(text);
        assert!(matches!(blocks.as_slice(), [Block::Paragraph { .. }]), "{text}: {blocks:?}");
        assert_eq!(squeezed(&content::plain_text(&blocks)), squeezed(text));
    }
    let Block::Paragraph { runs } = &markdown::line("jusqu'à **40 %** du coût")[0] else { panic!() };
    assert!(runs[1].strong);
}

#[test]
fn a_text_of_marks_alone_takes_no_time() {
    for unit in ["**a *b ", "<", "](", "> ", "`", "- a\n  ", "*", "www.", "_a"] {
        let _ = markdown::blocks(&unit.repeat(60_000));
    }
    let steps: String = (0..400).map(|level| format!("{}- a\n", "  ".repeat(level))).collect();
    assert!(!markdown::blocks(&steps).is_empty());
}

#[test]
fn a_message_of_words_tells_where_its_links_lead() {
    let blocks = markdown::blocks("[le site](www.exemple.fr), www.exemple.fr");
    let shown = content::plain_text(&super::super::links::shown(blocks));
    assert_eq!(shown, "le site (https://www.exemple.fr), www.exemple.fr");
}
