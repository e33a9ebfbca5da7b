//! What another program holds for a moment: an office program that saves, a reader that shows, a service that keeps the
//! folder on several machines. It is tried again before it is refused, and then the refusal names who likely holds it.
//!
//! Only Windows lets programs shut each other out: elsewhere the same numbers mean something else, and nothing waits.

use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::watch::open_elsewhere;

/// How often something that another program holds is tried.
const TRIES: usize = 5;
/// How long lies between two tries: all of them are over within 200 ms.
const PAUSE: Duration = Duration::from_millis(50);
/// How often a file is asked for that the service which keeps it elsewhere has not fetched yet.
const FETCHES: usize = 20;
/// How long lies between two such tries: ten seconds in all.
const FETCH_PAUSE: Duration = Duration::from_millis(500);

/// « Access is denied »: the rights are missing, or the file is being replaced, or a program maps it into its memory.
const ACCESS_DENIED: i32 = 5;
/// « The process cannot access the file because it is being used by another process. »
const SHARING_VIOLATION: i32 = 32;
/// What a service says of a file that it has not fetched and may still fetch (`ERROR_CLOUD_FILE_…`): it does not run yet,
/// is not in step, has no network, was interrupted, or took too long.
const NOT_FETCHED: [i32; 9] = [362, 377, 388, 389, 391, 393, 398, 404, 426];

/// Why something is out of reach for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Another program holds the file.
    Held,
    /// Another program holds the file, or the rights are missing: the system does not tell which.
    Denied,
    /// The service that keeps the folder has not brought the file.
    Away,
}

/// What an error of the system means here; nothing where it is of another kind.
pub(super) fn hold(error: &io::Error) -> Option<Hold> {
    let code = error.raw_os_error().filter(|_| cfg!(windows) || pretended::is_on())?;
    match code {
        SHARING_VIOLATION => Some(Hold::Held),
        ACCESS_DENIED => Some(Hold::Denied),
        _ => NOT_FETCHED.contains(&code).then_some(Hold::Away),
    }
}

/// Does something with a file, again for a while when another program holds it.
pub(super) fn insist<T>(mut action: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut tried = 0;
    loop {
        let error = match pretended::refusal().map_or_else(&mut action, Err) {
            Err(error) => error,
            done => return done,
        };
        tried += 1;
        let (tries, pause) = match hold(&error) {
            Some(Hold::Held | Hold::Denied) => (TRIES, PAUSE),
            Some(Hold::Away) => (FETCHES, FETCH_PAUSE),
            None => return Err(error),
        };
        if tried >= tries {
            return Err(error);
        }
        sleep(if pretended::is_on() { Duration::ZERO } else { pause });
    }
}

/// Who likely holds a file, in words: the program that left its trace beside it, else the one that opens such files.
pub(super) fn likely_holder(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let traces = path.parent().map(open_elsewhere).unwrap_or_default();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    // Word puts its mark in the place of the first two letters of a name.
    let cut: String = name.chars().skip(2).collect();
    if ending == "docx" && traces.iter().any(|(open, program)| *program == "Excel" && (*open == name || *open == cut)) {
        return "Word".to_owned();
    }
    if let Some((_, program)) = traces.iter().find(|(open, _)| *open == name) {
        return (*program).to_owned();
    }
    let usual = match ending.as_str() {
        "xlsx" | "ods" | "csv" => "Excel ou LibreOffice",
        "pdf" => "Acrobat ou le navigateur",
        "docx" => "Word ou LibreOffice",
        "eml" | "ics" => "Outlook ou Thunderbird",
        "html" => "le navigateur ou Outlook",
        _ => "un autre programme",
    };
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_kept = |name: &str| name == "onedrive" || name.starts_with("onedrive - ");
    let mut folders = whole.components().map(|part| part.as_os_str().to_string_lossy().to_lowercase());
    if folders.any(|name| is_kept(&name)) {
        format!("{usual}, ou OneDrive qui le synchronise")
    } else {
        usual.to_owned()
    }
}

/// How long a file's whole path is and may be, when it is longer than the programs of Windows open.
#[must_use]
pub fn overlong(path: &Path) -> Option<(usize, usize)> {
    if !cfg!(windows) && !pretended::is_on() {
        return None;
    }
    let length = std::path::absolute(path).ok()?.to_string_lossy().encode_utf16().count();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let most = if matches!(ending.as_str(), "xlsx" | "docx" | "csv") { 218 } else { 259 };
    (length > most).then_some((length, most))
}

/// Refusals that tests have the system give, where it gives none of its own accord.
#[cfg(test)]
pub(crate) mod pretended {
    use std::cell::RefCell;
    use std::io;

    thread_local! {
        static REFUSALS: RefCell<Option<Vec<i32>>> = const { RefCell::new(None) };
    }

    /// From now on this thread takes the system for Windows, and each try is refused with the next of these errors as
    /// long as there are any.
    pub(crate) fn refuse(errors: &[i32]) {
        REFUSALS.with_borrow_mut(|refusals| *refusals = Some(errors.iter().rev().copied().collect()));
    }

    /// How many refusals are left.
    pub(crate) fn left() -> usize {
        REFUSALS.with_borrow(|refusals| refusals.as_ref().map_or(0, Vec::len))
    }

    pub(super) fn is_on() -> bool {
        REFUSALS.with_borrow(Option::is_some)
    }

    pub(super) fn refusal() -> Option<io::Error> {
        REFUSALS.with_borrow_mut(|refusals| refusals.as_mut()?.pop()).map(io::Error::from_raw_os_error)
    }
}

/// Without tests, nothing is pretended.
#[cfg(not(test))]
mod pretended {
    pub(super) fn is_on() -> bool {
        false
    }

    pub(super) fn refusal() -> Option<std::io::Error> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_held_is_tried_five_times_and_no_more() {
        pretended::refuse(&[32, 5, 32, 5]);
        assert_eq!(insist(|| Ok(7)).expect("the fifth try"), 7);
        pretended::refuse(&[32; 9]);
        let error = insist(|| Ok(())).expect_err("still held");
        assert_eq!((hold(&error), pretended::left()), (Some(Hold::Held), 4));
        // Nobody waits for what no other program can change.
        pretended::refuse(&[3, 3]);
        assert_eq!(hold(&insist(|| Ok(())).expect_err("no such path")), None);
        assert_eq!(pretended::left(), 1);
    }

    #[test]
    fn what_has_not_come_yet_is_waited_for_longer() {
        pretended::refuse(&[[362; 9].as_slice(), &[426; 9]].concat());
        assert_eq!(insist(|| Ok(7)).expect("it came"), 7);
        pretended::refuse(&[388; 30]);
        assert_eq!(hold(&insist(|| Ok(())).expect_err("no network")), Some(Hold::Away));
        assert_eq!(pretended::left(), 10);
    }

    #[test]
    fn paths_that_other_programs_do_not_open_are_found() {
        pretended::refuse(&[]);
        let path = |length: usize, name: &str| format!("/{}/{name}", "d".repeat(length - name.len() - 2));
        assert_eq!(overlong(Path::new(&path(218, "budget.xlsx"))), None);
        assert_eq!(overlong(Path::new(&path(219, "budget.xlsx"))), Some((219, 218)));
        assert_eq!(overlong(Path::new(&path(259, "budget.pdf"))), None);
        assert_eq!(overlong(Path::new(&path(260, "budget.pdf"))), Some((260, 259)));
    }

    #[test]
    fn a_trace_beside_a_file_names_its_holder_and_else_the_kind_of_the_file_does() {
        let folder = tempfile::TempDir::new().expect("a folder");
        for trace in ["~$budget.xlsx", "~$liberation.docx", ".~lock.note-de-synthese.docx#"] {
            fs::write(folder.path().join(trace), "x").expect("written");
        }
        let holder = |name: &str| likely_holder(&folder.path().join(name));
        assert_eq!(holder("budget.xlsx"), "Excel");
        assert_eq!(holder("deliberation.docx"), "Word");
        assert_eq!(holder("note-de-synthese.docx"), "LibreOffice");
        assert_eq!(holder("bilan.xlsx"), "Excel ou LibreOffice");
        assert_eq!(holder("LETTRE.PDF"), "Acrobat ou le navigateur");
        assert_eq!(holder("verrou"), "un autre programme");
        let kept = likely_holder(Path::new("/Users/seb/OneDrive - CCI/liasse/out/lettre-14.eml"));
        assert_eq!(kept, "Outlook ou Thunderbird, ou OneDrive qui le synchronise");
    }
}
