//! The monthly indicators: one page of small multiples, and the workbook of every month since the start.

mod sheets;
mod view;

use chrono::NaiveDate;

use super::{Draft, Kind, Part, Recipe};
use crate::diagnostics::Diagnostic;
use crate::figures::Figure;
use crate::model::{Desk, Indicator, Month, Period, Readers, Scope, Statistics, Window, months_since};
use crate::wording;

/// The monthly indicators.
pub(super) const KIND: Kind = Kind {
    name: "indicators",
    french: "indicateurs",
    label: "indicateurs de pilotage d’un mois",
    none: "aucun mois n’a encore de données",
    known,
    draft,
};

/// Months that hold data, in order.
fn known(scope: &Scope) -> Vec<String> {
    let mut months: Vec<Month> = scope.activity_days().into_iter().map(Month::of).collect();
    months.sort_unstable();
    months.dedup();
    months.iter().map(ToString::to_string).collect()
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Partners);
    let known = known(&scope);
    let month: Month = match id.parse() {
        Ok(month) if known.iter().any(|known| known == id) => month,
        _ => return Err(vec![super::unknown(&KIND, id, &known)]),
    };
    let statistics = scope.statistics();
    let board = Board { scope: &scope, statistics: &statistics, month };
    Ok(Draft {
        title: format!("indicateurs, {}", wording::month(month.first_day())),
        date: board.day(),
        parts: vec![
            Part::new("indicateurs.pdf", Recipe::pages("indicators/indicateurs.typ", view::view(&board))),
            Part::new("indicateurs.xlsx", Recipe::Workbook(Box::new(sheets::workbook(&board)))),
        ],
        ..Draft::new(KIND.name, id, Readers::Partners)
    })
}

/// What the indicators of a month are made from.
struct Board<'b> {
    scope: &'b Scope<'b>,
    statistics: &'b Statistics<'b>,
    month: Month,
}

impl Board<'_> {
    fn name(&self) -> String {
        wording::month(self.month.first_day())
    }

    /// The days that have passed, while the month is in progress: it is then compared with no whole one.
    fn progress(&self) -> Option<Period> {
        self.scope.passed(self.month.period())
    }

    /// The day on which the figures stand: the month's last, or that of the sheets while it is in progress.
    fn day(&self) -> NaiveDate {
        self.progress().unwrap_or(self.month.period()).end
    }

    fn figure(&self, indicator: &Indicator, month: Month) -> Figure {
        self.statistics.figure(indicator, Window::Within(month.period()))
    }

    fn since_start(&self, indicator: &Indicator) -> Figure {
        self.statistics.figure(indicator, Window::UpTo(self.month.period().end))
    }

    /// Every month up to this one, none before the programme began.
    fn months(&self) -> Vec<Month> {
        months_since(self.scope, self.month.period().end)
    }

    /// The last twelve of them.
    fn year(&self) -> Vec<Month> {
        let months = self.months();
        months[months.len().saturating_sub(12)..].to_vec()
    }
}
