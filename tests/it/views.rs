//! What templates are given against what they read: nothing is misspelt in a branch that is not taken, and nothing is given
//! that nobody reads.

use std::collections::{BTreeMap, BTreeSet};

use liasse::documents::{Draft, KINDS, Recipe};
use liasse::model::{Desk, Disclosure, Readers};
use liasse::render::scrutiny::{self, Found};
use liasse::templates::Templates;
use liasse::views::Shape;

use crate::fixture::shipped_model;

/// Every draft of the shipped inputs.
fn drafts() -> Vec<Draft> {
    let disclosure = Disclosure::new(shipped_model());
    let mut drafts = Vec::new();
    for kind in KINDS {
        let known = (kind.known)(&Desk::new(&disclosure).scope(Readers::Operator));
        assert!(!known.is_empty(), "{}", kind.name);
        for id in known {
            drafts.push((kind.draft)(&Desk::new(&disclosure), &id).expect("a draft"));
        }
    }
    drafts
}

/// Every object below a shape, with its keys.
fn objects(shape: Shape, found: &mut BTreeMap<&'static str, Vec<&'static str>>) {
    match shape.present() {
        Shape::Object(object) => {
            let keys = object.keys.iter().map(|(key, _)| *key).collect();
            if found.insert(object.name, keys).is_none() {
                object.keys.iter().for_each(|(_, below)| objects(below(), found));
            }
        }
        Shape::List(item) => objects(item(), found),
        _ => {}
    }
}

#[test]
fn templates_read_what_they_are_given_and_nothing_else() {
    let templates = Templates::built_in();
    let mut given = BTreeMap::new();
    let mut read = BTreeSet::new();
    let mut note = |found: Found| {
        assert_eq!(found.faults, []);
        read.extend(found.read);
    };
    for draft in drafts() {
        for part in &draft.parts {
            match &part.recipe {
                Recipe::Pdf { template, data, texts, .. } => {
                    note(scrutiny::pages(&templates, template, data.shape()));
                    objects(data.shape(), &mut given);
                    // What a text is given is offered to who writes it, read or not.
                    for words in texts {
                        note(scrutiny::words(&templates, &words.template, words.data.shape()));
                    }
                }
                Recipe::Text { template, data, .. } | Recipe::Xml { template, data } => {
                    note(scrutiny::words(&templates, template, data.shape()));
                    objects(data.shape(), &mut given);
                }
                Recipe::Word(paper) => {
                    for drawing in &paper.drawings {
                        note(scrutiny::pages(&templates, drawing.template, drawing.data.shape()));
                    }
                    for words in part.recipe.words() {
                        note(scrutiny::words(&templates, &words.template, words.data.shape()));
                    }
                }
                _ => {}
            }
        }
    }
    // A file for other programs gives all that it has.
    for draft in drafts() {
        for part in &draft.parts {
            if let Recipe::Json { data, .. } = &part.recipe {
                let mut objects_of_file = BTreeMap::new();
                objects(data.shape(), &mut objects_of_file);
                objects_of_file.keys().for_each(|object| drop(given.remove(object)));
            }
        }
    }
    let unread: Vec<String> = given
        .iter()
        .flat_map(|(object, keys)| keys.iter().map(move |key| (*object, *key)))
        .filter(|key| !read.contains(key))
        .map(|(object, key)| format!("{object}.{key}"))
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
}
