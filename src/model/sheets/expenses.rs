//! Sheet Dépenses: what a year spends.

use crate::model::rows::{Amount, At, Ref, Sight, Text, sheet};
use crate::model::{Cents, FiscalYear, Payment};
use crate::wording::fold;

sheet! {
    /// A line of expenses.
    Expense = "Dépenses", depense, depenses, named by "Nature", seen by Sight::PUBLIC,
    "Une dépense par ligne et par exercice.",
    { key: &[Self::YEAR, Self::NATURE] }
    {
        /// The year.
        year YEAR: Ref<FiscalYear> = "Exercice" { example: "2021" };
        /// What for; unique in a year.
        nature NATURE: Text = "Nature" { about: "Une ligne par nature et par exercice.", example: "Salaire et charges" };
        /// Planned; nothing, for an expense that was made without having been planned.
        planned PLANNED: Amount = "Prévu" { unless: "Réalisé", example: "65 000,00" };
        /// Spent, as the sheet says; the payments say it where there are any.
        stated_actual ACTUAL: Option<Amount> = "Réalisé" { about: "La somme des paiements où il y en a.", example: "64 210,50" };
    }
}

impl<'s> At<'s, Expense> {
    /// Whether it is what another year calls by the same nature: no reference ties years together.
    #[must_use]
    pub fn is_like(self, other: At<Expense>) -> bool {
        fold(self.nature()) == fold(other.nature())
    }

    /// Whether it pays people: what its nature calls so.
    #[must_use]
    pub fn is_staff(self) -> bool {
        let nature = fold(self.nature());
        ["salaire", "remuneration", "personnel", "traitements"].iter().any(|word| nature.contains(word))
    }

    /// What was paid of it.
    pub fn payments(self) -> impl Iterator<Item = At<'s, Payment>> {
        self.scope().payments().filter(move |payment| payment.expense() == self)
    }

    /// Spent: the sum of the payments where there are any, else what the sheet says.
    #[must_use]
    pub fn actual(self) -> Option<Cents> {
        let paid: Vec<Cents> = self.payments().map(At::<Payment>::amount).collect();
        if paid.is_empty() { self.stated_actual() } else { Some(paid.into_iter().sum()) }
    }
}
