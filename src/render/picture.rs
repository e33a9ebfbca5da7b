//! Pictures: whether a file is one, and what of it pages and messages need.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageReader};
use typst::foundations::Bytes;

use super::{drawing, metadata};

/// The most pixels in width or height that a page shows: 170 mm, the width of its text, at 300 dots an inch.
const PAGE_PIXELS: u32 = 2008;

/// From how many bytes on a picture is worth being made smaller for a page.
const HEAVY: usize = 1 << 20;

/// The quality at which a photograph of a page is kept, of 100.
const PAGE_QUALITY: u8 = 88;

/// The most pixels of a picture: it takes four bytes a pixel once it is decoded.
const MOST_PIXELS: u64 = 80_000_000;

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

/// Why a picture cannot be drawn, if it cannot. Pages know what a file is by its name.
#[must_use]
pub fn fault(name: &str, bytes: &[u8]) -> Option<String> {
    use typst::visualize::{ExchangeFormat, RasterFormat, RasterImage};
    let format = match kind(bytes) {
        Some("png") => ExchangeFormat::Png,
        Some("jpg") => ExchangeFormat::Jpg,
        Some("gif") => ExchangeFormat::Gif,
        Some("webp") => ExchangeFormat::Webp,
        Some(_) => return drawing::fault(bytes),
        None => return Some("format inconnu".to_owned()),
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let ending = if ending == "jpeg" { "jpg" } else { &ending };
    if let Some(kind) =
        kind(bytes).filter(|kind| *kind != ending && ["png", "jpg", "gif", "webp", "svg"].contains(&ending))
    {
        return Some(format!("c’est une image {}, son nom doit finir par .{kind}", kind.to_uppercase()));
    }
    if let Some(reason) = too_many_pixels(bytes) {
        return Some(reason);
    }
    RasterImage::plain(Bytes::new(bytes.to_vec()), RasterFormat::Exchange(format))
        .err()
        .map(|_| "fichier endommagé".to_owned())
}

/// Whether a picture would take more memory than it may, by what its first bytes say of its size.
pub(super) fn too_many_pixels(bytes: &[u8]) -> Option<String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    let pixels = u64::from(width) * u64::from(height);
    (pixels > MOST_PIXELS).then(|| format!("{width} × {height} pixels, au plus {} millions", MOST_PIXELS / 1_000_000))
}

/// A picture that mail programs show, `width` pixels wide at the most: JPEG when `name` ends so, PNG otherwise.
///
/// # Errors
///
/// Why it cannot be drawn.
pub fn for_mail(bytes: &[u8], width: u32, name: &str) -> Result<Vec<u8>, String> {
    if let Some(reason) = too_many_pixels(bytes) {
        return Err(reason);
    }
    if kind(bytes) == Some("svg") { drawing::to_png(bytes, width) } else { shrink(bytes, width, name) }
}

/// The words in a picture that is drawn: those that one sees, and those that one is told.
#[must_use]
pub fn words(bytes: &[u8]) -> String {
    if kind(bytes) == Some("svg") { drawing::words(bytes) } else { String::new() }
}

/// A picture as a page needs it: without what a camera wrote beside it, where and when it was taken for instance, and made
/// smaller where it comes straight from one; a drawing is written so that every machine draws it alike. Its pixels are
/// otherwise those of the file, and it stands as it stood.
#[comemo::memoize]
pub fn for_page(bytes: &Bytes) -> Bytes {
    if kind(bytes) == Some("svg") {
        return drawing::steady(bytes).map_or_else(|| bytes.clone(), Bytes::new);
    }
    let smaller = || if bytes.len() < HEAVY { None } else { page_sized(bytes) };
    let smaller = smaller().filter(|smaller| smaller.len() < bytes.len());
    let picture = smaller.or_else(|| metadata::stripped(bytes, orientation(bytes)));
    picture.or_else(|| redrawn(bytes)).map_or_else(|| bytes.clone(), Bytes::new)
}

/// How a photograph is turned.
fn orientation(bytes: &[u8]) -> Orientation {
    let decoder = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok().and_then(|it| it.into_decoder().ok());
    decoder.and_then(|mut decoder| decoder.orientation().ok()).unwrap_or(Orientation::NoTransforms)
}

/// A picture from its pixels alone, where its file is written in a way that is not understood.
fn redrawn(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = match kind(bytes)? {
        "jpg" => image::ImageFormat::Jpeg,
        "png" => image::ImageFormat::Png,
        "gif" => image::ImageFormat::Gif,
        _ => return None,
    };
    let mut out = Cursor::new(Vec::new());
    decoded(bytes).ok()?.picture.write_to(&mut out, format).ok()?;
    Some(out.into_inner())
}

fn page_sized(bytes: &[u8]) -> Option<Vec<u8>> {
    let photograph = match kind(bytes) {
        Some("jpg") => true,
        Some("png") => false,
        _ => return None,
    };
    if too_many_pixels(bytes).is_some() {
        return None;
    }
    let Decoded { picture, profile } = decoded(bytes).ok()?;
    if picture.width().max(picture.height()) <= PAGE_PIXELS {
        return None;
    }
    let picture = picture.resize(PAGE_PIXELS, PAGE_PIXELS, image::imageops::FilterType::CatmullRom);
    let mut out = Vec::new();
    if photograph {
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, PAGE_QUALITY);
        profile.map(|profile| encoder.set_icc_profile(profile)).transpose().ok()?;
        picture.write_with_encoder(encoder).ok()?;
    } else {
        let mut encoder = image::codecs::png::PngEncoder::new(&mut out);
        profile.map(|profile| encoder.set_icc_profile(profile)).transpose().ok()?;
        picture.write_with_encoder(encoder).ok()?;
    }
    Some(out)
}

/// A picture's pixels, the right way up, and its colour profile.
struct Decoded {
    picture: DynamicImage,
    profile: Option<Vec<u8>>,
}

fn decoded(bytes: &[u8]) -> image::ImageResult<Decoded> {
    let mut decoder = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?.into_decoder()?;
    let profile = decoder.icc_profile().unwrap_or(None);
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(Decoded { picture, profile })
}

fn shrink(bytes: &[u8], width: u32, name: &str) -> Result<Vec<u8>, String> {
    let Decoded { picture, .. } = decoded(bytes).map_err(|error| error.to_string())?;
    let picture = if picture.width() > width {
        picture.resize(width, u32::MAX, image::imageops::FilterType::Triangle)
    } else {
        picture
    };
    let mut out = Cursor::new(Vec::new());
    if name.ends_with(".jpg") {
        picture.into_rgb8().write_to(&mut out, image::ImageFormat::Jpeg).map_err(|error| error.to_string())?;
    } else {
        picture.write_to(&mut out, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    }
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    /// A photograph of `width` by `height` pixels as a telephone on its side writes it: to be turned by a quarter.
    fn photograph(width: u32, height: u32) -> Vec<u8> {
        // Pixels that no compression makes light.
        let noise =
            |x: u32, y: u32| [x, y, x ^ y].map(|seed| (seed.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]);
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb(noise(x, y)));
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a picture");
        let orientation = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut noted = vec![0xff, 0xd8, 0xff, 0xe1, 0, 8 + u8::try_from(orientation.len()).expect("short")];
        noted.extend(b"Exif\0\0");
        noted.extend(orientation);
        noted.extend(&bytes.into_inner()[2..]);
        noted
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(bytes).expect("a picture");
        (picture.width(), picture.height())
    }

    #[test]
    fn a_photograph_straight_from_a_camera_is_made_smaller_and_stands_upright() {
        let photograph = Bytes::new(photograph(3_000, 1_500));
        assert!(photograph.len() > HEAVY);
        let fitted = for_page(&photograph);
        assert_eq!(size(&fitted), (1_004, 2_008));
        assert!(fitted.len() < photograph.len());
        assert!(!fitted.windows(4).any(|bytes| bytes == b"Exif"));
    }

    #[test]
    fn a_light_picture_stays_as_it_is() {
        // Nothing is written beside it but how it is turned: what is kept is what there was.
        let light = Bytes::new(photograph(300, 150));
        assert_eq!(for_page(&light), light);
    }

    #[test]
    fn mail_shows_a_photograph_upright() {
        assert_eq!(size(&for_mail(&photograph(300, 150), 100, "x.jpg").expect("a picture")), (100, 200));
    }
}
