//! The words of names that tell a firm: what is left of a name once the words that many firms share are taken away.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::templates::Templates;
use crate::wording::fold;

/// Words that stand in the names of many firms, one or several a line.
const COMMON: &str = include_str!("common.txt");

/// The fewest letters of a word that tells a firm by itself.
const FEWEST: usize = 5;

/// The words that tell nobody: trades and legal forms, the language of the program's own texts, and what the sheets call
/// places, partners, sectors.
pub(super) struct Common(HashSet<String>);

/// The words that tell nobody anywhere.
fn everywhere() -> &'static HashSet<String> {
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let common = COMMON.lines().filter(|line| !line.starts_with('#')).flat_map(tokens);
        let templates = Templates::shipped().filter(|(name, _)| name.ends_with(".md.j2"));
        common.chain(templates.flat_map(|(_, text)| tokens(&String::from_utf8_lossy(text)))).collect()
    })
}

impl Common {
    /// The common words, with those of some texts.
    pub(super) fn with<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self(texts.flat_map(tokens).collect())
    }

    /// Whether a word, or its singular, is common.
    pub(super) fn has(&self, word: &str) -> bool {
        let is_known = |word: &str| self.0.contains(word) || everywhere().contains(word);
        is_known(word) || stems(word).any(|stem| is_known(stem) || is_known(&format!("{stem}s")))
    }

    /// The words of a name that tell the firm.
    pub(super) fn distinctive(&self, name: &str) -> Vec<String> {
        let is_distinctive = |word: &String| word.chars().count() >= FEWEST && !is_number(word) && !self.has(word);
        tokens(name).filter(is_distinctive).collect()
    }
}

fn is_number(word: &str) -> bool {
    word.chars().all(|character| character.is_ascii_digit())
}

/// A word without the endings of plurals and feminine forms.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    ["s", "x", "e", "es"].into_iter().filter_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() >= 3)
}

/// The words of a text, folded, with letters of other alphabets that look like ours read as ours.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = String> + use<> {
    split(&latin(&fold(text))).map(ToOwned::to_owned).collect::<Vec<_>>().into_iter()
}

/// The words of a text that is folded, in our alphabet.
pub(super) fn split(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A folded text with look-alikes of other alphabets read as the letters that they look like, and without what has no width.
pub(super) fn latin(folded: &str) -> String {
    folded
        .chars()
        .filter(|character| !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .map(|character| match character {
            'а' | 'α' => 'a',
            'в' | 'β' => 'b',
            'с' | 'ϲ' => 'c',
            'ԁ' => 'd',
            'е' | 'ε' | 'ё' => 'e',
            'һ' | 'н' => 'h',
            'і' | 'ι' | 'ı' => 'i',
            'ј' => 'j',
            'к' | 'κ' => 'k',
            'ӏ' => 'l',
            'м' | 'μ' => 'm',
            'п' | 'η' => 'n',
            'о' | 'ο' | 'σ' => 'o',
            'р' | 'ρ' => 'p',
            'ѕ' => 's',
            'т' | 'τ' => 't',
            'υ' => 'u',
            'ν' | 'ѵ' => 'v',
            'ԝ' | 'ω' => 'w',
            'х' | 'χ' => 'x',
            'у' | 'γ' => 'y',
            other => other,
        })
        .collect()
}

/// Words that are searched by whatever is one letter off.
#[derive(Default)]
pub(super) struct Near {
    /// Names by their word, and by their word with one letter left out.
    names: HashMap<String, Vec<usize>>,
    words: Vec<(String, usize)>,
}

/// The fewest letters of a word in which one may be wrong.
const LONG: usize = 6;

impl Near {
    /// Adds a word of a name.
    pub(super) fn add(&mut self, word: &str, name: usize) {
        let place = self.words.len();
        self.words.push((word.to_owned(), name));
        for key in keys(word) {
            self.names.entry(key).or_default().push(place);
        }
    }

    /// The names that a word of a text means: it is one of theirs, with an ending more or less, or one letter off.
    pub(super) fn found(&self, word: &str) -> Vec<usize> {
        let mut found: Vec<usize> =
            keys(word).into_iter().filter_map(|key| self.names.get(&key)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        let is_meant = |place: &usize| {
            let (meant, _) = &self.words[*place];
            let is_plural = [meant.as_str(), word].iter().all(|it| it.len() >= FEWEST)
                && (meant.strip_suffix(['s', 'x']) == Some(word) || word.strip_suffix(['s', 'x']) == Some(meant));
            let is_long = meant.chars().count() >= LONG && word.chars().count() >= LONG;
            meant == word || is_plural || is_long && strsim::osa_distance(meant, word) <= 1
        };
        found.into_iter().filter(is_meant).map(|place| self.words[place].1).collect()
    }

    /// The words and their names.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, usize)> {
        self.words.iter().map(|(word, name)| (word.as_str(), *name))
    }
}

/// A word, and what is left of it without one of its letters: two words that are one letter off share one of these.
fn keys(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let without =
        |left: usize| letters.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, letter)| letter).collect();
    std::iter::once(word.to_owned()).chain((0..letters.len()).map(without)).collect()
}
