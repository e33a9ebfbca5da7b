//! Tags of a template that open something: the one that nothing closes, told where it stands and not where the file ends.

use crate::wording::fold;

/// A tag that opens, its line and what would close it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclosed<'t> {
    /// The tag as it is written: `{% if a %}`.
    pub(super) tag: &'t str,
    /// What is missing: `endif`.
    pub(super) end: String,
    /// Where it stands, in bytes.
    pub(super) at: usize,
}

/// What opens a block that an `end…` closes.
const OPENERS: [&str; 9] = ["if", "for", "block", "filter", "macro", "call", "autoescape", "raw", "with"];

/// The innermost tag that is open where a template ends, or where another closes instead of it.
pub(super) fn unclosed(source: &str) -> Option<Unclosed<'_>> {
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut from = 0;
    while let Some(start) = source[from..].find("{%").map(|at| from + at) {
        let length = source[start..].find("%}")? + 2;
        let tag = &source[start..start + length];
        let word =
            tag.trim_start_matches(['{', '%', '-', '+', ' ', '\n']).split(|c: char| !c.is_ascii_alphabetic()).next();
        let word = word.unwrap_or_default();
        match word.strip_prefix("end") {
            Some(closed) => match open.last() {
                Some((kind, ..)) if *kind == closed || closed == "set" => drop(open.pop()),
                Some(_) => break,
                None => return None,
            },
            // `{% set a %}…{% endset %}` opens, `{% set a = 1 %}` does not.
            None if word == "set" && !tag.contains('=') => open.push(("set", tag, start)),
            None if OPENERS.contains(&word) => open.push((word, tag, start)),
            None => {}
        }
        from = start + length;
    }
    open.pop().map(|(kind, tag, at)| Unclosed { tag, end: format!("end{kind}"), at })
}

/// A name with spaces between two braces, as it is written and as it should be: « entreprise.Raison sociale ».
pub(super) fn spaced_name(line: &str) -> Option<(String, String)> {
    line.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).find_map(|(inside, _)| {
        let name = inside.split('|').next().unwrap_or_default().trim();
        let (row, column) = name.split_once('.')?;
        let is_quoted = column.matches('\'').count() > 1;
        let is_words =
            !is_quoted && column.contains(' ') && column.chars().all(|c| c.is_alphanumeric() || " '’-.".contains(c));
        let is_row = row.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let folded = fold(column);
        let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').collect();
        // « a if b else c » is no name.
        let is_language = words.iter().any(|word| ["if", "else", "and", "or", "not", "is", "in"].contains(word));
        (is_words && is_row && !is_language).then(|| (name.to_owned(), format!("{row}.{}", words.join("_"))))
    })
}

#[cfg(test)]
mod tests {
    use super::{spaced_name, unclosed};

    #[test]
    fn a_name_with_spaces_is_told_as_it_should_be_written() {
        let found = spaced_name("le {{ agenda.Date de fin | date }} et {{ x }}");
        assert_eq!(found, Some(("agenda.Date de fin".to_owned(), "agenda.date_de_fin".to_owned())));
        assert_eq!(spaced_name("{{ agenda.lieu if agenda.lieu else x }} {{ a . b }}"), None);
    }

    #[test]
    fn the_tag_that_nothing_closes_is_found_where_it_opens() {
        let tag = |source| unclosed(source).map(|found| (found.tag, found.end));
        assert_eq!(tag("a {% if b %}c\n{% for d in e %}f{% endfor %}"), Some(("{% if b %}", "endif".to_owned())));
        assert_eq!(tag("{% if b %}{% for d in e %}f{% endif %}"), Some(("{% for d in e %}", "endfor".to_owned())));
        assert_eq!(tag("{% set a = 1 %}{%- if b -%}{% elif c %}{% else %}{%- endif -%}"), None);
        assert_eq!(tag("{% endif %}"), None);
    }
}
