//! The pages of a text in one of the families.

use chrono::NaiveDate;

use super::common::Frame;
use super::paper::{Paper, Properties};
use crate::content::Family;
use crate::model::Territory;
use crate::views::{Data, Tree, view};
use crate::wording;

view! {
    /// A text, with what every page knows.
    struct TextPages {
        cadre: Frame,
        famille: &'static str,
        date: String,
        contenu: Tree,
    }
}

/// What the page of a family is given: a text with its title, what it is about, its day.
#[must_use]
pub fn text_pages(
    territory: &Territory,
    family: &'static str,
    title: &str,
    subject: &str,
    day: NaiveDate,
    tree: Tree,
) -> impl Data + use<> + 'static {
    TextPages { cadre: frame(territory, title, subject), famille: family, date: wording::date(day), contenu: tree }
}

fn frame(territory: &Territory, title: &str, subject: &str) -> Frame {
    let about = format!("{}, programme {} {}", wording::capitalized(subject), territory.programme, territory.name);
    Frame::new(territory, title).about(about)
}

/// The same text for Word.
#[must_use]
pub fn text_paper(territory: &Territory, family: Family, title: &str, subject: &str, tree: Tree) -> Paper {
    Paper { tree, ..Paper::new(frame(territory, title, subject).into(), family, Vec::new()) }
}

impl From<Frame> for Properties {
    fn from(frame: Frame) -> Self {
        Self {
            title: frame.titre,
            subject: frame.sujet,
            author: frame.auteur,
            keywords: frame.mots_cles,
            colour: frame.couleur,
        }
    }
}
