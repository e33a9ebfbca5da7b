//! Sheet Actions: the programme's plan, action by action.

use crate::model::Partner;
use crate::model::choice::choices;
use crate::model::rows::{Amount, Code, Day, Integer, Ref, Refs, Sight, Text, YesNo, sheet};

choices! {
    /// How far an action is.
    ActionState {
        /// Not begun.
        Planned = "À lancer",
        /// Going on.
        Running = "En cours",
        /// Done.
        Done = "Réalisée" | "Réalisé" | "Terminée",
        /// Stopped for a time.
        Suspended = "Suspendue" | "Suspendu",
        /// Given up.
        Abandoned = "Abandonnée" | "Abandonné",
    }
}

/// Who may read of an action: anybody of a public one, the partners of all.
const SIGHT: Sight<Action> = Sight { public: ("celles qui sont publiques", |row| row.is_public()), ..Sight::PARTNERS };

sheet! {
    /// An action of the plan.
    Action = "Actions", action, actions, named by "Code", seen by SIGHT,
    "Le plan d’actions : une action par ligne.",
    { key: &[Self::CODE], optional: true }
    {
        /// Its code, unique.
        code CODE: Code = "Code" { example: "A1" };
        /// The axis.
        axis AXIS: Text = "Axe" { example: "Transition écologique" };
        /// What it is called.
        title TITLE: Text = "Intitulé" { example: "Récupérer la chaleur des ateliers" };
        /// What for.
        objective OBJECTIVE: Option<Text> = "Objectif" { example: "Réduire la dépense d’énergie" };
        /// The partner that leads it.
        owner OWNER: Ref<Partner> = "Porteur" { example: "CCE" };
        /// The partners that take part.
        partners PARTNERS: Refs<Partner> = "Partenaires" { about: "Les codes, séparés par ;" };
        /// How far it is.
        state STATE: ActionState = "État" { example: "En cours" };
        /// Its first day.
        start START: Option<Day> = "Début" { example: "01/02/2021" };
        /// Its last day.
        end END: Option<Day> = "Fin" { example: "31/12/2022" };
        /// What it costs.
        budget BUDGET: Option<Amount> = "Budget" { example: "120 000,00" };
        /// Who pays.
        funders FUNDERS: Option<Text> = "Financeurs" { example: "Région, Europe" };
        /// Jobs expected.
        jobs JOBS: Option<Integer<0, 1_000_000>> = "Emplois prévus" { example: "12" };
        /// What is measured.
        indicator INDICATOR: Option<Text> = "Indicateur" { example: "ateliers raccordés" };
        /// Where it started from.
        baseline BASELINE: Option<Text> = "Point de départ" { example: "0" };
        /// Where it should go.
        target TARGET: Option<Text> = "Cible" { example: "10" };
        /// Where it is.
        achieved ACHIEVED: Option<Text> = "Réalisé" { example: "4" };
        /// What comes next.
        next_step NEXT_STEP: Option<Text> = "Prochaine étape" { example: "Visite de deux sites" };
        /// Until when.
        due DUE: Option<Day> = "Échéance" { example: "31/03/2021" };
        /// Whether anybody may read of it.
        is_public PUBLIC: YesNo = "Publique" { example: "oui" };
    }
}
