//! A draft from what was kept when the first of its decision was sent: what all have in common is that, what is its own is
//! today's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::documents::{Common, Draft, Recipe, Words};
use crate::figures::{Cells, Figure, Quantity};
use crate::views::{Data, Leaf, Shape, Visitor};

/// Makes act, note and reading copy of a pack from what was kept.
pub(super) fn retake(draft: &mut Draft, common: &Common, kept: &Value) {
    let figures: BTreeMap<String, Figure> = kept["chiffres"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(figure)
        .map(|it| (it.name().to_owned(), it))
        .collect();
    for part in draft.parts.iter_mut().filter(|part| part.shared.is_none()) {
        // What is said of the agreement and its figures is what was sent with it.
        let retake_texts = |texts: &mut [Words]| {
            for words in texts.iter_mut().filter(|words| words.data.shape().key("budget").is_some()) {
                let json = words_retaken(words.data.json(), &kept["donnees"]);
                words.data = Retaken::over(&words.data, json, &figures);
            }
        };
        if let Recipe::Word(paper) = &mut part.recipe {
            retake_texts(&mut paper.texts);
        }
        let Recipe::Pdf { data, texts, comparisons, .. } = &mut part.recipe else { continue };
        retake_texts(texts);
        if data.shape().key("acte").is_some() {
            let mut json = data.json();
            heads_retaken(&mut json, &kept["pages"]);
            *data = Retaken::over(data, json, &figures);
        }
        if part.name == common.whole {
            let mut json = data.json();
            let pages = kept["pages"].as_object().into_iter().flatten();
            let taken: BTreeSet<String> =
                pages.flat_map(|(name, page)| page_retaken(&mut json, name == common.changes, page)).collect();
            texts.retain(|words| !taken.contains(words.key));
            comparisons.retain(|comparison| !taken.contains(comparison.key));
            *data = Retaken::over(data, json, &figures);
        }
    }
}

/// A figure as it was kept.
fn figure(kept: &Value) -> Option<Figure> {
    let text = |key: &str| kept[key].as_str().map(ToOwned::to_owned);
    let value: Quantity = serde_json::from_value(kept["valeur"].clone()).ok()?;
    let figure = Figure::new(text("nom")?, text("libelle")?, value, Cells::default());
    Some(if kept["secret"] == true { figure.withheld() } else { figure })
}

/// The data of a council's texts over those that were kept: its own act and share stay its own.
fn words_retaken(mut json: Value, kept: &Value) -> Value {
    let code = json["collectivite"]["code"].clone();
    let own = ["collectivite", "deliberation", "acte", "budget"];
    for (key, value) in
        kept["contexte"].as_object().into_iter().flatten().filter(|(key, _)| !own.contains(&key.as_str()))
    {
        json[key] = value.clone();
    }
    let budgets = kept["budgets"].as_array().into_iter().flatten();
    if let Some(council) = budgets.into_iter().find(|council| council["code"] == code) {
        json["budget"] = council["budget"].clone();
    }
    json
}

/// What an act says of its annexes is what was sent: their names and how many pages they have.
fn heads_retaken(json: &mut Value, pages: &Value) {
    let kept: Vec<&Value> = pages.as_object().into_iter().flatten().map(|(_, page)| &page["annexe"]).collect();
    for head in json["acte"]["annexes"].as_array_mut().into_iter().flatten() {
        let same = kept.iter().find(|kept| kept["numero"].is_string() && kept["numero"] == head["numero"]);
        if let Some(kept) = same {
            *head = (*kept).clone();
        }
    }
}

/// Puts the pages of an annex into the reading copy as they were kept, and tells the texts that came with them.
fn page_retaken(json: &mut Value, is_marked: bool, page: &Value) -> Vec<String> {
    let mut page = page.clone();
    let texts = std::mem::take(&mut page["textes"]);
    if is_marked {
        page["textes"] = json["modifications"]["textes"].take();
        json["modifications"] = page;
    } else {
        let parts = json["parties"].as_array_mut().into_iter().flatten();
        let is_it = |part: &&mut Value| part["donnees"]["annexe"]["numero"] == page["annexe"]["numero"];
        let Some(part) = parts.into_iter().find(is_it) else { return Vec::new() };
        page["textes"] = part["donnees"]["textes"].take();
        part["donnees"] = page;
    }
    let texts = texts.as_object().into_iter().flatten().filter(|(_, text)| !text.is_null());
    let texts = texts.map(|(key, text)| (key.clone(), text.clone())).collect::<Vec<_>>();
    texts
        .into_iter()
        .map(|(key, text)| {
            json["textes"][&key] = text;
            key
        })
        .collect()
}

/// Data of today, with what was kept in the place of what it replaces.
#[derive(Debug)]
struct Retaken {
    own: Arc<dyn Data>,
    json: Value,
    /// The kept figures, and those that stand printed in the data: their names with their words.
    figures: BTreeMap<String, Figure>,
    printed: BTreeSet<(String, String)>,
}

impl Retaken {
    fn over(own: &Arc<dyn Data>, json: Value, figures: &BTreeMap<String, Figure>) -> Arc<dyn Data> {
        let mut printed = BTreeSet::new();
        printed_in(&json, &mut printed);
        Arc::new(Self { own: Arc::clone(own), json, figures: figures.clone(), printed })
    }
}

/// The figures that stand printed in some data.
fn printed_in(json: &Value, found: &mut BTreeSet<(String, String)>) {
    if let (Some(name), Some(text)) = (json["chiffre"].as_str(), json["imprime"].as_str()) {
        found.insert((name.to_owned(), text.to_owned()));
    }
    match json {
        Value::Object(fields) => fields.values().for_each(|it| printed_in(it, found)),
        Value::Array(items) => items.iter().for_each(|it| printed_in(it, found)),
        _ => {}
    }
}

impl Data for Retaken {
    fn shape(&self) -> Shape {
        self.own.shape()
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        self.own.visit(&mut |path, leaf| match leaf {
            Leaf::Figure(figure) if self.figures.contains_key(figure.name()) => {}
            Leaf::Printed(printed)
                if !self.printed.contains(&(printed.figure().name().to_owned(), printed.text().to_owned())) => {}
            leaf => visitor(path, leaf),
        });
        self.figures.values().for_each(|figure| visitor(&[], Leaf::Figure(figure)));
    }

    fn json(&self) -> Value {
        self.json.clone()
    }
}
