//! What a text is in every format: a tree of blocks, whose runs of words have a style, a link, a figure.
//!
//! Pages, messages, Word files and comparisons are made from the same tree. How it is written, and what its words are
//! about, is not known here.

use serde::{Deserialize, Serialize};

/// How a text looks, whatever the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Family {
    /// An act of a council and what goes with it: sober, black.
    #[default]
    Act,
    /// A letter.
    Letter,
    /// A note for members of a council.
    Note,
    /// A report or an annex: in the colour of the brand.
    Report,
    /// A list to sign or to look things up in.
    List,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "genre", rename_all = "snake_case")]
pub enum Block {
    /// A heading, of level 1 to 6.
    #[serde(rename = "titre")]
    Heading {
        /// Its level.
        #[serde(rename = "niveau")]
        level: u8,
        /// Its text.
        #[serde(rename = "texte")]
        runs: Vec<Run>,
    },
    /// A paragraph.
    #[serde(rename = "paragraphe")]
    Paragraph {
        /// Its text.
        #[serde(rename = "texte")]
        runs: Vec<Run>,
    },
    /// A list.
    #[serde(rename = "liste")]
    List {
        /// The first number, when it is numbered.
        #[serde(rename = "debut")]
        start: Option<u64>,
        /// Its items.
        #[serde(rename = "elements")]
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    #[serde(rename = "citation")]
    Quote {
        /// What is quoted.
        #[serde(rename = "blocs")]
        blocks: Vec<Block>,
    },
    /// A table with one row of headings.
    #[serde(rename = "tableau")]
    Table {
        /// Whether each column is aligned to the right.
        #[serde(rename = "a_droite")]
        right: Vec<bool>,
        /// The headings.
        #[serde(rename = "intitules")]
        head: Vec<Vec<Run>>,
        /// The rows.
        #[serde(rename = "lignes")]
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// A rule between two parts.
    #[serde(rename = "filet")]
    Rule,
    /// A picture on a line of its own.
    #[serde(rename = "image")]
    Picture {
        /// Its path below the inputs.
        #[serde(rename = "chemin")]
        path: String,
        /// What it shows, for those who do not see it.
        #[serde(rename = "remplacement")]
        alternative: String,
    },
    /// A part that the family of the text knows by its name: an address, a roll, a signature.
    #[serde(rename = "partie")]
    Part {
        /// Its name.
        #[serde(rename = "nom")]
        name: String,
        /// What it is told beside its text.
        arguments: Vec<String>,
        /// Its text.
        #[serde(rename = "blocs")]
        blocks: Vec<Block>,
    },
}

/// A run of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The characters.
    #[serde(rename = "t")]
    pub text: String,
    /// Bold.
    #[serde(rename = "gras", default, skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Italic.
    #[serde(rename = "italique", default, skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Code, set as typed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub code: bool,
    /// Where a click leads.
    #[serde(rename = "lien", default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The name of the figure that it prints, by which its place on the page is found.
    #[serde(rename = "chiffre", default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Block {
    /// Tells every block of a tree, each before those within it.
    pub fn visit<'b>(blocks: &'b [Self], found: &mut dyn FnMut(&'b Self)) {
        for block in blocks {
            found(block);
            match block {
                Self::List { items, .. } => items.iter().for_each(|item| Self::visit(item, found)),
                Self::Quote { blocks } | Self::Part { blocks, .. } => Self::visit(blocks, found),
                _ => {}
            }
        }
    }

    /// Gives the pictures of a tree other paths.
    pub fn change_pictures(blocks: &mut [Self], path_of: &dyn Fn(&str) -> String) {
        for block in blocks {
            match block {
                Self::Picture { path, .. } => *path = path_of(path),
                Self::List { items, .. } => items.iter_mut().for_each(|item| Self::change_pictures(item, path_of)),
                Self::Quote { blocks } | Self::Part { blocks, .. } => Self::change_pictures(blocks, path_of),
                _ => {}
            }
        }
    }

    /// Gives headings the levels of their order: the first has level 1, none is more than one below that before it. A
    /// reader that hears the page finds its way by them, and PDF/UA-1 wants them so.
    pub fn nest_headings(blocks: &mut [Self]) {
        fn nest(blocks: &mut [Block], above: &mut Vec<u8>) {
            for block in blocks {
                match block {
                    Block::Heading { level, .. } => {
                        above.retain(|other| other < level);
                        above.push(*level);
                        *level = u8::try_from(above.len()).unwrap_or(*level);
                    }
                    Block::List { items, .. } => items.iter_mut().for_each(|item| nest(item, above)),
                    Block::Quote { blocks } | Block::Part { blocks, .. } => nest(blocks, above),
                    _ => {}
                }
            }
        }
        nest(blocks, &mut Vec::new());
    }

    /// The paths of the pictures of a tree.
    #[must_use]
    pub fn pictures(blocks: &[Self]) -> Vec<&str> {
        let mut paths = Vec::new();
        Self::visit(blocks, &mut |block| {
            if let Self::Picture { path, .. } = block {
                paths.push(path.as_str());
            }
        });
        paths
    }
}

/// The words of runs, without their styles.
#[must_use]
pub fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The plain text of blocks: paragraphs apart by a blank line, items behind a dash.
#[must_use]
pub fn plain_text(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { runs, .. } | Block::Paragraph { runs } => words(runs),
            Block::List { start, items } => {
                let item = |(index, item): (usize, &Vec<Block>)| {
                    let mark = start.map_or_else(|| "–".to_owned(), |start| format!("{}.", start + index as u64));
                    format!("{mark} {}", plain_text(item).replace('\n', "\n  "))
                };
                items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
            }
            Block::Quote { blocks } => format!("« {} »", plain_text(blocks)),
            Block::Table { head, rows, .. } => {
                let row = |cells: &Vec<Vec<Run>>| cells.iter().map(|cell| words(cell)).collect::<Vec<_>>().join(" | ");
                std::iter::once(row(head)).chain(rows.iter().map(row)).collect::<Vec<_>>().join("\n")
            }
            Block::Rule => "———".to_owned(),
            Block::Picture { alternative, .. } => format!("[{alternative}]"),
            Block::Part { blocks, .. } => plain_text(blocks),
        })
        .filter(|text| !text.is_empty())
        .collect();
    parts.join("\n\n")
}
