//! Blocks as leaves in reading order, each with what holds it, and back: nothing of the tree is lost on the way.

use crate::content::{Block, Run, words};

/// A paragraph, a heading, a row of a table: what is compared with its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// What holds it, the outermost first.
    pub(super) path: Vec<Container>,
    pub(super) kind: Kind,
    /// One cell, or those of a row.
    pub(super) cells: Vec<Vec<Run>>,
}

/// A list, an item, a table, a quotation: one of a text, by a number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Container {
    pub(super) id: usize,
    pub(super) holder: Holder,
}

/// What a container is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holder {
    /// A list with its first number.
    List(Option<u64>),
    /// An item with its number, where its list has numbers.
    Item(Option<u64>),
    /// A quotation.
    Quote,
    /// A table, with the columns that are aligned to the right.
    Table(Vec<bool>),
    /// A named part, with what it is told.
    Part(String, Vec<String>),
}

/// What a leaf is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8),
    Paragraph,
    /// A picture by its path; its words are those that say what it shows.
    Picture(String),
    Row {
        head: bool,
    },
    Rule,
    /// What stands for an empty item or quotation.
    Empty,
}

impl Leaf {
    /// Its words, without their styles.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(|cell| words(cell)).collect::<Vec<_>>().join("\u{1}")
    }

    /// Whether it opens an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.path.iter().any(|container| matches!(container.holder, Holder::Item(_)))
    }

    /// The table that it is a row of.
    pub(super) fn table(&self) -> Option<usize> {
        matches!(self.kind, Kind::Row { .. }).then(|| self.path.last().map(|container| container.id)).flatten()
    }
}

/// Blocks as leaves, whose containers are numbered from a number on.
pub(super) fn flatten(blocks: &[Block], first: usize) -> Vec<Leaf> {
    let mut reader = Reader { path: Vec::new(), next: first, leaves: Vec::new() };
    reader.visit(blocks);
    reader.leaves
}

struct Reader {
    path: Vec<Container>,
    next: usize,
    leaves: Vec<Leaf>,
}

impl Reader {
    fn visit(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, runs } => self.push(Kind::Heading(*level), vec![runs.clone()]),
                Block::Paragraph { runs } => self.push(Kind::Paragraph, vec![runs.clone()]),
                Block::Rule => self.push(Kind::Rule, Vec::new()),
                Block::Picture { path, alternative } => {
                    let words = Run { text: alternative.clone(), ..Run::default() };
                    self.push(Kind::Picture(path.clone()), vec![vec![words]]);
                }
                Block::Part { name, arguments, blocks } => {
                    self.within(Holder::Part(name.clone(), arguments.clone()), |reader| reader.visit(blocks));
                }
                Block::Quote { blocks } => self.within(Holder::Quote, |reader| reader.visit(blocks)),
                Block::List { start, items } => self.within(Holder::List(*start), |reader| {
                    for (index, item) in (0..).zip(items) {
                        reader.within(Holder::Item(start.map(|start| start + index)), |reader| reader.visit(item));
                    }
                }),
                Block::Table { right, head, rows } => self.within(Holder::Table(right.clone()), |reader| {
                    reader.push(Kind::Row { head: true }, head.clone());
                    rows.iter().for_each(|row| reader.push(Kind::Row { head: false }, row.clone()));
                }),
            }
        }
    }

    fn push(&mut self, kind: Kind, cells: Vec<Vec<Run>>) {
        self.leaves.push(Leaf { path: self.path.clone(), kind, cells });
    }

    fn within(&mut self, holder: Holder, visit: impl FnOnce(&mut Self)) {
        self.path.push(Container { id: self.next, holder });
        self.next += 1;
        let before = self.leaves.len();
        visit(self);
        if self.leaves.len() == before {
            self.push(Kind::Empty, Vec::new());
        }
        self.path.pop();
    }
}

/// A leaf, or a container with what it holds.
pub(super) enum Node<T> {
    Leaf(T),
    Group(Container, Vec<Node<T>>),
}

/// Leaves in order, each with its path, as a tree: neighbours of one container stand in it together.
pub(super) fn grow<T>(leaves: impl IntoIterator<Item = (Vec<Container>, T)>) -> Vec<Node<T>> {
    let mut nodes: Vec<Node<T>> = Vec::new();
    let mut open: Vec<(Container, Vec<Node<T>>)> = Vec::new();
    let close = |open: &mut Vec<(Container, Vec<Node<T>>)>, nodes: &mut Vec<Node<T>>| {
        if let Some((container, held)) = open.pop() {
            let group = Node::Group(container, held);
            open.last_mut().map_or(nodes, |(_, held)| held).push(group);
        }
    };
    for (path, leaf) in leaves {
        let common = open.iter().zip(&path).take_while(|((one, _), other)| one.id == other.id).count();
        while open.len() > common {
            close(&mut open, &mut nodes);
        }
        open.extend(path.into_iter().skip(common).map(|container| (container, Vec::new())));
        open.last_mut().map_or(&mut nodes, |(_, held)| held).push(Node::Leaf(leaf));
    }
    while !open.is_empty() {
        close(&mut open, &mut nodes);
    }
    nodes
}

/// Leaves as the blocks that they came from.
#[cfg(test)]
pub(super) fn rebuild(leaves: Vec<Leaf>) -> Vec<Block> {
    blocks(grow(leaves.into_iter().map(|leaf| (leaf.path, (leaf.kind, leaf.cells)))))
}

#[cfg(test)]
fn blocks(nodes: Vec<Node<(Kind, Vec<Vec<Run>>)>>) -> Vec<Block> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            Node::Leaf((kind, mut cells)) => match kind {
                Kind::Heading(level) => found.push(Block::Heading { level, runs: cells.remove(0) }),
                Kind::Paragraph => found.push(Block::Paragraph { runs: cells.remove(0) }),
                Kind::Picture(path) => {
                    found.push(Block::Picture { path, alternative: words(&cells.remove(0)) });
                }
                Kind::Rule => found.push(Block::Rule),
                Kind::Row { .. } | Kind::Empty => {}
            },
            Node::Group(container, held) => found.extend(match container.holder {
                Holder::List(start) => Some(Block::List {
                    start,
                    items: held
                        .into_iter()
                        .filter_map(|item| match item {
                            Node::Group(_, held) => Some(blocks(held)),
                            Node::Leaf(_) => None,
                        })
                        .collect(),
                }),
                Holder::Quote => Some(Block::Quote { blocks: blocks(held) }),
                Holder::Part(name, arguments) => Some(Block::Part { name, arguments, blocks: blocks(held) }),
                Holder::Table(right) => {
                    let mut rows = held.into_iter().filter_map(|row| match row {
                        Node::Leaf((Kind::Row { .. }, cells)) => Some(cells),
                        _ => None,
                    });
                    rows.next().map(|head| Block::Table { right, head, rows: rows.collect() })
                }
                Holder::Item(_) => None,
            }),
        }
    }
    found
}
