//! Two versions of a text, compared word by word inside their paragraphs.
//!
//! Accepting every change gives the later text, rejecting every change gives the earlier one: nothing is lost between.

use serde::Serialize;
use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::content::{Block, Run};

/// A paragraph, a heading, an item of a list or a row of a table: what is compared with its like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Leaf {
    kind: Kind,
    /// The mark of an item, « – » or « 1. »; a new number alone is no change.
    mark: String,
    /// One cell, or those of a row.
    cells: Vec<Vec<Run>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    #[serde(rename = "titre")]
    Heading(u8),
    #[serde(rename = "paragraphe")]
    Paragraph,
    #[serde(rename = "element")]
    Item(u8),
    #[serde(rename = "ligne")]
    Row { head: bool },
    #[serde(rename = "filet")]
    Rule,
}

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// In both versions.
    #[default]
    Kept,
    /// Only in the earlier.
    Deleted,
    /// Only in the later.
    Inserted,
}

/// A run of words and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MarkedRun {
    pub(super) run: Run,
    pub(super) mark: Mark,
}

#[derive(Debug, Clone)]
pub(super) struct MarkedLeaf {
    pub(super) kind: Kind,
    pub(super) mark: String,
    pub(super) cells: Vec<Vec<MarkedRun>>,
    /// What became of it where it has no words.
    bare: Mark,
}

/// The comparison of two versions.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub(super) leaves: Vec<MarkedLeaf>,
}

/// Blocks in which figures are words like others: neighbouring runs of one style become one.
#[must_use]
pub fn of_words(blocks: Vec<Block>) -> Vec<Block> {
    let runs = |runs: Vec<Run>| {
        let mut joined: Vec<Run> = Vec::new();
        for run in runs {
            let run = Run { figure: None, ..run };
            match joined.last_mut() {
                Some(last) if same_style(last, &run) => last.text.push_str(&run.text),
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
    let (old, new) = (flatten(before), flatten(after));
    let (old_keys, new_keys): (Vec<String>, Vec<String>) =
        (old.iter().map(key).collect(), new.iter().map(key).collect());
    let mut leaves = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old_keys, &new_keys) {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                leaves.extend(new[new_index..new_index + len].iter().map(|leaf| whole(leaf, Mark::Kept)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                leaves.extend(old[old_index..old_index + old_len].iter().map(|leaf| whole(leaf, Mark::Deleted)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                leaves.extend(new[new_index..new_index + new_len].iter().map(|leaf| whole(leaf, Mark::Inserted)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                leaves.extend(replace(&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]));
            }
        }
    }
    Comparison { leaves }
}

/// Blocks as a flat list of leaves, in reading order.
fn flatten(blocks: &[Block]) -> Vec<Leaf> {
    fn visit(blocks: &[Block], depth: u8, leaves: &mut Vec<Leaf>) {
        for block in blocks {
            match block {
                Block::Heading { level, runs } => leaves.push(leaf(Kind::Heading(*level), runs)),
                Block::Paragraph { runs } => leaves.push(leaf(Kind::Paragraph, runs)),
                Block::Quote { blocks } | Block::Part { blocks, .. } => visit(blocks, depth, leaves),
                Block::Picture { alternative, .. } => {
                    leaves.push(leaf(Kind::Paragraph, &[Run { text: alternative.clone(), ..Run::default() }]));
                }
                Block::Rule => leaves.push(Leaf { kind: Kind::Rule, mark: String::new(), cells: Vec::new() }),
                Block::List { start, items } => {
                    for (index, item) in items.iter().enumerate() {
                        let mark = start.map_or_else(|| "–".to_owned(), |start| format!("{}.", start + index as u64));
                        let first = leaves.len();
                        visit(item, depth + 1, leaves);
                        if let Some(leaf) = leaves.get_mut(first).filter(|leaf| leaf.kind == Kind::Paragraph) {
                            leaf.kind = Kind::Item(depth);
                            leaf.mark = mark;
                        }
                    }
                }
                Block::Table { head, rows, .. } => {
                    leaves.push(Leaf { kind: Kind::Row { head: true }, mark: String::new(), cells: head.clone() });
                    let row = |cells: &Vec<Vec<Run>>| Leaf {
                        kind: Kind::Row { head: false },
                        mark: String::new(),
                        cells: cells.clone(),
                    };
                    leaves.extend(rows.iter().map(row));
                }
            }
        }
    }
    fn leaf(kind: Kind, runs: &[Run]) -> Leaf {
        Leaf { kind, mark: String::new(), cells: vec![runs.to_vec()] }
    }
    let mut leaves = Vec::new();
    visit(blocks, 0, &mut leaves);
    leaves
}

/// What makes two leaves the same: their kind and their words.
fn key(leaf: &Leaf) -> String {
    let cells: Vec<String> = leaf.cells.iter().map(|cell| cell.iter().map(|run| run.text.as_str()).collect()).collect();
    format!("{:?}\u{1}{}", leaf.kind, cells.join("\u{1}"))
}

fn whole(leaf: &Leaf, mark: Mark) -> MarkedLeaf {
    let cells =
        leaf.cells.iter().map(|cell| cell.iter().map(|run| MarkedRun { run: run.clone(), mark }).collect()).collect();
    MarkedLeaf { kind: leaf.kind, mark: leaf.mark.clone(), cells, bare: mark }
}

/// Pairs the leaves of two stretches that are alike enough to be one paragraph changed, in order; the others go and come whole.
fn replace(old: &[Leaf], new: &[Leaf]) -> Vec<MarkedLeaf> {
    // The best sum of likeness over pairs in order, as in a longest common subsequence.
    let likeness: Vec<Vec<u32>> =
        old.iter().map(|before| new.iter().map(|after| alike(before, after)).collect()).collect();
    let mut best = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let paired = if likeness[i][j] > 0 { likeness[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut leaves = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && likeness[i][j] > 0 && best[i][j] == likeness[i][j] + best[i + 1][j + 1] {
            leaves.push(change(&old[i], &new[j]));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || best[i][j] == best[i + 1][j]) {
            leaves.push(whole(&old[i], Mark::Deleted));
            i += 1;
        } else {
            leaves.push(whole(&new[j], Mark::Inserted));
            j += 1;
        }
    }
    leaves
}

/// How alike two leaves are, from 0 (not the same paragraph) to 1000.
fn alike(old: &Leaf, new: &Leaf) -> u32 {
    if old.kind != new.kind || old.cells.len() != new.cells.len() {
        return 0;
    }
    let tokens = |leaf: &Leaf| -> Vec<String> {
        leaf.cells.iter().flat_map(|cell| tokens(cell)).map(|token| token.text).filter(|text| text != " ").collect()
    };
    let (before, after) = (tokens(old), tokens(new));
    let total = before.len() + after.len();
    if total == 0 {
        return 1000;
    }
    let equal: usize = capture_diff_slices(Algorithm::Myers, &before, &after)
        .iter()
        .map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 })
        .sum();
    let share = u32::try_from(2 * equal * 1000 / total).unwrap_or(0);
    // Two rows that begin with the same words are the same row, whatever its numbers became.
    let first = |leaf: &Leaf| {
        leaf.cells.first().map(|cell| cell.iter().map(|run| run.text.as_str()).collect::<String>()).unwrap_or_default()
    };
    if matches!(old.kind, Kind::Row { .. }) && !first(old).is_empty() && first(old) == first(new) {
        return share.max(600);
    }
    if share >= 400 { share } else { 0 }
}

/// A changed leaf, word by word, cell by cell.
fn change(old: &Leaf, new: &Leaf) -> MarkedLeaf {
    let cells = old.cells.iter().zip(&new.cells).map(|(before, after)| change_runs(before, after)).collect();
    MarkedLeaf { kind: new.kind, mark: new.mark.clone(), cells, bare: Mark::Kept }
}

fn change_runs(old: &[Run], new: &[Run]) -> Vec<MarkedRun> {
    let (before, after) = (tokens(old), tokens(new));
    let texts = |tokens: &[Run]| -> Vec<String> { tokens.iter().map(|token| token.text.clone()).collect() };
    let mut marked: Vec<(Vec<Run>, Vec<Run>, bool)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &texts(&before), &texts(&after)) {
        let (gone, come, kept) = (&before[op.old_range()], &after[op.new_range()], matches!(op, DiffOp::Equal { .. }));
        marked.push((gone.to_vec(), come.to_vec(), kept));
    }
    // A lone space between two changes belongs to them: « huit mille » replaced by « dix mille » is one change.
    for index in 1..marked.len().saturating_sub(1) {
        let is_space = marked[index].1.iter().all(|token| token.text.trim().is_empty());
        if marked[index].2 && is_space && !marked[index - 1].2 && !marked[index + 1].2 {
            marked[index].2 = false;
        }
    }
    let mut runs: Vec<MarkedRun> = Vec::new();
    let mut index = 0;
    while index < marked.len() {
        if marked[index].2 {
            runs.extend(marked[index].1.iter().map(|run| MarkedRun { run: run.clone(), mark: Mark::Kept }));
            index += 1;
            continue;
        }
        // All that goes stands before all that comes.
        let end = (index..marked.len()).find(|position| marked[*position].2).unwrap_or(marked.len());
        for (mark, side) in [(Mark::Deleted, 0), (Mark::Inserted, 1)] {
            for change in &marked[index..end] {
                let side = if side == 0 { &change.0 } else { &change.1 };
                runs.extend(side.iter().map(|run| MarkedRun { run: run.clone(), mark }));
            }
        }
        index = end;
    }
    join(runs)
}

/// Neighbours of one style and one fate as one run.
fn join(runs: Vec<MarkedRun>) -> Vec<MarkedRun> {
    let mut joined: Vec<MarkedRun> = Vec::new();
    for marked in runs {
        match joined.last_mut() {
            Some(last) if last.mark == marked.mark && same_style(&last.run, &marked.run) => {
                last.run.text.push_str(&marked.run.text);
            }
            _ => joined.push(marked),
        }
    }
    joined
}

fn same_style(left: &Run, right: &Run) -> bool {
    (left.strong, left.emphasis, left.code, &left.link) == (right.strong, right.emphasis, right.code, &right.link)
}

/// The words of runs: what stands between ordinary spaces, with its no-break spaces; spaces and final punctuation apart.
fn tokens(runs: &[Run]) -> Vec<Run> {
    let mut tokens = Vec::new();
    for run in runs {
        let mut rest = run.text.as_str();
        while let Some(first) = rest.chars().next() {
            let length = if is_break(first) {
                first.len_utf8()
            } else {
                let word = rest.find(is_break).unwrap_or(rest.len());
                let bare = rest[..word].trim_end_matches([',', ';', '.', ':', ')', '\u{a0}', '\u{202f}']).len();
                if bare == 0 { word } else { bare }
            };
            tokens.push(Run { text: rest[..length].to_owned(), ..run.clone() });
            rest = &rest[length..];
        }
    }
    tokens
}

fn is_break(character: char) -> bool {
    matches!(character, ' ' | '\n')
}

impl Comparison {
    /// Whether the two versions say the same.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.state() == "garde")
    }

    /// The comparison as data for pages: the marked leaves, and what became of each article.
    #[must_use]
    pub fn data(&self) -> Value {
        let (mut old_number, mut new_number) = (0, 0);
        let mut leaves = Vec::new();
        let mut articles: Vec<Article> = Vec::new();
        for leaf in &self.leaves {
            let state = leaf.state();
            let mut number = None;
            if leaf.kind == Kind::Heading(2) {
                old_number += u32::from(state != "ajoute");
                new_number += u32::from(state != "supprime");
                let shown = if state == "supprime" { old_number } else { new_number };
                number = Some(shown);
                articles.push(Article {
                    number: shown,
                    title: leaf.text(state == "supprime"),
                    heading: state,
                    ..Article::default()
                });
            }
            if let Some(article) = articles.last_mut() {
                article.take(leaf);
            }
            leaves.push(leaf.data(number));
        }
        json!({ "feuilles": leaves, "articles": articles.iter().map(Article::data).collect::<Vec<_>>() })
    }

    /// One side of the comparison, leaf by leaf: the later version when every change is accepted, else the earlier one.
    #[cfg(test)]
    fn side(&self, accept: bool) -> Vec<String> {
        let (kept, gone) = if accept { (Mark::Inserted, Mark::Deleted) } else { (Mark::Deleted, Mark::Inserted) };
        let on_side = |leaf: &&MarkedLeaf| leaf.state() != if gone == Mark::Deleted { "supprime" } else { "ajoute" };
        self.leaves
            .iter()
            .filter(on_side)
            .map(|leaf| {
                let cells: Vec<String> = leaf
                    .cells
                    .iter()
                    .map(|cell| {
                        cell.iter()
                            .filter(|run| run.mark == Mark::Kept || run.mark == kept)
                            .map(|run| run.run.text.as_str())
                            .collect()
                    })
                    .collect();
                format!("{:?}\u{1}{}", leaf.kind, cells.join("\u{1}"))
            })
            .collect()
    }
}

impl MarkedLeaf {
    fn marks(&self) -> impl Iterator<Item = Mark> {
        self.cells.iter().flatten().map(|run| run.mark)
    }

    /// What became of the leaf as a whole.
    fn state(&self) -> &'static str {
        match self.fate() {
            Mark::Deleted => "supprime",
            Mark::Inserted => "ajoute",
            Mark::Kept if self.marks().all(|found| found == Mark::Kept) => "garde",
            Mark::Kept => "modifie",
        }
    }

    /// Whether it came or went as a whole.
    pub(super) fn fate(&self) -> Mark {
        let mut marks = self.marks();
        let first = marks.next().unwrap_or(self.bare);
        if marks.all(|found| found == first) { first } else { Mark::Kept }
    }

    /// Its number, where it is an item of a numbered list.
    pub(super) fn number(&self) -> Option<u64> {
        self.mark.trim_end_matches('.').parse().ok()
    }

    /// Its words on one side.
    fn text(&self, before: bool) -> String {
        let other = if before { Mark::Inserted } else { Mark::Deleted };
        self.cells.iter().flatten().filter(|run| run.mark != other).map(|run| run.run.text.as_str()).collect()
    }

    fn data(&self, number: Option<u32>) -> Value {
        let (genre, level, head) = match self.kind {
            Kind::Heading(level) => ("titre", level, false),
            Kind::Paragraph => ("paragraphe", 0, false),
            Kind::Item(level) => ("element", level, false),
            Kind::Row { head } => ("ligne", 0, head),
            Kind::Rule => ("filet", 0, false),
        };
        let run = |marked: &MarkedRun| {
            let mut value = serde_json::to_value(&marked.run).unwrap_or_default();
            value["marque"] = match marked.mark {
                Mark::Kept => Value::Null,
                Mark::Deleted => "supprime".into(),
                Mark::Inserted => "ajoute".into(),
            };
            value
        };
        let cells: Vec<Vec<Value>> = self.cells.iter().map(|cell| cell.iter().map(run).collect()).collect();
        json!({ "genre": genre, "niveau": level, "entete": head, "puce": self.mark, "numero": number, "etat": self.state(), "cellules": cells })
    }
}

/// What became of one article: its words that went and came, and the first changes in a few words.
#[derive(Default)]
struct Article {
    number: u32,
    title: String,
    heading: &'static str,
    deleted: usize,
    inserted: usize,
    before: Vec<String>,
    after: Vec<String>,
}

impl Article {
    fn take(&mut self, leaf: &MarkedLeaf) {
        let words = |mark: Mark| -> Vec<String> {
            leaf.cells
                .iter()
                .flatten()
                .filter(|run| run.mark == mark)
                .map(|run| run.run.text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .collect()
        };
        let (gone, come) = (words(Mark::Deleted), words(Mark::Inserted));
        let count = |texts: &[String]| texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>();
        self.deleted += count(&gone);
        self.inserted += count(&come);
        if leaf.kind != Kind::Heading(2) {
            self.before.extend(gone);
            self.after.extend(come);
        }
    }

    fn data(&self) -> Value {
        let state = match (self.heading, self.deleted + self.inserted) {
            ("supprime", _) => "supprimé",
            ("ajoute", _) => "nouveau",
            (_, 0) => "inchangé",
            _ => "modifié",
        };
        json!({
            "numero": self.number, "titre": self.title, "etat": state,
            "supprimes": self.deleted, "ajoutes": self.inserted,
            "avant": digest(&self.before), "apres": digest(&self.after),
        })
    }
}

/// The first changes in a few words.
fn digest(texts: &[String]) -> String {
    const LENGTH: usize = 140;
    let joined = texts.join(" […] ");
    if joined.chars().count() <= LENGTH {
        return joined;
    }
    let cut: String = joined.chars().take(LENGTH).collect();
    format!("{} […]", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head).trim_end_matches(" […]"))
}

#[cfg(test)]
mod tests;
