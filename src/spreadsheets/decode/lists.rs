//! Answers and values of closed lists as people write them.

use super::{Decoded, Value, line};
use crate::diagnostics::messages::cells;
use crate::records::Label;
use crate::wording::{fold, nearest};

/// Yes or no: oui, non, x, 1, 0, VRAI, FAUX.
pub(in super::super) fn yes_no(value: &Value) -> Decoded<bool> {
    let found = || line(value);
    match value {
        Value::Boolean(boolean) => Ok(*boolean),
        Value::Number(number) if *number == 1.0 => Ok(true),
        Value::Number(number) if *number == 0.0 => Ok(false),
        Value::Text(_) => match fold(&found()).as_str() {
            "oui" | "o" | "x" | "vrai" | "1" | "ok" | "✓" | "✔" | "☑" => Ok(true),
            "non" | "n" | "faux" | "0" | "☐" => Ok(false),
            _ => Err(cells::unreadable_yes_no(&found())),
        },
        _ => Err(cells::unreadable_yes_no(&found())),
    }
}

/// The indexes of values of a closed list, separated by `;`, commas or lines.
pub(in super::super) fn choices(value: &Value, heading: &str, labels: &[Label]) -> Decoded<Vec<usize>> {
    let text = super::paragraphs(value);
    let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| choice(&Value::Text(part.to_owned()), heading, labels)).collect()
}

/// The index of a value in a closed list, matched without regard to case, accents, spaces and apostrophes, gender and number.
pub(in super::super) fn choice(value: &Value, heading: &str, labels: &[Label]) -> Decoded<usize> {
    let found = line(value);
    let names = |label: &Label| std::iter::once(label.name).chain(label.also.iter().copied());
    let exact = labels.iter().position(|label| label.name == found);
    let alike = || {
        let folded = fold(&found);
        labels.iter().position(|label| names(label).any(|name| fold(name) == folded))
    };
    let akin = || {
        let wanted = stem(&found);
        let mut akin = (0..labels.len()).filter(|index| names(&labels[*index]).any(|name| stem(name) == wanted));
        akin.next().filter(|_| akin.next().is_none())
    };
    exact.or_else(alike).or_else(akin).ok_or_else(|| {
        let diagnostic = cells::not_in_list(heading, &found, &Label::list(labels));
        match nearest(&found, labels.iter().map(|label| label.name)) {
            Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
            None => diagnostic,
        }
    })
}

/// A name without what gender and number put behind its words, and without what joins them: « Lauréates » is « Lauréat »,
/// « feuille de route » is « feuille-de-route ».
fn stem(name: &str) -> String {
    let word = |word: &str| {
        let word = word.trim_end_matches(['.', ':']);
        let bare = word.trim_end_matches("(s)").trim_end_matches("(e)");
        // « CAS » is no « CA ».
        if bare.len() < 4 { bare.to_owned() } else { bare.trim_end_matches('s').trim_end_matches('e').to_owned() }
    };
    fold(name)
        .split([' ', '-', '/', '\'', '·'])
        .filter(|part| !part.is_empty() && *part != "e")
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}
