//! The activity report of a half-year: one for all partners, one for each EPCI with its own firms, and the data behind the
//! charts.

mod charts;
mod parts;
mod sheets;
mod view;
mod words;

pub(super) use self::sheets::number;

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Draft, Kind, Part, Recipe};
use crate::diagnostics::Diagnostic;
use crate::figures::Figure;
use crate::model::{
    At, Desk, HalfYear, INDICATORS, Indicator, Month, Partner, Readers, Scope, Statistics, SupportLevel, Window,
    months_since,
};
use crate::wording;

/// The activity report.
pub(super) const KIND: Kind = Kind {
    name: "report",
    french: "bilan",
    label: "bilan d’activité d’un semestre",
    none: "aucun semestre n’a encore de données",
    known,
    draft,
};

/// The indicators that are the programme's, not one council's.
const COMMON: [&str; 6] = [
    "evenements",
    "evenements.participants",
    "lettres",
    "communication.abonnes",
    "communication.publications",
    "communication.vues",
];

/// Half-years that hold data, in order.
fn known(scope: &Scope) -> Vec<String> {
    let mut halves: Vec<HalfYear> = scope.activity_days().into_iter().map(HalfYear::of).collect();
    halves.sort_unstable();
    halves.dedup();
    halves.iter().map(ToString::to_string).collect()
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Partners);
    let known = known(&scope);
    let half: HalfYear = match id.parse() {
        Ok(half) if known.iter().any(|known| known == id) => half,
        _ => return Err(vec![super::unknown(&KIND, id, &known)]),
    };
    let statistics = scope.statistics();
    let report = Report { scope: &scope, statistics: &statistics, half, council: None };
    let mut parts = vec![
        Part::new("bilan.pdf", pages(&report, "report/bilan.typ")),
        Part::new("bilan-presentation.pdf", pages(&report, "report/presentation.typ")),
    ];
    for council in councils(&scope, half) {
        let readers = Readers::Partner(council.index());
        let own = desk.scope(readers.clone());
        let statistics = own.own_statistics();
        let report = Report { scope: &own, statistics: &statistics, half, council: Some(council) };
        let name = format!("bilan-{}.pdf", wording::file_name(council.code()));
        parts.push(Part::new(name, pages(&report, "report/bilan.typ")).for_readers(readers));
    }
    parts.push(Part::new("bilan.xlsx", Recipe::Workbook(Box::new(sheets::workbook(&report)))));
    Ok(Draft {
        title: format!("bilan d’activité, {}", half.label()),
        date: half.period().end,
        parts,
        ..Draft::new(KIND.name, id, Readers::Partners)
    })
}

fn pages(report: &Report, template: &'static str) -> Recipe {
    Recipe::Pdf {
        template,
        data: Arc::new(view::view(report)),
        texts: vec![words::words(report)],
        comparisons: Vec::new(),
    }
}

/// The EPCI that were partners on a day of the half-year.
fn councils<'s>(scope: &'s Scope, half: HalfYear) -> Vec<At<'s, Partner>> {
    let period = half.period();
    let joined = |partner: &At<Partner>| {
        partner.kind().is_epci()
            && partner.since().is_none_or(|since| since <= period.end)
            && partner.until().is_none_or(|until| period.start <= until)
    };
    scope.partners().filter(joined).collect()
}

/// What a report is about: rows as its readers may know them, a half-year, and the council when it is one's own report.
struct Report<'r> {
    scope: &'r Scope<'r>,
    statistics: &'r Statistics<'r>,
    half: HalfYear,
    council: Option<At<'r, Partner>>,
}

impl<'r> Report<'r> {
    /// The half-year's days.
    fn window(&self) -> Window {
        Window::Within(self.half.period())
    }

    fn end(&self) -> NaiveDate {
        self.half.period().end
    }

    /// The day on which the figures stand: the half-year's last, or the day of the sheets while it is in progress.
    fn situation(&self) -> NaiveDate {
        self.scope.passed(self.half.period()).unwrap_or(self.half.period()).end
    }

    /// The days that have passed, while the half-year is in progress: it is then compared with no whole one.
    fn progress(&self) -> Option<String> {
        self.scope.passed(self.half.period()).map(|passed| wording::date_span(passed.start, passed.end))
    }

    /// The half-year before, when the programme had begun.
    fn previous(&self) -> Option<HalfYear> {
        Some(self.half.previous()).filter(|before| self.scope.territory().since <= before.period().end)
    }

    /// The half-year that this one is compared with: the one before, once this one is over.
    fn before(&self) -> Option<HalfYear> {
        self.previous().filter(|_| self.progress().is_none())
    }

    /// The indicators of this report: an own report leaves out what is not a council's.
    fn indicators(&self) -> impl Iterator<Item = &'static Indicator> + use<'_> {
        INDICATORS.iter().filter(|indicator| self.has(indicator.id))
    }

    /// Whether the report has an indicator.
    fn has(&self, id: &str) -> bool {
        self.council.is_none() || !COMMON.contains(&id)
    }

    /// An indicator over some days.
    fn figure(&self, id: &str, window: Window) -> Option<Figure> {
        Some(self.statistics.figure(Indicator::of(id)?, window))
    }

    /// An indicator in the half-year.
    fn now(&self, id: &str) -> Option<Figure> {
        self.figure(id, self.window())
    }

    /// An indicator in the half-year before, in this one and since the start.
    fn course(&self, indicator: &Indicator) -> (Option<Figure>, Figure, Figure) {
        let of = |window| self.statistics.figure(indicator, window);
        let before = self.before().map(|before| of(Window::Within(before.period())));
        (before, of(self.window()), of(Window::UpTo(self.end())))
    }

    /// The months of the course that charts show: twelve, up to the half-year's end, none before the programme began.
    fn months(&self) -> Vec<Month> {
        let months = months_since(self.scope, self.situation());
        months[months.len().saturating_sub(12)..].to_vec()
    }

    /// Exchanges of a level in a month.
    fn exchanges(&self, month: Month, level: SupportLevel) -> Figure {
        self.statistics.exchanges(month, level)
    }
}
