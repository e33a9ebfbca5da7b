//! Colours of the settings and their contrast, as the web's accessibility guidelines compute it (WCAG 2.1, 1.4.3).

/// The least contrast between a text and its ground.
pub(super) const MINIMUM: f64 = 4.5;

/// A colour by its red, green and blue, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rgb(u8, u8, u8);

impl Rgb {
    /// White.
    pub(super) const WHITE: Self = Self(255, 255, 255);

    /// Reads `#rrggbb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |index: usize| u8::from_str_radix(&digits[index..index + 2], 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// The contrast ratio with another colour, from 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (first, second) = (self.luminance(), other.luminance());
        (first.max(second) + 0.05) / (first.min(second) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_the_one_of_the_guidelines() {
        let black = Rgb::parse("#000000").expect("black");
        assert!((black.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        let grey = Rgb::parse("#767676").expect("the lightest grey that passes");
        assert!(
            grey.contrast(Rgb::WHITE) >= MINIMUM && Rgb::parse("#777777").expect("grey").contrast(Rgb::WHITE) < MINIMUM
        );
        assert_eq!(Rgb::parse("12365b"), None);
    }
}
