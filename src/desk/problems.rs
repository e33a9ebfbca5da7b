//! What is wrong, grouped by message, with the faulty rows alone and what to write instead.

use serde_json::{Value, json};

use super::answers::{self, Answer};
use super::home::frame;
use super::state::Shared;
use crate::diagnostics::messages::catalogue;
use crate::diagnostics::{Diagnostic, Excerpt, Place, Severity};
use crate::wording::{self, capitalized};

/// The most rows that are shown of one message.
const MOST_ROWS: usize = 40;

/// The page of all problems.
pub(super) fn page(shared: &Shared) -> Answer {
    let state = shared.state();
    let all: Vec<Diagnostic> = state.all_problems().into_iter().cloned().collect();
    let frame = frame(&state, "problemes");
    drop(state);
    let of = |severity: Severity| -> Vec<&Diagnostic> { all.iter().filter(|it| it.severity == severity).collect() };
    let data = json!({
        "cadre": frame,
        "erreurs": groups(&of(Severity::Error)),
        "avertissements": groups(&of(Severity::Warning)),
    });
    answers::page(200, "problemes.html", &data)
}

/// Problems by message, each group with its count, in the order in which they are met.
pub(super) fn groups(problems: &[&Diagnostic]) -> Vec<Value> {
    let mut groups: Vec<(&str, Vec<&Diagnostic>)> = Vec::new();
    for problem in problems {
        match groups.iter_mut().find(|(code, _)| *code == problem.code) {
            Some((_, group)) => group.push(problem),
            None => groups.push((problem.code, vec![problem])),
        }
    }
    groups.into_iter().map(|(code, group)| told(code, &group)).collect()
}

fn told(code: &str, group: &[&Diagnostic]) -> Value {
    let known = catalogue().into_iter().find(|message| message.code == code);
    let first = group.first().map(|problem| problem.message.as_str()).unwrap_or_default();
    let is_one = group.iter().all(|problem| problem.message == first);
    let messages: Vec<&str> = group.iter().map(|problem| problem.message.as_str()).collect();
    let title = common(&messages);
    let more = group.len().saturating_sub(MOST_ROWS);
    json!({
        "cle": code,
        "titre": capitalized(&title),
        "nombre": group.len(),
        "compte": wording::counted(i64::try_from(group.len()).unwrap_or(i64::MAX), "fois", "fois"),
        "cause": known.map(|message| message.cause),
        "remede": known.map(|message| message.cure),
        "lignes": group.iter().take(MOST_ROWS).map(|problem| row(problem, !is_one)).collect::<Vec<_>>(),
        "reste": more,
    })
}

/// What messages have in common: their first and last words, and between them, where they differ, a gap.
fn common(messages: &[&str]) -> String {
    let Some((first, others)) = messages.split_first() else { return String::new() };
    let words: Vec<&str> = first.split(' ').collect();
    let (mut before, mut after) = (words.len(), words.len());
    for other in others {
        let other: Vec<&str> = other.split(' ').collect();
        before = before.min(words.iter().zip(&other).take_while(|(one, other)| one == other).count());
        after = after.min(words.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count());
        after = after.min(other.len() - before);
    }
    if others.iter().all(|other| other == first) {
        return (*first).to_owned();
    }
    let after = after.min(words.len() - before);
    let parts = [&words[..before], &["…"], &words[words.len() - after..]];
    parts.concat().join(" ")
}

/// A problem at its place.
fn row(problem: &Diagnostic, with_message: bool) -> Value {
    let place = match &problem.place {
        Place::Nowhere => None,
        Place::File(file) => Some(file.clone()),
        Place::Sheet { file, sheet } => Some(format!("{} › {sheet}", short(file))),
        Place::Cell(cell) => Some(format!("{} › {} › {}", short(&cell.file), cell.sheet, cell.name())),
        Place::Line { file, line, .. } => Some(format!("{file}, ligne {line}")),
    };
    let (cells, source) = match &problem.excerpt {
        Some(Excerpt::Row { headings, cells, focus }) => {
            let cell = |(index, (heading, cell)): (usize, (&String, &String))| json!({ "titre": heading, "texte": cell, "fautive": index == *focus });
            (headings.iter().zip(cells).enumerate().map(cell).collect(), None)
        }
        Some(Excerpt::Source { text, .. }) => (Vec::new(), Some(text)),
        None => (Vec::new(), None),
    };
    let workbook = match &problem.place {
        Place::Cell(cell) => Some(cell.file.to_string()),
        Place::Sheet { file, .. } => Some(file.clone()),
        _ => None,
    };
    let proposed =
        problem.hints.iter().find_map(|hint| hint.strip_prefix("vouliez-vous dire « ")?.strip_suffix(" » ?"));
    let hints = problem.hints.iter().filter(|hint| proposed.is_none_or(|it| !hint.contains(it)));
    json!({
        "gravite": problem.severity,
        "lieu": place,
        "message": with_message.then(|| capitalized(&problem.message)),
        "classeur": workbook,
        "cellules": cells,
        "source": source,
        "propose": proposed,
        "aides": hints.map(|hint| capitalized(hint)).collect::<Vec<_>>(),
    })
}

/// A workbook without its folder.
pub(super) fn short(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn messages_of_one_kind_are_called_by_what_they_have_in_common() {
        assert_eq!(common(&["montant illisible « 1 »"]), "montant illisible « 1 »");
        assert_eq!(
            common(&["pas de SIRET pour A : vide", "pas de SIRET pour B C : vide"]),
            "pas de SIRET pour … : vide"
        );
        assert_eq!(common(&["a b", "a b"]), "a b");
        assert_eq!(common(&["a a", "a a a"]), "a a …");
        assert_eq!(common(&["un", "deux"]), "…");
    }
}
