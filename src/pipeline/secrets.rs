//! The search of finished files for names that their readers must not meet.
//!
//! The model was narrowed before the document was drafted; this proves it over what came out.

use crate::diagnostics::fold;

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
}

/// Names of fewer letters are searched as whole words.
const SHORT: usize = 8;

impl<'a> Secrets<'a> {
    pub(super) fn new(names: &'a [String]) -> Self {
        let secret = |name: &'a String| Secret { name, bare: bare(name), folded: format!(" {} ", words(name)) };
        Self { names: names.iter().filter(|name| !name.trim().is_empty()).map(secret).collect() }
    }

    /// The names that stand in a text.
    pub(super) fn found_in(&self, text: &str) -> impl Iterator<Item = &'a str> {
        let (bare, folded) = if self.names.is_empty() {
            (String::new(), String::new())
        } else {
            (bare(text), format!(" {} ", words(text)))
        };
        self.names.iter().filter_map(move |secret| {
            let found =
                if secret.bare.len() < SHORT { folded.contains(&secret.folded) } else { bare.contains(&secret.bare) };
            found.then_some(secret.name)
        })
    }
}

fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn words(text: &str) -> String {
    let spaced: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    #[test]
    fn names_are_found_across_lines_and_hyphens_and_short_ones_as_words() {
        let names = ["Fonderies d’Aubrecour".to_owned(), "ARC".to_owned()];
        let secrets = Secrets::new(&names);
        let found = |text: &str| secrets.found_in(text).collect::<Vec<_>>();
        assert_eq!(found("les fonderies d'Aubre-\ncour sont"), ["Fonderies d’Aubrecour"]);
        assert_eq!(found("la marche de l'arche"), Vec::<&str>::new());
        assert_eq!(found("chez Arc, hier"), ["ARC"]);
    }
}
