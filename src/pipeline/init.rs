//! A new workspace: workbooks to fill in, settings with their comments, templates, guides.

use std::path::Path;

use crate::diagnostics::messages::commands;
use crate::diagnostics::{Diagnostic, catalogue_page};
use crate::files::{self, Change};
use crate::intake::{self, Sources, WORKBOOKS};
use crate::render::blank::{self, Guidance};
use crate::templates::Templates;

/// The settings of a new workspace.
const SETTINGS: &str = include_str!("territoire.toml");

/// Writes a new workspace into a folder, all of it or nothing, and tells the files.
///
/// # Errors
///
/// When a file of that name is there already, or the disk refuses.
pub fn init(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    let written = workspace()?;
    let there = written.iter().find(|(name, _)| files::stamp(&folder.join(name)).is_some());
    if let Some((name, _)) = there {
        return Err(commands::existing_file(&files::shown(&folder.join(name))));
    }
    let shown = written.iter().map(|(name, _)| files::shown(&folder.join(name))).collect();
    let writes = written.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    let change = Change { name: "init".to_owned(), writes, ..Change::default() };
    let journals = folder.join("out/.liasse/journal");
    files::publish(folder, &journals, &change, Box::new(|_| Vec::new())).map_err(|refusal| super::refused(&refusal))?;
    Ok(shown)
}

/// The files of a new workspace.
fn workspace() -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let settings = ("inputs/territoire.toml".to_owned(), Some(SETTINGS.to_owned()));
    let sources =
        Sources { settings, workbooks: Vec::new(), map: (String::new(), None), image: &|_| None, has_glyph: &|_| true };
    let themes = intake::read(&sources).model.territory.themes.clone();
    let guidance = Guidance { themes: &themes, explain: &intake::explained };
    let mut written = Vec::new();
    for workbook in WORKBOOKS {
        let bytes = blank::file(workbook, &guidance).map_err(|reason| commands::internal_error(&reason))?;
        written.push((format!("inputs/{}.xlsx", workbook.stem), bytes));
    }
    written.push(("inputs/territoire.toml".to_owned(), SETTINGS.as_bytes().to_vec()));
    written.push(("inputs/LISEZMOI.md".to_owned(), intake::guide().into_bytes()));
    written.push(("inputs/MESSAGES.md".to_owned(), catalogue_page().into_bytes()));
    written.extend(Templates::shipped().map(|(name, bytes)| (format!("templates/{name}"), bytes.to_vec())));
    Ok(written)
}
