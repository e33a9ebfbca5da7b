//! The house rules that no compiler checks: layers, the door to the disk, mirrored folders, the catalogue of messages.

use std::path::{Path, PathBuf};

use crate::fixture::root;

/// Each layer, and the layers of the crate that it may use; the table of `src/docs/architecture.md`.
const LAYERS: &[(&str, &[&str])] = &[
    ("figures", &[]),
    ("schema", &[]),
    ("wording", &[]),
    ("threads", &[]),
    ("worksheets", &[]),
    ("model", &["figures"]),
    ("diagnostics", &["figures"]),
    ("files", &[]),
    ("templates", &["files"]),
    ("spreadsheets", &["diagnostics", "figures", "schema", "wording"]),
    ("intake", &["diagnostics", "figures", "schema", "model", "spreadsheets", "threads", "wording"]),
    ("documents", &["model", "figures", "wording", "diagnostics", "worksheets"]),
    ("render", &["diagnostics", "figures", "schema", "templates", "wording", "worksheets"]),
    (
        "pipeline",
        &[
            "intake",
            "documents",
            "render",
            "templates",
            "files",
            "model",
            "diagnostics",
            "figures",
            "schema",
            "spreadsheets",
            "threads",
            "wording",
            "worksheets",
        ],
    ),
    ("preview", &["pipeline", "diagnostics", "files"]),
    ("cli", &["pipeline", "preview", "documents", "diagnostics", "figures", "files", "wording"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn visit(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    visit(&root().join("src"), &mut found);
    found.sort();
    found
}

/// The layer of a source file: the folder or file below `src/`.
fn layer(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).expect("a source");
    let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn layers_use_only_what_they_may() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let layer = layer(&path);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            assert!(["main", "lib", "build"].contains(&layer.as_str()), "{layer} is in no layer");
            continue;
        };
        let text = text.split("#[cfg(test)]").next().expect("a part");
        for used in text.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if used != layer && !allowed.contains(&used.as_str()) && LAYERS.iter().any(|(name, _)| *name == used) {
                faults.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_architecture_page_names_every_layer() {
    let page = std::fs::read_to_string(root().join("src/docs/architecture.md")).expect("the page");
    for (layer, allowed) in LAYERS {
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{layer}` |")))
            .unwrap_or_else(|| panic!("no row for {layer}"));
        let cell = row.split('|').nth(3).expect("what it may use");
        let mut named: Vec<&str> = cell.split('`').skip(1).step_by(2).collect();
        let mut allowed = allowed.to_vec();
        named.sort_unstable();
        allowed.sort_unstable();
        assert_eq!(named, allowed, "the row of {layer}");
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (path, text) in sources() {
        let opens = text.starts_with("//!") || text.starts_with("#![doc");
        assert!(opens, "{} does not say what it is for", path.display());
    }
}

#[test]
fn every_kind_has_its_twin_in_templates() {
    for kind in liasse::documents::KINDS {
        let folder = kind.name.replace('-', "_");
        assert!(root().join("src/documents").join(&folder).is_dir(), "src/documents/{folder}");
        assert!(root().join("templates").join(kind.name).is_dir(), "templates/{}", kind.name);
    }
}

#[test]
fn every_sheet_that_a_kind_reads_exists() {
    for kind in liasse::documents::KINDS {
        for sheet in kind.reads {
            let known = liasse::intake::WORKBOOKS
                .iter()
                .any(|workbook| workbook.sheets.iter().any(|declared| declared.name == *sheet));
            assert!(known, "{} reads « {sheet} »", kind.name);
        }
    }
}

#[test]
fn the_top_level_is_the_users() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "templates",
        "inputs",
        "out",
        "tests",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "target",
    ];
    for entry in std::fs::read_dir(root()).expect("the repository") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} stands at the top level");
    }
}
