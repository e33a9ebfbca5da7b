//! Texts as people type and paste them, made into the Markdown that they mean.
//!
//! Markdown was made for programmers: it takes « + 12 % » for a list, « > 250 salariés » for a quotation, « 5*3 et 4*2 » for
//! italics. Here a mark counts only where a reader would take it for one; all others are escaped and printed as typed. What
//! Word leaves behind (bullets, tabs, single line breaks) becomes what it stood for.

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A cell of several lines.
    Cell,
    /// One line of a cell: styles and links, no block.
    Line,
    /// A template: its author writes lists whose items may open with any value.
    Template,
}

/// Opens and closes bold, in the text that goes to the parser: it knows no other emphasis than these characters.
pub(super) const STRONG: (char, char) = ('\u{F_FFF1}', '\u{F_FFF2}');
/// Opens and closes italics.
pub(super) const EMPHASIS: (char, char) = ('\u{F_FFF3}', '\u{F_FFF4}');

/// The marks that open an item, as keyboards and Word make them.
const BULLETS: &str = "-*•–—·▪●○◦‣■□➢➤➔→✓✔";
/// Those that no sentence opens with: a space behind them may be missing.
const GLYPHS: &str = "•▪●○◦‣■□➢➤";

/// How deep lists stand in lists.
const MOST_LEVELS: usize = 6;
/// How many rows of marks may wait for the one that closes them.
const MOST_OPEN: usize = 64;
/// How many bytes an address between brackets has at most.
const MOST_ADDRESS: usize = 2048;

/// The Markdown that a text means.
pub(super) fn prepare(text: &str, origin: Origin) -> String {
    let text = text.replace(is_style, "");
    if origin == Origin::Line {
        let words: Vec<&str> = text.split_whitespace().collect();
        return inline(&literal(&words.join(" ")));
    }
    let mut writer = Writer { origin, ..Writer::default() };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(first) = quoted(line).filter(|rest| !writer.fenced && opens_words(rest)) {
            let mut inner = first.to_owned();
            while let Some(next) = lines.peek().and_then(|line| quoted(line)) {
                inner.push('\n');
                inner.push_str(next);
                lines.next();
            }
            writer.quote(&inner);
        } else {
            writer.line(line);
        }
    }
    writer.flush();
    writer.out
}

/// Whether a character opens or closes a style.
pub(super) fn is_style(character: char) -> bool {
    (STRONG.0..=EMPHASIS.1).contains(&character)
}

/// What stands behind the mark of a quotation.
fn quoted(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('>').map(str::trim_start)
}

/// Whether a text opens with a word, and not with a number or a sign: « - 30 % » is a number.
fn opens_words(text: &str) -> bool {
    text.chars().next().is_some_and(|first| !first.is_numeric() && !"+-−=<>~±×÷≈≤≥%€$£/.,;:)!?|".contains(first))
}

/// Whether a text opens with an amount or a percentage: the dash before it is its sign.
fn is_quantity(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}');
    let unit = text.trim_start_matches(number);
    unit.len() < text.len() && ["%", "‰", "€", "k€", "M€", "Md€"].iter().any(|known| unit.starts_with(known))
}

/// Writes lines whose marks are sure.
struct Writer {
    origin: Origin,
    out: String,
    /// The lines of one paragraph or item that are not written yet: what stands before the text, and the text.
    open: Vec<(String, String)>,
    /// The open lists: the column of the mark in the source, and what their items are indented by in what is written.
    lists: Vec<(usize, usize)>,
    /// The number of the last numbered item.
    number: Option<u64>,
    after_blank: bool,
    fenced: bool,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            origin: Origin::Cell,
            out: String::new(),
            open: Vec::new(),
            lists: Vec::new(),
            number: None,
            after_blank: true,
            fenced: false,
        }
    }
}

impl Writer {
    fn line(&mut self, line: &str) {
        let text = line.trim();
        if text.starts_with("```") || self.fenced {
            self.fenced ^= text.starts_with("```");
            self.flush();
            self.put(line);
        } else if text.is_empty() {
            self.flush();
            self.put("");
            self.after_blank = true;
        } else if is_rule(text) {
            self.apart("---");
        } else if is_heading(text) {
            self.apart(&inline(text));
        } else {
            let column = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
            match self.item(text) {
                Some((mark, rest)) => self.open_item(column, &mark, rest),
                None => self.continue_text(column, text),
            }
            self.after_blank = false;
        }
    }

    /// The mark of an item as the parser knows it, and the item's text.
    fn item<'t>(&mut self, text: &'t str) -> Option<(String, &'t str)> {
        let mark = text.chars().next()?;
        let rest = &text[mark.len_utf8()..];
        if BULLETS.contains(mark) && (rest.starts_with(char::is_whitespace) || GLYPHS.contains(mark)) {
            let rest = rest.trim_start();
            let goes_on = self.origin == Origin::Template || !self.lists.is_empty() && !self.after_blank;
            let is_item = opens_words(rest)
                || goes_on && rest.starts_with(|c: char| c.is_ascii_digit()) && !is_quantity(rest)
                || GLYPHS.contains(mark) && !rest.is_empty();
            return is_item.then(|| ("-".to_owned(), rest));
        }
        let (number, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let rest = rest.strip_prefix(['.', ')']).filter(|rest| rest.starts_with(char::is_whitespace))?;
        let number: u64 = number.parse().ok().filter(|number| *number == 1 || Some(*number) == self.next_number())?;
        self.number = Some(number);
        Some((format!("{number}."), rest.trim_start()))
    }

    fn next_number(&self) -> Option<u64> {
        self.number.map(|number| number + 1)
    }

    fn open_item(&mut self, column: usize, mark: &str, rest: &str) {
        self.flush();
        // A mark two columns further in than the one before opens a list in its item.
        while self.lists.last().is_some_and(|(open, _)| column < *open) {
            self.lists.pop();
        }
        if self.lists.last().is_none_or(|(open, _)| column >= open + 2) && self.lists.len() < MOST_LEVELS {
            let indent = self.lists.len().checked_sub(1).map_or(0, |last| self.lists[last].1);
            self.lists.push((column, indent + mark.len() + 1));
        } else if let Some((_, indent)) = self.lists.len().checked_sub(2).map(|above| self.lists[above]) {
            self.set_indent(indent + mark.len() + 1);
        } else {
            self.set_indent(mark.len() + 1);
        }
        let content = self.lists.last().map_or(0, |(_, indent)| *indent);
        let before = " ".repeat(content.saturating_sub(mark.len() + 1));
        self.open.push((format!("{before}{mark} "), rest.to_owned()));
    }

    fn set_indent(&mut self, indent: usize) {
        if let Some(last) = self.lists.last_mut() {
            last.1 = indent;
        }
    }

    /// Words that go on: in the item before, when they stand right below it or are indented.
    fn continue_text(&mut self, column: usize, text: &str) {
        if self.after_blank {
            while self.lists.last().is_some_and(|(open, _)| column < open + 2) {
                self.lists.pop();
            }
        }
        let before = " ".repeat(self.lists.last().map_or(0, |(_, indent)| *indent));
        self.open.push((before, literal(text)));
    }

    /// A block between two blank lines.
    fn apart(&mut self, line: &str) {
        self.flush();
        self.lists.clear();
        self.put("");
        self.put(line);
        self.put("");
        self.after_blank = true;
    }

    fn quote(&mut self, inner: &str) {
        self.flush();
        for line in prepare(inner, self.origin).lines() {
            self.put(&format!("> {line}"));
        }
        self.after_blank = false;
    }

    /// Writes the lines of the paragraph or item that is open: emphasis may go over several.
    fn flush(&mut self) {
        let (before, texts): (Vec<String>, Vec<String>) = std::mem::take(&mut self.open).into_iter().unzip();
        let text = inline(&texts.join("\n"));
        for (before, line) in before.iter().zip(text.split('\n')) {
            self.put(&format!("{before}{line}"));
        }
    }

    fn put(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

fn is_rule(text: &str) -> bool {
    let marks: String = text.chars().filter(|c| *c != ' ').collect();
    marks.len() >= 3 && ["-", "*", "_"].iter().any(|mark| marks.replace(mark, "").is_empty())
}

fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with(' ')
}

/// A line whose first characters are words, whatever they look like.
fn literal(text: &str) -> String {
    let first = text.chars().next().unwrap_or_default();
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if matches!(first, '+' | '-' | '>' | '#' | '~' | '=') {
        format!("\\{text}")
    } else if number.len() < text.len() && number.starts_with(['.', ')']) {
        format!("{}\\{number}", &text[..text.len() - number.len()])
    } else {
        text.to_owned()
    }
}

/// A piece of running text.
enum Piece {
    /// Characters for the parser.
    Text(String),
    /// A row of stars or low lines: how many are left, what they open and close.
    Marks { mark: char, left: usize, opens: bool, closes: bool, styles: String },
}

/// Running text in which emphasis stands around words only, and nothing else is markup but code, links and escapes.
fn inline(text: &str) -> String {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(piece) = next_piece(text, &mut at) {
        pieces.push(piece);
    }
    pair(&mut pieces);
    pieces.into_iter().map(written).collect()
}

fn written(piece: Piece) -> String {
    match piece {
        Piece::Text(text) => text,
        Piece::Marks { mark, left, opens, styles, .. } => {
            let plain = format!("\\{mark}").repeat(left);
            // What is left of a row that opens stands outside of what it opens.
            if opens { plain + &styles } else { styles + &plain }
        }
    }
}

/// The next piece of a text, and the place behind it.
fn next_piece(text: &str, at: &mut usize) -> Option<Piece> {
    let rest = &text[*at..];
    let first = rest.chars().next()?;
    let before = text[..*at].chars().next_back();
    let (length, piece) = match first {
        '\\' => {
            let next = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            let length = 1 + next.map_or(0, char::len_utf8);
            (length, Piece::Text(rest[..length].to_owned()))
        }
        '`' => code(rest),
        '<' => match near(rest, '>').map(|end| &rest[1..end]).filter(|inner| super::links::target(inner).is_some()) {
            Some(inner) => (inner.len() + 2, Piece::Text(escaped(inner))),
            None => (1, Piece::Text("\\<".to_owned())),
        },
        ']' if rest.starts_with("](") => {
            let length = near(rest, ')').filter(|end| !rest[..*end].contains('\n')).map_or(1, |end| end + 1);
            (length, Piece::Text(rest[..length].to_owned()))
        }
        // « [1] : https://… » below a text is a note, not the definition of a link that vanishes.
        ']' if rest.starts_with("]:") => (2, Piece::Text("]\\:".to_owned())),
        '*' | '_' => {
            let length = rest.len() - rest.trim_start_matches(first).len();
            (length, marks(first, length, before, rest[length..].chars().next()))
        }
        _ if before.is_none_or(|c| !c.is_alphanumeric()) && super::links::opens(rest) => {
            let end = rest.find(|c: char| c.is_whitespace() || "<>«»\"*[]()".contains(c)).unwrap_or(rest.len());
            (end, Piece::Text(escaped(&rest[..end])))
        }
        _ => (first.len_utf8(), Piece::Text(first.to_string())),
    };
    *at += length;
    Some(piece)
}

/// Where a mark stands, not too far away.
fn near(text: &str, mark: char) -> Option<usize> {
    text.bytes().take(MOST_ADDRESS).position(|byte| byte == mark as u8)
}

/// Code between backquotes, or one backquote that is only a character.
fn code(rest: &str) -> (usize, Piece) {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let (fence, inner) = rest.split_at(ticks);
    match inner.find(fence) {
        Some(end) => (2 * ticks + end, Piece::Text(rest[..2 * ticks + end].to_owned())),
        None => (ticks, Piece::Text("\\`".repeat(ticks))),
    }
}

/// Every mark escaped, so that the parser takes the very characters.
fn escaped(text: &str) -> String {
    let escape = |c: char| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() };
    text.chars().map(escape).collect()
}

/// A row of marks between two characters. It opens before a word and not behind one, and closes behind a word; bold may
/// stand within a word of letters, and a sentence that goes on right behind it is one whose space was forgotten.
fn marks(mark: char, length: usize, before: Option<char>, after: Option<char>) -> Piece {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_private(c));
    let letters = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let within = mark == '*' && length >= 2;
    let starts = after.is_some_and(|c| !c.is_whitespace() && !".,;:!?)]»”…%".contains(c));
    let ends = before.is_some_and(|c| !c.is_whitespace() && !"([«“".contains(c));
    let usual = length <= 3;
    Piece::Marks {
        mark,
        left: length,
        opens: usual && starts && (!is_word(before) || within && letters(before) && letters(after)),
        closes: usual && ends && (!is_word(after) || within && !after.is_some_and(|c| c.is_ascii_digit())),
        styles: String::new(),
    }
}

/// Whether a character is one of those that mark a figure.
fn is_private(character: char) -> bool {
    u32::from(character) >= 0xF_0000
}

/// Joins the rows that open with those that close: two marks are bold, one is italics, three are both.
fn pair(pieces: &mut [Piece]) {
    let mut openers: Vec<usize> = Vec::new();
    for here in 0..pieces.len() {
        let Piece::Marks { mark: closing, closes: true, .. } = pieces[here] else {
            if matches!(pieces[here], Piece::Marks { opens: true, .. }) {
                // What opened that long ago closes no more: a text of nothing but stars does not take all day.
                openers.drain(..openers.len().saturating_sub(MOST_OPEN));
                openers.push(here);
            }
            continue;
        };
        let mut closed = false;
        for place in (0..openers.len()).rev() {
            let (head, tail) = pieces.split_at_mut(here);
            let Piece::Marks { left, styles, .. } = &mut tail[0] else { continue };
            let Piece::Marks { mark, left: open, styles: opened, .. } = &mut head[openers[place]] else { continue };
            let kind = match (*open, *left) {
                (1 | 3, 1) | (1, 3) => Some((1, EMPHASIS)),
                (2 | 3, 2) | (2, 3) => Some((2, STRONG)),
                (3, 3) => Some((3, STRONG)),
                _ => None,
            };
            if let Some((used, style)) = kind.filter(|_| *mark == closing) {
                (*open, *left) = (*open - used, *left - used);
                opened.insert(0, style.0);
                styles.push(style.1);
                if used == 3 {
                    opened.insert(0, EMPHASIS.0);
                    styles.push(EMPHASIS.1);
                }
                // What opened within this pair and never closed is only characters.
                openers.truncate(place + usize::from(*open > 0));
                closed = true;
                if *left == 0 {
                    break;
                }
            }
        }
        if !closed && matches!(pieces[here], Piece::Marks { opens: true, .. }) {
            openers.push(here);
        } else if closed && let Piece::Marks { opens, .. } = &mut pieces[here] {
            *opens = false;
        }
    }
}

#[cfg(test)]
mod tests;
