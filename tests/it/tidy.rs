//! The house rules that no compiler checks: layers, figures that are printed in one place, references that are resolved
//! once, the door to the disk, the sizes of files, the catalogue of messages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::fixture::root;

/// Each layer, and the layers of the crate that it may use; the table of `src/docs/architecture.md`.
const LAYERS: &[(&str, &[&str])] = &[
    ("wording", &[]),
    ("threads", &[]),
    ("bounds", &[]),
    ("files", &[]),
    ("records", &["wording"]),
    ("figures", &["wording"]),
    ("content", &[]),
    ("views", &["content", "figures"]),
    ("charts", &["figures", "views", "wording"]),
    ("worksheets", &["figures", "views"]),
    ("diagnostics", &["figures"]),
    ("packages", &[]),
    ("papers", &["packages"]),
    ("templates", &["files"]),
    ("model", &["bounds", "figures", "records", "wording"]),
    ("spreadsheets", &["diagnostics", "figures", "packages", "records", "wording"]),
    ("intake", &["diagnostics", "figures", "model", "records", "spreadsheets", "threads", "wording"]),
    (
        "documents",
        &["charts", "content", "diagnostics", "figures", "model", "records", "views", "wording", "worksheets"],
    ),
    (
        "render",
        &["content", "diagnostics", "figures", "packages", "records", "templates", "views", "wording", "worksheets"],
    ),
    (
        "own",
        &[
            "content",
            "diagnostics",
            "documents",
            "figures",
            "model",
            "records",
            "render",
            "templates",
            "views",
            "wording",
        ],
    ),
    (
        "pipeline",
        &[
            "content",
            "diagnostics",
            "documents",
            "figures",
            "files",
            "intake",
            "model",
            "own",
            "packages",
            "papers",
            "records",
            "render",
            "spreadsheets",
            "templates",
            "threads",
            "views",
            "wording",
        ],
    ),
    ("desk", &["diagnostics", "figures", "files", "pipeline", "wording"]),
    ("cli", &["desk", "diagnostics", "documents", "figures", "files", "pipeline", "templates", "wording"]),
];

/// The most lines of a source file.
const MOST_LINES: usize = 500;

/// A source file: its place, its layer, its text without its own tests.
struct Source {
    path: PathBuf,
    layer: String,
    whole: String,
    text: String,
}

fn sources() -> Vec<Source> {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    visit(&root().join("src"), &mut found);
    found.sort();
    let source = |path: PathBuf| {
        let whole = std::fs::read_to_string(&path).expect("a source");
        let relative = path.strip_prefix(root().join("src")).expect("a source");
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let layer = first.trim_end_matches(".rs").to_owned();
        Source { layer, text: without_tests(&whole), whole, path: relative.to_owned() }
    };
    found.into_iter().filter(|path| !path.ends_with("tests.rs")).map(source).collect()
}

/// A source without its test module, wherever it stands in it.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens =
            line == "#[cfg(test)]" && lines.peek().is_some_and(|next| next.contains("mod ") && next.ends_with('{'));
        if opens {
            lines.by_ref().find(|line| *line == "}");
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The first names behind `crate::` in a source, those of `use crate::{…}` included.
fn used(text: &str) -> Vec<String> {
    let path = Regex::new(r"crate::(\{[^;]*\}|[a-z_]+)").expect("a pattern");
    let name = Regex::new(r"(?:^|[{,])\s*([a-z_]+)").expect("a pattern");
    let group = |found: &str| -> Vec<String> {
        if !found.starts_with('{') {
            return vec![found.to_owned()];
        }
        // Only what stands right below the braces names a layer.
        let mut depth = 0;
        let outer: String = found
            .chars()
            .filter(|c| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth <= 1
            })
            .collect();
        name.captures_iter(&outer).map(|found| found[1].to_owned()).collect()
    };
    path.captures_iter(text).flat_map(|found| group(&found[1])).collect()
}

#[test]
fn groups_of_paths_are_seen() {
    assert_eq!(used("use crate::{model::{At, Cents}, views};\ncrate::wording::fold(x)"), ["model", "views", "wording"]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\n    b\n}\nc\n"), "a\nc\n");
}

#[test]
fn layers_use_what_the_table_says_and_nothing_else() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Source { layer, text, .. } in sources() {
        let known = LAYERS.iter().any(|(name, _)| *name == layer);
        assert!(known || ["main", "lib", "build"].contains(&layer.as_str()), "{layer} is in no layer");
        let others = used(&text).into_iter().filter(|it| *it != layer && LAYERS.iter().any(|(name, _)| name == it));
        found.entry(layer.clone()).or_default().extend(others);
    }
    for (layer, allowed) in LAYERS {
        let used: Vec<&str> = found[*layer].iter().map(String::as_str).collect();
        assert_eq!(used, *allowed, "{layer}");
    }
}

#[test]
fn no_layer_uses_one_that_uses_it() {
    let mut below: Vec<&str> = Vec::new();
    for (layer, allowed) in LAYERS {
        for used in *allowed {
            assert!(below.contains(used), "{layer} stands before {used}, which it uses");
        }
        below.push(layer);
    }
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
        named.sort_unstable();
        assert_eq!(named, *allowed, "the row of {layer}");
    }
}

/// Tells the lines of some layers that match a pattern.
fn lines(layers: &[&str], pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let mut found = Vec::new();
    for Source { path, layer, text, .. } in sources() {
        if layers.contains(&layer.as_str()) {
            let lines = text.lines().filter(|line| pattern.is_match(line) && !line.trim_start().starts_with("//"));
            found.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    found
}

#[test]
fn only_figures_print_numbers() {
    let printers = "group|decimal|hours|euros|compact_euros|percent|signed_percent|ordinal|more_than|counted|cardinal|euros_in_words";
    let found = lines(
        &["model", "documents", "render", "worksheets", "pipeline"],
        &format!(r"wording::({printers})\b|use crate::wording::\{{?[^;]*\b({printers})\b"),
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn documents_are_views_and_not_loose_objects() {
    assert_eq!(lines(&["documents"], r"json!|serde_json"), Vec::<String>::new());
}

#[test]
fn references_are_resolved_once() {
    // A code or a name that is compared is a reference that was not resolved; what a person asks for by its name is not.
    let found = lines(
        &["model", "documents"],
        r"\.(code|name|usual_name|full_name|last_name|version|nature|title|text)\(\) [!=]= |[!=]= \S*\.(code|name|version|nature)\(\)",
    );
    let by_name: Vec<&String> = found
        .iter()
        .filter(|line| !line.contains("== id") && !line.contains("== code)") && !line.contains("fold(self.nature())"))
        .collect();
    assert!(by_name.is_empty(), "{by_name:#?}");
}

#[test]
fn no_template_is_told_its_includes_by_a_pattern() {
    assert_eq!(lines(&["render", "pipeline"], r"include\|import|extends\|"), Vec::<String>::new());
}

#[test]
fn every_file_opens_with_what_it_is_for_and_is_short() {
    for Source { path, whole, .. } in sources() {
        let opens = whole.starts_with("//!") || whole.starts_with("#![doc");
        assert!(opens, "{} does not say what it is for", path.display());
        let length = whole.lines().count();
        assert!(length <= MOST_LINES, "{} has {length} lines", path.display());
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
