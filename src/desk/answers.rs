//! Answers: pages from their templates, pictures, files; what a browser may do with each.

use std::io::Cursor;
use std::sync::OnceLock;

use minijinja::value::Serde;
use minijinja::{Environment, Value as Data};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tiny_http::{Header, Response};

/// An answer to a question.
pub(super) type Answer = Response<Cursor<Vec<u8>>>;

/// What the desk's own pages may do: nothing but what comes from here.
const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a finished file that is shown inside a page may do: be looked at.
const SHOWN: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/// The pages, each with its template.
const PAGES: &[(&str, &str)] = &[
    ("cadre.html", include_str!("pages/cadre.html")),
    ("boutons.html", include_str!("pages/boutons.html")),
    ("accueil.html", include_str!("pages/accueil.html")),
    ("document.html", include_str!("pages/document.html")),
    ("envoi.html", include_str!("pages/envoi.html")),
    ("problemes.html", include_str!("pages/problemes.html")),
    ("probleme.html", include_str!("pages/probleme.html")),
    ("nouveau.html", include_str!("pages/nouveau.html")),
    ("adieu.html", include_str!("pages/adieu.html")),
    ("refus.html", include_str!("pages/refus.html")),
];

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        for (name, source) in PAGES {
            // The tests ask for every page: one that does not parse is found there.
            let _ = environment.add_template(name, source);
        }
        environment
    })
}

/// A page of the desk.
pub(super) fn page(status: u16, name: &str, data: &Value) -> Answer {
    let template = environment().get_template(name);
    match template.and_then(|template| template.render(Data::from(Serde(data)))) {
        Ok(text) => answer(status, "text/html; charset=utf-8", "no-store", STRICT, text.into_bytes()),
        Err(error) => answer(500, "text/plain; charset=utf-8", "no-store", STRICT, error.to_string().into_bytes()),
    }
}

/// A refusal in words.
pub(super) fn refusal(status: u16) -> Answer {
    let (title, text) = match status {
        403 => (
            "Accès refusé",
            "Cette page ne s’ouvre qu’avec l’adresse que liasse a affichée en démarrant. Revenez à la fenêtre de liasse et \
             ouvrez cette adresse, ou relancez liasse.",
        ),
        404 => ("Page introuvable", "Cette page n’existe pas, ou plus : le document n’est peut-être plus annoncé."),
        405 => ("Demande refusée", "Cette demande n’est pas de celles que le bureau accepte."),
        _ => ("Demande refusée", "La demande est mal formée."),
    };
    page(status, "refus.html", &serde_json::json!({ "titre": title, "texte": text, "dedans": status != 403 }))
}

/// A file of the page itself.
pub(super) fn own(kind: &str, text: &str) -> Answer {
    answer(200, kind, "no-store", STRICT, text.as_bytes().to_vec())
}

/// Nothing new.
pub(super) fn nothing() -> Answer {
    answer(204, "text/plain", "no-store", STRICT, Vec::new())
}

/// Another page, to be asked for.
pub(super) fn elsewhere(place: &str) -> Answer {
    let answer = answer(303, "text/plain", "no-store", STRICT, Vec::new());
    with(answer, "Location", place)
}

/// A picture that stands for good: its address names a version.
pub(super) fn picture(bytes: Vec<u8>) -> Answer {
    answer(200, "image/png", "private, max-age=3600, immutable", STRICT, bytes)
}

/// A finished file, as a browser can show it inside a page; what it cannot show is downloaded.
pub(super) fn file(name: &str, bytes: Vec<u8>, wanted: bool) -> Answer {
    let kind = match name.rsplit('.').next().unwrap_or_default() {
        "pdf" => "application/pdf",
        "html" => "text/html; charset=utf-8",
        "txt" | "csv" | "ics" | "eml" | "json" => "text/plain; charset=utf-8",
        "xml" => "text/plain; charset=iso-8859-1",
        "png" => "image/png",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    };
    let answer = answer(200, kind, "no-store", SHOWN, bytes);
    let short = name.rsplit('/').next().unwrap_or_default();
    let way = if wanted { "attachment" } else { "inline" };
    with(answer, "Content-Disposition", &format!("{way}; filename*=UTF-8''{}", step(short)))
}

/// The answer with one more line in its head.
pub(super) fn with(answer: Answer, name: &str, value: &str) -> Answer {
    match Header::from_bytes(name, value) {
        Ok(header) => answer.with_header(header),
        Err(()) => answer,
    }
}

fn answer(status: u16, kind: &str, cache: &str, policy: &str, bytes: Vec<u8>) -> Answer {
    let head = [
        ("Content-Type", kind),
        ("Cache-Control", cache),
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    let answer = Response::from_data(bytes).with_status_code(status);
    head.into_iter().fold(answer, |answer, (name, value)| with(answer, name, value))
}

/// A step of an address.
pub(super) fn step(text: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');
    utf8_percent_encode(text, KEPT).to_string()
}
