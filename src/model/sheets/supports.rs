//! Sheet Accompagnements: what the programme did with firms.

use crate::model::Firm;
use crate::model::choice::choices;
use crate::model::rows::{Day, Flag, Hours, Ref, Sight, Text, Theme, sheet};

choices! {
    /// How far an exchange with a firm went.
    SupportLevel {
        /// A first contact.
        Contact = "Prise de contact",
        /// Awareness and information.
        Awareness = "Sensibilisation et information",
        /// Close support.
        Reinforced = "Accompagnement renforcé",
    }
}

impl SupportLevel {
    /// Whether the firm counts as accompanied.
    #[must_use]
    pub fn is_accompanied(self) -> bool {
        self != Self::Contact
    }
}

sheet! {
    /// One exchange with a firm.
    Support = "Accompagnements", accompagnement, accompagnements, named by "Entreprise",
    seen by Sight { owner: Some(|row| Some(row.firm().partner())), ..Sight::INTERNAL },
    "Un échange avec une entreprise par ligne.",
    { long: true, confidential: true }
    {
        /// The day.
        date DATE: Day = "Date" { example: "14/01/2021" };
        /// The firm.
        firm FIRM: Ref<Firm> = "Entreprise" { about: "La raison sociale, comme dans la feuille Entreprises.", example: "Ateliers de l’Exemple" };
        /// The firm's site, as the cell says it.
        site SITE: Option<Text> = "Site";
        /// How far it went.
        level LEVEL: SupportLevel = "Niveau" { about: "Une entreprise est « accompagnée » à partir du deuxième niveau.", example: "Prise de contact" };
        /// What about.
        theme THEME: Theme = "Thème" { example: "Industrie 4.0" };
        /// Whether the EPCI was there.
        epci_present EPCI_PRESENT: Flag = "EPCI présent" { example: "oui" };
        /// Hours spent, in hundredths.
        hours HOURS: Option<Hours> = "Heures" { example: "2,5" };
        /// What follows.
        follow_up FOLLOW_UP: Option<Text> = "Suite" { example: "Envoyer la fiche du dispositif" };
        /// When to call again.
        reminder REMINDER: Option<Day> = "Relance le" { example: "14/02/2021" };
    }
}
