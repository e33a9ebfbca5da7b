//! What a year spends and who pays for it, to the cent.

use super::rows::cells_under;
use super::{At, Cents, Contribution, Expense, FiscalYear, Partner, Payment, Resource, ResourceMode, Scope, split_equally};
use crate::figures::{Cells, Figure, Quantity};

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

    /// The cells of the planned expenses.
    #[must_use]
    pub fn expense_cells(&self) -> Cells {
        cells_under(self.expenses.iter().copied(), Expense::PLANNED)
    }

    /// The cells that the resources come from: amounts, and the modes of shares.
    #[must_use]
    pub fn resource_cells(&self) -> Cells {
        self.shares.iter().map(|share| share.resource.cell(share.resource.defining_column())).collect()
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
        let own = share.resource.cell(share.resource.defining_column());
        let cells = match share.resource.mode() {
            ResourceMode::Amount if share.rounding == Cents::ZERO => own.into(),
            _ => self.cells.clone(),
        };
        // A funder with a line in cash and one in kind has two figures.
        let kind = if share.is_cash() { "" } else { ".valorise" };
        let name = format!("part.{}{kind}", share.partner.code());
        self.figure(&name, &format!("part de {}", share.name()), share.amount(), cells)
    }

    /// What a funder pays of the whole budget.
    #[must_use]
    pub fn share_of_whole(&self, index: usize) -> Figure {
        let share = self.share_figure(index);
        Figure::new(
            format!("{}.taux", share.name()),
            format!("{}, de l’ensemble du budget", share.label()),
            Quantity::Share(self.shares[index].amount().0, self.paid().0),
            share.sources().clone(),
        )
    }

    /// What an expense is planned to cost.
    #[must_use]
    pub fn expense_figure(&self, expense: At<Expense>) -> Figure {
        let name = format!("depense.{}", key(expense));
        self.figure(&name, &format!("{} (prévu)", expense.nature()), expense.planned(), expense.cell(Expense::PLANNED).into())
    }

    /// What an expense did cost, as far as is known: the payments, else what the sheet says.
    #[must_use]
    pub fn actual_figure(&self, expense: At<Expense>) -> Option<Figure> {
        let name = format!("realise.{}", key(expense));
        let actual = expense.actual()?;
        Some(self.figure(&name, &format!("{} (réalisé)", expense.nature()), actual, actual_cells(expense)))
    }

    /// What all expenses did cost, as far as is known.
    #[must_use]
    pub fn total_actual(&self) -> Option<Figure> {
        let known: Vec<(Cents, Cells)> = self
            .expenses
            .iter()
            .filter_map(|expense| Some((expense.actual()?, actual_cells(*expense))))
            .collect();
        let total = known.iter().map(|(cents, _)| *cents).sum();
        let cells = known.iter().map(|(_, cells)| cells.clone()).collect();
        (!known.is_empty()).then(|| self.figure("realise", "dépenses réalisées", total, cells))
    }

    /// What came in of a share, where something did.
    #[must_use]
    pub fn received_figure(&self, share: &Share) -> Option<Figure> {
        let kind = if share.is_cash() { "" } else { ".valorise" };
        let name = format!("encaisse.{}{kind}", share.partner.code());
        let cell = share.resource.cell(Resource::RECEIVED);
        Some(self.figure(&name, &format!("encaissé de {}", share.name()), share.resource.received()?, cell.into()))
    }

    /// What came in of all, where something did.
    #[must_use]
    pub fn total_received(&self) -> Option<Figure> {
        let lines = self.shares.iter().map(|share| share.resource).filter(|line| line.received().is_some());
        let lines: Vec<At<Resource>> = lines.collect();
        let total = lines.iter().filter_map(|line| line.received()).sum();
        let cells = cells_under(lines.iter().copied(), Resource::RECEIVED);
        (!lines.is_empty()).then(|| self.figure("encaisse", "recettes encaissées", total, cells))
    }

    /// The places of the shares of EPCI.
    #[must_use]
    pub fn epci_shares(&self) -> Vec<usize> {
        let is_epci = |share: &Share| share.partner.kind().is_epci();
        self.shares.iter().enumerate().filter(|(_, share)| is_epci(share)).map(|(index, _)| index).collect()
    }

    /// The place of the first share of an EPCI, and how many there are, where several pay the same and nothing else.
    #[must_use]
    pub fn equal_epci_share(&self) -> Option<(usize, Figure)> {
        let epci = self.epci_shares();
        let (first, rest) = epci.split_first()?;
        let same = rest.iter().all(|index| self.shares[*index].amount() == self.shares[*first].amount());
        let count = self.count("epci", "intercommunalités qui participent", epci.len());
        (same && !rest.is_empty()).then_some((*first, count))
    }

    /// The place of a partner's share in cash: what its assembly votes and what it is asked for.
    #[must_use]
    pub fn cash_share_of(&self, partner: At<Partner>) -> Option<usize> {
        self.shares.iter().position(|share| share.partner == partner && share.is_cash())
    }

    /// The place of a partner's contribution in kind.
    #[must_use]
    pub fn in_kind_share_of(&self, partner: At<Partner>) -> Option<usize> {
        self.shares.iter().position(|share| share.partner == partner && !share.is_cash())
    }

    /// The most that a funder's assembly voted, where it did.
    #[must_use]
    pub fn ceiling_figure(&self, share: &Share) -> Option<Figure> {
        let name = format!("plafond.{}", share.partner.code());
        let label = format!("plafond voté, {}", share.name());
        let cell = share.resource.cell(Resource::CEILING);
        Some(self.figure(&name, &label, share.resource.ceiling()?, cell.into()))
    }

    /// A number of lines of the budget.
    #[must_use]
    pub fn count(&self, name: &str, label: &str, count: usize) -> Figure {
        Figure::new(
            format!("budget.{}.{name}", self.year.code()),
            format!("{label}, exercice {}", self.year.code()),
            Quantity::Count(i64::try_from(count).unwrap_or(i64::MAX)),
            self.resource_cells(),
        )
    }

    /// An amount of the budget.
    #[must_use]
    pub fn figure(&self, name: &str, label: &str, amount: Cents, cells: Cells) -> Figure {
        Figure::new(
            format!("budget.{}.{name}", self.year.code()),
            format!("{label}, exercice {}", self.year.code()),
            Quantity::Cents(amount.0),
            cells,
        )
    }
}

/// An expense in the names of figures: where its row stands is no part of it.
fn key(expense: At<Expense>) -> String {
    crate::wording::fold(expense.nature()).replace(' ', "-")
}

/// The cells that tell what an expense did cost.
fn actual_cells(expense: At<Expense>) -> Cells {
    let payments = cells_under(expense.payments(), Payment::AMOUNT);
    if payments.is_empty() { expense.cell(Expense::ACTUAL).into() } else { payments }
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
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::model::Model;
    use crate::model::rows::tests::{model_of, text};
    use crate::records::Field;

    /// A year of one expense, a fixed amount of the operator, equal shares, quotas, and shares by population.
    fn model(spent: i64, fixed: i64, equal: usize, keys: &[i64], populations: &[i64]) -> Model {
        let day = Field::Date(NaiveDate::from_ymd_opt(2022, 9, 15).expect("a date"));
        let mode = |mode: ResourceMode| Field::Choice(crate::model::Choice::index(mode));
        let resource = |funder: &str, cells: &[(&'static str, Field)]| -> Vec<(&'static str, Field)> {
            let named = [("Exercice", text("Y")), ("Financeur", text(funder))];
            [&named[..], cells].concat()
        };
        let mut partners = vec![vec![("Code", text("CCI"))]];
        let mut resources = vec![resource("CCI", &[("Prévu", Field::Amount(fixed))])];
        let mut add = |name: String, population: Option<i64>, cells: &[(&'static str, Field)]| {
            resources.push(resource(&name, cells));
            let inhabitants = population.map(|number| ("Population", Field::Integer(number)));
            partners.push([("Code", text(&name))].into_iter().chain(inhabitants).collect());
        };
        (0..equal).for_each(|index| add(format!("E{index}"), None, &[("Mode", mode(ResourceMode::EqualShare))]));
        for (index, key) in keys.iter().enumerate() {
            let cells = [("Mode", mode(ResourceMode::Quota)), ("Clé", Field::Share(*key, 10_000))];
            add(format!("Q{index}"), None, &cells);
        }
        for (index, number) in populations.iter().enumerate() {
            add(format!("P{index}"), Some(*number), &[("Mode", mode(ResourceMode::Population))]);
        }
        let year = vec![("Code", text("Y")), ("Début", day.clone()), ("Fin", day), (CARRIER, text("CCI"))];
        let expense = vec![("Exercice", text("Y")), ("Nature", text("Tout")), ("Prévu", Field::Amount(spent))];
        model_of(&[
            ("Partenaires", partners),
            ("Exercices", vec![year]),
            ("Dépenses", vec![expense]),
            ("Recettes", resources),
        ])
    }

    const CARRIER: &str = "Écart d'arrondi à la charge de";

    fn with_budget<R>(model: &Model, ask: impl FnOnce(&Budget) -> R) -> R {
        model.with_scope(|scope| ask(&Budget::of(scope.fiscal_year("Y").expect("the year"))))
    }

    #[test]
    fn the_two_cents_are_carried_by_the_named_partner() {
        with_budget(&model(7_486_500, 986_500, 6, &[], &[]), |budget| {
            assert_eq!(budget.shares[0].amount(), Cents(986_502));
            assert!(budget.shares[1..].iter().all(|share| share.amount() == Cents(1_083_333)));
            assert_eq!(budget.paid(), budget.spent());
            assert!(budget.faults().is_empty());
        });
    }

    #[test]
    fn a_budget_that_is_out_by_one_cent_is_no_budget() {
        let faults = with_budget(&model(10_000, 9_999, 0, &[], &[]), |budget| budget.faults());
        assert_eq!(faults, [BudgetFault::Unbalanced]);
    }

    #[test]
    fn quotas_below_the_whole_leave_the_rest_unpaid() {
        let faults = |keys: &[i64]| with_budget(&model(100_000, 0, 0, keys, &[]), |budget| budget.faults());
        assert_eq!(faults(&[5_000, 4_000]), [BudgetFault::Unbalanced]);
        assert_eq!(faults(&[5_000, 6_000]), [BudgetFault::KeysAboveWhole(11_000)]);
    }

    #[test]
    fn inhabitants_share_what_is_left_and_not_with_equal_sharers() {
        with_budget(&model(10_000, 1_000, 0, &[], &[20_000, 70_000]), |budget| {
            let amounts: Vec<i64> = budget.shares.iter().map(|share| share.amount().0).collect();
            assert_eq!(amounts, [1_000, 2_000, 7_000]);
        });
        let faults = with_budget(&model(10_000, 0, 1, &[], &[20_000]), |budget| budget.faults());
        assert_eq!(faults, [BudgetFault::MixedModes]);
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
            with_budget(&model(fixed + rest, fixed, equal, &keys, &[]), |budget| {
                prop_assert_eq!(budget.paid(), budget.spent());
                prop_assert!(budget.faults().is_empty());
                let equal_shares: Vec<i64> = budget
                    .shares
                    .iter()
                    .filter(|share| share.resource.mode() == ResourceMode::EqualShare)
                    .map(|share| share.amount().0)
                    .collect();
                prop_assert!(equal_shares.windows(2).all(|pair| pair[0] == pair[1]));
                prop_assert!(equal_shares[0] * i64::try_from(equal).expect("a small number") <= rest);
                Ok(())
            })?;
        }

        #[test]
        fn shares_by_population_sum_to_the_total(rest in 0_i64..5_000_000_000, people in proptest::collection::vec(1_i64..1_000_000, 1..30)) {
            with_budget(&model(rest, 0, 0, &[], &people), |budget| {
                prop_assert_eq!(budget.paid(), budget.spent());
                Ok(())
            })?;
        }
    }
}
