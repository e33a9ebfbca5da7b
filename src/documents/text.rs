//! The pages of a text in one of the families.

use chrono::NaiveDate;

use super::common::Frame;
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
    let about = format!("{}, programme {} {}", wording::capitalized(subject), territory.programme, territory.name);
    TextPages {
        cadre: Frame::new(territory, title).about(about),
        famille: family,
        date: wording::date(day),
        contenu: tree,
    }
}
