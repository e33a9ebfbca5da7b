//! Addresses in running text: what is one, and where a click on it leads.

use crate::content::{Block, Run};

/// Where an address leads: a page or a mailbox, typed with or without its scheme.
pub(super) fn target(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(|c: char| c.is_whitespace() || "<>\"«»".contains(c)) {
        return None;
    }
    let lower = text.to_lowercase();
    let page = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    if page.or_else(|| lower.strip_prefix("www.")).is_some_and(is_host) {
        return Some(if page.is_some() { text.to_owned() } else { format!("https://{text}") });
    }
    let (scheme, address) = match lower.strip_prefix("mailto:") {
        Some(_) => ("", &text["mailto:".len()..]),
        None => ("mailto:", text),
    };
    is_mailbox(address).then(|| format!("{scheme}{text}"))
}

/// Whether a text opens with the address of a page.
pub(super) fn opens(text: &str) -> bool {
    let is = |start: &str| text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    is("https://") || is("http://") || is("www.")
}

fn is_host(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.split('.').all(|label| !label.is_empty()) && (host.contains('.') || host == "localhost")
}

fn is_mailbox(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    !name.is_empty()
        && name.chars().all(plain)
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && host.rsplit('.').next().is_some_and(|end| end.len() >= 2 && end.chars().all(char::is_alphabetic))
}

/// A text in pieces: words, and addresses with where they lead. Marks of the sentence around an address are none of it.
pub(super) fn bare(text: &str) -> Vec<(&str, Option<String>)> {
    let mut pieces = Vec::new();
    let mut written = 0;
    for (start, token) in tokens(text) {
        let opened = token.trim_start_matches(|c: char| "([{«“\"'’—–".contains(c));
        let mut address = opened.trim_end_matches(|c: char| ".,;:!?…»”\"'’}]".contains(c));
        // A bracket that the address did not open closes the sentence's.
        while address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
            address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        }
        // What stands in angle brackets is an address as such: they are not said.
        let bracketed = address.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        if let Some(target) = target(bracketed.unwrap_or(address)) {
            let start = start + (token.len() - opened.len());
            let around = usize::from(bracketed.is_some());
            pieces.push((&text[written..start], None));
            pieces.push((&text[start + around..start + address.len() - around], Some(target)));
            written = start + address.len();
        }
    }
    pieces.push((&text[written..], None));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// Blocks for who cannot click: where a link leads stands behind its words.
pub(super) fn shown(mut blocks: Vec<Block>) -> Vec<Block> {
    fn show(runs: &mut [Run]) {
        for run in runs {
            if let Some(link) = run.link.as_ref().filter(|link| target(&run.text).as_ref() != Some(link)) {
                run.text = format!("{} ({link})", run.text);
            }
        }
    }
    fn visit(blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { runs, .. } | Block::Paragraph { runs } => show(runs),
                Block::List { items, .. } => items.iter_mut().for_each(|item| visit(item)),
                Block::Quote { blocks } | Block::Part { blocks, .. } => visit(blocks),
                Block::Table { head, rows, .. } => {
                    head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| show(cell));
                }
                Block::Rule | Block::Picture { .. } => {}
            }
        }
    }
    visit(&mut blocks);
    blocks
}

/// The words of a text with their places.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace).map(|token| (token.as_ptr().addr() - text.as_ptr().addr(), token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_without_the_marks_around_them() {
        for (text, address, leads) in [
            ("Voir www.exemple.fr.", "www.exemple.fr", "https://www.exemple.fr"),
            (
                "(https://fr.wikipedia.org/wiki/Acier_(m%C3%A9tal))",
                "https://fr.wikipedia.org/wiki/Acier_(m%C3%A9tal)",
                "",
            ),
            ("écrire à j.dupont@exemple.fr ; merci", "j.dupont@exemple.fr", "mailto:j.dupont@exemple.fr"),
            ("« http://exemple.fr/a?b=c »", "http://exemple.fr/a?b=c", ""),
            ("mailto:x@exemple.fr", "mailto:x@exemple.fr", "mailto:x@exemple.fr"),
            ("Réponse : <https://exemple.fr/a_b>.", "https://exemple.fr/a_b", ""),
        ] {
            let found: Vec<_> = bare(text).into_iter().filter_map(|(words, leads)| Some((words, leads?))).collect();
            let leads = if leads.is_empty() { address } else { leads };
            assert_eq!(found, [(address, leads.to_owned())], "{text}");
            let said: String = bare(text).iter().map(|(words, _)| *words).collect();
            assert_eq!(said, text.replace(['<', '>'], ""));
        }
        for text in ["M. Durand", "a@b", "https://", "www.", "30.000", "fin.Début", "@exemple.fr"] {
            assert_eq!(bare(text), [(text, None)], "{text}");
        }
    }
}
