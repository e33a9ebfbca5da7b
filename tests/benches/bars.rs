//! The bars of the product: reading, nothing to do, one letter from cold, six packs, a thousand letters.
//!
//! `cargo bench --bench bars`. Whole runs are measured as a person meets them: a process from its start to its end.

#![allow(
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark may stop where it stands, and prints its figures"
)]

mod territories;

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use liasse::intake::{self, Sources, WORKBOOKS};
use tempfile::TempDir;

use self::territories::{Size, Territory};

fn main() {
    divan::main();
}

/// A workspace in a folder of its own.
struct Workspace(TempDir);

impl Workspace {
    fn shipped() -> Self {
        let folder = TempDir::new().expect("a folder");
        let inputs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("inputs");
        copy(&inputs, &folder.path().join("inputs"));
        Self(folder)
    }

    fn of(territory: &Territory) -> Self {
        let folder = TempDir::new().expect("a folder");
        territory.write(&folder.path().join("inputs"));
        Self(folder)
    }

    fn run(&self, arguments: &str) {
        let status = Command::new(env!("CARGO_BIN_EXE_liasse"))
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("it runs");
        assert!(status.success(), "{arguments}");
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(drop).expect("copied") }
    }
}

static SHIPPED: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = Workspace::shipped();
    workspace.run("build");
    workspace
});

/// The three workbooks of a real territory, from their bytes to the model and every check.
#[divan::bench(args = [5_000, 20_000, 100_000], sample_count = 10)]
fn reading(bencher: Bencher, rows: usize) {
    let territory = Territory::new(1, Size { councils: 6, rows, members: 0 });
    let workspace = Workspace::of(&territory);
    let inputs = workspace.0.path().join("inputs");
    let bytes = |stem: &str| std::fs::read(inputs.join(format!("{stem}.xlsx"))).expect("a workbook").into();
    let workbooks: Vec<_> =
        WORKBOOKS.iter().map(|workbook| (format!("{}.xlsx", workbook.stem), Some(bytes(workbook.stem)))).collect();
    let settings = std::fs::read_to_string(inputs.join("territoire.toml")).expect("settings");
    bencher.counter(ItemsCount::new(rows)).bench(|| {
        let sources = Sources {
            settings: ("territoire.toml".to_owned(), Some(settings.clone())),
            workbooks: workbooks.clone(),
            map: (String::new(), None),
            image: &|_| None,
            enclosure: &|name| Err(liasse::diagnostics::messages::cells::missing_enclosure(name)),
            has_glyph: &liasse::render::fonts::has_glyph,
        };
        let understood = intake::read(&sources);
        assert!(!understood.problems.iter().any(liasse::diagnostics::Diagnostic::is_error));
    });
}

#[divan::bench(sample_count = 40)]
fn nothing_to_do(bencher: Bencher) {
    bencher.bench(|| SHIPPED.run("build"));
}

#[divan::bench(sample_count = 15)]
fn letter_from_cold(bencher: Bencher) {
    bencher.bench(|| SHIPPED.run("build newsletter 14 --force"));
}

#[divan::bench(sample_count = 5)]
fn six_packs_from_cold(bencher: Bencher) {
    bencher.counter(ItemsCount::new(6_usize)).bench(|| SHIPPED.run("build annexes --force"));
}

#[divan::bench(sample_count = 3)]
fn everything_from_cold(bencher: Bencher) {
    bencher.bench(|| SHIPPED.run("build --force"));
}

/// Distinct accessible letters of one page, in one run.
#[divan::bench(args = [250, 1_000], sample_count = 3)]
fn letters(bencher: Bencher, count: usize) {
    let workspace = Workspace::of(&Territory::new(1, Size { councils: count, rows: 60, members: 0 }));
    let run = || workspace.run("build payment-requests 2022-2023 --force");
    bencher.counter(ItemsCount::new(count)).bench(run);
}
