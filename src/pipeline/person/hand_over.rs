//! What a person is handed: the data for other programs, and a page.

use std::num::NonZeroUsize;
use std::path::Path;

use chrono::NaiveDate;
use serde::ser::{Serialize as _, Serializer};
use serde_json::json;

use super::{Dossier, Held, Mention, Search};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{PersonData, person_draft};
use crate::files;
use crate::model::{Desk, Readers};
use crate::pipeline::make::Workshop;
use crate::pipeline::refused;
use crate::pipeline::store::Evidence;
use crate::render::text::Texts;
use crate::threads;
use crate::views::{Data as _, Tree};
use crate::wording;

/// The cells as data: each with its place, its heading, and what it says of the person.
pub(super) fn mentions<S: Serializer>(mentions: &[Mention], serializer: S) -> Result<S::Ok, S::Error> {
    let told = |mention: &Mention| json!({ "cellule": mention.at, "colonne": mention.heading, "valeur": mention.text });
    mentions.iter().map(told).collect::<Vec<_>>().serialize(serializer)
}

/// A day as data.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
pub(super) fn day<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// Writes the data and the page into a folder, and tells the files.
pub(super) fn write(search: &Search, dossier: &Dossier, folder: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut data = serde_json::to_vec_pretty(dossier).unwrap_or_default();
    data.push(b'\n');
    let mut written = Vec::new();
    for (name, bytes) in [("personne.json", data), ("personne.pdf", page(search, dossier)?)] {
        let path = folder.join(name);
        files::write(&path, &bytes).map_err(|refusal| vec![refused(&refusal)])?;
        written.push(files::shown(&path));
    }
    Ok(written)
}

fn page(search: &Search, dossier: &Dossier) -> Result<Vec<u8>, Vec<Diagnostic>> {
    const TEMPLATE: &str = "personne/personne.md.j2";
    let desk = Desk::new(&search.plan.shared);
    let scope = desk.scope(Readers::Operator);
    let cell = |it: &Mention| (it.at.sheet.to_string(), it.at.name(), it.heading.clone(), it.text.clone());
    let held = |held: &Held| match held.sent {
        Some(day) => format!("{}, envoi du {}", wording::capitalized(&held.title), wording::date(day)),
        None => wording::capitalized(&held.title),
    };
    // A list is two files, a document several.
    let titles = |all: &[Held]| {
        let mut titles: Vec<String> = all.iter().map(held).collect();
        titles.dedup();
        titles
    };
    let name = dossier.name();
    let data = PersonData {
        name: name.clone(),
        cells: dossier.mentions.iter().map(cell).collect(),
        lists: titles(&dossier.lists),
        documents: titles(&dossier.documents),
    };
    let data = data.words(scope.territory());
    let texts = Texts::new(&search.plan.inputs.templates);
    let text = texts.words(TEMPLATE, &data.json(), &[]).map_err(|fault| vec![fault])?.text;
    let draft = person_draft(&scope, &name, Tree { blocks: text.blocks, printed: text.printed });
    let shop = Workshop::new(search.plan);
    let made = threads::alone(|| shop.make(&draft, &|_| Evidence::Free, NonZeroUsize::MIN.get()))?;
    let page = made.artifacts.into_iter().next();
    page.map(|page| page.bytes.to_vec()).ok_or_else(|| vec![commands::internal_error("la page manque")])
}
