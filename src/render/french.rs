//! What the language of templates says of a slip, in French, with what to write instead.

use crate::wording::fold;

/// What people write for a word of the language.
const MEANT: [(&str, &str); 9] = [
    ("si", "if"),
    ("sinon", "else"),
    ("sinonsi", "elif"),
    ("finsi", "endif"),
    ("fin", "endif"),
    ("pour", "for"),
    ("pourchaque", "for"),
    ("finpour", "endfor"),
    ("soit", "set"),
];

/// Words that open a tag, and no value.
const TAGS: [&str; 8] = ["if", "elif", "else", "endif", "for", "endfor", "set", "include"];

/// The word of a tag that stands where a value would: `{{ if x }}`.
fn tag_word(line: &str) -> Option<&str> {
    let opened = line.split("{{").skip(1).filter_map(|inside| inside.split("}}").next());
    let words = opened.filter_map(|inside| inside.split_whitespace().next());
    words.into_iter().find(|word| TAGS.contains(word))
}

/// What a message says first: the call that it is about.
pub(super) fn called(snippet: &str) -> String {
    if snippet.is_empty() { String::new() } else { format!("« {snippet} » : ") }
}

/// A slip, as the language tells it, in French; `line` is where it stands.
pub(super) fn syntax(detail: &str, line: &str) -> String {
    if let Some(word) = tag_word(line) {
        return format!(
            "« {{{{ {word} » : une balise s’écrit {{% {word} … %}}, et {{{{ … }}}} ne fait qu’écrire une valeur"
        );
    }
    match detail {
        text if text.contains("unexpected `=`") && line.contains("{%") => {
            "« = » ne compare pas : deux valeurs se comparent par « == »".to_owned()
        }
        text if text.contains("unexpected end of input") => {
            "la fin du fichier arrive trop tôt : une balise n’est pas fermée".to_owned()
        }
        text if text.contains("unexpected end of") => "une accolade n’est pas fermée".to_owned(),
        text if text.starts_with("unexpected") => {
            let (found, expected) =
                text.trim_start_matches("unexpected ").split_once(", expected ").unwrap_or((text, ""));
            let found = format!("inattendu : {}", token(found));
            if expected.is_empty() { found } else { format!("{found} ; attendu : {}", token(expected)) }
        }
        text if text.contains("unknown statement") => {
            let word = text.trim_start_matches("unknown statement ");
            let meant = MEANT.iter().find(|(french, _)| *french == fold(word));
            let meant = meant.map_or_else(String::new, |(_, word)| format!(" ; vouliez-vous dire « {word} » ?"));
            format!("instruction inconnue : {word}{meant}")
        }
        text => text.to_owned(),
    }
}

/// A sign of the language, as people call it.
fn token(token: &str) -> &str {
    match token {
        "identifier" => "un mot",
        "string" => "un texte entre guillemets",
        "integer" | "float" => "un nombre",
        "start of variable block" => "{{",
        "end of variable block" => "}}",
        "start of block" => "{%",
        "end of block" => "%}",
        "template-data" => "du texte",
        "expression" => "une valeur",
        token => token.trim_matches('`'),
    }
}

#[cfg(test)]
mod tests {
    use super::syntax;

    #[test]
    fn a_slip_says_what_to_write_instead() {
        for (detail, line, told) in [
            ("unexpected `=`, expected end of block", "{% if a.b = \"x\" %}", "« == »"),
            ("unexpected identifier, expected end of variable block", "{{ if a }}x", "{% if … %}"),
            ("unknown statement si", "{% si a %}", "« if »"),
            ("unknown statement Sinon", "{% Sinon %}", "« else »"),
            ("unexpected string, expected end of variable block", "{{ a 'x' }}", "attendu : }}"),
        ] {
            assert!(syntax(detail, line).contains(told), "{detail}: {}", syntax(detail, line));
        }
    }
}
