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

    /// The tint of grounds: seven parts of the colour to ninety-three of white, as the templates mix it.
    pub(super) fn ground(self) -> Self {
        let mix = |channel: u8| u8::try_from((u32::from(channel) * 7 + 255 * 93) / 100).unwrap_or(255);
        Self(mix(self.0), mix(self.1), mix(self.2))
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

    #[test]
    fn the_fixed_greys_of_the_templates_can_be_read_on_every_ground() {
        // The darkest ground is the tint of black; the templates' grey and ink stand on it.
        let darkest = Rgb::parse("#000000").expect("black").ground();
        for ink in ["#55606e", "#1d2530", "#3d4753"] {
            let ink = Rgb::parse(ink).expect("a colour");
            assert!(ink.contrast(darkest) >= MINIMUM && ink.contrast(Rgb::WHITE) >= MINIMUM, "{ink:?}");
        }
        for (ink, ground) in
            [("#e8ebef", "#14191f"), ("#a9c8ea", "#14191f"), ("#b4bcc6", "#222a33"), ("#3d4753", "#eef1f5")]
        {
            let (ink, ground) = (Rgb::parse(ink).expect("a colour"), Rgb::parse(ground).expect("a colour"));
            assert!(ink.contrast(ground) >= MINIMUM, "{ink:?} on {ground:?}");
        }
    }
}
