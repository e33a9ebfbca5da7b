//! Watching: one build in a loop over exactly what was read.

use std::time::{Duration, Instant};

use super::screen::Screen;
use crate::diagnostics::Actor;
use crate::files::{self, Refusal, Watcher, Workspace};
use crate::pipeline::{self, Options, Report, Request, Session};
use crate::preview::Preview;

/// How often to look when nothing is told: some disks tell nothing.
const LOOK: Duration = Duration::from_secs(1);
/// How soon to try again what is held by another program.
const AGAIN: Duration = Duration::from_millis(500);

/// How long the rest waits for the page that somebody looks at.
const GLANCE: Duration = Duration::from_millis(600);

/// What watching is asked for.
pub(super) struct Wishes {
    pub(super) request: Request,
    pub(super) port: Option<u16>,
    pub(super) open: bool,
}

/// Watches until the program is stopped; returns only when it cannot begin.
pub(super) fn watch(workspace: &Workspace, wishes: Wishes, screen: &Screen) -> Result<(), Refusal> {
    let refused =
        |error: std::io::Error| Refusal { action: "ouvrir l’aperçu sur", path: "127.0.0.1".to_owned(), error };
    let preview = Preview::start(wishes.port, workspace.out.clone()).map_err(refused)?;
    screen.result(&format!("{}\n", preview.address()));
    if wishes.open && open::that(preview.address()).is_err() {
        screen.message("aucun navigateur ne s’ouvre : ouvrez l’adresse vous-même\n");
    }
    let mut watcher = Watcher::new(workspace);
    let mut session = Session::new(workspace.clone(), wishes.request);
    let mut told_waiting = Vec::new();
    loop {
        let seen = files::look(workspace);
        let start = Instant::now();
        let mut again;
        match session.look() {
            Ok(turn) => {
                again = turn.waiting.iter().any(|waiting| waiting.again);
                if turn.waiting != told_waiting {
                    turn.waiting.iter().for_each(|waiting| screen.message(&format!("{}\n", waiting.text)));
                    told_waiting.clone_from(&turn.waiting);
                }
                preview.show(&turn.snapshot, &turn.waiting);
                preview.let_look(GLANCE);
                match session.build(&turn.snapshot, Options { keep_going: true, ..Options::default() }) {
                    Ok(report) => {
                        screen.built(&report, start.elapsed());
                        // A result that another program holds is tried again.
                        again |= report.all_problems().any(|problem| problem.actor == Actor::Machine);
                        preview.tell(screen.summary(&report, start.elapsed()), &report);
                    }
                    Err(refusal) => {
                        again = true;
                        let problem = pipeline::refused(&refusal);
                        screen.problems(std::slice::from_ref(&problem));
                        let summary = problem.message.clone();
                        preview.tell(summary, &Report { problems: vec![problem], ..Report::default() });
                    }
                }
            }
            Err(refusal) => {
                again = true;
                let problem = pipeline::refused(&refusal);
                screen.problems(std::slice::from_ref(&problem));
                preview.tell(problem.message.clone(), &Report { problems: vec![problem], ..Report::default() });
            }
        }
        let pause = Instant::now();
        while files::look(workspace) == seen && !(again && pause.elapsed() >= AGAIN) {
            watcher.wait(if again { AGAIN } else { LOOK });
        }
    }
}
