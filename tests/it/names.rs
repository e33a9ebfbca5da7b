//! What a finished file may name: firms and persons that its readers may not know stop it, wherever they stand in it.

use image::{ExtendedColorType, ImageEncoder as _};

use crate::fixture::Fixture;

/// A letter over firms of which none was announced, and a contact.
fn letter(text: &str) -> Fixture {
    let mut fixture = Fixture::small().table(
        "Entreprises",
        "Raison sociale | SIRET | Partenaire | Commune
         Laiterie Bazuvelle | 55210055400013 | AAA | Aval",
    );
    fixture.edit("Articles", "Premier texte.", text);
    fixture
}

#[test]
fn a_name_stops_a_letter_however_it_is_written() {
    for (text, found) in [
        ("Chez Bazuvelle, on investit.", "Laiterie Bazuvelle"),
        ("Les Bazuvelles de demain.", "Laiterie Bazuvelle"),
        ("Chez Basuvelle, on investit.", "Laiterie Bazuvelle"),
        ("Chez B\u{430}zuvelle, on investit.", "Laiterie Bazuvelle"),
        ("Lire [l’article](https://example.org/laiteriebazuvelle2022).", "Laiterie Bazuvelle"),
        ("L’entreprise 552 100 554 investit.", "Laiterie Bazuvelle"),
        ("Écrire à ada@example.org.", "ada@example.org"),
        ("Merci à Ada Un pour son accueil.", "Ada Un"),
    ] {
        let run = letter(text).run("build newsletter 1");
        assert_eq!(run.status, 1, "{text}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("nomme « {found} »")), "{text}: {}", run.stderr);
    }
    letter("La laiterie d’Aval, et la nouvelle usine, investissent.").succeed("build newsletter 1");
}

#[test]
fn what_the_settings_allow_goes_through_and_is_told() {
    let allowing = "\n[[permis]]\ntexte = \"le prix Bazuvelle\"\nmotif = \"un prix, pas une entreprise\"\n";
    let fixture = letter("On remet le prix Bazuvelle.").settings("[lettre]", &format!("{allowing}\n[lettre]"));
    let run = fixture.succeed("build newsletter 1");
    assert!(run.stderr.contains("un prix, pas une entreprise"), "{}", run.stderr);
    let fixture = letter("On remet la laiterie Bazuvelle.").settings("[lettre]", &format!("{allowing}\n[lettre]"));
    assert_eq!(fixture.run("build newsletter 1").status, 1);
}

#[test]
fn the_words_of_a_drawing_are_searched_too() {
    let drawing =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><text y=\"20\">Bazuvelle</text></svg>";
    let mut fixture = letter("Un texte.").file("inputs/images/plan.svg", drawing);
    fixture.edit("Articles", "Titre | Texte", "Titre | Texte | Image | Texte de remplacement");
    fixture.edit("Articles", "Un texte.", "Un texte. | images/plan.svg | un plan");
    let run = fixture.run("build newsletter 1");
    assert!(run.status == 1 && run.stderr.contains("nomme « Laiterie Bazuvelle »"), "{}", run.stderr);
}

/// A small photograph with what a camera writes beside it.
fn photograph() -> Vec<u8> {
    let mut exif =
        b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x3b\0\x02\0\0\0\x0c\0\0\0\x26\0\0\0\0"
            .to_vec();
    exif.extend(b"Ada Un Aval\0");
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).expect("a note");
    let pixels: Vec<u8> = (0..60 * 30 * 3).map(|at: u32| (at % 251) as u8).collect();
    encoder.write_image(&pixels, 60, 30, ExtendedColorType::Rgb8).expect("a picture");
    assert!(bytes.windows(11).any(|found| found == b"Ada Un Aval"));
    bytes
}

#[test]
fn nothing_that_a_camera_wrote_leaves_with_a_picture() {
    let mut fixture = letter("Un texte.").file("inputs/images/photo.jpg", photograph());
    fixture.edit("Articles", "Titre | Texte", "Titre | Texte | Image | Texte de remplacement");
    fixture.edit("Articles", "Un texte.", "Un texte. | images/photo.jpg | une vue");
    let run = fixture.succeed("build newsletter 1");
    for file in run.stdout.lines() {
        let bytes = fixture.read(file);
        assert!(!bytes.windows(11).any(|found| found == b"Ada Un Aval"), "{file}");
        if file.ends_with(".pdf") {
            let document = lopdf::Document::load_mem(&bytes).expect("a PDF");
            let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
            let pictures = streams.filter(|stream| {
                stream.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
            });
            for picture in pictures {
                assert!(!picture.content.windows(3).any(|found| found == b"Ada"), "{file}");
            }
        }
    }
}
