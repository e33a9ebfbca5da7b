//! Watching and the preview, by the questions that a browser asks. `.ci/preview` asks them with a browser.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::fixture::Fixture;

struct Watch {
    child: Child,
    host: String,
}

impl Watch {
    fn start(fixture: &Fixture) -> Self {
        let mut child = fixture.command("watch").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut line = String::new();
        let out = child.stdout.take().expect("an output");
        BufReader::new(out).read_line(&mut line).expect("the address");
        let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(host.starts_with("127.0.0.1:"), "{line}");
        Self { child, host }
    }

    /// The status and the body of an answer.
    fn get(&self, path: &str, host: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").expect("a question");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let split = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..split]).into_owned();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok()).expect("a status");
        (status, answer[split + 4..].to_vec())
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path, &self.host).1).expect("JSON")
    }

    /// The first state after a version that is as expected.
    fn until(&self, what: &str, expected: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        let mut version = 0;
        loop {
            let (_, body) = self.get(&format!("/etat.json?depuis={version}"), &self.host);
            let state: Value = serde_json::from_slice(&body).expect("JSON");
            if expected(&state) {
                return state;
            }
            version = state["version"].as_u64().expect("a version");
            assert!(start.elapsed() < Duration::from_secs(60), "{what}: {state:#}");
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_done(state: &Value) -> bool {
    state["en_cours"] == false && !state["bilan"].is_null()
}

#[test]
fn a_saved_workbook_is_made_and_shown_and_mistakes_stand_in_place_of_pages() {
    let mut fixture = Fixture::small();
    let watch = Watch::start(&fixture);
    let first = watch.until("the first run", is_done);
    assert_eq!(first["documents"][0]["document"], "1");
    let (status, page) = watch.get("/page/0/0/0", &watch.host);
    assert!(status == 200 && page.starts_with(b"\x89PNG"), "{status}");
    assert_eq!(watch.get("/etat.json", "ailleurs.example:80").0, 403, "another site's name is answered");
    for path in ["/fichier/0/99", "/fichier/9/0", "/fichier/0/../../../Cargo.toml", "/page/0/0/99"] {
        assert_eq!(watch.get(path, &watch.host).0, 404, "{path}");
    }

    fixture.edit("Articles", "Premier titre", "Titre du soir");
    fixture.write();
    watch.until("the edit", |state| is_done(state) && state["version"] != first["version"]);
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre du soir"));

    fixture.edit("Articles", "Actualités locales", "Actualités lunaires");
    fixture.write();
    let is_wrong = |state: &Value| state["documents"][0]["etat"] == "bloqué" && is_done(state);
    let wrong = watch.until("the mistake at its cell", |state| {
        is_wrong(state) && watch.json("/document/0")["erreurs"][0]["cellule"] == "B2"
    });
    assert_eq!(wrong["documents"][0]["document"], "1");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre du soir"), "the last good file is gone");

    fixture.edit("Articles", "Actualités lunaires", "Actualités locales");
    fixture.write();
    watch.until("the mending", |state| state["documents"][0]["etat"] == "à jour" && is_done(state));
}

#[test]
fn a_half_written_workbook_leaves_the_last_good_one_and_nothing_wakes_itself() {
    let fixture = Fixture::small();
    let watch = Watch::start(&fixture);
    watch.until("the first run", is_done);
    let path = fixture.path("inputs/evenements.xlsx");
    let whole = fs::read(&path).expect("a workbook");
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    let state =
        watch.until("the half", |state| is_done(state) && state["attente"].as_array().is_some_and(|it| !it.is_empty()));
    assert!(state["attente"][0].as_str().is_some_and(|text| text.contains("evenements.xlsx")), "{state}");
    assert_eq!(watch.json("/document/0")["erreurs"].as_array().map(Vec::len), Some(0));
    fs::remove_file(&path).expect("removed");
    std::thread::sleep(Duration::from_millis(300));
    fs::write(&path, &whole).expect("written");
    let state =
        watch.until("the whole", |state| is_done(state) && state["attente"].as_array().is_some_and(Vec::is_empty));
    // A template that goes away and comes back, and an answer that nobody needs: a second without news.
    std::thread::sleep(Duration::from_millis(1500));
    let (_, body) = watch.get("/etat.json?depuis=0", &watch.host);
    let later: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(later["version"], state["version"]);
}

#[test]
fn a_text_that_fails_and_a_disk_that_refuses_are_told_in_place_of_what_is_stale() {
    let mut fixture = Fixture::small();
    let watch = Watch::start(&fixture);
    watch.until("the first run", is_done);
    let failed = |state: &Value| state["documents"][0]["etat"] == "en échec" && is_done(state);
    let told =
        |state: &Value, what: &str| failed(state) && state["documents"][0]["remarques"].to_string().contains(what);
    let whole = |state: &Value| state["documents"][0]["etat"] == "à jour" && is_done(state);
    // A part without pages fails: the pages are right, and the document is not.
    for template in ["lettre.html.j2", "lettre.txt.j2"] {
        let path = format!("templates/newsletter/{template}");
        fixture = fixture.file(&path, "{{ inconnu }}");
        watch.until(template, |state| told(state, "inconnu"));
        fs::remove_file(fixture.path(&path)).expect("removed");
        watch.until("without it", whole);
    }
    // A file stands where the folder of the letter has to be.
    fs::remove_dir_all(fixture.path("out/newsletter")).expect("removed");
    fs::write(fixture.path("out/newsletter"), "ici").expect("a file");
    fixture.edit("Articles", "Premier titre", "Titre du matin");
    fixture.write();
    watch.until("the disk", |state| told(state, "out/newsletter"));
    fs::remove_file(fixture.path("out/newsletter")).expect("removed");
    fixture.edit("Articles", "Titre du matin", "Titre de midi");
    fixture.write();
    watch.until("the disk again", whole);
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre de midi"));
}
