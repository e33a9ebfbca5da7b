//! The activity report of a half-year: one for all partners, one for each EPCI with its own firms, and the data behind the
//! charts.

mod sheets;
mod view;

pub(super) use self::sheets::number;
use self::view::Scope;
use super::{Draft, Kind, Part, Printer, Recipe};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::model::{Audience, Disclosure, HalfYear, Model, Partner};

/// The activity report.
pub(super) const KIND: Kind = Kind {
    name: "report",
    label: "bilan d’activité d’un semestre",
    known,
    draft,
    reads: &["Partenaires", "Entreprises", "Lettres", "Agenda", "Accompagnements", "Communication", "Aides"],
};

/// Half-years that hold data, in order.
fn known(model: &Model) -> Vec<String> {
    let mut halves: Vec<HalfYear> = model.activity_days().map(HalfYear::of).collect();
    halves.sort_unstable();
    halves.dedup();
    halves.iter().map(ToString::to_string).collect()
}

fn draft(whole: &Disclosure, id: &str) -> Result<Draft, Vec<Diagnostic>> {
    let known = known(whole);
    let half: HalfYear = match id.parse() {
        Ok(half) if known.iter().any(|known| known == id) => half,
        _ => return Err(vec![unknown(&known, id)]),
    };
    let mut printer = Printer::default();
    let scope = Scope::new(whole.partners(), half, None);
    let (data, texts) = (view::view(&scope, &mut printer), vec![view::words(&scope)]);
    let mut parts = vec![Part::new("bilan.pdf", pdf(data, texts))];
    for partner in councils(whole, half) {
        let own = whole.own(&partner.code);
        let scope = Scope::new(&own, half, Some(partner));
        let (data, texts) = (view::view(&scope, &mut printer), vec![view::words(&scope)]);
        let name = format!("bilan-{}.pdf", super::file_name_of(&partner.code));
        parts.push(Part::new(name, pdf(data, texts)).for_readers(Audience::Partner(partner.code.clone())));
    }
    parts.push(Part::new("bilan.xlsx", Recipe::Workbook(Box::new(sheets::workbook(&scope)))));
    Ok(Draft {
        title: format!("bilan d’activité, {}", half.label()),
        date: half.period().end,
        ledger: printer.ledger,
        parts,
        ..Draft::new(KIND.name, id, Audience::Partners)
    })
}

fn pdf(data: serde_json::Value, texts: Vec<super::Words>) -> Recipe {
    Recipe::Pdf { template: "report/bilan.typ", data, texts, comparisons: Vec::new() }
}

/// The EPCI that were partners on a day of the half-year.
fn councils(model: &Model, half: HalfYear) -> Vec<&Partner> {
    let period = half.period();
    let joined = |partner: &&Partner| {
        partner.kind.is_epci()
            && partner.since.is_none_or(|since| since <= period.end)
            && partner.until.is_none_or(|until| period.start <= until)
    };
    model.partners.iter().filter(joined).collect()
}

fn unknown(known: &[String], id: &str) -> Diagnostic {
    let list = if known.is_empty() { "aucun semestre n’a encore de données".to_owned() } else { known.join(", ") };
    let diagnostic = commands::unknown_document(KIND.name, id, &list);
    match crate::diagnostics::nearest(id, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
