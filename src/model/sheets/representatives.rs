//! Sheet Représentants: who speaks for a partner, and when.

use chrono::NaiveDate;

use crate::model::Partner;
use crate::model::choice::choices;
use crate::model::rows::{At, Day, Image, Ref, Sight, Text, sheet};
use crate::wording::{capitalized, titled};

choices! {
    /// How a person is addressed.
    Civility {
        /// Mr.
        Monsieur = "M." | "M" | "Monsieur",
        /// Mrs.
        Madame = "Mme" | "Madame" | "Mme.",
    }
}

choices! {
    /// What a representative does for the programme.
    Role {
        /// Signs for the partner.
        Signatory = "Signataire",
        /// The elected half of the pair that leads a territory.
        ElectedLead = "Binôme élu" | "Binôme élue",
        /// The industrial half of that pair.
        IndustrialLead = "Binôme industriel" | "Binôme industrielle",
    }
}

sheet! {
    /// Somebody who speaks for a partner, for a time.
    Representative = "Représentants", representant, representants, named by "Nom", seen by Sight { owner: Some(|row| Some(row.partner())), ..Sight::PUBLIC },
    "Qui parle pour un partenaire, et de quand à quand : une ligne par mandat.",
    {}
    {
        /// The partner.
        partner PARTNER: Ref<Partner> = "Partenaire" { example: "CCE" };
        /// Mr or Mrs.
        civility CIVILITY: Civility = "Civilité" { example: "Mme" };
        /// First name.
        first_name FIRST_NAME: Text = "Prénom" { example: "Camille", person: true };
        /// Family name.
        last_name LAST_NAME: Text = "Nom" { example: "EXEMPLE", person: true };
        /// « Président », « Vice-présidente ».
        title TITLE: Text = "Qualité" { about: "Le titre qui suit le nom dans les actes.", example: "Présidente" };
        /// What they do; nothing is [`Role::Signatory`].
        stated_role ROLE: Option<Role> = "Rôle" { about: "Signataire si la cellule est vide.", example: "Signataire" };
        /// A portrait's path below the inputs.
        portrait PORTRAIT: Option<Image> = "Portrait" { about: "Un fichier du dossier images/ : PNG ou JPEG.", person: true };
        /// First day in office.
        since SINCE: Day = "Depuis" { about: "Premier jour en fonction.", example: "15/07/2020" };
        /// Last day in office.
        until UNTIL: Option<Day> = "Jusqu'au" { about: "Dernier jour en fonction." };
    }
}

impl At<'_, Representative> {
    /// What they do for the programme.
    #[must_use]
    pub fn role(self) -> Role {
        self.stated_role().unwrap_or(Role::Signatory)
    }

    /// Whether it is a woman: what is said of her agrees.
    #[must_use]
    pub fn is_woman(self) -> bool {
        self.civility() == Civility::Madame
    }

    /// Their title with its article, as they sign: « le Président », « la Maire ».
    #[must_use]
    pub fn title_with_article(self) -> String {
        titled(&capitalized(self.title()), Some(self.is_woman()))
    }

    /// How a letter addresses them: « Madame la Présidente ».
    #[must_use]
    pub fn form_of_address(self) -> String {
        let civility = if self.is_woman() { "Madame" } else { "Monsieur" };
        let title = self.title_with_article();
        let title = title.split(',').next().unwrap_or_default().trim_end();
        if title.is_empty() { civility.to_owned() } else { format!("{civility} {title}") }
    }

    /// Whether they are in office on a day.
    #[must_use]
    pub fn in_office(self, day: NaiveDate) -> bool {
        self.since() <= day && self.until().is_none_or(|until| day <= until)
    }
}
