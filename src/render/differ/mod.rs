//! Two versions of a text, compared: articles, tables, rows, sentences, then words.
//!
//! Accepting every change gives the later text, rejecting every change gives the earlier one, as trees: nothing is lost
//! between, and what changed its place knows both.

mod leaves;
mod matching;
mod summary;
mod tracked;
mod tree;
mod words;

use serde::Serialize;

use self::leaves::{Kind, Leaf};
use self::matching::Step;
pub use self::summary::Summary;
pub use self::tree::{MarkedBlock, MarkedCell, MarkedItem, MarkedRow};
use self::words::Piece;
use crate::content::{Block, Run};

/// What became of a run of words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Mark {
    /// In both versions.
    #[default]
    #[serde(rename = "garde")]
    Kept,
    /// Only in the earlier.
    #[serde(rename = "supprime")]
    Deleted,
    /// Only in the later.
    #[serde(rename = "ajoute")]
    Inserted,
}

/// A run of words and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedRun {
    /// The words in their style: the later one where they are in both versions.
    #[serde(flatten)]
    pub run: Run,
    /// What became of them.
    #[serde(rename = "marque")]
    pub mark: Mark,
    /// The earlier style, where it was another.
    #[serde(skip)]
    pub was: Option<Run>,
}

impl MarkedRun {
    fn new(run: Run, mark: Mark) -> Self {
        Self { run, mark, was: None }
    }

    fn kept(earlier: Run, run: Run) -> Self {
        let was = (!words::same_style(&earlier, &run)).then_some(earlier);
        Self { run, mark: Mark::Kept, was }
    }

    /// The words as the earlier version has them.
    #[must_use]
    pub fn earlier(&self) -> &Run {
        self.was.as_ref().unwrap_or(&self.run)
    }
}

/// What became of a paragraph, a row, a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum State {
    /// As it was.
    #[serde(rename = "garde")]
    Kept,
    /// Gone.
    #[serde(rename = "supprime")]
    Deleted,
    /// New.
    #[serde(rename = "ajoute")]
    Inserted,
    /// In both, with other words.
    #[serde(rename = "modifie")]
    Changed,
}

/// Where a leaf stands in a version: its place in reading order, and the leaf without its words.
#[derive(Debug, Clone)]
struct Place {
    rank: usize,
    leaf: Leaf,
}

/// A cell: its sentences, and in which versions its column is.
#[derive(Debug, Clone)]
struct Cell {
    pieces: Vec<Piece>,
    before: bool,
    after: bool,
}

/// A leaf of one or both versions.
#[derive(Debug, Clone)]
struct MarkedLeaf {
    before: Option<Place>,
    after: Option<Place>,
    /// Whether it stands elsewhere among its like.
    moved: bool,
    cells: Vec<Cell>,
}

/// The comparison of two versions, in the order in which it is read.
#[derive(Debug, Clone)]
pub struct Comparison {
    leaves: Vec<MarkedLeaf>,
}

/// Blocks in which figures are words like others: neighbouring runs of one style become one.
#[must_use]
pub fn of_words(blocks: Vec<Block>) -> Vec<Block> {
    let runs = |runs: Vec<Run>| {
        let mut joined: Vec<Run> = Vec::new();
        for run in runs {
            let run = Run { figure: None, ..run };
            match joined.last_mut() {
                Some(last) if words::same_style(last, &run) => last.text.push_str(&run.text),
                _ => joined.push(run),
            }
        }
        joined
    };
    let cells = |cells: Vec<Vec<Run>>| cells.into_iter().map(runs).collect();
    let block = |block: Block| match block {
        Block::Heading { level, runs: text } => Block::Heading { level, runs: runs(text) },
        Block::Paragraph { runs: text } => Block::Paragraph { runs: runs(text) },
        Block::List { start, items } => Block::List { start, items: items.into_iter().map(of_words).collect() },
        Block::Quote { blocks } => Block::Quote { blocks: of_words(blocks) },
        Block::Table { right, head, rows } => {
            Block::Table { right, head: cells(head), rows: rows.into_iter().map(cells).collect() }
        }
        Block::Part { name, arguments, blocks } => Block::Part { name, arguments, blocks: of_words(blocks) },
        block @ (Block::Rule | Block::Picture { .. }) => block,
    };
    blocks.into_iter().map(block).collect()
}

/// Compares two versions.
#[must_use]
pub fn compare(before: &[Block], after: &[Block]) -> Comparison {
    let old = leaves::flatten(before, 0);
    // Containers of the later version are told from those of the earlier by their numbers.
    let first = old.iter().flat_map(|leaf| &leaf.path).map(|container| container.id + 1).max().unwrap_or(0);
    let new = leaves::flatten(after, first);
    let mut comparer = Comparer { old: &old, new: &new, leaves: Vec::new() };
    if before == after {
        // What is the same needs no search for what it might be.
        (0..old.len()).for_each(|rank| comparer.both(rank, rank, false));
    } else {
        comparer.articles();
    }
    Comparison { leaves: comparer.leaves }
}

/// Two versions as leaves, and what is found so far.
struct Comparer<'a> {
    old: &'a [Leaf],
    new: &'a [Leaf],
    leaves: Vec<MarkedLeaf>,
}

impl Comparer<'_> {
    fn articles(&mut self) {
        let (old, new) = (matching::articles(self.old), matching::articles(self.new));
        let pairs = matching::pair_articles(self.old, &old, self.new, &new);
        for step in matching::merge(old.len(), new.len(), &pairs) {
            match step {
                Step::Both(i, j, moved) => self.units(old[i].clone(), new[j].clone(), i > 0, moved),
                Step::Old(i) => old[i].clone().for_each(|rank| self.whole(Some(rank), None)),
                Step::New(j) => new[j].clone().for_each(|rank| self.whole(None, Some(rank))),
            }
        }
    }

    /// The paragraphs and tables of an article; two articles that are one have their titles in common.
    fn units(&mut self, old: std::ops::Range<usize>, new: std::ops::Range<usize>, titled: bool, moved: bool) {
        let (mut old, mut new) = (old, new);
        if titled {
            self.both(old.start, new.start, moved);
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        let (old, new) = (matching::units(self.old, old), matching::units(self.new, new));
        let pairs = matching::pair_units(self.old, &old, self.new, &new);
        for step in matching::merge(old.len(), new.len(), &pairs) {
            match step {
                Step::Both(i, j, moved) if matches!(self.old[old[i].start].kind, Kind::Row { .. }) => {
                    self.rows(&old[i], &new[j], moved);
                }
                Step::Both(i, j, moved) => self.both(old[i].start, new[j].start, moved),
                Step::Old(i) => old[i].clone().for_each(|rank| self.whole(Some(rank), None)),
                Step::New(j) => new[j].clone().for_each(|rank| self.whole(None, Some(rank))),
            }
        }
    }

    /// The rows of a table by their key, its columns by their heading.
    fn rows(&mut self, old: &std::ops::Range<usize>, new: &std::ops::Range<usize>, table_moved: bool) {
        let columns = matching::pair_columns(&self.old[old.start], &self.new[new.start]);
        let (old_width, new_width) = (self.old[old.start].cells.len(), self.new[new.start].cells.len());
        let columns = matching::merge(old_width, new_width, &columns);
        let rows = matching::pair_rows(&self.old[old.clone()], &self.new[new.clone()]);
        let cell = |pieces, before, after| Cell { pieces, before, after };
        for step in matching::merge(old.len(), new.len(), &rows) {
            let (before, after, moved) = match step {
                Step::Both(i, j, moved) => (Some(old.start + i), Some(new.start + j), moved || table_moved),
                Step::Old(i) => (Some(old.start + i), None, false),
                Step::New(j) => (None, Some(new.start + j), false),
            };
            let at = |leaves: &[Leaf], rank: Option<usize>, column: usize| -> Vec<Run> {
                rank.and_then(|rank| leaves[rank].cells.get(column).cloned()).unwrap_or_default()
            };
            let cells = columns.iter().map(|step| match *step {
                Step::Both(i, j, _) => cell(
                    words::change(&at(self.old, before, i), &at(self.new, after, j)),
                    before.is_some(),
                    after.is_some(),
                ),
                Step::Old(i) => cell(words::change(&at(self.old, before, i), &[]), before.is_some(), false),
                Step::New(j) => cell(words::change(&[], &at(self.new, after, j)), false, after.is_some()),
            });
            let cells = cells.collect();
            self.push(before, after, moved, cells);
        }
    }

    fn both(&mut self, old: usize, new: usize, moved: bool) {
        let cells = self.old[old].cells.iter().zip(&self.new[new].cells);
        let cells =
            cells.map(|(old, new)| Cell { pieces: words::change(old, new), before: true, after: true }).collect();
        self.push(Some(old), Some(new), moved, cells);
    }

    fn whole(&mut self, old: Option<usize>, new: Option<usize>) {
        let leaf = old.map(|rank| &self.old[rank]).or_else(|| new.map(|rank| &self.new[rank]));
        let cell = |cell: &Vec<Run>| Cell {
            pieces: if old.is_some() { words::change(cell, &[]) } else { words::change(&[], cell) },
            before: old.is_some(),
            after: new.is_some(),
        };
        let cells = leaf.map(|leaf| leaf.cells.iter().map(cell).collect()).unwrap_or_default();
        self.push(old, new, false, cells);
    }

    fn push(&mut self, old: Option<usize>, new: Option<usize>, moved: bool, cells: Vec<Cell>) {
        let place = |leaves: &[Leaf], rank: usize| {
            let Leaf { path, kind, .. } = &leaves[rank];
            Place { rank, leaf: Leaf { path: path.clone(), kind: kind.clone(), cells: Vec::new() } }
        };
        let (before, after) = (old.map(|rank| place(self.old, rank)), new.map(|rank| place(self.new, rank)));
        self.leaves.push(MarkedLeaf { before, after, moved, cells });
    }
}

impl Comparison {
    /// Whether the two versions say the same, in the same order.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.state() == State::Kept && !leaf.moved)
    }

    /// The comparison as one tree, for pages: what went stands where it was, what came where it is.
    #[must_use]
    pub fn blocks(&self) -> Vec<MarkedBlock> {
        tree::blocks(&self.leaves)
    }

    /// The comparison as one tree, for programs that know only what went and what came: what moved, or stands in another
    /// style, did both.
    #[must_use]
    pub fn tracked(&self) -> Vec<MarkedBlock> {
        tree::blocks(&tracked::leaves(&self.leaves))
    }

    /// The comparison as data for pages, with the words that tell what became of the articles.
    #[must_use]
    pub fn data(&self, summary: &[Block]) -> serde_json::Value {
        serde_json::json!({ "blocs": self.blocks(), "resume": summary })
    }

    /// What became of the articles.
    #[must_use]
    pub fn summary(&self) -> Summary {
        summary::of(&self.leaves)
    }

    /// One version of the two: the later one where every change is accepted, else the earlier one.
    #[cfg(test)]
    fn side(&self, accept: bool) -> Vec<Block> {
        let mut places: Vec<(usize, Leaf)> = Vec::new();
        for leaf in &self.leaves {
            let place = if accept { &leaf.after } else { &leaf.before };
            let cell = |cell: &Cell| {
                let runs = cell.pieces.iter().flatten();
                let runs = runs.filter(|run| run.mark != if accept { Mark::Deleted } else { Mark::Inserted });
                runs.map(|run| if accept { run.run.clone() } else { run.earlier().clone() }).collect()
            };
            if let Some(Place { rank, leaf: held }) = place {
                let on_side = leaf.cells.iter().filter(|cell| if accept { cell.after } else { cell.before });
                places.push((*rank, Leaf { cells: on_side.map(cell).collect(), ..held.clone() }));
            }
        }
        places.sort_by_key(|(rank, _)| *rank);
        of_words(leaves::rebuild(places.into_iter().map(|(_, leaf)| leaf).collect()))
    }
}

impl MarkedLeaf {
    /// What it is, wherever it stands.
    fn leaf(&self) -> Option<&Leaf> {
        self.after.as_ref().or(self.before.as_ref()).map(|place| &place.leaf)
    }

    fn kind(&self) -> &Kind {
        self.leaf().map_or(&Kind::Empty, |leaf| &leaf.kind)
    }

    /// What became of it as a whole.
    fn state(&self) -> State {
        match (&self.before, &self.after) {
            (Some(_), None) => State::Deleted,
            (None, _) => State::Inserted,
            _ if self.cells.iter().all(|cell| cell.state() == State::Kept) => State::Kept,
            _ => State::Changed,
        }
    }

    /// Its words on one side.
    fn text(&self, mark: Mark) -> String {
        self.cells.first().map(|cell| cell.text(mark)).unwrap_or_default()
    }
}

impl Cell {
    fn runs(&self) -> impl Iterator<Item = &MarkedRun> {
        self.pieces.iter().flatten()
    }

    fn state(&self) -> State {
        let all = |mark: Mark| self.runs().all(|run| run.mark == mark);
        match (self.before, self.after) {
            (true, true) if all(Mark::Kept) => State::Kept,
            (true, true) => State::Changed,
            (true, false) => State::Deleted,
            _ => State::Inserted,
        }
    }

    /// Its words in the version that has what is marked so.
    fn text(&self, mark: Mark) -> String {
        let on_side = self.runs().filter(|run| run.mark == Mark::Kept || run.mark == mark);
        on_side.map(|run| run.run.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests;
