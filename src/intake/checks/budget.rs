//! Budgets: balance to the cent, voted ceilings, dates of their years.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::figures::{CellRef, Cells};
use crate::intake::sheets::{conventions, fiscal_years, resources};
use crate::model::Choice as _;
use crate::model::{
    Budget, BudgetFault, CeilingRule, Cents, Convention, FiscalYear, Model, Partner, Resource, ResourceMode, Share,
};
use crate::wording;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    for year in model.fiscal_years.iter().filter(|year| year.origin.sound) {
        check_dates(model, year, problems);
        if year.period.start <= year.period.end {
            check_budget(model, year, problems);
        }
    }
    for resource in model.resources.iter().filter(|resource| resource.origin.sound) {
        check_mode(resource, problems);
    }
    for convention in model.conventions.iter().filter(|convention| convention.origin.sound) {
        if convention.end < convention.start {
            let diagnostic = checks::end_before_start(&wording::date(convention.start), &wording::date(convention.end));
            problems.push(at(&convention.origin, conventions::END.heading, diagnostic));
        }
        if begins_cycle(model, convention) {
            problems.push(at(
                &convention.origin,
                conventions::REPLACES.heading,
                checks::convention_cycle(&convention.version),
            ));
        }
    }
}

/// Whether following « Remplace » from a version comes back to it, and it is the first row of those on the way.
fn begins_cycle(model: &Model, first: &Convention) -> bool {
    let mut current = first;
    for _ in 0..model.conventions.len() {
        let replaced = model.conventions.iter().find(|known| current.replaces.as_ref() == Some(&known.version));
        match replaced {
            Some(known) if known.version == first.version => return true,
            Some(known) if known.origin.row > first.origin.row => current = known,
            _ => return false,
        }
    }
    false
}

fn check_dates(model: &Model, year: &FiscalYear, problems: &mut Vec<Diagnostic>) {
    if year.period.end < year.period.start {
        let diagnostic = checks::end_before_start(&wording::date(year.period.start), &wording::date(year.period.end));
        problems.push(at(&year.origin, fiscal_years::END.heading, diagnostic));
        return;
    }
    let before = model.fiscal_years.iter().filter(|other| other.origin.sound && other.origin.row < year.origin.row);
    for other in before {
        if other.period.start <= year.period.end && year.period.start <= other.period.end {
            problems.push(at(&year.origin, fiscal_years::START.heading, checks::overlapping_years(&other.code)));
        }
    }
    for resource in model.resources.iter().filter(|resource| resource.year == year.code && resource.origin.sound) {
        let called = resource.called_on.filter(|called| *called < year.period.start);
        if let Some(called) = called {
            let diagnostic = checks::date_outside_year(&wording::date(called), &year.code);
            problems.push(at(&resource.origin, resources::CALLED_ON.heading, diagnostic));
        }
        if let (Some(called), Some(due)) = (resource.called_on, resource.due)
            && due < called
        {
            let diagnostic = checks::due_before_called(&wording::date(called), &wording::date(due));
            problems.push(at(&resource.origin, resources::DUE.heading, diagnostic));
        }
        if let (Some(called), Some(received)) = (resource.called_on, resource.received_on)
            && received < called
        {
            let diagnostic = checks::received_before_called(&wording::date(called), &wording::date(received));
            problems.push(at(&resource.origin, resources::RECEIVED_ON.heading, diagnostic));
        }
    }
}

fn check_mode(resource: &Resource, problems: &mut Vec<Diagnostic>) {
    let (origin, mode) = (&resource.origin, resource.mode);
    if mode == ResourceMode::Amount && resource.planned.is_none() {
        problems.push(at(origin, resources::PLANNED.heading, checks::mode_without_amount()));
    }
    if mode == ResourceMode::Quota && resource.key.is_none() {
        problems.push(at(origin, resources::KEY.heading, checks::mode_without_key()));
    }
    if mode != ResourceMode::Amount && resource.planned.is_some() {
        problems.push(at(origin, resources::PLANNED.heading, checks::amount_without_mode(mode.label())));
    }
    if mode != ResourceMode::Quota && resource.key.is_some() {
        problems.push(at(origin, resources::KEY.heading, checks::key_without_mode(mode.label())));
    }
}

/// The balance and the ceilings of a year whose lines are all sound: a line that could not be read would unbalance it.
fn check_budget(model: &Model, year: &FiscalYear, problems: &mut Vec<Diagnostic>) {
    let expenses = model.expenses.iter().filter(|expense| expense.year == year.code);
    let lines = model.resources.iter().filter(|resource| resource.year == year.code);
    let incomplete = |resource: &Resource| match resource.mode {
        ResourceMode::Amount => resource.planned.is_none(),
        ResourceMode::Quota => resource.key.is_none(),
        ResourceMode::EqualShare => false,
    };
    // A line of a year that does not exist was meant for one that does.
    let stray = |code: &str| model.fiscal_year(code).is_none();
    if expenses.clone().any(|expense| !expense.origin.sound)
        || lines.clone().any(|resource| !resource.origin.sound || incomplete(resource))
        || model.expenses.iter().any(|expense| stray(&expense.year))
        || model.resources.iter().any(|resource| stray(&resource.year))
    {
        return;
    }
    let budget = Budget::of(model, year);
    if budget.expenses.is_empty() && budget.shares.is_empty() {
        return;
    }
    let faults = budget.faults();
    for share in &budget.shares {
        // What a wrong budget asks for is not to be compared with.
        if faults.is_empty() {
            check_payment(share, problems);
        }
        check_party(model, year, share, problems);
    }
    for fault in faults {
        let diagnostic = match fault {
            BudgetFault::Unbalanced => at(
                &year.origin,
                fiscal_years::CODE.heading,
                checks::unbalanced_budget(
                    &year.code,
                    &wording::euros(budget.spent().0),
                    &wording::euros(budget.paid().0),
                    &names(&budget.expense_cells()),
                    &names(&budget.resource_cells()),
                ),
            ),
            BudgetFault::KeysAboveWhole(keys) => at(
                &year.origin,
                fiscal_years::CODE.heading,
                checks::keys_above_whole(&year.code, &wording::percent(keys, 10_000, 2)),
            ),
            BudgetFault::NoCarrier if model.partner(&year.rounding_carrier).is_none() => continue,
            BudgetFault::NoCarrier => at(
                &year.origin,
                fiscal_years::CARRIER.heading,
                checks::rounding_without_line(&year.rounding_carrier, &wording::euros(budget.remainder.0)),
            ),
            BudgetFault::AboveCeiling(index) => {
                let share = &budget.shares[index];
                let amount = wording::euros(share.amount().0);
                let ceiling = wording::euros(share.resource.ceiling.unwrap_or_default().0);
                let diagnostic = match model.territory.ceiling {
                    CeilingRule::Error => checks::ceiling_exceeded(share.name(), &amount, &ceiling),
                    CeilingRule::Warning => checks::ceiling_exceeded_tolerated(share.name(), &amount, &ceiling),
                };
                at(&share.resource.origin, resources::CEILING.heading, diagnostic)
            }
        };
        problems.push(diagnostic);
    }
}

/// What was called and received, against the share.
fn check_payment(share: &Share, problems: &mut Vec<Diagnostic>) {
    let resource = share.resource;
    let euros = |cents: Cents| wording::euros(cents.0);
    if let Some(called) = resource.called.filter(|called| *called > share.amount()) {
        let diagnostic = checks::called_above(&euros(called), &euros(share.amount()));
        problems.push(at(&resource.origin, resources::CALLED.heading, diagnostic));
    }
    let called = resource.called.or(resource.called_on.map(|_| share.amount())).unwrap_or_default();
    if let Some(received) = resource.received.filter(|received| *received > called) {
        let diagnostic = checks::received_above(&euros(received), &euros(called));
        problems.push(at(&resource.origin, resources::RECEIVED.heading, diagnostic));
    }
    let missing = match (resource.received, resource.received_on) {
        (None, Some(_)) => resources::RECEIVED.heading,
        (Some(received), None) if received != Cents::ZERO => resources::RECEIVED_ON.heading,
        _ => return,
    };
    problems.push(at(&resource.origin, missing, checks::incomplete_receipt(missing)));
}

/// Whether a funder is a partner in the year, and on the day that its convention names the parties.
fn check_party(model: &Model, year: &FiscalYear, share: &Share, problems: &mut Vec<Diagnostic>) {
    let in_order =
        |partner: &&Partner| partner.origin.sound && partner.until.is_none_or(|until| partner.since <= Some(until));
    let Some(partner) = share.partner.filter(|partner| partner.kind.is_epci()).filter(in_order) else { return };
    let left = partner.until.is_some_and(|until| until < year.period.start);
    let joins = partner.since.is_some_and(|since| since > year.period.end);
    let named = model.conventions.iter().filter(|convention| convention.origin.sound && convention.year == year.code);
    let reference = named.map(|convention| convention.reference);
    let absent = reference.filter(|day| !partner.is_member(*day)).max();
    let what = match absent {
        _ if left || joins => format!("pendant l’exercice {}", year.code),
        Some(day) => format!("le {}, jour où la convention nomme les parties", wording::date(day)),
        None => return,
    };
    let diagnostic = checks::funder_outside(share.name(), &what);
    problems.push(at(&share.resource.origin, resources::FUNDER.heading, diagnostic));
}

/// Cells of a sheet in a few words: « Dépenses › C2:C5 ».
fn names(cells: &Cells) -> String {
    let cells: Vec<CellRef> = cells.iter().collect();
    match cells.as_slice() {
        [] => "aucune".to_owned(),
        [only] => format!("{} › {}", only.sheet, only.name()),
        [first, .., last] if first.column == last.column => {
            format!("{} › {} à {}", first.sheet, first.name(), last.name())
        }
        [first, ..] => {
            format!("{} › {}", first.sheet, cells.iter().map(CellRef::name).collect::<Vec<_>>().join(", "))
        }
    }
}
