//! What readers learn of firms from all that is printed, and from two editions of a document, told to the operator.

use std::collections::BTreeMap;

use super::plan::{Document, Plan};
use super::sheets::{Said, Today};
use super::store::{Manifest, Store};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::secrets;
use crate::documents::Draft;
use crate::figures::{CellRef, Cells, Figure, Phrase, Quantity, phrase};
use crate::model::{Aid, Desk, Guess, LARGEST, Readers, Record as _, Scope, Support, Tells, Told, audit};
use crate::records::{Column, Sheet};
use crate::threads;
use crate::views::Leaf;
use crate::wording;

/// What each partner can learn of firms that he does not know from the figures of all documents of a plan: what one figure
/// tells by itself, and what follows from several.
pub(super) fn findings(plan: &Plan) -> Vec<Diagnostic> {
    found(plan, &plan.documents.iter().collect::<Vec<_>>(), |_| true)
}

/// The same of the documents that a request means, beside those that were made before: what concerns the former.
pub(super) fn findings_beside(plan: &Plan, store: &Store) -> Vec<Diagnostic> {
    let recorded = store.recorded();
    let is_meant = |kind: &str, id: &str| plan.documents.iter().any(|it| it.kind.name == kind && it.id == id);
    let is_beside = |kind: &str, id: &str| recorded.iter().any(|(of, name)| of == kind && name == id);
    let others = plan.known.iter().filter(|(kind, id)| !is_meant(kind.name, id) && is_beside(kind.name, id));
    let others: Vec<Document> = others.map(|(kind, id)| Document::new(kind, id.clone())).collect();
    let all: Vec<&Document> = plan.documents.iter().chain(&others).collect();
    found(plan, &all, |at| at < plan.documents.len())
}

/// What the figures of some documents tell, where one of those that tell it concerns.
fn found(plan: &Plan, documents: &[&Document], concerns: impl Fn(usize) -> bool) -> Vec<Diagnostic> {
    let drafts: Vec<Option<&Draft>> = threads::map(documents, threads::usual(), |document| {
        plan.planned(document).drafted.as_ref().ok().map(|(draft, _)| draft)
    });
    let printed: Vec<(usize, Readers, Figure)> = drafts
        .iter()
        .enumerate()
        .flat_map(|(at, draft)| draft.iter().flat_map(|draft| printed(draft)).map(move |(to, it)| (at, to, it)))
        .collect();
    let told: Vec<Told> =
        printed.iter().map(|(document, readers, figure)| Told { figure, readers, document: *document }).collect();
    let desk = Desk::new(&plan.shared);
    let scope = desk.scope(Readers::Operator);
    let mut guesses = audit(&scope, &told);
    guesses.retain(|guess| guess.documents.iter().any(|at| concerns(*at)));
    let titles: Vec<&str> = drafts.iter().map(|draft| draft.map_or("", |draft| draft.title.as_str())).collect();
    learned(&scope, &guesses, &titles)
}

/// What readers can learn, told to the operator, each at its cell; the documents have these titles. What each partner can learn
/// is said once.
#[must_use]
pub fn learned(scope: &Scope, guesses: &[Guess], titles: &[&str]) -> Vec<Diagnostic> {
    let by_all = |guess: &Guess| guesses.iter().any(|it| it.readers == Readers::Partners && it.cell == guess.cell);
    let is_new = |guess: &&Guess| guess.readers == Readers::Partners || !by_all(guess);
    guesses.iter().filter(is_new).map(|guess| told_of(guess, scope, titles)).collect()
}

/// What somebody can learn, at its cell.
fn told_of(guess: &Guess, scope: &Scope, titles: &[&str]) -> Diagnostic {
    let reader = match guess.readers {
        Readers::Partner(partner) => scope.partners().find(|it| it.index() == partner),
        _ => None,
    };
    let reader = reader.map_or_else(|| "chaque partenaire".to_owned(), |partner| wording::prose(partner.usual_name()));
    let named = |figure: &Figure| format!("« {} » ({})", figure.label(), figure.name());
    let figures = wording::enumeration(&guess.figures.iter().map(named).collect::<Vec<_>>());
    let titles: Vec<&str> = guess.documents.iter().filter_map(|at| titles.get(*at).copied()).collect();
    let documents = some(&titles);
    let diagnostic = match guess.tells {
        Tells::Few(count) => {
            let counted = number(Quantity::Count(i64::try_from(count).unwrap_or(i64::MAX)));
            let firms = counted.counted("entreprise", "entreprises");
            secrets::too_few(&reader, &figures, firms.text(), &documents)
        }
        Tells::Most => secrets::mostly_one(&reader, &figures, &LARGEST.to_string(), &documents),
        Tells::Between(least, most) => {
            let range: Phrase = phrase!["entre ", number(least).plain(), " et ", number(most).plain()];
            secrets::deduced(&reader, &figures, &range.text(), &documents)
        }
    };
    diagnostic.at_cell(guess.cell.clone())
}

fn number(quantity: Quantity) -> Figure {
    Figure::new("", "", quantity, Cells::default())
}

/// The figures that others than the operator read in a document, with who they are.
fn printed(draft: &Draft) -> impl Iterator<Item = (Readers, Figure)> {
    let mut printed = Vec::new();
    for part in &draft.parts {
        let readers = part.readers.as_ref().unwrap_or(&draft.readers);
        if *readers == Readers::Operator {
            continue;
        }
        part.recipe.visit(&mut |written| match written.leaf {
            Leaf::Printed(it) => printed.push((readers.clone(), it.figure().clone())),
            Leaf::Figure(figure) => printed.push((readers.clone(), figure.clone())),
            Leaf::Text(_) => {}
        });
    }
    printed.into_iter()
}

/// The first names of a list, and how many more.
fn some(names: &[&str]) -> String {
    const MOST: usize = 3;
    let shown = wording::enumeration(names.get(..MOST).unwrap_or(names));
    match names.len().checked_sub(MOST).filter(|more| *more > 0) {
        Some(more) => format!("{} et {more} autres", names[..MOST].join(", ")),
        None => shown,
    }
}

/// The documents whose recorded edition differs from today's by one or two enterprises that are not everybody's: who holds
/// both editions reads them in the difference. One message for all documents that differ by the same cells.
pub(super) fn editions<'p>(
    plan: &'p Plan,
    store: &Store,
    recorded: impl Iterator<Item = (&'p Document, &'p Manifest)>,
) -> Vec<Diagnostic> {
    let mut by_cells: BTreeMap<Vec<CellRef>, Vec<&str>> = BTreeMap::new();
    for (document, manifest) in recorded {
        let Ok((draft, _)) = &plan.planned(document).drafted else { continue };
        if let Some(cells) = difference(plan, store, document, draft, manifest) {
            by_cells.entry(cells).or_default().push(&draft.title);
        }
    }
    let told = |(cells, titles): (Vec<CellRef>, Vec<&str>)| {
        let diagnostic = secrets::near_editions(&some(&titles));
        cells.into_iter().next().map(|cell| diagnostic.clone().at_cell(cell)).unwrap_or(diagnostic)
    };
    by_cells.into_iter().map(told).collect()
}

/// The cells by which figures of two editions differ, where these are of one or two enterprises.
fn difference(
    plan: &Plan,
    store: &Store,
    document: &Document,
    draft: &Draft,
    manifest: &Manifest,
) -> Option<Vec<CellRef>> {
    let tables = &plan.understood.model.tables;
    let reads = &plan.planned(document).reads;
    let figures: Vec<Figure> = printed(draft).map(|(_, figure)| figure).collect();
    let mut cells: Vec<CellRef> = Vec::new();
    let mut firms: Vec<String> = Vec::new();
    for (sheet, firm) in [(Aid::SHEET, Aid::FIRM), (Support::SHEET, Support::FIRM)] as [(&'static Sheet, &Column); 2] {
        let Some(before) = manifest.feuilles.get(sheet.name).and_then(|record| store.sheet(record)) else { continue };
        let (rows, origin) = (tables.told(sheet.name), tables.origin(sheet.name)?);
        let today = Today { sheet, origin: &origin, rows: &rows };
        let changes = before.changes(&today, plan.discretion(store.key()), |column| reads.column(sheet, column));
        if changes.untold {
            return None;
        }
        let firm_of = |row: u32| {
            let row = rows.iter().find(|it| it.number == row)?;
            row.cells.iter().find(|cell| cell.column.heading == firm.heading).map(|cell| cell.text.clone())
        };
        let is_printed = |cell: &CellRef| {
            let in_row = |it: CellRef| it.row == cell.row && it.sheet == cell.sheet;
            figures.iter().any(|figure| !figure.is_secret() && figure.sources().iter().any(in_row))
        };
        let changed = changes.cells.iter().chain(changes.added.iter().flatten()).map(|change| &change.at);
        for cell in changed.filter(|cell| is_printed(cell)) {
            firms.extend(firm_of(cell.row));
            cells.push(cell.clone());
        }
        // Of a row that went only its hashes are known: it counts as an enterprise of its own.
        let went = changes.removed.iter().enumerate().filter(|(_, row)| row.iter().any(|said| *said != Said::Blank));
        firms.extend(went.map(|(at, _)| format!("{} {at}", sheet.name)));
    }
    firms.sort_unstable();
    firms.dedup();
    let scope_desk = Desk::new(&plan.shared);
    let scope = scope_desk.scope(Readers::Operator);
    let is_public =
        |name: &String| scope.firms().any(|firm| wording::same_words(firm.name(), name) && firm.is_announced());
    firms.retain(|name| !is_public(name));
    (1..=2).contains(&firms.len()).then_some(cells)
}
