//! The sheets, each declared once: its columns, and the reader that turns its rows into model values.

pub(super) mod agenda;
pub(super) mod aids;
pub(super) mod articles;
pub(super) mod attendances;
pub(super) mod calls;
pub(super) mod communication;
pub(super) mod contacts;
pub(super) mod conventions;
pub(super) mod deliberations;
pub(super) mod expenses;
pub(super) mod firms;
pub(super) mod fiscal_years;
pub(super) mod letters;
pub(super) mod partners;
pub(super) mod representatives;
pub(super) mod resources;
pub(super) mod sittings;
pub(super) mod supports;

use crate::diagnostics::Diagnostic;
use crate::model::Model;
use crate::schema;
use crate::spreadsheets::{Context, Workbook, scan};

/// The three workbooks, in the order in which people meet them.
pub static WORKBOOKS: [schema::Workbook; 3] = [
    schema::Workbook {
        stem: "contacts",
        about: "Qui : les partenaires, leurs représentants, les destinataires de la lettre, les entreprises.",
        sheets: &[&partners::SHEET, &representatives::SHEET, &contacts::SHEET, &firms::SHEET],
    },
    schema::Workbook {
        stem: "evenements",
        about: "Quoi et quand : les lettres et leurs articles, l’agenda, les appels, les accompagnements, les séances et les actes.",
        sheets: &[
            &letters::SHEET,
            &articles::SHEET,
            &agenda::SHEET,
            &calls::SHEET,
            &supports::SHEET,
            &communication::SHEET,
            &sittings::SHEET,
            &attendances::SHEET,
            &conventions::SHEET,
            &deliberations::SHEET,
        ],
    },
    schema::Workbook {
        stem: "finances",
        about: "Combien : les exercices, leurs dépenses et leurs recettes, les aides aux entreprises.",
        sheets: &[&fiscal_years::SHEET, &expenses::SHEET, &resources::SHEET, &aids::SHEET],
    },
];

/// The sheets that grow with the programme; documents count their rows.
const LONG: [&str; 5] =
    [contacts::SHEET.name, firms::SHEET.name, supports::SHEET.name, aids::SHEET.name, attendances::SHEET.name];

/// The most rows of the other sheets, which documents print one by one: far more than anyone keeps.
const MOST_PRINTED: usize = 10_000;

/// Puts the rows of a sheet where the model has them.
pub(super) type Fill = Box<dyn FnOnce(&mut Model) + Send>;

/// Reads every sheet of one workbook: what to put into the model, and what is wrong.
pub(super) fn read(workbook: &Workbook, stem: &str, context: &Context) -> (Vec<Fill>, Vec<Diagnostic>) {
    let mut fills: Vec<Fill> = Vec::new();
    let mut problems = Vec::new();
    macro_rules! read_sheets {
        ($($field:ident: $module:ident),+ $(,)?) => {{
            $({
                let mut table = scan(workbook, &$module::SHEET, context);
                if !LONG.contains(&$module::SHEET.name) {
                    table.refuse_beyond(MOST_PRINTED);
                }
                let rows = $module::read(&table);
                fills.push(Box::new(move |model| model.$field = rows));
                problems.extend(table.into_problems());
            })+
        }};
    }
    match stem {
        "contacts" => {
            read_sheets!(partners: partners, representatives: representatives, contacts: contacts, firms: firms);
        }
        "evenements" => read_sheets!(
            letters: letters,
            articles: articles,
            events: agenda,
            calls: calls,
            supports: supports,
            communication: communication,
            sittings: sittings,
            attendances: attendances,
            conventions: conventions,
            deliberations: deliberations,
        ),
        _ => read_sheets!(fiscal_years: fiscal_years, expenses: expenses, resources: resources, aids: aids),
    }
    (fills, problems)
}
