//! Contacts: who objected, who is twice on the list.

use std::collections::HashMap;

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::model::{At, Contact, Scope};

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut addresses: HashMap<String, At<Contact>> = HashMap::new();
    for contact in scope.contacts() {
        if contact.receives_letter() && contact.objection().is_some() {
            let name = format!("{} {}", contact.first_name(), contact.last_name());
            problems.push(at(contact, Contact::LETTER, checks::objection_still_listed(&name)));
        }
        let address = contact.email().to_lowercase();
        if !address.is_empty() {
            match addresses.get(&address) {
                Some(first) => {
                    let cell = first.cell(Contact::EMAIL).name();
                    problems.push(at(contact, Contact::EMAIL, checks::duplicate_address(contact.email(), &cell)));
                }
                None => drop(addresses.insert(address, contact)),
            }
        }
    }
}
