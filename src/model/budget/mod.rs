//! What a year spends and who pays for it, to the cent.

mod figures;

use super::{At, Cents, Contribution, Expense, FiscalYear, Partner, Resource, ResourceMode, Scope, split_equally};
use crate::figures::Cells;

/// A year's budget: its lines, and what each funder pays to the cent.
#[derive(Debug)]
pub struct Budget<'s> {
    /// The year.
    pub year: At<'s, FiscalYear>,
    /// What is spent, in the order of the sheet.
    pub expenses: Vec<At<'s, Expense>>,
    /// Who pays, in the order of the sheet.
    pub shares: Vec<Share<'s>>,
    /// What the fixed amounts leave to share.
    pub rest: Cents,
    /// What the division leaves over; the carrier pays it.
    pub remainder: Cents,
    /// Every cell that decides what is shared and who carries the rounding: all shares come from them.
    cells: Cells,
}

/// What one funder pays.
#[derive(Debug, Clone, Copy)]
pub struct Share<'s> {
    /// The line of the sheet.
    pub resource: At<'s, Resource>,
    /// The funder.
    pub partner: At<'s, Partner>,
    /// Its amount before the rounding is laid on somebody.
    pub base: Cents,
    /// The rounding that it carries.
    pub rounding: Cents,
}

impl<'s> Share<'s> {
    /// What it pays.
    #[must_use]
    pub fn amount(&self) -> Cents {
        self.base + self.rounding
    }

    /// Whether another share, of this year or another, is the same funder's line, in cash or in kind.
    #[must_use]
    pub fn same_line(&self, other: &Share) -> bool {
        self.partner.index() == other.partner.index() && self.resource.contribution() == other.resource.contribution()
    }

    /// Whether it is paid in cash.
    #[must_use]
    pub fn is_cash(&self) -> bool {
        self.resource.contribution() == Contribution::Cash
    }

    /// The funder's usual name.
    #[must_use]
    pub fn name(&self) -> &'s str {
        self.partner.usual_name()
    }
}

/// What keeps a budget from being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetFault {
    /// The two sides differ.
    Unbalanced,
    /// What is left is shared equally and by population at once.
    MixedModes,
    /// The percentages of the rest make more than the whole, in ten-thousandths.
    KeysAboveWhole(i64),
    /// The carrier of the rounding pays nothing in this year.
    NoCarrier,
    /// A share, by its index, is above what the partner's assembly voted.
    AboveCeiling(usize),
}

impl<'s> Budget<'s> {
    /// The budget of a year of the sheets.
    ///
    /// Fixed amounts are taken as they are. What they leave is shared: quotas first, each rounded down to the cent; then
    /// equal shares or shares by population, rounded down too. What is left over goes to the year's carrier, in its first
    /// line.
    #[must_use]
    pub fn of(year: At<'s, FiscalYear>) -> Self {
        let scope = year.scope();
        let expenses: Vec<At<Expense>> = scope.expenses().filter(|expense| expense.year() == year).collect();
        let resources: Vec<At<Resource>> = scope.resources().filter(|resource| resource.year() == year).collect();
        let spent: Cents = expenses.iter().map(|expense| expense.planned()).sum();
        let fixed: Cents = resources.iter().filter_map(|resource| resource.fixed()).sum();
        let rest = spent - fixed;
        let split = Split::new(Cents(rest.0.max(0)), &resources);
        let mut shares: Vec<Share> = resources
            .iter()
            .map(|&resource| Share {
                resource,
                partner: resource.funder(),
                base: split.share(resource),
                rounding: Cents::ZERO,
            })
            .collect();
        let covered: Cents = shares.iter().map(|share| share.base).sum();
        let gap = spent - covered;
        // A gap smaller than one cent a sharer is what rounding left; a larger one is a budget out of balance.
        let sharers = resources.iter().filter(|resource| resource.mode() != ResourceMode::Amount).count();
        let sharers = i64::try_from(sharers).unwrap_or(i64::MAX);
        let remainder = if (1..sharers.max(1)).contains(&gap.0) { gap } else { Cents::ZERO };
        let carrier = year.rounding_carrier();
        if let Some(carrier) = shares.iter_mut().find(|share| carrier.exists() && share.partner == carrier) {
            carrier.rounding = remainder;
        }
        let mut budget = Self { year, expenses, shares, rest, remainder, cells: Cells::default() };
        let carrier = year.cell(FiscalYear::CARRIER);
        budget.cells = [budget.expense_cells(), budget.resource_cells(), carrier.into()].into_iter().collect();
        budget
    }

    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<BudgetFault> {
        let mut faults = Vec::new();
        let keys = self.shares.iter().filter_map(|share| share.resource.key()).map(ten_thousandths).sum();
        let carried = self.shares.iter().any(|share| share.rounding != Cents::ZERO);
        let has = |mode: ResourceMode| self.shares.iter().any(|share| share.resource.mode() == mode);
        if has(ResourceMode::EqualShare) && has(ResourceMode::Population) {
            faults.push(BudgetFault::MixedModes);
        } else if keys > 10_000 {
            faults.push(BudgetFault::KeysAboveWhole(keys));
        } else if self.remainder != Cents::ZERO && !carried {
            faults.push(BudgetFault::NoCarrier);
        } else if self.spent() != self.paid() {
            faults.push(BudgetFault::Unbalanced);
        }
        for (index, share) in self.shares.iter().enumerate() {
            if share.resource.ceiling().is_some_and(|ceiling| share.amount() > ceiling) {
                faults.push(BudgetFault::AboveCeiling(index));
            }
        }
        faults
    }

    /// What is spent in all.
    #[must_use]
    pub fn spent(&self) -> Cents {
        self.expenses.iter().map(|expense| expense.planned()).sum()
    }

    /// What is paid in all.
    #[must_use]
    pub fn paid(&self) -> Cents {
        self.shares.iter().map(Share::amount).sum()
    }

    /// The share that carries the rounding, where there is one to carry.
    #[must_use]
    pub fn carrier(&self) -> Option<&Share<'s>> {
        self.shares.iter().find(|share| share.rounding != Cents::ZERO)
    }
}

/// How what the amounts leave is shared.
struct Split {
    shared: Cents,
    /// What each equal sharer pays.
    equal: Cents,
    /// What is shared by population, and by how many inhabitants.
    by_population: (Cents, i64),
}

impl Split {
    fn new(shared: Cents, resources: &[At<Resource>]) -> Self {
        let quotas: Cents = resources.iter().map(|resource| quota(shared, *resource)).sum();
        let left = Cents((shared - quotas).0.max(0));
        let equal = resources.iter().filter(|resource| resource.mode() == ResourceMode::EqualShare).count();
        let (equal, _) = split_equally(left, u32::try_from(equal).unwrap_or(u32::MAX));
        let inhabitants = resources
            .iter()
            .filter(|resource| resource.mode() == ResourceMode::Population)
            .filter_map(|resource| resource.funder().population())
            .sum();
        Self { shared, equal, by_population: (left, inhabitants) }
    }

    fn share(&self, resource: At<Resource>) -> Cents {
        match resource.mode() {
            ResourceMode::Amount => resource.planned().unwrap_or_default(),
            ResourceMode::EqualShare => self.equal,
            ResourceMode::Quota => quota(self.shared, resource),
            ResourceMode::Population => {
                let (left, inhabitants) = self.by_population;
                resource.funder().population().map_or(Cents::ZERO, |own| left.fraction(own, inhabitants))
            }
        }
    }
}

fn quota(shared: Cents, resource: At<Resource>) -> Cents {
    match (resource.mode(), resource.key()) {
        (ResourceMode::Quota, Some((part, whole))) => shared.fraction(part, whole),
        _ => Cents::ZERO,
    }
}

/// A share in ten-thousandths, rounded down.
fn ten_thousandths((part, whole): (i64, i64)) -> i64 {
    part.saturating_mul(10_000) / whole.max(1)
}

impl At<'_, Resource> {
    /// Its amount, when the sheet gives it.
    fn fixed(self) -> Option<Cents> {
        self.planned().filter(|_| self.mode() == ResourceMode::Amount)
    }
}

impl<'s> At<'s, FiscalYear> {
    /// The year before: the one that ended last before this one began.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        self.scope().fiscal_years().filter(|other| other.end() < self.start()).max_by_key(|other| other.end())
    }
}

impl Scope<'_> {
    /// The budget year with this code.
    #[must_use]
    pub fn fiscal_year(&self, code: &str) -> Option<At<'_, FiscalYear>> {
        self.fiscal_years().find(|year| year.code() == code)
    }
}

#[cfg(test)]
mod tests;
