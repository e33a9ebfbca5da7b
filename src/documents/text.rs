//! The pages of a text in one of the families.

use chrono::NaiveDate;

use super::common::Frame;
use super::paper::{Paper, Properties};
use crate::content::{Block, Family, Run};
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

/// The same text for Word. A letter bears its day, which its page sets of its own.
#[must_use]
pub fn text_paper(
    territory: &Territory,
    family: Family,
    title: &str,
    subject: &str,
    day: NaiveDate,
    mut tree: Tree,
) -> Paper {
    if family == Family::Letter {
        let is_address =
            |block: &Block| matches!(block, Block::Part { name, .. } if name == "expediteur" || name == "destinataire");
        let place = tree.blocks.iter().rposition(is_address).map_or(0, |last| last + 1);
        let runs = vec![Run { text: format!("Le {}", wording::date(day)), ..Run::default() }];
        let blocks = vec![Block::Paragraph { runs }];
        tree.blocks.insert(place, Block::Part { name: "date".to_owned(), arguments: Vec::new(), blocks });
    }
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
