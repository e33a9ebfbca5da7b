//! What a document is made from: by file, a hash that is equal when the file would be; by value, the text that a person
//! can compare. Where a value was read is no part of it.

use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;

use serde_json::Value;

use super::digest::{Digest, hash};
use crate::documents::{Draft, Printer, Recipe, Words};
use crate::figures::{Cells, Figure, column_letters};

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
        let mut found = |path: &Path, text: &str| {
            if path.places.split('/').any(|step| LENGTHS.contains(&step)) {
                return;
            }
            let named = figures.get(&path.places).copied();
            let figure = named.or_else(|| printed.get(text).copied());
            let cells = figure.map(|figure| figure.sources.clone()).unwrap_or_default();
            // A text is given plain numbers; a person knows them as they are printed.
            let printed = named.map(|figure| Printer::default().note(figure));
            let leaf = Leaf { text: kept(printed.as_deref().unwrap_or(text)), cells };
            let path = readable(&path.shown);
            match leaves.get(&path) {
                // The same value in several files is told once.
                Some(known) if *known == leaf => {}
                Some(_) => drop(leaves.insert(format!("{} › {path}", part.name), leaf)),
                None => drop(leaves.insert(path, leaf)),
            }
        };
        for (path, value) in part.recipe.values() {
            visit(&value, &Path { places: path.clone(), shown: path }, &mut found);
        }
    }
    leaves
}

/// The figures of a recipe's texts, by the places at which they stand among its ingredients.
fn figures(recipe: &Recipe) -> HashMap<String, &Figure> {
    let Recipe::Pdf { texts, .. } = recipe else { return HashMap::new() };
    let place = |words: &Words, name: &str| {
        // Figures count the items of lists from 0, paths from 1.
        let step = |step: &str| step.parse::<usize>().map_or_else(|_| step.to_owned(), |index| (index + 1).to_string());
        let steps: Vec<String> = name.split('.').map(step).collect();
        format!("textes/{}/donnees/{}", words.key, steps.join("/"))
    };
    texts
        .iter()
        .flat_map(|words| words.figures.iter().map(move |(name, figure)| (place(words, name), figure)))
        .collect()
}

/// Where a value stands: by places, as figures name it, and as a person finds it.
#[derive(Clone)]
struct Path {
    places: String,
    shown: String,
}

impl Path {
    fn below(&self, place: &str, shown: &str) -> Self {
        Self { places: format!("{}/{place}", self.places), shown: format!("{}/{shown}", self.shown) }
    }
}

fn visit(value: &Value, path: &Path, found: &mut impl FnMut(&Path, &str)) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| visit(value, &path.below(name, name), found)),
        Value::Array(items) => {
            let names = names(items);
            for (index, item) in items.iter().enumerate() {
                let place = (index + 1).to_string();
                match (item, &names[index]) {
                    (Value::Array(cells), _) => {
                        for (cell, column) in cells.iter().zip(0..) {
                            let name = format!("{}{place}", column_letters(column));
                            visit(cell, &path.below(&format!("{place}/{}", column + 1), &name), found);
                        }
                    }
                    (_, Some(name)) => visit(item, &path.below(&place, name), found),
                    (_, None) => visit(item, &path.below(&place, &place), found),
                }
            }
        }
        Value::String(text) => found(path, text),
        Value::Null => {}
        other => found(path, &other.to_string()),
    }
}

/// What the items of a list are called, where each has a name of its own: a line that is put in moves no other.
fn names(items: &[Value]) -> Vec<Option<String>> {
    fn name(item: &Value) -> Option<&str> {
        ["nom", "libelle", "nature"].iter().find_map(|key| item.get(key)?.as_str())
    }
    let names: Vec<Option<&str>> = items.iter().map(name).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    names.iter().flatten().for_each(|name| *count.entry(name).or_default() += 1);
    let own = |name: &&str| count.get(name) == Some(&1);
    names.into_iter().map(|name| name.filter(own).map(|name| kept(name).replace('/', "-"))).collect()
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::documents::Part;
    use crate::model::Audience;

    fn paths(data: Value) -> Vec<String> {
        let recipe = Recipe::Text { template: "t", data, limit: None };
        let draft = Draft { parts: vec![Part::new("t.txt", recipe)], ..Draft::new("k", "1", Audience::Public) };
        let leaves = leaves(&draft).into_iter().map(|(path, leaf)| format!("{path} : {}", leaf.text));
        leaves.filter(|leaf| !leaf.starts_with("modele")).collect()
    }

    #[test]
    fn items_are_called_by_their_own_name_and_cells_by_theirs() {
        let line = |name: &str, value: i64| json!({ "nom": name, "valeur": value });
        assert_eq!(
            paths(json!({ "lignes": [line("Salaire", 1), line("Trajets", 2)] })),
            [
                "lignes › Salaire › nom : Salaire",
                "lignes › Salaire › valeur : 1",
                "lignes › Trajets › nom : Trajets",
                "lignes › Trajets › valeur : 2"
            ],
        );
        assert_eq!(paths(json!({ "lignes": [line("A/B", 1), line("A/B", 2)] }))[1], "lignes › 1 › valeur : 1",);
        assert_eq!(
            paths(json!({ "rangs": [["a", "b"], ["c"]] })),
            ["rangs › A1 : a", "rangs › A2 : c", "rangs › B1 : b"]
        );
    }
}
