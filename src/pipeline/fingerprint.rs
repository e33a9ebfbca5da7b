//! What a document is made from: by file, a hash that is equal when the file would be; by value, the text that a person
//! can compare. Where a value was read is no part of it.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;

use serde_json::Value;

use super::digest::{Digest, hash};
use crate::documents::{Draft, Recipe};
use crate::figures::{Cells, Figure};

/// Texts longer than this are kept by their beginning and a hash.
const KEPT: usize = 80;

/// What a draft would be made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// Each file, in order, with the hash of its ingredients.
    pub(super) files: Vec<(String, String)>,
}

impl Fingerprint {
    /// The fingerprint of a draft.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for part in &draft.parts {
            let (identifier, date) = part.shared.as_ref().map_or_else(
                || (format!("{}/{}", draft.kind, draft.id), draft.date),
                |shared| (shared.identifier.clone(), shared.date),
            );
            let around = (identifier, date.to_string(), draft.stamped, part.internal, &part.frozen, &draft.frozen);
            let earlier = part.recipe.earlier();
            let below: Vec<&(String, String)> = files.iter().filter(|(name, _)| earlier.includes(name)).collect();
            let mut digest = Digest::default();
            // Writing into a digest does not fail.
            let _ = write!(digest, "{around:?}{below:?}");
            let _ = part.recipe.write_ingredients(&mut digest);
            files.push((part.name.clone(), digest.name()));
        }
        Self { files }
    }
}

/// A value of a document: what it says, and the cells that it was computed from where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) text: String,
    pub(super) cells: Cells,
}

/// Names of lengths in charts: they repeat a value that is told already.
const LENGTHS: [&str; 2] = ["millieme", "points"];

/// Every value of a draft by its path, for a person who asks why.
pub(super) fn leaves(draft: &Draft) -> BTreeMap<String, Leaf> {
    let mut leaves = BTreeMap::new();
    let mut printed: HashMap<&str, &Figure> = HashMap::new();
    for entry in &draft.ledger.entries {
        printed.entry(&entry.printed).or_insert(&entry.figure);
    }
    for part in &draft.parts {
        let figures = figures(&part.recipe);
        let mut found = |path: &str, text: &str| {
            if path.split('/').any(|step| LENGTHS.contains(&step)) {
                return;
            }
            let named = figures.iter().find(|(known, _)| known == path).map(|(_, figure)| *figure);
            let figure = named.or_else(|| printed.get(text).copied());
            let cells = figure.map(|figure| figure.sources.clone()).unwrap_or_default();
            let leaf = Leaf { text: kept(text), cells };
            let path = readable(path);
            match leaves.get(&path) {
                // The same value in several files is told once.
                Some(known) if *known == leaf => {}
                Some(_) => drop(leaves.insert(format!("{} › {path}", part.name), leaf)),
                None => drop(leaves.insert(path, leaf)),
            }
        };
        for (path, value) in part.recipe.values() {
            visit(&value, &path, &mut found);
        }
    }
    leaves
}

/// The figures of a recipe's texts, by the paths at which they stand among its ingredients.
fn figures(recipe: &Recipe) -> Vec<(String, &Figure)> {
    let Recipe::Pdf { texts, .. } = recipe else { return Vec::new() };
    texts
        .iter()
        .flat_map(|words| {
            words
                .figures
                .iter()
                .map(|(name, figure)| (format!("textes/{}/donnees/{}", words.key, name.replace('.', "/")), figure))
        })
        .collect()
}

fn visit(value: &Value, path: &str, found: &mut impl FnMut(&str, &str)) {
    let below = |name: &str| format!("{path}/{name}");
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| visit(value, &below(name), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| visit(value, &below(&(index + 1).to_string()), found));
        }
        Value::String(text) => found(path, text),
        Value::Null => {}
        other => found(path, &other.to_string()),
    }
}

/// A path without what only the program needs.
fn readable(path: &str) -> String {
    let steps: Vec<&str> = path.split('/').filter(|step| !matches!(*step, "donnees" | "$markdown")).collect();
    steps.join(" › ")
}

fn kept(text: &str) -> String {
    if text.chars().count() <= KEPT {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(KEPT).collect();
    format!("{beginning}… [{}]", &hash(text.as_bytes())[..8])
}
