//! One colour, and how well two can be told apart.
//!
//! In: `#rrggbb` text.  Out: [`Color`].  Not here: which colour is for what.

/// A colour in sRGB with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: u8,
}

impl Color {
    /// Reads `#rrggbb` or `#rrggbbaa`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !matches!(digits.len(), 6 | 8) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [r, g, b, a] = if digits.len() == 6 { value << 8 | 0xff } else { value }.to_be_bytes();
        Some(Self { r, g, b, a })
    }

    /// `#rrggbb`; the alpha is left out.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }

    /// Alpha from 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }

    /// What is seen where this colour lies on an opaque one.
    pub fn over(self, below: Self) -> Self {
        let opacity = self.opacity();
        let mix =
            |above: u8, below: u8| (f32::from(above) * opacity + f32::from(below) * (1.0 - opacity)).round() as u8;
        Self { r: mix(self.r, below.r), g: mix(self.g, below.g), b: mix(self.b, below.b), a: 255 }
    }

    /// Contrast with another opaque colour, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Relative luminance, from 0 to 1 (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Red, green and blue as amounts of light, from 0 to 1; alpha is ignored.
    pub fn linear(self) -> [f64; 3] {
        [self.r, self.g, self.b].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_and_written() {
        assert_eq!(Color::parse("#0a80FF"), Some(Color { r: 10, g: 128, b: 255, a: 255 }));
        assert_eq!(Color::parse("#0a80ff40").map(|color| (color.a, color.hex())), Some((64, "#0a80ff".into())));
        for broken in ["", "#", "0a80ff", "#0a80f", "#0a80fg", "#+a80ff", "#0a80ff4", "#äöü"] {
            assert_eq!(Color::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let color = |text| Color::parse(text).unwrap();
        assert!((color("#000000").contrast(color("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((color("#777777").contrast(color("#ffffff")) - 4.48).abs() < 0.01);
        assert_eq!(color("#ff000080").over(color("#000000")).r, 128);
    }
}
