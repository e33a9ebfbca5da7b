//! Contacts: who objected, who is twice on the list.

use std::collections::HashMap;

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::model::{At, Contact, Scope};

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let last = scope.letters().filter(|letter| letter.sent().is_none()).max_by_key(|letter| letter.issued());
    let last = last.or_else(|| scope.letters().max_by_key(|letter| letter.issued()));
    let mut addresses: HashMap<String, At<Contact>> = HashMap::new();
    for contact in scope.contacts() {
        if contact.receives_letter() && contact.objection().is_some() {
            let name = format!("{} {}", contact.first_name(), contact.last_name());
            problems.push(at(contact, Contact::LETTER, checks::objection_still_listed(&name)));
        }
        let is_listed = contact.is_sound() && contact.receives_letter() && contact.objection().is_none();
        if is_listed && contact.informed().is_none() {
            let name = format!("{} {}", contact.first_name(), contact.last_name());
            problems.push(at(contact, Contact::INFORMED, checks::not_informed(&name)));
        }
        if let Some(letter) = last.filter(|letter| is_listed && contact.is_past_retention(letter.issued())) {
            let name = format!("{} {}", contact.first_name(), contact.last_name());
            let (months, number) = (scope.territory().retention_months.to_string(), letter.number().to_string());
            problems.push(at(contact, Contact::LAST_EXCHANGE, checks::kept_too_long(&name, &months, &number)));
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
