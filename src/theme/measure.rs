//! How wide a text is.
//!
//! In: text, face and size.  Out: lengths in points, from the tables of the bundled fonts, and texts shortened to a
//! width.  Not here: shaping.  Advances and the kerning of pairs are counted, ligatures and contextual alternates are not:
//! the tests say how close that comes to what a renderer shapes.

use std::borrow::Cow;
use std::sync::OnceLock;

use ttf_parser::GlyphId;

use super::kerning::Kerning;
use super::{Face, TextSize};

/// Measures text in the bundled fonts.  The first one takes a few milliseconds to make, others nothing.
#[derive(Clone, Copy, Debug)]
pub struct Measurer {
    /// By [`Face`] as index.
    faces: &'static [FaceTables; 4],
}

/// Characters below this have their numbers in tables: ASCII, which is nearly all of what code is named.
const N_TABLED: usize = 0x80;

#[derive(Debug)]
struct FaceTables {
    font: ttf_parser::Face<'static>,
    kerning: Kerning,
    units_per_em: f32,
    /// In font units, by code point.
    advances: Vec<u16>,
    /// In font units, by the code points of two neighbours: `first * N_TABLED + second`.
    adjustments: Vec<i16>,
}

impl Default for Measurer {
    fn default() -> Self {
        Self::new()
    }
}

impl Measurer {
    pub fn new() -> Self {
        static FACES: OnceLock<[FaceTables; 4]> = OnceLock::new();
        Self { faces: FACES.get_or_init(|| Face::ALL.map(FaceTables::new)) }
    }

    /// Width in points of one line.  A character that the font lacks counts as the box that is drawn for it.
    pub fn width(&self, text: &str, face: Face, size: TextSize) -> f32 {
        let tables = &self.faces[face as usize];
        let mut units = 0;
        let mut before = None;
        for c in text.chars() {
            units += i64::from(tables.advance(c)) + before.map_or(0, |before| i64::from(tables.adjustment(before, c)));
            before = Some(c);
        }
        units as f32 / tables.units_per_em * size.points()
    }

    /// From the top of the tallest letters to the baseline, in points.
    pub fn ascent(&self, face: Face, size: TextSize) -> f32 {
        let tables = &self.faces[face as usize];
        f32::from(tables.font.ascender()) / tables.units_per_em * size.points()
    }

    /// From one baseline to the next, in points.
    pub fn line_height(&self, face: Face, size: TextSize) -> f32 {
        let tables = &self.faces[face as usize];
        let units = i32::from(tables.font.height()) + i32::from(tables.font.line_gap());
        units as f32 / tables.units_per_em * size.points()
    }

    /// Height of a capital letter in points: what centers a name in a box.
    pub fn cap_height(&self, face: Face, size: TextSize) -> f32 {
        let tables = &self.faces[face as usize];
        let units = tables.font.capital_height().unwrap_or_else(|| tables.font.ascender());
        f32::from(units) / tables.units_per_em * size.points()
    }

    /// The text, or as much of its start as fits into `max_width` points with an ellipsis; empty if not even that fits.
    pub fn ellipsize<'a>(&self, text: &'a str, face: Face, size: TextSize, max_width: f32) -> Cow<'a, str> {
        self.shorten(text, face, size, max_width, |chars, keep| {
            let start: String = chars[..keep].iter().collect();
            format!("{}…", start.trim_end())
        })
    }

    /// The text, or as much of both its ends as fits with an ellipsis in the middle: for paths, whose end says most.
    pub fn ellipsize_middle<'a>(&self, text: &'a str, face: Face, size: TextSize, max_width: f32) -> Cow<'a, str> {
        self.shorten(text, face, size, max_width, |chars, keep| {
            let start = keep / 2;
            let end = chars.len() - (keep - start);
            chars[..start].iter().copied().chain(['…']).chain(chars[end..].iter().copied()).collect()
        })
    }

    /// The name, or as much of it as fits, by [`shortened`].
    pub fn ellipsize_name<'a>(&self, name: &'a str, face: Face, size: TextSize, max_width: f32) -> Cow<'a, str> {
        self.shorten(name, face, size, max_width, |chars, keep| shortened(&chars.iter().collect::<String>(), keep))
    }

    /// The longest of the candidates that fits; `candidate` keeps as many characters as it is told.
    fn shorten<'a>(
        &self,
        text: &'a str,
        face: Face,
        size: TextSize,
        max_width: f32,
        candidate: impl Fn(&[char], usize) -> String,
    ) -> Cow<'a, str> {
        let fits = |text: &str| self.width(text, face, size) <= max_width;
        if fits(text) {
            return Cow::Borrowed(text);
        }
        let chars: Vec<char> = text.chars().collect();
        let (mut low, mut high) = (0, chars.len());
        while low < high {
            let keep = (low + high).div_ceil(2);
            if fits(&candidate(&chars, keep)) { low = keep } else { high = keep - 1 }
        }
        let shortened = candidate(&chars, low);
        if fits(&shortened) { Cow::Owned(shortened) } else { Cow::Borrowed("") }
    }
}

/// A name with so many of its letters at most.  Names of one workspace begin alike and end differently, so that whole words
/// go from the front; of a last word that is too long, the end.
pub fn shortened(name: &str, keep: usize) -> String {
    let n = name.chars().count();
    if n <= keep {
        return name.to_owned();
    }
    let is_between = |c: char| matches!(c, '_' | '-' | ':' | '/' | ' ');
    let starts = name.char_indices().filter(|(_, c)| is_between(*c)).map(|(at, c)| at + c.len_utf8());
    let mut tails = starts.map(|start| &name[start..]).filter(|tail| !tail.starts_with(is_between) && !tail.is_empty());
    match tails.clone().find(|tail| tail.chars().count() <= keep) {
        Some(tail) => format!("…{tail}"),
        None => {
            let last = tails.next_back().unwrap_or(name);
            format!("{}…", last.chars().take(keep).collect::<String>())
        }
    }
}

impl FaceTables {
    fn new(face: Face) -> Self {
        let font = ttf_parser::Face::parse(face.bytes(), 0).expect("the bundled fonts are parsed in the tests");
        let kerning = Kerning::new(&font);
        let units_per_em = f32::from(font.units_per_em());
        let mut tables = Self { font, kerning, units_per_em, advances: Vec::new(), adjustments: Vec::new() };
        let glyphs: Vec<GlyphId> = (0..N_TABLED as u8).map(|byte| tables.glyph(char::from(byte))).collect();
        tables.advances = glyphs.iter().map(|glyph| tables.glyph_advance(*glyph)).collect();
        let pairs = glyphs.iter().flat_map(|first| glyphs.iter().map(move |second| (*first, *second)));
        tables.adjustments = pairs.map(|(first, second)| tables.kerning.between(first, second)).collect();
        tables
    }

    fn advance(&self, c: char) -> u16 {
        self.advances.get(c as usize).copied().unwrap_or_else(|| self.glyph_advance(self.glyph(c)))
    }

    fn adjustment(&self, first: char, second: char) -> i16 {
        if first.is_ascii() && second.is_ascii() {
            return self.adjustments[first as usize * N_TABLED + second as usize];
        }
        self.kerning.between(self.glyph(first), self.glyph(second))
    }

    fn glyph(&self, c: char) -> GlyphId {
        self.font.glyph_index(c).unwrap_or_default()
    }

    fn glyph_advance(&self, glyph: GlyphId) -> u16 {
        self.font.glyph_hor_advance(glyph).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use resvg::usvg;

    const NAMES: &[&str] = &[
        "quickwit-metastore",
        "AvroTypeWalker",
        "rust_analyzer::hir_def::nameres",
        "To Value: VAT, WAVE, Yy, Ty",
        "12 modules · 3.4k lines",
        "src/app/command_handling.rs",
        "internal-access",
        "Übergröße — naïve café",
        "a",
        "fn write(scene: &Scene, theme: &Theme) -> String",
        "orders -> billing",
        "1,204 references",
    ];

    /// Width of the text as usvg lays it out, which is what an exported PNG shows.
    fn shaped_width(text: &str, face: Face, size: TextSize) -> f32 {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='50'><text xml:space='preserve' x='0' y='30' \
             font-family='{}' font-weight='{}' font-size='{}'>{}</text></svg>",
            face.family(),
            face.weight(),
            size.points(),
            text.replace('&', "&amp;").replace('<', "&lt;"),
        );
        let mut options = usvg::Options::default();
        for face in Face::ALL {
            options.fontdb_mut().load_font_data(face.bytes().to_vec());
        }
        let tree = usvg::Tree::from_str(&svg, &options).unwrap();
        match &tree.root().children()[0] {
            usvg::Node::Text(text) => text.bounding_box().width(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn widths_are_those_that_a_shaper_lays_out() {
        let measurer = Measurer::new();
        for face in Face::ALL {
            for name in NAMES {
                let (measured, shaped) =
                    (measurer.width(name, face, TextSize::Body), shaped_width(name, face, TextSize::Body));
                // Inter draws `->` as one arrow, which is narrower.
                let tolerance = if name.contains("->") { 0.03 } else { 0.0001 };
                assert!((measured / shaped - 1.0).abs() < tolerance, "{face:?} `{name}`: {measured}, shaped {shaped}");
            }
        }
    }

    #[cfg(feature = "gui")]
    #[test]
    fn widths_are_close_to_what_the_window_lays_out() {
        use egui::epaint::text::{Fonts, TextOptions};
        let measurer = Measurer::new();
        for face in Face::ALL {
            let mut definitions = egui::FontDefinitions::empty();
            definitions.font_data.insert("face".into(), egui::FontData::from_static(face.bytes()).into());
            definitions.families.insert(egui::FontFamily::Proportional, vec!["face".into()]);
            let mut fonts = Fonts::new(TextOptions::default(), definitions);
            let font = egui::FontId::proportional(TextSize::Body.points());
            for name in NAMES {
                let galley = fonts.with_pixels_per_point(1.0).layout_no_wrap(
                    (*name).into(),
                    font.clone(),
                    egui::Color32::PLACEHOLDER,
                );
                let (measured, painted) = (measurer.width(name, face, TextSize::Body), galley.size().x);
                let tolerance = if name.contains("->") { measured * 0.03 } else { 0.05 };
                assert!((measured - painted).abs() < tolerance, "{face:?} `{name}`: {measured}, painted {painted}");
            }
        }
    }

    #[test]
    fn lines_are_as_high_as_the_fonts_say() {
        let measurer = Measurer::new();
        let (face, size) = (Face::Regular, TextSize::Body);
        assert!((measurer.ascent(face, size) - 12.594).abs() < 0.01);
        assert!((measurer.line_height(face, size) - 15.733).abs() < 0.01);
        assert!((measurer.cap_height(face, size) - 9.4545).abs() < 0.01);
    }

    #[test]
    fn a_shortened_name_keeps_its_last_words() {
        assert_eq!(shortened("lemmy_db_views_person_mention", 19), "…person_mention");
        assert_eq!(shortened("lemmy_db_views_person_mention", 13), "…mention");
        assert_eq!(shortened("lemmy_db_views_notification", 5), "notif…");
        assert_eq!(shortened("collections", 8), "collecti…");
        assert_eq!(shortened("é_", 1), "é…");
        assert_eq!(shortened("abc", 3), "abc");
        assert_eq!(shortened("a::b", 1), "…b");
    }

    #[test]
    fn short_texts_are_kept_and_long_ones_end_in_an_ellipsis() {
        let measurer = Measurer::new();
        let end = |text, width| measurer.ellipsize(text, Face::Mono, TextSize::Body, width).into_owned();
        // Mono: 0.6 em per character, 7.8 points.
        assert_eq!(end("billing", 54.7), "billing");
        assert_eq!(end("billing", 54.5), "billi…");
        assert_eq!(end("bill ing", 47.0), "bill…");
        assert_eq!(end("billing", 8.0), "…");
        assert_eq!(end("billing", 7.0), "");
        assert_eq!(end("", 0.0), "");
        let middle = |text, width| measurer.ellipsize_middle(text, Face::Mono, TextSize::Body, width).into_owned();
        assert_eq!(middle("src/orders/price.rs", 78.1), "src/…ce.rs");
        assert_eq!(middle("äöüß→∀", 39.1), "äö…→∀");
    }

    proptest! {
        #[test]
        fn shortened_texts_fit_and_are_made_of_the_ends(text in "\\PC{0,40}", width in 0.0f32..300.0) {
            let measurer = Measurer::new();
            for face in [Face::Regular, Face::Mono] {
                let end = measurer.ellipsize(&text, face, TextSize::Body, width);
                prop_assert!(end.is_empty() || measurer.width(&end, face, TextSize::Body) <= width);
                if let Some(start) = end.strip_suffix('…') {
                    prop_assert!(text.starts_with(start));
                }
                let middle = measurer.ellipsize_middle(&text, face, TextSize::Body, width);
                prop_assert!(middle.is_empty() || measurer.width(&middle, face, TextSize::Body) <= width);
                prop_assert!(middle.chars().count() <= text.chars().count() + 1);
            }
        }
    }
}
