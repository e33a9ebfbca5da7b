//! Sheet Présences: the rolls of sittings.

use crate::model::choice::choices;
use crate::model::rows::{At, Name, Ref, Refs, Sight, Text, sheet};
use crate::model::{Deliberation, Sitting};

choices! {
    /// How a member took part.
    AttendanceStatus {
        /// Absent.
        Absent = "Absent" | "Absente",
        /// Present.
        Present = "Présent" | "Présente",
        /// A substitute, present in place of a member.
        Substitute = "Suppléant présent",
        /// The same, of a woman.
        FeminineSubstitute = "Suppléante présente",
        /// Absent, and voting through another.
        Proxy = "Procuration",
        /// Absent with an excuse.
        Excused = "Excusé" | "Excusée",
    }
}

sheet! {
    /// A line of a roll.
    Attendance = "Présences", presence, presences, named by "Nom", seen by Sight { owner: Some(|row| Some(row.sitting().partner())), ..Sight::PUBLIC },
    "L’appel : un membre de l’assemblée par ligne et par séance.",
    { key: &[Self::SITTING, Self::LAST_NAME, Self::FIRST_NAME], long: true }
    {
        /// The sitting.
        sitting SITTING: Ref<Sitting> = "Séance" { example: "CCE-2021-01-20" };
        /// Family name.
        last_name LAST_NAME: Text = "Nom" { example: "EXEMPLE", person: true };
        /// First name.
        first_name FIRST_NAME: Text = "Prénom" { example: "Camille", person: true };
        /// How they took part.
        status STATUS: AttendanceStatus = "Statut" { example: "Présent" };
        /// Who votes for them.
        holder HOLDER: Option<Name<Attendance>> = "Mandataire" {
            about: "Pour une procuration : NOM Prénom de qui vote, comme à l’appel.",
            person: true
        };
        /// The deliberations for which they were not there: came late or left.
        absent_for ABSENT_FOR: Refs<Deliberation> = "Absent pour" { about: "Les codes des délibérations, séparés par ; : arrivé après, ou parti avant." };
    }
}

impl At<'_, Attendance> {
    /// « NOM Prénom », as the roll names people.
    #[must_use]
    pub fn full_name(self) -> String {
        format!("{} {}", self.last_name(), self.first_name())
    }
}
