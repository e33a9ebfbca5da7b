//! The letters of the calendar and their articles.

use chrono::NaiveDate;

use super::choice::choices;
use crate::figures::Origin;

choices! {
    /// The rubrics that articles are written for; calls and agenda come from their own sheets.
    Rubric {
        /// National news.
        National = "Actualité nationale",
        /// Local news.
        Local = "Actualités locales",
        /// Neighbouring territories.
        Neighbours = "Territoires voisins",
        /// One scheme explained.
        Toolbox = "Boîte à outils",
    }
}

/// A letter of the calendar.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its number, unique.
    pub number: u32,
    /// The day it comes out.
    pub issued: NaiveDate,
    /// The message's subject.
    pub subject: Option<String>,
    /// The editorial, in Markdown.
    pub editorial: Option<String>,
    /// Who signs it.
    pub signatory: Option<String>,
    /// The day it was sent: it is frozen from then on.
    pub sent: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

/// An article of a letter.
#[derive(Debug, Clone)]
pub struct Article {
    /// The letter's number.
    pub letter: u32,
    /// The rubric.
    pub rubric: Rubric,
    /// Its place in the rubric; articles without one come last, in the order of the sheet.
    pub order: Option<i64>,
    /// Whether it leads the letter.
    pub lead: bool,
    /// The title.
    pub title: String,
    /// The standfirst.
    pub standfirst: Option<String>,
    /// The text, in Markdown.
    pub text: String,
    /// Where the news comes from.
    pub source: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// A picture's path below the inputs.
    pub image: Option<String>,
    /// What the picture shows.
    pub alternative: Option<String>,
    /// Who made the picture.
    pub credit: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}
