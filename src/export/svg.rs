//! A scene as SVG text.
//!
//! In: a scene, or several on a sheet, a theme, options.  Out: one self-contained document; text stays text, layers are
//! groups with the layer's name as id.  Numbers have at most two decimals, so that the bytes do not depend on the last bits of a position.
//! Not here: pixels, and what is shown.

use std::fmt::Write as _;

use super::base64;
use super::sheet::{Part, Sheet};
use crate::scene::outline::arrow_head;
use crate::scene::shape::{Align, Arrow, BoxShape, Emphasis, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Color, DIMMED_OPACITY, Face, Measurer, Role, TextSize, Theme};

/// How a scene becomes a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureOptions {
    /// Whether the theme's background is painted; otherwise the picture is transparent.
    pub background: bool,
    /// Free space around the scene's bounds in world units.
    pub margin: f32,
    /// Points of the picture per world unit.
    pub scale: f32,
    /// What a screen reader says first; left out where empty.
    pub title: String,
    /// What a screen reader says after the title; left out where empty.
    pub description: String,
    pub fonts: Fonts,
}

/// Where a viewer has the fonts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fonts {
    /// It has them: it is our own.
    #[default]
    AtHand,
    /// They are named; without them it takes similar ones, as wide as these would be.
    Named,
    /// Those that are used come along, about 350 kB each.
    Embedded,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            background: true,
            margin: 24.0,
            scale: 1.0,
            title: String::new(),
            description: String::new(),
            fonts: Fonts::AtHand,
        }
    }
}

/// The scene as an SVG document in the colours of the theme.
pub fn write(scene: &Scene, theme: &Theme, options: &PictureOptions) -> String {
    let placed = Placed { name: "", scene, area: scene.bounds, at: scene.bounds.min };
    document(&[placed], scene.bounds, theme, options)
}

/// The sheet as an SVG document in the colours of the theme.
pub fn write_sheet(sheet: &Sheet, theme: &Theme, options: &PictureOptions) -> String {
    let placed = sheet.parts.iter();
    let placed: Vec<Placed<'_>> =
        placed.map(|Part { name, scene, area, at }| Placed { name, scene, area: *area, at: *at }).collect();
    document(&placed, sheet.bounds(), theme, options)
}

fn document(parts: &[Placed<'_>], bounds: Rect, theme: &Theme, options: &PictureOptions) -> String {
    let measurer = (options.fonts == Fonts::Named).then(Measurer::new);
    let mut writer = Writer { text: String::new(), theme, measurer };
    writer.document(parts, bounds, options);
    writer.text
}

/// A scene and where it lies.
struct Placed<'a> {
    name: &'static str,
    scene: &'a Scene,
    area: Rect,
    at: Point,
}

impl Placed<'_> {
    /// Nothing is cut off or moved.
    fn is_whole(&self) -> bool {
        self.area == self.scene.bounds && self.at == self.area.min && self.name.is_empty()
    }
}

struct Writer<'a> {
    text: String,
    theme: &'a Theme,
    /// Where a viewer may have to do with other fonts: how wide text is in ours.
    measurer: Option<Measurer>,
}

impl Writer<'_> {
    fn document(&mut self, parts: &[Placed<'_>], bounds: Rect, options: &PictureOptions) {
        let view = bounds.expand(options.margin.max(0.0));
        self.text.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        self.number("width", view.width() * options.scale);
        self.number("height", view.height() * options.scale);
        let view_box = [view.min.x, view.min.y, view.width(), view.height()].map(number).join(" ");
        self.attribute("viewBox", &view_box);
        self.attribute("font-family", &family(Face::Regular));
        self.attribute("stroke-linejoin", "round");
        self.attribute("role", "img");
        let described = [("picture-title", &options.title), ("picture-description", &options.description)];
        let ids: Vec<&str> = described.iter().filter(|(_, text)| !text.is_empty()).map(|(id, _)| *id).collect();
        if !ids.is_empty() {
            self.attribute("aria-labelledby", &ids.join(" "));
        }
        self.text.push_str(">\n");
        for ((id, text), element) in described.into_iter().zip(["title", "desc"]) {
            if !text.is_empty() {
                let _ = writeln!(self.text, "<{element} id=\"{id}\">{}</{element}>", escape(text));
            }
        }
        if options.fonts == Fonts::Embedded {
            self.fonts(parts);
        }
        if options.background {
            self.text.push_str("<rect");
            self.rect(view);
            self.fill(Some(Role::Background));
            self.text.push_str("/>\n");
        }
        for part in parts {
            self.part(part);
        }
        self.text.push_str("</svg>\n");
    }

    fn part(&mut self, part: &Placed<'_>) {
        if part.is_whole() {
            part.scene.layers.iter().for_each(|layer| self.layer("", layer));
            return;
        }
        let clip = if part.name.is_empty() { "area".to_owned() } else { format!("{}-area", part.name) };
        self.text.push_str("<clipPath");
        self.attribute("id", &clip);
        self.text.push_str("><rect");
        self.rect(part.area);
        self.text.push_str("/></clipPath>\n<g");
        let by = [part.at.x - part.area.min.x, part.at.y - part.area.min.y];
        if by != [0.0, 0.0] {
            self.attribute("transform", &format!("translate({})", by.map(number).join(" ")));
        }
        self.attribute("clip-path", &format!("url(#{clip})"));
        self.text.push_str(">\n");
        part.scene.layers.iter().for_each(|layer| self.layer(part.name, layer));
        self.text.push_str("</g>\n");
    }

    fn fonts(&mut self, parts: &[Placed<'_>]) {
        let mut faces: Vec<Face> = Vec::new();
        for shape in parts.iter().flat_map(|part| part.scene.shapes()) {
            if let Shape::Label(label) = shape
                && !faces.contains(&label.face)
            {
                faces.push(label.face);
            }
        }
        self.text.push_str("<style>\n");
        for face in Face::ALL.iter().filter(|face| faces.contains(face)) {
            let (family, weight, data) = (face.family(), face.weight(), base64::encode(face.bytes()));
            let _ = writeln!(
                self.text,
                "@font-face{{font-family:'{family}';font-weight:{weight};src:url(data:font/sfnt;base64,{data})}}"
            );
        }
        self.text.push_str("</style>\n");
    }

    fn layer(&mut self, part: &str, layer: &Layer) {
        self.text.push_str("<g");
        let id = if part.is_empty() { layer.name.to_owned() } else { format!("{part}-{}", layer.name) };
        self.attribute("id", &id);
        self.text.push_str(">\n");
        for shape in &layer.shapes {
            match shape {
                Shape::Box(shape) => self.box_shape(shape),
                Shape::Ribbon(shape) => self.ribbon(shape),
                Shape::Label(shape) => self.label(shape),
                Shape::Polygon(shape) => self.polygon(shape),
            }
        }
        self.text.push_str("</g>\n");
    }

    fn box_shape(&mut self, shape: &BoxShape) {
        if shape.fill.is_none() && shape.stroke.is_none() {
            return;
        }
        self.text.push_str("<rect");
        self.rect(shape.rect);
        if shape.radius > 0.0 {
            self.number("rx", shape.radius);
        }
        self.fill(shape.fill);
        self.stroke(shape.stroke);
        self.emphasis(shape.emphasis);
        self.text.push_str("/>\n");
    }

    fn ribbon(&mut self, shape: &Ribbon) {
        let arrow = match shape.arrow {
            Arrow::End if !shape.closed => arrow_head(&shape.points, shape.stroke.width),
            Arrow::None | Arrow::End => None,
        };
        let line = arrow.as_ref().map_or(&shape.points, |arrow| &arrow.line);
        self.text.push_str("<path");
        self.attribute("d", &path(line, shape.closed));
        self.fill(None);
        self.stroke(Some(shape.stroke));
        self.emphasis(shape.emphasis);
        self.text.push_str("/>\n");
        if let Some(arrow) = arrow {
            self.text.push_str("<path");
            self.attribute("d", &path(&arrow.head, true));
            self.fill(Some(shape.stroke.role));
            self.emphasis(shape.emphasis);
            self.text.push_str("/>\n");
        }
    }

    fn polygon(&mut self, shape: &Polygon) {
        if shape.fill.is_none() && shape.stroke.is_none() {
            return;
        }
        self.text.push_str("<path");
        self.attribute("d", &path(&shape.points, true));
        self.fill(shape.fill);
        self.stroke(shape.stroke);
        self.emphasis(shape.emphasis);
        self.text.push_str("/>\n");
    }

    fn label(&mut self, label: &Label) {
        self.text.push_str("<text");
        self.number("x", label.anchor.x);
        self.number("y", label.anchor.y);
        self.font(label.face, label.size);
        match label.align {
            Align::Start => {}
            Align::Center => self.attribute("text-anchor", "middle"),
            Align::End => self.attribute("text-anchor", "end"),
        }
        self.length(label);
        self.fill(Some(label.role));
        self.emphasis(label.emphasis);
        if label.text.trim() != label.text || label.text.contains("  ") {
            self.attribute("xml:space", "preserve");
        }
        let _ = writeln!(self.text, ">{}</text>", escape(&label.text));
    }

    /// Text of other scripts is as wide as the font that has them makes it.
    fn length(&mut self, label: &Label) {
        let is_ours = |c: char| c.is_ascii_graphic() || c == ' ' || "…·→−×±".contains(c);
        let Some(measurer) = &self.measurer else { return };
        if label.text.trim().chars().count() > 1 && label.text.chars().all(is_ours) {
            let width = measurer.width(&label.text, label.face, label.size);
            self.number("textLength", width);
            self.attribute("lengthAdjust", "spacingAndGlyphs");
        }
    }

    fn font(&mut self, face: Face, size: TextSize) {
        if face == Face::Mono {
            self.attribute("font-family", &family(face));
        }
        if face.weight() != Face::Regular.weight() {
            self.attribute("font-weight", &face.weight().to_string());
        }
        self.number("font-size", size.points());
    }

    fn rect(&mut self, rect: Rect) {
        self.number("x", rect.min.x);
        self.number("y", rect.min.y);
        self.number("width", rect.width());
        self.number("height", rect.height());
    }

    fn fill(&mut self, role: Option<Role>) {
        match role {
            Some(role) => self.color(["fill", "fill-opacity"], self.theme.color(role)),
            None => self.attribute("fill", "none"),
        }
    }

    fn stroke(&mut self, stroke: Option<Stroke>) {
        let Some(stroke) = stroke else { return };
        self.color(["stroke", "stroke-opacity"], self.theme.color(stroke.role));
        self.number("stroke-width", stroke.width);
        if let Some(lengths) = stroke.dash.lengths(stroke.width) {
            self.attribute("stroke-dasharray", &lengths.map(number).join(" "));
        }
    }

    fn color(&mut self, [color_name, opacity_name]: [&str; 2], color: Color) {
        self.attribute(color_name, &color.hex());
        if color.a < 255 {
            self.number(opacity_name, color.opacity());
        }
    }

    fn emphasis(&mut self, emphasis: Emphasis) {
        if emphasis == Emphasis::Dimmed {
            self.number("opacity", DIMMED_OPACITY);
        }
    }

    fn number(&mut self, name: &str, value: f32) {
        self.attribute(name, &number(value));
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.text, " {name}=\"{}\"", escape(value));
    }
}

/// The face's family, then families that machines have.
fn family(face: Face) -> String {
    let similar = match face {
        Face::Mono => "ui-monospace, Menlo, Consolas, monospace",
        Face::Regular | Face::Medium | Face::SemiBold => "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
    };
    format!("'{}', {similar}", face.family())
}

fn path(points: &[Point], closed: bool) -> String {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        path.push_str(match index {
            0 => "M",
            1 => "L",
            _ => " ",
        });
        path.push_str(&number(point.x));
        path.push(' ');
        path.push_str(&number(point.y));
    }
    if closed {
        path.push('Z');
    }
    path
}

/// At most two decimals, without trailing zeros; what is not finite becomes 0, which SVG has no word for.
fn number(value: f32) -> String {
    let rounded = if value.is_finite() { (f64::from(value) * 100.0).round() / 100.0 } else { 0.0 };
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}

/// Text for content and attributes: line breaks and tabs as spaces, what XML 1.0 forbids as U+FFFD.
pub(in crate::export) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::demo;
    use proptest::prelude::*;

    fn label(text: &str) -> Scene {
        let label = Label {
            anchor: Point::new(10.0, 20.0),
            align: Align::Start,
            text: text.into(),
            whole: None,
            face: Face::Regular,
            size: TextSize::Body,
            role: Role::Text,
            hit: None,
            emphasis: Emphasis::Normal,
        };
        let layer = Layer { name: "labels", shapes: vec![label.into()] };
        Scene { bounds: Rect::new(0.0, 0.0, 200.0, 40.0), layers: vec![layer], ..Scene::default() }
    }

    fn options() -> PictureOptions {
        PictureOptions { title: "Orders & billing".into(), description: "A <small> map".into(), ..Default::default() }
    }

    #[test]
    fn a_small_scene_is_written_in_both_themes() {
        insta::assert_snapshot!("small-dark", write(&demo::small(), Theme::dark(), &options()));
        insta::assert_snapshot!("small-light", write(&demo::small(), Theme::light(), &options()));
    }

    #[test]
    fn the_scenes_of_these_tests_are_sound() {
        for scene in [demo::small(), demo::large()] {
            assert_eq!(scene.verify(&crate::theme::Measurer::new()), Vec::<String>::new());
        }
    }

    #[test]
    fn numbers_are_short() {
        let written = [1.0, 0.125, -0.001, 12.3456, -7.1, 100.0, f32::NAN, f32::INFINITY, 1e7].map(number);
        assert_eq!(written, ["1", "0.13", "0", "12.35", "-7.1", "100", "0", "0", "10000000"]);
    }

    #[test]
    fn the_picture_has_the_margin_and_scale_that_were_asked_for() {
        let options = PictureOptions { margin: 10.0, scale: 2.0, background: false, ..Default::default() };
        let svg = write(&label("x"), Theme::light(), &options);
        assert!(svg.contains(" width=\"440\" height=\"120\" viewBox=\"-10 -10 220 60\""), "{svg}");
        assert!(!svg.contains("<rect") && !svg.contains("<title") && !svg.contains("aria-"), "{svg}");
    }

    #[test]
    fn without_our_fonts_text_is_as_wide_as_with_them() {
        let written =
            |text: &str, fonts| write(&label(text), Theme::dark(), &PictureOptions { fonts, ..Default::default() });
        let width = Measurer::new().width("orders", Face::Regular, TextSize::Body);
        let length = format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(width));
        assert!(written("orders", Fonts::Named).contains(&length));
        for (text, fonts) in [("orders", Fonts::AtHand), ("orders", Fonts::Embedded), ("訂單", Fonts::Named)] {
            assert!(!written(text, fonts).contains("textLength"), "{text} {fonts:?}");
        }
    }

    #[test]
    fn fonts_are_embedded_when_asked_for_and_only_those_used() {
        let options = PictureOptions { fonts: Fonts::Embedded, ..Default::default() };
        let svg = write(&label("x"), Theme::light(), &options);
        assert_eq!(svg.matches("@font-face{font-family:'Inter';font-weight:400;src:url(data:font/").count(), 1);
        assert_eq!(svg.matches("@font-face").count(), 1);
    }

    #[test]
    fn spaces_that_xml_would_fold_are_kept() {
        assert!(write(&label("a  b"), Theme::dark(), &options()).contains("xml:space=\"preserve\">a  b</text>"));
        assert!(!write(&label("a b"), Theme::dark(), &options()).contains("xml:space"));
    }

    proptest! {
        #[test]
        fn any_text_survives_in_well_formed_xml(text in any::<String>()) {
            let options = PictureOptions { title: text.clone(), description: text.clone(), ..Default::default() };
            let svg = write(&label(&text), Theme::dark(), &options);
            let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
            let expected: String = text
                .chars()
                .map(|c| match c {
                    '\t' | '\n' | '\r' => ' ',
                    '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
                    _ => c,
                })
                .collect();
            let element = document.descendants().find(|node| node.has_tag_name("text")).unwrap();
            prop_assert_eq!(element.text().unwrap_or_default(), expected);
        }
    }
}
