//! The preview: a local page over the last good state. It lists the documents, shows their pages, tells what is wrong, and
//! reloads what changed. It listens on 127.0.0.1 alone, and answers only to that name.

mod answers;

use std::io::Cursor;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tiny_http::{Header, Request, Response, Server};

use crate::diagnostics::render_json;
use crate::pipeline::{Report, Shown, ShownFile, Snapshot, State as Standing, Waiting};

/// How long a question for news is kept open.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running preview.
pub struct Preview {
    shared: Arc<Shared>,
    port: u16,
}

/// What the page shows.
#[derive(Default)]
struct State {
    /// Counts the changes.
    version: u64,
    snapshot: Option<Arc<Snapshot>>,
    /// Files that are open elsewhere or could not be read yet, in plain words.
    waiting: Vec<String>,
    /// What the last run has to tell.
    told: Option<Told>,
    working: bool,
    /// The last version of which somebody saw a page.
    seen: u64,
    /// When somebody last asked for news.
    asked: Option<Instant>,
}

/// What a run has to tell.
struct Told {
    summary: String,
    problems: serde_json::Value,
    /// Whether the whole run failed: what stands there is older than what the sheets say.
    is_failed: bool,
    documents: Vec<Standings>,
}

/// A document of a run by kind and name, how it stands, and what there is to say of it.
type Standings = (&'static str, String, Standing, serde_json::Value);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    out: PathBuf,
}

/// An answer to a question.
type Answer = Response<Cursor<Vec<u8>>>;

impl Preview {
    /// Starts on a port, or on one that is free.
    ///
    /// # Errors
    ///
    /// When the port is taken.
    pub fn start(port: Option<u16>, out: PathBuf) -> std::io::Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(0)));
        let server = Server::http(address)
            .map_err(|error| error.downcast::<std::io::Error>().map_or_else(std::io::Error::other, |error| *error))?;
        let port = server.server_addr().to_ip().map_or(0, |address| address.port());
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), out });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let shared = Arc::clone(&serving);
                // A question for news waits: each has its own thread.
                std::thread::spawn(move || shared.answer(request, port));
            }
        });
        Ok(Self { shared, port })
    }

    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Shows a new state of the inputs; the files are still being written.
    pub fn show(&self, snapshot: &Arc<Snapshot>, waiting: &[Waiting]) {
        let mut state = self.shared.state();
        state.snapshot = Some(Arc::clone(snapshot));
        state.waiting = waiting.iter().map(|waiting| waiting.text.clone()).collect();
        state.working = true;
        self.shared.tell(state);
    }

    /// Gives who looks at a page the time to see it before the machine is busy with the rest.
    pub fn let_look(&self, at_most: Duration) {
        let state = self.shared.state();
        if state.asked.is_some_and(|asked| asked.elapsed() < PATIENCE * 2) {
            let _ = self.shared.changed.wait_timeout_while(state, at_most, |state| state.seen < state.version);
        }
    }

    /// Shows what a run has to tell.
    pub fn tell(&self, summary: String, report: &Report) {
        let documents = report
            .outcomes
            .iter()
            .map(|outcome| (outcome.kind, outcome.id.clone(), outcome.state, render_json(&outcome.problems)));
        let told = Told {
            summary,
            problems: render_json(&report.problems),
            is_failed: report.outcomes.is_empty() && report.has_errors(),
            documents: documents.collect(),
        };
        let mut state = self.shared.state();
        state.told = Some(told);
        state.working = false;
        self.shared.tell(state);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, mut state: MutexGuard<'_, State>) {
        state.version += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// The state after a version, as soon as there is one.
    fn after(&self, version: u64) -> MutexGuard<'_, State> {
        let mut state = self.state();
        state.asked = Some(Instant::now());
        let waited = self.changed.wait_timeout_while(state, PATIENCE, |state| state.version <= version);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn answer(&self, request: Request, port: u16) {
        // Another site's page that resolves its own name to this machine gets nothing.
        let host = request.headers().iter().find(|header| header.field.equiv("Host"));
        let expected = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let is_ours = host.is_some_and(|host| expected.iter().any(|name| host.value == name.as_str()));
        let answer = if is_ours { self.route(request.url()) } else { refusal(403) };
        let _ = request.respond(answer);
    }

    fn route(&self, url: &str) -> Answer {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let steps: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match steps.as_slice() {
            [""] => page("text/html; charset=utf-8", include_bytes!("page.html")),
            ["page.css"] => page("text/css; charset=utf-8", include_bytes!("page.css")),
            ["page.js"] => page("text/javascript; charset=utf-8", include_bytes!("page.js")),
            ["etat.json"] => {
                let version = query.strip_prefix("depuis=").and_then(|text| text.parse().ok()).unwrap_or(0);
                answers::state(&self.after(version))
            }
            ["document", document] => {
                self.with_document(document, |snapshot, document| Some(answers::document(snapshot, document)))
            }
            ["pages", document, file] => self.with_file(document, file, answers::pages),
            ["page", document, file, page] => {
                let Ok(page) = page.parse() else { return refusal(404) };
                let answer = self.with_file(document, file, |snapshot, document, file| {
                    answers::picture(snapshot, document, &file.name, page)
                });
                self.seen();
                answer
            }
            ["fichier", document, file] => {
                self.with_file(document, file, |_, _, file| answers::file(&self.out.join(&file.place)))
            }
            // The pictures of an e-mail stand beside it.
            ["fichier", document, "images", picture] => self.with_document(document, |snapshot, document| {
                let name = format!("images/{picture}");
                let (_, files) = snapshot.files(document).ok()?;
                let file = files.into_iter().find(|file| file.name == name)?;
                answers::file(&self.out.join(file.place))
            }),
            _ => refusal(404),
        }
    }

    /// Answers about a file that the state names by its numbers: no path comes from outside.
    fn with_file(
        &self,
        document: &str,
        file: &str,
        answer: impl FnOnce(&Snapshot, &Shown, &ShownFile) -> Option<Answer>,
    ) -> Answer {
        self.with_document(document, |snapshot, document| {
            let (_, files) = snapshot.files(document).ok()?;
            answer(snapshot, document, files.get(file.parse::<usize>().ok()?)?)
        })
    }

    fn with_document(&self, document: &str, answer: impl FnOnce(&Snapshot, &Shown) -> Option<Answer>) -> Answer {
        let snapshot = self.state().snapshot.clone();
        let found = || {
            let snapshot = snapshot?;
            answer(&snapshot, snapshot.documents.get(document.parse::<usize>().ok()?)?)
        };
        found().unwrap_or_else(|| refusal(404))
    }

    /// Notes that somebody saw a page of the present state.
    fn seen(&self) {
        let mut state = self.state();
        state.seen = state.version;
        drop(state);
        self.changed.notify_all();
    }
}

fn refusal(status: u16) -> Answer {
    Response::from_data(Vec::new()).with_status_code(status)
}

/// An answer that stands for good: its address names a version.
fn lasting(kind: &str, bytes: &[u8]) -> Answer {
    respond(kind, bytes, "private, max-age=3600")
}

fn page(kind: &str, bytes: &[u8]) -> Answer {
    respond(kind, bytes, "no-store")
}

fn respond(kind: &str, bytes: &[u8], cache: &str) -> Answer {
    let header = |name: &str, value: &str| Header::from_bytes(name, value).ok();
    let headers = [
        header("Content-Type", kind),
        header("Cache-Control", cache),
        header("X-Content-Type-Options", "nosniff"),
        header(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
        ),
    ];
    headers.into_iter().flatten().fold(Response::from_data(bytes.to_vec()), Response::with_header)
}
