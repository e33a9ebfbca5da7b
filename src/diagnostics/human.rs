//! Problems for a person at a terminal: message, place, the row under its headings, hints.

use std::fmt::Write as _;

use super::{Diagnostic, Excerpt, Place, Severity};

/// The most characters of a line of text that are shown.
const LINE_WIDTH: usize = 110;

/// At most this many problems of one code are shown in full; the rest is counted.
const SHOWN_PER_CODE: usize = 20;
/// The widest cell of an excerpt, in characters.
const CELL_WIDTH: usize = 34;

/// How emphasis is written: with terminal colours, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Painter {
    /// Plain text.
    Plain,
    /// ANSI colours.
    Colours,
}

impl Painter {
    fn paint(self, codes: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colours => format!("\u{1b}[{codes}m{text}\u{1b}[0m"),
        }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        self.paint(if severity == Severity::Error { "1;31" } else { "1;33" }, text)
    }
}

/// Renders problems one below the other, at most twenty of a kind.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], painter: Painter) -> String {
    let mut screen = String::new();
    let mut counts: Vec<(String, usize)> = Vec::new();
    for diagnostic in diagnostics {
        let code = diagnostic.full_code();
        let seen = match counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                counts.push((code, 1));
                1
            }
        };
        if seen <= SHOWN_PER_CODE {
            screen.push_str(&one(diagnostic, painter));
            screen.push('\n');
        }
    }
    for (code, count) in counts.iter().filter(|(_, count)| *count > SHOWN_PER_CODE) {
        let _ = writeln!(screen, "… et {} autres [{code}]\n", count - SHOWN_PER_CODE);
    }
    screen
}

fn one(diagnostic: &Diagnostic, painter: Painter) -> String {
    let word = if diagnostic.is_error() { "erreur" } else { "avertissement" };
    let mut text = format!(
        "{}: {}\n",
        painter.severity(diagnostic.severity, &format!("{word}[{}]", diagnostic.full_code())),
        painter.paint("1", &diagnostic.message)
    );
    match &diagnostic.place {
        Place::Nowhere => {}
        Place::File(file) => drop(writeln!(text, "  {file}")),
        Place::Sheet { file, sheet } => drop(writeln!(text, "  {file} › {sheet}")),
        Place::Cell(cell) => drop(writeln!(text, "  {cell}")),
        Place::Line { file, line, column: 0 } => drop(writeln!(text, "  {file}:{line}")),
        Place::Line { file, line, column } => drop(writeln!(text, "  {file}:{line}:{column}")),
    }
    match (&diagnostic.excerpt, &diagnostic.place) {
        (Some(Excerpt::Row { headings, cells, focus }), Place::Cell(cell)) => {
            text.push_str(&row_excerpt(headings, cells, *focus, cell.row));
        }
        (Some(Excerpt::Source { text: line_text, start, length }), Place::Line { line, .. }) => {
            let number = line.to_string();
            let (shown, start) = window(line_text, *start, *length);
            let _ = writeln!(text, "  {number} │ {shown}");
            let marks = "^".repeat((*length).clamp(1, LINE_WIDTH));
            let _ = writeln!(text, "  {} │ {}{marks}", " ".repeat(number.len()), " ".repeat(start));
        }
        _ => {}
    }
    for hint in &diagnostic.hints {
        let _ = writeln!(text, "  {} {hint}", painter.paint("36", "aide :"));
    }
    text
}

/// The part of a long line around what is at fault, and where the fault begins in it.
fn window(line: &str, start: usize, length: usize) -> (String, usize) {
    let count = line.chars().count();
    if count <= LINE_WIDTH {
        return (line.to_owned(), start);
    }
    let first = start.saturating_sub((LINE_WIDTH.saturating_sub(length)) / 2).min(count - LINE_WIDTH);
    let shown: String = line.chars().skip(first).take(LINE_WIDTH).collect();
    let before = if first > 0 { "…" } else { "" };
    let after = if first + LINE_WIDTH < count { "…" } else { "" };
    (format!("{before}{shown}{after}"), start - first + usize::from(first > 0))
}

/// Two lines of a small table and a third that points at the faulty cell.
fn row_excerpt(headings: &[String], cells: &[String], focus: usize, row: u32) -> String {
    let number = row.to_string();
    let margin = " ".repeat(number.len());
    let clip = |text: &str| -> String {
        let flat: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if flat.chars().count() > CELL_WIDTH {
            flat.chars().take(CELL_WIDTH - 1).chain(['…']).collect()
        } else {
            flat
        }
    };
    let headings: Vec<String> = headings.iter().map(|heading| clip(heading)).collect();
    let cells: Vec<String> = cells.iter().map(|cell| clip(cell)).collect();
    let widths: Vec<usize> =
        headings.iter().zip(&cells).map(|(heading, cell)| heading.chars().count().max(cell.chars().count())).collect();
    let line = |parts: &[String]| -> String {
        let padded: Vec<String> = parts.iter().zip(&widths).map(|(part, width)| format!("{part:<width$}")).collect();
        padded.join(" │ ").trim_end().to_owned()
    };
    let before: usize = widths.iter().take(focus).map(|width| width + 3).sum();
    let carets = cells.get(focus).map_or(1, |cell| cell.chars().count().max(1));
    format!(
        "   {margin} │ {}\n   {number} │ {}\n   {margin}   {}{}\n",
        line(&headings),
        line(&cells),
        " ".repeat(before),
        "^".repeat(carets)
    )
}
