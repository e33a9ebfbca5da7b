//! The search of finished files for names that their readers must not meet.
//!
//! The model was narrowed before the document was drafted; this proves it over what came out.

use std::collections::HashMap;

use crate::wording::fold;
use crate::model::{Audience, FirmName, Model};

/// The names of a model to search for, all at once.
pub(super) struct Secrets<'a> {
    names: Vec<FirmName<'a>>,
    /// The letters of each name: a line break or a hyphen inside it hides nothing.
    bare: Vec<String>,
    /// The names by their first letters.
    by_start: HashMap<String, Vec<usize>>,
}

/// Names of fewer letters are searched as whole words, so that « LED » is not found in « l’éd. ».
const SHORT: usize = 8;
/// How many letters names are looked up by; shorter ones by all that they have.
const START: usize = 4;

impl<'a> Secrets<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let names = model.firm_names();
        let bare: Vec<String> = names.iter().map(|name| Letters::of(name.name).bare).collect();
        let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, name) in bare.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            by_start.entry(name.chars().take(START).collect()).or_default().push(index);
        }
        Self { names, bare, by_start }
    }

    /// The names in a text that an audience must not meet, in alphabetical order.
    pub(super) fn found_in(&self, text: &str, audience: &Audience) -> Vec<&'a str> {
        if self.bare.is_empty() {
            return Vec::new();
        }
        let letters = Letters::of(text);
        let mut found: Vec<usize> = letters.starts().flat_map(|start| self.beginning(&letters, start)).collect();
        found.sort_unstable();
        found.dedup();
        let (known, hidden): (Vec<usize>, Vec<usize>) =
            found.into_iter().partition(|index| self.names[*index].is_known_to(audience));
        let stands = |index: &usize| {
            let name = &self.bare[*index];
            if name.len() < SHORT {
                let words = |text: &str| format!(" {} ", words(text));
                return words(text).contains(&words(self.names[*index].name));
            }
            // A name that is known to the readers stands in the text where one that holds it does.
            let longer = known.iter().map(|known| self.bare[*known].as_str());
            letters.hold(name, &longer.filter(|longer| longer.contains(name.as_str())).collect::<Vec<_>>())
        };
        hidden.into_iter().filter(stands).map(|index| self.names[index].name).collect()
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
    use std::sync::Arc;

    use super::*;
    use crate::figures::{Origin, SheetOrigin};
    use crate::model::Firm;

    /// What is found of firms, some of them the readers' own.
    fn found(hidden: &[&str], own: &[&str], text: &str) -> Vec<String> {
        let firm = |(name, partner): (&&str, &str)| Firm {
            name: (*name).to_owned(),
            site: None,
            siret: None,
            partner: partner.to_owned(),
            commune: None,
            sector: None,
            staff: None,
            origin: Origin {
                sheet: Arc::new(SheetOrigin { file: "f".into(), sheet: "s".into(), columns: Vec::new() }),
                row: 1,
                sound: true,
            },
        };
        let hidden = hidden.iter().map(|name| (name, "B"));
        let firms = hidden.chain(own.iter().map(|name| (name, "A"))).map(firm).collect();
        let model = Model { firms, ..Model::default() };
        let secrets = Secrets::new(&model);
        secrets.found_in(text, &Audience::Partner("A".to_owned())).into_iter().map(ToOwned::to_owned).collect()
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
