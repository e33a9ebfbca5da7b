//! The message of a letter, read back by an independent library, and its calendar.

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::fixture::Fixture;

#[test]
fn the_message_opens_with_text_html_pictures_and_the_pdf() {
    let fixture = Fixture::shipped();
    fixture.succeed("build newsletter 14");
    let bytes = fixture.read("out/newsletter/14/lettre-14.eml");
    let message = MessageParser::default().parse(&bytes).expect("a message");
    assert_eq!(message.subject(), Some("53 projets soutenus, un partenariat qui repart, douze appels ouverts"));
    assert_eq!(
        message.from().and_then(|from| from.first()).and_then(|from| from.address()),
        Some("lettre@example.org")
    );
    assert_eq!(message.date().map(mail_parser::DateTime::to_rfc3339).as_deref(), Some("2022-09-15T00:00:00Z"));
    assert_eq!(message.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert!(message.header_raw("List-Unsubscribe").expect("a way out").contains("lettre@example.org"));
    let text = message.body_text(0).expect("a text");
    assert!(text.contains("53 projets soutenus"), "{text}");
    let html = message.body_html(0).expect("HTML");
    for cid in html.split("src=\"cid:").skip(1).map(|rest| rest.split('"').next().expect("a name")) {
        let found = message.parts.iter().any(|part| part.content_id() == Some(cid));
        assert!(found, "no part is called {cid}");
    }
    let pdf = message.attachments().find(|part| part.attachment_name() == Some("lettre-14.pdf")).expect("the PDF");
    assert_eq!(pdf.contents(), fixture.read("out/newsletter/14/lettre-14.pdf"));
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 999), "a line is longer than RFC 5322 allows");
}

#[test]
fn the_calendar_has_hours_of_paris_whole_days_and_what_is_cancelled() {
    let fixture = Fixture::small().table(
        "Agenda",
        "Date | Heure | Date de fin | Heure de fin | Intitulé | Type | Lieu | Dans la lettre | Annulé
         20/01/2022 | 9 h | | 11 h 30 | Un atelier, avec des virgules ; et le reste | Atelier | Aval | oui |
         21/01/2022 | | 23/01/2022 | | Salon | Salon | Aval | oui |
         24/01/2022 | 18 h 30 | | | Réunion | COTECH | | oui | oui
         25/01/2022 | 18 h 30 | | | Interne | COTECH | | non | ",
    );
    fixture.succeed("build newsletter 1");
    let calendar = fixture.text("out/newsletter/1/agenda.ics");
    for expected in [
        "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n",
        "DTSTART;TZID=Europe/Paris:20220120T090000",
        "DTEND;TZID=Europe/Paris:20220120T113000",
        "DTSTART;VALUE=DATE:20220121",
        "DTEND;VALUE=DATE:20220124",
        "STATUS:CANCELLED",
        "SUMMARY:Un atelier\\, avec des virgules \\; et le reste",
        "DTSTAMP:20220115T000000Z",
    ] {
        assert!(calendar.contains(expected), "{expected} in {calendar}");
    }
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
    assert!(!calendar.contains("Interne"));
}
