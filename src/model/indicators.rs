//! Indicators: each is defined once, over the rows, with its cells. No document computes.
//!
//! Two populations are told apart everywhere: what the programme accompanied (the column « Accompagné » for an application, the
//! level for a firm), and all laureates of the plans in the territory.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Aid, Cents, Decision, Event, EventKind, Model, Month, Period, Support, SupportLevel};
use crate::figures::{Cells, Figure, Origin, Quantity};

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
    compute: fn(&Model, Window) -> (Quantity, Cells),
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
    fn holds(self, date: NaiveDate) -> bool {
        match self {
            Self::Within(period) => period.contains(date),
            Self::UpTo(day) => date <= day,
        }
    }

    /// Whether an activity's date counts: none is older than the programme.
    fn holds_activity(self, model: &Model, date: NaiveDate) -> bool {
        self.holds(date) && (matches!(self, Self::Within(_)) || model.territory.since <= date)
    }

    fn name(self) -> String {
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

    /// Its figure over some days.
    #[must_use]
    pub fn figure(&self, model: &Model, window: Window) -> Figure {
        let (value, cells) = (self.compute)(model, window);
        let scope = model.scope.as_ref().map_or_else(String::new, |partner| format!("[{partner}]"));
        Figure::new(format!("{}{scope}@{}", self.id, window.name()), self.label, value, cells)
    }
}

/// Every indicator, in the order in which tables show them.
pub static INDICATORS: &[Indicator] = &[
    Indicator {
        id: "entreprises.contacts",
        label: "prises de contact",
        definition: "Échanges de premier niveau avec une entreprise ; une entreprise rencontrée deux fois compte deux fois.",
        course: Course::Flow,
        compute: |model, window| {
            count(
                supports(model, window).filter(|support| support.level == SupportLevel::Contact),
                |support| &support.origin,
                "Niveau",
            )
        },
    },
    Indicator {
        id: "entreprises.rencontrees",
        label: "entreprises rencontrées",
        definition: "Entreprises (ou sites) différentes avec lesquelles il y a eu au moins un échange, quel que soit son niveau.",
        course: Course::Flow,
        compute: |model, window| distinct(supports(model, window)),
    },
    Indicator {
        id: "entreprises.accompagnees",
        label: "entreprises accompagnées",
        definition: "Entreprises (ou sites) différentes ayant reçu au moins une sensibilisation et information ou un accompagnement renforcé.",
        course: Course::Flow,
        compute: |model, window| distinct(supports(model, window).filter(|support| support.level.is_accompanied())),
    },
    Indicator {
        id: "entreprises.renforcees",
        label: "entreprises en accompagnement renforcé",
        definition: "Entreprises (ou sites) différentes ayant reçu au moins un accompagnement renforcé.",
        course: Course::Flow,
        compute: |model, window| {
            distinct(supports(model, window).filter(|support| support.level == SupportLevel::Reinforced))
        },
    },
    Indicator {
        id: "entreprises.heures",
        label: "heures passées avec les entreprises",
        definition: "Somme de la colonne Heures des accompagnements.",
        course: Course::Flow,
        compute: |model, window| {
            let rows = || supports(model, window).filter(|support| support.hours.is_some());
            let total = rows().filter_map(|support| support.hours).sum();
            (Quantity::Hundredths(total), Cells::under(rows().map(|support| &support.origin), "Heures"))
        },
    },
    Indicator {
        id: "dossiers.deposes",
        label: "dossiers déposés",
        definition: "Demandes d’aide déposées, accompagnées ou non, quelle qu’en soit la suite.",
        course: Course::Flow,
        compute: |model, window| count(filed(model, window), |aid| &aid.origin, "Déposé le"),
    },
    Indicator {
        id: "dossiers.laureats",
        label: "projets lauréats des plans de relance",
        definition: "Demandes d’aide retenues, accompagnées ou non, à la date de leur décision.",
        course: Course::Flow,
        compute: |model, window| count(decided(model, window, Decision::Granted), |aid| &aid.origin, "Décision"),
    },
    Indicator {
        id: "dossiers.refuses",
        label: "dossiers refusés",
        definition: "Demandes d’aide refusées, à la date de leur décision.",
        course: Course::Flow,
        compute: |model, window| count(decided(model, window, Decision::Refused), |aid| &aid.origin, "Décision"),
    },
    Indicator {
        id: "dossiers.instruction",
        label: "dossiers en cours d’instruction",
        definition: "Demandes d’aide déposées et non décidées à la date considérée.",
        course: Course::Stock,
        compute: |model, window| {
            count(model.aids.iter().filter(|aid| aid.pending_on(window.end())), |aid| &aid.origin, "Décision")
        },
    },
    Indicator {
        id: "dossiers.taux",
        label: "taux de succès",
        definition: "Lauréats rapportés aux lauréats et aux refusés ; les dossiers en cours et les abandons n’y entrent pas.",
        course: Course::Rate,
        compute: |model, window| {
            let (granted, of_granted) = count(decided(model, window, Decision::Granted), |aid| &aid.origin, "Décision");
            let (refused, of_refused) = count(decided(model, window, Decision::Refused), |aid| &aid.origin, "Décision");
            let (granted, refused) = (amount(granted), amount(refused));
            (Quantity::Share(granted, granted + refused), [of_granted, of_refused].into_iter().collect())
        },
    },
    Indicator {
        id: "aides.obtenues",
        label: "aides obtenues par les lauréats",
        definition: "Somme des aides obtenues par tous les lauréats du territoire, à la date de leur décision.",
        course: Course::Flow,
        compute: |model, window| sum(decided(model, window, Decision::Granted), |aid| aid.obtained, "Aide obtenue"),
    },
    Indicator {
        id: "aides.demandees",
        label: "aides demandées",
        definition: "Somme des aides demandées par les dossiers déposés.",
        course: Course::Flow,
        compute: |model, window| sum(filed(model, window), |aid| aid.requested, "Aide demandée"),
    },
    Indicator {
        id: "aides.investissement",
        label: "investissement des lauréats",
        definition: "Somme des investissements déclarés par les lauréats.",
        course: Course::Flow,
        compute: |model, window| sum(decided(model, window, Decision::Granted), |aid| aid.investment, "Investissement"),
    },
    Indicator {
        id: "emplois",
        label: "emplois créés ou maintenus",
        definition: "Emplois que les lauréats déclarent créer ou maintenir ; ce sont des engagements, non un constat.",
        course: Course::Flow,
        compute: |model, window| {
            let rows = || decided(model, window, Decision::Granted);
            let total = rows().map(|aid| aid.jobs_created.unwrap_or(0) + aid.jobs_kept.unwrap_or(0)).sum();
            let cells = |heading| Cells::under(rows().map(|aid| &aid.origin), heading);
            (Quantity::Count(total), [cells("Emplois créés"), cells("Emplois maintenus")].into_iter().collect())
        },
    },
    Indicator {
        id: "accompagnes.deposes",
        label: "dossiers accompagnés déposés",
        definition: "Demandes d’aide que le programme a accompagnées (colonne « Accompagné »).",
        course: Course::Flow,
        compute: |model, window| {
            count(filed(model, window).filter(|aid| aid.accompanied), |aid| &aid.origin, "Accompagné")
        },
    },
    Indicator {
        id: "accompagnes.obtenu",
        label: "aides obtenues par les dossiers accompagnés",
        definition: "Somme des aides obtenues par les dossiers que le programme a accompagnés.",
        course: Course::Flow,
        compute: |model, window| {
            sum(
                decided(model, window, Decision::Granted).filter(|aid| aid.accompanied),
                |aid| aid.obtained,
                "Aide obtenue",
            )
        },
    },
    Indicator {
        id: "accompagnes.instruction",
        label: "aides demandées par les dossiers accompagnés en cours d’instruction",
        definition: "Somme des aides demandées par les dossiers accompagnés, déposés et non décidés à la date considérée.",
        course: Course::Stock,
        compute: |model, window| {
            let pending = model.aids.iter().filter(move |aid| aid.accompanied && aid.pending_on(window.end()));
            sum(pending, |aid| aid.requested, "Aide demandée")
        },
    },
    Indicator {
        id: "evenements",
        label: "événements",
        definition: "Comités, ateliers, visites et autres rendez-vous tenus, sauf ceux qui ont été annulés.",
        course: Course::Flow,
        compute: |model, window| count(held(model, window), |event| &event.origin, "Date"),
    },
    Indicator {
        id: "evenements.participants",
        label: "participants aux événements",
        definition: "Somme de la colonne Participants des événements tenus.",
        course: Course::Flow,
        compute: |model, window| {
            let rows = || held(model, window).filter(|event| event.participants.is_some());
            (
                Quantity::Count(rows().filter_map(|event| event.participants).sum()),
                Cells::under(rows().map(|event| &event.origin), "Participants"),
            )
        },
    },
    Indicator {
        id: "lettres",
        label: "lettres d’information",
        definition: "Numéros de la lettre d’information envoyés (colonne « Envoyée le »).",
        course: Course::Flow,
        compute: |model, window| {
            let issued = model
                .letters
                .iter()
                .filter(|letter| letter.sent.is_some_and(|sent| window.holds_activity(model, sent)));
            count(issued, |letter| &letter.origin, "Envoyée le")
        },
    },
    Indicator {
        id: "communication.abonnes",
        label: "abonnés",
        definition: "Abonnés sur le réseau professionnel à la fin du dernier mois connu.",
        course: Course::Stock,
        compute: |model, window| {
            let known = model.communication.iter().filter(|row| row.month.period().end <= window.end());
            let last = known.max_by_key(|row| row.month);
            last.map_or((Quantity::Count(0), Cells::default()), |row| {
                (Quantity::Count(row.followers), row.origin.cell("Abonnés").into())
            })
        },
    },
    Indicator {
        id: "communication.publications",
        label: "publications",
        definition: "Publications sur le réseau professionnel, par mois entiers.",
        course: Course::Flow,
        compute: |model, window| communication(model, window, |row| row.posts, "Publications"),
    },
    Indicator {
        id: "communication.vues",
        label: "vues",
        definition: "Vues des publications, par mois entiers ; une vue n’est pas une lecture.",
        course: Course::Flow,
        compute: |model, window| communication(model, window, |row| row.views, "Vues"),
    },
];

fn amount(quantity: Quantity) -> i64 {
    match quantity {
        Quantity::Count(value) | Quantity::Cents(value) | Quantity::Hundredths(value) | Quantity::Share(value, _) => {
            value
        }
    }
}

fn count<'a, T: 'a>(rows: impl Iterator<Item = &'a T>, origin: fn(&T) -> &Origin, heading: &str) -> (Quantity, Cells) {
    let mut count = 0;
    let cells = Cells::under(rows.map(origin).inspect(|_| count += 1), heading);
    (Quantity::Count(count), cells)
}

fn sum<'a>(rows: impl Iterator<Item = &'a Aid>, of: fn(&Aid) -> Option<Cents>, heading: &str) -> (Quantity, Cells) {
    let mut total = Cents::ZERO;
    let known = rows.filter_map(|aid| Some((&aid.origin, of(aid)?)));
    let cells = Cells::under(known.inspect(|(_, cents)| total += *cents).map(|(origin, _)| origin), heading);
    (Quantity::Cents(total.0), cells)
}

/// Different firms, each with the cell of its first row.
fn distinct<'a>(rows: impl Iterator<Item = &'a Support>) -> (Quantity, Cells) {
    let mut seen: HashSet<(&str, Option<&str>)> = HashSet::new();
    count(rows.filter(|support| seen.insert(support.firm_key())), |support| &support.origin, "Niveau")
}

fn supports(model: &Model, window: Window) -> impl Iterator<Item = &Support> {
    model.supports.iter().filter(move |support| window.holds_activity(model, support.date))
}

fn filed(model: &Model, window: Window) -> impl Iterator<Item = &Aid> {
    model.aids.iter().filter(move |aid| window.holds(aid.filed))
}

fn decided(model: &Model, window: Window, decision: Decision) -> impl Iterator<Item = &Aid> {
    model.aids.iter().filter(move |aid| aid.decision == decision && aid.decided.is_some_and(|date| window.holds(date)))
}

/// Events that took place; a working meeting is one too.
fn held(model: &Model, window: Window) -> impl Iterator<Item = &Event> {
    model.events.iter().filter(move |event| {
        !event.cancelled && event.kind != EventKind::Other && window.holds_activity(model, event.date)
    })
}

/// Whole months: a month counts when its first and its last day do.
fn communication(
    model: &Model,
    window: Window,
    of: fn(&super::CommunicationMonth) -> i64,
    heading: &str,
) -> (Quantity, Cells) {
    let rows: Vec<_> = model
        .communication
        .iter()
        .filter(|row| window.holds_activity(model, row.month.first_day()) && row.month.period().end <= window.end())
        .collect();
    (Quantity::Count(rows.iter().map(|row| of(row)).sum()), Cells::under(rows.iter().map(|row| &row.origin), heading))
}

/// The months from the programme's start up to a day, in order.
#[must_use]
pub fn months(model: &Model, until: NaiveDate) -> Vec<Month> {
    std::iter::successors(Some(Month::of(model.territory.since)), |month| Some(month.next()))
        .take_while(|month| month.first_day() <= until)
        .collect()
}
