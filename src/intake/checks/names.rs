//! Names of partners in free text: the same words with other accents, hyphens or spaces than the sheet Partenaires has.

use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::model::rows::{Record, Table};
use crate::model::{Scope, Visitor};
use crate::records::{Field, Kind};
use crate::wording::fold;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let names = Names::new(scope);
    scope.visit(&mut Drift { scope, names, problems });
}

/// Looks at every free text of every sheet.
struct Drift<'a, 's> {
    scope: &'a Scope<'s>,
    names: Names<'a>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Visitor for Drift<'_, '_> {
    fn visit<T: Record>(&mut self, _: &Table<T>) {
        let is_free = |kind: Kind| matches!(kind, Kind::Text | Kind::Markdown);
        // What a firm or a partner is called is its own matter.
        let is_name = |heading: &str| heading == T::SAYS || ["Nom officiel", "Nom usuel"].contains(&heading);
        let columns = T::SHEET.columns.iter().filter(|column| is_free(column.kind) && !column.person);
        for column in columns.filter(|column| !T::SHEET.confidential || !is_name(column.heading)) {
            if T::NAME == "Partenaires" && is_name(column.heading) {
                continue;
            }
            for row in self.scope.rows::<T>() {
                let Some(Field::Text(text)) = row.field(column) else { continue };
                if let Some((found, canonical)) = self.names.drifted(&text) {
                    self.problems.push(at(row, column, checks::drifting_name(found, canonical)));
                }
            }
        }
    }
}

/// The names of all partners that can drift: those of one word would be met as common words.
struct Names<'a> {
    /// The letters of each name alone, and the name; longer names first.
    known: Vec<(String, &'a str)>,
}

impl<'a> Names<'a> {
    fn new(scope: &'a Scope) -> Self {
        let names = scope.partners().flat_map(|partner| [partner.usual_name(), partner.official_name()]);
        let several = names.filter(|name| words(name).len() > 1);
        let mut known: Vec<(String, &str)> = several.map(|name| (letters_of(name), name)).collect();
        known.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
        Self { known }
    }

    /// The first name in a text that drifts, as it is written there and as it should be.
    fn drifted<'t>(&self, text: &'t str) -> Option<(&'t str, &'a str)> {
        let words = words(text);
        let folded: Vec<String> = words.iter().map(|(start, end)| fold(&text[*start..*end])).collect();
        (0..words.len()).find_map(|first| {
            self.known.iter().find_map(|(letters, name)| {
                let length = run(&folded[first..], letters)?;
                let found = &text[words[first].0..words[first + length - 1].1];
                (is_name(text, words[first].0, found) && !self.is_right(found)).then_some((found, *name))
            })
        })
    }

    /// Whether a name, or a part of one, is written just so; case and the shapes of apostrophes and hyphens do not count,
    /// nor do accents in capitals.
    fn is_right(&self, found: &str) -> bool {
        let same = if found.chars().any(char::is_lowercase) { keep_accents } else { fold };
        self.known.iter().any(|(_, name)| same(name).contains(&same(found)))
    }
}

/// How many words, from the first, make up exactly these letters.
fn run(words: &[String], letters: &str) -> Option<usize> {
    let mut rest = letters;
    for (index, word) in words.iter().enumerate() {
        rest = rest.strip_prefix(word.as_str())?;
        if rest.is_empty() {
            return Some(index + 1);
        }
    }
    None
}

/// Whether words that have the letters of a name are meant as one: with a capital, without a stop between them, and not
/// in an address or a hashtag.
fn is_name(text: &str, start: usize, found: &str) -> bool {
    let around = text[..start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let token = text[start - around.len()..].split(char::is_whitespace).next().unwrap_or_default();
    let joins = |c: char| c.is_alphanumeric() || c.is_whitespace() || is_apostrophe(c) || is_hyphen(c);
    found.starts_with(char::is_uppercase)
        && found.chars().all(joins)
        && !around.ends_with('#')
        && !["://", "www.", "@"].iter().any(|mark| token.contains(mark))
}

/// The words of a text, as byte ranges.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    for (start, character) in text.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
        let end = start + character.len_utf8();
        match words.last_mut() {
            Some((_, last)) if *last == start => *last = end,
            _ => words.push((start, end)),
        }
    }
    words
}

/// A name's letters and digits alone, folded.
fn letters_of(name: &str) -> String {
    words(name).iter().map(|(start, end)| fold(&name[*start..*end])).collect()
}

/// Folds all but accents.
fn keep_accents(text: &str) -> String {
    let one = |c: char| match c {
        _ if is_apostrophe(c) => '\'',
        _ if is_hyphen(c) => '-',
        _ => c,
    };
    let text: String = text.chars().map(one).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] =
        ["Caudrésis-Catésis", "Communauté d'agglomération du Caudrésis-Catésis", "Maubeuge Val de Sambre"];

    fn drifted(text: &str) -> Option<(&str, &str)> {
        let known = KNOWN.map(|name| (letters_of(name), name)).to_vec();
        Names { known }.drifted(text)
    }

    #[test]
    fn names_drift_by_accents_hyphens_and_spaces() {
        for found in ["Caudrésis Catésis", "Caudresis-Catesis", "Caudrésis-Catesis", "CaudrésisCatésis"] {
            let text = format!("Atelier au siège du {found}, à dix heures");
            assert_eq!(drifted(&text), Some((found, KNOWN[0])));
        }
        assert_eq!(drifted("À Maubeuge-Val-de-Sambre"), Some(("Maubeuge-Val-de-Sambre", KNOWN[2])));
    }

    #[test]
    fn names_that_are_right_and_words_that_are_none_are_left_alone() {
        for text in [
            "du Caudrésis‑Catésis",
            "COMMUNAUTÉ D’AGGLOMÉRATION DU CAUDRESIS-CATESIS",
            "le Caudrésis, Catésis et Avesnois",
            "à Maubeuge, val de Sambre",
            "https://www.caudresis-catesis.fr et Caudresis-Catesis@example.org",
            "#CaudresisCatesis",
            "Caudrésis",
            "",
        ] {
            assert_eq!(drifted(text), None, "{text}");
        }
    }
}
