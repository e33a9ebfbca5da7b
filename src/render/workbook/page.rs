//! How a sheet stands on paper: how wide its columns must be for every number to show, which paper holds them at a size that
//! reads, and where a page ends so that no part is torn.

use super::number_of;
use crate::figures::Quantity;
use crate::worksheets::{Cell, Piece, Style, Value, Worksheet};

/// The size of the text on screen, and the smallest on paper, in points.
const SIZES: (f64, f64) = (11.0, 9.0);
/// The margins at the sides, and above and below together, in inches.
pub(super) const SIDE: f64 = 0.4;
const ABOVE_AND_BELOW: f64 = 1.3;
/// How many characters of the text one of a title takes.
const TITLE: f64 = 1.7;
/// The height of a row, in points.
const ROW: f64 = 15.0;

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paper {
    /// Its number in the format of workbooks.
    pub(super) number: u8,
    /// Whether it lies across.
    pub(super) is_landscape: bool,
    /// Width and height, in inches.
    size: (f64, f64),
}

/// The papers, the handiest first: A4 upright and across, then A3 across for the widest tables.
const PAPERS: [Paper; 3] = [
    Paper { number: 9, is_landscape: false, size: (8.27, 11.69) },
    Paper { number: 9, is_landscape: true, size: (11.69, 8.27) },
    Paper { number: 8, is_landscape: true, size: (16.54, 11.69) },
];

impl Paper {
    /// The first paper on which columns of these widths, in characters, stay at the smallest size or above; else the widest.
    pub(super) fn for_columns(widths: &[f64]) -> Self {
        let reads = |paper: &Self| SIZES.0 * paper.scale(widths) >= SIZES.1;
        PAPERS.into_iter().find(reads).unwrap_or(PAPERS[PAPERS.len() - 1])
    }

    /// How much smaller the columns are on the paper than on screen.
    fn scale(&self, widths: &[f64]) -> f64 {
        // A character takes seven pixels, a column five more; there are 96 in an inch.
        let wide: f64 = widths.iter().map(|width| (7.0 * width + 5.0) / 96.0).sum();
        ((self.size.0 - 2.0 * SIDE) / wide).min(1.0)
    }

    /// How many rows a page holds.
    pub(super) fn rows(&self, widths: &[f64]) -> f64 {
        (self.size.1 - ABOVE_AND_BELOW) * 72.0 / ROW / self.scale(widths)
    }
}

/// The widths of the columns of a sheet, in characters: those that it asks for, and more where a number would not show.
pub(super) fn widths(sheet: &Worksheet) -> Vec<f64> {
    let mut widths = sheet.widths.clone();
    let mut hold = |column: usize, value: &Value, style: Style| {
        let bold = if matches!(style, Style::Total | Style::Strong | Style::Section) { 1.1 } else { 1.0 };
        if let Some(width) = widths.get_mut(column) {
            *width = width.max(bold * characters(value) + 1.5);
        }
    };
    for piece in &sheet.pieces {
        match piece {
            Piece::Line(line) => hold(line.column.into(), &line.cell.value, line.cell.style),
            Piece::Table(table) => {
                for row in table.rows.iter().chain(&table.totals) {
                    row.iter().enumerate().for_each(|(column, cell)| hold(column, &cell.value, cell.style));
                }
            }
            _ => {}
        }
    }
    // A title runs over the columns beside it, and not beyond what is printed.
    let titles = sheet.pieces.iter().filter_map(|piece| match piece {
        Piece::Title(title) => Some(TITLE * f64::from(u32::try_from(title.chars().count()).unwrap_or(0))),
        _ => None,
    });
    let missing = titles.fold(0.0, f64::max) - widths.iter().sum::<f64>();
    if let Some(first) = widths.first_mut() {
        *first += missing.max(0.0);
    }
    widths
}

/// How many characters a number or a day takes; a text takes as many lines as it needs.
fn characters(value: &Value) -> f64 {
    let digits = |number: f64, others: usize| {
        let whole = format!("{:.0}", number.abs().trunc()).len();
        let sign = usize::from(number < 0.0);
        u32::try_from(whole + whole.saturating_sub(1) / 3 + sign + others).map_or(0.0, f64::from)
    };
    let number = number_of(value);
    match value {
        Value::Blank | Value::Text(_) => 0.0,
        Value::Date(_) => 10.0,
        Value::Month(_) => 7.0,
        Value::Euros(_) => digits(number, 2),
        Value::Figure(printed) => match printed.figure().value() {
            Quantity::Cents(_) => digits(number, 5),
            Quantity::Hundredths(_) | Quantity::Decimal(_) => digits(number, 3),
            Quantity::Share(..) | Quantity::Change(..) => digits(100.0 * number, 4),
            Quantity::Count(_) => digits(number, 0),
        },
        Value::Formula(_, now) => characters(now),
    }
}

/// The height of a row of a table, in points, where its texts take several lines in columns of these widths.
pub(super) fn height(row: &[Cell], widths: &[f64]) -> Option<f64> {
    let lines = row.iter().zip(widths).map(|(cell, width)| match &cell.value {
        Value::Text(text) => lines(text, *width),
        _ => 1,
    });
    lines.max().filter(|lines| *lines > 1).map(|lines| ROW * f64::from(lines))
}

/// How many lines a text takes in a column, which keeps a character for the space before it.
fn lines(text: &str, width: f64) -> u32 {
    let room = width - 1.0;
    let long = |word: &str| u32::try_from(word.chars().count()).map_or(room, f64::from);
    let mut lines = 1;
    let mut filled = 0.0;
    for word in text.split_whitespace() {
        if filled > 0.0 && filled + 1.0 + long(word) > room {
            lines += 1;
            filled = 0.0;
        }
        filled += long(word) + if filled > 0.0 { 1.0 } else { 0.0 };
    }
    lines
}

/// The rows before which a page ends, so that no part is torn: `sections` begin parts, `end` is the row after the last.
pub(super) fn breaks(sections: &[u32], end: u32, rows: f64) -> Vec<u32> {
    let mut breaks = Vec::new();
    let mut top = 0;
    let ends = sections.iter().skip(1).copied().chain([end]);
    for (start, end) in sections.iter().copied().zip(ends) {
        if f64::from(end - top) > rows && start > top {
            breaks.push(start);
            top = start;
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wide_takes_a_wider_paper_before_it_is_too_small_to_read() {
        let paper = |columns: usize| {
            let paper = Paper::for_columns(&vec![12.0; columns]);
            (paper.number, paper.is_landscape)
        };
        assert_eq!(paper(4), (9, false));
        assert_eq!(paper(12), (9, true));
        assert_eq!(paper(18), (8, true));
        assert_eq!(paper(60), (8, true));
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let row = [Cell::text("un"), Cell::text("Mise à disposition de locaux et moyens techniques")];
        assert_eq!(height(&row, &[10.0, 30.0]), Some(30.0));
        assert_eq!(height(&row, &[10.0, 60.0]), None);
    }

    #[test]
    fn a_page_ends_before_a_part_that_it_would_tear() {
        assert_eq!(breaks(&[3, 20, 45, 60], 90, 50.0), [45]);
        assert_eq!(breaks(&[3, 20], 40, 50.0), Vec::<u32>::new());
    }
}
