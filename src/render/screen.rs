//! Pages as pictures, for a screen.

use std::collections::BTreeSet;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::fit::{self, Filling};
use super::frames::{self, Drawn, Spot};
use super::pdf::{Job, Typesetter};
use crate::diagnostics::Diagnostic;

/// Pixels per point: sharp on a screen of high density when the page is as wide as the window.
const SCALE: f64 = 2.0;
const POINTS_PER_INCH: f64 = 72.0;

/// Pages that are laid out.
pub struct Screen {
    document: PagedDocument,
    /// The templates and pictures that they read.
    pub read: BTreeSet<String>,
}

impl Screen {
    /// Lays the pages of a job out: as tightly as is told, else as they fit best, which takes as many layouts as it tries.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the templates, at file and line.
    pub fn new(typesetter: &Typesetter, job: &Job, tightness: Option<u8>) -> Result<Self, Vec<Diagnostic>> {
        typesetter.lay_out(job, tightness).map(|laid| Self { document: laid.document, read: laid.read })
    }

    /// Width and height of every page, in points.
    #[must_use]
    pub fn sizes(&self) -> Vec<(f64, f64)> {
        self.document.pages().iter().map(|page| (page.frame.width().to_pt(), page.frame.height().to_pt())).collect()
    }

    /// How every page is filled.
    #[must_use]
    pub fn fillings(&self) -> Vec<Filling> {
        fit::fillings(&self.document)
    }

    /// Where figures stand, page by page; each is looked for by its name and its text.
    #[must_use]
    pub fn places(&self, figures: &[(&str, &str)]) -> Vec<Vec<Spot>> {
        frames::places(&self.document, figures)
    }

    /// Everything that is seen on the pages, and where.
    #[must_use]
    pub fn drawn(&self) -> Vec<Vec<Drawn>> {
        frames::drawn(&self.document)
    }

    /// A page as PNG, counted from 0.
    #[must_use]
    pub fn picture(&self, page: usize) -> Option<Vec<u8>> {
        // The reader waits: speed counts, not size.
        pixels(self.document.pages().get(page)?, SCALE, CompressionType::Fast)
    }

    /// The first page as PNG, with so many pixels an inch, for a file that is kept.
    #[must_use]
    pub fn drawing(&self, density: u32) -> Option<Vec<u8>> {
        pixels(self.document.pages().first()?, f64::from(density) / POINTS_PER_INCH, CompressionType::Default)
    }
}

/// A page as PNG, with so many pixels a point.
fn pixels(page: &Page, scale: f64, compression: CompressionType) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() };
    let pixels = typst_render::render(page, &options);
    let mut bytes = Vec::new();
    // Pages are opaque: what is multiplied by its opacity is what it was.
    PngEncoder::new_with_quality(&mut bytes, compression, FilterType::Adaptive)
        .write_image(pixels.data(), pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
        .ok()?;
    Some(bytes)
}
