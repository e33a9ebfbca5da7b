//! Budgets: what a funder owes, what was planned, what was paid.

use super::{AMOUNT, Derived, Is, Made, SHARE, derived, made};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::{At, Budget, Expense, FiscalYear, PartnerKind, Payment, Resource};

pub(super) static ALL: &[Derived] = &[
    derived("Recettes", "part", "le montant de sa part, calculé selon son mode", AMOUNT, |scope, row, _| {
        made(scope, row, |it: At<Resource>| share(it, |budget, index| Some(budget.share_figure(index))))
    })
    .always(),
    derived("Recettes", "taux", "sa part de l’ensemble du budget", SHARE, |scope, row, _| {
        made(scope, row, |it: At<Resource>| share(it, |budget, index| Some(budget.share_of_whole(index))))
    })
    .always(),
    derived(
        "Recettes",
        "part_acquittee",
        "sa part de la dépense acquittée, au taux convenu, au centime près",
        AMOUNT,
        |scope, row, _| {
            made(scope, row, |it: At<Resource>| share(it, |budget, index| budget.settled_share_figure(index)))
        },
    ),
    derived(
        "Recettes",
        "reste_du",
        "ce qui est appelé et n’est pas encaissé ; vide tant que rien n’est appelé",
        AMOUNT,
        |scope, row, _| made(scope, row, unpaid),
    ),
    derived("Exercices", "total", "le total des dépenses prévues", AMOUNT, |scope, row, _| {
        made(scope, row, |it: At<FiscalYear>| Some(Made::Figure(Budget::of(it).total_expenses())))
    })
    .always(),
    derived("Exercices", "acquitte", "la somme de ses paiements", AMOUNT, |scope, row, _| {
        made(scope, row, |it: At<FiscalYear>| Budget::of(it).total_settled().map(Made::Figure))
    }),
    derived(
        "Exercices",
        "arrete_le",
        "le jour de la situation, au plus tard celui où il se termine",
        Is::Day,
        |scope, row, _| {
            made(scope, row, |it: At<FiscalYear>| Some(Made::Day(scope.situation().max(it.start()).min(it.end()))))
        },
    )
    .always(),
    derived("Exercices", "a_des_paiements", "si la feuille Paiements en a", Is::Flag, |scope, row, _| {
        made(scope, row, |it: At<FiscalYear>| Some(Made::Flag(scope.payments().any(|payment| payment.year() == it))))
    }),
    derived("Exercices", "finance_par_l_etat", "si l’État est un de ses financeurs", Is::Flag, |scope, row, _| {
        made(scope, row, |it: At<FiscalYear>| {
            let is_state = |line: At<Resource>| line.year() == it && line.funder().kind() == PartnerKind::State;
            Some(Made::Flag(scope.resources().any(is_state)))
        })
    }),
    derived(
        "Exercices",
        "a_des_salaires",
        "si un paiement est une dépense de personnel",
        Is::Flag,
        |scope, row, _| {
            made(scope, row, |it: At<FiscalYear>| {
                let is_salary = |payment: At<Payment>| payment.year() == it && payment.expense().is_staff();
                Some(Made::Flag(scope.payments().any(is_salary)))
            })
        },
    ),
    derived("Dépenses", "acquitte", "ce qui en a été payé : la somme de ses paiements", AMOUNT, |scope, row, _| {
        made(scope, row, |it: At<Expense>| Budget::of(it.year()).settled_figure(it).map(Made::Figure))
    }),
    derived(
        "Dépenses",
        "de_personnel",
        "si sa nature parle de salaires, de rémunérations ou de personnel",
        Is::Flag,
        |scope, row, _| made(scope, row, |it: At<Expense>| Some(Made::Flag(it.is_staff()))),
    ),
];

/// What of a line was called and has not come in.
fn unpaid(line: At<Resource>) -> Option<Made> {
    let (called, paid) = (line.called()?.0, line.received().map_or(0, |received| received.0));
    let cells =
        [line.cell(Resource::CALLED), line.cell(Resource::RECEIVED)].into_iter().map(Cells::from).collect::<Cells>();
    let name = format!("recette.{}.{}.reste-du", line.year().code(), line.funder().code());
    Some(Made::Figure(Figure::new(name, "reste dû", Quantity::Cents(called.saturating_sub(paid)), cells)))
}

/// A figure of a line's share in the budget of its year.
fn share(line: At<Resource>, figure: impl FnOnce(&Budget, usize) -> Option<Figure>) -> Option<Made> {
    let budget = Budget::of(line.year());
    let index = budget.shares.iter().position(|share| share.resource == line)?;
    figure(&budget, index).map(Made::Figure)
}
