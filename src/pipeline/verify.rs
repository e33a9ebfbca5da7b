//! Files against what they would be today, byte for byte.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::make::{Made, Workshop};
use super::plan::planned;
use super::run::make_all;
use super::store::Store;
use super::{Fate, Options, Outcome, Report, Request, read, refused};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::Draft;
use crate::figures::Figure;
use crate::files::{self, Refusal, Workspace};

/// Makes everything in memory and compares it with the results, byte for byte; writes nothing. Figures of one name must
/// have one value in all documents.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn verify(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    let store = Store::new(workspace, inputs.digest());
    let (understood, drafts, mut report) = planned(&inputs, request);
    let shop = Workshop::new(&inputs, &understood.model);
    report.problems.extend(disagreements(&shop, &drafts));
    let options = Options { keep_going: true, ..options };
    let frozen = |draft: &Draft| store.manifest(draft.kind, &draft.id);
    report.outcomes =
        make_all(&shop, &drafts, options, &|draft| frozen(draft).map(|_| &store), &|draft, made, outcome| {
            compare(&store, draft, made, outcome)
        });
    Ok(report)
}

/// Compares a document in memory with its files.
fn compare(store: &Store, draft: &Draft, made: &Made, outcome: &mut Outcome) -> Result<(), Diagnostic> {
    outcome.fate = Fate::Same;
    for artifact in &made.artifacts {
        let path = store.path(draft.kind, &draft.id, &artifact.name);
        let shown = files::shown(&path);
        match files::read(&path).map_err(|refusal| refused(&refusal))? {
            None => outcome.problems.push(commands::absent_file(&shown)),
            Some(_) if artifact.differs => {
                let known = store.manifest(draft.kind, &draft.id);
                let cells = known.as_ref().and_then(|it| it.file(&artifact.name)).map_or(&[][..], |it| &it.cellules);
                outcome.problems.extend(artifact.frozen.map(|date| frozen_note(&shown, date, cells)));
            }
            Some(bytes) if *bytes != *artifact.bytes => outcome.problems.push(commands::differing_file(&shown)),
            Some(_) => continue,
        }
        outcome.fate = Fate::Written;
    }
    Ok(())
}

/// The message for a frozen file that today's data would not give, with the cells behind the difference.
pub(super) fn frozen_note(shown: &str, date: NaiveDate, cells: &[String]) -> Diagnostic {
    let diagnostic = commands::frozen_file(shown, &crate::wording::date(date));
    if cells.is_empty() {
        return diagnostic;
    }
    let more = if cells.len() > 5 { format!(" et {} autres", cells.len() - 5) } else { String::new() };
    let some: Vec<&str> = cells.iter().take(5).map(String::as_str).collect();
    diagnostic.hint(format!("cellules changées depuis : {}{more}", some.join(", ")))
}

/// Figures that two documents print under one name with two values.
fn disagreements(shop: &Workshop, drafts: &[Draft]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, (Figure, String)> = BTreeMap::new();
    let mut problems = Vec::new();
    for draft in drafts {
        let Ok(ledger) = shop.ledger(draft) else { continue };
        for entry in ledger.entries {
            let known =
                seen.entry(entry.figure.name.clone()).or_insert_with(|| (entry.figure.clone(), draft.title.clone()));
            if known.0.value != entry.figure.value {
                problems.push(commands::disagreeing_figure(&entry.figure.name, &known.1, &draft.title));
            }
        }
    }
    problems
}
