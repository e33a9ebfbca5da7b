//! What the packs of one decision have in common: it is kept as it is on the day that the first of them is sent, and
//! reading copy, act and note of every pack are made from it from then on.

use std::sync::Arc;

use super::Pack;
use super::context::{self, BudgetData, Context};
use super::parties;
use crate::documents::{Common, Part, Recipe};
use crate::model::{At, Budget, Deliberation, Partner};
use crate::views::view;

/// The file in which it is kept.
const FILE: &str = "donnees-communes.json";
/// The marked agreement.
pub(super) const CHANGES: &str = "convention-modifications.pdf";
/// The reading copy.
pub(super) const WHOLE: &str = "dossier-complet.pdf";

view! {
    /// The data of the texts that the packs have in common.
    struct CommonWords {
        contexte: Arc<Context>,
        budgets: Vec<CouncilBudget>,
    }

    /// The budget as one party reads it, with its own share.
    struct CouncilBudget {
        code: String,
        budget: BudgetData,
    }
}

/// The pack that fixes what a decision has in common: the first that was sent with annexes.
pub(super) fn common(act: At<Deliberation>) -> Option<Common> {
    let sent = act.common_decision_acts().into_iter().filter(|act| !act.annexes().is_empty());
    let (since, first) = sent.filter_map(|act| Some((act.note_sent()?, act))).min()?;
    Some(Common { holder: first.code().to_owned(), since, changes: CHANGES, whole: WHOLE })
}

impl Pack<'_, '_> {
    /// Keeps what the packs have in common, for the operator alone.
    pub(super) fn keep_common(&mut self) {
        let pages = self.parts.iter().filter(|part| part.shared.is_some());
        let pages: Vec<_> = pages.map(|part| (part.name.clone(), part.recipe.clone())).collect();
        if pages.is_empty() {
            return;
        }
        let day = self.convention.reference();
        let budget = Budget::of(self.year());
        let of_party = |partner: At<Partner>| CouncilBudget {
            code: partner.code().to_owned(),
            budget: context::budget_data(&budget, Some(partner), day),
        };
        let budgets = parties::parties(self.convention).into_iter().map(of_party).collect();
        let data = Arc::new(CommonWords { contexte: Arc::clone(&self.context), budgets });
        let part = Part::new(FILE, Recipe::Kept { pages, data }).apart();
        let sent = self.act.deliberation.note_sent();
        self.parts.push(part.shared(self.shared_name(FILE), self.day).frozen(sent));
    }
}
