//! The only module that prints: results to stdout, messages to stderr, in the form that was asked for.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::arguments::Format;
use super::progress::Bar;
use crate::diagnostics::{Diagnostic, Painter, render_human, render_json};
use crate::figures::{Cells, Ledger};
use crate::files;
use crate::pipeline::{Cause, Explained, Fate, Listed, Outcome, Report, State};
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

    /// The line that shows how far a run is: for a person at a terminal.
    pub(super) fn bar(&self) -> Bar {
        Bar::new(self.format == Format::Human && std::io::stderr().is_terminal())
    }

    /// Tells what a build made.
    pub(super) fn built(&self, report: &Report, took: Duration) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        if self.format == Format::Json {
            let documents: Vec<Value> = report.outcomes.iter().map(outcome).collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&problems),
                                      "avertissements_deja_dits": report.told, "erreurs_ailleurs": report.elsewhere }));
        }
        self.problems(&problems);
        for file in report.outcomes.iter().flat_map(|outcome| &outcome.files) {
            self.result(&format!("{file}\n"));
        }
        self.diffusion(report);
        self.message(&format!("{}\n", self.summary(report, took)));
        if report.count(Fate::Skipped) > 0 {
            self.message("« --keep-going » continue avec les autres documents quand l’un d’eux échoue\n");
        }
        self.elsewhere(report);
    }

    /// « 2 documents écrits, 35 à jour, 1 avertissement, 0,84 s ».
    pub(super) fn summary(&self, report: &Report, took: Duration) -> String {
        let mut parts = vec![counted(report.count(Fate::Written), "document écrit", "documents écrits")];
        for (fate, singular, plural) in [
            (Fate::UpToDate, "à jour", "à jour"),
            (Fate::Same, "refait à l’identique", "refaits à l’identique"),
            (Fate::Failed, "en échec", "en échec"),
            (Fate::Skipped, "laissé de côté", "laissés de côté"),
        ] {
            let count = report.count(fate);
            if count > 0 {
                parts.push(counted(count, singular, plural));
            }
        }
        format!("{}, {}", parts.join(", "), summary(report, took))
    }

    /// Lists the documents to make, a line of JSON each, for other machines.
    pub(super) fn jobs(&self, jobs: &[(&'static str, String)], report: &Report) {
        for (kind, id) in jobs {
            let job = json!({ "genre": kind, "document": id, "commande": ["liasse", "build", kind, id] });
            self.result(&format!("{job}\n"));
        }
        let errors: Vec<Diagnostic> = report.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
        self.message(&render_human(&errors, self.painter));
    }

    /// Tells why documents are out of date.
    pub(super) fn caused(&self, documents: &[Explained], report: &Report) {
        let errors: Vec<Diagnostic> = report.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
        if self.format == Format::Json {
            let causes: Vec<Value> = documents
                .iter()
                .map(|it| {
                    let causes: Vec<Value> = it.causes.iter().map(cause).collect();
                    json!({ "titre": it.title, "etat": state_of(it.state).0, "causes": causes })
                })
                .collect();
            return self.json(&json!({ "documents": causes, "messages": render_json(&errors) }));
        }
        self.problems(&errors);
        for Explained { title, state: known, causes } in documents {
            let (state, note) = state_of(*known);
            let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
            self.result(&format!("{title} : {state}{note}\n"));
            let values = causes.iter().filter(|cause| matches!(cause, Cause::Value { .. })).count();
            let mut told = 0;
            for cause in causes {
                if let Cause::Value { .. } = cause {
                    told += 1;
                    if told == MOST_VALUES + 1 {
                        self.result(&format!(
                            "  et {}\n",
                            counted(values - MOST_VALUES, "autre valeur", "autres valeurs")
                        ));
                    }
                    if told > MOST_VALUES {
                        continue;
                    }
                }
                self.result(&told_cause(cause));
            }
        }
    }

    /// Tells what a verification found.
    pub(super) fn verified(&self, report: &Report, took: Duration) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        self.problems(&problems);
        if self.format == Format::Human {
            let same = report.outcomes.iter().filter(|outcome| outcome.fate == Fate::Same).count();
            let text = format!(
                "{} sur {} à l’octet près, {}\n",
                counted(same, "document identique", "documents identiques"),
                report.outcomes.len(),
                summary(report, took)
            );
            self.message(&text);
        }
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
        if self.format == Format::Json {
            return self.json(&json!({ "messages": render_json(&problems), "copies": report.copies }));
        }
        self.problems(&problems);
        for file in &report.copies {
            self.result(&format!("{file}\n"));
        }
        let verdict = if report.has_errors() { "à corriger" } else { "tout est lisible" };
        self.message(&format!("{verdict} : {}\n", summary(report, took)));
    }

    /// Tells what a new workspace holds, and where to begin.
    pub(super) fn begun(&self, folder: &Path, files: &[String]) {
        if self.format == Format::Json {
            return self.json(&json!({ "fichiers": files }));
        }
        files.iter().for_each(|file| self.result(&format!("{file}\n")));
        let folder = files::shown(folder);
        self.message(&format!(
            "espace de travail créé. Pour commencer : « cd {folder} », remplir les classeurs de inputs (LISEZMOI.md les \
             explique), puis « liasse check » et « liasse build »\n"
        ));
    }

    /// Lists the known documents with their states.
    pub(super) fn listed(&self, known: &[Listed], report: &Report) {
        if self.format == Format::Json {
            let documents: Vec<Value> = known
                .iter()
                .map(|document| {
                    let (state, detail) = state_of(document.state);
                    json!({ "genre": document.kind, "document": document.id, "etat": state, "precision": detail })
                })
                .collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&report.problems) }));
        }
        let width = known.iter().map(|document| document.id.chars().count()).max().unwrap_or(0);
        for document in known {
            let (state, detail) = state_of(document.state);
            let detail = detail.map_or_else(String::new, |detail| format!(" ({detail})"));
            self.result(&format!("{:<18}{:<width$}  {state}{detail}\n", document.kind, document.id));
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
                self.result(&indented(&entry.figure.sources, "    "));
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
            let which = if outcome.restricted.len() == outcome.size {
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

/// The most values that are told one by one.
const MOST_VALUES: usize = 12;

fn outcome(outcome: &Outcome) -> Value {
    let fate = match outcome.fate {
        Fate::Written => "écrit",
        Fate::Same => "refait à l’identique",
        Fate::UpToDate => "à jour",
        Fate::Failed => "en échec",
        Fate::Skipped => "laissé de côté",
    };
    let part =
        |(name, took): &(String, Option<Duration>)| json!({ "nom": name, "millisecondes": took.map(milliseconds) });
    json!({ "genre": outcome.kind, "document": outcome.id, "titre": outcome.title, "sort": fate, "fichiers": outcome.files,
            "restreints": outcome.restricted, "millisecondes": milliseconds(outcome.took),
            "parties": outcome.parts.iter().map(part).collect::<Vec<_>>() })
}

/// A state in words, and what else there is to say.
fn state_of(state: State) -> (&'static str, Option<String>) {
    match state {
        State::UpToDate => ("à jour", None),
        State::New => ("jamais fait", None),
        State::Stale => ("à refaire", None),
        State::Frozen { differs: false } => ("figé", None),
        State::Frozen { differs: true } => ("figé", Some("les données ont changé depuis l’envoi".to_owned())),
        State::Blocked(errors) => ("bloqué", Some(counted(errors, "erreur", "erreurs"))),
    }
}

/// A cause in words.
fn told_cause(cause: &Cause) -> String {
    let quoted = |text: &Option<String>| text.as_ref().map_or_else(|| "rien".to_owned(), |text| format!("« {text} »"));
    let cells = |cells: &Cells| indented(cells, "      ");
    match cause {
        Cause::New => "  jamais fait, ou plus rien n’en est retenu\n".to_owned(),
        Cause::Missing(name) => format!("  fichier retiré : {name}\n"),
        Cause::Edited(name) => format!("  fichier modifié à la main : {name}\n"),
        Cause::Program => "  le programme a changé\n".to_owned(),
        Cause::Source(name) => format!("  modèle ou image changé : {name}\n"),
        Cause::Value { path, before, after, cells: sources } => {
            format!("  {path} : {} → {}\n{}", quoted(before), quoted(after), cells(sources))
        }
        Cause::Cells(sources) => format!("  autres cellules changées\n{}", cells(sources)),
        Cause::Rows { sheet, count } => {
            format!("  {sheet} : {}\n", counted(*count, "ligne retirée", "lignes retirées"))
        }
        Cause::Files(names) => format!("  fichiers concernés : {}\n", names.join(", ")),
        Cause::Frozen(name, cells) if cells.is_empty() => format!("  {name} : figé, les données ont changé\n"),
        Cause::Frozen(name, cells) => format!("  {name} : figé, cellules changées depuis : {}\n", cells.join(", ")),
    }
}

fn cause(cause: &Cause) -> Value {
    match cause {
        Cause::New => json!({ "cause": "nouveau" }),
        Cause::Missing(name) => json!({ "cause": "fichier retiré", "fichier": name }),
        Cause::Edited(name) => json!({ "cause": "fichier modifié", "fichier": name }),
        Cause::Program => json!({ "cause": "programme" }),
        Cause::Source(name) => json!({ "cause": "modèle ou image", "fichier": name }),
        Cause::Value { path, before, after, cells } => {
            json!({ "cause": "valeur", "valeur": path, "avant": before, "apres": after, "cellules": cells })
        }
        Cause::Cells(cells) => json!({ "cause": "cellules", "cellules": cells }),
        Cause::Rows { sheet, count } => json!({ "cause": "lignes retirées", "feuille": sheet, "nombre": count }),
        Cause::Files(names) => json!({ "cause": "fichiers", "fichiers": names }),
        Cause::Frozen(name, cells) => json!({ "cause": "figé", "fichier": name, "cellules": cells }),
    }
}

/// Cells under what they belong to, one line a sheet: « Aides › F2:F4, F9 ».
fn indented(cells: &Cells, margin: &str) -> String {
    cells.to_string().lines().map(|line| format!("{margin}{line}\n")).collect()
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
    let warnings = report.all_problems().count() - errors + report.told;
    let tenths = i64::try_from(took.as_millis() / 10).unwrap_or(i64::MAX);
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "erreur", "erreurs"));
    }
    parts.push(counted(warnings, "avertissement", "avertissements"));
    parts.push(format!("{}\u{a0}s", wording::decimal(tenths, 2)));
    parts.join(", ")
}
