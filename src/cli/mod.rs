//! Arguments, printing, exit status. How documents are made is not known here.

mod arguments;
mod console;
mod desk;
mod person;
mod progress;
mod screen;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Instant;

use self::arguments::{Arguments, Command, Format};
use self::screen::Screen;
use crate::diagnostics::Actor;
use crate::files::Refusal;
use crate::pipeline::{self, Report, Request};

/// How a run ended, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Done.
    Done = 0,
    /// Something is wrong in the inputs, texts or templates.
    Inputs = 1,
    /// Wrong use of the command line.
    Usage = 2,
    /// The machine said no, or a bug.
    Machine = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Runs the program with its arguments, the first of which is its own name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let start = Instant::now();
    match arguments::parse(arguments) {
        // A bug is told like everything else; where it is, the panic has said already.
        Ok(arguments) => std::panic::catch_unwind(|| execute(&arguments, start))
            .unwrap_or_else(|_| {
                let problem = crate::diagnostics::messages::commands::internal_error("arrêt imprévu");
                Screen::new(arguments.format).problems(&[problem]);
                Status::Machine
            })
            .into(),
        Err(answer) => {
            let screen = Screen::new(Format::Human);
            if answer.is_error {
                screen.message(&answer.text);
                Status::Usage.into()
            } else {
                screen.result(&answer.text);
                Status::Done.into()
            }
        }
    }
}

fn execute(arguments: &Arguments, start: Instant) -> Status {
    let screen = Screen::new(arguments.format);
    if arguments.format == Format::Human {
        console::remark(|text| screen.message(text));
    }
    let workspace = arguments.workspace();
    let Some(command) = &arguments.command else {
        return ended(desk::open(arguments, &screen).map(|()| Status::Done), &screen);
    };
    let told = match command {
        Command::Build { target, force, list_jobs: true, .. } => {
            pipeline::jobs(&workspace, &Request::from(target), *force).map(|(jobs, report)| {
                screen.jobs(&jobs, &report);
                status_of(&report)
            })
        }
        Command::Build { target, jobs, force, keep_going, timings, .. } => {
            let bar = screen.bar();
            let options = pipeline::Options {
                jobs: jobs.unwrap_or(pipeline::Options::default().jobs),
                force: *force,
                keep_going: *keep_going,
                progress: &|progress| bar.show(progress),
                ..pipeline::Options::default()
            };
            let report = pipeline::build(&workspace, &Request::from(target), options);
            bar.clear();
            report.map(|report| {
                screen.built(&report, start.elapsed());
                if *timings {
                    screen.timed(&report);
                }
                status_of(&report)
            })
        }
        Command::Init { folder } => Ok(match pipeline::init(folder) {
            Ok(files) => {
                screen.begun(folder, &files);
                Status::Done
            }
            Err(problem) => {
                screen.problems(std::slice::from_ref(&problem));
                if problem.actor == Actor::User { Status::Inputs } else { Status::Machine }
            }
        }),
        Command::New { kind, from } => Ok(match pipeline::new(&workspace, kind, from) {
            Ok(file) => {
                screen.result(&format!("écrit : {file}\n"));
                Status::Done
            }
            Err(problem) => {
                screen.problems(std::slice::from_ref(&problem));
                if problem.actor == Actor::User { Status::Inputs } else { Status::Machine }
            }
        }),
        Command::Check { annotate } => pipeline::check(&workspace, annotate.as_deref(), pipeline::Options::default())
            .map(|report| {
                screen.checked(&report, start.elapsed());
                status_of(&report)
            }),
        Command::List => pipeline::list(&workspace).map(|(known, report)| {
            screen.listed(&known, &report);
            status_of(&report)
        }),
        Command::Watch { target, port, open } => {
            desk::watch(workspace, Request::from(target), *port, *open, &screen).map(|()| Status::Done)
        }
        Command::Why { target } => pipeline::why(&workspace, &Request::from(target)).map(|(causes, report)| {
            screen.caused(&causes, &report);
            status_of(&report)
        }),
        Command::Verify { target, jobs } => {
            let bar = screen.bar();
            let options = pipeline::Options {
                jobs: jobs.unwrap_or(pipeline::Options::default().jobs),
                progress: &|progress| bar.show(progress),
                ..pipeline::Options::default()
            };
            let report = pipeline::verify(&workspace, &Request::from(target), options);
            bar.clear();
            report.map(|report| {
                screen.verified(&report, start.elapsed());
                status_of(&report)
            })
        }
        Command::Review { file } => pipeline::review(&workspace, file).map(|outcome| {
            let problems = screen.reviewed(outcome);
            status_of(&Report { problems, ..Report::default() })
        }),
        Command::Explain { kind, id } => pipeline::explain(
            &workspace,
            &Request { kind: Some(crate::documents::kind_name(kind).to_owned()), id: Some(id.clone()) },
        )
        .map(|(ledgers, report)| {
            screen.explained(&ledgers, &report);
            status_of(&report)
        }),
        Command::Person { query, export, erase } => {
            let query = query.join(" ");
            let request = pipeline::PersonRequest { query: &query, export: export.as_deref(), erase: *erase };
            pipeline::person(&workspace, request).map(|(dossier, report)| {
                person::told(&screen, &dossier, &report, *erase);
                status_of(&report)
            })
        }
        Command::Completions { shell } => {
            screen.result(&arguments::completions(*shell));
            Ok(Status::Done)
        }
    };
    ended(told, &screen)
}

fn ended(told: Result<Status, Refusal>, screen: &Screen) -> Status {
    told.unwrap_or_else(|refusal| {
        screen.problems(&[pipeline::refused(&refusal)]);
        Status::Machine
    })
}

/// The status of a report, by who must act: the machine's refusals before the user's mistakes.
fn status_of(report: &Report) -> Status {
    let errors = || report.all_problems().filter(|problem| problem.is_error());
    if errors().any(|problem| problem.actor != Actor::User) {
        Status::Machine
    } else if errors().next().is_some() {
        Status::Inputs
    } else {
        Status::Done
    }
}
