//! The monthly indicators: one page of small multiples, and the workbook of every month since the start.

use serde_json::{Value, json};

use super::report::number;
use super::{Draft, Kind, Part, Printer, Recipe};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::figures::{Figure, Quantity};
use crate::model::indicators::{Course, INDICATORS, Indicator, Window, months};
use crate::model::{Audience, Disclosure, Model, Month};
use crate::wording;
use crate::worksheets::{Cell, Sparkline, Style, Table, Value as SheetValue, Workbook, Worksheet};

/// The monthly indicators.
pub(super) const KIND: Kind = Kind {
    name: "indicators",
    label: "indicateurs de pilotage d’un mois",
    known,
    draft,
    reads: &["Partenaires", "Lettres", "Agenda", "Accompagnements", "Communication", "Aides"],
};

/// The indicators of the page, in its order.
const SHOWN: [&str; 12] = [
    "entreprises.contacts",
    "entreprises.rencontrees",
    "entreprises.accompagnees",
    "entreprises.heures",
    "dossiers.deposes",
    "dossiers.laureats",
    "aides.obtenues",
    "accompagnes.instruction",
    "evenements",
    "communication.abonnes",
    "communication.publications",
    "communication.vues",
];

/// Months that hold data, in order.
fn known(model: &Model) -> Vec<String> {
    let mut months: Vec<Month> = model.activity_days().map(Month::of).collect();
    months.sort_unstable();
    months.dedup();
    months.iter().map(ToString::to_string).collect()
}

fn draft(whole: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let known = known(whole);
    let month: Month = match id.parse() {
        Ok(month) if known.iter().any(|known| known == id) => month,
        _ => {
            let list =
                if known.is_empty() { "aucun mois n’a encore de données".to_owned() } else { known.join(", ") };
            return Err(vec![commands::unknown_document(KIND.name, id, &list)]);
        }
    };
    let mut printer = Printer::default();
    let data = view(whole, month, &mut printer);
    let recipe =
        Recipe::Pdf { template: "indicators/indicateurs.typ", data, texts: Vec::new(), comparisons: Vec::new() };
    Ok(Draft {
        title: format!("indicateurs, {}", wording::month(month.first_day())),
        date: month.period().end,
        ledger: printer.ledger,
        parts: vec![
            Part::new("indicateurs.pdf", recipe),
            Part::new("indicateurs.xlsx", Recipe::Workbook(Box::new(workbook(whole, month)))),
        ],
        ..Draft::new(KIND.name, id, Audience::Partners)
    })
}

fn figure(model: &Disclosure, indicator: &Indicator, month: Month) -> Figure {
    model.figure(indicator, Window::Within(month.period()))
}

/// The last twelve months up to this one, none before the programme began.
fn year_to(model: &Disclosure, month: Month) -> Vec<Month> {
    let months = months(model, month.period().end);
    months[months.len().saturating_sub(12)..].to_vec()
}

fn print(printer: &mut Printer, figure: &Figure) -> String {
    match figure.value {
        Quantity::Cents(_) => printer.compact_euros(figure),
        Quantity::Share(..) => printer.rate(figure),
        _ => printer.note(figure),
    }
}

fn view(model: &Disclosure, month: Month, printer: &mut Printer) -> Value {
    let territory = &model.territory;
    let months = year_to(model, month);
    let cards: Vec<Value> = SHOWN
        .iter()
        .filter_map(|id| Indicator::of(id))
        .map(|indicator| card(model, indicator, month, &months, printer))
        .collect();
    let name = wording::month(month.first_day());
    json!({
        "titre": format!("Indicateurs de pilotage, {name}"),
        "sujet": format!("Programme Territoires d’industrie {}", territory.name),
        "auteur": wording::prose(&territory.letter.sender_name),
        "mots_cles": ["indicateurs", "Territoires d’industrie", territory.name],
        "charte": { "couleur": territory.brand.colour, "accent": territory.brand.accent },
        "territoire": { "nom": territory.name, "programme": "Territoires d’industrie" },
        "mois": name,
        "premier": months.first().map(|month| wording::month(month.first_day())),
        "depuis": wording::date(territory.since),
        "cartes": cards,
    })
}

/// One small multiple: the month's value, the month before, the sum since the start, and the line of twelve months.
fn card(model: &Disclosure, indicator: &Indicator, month: Month, months: &[Month], printer: &mut Printer) -> Value {
    let now = figure(model, indicator, month);
    let since = model.figure(indicator, Window::UpTo(month.period().end));
    let values: Vec<i64> = months.iter().map(|month| figure(model, indicator, *month).amount()).collect();
    let largest = values.iter().copied().max().unwrap_or(0).max(1);
    let before = months.iter().rev().nth(1).map(|before| figure(model, indicator, *before));
    json!({
        "nom": wording::capitalized(indicator.label),
        "valeur": print(printer, &now),
        "nature": if indicator.course == Course::Stock { "à la fin du mois" } else { "dans le mois" },
        "precedent": before.map(|before| print(printer, &before)),
        "cumul": (indicator.course == Course::Flow).then(|| print(printer, &since)),
        "points": values.iter().map(|value| value * 1000 / largest).collect::<Vec<_>>(),
        "maximum": match now.value {
            Quantity::Cents(_) => wording::compact_euros(largest),
            Quantity::Hundredths(_) => wording::hours(largest),
            _ => wording::group(largest),
        },
        "alternative": alternative(indicator, months, &values),
    })
}

fn alternative(indicator: &Indicator, months: &[Month], values: &[i64]) -> String {
    let unit = |value: &i64| match indicator.id {
        id if id.starts_with("aides") || id == "accompagnes.instruction" => wording::compact_euros(*value),
        "entreprises.heures" => wording::hours(*value),
        _ => wording::group(*value),
    };
    let points = months
        .iter()
        .zip(values)
        .map(|(month, value)| format!("{} {}", wording::month(month.first_day()), unit(value)));
    format!("{}, par mois : {}.", wording::capitalized(indicator.label), points.collect::<Vec<_>>().join(", "))
}

fn workbook(model: &Disclosure, month: Month) -> Workbook {
    let territory = &model.territory;
    Workbook {
        title: format!("Indicateurs de pilotage, {}", wording::month(month.first_day())),
        author: territory.letter.sender_name.clone(),
        subject: format!("Territoires d’industrie {}", territory.name),
        colour: territory.brand.colour.clone(),
        accent: territory.brand.accent.clone(),
        sheets: vec![board(model, month), data(model, month)],
    }
}

/// A row an indicator, a column a month, and its line.
fn board(model: &Disclosure, month: Month) -> Worksheet {
    let months = year_to(model, month);
    let count = u16::try_from(months.len()).unwrap_or(12);
    let mut headings: Vec<String> = vec!["Indicateur".into(), "Tendance".into()];
    headings.extend(months.iter().map(|month| format!("{:02}/{}", month.month, month.year)));
    headings.push("Depuis le début".into());
    let mut rows = vec![
        vec![Cell::new(
            SheetValue::Text(format!("Indicateurs de pilotage, {}", wording::month(month.first_day()))),
            Style::Title,
        )],
        vec![Cell::new(SheetValue::Text(format!("Territoires d’industrie {}", model.territory.name)), Style::Subtitle)],
        Vec::new(),
        headings.iter().map(Cell::heading).collect(),
    ];
    let mut sparklines = Vec::new();
    for (row, indicator) in (4..).zip(INDICATORS) {
        let values = months.iter().map(|month| Cell::new(number(&figure(model, indicator, *month)), Style::Text));
        let since = model.figure(indicator, Window::UpTo(month.period().end));
        let total = if indicator.course == Course::Stock { SheetValue::Blank } else { number(&since) };
        let name = Cell::text(wording::capitalized(indicator.label)).noted(indicator.definition);
        rows.push([name, Cell::default()].into_iter().chain(values).chain([Cell::new(total, Style::Strong)]).collect());
        sparklines.push(Sparkline { place: (row, 1), range: (row, 2, 1 + count) });
    }
    let lines = u32::try_from(INDICATORS.len()).unwrap_or(u32::MAX);
    let widths = [58.0, 18.0].into_iter().chain(months.iter().map(|_| 14.5)).chain([17.0]).collect();
    Worksheet {
        name: "Tableau de bord".into(),
        landscape: true,
        widths,
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: vec![Table {
            name: "Tableau".into(),
            first_row: 3,
            first_column: 0,
            rows: lines,
            headings,
            totals: None,
        }],
        sparklines,
        ..Worksheet::default()
    }
}

/// One row an indicator and month since the start.
fn data(model: &Disclosure, month: Month) -> Worksheet {
    let headings: Vec<String> = ["Mois", "Identifiant", "Indicateur", "Valeur"].map(String::from).to_vec();
    let mut rows = vec![
        vec![Cell::new(SheetValue::Text("Données".into()), Style::Title)],
        vec![Cell::new(
            SheetValue::Text("Une ligne par indicateur et par mois depuis le début du programme.".into()),
            Style::Subtitle,
        )],
        Vec::new(),
        headings.iter().map(Cell::heading).collect(),
    ];
    let mut count = 0;
    for known in months(model, month.period().end) {
        for indicator in INDICATORS {
            rows.push(vec![
                Cell::new(SheetValue::Month(known.first_day()), Style::Text),
                Cell::text(indicator.id),
                Cell::text(wording::capitalized(indicator.label)),
                Cell::new(number(&figure(model, indicator, known)), Style::Text),
            ]);
            count += 1;
        }
    }
    Worksheet {
        name: "Données".into(),
        widths: vec![12.0, 30.0, 60.0, 18.0],
        rows,
        frozen_rows: 4,
        repeated_rows: Some((0, 3)),
        tables: vec![Table {
            name: "Donnees".into(),
            first_row: 3,
            first_column: 0,
            rows: count,
            headings,
            totals: None,
        }],
        ..Worksheet::default()
    }
}
