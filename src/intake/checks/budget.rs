//! Budgets: balance to the cent, voted ceilings, dates of their years.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, checks};
use crate::figures::{CellRef, Cells};
use crate::model::{
    At, Budget, BudgetFault, CeilingRule, Cents, Choice as _, Convention, Expense, FiscalYear, Partner, Payment,
    Resource, ResourceMode, Scope, Share,
};
use crate::wording;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    for year in scope.fiscal_years().filter(|year| year.is_sound()) {
        check_dates(year, problems);
        if year.start() <= year.end() {
            check_budget(year, problems);
        }
    }
    scope.resources().filter(|line| line.is_sound()).for_each(|line| check_mode(line, problems));
    scope.expenses().filter(|expense| expense.is_sound()).for_each(|expense| check_actual(expense, problems));
    scope.payments().filter(|payment| payment.is_sound()).for_each(|payment| check_traces(payment, problems));
    for convention in scope.conventions().filter(|convention| convention.is_sound()) {
        if convention.end() < convention.start() {
            let diagnostic =
                checks::end_before_start(&wording::date(convention.start()), &wording::date(convention.end()));
            problems.push(at(convention, Convention::END, diagnostic));
        }
        if begins_cycle(convention) {
            problems.push(at(convention, Convention::REPLACES, checks::convention_cycle(convention.version())));
        }
    }
}

/// Whether following « Remplace » from a version comes back to it, and it is the first row of those on the way.
fn begins_cycle(first: At<Convention>) -> bool {
    let mut current = first;
    for _ in first.scope().conventions() {
        match current.replaces() {
            Some(known) if known == first => return true,
            Some(known) if known.exists() && known > first => current = known,
            _ => return false,
        }
    }
    false
}

fn check_dates(year: At<FiscalYear>, problems: &mut Vec<Diagnostic>) {
    if year.end() < year.start() {
        let diagnostic = checks::end_before_start(&wording::date(year.start()), &wording::date(year.end()));
        problems.push(at(year, FiscalYear::END, diagnostic));
        return;
    }
    for other in year.scope().fiscal_years().filter(|other| other.is_sound() && *other < year) {
        if other.start() <= year.end() && year.start() <= other.end() {
            problems.push(at(year, FiscalYear::START, checks::overlapping_years(other.code())));
        }
    }
    for line in year.scope().resources().filter(|line| line.year() == year && line.is_sound()) {
        let Some(called) = line.called_on() else { continue };
        if called < year.start() {
            let diagnostic = checks::date_outside_year(&wording::date(called), year.code());
            problems.push(at(line, Resource::CALLED_ON, diagnostic));
        }
        if let Some(due) = line.due().filter(|due| *due < called) {
            let diagnostic = checks::due_before_called(&wording::date(called), &wording::date(due));
            problems.push(at(line, Resource::DUE, diagnostic));
        }
        if let Some(received) = line.received_on().filter(|received| *received < called) {
            let diagnostic = checks::received_before_called(&wording::date(called), &wording::date(received));
            problems.push(at(line, Resource::RECEIVED_ON, diagnostic));
        }
    }
}

fn check_mode(line: At<Resource>, problems: &mut Vec<Diagnostic>) {
    let mode = line.mode();
    if mode == ResourceMode::Amount && line.planned().is_none() {
        problems.push(at(line, Resource::PLANNED, checks::mode_without_amount()));
    }
    if mode == ResourceMode::Quota && line.key().is_none() {
        problems.push(at(line, Resource::KEY, checks::mode_without_key()));
    }
    if mode != ResourceMode::Amount && line.planned().is_some() {
        problems.push(at(line, Resource::PLANNED, checks::amount_without_mode(mode.label())));
    }
    if mode != ResourceMode::Quota && line.key().is_some() {
        problems.push(at(line, Resource::KEY, checks::key_without_mode(mode.label())));
    }
    let funder = line.funder();
    if mode == ResourceMode::Population && funder.exists() && funder.population().is_none() {
        problems.push(at(funder, Partner::POPULATION, cells::missing_value(Partner::POPULATION.heading)));
    }
}

/// A payment names whom it went to and by which receipt: statements of what was paid say both.
fn check_traces(payment: At<Payment>, problems: &mut Vec<Diagnostic>) {
    let missing = [(Payment::PAYEE, payment.payee().is_none()), (Payment::RECEIPT, payment.receipt().is_none())];
    for (column, _) in missing.into_iter().filter(|(_, is_missing)| *is_missing) {
        problems.push(at(payment, column, checks::incomplete_payment(column.heading)));
    }
}

/// What the sheet says was spent is the sum of the payments, where there are any.
fn check_actual(expense: At<Expense>, problems: &mut Vec<Diagnostic>) {
    if let (Some(stated), Some(paid)) = (expense.stated_actual(), expense.actual())
        && stated != paid
    {
        let diagnostic = checks::actual_is_not_paid(&wording::euros(stated.0), &wording::euros(paid.0));
        problems.push(at(expense, Expense::ACTUAL, diagnostic));
    }
}

/// The balance and the ceilings of a year whose lines are all sound: a line that could not be read would unbalance it.
fn check_budget(year: At<FiscalYear>, problems: &mut Vec<Diagnostic>) {
    let scope = year.scope();
    let incomplete = |line: At<Resource>| match line.mode() {
        ResourceMode::Amount => line.planned().is_none(),
        ResourceMode::Quota => line.key().is_none(),
        ResourceMode::EqualShare => false,
        ResourceMode::Population => line.funder().population().is_none(),
    };
    // A line of a year that does not exist was meant for one that does.
    let is_wrong = |own: At<FiscalYear>, sound: bool| !own.exists() || own == year && !sound;
    if scope.expenses().any(|expense| is_wrong(expense.year(), expense.is_sound()))
        || scope.resources().any(|line| is_wrong(line.year(), line.is_sound() && !incomplete(line)))
        || scope.resources().any(|line| line.year() == year && !line.funder().exists())
    {
        return;
    }
    let budget = Budget::of(year);
    if budget.expenses.is_empty() && budget.shares.is_empty() {
        return;
    }
    let faults = budget.faults();
    for share in &budget.shares {
        // What a wrong budget asks for is not to be compared with.
        if faults.is_empty() {
            check_payment(share, problems);
        }
        check_party(year, share, problems);
    }
    problems.extend(faults.into_iter().filter_map(|fault| told(&budget, fault)));
}

/// What is wrong with a budget, at its cell.
fn told(budget: &Budget, fault: BudgetFault) -> Option<Diagnostic> {
    let year = budget.year;
    Some(match fault {
        BudgetFault::Unbalanced => at(
            year,
            FiscalYear::CODE,
            checks::unbalanced_budget(
                year.code(),
                &wording::euros(budget.spent().0),
                &wording::euros(budget.paid().0),
                &names(&budget.expense_cells()),
                &names(&budget.resource_cells()),
            ),
        ),
        BudgetFault::MixedModes => at(year, FiscalYear::CODE, checks::mixed_modes(year.code())),
        BudgetFault::KeysAboveWhole(keys) => {
            at(year, FiscalYear::CODE, checks::keys_above_whole(year.code(), &wording::percent(keys, 10_000, 2)))
        }
        BudgetFault::NoCarrier if !year.rounding_carrier().exists() => return None,
        BudgetFault::NoCarrier => {
            let remainder = wording::euros(budget.remainder.0);
            at(year, FiscalYear::CARRIER, checks::rounding_without_line(year.rounding_carrier().code(), &remainder))
        }
        BudgetFault::AboveCeiling(index) => {
            let share = &budget.shares[index];
            let amount = wording::euros(share.amount().0);
            let ceiling = wording::euros(share.resource.ceiling().unwrap_or_default().0);
            let diagnostic = match year.scope().territory().ceiling {
                CeilingRule::Error => checks::ceiling_exceeded(share.name(), &amount, &ceiling),
                CeilingRule::Warning => checks::ceiling_exceeded_tolerated(share.name(), &amount, &ceiling),
            };
            at(share.resource, Resource::CEILING, diagnostic)
        }
    })
}

/// What was called and received, against the share.
fn check_payment(share: &Share, problems: &mut Vec<Diagnostic>) {
    let line = share.resource;
    let euros = |cents: Cents| wording::euros(cents.0);
    if let Some(called) = line.called().filter(|called| *called > share.amount()) {
        problems.push(at(line, Resource::CALLED, checks::called_above(&euros(called), &euros(share.amount()))));
    }
    let called = line.called().or(line.called_on().map(|_| share.amount())).unwrap_or_default();
    if let Some(received) = line.received().filter(|received| *received > called) {
        problems.push(at(line, Resource::RECEIVED, checks::received_above(&euros(received), &euros(called))));
    }
    let missing = match (line.received(), line.received_on()) {
        (None, Some(_)) => Resource::RECEIVED,
        (Some(received), None) if received != Cents::ZERO => Resource::RECEIVED_ON,
        _ => return,
    };
    problems.push(at(line, missing, checks::incomplete_receipt(missing.heading)));
}

/// Whether a funder is a partner in the year, and on the day that its convention names the parties.
fn check_party(year: At<FiscalYear>, share: &Share, problems: &mut Vec<Diagnostic>) {
    let partner = share.partner;
    let in_order = partner.is_sound() && partner.until().is_none_or(|until| partner.since() <= Some(until));
    if !partner.kind().is_epci() || !in_order {
        return;
    }
    let left = partner.until().is_some_and(|until| until < year.start());
    let joins = partner.since().is_some_and(|since| since > year.end());
    let named = year.scope().conventions().filter(|convention| convention.is_sound() && convention.year() == year);
    let absent = named.map(|convention| convention.reference()).filter(|day| !partner.is_member(*day)).max();
    let what = match absent {
        _ if left || joins => format!("pendant l’exercice {}", year.code()),
        Some(day) => format!("le {}, jour où la convention nomme les parties", wording::date(day)),
        None => return,
    };
    problems.push(at(share.resource, Resource::FUNDER, checks::funder_outside(share.name(), &what)));
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
