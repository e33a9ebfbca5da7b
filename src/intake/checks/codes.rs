//! Codes that name folders, numbers of requests, and the operator of the settings.

use std::collections::HashMap;

use super::{at, suggest};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, checks};
use crate::model::{At, Convention, Deliberation, FiscalYear, Partner, Record, Resource, Scope};
use crate::records::Column;
use crate::wording::{file_name, fold, improper_name};

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let operator = scope.territory().operator.as_str();
    let codes: Vec<&str> = scope.partners().map(|partner| partner.code()).collect();
    if !operator.is_empty() && !codes.is_empty() && scope.operator().is_none() {
        problems.push(suggest(checks::unknown_operator(operator), operator, codes));
    }
    // These codes name the folders of documents, on every system.
    for year in scope.fiscal_years() {
        let reason = improper_name(year.code());
        problems.extend(reason.map(|reason| at(year, FiscalYear::CODE, checks::improper_code(year.code(), reason))));
    }
    for act in scope.deliberations() {
        let reason = improper_name(act.code());
        problems.extend(reason.map(|reason| at(act, Deliberation::CODE, checks::improper_code(act.code(), reason))));
    }
    check_file_names(scope.partners().map(|it| (it, String::new(), it.code())), Partner::CODE, problems);
    check_file_names(scope.conventions().map(|it| (it, String::new(), it.version())), Convention::VERSION, problems);
    let folder = |line: At<Resource>| format!("{}/{}/", line.year().code(), line.funder().code());
    let numbered = scope.resources().filter_map(|line| Some((line, folder(line), line.request_number()?)));
    check_file_names(numbered, Resource::REQUEST_NUMBER, problems);
    check_request_numbers(scope, problems);
    check_tiles(scope, problems);
}

/// No two codes give files of one folder one name, on systems that take capitals for small letters too.
fn check_file_names<'s, T: Record>(
    codes: impl Iterator<Item = (At<'s, T>, String, &'s str)>,
    column: &'static Column,
    problems: &mut Vec<Diagnostic>,
) {
    let mut first: HashMap<String, (At<T>, &str)> = HashMap::new();
    for (row, folder, code) in codes {
        let (known, taken) = *first.entry(folder + &file_name(code).to_lowercase()).or_insert((row, code));
        // One code twice is told as that.
        if fold(taken) != fold(code) {
            problems.push(at(row, column, checks::same_file_name(code, taken, &known.cell(column).name())));
        }
    }
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
