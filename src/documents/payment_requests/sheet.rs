//! The workbook that follows the year's requests: what was called, what came in, what is overdue today.

use super::{Request, view};
use crate::model::{Budget, Cents, Model};
use crate::wording;
use crate::worksheets::{Cell, Highlight, Style, Table, Total, Value, Workbook, Worksheet};

/// The heading row, zero-based.
const HEADING: u32 = 3;

pub(super) fn workbook(model: &Model, budget: &Budget, requests: &[Request]) -> Workbook {
    let territory = &model.territory;
    Workbook {
        title: format!("Demandes d’acompte {}", budget.year.code),
        author: territory.letter.sender_name.clone(),
        subject: format!("Territoires d’industrie {}", territory.name),
        colour: territory.brand.colour.clone(),
        accent: territory.brand.accent.clone(),
        sheets: vec![sheet(model, budget, requests)],
    }
}

fn sheet(model: &Model, budget: &Budget, requests: &[Request]) -> Worksheet {
    let period = wording::date_span(budget.year.period.start, budget.year.period.end);
    let headings: Vec<String> = [
        "N° de demande",
        "Financeur",
        "Prévu",
        "Appelé",
        "Appelé le",
        "Échéance",
        "Encaissé",
        "Encaissé le",
        "Reste à encaisser",
        "Retard",
    ]
    .map(String::from)
    .to_vec();
    let mut rows = vec![
        vec![Cell::new(Value::Text(format!("Demandes d’acompte {}", budget.year.code)), Style::Title)],
        vec![Cell::new(
            Value::Text(format!("Territoires d’industrie {} – exercice {period}", model.territory.name)),
            Style::Subtitle,
        )],
        vec![Cell::new(
            Value::Text("La colonne Retard connaît le jour où le classeur est ouvert.".into()),
            Style::Muted,
        )],
        headings.iter().map(Cell::heading).collect(),
    ];
    for (row, request) in (HEADING + 2..).zip(requests) {
        let resource = request.share.resource;
        let rest = resource.called.unwrap_or_default() - resource.received.unwrap_or_default();
        let due = view::due(model, request);
        let late = format!("=IF(AND(I{row}>0,F{row}<TODAY()),TODAY()-F{row}&\" j\",\"\")");
        rows.push(vec![
            Cell::text(&request.number),
            Cell::text(request.share.name()),
            Cell::new(Value::Cents(request.share.amount().0), Style::Text),
            Cell::new(Value::optional_cents(resource.called.map(|cents| cents.0)), Style::Input),
            Cell::new(Value::optional_date(resource.called_on), Style::Input),
            Cell::new(
                if resource.called_on.is_some() || resource.due.is_some() { Value::Date(due) } else { Value::Blank },
                Style::Input,
            ),
            Cell::new(Value::optional_cents(resource.received.map(|cents| cents.0)), Style::Input),
            Cell::new(Value::optional_date(resource.received_on), Style::Input),
            Cell::new(Value::formula(format!("=ROUND(N(D{row})-N(G{row}),2)"), Value::Cents(rest.0)), Style::Text),
            // What is late depends on the day: the cached result is what a closed workbook can say, nothing.
            Cell::new(Value::formula(late, Value::Text(String::new())), Style::Text),
        ]);
    }
    let count = u32::try_from(requests.len()).unwrap_or(u32::MAX);
    let total = |of: fn(&Request) -> Cents| requests.iter().map(of).sum::<Cents>();
    let sum = |heading: &str, cents: Cents| {
        Total::Formula(format!("=SUBTOTAL(109,Appels[{heading}])"), Value::Cents(cents.0))
    };
    let called = total(|request| request.share.resource.called.unwrap_or_default());
    let received = total(|request| request.share.resource.received.unwrap_or_default());
    let totals = vec![
        Total::Label("Total".into()),
        Total::Blank,
        sum("Prévu", total(|request| request.share.amount())),
        sum("Appelé", called),
        Total::Blank,
        Total::Blank,
        sum("Encaissé", received),
        Total::Blank,
        sum("Reste à encaisser", called - received),
        Total::Blank,
    ];
    rows.push(totals.iter().map(Cell::total).collect());
    Worksheet {
        name: "Appels".into(),
        landscape: true,
        widths: vec![18.0, 30.0, 15.0, 15.0, 13.0, 13.0, 15.0, 13.0, 17.0, 10.0],
        rows,
        frozen_rows: HEADING + 1,
        repeated_rows: Some((0, HEADING)),
        tables: vec![Table {
            name: "Appels".into(),
            first_row: HEADING,
            first_column: 0,
            rows: count,
            headings,
            totals: Some(totals),
        }],
        highlights: vec![Highlight {
            range: (HEADING + 1, 9, HEADING + count, 9),
            formula: format!("=$J{}<>\"\"", HEADING + 2),
        }],
        ..Worksheet::default()
    }
}
