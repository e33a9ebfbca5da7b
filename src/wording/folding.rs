//! What counts as the same words: case, accents, kinds of spaces, apostrophes and hyphens do not matter.

/// The nearest of `candidates` to `found`, when one is near enough to be meant and no other is as near: for
/// « vouliez-vous dire … ? ».
#[must_use]
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = fold(found);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&found, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count().min(found.chars().count()) / 4)
        .collect();
    near.sort_unstable();
    near.dedup();
    match near.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        near => near.first().map(|(_, candidate)| *candidate),
    }
}

/// Folds a text for comparison: lower case, no accents, one kind of space, apostrophe and hyphen, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() && !text.contains('`') {
        for word in text.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    for character in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match character {
            '’' | 'ʼ' | '‘' | '`' | '´' => folded.push('\''),
            '‐' | '‑' | '–' | '—' | '\u{ad}' => folded.push('-'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.trim().to_owned()
}

/// Whether a text folds to one that is folded already: `fold(text) == folded`. Where their first letters differ, as they
/// mostly do, nothing is folded.
pub(crate) fn folds_to(text: &str, folded: &str) -> bool {
    let first = text.bytes().next().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    first.is_none_or(|first| folded.bytes().next() == Some(first)) && fold(text) == folded
}

/// Whether Windows keeps a file's name, with any ending, for one of its devices.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_port = |port: &str| stem.strip_prefix(port).is_some_and(|rest| rest.len() == 1);
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || ["com", "lpt"].iter().any(|port| is_port(port))
}

/// A code as part of a file's name: plain letters, digits and hyphens, on every system.
#[must_use]
pub fn file_name(code: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    code.nfd()
        .filter(char::is_ascii)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect()
}
