//! The page of a month's indicators, as data for its template.

use super::Board;
use crate::documents::common::{self, Frame};
use crate::figures::{Figure, Length, Printed};
use crate::model::{Course, Indicator, Month};
use crate::views::view;
use crate::wording;

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

view! {
    /// A month's indicators.
    pub(super) struct BoardView {
        cadre: Frame,
        mois: String,
        /// The first month of the lines.
        premier: String,
        depuis: String,
        cartes: Vec<Card>,
        /// Whether something is withheld.
        a_secret: bool,
    }

    /// One small multiple: the month's value, the month before, the sum since the start, and the line of twelve months.
    pub(super) struct Card {
        nom: String,
        valeur: Printed,
        nature: &'static str,
        precedent: Option<Printed>,
        cumul: Option<Printed>,
        points: Vec<Length>,
        maximum: Printed,
        alternative: String,
    }
}

pub(super) fn view(board: &Board) -> BoardView {
    let territory = board.scope.territory();
    let months = board.year();
    let name = board.name();
    let indicators = SHOWN.iter().filter_map(|id| Indicator::of(id));
    let mut view = BoardView {
        a_secret: false,
        cadre: Frame::new(territory, format!("Indicateurs de pilotage, {name}")).found_by("indicateurs"),
        premier: months.first().map_or_else(|| name.clone(), |month| wording::month(month.first_day())),
        mois: name,
        depuis: wording::date(territory.since),
        cartes: indicators.map(|indicator| card(board, indicator, &months)).collect(),
    };
    view.a_secret = common::has_secrets(&view);
    view
}

fn card(board: &Board, indicator: &Indicator, months: &[Month]) -> Card {
    let now = board.figure(indicator, board.month);
    let course: Vec<(Month, Figure)> = months.iter().map(|month| (*month, board.figure(indicator, *month))).collect();
    let largest = course.iter().map(|(_, figure)| figure).max_by_key(|figure| figure.amount()).unwrap_or(&now);
    let told = |(month, figure): &(Month, Figure)| {
        format!("{} {}", wording::month(month.first_day()), figure.headline().text())
    };
    let told = course.iter().map(told).collect::<Vec<_>>().join(", ");
    let name = wording::capitalized(indicator.label);
    Card {
        valeur: now.headline(),
        nature: if indicator.course == Course::Stock { "à la fin du mois" } else { "dans le mois" },
        precedent: course.iter().rev().nth(1).map(|(_, before)| before.headline()),
        cumul: (indicator.course == Course::Flow).then(|| board.since_start(indicator).headline()),
        points: course.iter().map(|(_, figure)| figure.length(largest.amount())).collect(),
        maximum: largest.headline(),
        alternative: format!("{name}, par mois\u{a0}: {told}."),
        nom: name,
    }
}
