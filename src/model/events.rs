//! Events of the agenda, calls for projects, and what was said on the networks.

use chrono::{NaiveDate, NaiveTime};

use super::Month;
use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// What an event is.
    EventKind {
        /// Steering committee.
        Steering = "COPIL",
        /// Technical committee.
        Technical = "COTECH",
        /// Working meeting.
        Meeting = "Réunion technique",
        /// Workshop.
        Workshop = "Atelier",
        /// Fair.
        Fair = "Salon",
        /// Office hours.
        OfficeHours = "Permanence",
        /// Visit.
        Visit = "Visite",
        /// Online seminar.
        Webinar = "Webinaire",
        /// Anything else.
        Other = "Autre",
    }
}

/// An event of the agenda.
#[derive(Debug, Clone)]
pub struct Event {
    /// The first day.
    pub date: NaiveDate,
    /// The hour; none means all day.
    pub time: Option<NaiveTime>,
    /// The last day, when there are several.
    pub end_date: Option<NaiveDate>,
    /// The hour of its end.
    pub end_time: Option<NaiveTime>,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub kind: EventKind,
    /// Where.
    pub place: Option<String>,
    /// The partner that hosts it.
    pub partner: Option<String>,
    /// How many came.
    pub participants: Option<i64>,
    /// Whether letters announce it.
    pub in_letter: bool,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// Where to register.
    pub registration: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

impl Event {
    /// The last day: its own first day when there is only one.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        self.end_date.unwrap_or(self.date)
    }
}

choices! {
    /// What kind of call it is.
    CallNature {
        /// Appel à projets.
        Projects = "AAP",
        /// Appel à manifestation d'intérêt.
        Interest = "AMI",
        /// A counter that is always open.
        Counter = "Guichet",
    }
}

/// A call for projects.
#[derive(Debug, Clone)]
pub struct Call {
    /// What it is called.
    pub title: String,
    /// Who runs it.
    pub operator: String,
    /// What kind of call.
    pub nature: Option<CallNature>,
    /// The scheme that pays.
    pub scheme: Option<String>,
    /// What about.
    pub theme: String,
    /// The first day.
    pub opening: Option<NaiveDate>,
    /// The last day; none means that applications come as they come.
    pub closing: Option<NaiveDate>,
    /// Days on which waiting applications are collected.
    pub collections: Vec<NaiveDate>,
    /// When its dates were last verified.
    pub verified: Option<NaiveDate>,
    /// Where to read more.
    pub link: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

impl Call {
    /// Whether it takes applications on a day: opened, and not closed before.
    #[must_use]
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.opening.is_none_or(|opening| opening <= day) && self.closing.is_none_or(|closing| day <= closing)
    }

    /// The next day that matters to an applicant: the next collection, else the closing.
    #[must_use]
    pub fn next_deadline(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.collections.iter().copied().filter(|collection| *collection >= day).chain(self.closing).min()
    }
}

/// One month on the networks.
#[derive(Debug, Clone)]
pub struct CommunicationMonth {
    /// The month.
    pub month: Month,
    /// Followers at its end: a stock.
    pub followers: i64,
    /// Posts in the month: a flow.
    pub posts: i64,
    /// Views in the month: a flow.
    pub views: i64,
    /// Where it was read.
    pub origin: Origin,
}
