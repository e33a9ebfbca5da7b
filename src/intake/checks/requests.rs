//! Requests for money: what they rest on, the account into which they are paid, the addressee.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::requests;
use crate::model::votes::Item;
use crate::model::{At, Basis, Budget, Contribution, Deliberation, Partner, Resource, Scope};
use crate::records::Column;
use crate::wording;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let lines = scope.resources().filter(|line| line.is_sound() && is_asked_for(*line));
    let called: Vec<At<Resource>> = lines.clone().filter(|line| line.called_on().is_some()).collect();
    for line in &called {
        check_basis(*line, problems);
        check_addressee(*line, problems);
    }
    for line in lines {
        check_references(line, problems);
    }
    let is_set = !scope.territory().requests.iban.trim().is_empty();
    if is_set && (!called.is_empty() || !scope.territory().is_example) {
        check_details(scope, !called.is_empty(), problems);
    }
}

/// Whether a line is asked for by letter.
fn is_asked_for(line: At<Resource>) -> bool {
    line.contribution() == Contribution::Cash && line.funder().exists() && line.funder().kind().pays_as_party()
}

fn check_basis(line: At<Resource>, problems: &mut Vec<Diagnostic>) {
    let year = line.year();
    if !year.exists() || !year.is_sound() {
        return;
    }
    let amount = line.called().or_else(|| {
        let budget = Budget::of(year);
        budget.shares.iter().find(|share| share.resource == line).map(|share| share.amount())
    });
    if amount.is_some_and(|amount| amount.0 <= 0) {
        problems.push(at(line, Resource::CALLED_ON, requests::called_for_nothing()));
    }
    let basis = line.basis();
    check_day(line, basis, problems);
    let has_acts = || line.scope().deliberations().any(|act| act.year() == year);
    match basis.lack() {
        Some(_) if matches!(basis, Basis::None) && !has_acts() => {
            problems.push(at(line, Resource::CALLED_ON, requests::called_without_act()));
        }
        Some(reason) if !is_told_at_its_act(basis) => {
            problems.push(at(line, Resource::CALLED_ON, requests::called_without_basis(&reason)));
        }
        _ => {}
    }
}

/// Nobody asks for money before the act that grants it was voted and is executory.
fn check_day(line: At<Resource>, basis: Basis, problems: &mut Vec<Diagnostic>) {
    let Some((called, act)) = line.called_on().zip(basis.act()).filter(|_| basis.is_voted()) else { return };
    let (voted, day) = (act.sitting().date(), wording::date(called));
    if called < voted {
        let diagnostic = requests::called_before_vote(&day, act.code(), &wording::date(voted));
        problems.push(at(line, Resource::CALLED_ON, diagnostic));
    } else if let Some(since) = act.executory_on().filter(|since| called < *since) {
        let diagnostic = requests::called_before_executory(&day, act.code(), &wording::date(since));
        problems.push(at(line, Resource::CALLED_ON, diagnostic));
    }
}

/// Whether what the act lacks is told at its own cells.
fn is_told_at_its_act(basis: Basis) -> bool {
    let is_unclear = |act: At<Deliberation>| {
        !act.is_sound()
            || !act.sitting().is_sound()
            || !Item::new(act).gaps().is_empty() && matches!(basis, Basis::Draft(_))
    };
    basis.act().is_some_and(is_unclear)
}

fn check_addressee(line: At<Resource>, problems: &mut Vec<Diagnostic>) {
    let funder = line.funder();
    let fields: [(&Column, bool, &str); 4] = [
        (Partner::ADDRESS, funder.address().is_some(), "l’adresse"),
        (Partner::POSTAL_CODE, funder.postal_code().is_some(), "le code postal"),
        (Partner::CITY, funder.city().is_some(), "la ville"),
        (Partner::SIRET, funder.siret().is_some(), "le SIRET"),
    ];
    if !funder.is_sound() {
        return;
    }
    // A missing SIRET of a body that sits is told with its open data.
    let sits = line.scope().sittings().any(|sitting| sitting.partner() == funder);
    for (column, _, name) in
        fields.into_iter().filter(|(column, filled, _)| !(*filled || sits && *column == Partner::SIRET))
    {
        problems.push(at(funder, column, requests::incomplete_addressee(funder.usual_name(), name)));
    }
}

/// The most characters of a reference in Chorus Pro.
const LONGEST_REFERENCE: usize = 50;

fn check_references(line: At<Resource>, problems: &mut Vec<Diagnostic>) {
    let references = [(Resource::SERVICE_CODE, line.service_code()), (Resource::COMMITMENT, line.commitment())];
    for (column, reference) in references {
        let is_proper = |text: &str| {
            text.chars().count() <= LONGEST_REFERENCE
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | ' '))
        };
        if let Some(found) = reference.filter(|text| !is_proper(text)) {
            problems.push(at(line, column, requests::improper_reference(found)));
        }
    }
}

/// The account and the identifier of the operator: nobody pays into zeros.
fn check_details(scope: &Scope, is_called: bool, problems: &mut Vec<Diagnostic>) {
    let settings = &scope.territory().requests;
    let compact = |text: &str| text.split_whitespace().collect::<String>().to_uppercase();
    let (iban, bic, siret) = (compact(&settings.iban), compact(&settings.bic), compact(&settings.siret));
    let mut tell = |key: &str, reason: &str| {
        let message = if is_called { requests::placeholder_details } else { requests::details_to_replace };
        problems.push(message(key, reason));
    };
    if is_placeholder(iban.get(4..).unwrap_or_default()) {
        tell("iban", "le numéro n’est fait que de zéros ou de X");
    }
    if !bic.is_empty() && !is_bic(&bic) {
        tell("bic", "huit ou onze caractères : six lettres, puis des lettres ou des chiffres");
    } else if !bic.is_empty() && bic.chars().take(4).all(|c| c == 'X') {
        tell("bic", "des X tiennent la place de la banque");
    }
    let operator = scope.operator();
    let of_another = |siret: &str| {
        operator.is_some_and(|operator| {
            operator.siret().is_some_and(|own| own != siret)
                || operator.siren().is_some_and(|own| !siret.starts_with(own))
        })
    };
    if siret.is_empty() {
    } else if siret.chars().all(|c| matches!(c, '0' | 'X')) {
        tell("siret", "le numéro n’est fait que de zéros ou de X");
    } else if siret.len() != 14 || !has_key(&siret) {
        tell("siret", "ce ne sont pas quatorze chiffres dont la clé est juste");
    } else if of_another(&siret) {
        tell("siret", "ce n’est pas celui de l’opérateur (feuille Partenaires)");
    }
}

/// Whether an account number is made of nothing but zeros and X, its two last digits aside.
fn is_placeholder(account: &str) -> bool {
    let body = account.get(..account.len().saturating_sub(2)).unwrap_or_default();
    body.chars().all(|c| matches!(c, '0' | 'X'))
}

/// ISO 9362: four letters of the bank, two of the country, two of the place, three of the branch or none.
fn is_bic(bic: &str) -> bool {
    matches!(bic.len(), 8 | 11)
        && bic.chars().take(6).all(|c| c.is_ascii_uppercase())
        && bic.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

/// The Luhn key of a SIRET.
fn has_key(siret: &str) -> bool {
    let digits: Option<Vec<u32>> = siret.chars().rev().map(|c| c.to_digit(10)).collect();
    let doubled = |(place, digit): (usize, &u32)| {
        let value = if place % 2 == 1 { digit * 2 } else { *digit };
        value / 10 + value % 10
    };
    digits.is_some_and(|digits| digits.iter().enumerate().map(doubled).sum::<u32>().is_multiple_of(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_identifiers_have_their_form() {
        assert!(is_placeholder("00000000000000000000097") && !is_placeholder("30006000011234567890189"));
        for (bic, right) in [("AGRIFRPP", true), ("AGRIFRPP882", true), ("AGRIFRP", false), ("AGR1FRPP", false)] {
            assert_eq!(is_bic(bic), right, "{bic}");
        }
        assert!(has_key("73282932000074") && !has_key("73282932000075"));
    }
}
