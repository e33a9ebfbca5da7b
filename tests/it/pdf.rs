//! Reads finished PDF files back with a library that had no part in making them.

use lopdf::Document;

/// The text of every page, in order, without any white space: line breaks say nothing about words.
pub(crate) fn squeezed_text(bytes: &[u8]) -> String {
    squeeze(&text(bytes))
}

/// A text without white space and with one shape of apostrophe, as two texts are compared.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{ad}').map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The text of every page, in order.
pub(crate) fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).expect("text")
}

/// How many pages there are.
pub(crate) fn pages(bytes: &[u8]) -> usize {
    Document::load_mem(bytes).expect("a PDF").get_pages().len()
}
