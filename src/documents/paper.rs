//! A text for Word before it is made: what it says, how it looks, what it is compared with.

use std::sync::Arc;

use super::recipe::Words;
use crate::content::Family;
use crate::views::{Data, Tree};

/// A text for Word. Parts of its text called `entete` and `pied` are the head and the foot of its pages.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The properties of the file.
    pub properties: Properties,
    /// How it looks.
    pub family: Family,
    /// Whether the first page has no head: it says the same itself.
    pub opens_bare: bool,
    /// What stands before the numbers of headings of level 2, where these are numbered.
    pub numbered: Option<&'static str>,
    /// A text that is there already: what stands before the others.
    pub tree: Tree,
    /// Its texts, one after the other.
    pub texts: Vec<Words>,
    /// The texts of an earlier version; what changed is tracked.
    pub before: Vec<Words>,
    /// Whether what its readers change is tracked too.
    pub tracked: bool,
    /// Whether paragraphs stand half as far apart, and a hand has half the room: a letter that ends on its sheet.
    pub is_close: bool,
    /// What is drawn in it.
    pub drawings: Vec<Drawing>,
}

/// A drawing of ours in a text: a page of its own size. It stands in the part `dessin` that is told its name, behind the
/// paragraph that says what it shows and before the table of what it is drawn from.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// Its name.
    pub name: &'static str,
    /// The template of its page.
    pub template: &'static str,
    /// Its data.
    pub data: Arc<dyn Data>,
    /// What is told to who does not see it.
    pub alternative: String,
}

/// The properties of a file.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Who wrote it; the tracked changes are in this name.
    pub author: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// The brand colour, `#rrggbb`.
    pub colour: String,
}

impl Paper {
    /// A text of one version, with a head on every page.
    #[must_use]
    pub fn new(properties: Properties, family: Family, texts: Vec<Words>) -> Self {
        Self {
            properties,
            family,
            opens_bare: false,
            numbered: None,
            tree: Tree::default(),
            texts,
            before: Vec::new(),
            tracked: false,
            is_close: false,
            drawings: Vec::new(),
        }
    }
}
