//! Many territories as one batch: time, memory, linearity; and Typst's own program on the same pages.
//!
//! `cargo bench --bench batch -- 10 60 183` makes that many territories, each with seven packs, in one process a territory,
//! and prints a line for each. With `TYPST=typst` in the environment, the pages of the first territory's payment requests
//! are also given to that program, one process a document, in the same run.

#![allow(
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark may stop where it stands, and prints its figures"
)]

mod territories;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use liasse::documents::{KINDS, Recipe};
use liasse::intake::{self, Sources, WORKBOOKS};
use liasse::model::{Desk, Disclosure};
use liasse::render::markdown;
use liasse::render::text::Texts;
use liasse::templates::Templates;
use tempfile::TempDir;

use self::territories::{Size, Territory};

const SEVEN: Size = Size { councils: 7, rows: 240, members: 60 };

fn main() {
    let counts: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![2, 6] } else { counts };
    println!("{:>12} {:>8} {:>10} {:>12} {:>12}", "territoires", "dossiers", "secondes", "dossiers/s", "Mo au plus");
    for count in counts {
        let folder = TempDir::new().expect("a folder");
        for index in 0..count {
            Territory::new(index, SEVEN).write(&folder.path().join(index.to_string()).join("inputs"));
        }
        let start = Instant::now();
        let most = (0..count).map(|index| run(&folder.path().join(index.to_string()))).max().unwrap_or(0);
        let seconds = start.elapsed().as_secs_f64();
        let packs = count * SEVEN.councils;
        println!("{count:>12} {packs:>8} {seconds:>10.1} {:>12.1} {most:>12}", packs as f64 / seconds);
    }
    if let Ok(typst) = std::env::var("TYPST") {
        compare(&typst, 40);
    }
}

/// Makes the packs of one territory; the most memory that it took, in megabytes.
fn run(workspace: &Path) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_liasse"))
        .args(["build", "annexes"])
        .current_dir(workspace)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut most = 0;
    loop {
        // The system tells it only while the process lives.
        most = most.max(peak(child.id()).unwrap_or(0));
        match child.try_wait().expect("a status") {
            Some(status) => {
                assert!(status.success(), "{}", workspace.display());
                return most;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The same one-page letters by Typst's program and by ours, in seconds a letter.
fn compare(typst: &str, count: usize) {
    let folder = TempDir::new().expect("a folder");
    let territory = Territory::new(0, Size { councils: count, rows: 60, members: 0 });
    territory.write(&folder.path().join("inputs"));
    let templates = Templates::built_in();
    for name in templates.names().filter(|name| name.ends_with(".typ")) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &templates.get(name).expect("a template").bytes).expect("written");
    }
    std::fs::create_dir_all(folder.path().join("fonts")).expect("a folder");
    for (name, bytes) in [("regular", notosans::REGULAR_TTF), ("bold", notosans::BOLD_TTF)] {
        std::fs::write(folder.path().join(format!("fonts/{name}.ttf")), bytes).expect("a font");
    }
    let read = |name: &str| std::fs::read(folder.path().join("inputs").join(name)).expect("an input");
    let settings = String::from_utf8(read("territoire.toml")).expect("UTF-8");
    let name = |stem: &str| format!("{stem}.xlsx");
    let workbooks = WORKBOOKS.iter().map(|it| (name(it.stem), Some(read(&name(it.stem)).into()))).collect();
    let sources = Sources {
        settings: ("territoire.toml".to_owned(), Some(settings)),
        workbooks,
        map: (String::new(), None),
        image: &|_| None,
        enclosure: &|name| Err(liasse::diagnostics::messages::cells::missing_enclosure(name)),
        has_glyph: &|_| true,
    };
    let model = intake::read(&sources).model;
    let kind = KINDS.iter().find(|kind| kind.name == "payment-requests").expect("the kind");
    let draft = (kind.draft)(&Desk::new(&Disclosure::new(model)), "2022-2023").expect("a draft");
    let texts = Texts::new(&templates);
    let mut theirs = Duration::ZERO;
    for part in &draft.parts {
        let Recipe::Pdf { template, data, texts: words, .. } = &part.recipe else { continue };
        let mut data = data.json();
        markdown::resolve(&mut data);
        for words in words {
            let told = texts.words(&words.template, &words.data.json(), &words.figures()).expect("a text");
            data["textes"][words.key] = serde_json::to_value(told.text.blocks).expect("blocks");
        }
        std::fs::write(folder.path().join("data.json"), data.to_string()).expect("written");
        let start = Instant::now();
        let status = Command::new(typst)
            .args([
                "compile",
                "--root",
                ".",
                "--pdf-standard",
                "ua-1,a-2a",
                "--ignore-system-fonts",
                "--font-path",
                "fonts",
            ])
            .args([template, "page.pdf"])
            .current_dir(folder.path())
            .status()
            .expect("typst runs");
        theirs += start.elapsed();
        assert!(status.success());
    }
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_liasse"))
        .args(["build", "payment-requests", "2022-2023"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("it runs");
    assert!(status.success());
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / count as f64;
    println!(
        "\n{count} letters: typst compile {:.1} ms each, liasse {:.1} ms each",
        each(theirs),
        each(start.elapsed())
    );
}
