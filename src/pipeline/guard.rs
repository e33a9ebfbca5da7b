//! What a finished part says to its readers, wherever it says it, and the search of that for what they must not meet.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Part, Recipe, Source, Written};
use crate::model::Readers;
use crate::render::picture;
use crate::views::Leaf;

/// What a part says beside the words of its file: its texts with their links, and the pictures that it read.
pub(super) struct Said<'s> {
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
    let found: Vec<Diagnostic> = hidden.map(|name| commands::confidential_name(name, &part.name)).collect();
    if !found.is_empty() {
        return Err(found);
    }
    let allowed = &plan.understood.model.territory.allowed;
    let stands = plan.secrets.allowed_in(&words).into_iter().filter_map(|place| allowed.get(place));
    Ok(stands.map(|it| commands::allowed_phrase(&it.text, &part.name, &it.reason)).collect())
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
