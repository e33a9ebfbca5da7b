//! The answers: the state as data, the sizes of pages, their pictures, the files.

use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, Standing, Standings, State, Told, lasting, page};
use crate::diagnostics::render_json;
use crate::files;
use crate::pipeline::{Shown, ShownFile, Snapshot};

/// The state of everything that the page shows.
pub(super) fn state(state: &State) -> Answer {
    let documents = state.snapshot.iter().flat_map(|snapshot| {
        let numbered = snapshot.documents.iter().enumerate();
        numbered.map(|(number, document)| listed(snapshot, number, document, state.told.as_ref()))
    });
    data(&json!({
        "version": state.version,
        "en_cours": state.working,
        "attente": state.waiting,
        "bilan": state.told.as_ref().map(|told| &told.summary),
        "problemes": state.told.as_ref().map(|told| &told.problems),
        "documents": documents.collect::<Vec<_>>(),
    }))
}

fn listed(snapshot: &Snapshot, number: usize, document: &Shown, told: Option<&Told>) -> Value {
    let (kind, id) = (snapshot.kind(document), snapshot.id(document));
    let is_it = |(known, name, ..): &&Standings| *known == kind && name == id;
    let standing = told.and_then(|told| told.documents.iter().find(is_it));
    let state = match standing {
        Some((_, _, state, _)) => state.name(),
        None if told.is_some_and(|told| told.is_failed) => Standing::Failed.name(),
        None => "",
    };
    json!({
        "numero": number,
        "genre": kind,
        "libelle": snapshot.label(document),
        "document": id,
        "etat": state,
        "remarques": standing.map(|(_, _, _, problems)| problems),
    })
}

/// A document's title and files, or what keeps it from being made.
pub(super) fn document(snapshot: &Snapshot, document: &Shown) -> Answer {
    data(&match snapshot.files(document) {
        Ok((title, files)) => {
            let file = |(number, file): (usize, &ShownFile)| json!({ "numero": number, "nom": file.name, "pages": file.paged, "version": file.version });
            json!({ "titre": title, "fichiers": files.iter().enumerate().map(file).collect::<Vec<_>>(), "erreurs": [] })
        }
        Err(problems) => json!({ "titre": snapshot.id(document), "fichiers": [], "erreurs": render_json(&problems) }),
    })
}

/// The sizes of a file's pages in points, or what is wrong with it.
pub(super) fn pages(snapshot: &Snapshot, document: &Shown, file: &ShownFile) -> Option<Answer> {
    let answer = match &*snapshot.screen(document, &file.name)? {
        Ok(screen) => json!({ "pages": screen.sizes() }),
        Err(problems) => json!({ "erreurs": render_json(problems) }),
    };
    Some(data(&answer))
}

/// A page as a picture.
pub(super) fn picture(snapshot: &Snapshot, document: &Shown, name: &str, number: usize) -> Option<Answer> {
    let screen = snapshot.screen(document, name)?;
    let picture = screen.as_ref().as_ref().ok()?.picture(number)?;
    Some(lasting("image/png", &picture))
}

/// A finished file, as a browser can open it.
pub(super) fn file(path: &Path) -> Option<Answer> {
    let bytes = files::read(path).ok().flatten()?;
    let kind = match path.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => "application/pdf",
        Some("html") => "text/html; charset=utf-8",
        Some("txt" | "csv" | "ics" | "eml") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") => "text/xml; charset=iso-8859-1",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    Some(page(kind, &bytes))
}

fn data(value: &Value) -> Answer {
    page("application/json", value.to_string().as_bytes())
}
