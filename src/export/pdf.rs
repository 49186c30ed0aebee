//! SVG text as a PDF of one page.
//!
//! In: a document of `svg`.  Out: a page of just its size: lines as lines, text as text, with the letters that are used of
//! the bundled fonts.  Objects stand in the order of their first use, so that the same picture is the same bytes.
//! Not here: what is shown, fonts (`pdf_font`).

use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use resvg::usvg::tiny_skia_path::{Path as Outline, PathSegment, Transform};
use resvg::usvg::{self, fontdb};

use super::pdf_font::{Font, deflated};
use super::png::{self, PictureError};

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
/// The first that is free for what the page uses.
const FIRST: i32 = 5;

/// Writes an SVG document as a page; one point of the document is one point of the page.
///
/// # Errors
///
/// For text that is no SVG.
pub fn write(svg: &str) -> Result<Vec<u8>, PictureError> {
    let tree = png::read(svg)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let mut page = Page { content: Content::new(), fonts: Vec::new(), veils: Vec::new(), database: tree.fontdb() };
    // A page has its origin at the lower left.
    page.content.transform([1.0, 0.0, 0.0, -1.0, 0.0, height]);
    page.group(tree.root(), 1.0);
    page.finish(Rect::new(0.0, 0.0, width, height))
}

/// How much fills and lines cover, in thousandths: a resource of its own for each pair.
type Veil = (u16, u16);

struct Page<'a> {
    content: Content,
    /// In the order of their first use, as all resources.
    fonts: Vec<Font>,
    veils: Vec<Veil>,
    database: &'a fontdb::Database,
}

impl Page<'_> {
    fn group(&mut self, group: &usvg::Group, opacity: f32) {
        self.content.save_state();
        self.content.transform(matrix(group.transform()));
        if let Some(clip) = group.clip_path() {
            for child in clip.root().children() {
                if let usvg::Node::Path(path) = child {
                    self.outline(path.data());
                }
            }
            self.content.clip_nonzero();
            self.content.end_path();
        }
        // A dimmed group of a scene is one shape: to dim its parts is the same.
        let opacity = opacity * group.opacity().get();
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => self.group(group, opacity),
                usvg::Node::Path(path) => self.path(path, opacity),
                usvg::Node::Text(text) => self.text(text, opacity),
                // A scene has none.
                usvg::Node::Image(_) => {}
            }
        }
        self.content.restore_state();
    }

    fn path(&mut self, path: &usvg::Path, opacity: f32) {
        let fill = path.fill().and_then(|fill| Some((color(fill.paint())?, fill.opacity().get())));
        let stroke = path.stroke().and_then(|stroke| Some((color(stroke.paint())?, stroke)));
        if !path.is_visible() || (fill.is_none() && stroke.is_none()) {
            return;
        }
        self.content.save_state();
        let of_stroke = stroke.map_or(1.0, |(_, stroke)| stroke.opacity().get());
        self.veil(fill.map_or(1.0, |(_, part)| part) * opacity, of_stroke * opacity);
        if let Some(([red, green, blue], _)) = fill {
            self.content.set_fill_rgb(red, green, blue);
        }
        if let Some(([red, green, blue], stroke)) = stroke {
            self.content.set_stroke_rgb(red, green, blue);
            self.content.set_line_width(stroke.width().get());
            self.content.set_line_join(match stroke.linejoin() {
                usvg::LineJoin::Round => LineJoinStyle::RoundJoin,
                usvg::LineJoin::Bevel => LineJoinStyle::BevelJoin,
                usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoinStyle::MiterJoin,
            });
            self.content.set_line_cap(match stroke.linecap() {
                usvg::LineCap::Butt => LineCapStyle::ButtCap,
                usvg::LineCap::Round => LineCapStyle::RoundCap,
                usvg::LineCap::Square => LineCapStyle::ProjectingSquareCap,
            });
            if let Some(dashes) = stroke.dasharray() {
                self.content.set_dash_pattern(dashes.iter().copied(), stroke.dashoffset());
            }
        }
        self.outline(path.data());
        match (fill.is_some(), stroke.is_some()) {
            (true, true) => self.content.fill_nonzero_and_stroke(),
            (true, false) => self.content.fill_nonzero(),
            _ => self.content.stroke(),
        };
        self.content.restore_state();
    }

    fn outline(&mut self, outline: &Outline) {
        let mut last = (0.0, 0.0);
        for segment in outline.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.content.move_to(to.x, to.y);
                    last = (to.x, to.y);
                }
                PathSegment::LineTo(to) => {
                    self.content.line_to(to.x, to.y);
                    last = (to.x, to.y);
                }
                PathSegment::QuadTo(middle, to) => {
                    // A curve with one handle, as one with two.
                    let toward = |from: f32, handle: f32| from + (handle - from) * 2.0 / 3.0;
                    self.content.cubic_to(
                        toward(last.0, middle.x),
                        toward(last.1, middle.y),
                        toward(to.x, middle.x),
                        toward(to.y, middle.y),
                        to.x,
                        to.y,
                    );
                    last = (to.x, to.y);
                }
                PathSegment::CubicTo(first, second, to) => {
                    self.content.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
                    last = (to.x, to.y);
                }
                PathSegment::Close => {
                    self.content.close_path();
                }
            }
        }
    }

    fn text(&mut self, text: &usvg::Text, opacity: f32) {
        for span in text.layouted().iter().filter(|span| span.visible) {
            let Some(fill) = &span.fill else { continue };
            let Some([red, green, blue]) = color(fill.paint()) else { continue };
            self.content.save_state();
            let part = fill.opacity().get() * opacity;
            self.veil(part, part);
            self.content.set_fill_rgb(red, green, blue);
            self.content.begin_text();
            for glyph in &span.positioned_glyphs {
                let Some(font) = self.font(glyph.font) else { continue };
                let letter = self.fonts[font].letter(glyph.id.0, &glyph.text);
                let em = self.fonts[font].units_per_em;
                self.content.set_font(Name(name('F', font).as_bytes()), 1.0);
                self.content.set_text_matrix(matrix(glyph.outline_transform().pre_scale(em, em)));
                self.content.show(Str(&letter.to_be_bytes()));
            }
            self.content.end_text();
            self.content.restore_state();
        }
    }

    /// The number of a font, which may be new; `None` for one that cannot be read.
    fn font(&mut self, id: fontdb::ID) -> Option<usize> {
        if let Some(known) = self.fonts.iter().position(|font| font.id == id) {
            return Some(known);
        }
        let font = self.database.with_face_data(id, |data, index| Font::read(id, data, index)).flatten()?;
        self.fonts.push(font);
        Some(self.fonts.len() - 1)
    }

    fn veil(&mut self, fill: f32, stroke: f32) {
        let part = |part: f32| (part.clamp(0.0, 1.0) * 1000.0).round() as u16;
        let veil = (part(fill), part(stroke));
        if veil == (1000, 1000) {
            return;
        }
        let known = self.veils.iter().position(|known| *known == veil).unwrap_or_else(|| {
            self.veils.push(veil);
            self.veils.len() - 1
        });
        self.content.set_parameters(Name(name('V', known).as_bytes()));
    }

    fn finish(self, size: Rect) -> Result<Vec<u8>, PictureError> {
        let Self { content, fonts, veils, .. } = self;
        let mut pdf = Pdf::new();
        pdf.catalog(CATALOG).pages(PAGES);
        pdf.pages(PAGES).kids([PAGE]).count(1);
        let mut next = FIRST;
        let mut reference = || {
            next += 1;
            Ref::new(next - 1)
        };
        let of_veils: Vec<Ref> = veils.iter().map(|_| reference()).collect();
        let of_fonts: Vec<[Ref; Font::OBJECTS]> = fonts.iter().map(|_| std::array::from_fn(|_| reference())).collect();
        let mut page = pdf.page(PAGE);
        page.parent(PAGES).media_box(size).contents(CONTENT);
        let mut resources = page.resources();
        let mut states = resources.ext_g_states();
        for (index, reference) in of_veils.iter().enumerate() {
            states.pair(Name(name('V', index).as_bytes()), *reference);
        }
        states.finish();
        let mut names = resources.fonts();
        for (index, references) in of_fonts.iter().enumerate() {
            names.pair(Name(name('F', index).as_bytes()), references[0]);
        }
        names.finish();
        resources.finish();
        page.finish();
        let drawn = deflated(&content.finish());
        pdf.stream(CONTENT, &drawn).filter(Filter::FlateDecode);
        for ((fill, stroke), reference) in veils.iter().zip(&of_veils) {
            let part = |thousandths: u16| f32::from(thousandths) / 1000.0;
            pdf.ext_graphics(*reference).non_stroking_alpha(part(*fill)).stroking_alpha(part(*stroke));
        }
        for (index, (font, references)) in fonts.iter().zip(&of_fonts).enumerate() {
            font.write(index, references, &mut pdf).map_err(PictureError::Pdf)?;
        }
        Ok(pdf.finish())
    }
}

fn name(letter: char, index: usize) -> String {
    format!("{letter}{index}")
}

fn matrix(transform: Transform) -> [f32; 6] {
    [transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty]
}

/// A scene has colours alone: no gradients and patterns.
fn color(paint: &usvg::Paint) -> Option<[f32; 3]> {
    match paint {
        usvg::Paint::Color(color) => Some([color.red, color.green, color.blue].map(|part| f32::from(part) / 255.0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{demo, svg};
    use crate::theme::Theme;

    fn pdf(scene: &crate::scene::Scene) -> Vec<u8> {
        write(&svg::write(scene, Theme::light(), &svg::PictureOptions::default())).unwrap()
    }

    fn count(pdf: &[u8], word: &str) -> usize {
        pdf.windows(word.len()).filter(|part| *part == word.as_bytes()).count()
    }

    #[test]
    fn a_scene_is_one_page_and_the_same_bytes_each_time() {
        let once = pdf(&demo::large());
        assert!(once.starts_with(b"%PDF-1.7"));
        assert_eq!((count(&once, "/Type /Page\n"), count(&once, "/Count 1")), (1, 1));
        assert_eq!(pdf(&demo::large()), once);
    }

    #[test]
    fn letters_are_letters_and_only_those_used_come_along() {
        let pdf = pdf(&demo::small());
        assert!(count(&pdf, "/ToUnicode") > 0 && count(&pdf, "/FontFile3") > 0);
        assert!(pdf.len() < 60_000, "{} bytes", pdf.len());
    }

    #[test]
    fn what_is_no_svg_is_an_error() {
        assert!(matches!(write("<svg"), Err(PictureError::Svg(_))));
    }
}
