//! Which documents a request means, what stops them, and their drafts.

use super::{Inputs, Report, Request};
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{self, Draft, KINDS, Kind};
use crate::intake::{self, Understood};
use crate::model::{Disclosure, Model};
use crate::threads;

/// Sheets and settings to the model.
pub(super) fn understand(inputs: &Inputs) -> Understood {
    let mut understood = intake::read(&inputs.sources());
    understood.problems.splice(0..0, inputs.doubles().iter().cloned());
    understood
}

/// Every document that the sheets announce.
pub(super) fn known(model: &Model) -> Vec<(&'static Kind, String)> {
    KINDS.iter().flat_map(|kind| (kind.known)(model).into_iter().map(move |id| (kind, id))).collect()
}

/// The documents that a request means, and the problems that concern them.
pub(super) fn select(understood: &Understood, request: &Request) -> (Vec<(&'static Kind, String)>, Report) {
    let mut report = Report::default();
    let kinds: Vec<&'static Kind> = match &request.kind {
        None => KINDS.iter().collect(),
        Some(name) => match documents::kind(name) {
            Ok(kind) => vec![kind],
            Err(diagnostic) => {
                report.problems.push(diagnostic);
                return (Vec::new(), report);
            }
        },
    };
    let selection = kinds
        .iter()
        .flat_map(|kind| match &request.id {
            Some(id) => vec![(*kind, id.clone())],
            None => (kind.known)(&understood.model).into_iter().map(|id| (*kind, id)).collect(),
        })
        .collect();
    for problem in &understood.problems {
        if kinds.iter().any(|kind| concerns(kind, problem)) {
            report.problems.push(problem.clone());
        } else if problem.is_error() {
            report.elsewhere += 1;
        }
    }
    (selection, report)
}

/// Whether a problem stands in something that a kind reads: one of its sheets, their workbook, the settings.
pub(super) fn concerns(kind: &Kind, problem: &Diagnostic) -> bool {
    if let Some(only) = problem.only_for {
        return kind.name == only;
    }
    match &problem.place {
        Place::Cell(cell) => kind.reads.contains(&&*cell.sheet),
        Place::Sheet { sheet, .. } => kind.reads.contains(&sheet.as_str()),
        Place::File(file) => intake::WORKBOOKS
            .iter()
            .find(|workbook| file.contains(&format!("{}.", workbook.stem)))
            .is_none_or(|workbook| workbook.sheets.iter().any(|sheet| kind.reads.contains(&sheet.name))),
        Place::Nowhere | Place::Line { .. } => true,
    }
}

/// Whether a problem stops every kind: it stands in the settings, or nowhere.
pub(super) fn concerns_all(problem: &Diagnostic) -> bool {
    KINDS.iter().all(|kind| concerns(kind, problem))
}

/// Drafts of the documents whose sheets are free of errors.
pub(super) fn plan(understood: &Understood, selection: &[(&'static Kind, String)]) -> (Vec<Draft>, Vec<Diagnostic>) {
    let mut drafts = Vec::new();
    let mut faults = Vec::new();
    let free: Vec<_> = selection.iter().filter(|(kind, _)| errors(understood, kind).next().is_none()).collect();
    let disclosure = Disclosure::new(&understood.model);
    for drafted in threads::map(&free, threads::usual(), |(kind, id)| (kind.draft)(&disclosure, id)) {
        match drafted {
            Ok(draft) => drafts.push(draft),
            Err(problems) => faults.extend(problems),
        }
    }
    (drafts, faults)
}

/// The errors that keep a kind from being made.
pub(super) fn errors<'a>(understood: &'a Understood, kind: &Kind) -> impl Iterator<Item = &'a Diagnostic> {
    understood.problems.iter().filter(move |problem| problem.is_error() && concerns(kind, problem))
}

/// The documents that a request means, as they would be made, and what is wrong with them.
pub(super) fn planned(inputs: &Inputs, request: &Request) -> (Understood, Vec<Draft>, Report) {
    let understood = understand(inputs);
    let (selection, mut report) = select(&understood, request);
    let (drafts, faults) = plan(&understood, &selection);
    report.problems.extend(faults);
    (understood, drafts, report)
}

/// The kinds of a request, where it names a known one or none.
pub(super) fn kinds_of(request: &Request) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| request.kind.as_ref().is_none_or(|name| name == kind.name))
}
