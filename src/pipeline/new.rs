//! A first template for a document of one's own: a family's, or a shipped one under another name.

use std::fmt::Write as _;

use super::catalogue;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::files::{self, Change, Workspace};
use crate::own;
use crate::templates::Templates;
use crate::wording::nearest;

/// Writes `templates/<kind>/<kind>.md.j2` from a family or from a kind that a template declares, and tells the file. The name
/// of a template of the program, `annexes/note.typ`, gives that one, to be changed.
///
/// # Errors
///
/// When the name is taken or cannot name a kind, when there is nothing of that name to start from, or the disk refuses.
pub fn new(workspace: &Workspace, kind: &str, from: &str) -> Result<String, Diagnostic> {
    let templates = Templates::load(&[&workspace.templates, &workspace.inputs.join("textes")])
        .map_err(|refusal| super::refused(&refusal))?;
    if let Some((name, bytes)) = Templates::shipped().find(|(name, _)| *name == kind) {
        return write(workspace, name, bytes.to_vec());
    }
    let taken = catalogue::titles(&templates).into_iter().any(|(name, _)| name == kind);
    if taken || crate::documents::kind_name(kind) != kind {
        return Err(commands::improper_kind(kind, "un genre s’appelle déjà ainsi"));
    }
    if let Some(reason) = own::is_no_name(kind) {
        return Err(commands::improper_kind(kind, reason));
    }
    let family = format!("familles/modeles/{from}.md.j2");
    let declared = || templates.names().find(|name| own::declares(&templates, name, from)).map(ToOwned::to_owned);
    let Some(template) = templates.get(&family).map(|_| family).or_else(declared) else {
        let mut known: Vec<String> = own::families().map(ToOwned::to_owned).collect();
        known.extend(own::titles(&templates).into_iter().map(|(name, _)| name));
        let name = crate::documents::kind_name(from);
        let fault = match crate::documents::KINDS.iter().find(|kind| kind.name == name) {
            Some(kind) => return Err(commands::no_start(from, kind.label, &known.join(", "))),
            None => commands::unknown_start(from, &known.join(", ")),
        };
        return Err(match nearest(from, known.iter().map(String::as_str)) {
            Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
            None => fault,
        });
    };
    let text = templates.get(&template).map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).unwrap_or_default();
    write(workspace, &format!("{kind}/{kind}.md.j2"), renamed(&text, kind).into_bytes())
}

/// Writes a template where there is none of its name, and tells the file.
fn write(workspace: &Workspace, name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let path = workspace.templates.join(name);
    if files::stamp(&path).is_some() {
        return Err(commands::existing_file(&files::shown(&path)));
    }
    let change = Change { name: "new".to_owned(), writes: vec![(name.to_owned(), bytes.into())], ..Change::default() };
    let journals = workspace.out.join(".liasse/journal");
    files::publish(&workspace.templates, &journals, &change, Box::new(|_| Vec::new()))
        .map_err(|refusal| super::refused(&refusal))?;
    Ok(files::shown(&path))
}

/// A template under another name of its kind.
fn renamed(text: &str, kind: &str) -> String {
    let mut renamed = String::with_capacity(text.len());
    let mut done = false;
    for line in text.lines() {
        if !done && line.starts_with("genre") && line.contains('=') {
            let _ = writeln!(renamed, "genre    = \"{kind}\"");
            done = true;
        } else {
            let _ = writeln!(renamed, "{line}");
        }
    }
    renamed
}
