//! Sheet Appels à projets: the calls that letters announce.

use chrono::NaiveDate;

use crate::model::choice::choices;
use crate::model::rows::{At, Day, Days, Sight, Text, Theme, Url, sheet};

choices! {
    /// What kind of call it is.
    CallNature {
        /// Appel à projets.
        Projects = "AAP" | "Appel à projets" | "Appel à projet",
        /// Appel à manifestation d'intérêt.
        Interest = "AMI" | "Appel à manifestation d'intérêt",
        /// A counter that is always open.
        Counter = "Guichet",
    }
}

sheet! {
    /// A call for projects.
    Call = "Appels à projets", appel, appels, named by "Intitulé", seen by Sight::PUBLIC,
    "Un appel par ligne ; les lettres reprennent ceux qui sont ouverts à leur date.",
    {}
    {
        /// What it is called.
        title TITLE: Text = "Intitulé" { example: "Chaleur renouvelable pour les ateliers" };
        /// Who runs it.
        operator OPERATOR: Text = "Opérateur" { about: "Qui instruit l’appel.", example: "Agence de l’Exemple" };
        /// What kind of call.
        nature NATURE: Option<CallNature> = "Nature" { example: "AAP" };
        /// The scheme that pays.
        scheme SCHEME: Option<Text> = "Dispositif" { example: "Fonds de l’Exemple" };
        /// What about.
        theme THEME: Theme = "Thème" { example: "Bas carbone" };
        /// The first day.
        opening OPENING: Option<Day> = "Ouverture" { example: "01/01/2021" };
        /// The last day; none means that applications come as they come.
        closing CLOSING: Option<Day> = "Clôture" {
            about: "Vide : au fil de l’eau.",
            example: "31/03/2021",
            nothing: &["au fil de l'eau", "en continu", "permanent", "toute l'année", "pas de date limite"]
        };
        /// Days on which waiting applications are collected.
        collections COLLECTIONS: Days = "Relèves" {
            about: "Les jours où les dossiers en attente sont relevés, séparés par ;",
            example: "15/02/2021"
        };
        /// When its dates were last verified.
        verified VERIFIED: Option<Day> = "Vérifié le" { example: "10/01/2021" };
        /// Where to read more.
        link LINK: Option<Url> = "Lien" { example: "https://example.org/appel" };
    }
}

impl At<'_, Call> {
    /// Whether it takes applications on a day: opened, and not closed before.
    #[must_use]
    pub fn is_open(self, day: NaiveDate) -> bool {
        self.opening().is_none_or(|opening| opening <= day) && self.closing().is_none_or(|closing| day <= closing)
    }
}
