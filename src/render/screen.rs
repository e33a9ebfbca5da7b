//! Pages as pictures, for a screen.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::fit::{self, Filling};
use super::frames::{self, Drawn, Spot};
use super::pdf::{Job, Typesetter};
use crate::diagnostics::Diagnostic;

/// Pixels per point: sharp on a screen of high density when the page is as wide as the window.
const SCALE: f64 = 2.0;

/// Pages that are laid out.
pub struct Screen {
    document: PagedDocument,
}

impl Screen {
    /// Lays the pages of a job out: as tightly as is told, else as they fit best, which takes as many layouts as it tries.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the templates, at file and line.
    pub fn new(typesetter: &Typesetter, job: &Job, tightness: Option<u8>) -> Result<Self, Vec<Diagnostic>> {
        typesetter.lay_out(job, tightness).map(|laid| Self { document: laid.document })
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
        let page = self.document.pages().get(page)?;
        let options = RenderOptions { pixel_per_pt: Scalar::new(SCALE), ..RenderOptions::default() };
        let pixels = typst_render::render(page, &options);
        let mut bytes = Vec::new();
        // Pages are opaque: what is multiplied by its opacity is what it was. The reader waits: speed counts, not size.
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive)
            .write_image(pixels.data(), pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
            .ok()?;
        Some(bytes)
    }
}
