//! A map as a chart: the areas of the partners in tints, a name and a number beside each, discs where something is.
//!
//! Lengths are tenths of a millimetre on the page: contours are simplified to one of them. Without contours, each partner is
//! a tile. Where a label stands is computed (`placing`), so that none touches another.

use serde::{Serialize, Serializer};

use super::About;
use super::placing::{self, Box2, Wanted};
use crate::figures::{Figure, Length, Phrase, Printed};
use crate::views::{Shape, Step, View, Visitor, view};

/// A point of a contour: to the right, downwards.
pub(crate) type Point = (f64, f64);

/// How far a point may be from a contour that leaves it out.
const TOLERANCE: f64 = 1.0;
/// The radius of the disc of one thing.
const DISC: f64 = 13.0;
/// The most characters of a line of a label: narrower where labels would stand on each other.
const LINES: [usize; 3] = [22, 14, 10];
/// How wide a character of a label is at most, and how high its lines and its number are.
const CHARACTER: f64 = 18.5;
const LINE_HEIGHT: f64 = 38.0;
const NUMBER_HEIGHT: f64 = 70.0;
/// The white between two tiles.
const JOINT: f64 = 12.0;

view! {
    /// A map.
    pub(crate) struct Map {
        constat: Phrase,
        mesure: String,
        source: String,
        alternative: String,
        largeur: Tenths,
        hauteur: Tenths,
        formes: Vec<Form>,
        disques: Vec<Disc>,
    }

    /// The area of a partner.
    pub(crate) struct Form {
        contours: Contours,
        /// How dark it is.
        teinte: Option<Length>,
        /// Whether it is the one that the map is about.
        propre: bool,
        etiquette: Label,
    }

    /// The name of an area, and its number.
    pub(crate) struct Label {
        lignes: Vec<String>,
        valeur: Option<Printed>,
        x: Tenths,
        y: Tenths,
        largeur: Tenths,
        /// Where the words stand in their box: `gauche`, `centre`, `droite`.
        cote: &'static str,
        /// A line to the area, where the label is far from it.
        renvoi: Contours,
    }

    /// Things at a place, as many as the disc is large.
    pub(crate) struct Disc {
        x: Tenths,
        y: Tenths,
        rayon: Tenths,
    }
}

/// A length, in tenths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Tenths(i32);

/// Lines of points, in tenths of a millimetre.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Contours(Vec<Vec<(i32, i32)>>);

impl Tenths {
    fn of(length: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a page has a few thousand tenths of a millimetre")]
        Self(length.round().clamp(-100_000.0, 100_000.0) as i32)
    }
}

impl Contours {
    fn of(lines: impl IntoIterator<Item = Vec<Point>>) -> Self {
        let line = |line: Vec<Point>| line.into_iter().map(|(x, y)| (Tenths::of(x).0, Tenths::of(y).0)).collect();
        Self(lines.into_iter().map(line).collect())
    }
}

impl Serialize for Contours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Geometry says nothing that is read.
impl View for Tenths {
    fn shape() -> Shape {
        Shape::Length
    }

    fn visit(&self, _: &mut Vec<Step>, _: &mut Visitor<'_>) {}
}

impl View for Contours {
    fn shape() -> Shape {
        Shape::Length
    }

    fn visit(&self, _: &mut Vec<Step>, _: &mut Visitor<'_>) {}
}

/// What a map shows of a partner.
#[derive(Debug, Clone)]
pub(crate) struct Area {
    /// Its name.
    pub(crate) name: String,
    /// Its contours, closed, in any one unit; none: it has no place on the map.
    pub(crate) rings: Vec<Vec<Point>>,
    /// Its number, where it may be read.
    pub(crate) value: Option<Figure>,
    /// Whether the map is about it.
    pub(crate) is_own: bool,
}

/// Things at a place.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The place.
    pub(crate) name: String,
    /// Where it is, in the unit of the contours.
    pub(crate) at: Point,
    /// How many.
    pub(crate) count: Figure,
}

/// Where a map is set: its room in tenths of a millimetre, and how much larger its letters are than on a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// The width.
    pub(crate) width: f64,
    /// The height.
    pub(crate) height: f64,
    /// How large the letters are, where those of a page are 1.
    pub(crate) lettering: f64,
}

/// A map in a frame; nothing without areas. Sites must be within it.
#[must_use]
pub(crate) fn map(finding: Phrase, areas: Vec<Area>, sites: &[Site], frame: Frame, about: About) -> Option<Map> {
    let Frame { width, height, lettering } = frame;
    let frame = (width, height);
    let areas: Vec<Area> = areas.into_iter().filter(|area| area.rings.iter().any(|ring| ring.len() > 2)).collect();
    let onto = Fitting::of(&areas, frame)?;
    let rings: Vec<Vec<Vec<Point>>> = areas
        .iter()
        .map(|area| area.rings.iter().map(|ring| simplified(&onto.ring(ring))).collect::<Vec<_>>())
        .collect();
    let discs: Vec<Disc> = sites.iter().map(|site| disc(site, onto.point(site.at))).collect();
    let taken: Vec<Box2> = discs.iter().map(|disc| Box2::around(disc.x.0, disc.y.0, disc.rayon.0)).collect();
    let mut labels: Vec<Vec<String>> = Vec::new();
    let mut places: Vec<placing::Place> = Vec::new();
    for line in LINES {
        labels = areas.iter().map(|area| lines(&area.name, line)).collect();
        let size = |(area, lines): (&Area, &Vec<String>)| label_size(lines, area.value.is_some(), lettering);
        let sizes = areas.iter().zip(&labels).map(size);
        let wanted: Vec<Wanted> = rings.iter().zip(sizes).map(|(rings, size)| Wanted { rings, size }).collect();
        places = placing::place(&wanted, &taken, frame);
        if places.iter().all(|place| place.is_free) {
            break;
        }
    }
    let scale = areas.iter().filter_map(|area| area.value.as_ref()).map(Figure::amount).max().unwrap_or(0);
    let mut told: Vec<String> = areas.iter().map(told).collect();
    told.extend(sites.iter().map(|site| format!("disque à {}\u{a0}: {}", site.name, site.count.count().text())));
    let About { measured, source, .. } = about;
    let sized = |area: Area, rings: Vec<Vec<Point>>, place: placing::Place, lines: Vec<String>| Form {
        contours: Contours::of(rings),
        teinte: area.value.as_ref().map(|value| value.length(scale)),
        propre: area.is_own,
        etiquette: Label {
            lignes: lines,
            valeur: area.value.map(|value| value.count()),
            x: Tenths::of(place.at.left),
            y: Tenths::of(place.at.top),
            largeur: Tenths::of(place.at.width()),
            cote: place.side,
            renvoi: Contours::of(place.leader.map(|(from, to)| vec![from, to])),
        },
    };
    let forms = areas.into_iter().zip(rings.clone()).zip(places).zip(labels);
    let forms = forms.map(|(((area, rings), place), lines)| sized(area, rings, place, lines));
    Some(Map {
        alternative: format!(
            "Carte. {}. {}\u{a0}: {}.",
            finding.text(),
            measured.trim_end_matches('.'),
            told.join(", ")
        ),
        constat: finding,
        mesure: measured,
        source,
        largeur: Tenths::of(frame.0),
        hauteur: Tenths::of(frame.1),
        formes: forms.collect(),
        disques: discs,
    })
}

/// Partners as tiles in a grid: each in its box (column, row), those without one in the free boxes, row by row.
#[must_use]
pub(crate) fn tiles(places: &[Option<(u32, u32)>], frame: (f64, f64)) -> Vec<Vec<Vec<Point>>> {
    let given = || places.iter().flatten();
    let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
    let least = (1..=count).find(|columns| columns * columns >= count).unwrap_or(1).max(3.min(count.max(1)));
    let columns = given().map(|(column, _)| column + 1).max().unwrap_or(0).max(least).min(26);
    let mut taken: Vec<(u32, u32)> = given().copied().collect();
    let mut free = (0..).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let boxes: Vec<(u32, u32)> = places
        .iter()
        .map(|place| {
            place.unwrap_or_else(|| {
                let place = free.by_ref().find(|place| !taken.contains(place)).unwrap_or_default();
                taken.push(place);
                place
            })
        })
        .collect();
    let rows = boxes.iter().map(|(_, row)| row + 1).max().unwrap_or(1);
    let (width, height) = (frame.0 / f64::from(columns), (frame.1 / f64::from(rows)).min(frame.0 / 4.0));
    let tile = |(column, row): &(u32, u32)| {
        let (left, top) = (f64::from(*column) * width, f64::from(*row) * height);
        let (right, bottom) = (left + width - JOINT, top + height - JOINT);
        vec![vec![(left, top), (right, top), (right, bottom), (left, bottom)]]
    };
    boxes.iter().map(tile).collect()
}

fn told(area: &Area) -> String {
    area.value.as_ref().map_or_else(|| area.name.clone(), |value| format!("{} {}", area.name, value.count().text()))
}

fn disc(site: &Site, (x, y): Point) -> Disc {
    let count = f64::from(i32::try_from(site.count.amount()).unwrap_or(i32::MAX));
    let radius = (DISC * count.sqrt()).min(60.0);
    Disc { x: Tenths::of(x), y: Tenths::of(y), rayon: Tenths::of(radius) }
}

/// A name in lines of a label; a word that is longer than a line stands alone.
fn lines(name: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn label_size(lines: &[String], has_number: bool, lettering: f64) -> (f64, f64) {
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let length = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let number = if has_number { NUMBER_HEIGHT } else { 0.0 };
    ((length(longest) * CHARACTER).max(120.0) * lettering, (length(lines.len()) * LINE_HEIGHT + number) * lettering)
}

/// How contours come onto the frame: moved and scaled, with room for labels beside them.
struct Fitting {
    from: Point,
    to: Point,
    scale: f64,
}

impl Fitting {
    fn of(areas: &[Area], frame: (f64, f64)) -> Option<Self> {
        let points = || areas.iter().flat_map(|area| area.rings.iter().flatten());
        let least = |of: fn(&Point) -> f64| points().map(of).reduce(f64::min);
        let most = |of: fn(&Point) -> f64| points().map(of).reduce(f64::max);
        let (left, right) = (least(|it| it.0)?, most(|it| it.0)?);
        let (top, bottom) = (least(|it| it.1)?, most(|it| it.1)?);
        let (width, height) = ((right - left).max(1e-9), (bottom - top).max(1e-9));
        // Tiles fill the frame: their labels stand in them.
        let fills = (width - frame.0 + JOINT).abs() < 1.0;
        let (aside, above) = if fills { (0.0, 0.0) } else { (0.12 * frame.0, 0.03 * frame.1) };
        let room = (frame.0 - 2.0 * aside, frame.1 - 2.0 * above);
        let scale = if fills { 1.0 } else { (room.0 / width).min(room.1 / height) };
        let to = if fills { (left, top) } else { ((frame.0 - width * scale) / 2.0, (frame.1 - height * scale) / 2.0) };
        Some(Self { from: (left, top), to, scale })
    }

    fn point(&self, (x, y): Point) -> Point {
        (self.to.0 + (x - self.from.0) * self.scale, self.to.1 + (y - self.from.1) * self.scale)
    }

    fn ring(&self, ring: &[Point]) -> Vec<Point> {
        ring.iter().map(|point| self.point(*point)).collect()
    }
}

/// A contour without the points that nobody sees (Douglas and Peucker).
fn simplified(ring: &[Point]) -> Vec<Point> {
    let Some((last, middle)) = ring.len().checked_sub(1).map(|last| (last, last / 2)) else { return Vec::new() };
    if last < 4 {
        return ring.to_vec();
    }
    let mut kept = vec![false; ring.len()];
    let mut open = vec![(0, middle), (middle, last)];
    while let Some((from, to)) = open.pop() {
        (kept[from], kept[to]) = (true, true);
        let far = (from + 1..to).map(|index| (distance(ring[index], ring[from], ring[to]), index));
        if let Some((_, index)) = far.filter(|(far, _)| *far > TOLERANCE).max_by(|one, other| one.0.total_cmp(&other.0))
        {
            open.extend([(from, index), (index, to)]);
        }
    }
    ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// How far a point is from a line between two others.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 1e-9 {
        return (point.0 - from.0).hypot(point.1 - from.1);
    }
    ((point.0 - from.0) * dy - (point.1 - from.1) * dx).abs() / length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Cells, Quantity};

    const FRAME: Frame = Frame { width: 1680.0, height: 1000.0, lettering: 1.0 };

    fn area(name: &str, left: f64, top: f64) -> Area {
        let ring = vec![(left, top), (left + 10.0, top), (left + 10.0, top + 8.0), (left, top + 8.0)];
        let value = Figure::new(name, name, Quantity::Count(3), Cells::default());
        Area { name: name.to_owned(), rings: vec![ring], value: Some(value), is_own: false }
    }

    fn boxes(map: &Map) -> Vec<Box2> {
        let label = |form: &Form| {
            let it = &form.etiquette;
            let (width, height) = label_size(&it.lignes, it.valeur.is_some(), 1.0);
            let (left, top) = (f64::from(it.x.0), f64::from(it.y.0));
            Box2 { left, top, right: left + width, bottom: top + height }
        };
        map.formes.iter().map(label).collect()
    }

    #[test]
    fn no_label_touches_another_or_leaves_the_frame() {
        let long = "Communauté d’agglomération des Hautes Vallées de l’Escaut, de la Sambre et du Val d’Essai";
        let names = ["Aval", "Amont", "Porte du Nord", long, "Mi-Voie", "Centre", "Est", "Ouest"];
        let areas: Vec<Area> = (0..8_u32)
            .map(|index| {
                let name = names[usize::try_from(index).expect("a number") % names.len()];
                area(name, f64::from(index % 4) * 10.0, f64::from(index / 4) * 8.0)
            })
            .collect();
        let map = map(Phrase::default(), areas, &[], FRAME, About::default()).expect("a map");
        let boxes = boxes(&map);
        for (index, one) in boxes.iter().enumerate() {
            assert!(one.left >= -0.5 && one.top >= -0.5 && one.right <= 1680.5 && one.bottom <= 1000.5, "{one:?}");
            assert!(boxes[index + 1..].iter().all(|other| !one.touches(other)), "{one:?}");
        }
    }

    #[test]
    fn tiles_keep_their_boxes_and_the_others_fill_the_rest() {
        let tiles = tiles(&[Some((1, 0)), None, None], (900.0, 600.0));
        let lefts: Vec<f64> = tiles.iter().map(|tile| tile[0][0].0).collect();
        assert_eq!(lefts, [300.0, 0.0, 600.0]);
    }
}
