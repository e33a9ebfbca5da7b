//! A desk that runs, and a browser that asks it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use regex::Regex;

use crate::fixture::Fixture;

/// A desk, and a browser that was let in.
pub(crate) struct Desk {
    pub(crate) child: Child,
    pub(crate) host: String,
    pub(crate) cookie: String,
    /// The address with the secret, below the host.
    pub(crate) entry: String,
}

/// The head and the body of an answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The text as a person reads it: slashes unescaped, all spaces alike.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace("&#x2f;", "/").replace(['\u{a0}', '\u{202f}'], " ")
    }
}

impl Desk {
    pub(crate) fn start(fixture: &Fixture, arguments: &str) -> Self {
        let mut command = fixture.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut line = String::new();
        let out = child.stdout.take().expect("an output");
        let mut out = BufReader::new(out);
        out.read_line(&mut line).expect("the address");
        // What a run writes goes on being read: nobody must wait for it.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{line}"));
        let (host, entry) = address.split_once('/').expect("a path");
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        let mut desk = Self { child, host: host.to_owned(), cookie: String::new(), entry: format!("/{entry}") };
        let entered = desk.ask("GET", &desk.entry, &[("Host", host)], "");
        let cookie = entered.head.lines().find_map(|line| line.strip_prefix("Set-Cookie: ")).expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        desk.cookie = cookie.split(';').next().expect("a cookie").to_owned();
        desk
    }

    pub(crate) fn ask(&self, method: &str, path: &str, lines: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        let lines: String = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        write!(stream, "{method} {path} HTTP/1.0\r\n{lines}Content-Length: {length}\r\n\r\n{body}")
            .expect("a question");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let split = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..split]).replace("\r\n", "\n");
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).expect("a status");
        Answer { status, head, body: answer[split + 4..].to_vec() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("Host", &self.host), ("Cookie", &self.cookie)], "")
    }

    pub(crate) fn page(&self, path: &str) -> String {
        self.get(path).text()
    }

    /// Clicks on a button of a page.
    pub(crate) fn click(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let origin = format!("http://{}", self.host);
        let lines = [
            ("Host", self.host.as_str()),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.ask("POST", &format!("/faire/{action}"), &lines, &body)
    }

    /// The page once it is as expected and nothing is being done.
    pub(crate) fn until(&self, path: &str, what: &str, expected: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let page = self.page(path);
            if !page.contains("data-occupe") && expected(&page) {
                return page;
            }
            assert!(start.elapsed() < Duration::from_secs(90), "{what}: {page}");
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// The page of all problems once a document stands in a state.
    pub(crate) fn until_state(&self, kind: &str, id: &str, state: &str) -> String {
        self.until("/problemes", state, |page| {
            states(page).get(&(kind.to_owned(), id.to_owned())).map(String::as_str) == Some(state)
        })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The states that a page tells of all documents.
pub(crate) fn states(page: &str) -> BTreeMap<(String, String), String> {
    let link =
        Regex::new(r#"<a href="/document/([^"/]+)/([^"/]+)"[^>]*><span>[^<]*</span> <span class="note[^"]*">([^<]*)"#);
    let link = link.expect("a pattern");
    link.captures_iter(page).map(|it| ((it[1].to_owned(), it[2].to_owned()), it[3].to_owned())).collect()
}

pub(crate) fn version(page: &str) -> u64 {
    let found = Regex::new(r#"data-version="(\d+)""#).expect("a pattern").captures(page);
    found.expect("a version")[1].parse().expect("a number")
}

/// Every file below a folder, with its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let entries = fs::read_dir(folder).into_iter().flatten();
    for path in entries.map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.display().to_string(), fs::read(&path).expect("a file"));
        }
    }
    found
}
