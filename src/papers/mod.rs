//! Files that people bring: Word files as they come back, with what was inserted, deleted and moved in them by whom and
//! when, and comments; PDF files that go with an act.
//!
//! Files of any program are read, under the caps that workbooks have. What a text says, and whose it is, is not known here.

mod document;
mod enclosure;

use std::collections::BTreeMap;

pub use self::enclosure::{Corner, Enclosure, Seen, Unfit};

use self::document::Reader;
use crate::packages::{Archive, Piece, Refusal, Xml, attribute};

/// A text with its changes and comments.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// Its paragraphs in reading order, those of tables, notes and boxes included.
    pub paragraphs: Vec<Paragraph>,
    /// Its comments.
    pub comments: Vec<Comment>,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The level of a heading.
    pub heading: Option<u8>,
    /// Whether it is numbered by its style or by itself; nothing where neither says so.
    pub numbered: Option<bool>,
    /// Whether it stands in a table.
    pub in_table: bool,
    /// Its words, by what became of them.
    pub pieces: Vec<Words>,
    /// What became of its end: a paragraph that is inserted or deleted as a whole has it too.
    pub end: Fate,
}

/// Words of one fate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The characters.
    pub text: String,
    /// What became of them.
    pub fate: Fate,
    /// The comments that they carry.
    pub comments: Vec<String>,
}

/// What became of something: who inserted it, who deleted it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fate {
    /// Who inserted it.
    pub inserted: Option<Signed>,
    /// Who deleted it.
    pub deleted: Option<Signed>,
}

/// Who did something, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signed {
    /// The author as his program calls him.
    pub author: String,
    /// The day and hour, as the file has them.
    pub date: String,
    /// Whether it came from, or went to, another place.
    pub moved: bool,
}

/// A comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// Its name in the file.
    pub id: String,
    /// Who made it.
    pub signed: Signed,
    /// What it says.
    pub text: String,
}

/// The most characters of a text: a book of two thousand pages.
const MOST: usize = 8 << 20;
/// The most paragraphs.
const MOST_PARAGRAPHS: usize = 200_000;

/// Reads a file of Word.
///
/// # Errors
///
/// Why it is not read: damaged, locked, too large, of another format.
pub fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let locked = crate::packages::is_encrypted_office(bytes);
        return Err(if locked { Refusal::Encrypted } else { other("Word 97-2003 (.doc)") });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::Unreadable("ce n’est pas un fichier Word".to_owned()));
    }
    let mut archive = Archive::open(bytes)?;
    if archive.is_opendocument() {
        return Err(other("OpenDocument (.odt)"));
    }
    let main = relation(&mut archive, "_rels/.rels", "/officeDocument")?
        .ok_or_else(|| Refusal::Unreadable("ce n’est pas un fichier Word".to_owned()))?;
    let main = main.trim_start_matches('/').to_owned();
    if !main.starts_with("word/") && !archive.has(&main) {
        return Err(Refusal::Unreadable("ce n’est pas un fichier Word".to_owned()));
    }
    let (folder, name) = main.split_at(main.rfind('/').map_or(0, |slash| slash + 1));
    let relations = format!("{folder}_rels/{name}.rels");
    let part = |archive: &mut Archive, kind: &str| -> Result<Option<String>, Refusal> {
        if !archive.has(&relations) {
            return Ok(None);
        }
        let target = relation(archive, &relations, kind)?;
        Ok(target.map(|target| target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), ToOwned::to_owned)))
    };
    let styles = part(&mut archive, "/styles")?.filter(|part| archive.has(part));
    let styles = styles.map_or_else(|| Ok(BTreeMap::new()), |part| read_styles(&mut archive, &part))?;
    let mut reader = Reader::new(&styles);
    {
        let mut xml = Xml::new(archive.part(&main)?);
        while reader.take(xml.next()?)? {}
    }
    if !reader.is_word {
        return Err(Refusal::Unreadable("ce n’est pas un fichier Word".to_owned()));
    }
    let paragraphs = reader.finish();
    let comments = part(&mut archive, "/comments")?.filter(|part| archive.has(part));
    let comments = comments.map_or_else(|| Ok(Vec::new()), |part| read_comments(&mut archive, &part))?;
    Ok(Text { paragraphs, comments })
}

fn other(format: &str) -> Refusal {
    Refusal::Unreadable(format!("il est au format {format} ; enregistrez-le au format Word (.docx)"))
}

/// The target of the first relation of a kind.
fn relation(archive: &mut Archive, part: &str, kind: &str) -> Result<Option<String>, Refusal> {
    let mut target = None;
    Xml::new(archive.part(part)?).each(|element| {
        if attribute(element, "Type").is_some_and(|found| found.ends_with(kind)) {
            target = target.take().or_else(|| attribute(element, "Target"));
        }
    })?;
    Ok(target)
}

/// What a paragraph of a style is: the level of its heading, whether it is numbered.
type Styles = BTreeMap<String, (Option<u8>, Option<bool>)>;

fn read_styles(archive: &mut Archive, part: &str) -> Result<Styles, Refusal> {
    let mut styles = Styles::new();
    let mut open: Option<String> = None;
    Xml::new(archive.part(part)?).each(|element| {
        let value = || attribute(element, "val").unwrap_or_default();
        match (element.local_name().as_ref(), &open) {
            ("style", _) => open = attribute(element, "styleId"),
            ("name", Some(id)) => {
                let name = value().to_lowercase();
                let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("titre "));
                let level = level.and_then(|level| level.trim().parse().ok());
                styles.entry(id.clone()).or_default().0 = level;
            }
            ("outlineLvl", Some(id)) => {
                let level = value().parse::<u8>().ok().map(|level| level.saturating_add(1));
                let known = &mut styles.entry(id.clone()).or_default().0;
                *known = known.or(level.filter(|level| *level < 10));
            }
            ("numId", Some(id)) => styles.entry(id.clone()).or_default().1 = Some(value() != "0"),
            _ => {}
        }
    })?;
    Ok(styles)
}

fn read_comments(archive: &mut Archive, part: &str) -> Result<Vec<Comment>, Refusal> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut is_text = false;
    let mut xml = Xml::new(archive.part(part)?);
    let mut length = 0;
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.local_name().as_ref() {
                "comment" => comments.push(Comment {
                    id: attribute(&element, "id").unwrap_or_default(),
                    signed: document::signed(&element, false),
                    text: String::new(),
                }),
                "p" => {
                    if let Some(comment) = comments.last_mut().filter(|comment| !comment.text.is_empty()) {
                        comment.text.push('\n');
                    }
                }
                "t" => is_text = true,
                _ => {}
            },
            Piece::Close(element) => is_text &= element.local_name().as_ref() != "t",
            Piece::Text(text) if is_text => {
                let text = text.read()?;
                length += text.len();
                document::room(length, comments.len())?;
                if let Some(comment) = comments.last_mut() {
                    comment.text.push_str(&text);
                }
            }
            Piece::Text(_) | Piece::Other => {}
            Piece::End => return Ok(comments),
        }
    }
}

impl Text {
    /// The paragraphs when every change is accepted, or when every change is rejected; those without words left out.
    #[must_use]
    pub fn side(&self, accept: bool) -> Vec<String> {
        let stands = |fate: &Fate| if accept { fate.deleted.is_none() } else { fate.inserted.is_none() };
        self.flattened(stands)
    }

    /// The paragraphs as far as something of them stands. One whose end is gone goes on with the next.
    #[must_use]
    pub fn flattened(&self, stands: impl Fn(&Fate) -> bool) -> Vec<String> {
        let mut sides = Vec::new();
        let mut open = String::new();
        for paragraph in &self.paragraphs {
            for piece in paragraph.pieces.iter().filter(|piece| stands(&piece.fate)) {
                open.push_str(&piece.text);
            }
            if stands(&paragraph.end) || paragraph.in_table {
                sides.push(std::mem::take(&mut open));
            }
        }
        sides.push(open);
        sides.retain(|side| !side.is_empty());
        sides
    }
}
