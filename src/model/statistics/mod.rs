//! Figures over all rows, for readers who may not know the rows: indicators and breakdowns. Figures go out, never rows.

mod breakdown;
mod classes;
mod disclosure;
mod indicators;

pub use self::breakdown::{AidClass, SupportClass, Trait};
pub(in crate::model) use self::classes::{OTHERS, is_other};
pub use self::disclosure::Disclosure;
pub use self::indicators::{Course, INDICATORS, Indicator, KEY_FIGURES, Window, months_since};

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::cells_under;
use crate::model::{Aid, At, Decision, Month, Partner, Readers, Scope, Support, SupportLevel};

/// The statistics of the territory, or of one council's own firms.
pub struct Statistics<'s> {
    /// All rows: what goes out of here are figures.
    scope: Scope<'s>,
    shared: &'s Disclosure,
    /// The council whose firms alone count, by its place in the sheet Partenaires.
    of: Option<u32>,
    /// Whether others than the operator read the figures, and what must stay secret is withheld.
    is_guarded: bool,
}

impl Scope<'_> {
    /// The statistics of the whole territory, as its readers may know them.
    #[must_use]
    pub fn statistics(&self) -> Statistics<'_> {
        let is_guarded = *self.readers() != Readers::Operator;
        Statistics { scope: self.whole(), shared: self.shared(), of: None, is_guarded }
    }

    /// The statistics of the readers' own firms; of the whole territory where they are no council.
    #[must_use]
    pub fn own_statistics(&self) -> Statistics<'_> {
        let of = match self.readers() {
            Readers::Partner(partner) => Some(*partner),
            Readers::Public | Readers::Partners | Readers::Operator => None,
        };
        let statistics = self.statistics();
        // Of its own firms a council knows everything.
        Statistics { of, is_guarded: statistics.is_guarded && of.is_none(), ..statistics }
    }
}

impl<'s> Statistics<'s> {
    /// An indicator over some days. Over the whole territory each is computed once a run.
    #[must_use]
    pub fn figure(&'s self, indicator: &Indicator, window: Window) -> Figure {
        self.told(match (self.of, window) {
            (None, Window::Within(_)) => self.shared.figure(&self.scope, indicator, window),
            _ => indicator.figure(self, window),
        })
    }

    /// A figure as its readers may know it: what must stay secret is withheld. What is not known to be harmless is secret.
    fn told(&self, figure: Figure) -> Figure {
        const ABOUT_FIRMS: [&str; 6] = ["entreprises.", "echanges.", "dossiers.", "aides.", "accompagnes.", "emplois@"];
        let is_harmless = !self.is_guarded
            || !ABOUT_FIRMS.iter().any(|about| figure.name().starts_with(about))
            || self.shared.secrecy(&self.scope).tells(figure.name());
        if is_harmless { figure } else { figure.withheld() }
    }

    /// Applications given up by a day.
    #[must_use]
    pub fn abandoned(&'s self, day: NaiveDate) -> Figure {
        let rows = self.aids().filter(move |aid| aid.decision_on(day) == Some(Decision::Abandoned));
        self.counted("dossiers.abandonnes", "dossiers abandonnés", day, rows)
    }

    /// Laureates by a day whose award was not announced.
    #[must_use]
    pub fn unannounced(&'s self, day: NaiveDate) -> Figure {
        let rows = self.laureates(day).filter(|aid| !aid.public());
        self.counted("dossiers.non-annonces", "lauréats dont l’aide n’a pas été annoncée", day, rows)
    }

    /// Laureates by a day of one scheme, or of all others.
    #[must_use]
    pub fn laureates_of_scheme(&'s self, scheme: &str, others: bool, day: NaiveDate) -> Figure {
        let is_wanted = |aid: &At<Aid>| crate::wording::same_words(aid.scheme(), scheme) != others;
        let rows = self.laureates(day).filter(is_wanted);
        let (value, _) = indicators::count(rows.clone(), Aid::SCHEME);
        let cells = cells_under(rows, Aid::SCHEME);
        let (name, label) = if others {
            ("dossiers.autres_laureats", "lauréats d’autres appels".to_owned())
        } else {
            ("dossiers.fonds_laureats", format!("lauréats du dispositif « {scheme} »"))
        };
        self.named(name, label, day, value, cells)
    }

    /// The years in which applications were filed or decided, up to a day.
    #[must_use]
    pub fn application_years(&'s self, day: NaiveDate) -> BTreeSet<i32> {
        let days = self.aids().flat_map(|aid| [Some(aid.filed()), aid.decided()]).flatten();
        days.filter(|date| *date <= day).map(|date| date.year()).collect()
    }

    /// Exchanges of a level in a month.
    #[must_use]
    pub fn exchanges(&'s self, month: Month, level: SupportLevel) -> Figure {
        let period = month.period();
        let rows = self.supports().filter(|support| support.level() == level && period.contains(support.date()));
        let (value, cells) = indicators::count(rows, Support::LEVEL);
        let label = format!("échanges, {}", crate::model::Choice::label(level));
        self.told(Figure::new(format!("echanges.{}{}@{month}", level as usize, self.suffix()), label, value, cells))
    }

    fn counted(&self, name: &str, label: &str, day: NaiveDate, rows: impl Iterator<Item = At<'s, Aid>>) -> Figure {
        let (value, cells) = indicators::count(rows, Aid::DECISION);
        self.named(name, label.to_owned(), day, value, cells)
    }

    fn named(&self, name: &str, label: String, day: NaiveDate, value: Quantity, cells: Cells) -> Figure {
        self.told(Figure::new(format!("{name}{}@..{day}", self.suffix()), label, value, cells))
    }

    fn laureates(&'s self, day: NaiveDate) -> impl Iterator<Item = At<'s, Aid>> + Clone {
        self.aids().filter(move |aid| aid.decision_on(day) == Some(Decision::Granted))
    }

    /// What figures of one council's firms have in their names.
    fn suffix(&self) -> String {
        let partner = self.of.and_then(|index| self.scope.partners().nth(usize::try_from(index).unwrap_or(usize::MAX)));
        partner.map_or_else(String::new, |partner| format!("[{}]", partner.code()))
    }

    fn since(&self) -> NaiveDate {
        self.scope.territory().since
    }

    fn supports(&'s self) -> impl Iterator<Item = At<'s, Support>> + Clone {
        self.scope.supports().filter(|support| self.is_of(|| support.firm().partner()))
    }

    fn aids(&'s self) -> impl Iterator<Item = At<'s, Aid>> + Clone {
        self.scope.aids().filter(|aid| self.is_of(|| aid.firm().partner()))
    }

    /// Whether a firm of a partner counts.
    fn is_of(&self, partner: impl FnOnce() -> At<'s, Partner>) -> bool {
        self.of.is_none_or(|of| partner().index() == of)
    }
}
