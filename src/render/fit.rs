//! How finished pages are filled, and which setting of a template fits: read on the frames, never on pictures.
//!
//! A template that asks how tightly it is to be set (`serrage`, 0 to 3) is set again as long as its pages end badly. What a
//! page is about is not known here.

use std::cmp::Ordering;

use typst::foundations::{StyleChain, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect};
use typst::model::{EnumElem, HeadingElem, ListElem};
use typst::pdf::ArtifactElem;
use typst_layout::PagedDocument;

use super::seen::{self, Seen};

/// The tightest setting of a template: 0 as designed, 1 with smaller gaps and pictures, 2 with smaller tables too, 3 without
/// what may be missed.
pub const TIGHTEST: u8 = 3;

/// The most that an inner page may leave empty at its foot, in millimetres.
const MOST_FREE: f64 = 45.0;
/// How much of the last page must be filled: a third.
const LEAST_FILLED: f64 = 1.0 / 3.0;
/// How far ink may be outside of the type area, in millimetres: what optical margins need.
const SLACK: f64 = 1.0;
/// What must stand below a heading: three lines of the smallest tables, in points.
const BELOW_A_HEADING: f64 = 33.0;
/// Pages that are lower than this are slides, in millimetres.
const SLIDE: f64 = 170.0;
/// Lists of so many items are not torn by a page.
const SHORT_LIST: usize = 8;

/// How a page is filled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filling {
    /// The height of its type area, in millimetres.
    pub height: f64,
    /// How much of it is empty at its foot, in millimetres.
    pub free: f64,
    /// What stands outside of the type area: the words, or what it is, and how far in millimetres.
    pub strays: Vec<(String, f64)>,
    /// Words that stand on each other.
    pub overlaps: Vec<(String, String)>,
    /// A heading at its foot with fewer than three lines below.
    pub lonely_heading: Option<String>,
    /// Whether it begins within a short list.
    pub torn_list: bool,
    /// Whether a part of the file begins on it: the page before ends one.
    pub opens: bool,
    /// Whether it is shown on a wall: it ends where it likes.
    pub is_slide: bool,
    /// The most pages that its file is to have, where the page says so.
    pub most_pages: Option<usize>,
    /// How much of the last page is to be filled, where the page asks for more than usual.
    pub least_filled: Option<f64>,
}

/// What is wrong with a page among the pages of its file.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// An inner page leaves so many millimetres empty.
    Empty(f64),
    /// The last page has hardly anything on it: so many millimetres.
    ThinEnd(f64),
    /// Something leaves the type area.
    Stray(String, f64),
    /// Words stand on each other.
    Overlap(String, String),
    /// A heading ends the page.
    LonelyHeading(String),
    /// A short list is torn.
    TornList,
    /// The file has so many pages more than it is to have.
    TooLong(usize),
}

impl Fault {
    /// How bad it is, beside others.
    fn weight(&self) -> f64 {
        match self {
            Self::Stray(..) | Self::Overlap(..) => 1000.0,
            Self::LonelyHeading(_) => 100.0,
            Self::TornList => 60.0,
            Self::TooLong(_) => 400.0,
            Self::Empty(free) => free - MOST_FREE,
            Self::ThinEnd(filled) => (100.0 - filled).max(1.0),
        }
    }
}

/// How every page of a document is filled.
#[must_use]
pub fn fillings(document: &PagedDocument) -> Vec<Filling> {
    let mut open = Vec::new();
    document.pages().iter().map(|page| filling(&page.frame, &mut open)).collect()
}

/// What is wrong with pages, each with its number from 1. One page alone may end where it likes. A file of several parts has
/// as many last pages.
#[must_use]
pub fn faults(fillings: &[Filling]) -> Vec<(usize, Fault)> {
    let mut faults = Vec::new();
    if let Some(most) = fillings.iter().find_map(|filling| filling.most_pages).filter(|most| *most < fillings.len()) {
        faults.push((most + 1, Fault::TooLong(fillings.len() - most)));
    }
    let mut least_filled = LEAST_FILLED;
    for (page, filling) in (1..).zip(fillings) {
        least_filled = filling.least_filled.unwrap_or(if filling.opens { LEAST_FILLED } else { least_filled });
        let is_last = fillings.get(page).is_none_or(|next| next.opens);
        let mut tell = |fault| faults.push((page, fault));
        if !is_last && !filling.is_slide && filling.free > MOST_FREE {
            tell(Fault::Empty(filling.free));
        }
        let filled = filling.height - filling.free;
        if is_last && page > 1 && !filling.opens && !filling.is_slide && filled < filling.height * least_filled {
            tell(Fault::ThinEnd(filled));
        }
        filling.strays.iter().for_each(|(what, far)| tell(Fault::Stray(what.clone(), *far)));
        filling.overlaps.iter().for_each(|(one, other)| tell(Fault::Overlap(one.clone(), other.clone())));
        if let Some(heading) = &filling.lonely_heading {
            tell(Fault::LonelyHeading(heading.clone()));
        }
        if filling.torn_list {
            tell(Fault::TornList);
        }
    }
    faults
}

/// How badly a document is set: nothing where it fits.
pub(super) fn badness(document: &PagedDocument) -> f64 {
    faults(&fillings(document)).iter().map(|(_, fault)| fault.weight()).sum()
}

/// Which of two settings is better: the one that ends better, then the shorter one.
pub(super) fn better(one: (f64, usize), other: (f64, usize)) -> bool {
    one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)) == Ordering::Less
}

/// A list that is begun and not ended, with how many items it has.
type OpenList = (Location, usize);

fn filling(page: &Frame, open: &mut Vec<OpenList>) -> Filling {
    let Marks { area, most_pages, least_filled } = marks(page);
    let area = area.unwrap_or_else(|| Rect::from_pos_size(Point::zero(), page.size()));
    let mut reader = Reader {
        area,
        page,
        open,
        bottom: area.min.y,
        margin: None,
        strays: Vec::new(),
        words: Vec::new(),
        headings: Vec::new(),
        heading: None,
        is_begun: false,
        torn: false,
        opens: false,
        grounds: Vec::new(),
    };
    seen::visit(page, &mut |seen| reader.see(&seen));
    let bottom = reader.bottom;
    let heading = reader.headings.pop().filter(|(_, end)| (bottom - *end).to_pt() < BELOW_A_HEADING);
    Filling {
        height: area.size().y.to_mm(),
        free: (area.max.y - bottom).to_mm().max(0.0),
        overlaps: overlaps(reader.words),
        strays: reader.strays,
        lonely_heading: heading.map(|(text, _)| text),
        torn_list: reader.torn,
        opens: reader.opens,
        most_pages,
        least_filled,
        is_slide: page.height().to_mm() < SLIDE,
    }
}

/// What a page says of itself in marks that nobody sees.
#[derive(Default)]
struct Marks {
    /// The part of it that its margins leave.
    area: Option<Rect>,
    /// The most pages that its file is to have.
    most_pages: Option<usize>,
    /// How much of the last page is to be filled.
    least_filled: Option<f64>,
}

fn marks(page: &Frame) -> Marks {
    let mut marks = Marks::default();
    seen::visit(page, &mut |seen| {
        let FrameItem::Tag(Tag::Start(mark, _)) = seen.item else { return };
        let Some(Value::Dict(mark)) = mark.to_packed::<MetadataElem>().map(|mark| &mark.value) else { return };
        if let Ok(Value::Array(sides)) = mark.get("marges") {
            let sides: Vec<f64> = sides.iter().filter_map(|side| side.clone().cast().ok()).collect();
            marks.area = <[f64; 4]>::try_from(sides).ok().map(|sides| {
                let [left, top, right, bottom] = sides.map(Abs::pt);
                Rect::new(Point::new(left, top), Point::new(page.width() - right, page.height() - bottom))
            });
        }
        if let Ok(most) = mark.get("pages") {
            marks.most_pages = most.clone().cast().ok();
        }
        if let Ok(least) = mark.get("pleine") {
            marks.least_filled = least.clone().cast().ok();
        }
    });
    marks
}

/// Reads one page.
struct Reader<'r> {
    area: Rect,
    page: &'r Frame,
    open: &'r mut Vec<OpenList>,
    /// The lowest ink.
    bottom: Abs,
    /// What stands in a margin, while it is read: the foot of the page, its ground.
    margin: Option<Location>,
    strays: Vec<(String, f64)>,
    words: Vec<(Rect, String)>,
    /// The headings in order, each with its lowest ink.
    headings: Vec<(String, Abs)>,
    /// The heading that is being read.
    heading: Option<Location>,
    is_begun: bool,
    torn: bool,
    opens: bool,
    /// Grounds that run to the edge of the page: what stands on them may stand in its margins.
    grounds: Vec<Rect>,
}

impl Reader<'_> {
    fn see(&mut self, seen: &Seen<'_>) {
        match seen.item {
            FrameItem::Tag(Tag::Start(element, _)) => {
                let Some(location) = element.location() else { return };
                if element.is::<ArtifactElem>() {
                    self.margin = self.margin.or(Some(location));
                } else if let Some(heading) = element.to_packed::<HeadingElem>() {
                    self.opens |= heading.resolve_level(StyleChain::default()).get() == 1;
                    self.heading = Some(location);
                    self.headings.push((String::new(), self.area.min.y));
                } else if let Some(list) = element.to_packed::<ListElem>() {
                    self.open.push((location, list.children.len()));
                } else if let Some(list) = element.to_packed::<EnumElem>() {
                    self.open.push((location, list.children.len()));
                }
            }
            FrameItem::Tag(Tag::End(location, ..)) => {
                self.open.retain(|(open, _)| open != location);
                self.heading = self.heading.filter(|heading| heading != location);
                self.margin = self.margin.filter(|margin| margin != location);
            }
            item => self.ink(item, seen),
        }
    }

    fn ink(&mut self, item: &FrameItem, seen: &Seen<'_>) {
        let Some(bounds) = seen.bounds().filter(|_| self.margin.is_none()) else { return };
        self.bottom = self.bottom.max(bounds.max.y.min(self.area.max.y));
        let text = match item {
            FrameItem::Text(run) => Some(run.text.as_str()),
            _ => None,
        };
        self.measure(bounds, text);
        let Some(text) = text else { return };
        if !std::mem::replace(&mut self.is_begun, true) {
            self.torn = self.open.iter().any(|(_, items)| *items <= SHORT_LIST);
        }
        if self.heading.is_some()
            && let Some((heading, end)) = self.headings.last_mut()
        {
            heading.push_str(text);
            *end = (*end).max(bounds.max.y);
        }
        self.words.push((bounds, text.to_owned()));
    }

    /// Notes what leaves the type area. A picture, or a ground, may run to the edge of the page; words may only where they
    /// stand on such a ground. A bar beside the text is no more than a mark.
    fn measure(&mut self, bounds: Rect, text: Option<&str>) {
        let (area, slack, size) = (self.area, Abs::mm(SLACK), self.page.size());
        let runs_out = bounds.min.x <= slack
            || bounds.min.y <= slack
            || bounds.max.x >= size.x - slack
            || bounds.max.y >= size.y - slack;
        if text.is_none() && runs_out {
            self.grounds.push(bounds);
            return;
        }
        let is_mark = text.is_none() && bounds.size().x < slack;
        let holds = |ground: &Rect| {
            ground.min.x <= bounds.min.x
                && ground.min.y <= bounds.min.y
                && bounds.max.x <= ground.max.x
                && bounds.max.y <= ground.max.y
        };
        if is_mark || self.grounds.iter().any(holds) && !runs_out {
            return;
        }
        let over = [
            area.min.x - bounds.min.x,
            area.min.y - bounds.min.y,
            bounds.max.x - area.max.x,
            bounds.max.y - area.max.y,
        ];
        let far = over.into_iter().max().unwrap_or_default();
        if far > slack {
            self.strays.push((text.unwrap_or("un dessin").to_owned(), far.to_mm()));
        }
    }
}

/// Words that stand on each other: the bodies of their small letters share some room.
fn overlaps(words: Vec<(Rect, String)>) -> Vec<(String, String)> {
    let body = |(bounds, text): (Rect, String)| {
        let height = bounds.size().y;
        let (top, bottom) = (bounds.min.y + height * 0.3, bounds.max.y - height * 0.24);
        (Rect::new(Point::new(bounds.min.x, top), Point::new(bounds.max.x, bottom)), text)
    };
    let mut words: Vec<(Rect, String)> = words.into_iter().map(body).collect();
    words.sort_by_key(|(bounds, _)| bounds.min.y);
    let mut found = Vec::new();
    for (index, (one, text)) in words.iter().enumerate() {
        let below = words[index + 1..].iter().take_while(|(other, _)| other.min.y < one.max.y - Abs::pt(0.5));
        let shared = |other: &Rect| one.max.x.min(other.max.x) - one.min.x.max(other.min.x);
        let met = below.filter(|(other, _)| shared(other) > Abs::pt(1.5));
        found.extend(met.map(|(_, other)| (text.clone(), other.clone())));
    }
    found
}
