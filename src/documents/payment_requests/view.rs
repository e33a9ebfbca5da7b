//! What a payment request says, as data for its letter.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::Request;
use crate::documents::Printer;
use crate::figures::{Figure, Quantity};
use crate::model::{Budget, Cents, Choice as _, Civility, Convention, Deliberation, Model, Partner, Representative};
use crate::wording;

/// What is asked for: what the sheet says was called, else the share.
fn amount(budget: &Budget, request: &Request) -> Figure {
    match request.share.resource.called {
        Some(called) => Figure::new(
            format!("budget.{}.appele.{}", budget.year.code, request.share.resource.funder),
            format!("acompte appelé auprès de {}, exercice {}", request.share.name(), budget.year.code),
            Quantity::Cents(called.0),
            request.share.resource.origin.cell("Appelé"),
        ),
        None => budget.share_figure(request.index),
    }
}

/// The day by which it must be paid: the sheet's, else the delay of the settings.
pub(super) fn due(model: &Model, request: &Request) -> NaiveDate {
    let delay = Days::new(u64::from(model.territory.requests.delay_days));
    request.share.resource.due.or_else(|| request.date.checked_add_days(delay)).unwrap_or(request.date)
}

pub(super) fn view(model: &Model, budget: &Budget, request: &Request, printer: &mut Printer) -> Value {
    let territory = &model.territory;
    let operator = model.partner(&territory.operator);
    let funder = request.share.partner;
    let signatory = model.signatory(&territory.operator, request.date);
    let president = model.signatory(&request.share.resource.funder, request.date);
    let amount = amount(budget, request);
    let resource = request.share.resource;
    json!({
        "titre": format!("Demande d’acompte n°\u{a0}{} – {}", request.number, request.share.name()),
        "sujet": format!("Participation au programme Territoires d’industrie {}, exercice {}", territory.name, budget.year.code),
        "auteur": operator.map_or_else(|| territory.letter.sender_name.clone(), |operator| operator.usual_name.clone()),
        "mots_cles": ["demande d’acompte", "Territoires d’industrie", territory.name],
        "charte": { "couleur": territory.brand.colour, "accent": territory.brand.accent },
        "projet": resource.called_on.is_none(),
        "numero": request.number,
        "date": wording::date(request.date),
        "ville": operator.and_then(|operator| operator.city.as_deref()).map(city_without_mail),
        "emetteur": operator.map(party),
        "siret": wording::prose(&territory.requests.siret),
        "destinataire": funder.map(party),
        "attention": president.map(|president| format!("{} {} {}, {}", president.civility.label(), president.first_name, president.last_name, president.title)),
        "appel": president.map(form_of_address),
        "exercice": { "code": budget.year.code, "periode": wording::date_span(budget.year.period.start, budget.year.period.end) },
        "montant": printer.euros(&amount),
        "montant_lettres": wording::euros_in_words(amount.amount()),
        "echeance": wording::date(due(model, request)),
        "banque": { "titulaire": territory.requests.holder, "iban": group_iban(&territory.requests.iban), "bic": territory.requests.bic },
        "tva": wording::prose(&territory.requests.vat),
        "chorus": { "service": resource.service_code, "engagement": resource.commitment, "siret": funder.and_then(|funder| funder.siret.clone()) },
        "signataire": signatory.map(|signatory| json!({
            "nom": format!("{} {}", signatory.first_name, signatory.last_name),
            "qualite": format!("{},", wording::capitalized(form_of_address(signatory).split_once(' ').map_or("", |(_, title)| title))),
        })),
    })
}

/// The data of the letter's words, and the figures among them.
pub(super) fn words(model: &Model, budget: &Budget, request: &Request) -> (Value, Vec<(String, Figure)>) {
    let amount = amount(budget, request);
    let convention = convention(model, budget);
    let deliberation = convention.and_then(|convention| deliberation(model, request, convention));
    let total = budget.total_expenses();
    let data = json!({
        "territoire": { "nom": model.territory.name, "programme": "Territoires d’industrie" },
        "operateur": model.partner(&model.territory.operator).map(party),
        "destinataire": request.share.partner.map(party),
        "exercice": { "code": budget.year.code, "debut": budget.year.period.start.to_string(), "fin": budget.year.period.end.to_string() },
        "montant": amount.amount(),
        "plafond": request.share.resource.ceiling.map(|Cents(cents)| cents),
        "total": total.amount(),
        "convention": convention.map(|convention| json!({
            "version": convention.version, "debut": convention.start.to_string(), "fin": convention.end.to_string(),
        })),
        "deliberation": deliberation.map(|(deliberation, date)| json!({ "numero": deliberation.number, "date": date.to_string() })),
        "echeance": due(model, request).to_string(),
        "delai_jours": model.territory.requests.delay_days,
    });
    (data, vec![("montant".to_owned(), amount), ("total".to_owned(), total)])
}

/// The convention whose article on the budget names this year, else the one that runs on the year's first day.
fn convention<'a>(model: &'a Model, budget: &Budget) -> Option<&'a Convention> {
    let named = model.conventions.iter().find(|convention| convention.year == budget.year.code);
    let start = budget.year.period.start;
    named.or_else(|| model.conventions.iter().find(|convention| convention.start <= start && start <= convention.end))
}

/// The funder's own numbered deliberation on that convention, with the day of its sitting.
fn deliberation<'a>(
    model: &'a Model,
    request: &Request,
    convention: &Convention,
) -> Option<(&'a Deliberation, NaiveDate)> {
    model.deliberations.iter().find_map(|deliberation| {
        let sitting = model.sittings.iter().find(|sitting| sitting.code == deliberation.sitting)?;
        let own = sitting.partner == request.share.resource.funder
            && deliberation.convention.as_deref() == Some(convention.version.as_str());
        (own && deliberation.number.is_some()).then_some((deliberation, sitting.date))
    })
}

/// A partner as a letter names it.
fn party(partner: &Partner) -> Value {
    let town = match (&partner.postal_code, &partner.city) {
        (Some(code), Some(city)) => Some(format!("{code} {city}")),
        (None, Some(city)) => Some(city.clone()),
        _ => None,
    };
    json!({
        "nom": wording::prose(&partner.usual_name),
        "nom_officiel": wording::prose(&partner.official_name),
        "avec_de": wording::prose(&partner.name_with_de),
        "adresse": partner.address.as_deref().map(wording::prose),
        "ville": town,
        "siren": partner.siren,
    })
}

/// « Lille cedex » writes « Lille » before its date.
fn city_without_mail(city: &str) -> String {
    let lower = city.to_lowercase();
    lower.find(" cedex").map_or_else(|| city.to_owned(), |position| city[..position].to_owned())
}

/// « Monsieur le Président », « Madame la Maire », « Monsieur l’Administrateur ».
fn form_of_address(representative: &Representative) -> String {
    let title = representative.title.split(',').next().unwrap_or_default().trim();
    let title = wording::capitalized(title);
    let vowel = crate::diagnostics::fold(&title).starts_with(['a', 'e', 'i', 'o', 'u']);
    let (civility, article) = match representative.civility {
        Civility::Monsieur => ("Monsieur", "le"),
        Civility::Madame => ("Madame", "la"),
    };
    if title.is_empty() {
        civility.to_owned()
    } else if vowel {
        format!("{civility} l’{title}")
    } else {
        format!("{civility} {article} {title}")
    }
}

/// An IBAN in groups of four.
fn group_iban(iban: &str) -> String {
    let compact: Vec<char> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    compact.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::figures::{Origin, SheetOrigin};
    use crate::model::Role;

    fn address(civility: Civility, title: &str) -> String {
        let sheet = SheetOrigin { file: "".into(), sheet: "".into(), columns: Vec::new() };
        form_of_address(&Representative {
            partner: String::new(),
            civility,
            first_name: String::new(),
            last_name: String::new(),
            title: title.to_owned(),
            role: Role::Signatory,
            since: NaiveDate::default(),
            until: None,
            origin: Origin { sheet: Arc::new(sheet), row: 2, sound: true },
        })
    }

    #[test]
    fn letters_open_with_the_right_form_of_address() {
        assert_eq!(address(Civility::Monsieur, "Président"), "Monsieur le Président");
        assert_eq!(address(Civility::Madame, "présidente, maire de Douai"), "Madame la Présidente");
        assert_eq!(address(Civility::Monsieur, "élu délégué"), "Monsieur l’Élu délégué");
    }

    #[test]
    fn account_numbers_are_read_in_fours() {
        assert_eq!(
            group_iban("FR7600000000000000000000097"),
            "FR76\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}097"
        );
        assert_eq!(city_without_mail("Lille cedex"), "Lille");
    }
}
