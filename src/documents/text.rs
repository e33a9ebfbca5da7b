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

/// The same text for Word: what the page sets around it stands in parts of their own.
#[must_use]
pub fn text_paper(
    territory: &Territory,
    family: Family,
    title: &str,
    subject: &str,
    day: NaiveDate,
    mut tree: Tree,
) -> Paper {
    let frame = frame(territory, title, subject);
    let eyebrow = || part("surtitre", format!("{} {}", frame.programme, frame.territoire));
    let blocks = std::mem::take(&mut tree.blocks);
    tree.blocks = match family {
        Family::Letter => {
            let is = |block: &Block, wanted: &str| matches!(block, Block::Part { name, .. } if name == wanted);
            let (sender, rest): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| is(block, "expediteur"));
            let (address, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|block| is(block, "destinataire"));
            // The place of the window stays, whoever writes.
            let blank = (sender.is_empty() && !address.is_empty()).then(|| part("expediteur", "\u{a0}".to_owned()));
            let around = sender.into_iter().chain(blank).chain(address);
            around.chain([part("date", format!("Le {}", wording::date(day)))]).chain(rest).collect()
        }
        Family::List => std::iter::once(eyebrow()).chain(blocks).collect(),
        Family::Note => std::iter::once(eyebrow()).chain(blocks).chain([part("mention", wording::date(day))]).collect(),
        Family::Act | Family::Report => blocks,
    };
    Paper { tree, ..Paper::new(frame.into(), family, Vec::new()) }
}

/// A part of one line.
fn part(name: &str, text: String) -> Block {
    let runs = vec![Run { text, ..Run::default() }];
    Block::Part { name: name.to_owned(), arguments: Vec::new(), blocks: vec![Block::Paragraph { runs }] }
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
