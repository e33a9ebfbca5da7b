//! Sheet Agenda: committees, workshops, visits, past and to come.

use chrono::NaiveDate;

use crate::model::Partner;
use crate::model::choice::choices;
use crate::model::rows::{At, Code, Day, Flag, Hour, Integer, Ref, Sight, Text, Url, YesNo, sheet};

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

impl EventKind {
    /// Whether it is one of the programme's committees.
    #[must_use]
    pub fn is_committee(self) -> bool {
        matches!(self, Self::Steering | Self::Technical)
    }
}

/// Who may read of an event: anybody of one that letters announce, the partners of all.
const SIGHT: Sight<Event> = Sight { public: ("ceux de la lettre", |row| row.in_letter()), ..Sight::PARTNERS };

sheet! {
    /// An event of the agenda.
    Event = "Agenda", agenda, evenements, named by "Code", seen by SIGHT,
    "Un événement par ligne, passé ou à venir : comités, ateliers, visites.",
    { key: &[Self::CODE] }
    {
        /// Its code, unique where there is one.
        code CODE: Option<Code> = "Code" { about: "Nomme l’événement pour les feuilles Participants et Ordres du jour.", example: "ATELIER-2021-01" };
        /// The first day.
        date DATE: Day = "Date" { example: "20/01/2021" };
        /// The hour; none means all day.
        time TIME: Option<Hour> = "Heure" { about: "Vide : toute la journée.", example: "09:00" };
        /// The last day, when there are several.
        end_date END_DATE: Option<Day> = "Date de fin" { about: "Pour un événement de plusieurs jours." };
        /// The hour of its end.
        end_time END_TIME: Option<Hour> = "Heure de fin" { example: "12:00" };
        /// What it is called.
        title TITLE: Text = "Intitulé" { example: "Récupérer la chaleur fatale" };
        /// What it is.
        kind KIND: EventKind = "Type" { example: "Atelier" };
        /// Where.
        place PLACE: Option<Text> = "Lieu" { example: "Exempleville" };
        /// The partner that hosts it.
        partner PARTNER: Option<Ref<Partner>> = "Partenaire" { about: "Le partenaire qui accueille.", example: "CCE" };
        /// How many came.
        participants PARTICIPANTS: Option<Integer<0, 100_000>> = "Participants" { about: "Après l’événement.", example: "24" };
        /// Whether letters announce it.
        in_letter IN_LETTER: YesNo = "Dans la lettre" { about: "Annoncé dans l’agenda des lettres.", example: "oui" };
        /// Whether it was cancelled.
        cancelled CANCELLED: Flag = "Annulé" { example: "non" };
        /// Where to register.
        registration REGISTRATION: Option<Url> = "Inscription" { example: "https://example.org/inscription" };
        /// When its participants were invited.
        convened CONVENED: Option<Day> = "Convoqué le" { about: "Le jour où la convocation est partie : elle ne change plus." };
        /// Where to read more.
        link LINK: Option<Url> = "Lien" { example: "https://example.org/atelier" };
    }
}

impl At<'_, Event> {
    /// The last day: its own first day when there is only one.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.end_date().unwrap_or(self.date())
    }
}
