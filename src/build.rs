//! Lists the built-in templates for `include_bytes!`, and names this version of the program by a hash of its sources.
//!
//! The hash leaves the templates out: editing one makes only the documents that use it out of date.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a build script reads files, and stops on what cannot be"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    for watched in ["src", "templates", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={watched}");
    }

    let templates = root.join("templates");
    let mut table = String::from("&[\n");
    for path in files_below(&templates) {
        let name = path.strip_prefix(&templates).expect("a file below templates").to_string_lossy().replace('\\', "/");
        writeln!(table, "    ({name:?}, include_bytes!({:?}) as &[u8]),", path.to_string_lossy())
            .expect("a string takes it");
    }
    table.push(']');
    fs::write(out.join("templates.rs"), table).expect("OUT_DIR takes a file");

    // FNV-1a over names and contents: it tells versions apart and guards nothing.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let sources = files_below(&root.join("src")).into_iter().chain([root.join("Cargo.lock")]);
    for path in sources.filter(|path| path.exists()) {
        let name = path.strip_prefix(&root).expect("a file below the root").to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain(fs::read(&path).expect("a source file")) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    println!("cargo:rustc-env=LIASSE_PROGRAM={hash:016x}");
}

/// Every file below a folder, in the order of their names; an absent folder has none.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
