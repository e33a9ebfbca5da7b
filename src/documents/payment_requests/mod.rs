//! The payment requests of a year: one letter per EPCI, and the workbook that follows what was called and cashed.

mod sheet;
mod view;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Draft, Kind, Part, Printer, Recipe, Words};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{checks, commands};
use crate::model::{Audience, Budget, Contribution, Disclosure, Model, Share};
use crate::wording;

/// The payment requests.
pub(super) const KIND: Kind = Kind {
    name: "payment-requests",
    label: "demandes d’acompte d’un exercice",
    known,
    draft,
    reads: &[
        "Partenaires",
        "Représentants",
        "Exercices",
        "Dépenses",
        "Recettes",
        "Séances",
        "Délibérations",
        "Conventions",
    ],
};

/// The years in which an EPCI pays; none before the settings say where to.
fn known(model: &Model) -> Vec<String> {
    let pays = |code: &str| model.budget(code).is_some_and(|budget| budget.shares.iter().any(is_called));
    super::budget::known(model).into_iter().filter(|code| is_payable(model) && pays(code)).collect()
}

/// Whether the settings say where to pay.
fn is_payable(model: &Model) -> bool {
    let requests = &model.territory.requests;
    !requests.iban.trim().is_empty() && !requests.holder.trim().is_empty()
}

/// Whether a share is asked for by letter: an EPCI's, in cash.
fn is_called(share: &Share) -> bool {
    share.resource.contribution == Contribution::Cash && share.partner.is_some_and(|partner| partner.kind.is_epci())
}

/// One request: its share, its number in the series, its date.
struct Request<'a> {
    /// The share's index in the budget.
    index: usize,
    share: Share<'a>,
    number: String,
    /// The day that the letter carries: when it was called, the year's first day while it is a draft.
    date: NaiveDate,
}

/// The requests of a year in the order of the sheet. Numbers that the sheet gives are kept; the others follow without a gap.
fn requests<'a>(budget: &Budget<'a>) -> Vec<Request<'a>> {
    let given: Vec<&str> = budget.shares.iter().filter_map(|share| share.resource.request_number.as_deref()).collect();
    let mut series = (1..)
        .map(|rank: u32| format!("{}-{rank:02}", budget.year.code))
        .filter(|number| !given.contains(&number.as_str()));
    let called = budget.shares.iter().enumerate().filter(|(_, share)| is_called(share));
    called
        .map(|(index, share)| Request {
            index,
            share: *share,
            number: share.resource.request_number.clone().or_else(|| series.next()).unwrap_or_default(),
            date: share.resource.called_on.unwrap_or(budget.year.period.start),
        })
        .collect()
}

fn draft(model: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let budget = model.budget(id).ok_or_else(|| vec![super::budget::unknown_year(model, KIND.name, id)])?;
    let requests = requests(&budget);
    if requests.is_empty() {
        let reason = format!("aucune intercommunalité ne verse d’acompte pour l’exercice {id}");
        return Err(vec![commands::empty_document(&reason).at_cell(budget.year.origin.cell("Code"))]);
    }
    let faults = faults(model, &requests);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut printer = Printer::default();
    let mut parts = Vec::new();
    let names = FileNames::new(&requests);
    for request in &requests {
        let data = view::view(model, &budget, request, &mut printer);
        let (words, figures) = view::words(model, &budget, request);
        let texts =
            vec![Words { key: "corps", template: "payment-requests/demande.md.j2".into(), data: words, figures }];
        let name = names.of(request);
        let part = Part::new(
            name,
            Recipe::Pdf { template: "payment-requests/demande.typ", data, texts, comparisons: Vec::new() },
        );
        parts.push(part.frozen(request.share.resource.called_on));
    }
    parts.push(Part::new("appels.xlsx", Recipe::Workbook(Box::new(sheet::workbook(model, &budget, &requests)))));
    Ok(Draft {
        title: format!("demandes d’acompte {id}"),
        date: budget.year.period.start,
        ledger: printer.ledger,
        parts,
        ..Draft::new(KIND.name, id, Audience::Partners)
    })
}

/// The letters' file names: how many letters each funder's name would have.
struct FileNames(HashMap<String, usize>);

impl FileNames {
    fn new(requests: &[Request]) -> Self {
        let mut counts = HashMap::new();
        for request in requests {
            *counts.entry(super::file_name_of(&request.share.resource.funder)).or_default() += 1;
        }
        Self(counts)
    }

    /// `demande-CA2C.pdf`; a funder with two lines has two files.
    fn of(&self, request: &Request) -> String {
        let code = super::file_name_of(&request.share.resource.funder);
        if self.0.get(&code) == Some(&1) {
            format!("demande-{code}.pdf")
        } else {
            format!("demande-{code}-{}.pdf", super::file_name_of(&request.number))
        }
    }
}

/// What keeps letters from being written: no account to pay into, a funder without a president in office, an operator without a signatory.
fn faults(model: &Model, requests: &[Request]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if !is_payable(model) {
        faults.push(checks::no_bank_details());
    }
    for request in requests {
        let date = wording::date(request.date);
        if model.signatory(&request.share.resource.funder, request.date).is_none() {
            let name = request.share.partner.map_or("", |partner| &partner.name_with_de);
            faults.push(checks::no_signatory(name, &date).at_cell(request.share.resource.origin.cell("Financeur")));
        }
    }
    if let Some(first) = requests.first()
        && model.signatory(&model.territory.operator, first.date).is_none()
    {
        let name =
            model.partner(&model.territory.operator).map_or("de l’opérateur", |partner| &partner.name_with_de);
        faults.push(checks::no_signatory(name, &wording::date(first.date)));
    }
    faults
}
