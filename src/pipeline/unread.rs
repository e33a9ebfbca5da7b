//! Files among the templates that no document reads: a misspelt name would be ignored in silence.

use std::collections::BTreeSet;

use super::plan::Plan;
use super::store::Manifest;
use crate::diagnostics::messages::texts;
use crate::diagnostics::{Diagnostic, Place};
use crate::templates::Templates;
use crate::wording::nearest;

/// The files among the templates that are not among those that were read.
pub(super) fn names(plan: &Plan, read: &BTreeSet<String>) -> Vec<String> {
    let templates = &plan.inputs.templates;
    let stand_ins: BTreeSet<String> = read.iter().filter_map(|name| templates.unversioned(name)).collect();
    templates
        .added()
        .filter(|name| !read.contains(*name) && !stand_ins.contains(*name) && !plan.catalogue.declares(name))
        .map(ToOwned::to_owned)
        .collect()
}

/// What documents read by their records.
pub(super) fn recorded<'m>(manifests: impl IntoIterator<Item = &'m Manifest>) -> BTreeSet<String> {
    manifests.into_iter().flat_map(|manifest| manifest.sources.keys().cloned()).collect()
}

/// What is told of a template that nobody reads, with the name that may be meant.
pub(super) fn told(templates: &Templates, name: &str) -> Diagnostic {
    let shown = templates.get(name).map_or_else(|| name.to_owned(), |template| template.shown.clone());
    let diagnostic = texts::unread_template(name).at(Place::File(shown));
    match nearest(name, Templates::shipped().map(|(name, _)| name)) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
