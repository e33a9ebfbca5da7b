//! A document before it is made: what it says, from what, and in which order.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::figures::{Figure, Ledger};
use crate::model::Event;
use crate::worksheets::Workbook;

/// Who may read a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Audience {
    /// Anybody: only what is public may stand in it.
    Public,
    /// All partners of the programme: no firm is named unless its aid is public.
    Partners,
    /// One partner, by its code: its own firms may be named.
    Partner(String),
    /// The operator's own use.
    Operator,
}

/// A document to make.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its kind's name.
    pub kind: &'static str,
    /// Its name among its kind; the folder below `out/<kind>/`.
    pub id: String,
    /// What to call it in messages.
    pub title: String,
    /// The date that its files carry.
    pub date: NaiveDate,
    /// Who may read it.
    pub audience: Audience,
    /// The day from which its files no longer change.
    pub frozen: Option<NaiveDate>,
    /// Every figure that it prints.
    pub ledger: Ledger,
    /// Its files, in the order in which they are made.
    pub parts: Vec<Part>,
}

/// One file of a document.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file's name below the document's folder.
    pub name: String,
    /// How it is made.
    pub recipe: Recipe,
    /// The day from which this file no longer changes, where it has one of its own.
    pub frozen: Option<NaiveDate>,
}

impl Part {
    /// A part.
    #[must_use]
    pub fn new(name: impl Into<String>, recipe: Recipe) -> Self {
        Self { name: name.into(), recipe, frozen: None }
    }

    /// The same, frozen since a day.
    #[must_use]
    pub fn frozen(self, since: Option<NaiveDate>) -> Self {
        Self { frozen: since, ..self }
    }
}

/// How a file is made.
#[derive(Debug, Clone)]
pub enum Recipe {
    /// Pages, by a Typst template. An object `{"$markdown": text}` anywhere in the data arrives as blocks.
    Pdf {
        /// The template.
        template: &'static str,
        /// Its data.
        data: Value,
        /// The texts that it sets: each arrives in the data as blocks, under `textes` and its key.
        texts: Vec<Words>,
    },
    /// Text or HTML, by a minijinja template over the same kind of data.
    Text {
        /// The template.
        template: &'static str,
        /// Its data.
        data: Value,
        /// The most bytes that the file may have.
        limit: Option<usize>,
    },
    /// A picture as a mail program can show it.
    Picture {
        /// The picture's path below the inputs.
        source: String,
        /// Its width in pixels.
        width: u32,
    },
    /// An e-mail message over earlier parts.
    Message(Box<MessageRecipe>),
    /// A calendar file.
    Calendar {
        /// The calendar's name.
        name: String,
        /// Its events.
        events: Vec<CalendarEvent>,
    },
    /// A workbook that a person can work on.
    Workbook(Box<Workbook>),
    /// A table for other programs.
    Csv {
        /// The headings.
        headings: &'static [&'static str],
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

/// A text in Markdown, with the data of its placeholders.
#[derive(Debug, Clone)]
pub struct Words {
    /// The key under which the page finds its blocks.
    pub key: &'static str,
    /// The template.
    pub template: String,
    /// The data.
    pub data: Value,
    /// The figures among the data, by their path: `budget.total`.
    pub figures: Vec<(String, Figure)>,
}

/// An e-mail message: its headers, and which earlier parts it is made of.
#[derive(Debug, Clone)]
pub struct MessageRecipe {
    /// A stable name, before the sender's domain.
    pub identifier: String,
    /// The sender's name.
    pub from_name: String,
    /// The sender's address.
    pub from: String,
    /// The subject.
    pub subject: String,
    /// An address or an https link to leave the list.
    pub unsubscribe: String,
    /// The part with the text.
    pub text: String,
    /// The part with the HTML; its `src="images/…"` become parts of the message.
    pub html: String,
    /// Parts that are attached.
    pub attachments: Vec<String>,
}

/// An event of a calendar file.
#[derive(Debug, Clone)]
pub struct CalendarEvent {
    /// A name that stays the same in every edition.
    pub uid: String,
    /// The event.
    pub event: Event,
    /// What to know, in one or two lines.
    pub description: Option<String>,
}
