//! A document before it is made: what it says, from what, and in which order.

use std::borrow::Cow;
use std::io;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::figures::{Figure, Ledger};
use crate::model::{Audience, Event};
use crate::worksheets::{Cell, Workbook, Worksheet};

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
    pub audience: Audience,
    /// The day from which its files no longer change.
    pub frozen: Option<NaiveDate>,
    /// Whether every page must keep the zone of the prefecture's stamp empty.
    pub stamped: bool,
    /// Every figure that it prints.
    pub ledger: Ledger,
    /// Its files, in the order in which they are made.
    pub parts: Vec<Part>,
}

impl Draft {
    /// A draft without parts, for an audience.
    #[must_use]
    pub fn new(kind: &'static str, id: &str, audience: Audience) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            title: String::new(),
            date: NaiveDate::default(),
            audience,
            frozen: None,
            stamped: false,
            ledger: Ledger::default(),
            parts: Vec::new(),
        }
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
    /// Whether only the operator reads it: a list of people, a form.
    pub internal: bool,
    /// Who reads it, where they are not the document's readers.
    pub readers: Option<Audience>,
    /// A name under which the same file of other documents is known: it is made once.
    pub shared: Option<Shared>,
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
        Self { name: name.into(), recipe, frozen: None, internal: false, readers: None, shared: None }
    }

    /// The same, for the operator alone.
    #[must_use]
    pub fn internal(self) -> Self {
        Self { internal: true, ..self }
    }

    /// The same, for other readers than the document's.
    #[must_use]
    pub fn for_readers(self, audience: Audience) -> Self {
        Self { readers: Some(audience), ..self }
    }

    /// The same, known to other documents.
    #[must_use]
    pub fn shared(self, identifier: impl Into<String>, date: NaiveDate) -> Self {
        Self { shared: Some(Shared { identifier: identifier.into(), date }), ..self }
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
        /// Two versions of a text, compared word by word: each arrives under `textes` and its key.
        comparisons: Vec<Comparison>,
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
    /// An earlier part under another name.
    Copy(String),
    /// An XML message in ISO-8859-1, by a minijinja template.
    Xml {
        /// The template.
        template: &'static str,
        /// Its data.
        data: Value,
    },
    /// Data for other programs, with a list of earlier parts: names, pages, sizes, hashes, who may read them.
    Json {
        /// The data.
        data: Value,
        /// The parts of the list `fichiers`; all earlier ones when there are none.
        files: Vec<String>,
        /// The most bytes that the listed parts may have together.
        limit: Option<u64>,
    },
    /// A table for other programs.
    Csv {
        /// The headings.
        headings: &'static [&'static str],
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

impl Recipe {
    /// Writes everything that the file is made from, before templates and pictures: equal ingredients give equal files.
    /// Where a value was read does not count, so that moving a row changes nothing.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write_ingredients(&self, sink: &mut impl io::Write) -> io::Result<()> {
        if let Self::Workbook(workbook) = self {
            return write!(sink, "{workbook:?}");
        }
        for (path, value) in self.values() {
            write!(sink, "\u{1}{path}\u{1}")?;
            serde_json::to_writer(&mut *sink, &*value)?;
        }
        Ok(())
    }

    /// The values that the file is made from, each part with its path, for a person who compares two states.
    #[must_use]
    pub fn values(&self) -> Vec<(String, Cow<'_, Value>)> {
        let own = |name: &str, value: Value| (name.to_owned(), Cow::Owned(value));
        match self {
            Self::Pdf { template, data, texts, comparisons } => {
                let mut values = vec![own("modele", (*template).into()), ("donnees".to_owned(), Cow::Borrowed(data))];
                let alone = texts.iter().map(|words| (format!("textes/{}", words.key), words));
                let compared = comparisons.iter().flat_map(|comparison| {
                    let versions = [("avant", &comparison.before), ("apres", &comparison.after)];
                    versions.into_iter().flat_map(move |(version, texts)| {
                        let path = move |index| format!("textes/{}/{version}/{}", comparison.key, index + 1);
                        texts.iter().enumerate().map(move |(index, words)| (path(index), words))
                    })
                });
                for (path, words) in alone.chain(compared) {
                    values.push(own(&format!("{path}/modele"), words.template.as_str().into()));
                    values.push((format!("{path}/donnees"), Cow::Borrowed(&words.data)));
                }
                values
            }
            Self::Text { template, data, .. } | Self::Xml { template, data } => {
                vec![own("modele", (*template).into()), ("donnees".to_owned(), Cow::Borrowed(data))]
            }
            Self::Picture { source, width } => vec![own("image", json!([source, width]))],
            Self::Message(message) => vec![
                own("identifiant", message.identifier.as_str().into()),
                own("de", json!([message.from_name, message.from])),
                own("objet", message.subject.as_str().into()),
                own("desinscription", message.unsubscribe.as_str().into()),
                own("parties", json!([message.text, message.html, message.attachments])),
            ],
            Self::Calendar { name, events } => {
                let events = events.iter().map(CalendarEvent::values).collect();
                vec![own("nom", name.as_str().into()), own("evenements", events)]
            }
            Self::Workbook(workbook) => {
                let cells = |sheet: &Worksheet| {
                    let row =
                        |row: &Vec<Cell>| row.iter().map(|cell| Value::from(cell.value.plain())).collect::<Value>();
                    sheet.rows.iter().map(row).collect()
                };
                workbook.sheets.iter().map(|sheet| own(&format!("feuilles/{}", sheet.name), cells(sheet))).collect()
            }
            Self::Copy(name) => vec![own("copie", name.as_str().into())],
            Self::Json { data, files, .. } => {
                vec![("donnees".to_owned(), Cow::Borrowed(data)), own("fichiers", json!(files))]
            }
            Self::Csv { headings, rows } => vec![own("intitules", json!(headings)), own("lignes", json!(rows))],
        }
    }

    /// Whether it is made over no earlier part.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        self.earlier() == Earlier::Named(Vec::new())
    }

    /// The earlier parts that it is made over.
    #[must_use]
    pub fn earlier(&self) -> Earlier<'_> {
        match self {
            Self::Copy(name) => Earlier::Named(vec![name]),
            Self::Json { files, .. } if files.is_empty() => Earlier::All,
            Self::Json { files, .. } => Earlier::Named(files.iter().map(String::as_str).collect()),
            // Its pictures are named by its HTML.
            Self::Message(message) => {
                let parts = message.attachments.iter().chain([&message.text, &message.html]);
                Earlier::Named(parts.map(String::as_str).collect())
            }
            _ => Earlier::Named(Vec::new()),
        }
    }
}

/// The earlier parts that a part is made over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Earlier<'a> {
    /// All of them.
    All,
    /// Those with these names.
    Named(Vec<&'a str>),
}

impl Earlier<'_> {
    /// Whether a part is one of them.
    #[must_use]
    pub fn includes(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.contains(&name),
        }
    }
}

impl CalendarEvent {
    fn values(&self) -> Value {
        let Event { date, time, end_date, end_time, title, place, cancelled, registration, link, .. } = &self.event;
        let moment = |date: Option<NaiveDate>, time: Option<chrono::NaiveTime>| {
            [date.map(|date| date.to_string()), time.map(|time| time.to_string())]
        };
        json!({
            "identifiant": self.uid,
            "intitule": title,
            "lieu": place,
            "debut": moment(Some(*date), *time),
            "fin": moment(*end_date, *end_time),
            "annule": cancelled,
            "liens": [registration, link],
            "description": self.description,
        })
    }
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

/// Two versions of a text, to be compared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The key under which the page finds the result.
    pub key: &'static str,
    /// The earlier version: its texts, one after the other.
    pub before: Vec<Words>,
    /// The later version.
    pub after: Vec<Words>,
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
