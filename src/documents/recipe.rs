//! How the files of a document are made: from which templates, texts and data, and what is written in them.

use std::io;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::paper::{Drawing, Paper, Properties};
use crate::figures::Figure;
use crate::views::{Data, Leaf, Step};
use crate::worksheets::Workbook;

/// How a file is made.
#[derive(Debug, Clone)]
pub enum Recipe {
    /// Pages, by a Typst template.
    Pdf {
        /// The template.
        template: &'static str,
        /// Its data.
        data: Arc<dyn Data>,
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
        data: Arc<dyn Data>,
        /// The most bytes that the file may have, and the data of a shorter text where it would have more.
        limit: Option<(usize, Arc<dyn Data>)>,
    },
    /// A picture as a mail program can show it.
    Picture {
        /// The picture's path below the inputs.
        source: String,
        /// Its width in pixels.
        width: u32,
    },
    /// A text for Word.
    Word(Box<Paper>),
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
    /// A PDF file that a person brings, byte for byte.
    Enclosed {
        /// Its name in `inputs/annexes/`.
        source: String,
        /// The data of the page that stands for it in a reading copy.
        stand_in: Arc<dyn Data>,
    },
    /// An earlier part under another name.
    Copy(String),
    /// An XML message in ISO-8859-1, by a minijinja template.
    Xml {
        /// The template.
        template: &'static str,
        /// Its data.
        data: Arc<dyn Data>,
    },
    /// Data for other programs, with a list of earlier parts: names, pages, sizes, hashes, who may read them.
    Json {
        /// The data.
        data: Arc<dyn Data>,
        /// The parts of the list `fichiers`; all earlier ones when there are none.
        files: Vec<String>,
        /// The most bytes that the listed parts may have together.
        limit: Option<u64>,
    },
    /// What several documents have in common, as it is on the day that one of them is sent: the data of pages with their
    /// texts in them, the data of other texts.
    Kept {
        /// The pages, by the names of their files.
        pages: Vec<(String, Recipe)>,
        /// The data of texts.
        data: Arc<dyn Data>,
    },
    /// A table for other programs.
    Csv {
        /// The headings.
        headings: &'static [&'static str],
        /// The rows.
        rows: Vec<Vec<String>>,
        /// Whether a person opens it in a spreadsheet program rather than a machine.
        for_people: bool,
    },
}

/// Something that a file says, where it says it.
pub struct Written<'a> {
    /// Where it stands among what the file is made from, for a person who compares two states.
    pub path: String,
    /// What it says.
    pub leaf: Leaf<'a>,
    /// Whether it is said for sure, or only given to a text that may print it.
    pub source: Source,
}

/// How a value comes into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The file's own template, its cells or fields say it.
    Direct,
    /// It is given to a text in Markdown.
    Text,
}

impl Recipe {
    /// Pages without texts of their own.
    #[must_use]
    pub fn pages(template: &'static str, data: impl Data + 'static) -> Self {
        Self::Pdf { template, data: Arc::new(data), texts: Vec::new(), comparisons: Vec::new() }
    }

    /// Writes everything that the file is made from, before templates and pictures: equal ingredients give equal files.
    /// Where a value was read does not count, so that moving a row changes nothing.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn write_ingredients(&self, sink: &mut impl io::Write) -> io::Result<()> {
        match self {
            Self::Pdf { template, data, .. } => {
                write!(sink, "{template}\u{1}{}", data.json())?;
                self.write_words(sink)
            }
            Self::Word(paper) => {
                let Paper { properties, family, opens_bare, numbered, tree, tracked, is_close, drawings, .. } =
                    &**paper;
                write!(sink, "{properties:?}{family:?}{opens_bare}{numbered:?}{:?}{tracked}{is_close}", tree.blocks)?;
                for Drawing { name, template, data, alternative } in drawings {
                    write!(sink, "\u{1}{name}\u{1}{template}\u{1}{alternative}\u{1}{}", data.json())?;
                }
                self.write_words(sink)
            }
            Self::Text { template, data, limit } => {
                let limit = limit.as_ref().map(|(limit, _)| limit);
                write!(sink, "{template}\u{1}{limit:?}{}", data.json())
            }
            Self::Xml { template, data } => write!(sink, "{template}\u{1}{}", data.json()),
            Self::Json { data, files, limit } => write!(sink, "{files:?}{limit:?}{}", data.json()),
            Self::Picture { source, width } => write!(sink, "{source}\u{1}{width}"),
            Self::Message(message) => write!(sink, "{message:?}"),
            Self::Calendar { name, events } => write!(sink, "{name}\u{1}{events:?}"),
            Self::Workbook(workbook) => write!(sink, "{workbook:?}"),
            Self::Enclosed { source, stand_in } => write!(sink, "{source}\u{1}{}", stand_in.json()),
            Self::Copy(name) => write!(sink, "{name}"),
            Self::Kept { pages, data } => {
                write!(sink, "{}", data.json())?;
                pages.iter().try_for_each(|(name, recipe)| {
                    write!(sink, "\u{1}{name}")?;
                    recipe.write_ingredients(sink)
                })
            }
            Self::Csv { headings, rows, for_people } => write!(sink, "{headings:?}{rows:?}{for_people}"),
        }
    }

    /// The texts that it sets, with the version that each belongs to where there are two.
    fn versions(&self) -> Vec<(&'static str, &Words)> {
        match self {
            Self::Pdf { texts, comparisons, .. } => {
                let mut found: Vec<_> = texts.iter().map(|words| ("", words)).collect();
                for comparison in comparisons {
                    found.extend(comparison.before.iter().map(|words| ("avant", words)));
                    found.extend(comparison.after.iter().map(|words| ("apres", words)));
                }
                found
            }
            Self::Word(paper) => {
                let before = paper.before.iter().map(|words| ("avant", words));
                paper.texts.iter().map(|words| ("", words)).chain(before).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The texts that it sets, those of an earlier version included.
    #[must_use]
    pub fn words(&self) -> Vec<&Words> {
        self.versions().into_iter().map(|(_, words)| words).collect()
    }

    fn write_words(&self, sink: &mut impl io::Write) -> io::Result<()> {
        for (version, Words { key, template, data }) in self.versions() {
            write!(sink, "\u{1}{version}{key}\u{1}{template}\u{1}{}", data.json())?;
        }
        Ok(())
    }

    fn visit_words(&self, found: &mut dyn FnMut(Written<'_>)) {
        for words in self.words() {
            visit_data(&*words.data, &format!("{} › ", words.key), Source::Text, found);
        }
    }

    /// Tells every value that the file is made from.
    pub fn visit(&self, found: &mut dyn FnMut(Written<'_>)) {
        match self {
            Self::Pdf { data, .. } => {
                visit_data(&**data, "", Source::Direct, found);
                self.visit_words(found);
            }
            Self::Word(paper) => {
                let Properties { title, subject, author, .. } = &paper.properties;
                for (path, text) in [("titre", title), ("sujet", subject), ("auteur", author)] {
                    found(Written { path: path.to_owned(), leaf: Leaf::Text(text), source: Source::Direct });
                }
                visit_data(&paper.tree, "", Source::Direct, found);
                for drawing in &paper.drawings {
                    visit_data(&*drawing.data, &format!("{} › ", drawing.name), Source::Direct, found);
                }
                self.visit_words(found);
            }
            Self::Text { data, .. } | Self::Xml { data, .. } | Self::Json { data, .. } => {
                visit_data(&**data, "", Source::Direct, found);
            }
            Self::Workbook(workbook) => workbook.visit(&mut |path, leaf| {
                found(Written { path, leaf, source: Source::Direct });
            }),
            Self::Message(message) => {
                for (path, text) in [("objet", &message.subject), ("de", &message.from_name)] {
                    found(Written { path: path.to_owned(), leaf: Leaf::Text(text), source: Source::Direct });
                }
            }
            Self::Calendar { events, .. } => {
                for event in events {
                    let CalendarEvent { summary, location, description, .. } = event;
                    for text in [Some(summary), location.as_ref(), description.as_ref()].into_iter().flatten() {
                        found(Written { path: summary.clone(), leaf: Leaf::Text(text), source: Source::Direct });
                    }
                }
            }
            Self::Csv { headings, rows, .. } => {
                for (row, number) in rows.iter().zip(1..) {
                    for (cell, heading) in row.iter().zip(*headings) {
                        let path = format!("{heading} › {number}");
                        found(Written { path, leaf: Leaf::Text(cell), source: Source::Direct });
                    }
                }
            }
            Self::Picture { .. } | Self::Enclosed { .. } | Self::Copy(_) | Self::Kept { .. } => {}
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

fn visit_data(data: &dyn Data, before: &str, source: Source, found: &mut dyn FnMut(Written<'_>)) {
    data.visit(&mut |steps, leaf| found(Written { path: format!("{before}{}", path(steps)), leaf, source }));
}

/// The way to a value, for a person.
fn path(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => (*key).to_owned(),
        Step::Item(index) => (index + 1).to_string(),
    };
    steps.iter().map(step).collect::<Vec<_>>().join(" › ")
}

/// A text in Markdown, with the data of its placeholders.
#[derive(Debug, Clone)]
pub struct Words {
    /// The key under which the page finds its blocks.
    pub key: &'static str,
    /// The template.
    pub template: String,
    /// The data.
    pub data: Arc<dyn Data>,
}

impl Words {
    /// The figures among the data, by their names.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        self.data.visit(&mut |_, leaf| {
            if let Leaf::Figure(figure) = leaf {
                figures.push(figure.clone());
            }
        });
        figures
    }
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
    /// The template of the words that tell what became of the articles.
    pub summary: &'static str,
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
    /// The address that it is written to; nothing where who reads it stands nowhere in it.
    pub to: Option<String>,
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
    /// What it is called.
    pub summary: String,
    /// Where.
    pub location: Option<String>,
    /// What to know, in one or two lines.
    pub description: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// The first day, and the hour where it does not last all day.
    pub start: (NaiveDate, Option<NaiveTime>),
    /// The last day, included, and the hour of its end.
    pub end: (NaiveDate, Option<NaiveTime>),
    /// Whether it is cancelled.
    pub cancelled: bool,
}
