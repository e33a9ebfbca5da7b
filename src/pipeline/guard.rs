//! What a finished part says to its readers, wherever it says it, and the search of that for what they must not meet.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::diagnostics::messages::commands;
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::documents::{Part, Recipe, Source, Written};
use crate::model::Readers;
use crate::render::picture;
use crate::views::Leaf;

/// What a part says beside the words of its file: its texts with their links, and the pictures that it read.
pub(super) struct Said<'s> {
    /// The kind of its document: the folder of its templates.
    pub(super) kind: &'s str,
    /// The words of the file.
    pub(super) words: &'s str,
    /// Its texts, links and alternative texts included.
    pub(super) texts: &'s str,
    /// The templates and pictures that it read.
    pub(super) read: &'s BTreeSet<String>,
}

/// Searches a part for what its readers must not meet. What a phrase of the settings allows is told.
///
/// # Errors
///
/// Every name that was found.
pub(super) fn search(
    plan: &Plan,
    part: &Part,
    readers: &Readers,
    said: &Said,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let drawings = said.read.iter().filter_map(|name| plan.inputs.pictures.get(name.strip_prefix("inputs/")?));
    let drawn: String = drawings.map(|bytes| picture::words(bytes)).collect::<Vec<_>>().join("\n");
    let words = [part.name.as_str(), said.words, said.texts, &drawn].join("\n");
    let hidden = [&plan.secrets, &plan.contacts].into_iter().flat_map(|secrets| secrets.found_in(&words, readers));
    let found: Vec<Diagnostic> = hidden.map(|name| refused(plan, name, part, readers, said)).collect();
    if !found.is_empty() {
        return Err(found);
    }
    let allowed = &plan.understood.model.territory.allowed;
    let stands = plan.secrets.allowed_in(&words).into_iter().filter_map(|place| allowed.get(place));
    Ok(stands.map(|it| commands::allowed_phrase(&it.text, &part.name, &it.reason)).collect())
}

/// A name that readers must not meet, at the line of the text that somebody typed it into, where one did.
fn refused(plan: &Plan, name: &str, part: &Part, readers: &Readers, said: &Said) -> Diagnostic {
    let names = |line: &str| {
        [&plan.secrets, &plan.contacts].iter().any(|secrets| secrets.found_in(line, readers).contains(&name))
    };
    let templates = &plan.inputs.templates;
    let own = templates.names().filter(|it| it.strip_prefix(said.kind).is_some_and(|rest| rest.starts_with('/')));
    let read = own.chain(said.read.iter().map(String::as_str)).filter_map(|read| templates.get(read));
    let typed = read.into_iter().find_map(|template| {
        let text = std::str::from_utf8(&template.bytes).ok()?;
        let (line, shown) = text.lines().enumerate().find(|(_, line)| names(line))?;
        let place = Place::Line { file: template.shown.clone(), line: line + 1, column: 0 };
        Some((place, Excerpt::Source { text: shown.to_owned(), start: 0, length: shown.chars().count() }))
    });
    let fault = commands::confidential_name(name, &part.name);
    match typed {
        Some((place, excerpt)) => fault.at(place).showing(excerpt).hint(
            "retirer le nom, ou ne destiner le texte qu’à qui peut le lire (« lecteurs ») ; s’il ne désigne personne, \
             l’ajouter à [[permis]] dans territoire.toml avec son motif",
        ),
        None => fault.hint(
            "le nom vient d’une cellule, d’un lien ou d’une image que le texte montre : l’y retirer, ou, s’il ne désigne \
             personne, l’ajouter à [[permis]] dans territoire.toml avec son motif",
        ),
    }
}

/// All that a recipe says by itself: what its texts print stands on the page.
pub(super) fn spoken(recipe: &Recipe) -> String {
    let mut spoken = String::new();
    if let Recipe::Workbook(workbook) = recipe {
        spoken.push_str(&[workbook.title.as_str(), &workbook.subject, &workbook.author, ""].join("\n"));
    }
    recipe.visit(&mut |Written { leaf, source, .. }| {
        let text = match leaf {
            Leaf::Text(text) => text,
            Leaf::Printed(printed) => printed.text(),
            Leaf::Figure(_) => return,
        };
        if source == Source::Direct {
            spoken.push_str(text);
            spoken.push('\n');
        }
    });
    spoken
}
