//! A tree of blocks, or two of them compared, as what Word has: paragraphs and tables one after the other.

use super::styles::Style;
use crate::content::Run;
use crate::render::differ::{Mark, MarkedBlock, MarkedCell, MarkedItem, MarkedRun, State};

/// What stands on the page.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A picture, what it shows, and what became of it.
    Picture(String, String, Mark),
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
    /// Whether it stands in a box.
    pub(super) boxed: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Whether it stands in a box.
    pub(super) boxed: bool,
    /// Whether it is written in by hand and sent back.
    pub(super) slip: bool,
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
    /// Whether somebody signs in it, or writes.
    pub(super) is_signed: bool,
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
    /// Whether a box is around it.
    boxed: bool,
    /// Whether it is cut off and sent back.
    slip: bool,
    /// How many lists are open.
    depth: u8,
}

impl Flow {
    pub(super) fn of(text: &[MarkedBlock]) -> Self {
        let mut flow = Self::default();
        flow.blocks(text, Place::default());
        flow.keep();
        flow.part();
        flow
    }

    /// What stands before a part.
    fn open(&mut self, part: Option<&str>) {
        match part {
            Some("signatures") => self.pieces.push(Piece::Columns(3)),
            Some("suscriptions") => self.pieces.push(Piece::Columns(2)),
            Some("coupon") => {
                let scissors = Span { run: Run { text: "✂".to_owned(), ..Run::default() }, mark: Mark::Kept };
                let cut = Paragraph { style: Style::Cut, spans: vec![scissors], keeps: true, ..Paragraph::default() };
                self.pieces.push(Piece::Paragraph(cut));
            }
            _ => {}
        }
    }

    /// What stands behind a part, which began at a piece.
    fn close(&mut self, part: &str, first: usize) {
        let within = self.pieces.get_mut(first..).unwrap_or_default();
        let end = within.len().saturating_sub(1);
        for (index, piece) in within.iter_mut().enumerate() {
            let Piece::Paragraph(paragraph) = piece else { continue };
            match part {
                // A slip stays on one sheet, and a drawing with what is said of it.
                "coupon" | "dessin" => paragraph.keeps |= index < end,
                // The last of several lines of a signature is the name.
                "signature" if paragraph.style == Style::Quality && index == end => {
                    paragraph.style = if end > 0 { Style::Name } else { Style::Alone };
                }
                _ => {}
            }
        }
    }

    fn blocks(&mut self, blocks: &[MarkedBlock], place: Place) {
        for block in blocks {
            match block {
                MarkedBlock::Heading { level, runs, state, .. } => {
                    self.paragraph(Style::heading(*level, place.part), runs, *state, place);
                }
                MarkedBlock::Paragraph { runs, state, .. } => {
                    let style = match place {
                        Place { quoted: true, .. } => Style::Quote,
                        Place { depth, .. } if depth > 0 => Style::Continued(depth - 1),
                        Place { part, .. } => Style::of_part(part, runs.first().is_some_and(|it| it.run.strong)),
                    };
                    self.paragraph(style, runs, *state, place);
                }
                MarkedBlock::List { numbered, items } => self.list(*numbered, items, place),
                MarkedBlock::Quote { blocks } => self.blocks(blocks, Place { quoted: true, boxed: true, ..place }),
                MarkedBlock::Table { right, head, rows } => {
                    let fate = |cells: &[MarkedCell]| match cells.first().map(|cell| cell.state) {
                        Some(state) if cells.iter().all(|cell| cell.state == state) => mark(state),
                        _ => Mark::Kept,
                    };
                    let row = |head: bool, mark: Mark, cells: &[MarkedCell]| Row {
                        head,
                        mark,
                        cells: cells.iter().map(|cell| spans(&cell.runs)).collect(),
                        right: right.clone(),
                        is_signed: (place.part == Some("emargement") || place.slip) && !head,
                    };
                    let rows = rows.iter().map(|it| row(false, mark(it.state), &it.cells));
                    let rows = std::iter::once(row(true, fate(head), head)).chain(rows).collect();
                    self.pieces.push(Piece::Table(Table { rows, boxed: place.boxed, slip: place.slip }));
                }
                MarkedBlock::Rule { state } => self.paragraph(Style::Rule, &[], *state, place),
                MarkedBlock::Picture { path, runs, state } => {
                    let alternative: String = runs.iter().map(|it| it.run.text.as_str()).collect();
                    self.pieces.push(Piece::Picture(path.clone(), alternative, mark(*state)));
                }
                MarkedBlock::Part { name, blocks, .. } => {
                    self.open(Some(name));
                    let first = self.pieces.len();
                    let (boxed, slip) = (place.boxed || name == "encadre", place.slip || name == "coupon");
                    self.blocks(blocks, Place { part: Some(name), boxed, slip, ..place });
                    self.close(name, first);
                }
            }
        }
    }

    fn list(&mut self, numbered: bool, items: &[MarkedItem], place: Place) {
        let list = self.lists.len();
        self.lists.push(List(items.first().and_then(|item| item.number)));
        for item in items {
            let first = self.pieces.len();
            self.blocks(&item.blocks, Place { depth: place.depth + 1, ..place });
            if let Some(Piece::Paragraph(paragraph)) = self.pieces.get_mut(first)
                && matches!(paragraph.style, Style::Continued(_) | Style::Quote)
            {
                paragraph.style = if numbered { Style::Numbered } else { Style::Bulleted };
                paragraph.item = Some((list, place.depth));
            }
        }
    }

    fn paragraph(&mut self, style: Style, runs: &[MarkedRun], state: State, place: Place) {
        let (spans, mark) = (spans(runs), mark(state));
        let paragraph = Paragraph { style, spans, mark, boxed: place.boxed, ..Paragraph::default() };
        self.pieces.push(Piece::Paragraph(paragraph));
    }

    /// LibreOffice takes words at the end of a paragraph and the whole paragraph behind them, where both come or both go, for
    /// one change, and joins two paragraphs when it is refused.
    fn part(&mut self) {
        for index in 1..self.pieces.len() {
            let (before, behind) = self.pieces.split_at_mut(index);
            if let ([.., Piece::Paragraph(paragraph)], [Piece::Paragraph(next), ..]) = (before, behind)
                && paragraph.mark == Mark::Kept
                && next.mark != Mark::Kept
            {
                end_otherwise(&mut paragraph.spans, next.mark);
            }
        }
    }

    /// What announces a list or a table stays with it, and what ends a letter with its signature.
    fn keep(&mut self) {
        for index in 1..self.pieces.len() {
            let announced = match &self.pieces[index] {
                Piece::Table(_) => true,
                Piece::Paragraph(next) => next.item.is_some() || matches!(next.style, Style::Quality | Style::Alone),
                _ => false,
            };
            if let Piece::Paragraph(paragraph) = &mut self.pieces[index - 1] {
                paragraph.keeps |= announced && paragraph.item.is_none();
            }
        }
    }
}

/// Words that would end as the paragraph behind them is marked get an end of the other kind.
fn end_otherwise(spans: &mut Vec<Span>, mark: Mark) {
    let other = if mark == Mark::Inserted { Mark::Deleted } else { Mark::Inserted };
    let [.., before, last] = spans.as_mut_slice() else { return };
    if last.mark != mark {
        return;
    }
    if before.mark == other {
        std::mem::swap(before, last);
    } else if before.mark == Mark::Kept {
        let at = before.run.text.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let at = (at..=before.run.text.len()).find(|at| before.run.text.is_char_boundary(*at)).unwrap_or_default();
        let run = Run { text: before.run.text.split_off(at), ..before.run.clone() };
        let end = spans.len() - 1;
        spans.insert(end, Span { run: run.clone(), mark });
        spans.push(Span { run, mark: other });
    }
}

fn spans(runs: &[MarkedRun]) -> Vec<Span> {
    runs.iter().map(|it| Span { run: it.run.clone(), mark: it.mark }).collect()
}

/// What becomes of the end of a paragraph, a row, a picture.
fn mark(state: State) -> Mark {
    match state {
        State::Inserted => Mark::Inserted,
        State::Deleted => Mark::Deleted,
        State::Kept | State::Changed => Mark::Kept,
    }
}
