//! The kinds of documents: those of the program, and those that templates declare. Names are unique, and there is no other
//! list of them.

use std::sync::Arc;

use super::Request;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{self, Draft, Earlier, KINDS};
use crate::model::{Readers, Scope};
use crate::own::{self, Genre, Genres, Maker};
use crate::templates::Templates;
use crate::wording::nearest;

/// A kind of document.
pub(super) struct Kind {
    /// Its name on the command line and in `out/`.
    pub(super) name: &'static str,
    /// What it is, for help and lists.
    pub(super) label: String,
    how: How,
}

/// How the documents of a kind are drafted.
enum How {
    BuiltIn(&'static documents::Kind),
    Own(Arc<Genre>),
}

/// Every kind.
pub(super) struct Catalogue {
    /// The kinds, those of the program first.
    pub(super) kinds: Vec<Arc<Kind>>,
    /// What is wrong with front matters.
    pub(super) faults: Vec<Diagnostic>,
    /// The folders of templates whose front matter is wrong, each with the first fault.
    faulty: Vec<(String, Diagnostic)>,
    /// Templates that add files to documents of other kinds.
    adding: Vec<Arc<Genre>>,
}

impl Catalogue {
    /// The kinds of the program, and those of the templates.
    pub(super) fn new(templates: &Templates, scope: &Scope) -> Self {
        let built_in = KINDS
            .iter()
            .map(|kind| Arc::new(Kind { name: kind.name, label: kind.label.to_owned(), how: How::BuiltIn(kind) }));
        let taken: Vec<&str> = KINDS.iter().flat_map(|kind| [kind.name, kind.french]).collect();
        let Genres { found, faults, faulty } = Genres::read(templates, scope, &taken);
        let (adding, own): (Vec<_>, Vec<_>) = found.into_iter().partition(|genre| genre.within().is_some());
        let own = own
            .into_iter()
            .map(|genre| Arc::new(Kind { name: genre.name(), label: genre.label().to_owned(), how: How::Own(genre) }));
        Self { kinds: built_in.chain(own).collect(), faults, faulty, adding }
    }

    /// The kind with this name.
    pub(super) fn kind(&self, name: &str) -> Result<&Arc<Kind>, Diagnostic> {
        self.kinds.iter().find(|kind| kind.name == name).ok_or_else(|| {
            // A kind whose header is wrong is known: what is wrong with it says more than the names of all others.
            if let Some((_, fault)) = self.faulty.iter().find(|(folder, _)| folder == name) {
                return fault.clone();
            }
            let known: Vec<&str> = self.kinds.iter().map(|kind| kind.name).collect();
            let fault = commands::unknown_kind(name, &known.join(", "));
            match nearest(name, known) {
                Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
                None => fault,
            }
        })
    }

    /// The kinds that a request means.
    pub(super) fn wanted(&self, request: &Request) -> Vec<&'static str> {
        let is_wanted = |kind: &&Arc<Kind>| request.kind.as_ref().is_none_or(|wanted| kind.name == wanted);
        self.kinds.iter().filter(is_wanted).map(|kind| kind.name).collect()
    }

    /// Everything that is wrong with the templates that declare kinds, and with the rows that those wanted are for.
    pub(super) fn all_faults(&self, maker: &Maker, wanted: Option<&str>) -> Vec<Diagnostic> {
        let own = self.kinds.iter().filter_map(|kind| match &kind.how {
            How::Own(genre) => Some(genre),
            How::BuiltIn(_) => None,
        });
        let mut faults = self.faults.clone();
        for genre in own.chain(&self.adding).filter(|genre| wanted.is_none_or(|wanted| genre.name() == wanted)) {
            faults.extend(genre.faults(maker.templates).iter().cloned());
            faults.extend(genre.nameless(maker));
        }
        faults
    }

    /// Whether a template declares a kind, or stands beside one that does.
    pub(super) fn declares(&self, template: &str) -> bool {
        let folder = template.split('/').next().unwrap_or_default();
        let own = self.kinds.iter().filter(|kind| matches!(kind.how, How::Own(_))).map(|kind| kind.name);
        own.chain(self.adding.iter().map(|genre| genre.name())).any(|name| name == folder)
    }

    /// A document's draft, with the files that templates add to it.
    pub(super) fn draft(&self, kind: &Kind, maker: &Maker, id: &str) -> Result<Draft, Vec<Diagnostic>> {
        let mut draft = kind.draft(maker, id)?;
        for genre in self.adding.iter().filter(|genre| genre.within() == Some(kind.name)) {
            let parts = genre.added_parts(maker, id)?;
            // A list of all files stands behind them.
            let at = draft.parts.iter().position(|part| part.recipe.earlier() == Earlier::All);
            let at = at.unwrap_or(draft.parts.len());
            draft.parts.splice(at..at, parts);
        }
        Ok(draft)
    }
}

impl Kind {
    /// The documents that the sheets announce, in order.
    pub(super) fn known(&self, maker: &Maker) -> Vec<String> {
        match &self.how {
            How::BuiltIn(kind) => (kind.known)(&maker.desk.scope(Readers::Operator)),
            How::Own(genre) => genre.known(maker),
        }
    }

    /// Why there may be none of them, where the program knows.
    pub(super) fn none(&self) -> Option<&'static str> {
        match &self.how {
            How::BuiltIn(kind) => Some(kind.none),
            How::Own(_) => None,
        }
    }

    fn draft(&self, maker: &Maker, id: &str) -> Result<Draft, Vec<Diagnostic>> {
        match &self.how {
            How::BuiltIn(kind) => (kind.draft)(maker.desk, id),
            How::Own(genre) => genre.draft(maker, id),
        }
    }
}

/// The names and words of all kinds, without looking at any sheet: for help and completions.
#[must_use]
pub fn titles(templates: &Templates) -> Vec<(String, String)> {
    let built_in = KINDS.iter().map(|kind| (kind.name.to_owned(), kind.label.to_owned()));
    built_in.chain(own::titles(templates)).collect()
}

/// The names of all kinds that a request means, without looking at any sheet.
pub(super) fn names(templates: &Templates, request: &Request) -> Vec<&'static str> {
    let names = titles(templates).into_iter().map(|(name, _)| own::interned(&name));
    names.filter(|name| request.kind.as_ref().is_none_or(|wanted| name == wanted)).collect()
}
