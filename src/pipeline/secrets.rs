//! The search of finished files for names that their readers must not meet.
//!
//! The model was narrowed before the document was drafted; this proves it over what came out.

use std::collections::HashMap;

use crate::diagnostics::fold;
use crate::model::HiddenNames;

/// Names to search for, all at once.
pub(super) struct Secrets<'a> {
    names: &'a HiddenNames,
    /// The letters of each hidden name: a line break or a hyphen inside it hides nothing.
    bare: Vec<String>,
    /// The hidden names by their first letters.
    by_start: HashMap<String, Vec<usize>>,
}

/// Names of fewer letters are searched as whole words, so that « LED » is not found in « l’éd. ».
const SHORT: usize = 8;
/// How many letters names are looked up by; shorter ones by all that they have.
const START: usize = 4;

impl<'a> Secrets<'a> {
    pub(super) fn new(names: &'a HiddenNames) -> Self {
        let bare: Vec<String> = names.hidden.iter().map(|name| Letters::of(name).bare).collect();
        let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, name) in bare.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            by_start.entry(name.chars().take(START).collect()).or_default().push(index);
        }
        Self { names, bare, by_start }
    }

    /// The hidden names that stand in a text, in their order.
    pub(super) fn found_in(&self, text: &str) -> Vec<&'a str> {
        if self.bare.is_empty() {
            return Vec::new();
        }
        let letters = Letters::of(text);
        let mut found: Vec<usize> = letters.starts().flat_map(|start| self.beginning(&letters, start)).collect();
        found.sort_unstable();
        found.dedup();
        let stands = |index: &usize| {
            let name = &self.bare[*index];
            if name.len() < SHORT {
                let words = |text: &str| format!(" {} ", words(text));
                return words(text).contains(&words(&self.names.hidden[*index]));
            }
            let longer = self.names.shown.iter().map(|shown| Letters::of(shown).bare);
            letters.hold(name, &longer.filter(|longer| longer.contains(name.as_str())).collect::<Vec<_>>())
        };
        found.into_iter().filter(stands).map(|index| self.names.hidden[index].as_str()).collect()
    }

    /// The names that whole words spell from a place on.
    fn beginning<'s>(&'s self, letters: &'s Letters, start: usize) -> impl Iterator<Item = usize> + 's {
        let rest = &letters.bare[start..];
        let ends = rest.char_indices().map(|(at, character)| at + character.len_utf8()).take(START);
        let alike = ends.filter_map(|end| self.by_start.get(&rest[..end])).flatten().copied();
        alike.filter(move |index| {
            let name = self.bare[*index].as_str();
            rest.starts_with(name) && letters.whole(start, start + name.len())
        })
    }
}

/// A text's letters and digits alone, with the places where its words begin and end.
#[derive(Default)]
struct Letters {
    bare: String,
    /// By byte of `bare`: whether a word begins there.
    begins: Vec<bool>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        let mut apart = true;
        for character in fold(text).chars() {
            if character.is_alphanumeric() {
                letters.begins.push(apart);
                letters.bare.push(character);
                letters.begins.resize(letters.bare.len(), false);
            }
            apart = !character.is_alphanumeric();
        }
        letters.begins.push(true);
        letters
    }

    /// Whether whole words spell a name, outside of the longer names that hold it.
    fn hold(&self, name: &str, longer: &[String]) -> bool {
        let covered: Vec<(usize, usize)> = longer
            .iter()
            .flat_map(|longer| self.bare.match_indices(longer.as_str()))
            .map(|(start, longer)| (start, start + longer.len()))
            .filter(|(start, end)| self.whole(*start, *end))
            .collect();
        self.bare.match_indices(name).map(|(start, _)| (start, start + name.len())).any(|(start, end)| {
            self.whole(start, end) && !covered.iter().any(|(first, last)| *first <= start && end <= *last)
        })
    }

    /// Where words begin.
    fn starts(&self) -> impl Iterator<Item = usize> {
        self.begins.iter().take(self.bare.len()).enumerate().filter(|(_, begins)| **begins).map(|(start, _)| start)
    }

    /// Whether a stretch of letters begins and ends with words.
    fn whole(&self, start: usize, end: usize) -> bool {
        self.begins.get(start) == Some(&true) && self.begins.get(end) == Some(&true)
    }
}

fn words(text: &str) -> String {
    let spaced: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(hidden: &[&str], shown: &[&str]) -> HiddenNames {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        HiddenNames { hidden: owned(hidden), shown: owned(shown) }
    }

    #[test]
    fn names_are_found_across_lines_and_hyphens_and_short_ones_as_words() {
        let names = names(&["Fonderies d’Aubrecour", "ARC"], &[]);
        let secrets = Secrets::new(&names);
        assert_eq!(secrets.found_in("les fonderies d'Aubre-\ncour sont"), ["Fonderies d’Aubrecour"]);
        assert_eq!(secrets.found_in("la marche de l'arche"), Vec::<&str>::new());
        assert_eq!(secrets.found_in("chez Arc, hier"), ["ARC"]);
    }

    #[test]
    fn a_name_inside_a_longer_one_that_readers_may_meet_is_no_secret() {
        let names = names(&["Ateliers du Nord"], &["Ateliers du Nord-Est", "Un autre"]);
        let secrets = Secrets::new(&names);
        assert!(secrets.found_in("Ateliers du Nord-Est et Ateliers du Nord-Est").is_empty());
        assert_eq!(secrets.found_in("Ateliers du Nord-Est et Ateliers du Nord"), ["Ateliers du Nord"]);
        assert!(secrets.found_in("Ateliers du Nordique").is_empty());
    }
}
