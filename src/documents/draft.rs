//! A document before it is made: what it says, from what, and in which order.

use chrono::NaiveDate;

use super::recipe::Recipe;
use crate::model::Readers;

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
    /// Who may read it: its files, unless a part says otherwise.
    pub readers: Readers,
    /// The day from which its files no longer change.
    pub frozen: Option<NaiveDate>,
    /// Whether every page must keep the zone of the prefecture's stamp empty.
    pub stamped: bool,
    /// Whether it prepares a decision that is not taken yet: nobody may be handed it before.
    pub is_preparatory: bool,
    /// Its files, in the order in which they are made.
    pub parts: Vec<Part>,
    /// What it has in common with others of which one was sent.
    pub common: Option<Common>,
    /// Whether it is made from what was kept that day.
    pub is_retaken: bool,
}

/// The document that fixes what several have in common: the first of them that was sent.
#[derive(Debug, Clone)]
pub struct Common {
    /// Its name among its kind.
    pub holder: String,
    /// The day on which it was sent.
    pub since: NaiveDate,
    /// The file in which what two versions have in common is marked.
    pub changes: &'static str,
    /// The file that repeats all that they have in common.
    pub whole: &'static str,
}

impl Draft {
    /// A draft without parts, for some readers.
    #[must_use]
    pub fn new(kind: &'static str, id: &str, readers: Readers) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title: String::new(),
            date: NaiveDate::default(),
            readers,
            frozen: None,
            stamped: false,
            is_preparatory: false,
            parts: Vec::new(),
            common: None,
            is_retaken: false,
        }
    }
}

impl Draft {
    /// The document that fixes a part of this one, where another does.
    #[must_use]
    pub fn fixed_by(&self, part: &Part) -> Option<&Common> {
        self.common.as_ref().filter(|common| part.shared.is_some() && common.holder != self.id)
    }

    /// The day that the file of a part carries.
    #[must_use]
    pub fn day_of(&self, part: &Part) -> NaiveDate {
        part.shared.as_ref().map(|shared| shared.date).or(part.date).unwrap_or(self.date)
    }
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
    /// Who reads it, where they are not the document's readers. What the operator alone reads is not handed on.
    pub readers: Option<Readers>,
    /// Whether it stands apart from what is handed on: a list of people.
    pub apart: bool,
    /// A name under which the same file of other documents is known: it is made once.
    pub shared: Option<Shared>,
    /// The day that its file carries, where it is not the document's.
    pub date: Option<NaiveDate>,
    /// Whether it tells of what was sent: it is left alone where that would be sent a second time under new names.
    pub follows: bool,
    /// Another file of the document, whose pages stand in this one: it is set as tightly, and not tried anew.
    pub set_like: Option<String>,
}

/// A file that several documents have in common.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Its name, for the file's identifier.
    pub identifier: String,
    /// The date that it carries.
    pub date: NaiveDate,
}

impl Part {
    /// A part.
    #[must_use]
    pub fn new(name: impl Into<String>, recipe: Recipe) -> Self {
        Self {
            name: name.into(),
            recipe,
            frozen: None,
            readers: None,
            apart: false,
            shared: None,
            date: None,
            follows: false,
            set_like: None,
        }
    }

    /// The same, set as tightly as another file of the document that comes before it.
    #[must_use]
    pub fn set_like(self, name: &str) -> Self {
        Self { set_like: Some(name.to_owned()), ..self }
    }

    /// The same, for the operator alone, and apart from what is handed on.
    #[must_use]
    pub fn apart(self) -> Self {
        Self { apart: true, ..self.internal() }
    }

    /// The same, for the operator alone: a form, a list of files.
    #[must_use]
    pub fn internal(self) -> Self {
        self.for_readers(Readers::Operator)
    }

    /// The same, for other readers than the document's.
    #[must_use]
    pub fn for_readers(self, readers: Readers) -> Self {
        Self { readers: Some(readers), ..self }
    }

    /// The same, known to other documents.
    #[must_use]
    pub fn shared(self, identifier: impl Into<String>, date: NaiveDate) -> Self {
        Self { shared: Some(Shared { identifier: identifier.into(), date }), ..self }
    }

    /// The same, carrying a day of its own.
    #[must_use]
    pub fn dated(self, day: NaiveDate) -> Self {
        Self { date: Some(day), ..self }
    }

    /// The same, telling of what was sent.
    #[must_use]
    pub fn following(self) -> Self {
        Self { follows: true, ..self }
    }

    /// The same, frozen since a day.
    #[must_use]
    pub fn frozen(self, since: Option<NaiveDate>) -> Self {
        Self { frozen: since, ..self }
    }
}
