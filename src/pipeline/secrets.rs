//! The search of finished files for names that their readers must not meet.
//!
//! Rows were reached through a scope before the document was drafted; this proves it over what came out.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Readers, Scope};
use crate::wording::fold;

/// The names of a model to search for, all at once.
pub(super) struct Secrets {
    names: Vec<Name>,
    index: OnceLock<Index>,
}

/// A firm's name.
struct Name {
    text: String,
    /// The partners, by their places, whose own firms are called so.
    owners: Vec<u32>,
    /// Whether a firm of this name had an award that was announced.
    is_announced: bool,
}

impl Name {
    /// Whether readers may meet the name.
    fn is_known_to(&self, readers: &Readers) -> bool {
        match readers {
            Readers::Operator => true,
            Readers::Public | Readers::Partners => self.is_announced,
            Readers::Partner(partner) => self.is_announced || self.owners.contains(partner),
        }
    }
}

/// The names by their letters.
struct Index {
    /// The letters of each name: a line break or a hyphen inside it hides nothing.
    bare: Vec<String>,
    /// The names by their first letters.
    by_start: HashMap<String, Vec<usize>>,
}

/// Names of fewer letters are searched as whole words, so that « LED » is not found in « l’éd. ».
const SHORT: usize = 8;
/// How many letters names are looked up by; shorter ones by all that they have.
const START: usize = 4;

impl Secrets {
    /// The names of all firms.
    pub(super) fn new(scope: &Scope) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for firm in scope.firms() {
            let place = *places.entry(fold(firm.name())).or_insert_with(|| {
                names.push(Name { text: firm.name().to_owned(), owners: Vec::new(), is_announced: false });
                names.len() - 1
            });
            names[place].owners.push(firm.partner().index());
            names[place].is_announced |= firm.is_announced();
        }
        Self { names, index: OnceLock::new() }
    }

    /// The names of all persons who stand on a list, in both orders.
    pub(super) fn of_persons(scope: &Scope) -> Self {
        let both = |first: &str, last: &str| [format!("{first} {last}"), format!("{last} {first}")];
        let contacts = scope.contacts().flat_map(|contact| both(contact.first_name(), contact.last_name()));
        let participants = scope.participants().map(|participant| participant.name().to_owned());
        let name = |text: String| Name { text, owners: Vec::new(), is_announced: false };
        let names = contacts.chain(participants).filter(|name| !name.trim().is_empty()).map(name).collect();
        Self { names, index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bare: Vec<String> = self.names.iter().map(|name| Letters::of(&name.text).bare).collect();
            let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, name) in bare.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
                by_start.entry(name.chars().take(START).collect()).or_default().push(index);
            }
            Index { bare, by_start }
        })
    }

    /// The names in a text that readers must not meet, in alphabetical order.
    pub(super) fn found_in(&self, text: &str, readers: &Readers) -> Vec<&str> {
        if self.names.is_empty() || *readers == Readers::Operator {
            return Vec::new();
        }
        let index = self.index();
        let letters = Letters::of(text);
        let mut found: Vec<usize> = letters.starts().flat_map(|start| index.beginning(&letters, start)).collect();
        found.sort_unstable();
        found.dedup();
        let (known, hidden): (Vec<usize>, Vec<usize>) =
            found.into_iter().partition(|place| self.names[*place].is_known_to(readers));
        let stands = |place: &usize| {
            let name = &index.bare[*place];
            if name.len() < SHORT {
                let words = |text: &str| format!(" {} ", words(text));
                return words(text).contains(&words(&self.names[*place].text));
            }
            // A name that is known to the readers stands in the text where one that holds it does.
            let longer = known.iter().map(|known| index.bare[*known].as_str());
            letters.hold(name, &longer.filter(|longer| longer.contains(name.as_str())).collect::<Vec<_>>())
        };
        let mut names: Vec<&str> =
            hidden.into_iter().filter(stands).map(|place| self.names[place].text.as_str()).collect();
        names.sort_unstable();
        names
    }
}

impl Index {
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
    fn hold(&self, name: &str, longer: &[&str]) -> bool {
        let covered: Vec<(usize, usize)> = longer
            .iter()
            .flat_map(|longer| self.bare.match_indices(longer))
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

    /// What a reader finds of firms, some of them its own.
    fn found(hidden: &[&str], own: &[&str], text: &str) -> Vec<String> {
        let name =
            |(text, owner): (&&str, u32)| Name { text: (*text).to_owned(), owners: vec![owner], is_announced: false };
        let names = hidden.iter().map(|text| (text, 1)).chain(own.iter().map(|text| (text, 0))).map(name).collect();
        let secrets = Secrets { names, index: OnceLock::new() };
        secrets.found_in(text, &Readers::Partner(0)).into_iter().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn names_are_found_across_lines_and_hyphens_and_short_ones_as_words() {
        let names = ["Fonderies d’Aubrecour", "ARC"];
        assert_eq!(found(&names, &[], "les fonderies d'Aubre-\ncour sont"), ["Fonderies d’Aubrecour"]);
        assert_eq!(found(&names, &[], "la marche de l'arche"), Vec::<String>::new());
        assert_eq!(found(&names, &[], "chez Arc, hier"), ["ARC"]);
        assert_eq!(found(&[], &names, "chez Arc, hier"), Vec::<String>::new());
    }

    #[test]
    fn a_name_inside_a_longer_one_that_readers_may_meet_is_no_secret() {
        let found = |text| found(&["Ateliers du Nord"], &["Ateliers du Nord-Est", "Un autre"], text);
        assert!(found("Ateliers du Nord-Est et Ateliers du Nord-Est").is_empty());
        assert_eq!(found("Ateliers du Nord-Est et Ateliers du Nord"), ["Ateliers du Nord"]);
        assert!(found("Ateliers du Nordique").is_empty());
    }
}
