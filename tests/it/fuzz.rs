//! What `cargo fuzz` runs for hours, over the corpora: every file that once made the program fall is there.

use std::path::PathBuf;

use crate::fixture::root;

#[path = "../fuzz/bodies.rs"]
mod bodies;

/// Runs a target over its corpus.
fn run(target: &str, body: fn(&[u8])) {
    let folder = root().join("tests/fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    let falls = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("a file");
        std::panic::catch_unwind(|| body(&bytes)).is_err()
    };
    let fallen: Vec<PathBuf> = files.into_iter().filter(falls).collect();
    assert!(fallen.is_empty(), "{target}: {fallen:?}");
}

#[test]
fn every_file_of_the_corpora_is_survived() {
    run("xlsx", bodies::xlsx);
    run("ods", bodies::ods);
    run("cells", bodies::cells);
    run("settings", bodies::settings);
    run("markdown", bodies::markdown);
    run("word", bodies::word);
}
