//! Phrases that may stand in documents though they look like the name of a firm, as `territoire.toml` lists them under
//! `[[permis]]`: each with the reason.

use toml::Spanned;
use toml::de::DeValue;

use super::territory::unknown;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;
use crate::model::Allowed;
use crate::wording::nearest;

/// The section that lists them.
pub(super) const SECTION: &str = "permis";

/// The keys of an entry: the phrase, and why it may stand.
const KEYS: [&str; 2] = ["texte", "motif"];

/// The phrases, and what is wrong with their entries, where it stands in the settings.
pub(super) fn read(section: &Spanned<DeValue>) -> (Vec<Allowed>, Vec<(Diagnostic, usize)>) {
    let (mut allowed, mut faults) = (Vec::new(), Vec::new());
    let entries = section.get_ref().as_array();
    if entries.is_none() {
        faults.push((
            files::invalid_setting(SECTION, "chaque texte permis s’écrit sous [[permis]]"),
            section.span().start,
        ));
    }
    for entry in entries.into_iter().flat_map(|entries| entries.iter()) {
        let start = entry.span().start;
        let Some(table) = entry.get_ref().as_table() else {
            faults.push((files::invalid_setting(SECTION, "chaque texte permis s’écrit sous [[permis]]"), start));
            continue;
        };
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            faults.push((unknown(name, nearest(name, KEYS)), key.span().start));
        }
        let [text, reason] = KEYS.map(|key| {
            let value = table.get(key);
            let found = value.and_then(|value| value.get_ref().as_str()).map(str::trim).filter(|text| !text.is_empty());
            if found.is_none() {
                let at = value.map_or(start, |value| value.span().start);
                faults.push((files::invalid_setting(key, "un texte entre guillemets est attendu"), at));
            }
            found.map(ToOwned::to_owned)
        });
        allowed.extend(text.zip(reason).map(|(text, reason)| Allowed { text, reason }));
    }
    (allowed, faults)
}
