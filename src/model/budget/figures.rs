//! A budget in figures: each with its name and the cells that it comes from.

use super::{Budget, Share};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::cells_under;
use crate::model::{At, Cents, Expense, Partner, Payment, Resource, ResourceMode};

impl Budget<'_> {
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
        self.figure(
            &name,
            &format!("{} (prévu)", expense.nature()),
            expense.planned(),
            expense.cell(Expense::PLANNED).into(),
        )
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
        let known: Vec<(Cents, Cells)> =
            self.expenses.iter().filter_map(|expense| Some((expense.actual()?, actual_cells(*expense)))).collect();
        let total = known.iter().map(|(cents, _)| *cents).sum();
        let cells = known.iter().map(|(_, cells)| cells.clone()).collect();
        (!known.is_empty()).then(|| self.figure("realise", "dépenses réalisées", total, cells))
    }

    /// What the payments of an expense make, where there are any.
    #[must_use]
    pub fn settled_figure(&self, expense: At<Expense>) -> Option<Figure> {
        let name = format!("acquitte.{}", key(expense));
        let cells = cells_under(expense.payments(), Payment::AMOUNT);
        let total = expense.payments().map(At::<Payment>::amount).sum();
        let label = format!("{} (acquitté)", expense.nature());
        (!cells.is_empty()).then(|| self.figure(&name, &label, total, cells))
    }

    /// What all payments of the year make, where there are any.
    #[must_use]
    pub fn total_settled(&self) -> Option<Figure> {
        let known: Vec<Figure> = self.expenses.iter().filter_map(|expense| self.settled_figure(*expense)).collect();
        let total = Cents(known.iter().map(Figure::amount).sum());
        let cells = known.iter().map(|figure| figure.sources().clone()).collect();
        (!known.is_empty()).then(|| self.figure("acquitte", "dépenses acquittées", total, cells))
    }

    /// What a funder owes of what was paid, at the rates of the budget: each share is rounded down to the cent, and the year's
    /// carrier has the cents that are left, so that the shares make what was paid.
    #[must_use]
    pub fn settled_share_figure(&self, index: usize) -> Option<Figure> {
        let (settled, share) = (self.total_settled()?, self.shares.get(index)?);
        let whole = Cents(settled.amount());
        let part = |share: &Share| whole.fraction(share.amount().0, self.paid().0);
        let left = whole - self.shares.iter().map(part).sum();
        let carrier = self.year.rounding_carrier();
        let bearer = self.shares.iter().position(|it| carrier.exists() && it.partner == carrier).unwrap_or(0);
        let rounding = if bearer == index { left } else { Cents::ZERO };
        let kind = if share.is_cash() { "" } else { ".valorise" };
        let name = format!("part-acquittee.{}{kind}", share.partner.code());
        let label = format!("part de {} dans la dépense acquittée", share.name());
        let cells = [settled.sources().clone(), self.cells.clone()].into_iter().collect();
        Some(self.figure(&name, &label, part(share) + rounding, cells))
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

    /// The place of the first share of an EPCI, and how many there are, where several pay the same and nothing else. Where one
    /// of the programme pays nothing, it is not true that each pays the same. An operator is no payer by being one of them.
    #[must_use]
    pub fn equal_epci_share(&self) -> Option<(usize, Figure)> {
        let epci = self.epci_shares();
        let scope = self.year.scope();
        let is_asked = |partner: &At<Partner>| {
            partner.kind().is_epci() && partner.is_member(self.year.start()) && scope.operator() != Some(*partner)
        };
        let pays = |partner: At<Partner>| epci.iter().any(|index| self.shares[*index].partner == partner);
        if !scope.partners().filter(is_asked).all(pays) {
            return None;
        }
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
