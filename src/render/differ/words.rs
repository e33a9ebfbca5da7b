//! The words of two paragraphs: sentences are found again first, then the words of those that changed little.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Mark, MarkedRun, Run};

/// The marked words of a sentence, or of one that took another's place.
pub(super) type Piece = Vec<MarkedRun>;

/// How many of a sentence's words stay, of a thousand, where it is told word by word; else it goes and comes whole.
const KEPT: usize = 600;
/// The most pairs that are looked at one by one; longer texts are compared by a method that looks at fewer.
const MOST_PAIRS: usize = 1_000_000;

/// Two versions of some words, sentence by sentence.
pub(super) fn change(old: &[Run], new: &[Run]) -> Vec<Piece> {
    if old == new {
        let tokens = tokens(new);
        let kept = |at: Range<usize>| tokens[at].iter().map(|run| MarkedRun::new(run.clone(), Mark::Kept)).collect();
        return sentences(&tokens).into_iter().map(|at| join(kept(at))).collect();
    }
    let (old, new) = (tokens(old), tokens(new));
    let (old_sentences, new_sentences) = (sentences(&old), sentences(&new));
    let mut pieces = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let flush = |from: Range<usize>, to: Range<usize>, pieces: &mut Vec<Piece>| {
        for (mark, tokens, gone) in
            [(Mark::Deleted, &old, &old_sentences[from]), (Mark::Inserted, &new, &new_sentences[to])]
        {
            for sentence in gone {
                pieces.push(tokens[sentence.clone()].iter().map(|run| MarkedRun::new(run.clone(), mark)).collect());
            }
        }
    };
    for (i, j) in paired(&old, &old_sentences, &new, &new_sentences) {
        flush(at_old..i, at_new..j, &mut pieces);
        pieces.push(word_by_word(&old[old_sentences[i].clone()], &new[new_sentences[j].clone()]));
        (at_old, at_new) = (i + 1, j + 1);
    }
    flush(at_old..old_sentences.len(), at_new..new_sentences.len(), &mut pieces);
    pieces.into_iter().map(join).filter(|piece| !piece.is_empty()).collect()
}

/// The sentences that are the same, changed a little at the most, in order.
fn paired(old: &[Run], old_at: &[Range<usize>], new: &[Run], new_at: &[Range<usize>]) -> Vec<(usize, usize)> {
    let (old_texts, new_texts) = (texts(old, old_at), texts(new, new_at));
    if old_at.len() * new_at.len() > 2_500 {
        return equal(&old_texts, &new_texts);
    }
    let likeness = |i: usize, j: usize| {
        if old_texts[i] == new_texts[j] { 1001 } else { alike(&old[old_at[i].clone()], &new[new_at[j].clone()]) }
    };
    best_pairs(old_at.len(), new_at.len(), likeness)
}

/// What each sentence says.
fn texts(tokens: &[Run], sentences: &[Range<usize>]) -> Vec<String> {
    let text = |at: &Range<usize>| tokens[at.clone()].iter().map(|token| token.text.as_str()).collect::<String>();
    sentences.iter().map(|at| text(at).trim().to_owned()).collect()
}

/// The pairs in order whose likenesses, 0 for none, have the largest sum.
pub(super) fn best_pairs(old: usize, new: usize, likeness: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    let likeness: Vec<Vec<usize>> = (0..old).map(|i| (0..new).map(|j| likeness(i, j)).collect()).collect();
    let mut best = vec![vec![0_usize; new + 1]; old + 1];
    for i in (0..old).rev() {
        for j in (0..new).rev() {
            let pair = if likeness[i][j] > 0 { likeness[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = pair.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < old && j < new {
        if likeness[i][j] > 0 && best[i][j] == likeness[i][j] + best[i + 1][j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// What is equal in two sequences, in order, by a method for long ones.
pub(super) fn equal<T: std::hash::Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    capture_diff_slices(Algorithm::Myers, old, new)
        .into_iter()
        .filter(|op| matches!(op, DiffOp::Equal { .. }))
        .flat_map(|op| op.old_range().zip(op.new_range()))
        .collect()
}

/// How alike two sentences are, of a thousand: 0 where too few words stay for one to be the other, changed.
pub(super) fn alike(old: &[Run], new: &[Run]) -> usize {
    let (old, new) = (bare(old), bare(new));
    let total = old.len() + new.len();
    if total == 0 {
        return 1000;
    }
    let kept = kept(&old, &new).len();
    // What was only added to, or only cut, is told so, however much it was.
    if kept > 0 && (kept == old.len() || kept == new.len()) {
        return (2000 * kept / total).max(1);
    }
    Some(2000 * kept / total).filter(|share| *share >= KEPT).unwrap_or(0)
}

/// What tells quickly that two texts cannot be one, changed: the words that it is made of, in any order.
pub(super) struct Gist {
    /// Its words as [`alike`] compares them, sorted.
    bare: Vec<String>,
    /// Its tokens with how many words each is, sorted.
    tokens: Vec<(String, usize)>,
    /// Its sentences of some length, sorted.
    sentences: Vec<String>,
    /// How many words it has.
    words: usize,
}

impl Gist {
    /// The gist of a text; a sentence of fewer words than `least` holds nothing together.
    pub(super) fn of(runs: &[Run], least: usize) -> Self {
        let count = |text: &str| text.split_whitespace().count();
        let tokens = tokens(runs);
        let mut bare = bare(&tokens);
        let mut sentences = texts(&tokens, &sentences(&tokens));
        sentences.retain(|sentence| count(sentence) >= least);
        let mut tokens: Vec<(String, usize)> =
            tokens.iter().map(|it| (it.text.clone(), count(&it.text))).filter(|(_, words)| *words > 0).collect();
        bare.sort_unstable();
        sentences.sort_unstable();
        tokens.sort_unstable();
        Self { bare, tokens, sentences, words: count(&crate::content::words(runs)) }
    }

    /// The most of a thousand words that can stay between the two.
    pub(super) fn most_kept(&self, other: &Self) -> usize {
        let kept: usize = common(&self.tokens, &other.tokens).map(|(_, words)| words).sum();
        (2000 * kept).checked_div(self.words + other.words).unwrap_or(0)
    }

    /// Whether a whole sentence is in both.
    pub(super) fn share_a_sentence(&self, other: &Self) -> bool {
        common(&self.sentences, &other.sentences).next().is_some()
    }

    /// Whether [`alike`] may find them alike.
    pub(super) fn may_be_alike(&self, other: &Self) -> bool {
        let (one, two) = (self.bare.len(), other.bare.len());
        let kept = common(&self.bare, &other.bare).count();
        one + two == 0 || kept == one.min(two) || 2000 * kept / (one + two) >= KEPT
    }
}

/// What two sorted sequences have in common.
fn common<'s, T: Ord>(one: &'s [T], other: &'s [T]) -> impl Iterator<Item = &'s T> {
    let mut rest = other;
    one.iter().filter(move |item| {
        let skipped = rest.iter().take_while(|other| other < item).count();
        rest = rest.get(skipped..).unwrap_or_default();
        let is_there = rest.first() == Some(item);
        rest = rest.get(usize::from(is_there)..).unwrap_or_default();
        is_there
    })
}

/// The words of tokens; one is the same behind another punctuation.
fn bare(tokens: &[Run]) -> Vec<String> {
    let bare = |token: &Run| token.text.trim_matches(|character: char| !character.is_alphanumeric()).to_owned();
    tokens.iter().filter(|token| !is_space(&token.text)).map(bare).collect()
}

/// The tokens that both have, in order, so that the fewest characters change.
fn kept(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let (old_middle, new_middle) = (&old[start..old_end], &new[start..new_end]);
    let middle = if old_middle.len() * new_middle.len() > MOST_PAIRS {
        equal(old_middle, new_middle)
    } else {
        // A space is worth next to nothing: it never keeps a word from its like.
        let worth = |text: &str| if is_space(text) { 1 } else { 1000 * text.chars().count() };
        best_pairs(old_middle.len(), new_middle.len(), |i, j| {
            if old_middle[i] == new_middle[j] { worth(&old_middle[i]) } else { 0 }
        })
    };
    let before = (0..start).map(|index| (index, index));
    let after = (old_end..old.len()).zip(new_end..new.len());
    before.chain(middle.into_iter().map(|(i, j)| (i + start, j + start))).chain(after).collect()
}

/// A stretch of a sentence: what went, what came, or what stands in both.
enum Stretch {
    Kept(Vec<MarkedRun>),
    Changed(Vec<Run>, Vec<Run>),
}

fn word_by_word(old: &[Run], new: &[Run]) -> Piece {
    let texts = |tokens: &[Run]| -> Vec<String> { tokens.iter().map(|token| token.text.clone()).collect() };
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let changed = |from: Range<usize>, to: Range<usize>| Stretch::Changed(old[from].to_vec(), new[to].to_vec());
    for (i, j) in kept(&texts(old), &texts(new)) {
        if (at_old, at_new) != (i, j) {
            stretches.push(changed(at_old..i, at_new..j));
        }
        let same = MarkedRun::kept(old[i].clone(), new[j].clone());
        match stretches.last_mut() {
            Some(Stretch::Kept(runs)) => runs.push(same),
            _ => stretches.push(Stretch::Kept(vec![same])),
        }
        (at_old, at_new) = (i + 1, j + 1);
    }
    if (at_old, at_new) != (old.len(), new.len()) {
        stretches.push(changed(at_old..old.len(), at_new..new.len()));
    }
    // A lone space between two changes belongs to them: « huit mille » replaced by « dix mille » is one change.
    let mut joined: Vec<Stretch> = Vec::new();
    for (index, stretch) in stretches.iter().enumerate() {
        let is_between = index > 0 && index + 1 < stretches.len();
        match (stretch, joined.last_mut()) {
            (Stretch::Kept(runs), Some(Stretch::Changed(gone, come)))
                if is_between && runs.iter().all(|run| is_space(&run.run.text)) =>
            {
                gone.extend(runs.iter().map(|run| run.earlier().clone()));
                come.extend(runs.iter().map(|run| run.run.clone()));
            }
            (Stretch::Changed(from, to), Some(Stretch::Changed(gone, come))) => {
                gone.extend(from.iter().cloned());
                come.extend(to.iter().cloned());
            }
            (Stretch::Kept(runs), _) => joined.push(Stretch::Kept(runs.clone())),
            (Stretch::Changed(gone, come), _) => joined.push(Stretch::Changed(gone.clone(), come.clone())),
        }
    }
    let marked = |runs: Vec<Run>, mark| runs.into_iter().map(move |run| MarkedRun::new(run, mark));
    joined
        .into_iter()
        .flat_map(|stretch| -> Vec<MarkedRun> {
            match stretch {
                Stretch::Kept(runs) => runs,
                Stretch::Changed(gone, come) => {
                    marked(gone, Mark::Deleted).chain(marked(come, Mark::Inserted)).collect()
                }
            }
        })
        .collect()
}

/// Neighbours of one style and one fate as one run.
pub(super) fn join(runs: Vec<MarkedRun>) -> Vec<MarkedRun> {
    let mut joined: Vec<MarkedRun> = Vec::new();
    for marked in runs {
        match joined.last_mut() {
            Some(last)
                if last.mark == marked.mark
                    && last.was.is_some() == marked.was.is_some()
                    && same_style(&last.run, &marked.run)
                    && same_style(last.earlier(), marked.earlier()) =>
            {
                last.run.text.push_str(&marked.run.text);
                if let (Some(last), Some(was)) = (&mut last.was, &marked.was) {
                    last.text.push_str(&was.text);
                }
            }
            _ => joined.push(marked),
        }
    }
    joined
}

pub(super) fn same_style(left: &Run, right: &Run) -> bool {
    (left.strong, left.emphasis, left.code, &left.link) == (right.strong, right.emphasis, right.code, &right.link)
}

/// The words of runs with their punctuation, and the spaces between them; a number with its unit, a day with its month and
/// year are one word.
pub(super) fn tokens(runs: &[Run]) -> Vec<Run> {
    let mut tokens: Vec<Run> = Vec::new();
    for run in runs {
        let begins = tokens.len();
        let mut rest = run.text.as_str();
        while let Some(first) = rest.chars().next() {
            let length = if is_break(first) { first.len_utf8() } else { rest.find(is_break).unwrap_or(rest.len()) };
            let word = &rest[..length];
            match tokens.get(begins..) {
                // « 15 septembre » and « 2022 », the space between them there already.
                Some([.., day, space]) if is_year(word) && space.text == " " && is_day_and_month(&day.text) => {
                    tokens.pop();
                    if let Some(day) = tokens.last_mut() {
                        day.text = format!("{} {word}", day.text);
                    }
                }
                _ => tokens.push(Run { text: word.to_owned(), ..run.clone() }),
            }
            rest = &rest[length..];
        }
    }
    tokens
}

fn is_break(character: char) -> bool {
    matches!(character, ' ' | '\n')
}

pub(super) fn is_space(text: &str) -> bool {
    text.chars().all(is_break)
}

fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|character: char| !character.is_alphanumeric());
    digits.len() == 4 && digits.chars().all(|digit| digit.is_ascii_digit())
}

fn is_day_and_month(word: &str) -> bool {
    word.split_once('\u{a0}').is_some_and(|(day, month)| {
        let day = day.trim_end_matches("er");
        (1..=2).contains(&day.len())
            && day.chars().all(|digit| digit.is_ascii_digit())
            && month.chars().count() > 2
            && month.chars().all(char::is_alphabetic)
    })
}

/// The sentences of words, each with the space behind it.
fn sentences(tokens: &[Run]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let first = |text: &str| text.chars().find(|character| character.is_alphanumeric());
        let closed = |text: &str| text.trim_end_matches(['»', '\u{a0}', ')']).ends_with(['.', '!', '?']);
        let opens = |next: &Run| first(&next.text).is_some_and(char::is_uppercase);
        let ends = token.text == "\n"
            || (index > 0
                && is_space(&token.text)
                && closed(&tokens[index - 1].text)
                && tokens.get(index + 1).is_some_and(opens));
        if ends {
            found.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}
