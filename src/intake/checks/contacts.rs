//! Contacts: who objected, who is twice on the list, and names of partners that drift.

use std::collections::HashMap;

use super::at;
use crate::diagnostics::messages::checks;
use crate::diagnostics::{Diagnostic, fold};
use crate::intake::sheets::contacts::{EMAIL, LETTER, ORGANISATION};
use crate::model::Model;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    let mut addresses: HashMap<String, &crate::figures::Origin> = HashMap::new();
    for contact in &model.contacts {
        if contact.receives_letter && contact.objection.is_some() {
            let name = format!("{} {}", contact.first_name, contact.last_name);
            problems.push(at(&contact.origin, LETTER.heading, checks::objection_still_listed(&name)));
        }
        let address = contact.email.to_lowercase();
        if !address.is_empty() {
            match addresses.get(&address) {
                Some(first) => {
                    let cell = first.cell(EMAIL.heading).name();
                    problems.push(at(&contact.origin, EMAIL.heading, checks::duplicate_address(&contact.email, &cell)));
                }
                None => drop(addresses.insert(address, &contact.origin)),
            }
        }
        if let Some(canonical) = drifted(model, &contact.organisation) {
            problems.push(at(
                &contact.origin,
                ORGANISATION.heading,
                checks::drifting_name(&contact.organisation, canonical),
            ));
        }
    }
}

/// The canonical name of a partner that a text seems to mean but spells otherwise.
///
/// Only near misses count: the same words with other accents, hyphens or spaces.
fn drifted<'a>(model: &'a Model, found: &str) -> Option<&'a str> {
    let names =
        || model.partners.iter().flat_map(|partner| [partner.usual_name.as_str(), partner.official_name.as_str()]);
    let bare = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    if found.is_empty() || names().any(|name| crate::wording::same_words(name, found)) {
        return None;
    }
    names().find(|name| !name.is_empty() && bare(name) == bare(found))
}
