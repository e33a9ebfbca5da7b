//! The workbook of the indicators: a row an indicator with its line, and the data since the start.

use super::Board;
use crate::documents::common;
use crate::documents::report::number;
use crate::model::{Course, INDICATORS, Indicator, Month};
use crate::wording;
use crate::worksheets::{Cell, Piece, Style, Table, Trend, Value, Workbook, Worksheet};

pub(super) fn workbook(board: &Board) -> Workbook {
    let title = format!("Indicateurs de pilotage, {}", board.name());
    Workbook { sheets: vec![summary(board, &title), data(board)], ..common::workbook(board.scope.territory(), title) }
}

/// A row an indicator, a column a month, and its line.
fn summary(board: &Board, title: &str) -> Worksheet {
    let territory = board.scope.territory();
    let months = board.year();
    let names = months.iter().map(|month| format!("{:02}/{}", month.month, month.year));
    let first = ["Indicateur", "Tendance"].map(str::to_owned).into_iter();
    let row = |indicator: &Indicator| {
        let values = months.iter().map(|month| Cell::new(number(&board.figure(indicator, *month)), Style::Text));
        let is_stock = indicator.course == Course::Stock;
        let total = if is_stock { Value::Blank } else { number(&board.since_start(indicator)) };
        let name = Cell::text(wording::capitalized(indicator.label)).noted(indicator.definition);
        [name, Cell::default()].into_iter().chain(values).chain([Cell::new(total, Style::Strong)]).collect()
    };
    let table = Table {
        name: "Tableau".into(),
        headings: first.chain(names).chain(["Depuis le début".to_owned()]).collect(),
        rows: INDICATORS.iter().map(row).collect(),
        trend: Some(Trend { column: 1, over: (2, 1 + months.len()) }),
        ..Table::default()
    };
    Worksheet {
        name: "Tableau de bord".into(),
        widths: [46.0, 12.0].into_iter().chain(months.iter().map(|_| 11.5)).chain([13.0]).collect(),
        pieces: vec![
            Piece::Title(title.to_owned()),
            Piece::Subtitle(match board.progress() {
                Some(_) => format!(
                    "{} {} – mois en cours, situation au {}",
                    territory.programme,
                    territory.name,
                    wording::date(board.day())
                ),
                None => format!("{} {}", territory.programme, territory.name),
            }),
            Piece::Gap,
        ]
        .into_iter()
        .chain(common::explained(table))
        .collect(),
    }
}

/// One row an indicator and month since the start.
fn data(board: &Board) -> Worksheet {
    let row = |month: Month, indicator: &Indicator| {
        vec![
            Cell::new(Value::Month(month.first_day()), Style::Text),
            Cell::text(indicator.id),
            Cell::text(wording::capitalized(indicator.label)),
            Cell::new(number(&board.figure(indicator, month)), Style::Text),
        ]
    };
    let months = board.months().into_iter();
    let rows = months.flat_map(|month| INDICATORS.iter().map(move |indicator| row(month, indicator)));
    let table = Table {
        name: "Donnees".into(),
        headings: ["Mois", "Identifiant", "Indicateur", "Valeur"].map(String::from).to_vec(),
        rows: rows.collect(),
        ..Table::default()
    };
    Worksheet {
        name: "Données".into(),
        widths: vec![12.0, 30.0, 60.0, 18.0],
        pieces: vec![
            Piece::Title("Données".into()),
            Piece::Subtitle("Une ligne par indicateur et par mois depuis le début du programme.".into()),
            Piece::Gap,
        ]
        .into_iter()
        .chain(common::explained(table))
        .collect(),
    }
}
