//! The one state that the page and the terminal look at, and what the page asks of the thread that writes.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::guard::Guard;
use crate::diagnostics::Diagnostic;
use crate::files::{Waker, Workspace};
use crate::pipeline::{Beginning, Listed, Report, Request, Shown, Snapshot, State as Standing, Waiting};

/// How long a question for news is kept open.
const PATIENCE: Duration = Duration::from_secs(20);

/// A document by its kind and name.
pub(super) type Name = (String, String);

/// What the page asks of the thread that writes.
#[derive(Debug, Clone)]
pub(super) enum Command {
    /// To make documents; with force, to restore what was sent too.
    Build(Request, bool),
    /// To look for everything that is wrong.
    Check,
    /// To write copies of the workbooks with what is wrong on its cells.
    Annotate,
    /// To make documents as soon as a file changes, or no longer.
    Automatic(bool),
    /// To wait until the sheets say that a document was sent.
    Await(Name),
    /// To write a new workspace and to work there.
    Create(Box<Beginning>),
    /// To stop.
    Quit,
}

/// What the desk knows.
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    pub(super) guard: Guard,
    pub(super) today: NaiveDate,
}

/// What the page shows.
#[derive(Default)]
pub(super) struct State {
    /// Counts the changes.
    pub(super) version: u64,
    pub(super) workspace: Option<Workspace>,
    /// Whether there is a workspace, or will be in a moment.
    pub(super) is_placed: bool,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// For each document, the last state in which it could be made.
    good: HashMap<Name, Arc<Snapshot>>,
    pub(super) listed: Vec<Listed>,
    /// What is wrong with the inputs.
    pub(super) problems: Vec<Diagnostic>,
    /// What making a document told, with a name of what it was made from.
    pub(super) made: BTreeMap<Name, (String, bool, Vec<Diagnostic>)>,
    /// What a check of this very state of the inputs found.
    pub(super) checked: Vec<Diagnostic>,
    /// Files that are open elsewhere or could not be read yet, in plain words.
    pub(super) waiting: Vec<String>,
    /// What the thread that writes is doing.
    pub(super) work: Option<String>,
    /// What came of the last thing that was asked for.
    pub(super) told: String,
    pub(super) automatic: bool,
    /// The documents whose sending is waited for.
    pub(super) awaited: BTreeSet<Name>,
    commands: VecDeque<Command>,
    waker: Option<Waker>,
    /// The last version of which somebody saw a page.
    seen: u64,
    /// When somebody last asked for news.
    asked: Option<Instant>,
}

impl Shared {
    pub(super) fn new(guard: Guard, today: NaiveDate, automatic: bool, is_placed: bool) -> Self {
        let state = State { automatic, is_placed, ..State::default() };
        Self { state: Mutex::new(state), changed: Condvar::new(), guard, today }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and tells everybody who waits for news.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let mut state = self.state();
        let result = change(&mut state);
        state.version += 1;
        drop(state);
        self.changed.notify_all();
        result
    }

    /// The state after a version, as soon as there is one; nothing when there is no news for a while.
    pub(super) fn after(&self, version: u64) -> Option<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.asked = Some(Instant::now());
        let waited = self.changed.wait_timeout_while(state, PATIENCE, |state| state.version <= version);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.version > version).then_some(state)
    }

    /// Asks something of the thread that writes.
    pub(super) fn ask(&self, command: Command, work: Option<&str>) {
        self.change(|state| {
            if let Some(work) = work {
                state.work = Some(work.to_owned());
            }
            state.commands.push_back(command);
            if let Some(waker) = &state.waker {
                waker.wake();
            }
        });
    }

    /// What was asked next, if anything was.
    pub(super) fn next(&self) -> Option<Command> {
        self.state().commands.pop_front()
    }

    /// Waits until something is asked.
    pub(super) fn wait(&self) -> Command {
        let mut state = self.state();
        loop {
            match state.commands.pop_front() {
                Some(command) => return command,
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Moves to a workspace; questions wake who watches it.
    pub(super) fn settle(&self, workspace: &Workspace, waker: Waker) {
        self.change(|state| {
            let (version, automatic, told) = (state.version, state.automatic, std::mem::take(&mut state.told));
            let commands = std::mem::take(&mut state.commands);
            *state = State { version, automatic, told, commands, is_placed: true, ..State::default() };
            state.workspace = Some(workspace.clone());
            state.waker = Some(waker);
        });
    }

    /// Shows a new state of the inputs.
    pub(super) fn show(&self, snapshot: &Arc<Snapshot>, waiting: &[Waiting]) {
        self.change(|state| {
            if let Some(earlier) = state.snapshot.replace(Arc::clone(snapshot)) {
                for shown in earlier.documents.iter().filter(|shown| earlier.is_right(**shown)) {
                    let name = (earlier.kind(*shown).to_owned(), earlier.id(*shown).to_owned());
                    state.good.insert(name, Arc::clone(&earlier));
                }
            }
            state.checked.clear();
            state.waiting = waiting.iter().map(|waiting| waiting.text.clone()).collect();
        });
    }

    /// Gives who looks at a page the time to see it before the machine is busy with the rest.
    pub(super) fn let_look(&self, at_most: Duration) {
        let state = self.state();
        if state.asked.is_some_and(|asked| asked.elapsed() < PATIENCE * 2) {
            let _ = self.changed.wait_timeout_while(state, at_most, |state| state.seen < state.version);
        }
    }

    /// Notes that somebody saw a page of the present state.
    pub(super) fn seen(&self) {
        let mut state = self.state();
        state.seen = state.version;
        drop(state);
        self.changed.notify_all();
    }

    /// Shows how the documents stand, where that is news.
    pub(super) fn list(&self, listed: Vec<Listed>, report: &Report) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        let is_news = {
            let state = self.state();
            let same =
                |one: &Listed, other: &Listed| (one.kind, &one.id, one.state) == (other.kind, &other.id, other.state);
            let is_same =
                state.listed.len() == listed.len() && state.listed.iter().zip(&listed).all(|(a, b)| same(a, b));
            !is_same || state.problems != problems
        };
        if is_news {
            self.change(|state| (state.listed, state.problems) = (listed, problems));
        }
    }
}

impl State {
    /// How a document stands, the failure to make what it is made from included.
    pub(super) fn standing(&self, kind: &str, id: &str) -> Option<Standing> {
        let name = (kind.to_owned(), id.to_owned());
        if self.is_made(&name).is_some_and(|(_, failed, _)| *failed) {
            return Some(Standing::Failed);
        }
        self.listed.iter().find(|listed| listed.kind == kind && listed.id == id).map(|listed| listed.state)
    }

    /// What making a document told, as long as it would be made from the same.
    pub(super) fn is_made(&self, name: &Name) -> Option<&(String, bool, Vec<Diagnostic>)> {
        let snapshot = self.snapshot.as_ref()?;
        let shown = snapshot.find(&name.0, &name.1)?;
        self.made.get(name).filter(|(version, ..)| *version == snapshot.version(shown))
    }

    /// Everything that is wrong, and what there is to look at: each once.
    pub(super) fn all_problems(&self) -> Vec<&Diagnostic> {
        let made = self.made.keys().filter_map(|name| self.is_made(name)).flat_map(|(_, _, problems)| problems);
        let mut all: Vec<&Diagnostic> = Vec::new();
        for problem in self.problems.iter().chain(made).chain(&self.checked) {
            if !all.contains(&problem) {
                all.push(problem);
            }
        }
        all
    }

    /// A document in the present state of the inputs.
    pub(super) fn find(&self, kind: &str, id: &str) -> Option<(Arc<Snapshot>, Shown)> {
        let snapshot = self.snapshot.as_ref()?;
        Some((Arc::clone(snapshot), snapshot.find(kind, id)?))
    }

    /// A document in the last state in which it could be made, where that is an earlier one.
    pub(super) fn find_good(&self, kind: &str, id: &str) -> Option<(Arc<Snapshot>, Shown)> {
        let snapshot = self.good.get(&(kind.to_owned(), id.to_owned()))?;
        Some((Arc::clone(snapshot), snapshot.find(kind, id)?))
    }
}
