//! Everything that is kept of a person, for the user: where it stands, and what is left for him to do.

use super::screen::Screen;
use crate::pipeline::{Dossier, Held, Mention, Report};
use crate::wording;

/// Tells what was found, and what became of it.
pub(super) fn told(screen: &Screen, dossier: &Dossier, report: &Report, erase: bool) {
    if screen.data(dossier, report) {
        return;
    }
    screen.problems(&report.problems);
    let line = |text: &String| format!("  {text}\n");
    let sections = [
        ("dans les classeurs", rows(&dossier.mentions)),
        ("dans les réglages et les textes", dossier.lines.iter().map(line).collect()),
        ("dans les listes d’envoi", dossier.lists.iter().map(file).collect()),
        ("dans les documents", dossier.documents.iter().map(file).collect()),
        ("à remettre", dossier.written.iter().map(line).collect()),
    ];
    for (title, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        screen.result(&format!("{title}\u{a0}:\n{}", lines.concat()));
    }
    if erase && report.problems.is_empty() {
        left(screen, dossier);
    }
}

/// The cells row by row.
fn rows(mentions: &[Mention]) -> Vec<String> {
    let of_one_row = |one: &Mention, other: &Mention| {
        (&one.at.file, &one.at.sheet, one.at.row) == (&other.at.file, &other.at.sheet, other.at.row)
    };
    let row = |row: &[Mention]| -> String {
        let place = row.first().map(|it| format!("  {} › {}, ligne {}\n", it.at.file, it.at.sheet, it.at.row));
        let cell = |it: &Mention| {
            let said = it
                .text
                .as_ref()
                .map_or("nommé parmi d’autres, ou dans un texte".to_owned(), |it| it.replace('\n', " "));
            format!("    {:<5}{}\u{a0}: {said}\n", it.at.name(), it.heading)
        };
        place.into_iter().chain(row.iter().map(cell)).collect()
    };
    mentions.chunk_by(of_one_row).map(row).collect()
}

fn file(held: &Held) -> String {
    let sent = held.sent.map(|day| format!(" (envoyé le {})", wording::date(day))).unwrap_or_default();
    format!("  {}{sent}\n", held.file)
}

/// What was erased, and what the user must do himself.
fn left(screen: &Screen, dossier: &Dossier) {
    for file in &dossier.erased {
        screen.message(&format!("effacé de {file}\n"));
    }
    screen.message("effacé de ce que le programme retient des feuilles\n");
    if !dossier.mentions.is_empty() || !dossier.lines.is_empty() {
        screen.message(
            "à effacer vous-même : les cellules et les lignes ci-dessus, que le programme ne modifie jamais ; tant qu’elles y \
             sont, elles reviennent\n",
        );
    }
    let (remade, sent) = dossier.by_sending();
    if !remade.is_empty() {
        screen.message(
            "les documents qui ne sont pas envoyés se refont ensuite sans la personne, par « liasse build »\n",
        );
    }
    if !sent.is_empty() {
        screen.message("les documents envoyés restent tels quels : ils font preuve (RGPD, article 17, paragraphe 3)\n");
    }
}
