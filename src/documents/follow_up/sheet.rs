//! The workbook of the follow-up: a row a body, and a row a step with its delay on the day it is opened.

use super::{Board, Way};
use crate::documents::common;
use crate::model::{Passage, Progress, Step};
use crate::wording;
use crate::worksheets::{Cell, Piece, Style, Table, Value, Workbook, Worksheet, here};

/// The table of steps, by its name in formulas.
const STEPS: &str = "Etapes";

pub(super) fn workbook(board: &Board) -> Workbook {
    let title = format!("Suivi de la convention {}", board.version.version());
    let territory = board.version.scope().territory();
    Workbook { sheets: vec![bodies(board, &title), steps(board)], ..common::workbook(territory, title) }
}

fn bodies(board: &Board, title: &str) -> Worksheet {
    let headings = ["Organisme", "Délibération"].into_iter().chain(Step::ALL.map(Step::name)).chain(["Secrétariat"]);
    let row = |way: &Way| {
        let partner = way.act.sitting().partner();
        let steps = way.passages.iter().map(|passage| match day(passage) {
            Some(day) => Cell::new(Value::Date(day), Style::Text),
            None => Cell::text(passage.progress.name()),
        });
        let first = [Cell::text(partner.usual_name()), Cell::text(way.act.code())];
        first.into_iter().chain(steps).chain([Cell::text(partner.email().unwrap_or_default())]).collect()
    };
    Worksheet {
        name: "Suivi".into(),
        widths: vec![22.0, 15.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0, 30.0],
        pieces: vec![
            Piece::Title(title.to_owned()),
            Piece::Subtitle(format!("Situation au {}", wording::date(board.on))),
            Piece::Gap,
            Piece::Table(Table {
                name: "Suivi".into(),
                headings: headings.map(wording::capitalized).collect(),
                rows: board.ways.iter().map(row).collect(),
                ..Table::default()
            }),
        ],
    }
}

/// The day that a step has, done or planned.
fn day(passage: &Passage) -> Option<chrono::NaiveDate> {
    match passage.progress {
        Progress::Done(day) | Progress::DoneLate(day) | Progress::Planned(day) => Some(day),
        _ => None,
    }
}

fn steps(board: &Board) -> Worksheet {
    let headings = ["Organisme", "Délibération", "Étape", "Jour", "Au plus tard", "État", "Retard"];
    let rows = board.ways.iter().flat_map(|way| way.passages.iter().map(move |passage| step(way, passage)));
    Worksheet {
        name: "Étapes".into(),
        widths: vec![24.0, 16.0, 22.0, 13.0, 13.0, 14.0, 9.0],
        pieces: vec![
            Piece::Title("Étapes".into()),
            Piece::Subtitle(format!("Situation au {}", wording::date(board.on))),
            Piece::Remark("La colonne Retard connaît le jour où le classeur est ouvert.".into()),
            Piece::Table(Table {
                name: STEPS.into(),
                headings: headings.map(String::from).to_vec(),
                rows: rows.collect(),
                highlight: Some(("Retard".into(), "{}<>\"\"".into())),
                ..Table::default()
            }),
        ],
    }
}

fn step(way: &Way, passage: &Passage) -> Vec<Cell> {
    let [done, due] = ["Jour", "Au plus tard"].map(|heading| here(STEPS, heading));
    // What is late depends on the day: the cached result is what a closed workbook can say, nothing.
    let late = format!("IF(AND(N({due})>0,N({done})=0,N({due})<TODAY()),TODAY()-{due}&\" j\",\"\")");
    let is_open = passage.awaited().is_some();
    vec![
        Cell::text(way.act.sitting().partner().usual_name()),
        Cell::text(way.act.code()),
        Cell::text(wording::capitalized(passage.step.name())),
        Cell::new(Value::optional_date(day(passage)), Style::Input),
        Cell::new(Value::optional_date(passage.due.filter(|_| is_open)), Style::Text),
        Cell::text(passage.progress.name()),
        Cell::formula(late, Value::Text(String::new())),
    ]
}
