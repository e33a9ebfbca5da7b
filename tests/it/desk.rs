//! The desk by the questions that a browser asks; `.ci/desk` asks them with browsers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

use regex::Regex;

use crate::fixture::Fixture;
use crate::init::fill;

/// A desk, and a browser that was let in.
struct Desk {
    child: Child,
    host: String,
    cookie: String,
    /// The address with the secret, below the host.
    entry: String,
}

/// The head and the body of an answer.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// The text as a person reads it: slashes unescaped, all spaces alike.
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace("&#x2f;", "/").replace(['\u{a0}', '\u{202f}'], " ")
    }
}

impl Desk {
    fn start(fixture: &Fixture, arguments: &str) -> Self {
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

    fn ask(&self, method: &str, path: &str, lines: &[(&str, &str)], body: &str) -> Answer {
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

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("Host", &self.host), ("Cookie", &self.cookie)], "")
    }

    fn page(&self, path: &str) -> String {
        self.get(path).text()
    }

    /// Clicks on a button of a page.
    fn click(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
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
    fn until(&self, path: &str, what: &str, expected: impl Fn(&str) -> bool) -> String {
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
    fn until_state(&self, kind: &str, id: &str, state: &str) -> String {
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
fn states(page: &str) -> BTreeMap<(String, String), String> {
    let link =
        Regex::new(r#"<a href="/document/([^"/]+)/([^"/]+)"[^>]*><span>[^<]*</span> <span class="note[^"]*">([^<]*)"#);
    let link = link.expect("a pattern");
    link.captures_iter(page).map(|it| ((it[1].to_owned(), it[2].to_owned()), it[3].to_owned())).collect()
}

fn version(page: &str) -> u64 {
    let found = Regex::new(r#"data-version="(\d+)""#).expect("a pattern").captures(page);
    found.expect("a version")[1].parse().expect("a number")
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
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

#[test]
fn a_saved_workbook_is_made_and_shown_and_a_mistake_leaves_the_last_good_pages() {
    let mut fixture = Fixture::small();
    let desk = Desk::start(&fixture, "watch");
    desk.until_state("newsletter", "1", "à jour");
    let letter = "/document/newsletter/1";
    let page = desk.page(letter);
    let picture = Regex::new(r#"<img src="([^"]+)""#).expect("a pattern");
    let source = |page: &str| picture.captures(page).expect("a picture")[1].to_owned();
    let answer = desk.get(&source(&page));
    assert!(answer.status == 200 && answer.body.starts_with(b"\x89PNG"), "{}", answer.head);

    fixture.edit("Articles", "Premier titre", "Titre du soir");
    fixture.write();
    desk.until(letter, "the new pages", |now| source(now) != source(&page));
    desk.until_state("newsletter", "1", "à jour");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre du soir"));

    fixture.edit("Articles", "Actualités locales", "Actualités lunaires");
    fixture.write();
    let problems = desk.until_state("newsletter", "1", "bloqué");
    assert!(problems.contains("evenements.xlsx › Articles › B2"), "{problems}");
    let wrong = desk.page(letter);
    assert!(wrong.contains("<img src=") && wrong.contains("les dernières qui étaient bonnes"), "{wrong}");
    assert_eq!(desk.get(&source(&wrong)).status, 200, "the last good page is gone");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre du soir"), "the last good file is gone");

    fixture.edit("Articles", "Actualités lunaires", "Actualités locales");
    fixture.write();
    desk.until_state("newsletter", "1", "à jour");
    assert!(!desk.page(letter).contains("les dernières qui étaient bonnes"));
}

#[test]
fn a_half_written_workbook_leaves_the_last_good_one_and_nothing_wakes_itself() {
    let fixture = Fixture::small();
    let desk = Desk::start(&fixture, "watch");
    desk.until_state("newsletter", "1", "à jour");
    let path = fixture.path("inputs/evenements.xlsx");
    let whole = fs::read(&path).expect("a workbook");
    fs::write(&path, &whole[..whole.len() / 2]).expect("written");
    let page = desk.until("/", "the half", |page| page.contains("evenements.xlsx » ne se lit pas"));
    assert!(page.contains("aucune erreur"), "{page}");
    fs::remove_file(&path).expect("removed");
    std::thread::sleep(Duration::from_millis(300));
    fs::write(&path, &whole).expect("written");
    let page = desk.until("/", "the whole", |page| !page.contains("ne se lit pas"));
    std::thread::sleep(Duration::from_millis(1500));
    let later = desk.page("/");
    assert!(version(&later) <= version(&page) + 3, "it goes on and on: {} after {}", version(&later), version(&page));
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(version(&desk.page("/")), version(&later), "it wakes itself");
}

#[test]
fn a_text_that_fails_and_a_disk_that_refuses_are_told() {
    let mut fixture = Fixture::small();
    let desk = Desk::start(&fixture, "watch");
    desk.until_state("newsletter", "1", "à jour");
    for template in ["lettre.html.j2", "lettre.txt.j2"] {
        let path = format!("templates/newsletter/{template}");
        fixture = fixture.file(&path, "{{ inconnu }}");
        let problems = desk.until_state("newsletter", "1", "en échec");
        assert!(problems.contains("inconnu"), "{problems}");
        fs::remove_file(fixture.path(&path)).expect("removed");
        desk.until_state("newsletter", "1", "à jour");
    }
    // A file stands where the folder of the letter has to be.
    fs::remove_dir_all(fixture.path("out/newsletter")).expect("removed");
    fs::write(fixture.path("out/newsletter"), "ici").expect("a file");
    fixture.edit("Articles", "Premier titre", "Titre du matin");
    fixture.write();
    let problems = desk.until_state("newsletter", "1", "en échec");
    assert!(problems.contains("out/newsletter"), "{problems}");
    fs::remove_file(fixture.path("out/newsletter")).expect("removed");
    fixture.edit("Articles", "Titre du matin", "Titre de midi");
    fixture.write();
    desk.until_state("newsletter", "1", "à jour");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Titre de midi"));
}

#[test]
fn nothing_is_written_before_a_button_is_pressed_and_the_page_agrees_with_the_list() {
    let mut fixture = Fixture::small();
    let desk = Desk::start(&fixture, "--no-open");
    let page = desk.until_state("newsletter", "1", "jamais fait");
    assert!(!fixture.path("out").exists(), "something was written");
    assert!(page.contains("Aucune erreur."), "{page}");
    // What the page says is what the command says, after each change.
    let agrees = |fixture: &Fixture, what: &str| {
        let listed: serde_json::Value = serde_json::from_str(&fixture.run("list --format json").stdout).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let listed: BTreeMap<(String, String), String> = listed["documents"]
            .as_array()
            .expect("documents")
            .iter()
            .map(|it| ((text(&it["genre"]), text(&it["document"])), text(&it["etat"])))
            .collect();
        desk.until("/problemes", what, |page| states(page) == listed);
    };
    assert_eq!(desk.click("fabriquer", &[]).status, 303);
    desk.until_state("newsletter", "1", "à jour");
    agrees(&fixture, "made");
    fs::remove_file(fixture.path("out/newsletter/1/lettre-1.txt")).expect("removed");
    agrees(&fixture, "a file is taken away");
    desk.until_state("newsletter", "1", "à refaire");
    fixture.edit("Articles", "Premier titre", "Autre titre");
    fixture.write();
    agrees(&fixture, "edited");
    assert!(desk.page("/document/newsletter/1?pourquoi=oui").contains("Articles › C2 : Premier titre → Autre titre"));
    assert_eq!(desk.click("fabriquer", &[("genre", "newsletter"), ("document", "1")]).status, 303);
    desk.until_state("newsletter", "1", "à jour");
    agrees(&fixture, "one document");
    assert!(fixture.text("out/newsletter/1/lettre-1.txt").contains("Autre titre"));
    fixture.edit("Lettres", "15/01/2022", "31 février 2022");
    fixture.write();
    agrees(&fixture, "a mistake");
    // Copies with their mistakes; the originals stay.
    let before = files(&fixture.path("inputs"));
    desk.click("annoter", &[]);
    desk.until("/", "the copies", |page| page.contains("Copies annotées dans"));
    assert!(fixture.path("out/interne/copies-annotees/evenements.xlsx").exists());
    assert_eq!(files(&fixture.path("inputs")), before);
}

#[test]
fn a_stranger_gets_nothing_and_changes_nothing() {
    let fixture = Fixture::small();
    let desk = Desk::start(&fixture, "watch");
    desk.until_state("newsletter", "1", "à jour");
    let (host, cookie, origin) = (desk.host.as_str(), desk.cookie.as_str(), format!("http://{}", desk.host));
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let before = (files(&fixture.path("out")), files(&fixture.path("inputs")), version(&desk.page("/")));
    // Without the secret, with a wrong one, by another name of this machine.
    let wrong = format!("{}0", &cookie[..cookie.len() - 1]);
    for lines in [
        &[("Host", host)][..],
        &[("Host", host), ("Cookie", wrong.as_str())],
        &[("Host", host), ("Cookie", "liasse-0=x; autre=y")],
        &[("Host", "ailleurs.example:80"), ("Cookie", cookie)],
        &[("Cookie", cookie)],
    ] {
        for path in
            ["/", "/problemes", "/bureau.js", "/document/newsletter/1", "/fichier/newsletter/1/lettre-1.txt", "/?cle=0"]
        {
            let answer = desk.ask("GET", path, lines, "");
            assert_eq!(answer.status, 403, "{path} {lines:?}");
            assert!(!answer.text().contains("Val d’Essai"), "{path}");
        }
    }
    // Another site's form, a form without an origin, a question for an action, other methods, a body of another kind.
    for (method, lines, status) in [
        ("POST", &[("Host", host), ("Cookie", cookie), ("Origin", "http://ailleurs.example"), form][..], 403),
        ("POST", &[("Host", host), ("Cookie", cookie), ("Origin", "null"), form], 403),
        ("POST", &[("Host", host), ("Cookie", cookie), form], 403),
        ("POST", &[("Host", host), ("Origin", origin.as_str()), form], 403),
        (
            "POST",
            &[("Host", host), ("Cookie", cookie), ("Origin", origin.as_str()), ("Content-Type", "text/plain")],
            415,
        ),
        ("GET", &[("Host", host), ("Cookie", cookie), ("Origin", origin.as_str())], 404),
        ("PUT", &[("Host", host), ("Cookie", cookie), ("Origin", origin.as_str()), form], 405),
        ("DELETE", &[("Host", host), ("Cookie", cookie), ("Origin", origin.as_str()), form], 405),
    ] {
        for action in ["fabriquer", "quitter", "creer"] {
            let answer = desk.ask(method, &format!("/faire/{action}"), lines, "genre=newsletter");
            assert_eq!(answer.status, status, "{method} {action} {lines:?}");
        }
    }
    // What is no action, no document, no file.
    for (action, fields) in [
        ("effacer", &[][..]),
        ("fabriquer", &[("genre", "newsletter"), ("document", "99")]),
        ("fabriquer", &[("document", "1")]),
        ("retablir", &[("genre", "newsletter"), ("document", "1")]),
        ("ouvrir", &[("quoi", "classeur"), ("fichier", "../../etc/passwd")]),
        (
            "ouvrir",
            &[
                ("quoi", "fichier"),
                ("genre", "newsletter"),
                ("document", "1"),
                ("fichier", "../../../inputs/contacts.xlsx"),
            ],
        ),
        ("ouvrir", &[("quoi", "/etc/passwd")]),
    ] {
        assert_eq!(desk.click(action, fields).status, 400, "{action} {fields:?}");
    }
    for path in [
        "/../Cargo.toml",
        "/fichier/newsletter/1/..%2F..%2F..%2Finputs%2Fcontacts.xlsx",
        "/fichier/newsletter/..%2F..%2Finputs/contacts.xlsx",
        "/fichier/newsletter/1/%2Fetc%2Fpasswd",
        "/page/newsletter/1/lettre-1.pdf/99",
        "/page/newsletter/1/lettre-1.pdf/-1",
        "/remise/newsletter/1/interne",
        "/document/newsletter/99",
        "/%ff",
    ] {
        assert!([400, 404].contains(&desk.get(path).status), "{path}");
    }
    // Anything at all.
    let steps = [
        "",
        "faire",
        "fabriquer",
        "quitter",
        "document",
        "newsletter",
        "1",
        "..",
        "%2e%2e",
        "fichier",
        "?cle=",
        "é",
        "\u{1}",
    ];
    let mut seed = 7_usize;
    let mut next = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for _ in 0..1000 {
        let path: String = (0..next(5)).map(|_| format!("/{}", steps[next(steps.len())])).collect();
        let path = if path.starts_with('/') { path } else { "/".to_owned() };
        let method = ["GET", "POST", "PUT", "OPTIONS", "TRACE"][next(5)];
        let host = [host, "localhost", "127.0.0.1", "ailleurs.example"][next(4)];
        let origin = [origin.as_str(), "http://ailleurs.example", "null"][next(3)];
        // One question in two comes without the secret; what comes with it is never a right form of the page.
        let lines =
            [("Host", host), ("Origin", origin), ("Cookie", [cookie, "x=y"][next(2)]), ("Content-Type", "text/plain")];
        let mut stream = TcpStream::connect(&desk.host).expect("a connection");
        let lines: String = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let _ = write!(stream, "{method} {path} HTTP/1.0\r\n{lines}\r\n");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
    }
    let page = desk.page("/");
    assert_eq!((files(&fixture.path("out")), files(&fixture.path("inputs")), version(&page)), before);
}

#[test]
fn the_first_day_goes_from_an_empty_folder_to_a_letter_without_a_command() {
    let fixture = Fixture::empty();
    let desk = Desk::start(&fixture, "--no-open");
    let page = desk.page("/");
    assert!(page.contains("<h1>Nouvel espace de travail</h1>") && page.contains("Dossier à créer"), "{page}");
    let folder = fixture.path("Mes documents/é").display().to_string();
    let mut fields = vec![
        ("nom", "Val d'Essai \"nord\""),
        ("operateur", "CCI"),
        ("partenaires", "CCA, cca ; CCB"),
        ("couleur", "#12365b"),
        ("accent", "#c8501e"),
        ("themes", "Eau\r\nÉnergie"),
        ("expediteur", "pas une adresse"),
        ("nom_expediteur", "Val d’Essai"),
        ("par_an", "6"),
        ("dossier", "relatif"),
    ];
    let wrong = desk.click("creer", &fields);
    let page = wrong.text();
    assert!(wrong.status == 422 && page.contains("2 réponses à revoir"), "{page}");
    assert!(page.contains("aria-invalid") && page.contains("CCA, cca ; CCB"), "{page}");
    fields[6].1 = "lettre@example.org";
    fields[9].1 = &folder;
    assert_eq!(desk.click("creer", &fields).status, 303);
    let page = desk.until("/", "the new workspace", |page| page.contains("Pour une première lettre"));
    assert!(page.contains("Partenaires</strong> : fait, 3 lignes"), "{page}");
    assert!(page.contains("Val d’Essai"), "{page}");
    assert!(desk.click("creer", &fields).status == 422, "a workspace was written over another");
    let inputs = fixture.path("Mes documents/é/inputs");
    let settings = fs::read_to_string(inputs.join("territoire.toml")).expect("settings");
    assert!(settings.contains("themes = [\"Eau\", \"Énergie\"]"), "{settings}");

    let named = [("CCI", "CCI"), ("CCA", "Aval"), ("CCB", "Amont")].map(|(code, name)| {
        [("Code", code), ("Type", "Autre"), ("Nom officiel", name), ("Nom usuel", name), ("Forme avec de", name)]
    });
    let partners: Vec<&[(&str, &str)]> = named.iter().map(|partner| &partner[..]).collect();
    fill(&inputs.join("contacts.xlsx"), "Partenaires", &partners);
    let contact = [
        ("Prénom", "Ada"),
        ("Nom", "Un"),
        ("Organisation", "Atelier"),
        ("Courriel", "ada@example.org"),
        ("Collège", "Industriel"),
        ("Lettre", "oui"),
        ("Source", "salon"),
    ];
    fill(&inputs.join("contacts.xlsx"), "Contacts", &[&contact]);
    fill(&inputs.join("evenements.xlsx"), "Lettres", &[&[("Numéro", "1"), ("Parution", "15/01/2022")]]);
    let article =
        [("Lettre", "1"), ("Rubrique", "Actualités locales"), ("Titre", "Un début"), ("Texte", "Le premier texte.")];
    fill(&inputs.join("evenements.xlsx"), "Articles", &[&article]);
    let letter = "/document/newsletter/1";
    desk.until("/problemes", "the letter", |page| {
        states(page).contains_key(&("newsletter".to_owned(), "1".to_owned()))
    });
    desk.click("fabriquer", &[("genre", "newsletter"), ("document", "1")]);
    desk.until(letter, "letter 1", |page| {
        page.contains("À jour") || page.contains("erreurs") || page.contains("erreur")
    });
    let text = fs::read_to_string(fixture.path("Mes documents/é/out/newsletter/1/lettre-1.txt"));
    assert!(text.expect("the letter").contains("Un début"));
}

#[test]
fn a_letter_is_handed_on_and_marked_as_sent_by_its_cell() {
    let mut fixture = Fixture::small();
    let desk = Desk::start(&fixture, "--no-open");
    desk.until_state("newsletter", "1", "jamais fait");
    assert_eq!(desk.get("/remise/newsletter/1/public").status, 404, "what is not made cannot be handed on");
    desk.click("fabriquer", &[]);
    desk.until_state("newsletter", "1", "à jour");
    let page = desk.page("/document/newsletter/1?remise=oui");
    assert!(page.contains("Tout le monde") && !page.contains("destinataires.csv</li>"), "{page}");
    let bundle = desk.get("/remise/newsletter/1/public");
    assert!(bundle.head.contains("attachment; filename*=UTF-8''newsletter-1-public.zip"), "{}", bundle.head);
    let mut archive = zip::ZipArchive::new(Cursor::new(bundle.body)).expect("an archive");
    let names: Vec<String> = (0..archive.len())
        .map(|index| archive.by_index(index).expect("a file").name().expect("a name").into_owned())
        .collect();
    assert!(
        names.contains(&"lettre-1.pdf".to_owned()) && !names.iter().any(|name| name.contains("destinataires")),
        "{names:?}"
    );
    let mut text = String::new();
    archive.by_name("lettre-1.txt").expect("the text").read_to_string(&mut text).expect("text");
    assert_eq!(text, fixture.text("out/newsletter/1/lettre-1.txt"));

    let page = desk.page("/envoi/newsletter/1");
    assert!(page.contains("liasse n’envoie aucun courriel") && page.contains("Ouvrir la liste"), "{page}");
    assert!(page.contains("evenements.xlsx › Lettres › "), "{page}");
    desk.click("attendre", &[("genre", "newsletter"), ("document", "1")]);
    desk.until("/envoi/newsletter/1", "the waiting", |page| page.contains("En attente de la date"));
    let sent = fixture.read("out/newsletter/1/lettre-1.pdf");
    fixture.set_table(
        "Lettres",
        "Numéro | Parution | Éditorial | Envoyée le\n1 | 15/01/2022 | Bonjour à tous. | 16/01/2022",
    );
    fixture.write();
    desk.until("/envoi/newsletter/1", "the sending", |page| {
        page.contains("Envoyé le 16 janvier 2022.") && page.contains("ils ne changent plus")
    });
    desk.until_state("newsletter", "1", "envoyé");
    // From then on it is evidence: what changes in the sheets changes nothing in it.
    fixture.edit("Articles", "Premier titre", "Titre d’après");
    fixture.write();
    desk.until_state("newsletter", "1", "à refaire");
    desk.click("fabriquer", &[]);
    desk.until("/document/newsletter/1", "the difference", |page| page.contains("les données ont changé depuis"));
    assert_eq!(fixture.read("out/newsletter/1/lettre-1.pdf"), sent);
}

#[test]
fn a_printed_number_leads_to_its_cells() {
    let fixture = Fixture::shipped();
    let desk = Desk::start(&fixture, "--no-open");
    let place = "/document/budget/2022-2023";
    let page = desk.until(place, "the budget", |page| page.contains("<rect"));
    assert!(page.matches("<rect").count() > 20, "{page}");
    let all = desk.page(&format!("{place}?chiffres=oui"));
    let link = Regex::new(r#"chiffre=(\d+)" data-doux>74 865,00 €<"#).expect("a pattern");
    let number = link.captures(&all).unwrap_or_else(|| panic!("{all}"))[1].to_owned();
    assert!(page.contains(&format!("?chiffre={number}\"")), "the total is not to be clicked on");
    let explained = desk.page(&format!("{place}?chiffre={number}"));
    assert!(explained.contains("D’où vient 74 865,00 € ?") && explained.contains("Dépenses › C"), "{explained}");
}

#[test]
fn what_is_due_is_told_from_the_day_of_the_settings() {
    let fixture = Fixture::shipped();
    let desk = Desk::start(&fixture, "--no-open");
    let page = desk.until("/", "what is due", |page| page.contains("À faire d’ici le"));
    assert!(page.contains("À faire d’ici le 15 octobre 2022"), "{page}");
    assert!(page.contains("Indicateurs, septembre 2022"), "{page}");
}

#[test]
fn the_desk_is_closed_from_its_page() {
    let fixture = Fixture::small();
    let mut desk = Desk::start(&fixture, "--no-open");
    desk.until_state("newsletter", "1", "jamais fait");
    let answer = desk.click("quitter", &[]);
    assert!(answer.status == 200 && answer.text().contains("liasse est fermé"), "{}", answer.text());
    let start = SystemTime::now();
    loop {
        if let Some(status) = desk.child.try_wait().expect("a status") {
            assert!(status.success(), "{status}");
            break;
        }
        assert!(start.elapsed().expect("time") < Duration::from_secs(20), "it goes on");
        std::thread::sleep(Duration::from_millis(50));
    }
}
