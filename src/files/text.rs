//! Bytes of a text file as text, in whatever encoding a person's editor saved it.

use std::borrow::Cow;

/// What Windows-1252 has where Latin-1 has control characters, from 0x80 to 0x9F.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// A text without the mark that some editors put before it, and the name of its encoding where it is not UTF-8.
#[must_use]
pub fn text(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        (Cow::Owned(String::from_utf16_lossy(&units)), Some("UTF-16"))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => (bytes.iter().map(|byte| windows(*byte)).collect::<String>().into(), Some("Windows-1252")),
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_of_every_editor_are_read() {
        assert_eq!(text("période — 12 €".as_bytes()), ("période — 12 €".into(), None));
        assert_eq!(text(b"\xef\xbb\xbfnom"), ("nom".into(), None));
        assert_eq!(
            text(b"p\xe9riode \x97 12 \x80, l\x92\x9cuvre"),
            ("période — 12 €, l’œuvre".into(), Some("Windows-1252"))
        );
        assert_eq!(text(b"\xff\xfe\xe9\x00t\x00\xe9\x00"), ("été".into(), Some("UTF-16")));
        assert_eq!(text(b"\xfe\xff\x00\xe9"), ("é".into(), Some("UTF-16")));
    }
}
