//! What stands on finished pages: their words, and whether a zone is empty. Read before export, so no PDF parser is needed.

use std::collections::BTreeSet;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
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
        visit(&page.frame, Transform::identity(), &mut |item, _| {
            if let FrameItem::Tag(Tag::Start(mark, _)) = item
                && let Some(mark) = mark.to_packed::<MetadataElem>()
                && let Value::Dict(mark) = &mark.value
                && let Ok(Value::Str(name)) = mark.get("chiffre")
            {
                names.insert(name.to_string());
            }
        });
    }
    names
}

/// The pages, from 1, on which something stands in the stamp's zone.
#[must_use]
pub fn pages_under_the_stamp(document: &PagedDocument) -> Vec<usize> {
    let is_stamped = |frame: &Frame| {
        let (width, height, edge) = STAMP;
        let left = frame.width() - Abs::pt(width + edge + STAMP_MARGIN);
        let bottom = Abs::pt(height + edge + STAMP_MARGIN);
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
