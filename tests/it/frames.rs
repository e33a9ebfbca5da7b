//! How the pages of every kind end: nothing leaves the type area, no page is half empty, no heading stands alone at a foot.
//! Measured on the frames of the pages, over what ships and over inputs that strain a page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use liasse::files::Workspace;
use liasse::pipeline::{Request, Session};
use liasse::render::fit::{self, Fault, Filling};

use crate::fixture::Fixture;

/// The pages of one file, as they are filled.
pub(crate) struct Paged {
    kind: &'static str,
    name: String,
    fillings: Vec<Filling>,
}

impl Paged {
    /// What is wrong with its pages.
    fn faults(&self) -> Vec<(usize, Fault)> {
        fit::faults(&self.fillings, self.kind == "annexes")
    }
}

/// The pages of a kind's documents, or of one of them.
pub(crate) fn paged(fixture: &Fixture, kind: Option<&str>, id: Option<&str>) -> Vec<Paged> {
    fixture.write();
    let request = Request { kind: kind.map(str::to_owned), id: id.map(str::to_owned) };
    let [inputs, templates, out] = ["inputs", "templates", "out"].map(|folder| fixture.path(folder));
    let mut session = Session::new(Workspace { inputs, templates, out }, request);
    let snapshot = session.look().expect("a readable folder").snapshot;
    let mut found = Vec::new();
    for document in &snapshot.documents {
        let (_, files) = snapshot.files(document).unwrap_or_else(|faults| panic!("{faults:#?}"));
        for file in files.iter().filter(|file| file.paged) {
            let laid = snapshot.screen(document, &file.name).expect("pages");
            let screen = laid.as_ref().as_ref().unwrap_or_else(|faults| panic!("{}: {faults:#?}", file.name));
            let name = format!("{}/{}", snapshot.id(document), file.name);
            found.push(Paged { kind: snapshot.kind(document), name, fillings: screen.fillings() });
        }
    }
    assert!(!found.is_empty(), "no pages of {kind:?} {id:?}");
    found
}

/// Every file fits: what design asks of the pages that ship.
#[track_caller]
pub(crate) fn assert_fits(paged: &[Paged]) {
    assert_without(paged, |_| true);
}

/// Nothing leaves the type area and no words stand on each other: what design asks whatever the inputs are.
#[track_caller]
pub(crate) fn assert_inside(paged: &[Paged]) {
    assert_without(paged, |fault| matches!(fault, Fault::Stray(..) | Fault::Overlap(..)));
}

#[track_caller]
fn assert_without(paged: &[Paged], counts: impl Fn(&Fault) -> bool) {
    let mut told = String::new();
    for file in paged {
        for (page, fault) in file.faults().iter().filter(|(_, fault)| counts(fault)) {
            writeln!(told, "{} {} page {page}: {fault:?}", file.kind, file.name).expect("a string");
        }
    }
    assert!(told.is_empty(), "{}\n{told}", table(paged));
}

/// Kind by kind: pages, how many leave more than 45 mm empty where none may, what is empty in all, and the worst page.
fn table(paged: &[Paged]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&Paged>> = BTreeMap::new();
    paged.iter().for_each(|file| kinds.entry(file.kind).or_default().push(file));
    let mut lines = vec![
        "kind | files | pages | empty | thin ends | strays | overlaps | headings | lists | free mm a page | worst"
            .to_owned(),
    ];
    for (kind, files) in kinds {
        let faults: Vec<Fault> = files.iter().flat_map(|file| file.faults()).map(|(_, fault)| fault).collect();
        let count = |is: fn(&Fault) -> bool| faults.iter().filter(|fault| is(fault)).count();
        let pages: Vec<(f64, String)> = files
            .iter()
            .flat_map(|file| (1..).zip(&file.fillings).map(|(page, it)| (it.free, format!("{} p. {page}", file.name))))
            .collect();
        let worst = pages.iter().max_by(|one, other| one.0.total_cmp(&other.0)).expect("a page");
        let free =
            pages.iter().map(|(free, _)| free).sum::<f64>() / f64::from(u32::try_from(pages.len()).expect("few"));
        lines.push(format!(
            "{kind} | {} | {} | {} | {} | {} | {} | {} | {} | {free:.0} | {:.0} mm, {}",
            files.len(),
            pages.len(),
            count(|fault| matches!(fault, Fault::Empty(_))),
            count(|fault| matches!(fault, Fault::ThinEnd(_))),
            count(|fault| matches!(fault, Fault::Stray(..))),
            count(|fault| matches!(fault, Fault::Overlap(..))),
            count(|fault| matches!(fault, Fault::LonelyHeading(_))),
            count(|fault| matches!(fault, Fault::TornList)),
            worst.0,
            worst.1
        ));
    }
    lines.join("\n")
}

#[test]
fn the_budgets_fit() {
    assert_fits(&paged(&Fixture::shipped(), Some("budget"), None));
}

#[test]
fn nothing_leaves_the_pages_of_a_letter() {
    assert_inside(&paged(&Fixture::shipped(), Some("newsletter"), None));
}

#[test]
fn nothing_leaves_the_pages_of_the_indicators() {
    assert_inside(&paged(&Fixture::shipped(), Some("indicators"), None));
}

#[test]
fn the_requests_fit() {
    assert_fits(&paged(&Fixture::shipped(), Some("payment-requests"), None));
}

#[test]
fn nothing_leaves_the_pages_of_a_pack() {
    assert_inside(&paged(&Fixture::shipped(), Some("annexes"), None));
}
