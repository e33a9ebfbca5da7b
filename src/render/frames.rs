//! What stands on finished pages: their words, and whether a zone is empty. Read before export, so no PDF parser is needed.

use std::collections::BTreeSet;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
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
        visit(&page.frame, &mut |seen| {
            if let FrameItem::Text(run) = seen.item {
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
        visit(&page.frame, &mut |seen| {
            if let FrameItem::Tag(Tag::Start(mark, _)) = seen.item
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
        visit(frame, &mut |seen| {
            found |= seen
                .bounds()
                .is_some_and(|bounds| bounds.max.x > left && bounds.min.y < bottom && bounds.max.x > bounds.min.x);
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

/// An item of a page where it stands.
pub(super) struct Seen<'f> {
    /// The item.
    pub(super) item: &'f FrameItem,
    transform: Transform,
    /// What of it can be seen, where something cuts it.
    clip: Option<Rect>,
}

impl Seen<'_> {
    /// The rectangle that it covers on the page, as far as it can be seen. Words cover the height of their lines.
    pub(super) fn bounds(&self) -> Option<Rect> {
        let own = match self.item {
            FrameItem::Text(run) if !run.text.trim().is_empty() => {
                Rect::new(Point::with_y(-0.78 * run.size), Point::new(run.width(), 0.22 * run.size))
            }
            FrameItem::Shape(shape, _) => shape.bbox(true),
            FrameItem::Image(_, size, _) => Rect::from_pos_size(Point::zero(), *size),
            _ => return None,
        };
        let bounds = moved(own, self.transform);
        match self.clip {
            Some(clip) => shared(bounds, clip),
            None => Some(bounds),
        }
    }
}

/// The rectangle around a rectangle that was moved, turned or scaled.
fn moved(rect: Rect, transform: Transform) -> Rect {
    let corners = [rect.min, Point::new(rect.max.x, rect.min.y), Point::new(rect.min.x, rect.max.y), rect.max]
        .map(|corner| corner.transform(transform));
    let (x, y) = (corners.map(|corner| corner.x), corners.map(|corner| corner.y));
    let least = |values: [Abs; 4]| values.into_iter().min().unwrap_or_default();
    let most = |values: [Abs; 4]| values.into_iter().max().unwrap_or_default();
    Rect::new(Point::new(least(x), least(y)), Point::new(most(x), most(y)))
}

/// What two rectangles share.
fn shared(one: Rect, other: Rect) -> Option<Rect> {
    let min = one.min.max(other.min);
    let max = one.max.min(other.max);
    (min.x < max.x && min.y < max.y).then(|| Rect::new(min, max))
}

/// Shows every item of a page, in the order in which they are drawn.
pub(super) fn visit(page: &Frame, seen: &mut dyn FnMut(Seen<'_>)) {
    walk(page, Transform::identity(), None, seen);
}

fn walk(frame: &Frame, transform: Transform, clip: Option<Rect>, seen: &mut dyn FnMut(Seen<'_>)) {
    for (position, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(position.x, position.y));
        let FrameItem::Group(group) = item else {
            seen(Seen { item, transform: here, clip });
            continue;
        };
        let inner = here.pre_concat(group.transform);
        let own = group.clip.as_ref().map(|curve| moved(curve.bbox(None), inner));
        let clip = match (clip, own) {
            // What nothing is seen of has no size.
            (Some(clip), Some(own)) => Some(shared(clip, own).unwrap_or(Rect::from_pos_size(clip.min, Size::zero()))),
            (clip, own) => own.or(clip),
        };
        walk(&group.frame, inner, clip, seen);
    }
}
