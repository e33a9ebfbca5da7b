//! The workbook of the plan: a row an action.

use super::{Plan, view};
use crate::documents::common;
use crate::figures::{Figure, Quantity};
use crate::model::{Action, ActionState, At, Choice as _};
use crate::wording;
use crate::worksheets::{Cell, Piece, Style, Table, Value, Workbook, Worksheet, here, total};

/// The table, by its name in formulas.
const ACTIONS: &str = "Actions";

pub(super) fn workbook(plan: &Plan) -> Workbook {
    let title = format!("Plan d’actions {}", plan.year);
    let territory = plan.scope.territory();
    let sheet = Worksheet {
        name: ACTIONS.into(),
        widths: vec![
            8.0, 14.0, 28.0, 16.0, 22.0, 11.0, 11.5, 11.5, 14.0, 22.0, 8.0, 18.0, 8.0, 7.0, 8.0, 22.0, 11.5, 8.0,
        ],
        pieces: vec![
            Piece::Title(title.clone()),
            Piece::Subtitle(format!(
                "{} {} – situation au {}",
                territory.programme,
                territory.name,
                wording::date(plan.on)
            )),
            Piece::Remark("La colonne Retard connaît le jour où le classeur est ouvert.".into()),
            Piece::Table(table(plan)),
        ],
    };
    Workbook { sheets: vec![sheet], ..common::workbook(territory, title) }
}

fn table(plan: &Plan) -> Table {
    let headings = [
        "Code",
        "Axe",
        "Intitulé",
        "Porteur",
        "Partenaires",
        "État",
        "Début",
        "Fin",
        "Budget",
        "Financeurs",
        "Emplois",
        "Indicateur",
        "Départ",
        "Cible",
        "Réalisé",
        "Prochaine étape",
        "Échéance",
        "Retard",
    ];
    let budgets: Vec<Figure> = plan.actions.iter().filter_map(|action| view::budget(*action)).collect();
    let whole = Figure::new(
        format!("actions.{}.budget", plan.year),
        "budget des actions".to_owned(),
        Quantity::Cents(budgets.iter().map(Figure::amount).sum()),
        budgets.iter().map(|figure| figure.sources().clone()).collect::<crate::figures::Cells>(),
    );
    let totals = headings.iter().map(|heading| match *heading {
        "Code" => Cell::total("Total"),
        "Budget" => total(ACTIONS, "Budget", whole.euros()),
        _ => Cell::no_total(),
    });
    Table {
        name: ACTIONS.into(),
        headings: headings.map(String::from).to_vec(),
        rows: plan.actions.iter().map(|action| row(*action)).collect(),
        totals: Some(totals.collect()),
        highlight: Some(("Retard".into(), "{}<>\"\"".into())),
        ..Table::default()
    }
}

fn row(action: At<Action>) -> Vec<Cell> {
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let day = |day| Cell::new(Value::optional_date(day), Style::Text);
    let due = here(ACTIONS, "Échéance");
    let is_over = matches!(action.state(), ActionState::Done | ActionState::Abandoned);
    // What is late depends on the day: the cached result is what a closed workbook can say, nothing.
    let late = format!("IF(AND(N({due})>0,N({due})<TODAY()),TODAY()-{due}&\" j\",\"\")");
    let late = if is_over { Cell::default() } else { Cell::formula(late, Value::Text(String::new())) };
    vec![
        Cell::text(action.code()),
        Cell::text(action.axis()),
        Cell::text(action.title()),
        Cell::text(action.owner().usual_name()),
        Cell::text(view::partners(action).unwrap_or_default()),
        Cell::text(action.state().label()),
        day(action.start()),
        day(action.end()),
        view::budget(action).map_or_else(Cell::default, |figure| Cell::figure(figure.euros())),
        text(action.funders()),
        view::jobs(action).map_or_else(Cell::default, |figure| Cell::figure(figure.count())),
        text(action.indicator()),
        text(action.baseline()),
        text(action.target()),
        text(action.achieved()),
        text(action.next_step()),
        day(action.due()),
        late,
    ]
}
