//! Sheet Ordres du jour: the points of an event, and what was decided.

use crate::model::Event;
use crate::model::rows::{Code, Day, Integer, Ref, Sight, Text, sheet};

sheet! {
    /// A point of an event's agenda.
    AgendaItem = "Ordres du jour", ordre_du_jour, ordres_du_jour, named by "Point", seen by Sight::PARTNERS,
    "Un point par ligne, de l’ordre du jour à la décision et à ce qu’elle est devenue.",
    { key: &[Self::EVENT, Self::POINT], optional: true }
    {
        /// The event.
        event EVENT: Ref<Event> = "Événement" { about: "Le code de l’événement.", example: "ATELIER-2021-01" };
        /// Its number.
        point POINT: Code = "Point" { about: "Le numéro du point.", example: "1" };
        /// What it is about.
        title TITLE: Option<Text> = "Intitulé" { example: "Bilan du semestre" };
        /// Who reports.
        rapporteur RAPPORTEUR: Option<Text> = "Rapporteur" { example: "Camille Exemple", person: true };
        /// How long it takes.
        duration DURATION: Option<Integer<1, 1_440>> = "Durée" { about: "En minutes.", example: "20" };
        /// What was decided.
        decision DECISION: Option<Text> = "Décision" { example: "Le bilan est approuvé." };
        /// Who does it.
        owner OWNER: Option<Text> = "Responsable" { example: "CCE", person: true };
        /// Until when.
        due DUE: Option<Day> = "Échéance" { example: "31/03/2021" };
        /// When it was done.
        done DONE: Option<Day> = "Fait le" { example: "20/03/2021" };
    }
}
