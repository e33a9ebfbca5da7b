//! Findings: sentences that figures prove. Those that are as large are named together; a time in progress is compared with
//! nothing.

use super::Row;
use crate::figures::{Figure, Phrase, phrase};
use crate::wording;

/// What is counted, and what its classes are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    /// « entreprise ».
    pub(crate) one: &'static str,
    /// « entreprises ».
    pub(crate) many: &'static str,
    /// What several classes are called: « thèmes ».
    pub(crate) classes: &'static str,
    /// Whether that is feminine.
    pub(crate) is_feminine: bool,
}

/// The most classes that a finding names.
const NAMED: usize = 2;

/// Which classes are the largest: one, two that are equal by their names, more by their number.
#[must_use]
pub(crate) fn leaders(rows: &[Row], noun: &Noun) -> Phrase {
    let named = || rows.iter().filter(|row| row.is_named && !row.whole.is_secret());
    let Some(largest) = named().max_by_key(|row| row.whole.amount()).filter(|row| !row.whole.is_zero()) else {
        return phrase![format!("Aucune classe {} ne se détache", wording::de(noun.many))];
    };
    let first: Vec<&Row> = named().filter(|row| row.whole.amount() == largest.whole.amount()).collect();
    let counted = largest.whole.counted(noun.one, noun.many);
    if first.len() <= NAMED {
        let names: Vec<String> = first.iter().map(|row| row.name.clone()).collect();
        let lead = if first.len() == 1 { "en tête" } else { "en tête à égalité" };
        return phrase![format!("{}, {lead}\u{a0}: ", wording::capitalized(&wording::enumeration(&names))), counted];
    }
    let number = wording::cardinal(first.len() as u64, noun.is_feminine);
    let each = if noun.is_feminine { "chacune" } else { "chacun" };
    let number = wording::capitalized(&number);
    phrase![format!("{number} {} à égalité\u{a0}: ", noun.classes), counted.with(&format!(" {each}"))]
}

/// How much of a whole is what matters: « 26 entreprises accompagnées sur 99 rencontrées ».
#[must_use]
pub(crate) fn part_of(part: &Figure, whole: &Figure, part_noun: [&str; 2], whole_noun: [&str; 2]) -> Phrase {
    let part_printed = part.counted(part_noun[0], part_noun[1]);
    phrase![part_printed, " sur ", whole.counted(whole_noun[0], whole_noun[1])]
}

/// How a figure compares with the time before: « 137 échanges au semestre, 25 de plus qu’au précédent ». A time in progress is
/// told with its days, and compared with nothing.
#[must_use]
pub(crate) fn change(now: &Figure, before: Option<&Figure>, noun: [&str; 2], progress: Option<&str>) -> Phrase {
    if now.is_secret() {
        return phrase![format!("{}\u{a0}: chiffre couvert par le secret statistique", wording::capitalized(noun[1]))];
    }
    let counted = now.counted(noun[0], noun[1]);
    if let Some(days) = progress {
        return phrase![counted, format!(", {days}")];
    }
    let Some(before) = before.filter(|before| !before.is_secret()) else {
        return phrase![counted, " au semestre"];
    };
    let change = now.change_from(before);
    match change.amount() {
        0 => phrase![counted, " au semestre, autant qu’au précédent"],
        less @ ..0 => phrase![counted, " au semestre, ", difference(&change, less), " de moins qu’au précédent"],
        more => phrase![counted, " au semestre, ", difference(&change, more), " de plus qu’au précédent"],
    }
}

/// The size of a change, as a figure of its own.
fn difference(change: &Figure, by: i64) -> crate::figures::Printed {
    let size = crate::figures::Quantity::Count(by.abs());
    Figure::new(
        format!("{}.ecart", change.name()),
        format!("écart, {}", change.label()),
        size,
        change.sources().clone(),
    )
    .count()
}
