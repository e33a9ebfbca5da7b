//! Sheet Contacts: the people on the mailing list.

use chrono::{Months, NaiveDate};

use crate::model::Partner;
use crate::model::choice::choices;
use crate::model::rows::{At, Day, Email, Ref, Sight, Text, YesNo, sheet};

choices! {
    /// The group that a contact belongs to.
    College {
        /// Others.
        Other = "Autre",
        /// From industry.
        Industry = "Industriel" | "Industrielle",
        /// Elected.
        Elected = "Élu" | "Élue",
        /// Economic development staff.
        Development = "Développement économique",
        /// State services.
        State = "État",
    }
}

sheet! {
    /// Somebody who may receive the letter.
    Contact = "Contacts", contact, contacts, named by "Courriel", seen by Sight::INTERNAL,
    "Une personne par ligne : industriels, élus, agents de développement.",
    { long: true, confidential: true }
    {
        /// First name.
        first_name FIRST_NAME: Text = "Prénom" { example: "Camille" };
        /// Family name.
        last_name LAST_NAME: Text = "Nom" { example: "Exemple" };
        /// Where they work.
        organisation ORGANISATION: Text = "Organisation" { example: "Ateliers de l’Exemple" };
        /// What they do there.
        position POSITION: Option<Text> = "Fonction" { example: "Directrice de site" };
        /// Their address.
        email EMAIL: Email = "Courriel" { about: "Une adresse par personne.", example: "camille@example.org" };
        /// The partner that they belong to.
        partner PARTNER: Option<Ref<Partner>> = "Partenaire" { example: "CCE" };
        /// Their group.
        college COLLEGE: College = "Collège" { example: "Industriel" };
        /// Whether they are on the list.
        receives_letter LETTER: YesNo = "Lettre" { about: "Reçoit la lettre d’information.", example: "oui" };
        /// The day on which they objected.
        objection OBJECTION: Option<Day> = "Opposition" {
            about: "Le jour où la personne a demandé à ne plus rien recevoir ; elle n’est plus destinataire, quoi que dise « Lettre »."
        };
        /// Where the address comes from.
        source SOURCE: Text = "Source" { about: "D’où vient l’adresse (RGPD, article 14).", example: "Atelier du 12 mai" };
        /// When they were told that they are on the list.
        informed INFORMED: Option<Day> = "Informé le" { example: "12/05/2022" };
        /// The last exchange.
        last_exchange LAST_EXCHANGE: Option<Day> = "Dernier échange" { example: "12/05/2022" };
    }
}

impl At<'_, Contact> {
    /// Whether a letter of a day goes to them: listed, no objection whatever its date, and not kept for too long.
    #[must_use]
    pub fn is_recipient(self, day: NaiveDate) -> bool {
        self.receives_letter() && self.objection().is_none() && !self.is_past_retention(day)
    }

    /// Whether the last exchange, or else what they were told, is longer ago than the notice of the letter says that they are
    /// kept (RGPD, article 5, paragraph 1, e).
    #[must_use]
    pub fn is_past_retention(self, day: NaiveDate) -> bool {
        let kept = Months::new(self.scope().territory().retention_months);
        let last = self.last_exchange().or_else(|| self.informed());
        last.and_then(|last| last.checked_add_months(kept)).is_some_and(|end| end < day)
    }
}
