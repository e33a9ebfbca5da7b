//! The fonts of every document, all embedded: the same bytes on every machine.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;
use typst_kit::fonts::{FontStore, embedded};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// Libertinus Serif for running text, Noto Sans for headings and tables, and what Typst itself brings for rare signs.
pub(super) static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut store = FontStore::new();
    for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF] {
        store.extend(Font::iter(Bytes::new(bytes)).map(|font| {
            let info = font.info().clone();
            (font, info)
        }));
    }
    store.extend(embedded());
    store
});

/// One bit for each character that some font draws.
static COVERAGE: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; (char::MAX as usize + 1).div_ceil(64)];
    for info in (0..).map_while(|index| FONTS.book().info(index)) {
        for character in info.coverage.iter() {
            bits[character as usize / 64] |= 1 << (character % 64);
        }
    }
    bits
});

/// Whether an embedded font draws a character.
///
/// Private-use characters never count: PDF/A-2a forbids them, and what they mean depends on a font that we do not have.
#[must_use]
pub fn has_glyph(character: char) -> bool {
    COVERAGE[character as usize / 64] >> (character as usize % 64) & 1 == 1
        && character.general_category() != GeneralCategory::PrivateUse
}

#[cfg(test)]
mod tests {
    use super::has_glyph;

    #[test]
    fn letters_and_signs_are_drawn_and_pictograms_are_not() {
        for character in ['é', 'Œ', '€', '’', '«', '\u{202f}', '\u{a0}', '–', '…', '№', 'α'] {
            assert!(has_glyph(character), "{character}");
        }
        for character in ['😀', '漢', '\u{f0b7}', '\u{e000}'] {
            assert!(!has_glyph(character), "{character}");
        }
    }
}
