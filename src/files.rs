//! The only door to the disk: reads the workspace, and writes so that a file is whole or not there.
//!
//! Everything else of the program works on bytes that were handed in. What the files mean is not known here.
#![expect(clippy::disallowed_methods, reason = "this is the door that the lint guards")]

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

/// Where a workspace keeps its inputs, its templates and its results.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// Workbooks, settings and pictures.
    pub inputs: PathBuf,
    /// Templates that win over the built-in ones.
    pub templates: PathBuf,
    /// Results.
    pub out: PathBuf,
}

/// A refusal of the disk: what was tried, on what, and why.
#[derive(Debug)]
pub struct Refusal {
    /// What was tried, as an infinitive: « écrire ».
    pub action: &'static str,
    /// On what.
    pub path: String,
    /// The system's reason.
    pub error: io::Error,
}

/// A path as messages show it: with forward slashes, as the user gave it.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn refused(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Refusal {
    let path = shown(path);
    move |error| Refusal { action, path, error }
}

/// A file's bytes; an absent file is `None`.
///
/// # Errors
///
/// When the file is there and the system refuses to read it.
pub fn read(path: &Path) -> Result<Option<Arc<[u8]>>, Refusal> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused("lire", path)(error)),
    }
}

/// Whether a path is a file.
#[must_use]
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The files below a folder, as paths relative to it with forward slashes, sorted. An absent folder has none; hidden
/// files and the traces that office programs leave (`~$x.xlsx`, `.~lock.x#`) are left out.
///
/// # Errors
///
/// When a folder is there and cannot be listed.
pub fn list(folder: &Path) -> Result<Vec<String>, Refusal> {
    fn visit(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Refusal> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(refused("parcourir", folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(refused("parcourir", folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(['.', '~']) {
                continue;
            }
            let relative = format!("{prefix}{name}");
            if entry.path().is_dir() {
                visit(&entry.path(), &format!("{relative}/"), found)?;
            } else {
                found.push(relative);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    visit(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// Publishes files into a folder: all are complete beside their targets before the first replaces anything.
///
/// # Errors
///
/// When the disk refuses; the temporary files are taken away and the previous files are as they were.
pub fn publish(folder: &Path, files: &[(String, Arc<[u8]>)]) -> Result<(), Refusal> {
    let mut staged: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    for (name, bytes) in files {
        let target = folder.join(name);
        let parent = target.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(refused("créer le dossier", parent))?;
        let mut file = temporary(parent).map_err(refused("écrire dans", parent))?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(refused("écrire", &target))?;
        staged.push((file, target));
    }
    for (file, target) in staged {
        file.persist(&target).map_err(|error| refused("remplacer", &target)(error.error))?;
    }
    Ok(())
}

/// A hidden file in a folder, with the rights that any new file has there.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".liasse-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
