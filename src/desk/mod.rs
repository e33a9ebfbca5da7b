//! The desk: a local page from which everything is done with buttons. One thread writes (`worker`), everybody else looks at
//! one state (`state`); who may ask at all is decided in `guard`, what may be asked is a closed list (`routes`, `actions`).
//!
//! It never writes into a workbook, and how pages are set is not known here.

mod actions;
mod answers;
mod documents;
mod guard;
mod home;
mod problems;
mod routes;
mod state;
mod worker;
mod workspace;

pub use self::workspace::{find, usual_folder};

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use tiny_http::Server;

use self::guard::Guard;
use self::state::Shared;
use crate::diagnostics::Diagnostic;
use crate::files::{Refusal, Workspace};
use crate::pipeline::{Report, Request, Waiting};

/// What the desk is opened with.
pub struct Wishes {
    /// The workspace; without one, the page offers a new one.
    pub workspace: Option<Workspace>,
    /// The documents that it is about.
    pub request: Request,
    /// The port; a free one when there is none.
    pub port: Option<u16>,
    /// Whether the page is opened in the browser.
    pub open: bool,
    /// Whether documents are made as soon as a file changes.
    pub automatic: bool,
    /// The day on which the desk is opened.
    pub today: NaiveDate,
}

/// What the terminal behind the desk is told.
pub trait Terminal {
    /// The address of the page: the first line.
    fn address(&self, address: &str);
    /// Something in plain words.
    fn message(&self, text: &str);
    /// What a run made; gives its summary.
    fn built(&self, report: &Report, took: Duration) -> String;
    /// What a check found; gives its summary.
    fn checked(&self, report: &Report, took: Duration) -> String;
    /// What is wrong beside the documents.
    fn problems(&self, problems: &[Diagnostic]);
    /// Files that are open elsewhere.
    fn waiting(&self, waiting: &[Waiting]) {
        waiting.iter().for_each(|waiting| self.message(&waiting.text));
    }
}

/// The most questions that are answered at once.
const MOST_QUESTIONS: usize = 64;

/// Opens the desk, and returns when it is closed from the page.
///
/// # Errors
///
/// When the port is taken, or the system gives no secret.
pub fn run(wishes: Wishes, terminal: &dyn Terminal) -> Result<(), Refusal> {
    let refused =
        |error: std::io::Error| Refusal { action: "ouvrir le bureau sur", path: "127.0.0.1".to_owned(), error };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wishes.port.unwrap_or(0)));
    let server = Server::http(address)
        .map_err(|error| error.downcast::<std::io::Error>().map_or_else(std::io::Error::other, |error| *error))
        .map_err(refused)?;
    let port = server.server_addr().to_ip().map_or(0, |address| address.port());
    let guard = Guard::new(port).map_err(refused)?;
    let address = guard.address();
    terminal.address(&address);
    let shared = Arc::new(Shared::new(guard, wishes.today, wishes.automatic, wishes.workspace.is_some()));
    let serving = Arc::clone(&shared);
    std::thread::spawn(move || {
        let open = Arc::new(());
        for request in server.incoming_requests() {
            let (shared, open) = (Arc::clone(&serving), Arc::clone(&open));
            // A question for news waits: each has its own thread.
            if Arc::strong_count(&open) <= MOST_QUESTIONS + 1 {
                std::thread::spawn(move || {
                    routes::answer(&shared, request);
                    drop(open);
                });
            }
        }
    });
    if wishes.open && open::that_detached(&address).is_err() {
        terminal.message("aucun navigateur ne s’ouvre : ouvrez l’adresse vous-même");
    }
    worker::work(&shared, wishes.workspace, &wishes.request, terminal);
    Ok(())
}
