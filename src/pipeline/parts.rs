//! Parts that are made over data and earlier parts alone: messages, lists of files, entries of a calendar.

use std::sync::Arc;

use serde_json::{Value, json};

use super::digest::hash;
use super::make::Artifact;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{commands, texts};
use crate::documents::{CalendarEvent, Draft, MessageRecipe};
use crate::render::{calendar, mail};
use crate::views::Data;

/// Refuses data from which hundreds of pages would be set.
pub(super) fn ends(file: &str, data: &Value, most: usize) -> Result<(), Diagnostic> {
    let mut length = Length(0);
    let written = serde_json::to_writer(&mut length, data);
    if length.0 <= most || written.is_err() {
        return Ok(());
    }
    Err(texts::endless_pages(file, &(length.0 >> 10).to_string(), &(most >> 10).to_string()))
}

/// Counts the bytes that are written into it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An earlier part by its name.
pub(super) fn find<'m>(made: &'m [Artifact], name: &str) -> Result<&'m Artifact, Diagnostic> {
    let artifact = made.iter().find(|artifact| artifact.name == name);
    artifact.ok_or_else(|| commands::internal_error(&format!("la partie « {name} » manque")))
}

/// Data with a list of earlier parts: what they are, how large, by which hash they are known, who may read them.
pub(super) fn listing(
    data: &dyn Data,
    files: &[String],
    limit: Option<u64>,
    made: &[Artifact],
) -> Result<Vec<u8>, Diagnostic> {
    let listed: Vec<&Artifact> = if files.is_empty() {
        made.iter().collect()
    } else {
        files.iter().map(|name| find(made, name)).collect::<Result<_, _>>()?
    };
    let total: u64 = listed.iter().map(|artifact| artifact.bytes.len() as u64).sum();
    if let Some(limit) = limit.filter(|limit| total > *limit) {
        return Err(texts::heavy_deposit(&(total >> 20).to_string(), &(limit >> 20).to_string()));
    }
    let mut data = data.json();
    data["fichiers"] = listed
        .iter()
        .map(|artifact| {
            json!({
                "nom": artifact.name,
                "pages": artifact.pages,
                "octets": artifact.bytes.len(),
                "sha256": hash(&artifact.bytes),
                "diffusion": if artifact.public { "diffusable" } else { "restreint" },
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&data).map_err(|error| commands::internal_error(&error.to_string()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// A message over the parts that are already made.
pub(super) fn message(draft: &Draft, recipe: &MessageRecipe, made: &[Artifact]) -> Result<Vec<u8>, Diagnostic> {
    let bytes = |name: &str| find(made, name).map(|artifact| Arc::clone(&artifact.bytes));
    let text = String::from_utf8_lossy(&bytes(&recipe.text)?).into_owned();
    let html = String::from_utf8_lossy(&bytes(&recipe.html)?).into_owned();
    let pictures = made
        .iter()
        .filter_map(|artifact| Some((artifact.name.strip_prefix("images/")?.to_owned(), Arc::clone(&artifact.bytes))))
        .filter(|(name, _)| html.contains(&format!("src=\"images/{name}\"")))
        .collect();
    let attachments = recipe
        .attachments
        .iter()
        .map(|name| bytes(name).map(|bytes| (name.clone(), bytes)))
        .collect::<Result<_, _>>()?;
    mail::message(&mail::Mail {
        identifier: &recipe.identifier,
        from_name: &recipe.from_name,
        from: &recipe.from,
        to: recipe.to.as_deref(),
        subject: &recipe.subject,
        date: draft.date,
        unsubscribe: &recipe.unsubscribe,
        text: &text,
        html: &html.replace("src=\"images/", "src=\"cid:"),
        pictures,
        attachments,
    })
}

/// An event as a calendar file has it.
pub(super) fn entry(event: &CalendarEvent) -> calendar::Entry {
    let CalendarEvent { uid, summary, location, description, link, start, end, cancelled } = event.clone();
    calendar::Entry {
        uid,
        summary,
        location,
        description,
        link,
        start: start.0,
        start_time: start.1,
        end: end.0,
        end_time: end.1,
        cancelled,
    }
}

/// Makes documents on scoped threads with large stacks, each on so many threads as there are left.
pub(super) fn each<T: Sync, R: Send>(items: &[T], jobs: usize, work: impl Fn(&T, usize) -> R + Sync) -> Vec<R> {
    // A document alone is made on all threads, part by part.
    let within = (jobs / items.len().max(1)).max(1);
    crate::threads::alone(|| crate::threads::map(items, jobs, |item| work(item, within)))
}
