//! The months of a convention as a strip: when each action of the plan runs, and when its committees meet, as far as anybody
//! may read of them.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use super::actions::running;
use crate::documents::Drawing;
use crate::documents::common::Frame;
use crate::model::{Action, At, Convention, Month};
use crate::views::view;
use crate::wording;

/// The most months that a strip holds legibly.
const MOST_MONTHS: usize = 60;

view! {
    /// The page of the strip alone, for a file that shows it as a picture.
    pub(super) struct MonthsPage {
        cadre: Frame,
        calendrier: Months,
    }

    /// The strip.
    pub(super) struct Months {
        mois: Vec<MonthHead>,
        actions: Vec<Band>,
        /// The months, from 0, in which a committee meets.
        comites: Vec<u32>,
        /// The days on which they meet.
        seances: String,
        /// What is told to who does not see it.
        alternative: String,
    }

    /// A month.
    pub(super) struct MonthHead {
        court: &'static str,
        /// The year, where the month is the first of its kind.
        annee: Option<String>,
    }

    /// An action: the first and the last of its months, from 0.
    pub(super) struct Band {
        nom: String,
        /// Its days within the strip.
        periode: String,
        debut: u32,
        fin: u32,
        /// Whether it began before, and whether it goes on.
        avant: bool,
        apres: bool,
    }
}

impl Months {
    /// The strip as a drawing of a text.
    pub(super) fn drawing(&self, frame: &Frame) -> Drawing {
        Drawing {
            name: "mois",
            template: "annexes/mois.typ",
            alternative: self.alternative.clone(),
            data: Arc::new(MonthsPage { cadre: frame.clone(), calendrier: self.clone() }),
        }
    }
}

/// The strip of a convention; nothing where no action runs in it, or where it is too long for one.
pub(super) fn months(convention: At<Convention>) -> Option<Months> {
    let (start, end) = (convention.start(), convention.end());
    let months: Vec<Month> = std::iter::successors(Some(Month::of(start)), |month| Some(month.next()))
        .take_while(|month| month.first_day() <= end)
        .take(MOST_MONTHS + 1)
        .collect();
    if months.len() > MOST_MONTHS {
        return None;
    }
    let place =
        |day: NaiveDate| months.iter().position(|month| *month == Month::of(day)).and_then(|it| u32::try_from(it).ok());
    let bounds =
        |action: At<Action>| (action.start().unwrap_or(start).max(start), action.end().unwrap_or(end).min(end));
    let band = |action: At<Action>| {
        let (first, last) = bounds(action);
        Some(Band {
            nom: wording::prose(action.title()),
            periode: wording::date_span(first, last),
            debut: place(first)?,
            fin: place(last)?,
            avant: action.start().is_some_and(|day| day < start),
            apres: action.end().is_some_and(|day| day > end),
        })
    };
    let actions: Vec<Band> = running(convention).filter_map(band).collect();
    let told: Vec<String> = actions.iter().map(|action| format!("{}, {}", action.nom, action.periode)).collect();
    let told = told.join("\u{202f}; ");
    let is_committee = |day: &NaiveDate| (start..=end).contains(day);
    let events = convention.scope().events().filter(|event| event.kind().is_committee() && !event.cancelled());
    let mut committees: Vec<NaiveDate> = events.map(|event| event.date()).filter(is_committee).collect();
    committees.sort_unstable();
    let met: Vec<String> = committees.iter().map(|day| wording::date(*day)).collect();
    let seances = wording::enumeration(&met);
    let met = if met.is_empty() { String::new() } else { format!(" Comités\u{a0}: {seances}.") };
    let head = |(index, month): (usize, &Month)| MonthHead {
        court: wording::month_short(month.first_day()),
        annee: (index == 0 || month.first_day().month() == 1).then(|| month.year.to_string()),
    };
    (!actions.is_empty()).then(|| Months {
        mois: months.iter().enumerate().map(head).collect(),
        actions,
        seances,
        comites: committees.into_iter().filter_map(place).collect(),
        alternative: format!("Calendrier des actions\u{a0}: {told}.{met}"),
    })
}
