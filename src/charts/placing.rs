//! Where the labels of a map stand: in their area where they fit, else beside it, else further off with a line to it. On a
//! raster of two millimetres, one label after the other, the one with the fewest choices first.

use std::ops::Range;

use super::map::Point;

/// The side of a cell of the raster, in tenths of a millimetre.
const CELL: f64 = 20.0;
/// From how far a label is tied to its area by a line.
const FAR: f64 = 70.0;
/// What stands in a cell where no label may.
const TAKEN: usize = usize::MAX - 1;
/// A free cell.
const FREE: usize = usize::MAX;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Box2 {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Box2 {
    pub(super) fn around(x: i32, y: i32, radius: i32) -> Self {
        let [x, y, radius] = [x, y, radius].map(f64::from);
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Whether two share some room.
    #[cfg(test)]
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// An area that wants a label of a size.
pub(super) struct Wanted<'w> {
    pub(super) rings: &'w [Vec<Point>],
    pub(super) size: (f64, f64),
}

/// Where a label stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) at: Box2,
    /// At which side of its box its words stand.
    pub(super) side: &'static str,
    /// Whether nothing else stands there.
    pub(super) is_free: bool,
    /// A line from the label to its area.
    pub(super) leader: Option<(Point, Point)>,
}

/// Gives every label its place in the frame.
pub(super) fn place(wanted: &[Wanted], taken: &[Box2], frame: (f64, f64)) -> Vec<Place> {
    let mut raster = Raster::new(wanted, taken, frame);
    let mut places: Vec<Option<Place>> = vec![None; wanted.len()];
    let mut best: Vec<(f64, Box2)> =
        wanted.iter().enumerate().map(|(index, wanted)| raster.best(index, wanted.size)).collect();
    while places.iter().any(Option::is_none) {
        let open = (0..wanted.len()).filter(|index| places[*index].is_none());
        let Some(index) = open.max_by(|one, other| best[*one].0.total_cmp(&best[*other].0)) else { break };
        let (cost, at) = best[index];
        raster.take(at);
        places[index] = Some(raster.tied(index, cost, at));
        // A place that is not touched by what was taken is still the best one.
        for other in (0..wanted.len()).filter(|other| places[*other].is_none()) {
            if raster.is_taken(best[other].1) {
                best[other] = raster.best(other, wanted[other].size);
            }
        }
    }
    places.into_iter().flatten().collect()
}

struct Raster {
    columns: usize,
    rows: usize,
    frame: (f64, f64),
    /// Which area covers each cell, or what else stands there.
    cells: Vec<usize>,
    /// For each area, how far each cell is from it.
    far: Vec<Vec<f64>>,
    /// For each area, its innermost point.
    hearts: Vec<Point>,
}

impl Raster {
    fn new(wanted: &[Wanted], taken: &[Box2], frame: (f64, f64)) -> Self {
        let whole =
            |length: f64| (1..2_000_usize).take_while(|count| small(*count) * CELL <= length).last().unwrap_or(1);
        let (columns, rows) = (whole(frame.0), whole(frame.1));
        let mut raster =
            Self { columns, rows, frame, cells: vec![FREE; columns * rows], far: Vec::new(), hearts: Vec::new() };
        for (index, wanted) in wanted.iter().enumerate() {
            let within = bounds(wanted.rings);
            for cell in 0..raster.cells.len() {
                let (x, y) = raster.middle(cell);
                let is_near = within.left <= x && x <= within.right && within.top <= y && y <= within.bottom;
                if is_near && is_inside((x, y), wanted.rings) {
                    raster.cells[cell] = index;
                }
            }
        }
        for index in 0..wanted.len() {
            let far = raster.distances(|cell| raster.cells[cell] == index);
            let deep = raster.distances(|cell| raster.cells[cell] != index);
            let heart = (0..deep.len()).max_by(|one, other| deep[*one].total_cmp(&deep[*other])).unwrap_or(0);
            raster.hearts.push(raster.middle(heart));
            raster.far.push(far);
        }
        taken.iter().for_each(|taken| raster.take(*taken));
        raster
    }

    /// The middle of a cell.
    fn middle(&self, cell: usize) -> Point {
        ((small(cell % self.columns) + 0.5) * CELL, (small(cell / self.columns) + 0.5) * CELL)
    }

    /// How far each cell is from those that count, over cells and across (3-4 chamfer).
    fn distances(&self, counts: impl Fn(usize) -> bool) -> Vec<f64> {
        let mut far: Vec<f64> = (0..self.cells.len()).map(|cell| if counts(cell) { 0.0 } else { 1e6 }).collect();
        let (columns, rows) = (self.columns, self.rows);
        for _ in 0..2 {
            for cell in 0..far.len() {
                let (column, row) = (cell % columns, cell / columns);
                if column > 0 {
                    far[cell] = far[cell].min(far[cell - 1] + CELL);
                }
                if row > 0 {
                    far[cell] = far[cell].min(far[cell - columns] + CELL);
                    if column > 0 {
                        far[cell] = far[cell].min(far[cell - columns - 1] + 1.4 * CELL);
                    }
                    if column + 1 < columns {
                        far[cell] = far[cell].min(far[cell - columns + 1] + 1.4 * CELL);
                    }
                }
            }
            for cell in (0..far.len()).rev() {
                let (column, row) = (cell % columns, cell / columns);
                if column + 1 < columns {
                    far[cell] = far[cell].min(far[cell + 1] + CELL);
                }
                if row + 1 < rows {
                    far[cell] = far[cell].min(far[cell + columns] + CELL);
                }
            }
        }
        far
    }

    /// The best place for the label of an area, and what it costs: nothing within its area, else the way to it.
    fn best(&self, area: usize, size: (f64, f64)) -> (f64, Box2) {
        let mut best: Option<(f64, Box2)> = None;
        // A label that is larger than the frame stands at its edge.
        let room = ((self.frame.0 - size.0).max(0.0), (self.frame.1 - size.1).max(0.0));
        let (wide, high) = (cells(size.0), cells(size.1));
        for row in (0..self.rows).take_while(|row| small(*row) * CELL <= room.1) {
            let (top, rows) = (small(row) * CELL, row..(row + high).min(self.rows));
            for column in (0..self.columns).take_while(|column| small(*column) * CELL <= room.0) {
                let left = small(column) * CELL;
                let at = Box2 { left, top, right: left + size.0, bottom: top + size.1 };
                let columns = column..(column + wide).min(self.columns);
                if let Some(cost) = self.cost(area, at, &columns, &rows)
                    && best.is_none_or(|(known, _)| cost < known)
                {
                    best = Some((cost, at));
                }
            }
        }
        // Where all is taken, the label stands on its area: better there than nowhere.
        best.unwrap_or_else(|| {
            let heart = self.hearts[area];
            let (left, top) =
                ((heart.0 - size.0 / 2.0).clamp(0.0, room.0), (heart.1 - size.1 / 2.0).clamp(0.0, room.1));
            (1e6, Box2 { left, top, right: left + size.0, bottom: top + size.1 })
        })
    }

    /// What a place over some cells costs; nothing where it may not be.
    fn cost(&self, area: usize, at: Box2, columns: &Range<usize>, rows: &Range<usize>) -> Option<f64> {
        let (mut inside, mut outside, mut way) = (false, false, f64::MAX);
        for row in rows.clone() {
            let line = row * self.columns;
            for cell in line + columns.start..line + columns.end {
                match self.cells[cell] {
                    FREE => outside = true,
                    other if other == area => inside = true,
                    _ => return None,
                }
                if inside && outside {
                    return None;
                }
                way = way.min(self.far[area][cell]);
            }
        }
        // Beside its area, a label had better be at its side than above; in it, in its middle.
        let (x, y) = ((at.left + at.right) / 2.0, (at.top + at.bottom) / 2.0);
        let heart = self.hearts[area];
        let off = (x - heart.0).hypot(y - heart.1);
        Some(if inside { 0.001 * off } else { 10.0 + way + 0.05 * off })
    }

    /// The cells under a rectangle.
    fn under(&self, at: Box2) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns, self.rows);
        let first = |length: f64| (0..2_000_usize).find(|count| small(*count + 1) * CELL > length).unwrap_or(0);
        let last = |length: f64, most: usize| (0..most).rev().find(|count| small(*count) * CELL < length).unwrap_or(0);
        let (left, top) = (first(at.left), first(at.top));
        let (right, bottom) = (last(at.right, columns), last(at.bottom, rows));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    fn take(&mut self, at: Box2) {
        for cell in self.under(at) {
            self.cells[cell] = TAKEN;
        }
    }

    /// Whether something stands under a rectangle already.
    fn is_taken(&self, at: Box2) -> bool {
        self.under(at).any(|cell| self.cells[cell] == TAKEN)
    }

    /// A place with its line, where one is needed.
    fn tied(&self, area: usize, cost: f64, at: Box2) -> Place {
        let (heart, x) = (self.hearts[area], (at.left + at.right) / 2.0);
        let side = if cost < 10.0 || (x - heart.0).abs() < at.width() / 2.0 {
            "centre"
        } else if x < heart.0 {
            "droite"
        } else {
            "gauche"
        };
        let from = (heart.0.clamp(at.left, at.right), heart.1.clamp(at.top, at.bottom));
        let is_far = (10.0 + FAR..1e6).contains(&cost);
        Place { at, side, is_free: cost < 1e6, leader: is_far.then_some((from, heart)) }
    }
}

/// The rectangle around rings.
fn bounds(rings: &[Vec<Point>]) -> Box2 {
    let none = Box2 { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
    rings.iter().flatten().fold(none, |around, (x, y)| Box2 {
        left: around.left.min(*x),
        top: around.top.min(*y),
        right: around.right.max(*x),
        bottom: around.bottom.max(*y),
    })
}

/// Whether a point is within rings, by how many of them its ray crosses.
fn is_inside((x, y): Point, rings: &[Vec<Point>]) -> bool {
    let crosses = |ring: &Vec<Point>| {
        let ends = ring.iter().zip(ring.iter().cycle().skip(1));
        ends.filter(|(one, other)| {
            (one.1 > y) != (other.1 > y) && x < (other.0 - one.0) * (y - one.1) / (other.1 - one.1) + one.0
        })
        .count()
    };
    rings.iter().map(crosses).sum::<usize>() % 2 == 1
}

/// How many cells cover a length.
fn cells(length: f64) -> usize {
    (1..2_000_usize).find(|count| small(*count) * CELL >= length).unwrap_or(1)
}

fn small(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
