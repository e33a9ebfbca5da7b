//! Sheet Séances: the sittings of assemblies.

use crate::model::rows::{Code, Day, Flag, Hour, Integer, Name, Ref, Sight, Text, sheet};
use crate::model::{Attendance, Partner};

sheet! {
    /// A sitting of an assembly.
    Sitting = "Séances", seance, seances, named by "Code", seen by Sight { owner: Some(|row| Some(row.partner())), ..Sight::PUBLIC },
    "Une séance d’assemblée par ligne.",
    { key: &[Self::CODE] }
    {
        /// Its code, unique.
        code CODE: Code = "Code" { example: "CCE-2021-01-20" };
        /// The partner whose assembly sits.
        partner PARTNER: Ref<Partner> = "Partenaire" { example: "CCE" };
        /// The day.
        date DATE: Day = "Date" { example: "20/01/2021" };
        /// The hour.
        time TIME: Hour = "Heure" { example: "18:00" };
        /// Where.
        place PLACE: Text = "Lieu" { about: "Comme dans l’acte, après « réuni ».", example: "salle des fêtes d’Exempleville" };
        /// When the convocation was sent.
        convened CONVENED: Day = "Convocation" { about: "Le jour de l’envoi.", example: "13/01/2021" };
        /// Members in office.
        members MEMBERS: Integer<1, 1_000> = "Membres en exercice" { example: "31" };
        /// Who chairs.
        chair CHAIR: Name<Attendance> = "Président de séance" { about: "Prénom et nom.", example: "Camille EXEMPLE", person: true };
        /// In what capacity.
        chair_title CHAIR_TITLE: Option<Text> = "Qualité du président" { example: "Présidente" };
        /// Who takes the minutes.
        secretary SECRETARY: Option<Name<Attendance>> = "Secrétaire" { about: "Prénom et nom.", example: "Dominique EXEMPLE", person: true };
        /// Whether it was convened in an emergency.
        urgent URGENT: Flag = "Urgence" { about: "Convocation en urgence : un jour franc au lieu de cinq.", example: "non" };
        /// Whether it is a second convocation, which needs no quorum.
        second_convocation SECOND_CONVOCATION: Flag = "Seconde convocation" { about: "Aucun quorum n’est alors exigé.", example: "non" };
        /// The day of the sitting that had no quorum.
        first_sitting FIRST_SITTING: Option<Day> = "Première séance" { about: "Pour une seconde convocation : le jour de la séance qui n’avait pas le quorum." };
    }
}
