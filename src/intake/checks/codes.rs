//! Codes that name folders, numbers of requests, and the operator of the settings.

use std::collections::HashMap;

use super::{at, suggest};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, checks};
use crate::model::{At, Deliberation, FiscalYear, Partner, Resource, Scope};
use crate::wording::fold;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let operator = scope.territory().operator.as_str();
    let codes: Vec<&str> = scope.partners().map(|partner| partner.code()).collect();
    if !operator.is_empty() && !codes.is_empty() && scope.operator().is_none() {
        problems.push(suggest(checks::unknown_operator(operator), operator, codes));
    }
    for year in scope.fiscal_years().filter(|year| !is_proper(year.code())) {
        problems.push(at(year, FiscalYear::CODE, checks::improper_code(year.code())));
    }
    for act in scope.deliberations().filter(|act| !is_proper(act.code())) {
        problems.push(at(act, Deliberation::CODE, checks::improper_code(act.code())));
    }
    check_request_numbers(scope, problems);
    check_tiles(scope, problems);
}

/// A place on the tile map is a letter and a number, and no two partners have one place.
fn check_tiles(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, At<Partner>> = HashMap::new();
    for partner in scope.partners() {
        let Some(tile) = partner.tile() else { continue };
        if partner.place_on_map().is_none() {
            problems.push(at(partner, Partner::TILE, cells::unreadable_tile(tile)));
            continue;
        }
        match first.get(&fold(tile)) {
            Some(known) => {
                let cell = known.cell(Partner::TILE).name();
                problems.push(at(partner, Partner::TILE, cells::duplicate_key(Partner::TILE.heading, tile, &cell)));
            }
            None => drop(first.insert(fold(tile), partner)),
        }
    }
}

/// Whether a code may name a folder below `out/`.
fn is_proper(code: &str) -> bool {
    !code.starts_with('.') && !code.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
}

/// Two requests do not have one number.
fn check_request_numbers(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, At<Resource>> = HashMap::new();
    for line in scope.resources() {
        let Some(number) = line.request_number() else { continue };
        match first.get(&fold(number)) {
            Some(known) => {
                let cell = known.cell(Resource::REQUEST_NUMBER).name();
                let heading = Resource::REQUEST_NUMBER.heading;
                problems.push(at(line, Resource::REQUEST_NUMBER, cells::duplicate_key(heading, number, &cell)));
            }
            None => drop(first.insert(fold(number), line)),
        }
    }
}
