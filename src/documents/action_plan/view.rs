//! The pages of the plan, as data for their template.

use super::Plan;
use crate::documents::common::{self, Frame};
use crate::figures::{Cells, Figure, Phrase, Printed, Quantity, phrase};
use crate::model::{Action, ActionState, At, Choice as _};
use crate::views::view;
use crate::wording;

view! {
    /// The plan of a year.
    pub(super) struct PlanPages {
        cadre: Frame,
        jour: String,
        constat: Phrase,
        axes: Vec<Axis>,
    }

    /// The plan in a few lines, for other documents.
    pub(in crate::documents) struct PlanTable {
        jour: String,
        constat: Phrase,
        axes: Vec<TableAxis>,
    }

    /// An axis of it.
    pub(in crate::documents) struct TableAxis {
        nom: String,
        actions: Vec<TableRow>,
    }

    /// An action of it.
    pub(in crate::documents) struct TableRow {
        intitule: String,
        porteur: String,
        etat: &'static str,
        etape: Option<String>,
        echeance: Option<String>,
        en_retard: bool,
    }

    /// An axis and its actions.
    pub(super) struct Axis {
        nom: String,
        actions: Vec<ActionCard>,
    }

    /// An action, for its row and its half of a page.
    pub(super) struct ActionCard {
        code: String,
        intitule: String,
        objectif: Option<String>,
        porteur: String,
        partenaires: Option<String>,
        etat: &'static str,
        calendrier: Option<String>,
        budget: Option<Printed>,
        financeurs: Option<String>,
        emplois: Option<Printed>,
        indicateur: Option<String>,
        depart: Option<String>,
        realise: Option<String>,
        cible: Option<String>,
        etape: Option<String>,
        echeance: Option<String>,
        /// Whether its next step was due before the day of the plan.
        en_retard: bool,
    }
}

pub(super) fn pages(plan: &Plan) -> PlanPages {
    let territory = plan.scope.territory();
    PlanPages {
        cadre: Frame::new(territory, format!("Plan d’actions {}", plan.year)).found_by("plan d’actions"),
        jour: wording::date(plan.on),
        constat: finding(plan),
        axes: plan
            .axes()
            .into_iter()
            .map(|(name, actions)| Axis {
                nom: wording::prose(name),
                actions: actions.into_iter().map(|action| card(plan, action)).collect(),
            })
            .collect(),
    }
}

/// The plan of a year as its readers may know it, in a few lines.
pub(super) fn table(plan: &Plan) -> PlanTable {
    let row = |action: At<Action>| TableRow {
        intitule: wording::prose(action.title()),
        porteur: wording::prose(action.owner().usual_name()),
        etat: action.state().label(),
        etape: common::prose(action.next_step()),
        echeance: action.due().map(wording::date),
        en_retard: is_late(plan, action),
    };
    let axis = |(name, actions): (&str, Vec<At<Action>>)| TableAxis {
        nom: wording::prose(name),
        actions: actions.into_iter().map(row).collect(),
    };
    PlanTable {
        jour: wording::date(plan.on),
        constat: finding(plan),
        axes: plan.axes().into_iter().map(axis).collect(),
    }
}

/// How many actions there are, how many of them run and are done, and which have a step behind its day.
fn finding(plan: &Plan) -> Phrase {
    let count = |name: &str, label: &str, wanted: &dyn Fn(At<Action>) -> bool| {
        let cells: Cells = plan.actions.iter().map(|action| action.cell(Action::STATE)).collect();
        let number = plan.actions.iter().filter(|action| wanted(**action)).count();
        common::count(format!("actions.{}.{name}", plan.year), label, number, cells)
    };
    let in_state = |state: ActionState| move |action: At<Action>| action.state() == state;
    let running = count("en-cours", "actions en cours", &in_state(ActionState::Running));
    let done = count("realisees", "actions réalisées", &in_state(ActionState::Done));
    let late = count("en-retard", "actions dont une étape est en retard", &|action| is_late(plan, action));
    let mut finding = phrase![count("toutes", "actions", &|_| true).counted("action", "actions")];
    // What there is none of is not counted.
    let parts = [
        (!running.is_zero()).then(|| phrase![running.count(), " en cours"]),
        (!done.is_zero()).then(|| phrase![done.counted("réalisée", "réalisées")]),
    ];
    for (place, part) in parts.into_iter().flatten().enumerate() {
        finding.extend(phrase![if place == 0 { ", dont " } else { " et " }]);
        finding.extend(part);
    }
    if !late.is_zero() {
        finding.extend(phrase!["\u{202f}; ", late.counted("étape est en retard", "étapes sont en retard"),]);
    }
    finding.extend(phrase!["."]);
    finding
}

/// Whether the next step of an action that is not over was due before the day of the plan.
pub(super) fn is_late(plan: &Plan, action: At<Action>) -> bool {
    let is_open = matches!(action.state(), ActionState::Planned | ActionState::Running | ActionState::Suspended);
    is_open && action.due().is_some_and(|due| due < plan.on)
}

pub(super) fn budget(action: At<Action>) -> Option<Figure> {
    let name = format!("action.{}.budget", action.code());
    let label = format!("budget de l’action {}", action.code());
    Some(Figure::new(name, label, Quantity::Cents(action.budget()?.0), action.cell(Action::BUDGET)))
}

pub(super) fn jobs(action: At<Action>) -> Option<Figure> {
    let name = format!("action.{}.emplois", action.code());
    let label = format!("emplois prévus de l’action {}", action.code());
    Some(Figure::new(name, label, Quantity::Count(action.jobs()?), action.cell(Action::JOBS)))
}

pub(super) fn partners(action: At<Action>) -> Option<String> {
    let names: Vec<String> = action.partners().into_iter().map(|it| it.usual_name().to_owned()).collect();
    (!names.is_empty()).then(|| wording::prose(&wording::enumeration(&names)))
}

fn card(plan: &Plan, action: At<Action>) -> ActionCard {
    let calendar = match (action.start(), action.end()) {
        (Some(start), Some(end)) => Some(wording::date_span(start, end)),
        (Some(start), None) => Some(format!("depuis le {}", wording::date(start))),
        (None, Some(end)) => Some(format!("jusqu’au {}", wording::date(end))),
        (None, None) => None,
    };
    ActionCard {
        code: action.code().to_owned(),
        intitule: wording::prose(action.title()),
        objectif: common::prose(action.objective()),
        porteur: wording::prose(action.owner().usual_name()),
        partenaires: partners(action),
        etat: action.state().label(),
        calendrier: calendar,
        budget: budget(action).map(|figure| figure.whole_euros()),
        financeurs: common::prose(action.funders()),
        emplois: jobs(action).map(|figure| figure.count()),
        indicateur: common::prose(action.indicator()),
        depart: common::prose(action.baseline()),
        realise: common::prose(action.achieved()),
        cible: common::prose(action.target()),
        etape: common::prose(action.next_step()),
        echeance: action.due().map(wording::date),
        en_retard: is_late(plan, action),
    }
}
