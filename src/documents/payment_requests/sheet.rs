//! The workbook that follows the year's requests: what was called, what came in, what is overdue today.

use super::Request;
use crate::documents::common;
use crate::figures::{Figure, Printed, Quantity};
use crate::model::{Budget, Cents};
use crate::wording;
use crate::worksheets::{Cell, Piece, Style, Table, Value, Workbook, Worksheet, here, total};

/// The table, by its name in formulas.
const CALLS: &str = "Appels";

pub(super) fn workbook(budget: &Budget, requests: &[Request]) -> Workbook {
    let year = budget.year;
    let territory = year.scope().territory();
    let title = format!("Demandes d’acompte {}", year.code());
    let period = wording::date_span(year.start(), year.end());
    let sheet = Worksheet {
        name: CALLS.into(),
        widths: vec![18.0, 30.0, 15.0, 15.0, 13.0, 13.0, 15.0, 13.0, 17.0, 10.0],
        pieces: vec![
            Piece::Title(title.clone()),
            Piece::Subtitle(format!("{} {} – exercice {period}", territory.programme, territory.name)),
            Piece::Remark("La colonne Retard connaît le jour où le classeur est ouvert.".into()),
            Piece::Table(table(budget, requests)),
        ],
    };
    Workbook { sheets: vec![sheet], ..common::workbook(territory, title) }
}

fn table(budget: &Budget, requests: &[Request]) -> Table {
    let headings = [
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
    ];
    let sum = |name: &str, label: &str, of: fn(&Request) -> Cents| {
        let total = requests.iter().map(of).sum();
        budget.figure(&format!("demandes.{name}"), label, total, budget.resource_cells()).euros()
    };
    Table {
        name: CALLS.into(),
        headings: headings.map(String::from).to_vec(),
        rows: requests.iter().map(row).collect(),
        totals: Some(vec![
            Cell::total("Total"),
            Cell::no_total(),
            total(CALLS, "Prévu", sum("prevu", "participations prévues", |request| request.share.amount())),
            total(CALLS, "Appelé", sum("appele", "acomptes appelés", called)),
            Cell::no_total(),
            Cell::no_total(),
            total(CALLS, "Encaissé", sum("encaisse", "acomptes encaissés", received)),
            Cell::no_total(),
            total(
                CALLS,
                "Reste à encaisser",
                sum("reste", "reste à encaisser", |request| called(request) - received(request)),
            ),
            Cell::no_total(),
        ]),
        highlight: Some(("Retard".into(), "{}<>\"\"".into())),
        ..Table::default()
    }
}

fn row(request: &Request) -> Vec<Cell> {
    let line = request.share.resource;
    let [due, rest] = ["Échéance", "Reste à encaisser"].map(|heading| here(CALLS, heading));
    let late = format!("IF(AND({rest}>0,{due}<TODAY()),TODAY()-{due}&\" j\",\"\")");
    let left = format!("ROUND(N({})-N({}),2)", here(CALLS, "Appelé"), here(CALLS, "Encaissé"));
    let is_due = line.called_on().is_some() || line.due().is_some();
    let day = |date| Cell::new(Value::optional_date(date), Style::Input);
    vec![
        Cell::text(&request.number),
        Cell::text(request.share.name()),
        Cell::figure(request.budget.share_figure(request.index).euros()),
        Cell::input(request.called().map(|figure| figure.euros())),
        day(line.called_on()),
        day(is_due.then(|| request.due())),
        Cell::input(request.budget.received_figure(&request.share).map(|figure| figure.euros())),
        day(line.received_on()),
        Cell::formula(left, Value::Figure(outstanding(request))),
        // What is late depends on the day: the cached result is what a closed workbook can say, nothing.
        Cell::formula(late, Value::Text(String::new())),
    ]
}

fn called(request: &Request) -> Cents {
    request.share.resource.called().unwrap_or_default()
}

fn received(request: &Request) -> Cents {
    request.share.resource.received().unwrap_or_default()
}

/// What was called and did not come in yet.
fn outstanding(request: &Request) -> Printed {
    let line = request.share.resource;
    let cells = [line.cell(crate::model::Resource::CALLED), line.cell(crate::model::Resource::RECEIVED)];
    Figure::new(
        format!("budget.{}.reste.{}", request.budget.year.code(), request.share.partner.code()),
        format!("reste à encaisser de {}", request.share.name()),
        Quantity::Cents((called(request) - received(request)).0),
        cells.into_iter().collect::<crate::figures::Cells>(),
    )
    .euros()
}
