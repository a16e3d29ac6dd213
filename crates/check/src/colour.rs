//! Owns colours: reading `#rrggbb`, and the contrast of two by WCAG 2.2.
//! Must never know what a colour is for.

/// A colour of the sRGB space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Colour([u8; 3]);

impl Colour {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Relative luminance: 0 is black, 1 is white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.040_45 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// From 1 (the same) to 21 (black on white).
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    fn contrast(one: &str, other: &str) -> f64 {
        let parse = |text| Colour::parse(text).expect("a colour");
        parse(one).contrast(parse(other))
    }

    #[test]
    fn contrast_is_counted_as_wcag_says() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#ffffff", "#ffffff") - 1.0).abs() < 1e-9);
        // The well-known pair on either side of the limit.
        assert!(contrast("#767676", "#ffffff") >= 4.5);
        assert!(contrast("#777777", "#ffffff") < 4.5);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for bad in [
            "", "#", "#fff", "#ffff", "#gggggg", "ffffff", "#ff", "#fffffff", "#+1+1+1", "#fé fff",
            "#00000;",
        ] {
            assert!(Colour::parse(bad).is_none(), "{bad}");
        }
    }
}
