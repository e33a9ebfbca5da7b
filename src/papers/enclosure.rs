//! PDF files that go with an act as they are: whether they may, how many pages they have, what their pages say.
//!
//! They are read, never written. Whom they must not name, and where a stamp goes, is not known here.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, MaybeRef, Object};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt as _, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape as _};

/// The most bytes of a file: those of a whole deposit at the prefecture, 150 MiB.
const MOST_BYTES: u64 = 157_286_400;
/// The most bytes that the compressed parts of a file may inflate to.
const MOST_INFLATED: u64 = 512 << 20;
/// How deep dictionaries stand within one another.
const DEPTH: usize = 12;

/// A PDF file that a person brings.
#[derive(Debug, Clone)]
pub struct Enclosure {
    bytes: Arc<[u8]>,
    pages: OnceLock<Result<usize, Unfit>>,
    seen: OnceLock<Seen>,
}

/// Why a file cannot go with an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It has more bytes than a deposit takes.
    Heavy,
    /// It is no PDF file, or a damaged one.
    Unreadable,
    /// It is encrypted or locked.
    Encrypted,
    /// It holds a program.
    Active,
    /// It holds other files: nobody sees them on its pages, and they would go with the act.
    Attached,
    /// Its parts are compressed in a way that cannot be measured before it is read.
    Entangled,
}

/// What stands on the pages of a file.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Its words, those of its properties included.
    pub words: String,
    /// The pages, from 1, that show something and say nothing: pictures of a text.
    pub mute: Vec<usize>,
    /// The pages, from 1, on which something stands in the corner that was asked for.
    pub covered: Vec<usize>,
}

/// A corner of every page: its width and height from the top right, in points.
#[derive(Debug, Clone, Copy)]
pub struct Corner {
    /// How far it goes to the left.
    pub width: f64,
    /// How far it goes down.
    pub height: f64,
}

impl Enclosure {
    /// A file by its bytes.
    #[must_use]
    pub fn new(bytes: Arc<[u8]>) -> Self {
        Self { bytes, pages: OnceLock::new(), seen: OnceLock::new() }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// How many pages it has.
    ///
    /// # Errors
    ///
    /// Why it cannot go with an act.
    pub fn pages(&self) -> Result<usize, Unfit> {
        *self.pages.get_or_init(|| {
            if self.bytes.len() as u64 > MOST_BYTES {
                return Err(Unfit::Heavy);
            }
            if is_encrypted(&self.bytes) {
                return Err(Unfit::Encrypted);
            }
            if !is_measurable(&self.bytes) {
                return Err(Unfit::Entangled);
            }
            self.read(|pdf| {
                let objects: Vec<Object> = pdf.objects().into_iter().collect();
                if objects.iter().any(|object| holds(object, DEPTH, &["JS", "JavaScript"])) {
                    return Err(Unfit::Active);
                }
                // A file in a file is named by its specification (ISO 32000-1, 7.11.3).
                if objects.iter().any(|object| holds(object, DEPTH, &["EF", "RF"])) {
                    return Err(Unfit::Attached);
                }
                Some(pdf.pages().len()).filter(|pages| *pages > 0).ok_or(Unfit::Unreadable)
            })
            .unwrap_or(Err(Unfit::Unreadable))
        })
    }

    /// What stands on its pages, and on which of them in a corner.
    pub fn seen(&self, corner: Corner) -> &Seen {
        self.seen.get_or_init(|| {
            let mut seen = Seen::default();
            let read = self.read(|pdf| {
                let cache = InterpreterCache::new();
                for (page, number) in pdf.pages().iter().zip(1..) {
                    let looked = look(page, &cache, corner);
                    seen.words.push_str(&looked.words);
                    seen.words.push('\n');
                    seen.mute
                        .extend((looked.silent >= looked.spoken && (looked.shows || has_text(page))).then_some(number));
                    seen.covered.extend(looked.covered.then_some(number));
                }
                for object in pdf.objects() {
                    said_beside(&object, DEPTH, &mut seen.words);
                }
            });
            if read.is_none() {
                seen = Seen { mute: (1..=self.pages().unwrap_or_default()).collect(), ..Seen::default() };
            }
            seen
        })
    }

    /// Opens the file, which nobody vouches for: what claims too much memory is not opened, and no fault of the reader goes
    /// further than here.
    fn read<T>(&self, work: impl FnOnce(&Pdf) -> T) -> Option<T> {
        if !self.bytes.starts_with(b"%PDF-") && !self.bytes.windows(5).take(1024).any(|start| start == b"%PDF-") {
            return None;
        }
        inflates_within(&self.bytes, MOST_INFLATED).then_some(())?;
        let bytes = Arc::new(Arc::clone(&self.bytes));
        let work = || Pdf::new(bytes).ok().map(|pdf| work(&pdf));
        catch_unwind(AssertUnwindSafe(work)).ok().flatten()
    }
}

/// Whether a file says that it is encrypted: the name stands in clear before what it refers to.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name = b"/Encrypt";
    let follows = |rest: &[u8]| {
        let rest = rest.trim_ascii_start();
        rest.starts_with(b"<<") || rest.first().is_some_and(u8::is_ascii_digit)
    };
    bytes.windows(name.len()).enumerate().any(|(at, found)| found == name && follows(&bytes[at + name.len()..]))
}

/// Whether what is compressed in a file inflates to no more than is allowed, whatever it says of itself.
fn inflates_within(bytes: &[u8], most: u64) -> bool {
    let start = b"stream";
    let mut total = 0;
    let mut room = vec![0; 64 << 10];
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(start.len()).position(|it| it == start)) {
        at += found + start.len();
        let Some(body) = bytes.get(at..) else { break };
        let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        let Some(body) = deflated(body) else { continue };
        let mut inflater = Decompress::new(true);
        loop {
            let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
            let (before, rest) = (inflater.total_out(), body.get(read..).unwrap_or_default());
            let status = inflater.decompress(rest, &mut room, FlushDecompress::None);
            let made = inflater.total_out() - before;
            total += made;
            if total > most {
                return false;
            }
            if made == 0 || !matches!(status, Ok(Status::Ok)) {
                break;
            }
        }
    }
    true
}

/// What zlib wrote, as it stands or behind signs that say its bytes: 0x78 opens it, with the usual window.
fn deflated(body: &[u8]) -> Option<Cow<'_, [u8]>> {
    let opens = |bytes: &[u8]| bytes.first() == Some(&0x78);
    if opens(body) {
        return Some(Cow::Borrowed(body));
    }
    let start = body.get(..32).unwrap_or(body);
    let reader = [of_base_85, of_hexadecimal].into_iter().find(|read| opens(&read(start)))?;
    Some(Cow::Owned(reader(body)))
}

/// Bytes that are written as signs in base 85, five for four, up to the first that is none (ISO 32000-1, 7.4.3).
fn of_base_85(signs: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(signs.len() / 5 * 4);
    let (mut value, mut count) = (0_u32, 0_usize);
    for sign in signs.iter().filter(|sign| !sign.is_ascii_whitespace()) {
        match sign {
            b'z' if count == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                value = value.wrapping_mul(85).wrapping_add(u32::from(sign - b'!'));
                count += 1;
            }
            _ => break,
        }
        if count == 5 {
            bytes.extend(value.to_be_bytes());
            (value, count) = (0, 0);
        }
    }
    // A group that is cut short has one byte less than it has signs.
    let value = (count..5).fold(value, |value, _| value.wrapping_mul(85).wrapping_add(84));
    bytes.extend(value.to_be_bytes().into_iter().take(count.saturating_sub(1)));
    bytes
}

/// Bytes that are written in hexadecimal, up to the first sign that is none.
fn of_hexadecimal(signs: &[u8]) -> Vec<u8> {
    let digit = |sign: &u8| char::from(*sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Vec<u8> = signs.iter().filter(|sign| !sign.is_ascii_whitespace()).map_while(digit).collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit) << (4 * (2 - pair.len())))
        .collect()
}

/// Whether every part is compressed in a way that is measured before it is read: at most once, behind signs or not, and a
/// picture within. A chain of others could make gigabytes of a few kilobytes, twice over.
fn is_measurable(bytes: &[u8]) -> bool {
    let name = b"/Filter";
    let chain = |rest: &[u8]| -> bool {
        let rest = rest.trim_ascii_start();
        match rest.first() {
            Some(b'[') => {
                let end = rest.iter().position(|byte| *byte == b']').unwrap_or(rest.len());
                let names: Vec<String> = String::from_utf8_lossy(&rest[1..end])
                    .split('/')
                    .map(|name| name.trim().to_owned())
                    .filter(|name| !name.is_empty())
                    .collect();
                is_plain_chain(&names.iter().map(String::as_str).collect::<Vec<_>>())
            }
            // What is said elsewhere in the file is not known here.
            Some(byte) => !byte.is_ascii_digit(),
            None => true,
        }
    };
    let at = bytes.windows(name.len()).enumerate().filter(|(_, found)| found == name).map(|(at, _)| at + name.len());
    at.map(|at| &bytes[at..]).filter(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric)).all(chain)
}

/// Whether filters that follow one another are signs, then a compression, then a picture, each once at most; or one of any.
fn is_plain_chain(names: &[&str]) -> bool {
    let stage = |name: &str| match name {
        "ASCII85Decode" | "A85" | "ASCIIHexDecode" | "AHx" => Some(0),
        "FlateDecode" | "Fl" => Some(1),
        "DCTDecode" | "DCT" | "JPXDecode" | "CCITTFaxDecode" | "CCF" | "JBIG2Decode" => Some(2),
        _ => None,
    };
    let stages: Option<Vec<u8>> = names.iter().map(|name| stage(name)).collect();
    names.len() < 2 || stages.is_some_and(|stages| stages.windows(2).all(|pair| pair[0] < pair[1]))
}

/// Whether an object holds one of these names.
fn holds(object: &Object, depth: usize, names: &[&str]) -> bool {
    let inner = |value: &MaybeRef<Object>| match value {
        MaybeRef::NotRef(object) => depth > 0 && holds(object, depth - 1, names),
        MaybeRef::Ref(_) => false,
    };
    let within = |dict: &Dict| dict.entries().any(|(key, value)| names.contains(&key.as_str()) || inner(&value));
    match object {
        Object::Dict(dict) => within(dict),
        Object::Array(array) => array.raw_iter().any(|value| inner(&value)),
        Object::Stream(stream) => within(stream.dict()),
        _ => false,
    }
}

/// Writes the texts that stand beside the pages: properties, bookmarks, remarks.
fn said_beside(object: &Object, depth: usize, said: &mut String) {
    let mut inner = |value: MaybeRef<Object>| {
        if let (MaybeRef::NotRef(object), true) = (value, depth > 0) {
            said_beside(&object, depth - 1, said);
        }
    };
    match object {
        Object::Dict(dict) => dict.entries().for_each(|(_, value)| inner(value)),
        Object::Array(array) => array.raw_iter().for_each(inner),
        Object::String(text) => {
            let bytes = text.as_bytes();
            let units = || bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            let text = match bytes {
                [0xfe, 0xff, ..] => String::from_utf16_lossy(&units().skip(1).collect::<Vec<_>>()),
                bytes => bytes.iter().map(|byte| char::from(*byte)).collect(),
            };
            said.push_str(&text);
            said.push('\n');
        }
        _ => {}
    }
}

/// What is drawn on a page.
struct Looked {
    words: String,
    /// How many signs say what they are, and how many do not.
    spoken: usize,
    silent: usize,
    shows: bool,
    covered: bool,
    corner: Rect,
    clips: Vec<Rect>,
    /// Where the last sign ends.
    pen: Option<Point>,
}

fn look<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, corner: Corner) -> Looked {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let start = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, width, height);
    let mut context = Context::new(start, bounds, cache, page.xref(), InterpreterSettings::default());
    let mut looked = Looked {
        words: String::new(),
        spoken: 0,
        silent: 0,
        shows: false,
        covered: false,
        corner: Rect::new(width - corner.width, 0.0, width, corner.height),
        clips: vec![bounds],
        pen: None,
    };
    interpret_page(page, &mut context, &mut looked);
    looked
}

/// Whether a page sets signs, were it in a font that cannot be read.
fn has_text(page: &Page) -> bool {
    let mut operations = page.operations();
    while let Some(operation) = operations.next() {
        if matches!(&**operation.operator, b"Tj" | b"TJ" | b"'" | b"\"") {
            return true;
        }
    }
    false
}

impl Looked {
    /// Notes that something is drawn within bounds.
    fn draws(&mut self, bounds: Rect) {
        let clip = self.clips.last().copied().unwrap_or_default();
        let drawn = bounds.intersect(clip);
        self.shows |= drawn.width() >= 0.0 && drawn.height() >= 0.0;
        let within = drawn.intersect(self.corner);
        self.covered |= within.width() > 0.5 && within.height() > 0.5;
    }
}

/// Whether a colour is that of the paper.
fn is_paper(paint: &Paint) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8().into_iter().take(3).all(|part| part > 250),
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Looked {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, _: &PathDrawMode) {
        if !is_paper(paint) {
            let bounds = transform.transform_rect_bbox(path.bounding_box());
            // A rule has no height of its own.
            self.draws(bounds.inflate(0.5, 0.5));
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let outer = self.clips.last().copied().unwrap_or_default();
        self.clips.push(clip.path.bounding_box().intersect(outer));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, placed: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let placed = transform * placed;
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let (from, to) = (placed * Point::ORIGIN, placed * Point::new(advance, 0.0));
        let size = (placed * Point::new(0.0, 1000.0) - from).hypot();
        let gap = self.pen.map_or(0.0, |pen| (from - pen).hypot());
        if gap > size * 0.15 {
            self.words.push(if gap > size { '\n' } else { ' ' });
        }
        self.pen = Some(to);
        let text = match glyph.as_unicode() {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        if text.is_empty() || text.contains('\u{fffd}') {
            self.silent += 1;
        } else {
            self.spoken += 1;
            self.words.push_str(&text);
        }
        if text.trim().is_empty() && !text.is_empty() {
            return;
        }
        self.draws(Rect::from_points(from, placed * Point::new(advance, 700.0)));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let extent = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.draws(transform.transform_rect_bbox(extent));
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_that_follow_one_another_are_measured_or_refused() {
        for (names, plain) in [
            (&["LZWDecode"][..], true),
            (&["ASCII85Decode", "FlateDecode"], true),
            (&["FlateDecode", "DCTDecode"], true),
            (&["AHx", "Fl", "DCT"], true),
            (&["FlateDecode", "FlateDecode"], false),
            (&["ASCII85Decode", "ASCIIHexDecode"], false),
            (&["FlateDecode", "ASCII85Decode"], false),
            (&["ASCII85Decode", "LZWDecode"], false),
        ] {
            assert_eq!(is_plain_chain(names), plain, "{names:?}");
        }
        assert!(is_measurable(b"<< /Filter [ /FlateDecode ] /FilterX [/A /B] >>"));
        assert!(!is_measurable(b"<< /Filter[/FlateDecode /FlateDecode] >>"));
        assert!(!is_measurable(b"<< /Filter 12 0 R >>"));
    }

    #[test]
    fn what_stands_behind_signs_is_measured_too() {
        assert_eq!(of_base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(of_base_85(b"z!!~>"), [0, 0, 0, 0, 0]);
        assert_eq!(of_hexadecimal(b"78 9C a>"), [0x78, 0x9c, 0xa0]);
        let mut squeezed = Vec::new();
        flate2::Compress::new(flate2::Compression::best(), true)
            .compress_vec(
                &vec![0; 100_000],
                {
                    squeezed.reserve(1 << 16);
                    &mut squeezed
                },
                flate2::FlushCompress::Finish,
            )
            .expect("compressed");
        let signs: String = squeezed.iter().map(|byte| format!("{byte:02x}")).collect();
        let part = format!("stream\n{signs}>\nendstream");
        assert!(inflates_within(part.as_bytes(), 100_000) && !inflates_within(part.as_bytes(), 99_999));
    }
}
