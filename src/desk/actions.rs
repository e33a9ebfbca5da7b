//! What the page may ask for: a closed list. Documents, files and workbooks are named, and looked for among those known.

use std::path::PathBuf;

use super::answers::{self, Answer};
use super::routes::Fields;
use super::state::{Command, Shared};
use super::{home, workspace};
use crate::files;
use crate::pipeline::{Request, State as Standing};

/// Does what a form asks for; nothing when it is none of what may be asked.
pub(super) fn answer(shared: &Shared, action: &str, fields: &Fields, back: &str) -> Option<Answer> {
    match action {
        "fabriquer" => {
            let request = request(shared, fields)?;
            shared.ask(Command::Build(request, false), Some("Fabrication…"));
        }
        "retablir" => {
            let request = request(shared, fields)?;
            // Only what was altered since it was sent is ever forced.
            let is_altered =
                shared.state().standing(request.kind.as_deref()?, request.id.as_deref()?) == Some(Standing::Altered);
            is_altered.then(|| shared.ask(Command::Build(request, true), Some("Rétablissement…")))?;
        }
        "verifier" => shared.ask(Command::Check, Some("Vérification…")),
        "annoter" => shared.ask(Command::Annotate, Some("Copies annotées…")),
        "suivre" => shared.ask(Command::Automatic(fields.get("suivre") == Some("oui")), None),
        "attendre" => {
            let Request { kind: Some(kind), id: Some(id) } = request(shared, fields)? else { return None };
            shared.ask(Command::Await((kind, id)), None);
        }
        "ouvrir" => {
            let path = target(shared, fields)?;
            let shown = files::shown(&path);
            let told = match open::that_detached(&path) {
                Ok(()) => format!("« {shown} » s’ouvre dans votre programme."),
                Err(_) => {
                    format!("Rien ne s’ouvre ici : vous trouverez « {shown} » avec votre explorateur de fichiers.")
                }
            };
            shared.change(|state| state.told = told);
        }
        "creer" => return Some(home::create(shared, fields)),
        "quitter" => return Some(answers::page(200, "adieu.html", &serde_json::json!({}))),
        _ => return None,
    }
    Some(answers::elsewhere(back))
}

/// The documents that a form means: all, those of a kind, or one; only known ones.
fn request(shared: &Shared, fields: &Fields) -> Option<Request> {
    let (kind, id) = (fields.get("genre"), fields.get("document"));
    let state = shared.state();
    let snapshot = state.snapshot.as_ref()?;
    let is_meant =
        |shown| kind.is_none_or(|kind| kind == snapshot.kind(shown)) && id.is_none_or(|id| id == snapshot.id(shown));
    let is_known = kind.is_none() && id.is_none() || kind.is_some() && snapshot.documents.iter().copied().any(is_meant);
    is_known.then(|| Request { kind: kind.map(ToOwned::to_owned), id: id.map(ToOwned::to_owned) })
}

/// What a form wants to be opened: a workbook, a folder, a file of a document.
fn target(shared: &Shared, fields: &Fields) -> Option<PathBuf> {
    let state = shared.state();
    let workspace = state.workspace.clone()?;
    let snapshot = state.snapshot.clone();
    drop(state);
    let path = match fields.get("quoi")? {
        "entrees" => workspace.inputs,
        "resultats" => workspace.out,
        "copies" => workspace::copies(&workspace),
        "classeur" => {
            let wanted = fields.get("fichier")?;
            let snapshot = snapshot?;
            PathBuf::from(snapshot.workbooks().find(|path| *path == wanted)?)
        }
        "dossier" | "fichier" => {
            let snapshot = snapshot?;
            let shown = snapshot.find(fields.get("genre")?, fields.get("document")?)?;
            let (_, known) = snapshot.files(shown).ok()?;
            let file = match fields.get("fichier") {
                Some(wanted) => known.into_iter().find(|file| file.name == wanted)?,
                None => known.into_iter().find(|file| !file.apart && !file.name.contains('/'))?,
            };
            let path = workspace.out.join(file.place);
            if fields.get("quoi") == Some("dossier") { path.parent()?.to_owned() } else { path }
        }
        _ => return None,
    };
    std::path::absolute(path).ok()
}
