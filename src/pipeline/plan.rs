//! One state of the inputs: which documents it announces, what each of them would be made from, and what stops it.

use std::sync::{Arc, OnceLock};

use super::catalogue::{Catalogue, Kind};
use super::fingerprint::Fingerprint;
use super::keys::Key;
use super::secrets::Secrets;
use super::sheets::{Discretion, Private};
use super::store::Store;
use super::{Inputs, Report, Request, kept};
use crate::diagnostics::messages::{checks, commands};
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{Draft, Part};
use crate::files::Workspace;
use crate::intake::{self, Understood};
use crate::model::{Desk, Disclosure, Readers, Reads};
use crate::own::Maker;
use crate::templates::Template;
use crate::threads;
use crate::wording;

/// One state of the inputs, and the documents that a request means.
pub(super) struct Plan {
    pub(super) inputs: Inputs,
    pub(super) understood: Understood,
    pub(super) shared: Arc<Disclosure>,
    /// Every kind of document.
    pub(super) catalogue: Catalogue,
    /// The names of firms that not everybody may read.
    pub(super) secrets: Secrets,
    /// The names and addresses of contacts.
    pub(super) contacts: Secrets,
    /// The names of persons.
    persons: OnceLock<Secrets>,
    /// What the search for names reads: it guards every document.
    guarded: Reads,
    /// The documents that the sheets announce, and what was read to know them.
    pub(super) known: Vec<(Arc<Kind>, String)>,
    announced: Reads,
    /// The documents that the request means.
    pub(super) documents: Vec<Document>,
    /// What is wrong with the request itself.
    refused: Vec<Diagnostic>,
    is_whole: bool,
    /// The kind that the request means, where it means one.
    wanted: Option<String>,
    workspace: Workspace,
}

/// A document of a plan.
pub(super) struct Document {
    pub(super) kind: Arc<Kind>,
    pub(super) id: String,
    planned: OnceLock<Planned>,
}

/// What a document would be made from.
pub(super) struct Planned {
    /// What it was seen to read: an error there stops it, a change there outdates it.
    pub(super) reads: Reads,
    /// How many errors of the inputs stop it.
    pub(super) errors: usize,
    /// Its draft and what each file is made from, or everything that keeps it from being made.
    pub(super) drafted: Result<(Draft, Fingerprint), Vec<Diagnostic>>,
}

impl Plan {
    /// The plan of a request over the inputs of a workspace.
    pub(super) fn new(workspace: &Workspace, inputs: Inputs, request: &Request) -> Self {
        let mut understood = intake::read(&inputs.sources());
        understood.problems.splice(0..0, inputs.noticed().iter().cloned());
        if !understood.model.territory.is_example {
            understood.problems.extend(inputs.templates.own_texts().filter_map(unfilled));
        }
        let shared = Arc::new(Disclosure::new(Arc::clone(&understood.model)));
        let catalogue = Catalogue::new(&inputs.templates, &Desk::new(&shared).scope(Readers::Operator));
        let desk = Desk::new(&shared);
        let mut known: Vec<(Arc<Kind>, String)> = {
            let maker = maker(&shared, &desk, &inputs);
            let of_kind = |kind: &Arc<Kind>| {
                let ids = kind.known(&maker.maker());
                ids.into_iter().map(|id| (Arc::clone(kind), id)).collect::<Vec<_>>()
            };
            catalogue.kinds.iter().flat_map(of_kind).collect()
        };
        let announced = desk.reads();
        // Where a sheet that announces documents cannot be read, those that were made stand stopped, not forgotten.
        if understood.problems.iter().any(|it| it.is_error() && understood.concerns(it, &announced)) {
            for (kind, id) in Store::new(workspace, String::new()).recorded() {
                let is_known = known.iter().any(|(known, name)| known.name == kind && *name == id);
                if let (false, Ok(kind)) = (is_known, catalogue.kind(&kind)) {
                    known.push((Arc::clone(kind), id));
                }
            }
        }
        let desk = Desk::new(&shared);
        let secrets = Secrets::of_firms(&desk.scope(Readers::Operator));
        // A sheet of contacts that cannot be read at all stops every document, for nobody could be searched; a cell of it that
        // cannot be read stops none.
        let _ = desk.scope(Readers::Operator).contacts().next();
        let guarded = desk.reads();
        let contacts = Secrets::of_contacts(&Desk::new(&shared).scope(Readers::Operator));
        let (documents, refused) = match select(request, &catalogue, &known) {
            Ok(documents) => (documents, Vec::new()),
            Err(diagnostic) => (Vec::new(), vec![diagnostic]),
        };
        let is_whole = request.kind.is_none() && request.id.is_none();
        Self {
            inputs,
            understood,
            shared: Arc::clone(&shared),
            catalogue,
            secrets,
            contacts,
            persons: OnceLock::new(),
            guarded,
            known,
            announced,
            documents,
            refused,
            is_whole,
            wanted: request.kind.clone(),
            workspace: workspace.clone(),
        }
    }

    /// What a document would be made from; found once.
    pub(super) fn planned<'p>(&'p self, document: &'p Document) -> &'p Planned {
        document.planned.get_or_init(|| {
            let desk = Desk::new(&self.shared);
            let maker = maker(&self.shared, &desk, &self.inputs);
            let draft = || self.catalogue.draft(&document.kind, &maker.maker(), &document.id);
            let drafted = caught(|| draft().and_then(distinct));
            let reads = desk.reads().with(&self.guarded);
            let errors: Vec<Diagnostic> = self.errors(&reads).cloned().collect();
            let drafted = if errors.is_empty() {
                drafted.map(|draft| {
                    let draft = kept::retaken(draft, &Store::new(&self.workspace, String::new()), &self.inputs);
                    let fingerprint = Fingerprint::of(&draft);
                    (draft, fingerprint)
                })
            } else {
                Err(errors.clone())
            };
            Planned { reads, errors: errors.len(), drafted }
        })
    }

    /// Finds what all documents would be made from, on several threads.
    pub(super) fn plan_all(&self) {
        threads::map(&self.documents, threads::usual(), |document| {
            self.planned(document);
        });
    }

    fn errors(&self, reads: &Reads) -> impl Iterator<Item = &Diagnostic> {
        self.understood.problems.iter().filter(move |it| it.is_error() && self.understood.concerns(it, reads))
    }

    /// What is wrong with the inputs as far as it concerns the documents, and what is wrong with single documents.
    pub(super) fn report(&self) -> Report {
        let mut report = Report { problems: self.refused.clone(), ..Report::default() };
        self.plan_all();
        let planned: Vec<&Planned> = self.documents.iter().map(|document| self.planned(document)).collect();
        let reads = planned.iter().fold(self.announced, |reads, planned| reads.with(&planned.reads));
        for problem in self.understood.problems.iter().filter(|_| self.refused.is_empty()) {
            if self.is_whole || self.understood.concerns(problem, &reads) {
                report.problems.push(problem.clone());
            } else if problem.is_error() {
                report.elsewhere += 1;
            }
        }
        let faulty = planned.iter().filter(|planned| planned.errors == 0);
        for fault in faulty.filter_map(|planned| planned.drafted.as_ref().err()).flatten() {
            // A fault of a template is one fault, for however many documents it is used.
            if !matches!(fault.place, Place::Line { .. }) || !report.problems.contains(fault) {
                report.problems.push(fault.clone());
            }
        }
        let mut own = self.template_faults();
        own.retain(|fault| !report.problems.contains(fault));
        report.problems.extend(own);
        report
    }

    /// Everything that is wrong with the templates that declare the kinds that the request means.
    pub(super) fn template_faults(&self) -> Vec<Diagnostic> {
        let desk = Desk::new(&self.shared);
        self.catalogue.all_faults(&maker(&self.shared, &desk, &self.inputs).maker(), self.wanted.as_deref())
    }

    /// What may be remembered of cells in clear: no name of a person, or of a firm that is not public.
    pub(super) fn discretion<'p>(&'p self, key: &'p Key) -> Discretion<'p> {
        Discretion { key, private: self }
    }

    /// Whether the request means everything.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The kinds whose documents a problem concerns.
    pub(super) fn concerned(&self, problem: &Diagnostic) -> Vec<String> {
        let mut kinds: Vec<String> = Vec::new();
        for document in &self.documents {
            let name = document.kind.name;
            let known = kinds.iter().any(|kind| kind == name);
            if !known && self.understood.concerns(problem, &self.planned(document).reads) {
                kinds.push(name.to_owned());
            }
        }
        kinds
    }
}

impl Private for Plan {
    fn is_private(&self, text: &str) -> bool {
        let persons =
            self.persons.get_or_init(|| Secrets::of_persons(&Desk::new(&self.shared).scope(Readers::Operator)));
        [&self.secrets, persons].iter().any(|secrets| !secrets.found_in(text, &Readers::Public).is_empty())
    }
}

impl Document {
    pub(super) fn new(kind: &Arc<Kind>, id: String) -> Self {
        Self { kind: Arc::clone(kind), id, planned: OnceLock::new() }
    }
}

/// The first line of a text in which a place is left to fill.
fn unfilled(template: &Template) -> Option<Diagnostic> {
    let text = String::from_utf8_lossy(&template.bytes);
    let (line, left) = text.lines().zip(1..).find_map(|(line, number)| Some((number, intake::left_in(line)?)))?;
    let place = Place::Line { file: template.shown.clone(), line, column: 1 };
    Some(checks::example_left(left, "dans un texte").at(place))
}

/// What documents of one's own are made from, with what it borrows.
struct Made<'a> {
    shared: &'a Arc<Disclosure>,
    desk: &'a Desk<'a>,
    inputs: &'a Inputs,
    has_picture: Box<dyn Fn(&str) -> bool + 'a>,
}

fn maker<'a>(shared: &'a Arc<Disclosure>, desk: &'a Desk<'a>, inputs: &'a Inputs) -> Made<'a> {
    Made { shared, desk, inputs, has_picture: Box::new(|path| inputs.pictures.contains_key(path)) }
}

impl Made<'_> {
    fn maker(&self) -> Maker<'_> {
        let Self { shared, desk, inputs, has_picture } = self;
        Maker { shared, desk, templates: &inputs.templates, has_picture }
    }
}

/// The documents that a request means.
fn select(
    request: &Request,
    catalogue: &Catalogue,
    known: &[(Arc<Kind>, String)],
) -> Result<Vec<Document>, Diagnostic> {
    let kinds: Vec<&Arc<Kind>> = match &request.kind {
        None => catalogue.kinds.iter().collect(),
        Some(name) => vec![catalogue.kind(name)?],
    };
    let of_kind = |kind: &Arc<Kind>| -> Vec<Document> {
        match &request.id {
            Some(id) => vec![Document::new(kind, id.clone())],
            None => {
                let ids = known.iter().filter(|(known, _)| known.name == kind.name);
                ids.map(|(_, id)| Document::new(kind, id.clone())).collect()
            }
        }
    };
    Ok(kinds.into_iter().flat_map(of_kind).collect())
}

/// A draft whose files every system takes, and none of which takes the place of another, on systems that take capitals for
/// small letters too.
fn distinct(draft: Draft) -> Result<Draft, Vec<Diagnostic>> {
    let improper = |part: &Part| part.name.split('/').find_map(wording::improper_name);
    if let Some((part, reason)) = draft.parts.iter().find_map(|part| Some((part, improper(part)?))) {
        return Err(vec![commands::improper_file(&part.name, &draft.title, reason)]);
    }
    let mut names = std::collections::HashSet::new();
    let twice = draft.parts.iter().find(|part| !names.insert((part.apart, part.name.to_lowercase())));
    match twice {
        Some(part) => Err(vec![commands::twice_in_document(&part.name, &draft.title)]),
        None => Ok(draft),
    }
}

/// The result of some work; a panic is a fault of the document that it was done for, and no more.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(vec![commands::internal_error("arrêt imprévu")]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_of_the_document_that_it_was_met_for() {
        let outcomes: Vec<bool> = threads::map(&[1, 0, 3], threads::usual(), |it| caught(|| Ok(6 / it)).is_ok());
        assert_eq!(outcomes, [true, false, true]);
        let told = caught::<()>(|| panic!("unforeseen")).expect_err("a fault");
        assert!(told.len() == 1 && told[0].is_error(), "{told:?}");
    }
}
