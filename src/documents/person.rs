//! The page that a person is handed: what is kept of him, from where, for how long, and what he may ask.

use super::text::text_pages;
use super::{Draft, Part, Recipe};
use crate::model::{Readers, Scope, Territory};
use crate::views::{Data, Tree, view};
use crate::wording;

view! {
    /// What the text of the page may name.
    struct PersonWords {
        personne: String,
        territoire: String,
        programme: String,
        mentions: String,
        contact: String,
        mois: String,
        cellules: Vec<HeldCell>,
        listes: Vec<String>,
        documents: Vec<String>,
    }

    /// A cell that tells something of the person.
    struct HeldCell {
        feuille: String,
        cellule: String,
        intitule: String,
        valeur: Option<String>,
    }
}

/// What is kept of a person, in the words of the page.
pub struct PersonData {
    /// The person's name.
    pub name: String,
    /// The cells that tell something of the person: sheet, cell, heading, and what it says where that is the person's alone.
    pub cells: Vec<(String, String, String, Option<String>)>,
    /// The lists of recipients.
    pub lists: Vec<String>,
    /// The documents.
    pub documents: Vec<String>,
}

impl PersonData {
    /// What the text of the page is given.
    #[must_use]
    pub fn words(self, territory: &Territory) -> impl Data + use<> + 'static {
        let cell = |(feuille, cellule, intitule, valeur)| HeldCell { feuille, cellule, intitule, valeur };
        PersonWords {
            personne: self.name,
            territoire: territory.name.clone(),
            programme: territory.programme.clone(),
            mentions: wording::prose(&territory.letter.legal_notice),
            contact: territory.letter.unsubscribe.trim_start_matches("mailto:").to_owned(),
            mois: territory.retention_months.to_string(),
            cellules: self.cells.into_iter().map(cell).collect(),
            listes: self.lists,
            documents: self.documents,
        }
    }
}

/// The draft of the page over a text.
#[must_use]
pub fn person_draft(scope: &Scope, name: &str, text: Tree) -> Draft {
    let territory = scope.territory();
    let last = || scope.activity_days().into_iter().max();
    let day = territory.as_of.or_else(last).unwrap_or(territory.since);
    let title = format!("Données conservées sur {name}");
    let pages = text_pages(territory, "note", &title, "données d’une personne", day, text);
    Draft {
        title,
        date: day,
        parts: vec![Part::new("personne.pdf", Recipe::pages("familles/note.typ", pages))],
        ..Draft::new("personne", "personne", Readers::Operator)
    }
}
