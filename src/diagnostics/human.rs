//! Problems for a person at a terminal: message, place, the row under its headings, hints.

use std::fmt::Write as _;

use super::{Diagnostic, Excerpt, Place, Severity};

/// The most characters of a line of text that are shown.
const LINE_WIDTH: usize = 110;

/// At most this many errors of one code are shown in full; the rest is counted.
const SHOWN_ERRORS: usize = 20;
/// At most this many warnings of one code are shown in full; of the others, the cells are named.
const SHOWN_WARNINGS: usize = 3;
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

/// Renders problems one below the other: at most twenty errors and three warnings of a kind, the first with the cure of its
/// kind unless it brings one that is nearer to it.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], painter: Painter) -> String {
    let mut screen = String::new();
    let mut kinds: Vec<(String, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics {
        let code = diagnostic.full_code();
        let index = kinds.iter().position(|(known, _)| *known == code).unwrap_or(kinds.len());
        if index == kinds.len() {
            kinds.push((code, Vec::new()));
        }
        let Some((_, alike)) = kinds.get_mut(index) else { continue };
        if alike.len() < most_shown(diagnostic) {
            screen.push_str(&one(diagnostic, alike.is_empty(), painter));
            screen.push('\n');
        }
        alike.push(diagnostic);
    }
    for (code, alike) in &kinds {
        let more = alike.get(alike.first().map_or(0, |first| most_shown(first))..).unwrap_or_default();
        if !more.is_empty() {
            let _ = writeln!(screen, "{}\n", folded(code, more));
        }
    }
    screen
}

fn most_shown(diagnostic: &Diagnostic) -> usize {
    if diagnostic.is_error() { SHOWN_ERRORS } else { SHOWN_WARNINGS }
}

/// « … et 3 autres [contacts/siret-absent] : I6, I7, I8 » : the cells of one sheet by their names, all of them in JSON.
fn folded(code: &str, more: &[&Diagnostic]) -> String {
    let count = if more.len() == 1 { "1 autre".to_owned() } else { format!("{} autres", more.len()) };
    let cells: Vec<String> = more.iter().take(SHOWN_ERRORS).filter_map(|it| cell_name(it)).collect();
    let rest = if cells.len() < more.len() { "… (« --format json » les dit tous)" } else { "" };
    match cells.as_slice() {
        [] => format!("… et {count} [{code}] (« --format json » les dit tous)"),
        cells => format!("… et {count} [{code}] : {}{rest}", cells.join(", ")),
    }
}

fn cell_name(diagnostic: &Diagnostic) -> Option<String> {
    match &diagnostic.place {
        Place::Cell(cell) => Some(format!("{} › {}", cell.sheet, cell.name())),
        Place::Line { file, line, .. } => Some(format!("{file}:{line}")),
        _ => None,
    }
}

fn one(diagnostic: &Diagnostic, is_first: bool, painter: Painter) -> String {
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
    let cure = diagnostic.cure().filter(|_| is_first && diagnostic.hints.is_empty()).map(as_hint);
    for hint in diagnostic.hints.iter().chain(&cure) {
        let _ = writeln!(text, "  {} {hint}", painter.paint("36", "aide :"));
    }
    text
}

/// A cure of the catalogue as a hint under a message: lower-case, without its stop.
fn as_hint(cure: &str) -> String {
    let cure = cure.trim_end_matches('.');
    let mut letters = cure.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
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
