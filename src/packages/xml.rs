//! XML as every reader takes it: elements and texts in a stream; what is broken, or speaks of what is not there, is refused.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesCData, BytesEnd, BytesRef, BytesStart, BytesText, Event};

use super::Refusal;
use super::archive::Part;

/// A part, piece by piece.
pub(crate) struct Xml<'a> {
    source: Source<'a>,
    depth: usize,
}

enum Source<'a> {
    Kept(Reader<&'a [u8]>),
    Stream(Reader<BufReader<Box<dyn Read + 'a>>>, Vec<u8>),
}

/// What comes next in a part.
pub(crate) enum Piece<'a> {
    /// An element begins; an empty one ends at once.
    Open(BytesStart<'a>),
    /// An element ends.
    Close(BytesEnd<'a>),
    /// A text, or a part of one.
    Text(Text<'a>),
    /// A comment, a declaration.
    Other,
    /// The part is over, and whole.
    End,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(part: Part<'a>) -> Self {
        let mut source = match part {
            Part::Kept(bytes) => Source::Kept(Reader::from_reader(bytes)),
            Part::Stream(stream) => Source::Stream(Reader::from_reader(stream), Vec::new()),
        };
        match &mut source {
            Source::Kept(reader) => reader.config_mut().expand_empty_elements = true,
            Source::Stream(reader, _) => reader.config_mut().expand_empty_elements = true,
        }
        Self { source, depth: 0 }
    }

    pub(crate) fn next(&mut self) -> Result<Piece<'_>, Refusal> {
        let event = match &mut self.source {
            Source::Kept(reader) => reader.read_event(),
            Source::Stream(reader, buffer) => {
                buffer.clear();
                reader.read_event_into(buffer)
            }
        };
        Ok(match event.map_err(|_| damaged())? {
            Event::Start(element) => {
                self.depth += 1;
                Piece::Open(element)
            }
            Event::End(element) => {
                self.depth -= 1;
                Piece::Close(element)
            }
            Event::Text(text) => Piece::Text(Text::Plain(text)),
            Event::CData(text) => Piece::Text(Text::Data(text)),
            Event::GeneralRef(reference) => Piece::Text(Text::Reference(reference)),
            Event::Eof if self.depth > 0 => return Err(damaged()),
            Event::Eof => Piece::End,
            _ => Piece::Other,
        })
    }

    /// Calls back on every element.
    pub(crate) fn each(mut self, mut visit: impl FnMut(&BytesStart)) -> Result<(), Refusal> {
        loop {
            match self.next()? {
                Piece::Open(element) => visit(&element),
                Piece::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// A text as the part has it.
pub(crate) enum Text<'a> {
    /// As it stands.
    Plain(BytesText<'a>),
    /// In a section of character data.
    Data(BytesCData<'a>),
    /// One character, by its number or its name.
    Reference(BytesRef<'a>),
}

impl<'a> Text<'a> {
    /// What the text says.
    pub(crate) fn read(self) -> Result<Cow<'a, str>, Refusal> {
        match self {
            Self::Plain(text) => Ok(text.xml10_content()),
            Self::Data(text) => Ok(text.xml10_content()),
            Self::Reference(reference) => match reference.resolve_char_ref() {
                Ok(Some(character)) => Ok(character.to_string().into()),
                // Only what XML itself defines: a file that defines its own words is a trap.
                _ => quick_xml::escape::resolve_predefined_entity(&reference).map(Cow::Borrowed).ok_or_else(damaged),
            },
        }
    }
}

/// The refusal of a file whose content cannot be trusted.
pub(crate) fn damaged() -> Refusal {
    Refusal::unreadable("son contenu est incomplet ou endommagé")
}

/// The unescaped value of an attribute, by its local name.
pub(crate) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let matches = attribute.key.local_name().as_ref() == name;
        matches.then(|| {
            quick_xml::escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
        })
    })
}

/// Whether an attribute says yes.
pub(crate) fn is_true(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| value == "1" || value == "true")
}
