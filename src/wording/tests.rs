//! What readers would notice: the printed forms, and the rules that hold for every value.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the tests")
}

#[test]
fn amounts_are_written_the_french_way() {
    assert_eq!(euros(1_083_333), "10\u{202f}833,33\u{a0}€");
    assert_eq!(euros(0), "0,00\u{a0}€");
    assert_eq!(euros(-5), "\u{2212}0,05\u{a0}€");
    assert_eq!(euros(10_000_000_000), "100\u{202f}000\u{202f}000,00\u{a0}€");
    assert_eq!(compact_euros(6_350_000_000), "63,5\u{a0}M€");
    assert_eq!(compact_euros(1_700_000_000), "17\u{a0}M€");
    assert_eq!(compact_euros(99_999_900), "1\u{a0}M€");
    assert_eq!(compact_euros(85_000_000), "850\u{a0}k€");
    assert_eq!(compact_euros(94_000), "940\u{a0}€");
}

#[test]
fn shares_are_rounded_once_and_never_divided_by_zero() {
    assert_eq!(percent(40_000, 97_865, 1), "40,9\u{a0}%");
    assert_eq!(percent(1, 0, 1), "—");
    assert_eq!(percent(1, 3, 0), "33\u{a0}%");
    assert_eq!(signed_percent(50, 56).as_deref(), Some("+12\u{a0}%"));
    assert_eq!(signed_percent(0, 56), None);
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (text, expected) in [
        ("10 833,33 €", ParsedAmount::Cents(1_083_333)),
        ("10\u{202f}833,33\u{a0}€", ParsedAmount::Cents(1_083_333)),
        ("12.50", ParsedAmount::Cents(1_250)),
        ("-3", ParsedAmount::Cents(-300)),
        ("10.833,33", ParsedAmount::Mixed(1_083_333)),
        ("10.833", ParsedAmount::Ambiguous),
        ("1,234", ParsedAmount::TooPrecise),
        ("1O 833,33", ParsedAmount::Unreadable),
        ("1 23,00", ParsedAmount::Unreadable),
        ("12,", ParsedAmount::Unreadable),
        ("", ParsedAmount::Unreadable),
        ("99999999999999999999", ParsedAmount::TooLarge),
    ] {
        assert_eq!(parse_amount(text), expected, "{text:?}");
    }
}

#[test]
fn round_words_are_true_of_the_number() {
    for (value, words) in [
        (43, "43"),
        (200, "200"),
        (208, "plus de 200"),
        (1_234, "plus de 1\u{202f}200"),
        (77_000, "77\u{202f}000"),
        (99, "99"),
    ] {
        assert_eq!(more_than(value), words);
    }
}

#[test]
fn dates_hours_and_spans() {
    assert_eq!(date(day(2022, 7, 6)), "6\u{a0}juillet 2022");
    assert_eq!(date(day(2022, 7, 1)), "1er\u{a0}juillet 2022");
    assert_eq!(date_with_weekday(day(2022, 9, 15)), "jeudi 15\u{a0}septembre 2022");
    assert_eq!(date_span(day(2022, 10, 4), day(2022, 10, 6)), "du 4 au 6\u{a0}octobre 2022");
    assert_eq!(date_span(day(2022, 9, 30), day(2022, 10, 1)), "du 30\u{a0}septembre au 1er\u{a0}octobre 2022");
    let half_past_six = NaiveTime::from_hms_opt(18, 30, 0).expect("an hour of the tests");
    assert_eq!(hour(half_past_six), "18\u{a0}h\u{a0}30");
}

#[test]
fn the_act_is_dated_in_words() {
    let time = NaiveTime::from_hms_opt(18, 0, 0).expect("an hour of the tests");
    assert_eq!(
        format!("{} à {}", capitalized(&date_in_words(day(2022, 7, 6))), hour_in_words(time)),
        "L’an deux mille vingt-deux, le six juillet à dix-huit heures"
    );
    let one_twenty_one = NaiveTime::from_hms_opt(1, 21, 0).expect("an hour of the tests");
    assert_eq!(hour_in_words(one_twenty_one), "une heure vingt et une");
    assert_eq!(date_in_words(day(2023, 1, 1)), "l’an deux mille vingt-trois, le premier janvier");
}

#[test]
fn amounts_in_words() {
    assert_eq!(euros_in_words(1_083_333), "dix mille huit cent trente-trois euros et trente-trois centimes");
    assert_eq!(euros_in_words(100_000_000), "un million d’euros");
    assert_eq!(euros_in_words(100), "un euro");
    assert_eq!(euros_in_words(1), "un centime");
    assert_eq!(euros_in_words(0), "zéro euro");
    assert_eq!(euros_in_words(8_000_000), "quatre-vingt mille euros");
    assert_eq!(euros_in_words(20_000_000_001), "deux cents millions d’euros et un centime");
}

#[test]
fn prose_takes_its_spaces() {
    for (typed, set) in [
        ("Qui? Quoi : l'aide !", "Qui\u{202f}? Quoi\u{a0}: l’aide\u{202f}!"),
        ("« bilan » et «bilan»", "«\u{a0}bilan\u{a0}» et «\u{a0}bilan\u{a0}»"),
        ("19,5 % de 10 833,33 € à 18h30", "19,5\u{a0}% de 10\u{202f}833,33\u{a0}€ à 18\u{a0}h\u{a0}30"),
        ("le 6 juillet 2022 146 territoires", "le 6\u{a0}juillet 2022 146 territoires"),
        ("M. Serge SIMEON, art. L. 2121-17, n° 14", "M.\u{a0}Serge SIMEON, art.\u{a0}L.\u{a0}2121-17, n°\u{a0}14"),
        ("voir https://example.org/a?b=c;d et `a ? b`", "voir https://example.org/a?b=c;d et `a ? b`"),
        ("écrire à jean@example.org ; merci", "écrire à jean@example.org\u{202f}; merci"),
        ("tél. 03 27 00 00 00", "tél. 03 27 00 00 00"),
        ("qu'l'a", "qu’l’a"),
        (
            "l'offre \"Atelier\" et (\"Bac\"), \"à lire!\"",
            "l’offre «\u{a0}Atelier\u{a0}» et («\u{a0}Bac\u{a0}»), «\u{a0}à lire\u{202f}!\u{a0}»",
        ),
        ("un écran de 15\" ou de 17\", une vis", "un écran de 15\" ou de 17\", une vis"),
        ("\"un\" \"deux\" \"trois", "«\u{a0}un\u{a0}» «\u{a0}deux\u{a0}» \"trois"),
    ] {
        assert_eq!(prose(typed), set);
    }
}

#[test]
fn lists_and_numbers_of_nouns() {
    assert_eq!(enumeration(&["a", "b", "c"]), "a, b et c");
    assert_eq!(enumeration::<&str>(&[]), "");
    assert_eq!(counted(1, "appel", "appels"), "1\u{a0}appel");
    assert_eq!(counted(1_200, "appel", "appels"), "1\u{202f}200\u{a0}appels");
    assert_eq!(ordinal(1, true), "1re");
}

proptest! {
#![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_amount_is_read_back(cents in any::<i64>().prop_filter("one sign only", |cents| *cents != i64::MIN)) {
        prop_assert_eq!(parse_amount(&euros(cents)), ParsedAmount::Cents(cents));
    }

    #[test]
    fn spacing_is_idempotent(text in "[a-zA-Zé'’\" \u{a0}\u{202f}0-9;:!?«»€%h.,°@/`()\n]{0,60}") {
        let once = prose(&text);
        prop_assert_eq!(prose(&once), once);
    }

    #[test]
    fn spacing_changes_only_spaces_and_marks(text in "\\PC{0,60}") {
        prop_assert!(same_words(&prose(&text), &text));
    }

    #[test]
    fn grouped_digits_are_the_number(value in any::<i64>()) {
        let digits: String = group(value).chars().filter(char::is_ascii_digit).collect();
        prop_assert_eq!(digits, value.unsigned_abs().to_string());
    }

    #[test]
    fn a_headline_is_within_half_of_its_last_digit(cents in 1_000_000_i64..100_000_000_000_000) {
        let printed = compact_euros(cents);
        let (number, unit) = printed.split_once(NBSP).expect("a number and its unit");
        // Tenths of the unit, so that the comparison stays in integers.
        let tenths: i64 = match number.replace(NNBSP, "").split_once(',') {
            Some((whole, tenth)) => format!("{whole}{tenth}").parse().expect("digits"),
            None => number.replace(NNBSP, "").parse::<i64>().expect("digits") * 10,
        };
        let (unit, precision) = match unit {
            "k€" => (100_000, 100_000),
            "M€" => (100_000_000, 10_000_000),
            "Md€" => (100_000_000_000, 10_000_000_000),
            _ => (100, 1),
        };
        prop_assert!((tenths * unit / 10 - cents).abs() * 2 <= precision + 2, "{printed} for {cents}");
    }
}

#[test]
fn names_that_some_system_does_not_take_are_told() {
    for name in
        ["CA2C-2022-70", "2022-2023", "console", "com", "lpt10", "COM-1", "actes.2022", "Été 2022", "auxiliaire"]
    {
        assert_eq!(improper_name(name), None, "{name}");
    }
    for name in ["con", "Aux", "NUL.txt", "com1", "LPT9.pdf", "com²", "con .x", "conin$"] {
        assert!(improper_name(name).is_some_and(|reason| reason.contains("périphérique")), "{name}");
    }
    for name in ["a/b", "a\\b", "c:d", "a?", "a*", "<a>", "a|b", "a\"b", "a\tb"] {
        assert!(improper_name(name).is_some_and(|reason| reason.contains("signes")), "{name}");
    }
    for name in ["", ".a", "a.", "a ", "~$a", "..", "."] {
        assert!(improper_name(name).is_some_and(|reason| reason.contains("finit")), "{name}");
    }
    assert_eq!(improper_name(&"é".repeat(80)), None);
    assert!(improper_name(&"é".repeat(81)).is_some_and(|reason| reason.contains("trop long")));
}

#[test]
fn labels_agree_with_one_thing() {
    for (plural, singular) in [
        ("entreprises rencontrées", "entreprise rencontrée"),
        ("emplois créés ou maintenus", "emploi créé ou maintenu"),
        ("prises de contact", "prise de contact"),
        ("dossiers en cours d’instruction", "dossier en cours d’instruction"),
        ("aides obtenues par les lauréats", "aide obtenue par les lauréats"),
        ("projets lauréats", "projet lauréat"),
    ] {
        assert_eq!(super::singular(plural), singular);
    }
}
