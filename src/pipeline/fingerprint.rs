//! What a document is made from: by file, a hash that is equal when the file would be; by value, what it says, for a
//! person who asks why. Where a value was read is no part of it.

use std::collections::BTreeMap;
use std::io::Write as _;

use super::digest::Digest;
use super::keys::Key;
use super::store::Values;
use crate::documents::{Draft, Written};
use crate::figures::Cells;
use crate::views::Leaf;

/// What a draft would be made from: each file, in order, with the hash of its ingredients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint(pub(super) Vec<(String, String)>);

impl Fingerprint {
    /// The fingerprint of a draft.
    pub(super) fn of(draft: &Draft) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for part in &draft.parts {
            let own = || format!("{}/{}", draft.kind, draft.id);
            let identifier = part.shared.as_ref().map_or_else(own, |shared| shared.identifier.clone());
            let date = draft.day_of(part);
            let around = (identifier, date, draft.stamped, &part.readers, part.apart, &part.frozen, &draft.frozen);
            let earlier = part.recipe.earlier();
            let below: Vec<&(String, String)> = files.iter().filter(|(name, _)| earlier.includes(name)).collect();
            let fixed = draft.fixed_by(part).map(|common| (&common.holder, common.since));
            let mut digest = Digest::default();
            // Writing into a digest does not fail.
            let _ = write!(digest, "{around:?}{fixed:?}{below:?}");
            let _ = part.recipe.write_ingredients(&mut digest);
            files.push((part.name.clone(), digest.name()));
        }
        Self(files)
    }
}

/// Something that a document says, and the cells that it was computed from where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) cells: Cells,
}

/// Everything that a draft says, by its path.
pub(super) fn said(draft: &Draft) -> BTreeMap<String, Said> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for part in &draft.parts {
        part.recipe.visit(&mut |Written { path, leaf, .. }| {
            let it = match leaf {
                Leaf::Text(text) => Said { text: text.to_owned(), cells: Cells::default() },
                Leaf::Printed(printed) => {
                    Said { text: printed.text().to_owned(), cells: printed.figure().sources().clone() }
                }
                Leaf::Figure(figure) => {
                    Said { text: figure.plain().text().to_owned(), cells: figure.sources().clone() }
                }
            };
            match said.get(&path) {
                // The same value in several files is told once.
                Some(known) if *known == it => {}
                Some(_) => drop(said.insert(format!("{} › {path}", part.name), it)),
                None => drop(said.insert(path, it)),
            }
        });
    }
    said
}

/// The same as it is remembered; nothing without a key. A path may name a person as well as a value may.
pub(super) fn remembered(said: &BTreeMap<String, Said>, key: &Key) -> Values {
    let hashed = |(path, said): (&String, &Said)| Some((key.hash(path)?, key.hash(&said.text)?));
    Values { cle: key.name(), valeurs: said.iter().filter_map(hashed).collect() }
}
