//! An e-mail message that opens as a draft: text and HTML as alternatives, pictures inside, files attached (RFC 5322, 2045).

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{NaiveDate, NaiveTime};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, MultiPartKind, SinglePart};

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::texts;

/// What a message is made of.
#[derive(Debug)]
pub struct Mail<'a> {
    /// A stable name, before the sender's domain.
    pub identifier: &'a str,
    /// The sender's name.
    pub from_name: &'a str,
    /// The sender's address.
    pub from: &'a str,
    /// The address that it is written to; nothing where its readers stand nowhere in it.
    pub to: Option<&'a str>,
    /// The subject.
    pub subject: &'a str,
    /// The day it carries.
    pub date: NaiveDate,
    /// An address or an https link to leave the list.
    pub unsubscribe: &'a str,
    /// The text.
    pub text: &'a str,
    /// The HTML; it names pictures as `cid:name`.
    pub html: &'a str,
    /// Pictures: name and bytes; JPEG unless the name ends in `.png`.
    pub pictures: Vec<(String, Arc<[u8]>)>,
    /// Files: name and bytes.
    pub attachments: Vec<(String, Arc<[u8]>)>,
}

/// The message as a file that mail programs open.
///
/// What goes to many is addressed to its own sender: recipients never stand in it. `X-Unsent` makes Outlook open it as a draft.
///
/// # Errors
///
/// When an address is not one.
pub fn message(mail: &Mail) -> Result<Vec<u8>, Diagnostic> {
    let address =
        mail.from.parse().map_err(|_| texts::invalid_message("l’adresse de l’expéditeur n’est pas valide"))?;
    let sender = Mailbox::new(Some(mail.from_name.to_owned()), address);
    let reader = mail.to.map(|to| to.parse().map(|address| Mailbox::new(None, address))).transpose();
    let reader = reader.map_err(|_| texts::invalid_message("l’adresse du destinataire n’est pas valide"))?;
    let domain = mail.from.split('@').nth(1).unwrap_or("localhost");
    let seconds = mail.date.and_time(NaiveTime::MIN).and_utc().timestamp();
    let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0));

    let html = SinglePart::html(mail.html.to_owned());
    let shown = if mail.pictures.is_empty() {
        Alternative::Single(html)
    } else {
        let related = part(MultiPartKind::Related, mail.identifier, "images").singlepart(html);
        Alternative::Multi(mail.pictures.iter().fold(related, |related, (name, bytes)| {
            let kind = content_type(if name.ends_with(".png") { "image/png" } else { "image/jpeg" });
            related.singlepart(Attachment::new_inline_with_name(name.clone(), name.clone()).body(bytes.to_vec(), kind))
        }))
    };
    let alternative =
        part(MultiPartKind::Alternative, mail.identifier, "texte").singlepart(SinglePart::plain(mail.text.to_owned()));
    let alternative = match shown {
        Alternative::Single(single) => alternative.singlepart(single),
        Alternative::Multi(multi) => alternative.multipart(multi),
    };
    let body = mail.attachments.iter().fold(
        part(MultiPartKind::Mixed, mail.identifier, "pieces").multipart(alternative),
        |body, (name, bytes)| {
            let kind =
                content_type(if name.ends_with(".pdf") { "application/pdf" } else { "application/octet-stream" });
            body.singlepart(Attachment::new(name.clone()).body(bytes.to_vec(), kind))
        },
    );
    let is_link = mail.unsubscribe.starts_with("https://");
    let unsubscribe = format!("<{}{}>", if is_link { "" } else { "mailto:" }, mail.unsubscribe);
    let message = Message::builder()
        .from(sender.clone())
        .to(reader.unwrap_or(sender))
        .subject(mail.subject)
        .date(date)
        .message_id(Some(format!("<{}@{domain}>", mail.identifier)))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("List-Unsubscribe"), unsubscribe))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Content-Language"), "fr".to_owned()))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Unsent"), "1".to_owned()))
        .multipart(body)
        .map_err(|error| texts::invalid_message(&error.to_string()))?;
    Ok(message.formatted())
}

enum Alternative {
    Single(SinglePart),
    Multi(MultiPart),
}

/// A part with a boundary of our own: the crate's are random, and the same inputs must give the same bytes.
fn part(kind: MultiPartKind, identifier: &str, role: &str) -> lettre::message::MultiPart {
    // A boundary has seventy signs at the most (RFC 2046, 5.1.1).
    let identifier: String = identifier.chars().take(40).collect();
    MultiPart::builder().kind(kind).boundary(format!("=_{identifier}_{role}")).build()
}

fn content_type(text: &'static str) -> ContentType {
    ContentType::parse(text).unwrap_or(ContentType::TEXT_PLAIN)
}
