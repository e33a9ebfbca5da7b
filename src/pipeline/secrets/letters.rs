//! The letters of a text alone, with the places where its words begin and end.

use super::words::latin;
use crate::wording::fold;

/// A text's letters and digits alone, with the places where its words begin and end.
#[derive(Default)]
pub(super) struct Letters {
    pub(super) bare: String,
    /// By byte of `bare`: whether a word begins there.
    begins: Vec<bool>,
}

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        Self::of_plain(&latin(&fold(text)))
    }

    /// Those of a text that is folded, in our alphabet.
    pub(super) fn of_plain(plain: &str) -> Self {
        let mut letters = Self::default();
        let mut apart = true;
        for character in plain.chars() {
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
    pub(super) fn hold(&self, name: &str, longer: &[&str]) -> bool {
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
    pub(super) fn starts(&self) -> impl Iterator<Item = usize> {
        self.begins.iter().take(self.bare.len()).enumerate().filter(|(_, begins)| **begins).map(|(start, _)| start)
    }

    /// Whether a stretch of letters begins and ends with words.
    pub(super) fn whole(&self, start: usize, end: usize) -> bool {
        self.begins.get(start) == Some(&true) && self.begins.get(end) == Some(&true)
    }
}

/// A text's words with one space between them.
pub(super) fn words(text: &str) -> String {
    let spaced: String = latin(&fold(text)).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
