//! The payment requests of a year: one letter per EPCI, and the workbook that follows what was called and cashed.

mod sheet;
mod view;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::{Draft, Kind, Paper, Part, Recipe, Words};
use crate::content::Family;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{checks, commands};
use crate::figures::{Figure, Quantity};
use crate::model::{At, Budget, Desk, FiscalYear, Partner, Readers, Resource, Scope, Share};
use crate::views::Data;
use crate::wording;

/// The payment requests.
pub(super) const KIND: Kind = Kind {
    name: "payment-requests",
    french: "demandes",
    label: "demandes d’acompte d’un exercice",
    none: "il faut un compte (territoire.toml, section « demandes » : iban et titulaire) et, dans Recettes, la part en numéraire d’un financeur qui délibère",
    known,
    draft,
};

/// The years in which an EPCI pays; none before the settings say where to.
fn known(scope: &Scope) -> Vec<String> {
    let pays = |year: &At<FiscalYear>| scope.resources().any(|line| line.year() == *year && is_called(line));
    let years = scope.fiscal_years().filter(|year| is_payable(scope) && pays(year));
    years.map(|year| year.code().to_owned()).collect()
}

/// Whether the settings say where to pay.
fn is_payable(scope: &Scope) -> bool {
    let requests = &scope.territory().requests;
    !requests.iban.trim().is_empty() && !requests.holder.trim().is_empty()
}

/// Whether a line is asked for by letter: that of a body that deliberates, in cash.
fn is_called(line: At<Resource>) -> bool {
    line.contribution() == crate::model::Contribution::Cash && line.funder().kind().pays_as_party()
}

/// One request: its share, its number in the series, its date.
struct Request<'a, 's> {
    budget: &'a Budget<'s>,
    /// The share's index in the budget.
    index: usize,
    share: Share<'s>,
    number: String,
    /// The day that the letter carries: when it was called; while it is a draft, the year's first day, or the day from which
    /// its act carries it.
    date: NaiveDate,
}

impl Request<'_, '_> {
    /// The figure of an amount of the line.
    fn figure(&self, name: &str, label: &str, amount: Quantity, column: &'static crate::records::Column) -> Figure {
        let year = self.budget.year.code();
        Figure::new(
            format!("budget.{year}.{name}.{}", self.share.partner.code()),
            format!("{label} {}, exercice {year}", self.share.name()),
            amount,
            self.share.resource.cell(column),
        )
    }

    /// What the sheet says was called.
    fn called(&self) -> Option<Figure> {
        let called = self.share.resource.called()?;
        Some(self.figure("appele", "acompte appelé auprès de", Quantity::Cents(called.0), Resource::CALLED))
    }

    /// What is asked for: what the sheet says was called, else the share.
    fn amount(&self) -> Figure {
        self.called().unwrap_or_else(|| self.budget.share_figure(self.index))
    }

    /// Why it is a draft though it may be called: what it rests on lacks something, or it asks for too much.
    fn lack(&self) -> Option<String> {
        let amount = self.amount();
        let ceiling = self.share.resource.ceiling().filter(|ceiling| amount.amount() > ceiling.0);
        let above = ceiling.map(|_| "le montant dépasse le plafond voté".to_owned());
        let nothing = (amount.amount() <= 0).then(|| "le montant est nul".to_owned());
        nothing.or(above).or_else(|| self.share.resource.basis().lack())
    }

    /// The day by which it must be paid: the sheet's, else the delay of the settings.
    fn due(&self) -> NaiveDate {
        let delay = Days::new(u64::from(self.share.resource.scope().territory().requests.delay_days));
        self.share.resource.due().or_else(|| self.date.checked_add_days(delay)).unwrap_or(self.date)
    }
}

/// The requests of a year in the order of the sheet. Numbers that the sheet gives are kept; the others follow without a gap.
fn requests<'a, 's>(budget: &'a Budget<'s>) -> Vec<Request<'a, 's>> {
    let given: Vec<&str> = budget.shares.iter().filter_map(|share| share.resource.request_number()).collect();
    let mut series = (1..)
        .map(|rank: u32| format!("{}-{rank:02}", budget.year.code()))
        .filter(|number| !given.contains(&number.as_str()));
    let called = budget.shares.iter().enumerate().filter(|(_, share)| is_called(share.resource));
    called
        .map(|(index, share)| Request {
            budget,
            index,
            share: *share,
            number: share
                .resource
                .request_number()
                .map(ToOwned::to_owned)
                .or_else(|| series.next())
                .unwrap_or_default(),
            date: share.resource.called_on().unwrap_or_else(|| earliest(share.resource, budget.year.start())),
        })
        .collect()
}

/// The first day on which a share can be asked for: the year has begun, and its act is adopted, and executory as far as that
/// is told.
fn earliest(line: At<Resource>, start: NaiveDate) -> NaiveDate {
    let act = line.basis().act().filter(|act| act.sitting().exists());
    let days = act.map(|act| [Some(act.sitting().date()), act.executory_on()]);
    days.into_iter().flatten().flatten().fold(start, NaiveDate::max)
}

fn draft(desk: &Desk, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let scope = desk.scope(Readers::Partners);
    let year = super::budget::year(&scope, &KIND, id)?;
    let budget = Budget::of(year);
    let requests = requests(&budget);
    if requests.is_empty() {
        let reason = format!("aucune intercommunalité ne verse d’acompte pour l’exercice {id}");
        return Err(vec![commands::empty_document(&reason).at_cell(year.cell(FiscalYear::CODE))]);
    }
    let faults = faults(&scope, &requests);
    if !faults.is_empty() {
        return Err(faults);
    }
    let names = FileNames::new(&requests);
    let mut parts: Vec<Part> = requests.iter().flat_map(|request| letter(request, &names.of(request))).collect();
    parts.push(Part::new("appels.xlsx", Recipe::Workbook(Box::new(sheet::workbook(&budget, &requests)))));
    Ok(Draft {
        title: format!("demandes d’acompte {id}"),
        date: year.start(),
        parts,
        ..Draft::new(KIND.name, id, Readers::Partners)
    })
}

/// The files of a letter: its page, and where the settings ask for it, the same for Word.
fn letter(request: &Request, stem: &str) -> Vec<Part> {
    let words = |key, template: &str, data: Arc<dyn Data>| Words { key, template: template.to_owned(), data };
    let body = words("corps", "payment-requests/demande.md.j2", Arc::new(view::words(request)));
    let pages = view::pages(request);
    let sent = request.share.resource.called_on();
    let recipe = Recipe::Pdf {
        template: "payment-requests/demande.typ",
        data: Arc::new(pages.clone()),
        texts: vec![body.clone()],
        comparisons: Vec::new(),
    };
    let mut parts = vec![Part::new(format!("{stem}.pdf"), recipe).frozen(sent)];
    if request.share.resource.scope().territory().requests.for_word {
        let around = |part| {
            let data = Arc::new(view::around(part, pages.clone()));
            words("cadre", "payment-requests/lettre.md.j2", data)
        };
        let texts = vec![around("tete"), body, around("suite")];
        let paper = Paper { is_close: true, ..Paper::new(pages.cadre.clone().into(), Family::Letter, texts) };
        parts.push(Part::new(format!("{stem}.docx"), Recipe::Word(Box::new(paper))).frozen(sent));
    }
    parts
}

/// The letters' file names: how many letters each funder's name would have.
struct FileNames(HashMap<String, usize>);

impl FileNames {
    fn new(requests: &[Request]) -> Self {
        let mut counts = HashMap::new();
        for request in requests {
            *counts.entry(wording::file_name(request.share.partner.code())).or_default() += 1;
        }
        Self(counts)
    }

    /// `demande-CA2C`; a funder with two lines has two files.
    fn of(&self, request: &Request) -> String {
        let code = wording::file_name(request.share.partner.code());
        if self.0.get(&code) == Some(&1) {
            format!("demande-{code}")
        } else {
            format!("demande-{code}-{}", wording::file_name(&request.number))
        }
    }
}

/// What keeps letters from being written: no account to pay into, a funder without a president in office, an operator
/// without a signatory.
fn faults(scope: &Scope, requests: &[Request]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if !is_payable(scope) {
        faults.push(checks::no_bank_details());
    }
    let lacks = |partner: At<Partner>, day: NaiveDate| scope.signatory(partner, day).is_none();
    for Request { share, date, .. } in requests {
        if lacks(share.partner, *date) {
            let missing = checks::no_signatory(share.partner.name_with_de(), &wording::date(*date));
            faults.push(missing.at_cell(share.resource.cell(Resource::FUNDER)));
        }
    }
    if let (Some(first), Some(operator)) = (requests.first(), scope.operator())
        && lacks(operator, first.date)
    {
        let missing = checks::no_signatory(operator.name_with_de(), &wording::date(first.date));
        faults.push(missing.at_cell(operator.cell(Partner::CODE)));
    }
    faults
}
