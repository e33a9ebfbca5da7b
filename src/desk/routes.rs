//! Which answer a question gets: pages, pictures and files by names that the state knows; no path comes from outside.

use std::io::Read as _;

use percent_encoding::percent_decode_str;
use tiny_http::{Method, Request};

use super::answers::{self, Answer, refusal};
use super::guard::Verdict;
use super::state::{Command, Shared};
use super::{actions, documents, home, problems};

/// The most bytes of a form.
const MOST_FORM: u64 = 64 << 10;

/// The fields of a form, or of an address behind its question mark.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    fn read(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The value of a field, without spaces around it; nothing when it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }
}

/// Answers a question.
pub(super) fn answer(shared: &Shared, mut request: Request) {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let answer = match shared.guard.judge(&request, query) {
        Verdict::Refused(status) => refusal(status),
        Verdict::Enter => answers::with(answers::elsewhere("/"), "Set-Cookie", &shared.guard.cookie()),
        Verdict::Inside => {
            let steps = path.trim_start_matches('/').split('/').map(|step| percent_decode_str(step).decode_utf8());
            match steps.map(|step| step.map(std::borrow::Cow::into_owned)).collect::<Result<Vec<String>, _>>() {
                Ok(steps) => inside(shared, &mut request, &steps, query),
                Err(_) => refusal(400),
            }
        }
    };
    let is_last = *request.method() == Method::Post && path == "/faire/quitter" && answer.status_code() == 200;
    let _ = request.respond(answer);
    // The farewell is read before the program ends.
    if is_last {
        shared.ask(Command::Quit, None);
    }
}

fn inside(shared: &Shared, request: &mut Request, steps: &[String], query: &str) -> Answer {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    if *request.method() == Method::Post {
        let ["faire", action] = steps.as_slice() else { return refusal(405) };
        let back = back(shared, request);
        return match form(request) {
            Ok(fields) => actions::answer(shared, action, &fields, &back).unwrap_or_else(|| refusal(400)),
            Err(status) => refusal(status),
        };
    }
    let fields = Fields::read(query.as_bytes());
    let known = request.headers().iter().find(|header| header.field.equiv("X-Depuis"));
    if let Some(known) = known.map(|header| header.value.as_str().parse().unwrap_or(0))
        && shared.after(known).is_none()
    {
        return answers::nothing();
    }
    let found = match steps.as_slice() {
        [""] => Some(home::page(shared)),
        ["bureau.css"] => Some(answers::own("text/css; charset=utf-8", include_str!("pages/bureau.css"))),
        ["bureau.js"] => Some(answers::own("text/javascript; charset=utf-8", include_str!("pages/bureau.js"))),
        ["icone.svg"] => Some(answers::own("image/svg+xml", include_str!("pages/icone.svg"))),
        ["problemes"] => Some(problems::page(shared)),
        ["nouveau"] => Some(home::new_workspace(shared)),
        ["document", kind, id] => documents::page(shared, kind, id, None, &fields),
        ["document", kind, id, file] => documents::page(shared, kind, id, Some(file), &fields),
        ["envoi", kind, id] => documents::sending(shared, kind, id),
        ["page", kind, id, file, number] => {
            let number = number.parse().ok();
            number.and_then(|number| documents::picture(shared, kind, id, file, number))
        }
        ["fichier", kind, id, file] => documents::file(shared, kind, id, file, fields.get("telecharger").is_some()),
        ["remise", kind, id, readers] => documents::bundle(shared, kind, id, readers),
        _ => None,
    };
    found.unwrap_or_else(|| refusal(404))
}

/// The page that a form was sent from, where it is one of ours.
fn back(shared: &Shared, request: &Request) -> String {
    let from = request.headers().iter().find(|header| header.field.equiv("Referer"));
    let path = from.and_then(|from| from.value.as_str().strip_prefix(&shared.guard.origin()));
    path.filter(|path| path.starts_with('/') && !path.starts_with("/faire/")).unwrap_or("/").to_owned()
}

/// The fields of a form, or the status of its refusal.
fn form(request: &mut Request) -> Result<Fields, u16> {
    let kind = request.headers().iter().find(|header| header.field.equiv("Content-Type"));
    let is_form = kind.is_some_and(|kind| kind.value.as_str().starts_with("application/x-www-form-urlencoded"));
    if !is_form {
        return Err(415);
    }
    let mut body = Vec::new();
    request.as_reader().take(MOST_FORM + 1).read_to_end(&mut body).map_err(|_| 400_u16)?;
    if body.len() as u64 > MOST_FORM { Err(413) } else { Ok(Fields::read(&body)) }
}
