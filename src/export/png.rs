//! SVG text as PNG bytes.
//!
//! In: a document of `svg` and a scale.  Out: pixels, drawn with the bundled fonts alone, so that neither a display nor
//! the machine's fonts matter.  Not here: what is shown.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::theme::Face;

/// No side of a picture has more pixels: what viewers and graphics cards can still take.
pub const LARGEST_SIDE: u32 = 16_384;
/// No picture has more pixels: 512 MiB while it is drawn.
pub const MOST_PIXELS: u64 = 1 << 27;

/// A picture as PNG.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// Pixels per point of the SVG: what was asked for, or less where the picture would have been too large.
    pub scale: f32,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("failed to read the picture's SVG: {0}")]
    Svg(#[from] usvg::Error),
    #[error("a picture cannot be drawn at scale {0}")]
    Scale(f32),
    #[error("failed to allocate a picture of {width} x {height} pixels")]
    Size { width: u32, height: u32 },
    #[error("failed to write the picture as PNG: {0}")]
    Encode(String),
    #[error("failed to write the picture as PDF: {0}")]
    Pdf(String),
}

/// Draws an SVG document; at `scale` 2, one point of the document is 2 by 2 pixels.
///
/// # Errors
///
/// For text that is no SVG, and for a scale that is not a positive number.
pub fn render(svg: &str, scale: f32) -> Result<Picture, PictureError> {
    let (pixmap, scale) = draw(svg, scale)?;
    let (width, height) = (pixmap.width(), pixmap.height());
    let bytes = pixmap.encode_png().map_err(|error| PictureError::Encode(error.to_string()))?;
    Ok(Picture { bytes, width, height, scale })
}

/// The pixels of [`render`], row by row: red, green, blue and opacity, the colours multiplied by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// Draws an SVG document for a clipboard.
///
/// # Errors
///
/// As [`render`].
pub fn pixels(svg: &str, scale: f32) -> Result<Pixels, PictureError> {
    let (pixmap, _) = draw(svg, scale)?;
    Ok(Pixels { width: pixmap.width(), height: pixmap.height(), rgba: pixmap.take() })
}

/// How many pixels a picture of so many points has, and at which scale: no more than [`render`] draws.
pub fn size(points_wide: f32, points_high: f32, scale: f32) -> (u32, u32, f32) {
    let scale = fitting_scale(points_wide, points_high, scale);
    let pixels = |points: f32| ((points * scale).round() as u32).clamp(1, LARGEST_SIDE);
    (pixels(points_wide), pixels(points_high), scale)
}

fn draw(svg: &str, scale: f32) -> Result<(Pixmap, f32), PictureError> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(PictureError::Scale(scale));
    }
    let tree = read(svg)?;
    let (points_wide, points_high) = (tree.size().width(), tree.size().height());
    let (width, height, scale) = size(points_wide, points_high, scale);
    let mut pixmap = Pixmap::new(width, height).ok_or(PictureError::Size { width, height })?;
    // The exact ratio of pixels to points, so that the last row and column are filled like the others.
    let transform = Transform::from_scale(width as f32 / points_wide, height as f32 / points_high);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Ok((pixmap, scale))
}

/// Reads an SVG document with the bundled fonts alone.
pub(in crate::export) fn read(svg: &str) -> Result<usvg::Tree, PictureError> {
    Ok(usvg::Tree::from_str(svg, &reading_options())?)
}

/// The largest scale up to `scale` at which a picture of this many points stays within the limits.
fn fitting_scale(points_wide: f32, points_high: f32, scale: f32) -> f32 {
    let by_side = LARGEST_SIDE as f32 / points_wide.max(points_high);
    let by_area = (MOST_PIXELS as f64 / (f64::from(points_wide) * f64::from(points_high))).sqrt() as f32;
    scale.min(by_side).min(by_area)
}

fn reading_options() -> usvg::Options<'static> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for face in Face::ALL {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(face.bytes())));
        }
        fonts.set_serif_family(Face::Regular.family());
        fonts.set_sans_serif_family(Face::Regular.family());
        fonts.set_monospace_family(Face::Mono.family());
        Arc::new(fonts)
    });
    let mut options = usvg::Options { fontdb: Arc::clone(fonts), ..usvg::Options::default() };
    // A picture reads no other file.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{demo, svg};
    use crate::scene::shape::{Point, Rect, Shape};
    use crate::scene::{Scene, label_rect};
    use crate::theme::{Color, Measurer, Role, Theme};

    fn picture(scene: &Scene, theme: &Theme, scale: f32) -> Pixmap {
        let options = svg::PictureOptions { margin: 0.0, ..Default::default() };
        let picture = render(&svg::write(scene, theme, &options), scale).unwrap();
        Pixmap::decode_png(&picture.bytes).unwrap()
    }

    fn pixel(pixmap: &Pixmap, at: Point, scale: f32) -> Color {
        let pixel = pixmap.pixel((at.x * scale) as u32, (at.y * scale) as u32).unwrap().demultiply();
        Color { r: pixel.red(), g: pixel.green(), b: pixel.blue(), a: pixel.alpha() }
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let svg = svg::write(&demo::large(), Theme::dark(), &svg::PictureOptions::default());
        assert_eq!(render(&svg, 1.5).unwrap(), render(&svg, 1.5).unwrap());
    }

    #[test]
    fn boxes_have_the_colour_of_their_role_and_labels_leave_ink() {
        let scene = demo::small();
        for theme in [Theme::dark(), Theme::light()] {
            for scale in [1.0, 2.0] {
                let pixmap = picture(&scene, theme, scale);
                assert_eq!(pixel(&pixmap, Point::new(1.0, 1.0), scale), theme.color(Role::Background));
                let mut n_checked = 0;
                for shape in scene.shapes() {
                    match shape {
                        Shape::Box(shape) => {
                            let fill = theme.color(shape.fill.unwrap());
                            // Beside the outline, where neither text nor edges are.
                            let at = Point::new(shape.rect.min.x + 8.0, shape.rect.max.y - 4.0);
                            assert_eq!(pixel(&pixmap, at, scale), fill, "{shape:?}");
                            n_checked += 1;
                        }
                        Shape::Label(label) => {
                            let rect = label_rect(label, &Measurer::new());
                            assert!(has_ink(&pixmap, rect, scale, theme.color(label.role)), "{label:?}");
                            n_checked += 1;
                        }
                        Shape::Ribbon(_) | Shape::Polygon(_) => {}
                    }
                }
                assert!(n_checked > 4);
            }
        }
    }

    /// Whether some pixel of the area is nearly the colour: stems of letters are rarely a whole pixel wide.
    fn has_ink(pixmap: &Pixmap, area: Rect, scale: f32, color: Color) -> bool {
        let near = |a: u8, b: u8| a.abs_diff(b) < 70;
        (0..(area.height() * scale) as u32).any(|row| {
            (0..(area.width() * scale) as u32).any(|column| {
                let at = Point::new(area.min.x + column as f32 / scale, area.min.y + row as f32 / scale);
                let seen = pixel(pixmap, at, scale);
                near(seen.r, color.r) && near(seen.g, color.g) && near(seen.b, color.b)
            })
        })
    }

    #[test]
    fn a_picture_that_would_be_too_large_gets_a_smaller_scale() {
        assert_eq!(fitting_scale(1000.0, 500.0, 2.0), 2.0);
        assert_eq!(fitting_scale(32_768.0, 10.0, 2.0), 0.5);
        let scale = fitting_scale(16_000.0, 16_000.0, 1.0);
        assert!(scale < 1.0 && 16_000.0 * scale * 16_000.0 * scale <= MOST_PIXELS as f32 * 1.001);
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40000' height='4'/>";
        let picture = render(svg, 3.0).unwrap();
        assert_eq!((picture.width, picture.height), (LARGEST_SIDE, 2));
        assert!((picture.scale - 0.4096).abs() < 1e-6);
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        assert!(matches!(render("<svg", 1.0), Err(PictureError::Svg(_))));
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>";
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(matches!(render(svg, scale), Err(PictureError::Scale(_))), "{scale}");
        }
    }

    #[test]
    fn letters_that_no_bundled_font_has_do_not_fail() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><text y='15'>漢字 🦀</text></svg>";
        assert!(render(svg, 1.0).is_ok());
    }
}
