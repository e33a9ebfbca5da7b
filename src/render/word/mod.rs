//! Texts for Word: a tree of blocks to WordprocessingML, two versions to native tracked changes.
//!
//! Accepting every change in Word gives the later version, rejecting every change the earlier one. The same tree gives the
//! same bytes: names of authors and days come with it, never from the machine.
//!
//! What Word asks for and no validator sees, and how it is met:
//!
//! * A paragraph that comes or goes has its end marked too, else an empty one with a number stays (`Writer::fate`).
//! * The last end of a text stays: something that is kept closes it (`Style::End`).
//! * A row that comes or goes is marked itself, and so are the words and ends of its cells (`Writer::table`).
//! * No mark stands in another, and a link holds marks but never the reverse (`Writer::spans`).
//! * Deleted words are `delText`; both keep the spaces at their ends (`Writer::run`).
//! * Two tables that touch would be one: something stands between (`Body::write`).
//! * Articles are numbered by a list of several levels, so that Word counts them anew while changes wait (`parts::numbering`).
//! * Columns end before the last paragraph, else they are not of one height (`parts::section`).
//! * Fields of page numbers hold no result: the program that shows the pages counts them (`parts::footer`).

mod body;
mod columns;
mod flow;
mod parts;
mod styles;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use self::body::Body;
use super::differ::{self, MarkedBlock};
use super::{Pictures, picture};
use crate::content::{Block, Family};
use crate::packages::Package;

/// A text, and what stands around it.
#[derive(Debug, Clone)]
pub struct Paper<'a> {
    /// The title of the file.
    pub title: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Who wrote it; also whose the tracked changes are.
    pub author: &'a str,
    /// Words by which it is found.
    pub keywords: &'a [String],
    /// The day that the file and its changes carry.
    pub date: NaiveDate,
    /// How it looks.
    pub family: Family,
    /// The brand colour, `#rrggbb`.
    pub colour: &'a str,
    /// What the head of each page says, line by line.
    pub header: &'a [String],
    /// What the foot of each page says, before its number.
    pub footer: &'a str,
    /// Whether the first page has no head: it says the same itself.
    pub opens_bare: bool,
    /// What stands before the number of a heading of level 2, where these are numbered.
    pub numbered: Option<&'a str>,
    /// Whether what is changed later is tracked too.
    pub tracked: bool,
    /// Whether paragraphs stand half as far apart, and a hand has half the room.
    pub is_close: bool,
    /// Its text, of one version or of two.
    pub text: Vec<MarkedBlock>,
    /// What is drawn in it, by its path: PNG of [`DENSITY`].
    pub drawn: BTreeMap<String, Vec<u8>>,
}

/// How many pixels of a drawing stand on an inch: as many as a printer shows.
pub const DENSITY: u32 = 220;
/// How many of a picture that a person brings, at the least.
const LEAST_DENSITY: u32 = 150;
/// The width of the text, and an inch, in English metric units.
const PICTURE_WIDTH: u64 = 5_976_000;
const INCH: u64 = 914_400;

/// A text of one version.
#[must_use]
pub fn plain(text: &[Block]) -> Vec<MarkedBlock> {
    changed(text, text)
}

/// A text of two versions: the later one, and what went.
#[must_use]
pub fn changed(before: &[Block], after: &[Block]) -> Vec<MarkedBlock> {
    let of_words = |blocks: &[Block]| differ::of_words(blocks.to_vec());
    differ::compare(&of_words(before), &of_words(after)).tracked()
}

/// The bytes of a file, and the words in it.
///
/// # Errors
///
/// A text that XML cannot hold, or a picture that is none.
pub fn file(paper: &Paper, pictures: &Pictures) -> Result<(Vec<u8>, String), String> {
    let mut package = Package::empty();
    let told = |refusal| format!("{refusal:?}");
    parts::add(&mut package, paper).map_err(told)?;
    let mut media = Media { pictures, drawn: &paper.drawn, known: BTreeMap::new() };
    let body = Body::write(paper, &mut package, &mut media)?;
    package.set(parts::DOCUMENT, body.document);
    package.add("word/numbering.xml", parts::NUMBERING_KIND, parts::numbering(paper, &body.lists)).map_err(told)?;
    package.relate(parts::DOCUMENT, &parts::kind("numbering"), "word/numbering.xml").map_err(told)?;
    Ok((package.finish()?, body.words))
}

/// The pictures of a file, each in it once.
struct Media<'a> {
    pictures: &'a Pictures,
    drawn: &'a BTreeMap<String, Vec<u8>>,
    /// Relation, width and height by path.
    known: BTreeMap<String, (String, u64, u64)>,
}

impl Media<'_> {
    /// The relation that leads to a picture, and its size in English metric units: as wide as the text at most.
    fn add(&mut self, package: &mut Package, path: &str) -> Result<(String, u64, u64), String> {
        const WIDTH: u32 = 1600;
        if let Some(known) = self.known.get(path) {
            return Ok(known.clone());
        }
        let number = self.known.len() + 1;
        let (bytes, density) = if let Some(drawn) = self.drawn.get(path) {
            (drawn.clone(), DENSITY)
        } else {
            let bytes = self.pictures.get(path).ok_or_else(|| format!("l’image « {path} » manque"))?;
            // Word knows fewer formats than people have: what it may not know becomes one that it knows.
            (picture::for_mail(bytes, WIDTH, path)?, LEAST_DENSITY)
        };
        let is_png = bytes.starts_with(b"\x89PNG");
        let ending = if is_png { "png" } else { "jpeg" };
        let size = image::ImageReader::new(std::io::Cursor::new(&bytes))
            .with_guessed_format()
            .map_err(|error| error.to_string())?
            .into_dimensions()
            .map_err(|error| error.to_string())?;
        let part = format!("word/media/image{number}.{ending}");
        package.set(&part, bytes);
        let told = |refusal| format!("{refusal:?}");
        package.declare(ending, &format!("image/{ending}")).map_err(told)?;
        let relation = package.relate(parts::DOCUMENT, &parts::kind("image"), &part).map_err(told)?;
        let (width, height) = (u64::from(size.0), u64::from(size.1));
        let wide = (width * INCH / u64::from(density)).clamp(1, PICTURE_WIDTH);
        let known = (relation, wide, wide * height / width.max(1));
        self.known.insert(path.to_owned(), known.clone());
        Ok(known)
    }
}

/// A text as XML holds it.
///
/// # Errors
///
/// A character that XML does not know: it would make the file unreadable.
fn escaped(text: &str) -> Result<String, String> {
    let is_unknown = |c: &char| (*c < ' ' && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    match text.chars().find(is_unknown) {
        Some(unknown) => Err(format!(
            "le caractère U+{:04X} ne peut pas entrer dans un fichier Word : « {} »",
            u32::from(unknown),
            text.escape_debug()
        )),
        None => Ok(quick_xml::escape::escape(text).into_owned()),
    }
}

#[cfg(test)]
mod tests;
