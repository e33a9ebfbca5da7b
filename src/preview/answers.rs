//! The answers: the state as data, the sizes of pages, their pictures, the files.

use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, State, Told, page};
use crate::diagnostics::render_json;
use crate::files;
use crate::pipeline::{Fate, Shown, Snapshot};

/// The state of everything that the page shows.
pub(super) fn state(state: &State) -> Answer {
    let shown = state.snapshot.iter().flat_map(|snapshot| &snapshot.documents);
    let documents: Vec<Value> = shown.enumerate().map(|(index, it)| document(index, it, state.told.as_ref())).collect();
    let problems = state.snapshot.as_ref().map(|snapshot| render_json(&snapshot.problems));
    data(&json!({
        "version": state.version,
        "en_cours": state.working,
        "attente": state.waiting,
        "bilan": state.told.as_ref().map(|told| &told.summary),
        "messages": state.told.as_ref().map(|told| &told.problems),
        "problemes": problems,
        "documents": documents,
    }))
}

fn document(index: usize, document: &Shown, told: Option<&Told>) -> Value {
    let fate =
        told.and_then(|told| told.fates.iter().find(|(kind, id, ..)| *kind == document.kind && *id == document.id));
    let state = match fate.map(|(_, _, fate, _)| fate) {
        _ if !document.problems.is_empty() => "bloqué",
        None | Some(Fate::Skipped) => "",
        Some(Fate::Failed) => "en échec",
        Some(Fate::Written) => "refait",
        Some(Fate::Same | Fate::UpToDate) => "à jour",
    };

    let files: Vec<Value> = document
        .files
        .iter()
        .enumerate()
        .map(
            |(file, (name, paged, version))| json!({ "numero": file, "nom": name, "pages": paged, "version": version }),
        )
        .collect();
    json!({
        "numero": index,
        "genre": document.kind,
        "libelle": Snapshot::label(document.kind),
        "document": document.id,
        "titre": document.title,
        "fichiers": files,
        "etat": state,
        "erreurs": render_json(&document.problems),
        "remarques": fate.map(|(_, _, _, problems)| problems),
    })
}

/// The sizes of a file's pages in points, or what is wrong with it.
pub(super) fn pages(snapshot: &Snapshot, kind: &str, id: &str, name: &str) -> Option<Answer> {
    let answer = match &*snapshot.screen(kind, id, name)? {
        Ok(screen) => json!({ "pages": screen.sizes() }),
        Err(problems) => json!({ "erreurs": render_json(problems) }),
    };
    Some(data(&answer))
}

/// A page as a picture.
pub(super) fn picture(snapshot: &Snapshot, kind: &str, id: &str, name: &str, number: usize) -> Option<Answer> {
    let screen = snapshot.screen(kind, id, name)?;
    let picture = screen.as_ref().as_ref().ok()?.picture(number)?;
    Some(page("image/png", &picture))
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
