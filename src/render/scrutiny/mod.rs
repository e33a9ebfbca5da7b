//! Templates against the data that they will be given, before there are any, in every branch: a name that does not exist
//! is told at its file and line with what may be meant, and so is a figure that a template would compute with.

mod known;
mod pages;
mod words;

pub use self::pages::pages;
pub use self::words::words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::messages::texts;
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::templates::Templates;
use crate::views::Shape;
use crate::wording::nearest;

/// What the scrutiny of a template found.
#[derive(Debug, Default)]
pub struct Found {
    /// What is wrong, each once.
    pub faults: Vec<Diagnostic>,
    /// The keys that the template reads: of which object, and which.
    pub read: BTreeSet<(&'static str, &'static str)>,
}

impl Found {
    /// The shape under a key of a shape, noted as read; a key that an object does not have is a fault.
    fn key(&mut self, shape: Shape, name: &str, fault: impl FnOnce(Diagnostic) -> Diagnostic) -> Option<Shape> {
        let Some(object) = shape.object() else {
            let known = shape.names()?;
            let found = shape.key(name);
            if found.is_none() {
                self.tell(fault(unknown(name, known)));
            }
            return found;
        };
        match object.keys.iter().find(|(key, _)| *key == name) {
            Some((key, below)) => {
                self.read.insert((object.name, key));
                Some(below())
            }
            None => {
                let known = object.keys.iter().map(|(key, _)| *key);
                self.tell(fault(unknown(name, known)));
                None
            }
        }
    }

    /// Notes that all keys of an object may be read.
    fn all_keys(&mut self, shape: Shape) {
        if let Some(object) = shape.object() {
            self.read.extend(object.keys.iter().map(|(key, _)| (object.name, *key)));
        }
    }

    fn tell(&mut self, fault: Diagnostic) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// The most names that are told where none of them is near.
const MOST_NAMES: usize = 40;

/// The message for a name that does not exist.
fn unknown<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Diagnostic {
    let diagnostic = texts::undefined_name(name);
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        // What there is, where it is not too much to read.
        None if (1..=MOST_NAMES).contains(&known.len()) => diagnostic.hint(format!("il y a : {}", known.join(", "))),
        None => diagnostic,
    }
}

/// Puts a problem at a place of a template, by its bytes.
fn at(templates: &Templates, name: &str, range: Range<usize>, diagnostic: Diagnostic) -> Diagnostic {
    let Some(template) = templates.get(name) else { return diagnostic.at(Place::File(name.to_owned())) };
    let text = String::from_utf8_lossy(&template.bytes);
    let before = text.get(..range.start).unwrap_or_default();
    let line = before.matches('\n').count();
    let start = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let found = text.get(range).unwrap_or_default();
    let length = found.lines().next().unwrap_or_default().chars().count();
    diagnostic
        .at(Place::Line { file: template.shown.clone(), line: line + 1, column: start + 1 })
        .showing(Excerpt::Source { text: text.lines().nth(line).unwrap_or_default().to_owned(), start, length })
}
