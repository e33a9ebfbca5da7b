//! French spacing of running prose: the no-break spaces, the apostrophe and the quotes that nobody types in a spreadsheet.
//!
//! Only spaces and the shape of apostrophes and quotes change, never a word; links, addresses and code pass untouched.
//! Applying it twice gives what once gives.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What must not be touched: links, e-mail addresses, code between backquotes.
static OPAQUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"`[^`]*`|(?i:https?|mailto|ftp):[^\s<>«»]+|(?i:www)\.[^\s<>«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
});

/// The rules in order: a pattern and what it becomes. `S` stands for any horizontal space.
static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        // The apostrophe between letters.
        (r"(\p{L})'(?P<next>[\p{L}\d«])", "$1’$next"),
        // Spaces before double punctuation, and the ones that were forgotten at the end of a word.
        ("[S]+([;!?])", "\u{202f}$1"),
        (r"([\p{L}\p{N})\]»’”€%°])([;!?])", "$1\u{202f}$2"),
        (r"[S]+:", "\u{a0}:"),
        (r"([\p{L})\]»])(:)(\s|$)", "$1\u{a0}$2$3"),
        // Quotes of the keyboard around words; a mark of inches has no partner, or no space before it.
        (r#"(^|[\s(\[’'—–])"([^"\s](?:[^"]*[^"\s])?)"($|[^\p{L}\p{N}"])"#, "$1«\u{a0}$2\u{a0}»$3"),
        ("«[S]*", "«\u{a0}"),
        ("[S]*»", "\u{a0}»"),
        // Numbers and their units.
        (r"(\d)[S]*(€|%|‰|[kM]€|Md€)", "$1\u{a0}$2"),
        (r"\b(\d{1,2})[S]*h[S]*(\d{2})\b", "$1\u{a0}h\u{a0}$2"),
        (r"\b(\d{1,2})[S]+h\b", "$1\u{a0}h"),
        // Abbreviations that never end a line.
        (r"\b(MM?\.|Mmes?|Mlle|Dr|Me)[S]+(\p{Lu})", "$1\u{a0}$2"),
        (r"\b([nN]°s?|[nN]os|p\.|art\.|articles?|[LRD]\.)[S]+(\d)", "$1\u{a0}$2"),
        (r"\b(art\.|articles?)[S]+([LRD]\.)", "$1\u{a0}$2"),
        // Days and their month.
        (
            r"\b(\d{1,2}|1er)[S]+(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
            "$1\u{a0}$2",
        ),
    ]
    .into_iter()
    .map(|(rule, replacement)| (pattern(&rule.replace("[S]", "[ \u{a0}\u{202f}\u{2009}]")), replacement))
    .collect()
});

/// Groups of three digits that were typed with a space: « 10 833 », not « 2022 146 ».
static GROUPS: LazyLock<Regex> = LazyLock::new(|| pattern("\\d+(?:[ \u{a0}\u{202f}\u{2009}]\\d+)+"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).unwrap_or_else(|error| unreachable!("a rule of French spacing does not compile: {error}"))
}

/// Sets the spaces of French prose: U+202F before `; ! ?` and between groups of digits, U+00A0 before `: € % h`, inside
/// « » and after `M. Mme n° p. art. L. R.` and days; the apostrophe becomes ’, and straight quotes « ».
#[must_use]
pub fn prose(text: &str) -> String {
    // One rule may make room for another (« A:» »), so the rules run until nothing is left to do. Each only adds or
    // replaces spaces and marks, so that a few rounds always suffice; the bound guards against a rule that would break this.
    let mut text = text.to_owned();
    if !text.contains(may_need_spaces) {
        return text;
    }
    for _ in 0..8 {
        let next = round(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Whether a rule may have something to do where this character stands: every rule needs one of them.
fn may_need_spaces(character: char) -> bool {
    matches!(character, '\'' | '"' | ';' | '!' | '?' | ':' | '«' | '»' | '%' | '°' | 'M' | 'D' | 'L' | 'R')
        || character.is_numeric()
}

/// Applies every rule once to what is not a link, an address or code.
fn round(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 16);
    let mut position = 0;
    for opaque in OPAQUE.find_iter(text) {
        spaced.push_str(&space(&text[position..opaque.start()]));
        spaced.push_str(opaque.as_str());
        position = opaque.end();
    }
    spaced.push_str(&space(&text[position..]));
    spaced
}

fn space(text: &str) -> String {
    let grouped = GROUPS.replace_all(text, |found: &Captures| join_groups(&found[0]));
    RULES
        .iter()
        .fold(grouped.into_owned(), |text, (rule, replacement)| rule.replace_all(&text, *replacement).into_owned())
}

/// Gives the apostrophe between letters its shape: names that are typed with the key of the keyboard read as those that
/// are not.
#[must_use]
pub fn apostrophes(text: String) -> String {
    if !text.contains('\'') {
        return text;
    }
    let mut characters = text.chars().peekable();
    let mut before = ' ';
    let mut shaped = String::with_capacity(text.len() + 2);
    while let Some(character) = characters.next() {
        let between = before.is_alphabetic() && characters.peek().is_some_and(|next| next.is_alphanumeric());
        shaped.push(if character == '\'' && between { '’' } else { character });
        before = character;
    }
    shaped
}

/// Joins a run of digit groups where it is one number; a run such as « 03 27 00 00 00 » stays as it is.
fn join_groups(run: &str) -> String {
    let separator = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];
    let groups: Vec<&str> = run.split(separator).collect();
    let one_number = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if one_number { groups.join("\u{202f}") } else { run.to_owned() }
}

/// Whether two texts say the same, up to spaces and the shape of apostrophes and quotes.
#[must_use]
pub fn same_words(left: &str, right: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
            '’' | 'ʼ' => '\'',
            '«' | '»' => '"',
            other => other,
        })
    }
    words(left).eq(words(right))
}
