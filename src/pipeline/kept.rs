//! What the first document that is sent fixes for all that have it in common: a draft is made from it as soon as today's
//! data would give something else.

use serde_json::{Value, json};

use super::digest::{Digest, hash};
use super::read::Inputs;
use super::retake::retake;
use super::store::{FileRecord, Store, place};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, Recipe, Words};
use crate::figures::Figure;
use crate::files;
use crate::wording;

/// The file of what a recipe keeps.
pub(super) fn file(
    recipe: &Recipe,
    pages: Vec<(String, Value)>,
    read: impl Iterator<Item = String>,
    inputs: &Inputs,
) -> Value {
    let Recipe::Kept { data, pages: recipes } = recipe else { return Value::Null };
    let own = Words { key: "", template: String::new(), data: std::sync::Arc::clone(data) };
    let recipes = recipes.iter().flat_map(|(_, recipe)| match recipe {
        Recipe::Pdf { texts, comparisons, .. } => {
            let compared = comparisons.iter().flat_map(|it| it.before.iter().chain(&it.after));
            texts.iter().chain(compared).flat_map(Words::figures).collect()
        }
        _ => Vec::new(),
    });
    let figures: std::collections::BTreeMap<String, Figure> =
        own.figures().into_iter().chain(recipes).map(|figure| (figure.name().to_owned(), figure)).collect();
    let figure = |figure: &Figure| json!({"nom": figure.name(), "libelle": figure.label(), "valeur": figure.value(), "secret": figure.is_secret()});
    let sources: serde_json::Map<String, Value> = read
        .map(|name| {
            let hash = inputs.source(&name);
            (name, hash.into())
        })
        .collect();
    json!({
        "recette": ingredients(recipe),
        "sources": sources,
        "pages": pages.into_iter().collect::<serde_json::Map<_, _>>(),
        "donnees": data.json(),
        "chiffres": figures.values().map(figure).collect::<Vec<_>>(),
    })
}

fn ingredients(recipe: &Recipe) -> String {
    let mut digest = Digest::default();
    // Writing into a digest does not fail.
    let _ = recipe.write_ingredients(&mut digest);
    digest.name()
}

/// A draft from what was kept, where one that it has much in common with was sent and today's data would give another.
pub(super) fn retaken(mut draft: Draft, store: &Store, inputs: &Inputs) -> Draft {
    if let (Some(common), Some(kept)) = (draft.common.clone(), load(&draft, store))
        && !is_todays(&draft, &kept, inputs)
    {
        retake(&mut draft, &common, &kept);
        draft.is_retaken = true;
    }
    draft
}

/// What was kept, as long as it is what was sent.
fn load(draft: &Draft, store: &Store) -> Option<Value> {
    let part = draft.parts.iter().find(|part| matches!(part.recipe, Recipe::Kept { .. }))?;
    let holder = &draft.common.as_ref()?.holder;
    let bytes = files::read(&store.path(&place(draft.kind, holder, part))).ok().flatten()?;
    let manifest = store.manifest(draft.kind, holder);
    let is_sent = |file: &FileRecord| file.sha256 == hash(&bytes);
    manifest.is_some_and(|manifest| manifest.file(&part.name).is_some_and(is_sent)).then_some(())?;
    serde_json::from_slice(&bytes).ok()
}

fn is_todays(draft: &Draft, kept: &Value, inputs: &Inputs) -> bool {
    let mut recipes =
        draft.parts.iter().map(|part| &part.recipe).filter(|recipe| matches!(recipe, Recipe::Kept { .. }));
    let sources = kept["sources"].as_object();
    recipes.all(|recipe| kept["recette"] == ingredients(recipe).as_str())
        && sources.is_some_and(|it| it.iter().all(|(name, hash)| inputs.source(name).as_deref() == hash.as_str()))
}

impl FileRecord {
    /// What is told of it where today's data would give another.
    pub(super) fn difference(&self, shown: &str) -> Option<Diagnostic> {
        let told = match (&self.commun, self.fige) {
            (Some(holder), _) => commands::common_file(shown, &holder.document, &wording::date(holder.depuis.0)),
            (None, fige) => commands::frozen_file(shown, &wording::date(fige?.0)),
        };
        self.differe.then(|| with_cells(told, &self.cellules))
    }
}

/// A message with the cells behind it.
fn with_cells(told: Diagnostic, cells: &[String]) -> Diagnostic {
    if cells.is_empty() {
        return told;
    }
    let more = if cells.len() > 5 { format!(" et {} autres", cells.len() - 5) } else { String::new() };
    let some: Vec<&str> = cells.iter().take(5).map(String::as_str).collect();
    told.hint(format!("cellules changées depuis : {}{more}", some.join(", ")))
}
