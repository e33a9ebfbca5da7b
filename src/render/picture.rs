//! Pictures: whether a file is one, and a PNG of it for messages, since mail programs draw no SVG.

use typst::foundations::Bytes;

/// What kind of picture the bytes are, by their first bytes; the name may lie.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
            start.contains("<svg").then_some("svg")
        }
    }
}

/// Why a picture cannot be drawn, if it cannot.
#[must_use]
pub fn fault(bytes: &[u8]) -> Option<String> {
    use typst::visualize::{ExchangeFormat, RasterFormat, RasterImage};
    let format = match kind(bytes) {
        Some("png") => ExchangeFormat::Png,
        Some("jpg") => ExchangeFormat::Jpg,
        Some("gif") => ExchangeFormat::Gif,
        Some("webp") => ExchangeFormat::Webp,
        Some(_) => return svg_fault(bytes),
        None => return Some("format inconnu".to_owned()),
    };
    RasterImage::plain(Bytes::new(bytes.to_vec()), RasterFormat::Exchange(format))
        .err()
        .map(|_| "fichier endommagé".to_owned())
}

fn svg_fault(bytes: &[u8]) -> Option<String> {
    typst::visualize::SvgImage::new(Bytes::new(bytes.to_vec())).err().map(|_| "SVG mal formé".to_owned())
}

/// A picture that mail programs show, `width` pixels wide at the most: JPEG when `name` ends so, PNG otherwise.
///
/// # Errors
///
/// Why it cannot be drawn.
pub fn for_mail(bytes: &[u8], width: u32, name: &str) -> Result<Vec<u8>, String> {
    if kind(bytes) == Some("svg") { svg_to_png(bytes, width) } else { shrink(bytes, width, name) }
}

fn svg_to_png(bytes: &[u8], width: u32) -> Result<Vec<u8>, String> {
    let tree =
        resvg::usvg::Tree::from_data(bytes, &resvg::usvg::Options::default()).map_err(|error| error.to_string())?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "a picture's width is a small number")]
    let scale = width as f32 / size.width();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of pixels, rounded")]
    let height = (size.height() * scale).round().max(1.0) as u32;
    let mut pixels = resvg::tiny_skia::Pixmap::new(width, height).ok_or("dimensions impossibles")?;
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

fn shrink(bytes: &[u8], width: u32, name: &str) -> Result<Vec<u8>, String> {
    let picture = image::load_from_memory(bytes).map_err(|error| error.to_string())?;
    let picture = if picture.width() > width {
        picture.resize(width, u32::MAX, image::imageops::FilterType::Triangle)
    } else {
        picture
    };
    let mut out = std::io::Cursor::new(Vec::new());
    if name.ends_with(".jpg") {
        picture.into_rgb8().write_to(&mut out, image::ImageFormat::Jpeg).map_err(|error| error.to_string())?;
    } else {
        picture.write_to(&mut out, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    }
    Ok(out.into_inner())
}
