//! The built-in templates, and the workspace's own over them: a file of `templates/` wins over the one of the program, and a
//! text of the territory, in `inputs/textes/`, over both.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::files::{self, Refusal};

/// The templates that are part of the program.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The place of a front matter within a text: what stands between its first line, `+++`, and the next such line.
#[must_use]
pub fn front_matter(text: &str) -> Option<std::ops::Range<usize>> {
    let start =
        text.strip_prefix("+++").and_then(|rest| rest.find('\n').filter(|at| rest[..*at].trim().is_empty()))? + 4;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some(start..at);
        }
        at += line.len();
    }
    None
}

/// Every template by its name, for instance `newsletter/lettre.typ`.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    entries: BTreeMap<String, Template>,
}

/// One template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// How messages name it: `templates/newsletter/lettre.typ`, or the same after « intégré : ».
    pub shown: String,
    /// The encoding in which it was saved, where that is not the usual one.
    pub encoding: Option<&'static str>,
}

/// The endings of files that are text.
const TEXTS: [&str; 5] = [".j2", ".typ", ".md", ".txt", ".html"];

/// The texts that say what a territory does and agrees to, by their names: a new workspace has them beside its sheets, to be
/// made its own. Everything else says what the program does, and comes with it.
const OF_THE_TERRITORY: [&str; 6] = [
    "annexes/convention.md.j2",
    "annexes/expose.md.j2",
    "annexes/feuille-de-route.md.j2",
    "annexes/note-de-synthese.md.j2",
    "annexes/territoire.md.j2",
    "payment-requests/demande.md.j2",
];

/// The text that has versions, each in a file of its own.
const VERSIONED: &str = "annexes/convention";

impl Templates {
    /// The templates of the program alone.
    #[must_use]
    pub fn built_in() -> Self {
        let entries = BUILT_IN
            .iter()
            .map(|(name, bytes)| {
                (
                    (*name).to_owned(),
                    Template { bytes: (*bytes).into(), shown: format!("templates/{name}"), encoding: None },
                )
            })
            .collect();
        Self { entries }
    }

    /// The templates of the program, with those of folders over them, each folder over the ones before.
    ///
    /// # Errors
    ///
    /// When a folder or a file in it cannot be read.
    pub fn load(folders: &[&Path]) -> Result<Self, Refusal> {
        let mut templates = Self::built_in();
        for folder in folders {
            for name in files::list(folder)? {
                let path = folder.join(&name);
                if let Some(bytes) = files::read(&path)? {
                    let is_text = TEXTS.iter().any(|ending| name.ends_with(ending));
                    let (bytes, encoding) = match files::text(&bytes) {
                        (text, encoding) if is_text => (text.as_bytes().into(), encoding),
                        _ => (Arc::clone(&bytes), None),
                    };
                    templates.entries.insert(name, Template { bytes, shown: files::shown(&path), encoding });
                }
            }
        }
        Ok(templates)
    }

    /// The template with this name. The agreement of a version that has no text of its own is the one without a version:
    /// `annexes/convention-2024.md.j2` is `annexes/convention.md.j2`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Template> {
        self.entries.get(name).or_else(|| self.entries.get(&self.unversioned(name)?))
    }

    /// The name of the text that stands for one that is not there.
    #[must_use]
    pub fn unversioned(&self, name: &str) -> Option<String> {
        let is_version = |name: &&str| name.starts_with(&format!("{VERSIONED}-")) && name.ends_with(".md.j2");
        let common = format!("{VERSIONED}.md.j2");
        let absent = Some(name).filter(is_version).filter(|name| !self.entries.contains_key(*name));
        absent.and(self.entries.contains_key(&common).then_some(common))
    }

    /// Puts a template in place of another, for tests.
    pub fn set(&mut self, name: &str, text: &str) {
        let template = Template { bytes: text.as_bytes().into(), shown: format!("templates/{name}"), encoding: None };
        self.entries.insert(name.to_owned(), template);
    }

    /// The names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The files that were saved in another encoding than the usual one: how messages name them, and which one.
    pub fn recoded(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.entries.values().filter_map(|template| Some((template.shown.as_str(), template.encoding?)))
    }

    /// The names of what stands in the workspace's folders in place of nothing.
    pub fn added(&self) -> impl Iterator<Item = &str> {
        self.names().filter(|name| !BUILT_IN.iter().any(|(known, _)| known == name))
    }

    /// The workspace's own texts, in the place of something or of nothing.
    pub fn own_texts(&self) -> impl Iterator<Item = &Template> {
        let is_own = |(name, template): &(&String, &Template)| {
            name.ends_with(".j2") && !BUILT_IN.iter().any(|(known, bytes)| known == name && **bytes == *template.bytes)
        };
        self.entries.iter().filter(is_own).map(|(_, template)| template)
    }

    /// The templates of the program, by name.
    pub fn shipped() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        BUILT_IN.iter().copied()
    }

    /// Those of them that a territory makes its own.
    pub fn of_the_territory() -> impl Iterator<Item = (&'static str, &'static [u8])> {
        Self::shipped().filter(|(name, _)| OF_THE_TERRITORY.contains(name))
    }
}
