//! Watching folders. Only « something happened » is told: what changed is found by looking, since programs save in many
//! ways (a temporary file and a rename, a file cut to nothing and filled again), and some disks tell nothing at all.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Stamp, Workspace, list, stamp};

/// Looks at the folders that a workspace reads.
pub struct Watcher {
    folders: Vec<PathBuf>,
    watched: Vec<PathBuf>,
    /// None where the system cannot watch: looking every second still finds everything.
    system: Option<RecommendedWatcher>,
    events: Receiver<()>,
    waker: Waker,
}

/// Wakes who waits for something to happen.
#[derive(Debug, Clone)]
pub struct Waker(Sender<()>);

impl Waker {
    /// Says that something happened.
    pub fn wake(&self) {
        // Nobody waits any more: then nobody is to be woken.
        let _ = self.0.send(());
    }
}

/// How long a folder must be quiet: a save is many events.
const QUIET: Duration = Duration::from_millis(30);
/// How long to wait for quiet at most.
const RESTLESS: Duration = Duration::from_millis(400);

impl Watcher {
    /// A watcher of the inputs and the templates.
    #[must_use]
    pub fn new(workspace: &Workspace) -> Self {
        let (sender, events) = channel();
        let waker = Waker(sender.clone());
        let system = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                let _ = sender.send(());
            }
        });
        let folders = vec![workspace.inputs.clone(), workspace.templates.clone()];
        let mut watcher = Self { folders, watched: Vec::new(), system: system.ok(), events, waker };
        watcher.watch();
        watcher
    }

    /// What wakes who waits here.
    #[must_use]
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Watches the folders that are there now.
    fn watch(&mut self) {
        let Some(system) = &mut self.system else { return };
        self.watched.retain(|folder| folder.is_dir());
        for folder in &self.folders {
            let is_new = folder.is_dir() && !self.watched.contains(folder);
            if is_new && system.watch(folder, RecursiveMode::Recursive).is_ok() {
                self.watched.push(folder.clone());
            }
        }
    }

    /// Waits until something happened and it is quiet again, or until the time is over.
    pub fn wait(&mut self, at_most: Duration) {
        self.watch();
        match self.events.recv_timeout(at_most) {
            Ok(()) => {
                let start = Instant::now();
                while start.elapsed() < RESTLESS && self.events.recv_timeout(QUIET).is_ok() {}
            }
            Err(RecvTimeoutError::Timeout) => {}
            // No system watcher: the time passes all the same.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(at_most),
        }
    }
}

/// What a file looks like to who watches it: its stamp, and what the system says of the file apart from its content. A file
/// that was put in the place of another of the same size and day differs in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    stamp: Stamp,
    identity: (u64, i64, i64),
}

fn sighting(path: &Path) -> Option<Sighting> {
    let stamp = stamp(path)?;
    let identity = std::fs::metadata(path).map(|metadata| identity(&metadata)).unwrap_or_default();
    Some(Sighting { stamp, identity })
}

/// Which file it is, and when anything of it was last changed, its place or its dates included.
#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

/// When it was made: a file that takes the place of another has its own day.
#[cfg(windows)]
fn identity(metadata: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::windows::fs::MetadataExt as _;
    (metadata.creation_time(), 0, 0)
}

/// What the files of a workspace look like from outside: equal as long as nobody wrote into one. Results that stand among
/// the inputs are left out, so that a run never wakes itself.
#[must_use]
pub fn look(workspace: &Workspace) -> Vec<(PathBuf, Option<Sighting>)> {
    let below = |folder: &Path| {
        let mut found = stamps(folder);
        found.retain(|(path, _)| !path.starts_with(&workspace.out));
        found
    };
    // Traces of programs that open or close a workbook are news too.
    let traces = open_elsewhere(&workspace.inputs).into_iter().map(|(name, _)| (PathBuf::from(name), None));
    // The temporary files of a save are no news: the rename that ends it is.
    let is_read = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let folders = ["annexes", "images", "textes"].map(|folder| workspace.inputs.join(folder));
        folders.iter().any(|folder| path.starts_with(folder)) || matches!(ending, Some("toml" | "xlsx" | "ods"))
    };
    let inputs = below(&workspace.inputs).into_iter().filter(|(path, _)| is_read(path));
    inputs.chain(below(&workspace.templates)).chain(traces).collect()
}

/// What the files below a folder look like from outside.
#[must_use]
pub fn stamps(folder: &Path) -> Vec<(PathBuf, Option<Sighting>)> {
    let names = list(folder).unwrap_or_default();
    names.into_iter().map(|name| folder.join(name)).map(|path| (path.clone(), sighting(&path))).collect()
}

/// The files of a folder that another program says it holds open, by the traces that it leaves beside them, with its name.
#[must_use]
pub fn open_elsewhere(folder: &Path) -> Vec<(String, &'static str)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut open: Vec<(String, &'static str)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let excel = name.strip_prefix("~$").map(|name| (name.to_owned(), "Excel"));
            let office = name.strip_prefix(".~lock.").and_then(|name| name.strip_suffix('#'));
            excel.or_else(|| office.map(|name| (name.to_owned(), "LibreOffice")))
        })
        .collect();
    open.sort();
    open
}

/// Whether another program says that it holds a file open.
#[must_use]
pub fn is_open_elsewhere(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.parent().is_some_and(|folder| open_elsewhere(folder).iter().any(|(open, _)| *open == name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_traces_of_office_programs_tell_what_is_open_and_are_no_inputs() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let inputs = folder.path().join("inputs");
        fs::create_dir(&inputs).expect("a folder");
        for name in ["~$contacts.xlsx", ".~lock.finances.ods#", "contacts.xlsx"] {
            fs::write(inputs.join(name), "x").expect("written");
        }
        assert_eq!(
            open_elsewhere(&inputs),
            [("contacts.xlsx".to_owned(), "Excel"), ("finances.ods".to_owned(), "LibreOffice")]
        );
        let workspace =
            Workspace { inputs, templates: folder.path().join("templates"), out: folder.path().join("out") };
        let seen = look(&workspace).into_iter().filter(|(_, stamp)| stamp.is_some());
        assert_eq!(seen.map(|(path, _)| path).collect::<Vec<_>>(), [workspace.inputs.join("contacts.xlsx")]);
    }

    #[test]
    fn a_file_of_the_same_size_and_day_in_the_place_of_another_is_news() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let workspace = Workspace::below(folder.path());
        fs::create_dir(&workspace.inputs).expect("a folder");
        let (path, other) = (workspace.inputs.join("finances.xlsx"), folder.path().join("autre.xlsx"));
        fs::write(&path, "3200").expect("written");
        fs::write(&other, "3500").expect("written");
        let day = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a day");
        fs::File::options().write(true).open(&other).and_then(|file| file.set_modified(day)).expect("dated");
        let seen = look(&workspace);
        assert_eq!(look(&workspace), seen);
        fs::rename(&other, &path).expect("renamed");
        assert_eq!(stamp(&path).map(|stamp| stamp.size), Some(4));
        assert_ne!(look(&workspace), seen);
    }

    #[test]
    fn a_rename_and_a_write_wake_the_watcher() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = |name: &str| folder.path().join("inputs").join(name);
        fs::create_dir(folder.path().join("inputs")).expect("a folder");
        let workspace = Workspace {
            inputs: folder.path().join("inputs"),
            templates: folder.path().join("templates"),
            out: folder.path().join("out"),
        };
        fs::write(path("contacts.xlsx"), "1").expect("written");
        let mut watcher = Watcher::new(&workspace);
        let mut seen = look(&workspace);
        for turn in 0..3 {
            fs::write(path("x.tmp"), format!("{turn} more")).expect("written");
            fs::rename(path("x.tmp"), path("contacts.xlsx")).expect("renamed");
            let start = Instant::now();
            while look(&workspace) == seen && start.elapsed() < Duration::from_secs(5) {
                watcher.wait(Duration::from_millis(200));
            }
            assert_ne!(look(&workspace), seen);
            seen = look(&workspace);
        }
    }
}
