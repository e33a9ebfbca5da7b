//! The only module that prints: results to stdout, messages to stderr, in the form that was asked for.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use serde_json::{Value, json};

use super::arguments::Format;
use crate::diagnostics::{Diagnostic, Painter, render_human, render_json};
use crate::documents::Kind;
use crate::figures::Ledger;
use crate::pipeline::Report;
use crate::wording;

/// The terminal, or the pipe behind it.
pub(super) struct Screen {
    format: Format,
    painter: Painter,
}

impl Screen {
    /// A screen for a form of output.
    pub(super) fn new(format: Format) -> Self {
        let painter = if std::io::stderr().is_terminal() { Painter::Colours } else { Painter::Plain };
        Self { format, painter }
    }

    /// Prints a result. A reader who has gone away (`| head`) is no error.
    pub(super) fn result(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// Prints a message.
    pub(super) fn message(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    fn json(&self, value: &Value) {
        self.result(&format!("{value:#}\n"));
    }

    /// Prints problems.
    pub(super) fn problems(&self, problems: &[Diagnostic]) {
        match self.format {
            Format::Human => self.message(&render_human(problems, self.painter)),
            Format::Json => self.json(&json!({ "messages": render_json(problems) })),
        }
    }

    /// Tells what a build made.
    pub(super) fn built(&self, report: &Report, took: Duration) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        if self.format == Format::Json {
            let documents: Vec<Value> = report
                .outcomes
                .iter()
                .map(|outcome| {
                    json!({ "genre": outcome.kind, "document": outcome.id, "titre": outcome.title, "fichiers": outcome.files,
                            "restreints": outcome.restricted, "millisecondes": milliseconds(outcome.took),
                            "parties": outcome.parts.iter().map(|(name, took)| json!({ "nom": name, "millisecondes": took.map(milliseconds) })).collect::<Vec<_>>() })
                })
                .collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&problems), "erreurs_ailleurs": report.elsewhere }));
        }
        self.problems(&problems);
        for file in report.outcomes.iter().flat_map(|outcome| &outcome.files) {
            self.result(&format!("{file}\n"));
        }
        self.diffusion(report);
        let written = report.outcomes.iter().filter(|outcome| !outcome.files.is_empty()).count();
        self.message(&format!(
            "{}, {}\n",
            counted(written, "document écrit", "documents écrits"),
            summary(report, took)
        ));
        self.elsewhere(report);
    }

    /// Tells how long each part of each document took; what was made for another document already took none.
    pub(super) fn timed(&self, report: &Report) {
        if self.format == Format::Json {
            return;
        }
        for outcome in &report.outcomes {
            self.message(&format!("{:>7} ms  {} {}\n", milliseconds(outcome.took), outcome.kind, outcome.id));
            for (name, took) in &outcome.parts {
                let time = took.map_or_else(|| "repris".to_owned(), |took| format!("{} ms", milliseconds(took)));
                self.message(&format!("{time:>12}    {name}\n"));
            }
        }
    }

    /// Tells what a check found.
    pub(super) fn checked(&self, report: &Report, took: Duration) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        self.problems(&problems);
        if self.format == Format::Human {
            let verdict = if report.has_errors() { "à corriger" } else { "tout est lisible" };
            self.message(&format!("{verdict} : {}\n", summary(report, took)));
        }
    }

    /// Lists the known documents.
    pub(super) fn listed(&self, known: &[(&'static Kind, String)], report: &Report) {
        if self.format == Format::Json {
            let documents: Vec<Value> =
                known.iter().map(|(kind, id)| json!({ "genre": kind.name, "document": id })).collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&report.problems) }));
        }
        for (kind, id) in known {
            self.result(&format!("{:<18}{id}\n", kind.name));
        }
        let errors = report.problems.iter().filter(|problem| problem.is_error()).count();
        if errors > 0 {
            self.message(&format!(
                "{} dans les données : « liasse check » les montre\n",
                counted(errors, "erreur", "erreurs")
            ));
        }
    }

    /// Lists the figures of documents with their cells.
    pub(super) fn explained(&self, ledgers: &[(String, Ledger)], report: &Report) {
        if self.format == Format::Json {
            let documents: Vec<Value> =
                ledgers.iter().map(|(title, ledger)| json!({ "titre": title, "chiffres": ledger })).collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&report.problems) }));
        }
        self.problems(&report.problems);
        for (title, ledger) in ledgers {
            self.result(&format!("{title}\n"));
            for entry in &ledger.entries {
                self.result(&format!("\n  {}  {}\n  [{}]\n", entry.printed, entry.figure.label, entry.figure.name));
                for (sheet, cells) in by_sheet(&entry.figure.sources) {
                    self.result(&format!("    {sheet} › {cells}\n"));
                }
            }
            if ledger.entries.is_empty() {
                self.result("  aucun chiffre calculé\n");
            }
        }
    }

    /// Tells which files must not be published, in one line a document.
    fn diffusion(&self, report: &Report) {
        for outcome in
            report.outcomes.iter().filter(|outcome| !outcome.files.is_empty() && !outcome.restricted.is_empty())
        {
            let which = if outcome.restricted.len() == outcome.files.len() {
                "tout".to_owned()
            } else {
                outcome.restricted.join(", ")
            };
            self.message(&format!("{} : à diffusion restreinte : {which}\n", outcome.title));
        }
    }

    fn elsewhere(&self, report: &Report) {
        if report.elsewhere > 0 {
            self.message(&format!(
                "{} dans des feuilles que ces documents ne lisent pas : « liasse check » les montre\n",
                counted(report.elsewhere, "erreur", "erreurs")
            ));
        }
    }
}

/// Cells of one sheet on one line, neighbours of a column as a range: « Aides › F2:F4, F9 ».
fn by_sheet(cells: &[crate::figures::CellRef]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, Vec<(u32, u32, u32)>)> = Vec::new();
    let mut sorted: Vec<&crate::figures::CellRef> = cells.iter().collect();
    sorted.sort_by_key(|cell| (&cell.file, &cell.sheet, cell.column, cell.row));
    for cell in sorted {
        let sheet = format!("{} › {}", cell.file, cell.sheet);
        if lines.last().is_none_or(|(last, _)| *last != sheet) {
            lines.push((sheet, Vec::new()));
        }
        if let Some((_, ranges)) = lines.last_mut() {
            match ranges.last_mut() {
                Some((column, _, end)) if *column == cell.column && *end + 1 == cell.row => *end = cell.row,
                _ => ranges.push((cell.column, cell.row, cell.row)),
            }
        }
    }
    let range = |(column, start, end): &(u32, u32, u32)| {
        let letters = crate::figures::column_letters(*column);
        if start == end { format!("{letters}{start}") } else { format!("{letters}{start}:{letters}{end}") }
    };
    lines.into_iter().map(|(sheet, ranges)| (sheet, ranges.iter().map(range).collect::<Vec<_>>().join(", "))).collect()
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn counted(count: usize, singular: &str, plural: &str) -> String {
    wording::counted(i64::try_from(count).unwrap_or(i64::MAX), singular, plural)
}

/// « 1 erreur, 2 avertissements, 0,8 s ».
fn summary(report: &Report, took: Duration) -> String {
    let errors = report.all_problems().filter(|problem| problem.is_error()).count();
    let warnings = report.all_problems().count() - errors;
    let tenths = i64::try_from(took.as_millis() / 10).unwrap_or(i64::MAX);
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "erreur", "erreurs"));
    }
    parts.push(counted(warnings, "avertissement", "avertissements"));
    parts.push(format!("{}\u{a0}s", wording::decimal(tenths, 2)));
    parts.join(", ")
}
