//! A comparison of which each leaf only stayed, went or came: what a word processor can accept and reject.

use super::leaves::{Container, Holder};
use super::words::join;
use super::{Cell, Mark, MarkedLeaf, MarkedRun, Place};

/// The leaves of a comparison where what moved, or stands otherwise, went where it was and came where it is.
///
/// In their order, those that did not come are the earlier version, those that did not go the later one.
pub(super) fn leaves(compared: &[MarkedLeaf]) -> Vec<MarkedLeaf> {
    let mut later: Vec<&MarkedLeaf> = compared.iter().filter(|leaf| leaf.after.is_some()).collect();
    later.sort_by_key(|leaf| leaf.after.as_ref().map(|place| place.rank));
    let stays = staying(&later);
    let mut gone: Vec<&MarkedLeaf> = compared.iter().filter(|leaf| leaf.before.is_some()).collect();
    gone.sort_by_key(|leaf| leaf.before.as_ref().map(|place| place.rank));
    let is_staying = |leaf: &MarkedLeaf| leaf.after.as_ref().is_some_and(|place| stays.contains(&place.rank));
    gone.retain(|leaf| !is_staying(leaf));
    let mut gone = gone.into_iter().peekable();
    // What goes stands behind what stays before it, ahead of what comes in its place.
    let mut ends: Vec<Option<usize>> = vec![None; later.len()];
    let mut end = None;
    for (index, leaf) in later.iter().enumerate().rev() {
        ends[index] = end;
        if is_staying(leaf) {
            end = rank(&leaf.before);
        }
    }
    let mut tracked = Vec::new();
    let go = |until: Option<usize>, tracked: &mut Vec<MarkedLeaf>, gone: &mut std::iter::Peekable<_>| {
        while let Some(leaf) =
            gone.next_if(|leaf: &&MarkedLeaf| until.is_none_or(|until| rank(&leaf.before) < Some(until)))
        {
            tracked.push(side(leaf, Mark::Deleted));
        }
    };
    go(end, &mut tracked, &mut gone);
    for (leaf, end) in later.into_iter().zip(ends) {
        if is_staying(leaf) {
            tracked.push(staying_leaf(leaf));
            go(end, &mut tracked, &mut gone);
        } else {
            tracked.push(side(leaf, Mark::Inserted));
        }
    }
    tracked
}

fn rank(place: &Option<Place>) -> Option<usize> {
    place.as_ref().map(|place| place.rank)
}

/// The ranks in the later version of those that stay: alike in place and columns, in the order of both, as many words as can be.
fn staying(later: &[&MarkedLeaf]) -> std::collections::BTreeSet<usize> {
    struct Candidate {
        before: usize,
        after: usize,
        sum: usize,
        previous: Option<usize>,
    }
    let mut found: Vec<Candidate> = Vec::new();
    for leaf in later {
        let (Some(before), Some(after)) = (&leaf.before, &leaf.after) else { continue };
        if !stands_alike(leaf, before, after) {
            continue;
        }
        let own = 1 + leaf.cells.iter().map(|cell| cell.text(Mark::Inserted).len()).sum::<usize>();
        let earlier = found.iter().enumerate().filter(|(_, it)| it.before < before.rank);
        let best = earlier.max_by_key(|(_, it)| it.sum);
        let (previous, sum) = best.map_or((None, own), |(index, it)| (Some(index), it.sum + own));
        found.push(Candidate { before: before.rank, after: after.rank, sum, previous });
    }
    let mut ranks = std::collections::BTreeSet::new();
    let mut at = found.iter().enumerate().max_by_key(|(_, it)| it.sum).map(|(index, _)| index);
    while let Some(candidate) = at.and_then(|index| found.get(index)) {
        ranks.insert(candidate.after);
        at = candidate.previous;
    }
    ranks
}

/// Whether a leaf of both versions is one thing in the same kind of place, with the same columns.
fn stands_alike(leaf: &MarkedLeaf, before: &Place, after: &Place) -> bool {
    let shape = |container: &Container| match &container.holder {
        Holder::List(start) => Holder::List(start.map(|_| 1)),
        Holder::Item(number) => Holder::Item(number.map(|_| 1)),
        Holder::Table(_) => Holder::Table(Vec::new()),
        held => held.clone(),
    };
    let shapes = |place: &Place| place.leaf.path.iter().map(shape).collect::<Vec<_>>();
    before.leaf.kind == after.leaf.kind
        && shapes(before) == shapes(after)
        && leaf.cells.iter().all(|cell| cell.before && cell.after)
}

/// A leaf that stays; words that stand in another style went and came.
fn staying_leaf(leaf: &MarkedLeaf) -> MarkedLeaf {
    let split = |run: &MarkedRun| match &run.was {
        Some(was) => vec![MarkedRun::new(was.clone(), Mark::Deleted), MarkedRun::new(run.run.clone(), Mark::Inserted)],
        None => vec![run.clone()],
    };
    let cells = leaf.cells.iter().map(|cell| Cell {
        pieces: cell.pieces.iter().map(|piece| join(piece.iter().flat_map(split).collect())).collect(),
        ..*cell
    });
    MarkedLeaf { cells: cells.collect(), moved: false, ..leaf.clone() }
}

/// A leaf as it was, gone, or as it is, come.
fn side(leaf: &MarkedLeaf, mark: Mark) -> MarkedLeaf {
    let goes = mark == Mark::Deleted;
    let whole = |run: &MarkedRun| {
        let run_of_side = if goes { run.earlier().clone() } else { run.run.clone() };
        (run.mark == Mark::Kept || run.mark == mark).then(|| MarkedRun::new(run_of_side, mark))
    };
    let cells = leaf.cells.iter().filter(|cell| if goes { cell.before } else { cell.after });
    let cells = cells.map(|cell| Cell {
        pieces: cell.pieces.iter().map(|piece| join(piece.iter().filter_map(whole).collect())).collect(),
        before: goes,
        after: !goes,
    });
    let cells = cells.collect();
    let (before, after) = if goes { (leaf.before.clone(), None) } else { (None, leaf.after.clone()) };
    MarkedLeaf { before, after, moved: false, cells }
}
