//! The search of finished files for names that their readers must not meet.
//!
//! The model was narrowed before the document was drafted; this proves it over what came out.

use crate::diagnostics::fold;
use crate::model::HiddenName;

/// Names to search for.
pub(super) struct Secrets<'a> {
    names: Vec<Secret<'a>>,
}

struct Secret<'a> {
    name: &'a str,
    /// Its letters and digits alone: a line break or a hyphen inside the name hides nothing.
    bare: String,
    /// Its words; a short name is searched as a word, so that « ARC » is not found in « marche ».
    folded: String,
    /// The letters of longer names that the readers may meet: the name inside them is no secret.
    within: Vec<String>,
}

/// Names of fewer letters are searched as whole words.
const SHORT: usize = 8;

impl<'a> Secrets<'a> {
    pub(super) fn new(names: &'a [HiddenName]) -> Self {
        let secret = |hidden: &'a HiddenName| Secret {
            name: &hidden.name,
            bare: Letters::of(&hidden.name).bare,
            folded: format!(" {} ", words(&hidden.name)),
            within: hidden.within.iter().map(|longer| Letters::of(longer).bare).collect(),
        };
        Self { names: names.iter().map(secret).filter(|secret| !secret.bare.is_empty()).collect() }
    }

    /// The names that stand in a text.
    pub(super) fn found_in(&self, text: &str) -> impl Iterator<Item = &'a str> {
        let (letters, folded) = if self.names.is_empty() {
            (Letters::default(), String::new())
        } else {
            (Letters::of(text), format!(" {} ", words(text)))
        };
        self.names.iter().filter_map(move |secret| {
            let found = if secret.bare.len() < SHORT {
                folded.contains(&secret.folded)
            } else {
                letters.hold(&secret.bare, &secret.within)
            };
            found.then_some(secret.name)
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
        let whole = |start: usize, length: usize| {
            self.begins.get(start) == Some(&true) && self.begins.get(start + length) == Some(&true)
        };
        let covered: Vec<(usize, usize)> = longer
            .iter()
            .flat_map(|longer| self.bare.match_indices(longer.as_str()))
            .filter(|(start, longer)| whole(*start, longer.len()))
            .map(|(start, longer)| (start, start + longer.len()))
            .collect();
        self.bare.match_indices(name).any(|(start, _)| {
            whole(start, name.len())
                && !covered.iter().any(|(first, end)| *first <= start && start + name.len() <= *end)
        })
    }
}

fn words(text: &str) -> String {
    let spaced: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(name: &str, within: &[&str]) -> HiddenName {
        HiddenName { name: name.to_owned(), within: within.iter().map(ToString::to_string).collect() }
    }

    #[test]
    fn names_are_found_across_lines_and_hyphens_and_short_ones_as_words() {
        let names = [hidden("Fonderies d’Aubrecour", &[]), hidden("ARC", &[])];
        let secrets = Secrets::new(&names);
        let found = |text: &str| secrets.found_in(text).collect::<Vec<_>>();
        assert_eq!(found("les fonderies d'Aubre-\ncour sont"), ["Fonderies d’Aubrecour"]);
        assert_eq!(found("la marche de l'arche"), Vec::<&str>::new());
        assert_eq!(found("chez Arc, hier"), ["ARC"]);
    }

    #[test]
    fn a_name_inside_a_longer_one_that_readers_may_meet_is_no_secret() {
        let names = [hidden("Ateliers du Nord", &["Ateliers du Nord-Est"])];
        let secrets = Secrets::new(&names);
        let found = |text: &str| secrets.found_in(text).count();
        assert_eq!(found("Ateliers du Nord-Est et Ateliers du Nord-Est"), 0);
        assert_eq!(found("Ateliers du Nord-Est et Ateliers du Nord"), 1);
        assert_eq!(found("Ateliers du Nordique"), 0);
    }
}
