//! The only door to the disk: reads the workspace, and writes so that a file is whole or not there.
//!
//! Everything else of the program works on bytes that were handed in. What the files mean is not known here.
#![expect(clippy::disallowed_methods, reason = "this is the door that the lint guards")]

mod hold;
mod lock;
mod publish;
mod text;
mod watch;

#[cfg(test)]
pub(crate) use self::hold::pretended;
pub use self::hold::{Hold, overlong};
pub use self::lock::{Lock, lock};
pub use self::publish::{Change, Records, Written, publish, recover, unfinished};
pub use self::text::text;
pub use self::watch::{Waker, Watcher, is_open_elsewhere, look, open_elsewhere, stamps};

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use self::hold::insist;

use chrono::NaiveDate;

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

impl Workspace {
    /// The workspace whose folders lie in a folder; none is said for the current one.
    #[must_use]
    pub fn below(folder: &Path) -> Self {
        let named = |name: &str| folder.join(name);
        Self { inputs: named("inputs"), templates: named("templates"), out: named("out") }
    }
}

/// Whether a folder holds a workspace.
#[must_use]
pub fn is_workspace(folder: &Path) -> bool {
    folder.join("inputs/territoire.toml").is_file()
}

/// The workspace of the current folder; where that has no inputs, the nearest one above it, by a way that leads up (`../..`).
#[must_use]
pub fn workspace_around() -> Workspace {
    let depth = std::env::current_dir().map(|here| here.ancestors().count()).unwrap_or_default();
    let above = (1..depth).map(|steps| std::iter::repeat_n("..", steps).collect::<PathBuf>());
    let here = PathBuf::new();
    let mut above = above.filter(|_| !Path::new("inputs").is_dir());
    Workspace::below(&above.find(|folder| is_workspace(folder)).unwrap_or(here))
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

impl Refusal {
    /// What keeps the file out of reach and who likely does, when it is another program: trying again may help.
    #[must_use]
    pub fn hold(&self) -> Option<(Hold, String)> {
        hold::hold(&self.error).map(|hold| (hold, hold::likely_holder(Path::new(&self.path))))
    }
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

/// The most bytes of a file that is read: no workbook, picture or record of a person comes near.
const MOST_BYTES: u64 = 512 << 20;

/// A file's bytes; an absent file is `None`.
///
/// # Errors
///
/// When the file is there and the system refuses to read it, or it is larger than any that the program makes or reads.
pub fn read(path: &Path) -> Result<Option<Arc<[u8]>>, Refusal> {
    if stamp(path).is_some_and(|stamp| stamp.size > MOST_BYTES) {
        let reason = format!("plus de {} Mo", MOST_BYTES >> 20);
        return Err(refused("lire", path)(io::Error::new(io::ErrorKind::FileTooLarge, reason)));
    }
    match insist(|| fs::read(path)) {
        Ok(bytes) => Ok(Some(bytes.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused("lire", path)(error)),
    }
}

/// How long a file that is being saved is waited for.
const SETTLING: Duration = Duration::from_millis(500);

/// A file's bytes once they are whole: one that is empty, that somebody writes into right now, or that is gone for a moment
/// while an office program has it open is waited for, half a second at the most.
///
/// # Errors
///
/// As [`read`].
pub fn read_settled(path: &Path) -> Result<Option<Arc<[u8]>>, Refusal> {
    let start = Instant::now();
    loop {
        let before = stamp(path);
        let bytes = read(path)?;
        let is_settled = match &bytes {
            Some(bytes) => !bytes.is_empty() && before == stamp(path),
            None => !is_open_elsewhere(path),
        };
        if is_settled || start.elapsed() > SETTLING {
            return Ok(bytes);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The service that has a file and left only a mark of it on this machine, under another name beside it.
#[must_use]
pub fn kept_elsewhere(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_string_lossy();
    let marks = [
        (format!("{name}.nextcloud"), "Nextcloud"),
        (format!("{name}.owncloud"), "ownCloud"),
        (format!(".{name}.icloud"), "iCloud"),
    ];
    marks.into_iter().find(|(mark, _)| path.with_file_name(mark).is_file()).map(|(_, service)| service)
}

/// What a file looks like from outside: as long as it stays the same, nobody wrote into the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where the system does not tell.
    pub written: u64,
}

/// A file's stamp; nothing when it is not there.
#[must_use]
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let written = written.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX));
    Some(Stamp { size: metadata.len(), written })
}

/// Writes a small file whole: another reader sees the old one or the new one. A power cut may lose it.
///
/// # Errors
///
/// When the disk refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    publish::place(path, bytes, false)
}

/// Where the user's programs keep what is their own, away from any workspace; nothing where the system has no such place.
#[must_use]
pub fn own_folder() -> Option<PathBuf> {
    dirs::config_dir().map(|folder| folder.join("liasse"))
}

/// Where the user keeps documents; nothing where the system has no such place.
#[must_use]
pub fn own_documents() -> Option<PathBuf> {
    dirs::document_dir().or_else(|| dirs::home_dir().map(|home| home.join("Documents")))
}

/// The day on which the program runs, for what a person is reminded of: no document asks for it.
#[must_use]
pub fn today() -> NaiveDate {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    NaiveDate::from_epoch_days(i32::try_from(since).unwrap_or(0)).unwrap_or_default()
}

/// Whether a folder is not there, or has nothing in it.
#[must_use]
pub fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Writes a small file that only its user may read.
///
/// # Errors
///
/// When the disk refuses.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    write(path, bytes)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(refused("protéger", path))?;
    Ok(())
}

/// Takes a file away; one that is not there is no error.
///
/// # Errors
///
/// When the disk refuses.
pub fn remove(path: &Path) -> Result<(), Refusal> {
    match insist(|| fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused("supprimer", path)(error)),
        _ => Ok(()),
    }
}

/// Whether two paths lead to the same folder.
#[must_use]
pub fn same_folder(first: &Path, second: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(first) == real(second)
}

/// Whether a path lies below a folder, or would if it were there.
#[must_use]
pub fn lies_below(path: &Path, folder: &Path) -> bool {
    let real =
        |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned());
    real(path).starts_with(real(folder))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_being_saved_is_read_whole() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("contacts.xlsx");
        let later = |milliseconds, act: Box<dyn FnOnce() + Send>| {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(milliseconds));
                act();
            })
        };
        // Cut to nothing, then filled.
        fs::write(&path, "").expect("written");
        let filled = path.clone();
        let saver = later(60, Box::new(move || fs::write(filled, "whole").expect("written")));
        assert_eq!(read_settled(&path).expect("read").as_deref(), Some(&b"whole"[..]));
        saver.join().expect("saved");
        // Taken away, then put back, by a program that has left its trace.
        fs::remove_file(&path).expect("removed");
        fs::write(folder.path().join("~$contacts.xlsx"), "x").expect("written");
        let back = path.clone();
        let saver = later(60, Box::new(move || fs::write(back, "back").expect("written")));
        assert_eq!(read_settled(&path).expect("read").as_deref(), Some(&b"back"[..]));
        saver.join().expect("saved");
        // Nobody has it open: it is not there, at once.
        let start = Instant::now();
        assert!(read_settled(&folder.path().join("finances.xlsx")).expect("read").is_none());
        assert!(start.elapsed() < SETTLING);
    }

    #[test]
    fn a_mark_beside_a_file_tells_which_service_keeps_it() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for name in ["contacts.xlsx.nextcloud", ".finances.xlsx.icloud"] {
            fs::write(folder.path().join(name), "").expect("written");
        }
        let kept = |name: &str| kept_elsewhere(&folder.path().join(name));
        assert_eq!(kept("contacts.xlsx"), Some("Nextcloud"));
        assert_eq!(kept("finances.xlsx"), Some("iCloud"));
        assert_eq!(kept("evenements.xlsx"), None);
    }
}
