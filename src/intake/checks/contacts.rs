//! Contacts: who objected, who is twice on the list.

use std::collections::HashMap;

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::intake::sheets::contacts::{EMAIL, LETTER};
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
    }
}
