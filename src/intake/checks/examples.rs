//! What an example left behind: addresses, names and places to fill that nobody replaced. One message a sheet or a setting,
//! none where the settings say that everything is an example.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::checks;
use crate::model::{Model, Tables, Territory};
use crate::wording::{counted, fold};

/// What stands where something of one's own should.
const LEFT: [&str; 5] =
    ["example.org", "à compléter", "Camille Exemple", "Nom du territoire", "Nom du titulaire du compte"];

/// What is left of an example in a text.
pub(crate) fn left_in(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    LEFT.into_iter().find(|left| folded.contains(&fold(left)))
}

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    if model.territory.is_example {
        return Vec::new();
    }
    let mut found = settings(&model.territory);
    for sheet in Tables::sheets() {
        let rows = model.tables.told(sheet.name);
        let mut cells =
            rows.iter().flat_map(|row| &row.cells).filter_map(|cell| Some((left_in(&cell.text)?, &cell.at)));
        if let Some((left, first)) = cells.next() {
            let more = cells.count();
            let place = match i64::try_from(more) {
                Ok(0) => "dans cette cellule".to_owned(),
                more => format!("dans cette cellule et {}", counted(more.unwrap_or(i64::MAX), "autre", "autres")),
            };
            found.push(checks::example_left(left, &place).at_cell(first.clone()));
        }
    }
    found
}

/// The settings that say what the example says.
fn settings(territory: &Territory) -> Vec<Diagnostic> {
    let texts = [
        ("territoire, nom", Some(&territory.name)),
        ("territoire, chef_de_projet", territory.manager.as_ref()),
        ("lettre, expediteur", Some(&territory.letter.sender)),
        ("lettre, desinscription", Some(&territory.letter.unsubscribe)),
        ("lettre, mentions", Some(&territory.letter.legal_notice)),
        ("demandes, titulaire", Some(&territory.requests.holder)),
    ];
    let told = |(key, text): (&str, Option<&String>)| {
        Some(checks::example_left(left_in(text?)?, &format!("dans territoire.toml ({key})")))
    };
    texts.into_iter().filter_map(told).collect()
}
