//! References that name no row, and keys that stand twice, at their cells.

use std::collections::HashMap;

use super::checks::suggest;
use crate::diagnostics::messages::{cells, checks};
use crate::diagnostics::{Diagnostic, Place};
use crate::model::Tables;
use crate::model::rows::{Duplicate, LinkFault, Unresolved, names, resolve as resolve_links};
use crate::records::Sheet;

/// Of how many references the nearest name is looked for: where a whole column is wrong, more would only take time.
const MOST_SUGGESTED: usize = 200;

/// Resolves every reference. A reference into a sheet that could not be read is not wrong itself: the sheet is.
pub(super) fn resolve(tables: &mut Tables, problems: &[Diagnostic]) -> Vec<Diagnostic> {
    let unreadable = |sheet: &Sheet| {
        let file = tables.origin(sheet.name).map(|origin| origin.file.to_string()).unwrap_or_default();
        file.is_empty() || problems.iter().any(|problem| problem.is_error() && is_whole(problem, sheet))
    };
    let unreadable: Vec<&str> = Tables::sheets().filter(|sheet| unreadable(sheet)).map(|sheet| sheet.name).collect();
    let (unresolved, duplicates) = resolve_links(tables);
    let mut known: HashMap<&str, Vec<String>> = HashMap::new();
    let wrong = unresolved.iter().filter(|link| !unreadable.contains(&link.target.name));
    let mut told: Vec<Diagnostic> = wrong
        .enumerate()
        .map(|(index, link)| {
            let names = known.entry(link.target.name).or_insert_with(|| names(tables, link.target));
            let names = if index < MOST_SUGGESTED { names.as_slice() } else { &[] };
            at(tables, link.sheet, link.row, link_column(link), fault(link, names))
        })
        .collect();
    told.extend(duplicates.iter().map(|double| {
        let Duplicate { sheet, row, first, column, text } = double;
        let heading = column.heading;
        let cell = tables.origin(sheet.name).map(|origin| origin.cell(*first, heading).name()).unwrap_or_default();
        at(tables, sheet, *row, heading, cells::duplicate_key(heading, text, &cell))
    }));
    told
}

/// Whether a problem is of a sheet as a whole.
fn is_whole(problem: &Diagnostic, sheet: &Sheet) -> bool {
    match &problem.place {
        Place::Sheet { sheet: name, .. } => name == sheet.name,
        Place::Cell(cell) => problem.whole_sheet && *cell.sheet == *sheet.name,
        _ => false,
    }
}

fn at(tables: &Tables, sheet: &Sheet, row: u32, heading: &str, diagnostic: Diagnostic) -> Diagnostic {
    match tables.origin(sheet.name) {
        Some(origin) => diagnostic.at_cell(origin.cell(row, heading)),
        None => diagnostic,
    }
}

/// The heading under which a reference is told: that of the column beside it, where that is at fault.
fn link_column(link: &Unresolved) -> &'static str {
    match &link.fault {
        LinkFault::Unknown => link.column.heading,
        LinkFault::Ambiguous(beside) | LinkFault::UnknownBeside(beside, _) => beside,
    }
}

fn fault(link: &Unresolved, names: &[String]) -> Diagnostic {
    let known = names.iter().map(String::as_str);
    let column = link.target.key.last().map_or("", |column| column.heading);
    match &link.fault {
        LinkFault::Unknown if link.target.name == "Entreprises" => {
            suggest(checks::unknown_firm(&link.text), &link.text, known)
        }
        LinkFault::Unknown => {
            suggest(cells::unknown_code(&link.text, link.target.name, says(link, column)), &link.text, known)
        }
        LinkFault::Ambiguous(_) => checks::ambiguous_site(&link.text),
        LinkFault::UnknownBeside(beside, known) => {
            let diagnostic = cells::unknown_code(&link.text, link.target.name, beside);
            suggest(diagnostic, &link.text, known.iter().map(String::as_str))
        }
    }
}

/// The column that a reference writes.
fn says(link: &Unresolved, key: &'static str) -> &'static str {
    match link.column.kind {
        crate::records::Kind::Reference(_, column) | crate::records::Kind::References(_, column) => column,
        _ => key,
    }
}
