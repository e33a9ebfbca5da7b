//! The screens that a person reads, whole; what is alike.

use proptest::prelude::*;

use super::messages::{catalogue, cells};
use super::*;
use crate::wording::{fold, folds_to, nearest};

fn amount() -> Diagnostic {
    cells::unreadable_amount("1O 833,33")
        .at_cell(CellRef { file: "inputs/finances.xlsx".into(), sheet: "Recettes".into(), row: 7, column: 3 })
        .showing(Excerpt::Row {
            headings: ["Exercice", "Financeur", "Mode", "Prévu"].map(String::from).to_vec(),
            cells: ["2022-2023", "CAD", "Montant", "1O 833,33"].map(String::from).to_vec(),
            focus: 3,
        })
        .hint("la lettre « O » à la place du chiffre « 0 » ?")
}

#[test]
fn a_problem_is_shown_under_its_headings() {
    assert_eq!(
        render_human(&[amount()], Painter::Plain),
        "\
erreur[finances/montant-illisible]: montant illisible « 1O 833,33 »
  inputs/finances.xlsx › Recettes › D7
     │ Exercice  │ Financeur │ Mode    │ Prévu
   7 │ 2022-2023 │ CAD       │ Montant │ 1O 833,33
                                         ^^^^^^^^^
  aide : la lettre « O » à la place du chiffre « 0 » ?

"
    );
}

#[test]
fn the_same_problem_is_data_for_programs() {
    let value = render_json(&[amount()]);
    assert_eq!(value[0]["code"], "finances/montant-illisible");
    assert_eq!(value[0]["cellule"], "D7");
    assert_eq!(value[0]["extrait"]["Financeur"], "CAD");
}

#[test]
fn a_flood_is_cut_at_twenty_and_counted() {
    let flood: Vec<Diagnostic> = (0..53).map(|_| amount()).collect();
    let screen = render_human(&flood, Painter::Plain);
    assert_eq!(screen.matches("erreur[").count(), 20);
    assert!(screen.contains("… et 33 autres [finances/montant-illisible] : Recettes › D7, "), "{screen}");
}

#[test]
fn warnings_of_one_kind_are_folded_and_their_cells_named_and_the_cure_is_said_once() {
    let warning = |row| {
        messages::checks::missing_siret("Douai").at_cell(CellRef {
            file: "inputs/contacts.xlsx".into(),
            sheet: "Partenaires".into(),
            row,
            column: 8,
        })
    };
    let screen = render_human(&(2..8).map(warning).collect::<Vec<_>>(), Painter::Plain);
    assert_eq!(screen.matches("avertissement[").count(), 3);
    assert_eq!(screen.matches("  aide : ").count(), 1, "{screen}");
    assert!(
        screen.ends_with(
            "… et 3 autres [contacts/siret-absent] : Partenaires › I5, Partenaires › I6, Partenaires › I7\n\n"
        ),
        "{screen}"
    );
}

#[test]
fn codes_are_unique_and_messages_explain_themselves() {
    let mut codes: Vec<&str> = catalogue().iter().map(|message| message.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "two messages share a code");
    for message in catalogue() {
        assert!(message.cause.ends_with('.') && message.cure.ends_with('.'), "{}", message.code);
        assert!(catalogue_page().contains(message.code));
    }
}

#[test]
fn near_words_are_suggested_and_far_ones_are_not() {
    assert_eq!(nearest("Caudresis Catesis", ["Cambrai", "Caudrésis-Catésis"]), Some("Caudrésis-Catésis"));
    assert_eq!(nearest("CAMV", ["CAVM", "CAPH"]), Some("CAVM"));
    assert_eq!(nearest("Lille", ["Caudrésis-Catésis"]), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_folds_to_another_whether_or_not_it_is_written_out(
        left in "[ \t\u{a0}aAbéÉ’'`œ\u{301}-]{0,4}", right in "[ aAbéœ'-]{0,3}"
    ) {
        let folded = fold(&right);
        prop_assert_eq!(folds_to(&left, &folded), fold(&left) == folded);
        prop_assert!(folds_to(&right, &folded));
        prop_assert_eq!(fold(&folded), folded);
    }
}
