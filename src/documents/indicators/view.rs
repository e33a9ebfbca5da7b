//! The page of a month's indicators, as data for its template.

use super::Board;
use crate::charts::{self, About, Chart, Row};
use crate::documents::common::{self, Frame};
use crate::figures::{Figure, Phrase, Printed, phrase};
use crate::model::{Course, Indicator, Month};
use crate::views::view;
use crate::wording;

/// The rows of the page, each with its indicators in order.
const SHOWN: [(&str, [&str; 4]); 3] = [
    (
        "Entreprises",
        ["entreprises.contacts", "entreprises.rencontrees", "entreprises.accompagnees", "entreprises.heures"],
    ),
    ("Aides", ["dossiers.deposes", "dossiers.laureats", "aides.obtenues", "accompagnes.instruction"]),
    ("Audience", ["evenements", "communication.abonnes", "communication.publications", "communication.vues"]),
];

view! {
    /// A month's indicators.
    pub(super) struct BoardView {
        cadre: Frame,
        mois: String,
        /// The day of the figures while the month is in progress.
        en_cours: Option<String>,
        /// What the month says, in one sentence.
        constat: Phrase,
        /// The same month a year before, where the programme had begun.
        an_avant: Option<String>,
        depuis: String,
        rangs: Vec<CardRow>,
        /// Whether something is withheld.
        a_secret: bool,
    }

    /// Indicators that belong together.
    pub(super) struct CardRow {
        nom: &'static str,
        cartes: Vec<Card>,
    }

    /// One small multiple: the month's value, the same month a year before, the sum since the start, and the months between.
    pub(super) struct Card {
        nom: String,
        valeur: Printed,
        nature: &'static str,
        an_avant: Option<Printed>,
        cumul: Option<Printed>,
        graphique: Option<Box<Chart>>,
    }
}

pub(super) fn view(board: &Board) -> BoardView {
    let territory = board.scope.territory();
    let months = board.months();
    // Twelve months, and before them the same month a year ago.
    let months = &months[months.len().saturating_sub(13)..];
    let is_whole = board.progress().is_none();
    let months = if is_whole { months } else { &months[months.len().saturating_sub(12)..] };
    let before = months.first().copied().filter(|_| months.len() == 13);
    let name = board.name();
    let row = |(name, ids): &(&'static str, [&str; 4])| CardRow {
        nom: name,
        cartes: ids.iter().filter_map(|id| Indicator::of(id)).map(|it| card(board, it, months, before)).collect(),
    };
    let mut view = BoardView {
        a_secret: false,
        cadre: Frame::new(territory, format!("Indicateurs de pilotage, {name}")).found_by("indicateurs"),
        constat: finding(board, before),
        en_cours: (!is_whole).then(|| wording::date(board.day())),
        an_avant: before.map(|month| wording::month(month.first_day())),
        mois: name,
        depuis: wording::date(territory.since),
        rangs: SHOWN.iter().map(row).collect(),
    };
    view.a_secret = common::has_secrets(&view);
    view
}

/// What the month says, of what its readers may know: firms, and how many the same month a year before had; applications that
/// were granted.
fn finding(board: &Board, before: Option<Month>) -> Phrase {
    let figure = |id: &str, month: Month| {
        Indicator::of(id).map(|it| board.figure(it, month)).filter(|figure| !figure.is_secret())
    };
    let some = |id: &str| figure(id, board.month).filter(|figure| !figure.is_zero());
    let mut told = Vec::new();
    if let Some(met) = figure("entreprises.rencontrees", board.month) {
        let mut firms = phrase![met.counted("entreprise rencontrée", "entreprises rencontrées")];
        if let Some((month, before)) = before.and_then(|month| Some((month, figure("entreprises.rencontrees", month)?)))
        {
            let month = wording::month(month.first_day());
            if before.amount() == met.amount() {
                firms.extend(phrase![format!(", comme en {month}")]);
            } else {
                firms.extend(phrase![", contre ", before.count(), format!(" en {month}")]);
            }
        }
        told.push(firms);
    }
    if let Some(accompanied) = some("entreprises.accompagnees") {
        let noun = if told.is_empty() {
            ["entreprise accompagnée", "entreprises accompagnées"]
        } else {
            ["accompagnée", "accompagnées"]
        };
        told.push(phrase![accompanied.counted(noun[0], noun[1])]);
    }
    if let Some((granted, obtained)) = some("dossiers.laureats").zip(some("aides.obtenues")) {
        told.push(phrase![granted.counted("projet lauréat", "projets lauréats"), " pour ", obtained.compact_euros()]);
    }
    if told.is_empty() {
        told.push(phrase!["chiffres couverts par le secret statistique"]);
    }
    let days = match board.progress() {
        Some(passed) => wording::date_span(passed.start, passed.end),
        None => board.name(),
    };
    let mut sentence = phrase![format!("{}\u{a0}: ", wording::capitalized(&days))];
    for (index, part) in told.into_iter().enumerate() {
        sentence.extend(phrase![if index == 0 { "" } else { "\u{202f}; " }]);
        sentence.extend(part);
    }
    sentence.extend(phrase!["."]);
    sentence
}

fn card(board: &Board, indicator: &'static Indicator, months: &[Month], before: Option<Month>) -> Card {
    let now = board.figure(indicator, board.month);
    let row = |month: &Month| Row {
        short: wording::month_short(month.first_day()).to_owned(),
        is_aside: before == Some(*month),
        ..Row::new(wording::month(month.first_day()), board.figure(indicator, *month))
    };
    let rows: Vec<Row> = months.iter().map(row).collect();
    let name = wording::capitalized(indicator.label);
    let about = About { measured: format!("{name}, par mois"), ..About::default() };
    let finding = phrase![now.headline(), format!(" en {}", board.name())];
    let an_avant = rows.first().filter(|row| row.is_aside).map(|row: &Row| Figure::headline(&row.whole));
    Card {
        valeur: now.headline(),
        nature: match (indicator.course, board.progress()) {
            (Course::Stock, None) => "à la fin du mois",
            (Course::Stock, Some(_)) => "à ce jour",
            (_, None) => "dans le mois",
            (_, Some(_)) => "depuis le début du mois",
        },
        an_avant,
        cumul: (indicator.course == Course::Flow).then(|| board.since_start(indicator).headline()),
        graphique: charts::months(finding, rows, about),
        nom: name,
    }
}
