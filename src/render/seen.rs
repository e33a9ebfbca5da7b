//! What of a page can be seen, and where: every item with its place, and what cuts it.

use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};

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
