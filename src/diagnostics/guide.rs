//! The catalogue of messages as a page: each code with its cause and its cure.

use std::fmt::Write as _;

use super::Severity;
use super::messages::catalogue;

/// The page, in Markdown, sorted by code.
#[must_use]
pub fn catalogue_page() -> String {
    let mut entries = catalogue();
    entries.sort_by_key(|entry| entry.code);
    let mut page = String::from(
        "# Les messages de liasse\n\nChaque message porte un code stable. Devant le code, le nom du classeur ou du fichier \
         dit où il a été trouvé\u{a0}: `finances/montant-illisible`.\n",
    );
    for entry in entries {
        let severity = if entry.severity == Severity::Error { "Erreur" } else { "Avertissement" };
        let _ = write!(page, "\n## {}\n\n*{severity}.* {}\n\n**Remède.** {}\n", entry.code, entry.cause, entry.cure);
    }
    page
}
