//! Which workspace: the one of the current folder or above, else beside the program, else the last one used.

use std::path::{Path, PathBuf};

use crate::files::{self, Workspace, is_workspace};

/// Where the last workspace is remembered, in the user's own folder.
const LAST: &str = "dernier-espace";

/// The workspace that is meant where none is named.
#[must_use]
pub fn find() -> Option<Workspace> {
    let here = std::env::current_dir().ok();
    if is_workspace(Path::new("")) {
        return Some(Workspace::below(Path::new("")));
    }
    let above = here.as_deref().map(Path::ancestors).into_iter().flatten();
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let last = last();
    let mut places = above.chain(beside).chain(last.as_deref());
    places.find(|folder| is_workspace(folder)).map(Workspace::below)
}

/// The folder that is offered for a new workspace: in the user's documents.
#[must_use]
pub fn usual_folder() -> PathBuf {
    let documents = files::own_documents().or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    let folder = documents.join("liasse");
    let numbered = (2..).map(|number| documents.join(format!("liasse-{number}")));
    std::iter::once(folder).chain(numbered).take(100).find(|folder| !is_workspace(folder)).unwrap_or(documents)
}

/// Where copies of the workbooks with their mistakes go: with what is not handed on.
pub(super) fn copies(workspace: &Workspace) -> PathBuf {
    workspace.out.join("interne").join("copies-annotees")
}

/// Notes that a workspace is used. A folder that refuses is no fault of what is done there.
pub(super) fn remember(workspace: &Workspace) {
    let folder = workspace
        .inputs
        .parent()
        .map(|folder| std::path::absolute(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }));
    if let (Some(Ok(folder)), Some(own)) = (folder, files::own_folder())
        && is_workspace(&folder)
    {
        let _ = files::write_private(&own.join(LAST), folder.to_string_lossy().as_bytes());
    }
}

fn last() -> Option<PathBuf> {
    let bytes = files::read(&files::own_folder()?.join(LAST)).ok()??;
    Some(PathBuf::from(String::from_utf8(bytes.to_vec()).ok()?.trim()))
}
