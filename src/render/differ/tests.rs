use proptest::prelude::*;

use super::super::markdown::blocks;
use super::*;

fn marked(before: &str, after: &str) -> String {
    let comparison = compare(&blocks(before), &blocks(after));
    let leaf = |leaf: &MarkedLeaf| -> String {
        leaf.cells
            .iter()
            .flatten()
            .map(|run| match run.mark {
                Mark::Kept => run.run.text.clone(),
                Mark::Deleted => format!("[-{}-]", run.run.text),
                Mark::Inserted => format!("[+{}+]", run.run.text),
            })
            .collect()
    };
    comparison.leaves.iter().map(leaf).collect::<Vec<_>>().join("\n")
}

#[test]
fn words_are_marked_inside_their_paragraph() {
    assert_eq!(
        marked(
            "La part est de 8 000,00 € par an, versée en juin.",
            "La part est de 10 833,33 € par an, versée en un acompte."
        ),
        "La part est de [-8\u{202f}000,00\u{a0}€-][+10\u{202f}833,33\u{a0}€+] par an, versée en [-juin-][+un acompte+]."
    );
}

#[test]
fn paragraphs_that_have_nothing_in_common_go_and_come_whole() {
    assert_eq!(
        marked("Un.\n\nVieux texte qui part.", "Un.\n\nRien de semblable ici."),
        "Un.\n[-Vieux texte qui part.-]\n[+Rien de semblable ici.+]"
    );
}

#[test]
fn articles_tell_what_became_of_them() {
    let before = blocks("## Objet\n\nUn texte.\n\n## Durée\n\nDeux ans.\n\n## Fin\n\nTerme.");
    let after = blocks("## Objet\n\nUn texte.\n\n## Durée\n\nTrois ans.\n\n## Litiges\n\nLe tribunal.");
    let data = compare(&before, &after).data();
    let states: Vec<(u64, &str)> = data["articles"]
        .as_array()
        .expect("articles")
        .iter()
        .map(|article| (article["numero"].as_u64().expect("a number"), article["etat"].as_str().expect("a state")))
        .collect();
    assert_eq!(states, [(1, "inchangé"), (2, "modifié"), (3, "supprimé"), (3, "nouveau")]);
    assert_eq!((&data["articles"][1]["avant"], &data["articles"][1]["apres"]), (&json!("Deux"), &json!("Trois")));
}

/// Texts of a few words, so that two of them have much in common.
fn text() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(vec![
        "un",
        "deux",
        "trois,",
        "10 833,33 €",
        "**gras**",
        "l'an",
        ":",
        "(a)",
        "–",
        "fin.",
    ]);
    let line = proptest::collection::vec(word, 0..7).prop_map(|words| words.join(" "));
    let block = (0_usize..6, line).prop_map(|(kind, line)| match kind {
        0 => format!("## {line}"),
        1 => format!("- {line}\n- {line} encore"),
        2 => format!("1. {line}\n2. autre"),
        3 => format!("| a | b |\n|---|---|\n| {line} | x |"),
        _ => line,
    });
    proptest::collection::vec(block, 0..8).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn accepting_all_gives_the_later_text_and_rejecting_all_the_earlier(before in text(), after in text()) {
        let (old, new) = (blocks(&before), blocks(&after));
        let comparison = compare(&old, &new);
        let texts = |blocks: &[Block]| flatten(blocks).iter().map(key).filter(|key| !key.ends_with('\u{1}')).collect::<Vec<_>>();
        let side = |accept| comparison.side(accept).into_iter().filter(|key| !key.ends_with('\u{1}')).collect::<Vec<_>>();
        prop_assert_eq!(side(true), texts(&new));
        prop_assert_eq!(side(false), texts(&old));
    }
}
