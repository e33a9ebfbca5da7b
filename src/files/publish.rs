//! A change of several files that happens whole or not at all.
//!
//! No file system swaps several files at once. So all new files are first written beside their targets and flushed; then
//! a journal of what is left to do is written: from that moment the change is decided, and the next run finishes it
//! should this one be killed. Before that moment the previous files are as they were.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::hold::insist;
use super::{Refusal, Stamp, refused};

/// How files that are not yet in their place are called: hidden, and ours.
const PREFIX: &str = ".liasse-";

/// The right to write into a file, by its number.
#[cfg(windows)]
const GENERIC_WRITE: u32 = 0x4000_0000;
/// The right to take a file away or to put another in its place.
#[cfg(windows)]
const DELETE: u32 = 0x0001_0000;

/// A change of files below one folder. Paths are relative to it, with forward slashes.
#[derive(Debug, Default)]
pub struct Change {
    /// The change's name: two of the same name never happen at once.
    pub name: String,
    /// Files to write, with their bytes.
    pub writes: Vec<(String, Arc<[u8]>)>,
    /// Files that are kept under another name before they are replaced.
    pub backups: Vec<(String, String)>,
    /// Files to take away.
    pub removals: Vec<String>,
}

/// What is left to do of a change that is decided.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    /// Files in waiting and their places.
    placer: Vec<(String, String)>,
    /// Files to take away.
    retirer: Vec<String>,
}

/// What stands beside a change's files in its record, once it is known when each was written.
pub type Records<'r> = dyn FnOnce(&dyn Fn(&str) -> Option<Stamp>) -> Vec<Written> + 'r;

/// A file of a record: its name, its bytes, and whether it must last over a power cut.
pub type Written = (String, Vec<u8>, bool);

/// Makes a change happen below `root`, its records with it; its journal stands in `journals`.
///
/// # Errors
///
/// When the disk refuses. Before the change is decided, the previous files are as they were; afterwards, [`recover`]
/// finishes it.
pub fn publish(root: &Path, journals: &Path, change: &Change, records: Box<Records>) -> Result<(), Refusal> {
    let mut waiting: Vec<(NamedTempFile, String)> = Vec::new();
    for (name, bytes) in &change.writes {
        let target = root.join(name);
        check_replaceable(&target)?;
        waiting.push((stage(&target, bytes, true)?, name.clone()));
    }
    // A file keeps its time when it is put into its place.
    let stamp =
        |name: &str| waiting.iter().find(|(_, known)| known == name).and_then(|(file, _)| super::stamp(file.path()));
    for (name, bytes, flushed) in records(&stamp) {
        waiting.push((stage(&root.join(&name), &bytes, flushed)?, name));
    }
    for (name, backup) in &change.backups {
        let (from, to) = (root.join(name), root.join(backup));
        insist(|| fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)))
            .map_err(refused("garder", &from))?;
    }
    // A file waits in the folder of its target.
    let beside = |file: &NamedTempFile, target: &str| {
        let name = file.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        target.rsplit_once('/').map_or(name.clone(), |(folder, _)| format!("{folder}/{name}"))
    };
    let journal = Journal {
        placer: waiting.iter().map(|(file, target)| (beside(file, target), target.clone())).collect(),
        retirer: change.removals.clone(),
    };
    let path = journal_of(journals, &change.name);
    // Decided: from here on the files in waiting are no longer ours to drop.
    for (file, _) in waiting {
        keep(file)?;
    }
    place(&path, &serde_json::to_vec(&journal).unwrap_or_default(), true)?;
    finish(root, &path, &journal)
}

/// Finishes the change of this name if it was decided and not finished, and takes away what an undecided one left.
/// Whether there was something to finish.
///
/// # Errors
///
/// When the disk refuses.
pub fn recover(root: &Path, journals: &Path, name: &str) -> Result<bool, Refusal> {
    let path = journal_of(journals, name);
    let journal: Option<Journal> = match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).ok(),
        Err(_) => None,
    };
    if let Some(journal) = &journal {
        finish(root, &path, journal)?;
    }
    sweep(&root.join(name));
    Ok(journal.is_some())
}

/// The names of the changes that were decided and not finished.
#[must_use]
pub fn unfinished(journals: &Path) -> Vec<String> {
    let entries = fs::read_dir(journals).into_iter().flatten().filter_map(Result::ok);
    let names =
        entries.filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".json").map(ToOwned::to_owned));
    names.map(|name| name.replacen("--", "/", 1)).collect()
}

fn journal_of(journals: &Path, name: &str) -> PathBuf {
    journals.join(format!("{}.json", name.replacen('/', "--", 1)))
}

/// Puts what waits into its place: what is there already was done by a run that was killed.
fn finish(root: &Path, journal_path: &Path, journal: &Journal) -> Result<(), Refusal> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for (from, to) in &journal.placer {
        let (from, to) = (root.join(from), root.join(to));
        match insist(|| fs::rename(&from, &to)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound && !from.exists() => {}
            Err(error) => return Err(refused("remplacer", &to)(error)),
        }
        folders.extend(to.parent().map(Path::to_owned));
    }
    for name in &journal.retirer {
        super::remove(&root.join(name))?;
    }
    folders.dedup();
    for folder in folders {
        flush_folder(&folder);
    }
    super::remove(journal_path)
}

/// Whether a file can be replaced: one that another program holds, or that is protected, cannot.
fn check_replaceable(target: &Path) -> Result<(), Refusal> {
    let mut options = File::options();
    options.write(true);
    // A program that shows a file may let others write into it, but not take it away: both are asked for.
    #[cfg(windows)]
    std::os::windows::fs::OpenOptionsExt::access_mode(&mut options, GENERIC_WRITE | DELETE);
    match insist(|| options.open(target)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused("remplacer", target)(error)),
        _ => Ok(()),
    }
}

fn stage(target: &Path, bytes: &[u8], flushed: bool) -> Result<NamedTempFile, Refusal> {
    let parent = target.parent().unwrap_or(target);
    fs::create_dir_all(parent).map_err(refused("créer le dossier", parent))?;
    let mut file = insist(|| temporary(parent)).map_err(refused("écrire dans", parent))?;
    let flush = |file: &File| if flushed { file.sync_all() } else { Ok(()) };
    file.write_all(bytes).and_then(|()| flush(file.as_file())).map_err(refused("écrire", target))?;
    Ok(file)
}

/// Writes one file whole, and over a power cut where it must be.
pub(super) fn place(path: &Path, bytes: &[u8], flushed: bool) -> Result<(), Refusal> {
    let file = keep(stage(path, bytes, flushed)?)?;
    if let Err(error) = insist(|| fs::rename(&file, path)) {
        let _ = fs::remove_file(&file);
        return Err(refused("remplacer", path)(error));
    }
    if flushed {
        path.parent().map(flush_folder);
    }
    Ok(())
}

/// Closes a file in waiting, which from now on nobody drops.
fn keep(file: NamedTempFile) -> Result<PathBuf, Refusal> {
    let path = file.path().to_owned();
    file.keep().map(|(_, path)| path).map_err(|error| refused("écrire", &path)(error.error))
}

/// From how many characters on Windows wants a path written out, with a prefix that says so.
const LONG_PATH: usize = 200;

/// A whole Windows path as the system takes it at any length; nothing where it does as it is.
fn verbatim(whole: &str) -> Option<String> {
    let is_long = whole.chars().count() >= LONG_PATH && !whole.starts_with(r"\\?\");
    is_long.then(|| match whole.strip_prefix(r"\\") {
        Some(share) => format!(r"\\?\UNC\{share}"),
        None => format!(r"\\?\{whole}"),
    })
}

/// A hidden file in a folder, with the rights that any new file has there.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    // The standard library writes long paths out by itself, the library of temporary files does not.
    let whole = if cfg!(windows) { std::path::absolute(folder).ok() } else { None };
    let written_out = whole.and_then(|whole| verbatim(&whole.to_string_lossy())).map(PathBuf::from);
    let folder = written_out.as_deref().unwrap_or(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Takes away the files that a killed run left in waiting.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sweep(&path);
        } else if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Asks the system to keep a folder's names over a power cut, where it can be asked.
fn flush_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::super::hold::{Hold, pretended};
    use super::*;

    fn change(writes: &[(&str, &str)]) -> Change {
        Change {
            name: "newsletter/14".into(),
            writes: writes.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().into())).collect(),
            ..Change::default()
        }
    }

    #[test]
    fn a_result_that_another_program_holds_for_a_moment_is_replaced_all_the_same() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (root, journals) = (folder.path(), folder.path().join(".liasse/journal"));
        let alone = |change: &Change| publish(root, &journals, change, Box::new(|_| Vec::new()));
        alone(&change(&[("d/a.pdf", "1"), ("d/b.pdf", "1")])).expect("published");
        pretended::refuse(&[32, 5, 32]);
        alone(&change(&[("d/a.pdf", "2"), ("d/b.pdf", "2")])).expect("published");
        assert_eq!((text(root, "d/a.pdf").as_deref(), pretended::left()), (Some("2"), 0));
        // Held for good: the refusal says by whom, and both files are as they were.
        pretended::refuse(&[32; 5]);
        let refusal = alone(&change(&[("d/a.pdf", "3"), ("d/b.pdf", "3")])).expect_err("held");
        assert_eq!(refusal.hold(), Some((Hold::Held, "Acrobat ou le navigateur".to_owned())));
        assert_eq!(text(root, "d/a.pdf").as_deref(), Some("2"));
        assert_eq!(text(root, "d/b.pdf").as_deref(), Some("2"));
    }

    #[test]
    fn long_paths_are_written_out_on_a_disk_and_on_a_share() {
        let deep = "dossier\\".repeat(30);
        assert_eq!(verbatim(r"C:\Users\liasse"), None);
        assert_eq!(verbatim(&format!(r"C:\{deep}")), Some(format!(r"\\?\C:\{deep}")));
        assert_eq!(verbatim(&format!(r"\\serveur\{deep}")), Some(format!(r"\\?\UNC\serveur\{deep}")));
        assert_eq!(verbatim(&format!(r"\\?\C:\{deep}")), None);
    }

    fn text(root: &Path, name: &str) -> Option<String> {
        fs::read_to_string(root.join(name)).ok()
    }

    #[test]
    fn a_change_writes_keeps_and_takes_away() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (root, journals) = (folder.path(), folder.path().join(".liasse/journal"));
        let alone = |change: &Change| publish(root, &journals, change, Box::new(|_| Vec::new()));
        alone(&change(&[("newsletter/14/a", "1"), ("newsletter/14/b", "1")])).expect("published");
        let second = Change {
            backups: vec![("newsletter/14/a".into(), "newsletter/14/a.bak".into())],
            removals: vec!["newsletter/14/b".into()],
            ..change(&[("newsletter/14/a", "2")])
        };
        publish(
            root,
            &journals,
            &second,
            Box::new(|stamp| {
                let size = stamp("newsletter/14/a").map(|stamp| stamp.size).unwrap_or_default();
                vec![("record".into(), size.to_string().into_bytes(), false)]
            }),
        )
        .expect("published");
        assert_eq!(text(root, "record").as_deref(), Some("1"));
        assert_eq!(text(root, "newsletter/14/a").as_deref(), Some("2"));
        assert_eq!(text(root, "newsletter/14/a.bak").as_deref(), Some("1"));
        assert_eq!(text(root, "newsletter/14/b"), None);
        assert_eq!(unfinished(&journals), Vec::<String>::new());
    }

    #[test]
    fn a_decided_change_is_finished_and_an_undecided_one_leaves_nothing() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (root, journals) = (folder.path(), folder.path().join(".liasse/journal"));
        let first = change(&[("newsletter/14/a", "1"), ("newsletter/14/b", "1")]);
        publish(root, &journals, &first, Box::new(|_| Vec::new())).expect("published");
        // A run was killed when one of two files was in its place.
        fs::write(root.join("newsletter/14/a"), "2").expect("written");
        fs::write(root.join("newsletter/14/.liasse-x"), "2").expect("written");
        fs::write(root.join("newsletter/14/.liasse-y"), "never decided").expect("written");
        let journal = r#"{"placer": [["newsletter/14/.liasse-gone", "newsletter/14/a"], ["newsletter/14/.liasse-x", "newsletter/14/b"]], "retirer": []}"#;
        place(&journals.join("newsletter--14.json"), journal.as_bytes(), false).expect("written");
        assert_eq!(unfinished(&journals), ["newsletter/14"]);
        assert!(recover(root, &journals, "newsletter/14").expect("recovered"));
        assert_eq!(text(root, "newsletter/14/a").as_deref(), Some("2"));
        assert_eq!(text(root, "newsletter/14/b").as_deref(), Some("2"));
        let mut left: Vec<_> = fs::read_dir(root.join("newsletter/14"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["a", "b"]);
        assert!(!recover(root, &journals, "newsletter/14").expect("nothing to do"));
    }

    #[cfg(unix)]
    #[test]
    fn a_protected_file_stops_the_change_before_anything_happens() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::TempDir::new().expect("a folder");
        let (root, journals) = (folder.path(), folder.path().join(".liasse/journal"));
        let nothing = || Box::new(|_: &dyn Fn(&str) -> Option<Stamp>| Vec::new());
        publish(root, &journals, &change(&[("d/a", "1"), ("d/b", "1")]), nothing()).expect("published");
        // A folder in place of a file refuses everybody, even the administrator.
        fs::remove_file(root.join("d/b")).expect("removed");
        fs::create_dir(root.join("d/b")).expect("a folder");
        let refusal = publish(root, &journals, &change(&[("d/a", "2"), ("d/b", "2")]), nothing()).expect_err("refused");
        assert!(refusal.path.ends_with("d/b"));
        assert_eq!(text(root, "d/a").as_deref(), Some("1"));
        let rights = fs::metadata(root.join("d/a")).expect("a file").permissions().mode();
        assert_eq!(rights & 0o400, 0o400);
    }
}
