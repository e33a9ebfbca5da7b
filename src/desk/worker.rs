//! The thread that writes: a loop over what changes on the disk and what the page asks for.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::state::{Command, Shared};
use super::{Terminal, workspace};
use crate::diagnostics::{Actor, Diagnostic};
use crate::files::{self, Watcher, Workspace};
use crate::pipeline::{self, Beginning, Options, Request, Session, Snapshot, State as Standing};
use crate::wording;

/// How often to look when nothing is told: some disks tell nothing.
const LOOK: Duration = Duration::from_secs(1);
/// How soon to try again what is held by another program.
const AGAIN: Duration = Duration::from_millis(500);
/// How long the rest waits for the page that somebody looks at.
const GLANCE: Duration = Duration::from_millis(600);
/// How often it is told how far a run is.
const STEP: u64 = 250;

/// Works until the desk is closed.
pub(super) fn work(shared: &Shared, first: Option<Workspace>, request: &Request, terminal: &dyn Terminal) {
    let mut here = first;
    loop {
        let command = match here.take() {
            Some(workspace) => {
                workspace::remember(&workspace);
                Site::new(shared, workspace, request, terminal).work()
            }
            None => shared.wait(),
        };
        match command {
            Command::Quit => return,
            Command::Create(beginning) => here = create(shared, &beginning, terminal),
            _ => shared.change(|state| state.work = None),
        }
    }
}

/// Writes a new workspace; where that fails, the one before it stays.
fn create(shared: &Shared, beginning: &Beginning, terminal: &dyn Terminal) -> Option<Workspace> {
    let begun = pipeline::begin(beginning);
    let told = match &begun {
        Ok(_) => format!("L’espace de travail est créé dans « {} ».", files::shown(&beginning.folder)),
        Err(problem) => format!("{}.", wording::capitalized(&problem.message)),
    };
    let before = shared.change(|state| {
        state.work = None;
        state.told = told;
        state.is_placed = begun.is_ok() || state.workspace.is_some();
        state.workspace.clone()
    });
    match begun {
        Ok(_) => Some(Workspace::below(&beginning.folder)),
        Err(problem) => {
            terminal.problems(&[problem]);
            before
        }
    }
}

/// A workspace that is worked on.
struct Site<'s> {
    shared: &'s Shared,
    workspace: Workspace,
    session: Session,
    watcher: Watcher,
    terminal: &'s dyn Terminal,
    told_waiting: Vec<pipeline::Waiting>,
}

impl<'s> Site<'s> {
    fn new(shared: &'s Shared, workspace: Workspace, request: &Request, terminal: &'s dyn Terminal) -> Self {
        let watcher = Watcher::new(&workspace);
        shared.settle(&workspace, watcher.waker());
        let session = Session::new(workspace.clone(), request.clone());
        Self { shared, workspace, session, watcher, terminal, told_waiting: Vec::new() }
    }

    /// Works until something is asked that leads away from here.
    fn work(mut self) -> Command {
        loop {
            let seen = files::look(&self.workspace);
            let (snapshot, mut again) = self.look();
            let mut results = files::stamps(&self.workspace.out);
            let pause = Instant::now();
            while files::look(&self.workspace) == seen && !(again && pause.elapsed() >= AGAIN) {
                let Some(command) = self.shared.next() else {
                    let now = files::stamps(&self.workspace.out);
                    if now != results {
                        // Somebody else wrote, or took away, among the results.
                        results = now;
                        self.list(snapshot.as_ref());
                    }
                    self.watcher.wait(if again { AGAIN } else { LOOK });
                    continue;
                };
                match command {
                    Command::Quit | Command::Create(_) => return command,
                    command => again |= self.obey(command, snapshot.as_ref()),
                }
                results = files::stamps(&self.workspace.out);
            }
        }
    }

    /// Reads what is there now and shows it; tells whether it is worth looking again soon.
    fn look(&mut self) -> (Option<Arc<Snapshot>>, bool) {
        let turn = match self.session.look() {
            Ok(turn) => turn,
            Err(refusal) => {
                self.refuse(&pipeline::refused(&refusal));
                return (None, true);
            }
        };
        let mut again = turn.waiting.iter().any(|waiting| waiting.again);
        if turn.waiting != self.told_waiting {
            self.terminal.waiting(&turn.waiting);
            self.told_waiting.clone_from(&turn.waiting);
        }
        self.shared.show(&turn.snapshot, &turn.waiting);
        self.shared.let_look(GLANCE);
        if self.shared.state().automatic {
            self.shared.change(|state| state.work = Some("Fabrication…".to_owned()));
            again |= self.build(&Request::default(), false, &turn.snapshot);
        }
        self.list(Some(&turn.snapshot));
        self.freeze(&turn.snapshot);
        (Some(turn.snapshot), again)
    }

    /// Makes what the sheets now say was sent, so that its files no longer change.
    fn freeze(&self, snapshot: &Arc<Snapshot>) {
        let awaited = self.shared.state().awaited.clone();
        for (kind, id) in awaited {
            let is_sent =
                snapshot.find(&kind, &id).and_then(|shown| snapshot.sending(shown)).is_some_and(|it| it.day.is_some());
            if is_sent {
                self.build(&Request { kind: Some(kind.clone()), id: Some(id.clone()) }, false, snapshot);
                self.shared.change(|state| state.awaited.remove(&(kind, id)));
                self.list(Some(snapshot));
            }
        }
    }

    /// Shows how the documents stand.
    fn list(&self, snapshot: Option<&Arc<Snapshot>>) {
        if let Some(snapshot) = snapshot {
            let (listed, report) = snapshot.overview(&self.workspace);
            self.shared.list(listed, &report);
        }
    }

    /// Does what the page asks; tells whether it is worth trying again soon.
    fn obey(&self, command: Command, snapshot: Option<&Arc<Snapshot>>) -> bool {
        let mut again = false;
        match (command, snapshot) {
            (Command::Build(request, force), Some(snapshot)) => {
                self.build(&request, force, snapshot);
            }
            (Command::Check, _) => self.check(None),
            (Command::Annotate, _) => self.check(Some(&workspace::copies(&self.workspace))),
            (Command::Automatic(is_on), _) => {
                self.shared.change(|state| state.automatic = is_on);
                again = is_on;
            }
            (Command::Await(name), _) => {
                self.shared.change(|state| state.awaited.insert(name));
                again = true;
            }
            _ => {}
        }
        self.list(snapshot);
        self.shared.change(|state| state.work = None);
        again
    }

    /// Makes documents; tells whether a file that another program holds is worth trying again.
    fn build(&self, request: &Request, force: bool, snapshot: &Arc<Snapshot>) -> bool {
        let start = Instant::now();
        let last = AtomicU64::new(0);
        let progress = |progress: pipeline::Progress| {
            let now = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
            if last.fetch_max(now / STEP, Ordering::Relaxed) < now / STEP {
                let text = format!("Fabrication : {} sur {}", progress.done, progress.total);
                self.shared.change(|state| state.work = Some(text));
            }
        };
        let options = Options { force, keep_going: true, progress: &progress, ..Options::default() };
        let is_whole = request.kind.is_none() && request.id.is_none() && !force;
        let report = if is_whole {
            self.session.build(snapshot, options)
        } else {
            pipeline::build(&self.workspace, request, options)
        };
        match report {
            Ok(report) => {
                let summary = self.terminal.built(&report, start.elapsed());
                self.shared.change(|state| {
                    state.work = None;
                    state.told = format!("{}.", wording::capitalized(&summary));
                    for outcome in
                        report.outcomes.iter().filter(|outcome| outcome.made || outcome.state == Standing::Failed)
                    {
                        let Some(shown) = snapshot.find(outcome.kind, &outcome.id) else { continue };
                        let made =
                            (snapshot.version(shown), outcome.state == Standing::Failed, outcome.problems.clone());
                        state.made.insert((outcome.kind.to_owned(), outcome.id.clone()), made);
                    }
                });
                report.all_problems().any(|problem| problem.actor == Actor::Machine)
            }
            Err(refusal) => {
                self.refuse(&pipeline::refused(&refusal));
                true
            }
        }
    }

    /// Looks for everything that is wrong; with a folder, writes copies of the workbooks into it.
    fn check(&self, copies: Option<&Path>) {
        let start = Instant::now();
        match pipeline::check(&self.workspace, copies, Options::default()) {
            Ok(report) => {
                let summary = self.terminal.checked(&report, start.elapsed());
                let written = copies.map(|folder| match report.copies.as_slice() {
                    [] => " Aucune cellule n’est en faute : il n’y a rien à copier.".to_owned(),
                    _ => format!(" Copies annotées dans « {} ».", files::shown(folder)),
                });
                self.shared.change(|state| {
                    state.told = format!("{}.{}", wording::capitalized(&summary), written.unwrap_or_default());
                    state.checked = report.all_problems().cloned().collect();
                });
            }
            Err(refusal) => self.refuse(&pipeline::refused(&refusal)),
        }
    }

    fn refuse(&self, problem: &Diagnostic) {
        self.terminal.problems(std::slice::from_ref(problem));
        self.shared.change(|state| {
            state.work = None;
            state.told = format!("{}.", wording::capitalized(&problem.message));
        });
    }
}
