//! Codes that other sheets define, and keys that must be unique.

use std::collections::HashMap;

use super::{at, suggest};
use crate::diagnostics::messages::{cells, checks};
use crate::diagnostics::{Diagnostic, fold};
use crate::figures::Origin;
use crate::intake::sheets;
use crate::model::Model;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    let partners: Vec<&str> = model.partners.iter().map(|partner| partner.code.as_str()).collect();
    let years: Vec<&str> = model.fiscal_years.iter().map(|year| year.code.as_str()).collect();
    let sittings: Vec<&str> = model.sittings.iter().map(|sitting| sitting.code.as_str()).collect();
    let versions: Vec<&str> = model.conventions.iter().map(|convention| convention.version.as_str()).collect();
    let mut refer = |origin: &Origin, heading: &str, code: &str, sheet: &str, column: &str, known: &[&str]| {
        // A sheet that could not be read at all would make every reference to it wrong.
        if !code.is_empty() && !known.is_empty() && !known.contains(&code) {
            problems.push(at(
                origin,
                heading,
                suggest(cells::unknown_code(code, sheet, column), code, known.iter().copied()),
            ));
        }
    };
    {
        let mut partner =
            |origin: &Origin, heading: &str, code: &str| refer(origin, heading, code, "Partenaires", "Code", &partners);
        for representative in &model.representatives {
            partner(&representative.origin, sheets::representatives::PARTNER.heading, &representative.partner);
        }
        for contact in &model.contacts {
            partner(&contact.origin, sheets::contacts::PARTNER.heading, contact.partner.as_deref().unwrap_or_default());
        }
        for firm in &model.firms {
            partner(&firm.origin, sheets::firms::PARTNER.heading, &firm.partner);
        }
        for event in &model.events {
            partner(&event.origin, sheets::agenda::PARTNER.heading, event.partner.as_deref().unwrap_or_default());
        }
        for sitting in &model.sittings {
            partner(&sitting.origin, sheets::sittings::PARTNER.heading, &sitting.partner);
        }
        for year in &model.fiscal_years {
            partner(&year.origin, sheets::fiscal_years::CARRIER.heading, &year.rounding_carrier);
        }
        for resource in &model.resources {
            partner(&resource.origin, sheets::resources::FUNDER.heading, &resource.funder);
        }
    }
    for attendance in &model.attendances {
        refer(
            &attendance.origin,
            sheets::attendances::SITTING.heading,
            &attendance.sitting,
            "Séances",
            "Code",
            &sittings,
        );
    }
    for convention in &model.conventions {
        let replaced = convention.replaces.as_deref().unwrap_or_default();
        refer(&convention.origin, sheets::conventions::REPLACES.heading, replaced, "Conventions", "Version", &versions);
        refer(&convention.origin, sheets::conventions::YEAR.heading, &convention.year, "Exercices", "Code", &years);
    }
    for deliberation in &model.deliberations {
        let version = deliberation.convention.as_deref().unwrap_or_default();
        refer(
            &deliberation.origin,
            sheets::deliberations::SITTING.heading,
            &deliberation.sitting,
            "Séances",
            "Code",
            &sittings,
        );
        refer(
            &deliberation.origin,
            sheets::deliberations::CONVENTION.heading,
            version,
            "Conventions",
            "Version",
            &versions,
        );
        refer(
            &deliberation.origin,
            sheets::deliberations::YEAR.heading,
            &deliberation.year,
            "Exercices",
            "Code",
            &years,
        );
    }
    for expense in &model.expenses {
        refer(&expense.origin, sheets::expenses::YEAR.heading, &expense.year, "Exercices", "Code", &years);
    }
    for resource in &model.resources {
        refer(&resource.origin, sheets::resources::YEAR.heading, &resource.year, "Exercices", "Code", &years);
    }
    check_operator(model, &partners, problems);
    check_unique(model, problems);
    check_codes(model, problems);
}

/// Codes that name a folder below `out/`.
fn check_codes(model: &Model, problems: &mut Vec<Diagnostic>) {
    let proper = |code: &str| !code.starts_with('.') && !code.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']);
    let years = model.fiscal_years.iter().map(|row| (&row.origin, sheets::fiscal_years::CODE.heading, &row.code));
    let acts = model.deliberations.iter().map(|row| (&row.origin, sheets::deliberations::CODE.heading, &row.code));
    for (origin, heading, code) in years.chain(acts).filter(|(_, _, code)| !proper(code)) {
        problems.push(at(origin, heading, checks::improper_code(code)));
    }
}

fn check_operator(model: &Model, partners: &[&str], problems: &mut Vec<Diagnostic>) {
    let operator = model.territory.operator.as_str();
    if !operator.is_empty() && !partners.is_empty() && !partners.contains(&operator) {
        problems.push(suggest(checks::unknown_operator(operator), operator, partners.iter().copied()));
    }
}

/// Keys that name a row: the second row of the same key is at fault.
fn check_unique(model: &Model, problems: &mut Vec<Diagnostic>) {
    fn unique<'a>(heading: &str, rows: impl Iterator<Item = (&'a Origin, String)>, problems: &mut Vec<Diagnostic>) {
        let mut first: HashMap<String, &Origin> = HashMap::new();
        for (origin, key) in rows.filter(|(_, key)| !key.is_empty() && key != "0") {
            match first.get(&fold(&key)) {
                Some(known) => {
                    problems.push(at(
                        origin,
                        heading,
                        cells::duplicate_key(heading, &key, &known.cell(heading).name()),
                    ));
                }
                None => drop(first.insert(fold(&key), origin)),
            }
        }
    }
    unique(sheets::partners::CODE.heading, model.partners.iter().map(|row| (&row.origin, row.code.clone())), problems);
    unique(
        sheets::letters::NUMBER.heading,
        model.letters.iter().map(|row| (&row.origin, row.number.to_string())),
        problems,
    );
    unique(sheets::sittings::CODE.heading, model.sittings.iter().map(|row| (&row.origin, row.code.clone())), problems);
    unique(
        sheets::conventions::VERSION.heading,
        model.conventions.iter().map(|row| (&row.origin, row.version.clone())),
        problems,
    );
    unique(
        sheets::deliberations::CODE.heading,
        model.deliberations.iter().map(|row| (&row.origin, row.code.clone())),
        problems,
    );
    unique(
        sheets::fiscal_years::CODE.heading,
        model.fiscal_years.iter().map(|row| (&row.origin, row.code.clone())),
        problems,
    );
    unique(
        sheets::communication::MONTH.heading,
        model.communication.iter().filter(|row| row.origin.sound).map(|row| (&row.origin, row.month.to_string())),
        problems,
    );
    unique(
        sheets::firms::NAME.heading,
        model.firms.iter().map(|row| {
            let site = row.site.as_deref().map_or_else(String::new, |site| format!(" ({site})"));
            (&row.origin, format!("{}{site}", row.name))
        }),
        problems,
    );
    unique(
        sheets::resources::REQUEST_NUMBER.heading,
        model.resources.iter().filter_map(|row| Some((&row.origin, row.request_number.clone()?))),
        problems,
    );
    // A funder may pay in cash and in kind, so its year, code and contribution make the key.
    unique(
        sheets::resources::FUNDER.heading,
        model.resources.iter().filter(|row| row.origin.sound).map(|row| {
            use crate::model::Choice as _;
            (&row.origin, format!("{} {} {}", row.funder, row.year, row.contribution.label()))
        }),
        problems,
    );
}
