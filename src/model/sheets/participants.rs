//! Sheet Participants: who is invited to an event, and who came.

use crate::model::rows::{Ref, Sight, Text, YesNo, sheet};
use crate::model::{Event, Partner};

sheet! {
    /// Somebody invited to an event.
    Participant = "Participants", participant, participants, named by "Nom", seen by Sight { owner: Some(|row| row.partner()), ..Sight::INTERNAL },
    "Une personne invitée à un événement par ligne ; sans ligne, les représentants en fonction des partenaires.",
    { key: &[Self::EVENT, Self::NAME], optional: true, confidential: true }
    {
        /// The event.
        event EVENT: Ref<Event> = "Événement" { about: "Le code de l’événement.", example: "ATELIER-2021-01" };
        /// First and family name.
        name NAME: Text = "Nom" { about: "Prénom et nom.", example: "Camille Exemple" };
        /// Where they work.
        organisation ORGANISATION: Option<Text> = "Organisation" { example: "Ateliers de l’Exemple" };
        /// The partner that they come for.
        partner PARTNER: Option<Ref<Partner>> = "Partenaire" { example: "CCE" };
        /// Whether they came; nothing before the event.
        present PRESENT: Option<YesNo> = "Présent" { about: "Après l’événement.", example: "oui" };
    }
}
