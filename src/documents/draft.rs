//! A document before it is made: what it says, from what, and in which order.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::figures::{Figure, Ledger};
use crate::model::{Audience, Event, Model};
use crate::worksheets::Workbook;

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
    /// Names that its readers must not meet: the finished files are searched for them.
    pub hidden: Vec<String>,
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
    /// A draft without parts, for an audience: what its readers must not meet follows from the model.
    #[must_use]
    pub fn new(kind: &'static str, id: &str, model: &Model, audience: Audience) -> Self {
        let hidden = model.hidden_names(&audience);
        Self {
            kind,
            id: id.to_owned(),
            title: String::new(),
            date: NaiveDate::default(),
            audience,
            hidden,
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
    /// Who reads it, and the names that they must not meet, where they are not the document's readers.
    pub readers: Option<(Audience, Vec<String>)>,
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
    pub fn for_readers(self, model: &Model, audience: Audience) -> Self {
        let hidden = model.hidden_names(&audience);
        Self { readers: Some((audience, hidden)), ..self }
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
    /// Everything that the file is made from, before templates and pictures: equal ingredients give equal files. Where
    /// a value was read does not count, so that moving a row changes nothing.
    #[must_use]
    pub fn ingredients(&self) -> Value {
        let words = |words: &Words| json!({ "modele": words.template, "donnees": words.data });
        let all = |texts: &[Words]| texts.iter().map(words).collect::<Value>();
        match self {
            Self::Pdf { template, data, texts, comparisons } => {
                let texts: serde_json::Map<String, Value> = texts
                    .iter()
                    .map(|text| (text.key.to_owned(), words(text)))
                    .chain(comparisons.iter().map(|comparison| {
                        let versions = json!({ "avant": all(&comparison.before), "apres": all(&comparison.after) });
                        (comparison.key.to_owned(), versions)
                    }))
                    .collect();
                json!({ "modele": template, "donnees": data, "textes": texts })
            }
            Self::Text { template, data, .. } | Self::Xml { template, data } => {
                json!({ "modele": template, "donnees": data })
            }
            Self::Picture { source, width } => json!({ "image": source, "largeur": width }),
            Self::Message(message) => json!({
                "identifiant": message.identifier,
                "de": [message.from_name, message.from],
                "objet": message.subject,
                "desinscription": message.unsubscribe,
                "parties": [message.text, message.html, message.attachments],
            }),
            Self::Calendar { name, events } => {
                json!({ "nom": name, "evenements": events.iter().map(CalendarEvent::ingredients).collect::<Value>() })
            }
            // A workbook is plain data; how it is written out does not matter to a comparison.
            Self::Workbook(workbook) => {
                let sheet = |sheet: &crate::worksheets::Worksheet| {
                    let rows = sheet
                        .rows
                        .iter()
                        .map(|row| row.iter().map(|cell| Value::from(cell.value.plain())).collect::<Value>());
                    (sheet.name.clone(), rows.collect::<Value>())
                };
                let sheets: serde_json::Map<String, Value> = workbook.sheets.iter().map(sheet).collect();
                json!({ "feuilles": sheets, "forme": format!("{workbook:?}") })
            }
            Self::Copy(name) => json!({ "copie": name }),
            Self::Json { data, files, .. } => json!({ "donnees": data, "fichiers": files }),
            Self::Csv { headings, rows } => json!({ "intitules": headings, "lignes": rows }),
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
    fn ingredients(&self) -> Value {
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
