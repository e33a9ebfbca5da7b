//! The data behind the report's charts: a sheet a chart, each with its table and a native chart.

use super::view::{Scope, SupportClass};
use crate::figures::{Figure, Quantity};
use crate::model::indicators::Course;
use crate::model::{Choice as _, SupportLevel};
use crate::wording;
use crate::worksheets::{Cell, Chart, ChartKind, Style, Table, Total, Value, Workbook, Worksheet};

pub(super) fn workbook(scope: &Scope) -> Workbook {
    let territory = &scope.model.territory;
    let mut sheets = vec![summary(scope), course(scope)];
    sheets.push(bars(
        scope,
        "Rencontrées par niveau",
        "Entreprises rencontrées, par niveau le plus élevé",
        "Niveau",
        &scope.levels(),
        true,
    ));
    for breakdown in scope.breakdowns() {
        // A firm met on two themes stands in both classes: such a column has no sum.
        let summed = breakdown.key != "theme";
        let trait_name = wording::capitalized(breakdown.label);
        let tab = if breakdown.key == "epci" { "EPCI" } else { breakdown.label };
        for (done, classes) in [("rencontrées", &breakdown.met), ("accompagnées", &breakdown.accompanied)] {
            let name = format!("{} par {tab}", wording::capitalized(done));
            sheets.push(bars(
                scope,
                &name,
                &format!("Entreprises {done} par {}", breakdown.label),
                &trait_name,
                classes,
                summed,
            ));
        }
    }
    sheets.push(communication(scope));
    Workbook {
        title: format!("Bilan d’activité, {}", scope.half.label()),
        author: territory.letter.sender_name.clone(),
        subject: format!("Territoires d’industrie {}", territory.name),
        colour: territory.brand.colour.clone(),
        accent: territory.brand.accent.clone(),
        sheets,
    }
}

fn heading(scope: &Scope, title: &str) -> Vec<Vec<Cell>> {
    vec![
        vec![Cell::new(Value::Text(title.to_owned()), Style::Title)],
        vec![Cell::new(
            Value::Text(format!("Territoires d’industrie {} – {}", scope.model.territory.name, scope.half.label())),
            Style::Subtitle,
        )],
        Vec::new(),
    ]
}

/// A figure as a workbook holds it: a number, and nothing where a rate has no base.
pub(in crate::documents) fn number(figure: &Figure) -> Value {
    match figure.value {
        Quantity::Count(count) => Value::Integer(count),
        Quantity::Cents(cents) => Value::WholeEuros(cents),
        Quantity::Hundredths(hundredths) => Value::Hundredths(hundredths),
        Quantity::Share(_, 0) => Value::Blank,
        Quantity::Share(part, whole) => Value::Share(part, whole),
    }
}

/// Every indicator: the half-year before, this one, since the start, and what exactly is counted.
fn summary(scope: &Scope) -> Worksheet {
    let headings: Vec<String> =
        ["Indicateur", "Semestre précédent", "Semestre", "Depuis le début", "Définition"].map(String::from).to_vec();
    let mut rows = heading(scope, "Indicateurs du semestre");
    rows.push(headings.iter().map(Cell::heading).collect());
    let indicators: Vec<_> = scope.indicators().collect();
    for indicator in &indicators {
        let (before, now, since) = scope.figures(indicator);
        let stock = indicator.course == Course::Stock;
        rows.push(vec![
            Cell::text(wording::capitalized(indicator.label)),
            Cell::new(before.map_or(Value::Blank, |before| number(&before)), Style::Text),
            Cell::new(number(&now), Style::Text),
            Cell::new(if stock { Value::Blank } else { number(&since) }, Style::Text),
            Cell::new(Value::Text(indicator.definition.to_owned()), Style::Muted),
        ]);
    }
    let count = u32::try_from(indicators.len()).unwrap_or(u32::MAX);
    Worksheet {
        name: "Indicateurs".into(),
        landscape: true,
        widths: vec![58.0, 18.0, 18.0, 18.0, 100.0],
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: vec![Table {
            name: "Indicateurs".into(),
            first_row: 3,
            first_column: 0,
            rows: count,
            headings,
            totals: None,
        }],
        ..Worksheet::default()
    }
}

/// Exchanges by month and level.
fn course(scope: &Scope) -> Worksheet {
    let levels: Vec<String> = SupportLevel::ALL.iter().map(|level| level.label().to_owned()).collect();
    let headings: Vec<String> = std::iter::once("Mois".to_owned()).chain(levels.iter().cloned()).collect();
    let mut rows = heading(scope, "Échanges avec les entreprises, par mois");
    rows.push(headings.iter().map(Cell::heading).collect());
    let months = scope.months();
    for month in &months {
        let counts = SupportLevel::ALL
            .iter()
            .map(|level| Cell::new(Value::Integer(scope.exchanges(*month, *level)), Style::Text));
        rows.push(std::iter::once(Cell::new(Value::Month(month.first_day()), Style::Text)).chain(counts).collect());
    }
    let count = u32::try_from(months.len()).unwrap_or(u32::MAX);
    let series = levels.iter().zip(1..).map(|(level, column)| (level.clone(), column)).collect();
    Worksheet {
        name: "Par mois".into(),
        widths: vec![14.0, 20.0, 28.0, 26.0],
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: vec![Table { name: "Mois".into(), first_row: 3, first_column: 0, rows: count, headings, totals: None }],
        charts: vec![Chart {
            kind: ChartKind::StackedColumn,
            title: "Échanges par mois et par niveau".into(),
            alternative:
                "Colonnes empilées du nombre d’échanges de chaque mois, par niveau ; les nombres sont dans le tableau."
                    .into(),
            categories: (4, 0, 3 + count),
            series,
            place: (6 + count, 0),
            size: (610, 320),
        }],
        ..Worksheet::default()
    }
}

/// One breakdown: a table of firms and exchanges, and bars of the firms.
fn bars(scope: &Scope, name: &str, title: &str, label: &str, classes: &[SupportClass], summed: bool) -> Worksheet {
    let columns = ["Entreprises", "Échanges"];
    let lines: Vec<(String, Vec<i64>)> = classes
        .iter()
        .map(|class| {
            let counts = [class.firms.len(), class.rows.len()].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
            (wording::capitalized(&class.label), counts.to_vec())
        })
        .collect();
    let headings: Vec<String> =
        std::iter::once(label.to_owned()).chain(columns.iter().map(|column| (*column).to_owned())).collect();
    let mut rows = heading(scope, title);
    rows.push(headings.iter().map(Cell::heading).collect());
    if lines.is_empty() {
        rows.push(vec![Cell::new(
            Value::Text("Rien à répartir : trop peu d’entreprises, ou aucune.".into()),
            Style::Muted,
        )]);
    }
    for (label, counts) in &lines {
        let counts = counts.iter().map(|count| Cell::new(Value::Integer(*count), Style::Text));
        rows.push(std::iter::once(Cell::text(label)).chain(counts).collect());
    }
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let table: String = crate::diagnostics::fold(name).chars().filter(char::is_ascii_alphanumeric).collect();
    let totals = (summed && !lines.is_empty()).then(|| {
        let sums = columns.iter().enumerate().map(|(index, column)| {
            let sum = lines.iter().map(|(_, counts)| counts[index]).sum();
            Total::Formula(format!("=SUBTOTAL(109,{table}[{column}])"), Value::Integer(sum))
        });
        std::iter::once(Total::Label("Total".into())).chain(sums).collect::<Vec<_>>()
    });
    if let Some(totals) = &totals {
        rows.push(totals.iter().map(Cell::total).collect());
    }
    let chart_row = u32::try_from(rows.len()).unwrap_or(u32::MAX) + 1;
    let chart = Chart {
        kind: ChartKind::Bar,
        title: title.to_owned(),
        alternative: format!(
            "Barres : {}.",
            lines.iter().map(|(label, counts)| format!("{label} {}", counts[0])).collect::<Vec<_>>().join(", ")
        ),
        categories: (4, 0, 3 + count),
        series: vec![(columns[0].to_owned(), 1)],
        place: (chart_row, 0),
        size: (540, 90 + 30 * count.min(30)),
    };
    Worksheet {
        name: name.to_owned(),
        widths: vec![44.0, 16.0, 16.0],
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: if lines.is_empty() {
            Vec::new()
        } else {
            vec![Table { name: table, first_row: 3, first_column: 0, rows: count, headings, totals }]
        },
        charts: if lines.is_empty() { Vec::new() } else { vec![chart] },
        ..Worksheet::default()
    }
}

/// Followers, posts and views by month since the start.
fn communication(scope: &Scope) -> Worksheet {
    let headings: Vec<String> = ["Mois", "Abonnés", "Publications", "Vues"].map(String::from).to_vec();
    let mut rows = heading(scope, "Communication, par mois");
    rows.push(headings.iter().map(Cell::heading).collect());
    let end = scope.half.period().end;
    let mut months: Vec<_> = scope.model.communication.iter().filter(|row| row.month.period().end <= end).collect();
    months.sort_by_key(|row| row.month);
    for row in &months {
        let counts = [row.followers, row.posts, row.views].map(|count| Cell::new(Value::Integer(count), Style::Text));
        rows.push(std::iter::once(Cell::new(Value::Month(row.month.first_day()), Style::Text)).chain(counts).collect());
    }
    let count = u32::try_from(months.len()).unwrap_or(u32::MAX);
    let chart = |title: &str, column: u16, place: (u32, u16)| Chart {
        kind: ChartKind::Line,
        title: title.to_owned(),
        alternative: format!("Courbe : {} ; les nombres sont dans le tableau.", title.to_lowercase()),
        categories: (4, 0, 3 + count),
        series: vec![(headings[usize::from(column)].clone(), column)],
        place,
        size: (440, 260),
    };
    let charts = if months.is_empty() {
        Vec::new()
    } else {
        vec![chart("Abonnés à la fin du mois", 1, (6 + count, 0)), chart("Vues du mois", 3, (20 + count, 0))]
    };
    Worksheet {
        name: "Communication".into(),
        widths: vec![14.0, 16.0, 16.0, 16.0],
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: if months.is_empty() {
            Vec::new()
        } else {
            vec![Table {
                name: "Communication".into(),
                first_row: 3,
                first_column: 0,
                rows: count,
                headings: headings.clone(),
                totals: None,
            }]
        },
        charts,
        ..Worksheet::default()
    }
}
