//! The only module that prints: results to stdout, messages to stderr, in the form that was asked for.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::arguments::Format;
use super::progress::Bar;
use crate::diagnostics::{Diagnostic, Painter, Place, render_human, render_json};
use crate::figures::{Cells, Printed};
use crate::files;
use crate::pipeline::{
    Cause, CellChange, Deed, Explained, Listed, Outcome, Report, Review, ReviewRemark, Said, State, Touched,
};
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

    /// Prints data with the messages of its report, where the form is one for programs; whether it is.
    pub(super) fn data(&self, data: &impl serde::Serialize, report: &Report) -> bool {
        if self.format == Format::Json {
            let mut value = json!(data);
            value["messages"] = json!(render_json(&report.problems));
            self.json(&value);
        }
        self.format == Format::Json
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
        if report.count(Deed::Skipped) > 0 {
            self.message("« --keep-going » continue avec les autres documents quand l’un d’eux échoue\n");
        }
        self.elsewhere(report);
    }

    /// « 2 documents écrits, 35 à jour, 1 avertissement, 0,84 s ».
    pub(super) fn summary(&self, report: &Report, took: Duration) -> String {
        let mut parts = vec![counted(report.count(Deed::Written), "document écrit", "documents écrits")];
        for (deed, singular, plural) in [
            (Deed::Nothing, "à jour", "à jour"),
            (Deed::Same, "refait à l’identique", "refaits à l’identique"),
            (Deed::Failed, "en échec", "en échec"),
            (Deed::Blocked, "bloqué", "bloqués"),
            (Deed::Skipped, "laissé de côté", "laissés de côté"),
        ] {
            let count = report.count(deed);
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
                    json!({ "titre": it.title, "etat": it.state.name(), "causes": causes })
                })
                .collect();
            return self.json(&json!({ "documents": causes, "messages": render_json(&errors) }));
        }
        self.problems(&errors);
        for Explained { title, state, causes } in documents {
            let note = note(*state).map(|note| format!(" ({note})")).unwrap_or_default();
            self.result(&format!("{title} : {}{note}\n", state.name()));
            let is_cell = |cause: &&Cause| matches!(cause, Cause::Cell(_) | Cause::Added(_) | Cause::Removed(..));
            let (cells, others): (Vec<&Cause>, Vec<&Cause>) = causes.iter().partition(is_cell);
            cells.iter().take(MOST_CELLS).for_each(|cause| self.result(&format!("  {cause}\n")));
            if let Some(more) = cells.len().checked_sub(MOST_CELLS).filter(|more| *more > 0) {
                self.result(&format!("  et {}\n", counted(more, "autre cellule", "autres cellules")));
            }
            others.iter().for_each(|cause| self.result(&format!("  {cause}\n")));
        }
    }

    /// Tells what a verification found.
    pub(super) fn verified(&self, report: &Report, took: Duration) {
        let problems: Vec<Diagnostic> = report.all_problems().cloned().collect();
        self.problems(&problems);
        if self.format == Format::Human {
            let same = report.outcomes.iter().filter(|outcome| is_same(outcome.state)).count();
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
        self.message(&format!("{}\n", self.verdict(report, took)));
    }

    /// « tout est lisible : 2 avertissements, 0,84 s ».
    pub(super) fn verdict(&self, report: &Report, took: Duration) -> String {
        let verdict = if report.has_errors() { "à corriger" } else { "tout est lisible" };
        format!("{verdict} : {}", summary(report, took))
    }

    /// Tells what a new workspace holds, and where to begin.
    pub(super) fn begun(&self, folder: &Path, files: &[String]) {
        if self.format == Format::Json {
            return self.json(&json!({ "fichiers": files }));
        }
        files.iter().for_each(|file| self.result(&format!("{file}\n")));
        let folder = files::shown(folder);
        let go = if matches!(folder.as_str(), "." | "") { String::new() } else { format!("« cd {folder} », ") };
        self.message(&format!(
            "espace de travail créé. Pour commencer : {go}remplir les classeurs de inputs (LISEZMOI.md les \
             explique), puis « liasse check » et « liasse build »\n"
        ));
    }

    /// Lists the known documents with their states.
    pub(super) fn listed(&self, known: &[Listed], report: &Report) {
        if self.format == Format::Json {
            let documents: Vec<Value> = known
                .iter()
                .map(|document| {
                    let (state, detail) = (document.state.name(), note(document.state));
                    json!({ "genre": document.kind, "document": document.id, "etat": state, "precision": detail })
                })
                .collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&report.problems) }));
        }
        let widest = |of: fn(&Listed) -> &str| known.iter().map(|it| of(it).chars().count()).max().unwrap_or(0);
        let kinds = (widest(|document| document.kind) + 2).max(18);
        let width = widest(|document| &document.id);
        for document in known {
            let detail = note(document.state).map_or_else(String::new, |detail| format!(" ({detail})"));
            let state = document.state.name();
            self.result(&format!("{:<kinds$}{:<width$}  {state}{detail}\n", document.kind, document.id));
        }
        let is_sent = |problem: &&Diagnostic| problem.place == Place::Nowhere;
        let told: Vec<Diagnostic> = report.problems.iter().filter(is_sent).cloned().collect();
        self.message(&render_human(&told, self.painter));
        let errors = report.problems.iter().filter(|problem| problem.is_error()).count();
        if errors > 0 {
            self.message(&format!(
                "{} dans les données : « liasse check » les montre\n",
                counted(errors, "erreur", "erreurs")
            ));
        }
    }

    /// Lists the figures of documents, as they are printed, with their cells.
    pub(super) fn explained(&self, documents: &[(String, Vec<Printed>)], report: &Report) {
        if self.format == Format::Json {
            let figure = |printed: &Printed| {
                let mut figure = json!(printed.figure());
                figure["imprime"] = printed.text().into();
                figure
            };
            let document = |(title, printed): &(String, Vec<Printed>)| json!({ "titre": title, "chiffres": printed.iter().map(figure).collect::<Vec<_>>() });
            let documents: Vec<Value> = documents.iter().map(document).collect();
            return self.json(&json!({ "documents": documents, "messages": render_json(&report.problems) }));
        }
        self.problems(&report.problems);
        for (title, printed) in documents {
            self.result(&format!("{title}\n"));
            for printed in printed {
                let figure = printed.figure();
                self.result(&format!("\n  {}  {}\n  [{}]\n", printed.text(), figure.label(), figure.name()));
                self.result(&indented(figure.sources(), "    "));
            }
            if printed.is_empty() {
                self.result("  aucun chiffre calculé\n");
            }
        }
    }

    /// What was changed in a file that came back, in Markdown; hands back what is wrong with it.
    pub(super) fn reviewed(&self, outcome: Result<Review, Vec<Diagnostic>>) -> Vec<Diagnostic> {
        let (review, problems) = match outcome {
            Ok(review) => (Some(review), Vec::new()),
            Err(problems) => (None, problems),
        };
        if self.format == Format::Json {
            let value = |it: &Touched| json!({ "valeur": it.label, "cellules": it.cells });
            let remark = |it: &ReviewRemark| {
                json!({
                    "article": it.article, "auteur": it.author, "date": it.date, "avant": it.before, "apres": it.after,
                    "deplace": it.moved, "commentaire": it.comment, "phrase": it.sentence(),
                    "valeurs": it.values.iter().map(value).collect::<Vec<_>>(),
                })
            };
            let review = review.map(|it| {
                json!({
                    "fichier": it.file, "document": it.document, "partie": it.part,
                    "remarques": it.remarks.iter().map(remark).collect::<Vec<_>>(),
                })
            });
            self.json(&json!({ "relecture": review, "messages": render_json(&problems) }));
            return problems;
        }
        self.problems(&problems);
        if let Some(review) = review {
            self.result(&markdown(&review));
        }
        problems
    }

    /// Tells which files must not be published, and why: a line for each document of which it is some, one for all of which
    /// it is all.
    fn diffusion(&self, report: &Report) {
        let restricted =
            report.outcomes.iter().filter(|outcome| !outcome.files.is_empty() && !outcome.restricted.is_empty());
        let (whole, some): (Vec<&Outcome>, Vec<&Outcome>) =
            restricted.partition(|outcome| outcome.restricted.len() == outcome.size);
        let why = |is_preparatory: bool| {
            if is_preparatory {
                "projet, non communicable avant le vote (CRPA, art. L. 311-2)"
            } else {
                "à diffusion restreinte"
            }
        };
        for outcome in some {
            let which = outcome.restricted.join(", ");
            self.message(&format!("{} : {} : {which}\n", outcome.title, why(outcome.is_preparatory)));
        }
        for is_preparatory in [true, false] {
            let of_it: Vec<&&Outcome> =
                whole.iter().filter(|outcome| outcome.is_preparatory == is_preparatory).collect();
            let Some((first, others)) = of_it.split_first() else { continue };
            let others = match others.len() {
                0 => String::new(),
                count => format!(
                    " ; de même {}, que « --format json » nomme",
                    counted(count, "autre document", "autres documents")
                ),
            };
            self.message(&format!("{} : {} : tout{others}\n", first.title, why(is_preparatory)));
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

/// The most cells that are told one by one.
const MOST_CELLS: usize = 12;

fn outcome(outcome: &Outcome) -> Value {
    let deed = match outcome.deed() {
        Deed::Written => "écrit",
        Deed::Same => "refait à l’identique",
        Deed::Nothing => "à jour",
        Deed::Failed => "en échec",
        Deed::Blocked => "bloqué",
        Deed::Skipped => "laissé de côté",
    };
    let part =
        |(name, took): &(String, Option<Duration>)| json!({ "nom": name, "millisecondes": took.map(milliseconds) });
    json!({ "genre": outcome.kind, "document": outcome.id, "titre": outcome.title, "sort": deed,
            "etat": outcome.state.name(), "fichiers": outcome.files, "restreints": outcome.restricted,
            "millisecondes": milliseconds(outcome.took), "parties": outcome.parts.iter().map(part).collect::<Vec<_>>() })
}

/// What else there is to say of a state.
fn note(state: State) -> Option<String> {
    match state {
        State::Sent { differs: true } => Some("les données ont changé depuis l’envoi".to_owned()),
        State::Blocked(errors) => Some(counted(errors, "erreur", "erreurs")),
        _ => None,
    }
}

/// Whether the files are what today's inputs give.
fn is_same(state: State) -> bool {
    matches!(state, State::Current | State::Sent { differs: false })
}

fn cause(cause: &Cause) -> Value {
    let said = |said: &Said| match said {
        Said::Blank => Value::Null,
        Said::Text(text) => json!(text),
        Said::Hidden => json!("modifié"),
    };
    let cell = |it: &CellChange| json!({ "cellule": it.at, "colonne": it.column.heading, "avant": said(&it.before), "apres": said(&it.after) });
    match cause {
        Cause::New => json!({ "cause": "nouveau" }),
        Cause::Missing(name) => json!({ "cause": "fichier retiré", "fichier": name }),
        Cause::Edited(name) => json!({ "cause": "fichier modifié", "fichier": name }),
        Cause::Program => json!({ "cause": "programme" }),
        Cause::Source(name) => json!({ "cause": "modèle ou image", "fichier": name }),
        Cause::Cell(it) => json!({ "cause": "cellule", "cellule": it.at, "colonne": it.column.heading,
                                   "avant": said(&it.before), "apres": said(&it.after) }),
        Cause::Added(cells) => {
            json!({ "cause": "ligne ajoutée", "cellules": cells.iter().map(cell).collect::<Vec<_>>() })
        }
        Cause::Removed(sheet, was) => {
            json!({ "cause": "ligne retirée", "feuille": sheet, "avant": was.iter().map(said).collect::<Vec<_>>() })
        }
        Cause::Untold => json!({ "cause": "modifié" }),
        Cause::Files(names) => json!({ "cause": "fichiers", "fichiers": names }),
        Cause::Frozen(name, cells) => json!({ "cause": "envoyé", "fichier": name, "cellules": cells }),
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

/// A review as a person reads it, in Markdown.
fn markdown(review: &Review) -> String {
    let mut text = format!("# {}\n\n{}, {}\n", review.file, review.document, review.part);
    let mut article: Option<&Option<String>> = None;
    for remark in &review.remarks {
        if article != Some(&remark.article) {
            text.push_str(&format!("\n## {}\n\n", remark.article.as_deref().unwrap_or("Avant le premier article")));
            article = Some(&remark.article);
        }
        let who = if remark.author.is_empty() { "sans nom" } else { &remark.author };
        let when = remark.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        text.push_str(&format!("- **{who}**{when} : {}\n", remark.sentence()));
        for value in &remark.values {
            let cells = value.cells.lines().map(str::trim).collect::<Vec<_>>().join(" ; ");
            text.push_str(&format!("  - touche une valeur des classeurs, {} : {cells}\n", value.label));
        }
    }
    if review.remarks.is_empty() {
        text.push_str("\nAucun changement, aucun commentaire.\n");
    }
    text
}
