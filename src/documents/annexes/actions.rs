//! The plan of actions as the texts of a pack may name it: those that run during the convention.

use crate::model::{Action, At, Convention};
use crate::views::view;

view! {
    /// An action of the plan that runs during the convention, as anybody may read of it.
    pub(super) struct ActionData {
        intitule: String,
        porteur: String,
        indicateur: Option<String>,
        depart: Option<String>,
        cible: Option<String>,
    }
}

/// The actions that run during a convention, in the order of their sheet.
pub(super) fn running(convention: At<'_, Convention>) -> impl Iterator<Item = At<'_, Action>> {
    let runs = move |action: &At<Action>| {
        action.start().is_none_or(|start| start <= convention.end())
            && action.end().is_none_or(|end| end >= convention.start())
    };
    convention.scope().actions().filter(runs)
}

/// The same, as texts may name them.
pub(super) fn actions(convention: At<Convention>) -> Vec<ActionData> {
    let data = |action: At<Action>| ActionData {
        intitule: action.title().to_owned(),
        porteur: action.owner().usual_name().to_owned(),
        indicateur: action.indicator().map(ToOwned::to_owned),
        depart: action.baseline().map(ToOwned::to_owned),
        cible: action.target().map(ToOwned::to_owned),
    };
    running(convention).map(data).collect()
}
