//! Budget years, what is spent and who pays.

use chrono::NaiveDate;

use super::choice::choices;
use super::{Cents, Model, Partner, Period, split_equally};
use crate::figures::{CellRef, Cells, Figure, Origin, Quantity};

choices! {
    /// How a resource's amount is found.
    ResourceMode {
        /// The sheet gives it.
        Amount = "Montant",
        /// An equal share of what the amounts leave to pay.
        EqualShare = "Part égale du reste à charge",
        /// A percentage of what the amounts leave to pay.
        Quota = "Quote-part",
    }
}

choices! {
    /// Whether a resource is money or something worth money.
    Contribution {
        /// Cash.
        Cash = "numéraire",
        /// In kind, valued.
        InKind = "valorisé",
    }
}

/// A budget year.
#[derive(Debug, Clone)]
pub struct FiscalYear {
    /// Its code, for instance `2022-2023`.
    pub code: String,
    /// Its days.
    pub period: Period,
    /// The code of the partner that carries the rounding.
    pub rounding_carrier: String,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of expenses.
#[derive(Debug, Clone)]
pub struct Expense {
    /// The year's code.
    pub year: String,
    /// What for.
    pub nature: String,
    /// Planned.
    pub planned: Cents,
    /// Spent.
    pub actual: Option<Cents>,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of resources.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The year's code.
    pub year: String,
    /// The code of the partner that pays.
    pub funder: String,
    /// How its amount is found.
    pub mode: ResourceMode,
    /// The amount, when the mode is Montant.
    pub planned: Option<Cents>,
    /// The share in ten-thousandths (12,5 % is 1 250), when the mode is Quote-part.
    pub key: Option<i64>,
    /// Cash or in kind.
    pub contribution: Contribution,
    /// The most that the partner's assembly voted.
    pub ceiling: Option<Cents>,
    /// The request's number, when it is given.
    pub request_number: Option<String>,
    /// What was called.
    pub called: Option<Cents>,
    /// When it was called: the request is frozen from then on.
    pub called_on: Option<NaiveDate>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// What was received.
    pub received: Option<Cents>,
    /// When it was received.
    pub received_on: Option<NaiveDate>,
    /// Chorus Pro: service code.
    pub service_code: Option<String>,
    /// Chorus Pro: commitment number.
    pub commitment: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// A year's budget: its lines, and what each funder pays to the cent.
#[derive(Debug)]
pub struct Budget<'a> {
    /// The year.
    pub year: &'a FiscalYear,
    /// What is spent, in the order of the sheet.
    pub expenses: Vec<&'a Expense>,
    /// Who pays, in the order of the sheet.
    pub shares: Vec<Share<'a>>,
    /// What the fixed amounts leave to share.
    pub rest: Cents,
    /// What the division leaves over; the carrier pays it.
    pub remainder: Cents,
    /// Every cell that decides what is shared and who carries the rounding: all shares come from them.
    cells: Cells,
}

/// What one funder pays.
#[derive(Debug, Clone, Copy)]
pub struct Share<'a> {
    /// The line of the sheet.
    pub resource: &'a Resource,
    /// The funder, where its code is known.
    pub partner: Option<&'a Partner>,
    /// Its amount before the rounding is laid on somebody.
    pub base: Cents,
    /// The rounding that it carries.
    pub rounding: Cents,
}

impl Share<'_> {
    /// What it pays.
    #[must_use]
    pub fn amount(&self) -> Cents {
        self.base + self.rounding
    }

    /// Whether another share, of this year or another, is the same funder's line, in cash or in kind.
    #[must_use]
    pub fn same_line(&self, other: &Share) -> bool {
        self.resource.funder == other.resource.funder && self.resource.contribution == other.resource.contribution
    }

    /// The funder's usual name, its code where it is unknown.
    #[must_use]
    pub fn name(&self) -> &str {
        self.partner.map_or(&self.resource.funder, |partner| &partner.usual_name)
    }
}

/// What keeps a budget from being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetFault {
    /// The two sides differ.
    Unbalanced,
    /// The percentages of the rest make more than the whole, in ten-thousandths.
    KeysAboveWhole(i64),
    /// The carrier of the rounding pays nothing in this year.
    NoCarrier,
    /// A share, by its index, is above what the partner's assembly voted.
    AboveCeiling(usize),
}

impl<'a> Budget<'a> {
    /// The budget of a year of the sheets.
    ///
    /// Fixed amounts are taken as they are. What they leave is shared: quotas first, each rounded down to the cent; then
    /// equal shares, rounded down too. What is left over goes to the year's carrier, in its first line.
    #[must_use]
    pub fn of(model: &'a Model, year: &'a FiscalYear) -> Self {
        let expenses: Vec<&Expense> = model.expenses.iter().filter(|expense| expense.year == year.code).collect();
        let resources: Vec<&Resource> = model.resources.iter().filter(|resource| resource.year == year.code).collect();
        let spent: Cents = expenses.iter().map(|expense| expense.planned).sum();
        let fixed: Cents = resources.iter().filter_map(|resource| resource.fixed()).sum();
        let rest = spent - fixed;
        let shared = Cents(rest.0.max(0));
        let quota = |resource: &Resource| match (resource.mode, resource.key) {
            (ResourceMode::Quota, Some(key)) => shared.fraction(key, 10_000),
            _ => Cents::ZERO,
        };
        let quotas: Cents = resources.iter().map(|resource| quota(resource)).sum();
        let count = |mode: ResourceMode| {
            u32::try_from(resources.iter().filter(|resource| resource.mode == mode).count()).unwrap_or(u32::MAX)
        };
        let equal_count = count(ResourceMode::EqualShare);
        let (equal, _) = split_equally(Cents((shared - quotas).0.max(0)), equal_count);
        let mut shares: Vec<Share> = resources
            .iter()
            .map(|resource| Share {
                resource,
                partner: model.partner(&resource.funder),
                base: match resource.mode {
                    ResourceMode::Amount => resource.planned.unwrap_or_default(),
                    ResourceMode::EqualShare => equal,
                    ResourceMode::Quota => quota(resource),
                },
                rounding: Cents::ZERO,
            })
            .collect();
        let covered: Cents = shares.iter().map(|share| share.base).sum();
        let gap = spent - covered;
        // A gap smaller than one cent a sharer is what rounding left; a larger one is a budget out of balance.
        let sharers = i64::from(equal_count) + i64::from(count(ResourceMode::Quota));
        let remainder = if (1..sharers.max(1)).contains(&gap.0) { gap } else { Cents::ZERO };
        if let Some(carrier) = shares.iter_mut().find(|share| share.resource.funder == year.rounding_carrier) {
            carrier.rounding = remainder;
        }
        let mut budget = Self { year, expenses, shares, rest, remainder, cells: Cells::default() };
        let carrier = year.origin.cell("Écart d'arrondi à la charge de");
        budget.cells = [budget.expense_cells(), budget.resource_cells(), carrier.into()].into_iter().collect();
        budget
    }

    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<BudgetFault> {
        let mut faults = Vec::new();
        let keys: i64 = self.shares.iter().filter_map(|share| share.resource.key).sum();
        let carried = self.shares.iter().any(|share| share.rounding != Cents::ZERO);
        if keys > 10_000 {
            faults.push(BudgetFault::KeysAboveWhole(keys));
        } else if self.remainder != Cents::ZERO && !carried {
            faults.push(BudgetFault::NoCarrier);
        } else if self.spent() != self.paid() {
            faults.push(BudgetFault::Unbalanced);
        }
        for (index, share) in self.shares.iter().enumerate() {
            if share.resource.ceiling.is_some_and(|ceiling| share.amount() > ceiling) {
                faults.push(BudgetFault::AboveCeiling(index));
            }
        }
        faults
    }

    /// What is spent in all.
    #[must_use]
    pub fn spent(&self) -> Cents {
        self.expenses.iter().map(|expense| expense.planned).sum()
    }

    /// What is paid in all.
    #[must_use]
    pub fn paid(&self) -> Cents {
        self.shares.iter().map(Share::amount).sum()
    }

    /// The share that carries the rounding, where there is one to carry.
    #[must_use]
    pub fn carrier(&self) -> Option<&Share<'a>> {
        self.shares.iter().find(|share| share.rounding != Cents::ZERO)
    }

    /// The cells of the planned expenses.
    #[must_use]
    pub fn expense_cells(&self) -> Cells {
        Cells::under(self.expenses.iter().map(|expense| &expense.origin), "Prévu")
    }

    /// The cells that the resources come from: amounts, and the modes of shares.
    #[must_use]
    pub fn resource_cells(&self) -> Cells {
        self.shares.iter().map(|share| share.resource.defining_cell()).collect()
    }

    /// Planned expenses in all.
    #[must_use]
    pub fn total_expenses(&self) -> Figure {
        self.figure("depenses", "total des dépenses prévues", self.spent(), self.expense_cells())
    }

    /// Resources in all.
    #[must_use]
    pub fn total_resources(&self) -> Figure {
        self.figure(
            "recettes",
            "total des recettes prévues",
            self.paid(),
            [self.expense_cells(), self.resource_cells()].into_iter().collect(),
        )
    }

    /// What a funder pays, by the index of its share.
    #[must_use]
    pub fn share_figure(&self, index: usize) -> Figure {
        let share = &self.shares[index];
        let own = share.resource.defining_cell();
        let cells = match share.resource.mode {
            ResourceMode::Amount if share.rounding == Cents::ZERO => own.into(),
            _ => self.cells.clone(),
        };
        // A funder with a line in cash and one in kind has two figures.
        let kind = if share.resource.contribution == Contribution::InKind { ".valorise" } else { "" };
        let name = format!("part.{}{kind}", share.resource.funder);
        self.figure(&name, &format!("part de {}", share.name()), share.amount(), cells)
    }

    /// What a funder pays of the whole budget.
    #[must_use]
    pub fn share_of_whole(&self, index: usize) -> Figure {
        let share = self.share_figure(index);
        Figure {
            name: format!("{}.taux", share.name),
            label: format!("{}, de l’ensemble du budget", share.label),
            value: Quantity::Share(self.shares[index].amount().0, self.paid().0),
            ..share
        }
    }

    fn figure(&self, name: &str, label: &str, amount: Cents, cells: Cells) -> Figure {
        Figure::new(
            format!("budget.{}.{name}", self.year.code),
            format!("{label}, exercice {}", self.year.code),
            Quantity::Cents(amount.0),
            cells,
        )
    }
}

impl Resource {
    /// Its amount, when the sheet gives it.
    fn fixed(&self) -> Option<Cents> {
        self.planned.filter(|_| self.mode == ResourceMode::Amount)
    }

    /// The cell that decides what it is.
    fn defining_cell(&self) -> CellRef {
        self.origin.cell(match self.mode {
            ResourceMode::Amount => "Prévu",
            ResourceMode::EqualShare => "Mode",
            ResourceMode::Quota => "Clé",
        })
    }
}

impl Model {
    /// The budget year with this code.
    #[must_use]
    pub fn fiscal_year(&self, code: &str) -> Option<&FiscalYear> {
        self.fiscal_years.iter().find(|year| year.code == code)
    }

    /// The budget of a year.
    #[must_use]
    pub fn budget(&self, code: &str) -> Option<Budget<'_>> {
        self.fiscal_year(code).map(|year| Budget::of(self, year))
    }

    /// The year before: the one that ended last before a year began.
    #[must_use]
    pub fn fiscal_year_before(&self, year: &FiscalYear) -> Option<&FiscalYear> {
        self.fiscal_years
            .iter()
            .filter(|other| other.period.end < year.period.start)
            .max_by_key(|other| other.period.end)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::figures::SheetOrigin;

    fn origin() -> Origin {
        let sheet = SheetOrigin { file: "".into(), sheet: "".into(), columns: Vec::new() };
        Origin { sheet: Arc::new(sheet), row: 1, sound: true }
    }

    /// A year of one expense, a fixed amount of the operator, equal shares and quotas.
    fn model(spent: i64, fixed: i64, equal: usize, keys: &[i64]) -> Model {
        let day = NaiveDate::from_ymd_opt(2022, 9, 15).expect("a date");
        let year = FiscalYear {
            code: "Y".into(),
            period: Period { start: day, end: day },
            rounding_carrier: "CCI".into(),
            origin: origin(),
        };
        let resource = |funder: String, mode, planned, key| Resource {
            year: "Y".into(),
            funder,
            mode,
            planned,
            key,
            contribution: Contribution::Cash,
            ceiling: None,
            request_number: None,
            called: None,
            called_on: None,
            due: None,
            received: None,
            received_on: None,
            service_code: None,
            commitment: None,
            origin: origin(),
        };
        let mut resources = vec![resource("CCI".into(), ResourceMode::Amount, Some(Cents(fixed)), None)];
        resources.extend((0..equal).map(|index| resource(format!("E{index}"), ResourceMode::EqualShare, None, None)));
        resources.extend(
            keys.iter()
                .enumerate()
                .map(|(index, key)| resource(format!("Q{index}"), ResourceMode::Quota, None, Some(*key))),
        );
        let expense =
            Expense { year: "Y".into(), nature: "Tout".into(), planned: Cents(spent), actual: None, origin: origin() };
        Model { fiscal_years: vec![year], expenses: vec![expense], resources, ..Model::default() }
    }

    #[test]
    fn the_two_cents_are_carried_by_the_named_partner() {
        let model = model(7_486_500, 986_500, 6, &[]);
        let budget = model.budget("Y").expect("the year");
        assert_eq!(budget.shares[0].amount(), Cents(986_502));
        assert!(budget.shares[1..].iter().all(|share| share.amount() == Cents(1_083_333)));
        assert_eq!(budget.paid(), budget.spent());
        assert!(budget.faults().is_empty());
    }

    #[test]
    fn a_budget_that_is_out_by_one_cent_is_no_budget() {
        let model = model(10_000, 9_999, 0, &[]);
        assert_eq!(model.budget("Y").expect("the year").faults(), [BudgetFault::Unbalanced]);
    }

    #[test]
    fn quotas_below_the_whole_leave_the_rest_unpaid() {
        let below = model(100_000, 0, 0, &[5_000, 4_000]);
        assert_eq!(below.budget("Y").expect("the year").faults(), [BudgetFault::Unbalanced]);
        let above = model(100_000, 0, 0, &[5_000, 6_000]);
        assert_eq!(above.budget("Y").expect("the year").faults(), [BudgetFault::KeysAboveWhole(11_000)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_sum_to_the_total_and_nobody_pays_more_than_a_cent_too_much(
            fixed in 0_i64..5_000_000_000,
            rest in 0_i64..5_000_000_000,
            equal in 1_usize..200,
            keys in proptest::collection::vec(0_i64..100, 0..20),
        ) {
            let model = model(fixed + rest, fixed, equal, &keys);
            let budget = model.budget("Y").expect("the year");
            prop_assert_eq!(budget.paid(), budget.spent());
            prop_assert!(budget.faults().is_empty());
            let equal_shares: Vec<i64> = budget.shares.iter().filter(|share| share.resource.mode == ResourceMode::EqualShare).map(|share| share.amount().0).collect();
            prop_assert!(equal_shares.windows(2).all(|pair| pair[0] == pair[1]));
            prop_assert!(equal_shares[0] * i64::try_from(equal).expect("a small number") <= rest);
        }
    }
}
