//! Texts for Word: their blocks, of one version or of two, to a file.

use std::collections::BTreeMap;

use super::make::{Notes, Workshop};
use crate::content::Block;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, texts};
use crate::documents::{Draft, Drawing, Paper, Part, Words};
use crate::render::pdf::Job;
use crate::render::screen::Screen;
use crate::render::word;

/// The part of a text in which something is drawn.
const DRAWING: &str = "dessin";

impl Workshop<'_> {
    /// The bytes of a text for Word, and the words in it.
    pub(super) fn paper(
        &self,
        draft: &Draft,
        part: &Part,
        paper: &Paper,
        notes: &mut Notes,
    ) -> Result<(Vec<u8>, String), Vec<Diagnostic>> {
        let Around { header, footer, mut text, .. } =
            self.around(&paper.tree.blocks, &paper.texts, notes).map_err(|it| vec![it])?;
        let properties = &paper.properties;
        // A text that says nothing of its foot is known by its title there.
        let footer = if footer.is_empty() { properties.title.clone() } else { footer };
        for path in Block::pictures(&text) {
            notes.read.insert(format!("inputs/{path}"));
            if !self.plan.inputs.pictures.contains_key(path) {
                return Err(vec![cells::missing_image(path)]);
            }
        }
        let mut drawn = BTreeMap::new();
        for drawing in &paper.drawings {
            let png = self.drawn(draft, part, drawing, notes)?;
            drawn.insert(path(drawing.name), png);
        }
        place(&mut text, &paper.drawings);
        let text = if paper.before.is_empty() {
            word::plain(&text)
        } else {
            word::changed(&self.around(&[], &paper.before, notes).map_err(|it| vec![it])?.text, &text)
        };
        let described = word::Paper {
            title: &properties.title,
            subject: &properties.subject,
            author: &properties.author,
            keywords: &properties.keywords,
            date: draft.day_of(part),
            family: paper.family,
            colour: &properties.colour,
            header: &header,
            footer: &footer,
            opens_bare: paper.opens_bare,
            numbered: paper.numbered,
            tracked: paper.tracked,
            is_close: paper.is_close,
            text,
            drawn,
        };
        let told = |reason: String| vec![texts::not_for_word(&part.name, &reason)];
        let (bytes, words) = word::file(&described, &self.plan.inputs.pictures).map_err(told)?;
        let around = [&properties.title, &properties.subject, &properties.author, &footer];
        let around: String = around.into_iter().chain(&header).flat_map(|text| [text.as_str(), "\n"]).collect();
        Ok((bytes, format!("{around}{words}")))
    }

    /// A drawing as a picture.
    fn drawn(
        &self,
        draft: &Draft,
        part: &Part,
        drawing: &Drawing,
        notes: &mut Notes,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let job = Job {
            template: drawing.template,
            data: &drawing.data.json(),
            date: draft.day_of(part),
            identifier: &part.name,
            stamped: false,
        };
        let screen = Screen::new(&self.typesetter, &job, None)?;
        notes.read.extend(screen.read.iter().cloned());
        screen.drawing(word::DENSITY).ok_or_else(|| vec![texts::not_for_word(&part.name, "dessin impossible")])
    }

    /// Texts one after the other, the head and the foot of their pages apart.
    fn around(&self, tree: &[Block], texts: &[Words], notes: &mut Notes) -> Result<Around, Diagnostic> {
        let mut around = Around::default();
        tree.iter().cloned().for_each(|block| around.take(block));
        for words in texts {
            self.words(words, notes)?.into_iter().for_each(|block| around.take(block));
        }
        Ok(around)
    }
}

/// The path of a drawing in its file.
fn path(name: &str) -> String {
    format!("{DRAWING}/{name}")
}

/// Puts drawings into the parts that are told their names, behind the paragraph that says what they show.
fn place(blocks: &mut [Block], drawings: &[Drawing]) {
    for block in blocks {
        let Block::Part { name, arguments, blocks } = block else { continue };
        let told = drawings.iter().find(|drawing| name == DRAWING && arguments.iter().any(|it| it == drawing.name));
        if let Some(drawing) = told {
            let picture = Block::Picture { path: path(drawing.name), alternative: drawing.alternative.clone() };
            blocks.insert(blocks.len().min(1), picture);
        } else {
            place(blocks, drawings);
        }
    }
}

/// A text, and what stands on every page around it.
#[derive(Default)]
struct Around {
    header: Vec<String>,
    footer: String,
    text: Vec<Block>,
    preamble: Preamble,
}

/// What stands around the blocks that precede the first heading of a text.
#[derive(Default)]
enum Preamble {
    #[default]
    None,
    /// Its title, where a block precedes the first heading, and what closes it.
    Announced(Block, Vec<Block>),
    /// What closes it.
    Open(Vec<Block>),
}

impl Around {
    fn take(&mut self, block: Block) {
        self.preamble = match (std::mem::take(&mut self.preamble), &block) {
            (Preamble::Announced(_, closing) | Preamble::Open(closing), Block::Heading { .. }) => {
                self.text.extend(closing);
                Preamble::None
            }
            (Preamble::Announced(title, closing), _) => {
                self.text.push(Block::Part {
                    name: "sans-numero".to_owned(),
                    arguments: Vec::new(),
                    blocks: vec![title],
                });
                Preamble::Open(closing)
            }
            (preamble, _) => preamble,
        };
        match block {
            Block::Part { name, blocks, .. } if name == "entete" => self.header = lines(&blocks),
            Block::Part { name, blocks, .. } if name == "pied" => self.footer = lines(&blocks).join(" "),
            Block::Part { name, mut blocks, .. } if name == "preambule" && !blocks.is_empty() => {
                self.preamble = Preamble::Announced(blocks.remove(0), blocks);
            }
            block => self.text.push(block),
        }
    }
}

fn lines(blocks: &[Block]) -> Vec<String> {
    crate::content::plain_text(blocks).lines().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}
