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
    let mut take = |character: char| match character {
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
    };
    // Most letters are plain, and marks that others carry are dropped: each is taken by itself.
    for character in text.chars() {
        if character.is_ascii() {
            take(character);
        } else {
            let letters = std::iter::once(character).nfkd();
            letters.filter(|it| !unicode_normalization::char::is_combining_mark(*it)).for_each(&mut take);
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

/// A text whose accents are parts of their letters.
#[must_use]
pub fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfc().collect()
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

/// A file's name without what says its format.
#[must_use]
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The words of a file's name: « plan_de-financement 2022-2023.pdf » is « plan de financement 2022-2023 ».
#[must_use]
pub fn name_of_file(name: &str) -> String {
    let stem: Vec<char> = stem(name).chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| stem.get(at)).is_some_and(char::is_ascii_digit);
    let word = |(at, character): (usize, &char)| match character {
        '_' => ' ',
        '-' if !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))) => ' ',
        other => *other,
    };
    let spaced: String = stem.iter().enumerate().map(word).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most characters of a file's or folder's name: with the folders above it and those below, the whole path must stay
/// within what the programs of Windows open (218 for Excel).
const LONGEST_NAME: usize = 80;

/// Why a name cannot be that of a file or folder on every system, if it cannot: Windows keeps some names for its devices,
/// takes some signs for its own, and drops dots and spaces at the end.
#[must_use]
pub fn improper_name(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |port: &str| {
        stem.strip_prefix(port)
            .is_some_and(|rest| matches!(rest.chars().collect::<Vec<_>>()[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || is_port("com") || is_port("lpt")
    {
        Some("Windows garde ce nom pour un périphérique")
    } else if name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) || name.contains(char::is_control) {
        Some("l’un de ses signes ne s’écrit pas dans un nom de fichier (/ \\ : * ? \" < > |)")
    } else if name.is_empty() || name.starts_with(['.', '~']) || name.ends_with(['.', ' ']) {
        Some("il commence ou finit par un point, une espace ou un tilde")
    } else if name.chars().count() > LONGEST_NAME {
        Some("il est trop long : 80 caractères au plus")
    } else {
        None
    }
}
