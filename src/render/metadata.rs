//! What cameras and programs write beside the pixels of a picture — where and when it was taken, by whom, with what — taken
//! out without touching a pixel. How a photograph is turned stays, and so do its colours.

use image::metadata::Orientation;

/// A picture without what is written beside it; nothing where it is written in a way that is not understood.
pub(super) fn stripped(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    match super::picture::kind(bytes)? {
        "jpg" => jpeg(bytes, orientation),
        "png" => png(bytes),
        "webp" => webp(bytes, orientation),
        "gif" => gif(bytes),
        _ => Some(bytes.to_vec()),
    }
}

/// Exif that says how the picture is turned, and nothing else: a TIFF of one entry.
fn turned(orientation: Orientation) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    tiff
}

/// A JPEG: segments before the scan, each with its length. JFIF, colour profiles and Adobe's note on colours stay.
fn jpeg(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let mut kept = vec![0xff, 0xd8];
    if orientation != Orientation::NoTransforms {
        let tiff = turned(orientation);
        kept.extend([0xff, 0xe1]);
        kept.extend(u16::try_from(tiff.len() + 8).ok()?.to_be_bytes());
        kept.extend(b"Exif\0\0");
        kept.extend(tiff);
    }
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        match (bytes.get(at)?, marker) {
            // A byte that only fills.
            (0xff, 0xff) => at += 1,
            // The end; what stands behind it is another picture, with notes of its own.
            (0xff, 0xd9) => {
                kept.extend([0xff, 0xd9]);
                return Some(kept);
            }
            (0xff, _) => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let mut end = at + 2 + length;
                let head = bytes.get(at..end)?;
                if marker == 0xda {
                    end = scan_end(bytes, end)?;
                }
                let is_profile = marker == 0xe2 && head.get(4..).is_some_and(|it| it.starts_with(b"ICC_PROFILE"));
                let is_note = (0xe0..=0xef).contains(&marker) || marker == 0xfe;
                if !is_note || matches!(marker, 0xe0 | 0xee) || is_profile {
                    kept.extend(bytes.get(at..end)?);
                }
                at = end;
            }
            _ => return None,
        }
    }
}

/// Where the pixels of a scan end: at the first mark that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], start: usize) -> Option<usize> {
    let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    bytes.get(start..)?.windows(2).position(is_end).map(|offset| start + offset)
}

/// A PNG: chunks, each with its length and name. Texts, times and Exif go.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..8)?.to_vec();
    let mut at = 8;
    while at < bytes.len() {
        let length = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let name = bytes.get(at + 4..at + 8)?;
        let chunk = bytes.get(at..at.checked_add(12)?.checked_add(length)?)?;
        if !matches!(name, b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"eXIf") {
            kept.extend(chunk);
        }
        at += chunk.len();
        if name == b"IEND" {
            break;
        }
    }
    Some(kept)
}

/// A WebP: chunks in a RIFF, each padded to an even length.
fn webp(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let is_turned = orientation != Orientation::NoTransforms;
    let mut kept = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let length = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?.min(bytes.len());
        let start = kept.len();
        if !matches!(name, b"EXIF" | b"XMP ") {
            kept.extend(bytes.get(at..end)?);
        }
        if name == b"VP8X" {
            // Its flags say which of the chunks there are.
            let flags = kept.get_mut(start + 8)?;
            *flags &= if is_turned { !0x04 } else { !0x0c };
        }
        at = end;
    }
    if is_turned {
        let tiff = turned(orientation);
        kept.extend(b"EXIF");
        kept.extend(u32::try_from(tiff.len()).ok()?.to_le_bytes());
        kept.extend(tiff);
    }
    let size = u32::try_from(kept.len().checked_sub(8)?).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(kept)
}

/// A GIF: blocks behind its palette. Comments, and what other programs put there, go; how often it repeats stays.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let palette = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + palette(*bytes.get(10)?);
    let mut kept = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let is_kept = match *bytes.get(at)? {
            0x3b => {
                kept.push(0x3b);
                return Some(kept);
            }
            0x2c => {
                at += 11 + palette(*bytes.get(at + 9)?);
                true
            }
            0x21 => {
                let (label, is_loop) = (*bytes.get(at + 1)?, bytes.get(at + 3..at + 14) == Some(b"NETSCAPE2.0"));
                at += 2;
                label != 0xfe && (label != 0xff || is_loop)
            }
            _ => return None,
        };
        // Sub-blocks, up to an empty one.
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        if is_kept {
            kept.extend(bytes.get(start..at)?);
        }
    }
}
