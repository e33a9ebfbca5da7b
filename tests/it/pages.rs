//! Pages as pictures: one sheet a document with its pages in small, compared with the sheet that a person looked at.
//!
//! `LIASSE_UPDATE=1 cargo test --test it pages::` writes the sheets anew; look at them before they are committed.

use std::path::PathBuf;

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use liasse::files::Workspace;
use liasse::pipeline::{Request, Session};

use crate::fixture::{Fixture, root};

/// How much smaller a page is here than on a screen.
const REDUCTION: u32 = 11;
/// The most pages of one file: what follows repeats their templates.
const PAGES: usize = 10;
/// Pages side by side.
const COLUMNS: u32 = 8;
/// Pixels between two pages.
const GAP: u32 = 6;
/// How far the mean of a square of eight pixels may be from what it was, of 255: another processor rounds otherwise.
const TOLERANCE: u8 = 6;

/// Every page of a document in small, file after file.
fn sheet(kind: &str, id: &str) -> RgbImage {
    let fixture = Fixture::shipped();
    let request = Request { kind: Some(kind.to_owned()), id: Some(id.to_owned()) };
    let [inputs, templates, out] = ["inputs", "templates", "out"].map(|folder| fixture.path(folder));
    let mut session = Session::new(Workspace { inputs, templates, out }, request);
    let snapshot = session.look().expect("a readable folder").snapshot;
    let document = *snapshot.documents.first().expect("the document");
    let (_, files) = snapshot.files(document).expect("its files");
    let mut pages = Vec::new();
    for file in files.iter().filter(|file| file.paged) {
        let laid = snapshot.screen(document, &file.name).expect("pages");
        let screen = &laid.as_ref().as_ref().expect("pages without a fault").screen;
        for page in 0..screen.sizes().len().min(PAGES) {
            let picture = image::load_from_memory(&screen.picture(page).expect("a page")).expect("a picture").to_rgb8();
            let (width, height) = (picture.width() / REDUCTION, picture.height() / REDUCTION);
            pages.push(imageops::resize(&picture, width, height, FilterType::Triangle));
        }
    }
    contact_sheet(&pages)
}

/// Pictures in rows, on grey.
fn contact_sheet(pages: &[RgbImage]) -> RgbImage {
    let count = u32::try_from(pages.len()).expect("few");
    let width = GAP + pages.iter().map(RgbImage::width).max().expect("a page");
    let height = GAP + pages.iter().map(RgbImage::height).max().expect("a page");
    let columns = COLUMNS.min(count);
    let mut sheet = RgbImage::from_pixel(GAP + columns * width, GAP + count.div_ceil(columns) * height, Rgb([200; 3]));
    for (index, page) in (0..).zip(pages) {
        let (column, row) = (index % columns, index / columns);
        imageops::replace(&mut sheet, page, i64::from(GAP + column * width), i64::from(GAP + row * height));
    }
    sheet
}

/// The first square of eight pixels where two sheets differ to the eye.
fn difference(left: &RgbImage, right: &RgbImage) -> Option<String> {
    if left.dimensions() != right.dimensions() {
        return Some(format!("{:?} instead of {:?}", left.dimensions(), right.dimensions()));
    }
    let small = |sheet: &RgbImage| {
        imageops::resize(sheet, sheet.width().div_ceil(8), sheet.height().div_ceil(8), FilterType::Triangle)
    };
    let (left, right) = (small(left), small(right));
    left.enumerate_pixels().zip(right.pixels()).find_map(|((x, y, one), other)| {
        let far = one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > TOLERANCE);
        far.then(|| format!("a difference at {}, {}", x * 8, y * 8))
    })
}

#[track_caller]
fn check(kind: &str, id: &str) {
    let path = root().join("tests/pages").join(format!("{kind}.png"));
    let found = sheet(kind, id);
    if std::env::var_os("LIASSE_UPDATE").is_some() {
        return found.save(path).expect("written");
    }
    let known = image::open(&path).expect("a sheet").to_rgb8();
    if let Some(difference) = difference(&found, &known) {
        let beside = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{kind}.png"));
        found.save(&beside).expect("written");
        panic!("{kind} {id}: {difference}; compare {} with {}", beside.display(), path.display());
    }
}

#[test]
fn the_letter() {
    check("newsletter", "14");
}

#[test]
fn the_budget() {
    check("budget", "2022-2023");
}

#[test]
fn the_requests() {
    check("payment-requests", "2022-2023");
}

#[test]
fn the_pack() {
    check("annexes", "CA2C-2022-70");
}

#[test]
fn the_report() {
    check("report", "2022-S1");
}

#[test]
fn the_indicators() {
    check("indicators", "2022-06");
}

#[test]
fn the_follow_up() {
    check("follow-up", "2022");
}

#[test]
fn the_plan() {
    check("action-plan", "2022");
}
