//! The desk behind the terminal: what it is opened with, and what the terminal is told of it.

use std::time::Duration;

use super::arguments::Arguments;
use super::screen::Screen;
use crate::desk::{self, Terminal, Wishes};
use crate::diagnostics::Diagnostic;
use crate::files::{self, Refusal, Workspace};
use crate::pipeline::{Report, Request};

/// Opens the desk over the workspace that is meant; returns when it is closed from the page.
pub(super) fn open(arguments: &Arguments, screen: &Screen) -> Result<(), Refusal> {
    let workspace = if arguments.names_folders() { Some(arguments.workspace()) } else { desk::find() };
    let wishes = Wishes {
        workspace,
        request: Request::default(),
        port: arguments.port,
        open: !arguments.no_open,
        automatic: false,
        today: files::today(),
    };
    desk::run(wishes, screen)
}

/// The same over the documents of a request, which are made as soon as a file changes.
pub(super) fn watch(
    workspace: Workspace,
    request: Request,
    port: Option<u16>,
    open: bool,
    screen: &Screen,
) -> Result<(), Refusal> {
    desk::run(
        Wishes { workspace: Some(workspace), request, port, open, automatic: true, today: files::today() },
        screen,
    )
}

impl Terminal for Screen {
    fn address(&self, address: &str) {
        self.result(&format!("{address}\n"));
    }

    fn message(&self, text: &str) {
        Self::message(self, &format!("{text}\n"));
    }

    fn built(&self, report: &Report, took: Duration) -> String {
        Self::built(self, report, took);
        self.summary(report, took)
    }

    fn checked(&self, report: &Report, took: Duration) -> String {
        Self::checked(self, report, took);
        self.verdict(report, took)
    }

    fn problems(&self, problems: &[Diagnostic]) {
        Self::problems(self, problems);
    }
}
