//! What stands on finished pages: their words, and whether a zone is empty. Read before export, so no PDF parser is needed.

use std::collections::BTreeSet;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// The zone that a prefecture's stamp takes on every page of an act: 235 × 50 pt, 10 pt from the top and right edges.
///
/// A margin of 4 pt more on the inner sides keeps the stamp from touching anything.
const STAMP: (f64, f64, f64) = (235.0, 50.0, 10.0);
const STAMP_MARGIN: f64 = 4.0;

/// The words of a document, page by page, in the order in which they are drawn.
#[must_use]
pub fn words(document: &PagedDocument) -> String {
    let mut text = String::new();
    for page in document.pages() {
        visit(&page.frame, Transform::identity(), &mut |item, _| {
            if let FrameItem::Text(run) = item {
                text.push_str(&run.text);
                text.push(' ');
            }
        });
        text.push('\n');
    }
    text
}

/// The names of the figures that stand on the pages: each is set with a mark that nobody sees.
#[must_use]
pub fn figures(document: &PagedDocument) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for page in document.pages() {
        visit(&page.frame, Transform::identity(), &mut |item, _| names.extend(mark(item)));
    }
    names
}

/// The name of a figure, where an item is the mark that stands before it.
fn mark(item: &FrameItem) -> Option<String> {
    let FrameItem::Tag(Tag::Start(mark, _)) = item else { return None };
    let Value::Dict(mark) = &mark.to_packed::<MetadataElem>()?.value else { return None };
    match mark.get("chiffre") {
        Ok(Value::Str(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// Where a figure stands on a page, in points from the page's upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Which of the figures that were looked for.
    pub figure: usize,
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// How wide.
    pub width: f64,
    /// How high.
    pub height: f64,
}

/// Where figures stand, page by page; each is looked for by its name and its text. One that is broken over two lines has two
/// spots, one whose text is set otherwise than it is printed has none.
#[must_use]
pub fn places(document: &PagedDocument, figures: &[(&str, &str)]) -> Vec<Vec<Spot>> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let figures: Vec<(&str, String)> = figures.iter().map(|(name, text)| (*name, bare(text))).collect();
    let spots_of = |page: &Frame| {
        let mut spots = Vec::new();
        let mut open: Option<Search> = None;
        visit(page, Transform::identity(), &mut |item, transform| {
            let is_over = match (item, &mut open) {
                (FrameItem::Text(run), Some(search)) => search.ends(run, transform, &figures),
                _ => false,
            };
            let name = mark(item);
            if is_over || name.is_some() {
                spots.extend(open.take().into_iter().flat_map(|search| search.found));
                open = name.map(|name| Search { name, ..Search::default() });
            }
        });
        spots.extend(open.into_iter().flat_map(|search| search.found));
        spots
    };
    document.pages().iter().map(|page| spots_of(&page.frame)).collect()
}

/// A figure whose mark was met, and what stands behind it so far.
#[derive(Default)]
struct Search {
    name: String,
    said: String,
    /// The runs that were taken up whole.
    passed: Vec<Spot>,
    /// The spots of the longest text that was said whole.
    found: Vec<Spot>,
}

impl Search {
    /// Takes the glyphs of a run up; tells whether the search is over.
    fn ends(&mut self, run: &TextItem, transform: Transform, figures: &[(&str, String)]) -> bool {
        let of_name = || figures.iter().enumerate().filter(|(_, (name, _))| *name == self.name);
        let texts: Vec<(usize, &String)> = of_name().map(|(index, (_, text))| (index, text)).collect();
        let spot = |to: Abs, figure: usize| {
            let corners = [Point::new(Abs::zero(), -run.size * 0.8), Point::new(to, run.size * 0.25)];
            let [one, other] = corners.map(|corner| corner.transform(transform));
            let (x, y) = (one.x.min(other.x).to_pt(), one.y.min(other.y).to_pt());
            let (width, height) = ((other.x - one.x).abs().to_pt(), (other.y - one.y).abs().to_pt());
            Spot { figure, x, y, width, height }
        };
        let mut x = Abs::zero();
        for glyph in &run.glyphs {
            let said = run.text.get(glyph.range()).unwrap_or_default();
            let next = said.chars().filter(|c| !c.is_whitespace());
            let next: String = self.said.chars().chain(next).collect();
            if !texts.iter().any(|(_, text)| text.starts_with(&next)) {
                return true;
            }
            x += glyph.x_advance.at(run.size);
            self.said = next;
            if let Some((figure, _)) = texts.iter().find(|(_, text)| **text == self.said) {
                let passed = self.passed.iter().map(|passed| Spot { figure: *figure, ..passed.clone() });
                self.found = passed.chain([spot(x, *figure)]).collect();
            }
        }
        self.passed.push(spot(x, 0));
        false
    }
}

/// How far the stamp's zone goes from the top right corner of a page: to the left, and down.
#[must_use]
pub fn stamp_corner() -> (f64, f64) {
    let (width, height, edge) = STAMP;
    (width + edge + STAMP_MARGIN, height + edge + STAMP_MARGIN)
}

/// The pages, from 1, on which something stands in the stamp's zone.
#[must_use]
pub fn pages_under_the_stamp(document: &PagedDocument) -> Vec<usize> {
    let is_stamped = |frame: &Frame| {
        let (width, height) = stamp_corner();
        let left = frame.width() - Abs::pt(width);
        let bottom = Abs::pt(height);
        let mut found = false;
        visit(frame, Transform::identity(), &mut |item, transform| {
            if let Some(bounds) = bounds(item) {
                let corners = [
                    bounds.min,
                    Point::new(bounds.max.x, bounds.min.y),
                    Point::new(bounds.min.x, bounds.max.y),
                    bounds.max,
                ];
                let moved = corners.map(|corner| corner.transform(transform));
                let right = moved.iter().map(|corner| corner.x).max().unwrap_or_default();
                let top = moved.iter().map(|corner| corner.y).min().unwrap_or_default();
                found |= right > left && top < bottom && bounds.max.x > bounds.min.x;
            }
        });
        found
    };
    document
        .pages()
        .iter()
        .enumerate()
        .filter(|(_, page)| is_stamped(&page.frame))
        .map(|(index, _)| index + 1)
        .collect()
}

/// A run of words, a rule or a picture where it stands on its page, in millimetres from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// The words, where it is words.
    pub text: Option<String>,
    /// Left edge.
    pub left: f64,
    /// Upper edge; of words, that of their line.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge; of words, that of their line.
    pub bottom: f64,
}

/// Everything that is seen on the pages, in the order in which it is drawn.
#[must_use]
pub fn drawn(document: &PagedDocument) -> Vec<Vec<Drawn>> {
    let page = |frame: &Frame| {
        let mut found = Vec::new();
        visit(frame, Transform::identity(), &mut |item, transform| {
            let (text, bounds) = match item {
                FrameItem::Text(run) if !run.text.trim().is_empty() => {
                    let line = Rect::new(Point::with_y(-0.78 * run.size), Point::new(run.width(), 0.22 * run.size));
                    (Some(run.text.to_string()), Some(line))
                }
                other => (None, bounds(other)),
            };
            if let Some(bounds) = bounds {
                let (min, max) = (bounds.min.transform(transform), bounds.max.transform(transform));
                let [left, top, right, bottom] = [min.x, min.y, max.x, max.y].map(Abs::to_mm);
                found.push(Drawn { text, left, top, right, bottom });
            }
        });
        found
    };
    document.pages().iter().map(|it| page(&it.frame)).collect()
}

/// The rectangle that an item covers, in its own coordinates.
fn bounds(item: &FrameItem) -> Option<Rect> {
    match item {
        FrameItem::Text(run) if !run.text.trim().is_empty() => Some(run.bbox()),
        FrameItem::Shape(shape, _) => Some(shape.bbox(true)),
        FrameItem::Image(_, size, _) => Some(Rect::from_pos_size(Point::zero(), *size)),
        _ => None,
    }
}

fn visit(frame: &Frame, transform: Transform, seen: &mut dyn FnMut(&FrameItem, Transform)) {
    for (position, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => visit(&group.frame, here.pre_concat(group.transform), seen),
            other => seen(other, here),
        }
    }
}
