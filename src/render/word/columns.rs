//! The columns of a table: which of them hold numbers, and how wide each is.

use super::flow::{Row, Span};
use crate::render::differ::Mark;

/// The width of a letter in a cell, and of what stands around a cell's words, in twentieths of a point.
const LETTER: usize = 112;
const AROUND: usize = 140;
/// The letters of a word that a column need not hold whole: an address may break anywhere.
const LONGEST: usize = 24;

/// What a cell says once changes are accepted.
pub(super) fn said(cell: &[Span]) -> String {
    cell.iter().filter(|span| span.mark != Mark::Deleted).map(|span| span.run.text.as_str()).collect()
}

/// Whether the cells of a column under its heading are numbers.
pub(super) fn are_numbers(rows: &[Row], column: usize) -> bool {
    let cells = rows.iter().filter(|row| !row.head).filter_map(|row| row.cells.get(column)).map(|cell| said(cell));
    let mut cells = cells.filter(|cell| !cell.is_empty());
    let is_number = |cell: &String| {
        let plain = cell.trim().trim_end_matches(['€', '%', '\u{a0}']);
        !plain.is_empty()
            && plain.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '–' | '-'))
    };
    column > 0 && cells.next().is_some_and(|first| is_number(&first)) && cells.all(|cell| is_number(&cell))
}

/// A column as it is measured.
struct Measure {
    /// The letters of its longest cell.
    longest: usize,
    /// The width of its longest word, which does not break.
    least: usize,
    is_right: bool,
}

impl Measure {
    fn of(rows: &[Row], column: usize, is_right: bool) -> Self {
        let cells = || rows.iter().filter_map(|row| row.cells.get(column));
        let text = |cell: &Vec<Span>| cell.iter().map(|span| span.run.text.as_str()).collect::<String>();
        let word = |cell: &Vec<Span>| {
            // Spaces that do not break hold words together.
            let text = text(cell);
            text.split([' ', '\n']).flat_map(|word| word.split_inclusive('-')).map(|word| word.chars().count()).max()
        };
        let letters = cells().filter_map(word).max().unwrap_or(0).min(LONGEST);
        let longest = cells().map(|cell| text(cell).chars().count()).max().unwrap_or(0);
        Self { longest, least: letters * LETTER + AROUND, is_right }
    }

    /// Where there are many columns, the longest takes several lines rather than all.
    fn weight(&self, count: usize) -> usize {
        self.longest.clamp(9, if count > 4 { 33 } else { 48 })
    }
}

/// The widths of columns: one of numbers takes its own, those of words share the rest by their longest cells, and none is
/// narrower than its longest word where the page has room for all of them.
pub(super) fn widths(rows: &[Row], count: usize, width: usize, is_right: impl Fn(usize) -> bool) -> Vec<usize> {
    let measures: Vec<Measure> = (0..count).map(|column| Measure::of(rows, column, is_right(column))).collect();
    let needed: usize = measures.iter().map(|it| it.least).sum();
    let tight = || measures.iter().map(|it| it.least * width / needed.max(1)).collect();
    if needed >= width {
        return tight();
    }
    let own = |it: &Measure| (it.longest * 100 + 200).min(width / count.max(1)).max(it.least);
    let mut widths: Vec<Option<usize>> = measures.iter().map(|it| it.is_right.then(|| own(it))).collect();
    loop {
        let taken: usize = widths.iter().flatten().sum();
        let Some(rest) = width.checked_sub(taken) else { return tight() };
        let free = || measures.iter().zip(&widths).filter(|(_, width)| width.is_none()).map(|(it, _)| it);
        let weights: usize = free().map(|it| it.weight(count)).sum();
        if weights == 0 {
            return measures.iter().map(|it| own(it) * width / taken.max(1)).collect();
        }
        let share = |it: &Measure| rest * it.weight(count) / weights;
        let narrow = measures.iter().zip(&widths).position(|(it, known)| known.is_none() && share(it) < it.least);
        match narrow.and_then(|column| Some((widths.get_mut(column)?, measures.get(column)?))) {
            Some((known, it)) => *known = Some(it.least),
            None => {
                return measures.iter().zip(&widths).map(|(it, known)| known.unwrap_or_else(|| share(it))).collect();
            }
        }
    }
}

/// The widths of columns of which the last is written in by hand.
pub(super) fn to_fill(count: usize, width: usize) -> Vec<usize> {
    let last = if count > 1 { 18 } else { 10 };
    let parts = 10 * count.saturating_sub(1) + last;
    (1..=count).map(|column| width * if column == count { last } else { 10 } / parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Run;

    #[test]
    fn a_column_holds_its_longest_word() {
        let cell = |text: &str| vec![Span { run: Run { text: text.to_owned(), ..Run::default() }, mark: Mark::Kept }];
        let row = |cells: [&str; 4]| Row {
            head: false,
            mark: Mark::Kept,
            cells: cells.map(cell).to_vec(),
            right: Vec::new(),
            is_signed: false,
        };
        let long = "Teinture et ennoblissement sobres en eau, en énergie et en produits auxiliaires";
        let rows = [row([long, long, "30\u{a0}septembre 2022", "12"]), row([long, long, "un", "1"])];
        let widths = widths(&rows, 4, 9_000, |column| column == 3);
        assert!(widths[2] >= 12 * LETTER, "{widths:?}");
        assert!((8_990..=9_000).contains(&widths.iter().sum::<usize>()), "{widths:?}");
        assert!(widths[0].abs_diff(widths[1]) < 2 && widths[0] > widths[2], "{widths:?}");
    }
}
