//! The fonts that riprap brings with it.
//!
//! In: the files of `assets/fonts`.  Out: their bytes and names, for the measurer, the window and the exporters, so that
//! all three draw the same letters.  Not here: measuring, and fonts of the machine.

/// A font face by its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Running text.
    Regular,
    /// Names and buttons.
    Medium,
    /// Headings.
    SemiBold,
    /// Source, paths.
    Mono,
}

impl Face {
    pub const ALL: [Self; 4] = [Self::Regular, Self::Medium, Self::SemiBold, Self::Mono];

    /// The font file, as OpenType.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/Inter-Regular.otf"),
            Self::Medium => include_bytes!("../../assets/fonts/Inter-Medium.otf"),
            Self::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
            Self::Mono => include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf"),
        }
    }

    /// The family name inside the font file.
    pub fn family(self) -> &'static str {
        match self {
            Self::Regular | Self::Medium | Self::SemiBold => "Inter",
            Self::Mono => "JetBrains Mono",
        }
    }

    /// Weight on the scale of CSS, from 100 to 900.
    pub fn weight(self) -> u16 {
        match self {
            Self::Regular | Self::Mono => 400,
            Self::Medium => 500,
            Self::SemiBold => 600,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ttf_parser::name_id::{FAMILY, TYPOGRAPHIC_FAMILY};

    #[test]
    fn every_file_is_the_font_that_it_is_named() {
        for face in Face::ALL {
            let font = ttf_parser::Face::parse(face.bytes(), 0).unwrap();
            let named = |id| {
                let mut names = font.names().into_iter().filter(move |name| name.name_id == id);
                names.find_map(|name| name.to_string())
            };
            assert_eq!(named(TYPOGRAPHIC_FAMILY).or_else(|| named(FAMILY)).as_deref(), Some(face.family()), "{face:?}");
            assert_eq!(font.weight().to_number(), face.weight(), "{face:?}");
        }
    }

    #[cfg(feature = "gui")]
    #[test]
    fn the_window_accepts_every_file() {
        for face in Face::ALL {
            let mut fonts = egui::FontDefinitions::empty();
            fonts.font_data.insert("face".into(), egui::FontData::from_static(face.bytes()).into());
            fonts.families.insert(egui::FontFamily::Proportional, vec!["face".into()]);
            let mut fonts = egui::epaint::text::Fonts::new(egui::epaint::text::TextOptions::default(), fonts);
            let mut view = fonts.with_pixels_per_point(1.0);
            assert!(view.has_glyphs(&egui::FontId::proportional(13.0), "orders::Placed<T> → été"), "{face:?}");
        }
    }
}
