//! The workbook of a report: a dashboard, where every chart stands beside its table, and the data.

use super::{Report, charts, parts};
use crate::charts::{Row, Told};
use crate::documents::common;
use crate::figures::{Figure, Quantity, SECRET};
use crate::model::{At, CommunicationMonth, Course, Indicator, Trait};
use crate::wording::{self, fold};
use crate::worksheets::{Cell, Chart, ChartKind, Piece, Style, Table, Value, Workbook, Worksheet};

/// The headings of a breakdown.
const MET: &str = "Rencontrées";
const ACCOMPANIED: &str = "Accompagnées";

pub(super) fn workbook(report: &Report) -> Workbook {
    let title = format!("Bilan d’activité, {}", report.half.label());
    let sheets = vec![dashboard(report), indicators(report), data(report)];
    Workbook { sheets, ..common::workbook(report.scope.territory(), title) }
}

/// A sheet's title, and what it is about.
fn opening(report: &Report, title: &str) -> Vec<Piece> {
    let territory = report.scope.territory();
    let situation = wording::date(report.situation());
    vec![
        Piece::Title(title.to_owned()),
        Piece::Subtitle(format!(
            "{} {} – {}, situation au {situation}",
            territory.programme,
            territory.name,
            report.half.label()
        )),
        Piece::Gap,
    ]
}

/// A figure as a workbook holds it: a number, and nothing where a rate has no base.
pub(in crate::documents) fn number(figure: &Figure) -> Value {
    match figure.value() {
        _ if figure.is_secret() => Value::Text(SECRET.to_owned()),
        Quantity::Cents(_) => Value::Euros(figure.whole_euros()),
        Quantity::Share(_, 0) => Value::Blank,
        _ => Value::Figure(figure.plain()),
    }
}

fn cell(figure: &Figure) -> Cell {
    Cell::new(number(figure), Style::Text)
}

/// The findings of the report, each chart beside the table that it is drawn from.
fn dashboard(report: &Report) -> Worksheet {
    let mut pieces = opening(report, "Tableau de bord");
    let (told, rows) = charts::exchanges(report);
    pieces.extend(block("Mois", "Mois", ["Échanges", "Au-delà du contact"], &told, &rows, ChartKind::StackedColumn));
    for by in parts::traits(report) {
        let rows = charts::rows(report, by);
        let told = charts::breakdown(report, by, rows.clone());
        let label = wording::capitalized(by.label());
        pieces.extend(block(&fold(by.label()), &label, [MET, ACCOMPANIED], &told, &rows, ChartKind::Bar));
    }
    for (index, name) in ["Abonnés", "Vues"].into_iter().enumerate() {
        if let Some((told, rows)) = charts::audience(report).into_iter().nth(index) {
            pieces.extend(block(name, "Mois", [name, ""], &told, &rows, ChartKind::Line));
        }
    }
    Worksheet {
        name: "Tableau de bord".into(),
        widths: vec![34.0, 12.0, 14.0, 2.0, 12.0, 12.0, 12.0, 12.0, 8.0],
        pieces,
    }
}

/// A finding: its table, and its chart beside it where it has one.
fn block(name: &str, first: &str, series: [&str; 2], told: &Told, rows: &[Row], kind: ChartKind) -> Vec<Piece> {
    let has_part = rows.iter().any(|row| row.part.is_some());
    let name: String = fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
    let headings: Vec<String> =
        [first, series[0], series[1]].iter().take(if has_part { 3 } else { 2 }).map(|&it| it.to_owned()).collect();
    let line = |row: &Row| {
        let part = row.part.as_ref().map_or_else(Cell::default, cell);
        [Cell::text(&row.name), cell(&row.whole)].into_iter().chain(has_part.then_some(part)).collect()
    };
    let table = Table {
        name: name.clone(),
        headings: headings.clone(),
        rows: rows.iter().map(line).collect(),
        ..Table::default()
    };
    let mut pieces = vec![Piece::Section(told.finding().text()), Piece::Table(table)];
    if let Some(chart) = told.chart() {
        pieces.push(Piece::Chart(Chart {
            kind,
            title: chart.finding().text(),
            alternative: chart.told().to_owned(),
            table: name,
            series: headings[1..].to_vec(),
            size: (430, 300),
            is_nested: has_part,
            is_beside: true,
        }));
    }
    pieces.push(Piece::Gap);
    pieces
}

/// Every indicator: the half-year before, this one and since the start; what exactly is counted is a note.
fn indicators(report: &Report) -> Worksheet {
    let headings = ["Indicateur", "Semestre précédent", "Semestre", "Depuis le début"];
    let row = |indicator: &'static Indicator| {
        let (before, now, since) = report.course(indicator);
        let stock = indicator.course == Course::Stock;
        vec![
            Cell::text(wording::capitalized(indicator.label)).noted(indicator.definition),
            before.as_ref().map_or_else(Cell::default, cell),
            Cell::new(number(&now), Style::Strong),
            if stock { Cell::default() } else { cell(&since) },
        ]
    };
    let table = Table {
        name: "Indicateurs".into(),
        headings: headings.map(String::from).to_vec(),
        rows: report.indicators().map(row).collect(),
        ..Table::default()
    };
    let mut pieces = opening(report, "Indicateurs du semestre");
    pieces.extend(common::explained(table));
    Worksheet { name: "Indicateurs".into(), widths: vec![62.0, 17.0, 17.0, 17.0], pieces }
}

/// One row a series, a class and a value: what every chart is drawn from, for other programs.
fn data(report: &Report) -> Worksheet {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |series: &str, class: &str, figure: &Figure| {
        rows.push(vec![Cell::text(series), Cell::text(class), cell(figure)]);
    };
    for row in charts::exchanges(report).1 {
        add("Échanges", &row.name, &row.whole);
        row.part.iter().for_each(|part| add("Échanges au-delà de la prise de contact", &row.name, part));
    }
    for (done, accompanied) in [("rencontrées", false), ("accompagnées", true)] {
        for by in parts::traits(report).into_iter().chain([Trait::Level]) {
            for class in report.statistics.firms_by(by, report.half.period(), accompanied) {
                let name = wording::capitalized(&class.label);
                add(&format!("Entreprises {done}, par {}", by.label()), &name, &class.firms);
                add(&format!("Échanges avec les entreprises {done}, par {}", by.label()), &name, &class.exchanges);
            }
        }
    }
    let mut months: Vec<At<CommunicationMonth>> =
        report.scope.communication().filter(|row| row.month().period().end <= report.end()).collect();
    months.sort_by_key(|row| row.month());
    for month in months {
        let name = wording::month(month.month().first_day());
        for (series, figure) in ["Abonnés", "Publications", "Vues"].into_iter().zip(parts::networks(month)) {
            add(series, &name, &figure);
        }
    }
    let table = Table {
        name: "Donnees".into(),
        headings: ["Série", "Classe", "Valeur"].map(String::from).to_vec(),
        rows,
        ..Table::default()
    };
    let mut pieces = opening(report, "Données");
    pieces.push(Piece::Table(table));
    Worksheet { name: "Données".into(), widths: vec![52.0, 36.0, 16.0], pieces }
}
