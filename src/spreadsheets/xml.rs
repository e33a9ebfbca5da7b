//! XML as both readers take it: elements and texts in a stream; what is broken, or speaks of what is not there, is refused.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;

/// A part of a workbook, piece by piece.
pub(super) struct Xml<R> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next in a part.
pub(super) enum Piece<'a> {
    /// An element begins; an empty one ends at once.
    Open(BytesStart<'a>),
    /// An element ends.
    Close(BytesEnd<'a>),
    /// A text, or a part of one.
    Text(Cow<'a, str>),
    /// A comment, a declaration.
    Other,
    /// The part is over, and whole.
    End,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, part));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Piece<'_>, Diagnostic> {
        self.buffer.clear();
        Ok(match self.reader.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
            Event::Start(element) => {
                self.depth += 1;
                Piece::Open(element)
            }
            Event::End(element) => {
                self.depth -= 1;
                Piece::Close(element)
            }
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => Piece::Text(character.to_string().into()),
                // Only what XML itself defines: a file that defines its own words is a trap.
                _ => Piece::Text(quick_xml::escape::resolve_predefined_entity(&reference).ok_or_else(damaged)?.into()),
            },
            Event::Eof if self.depth > 0 => return Err(damaged()),
            Event::Eof => Piece::End,
            _ => Piece::Other,
        })
    }

    /// Calls back on every element.
    pub(super) fn each(mut self, mut visit: impl FnMut(&BytesStart)) -> Result<(), Diagnostic> {
        loop {
            match self.next()? {
                Piece::Open(element) => visit(&element),
                Piece::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The refusal of a file whose content cannot be trusted.
pub(super) fn damaged() -> Diagnostic {
    files::unreadable_workbook("son contenu est incomplet ou endommagé")
}

/// The unescaped value of an attribute, by its local name.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let matches = attribute.key.local_name().as_ref() == name;
        matches.then(|| {
            quick_xml::escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
        })
    })
}

/// Whether an attribute says yes.
pub(super) fn is_true(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| value == "1" || value == "true")
}
