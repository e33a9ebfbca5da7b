//! Indicators: each is defined once, over the rows, with its cells. No document computes.
//!
//! Two populations are told apart everywhere: what the programme accompanied (the column « Accompagné » for an application, the
//! level for a firm), and all laureates of the plans in the territory.

use chrono::NaiveDate;

use super::Statistics;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::cells_under;
use crate::model::{
    Aid, At, Cents, CommunicationMonth, Decision, Event, Letter, Month, Period, Record, Scope, Support, SupportLevel,
};
use crate::records::Column;

/// Over which days an indicator is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// In a period: what happened in it, and what stood at its end.
    Within(Period),
    /// Since the start of the programme, up to a day.
    UpTo(NaiveDate),
}

/// How an indicator relates to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// It counts what happens: two periods can be added.
    Flow,
    /// It is what stands at a date: two dates cannot be added.
    Stock,
    /// It is a share, with both of its numbers.
    Rate,
}

/// An indicator.
pub struct Indicator {
    /// Its stable name.
    pub id: &'static str,
    /// What it is, in the plural, as tables name it.
    pub label: &'static str,
    /// What exactly is counted.
    pub definition: &'static str,
    /// How it relates to time.
    pub course: Course,
    compute: for<'s> fn(&'s Statistics<'s>, Window) -> (Quantity, Cells),
}

impl Window {
    /// The last day.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        match self {
            Self::Within(period) => period.end,
            Self::UpTo(day) => day,
        }
    }

    /// Whether an application's date counts: the sheet Aides holds those that were filed before the programme began.
    pub(in crate::model) fn holds(self, date: NaiveDate) -> bool {
        match self {
            Self::Within(period) => period.contains(date),
            Self::UpTo(day) => date <= day,
        }
    }

    /// Whether an activity's date counts: none is older than the programme.
    fn holds_activity(self, statistics: &Statistics, date: NaiveDate) -> bool {
        self.holds(date) && (matches!(self, Self::Within(_)) || statistics.since() <= date)
    }

    /// The days, as names of figures have them.
    pub(in crate::model) fn name(self) -> String {
        match self {
            Self::Within(period) => format!("{}..{}", period.start, period.end),
            Self::UpTo(day) => format!("..{day}"),
        }
    }
}

impl Indicator {
    /// The indicator with this name.
    #[must_use]
    pub fn of(id: &str) -> Option<&'static Self> {
        INDICATORS.iter().find(|indicator| indicator.id == id)
    }

    /// What it is, as it stands beside its figure: « 1 entreprise rencontrée ».
    #[must_use]
    pub fn label_of(&self, figure: &Figure) -> String {
        match figure.value() {
            Quantity::Count(-1..=1) if !figure.is_secret() => crate::wording::singular(self.label),
            _ => self.label.to_owned(),
        }
    }

    /// Its figure over some days.
    pub(super) fn figure<'s>(&self, statistics: &'s Statistics<'s>, window: Window) -> Figure {
        let (value, cells) = (self.compute)(statistics, window);
        Figure::new(format!("{}{}@{}", self.id, statistics.suffix(), window.name()), self.label, value, cells)
    }
}

/// The indicators that letters print, up to their day: projects, aid and investment, firms that were accompanied.
pub const KEY_FIGURES: [&str; 4] =
    ["dossiers.laureats", "aides.obtenues", "aides.investissement", "entreprises.accompagnees"];

/// Every indicator, in the order in which tables show them.
pub static INDICATORS: &[Indicator] = &[
    Indicator {
        id: "entreprises.contacts",
        label: "prises de contact",
        definition: "Échanges de premier niveau avec une entreprise ; une entreprise rencontrée deux fois compte deux fois.",
        course: Course::Flow,
        compute: |statistics, window| {
            count(
                supports(statistics, window).filter(|support| support.level() == SupportLevel::Contact),
                Support::LEVEL,
            )
        },
    },
    Indicator {
        id: "entreprises.rencontrees",
        label: "entreprises rencontrées",
        definition: "Entreprises (ou sites) différentes avec lesquelles il y a eu au moins un échange, quel que soit son niveau.",
        course: Course::Flow,
        compute: |statistics, window| distinct(supports(statistics, window)),
    },
    Indicator {
        id: "entreprises.accompagnees",
        label: "entreprises accompagnées",
        definition: "Entreprises (ou sites) différentes ayant reçu au moins une sensibilisation et information ou un accompagnement renforcé.",
        course: Course::Flow,
        compute: |statistics, window| {
            distinct(supports(statistics, window).filter(|support| support.level().is_accompanied()))
        },
    },
    Indicator {
        id: "entreprises.renforcees",
        label: "entreprises en accompagnement renforcé",
        definition: "Entreprises (ou sites) différentes ayant reçu au moins un accompagnement renforcé.",
        course: Course::Flow,
        compute: |statistics, window| {
            distinct(supports(statistics, window).filter(|support| support.level() == SupportLevel::Reinforced))
        },
    },
    Indicator {
        id: "entreprises.heures",
        label: "heures passées avec les entreprises",
        definition: "Somme de la colonne Heures des accompagnements.",
        course: Course::Flow,
        compute: |statistics, window| {
            let rows = || supports(statistics, window).filter(|support| support.hours().is_some());
            let total = rows().filter_map(|support| support.hours()).sum();
            (Quantity::Hundredths(total), cells_under(rows(), Support::HOURS))
        },
    },
    Indicator {
        id: "dossiers.deposes",
        label: "dossiers déposés",
        definition: "Demandes d’aide déposées, accompagnées ou non, quelle qu’en soit la suite.",
        course: Course::Flow,
        compute: |statistics, window| count(filed(statistics, window), Aid::FILED),
    },
    Indicator {
        id: "dossiers.laureats",
        label: "projets lauréats",
        definition: "Demandes d’aide retenues, accompagnées ou non, à la date de leur décision.",
        course: Course::Flow,
        compute: |statistics, window| count(decided(statistics, window, Decision::Granted), Aid::DECISION),
    },
    Indicator {
        id: "dossiers.refuses",
        label: "dossiers refusés",
        definition: "Demandes d’aide refusées, à la date de leur décision.",
        course: Course::Flow,
        compute: |statistics, window| count(decided(statistics, window, Decision::Refused), Aid::DECISION),
    },
    Indicator {
        id: "dossiers.instruction",
        label: "dossiers en cours d’instruction",
        definition: "Demandes d’aide déposées et non décidées à la date considérée.",
        course: Course::Stock,
        compute: |statistics, window| count(pending(statistics, window), Aid::DECISION),
    },
    Indicator {
        id: "dossiers.taux",
        label: "taux de succès",
        definition: "Lauréats rapportés aux lauréats et aux refusés ; les dossiers en cours et les abandons n’y entrent pas.",
        course: Course::Rate,
        compute: |statistics, window| {
            let (granted, of_granted) = count(decided(statistics, window, Decision::Granted), Aid::DECISION);
            let (refused, of_refused) = count(decided(statistics, window, Decision::Refused), Aid::DECISION);
            let (granted, refused) = (granted.amount(), refused.amount());
            (Quantity::Share(granted, granted + refused), [of_granted, of_refused].into_iter().collect())
        },
    },
    Indicator {
        id: "aides.obtenues",
        label: "aides obtenues par les lauréats",
        definition: "Somme des aides obtenues par tous les lauréats du territoire, à la date de leur décision.",
        course: Course::Flow,
        compute: |statistics, window| {
            sum(decided(statistics, window, Decision::Granted), At::<Aid>::obtained, Aid::OBTAINED)
        },
    },
    Indicator {
        id: "aides.demandees",
        label: "aides demandées",
        definition: "Somme des aides demandées par les dossiers déposés.",
        course: Course::Flow,
        compute: |statistics, window| sum(filed(statistics, window), At::<Aid>::requested, Aid::REQUESTED),
    },
    Indicator {
        id: "aides.investissement",
        label: "investissement des lauréats",
        definition: "Somme des investissements déclarés par les lauréats.",
        course: Course::Flow,
        compute: |statistics, window| {
            sum(decided(statistics, window, Decision::Granted), At::<Aid>::investment, Aid::INVESTMENT)
        },
    },
    Indicator {
        id: "emplois",
        label: "emplois créés ou maintenus",
        definition: "Emplois que les lauréats déclarent créer ou maintenir ; ce sont des engagements, non un constat.",
        course: Course::Flow,
        compute: |statistics, window| jobs(&decided(statistics, window, Decision::Granted).collect::<Vec<_>>()),
    },
    Indicator {
        id: "accompagnes.deposes",
        label: "dossiers accompagnés déposés",
        definition: "Demandes d’aide que le programme a accompagnées (colonne « Accompagné »).",
        course: Course::Flow,
        compute: |statistics, window| {
            count(filed(statistics, window).filter(|aid| aid.accompanied()), Aid::ACCOMPANIED)
        },
    },
    Indicator {
        id: "accompagnes.obtenu",
        label: "aides obtenues par les dossiers accompagnés",
        definition: "Somme des aides obtenues par les dossiers que le programme a accompagnés.",
        course: Course::Flow,
        compute: |statistics, window| {
            sum(
                decided(statistics, window, Decision::Granted).filter(|aid| aid.accompanied()),
                At::<Aid>::obtained,
                Aid::OBTAINED,
            )
        },
    },
    Indicator {
        id: "accompagnes.instruction",
        label: "aides demandées par les dossiers accompagnés en cours d’instruction",
        definition: "Somme des aides demandées par les dossiers accompagnés, déposés et non décidés à la date considérée.",
        course: Course::Stock,
        compute: |statistics, window| {
            sum(pending(statistics, window).filter(|aid| aid.accompanied()), At::<Aid>::requested, Aid::REQUESTED)
        },
    },
    Indicator {
        id: "evenements",
        label: "événements",
        definition: "Comités, ateliers, visites et autres rendez-vous tenus au jour des feuilles, sauf ceux qui ont été annulés.",
        course: Course::Flow,
        compute: |statistics, window| count(held(statistics, window), Event::DATE),
    },
    Indicator {
        id: "evenements.participants",
        label: "participants aux événements",
        definition: "Somme de la colonne Participants des événements tenus.",
        course: Course::Flow,
        compute: |statistics, window| {
            let rows = || held(statistics, window).filter(|event| event.participants().is_some());
            let total = rows().filter_map(At::<Event>::participants).sum();
            (Quantity::Count(total), cells_under(rows(), Event::PARTICIPANTS))
        },
    },
    Indicator {
        id: "lettres",
        label: "lettres d’information",
        definition: "Numéros de la lettre d’information envoyés (colonne « Envoyée le »), à leur date de parution, depuis le premier.",
        course: Course::Flow,
        compute: |statistics, window| {
            // Letters are counted since the first one, whatever the settings say of the rest.
            let is_sent = |letter: &At<Letter>| letter.sent().is_some() && window.holds(letter.issued());
            count(statistics.scope.letters().filter(is_sent), Letter::ISSUED)
        },
    },
    Indicator {
        id: "communication.abonnes",
        label: "abonnés",
        definition: "Abonnés sur le réseau professionnel à la fin du dernier mois connu.",
        course: Course::Stock,
        compute: |statistics, window| {
            let known = statistics.scope.communication().filter(|row| row.month().period().end <= window.end());
            let last = known.max_by_key(|row| row.month());
            last.map_or((Quantity::Count(0), Cells::default()), |row| {
                (Quantity::Count(row.followers()), row.cell(CommunicationMonth::FOLLOWERS).into())
            })
        },
    },
    Indicator {
        id: "communication.publications",
        label: "publications",
        definition: "Publications sur le réseau professionnel, par mois entiers.",
        course: Course::Flow,
        compute: |statistics, window| {
            communication(statistics, window, At::<CommunicationMonth>::posts, CommunicationMonth::POSTS)
        },
    },
    Indicator {
        id: "communication.vues",
        label: "vues",
        definition: "Vues des publications, par mois entiers ; une vue n’est pas une lecture.",
        course: Course::Flow,
        compute: |statistics, window| {
            communication(statistics, window, At::<CommunicationMonth>::views, CommunicationMonth::VIEWS)
        },
    },
];

pub(super) fn count<'s, T: Record>(rows: impl Iterator<Item = At<'s, T>>, column: &Column) -> (Quantity, Cells) {
    let mut count = 0;
    let cells = cells_under(rows.inspect(|_| count += 1), column);
    (Quantity::Count(count), cells)
}

pub(super) fn sum<'s>(
    rows: impl Iterator<Item = At<'s, Aid>>,
    of: fn(At<'s, Aid>) -> Option<Cents>,
    column: &Column,
) -> (Quantity, Cells) {
    let mut total = Cents::ZERO;
    let known = rows.filter_map(|aid| Some((aid, of(aid)?)));
    let cells = cells_under(known.inspect(|(_, cents)| total += *cents).map(|(aid, _)| aid), column);
    (Quantity::Cents(total.0), cells)
}

/// Jobs created or kept, with the cells of both.
pub(super) fn jobs(rows: &[At<Aid>]) -> (Quantity, Cells) {
    let cells = |column| cells_under(rows.iter().copied(), column);
    let total = rows.iter().copied().map(At::<Aid>::jobs).sum();
    (Quantity::Count(total), [cells(Aid::JOBS_CREATED), cells(Aid::JOBS_KEPT)].into_iter().collect())
}

/// Different firms, each with the cell of its first row.
fn distinct<'s>(rows: impl Iterator<Item = At<'s, Support>>) -> (Quantity, Cells) {
    let mut seen = std::collections::HashSet::new();
    count(rows.filter(|support| seen.insert(support.firm())), Support::LEVEL)
}

fn supports<'s>(statistics: &'s Statistics<'s>, window: Window) -> impl Iterator<Item = At<'s, Support>> {
    statistics.supports().filter(move |support| window.holds_activity(statistics, support.date()))
}

fn filed<'s>(statistics: &'s Statistics<'s>, window: Window) -> impl Iterator<Item = At<'s, Aid>> {
    statistics.aids().filter(move |aid| window.holds(aid.filed()))
}

pub(super) fn decided<'s>(
    statistics: &'s Statistics<'s>,
    window: Window,
    decision: Decision,
) -> impl Iterator<Item = At<'s, Aid>> {
    let is_decided =
        move |aid: &At<Aid>| aid.decision() == decision && aid.decided().is_some_and(|date| window.holds(date));
    statistics.aids().filter(is_decided)
}

/// Applications that were filed and still undecided at the window's end.
fn pending<'s>(statistics: &'s Statistics<'s>, window: Window) -> impl Iterator<Item = At<'s, Aid>> {
    statistics.aids().filter(move |aid| aid.decision_on(window.end()) == Some(Decision::Pending))
}

/// Events that took place by the day of the sheets, of whatever type: what lies ahead of it is planned.
fn held<'s>(statistics: &'s Statistics<'s>, window: Window) -> impl Iterator<Item = At<'s, Event>> {
    let day = statistics.scope.situation();
    statistics.scope.events().filter(move |event| {
        !event.cancelled() && event.date() <= day && window.holds_activity(statistics, event.date())
    })
}

/// Whole months: a month counts when its first and its last day do.
fn communication<'s>(
    statistics: &'s Statistics<'s>,
    window: Window,
    of: fn(At<'s, CommunicationMonth>) -> i64,
    column: &Column,
) -> (Quantity, Cells) {
    let is_whole = |row: &At<CommunicationMonth>| {
        window.holds_activity(statistics, row.month().first_day()) && row.month().period().end <= window.end()
    };
    let rows: Vec<_> = statistics.scope.communication().filter(is_whole).collect();
    (Quantity::Count(rows.iter().map(|row| of(*row)).sum()), cells_under(rows, column))
}

/// The months from the programme's start up to a day, in order.
#[must_use]
pub fn months_since(scope: &Scope, until: NaiveDate) -> Vec<Month> {
    std::iter::successors(Some(Month::of(scope.territory().since)), |month| Some(month.next()))
        .take_while(|month| month.first_day() <= until)
        .collect()
}
