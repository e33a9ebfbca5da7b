//! The list of ways in which a name went through once, line by line; and what must go through.

use super::*;

/// A search over firms, each with the place of its partner and whether it was announced.
fn search(firms: &[(&str, u32, bool)], places: &[&str]) -> Secrets {
    let places = places.iter().map(|place| (*place).to_owned()).collect();
    let mut secrets = Secrets { places, words: Some(OnceLock::new()), ..Secrets::none() };
    for (text, owner, is_announced) in firms {
        let place = secrets.add(text);
        secrets.names[place].owners.push(*owner);
        secrets.names[place].is_announced = *is_announced;
    }
    secrets
}

fn found(firms: &[(&str, u32, bool)], text: &str) -> Vec<String> {
    let secrets = search(firms, &["Cambrai", "Valenciennes Métropole"]);
    secrets.found_in(text, &Readers::Partner(0)).into_iter().map(ToOwned::to_owned).collect()
}

const FIRMS: [(&str, u32, bool); 6] = [
    ("Laiterie Bazuvelle", 1, false),
    ("Fonderies d’Aubrecour", 1, false),
    ("ARC", 1, false),
    ("Chocolaterie Gayandrelle", 0, false),
    ("Verrerie Mornaille", 2, true),
    ("Brasserie de Cambrai", 1, false),
];

#[test]
fn a_name_is_found_however_it_is_written() {
    for text in [
        "la Laiterie Bazuvelle investit",
        "chez Bazuvelle, on investit",
        "les Bazuvelles de demain",
        "chez Bazuvele",
        "chez Basuvelle",
        "chez Bazuevlle",
        "chez B\u{430}zuv\u{435}ll\u{435}",
        "chez Bazu\u{200b}velle",
        "chez Bazu\u{ad}velle",
        "chez Bazu-\nvelle",
        "BAZUVELLE",
        "https://example.org/laiterie-bazuvelle-2022",
        "https://example.org/laiteriebazuvelle2022",
        "images/laiterie_bazuvelle.jpg",
    ] {
        assert_eq!(found(&FIRMS, text), ["Laiterie Bazuvelle"], "{text}");
    }
    assert_eq!(found(&FIRMS, "les fonderies d'Aubre-\ncour sont"), ["Fonderies d’Aubrecour"]);
    assert_eq!(found(&FIRMS, "chez Arc, hier"), ["ARC"]);
    assert_eq!(found(&FIRMS, "la Brasserie de Cambrai"), ["Brasserie de Cambrai"]);
}

#[test]
fn what_names_nobody_goes_through() {
    for text in [
        "la laiterie de Cambrai et ses fonderies",
        "la marche de l'arche",
        "la chocolaterie Gayandrelle, et Gayandrelle seule",
        "la Verrerie Mornaille, chez Mornaille",
        "une brasserie à Cambrai",
        "les entreprises industrielles du territoire",
    ] {
        assert_eq!(found(&FIRMS, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_name_inside_a_longer_one_that_readers_may_meet_is_no_secret() {
    let firms = [("Ateliers du Nord", 1, false), ("Ateliers du Nord-Est", 0, false), ("Un autre", 0, false)];
    assert!(found(&firms, "Ateliers du Nord-Est et Ateliers du Nord-Est").is_empty());
    assert_eq!(found(&firms, "Ateliers du Nord-Est et Ateliers du Nord"), ["Ateliers du Nord"]);
    assert!(found(&firms, "Ateliers du Nordique").is_empty());
}

#[test]
fn numbers_and_addresses_tell_as_well() {
    let mut secrets = search(&FIRMS, &[]);
    secrets.numbers.insert("552100554".to_owned(), 0);
    secrets.numbers.insert("55210055400013".to_owned(), 0);
    secrets.addresses.insert("camille@laiterie.example.org".to_owned(), 1);
    let found = |text| secrets.found_in(text, &Readers::Partner(0));
    assert_eq!(found("SIREN 552 100 554"), ["Laiterie Bazuvelle"]);
    assert_eq!(found("SIRET 552\u{202f}100\u{202f}554\u{202f}00013."), ["Laiterie Bazuvelle"]);
    assert_eq!(found("écrire à <Camille@laiterie.example.org>."), ["Fonderies d’Aubrecour"]);
    assert!(found("552 100 555 et camille@autre.example.org").is_empty());
}

#[test]
fn a_phrase_may_be_allowed() {
    let mut secrets = search(&FIRMS, &[]);
    secrets.allowed = vec![fold("le prix Bazuvelle")];
    let found = |text| secrets.found_in(text, &Readers::Public);
    assert!(
        found("Le prix « Bazuvelle »").len() == 1 && found("remise du Prix  Bazuvelle, le prix Bazuvelle").len() == 1
    );
    assert!(found("remise : le prix Bazuvelle").is_empty());
    assert_eq!(secrets.allowed_in("Le Prix Bazuvelle est remis"), [0]);
}
