//! The zip behind a workbook, inflated under a cap and checked before any other reader opens it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;

/// The most that one part may inflate to, in bytes.
const MAX_PART: u64 = 320 << 20;
/// The most that the parts which are held in memory (shared strings, styles, settings) may inflate to.
const MAX_HELD_PART: u64 = 64 << 20;
/// The most that all parts may inflate to.
const MAX_TOTAL: u64 = 512 << 20;
/// The most parts.
const MAX_PARTS: usize = 5_000;

/// An opened zip whose parts were all inflated once, under the caps.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    /// What each part inflates to, in bytes.
    sizes: Vec<u64>,
}

impl<'a> Archive<'a> {
    /// Opens the zip and measures every part.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Diagnostic> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| files::unreadable_workbook("le fichier est incomplet ou endommagé"))?;
        if zip.len() > MAX_PARTS {
            return Err(files::oversized_workbook(&format!("{} parties", zip.len()), &format!("{MAX_PARTS} parties")));
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut sizes = Vec::with_capacity(zip.len());
        let mut total = 0;
        for index in 0..zip.len() {
            let part = zip.by_index(index).map_err(|error| match error {
                zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => {
                    files::encrypted_workbook()
                }
                _ => files::unreadable_workbook("une partie du fichier est endommagée"),
            })?;
            let name = part.name().unwrap_or_default().into_owned();
            let is_sheet = name.contains("worksheets/") || name == "content.xml";
            let cap = if name.ends_with(".xml") && !is_sheet { MAX_HELD_PART } else { MAX_PART };
            let size = std::io::copy(&mut part.take(cap + 1), &mut std::io::sink())
                .map_err(|_| files::unreadable_workbook("une partie du fichier est endommagée"))?;
            total += size;
            if size > cap || total > MAX_TOTAL {
                return Err(files::oversized_workbook(
                    &format!("« {name} » dépasse {} Mo une fois décompressé", cap >> 20),
                    &format!("{} Mo en tout", MAX_TOTAL >> 20),
                ));
            }
            names.push(name);
            sizes.push(size);
        }
        Ok(Self { zip, names, sizes })
    }

    /// Where a part is, by its name; programs do not agree on capitals and on the kind of slash.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let is_name = |known: &String| known.replace('\\', "/").eq_ignore_ascii_case(name);
        self.names.iter().position(|known| known == name).or_else(|| self.names.iter().position(is_name))
    }

    /// What a part that was found inflates to, in bytes.
    pub(super) fn size(&self, part: usize) -> u64 {
        self.sizes[part]
    }

    /// Whether a part is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the file says that it is an OpenDocument.
    pub(super) fn is_opendocument(&self) -> bool {
        self.has("content.xml") && !self.names.iter().any(|name| name.starts_with("xl/"))
    }

    /// A part's bytes, for streaming.
    pub(super) fn part(&mut self, name: &str) -> Result<impl Read + '_, Diagnostic> {
        let part =
            self.find(name).ok_or_else(|| files::unreadable_workbook(&format!("la partie « {name} » manque")))?;
        self.open_part(part)
    }

    /// The bytes of a part that was found.
    pub(super) fn open_part(&mut self, part: usize) -> Result<impl Read + '_, Diagnostic> {
        self.zip.by_index(part).map_err(|_| files::unreadable_workbook("une partie du fichier est endommagée"))
    }
}

/// Whether a compound file is an encrypted workbook: it then holds a stream of this name, in UTF-16.
pub(super) fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}
