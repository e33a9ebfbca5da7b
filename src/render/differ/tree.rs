//! A comparison as one tree of blocks: the structure of the later version, with what went among it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::leaves::{Container, Holder, Kind, Node, grow};
use super::words::join;
use super::{Cell, MarkedLeaf, MarkedRun, State};

/// A block of two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "genre")]
pub enum MarkedBlock {
    /// A heading.
    #[serde(rename = "titre")]
    Heading {
        /// Its level.
        #[serde(rename = "niveau")]
        level: u8,
        /// The number of the article in the later version, or in the earlier one where it went.
        #[serde(rename = "numero")]
        number: Option<usize>,
        /// Its number in the earlier version, where that was another.
        #[serde(rename = "ancien")]
        earlier: Option<usize>,
        /// Its words.
        #[serde(rename = "texte")]
        runs: Vec<MarkedRun>,
        /// What became of it.
        #[serde(rename = "etat")]
        state: State,
        /// Whether it stands elsewhere.
        #[serde(rename = "deplace")]
        moved: bool,
    },
    /// A paragraph.
    #[serde(rename = "paragraphe")]
    Paragraph {
        /// Its words.
        #[serde(rename = "texte")]
        runs: Vec<MarkedRun>,
        /// What became of it.
        #[serde(rename = "etat")]
        state: State,
        /// Whether it stands elsewhere.
        #[serde(rename = "deplace")]
        moved: bool,
    },
    /// A list.
    #[serde(rename = "liste")]
    List {
        /// Whether its items have numbers.
        #[serde(rename = "numerotee")]
        numbered: bool,
        /// Its items.
        #[serde(rename = "elements")]
        items: Vec<MarkedItem>,
    },
    /// A quotation.
    #[serde(rename = "citation")]
    Quote {
        /// What is quoted.
        #[serde(rename = "blocs")]
        blocks: Vec<MarkedBlock>,
    },
    /// A table.
    #[serde(rename = "tableau")]
    Table {
        /// Whether each column is aligned to the right.
        #[serde(rename = "a_droite")]
        right: Vec<bool>,
        /// The headings.
        #[serde(rename = "intitules")]
        head: Vec<MarkedCell>,
        /// The rows.
        #[serde(rename = "lignes")]
        rows: Vec<MarkedRow>,
    },
    /// A rule between two parts.
    #[serde(rename = "filet")]
    Rule {
        /// What became of it.
        #[serde(rename = "etat")]
        state: State,
    },
    /// A picture on a line of its own.
    #[serde(rename = "image")]
    Picture {
        /// Its path below the inputs.
        #[serde(rename = "chemin")]
        path: String,
        /// What it shows.
        #[serde(rename = "texte")]
        runs: Vec<MarkedRun>,
        /// What became of it.
        #[serde(rename = "etat")]
        state: State,
    },
    /// A named part.
    #[serde(rename = "partie")]
    Part {
        /// Its name.
        #[serde(rename = "nom")]
        name: String,
        /// What it is told beside its text.
        arguments: Vec<String>,
        /// What it holds.
        #[serde(rename = "blocs")]
        blocks: Vec<MarkedBlock>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedItem {
    /// Its number, in the version that has it.
    #[serde(rename = "numero")]
    pub number: Option<u64>,
    /// What it holds.
    #[serde(rename = "blocs")]
    pub blocks: Vec<MarkedBlock>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedRow {
    /// What became of it.
    #[serde(rename = "etat")]
    pub state: State,
    /// Whether it stands elsewhere.
    #[serde(rename = "deplace")]
    pub moved: bool,
    /// Its cells.
    #[serde(rename = "cellules")]
    pub cells: Vec<MarkedCell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedCell {
    /// Its words.
    #[serde(rename = "texte")]
    pub runs: Vec<MarkedRun>,
    /// What became of it.
    #[serde(rename = "etat")]
    pub state: State,
}

/// The numbers of articles in both versions, by their ranks there.
pub(super) struct Numbers {
    before: BTreeMap<usize, usize>,
    after: BTreeMap<usize, usize>,
}

impl Numbers {
    pub(super) fn new(leaves: &[MarkedLeaf]) -> Self {
        let numbered = |rank: fn(&MarkedLeaf) -> Option<usize>| {
            let mut ranks: Vec<usize> = leaves.iter().filter(|leaf| is_article(leaf)).filter_map(rank).collect();
            ranks.sort_unstable();
            ranks.into_iter().zip(1..).collect()
        };
        Self {
            before: numbered(|leaf| leaf.before.as_ref().map(|place| place.rank)),
            after: numbered(|leaf| leaf.after.as_ref().map(|place| place.rank)),
        }
    }

    /// The numbers of an article before and after.
    pub(super) fn of(&self, leaf: &MarkedLeaf) -> (Option<usize>, Option<usize>) {
        let number =
            |places: &BTreeMap<usize, usize>, rank: Option<usize>| rank.and_then(|rank| places.get(&rank).copied());
        let before = number(&self.before, leaf.before.as_ref().map(|place| place.rank));
        (before, number(&self.after, leaf.after.as_ref().map(|place| place.rank)))
    }
}

/// Whether a leaf is the title of an article.
pub(super) fn is_article(leaf: &MarkedLeaf) -> bool {
    *leaf.kind() == Kind::Heading(2) && leaf.leaf().is_some_and(|leaf| leaf.path.is_empty())
}

/// The tree of the leaves.
pub(super) fn blocks(leaves: &[MarkedLeaf]) -> Vec<MarkedBlock> {
    let numbers = Numbers::new(leaves);
    // What went stands in the list or table that took the place of its own.
    let mut heirs: BTreeMap<usize, &Container> = BTreeMap::new();
    for (before, after) in leaves.iter().filter_map(|leaf| leaf.before.as_ref().zip(leaf.after.as_ref())) {
        for (old, new) in before.leaf.path.iter().zip(&after.leaf.path) {
            if std::mem::discriminant(&old.holder) != std::mem::discriminant(&new.holder) {
                break;
            }
            heirs.entry(old.id).or_insert(new);
        }
    }
    let path = |leaf: &MarkedLeaf| -> Vec<Container> {
        let path = leaf.leaf().map(|leaf| leaf.path.clone()).unwrap_or_default();
        path.into_iter().map(|held| heirs.get(&held.id).map_or(held, |heir| (*heir).clone())).collect()
    };
    of(grow(leaves.iter().map(|leaf| (path(leaf), leaf))), &numbers)
}

fn of(nodes: Vec<Node<&MarkedLeaf>>, numbers: &Numbers) -> Vec<MarkedBlock> {
    nodes
        .into_iter()
        .filter_map(|node| match node {
            Node::Leaf(leaf) => single(leaf, numbers),
            Node::Group(container, held) => group(container.holder, held, numbers),
        })
        .collect()
}

fn single(leaf: &MarkedLeaf, numbers: &Numbers) -> Option<MarkedBlock> {
    let runs = join(leaf.cells.iter().flat_map(|cell| cell.runs().cloned()).collect());
    let (state, moved) = (leaf.state(), leaf.moved);
    match leaf.kind() {
        &Kind::Heading(level) => {
            let (before, after) = numbers.of(leaf);
            let earlier = before.filter(|number| after.is_some_and(|after| after != *number));
            Some(MarkedBlock::Heading { level, number: after.or(before), earlier, runs, state, moved })
        }
        Kind::Paragraph => Some(MarkedBlock::Paragraph { runs, state, moved }),
        Kind::Picture(path) => Some(MarkedBlock::Picture { path: path.clone(), runs, state }),
        Kind::Rule => Some(MarkedBlock::Rule { state }),
        Kind::Row { .. } | Kind::Empty => None,
    }
}

fn group(holder: Holder, held: Vec<Node<&MarkedLeaf>>, numbers: &Numbers) -> Option<MarkedBlock> {
    match holder {
        Holder::Quote => Some(MarkedBlock::Quote { blocks: of(held, numbers) }),
        Holder::Part(name, arguments) => Some(MarkedBlock::Part { name, arguments, blocks: of(held, numbers) }),
        Holder::List(start) => {
            let items = held.into_iter().map(|node| match node {
                Node::Group(Container { holder: Holder::Item(number), .. }, held) => {
                    MarkedItem { number, blocks: of(held, numbers) }
                }
                other => MarkedItem { number: None, blocks: of(vec![other], numbers) },
            });
            Some(MarkedBlock::List { numbered: start.is_some(), items: items.collect() })
        }
        Holder::Table(right) => {
            let leaves: Vec<&MarkedLeaf> = held
                .into_iter()
                .filter_map(|node| match node {
                    Node::Leaf(leaf) => Some(leaf),
                    Node::Group(..) => None,
                })
                .collect();
            let cell = |cell: &Cell| MarkedCell { runs: join(cell.runs().cloned().collect()), state: cell.state() };
            let cells = |leaf: &MarkedLeaf| leaf.cells.iter().map(cell).collect::<Vec<_>>();
            let (head, rows) = leaves.split_first()?;
            let head = cells(head);
            // A column that went or came among the others leaves the alignment to the words.
            let right = if right.len() == head.len() { right } else { vec![false; head.len()] };
            let rows = rows.iter().map(|leaf| MarkedRow { state: leaf.state(), moved: leaf.moved, cells: cells(leaf) });
            Some(MarkedBlock::Table { right, head, rows: rows.collect() })
        }
        Holder::Item(_) => None,
    }
}
