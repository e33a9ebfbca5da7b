//! The data behind the report's charts: a sheet a chart, each with its table and a native chart.

use super::{Report, parts};
use crate::documents::common;
use crate::figures::{Figure, Quantity, SECRET};
use crate::model::{At, Choice as _, CommunicationMonth, Course, SupportClass, SupportLevel, Trait};
use crate::wording::{self, fold};
use crate::worksheets::{Cell, Chart, ChartKind, Piece, Style, Table, Value, Workbook, Worksheet, total};

/// The headings of a breakdown.
const FIRMS: &str = "Entreprises";
const EXCHANGES: &str = "Échanges";

pub(super) fn workbook(report: &Report) -> Workbook {
    let mut sheets = vec![summary(report), course(report), levels(report)];
    for by in parts::traits(report) {
        // A firm met on two themes stands in both classes: such a column has no sum.
        let is_summed = by != Trait::Theme;
        let tab = if by == Trait::Council { "EPCI" } else { by.label() };
        for (done, accompanied) in [("rencontrées", false), ("accompagnées", true)] {
            let bars = Bars {
                name: format!("{} par {tab}", wording::capitalized(done)),
                title: format!("Entreprises {done} par {}", by.label()),
                label: wording::capitalized(by.label()),
                classes: report.statistics.firms_by(by, report.half.period(), accompanied),
                is_summed,
            };
            sheets.push(bars.sheet(report));
        }
    }
    sheets.push(communication(report));
    let title = format!("Bilan d’activité, {}", report.half.label());
    Workbook { sheets, ..common::workbook(report.scope.territory(), title) }
}

/// A sheet's title, and what it is about.
fn opening(report: &Report, title: &str) -> Vec<Piece> {
    let territory = report.scope.territory();
    vec![
        Piece::Title(title.to_owned()),
        Piece::Subtitle(format!("{} {} – {}", territory.programme, territory.name, report.half.label())),
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

/// Every indicator: the half-year before, this one, since the start, and what exactly is counted.
fn summary(report: &Report) -> Worksheet {
    let headings = ["Indicateur", "Semestre précédent", "Semestre", "Depuis le début", "Définition"];
    let row = |indicator: &'static crate::model::Indicator| {
        let (before, now, since) = report.course(indicator);
        let stock = indicator.course == Course::Stock;
        vec![
            Cell::text(wording::capitalized(indicator.label)),
            before.as_ref().map_or_else(Cell::default, cell),
            cell(&now),
            if stock { Cell::default() } else { cell(&since) },
            Cell::new(Value::Text(indicator.definition.to_owned()), Style::Muted),
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
    Worksheet { name: "Indicateurs".into(), landscape: true, widths: vec![58.0, 18.0, 18.0, 18.0, 100.0], pieces }
}

/// Exchanges by month and level.
fn course(report: &Report) -> Worksheet {
    let levels: Vec<String> = SupportLevel::ALL.iter().map(|level| level.label().to_owned()).collect();
    let rows = report.months().into_iter().map(|month| {
        let counts = SupportLevel::ALL.iter().map(|level| cell(&report.exchanges(month, *level)));
        let name = Cell::new(Value::Month(month.first_day()), Style::Text);
        std::iter::once(name).chain(counts).collect()
    });
    let table = Table {
        name: "Mois".into(),
        headings: std::iter::once("Mois".to_owned()).chain(levels.iter().cloned()).collect(),
        rows: rows.collect(),
        ..Table::default()
    };
    let alternative =
        "Colonnes empilées du nombre d’échanges de chaque mois, par niveau ; les nombres sont dans le tableau.";
    let chart = Chart {
        kind: ChartKind::StackedColumn,
        title: "Échanges par mois et par niveau".into(),
        alternative: alternative.into(),
        table: "Mois".into(),
        series: levels,
        size: (610, 320),
    };
    let mut pieces = opening(report, "Échanges avec les entreprises, par mois");
    pieces.extend(common::explained(table));
    pieces.push(Piece::Chart(chart));
    Worksheet { name: "Par mois".into(), widths: vec![14.0, 20.0, 28.0, 26.0], pieces, ..Worksheet::default() }
}

fn levels(report: &Report) -> Worksheet {
    let bars = Bars {
        name: "Rencontrées par niveau".into(),
        title: "Entreprises rencontrées, par niveau le plus élevé".into(),
        label: "Niveau".into(),
        classes: report.statistics.firms_by(Trait::Level, report.half.period(), false),
        is_summed: true,
    };
    bars.sheet(report)
}

/// One breakdown: a table of firms and exchanges, and bars of the firms.
struct Bars {
    name: String,
    title: String,
    label: String,
    classes: Vec<SupportClass>,
    is_summed: bool,
}

impl Bars {
    fn sheet(self, report: &Report) -> Worksheet {
        let mut pieces = opening(report, &self.title);
        if self.classes.is_empty() {
            pieces.push(Piece::Remark("Rien à répartir : trop peu d’entreprises, ou aucune.".into()));
        } else {
            pieces.extend([Piece::Table(self.table(report)), Piece::Chart(self.chart())]);
        }
        Worksheet { name: self.name, widths: vec![44.0, 16.0, 16.0], pieces, ..Worksheet::default() }
    }

    fn table_name(&self) -> String {
        fold(&self.name).chars().filter(char::is_ascii_alphanumeric).collect()
    }

    fn table(&self, report: &Report) -> Table {
        let name = self.table_name();
        let sum = |heading: &str, of: fn(&SupportClass) -> &Figure| {
            let figure = format!("{name}.{}@{}", fold(heading), report.half);
            let label = format!("{}, {}", self.title, heading.to_lowercase());
            total(&name, heading, Figure::sum(figure, label, Quantity::Count, self.classes.iter().map(of)).count())
        };
        let row = |class: &SupportClass| {
            vec![Cell::text(wording::capitalized(&class.label)), cell(&class.firms), cell(&class.exchanges)]
        };
        Table {
            headings: [&self.label, FIRMS, EXCHANGES].map(str::to_owned).to_vec(),
            rows: self.classes.iter().map(row).collect(),
            totals: self.is_summed.then(|| {
                vec![Cell::total("Total"), sum(FIRMS, |class| &class.firms), sum(EXCHANGES, |class| &class.exchanges)]
            }),
            name,
            ..Table::default()
        }
    }

    fn chart(&self) -> Chart {
        let told =
            |class: &SupportClass| format!("{} {}", wording::capitalized(&class.label), class.firms.count().text());
        let told: Vec<String> = self.classes.iter().map(told).collect();
        let bars = u32::try_from(self.classes.len()).unwrap_or(u32::MAX).min(30);
        Chart {
            kind: ChartKind::Bar,
            title: self.title.clone(),
            alternative: format!("Barres : {}.", told.join(", ")),
            table: self.table_name(),
            series: vec![FIRMS.into()],
            size: (540, 90 + 30 * bars),
        }
    }
}

/// Followers, posts and views by month since the start.
fn communication(report: &Report) -> Worksheet {
    let end = report.end();
    let mut months: Vec<At<CommunicationMonth>> =
        report.scope.communication().filter(|row| row.month().period().end <= end).collect();
    months.sort_by_key(|row| row.month());
    let row = |row: &At<CommunicationMonth>| {
        let name = Cell::new(Value::Month(row.month().first_day()), Style::Text);
        std::iter::once(name).chain(parts::networks(*row).iter().map(cell)).collect()
    };
    let table = Table {
        name: "Communication".into(),
        headings: ["Mois", "Abonnés", "Publications", "Vues"].map(String::from).to_vec(),
        rows: months.iter().map(row).collect(),
        ..Table::default()
    };
    let chart = |title: &str, series: &str| {
        Piece::Chart(Chart {
            kind: ChartKind::Line,
            title: title.to_owned(),
            alternative: format!("Courbe : {} ; les nombres sont dans le tableau.", title.to_lowercase()),
            table: "Communication".into(),
            series: vec![series.to_owned()],
            size: (440, 260),
        })
    };
    let mut pieces = opening(report, "Communication, par mois");
    if !months.is_empty() {
        let charts = [chart("Abonnés à la fin du mois", "Abonnés"), chart("Vues du mois", "Vues")];
        pieces.push(Piece::Table(table));
        pieces.extend(charts);
    }
    Worksheet { name: "Communication".into(), widths: vec![14.0, 16.0, 16.0, 16.0], pieces, ..Worksheet::default() }
}
