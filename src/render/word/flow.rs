//! A tree of blocks, or two of them compared, as what Word has: paragraphs and tables one after the other.

use super::Stretch;
use super::styles::Style;
use crate::content::{Block, Run};
use crate::render::differ::{self, Kind, Mark, MarkedLeaf, MarkedRun};

/// What stands on the page.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Vec<Row>),
    /// A picture and what it shows.
    Picture(String, String),
    /// What follows stands in so many columns.
    Columns(u8),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) style: Style,
    pub(super) spans: Vec<Span>,
    /// What became of the paragraph as a whole.
    pub(super) mark: Mark,
    /// The list that it is an item of, and how deep.
    pub(super) item: Option<(usize, u8)>,
    /// Whether it stays with what follows.
    pub(super) keeps: bool,
}

/// Words of one style and one fate.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) run: Run,
    pub(super) mark: Mark,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) head: bool,
    pub(super) mark: Mark,
    pub(super) cells: Vec<Vec<Span>>,
    /// Whether each column stands at the right.
    pub(super) right: Vec<bool>,
}

/// A list: whether it is numbered, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct List(pub(super) Option<u64>);

/// The pieces of a text in the making.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
    pub(super) lists: Vec<List>,
}

/// Where a paragraph stands: in which part, quotation, item.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    part: Option<&'a str>,
    quoted: bool,
    /// How many lists are open.
    depth: u8,
}

/// The stretches of two versions. Parts that stand in both in the same order are compared each with its like.
pub(super) fn stretches(before: &[Block], after: &[Block]) -> Vec<Stretch> {
    let (old, new) = (cut(before), cut(after));
    let names = |side: &[(Option<String>, Vec<Block>)]| side.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let compared =
        |before: Vec<Block>, after: Vec<Block>| differ::compare(&differ::of_words(before), &differ::of_words(after));
    if names(&old) != names(&new) {
        return vec![Stretch::Changed(None, compared(before.to_vec(), after.to_vec()))];
    }
    let pairs = old.into_iter().zip(new);
    pairs.map(|((name, before), (_, after))| Stretch::Changed(name, compared(before, after))).collect()
}

/// A text cut where its parts begin and end.
fn cut(blocks: &[Block]) -> Vec<(Option<String>, Vec<Block>)> {
    let mut stretches: Vec<(Option<String>, Vec<Block>)> = Vec::new();
    for block in blocks {
        match (block, stretches.last_mut()) {
            (Block::Part { name, blocks, .. }, _) => stretches.push((Some(name.clone()), blocks.clone())),
            (block, Some((None, open))) => open.push(block.clone()),
            (block, _) => stretches.push((None, vec![block.clone()])),
        }
    }
    stretches
}

impl Flow {
    pub(super) fn of(text: &[Stretch]) -> Self {
        let mut flow = Self::default();
        for stretch in text {
            match stretch {
                Stretch::Plain(blocks) => flow.blocks(blocks, Place::default()),
                Stretch::Changed(part, comparison) => {
                    flow.open(part.as_deref());
                    flow.leaves(&comparison.leaves, part.as_deref());
                }
            }
        }
        flow.keep();
        flow
    }

    /// What stands before a part.
    fn open(&mut self, part: Option<&str>) {
        match part {
            Some("signatures") => self.pieces.push(Piece::Columns(3)),
            Some("suscriptions") => self.pieces.push(Piece::Columns(2)),
            _ => {}
        }
    }

    fn blocks(&mut self, blocks: &[Block], place: Place) {
        for block in blocks {
            match block {
                Block::Heading { level, runs } => self.paragraph(Style::heading(*level, place.part), runs),
                Block::Paragraph { runs } => {
                    let style = match place {
                        Place { quoted: true, .. } => Style::Quote,
                        Place { depth, .. } if depth > 0 => Style::Continued(depth - 1),
                        Place { part, .. } => Style::of_part(part, begins_strong(runs)),
                    };
                    self.paragraph(style, runs);
                }
                Block::List { start, items } => {
                    let list = self.lists.len();
                    self.lists.push(List(*start));
                    for item in items {
                        let first = self.pieces.len();
                        self.blocks(item, Place { depth: place.depth + 1, ..place });
                        if let Some(Piece::Paragraph(paragraph)) = self.pieces.get_mut(first)
                            && matches!(paragraph.style, Style::Continued(_) | Style::Quote)
                        {
                            paragraph.style = if start.is_some() { Style::Numbered } else { Style::Bulleted };
                            paragraph.item = Some((list, place.depth));
                        }
                    }
                }
                Block::Quote { blocks } => self.blocks(blocks, Place { quoted: true, ..place }),
                Block::Table { right, head, rows } => {
                    let row = |head: bool, cells: &Vec<Vec<Run>>| Row {
                        head,
                        mark: Mark::Kept,
                        cells: cells.iter().map(|cell| kept(cell)).collect(),
                        right: right.clone(),
                    };
                    let rows = std::iter::once(row(true, head)).chain(rows.iter().map(|cells| row(false, cells)));
                    self.pieces.push(Piece::Table(rows.collect()));
                }
                Block::Rule => self.paragraph(Style::Rule, &[]),
                Block::Picture { path, alternative } => {
                    self.pieces.push(Piece::Picture(path.clone(), alternative.clone()));
                }
                Block::Part { name, blocks, .. } => {
                    self.open(Some(name));
                    self.blocks(blocks, Place { part: Some(name), ..place });
                }
            }
        }
    }

    fn paragraph(&mut self, style: Style, runs: &[Run]) {
        self.pieces.push(Piece::Paragraph(Paragraph { style, spans: kept(runs), ..Paragraph::default() }));
    }

    /// The leaves of a comparison.
    fn leaves(&mut self, leaves: &[MarkedLeaf], part: Option<&str>) {
        let mut numbers: Option<(usize, u64)> = None;
        for leaf in leaves {
            let mark = leaf.fate();
            let spans =
                |cell: &Vec<MarkedRun>| cell.iter().map(|it| Span { run: it.run.clone(), mark: it.mark }).collect();
            let cells: Vec<Vec<Span>> = leaf.cells.iter().map(spans).collect();
            if let Kind::Row { head } = leaf.kind {
                let row = Row { head, mark, right: Vec::new(), cells };
                match self.pieces.last_mut() {
                    Some(Piece::Table(rows))
                        if !head && rows.last().is_some_and(|last| last.cells.len() == row.cells.len()) =>
                    {
                        rows.push(row)
                    }
                    _ => self.pieces.push(Piece::Table(vec![row])),
                }
                continue;
            }
            let spans = cells.into_iter().flatten().collect::<Vec<_>>();
            let mut paragraph = Paragraph { spans, mark, ..Paragraph::default() };
            match leaf.kind {
                Kind::Heading(level) => paragraph.style = Style::heading(level, part),
                Kind::Rule => paragraph.style = Style::Rule,
                Kind::Item(depth) => {
                    let number = leaf.number();
                    paragraph.style = if number.is_some() { Style::Numbered } else { Style::Bulleted };
                    // A list goes on as long as its numbers grow.
                    let goes_on = match (number, numbers) {
                        (None, Some((_, 0))) => true,
                        (Some(number), Some((_, last))) => last > 0 && number >= last && number != 1,
                        _ => false,
                    };
                    let list = match numbers.filter(|_| goes_on || depth > 0) {
                        Some((list, _)) if goes_on => list,
                        _ => {
                            self.lists.push(List(number));
                            self.lists.len() - 1
                        }
                    };
                    numbers = Some((list, number.unwrap_or(0)));
                    paragraph.item = Some((list, depth));
                }
                _ => {
                    let strong = paragraph.spans.first().is_some_and(|span| span.run.strong);
                    paragraph.style = Style::of_part(part, strong);
                }
            }
            if paragraph.item.is_none() {
                numbers = None;
            }
            self.pieces.push(Piece::Paragraph(paragraph));
        }
    }

    /// What announces a list or a table stays with it.
    fn keep(&mut self) {
        for index in 1..self.pieces.len() {
            let announced = match &self.pieces[index] {
                Piece::Table(_) => true,
                Piece::Paragraph(next) => next.item.is_some(),
                _ => false,
            };
            if let Piece::Paragraph(paragraph) = &mut self.pieces[index - 1] {
                paragraph.keeps = announced && paragraph.item.is_none();
            }
        }
    }
}

fn kept(runs: &[Run]) -> Vec<Span> {
    runs.iter().map(|run| Span { run: run.clone(), mark: Mark::Kept }).collect()
}

fn begins_strong(runs: &[Run]) -> bool {
    runs.first().is_some_and(|run| run.strong)
}
