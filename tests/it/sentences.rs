//! Sentences that hold a figure: what they say when it is withheld, and when there is none.

use liasse::intake::Understood;
use liasse::render::text::Texts;
use liasse::templates::Templates;
use serde_json::Value;

use crate::acts::{draft, understood_of, words_of};
use crate::fixture::Fixture;
use crate::mistakes::base::edited;
use crate::pdf::squeeze;

/// The words of all texts of a document, paragraph by paragraph.
fn sentences(understood: &Understood, kind: &str, id: &str) -> Vec<String> {
    let templates = Templates::built_in();
    let texts = Texts::new(&templates);
    let mut said = Vec::new();
    for part in draft(understood, kind, id).parts {
        for text in part.recipe.words() {
            let rendered = texts.words(&text.template, &text.data.json(), &text.figures()).expect(&text.template);
            let blocks = serde_json::to_value(&rendered.text.blocks).expect("blocks");
            for block in blocks.as_array().into_iter().flatten().filter(|block| !is_table(block)) {
                let mut words = String::new();
                words_of(block, &mut words);
                said.push(words.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'"));
            }
        }
    }
    said
}

fn is_table(block: &Value) -> bool {
    block["genre"].as_str().is_some_and(|kind| kind.contains("table"))
}

#[test]
fn a_figure_that_is_withheld_stands_in_a_sentence_as_a_noun() {
    // Three firms, one of them public: no sum of theirs is told.
    let understood = understood_of(&edited(&[]));
    let mut told = 0;
    for (kind, id) in [("annexes", "VAL-12"), ("annexes", "MER-7"), ("report", "2022-S1"), ("report", "2021-S1")] {
        for sentence in sentences(&understood, kind, id) {
            let words: Vec<&str> = sentence.split([' ', ',', '.', ';', '(', ')']).collect();
            for pair in words.windows(2).filter(|pair| pair[1] == "secret") {
                told += 1;
                // « Couvert par le secret statistique. »
                let is_noun = ["montant", "nombre", "taux", "part", "scrutin", "le", "chiffre"].contains(&pair[0]);
                assert!(is_noun, "{kind} {id}: « {} secret » in {sentence}", pair[0]);
            }
        }
    }
    assert!(told > 5, "nothing was withheld: {told}");
}

#[test]
fn what_there_is_none_of_is_not_counted() {
    let nothing = "Mois | Abonnés | Publications | Vues";
    let mut fixture: Fixture = edited(&[]);
    fixture.set_table("Communication", nothing);
    fixture.set_table(
        "Accompagnements",
        "Date | Entreprise | Site | Niveau | Thème | EPCI présent | Heures | Suite | Relance le",
    );
    let understood = understood_of(&fixture);
    for (kind, id) in [("annexes", "VAL-12"), ("annexes", "MER-7"), ("report", "2021-S1"), ("report", "2022-S1")] {
        for sentence in sentences(&understood, kind, id) {
            let counts_nothing = sentence.split(' ').any(|word| word == "0");
            assert!(!counts_nothing || sentence.contains("contre : 0"), "{kind} {id}: {sentence}");
        }
    }
}

#[test]
fn a_period_says_its_year_once() {
    let act = squeeze(&sentences(&understood_of(&edited(&[])), "annexes", "VAL-12").join("\n"));
    for said in ["pour la période du 15 mars au 31 décembre 2022", "qui court du 1er janvier au 31 décembre 2022"] {
        assert!(act.contains(&squeeze(said)), "{said}: {act}");
    }
    assert!(!act.contains(&squeeze("15 mars 2022 au")), "{act}");
}
