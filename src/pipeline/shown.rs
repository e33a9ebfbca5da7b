//! What a person may ask of a state of the inputs: how the documents stand, why, from which cells a figure comes, what may be
//! handed to whom, what is due, what is missing for a beginning.

use chrono::NaiveDate;

use super::Report;
use super::digest::hash;
use super::list::{Listed, listed};
use super::plan::Plan;
use super::session::{Shown, Snapshot};
use super::standing::standing;
use super::store::{Store, Wish, place};
use super::why::{Explained, explain};
use crate::documents::{self, Draft, Due, Part};
use crate::figures::{CellRef, Cells};
use crate::files::Workspace;
use crate::intake::WORKBOOKS;
use crate::model::{Article, Contact, Desk, Letter, Partner, Readers, Record};
use crate::wording;

/// The sheets without which no first letter is made, in the order in which they are filled.
const FIRST: [&str; 4] = [Partner::NAME, Contact::NAME, Letter::NAME, Article::NAME];

/// The most cells of a figure that are told one by one.
const MOST_CELLS: usize = 60;

/// A sheet to fill for a first document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The workbook, without its ending.
    pub workbook: &'static str,
    /// The sheet.
    pub sheet: &'static str,
    /// The columns that must be filled.
    pub required: Vec<&'static str>,
    /// How many rows it has.
    pub rows: usize,
}

/// A cell that a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCell {
    /// Where it stands.
    pub at: CellRef,
    /// The column's heading.
    pub heading: String,
    /// What its row is called: what its first two other cells say.
    pub row: String,
    /// What it says; nothing when it is empty.
    pub text: String,
}

/// What some readers may be given of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// A name for addresses: `public`, `partenaires`, the partner's code.
    pub key: String,
    /// Who they are.
    pub name: String,
    /// The files: their names, and where they stand below the results.
    pub files: Vec<(String, String)>,
}

/// How a document is sent: the cell that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The cell to fill.
    pub cell: CellRef,
    /// The column's heading.
    pub heading: &'static str,
    /// The day, once the cell is filled.
    pub day: Option<NaiveDate>,
}

impl Snapshot {
    /// Every document with its state, and what is wrong with the inputs, with single drafts and with what was sent.
    #[must_use]
    pub fn overview(&self, workspace: &Workspace) -> (Vec<Listed>, Report) {
        let store = Store::new(workspace, self.plan.inputs.digest());
        let (known, told) = listed(&self.plan, &store);
        let mut report = self.plan.report();
        report.problems.extend(told);
        (known, report)
    }

    /// A document by its kind and name.
    #[must_use]
    pub fn find(&self, kind: &str, id: &str) -> Option<Shown> {
        self.documents.iter().copied().find(|shown| self.kind(*shown) == kind && self.id(*shown) == id)
    }

    /// Whether a document can be drafted.
    #[must_use]
    pub fn is_drafted(&self, shown: Shown) -> bool {
        self.plan.planned(self.document(shown)).drafted.is_ok()
    }

    /// Whether a document can be drafted, and no page of it that was looked at is wrong.
    #[must_use]
    pub fn is_right(&self, shown: Shown) -> bool {
        self.is_drafted(shown) && !self.has_faulty_pages(shown)
    }

    /// A name of what a document would be made from: as long as it stays the same, so does what was found of it.
    #[must_use]
    pub fn version(&self, shown: Shown) -> String {
        let files = self.files(shown).map(|(_, files)| files).unwrap_or_default();
        let versions: Vec<&str> = files.iter().map(|file| file.version.as_str()).collect();
        hash(versions.concat().as_bytes())
    }

    /// Why a document would be made anew; nothing where something keeps it from being made.
    #[must_use]
    pub fn why(&self, workspace: &Workspace, shown: Shown) -> Option<Explained> {
        let store = Store::new(workspace, self.plan.inputs.digest());
        let document = self.document(shown);
        explain(&self.plan, &store, document, &standing(&self.plan, &store, document, Wish::Quick))
    }

    /// What the cells of a figure say, as many as a person reads.
    #[must_use]
    pub fn sources(&self, cells: &Cells) -> Vec<SourceCell> {
        let tables = &self.plan.understood.model.tables;
        let mut rows: Vec<(String, Vec<crate::model::ToldRow>)> = Vec::new();
        let mut sources = Vec::new();
        for at in cells.iter().take(MOST_CELLS) {
            if !rows.iter().any(|(sheet, _)| *sheet == *at.sheet) {
                rows.push((at.sheet.to_string(), tables.told(&at.sheet)));
            }
            let told = rows.iter().find(|(sheet, _)| *sheet == *at.sheet).map_or(&[][..], |(_, rows)| rows);
            let row = told.iter().find(|row| row.number == at.row);
            let cell = row.and_then(|row| row.cells.iter().find(|cell| cell.at == at));
            let heading = tables.origin(&at.sheet).and_then(|origin| origin.heading(at.column)).unwrap_or_default();
            let others = row.map_or(&[][..], |row| &row.cells).iter().filter(|cell| cell.at != at);
            let first = others.take(2).map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(", ");
            let text = cell.map(|cell| cell.text.clone()).unwrap_or_default();
            sources.push(SourceCell { at, heading: heading.to_owned(), row: first, text });
        }
        sources
    }

    /// What is to be done in the next days, and the day from which they are reckoned: that of the settings, else today.
    #[must_use]
    pub fn due(&self, today: NaiveDate) -> (NaiveDate, Vec<Due>) {
        let day = self.plan.understood.model.territory.as_of.unwrap_or(today);
        let desk = Desk::new(&self.plan.shared);
        (day, documents::due(&desk.scope(Readers::Operator), day))
    }

    /// The sheets to fill for a first document.
    #[must_use]
    pub fn first_steps(&self) -> Vec<Step> {
        first_steps(&self.plan)
    }

    /// The name of the territory.
    #[must_use]
    pub fn territory(&self) -> &str {
        &self.plan.understood.model.territory.name
    }

    /// The workbooks as the user names them: the path of each, where it is there.
    pub fn workbooks(&self) -> impl Iterator<Item = &str> {
        self.plan.inputs.workbooks().iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path.as_str())
    }

    /// What may be handed to whom: what anybody, what all partners, and what each partner alone may read.
    #[must_use]
    pub fn handed(&self, shown: Shown) -> Vec<Handed> {
        let Ok((draft, _)) = &self.plan.planned(self.document(shown)).drafted else { return Vec::new() };
        let mut readers = vec![Readers::Public, Readers::Partners];
        for part in &draft.parts {
            let own = part.readers.as_ref().unwrap_or(&draft.readers);
            if matches!(own, Readers::Partner(_)) && !readers.contains(own) {
                readers.push(own.clone());
            }
        }
        let mut handed: Vec<Handed> = Vec::new();
        for reader in readers {
            let parts = draft.parts.iter().filter(|part| !part.apart && may_read(&reader, draft, part));
            let files = parts.map(|part| (part.name.clone(), place(draft.kind, &draft.id, part)));
            let files: Vec<(String, String)> = files.collect();
            // Partners who may read no more than anybody are anybody.
            if files.is_empty() || handed.last().is_some_and(|it| it.files == files) {
                continue;
            }
            let (key, name) = self.named(&reader);
            handed.push(Handed { key, name, files });
        }
        handed
    }

    /// The cell that says that a document was sent, where one does.
    #[must_use]
    pub fn sending(&self, shown: Shown) -> Option<Sending> {
        let desk = Desk::new(&self.plan.shared);
        let (cell, heading, day) =
            documents::sending(&desk.scope(Readers::Operator), self.kind(shown), self.id(shown))?;
        Some(Sending { cell, heading, day })
    }

    /// Who may read a file, in words.
    pub(super) fn diffusion(&self, draft: &Draft, part: &Part) -> String {
        self.named(part.readers.as_ref().unwrap_or(&draft.readers)).1
    }

    /// Readers by a name for addresses and in words.
    fn named(&self, readers: &Readers) -> (String, String) {
        let name = |key: &str, name: &str| (key.to_owned(), name.to_owned());
        match readers {
            Readers::Public => name("public", "tout le monde"),
            Readers::Partners => name("partenaires", "les partenaires"),
            Readers::Operator => name("interne", "vous seul"),
            Readers::Partner(index) => {
                let desk = Desk::new(&self.plan.shared);
                let scope = desk.scope(Readers::Operator);
                let partner = scope.partners().find(|partner| partner.index() == *index);
                partner.map_or_else(
                    || name("inconnu", "un partenaire"),
                    |partner| name(&wording::fold(partner.code()), partner.usual_name()),
                )
            }
        }
    }
}

/// Whether some readers may read a part.
fn may_read(readers: &Readers, draft: &Draft, part: &Part) -> bool {
    match (part.readers.as_ref().unwrap_or(&draft.readers), readers) {
        (Readers::Operator, _) => false,
        (Readers::Public, _) | (_, Readers::Operator) => true,
        (Readers::Partners, readers) => *readers != Readers::Public,
        (own @ Readers::Partner(_), readers) => own == readers,
    }
}

/// The sheets to fill for a first letter.
pub(super) fn first_steps(plan: &Plan) -> Vec<Step> {
    let tables = &plan.understood.model.tables;
    let sheets = WORKBOOKS.iter().flat_map(|workbook| workbook.sheets.iter().map(move |sheet| (workbook, sheet)));
    let needed = sheets.filter(|(_, sheet)| FIRST.contains(&sheet.name));
    needed
        .map(|(workbook, sheet)| Step {
            workbook: workbook.stem,
            sheet: sheet.name,
            required: sheet.columns.iter().filter(|column| column.required).map(|column| column.heading).collect(),
            rows: tables.told(sheet.name).len(),
        })
        .collect()
}
