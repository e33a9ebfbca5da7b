use proptest::prelude::*;

use super::super::markdown::blocks;
use super::*;

fn marked(before: &str, after: &str) -> String {
    let comparison = compare(&blocks(before), &blocks(after));
    let runs = |runs: &mut dyn Iterator<Item = &MarkedRun>| -> String {
        runs.map(|run| match run.mark {
            Mark::Kept => run.run.text.clone(),
            Mark::Deleted => format!("[-{}-]", run.run.text),
            Mark::Inserted => format!("[+{}+]", run.run.text),
        })
        .collect()
    };
    let leaf = |leaf: &MarkedLeaf| {
        let cells = leaf.cells.iter().map(|cell| runs(&mut cell.runs())).collect::<Vec<_>>().join(" | ");
        if leaf.moved { format!("~{cells}") } else { cells }
    };
    comparison.leaves.iter().map(leaf).collect::<Vec<_>>().join("\n")
}

/// What the summary tells, a line for each change.
fn told(before: &str, after: &str) -> Vec<String> {
    let summary = compare(&blocks(before), &blocks(after)).summary();
    let mut lines = Vec::new();
    for article in &summary.articles {
        let number = article.numero.as_deref().unwrap_or("–");
        let mut head = format!("{number} {} {}", article.titre, article.etat);
        for (word, told) in [("avant", &article.ancien_numero), ("avant", &article.ancien_titre)] {
            head.extend(told.iter().map(|told| format!(", {word} {told}")));
        }
        if article.deplace {
            head.push_str(", déplacé");
        }
        lines.push(head);
        for change in &article.changements {
            let values: Vec<String> =
                change.valeurs.iter().map(|value| format!("{} → {}", value.avant, value.apres)).collect();
            let parts = [change.sujets.join(", "), change.avant.clone(), change.apres.clone(), values.join("; ")];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            lines.push(format!("  {}: {}", change.genre, parts.join(" | ")));
        }
    }
    lines.extend(summary.inchanges.iter().map(|name| {
        let earlier = name.ancien_numero.iter().map(|number| format!(", avant {number}")).collect::<String>();
        format!("{} {} inchangé{earlier}", name.numero, name.titre)
    }));
    lines
}

#[test]
fn words_are_marked_with_their_punctuation_inside_their_sentence() {
    assert_eq!(
        marked(
            "La part est de 8 000,00 € par an, versée en juin.",
            "La part est de 10 833,33 € par an, versée en un acompte."
        ),
        "La part est de [-8\u{202f}000,00\u{a0}€-][+10\u{202f}833,33\u{a0}€+] par an, versée en [-juin.-][+un acompte.+]"
    );
    assert_eq!(
        marked(
            "- de prospecter les entreprises du territoire ;",
            "- de prospecter les entreprises du territoire, ainsi que les autres ;"
        ),
        "de prospecter les entreprises du [-territoire\u{202f};-][+territoire, ainsi que les autres\u{202f};+]"
    );
}

#[test]
fn a_day_is_one_word() {
    assert_eq!(
        marked("Elle prend effet le 15 septembre 2020 et dure.", "Elle prend effet le 15 septembre 2022 et dure."),
        "Elle prend effet le [-15\u{a0}septembre 2020-][+15\u{a0}septembre 2022+] et dure."
    );
}

#[test]
fn a_sentence_that_changed_much_goes_and_comes_whole() {
    assert_eq!(
        marked(
            "Le comité se réunit ici. Il rend compte par un bilan annuel au comité local.",
            "Le comité se réunit ici. Il publie deux fois par an ses chiffres et ses méthodes."
        ),
        "Le comité se réunit ici. [-Il rend compte par un bilan annuel au comité local.-][+Il publie deux fois par an ses chiffres et ses méthodes.+]"
    );
    assert_eq!(marked("Un. Deux est là. Trois.", "Un. Trois."), "Un. [-Deux est là. -]Trois.");
}

#[test]
fn paragraphs_that_have_nothing_in_common_go_and_come_whole() {
    assert_eq!(
        marked("Un.\n\nVieux texte qui part.", "Un.\n\nRien de semblable ici."),
        "Un.\n[-Vieux texte qui part.-]\n[+Rien de semblable ici.+]"
    );
}

const FUNDERS: &str = "## Budget\n\n| Financeur | Montant |\n|---|---:|\n";

#[test]
fn rows_are_known_by_their_key_wherever_they_stand() {
    let before = format!(
        "{FUNDERS}| État | 40 000 € |\n| Cambrai | 8 000 € |\n| Douaisis | 8 000 € |\n| CCI (valorisé) | 9 865 € |\n| Total | 65 865 € |"
    );
    let after =
        format!("{FUNDERS}| CCI | 9 865,02 € |\n| Cambrai | 10 833 € |\n| Douaisis | 10 833 € |\n| Total | 31 531 € |");
    assert_eq!(
        marked(&before, &after),
        "Budget\nFinanceur | Montant\n[-État-] | [-40\u{202f}000\u{a0}€-]\n~CCI[- (valorisé)-] | [-9\u{202f}865\u{a0}€-][+9\u{202f}865,02\u{a0}€+]\n\
         Cambrai | [-8\u{202f}000\u{a0}€-][+10\u{202f}833\u{a0}€+]\nDouaisis | [-8\u{202f}000\u{a0}€-][+10\u{202f}833\u{a0}€+]\nTotal | [-65\u{202f}865\u{a0}€-][+31\u{202f}531\u{a0}€+]"
    );
    assert_eq!(
        told(&before, &after),
        [
            "1 Budget modifie",
            "  ligne-supprimee: État | 40\u{202f}000\u{a0}€",
            "  remplace: CCI (valorisé) | CCI",
            "  valeurs: CCI | 9\u{202f}865\u{a0}€ → 9\u{202f}865,02\u{a0}€",
            "  valeurs: Cambrai, Douaisis | 8\u{202f}000\u{a0}€ → 10\u{202f}833\u{a0}€",
            "  valeurs: Total | 65\u{202f}865\u{a0}€ → 31\u{202f}531\u{a0}€",
        ]
    );
}

#[test]
fn a_table_gains_a_row_and_a_column() {
    let before = format!("{FUNDERS}| Cambrai | 8 000 € |\n| Total | 8 000 € |");
    let after = "## Budget\n\n| Financeur | Montant | Part |\n|---|---:|---:|\n| Cambrai | 8 000 € | 50 % |\n| Pévèle | 8 000 € | 50 % |\n| Total | 16 000 € | 100 % |";
    let lines = marked(&before, after);
    assert!(
        lines.contains("Financeur | Montant | [+Part+]\nCambrai | 8\u{202f}000\u{a0}€ | [+50\u{a0}%+]\n[+Pévèle+] |"),
        "{lines}"
    );
    assert!(told(&before, after).contains(&"  ligne-ajoutee: Pévèle | 8\u{202f}000\u{a0}€ ; 50\u{a0}%".to_owned()));
}

#[test]
fn articles_are_known_by_their_title_wherever_they_stand() {
    let before = "## Objet\n\nUn texte.\n\n## Durée\n\nElle dure deux ans et prend fin avec eux.\n\n## Fin\n\nTerme.\n\n## Litiges\n\nLe tribunal.";
    let after = "## Objet\n\nUn texte.\n\n## Litiges\n\nLe tribunal.\n\n## Durée\n\nElle dure trois ans et prend fin avec eux.\n\n## Secret\n\nChut, dit-on.";
    assert_eq!(
        told(before, after),
        [
            "3 Fin supprime",
            "  supprime: Terme",
            "3 Durée modifie, avant 2, déplacé",
            "  remplace: Elle dure deux ans et prend fin … | Elle dure trois ans et prend fin …",
            "4 Secret nouveau",
            "  ajoute: Chut, dit-on",
            "1 Objet inchangé",
            "2 Litiges inchangé, avant 4",
        ]
    );
}

#[test]
fn an_article_keeps_its_text_under_another_title() {
    let before = "## Communication\n\nLes documents produits portent le nom du programme et celui du territoire.";
    let after =
        "## Publicité et propriété\n\nLes documents produits portent le nom du programme et celui du territoire.";
    assert_eq!(told(before, after), ["1 Publicité et propriété modifie, avant Communication"]);
}

#[test]
fn values_are_told_as_values() {
    let before = "## Budget\n\nLe budget de l'exercice 2021-2022, qui court du 15 septembre 2021 au 14 septembre 2022, s'élève à 97 865,00 €, en dépenses comme en recettes.";
    let after = "## Budget\n\nLe budget de l'exercice 2022-2023, qui court du 15 septembre 2022 au 14 septembre 2023, s'élève à 74 865,00 €, en dépenses comme en recettes.";
    assert_eq!(
        told(before, after)[1],
        "  valeurs: « Le budget de l’exercice … » | 2021-2022 → 2022-2023; 15\u{a0}septembre 2021 → 15\u{a0}septembre 2022; \
         14\u{a0}septembre 2022 → 14\u{a0}septembre 2023; 97\u{202f}865,00\u{a0}€ → 74\u{202f}865,00\u{a0}€"
    );
}

#[test]
fn an_item_is_told_by_its_name() {
    let before =
        "- Communauté d'agglomération de Cambrai, représentée par M. Paul AVANT, Président ;\n- Autre, ville ;";
    let after = "- Communauté d'agglomération de Cambrai, représentée par M. Jean APRÈS, Président ;\n- Autre, ville ;";
    assert_eq!(
        told(before, after),
        ["–  modifie", "  remplace: Communauté d’agglomération de Cambrai | M.\u{a0}Paul AVANT | M.\u{a0}Jean APRÈS"]
    );
}

/// Texts of a few words, so that two of them have much in common.
fn text() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(vec![
        "un",
        "deux",
        "trois,",
        "10 833,33 €",
        "**gras**",
        "[lien](https://example.org)",
        "l'an",
        ":",
        "(a)",
        "–",
        "Fin.",
        "6 juillet 2022",
    ]);
    let line = proptest::collection::vec(word, 0..7).prop_map(|words| words.join(" "));
    let block = (0_usize..10, line).prop_map(|(kind, line)| match kind {
        0 => format!("## {line}"),
        1 => format!("- {line}\n- {line} encore\n\n  - {line}\n\n  Suite."),
        2 => format!("3. {line}\n4. autre"),
        3 => format!("| a | b |\n|---|---|\n| {line} | x |\n| y | {line} |"),
        4 => format!("| a | b | c |\n|---|---:|---|\n| y | x | {line} |"),
        5 => format!("> {line}\n>\n> - {line}"),
        6 => "* * *".to_owned(),
        7 => format!("::: encadre {line}\n{line}\n:::"),
        _ => line,
    });
    proptest::collection::vec(block, 0..8).prop_map(|blocks| blocks.join("\n\n"))
}

/// Sentences of words that are all different, and the same with a few words changed, sentences gone or new.
fn edited() -> impl Strategy<Value = (String, String)> {
    let sentence = (0_usize..4, 0_usize..9, 8_usize..16);
    proptest::collection::vec(sentence, 1..6).prop_map(|sentences| {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for (index, (edit, at, length)) in sentences.into_iter().enumerate() {
            let words: Vec<String> = (0..length).map(|word| format!("m{index}x{word}")).collect();
            let said = |words: &[String]| format!("Il {}.", words.join(" "));
            let mut changed = words.clone();
            let at = at % length;
            match edit {
                0 => {}
                1 => changed[at] = format!("{} 000 €", at + 10),
                2 => changed.insert(at, "aussi bien".to_owned()),
                _ => drop(changed.remove(at)),
            }
            before.push(said(&words));
            after.push(said(&changed));
        }
        (before.join(" "), after.join(" "))
    })
}

/// The fewest characters that can be marked between two texts when words are the smallest thing that is.
fn smallest(before: &str, after: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        let Some(Block::Paragraph { runs }) = blocks(text).pop() else { return Vec::new() };
        words::tokens(&runs).into_iter().map(|token| token.text).filter(|text| !words::is_space(text)).collect()
    };
    let (old, new) = (words(before), words(after));
    let mut best = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let kept = if old[i] == new[j] { old[i].chars().count() + best[i + 1][j + 1] } else { 0 };
            best[i][j] = kept.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let all = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    all(&old) + all(&new) - 2 * best[0][0]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn accepting_all_gives_the_later_tree_and_rejecting_all_the_earlier(before in text(), after in text()) {
        let (old, new) = (of_words(blocks(&before)), of_words(blocks(&after)));
        let comparison = compare(&old, &new);
        prop_assert_eq!(comparison.side(true), new.clone());
        prop_assert_eq!(comparison.side(false), old.clone());
        prop_assert!(!comparison.is_unchanged() || comparison.side(true) == comparison.side(false) || old.len() == new.len());
    }

    #[test]
    fn what_is_the_same_is_not_marked(text in text()) {
        let blocks = of_words(blocks(&text));
        let comparison = compare(&blocks, &blocks);
        prop_assert!(comparison.is_unchanged());
        prop_assert!(comparison.summary().articles.is_empty());
    }

    #[test]
    fn hardly_more_is_marked_than_must_be((before, after) in edited()) {
        let comparison = compare(&blocks(&before), &blocks(&after));
        let marked = comparison.leaves.iter().flat_map(|leaf| &leaf.cells).flat_map(Cell::runs).filter(|run| run.mark != Mark::Kept);
        let marked: usize = marked.map(|run| run.run.text.chars().filter(|character| !matches!(character, ' ' | '\n')).count()).sum();
        prop_assert!(marked * 10 <= smallest(&before, &after) * 11, "{marked} > 1.1 × {}", smallest(&before, &after));
    }

    #[test]
    fn a_permutation_of_rows_moves_and_marks_nothing(order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle()) {
        let table = |order: &[usize]| {
            let rows: Vec<String> = order.iter().map(|row| format!("| financeur {row} | {row} 000 € |")).collect();
            format!("{FUNDERS}{}", rows.join("\n"))
        };
        let comparison = compare(&blocks(&table(&(0..8).collect::<Vec<_>>())), &blocks(&table(&order)));
        prop_assert!(comparison.leaves.iter().all(|leaf| leaf.state() == State::Kept));
    }
}
