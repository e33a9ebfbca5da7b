//! The zip behind a workbook or a text, inflated under a cap and checked before any other reader opens it.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::Refusal;

/// The most that one part may inflate to, in bytes.
const MAX_PART: u64 = 320 << 20;
/// The most that the parts which are held in memory (shared strings, styles, settings) may inflate to.
const MAX_HELD_PART: u64 = 64 << 20;
/// The most that all parts may inflate to.
const MAX_TOTAL: u64 = 512 << 20;
/// The most that the parts which are kept as they were inflated may have together: nearly every workbook fits; what
/// does not is inflated again when it is read.
const MAX_KEPT: u64 = 8 << 20;
/// The most parts.
const MAX_PARTS: usize = 5_000;
/// The most that one element or one text may take, in bytes: a cell holds 32 767 characters.
const MAX_TOKEN: u64 = 4 << 20;
/// The most elements in each other: programs keep the names of all that are open.
const MAX_DEPTH: i64 = 1_000;
/// The most elements of the parts that describe the workbook, texts of cells left out: programs keep each of them.
const MAX_ELEMENTS: u64 = 400_000;

/// An opened zip whose parts were all inflated once, under the caps.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: Vec<Known>,
    /// Whether two parts are one to programs that do not look at capitals.
    is_ambiguous: bool,
}

/// What is known of a part.
struct Known {
    name: String,
    /// What it inflates to, in bytes.
    size: u64,
    /// Its bytes, where they were kept.
    bytes: Option<Vec<u8>>,
}

impl<'a> Archive<'a> {
    /// Opens the zip and measures every part.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Refusal::unreadable("le fichier est incomplet ou endommagé"))?;
        if zip.len() > MAX_PARTS {
            return Err(Refusal::Oversized(format!("{} parties", zip.len()), format!("{MAX_PARTS} parties")));
        }
        let mut parts = Vec::with_capacity(zip.len());
        let (mut total, mut room, mut is_ambiguous) = (0, MAX_KEPT, false);
        for index in 0..zip.len() {
            let part = zip.by_index(index).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => Refusal::Encrypted,
                _ => broken(),
            })?;
            let name = part.name().unwrap_or_default().into_owned();
            let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
            let is_sheet = name.contains("worksheets/") || name == "content.xml";
            let cap = if name.ends_with(".xml") && !is_sheet { MAX_HELD_PART } else { MAX_PART };
            let mut part = part.take(cap + 1);
            let (mut bytes, mut shape) = (Vec::new(), Shape::default());
            let begun = part.by_ref().take(room).read_to_end(&mut bytes).map_err(|_| broken())? as u64;
            if is_xml {
                shape.look(&bytes);
            }
            let size = begun + std::io::copy(&mut part, &mut shape).map_err(|_| broken())?;
            total += size;
            if size > cap || total > MAX_TOTAL {
                return Err(Refusal::Oversized(
                    format!("« {name} » dépasse {} Mo une fois décompressé", cap >> 20),
                    format!("{} Mo en tout", MAX_TOTAL >> 20),
                ));
            }
            let is_texts = same_path(name.rsplit('/').next().unwrap_or_default(), "sharedStrings.xml");
            if let Some(reason) = shape.excess(!is_sheet && !is_texts).filter(|_| is_xml) {
                return Err(Refusal::Oversized(
                    format!("« {name} » : {reason}"),
                    "ce qu’un logiciel de bureau écrit".to_owned(),
                ));
            }
            // Readers do not agree on which of two such parts is meant.
            if parts.iter().any(|part: &Known| part.name == name) {
                return Err(broken());
            }
            is_ambiguous |= parts.iter().any(|part: &Known| same_path(&part.name, &name));
            let bytes = (size == begun && is_xml).then_some(bytes);
            room -= bytes.as_ref().map_or(0, |_| size);
            parts.push(Known { name, size, bytes });
        }
        Ok(Self { zip, parts, is_ambiguous })
    }

    /// Whether programs may disagree on which part a name means.
    pub(crate) fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    /// Where a part is, by its name; programs do not agree on capitals and on the kind of slash.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.parts
            .iter()
            .position(|part| part.name == name)
            .or_else(|| self.parts.iter().position(|part| same_path(&part.name, name)))
    }

    /// What a part that was found inflates to, in bytes.
    pub(crate) fn size(&self, part: usize) -> u64 {
        self.parts[part].size
    }

    /// Whether a part is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the file says that it is an OpenDocument.
    pub(crate) fn is_opendocument(&self) -> bool {
        self.has("content.xml") && !self.parts.iter().any(|part| part.name.starts_with("xl/"))
    }

    /// A part, by its name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Part<'_>, Refusal> {
        let part = self.find(name).ok_or_else(|| Refusal::Unreadable(format!("la partie « {name} » manque")))?;
        self.open_part(part)
    }

    /// A part that was found.
    pub(crate) fn open_part(&mut self, part: usize) -> Result<Part<'_>, Refusal> {
        if let Some(bytes) = &self.parts[part].bytes {
            return Ok(Part::Kept(bytes));
        }
        let bytes = self.zip.by_index(part).map_err(|_| broken())?;
        Ok(Part::Stream(BufReader::with_capacity(1 << 16, Box::new(bytes))))
    }
}

/// What is known of the shape of XML before anything reads it.
#[derive(Default)]
struct Shape {
    elements: u64,
    depth: i64,
    deepest: i64,
    /// The bytes since the last element began or ended.
    run: u64,
    longest: u64,
    previous: u8,
}

impl Shape {
    fn look(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match (self.previous, byte) {
                (b'<', b'/') => self.depth -= 1,
                (b'/', b'>') => self.depth -= 1,
                (b'<', b'!' | b'?') => {}
                (b'<', _) => {
                    self.elements += 1;
                    self.depth += 1;
                    self.deepest = self.deepest.max(self.depth);
                }
                _ => {}
            }
            self.run = if matches!(byte, b'<' | b'>') { 0 } else { self.run + 1 };
            self.longest = self.longest.max(self.run);
            self.previous = byte;
        }
    }

    /// What is more than any workbook has.
    fn excess(&self, counts: bool) -> Option<&'static str> {
        if self.longest > MAX_TOKEN {
            Some("un texte démesuré")
        } else if self.deepest > MAX_DEPTH {
            Some("trop d’éléments emboîtés")
        } else {
            (counts && self.elements > MAX_ELEMENTS).then_some("trop d’éléments")
        }
    }
}

impl std::io::Write for Shape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.look(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether two paths in the zip are one to programs that do not look at capitals and the kind of slash.
pub(super) fn same_path(left: &str, right: &str) -> bool {
    let plain = |byte: u8| if byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
    left.len() == right.len() && left.bytes().map(plain).eq(right.bytes().map(plain))
}

fn broken() -> Refusal {
    Refusal::unreadable("une partie du fichier est endommagée")
}

/// The bytes of a part.
pub(crate) enum Part<'a> {
    /// All of them.
    Kept(&'a [u8]),
    /// As they are asked for.
    Stream(BufReader<Box<dyn Read + 'a>>),
}

/// Whether a compound file is an encrypted workbook: it then holds a stream of this name, in UTF-16.
pub(crate) fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}
