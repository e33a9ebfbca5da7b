//! Markdown to blocks: one representation for pages, messages and comparison.
//!
//! Text is spaced the French way on the way in; code and addresses are left alone. HTML is not run: it comes out as the
//! characters that it is.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::links;
use super::marked::{self, Register};
use super::typed::{self, EMPHASIS, Origin, STRONG};
use crate::content::{Block, Run};

/// The blocks of a text as people type it into a cell.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    blocks_with(text, &Register::default(), Origin::Cell)
}

/// The one paragraph of a line that is typed into a cell.
#[must_use]
pub fn line(text: &str) -> Vec<Block> {
    blocks_with(text, &Register::default(), Origin::Line)
}

/// The blocks of a text whose figures are marked. Pictures are set where a template shows them; in a cell their words lead
/// to them.
fn blocks_with(text: &str, register: &Register, origin: Origin) -> Vec<Block> {
    let mut builder = Builder::new(register, origin);
    for event in Parser::new_ext(&typed::prepare(text, origin), Options::ENABLE_TABLES) {
        builder.take(event);
    }
    builder.flush_paragraph();
    builder.stack.pop().unwrap_or_default()
}

/// The line of a text that opens or closes a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fence<'t> {
    /// `::: signature operateur`: the name, and what stands behind it.
    Open(&'t str, Vec<&'t str>),
    /// `:::`
    Close,
}

/// What a line opens or closes, where it does.
#[must_use]
pub fn fence(line: &str) -> Option<Fence<'_>> {
    let mut words = line.strip_prefix(":::")?.split_whitespace();
    Some(words.next().map_or(Fence::Close, |name| Fence::Open(name, words.collect())))
}

/// The blocks of a template's text: lines of `:::` make the parts that its family knows. A part that nothing closes ends
/// with the text.
pub(super) fn parts_with(markdown: &str, register: &Register) -> Vec<Block> {
    /// A part that is open: its name, its arguments, what stands in it.
    type Open = (String, Vec<String>, Vec<Block>);
    fn close(open: &mut Vec<Open>) {
        if let Some((name, arguments, blocks)) = if open.len() > 1 { open.pop() } else { None }
            && let Some((.., above)) = open.last_mut()
        {
            above.push(Block::Part { name, arguments, blocks });
        }
    }
    let mut open: Vec<Open> = vec![(String::new(), Vec::new(), Vec::new())];
    let mut text = String::new();
    let take = |text: &mut String, open: &mut Vec<Open>| {
        if let Some((.., blocks)) = open.last_mut() {
            blocks.extend(blocks_with(text, register, Origin::Template));
        }
        text.clear();
    };
    for line in markdown.split_inclusive('\n') {
        match fence(line) {
            None => text.push_str(line),
            Some(fence) => {
                take(&mut text, &mut open);
                match fence {
                    Fence::Open(name, arguments) => {
                        let arguments = arguments.into_iter().map(marked::plain).collect();
                        open.push((name.to_owned(), arguments, Vec::new()));
                    }
                    Fence::Close => close(&mut open),
                }
            }
        }
    }
    take(&mut text, &mut open);
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|(.., blocks)| blocks).unwrap_or_default()
}

/// Replaces every object `{"$markdown": text}` inside data by the text's blocks, `{"$ligne": text}` by its line.
pub fn resolve(data: &mut serde_json::Value) {
    use serde_json::Value;
    match data {
        Value::Object(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str);
            match text("$markdown").map(blocks).or_else(|| text("$ligne").map(line)) {
                Some(blocks) => *data = serde_json::to_value(blocks).unwrap_or_default(),
                None => fields.values_mut().for_each(resolve),
            }
        }
        Value::Array(items) => items.iter_mut().for_each(resolve),
        _ => {}
    }
}

/// Collects events into blocks; the last list of the stack is the open one.
struct Builder<'r> {
    register: &'r Register,
    origin: Origin,
    stack: Vec<Vec<Block>>,
    /// The first number of each open list, and its finished items.
    lists: Vec<(Option<u64>, Vec<Vec<Block>>)>,
    runs: Vec<Run>,
    strong: usize,
    emphasis: usize,
    links: Vec<String>,
    table: Option<(Vec<bool>, Vec<Vec<Vec<Run>>>)>,
    row: Vec<Vec<Run>>,
    code_block: bool,
    /// The path of the picture whose alternative text is read.
    picture: Option<String>,
}

impl<'r> Builder<'r> {
    fn new(register: &'r Register, origin: Origin) -> Self {
        Self {
            register,
            origin,
            stack: vec![Vec::new()],
            lists: Vec::new(),
            runs: Vec::new(),
            strong: 0,
            emphasis: 0,
            links: Vec::new(),
            table: None,
            row: Vec::new(),
            code_block: false,
            picture: None,
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code_block => self.push(&text, true),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(&text, false),
            Event::Code(text) => self.push(&text, true),
            // Who types into a cell breaks a line where it is to be broken; a template is folded to be read.
            Event::SoftBreak => self.push(if self.origin == Origin::Cell { "\n" } else { " " }, false),
            Event::HardBreak => self.push("\n", false),
            Event::Rule => self.block(Block::Rule),
            Event::FootnoteReference(text) => self.push(&text, false),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Image { dest_url, .. } if self.origin == Origin::Template => {
                self.flush_paragraph();
                self.picture = Some(marked::plain(&dest_url));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.links.push(dest_url.into_string()),
            Tag::List(start) => {
                self.flush_paragraph();
                self.lists.push((start, Vec::new()));
            }
            Tag::Item | Tag::BlockQuote(_) => {
                self.flush_paragraph();
                self.stack.push(Vec::new());
            }
            Tag::Table(alignments) => {
                self.flush_paragraph();
                self.table =
                    Some((alignments.iter().map(|alignment| *alignment == Alignment::Right).collect(), Vec::new()));
            }
            Tag::CodeBlock(_) => {
                self.flush_paragraph();
                self.code_block = true;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock => self.flush_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::Image if self.origin != Origin::Template => drop(self.links.pop()),
            TagEnd::Image => {
                let alternative = crate::content::words(&self.take_runs());
                if let Some(path) = self.picture.take() {
                    self.block(Block::Picture { path, alternative });
                }
            }
            TagEnd::Heading(level) => {
                let runs = self.take_runs();
                self.block(Block::Heading { level: level_number(level), runs });
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush_paragraph(),
            TagEnd::CodeBlock => {
                self.flush_paragraph();
                self.code_block = false;
            }
            TagEnd::Item => {
                self.flush_paragraph();
                let item = self.stack.pop().unwrap_or_default();
                if let Some((_, items)) = self.lists.last_mut() {
                    items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some((start, items)) = self.lists.pop() {
                    self.block(Block::List { start, items });
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush_paragraph();
                let blocks = self.stack.pop().unwrap_or_default();
                self.block(Block::Quote { blocks });
            }
            TagEnd::TableCell => {
                let runs = self.take_runs();
                self.row.push(runs);
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some((_, rows)) = &mut self.table {
                    rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some((right, mut rows)) = self.table.take() {
                    let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                    self.block(Block::Table { right, head, rows });
                }
            }
            _ => {}
        }
    }

    /// Adds characters, some of which open and close styles.
    fn push(&mut self, text: &str, code: bool) {
        for piece in text.split_inclusive(typed::is_style) {
            let words = piece.trim_end_matches(typed::is_style);
            self.push_words(words, code);
            match piece[words.len()..].chars().next() {
                Some(style) if style == STRONG.0 => self.strong += 1,
                Some(style) if style == STRONG.1 => self.strong = self.strong.saturating_sub(1),
                Some(style) if style == EMPHASIS.0 => self.emphasis += 1,
                Some(_) => self.emphasis = self.emphasis.saturating_sub(1),
                None => {}
            }
        }
    }

    /// Adds characters in the styles that are open; neighbours of one style become one run.
    fn push_words(&mut self, text: &str, code: bool) {
        let style = Run {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            code,
            link: self.links.last().map(|link| marked::plain(link)).map(|link| links::target(&link).unwrap_or(link)),
            ..Run::default()
        };
        match self.runs.last_mut() {
            Some(last) if (Run { text: String::new(), ..last.clone() }) == style => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), ..style }),
        }
    }

    fn take_runs(&mut self) -> Vec<Run> {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end_matches(['\n', ' ']).len());
        }
        if let Some(first) = runs.first_mut() {
            first.text.drain(..first.text.len() - first.text.trim_start_matches(['\n', ' ']).len());
        }
        runs.retain(|run| !run.text.is_empty());
        runs.into_iter().flat_map(linked).flat_map(|run| self.finished(run)).collect()
    }

    /// A run with French spacing, its figures apart.
    fn finished(&self, run: Run) -> Vec<Run> {
        if run.code {
            return vec![Run { text: marked::plain(&run.text), ..run }];
        }
        let piece = |(text, place): (String, Option<usize>)| Run {
            text,
            figure: place.and_then(|place| self.register.name(place)),
            ..run.clone()
        };
        marked::spaced(&run.text).into_iter().map(piece).collect()
    }

    fn flush_paragraph(&mut self) {
        let runs = self.take_runs();
        if !runs.is_empty() {
            self.block(Block::Paragraph { runs });
        }
    }

    fn block(&mut self, block: Block) {
        if let Some(open) = self.stack.last_mut() {
            open.push(block);
        }
    }
}

/// A run in pieces: the addresses in it are links.
fn linked(run: Run) -> Vec<Run> {
    if run.code || run.link.is_some() {
        return vec![run];
    }
    let piece = |(text, link): (&str, Option<String>)| Run { text: text.to_owned(), link, ..run.clone() };
    links::bare(&run.text).into_iter().map(piece).collect()
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Escapes a value so that Markdown prints its very characters.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (index, character) in text.char_indices() {
        let starts_number = index == 0 && character.is_ascii_digit();
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        // « 1. » at the start of a line would open a list: an entity breaks it.
        if starts_number && text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']) {
            escaped.push_str("&#");
            escaped.push_str(&u32::from(character).to_string());
            escaped.push(';');
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::plain_text;

    fn text_of(markdown: &str) -> String {
        plain_text(&blocks(markdown))
    }

    #[test]
    fn styles_links_and_lists_become_runs_and_blocks() {
        let found = blocks("Un **mot** et [un lien](https://example.org/a).\n\n- premier\n- second");
        let Block::Paragraph { runs } = &found[0] else { panic!("{found:?}") };
        assert_eq!(runs[1], Run { text: "mot".into(), strong: true, ..Run::default() });
        assert_eq!(runs[3].link.as_deref(), Some("https://example.org/a"));
        assert_eq!(text_of("- premier\n- second"), "– premier\n– second");
    }

    #[test]
    fn lines_of_three_colons_make_parts_of_a_template_and_of_nothing_else() {
        let text = "Avant.\n\n::: encadre large\nDedans.\n\n::: note\n- un\n:::\n:::\nAprès ::: non.";
        let found = parts_with(text, &Register::default());
        let [Block::Paragraph { .. }, Block::Part { name, arguments, blocks: within }, Block::Paragraph { .. }] =
            found.as_slice()
        else {
            panic!("{found:?}")
        };
        assert_eq!((name.as_str(), arguments.as_slice()), ("encadre", &["large".to_owned()][..]));
        assert!(matches!(&within[1], Block::Part { name, .. } if name == "note"), "{within:?}");
        assert_eq!(plain_text(&found), "Avant.\n\nDedans.\n\n– un\n\nAprès\u{a0}::: non.");
        assert!(blocks(text).iter().all(|block| !matches!(block, Block::Part { .. })));
    }

    #[test]
    fn a_picture_stands_by_itself_with_what_it_shows() {
        let found = parts_with("Voici ![Deux robots](images/robots.jpg) la suite.", &Register::default());
        let picture = Block::Picture { path: "images/robots.jpg".into(), alternative: "Deux robots".into() };
        assert_eq!(found[1], picture);
        assert_eq!(plain_text(&found), "Voici\n\n[Deux robots]\n\nla suite.");
    }

    #[test]
    fn html_and_templates_are_only_characters() {
        assert_eq!(text_of("<script>alert(1)</script> {{ x }} #import"), "<script>alert(1)</script> {{ x }} #import");
    }

    #[test]
    fn prose_is_spaced_and_code_is_not() {
        assert_eq!(text_of("Qui ? `a ? b`"), "Qui\u{202f}? a ? b");
    }

    proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
            #[test]
            fn an_escaped_value_prints_its_very_characters(text in "[ -~éœ€]{1,40}") {
                let text = text.trim();
                prop_assume!(!text.is_empty());
                prop_assert!(crate::wording::same_words(&text_of(&escape(text)), text), "{:?}", blocks(&escape(text)));
            }

            #[test]
            fn no_markdown_is_too_strange(text in "\\PC{0,80}") {
                let _ = blocks(&text);
            }
        }
}
