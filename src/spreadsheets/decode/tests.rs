//! Cells as people write them.

use chrono::{NaiveDate, NaiveTime};
use proptest::prelude::*;

use super::*;
use crate::records::Label;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

#[test]
fn dates_as_people_write_them() {
    for written in [
        "06/07/2022",
        "6/7/2022",
        "6-07-2022",
        "06.07.2022",
        "2022-07-06",
        "6 juillet 2022",
        "6\u{a0}juil. 2022",
        "mercredi 6 Juillet 2022",
    ] {
        assert_eq!(date(&text(written)).expect(written), day(2022, 7, 6));
    }
    assert_eq!(date(&text("1er août 2022")).expect("first"), day(2022, 8, 1));
    for (written, code) in [
        ("07/13/2022", "date-inexistante"),
        ("06/07/22", "date-ambigue"),
        ("31/02/2022", "date-inexistante"),
        ("bientôt", "date-illisible"),
        ("06/07/0222", "date-invraisemblable"),
    ] {
        assert_eq!(date(&text(written)).expect_err(written).code, code, "{written}");
    }
    assert_eq!(date(&text("1/7/21")).expect_err("two digits").hints, ["vouliez-vous dire « 01/07/2021 » ?"]);
    assert_eq!(date(&Value::Number(44_748.0)).expect_err("a number").code, "nombre-pour-date");
}

#[test]
fn months_and_hours_as_people_write_them() {
    for written in ["2022-06", "06/2022", "juin 2022", "Juin 2022", "15/06/2022"] {
        assert_eq!(month(&text(written)).expect(written), day(2022, 6, 1));
    }
    for written in ["18:30", "18h30", "18 h 30", "18\u{a0}h\u{a0}30", "18:30:00"] {
        assert_eq!(time(&text(written), false).expect(written), NaiveTime::from_hms_opt(18, 30, 0).expect("a time"));
    }
    assert_eq!(time(&text("9 h"), false).expect("nine"), NaiveTime::from_hms_opt(9, 0, 0).expect("a time"));
    assert!(
        time(&text("25:00"), false).is_err()
            && time(&text("18"), false).is_err()
            && time(&text("midi"), false).is_err()
    );
}

#[test]
fn floats_are_cents_only_when_they_have_two_decimals() {
    assert_eq!(amount(&Value::Number(10_833.33)).expect("an amount").0, 1_083_333);
    assert_eq!(amount(&Value::Number(0.1 + 0.2)).expect("an amount").0, 30);
    assert_eq!(amount(&Value::Number(65_000.0 / 6.0)).expect_err("a sixth").code, "montant-trop-precis");
    assert_eq!(amount(&Value::Number(1e300)).expect_err("huge").code, "montant-trop-grand");
    assert_eq!(amount(&Value::Boolean(true)).expect_err("a boolean").code, "montant-illisible");
    assert_eq!(
        amount(&text("1O 833,33")).expect_err("a letter").hints,
        ["la lettre « O » à la place du chiffre « 0 » ?"]
    );
    for written in ["8000 euros", "8 000 EUR", "8 000,00 €"] {
        assert_eq!(amount(&text(written)).expect(written).0, 800_000);
    }
    for written in ["8 k€", "environ 8000 euros", "huit euros"] {
        assert!(amount(&text(written)).expect_err(written).hints[0].starts_with("écrivez tous les chiffres"));
    }
}

#[test]
fn identifiers_that_excel_turned_into_numbers() {
    assert_eq!(siren(&Value::Number(200_030_633.0)).expect("a SIREN"), "200030633");
    assert_eq!(siren(&text("200 030 633")).expect("a SIREN"), "200030633");
    assert_eq!(siren(&text("200030634")).expect_err("a wrong key").code, "siren-invalide");
    assert_eq!(siren(&Value::Number(5_520_177.0)).map_err(|error| error.code), Err("siren-invalide"));
    assert_eq!(siret(&Value::Number(1.2e15)).expect_err("rounded").code, "identifiant-arrondi");
    assert_eq!(postal_code(&Value::Number(2_100.0)).expect("a postal code"), "02100");
    assert_eq!(postal_code(&text("2100")).expect_err("four digits").code, "code-postal-invalide");
}

#[test]
fn shares_links_and_answers() {
    assert_eq!(share(&Value::Percentage(0.125)).expect("a share"), (1_250, 10_000));
    assert_eq!(share(&text("12,5 %")).expect("a share"), (1_250, 10_000));
    assert_eq!(share(&Value::Number(0.5)).expect_err("half").code, "pourcentage-ambigu");
    assert_eq!(share(&Value::Number(130.0)).expect_err("too much").code, "pourcentage-illisible");
    assert!(yes_no(&text("X")).expect("a cross") && !yes_no(&text("Non")).expect("a no"));
    assert_eq!(link(&text("www.example.org/a")).expect_err("no scheme").hints, ["écrivez https://www.example.org/a"]);
    assert_eq!(email(&text("jean dupont@example.org")).expect_err("a space").code, "courriel-invalide");
}

#[test]
fn lists_match_without_accents_and_suggest() {
    let labels = ["Prise de contact", "Accompagnement renforcé"].map(|name| Label { name, also: &[] });
    assert_eq!(choice(&text("ACCOMPAGNEMENT\u{a0}renforce"), "Niveau", &labels).expect("the second"), 1);
    let refused = choice(&text("Prise de contct"), "Niveau", &labels).expect_err("a slip");
    assert_eq!(refused.hints, ["vouliez-vous dire « Prise de contact » ?"]);
}

#[test]
fn decomposed_accents_and_lines_are_put_right() {
    assert_eq!(line(&text("  Cambre\u{301}sis\r\nouest ")), "Cambrésis ouest");
    assert_eq!(paragraphs(&text("a\r\n\r\nb")), "a\n\nb");
    assert_eq!(code(&text("CA2C\u{2011}2022\u{2011}70")).expect("a code"), "CA2C-2022-70");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_number_of_cents_is_read_as_it_is_written(cents in -99_999_999_999_i64..99_999_999_999) {
        let written = format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
        let number: f64 = written.parse().expect("a number");
        prop_assert_eq!(amount(&Value::Number(number)).expect("an amount").0, cents);
    }

    #[test]
    fn a_cell_is_blank_when_no_word_is_left_of_it(
        written in "([ \t\n\r\u{a0}\u{202f}\u{200b}\u{feff}\u{ad}\u{301}_a'é]|_x000D_|_x000d_){0,4}"
    ) {
        prop_assert_eq!(is_blank(&text(&written)), line(&text(&written)).is_empty(), "{:?}", written);
    }

    #[test]
    fn plain_ascii_is_tidy_as_every_other_text_is(written in "[ -~]{0,3}(_x000D_)?[ -~]{0,3}") {
        let composed = written.replace("_x000D_", "");
        prop_assert_eq!(paragraphs(&text(&written)), composed.trim_matches(is_space));
    }
}
