//! What of one version is what of the other: articles by title and number, tables by their rows, rows by their key,
//! paragraphs by their words. What changed its place is found again; it neither went nor came.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::leaves::{Kind, Leaf};
use super::words::{Gist, alike, best_pairs, equal, tokens};
use crate::content::words;
use crate::wording::fold;

/// The most paragraphs of a stretch that are compared one by one with those of the other.
const MOST_PAIRS: usize = 40_000;
/// How many words a paragraph has, at least, that is found again elsewhere.
const WORDS_OF_A_MOVE: usize = 4;

/// How many of a paragraph's words stay, of a thousand, where it is the same one though it is told otherwise.
const KEPT_OF_A_PARAGRAPH: usize = 400;

/// A step through two sequences, in the order in which a reader meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// In both, at these places; whether it changed its place among the others.
    Both(usize, usize, bool),
    /// Only in the earlier.
    Old(usize),
    /// Only in the later.
    New(usize),
}

/// Two sequences as one: the later one's order, with what went behind what it followed.
pub(super) fn merge(old: usize, new: usize, pairs: &[(usize, usize)]) -> Vec<Step> {
    let new_of: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let old_of: BTreeMap<usize, usize> = pairs.iter().map(|(i, j)| (*j, *i)).collect();
    let order: Vec<usize> = old_of.values().copied().collect();
    let still: BTreeSet<usize> = rising(&order).into_iter().collect();
    let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut anchor = None;
    for i in 0..old {
        match new_of.get(&i) {
            Some(j) if still.contains(&i) => anchor = Some(*j),
            Some(_) => {}
            None => gone.entry(anchor).or_default().push(i),
        }
    }
    let mut steps = Vec::new();
    let mut leave = |anchor: Option<usize>, steps: &mut Vec<Step>| {
        steps.extend(gone.remove(&anchor).into_iter().flatten().map(Step::Old));
    };
    leave(None, &mut steps);
    for j in 0..new {
        steps.push(old_of.get(&j).map_or(Step::New(j), |i| Step::Both(*i, j, !still.contains(i))));
        leave(Some(j), &mut steps);
    }
    steps
}

/// The longest part of a sequence whose numbers rise: what kept its place.
fn rising(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let before = (0..index)
            .filter(|other| numbers[*other] < *number)
            .max_by_key(|other| (best[*other].0, usize::MAX - other));
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut at = (0..numbers.len()).max_by_key(|index| (best[*index].0, usize::MAX - index));
    let mut found = Vec::new();
    while let Some(index) = at {
        found.push(numbers[index]);
        at = best[index].1;
    }
    found.reverse();
    found
}

/// The articles of a text: what stands before the first, then each from its title on.
pub(super) fn articles(leaves: &[Leaf]) -> Vec<Range<usize>> {
    let is_title = |leaf: &Leaf| leaf.kind == Kind::Heading(2) && leaf.path.is_empty();
    let starts = (1..leaves.len()).filter(|index| is_title(&leaves[*index]));
    let mut starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    if leaves.first().is_some_and(is_title) {
        // Nothing stands before the first article.
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([leaves.len()]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// Articles by their title, then by what they say: the same text under another title, or most of it.
pub(super) fn pair_articles(
    old: &[Leaf],
    old_at: &[Range<usize>],
    new: &[Leaf],
    new_at: &[Range<usize>],
) -> Vec<(usize, usize)> {
    let title =
        |leaves: &[Leaf], at: &Range<usize>| leaves.get(at.start).map(|leaf| fold(&leaf.text())).unwrap_or_default();
    let mut pairs = vec![(0, 0)];
    let mut free_old: BTreeSet<usize> = (1..old_at.len()).collect();
    let mut free_new: BTreeSet<usize> = (1..new_at.len()).collect();
    for (i, old_range) in old_at.iter().enumerate().skip(1) {
        let same = free_new.iter().copied().find(|j| title(old, old_range) == title(new, &new_at[*j]));
        if let Some(j) = same {
            pairs.push((i, j));
            free_old.remove(&i);
            free_new.remove(&j);
        }
    }
    let mut likely: Vec<(usize, usize, usize, usize)> = Vec::new();
    for i in &free_old {
        for j in &free_new {
            let content = shared(&old[old_at[*i].clone()], &new[new_at[*j].clone()]);
            let titles = alike(&tokens(&old[old_at[*i].start].cells[0]), &tokens(&new[new_at[*j].start].cells[0]));
            let score = content.max(if titles > 0 { titles / 2 + content / 2 } else { 0 });
            // An article at its old number needs less to be the same.
            if score >= if i == j { 350 } else { 500 } {
                likely.push((score, usize::from(i == j), *i, *j));
            }
        }
    }
    likely.sort_by_key(|(score, same, i, j)| (usize::MAX - score, 1 - same, *i, *j));
    for (_, _, i, j) in likely {
        if free_old.remove(&i) {
            if free_new.remove(&j) {
                pairs.push((i, j));
            } else {
                free_old.insert(i);
            }
        }
    }
    pairs
}

/// How many of the words of two articles stand in both, of a thousand; their titles do not count.
fn shared(old: &[Leaf], new: &[Leaf]) -> usize {
    let count = |leaves: &[Leaf]| {
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for leaf in leaves.iter().skip(1) {
            for word in leaf
                .text()
                .split(|character: char| !character.is_alphanumeric())
                .filter(|word| word.chars().count() > 3)
            {
                *words.entry(fold(word)).or_default() += 1;
            }
        }
        words
    };
    let (old, new) = (count(old), count(new));
    let common: usize = old.iter().map(|(word, times)| (*times).min(new.get(word).copied().unwrap_or(0))).sum();
    let total = old.values().sum::<usize>() + new.values().sum::<usize>();
    (2000 * common).checked_div(total).unwrap_or(0)
}

/// A paragraph, a title, an item, or a whole table: what is compared with its like.
pub(super) fn units(leaves: &[Leaf], within: Range<usize>) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for index in within {
        match units.last_mut() {
            Some(last) if leaves[index].table().is_some() && leaves[index].table() == leaves[last.start].table() => {
                last.end = index + 1;
            }
            _ => units.push(index..index + 1),
        }
    }
    units
}

/// The units of an article that are the same, changed or moved.
pub(super) fn pair_units(
    old: &[Leaf],
    old_at: &[Range<usize>],
    new: &[Leaf],
    new_at: &[Range<usize>],
) -> Vec<(usize, usize)> {
    let key = |leaves: &[Leaf], at: &Range<usize>| -> String {
        let leaf = &leaves[at.start];
        let text: Vec<String> = leaves[at.clone()].iter().map(Leaf::text).collect();
        format!("{:?}{}\u{2}{}", leaf.kind, leaf.is_item(), text.join("\u{2}"))
    };
    let old_keys: Vec<String> = old_at.iter().map(|at| key(old, at)).collect();
    let new_keys: Vec<String> = new_at.iter().map(|at| key(new, at)).collect();
    let gists = |leaves: &[Leaf], at: &[Range<usize>]| -> Vec<Gist> {
        at.iter()
            .map(|at| Gist::of(leaves[at.start].cells.first().map_or(&[], Vec::as_slice), WORDS_OF_A_MOVE))
            .collect()
    };
    let (old_gists, new_gists) = (gists(old, old_at), gists(new, new_at));
    let likeness = |i: usize, j: usize| {
        if old_keys[i] == new_keys[j] {
            return 2000;
        }
        unit_likeness(&old[old_at[i].clone()], &new[new_at[j].clone()], (&old_gists[i], &new_gists[j]))
    };
    let mut pairs = if old_at.len() * new_at.len() > MOST_PAIRS {
        equal(&old_keys, &new_keys)
    } else {
        best_pairs(old_at.len(), new_at.len(), likeness)
    };
    // What is word for word elsewhere was moved.
    let mut free_new: BTreeSet<usize> = (0..new_at.len()).collect();
    let mut free_old: BTreeSet<usize> = (0..old_at.len()).collect();
    for (i, j) in &pairs {
        free_old.remove(i);
        free_new.remove(j);
    }
    for i in free_old {
        let is_long = old_keys[i].split_whitespace().count() >= WORDS_OF_A_MOVE;
        if let Some(j) = free_new.iter().copied().find(|j| is_long && old_keys[i] == new_keys[*j]) {
            free_new.remove(&j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// How alike two units are: 0 where they are not the same one.
fn unit_likeness(old: &[Leaf], new: &[Leaf], gists: (&Gist, &Gist)) -> usize {
    let (Some(first), Some(second)) = (old.first(), new.first()) else { return 0 };
    if first.kind != second.kind || first.is_item() != second.is_item() {
        return 0;
    }
    if matches!(first.kind, Kind::Row { .. }) {
        let keys = pair_rows(old, new).len() - 1;
        let rows = (old.len() + new.len()).saturating_sub(2);
        let share = (2000 * keys).checked_div(rows).unwrap_or(1000);
        return if first.text() == second.text() {
            share.max(700)
        } else {
            Some(share).filter(|it| *it >= 300).unwrap_or(0)
        };
    }
    let (Some(before), Some(after)) = (first.cells.first(), second.cells.first()) else { return 1 };
    alike_paragraphs(before, after, gists)
}

/// How alike two paragraphs are: by their words, or by a sentence that both have. Most have too little in common for either,
/// whatever their order is.
fn alike_paragraphs(old: &[super::Run], new: &[super::Run], (before, after): (&Gist, &Gist)) -> usize {
    let whole = if before.may_be_alike(after) { alike(&tokens(old), &tokens(new)) } else { 0 };
    if whole > 0 {
        return whole;
    }
    if before.most_kept(after) < KEPT_OF_A_PARAGRAPH && !before.share_a_sentence(after) {
        return 0;
    }
    let pieces = super::words::change(old, new);
    let count = |runs: &[super::MarkedRun]| -> usize {
        let kept = runs.iter().filter(|run| run.mark == super::Mark::Kept);
        kept.map(|run| run.run.text.split_whitespace().count()).sum()
    };
    let kept: usize = pieces.iter().map(|piece| count(piece)).sum();
    let total = words(old).split_whitespace().count() + words(new).split_whitespace().count();
    let share = (2000 * kept).checked_div(total).unwrap_or(0);
    // A whole sentence that stays holds its paragraph together.
    let is_sentence = |piece: &super::words::Piece| piece.iter().all(|run| run.mark == super::Mark::Kept);
    let stays = pieces.iter().any(|piece| is_sentence(piece) && count(piece) >= WORDS_OF_A_MOVE);
    if share >= KEPT_OF_A_PARAGRAPH || stays { share.max(1) } else { 0 }
}

/// What a row is known by: the words of its first cell.
pub(super) fn row_key(row: &Leaf) -> String {
    row.cells.first().map(|cell| words(cell)).unwrap_or_default()
}

/// The rows of two tables by their key, wherever they stand; the heads are each other's.
pub(super) fn pair_rows(old: &[Leaf], new: &[Leaf]) -> Vec<(usize, usize)> {
    let plain = |row: &Leaf| fold(&row_key(row));
    let bare = |row: &Leaf| fold(row_key(row).split(" (").next().unwrap_or_default());
    let mut pairs = vec![(0, 0)];
    let mut free_old: Vec<usize> = (1..old.len()).collect();
    let mut free_new: Vec<usize> = (1..new.len()).collect();
    for key in [&plain as &dyn Fn(&Leaf) -> String, &bare] {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for j in free_new.iter().rev() {
            places.entry(key(&new[*j])).or_default().push(*j);
        }
        free_old.retain(|i| {
            let same = places.get_mut(&key(&old[*i])).and_then(Vec::pop);
            pairs.extend(same.map(|j| (*i, j)));
            free_new.retain(|j| Some(*j) != same);
            same.is_none()
        });
    }
    let first = |row: &Leaf| row.cells.first().map(|cell| tokens(cell)).unwrap_or_default();
    let likely = best_pairs(free_old.len(), free_new.len(), |i, j| {
        let (one, other) = (first(&old[free_old[i]]), first(&new[free_new[j]]));
        if one.is_empty() || other.is_empty() { 0 } else { alike(&one, &other) }
    });
    pairs.extend(likely.into_iter().map(|(i, j)| (free_old[i], free_new[j])));
    pairs
}

/// The columns of two tables by their heading.
pub(super) fn pair_columns(old: &Leaf, new: &Leaf) -> Vec<(usize, usize)> {
    let names = |leaf: &Leaf| -> Vec<String> { leaf.cells.iter().map(|cell| fold(&words(cell))).collect() };
    let (old, new) = (names(old), names(new));
    if old.len() == new.len() {
        return (0..old.len()).map(|index| (index, index)).collect();
    }
    best_pairs(old.len(), new.len(), |i, j| if old[i] == new[j] { 2 } else { usize::from(i == 0 && j == 0) })
}
