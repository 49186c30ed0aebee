//! A film as an animated PNG.
//!
//! In: a film and a theme.  Out: bytes that every browser plays, and that other viewers show as the first frame.  Of each frame
//! only the rectangle is written that differs from the one before.

use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder, EncodingError, FilterType};

use super::{Film, svg};
use crate::export::png::{PictureError, Pixels, pixels};
use crate::export::svg::Fonts;
use crate::theme::{Measurer, Theme};

/// As large as a screen, in pixels, at twice the size at most.
const WIDEST: f32 = 1920.0;
const HIGHEST: f32 = 1440.0;
const MOST_SCALE: f32 = 2.0;
const MARGIN: f32 = 12.0;

/// In milliseconds: how long a frame stands, one at which violations came or went, and the last.
const USUAL: u16 = 700;
const LONG: u16 = 1500;
const LAST: u16 = 4000;

pub(super) fn write(film: &Film, theme: &'static Theme) -> Result<Vec<u8>, PictureError> {
    let measurer = Measurer::new();
    let legend = film.legend(film.width(), &measurer);
    let draw = |at: usize| {
        let scene = film.whole(at, &legend, &measurer);
        let area = scene.bounds.expand(MARGIN);
        let scale = (WIDEST / area.width()).min(HIGHEST / area.height()).min(MOST_SCALE);
        pixels(&svg(scene, theme, MARGIN, Fonts::AtHand), scale)
    };
    let failed = |error: EncodingError| PictureError::Encode(error.to_string());
    let n_frames = film.frames.len();
    if n_frames == 0 {
        return Err(PictureError::Encode("nothing is known of any commit".to_owned()));
    }
    let mut bytes = Vec::new();
    let mut shown = draw(0)?;
    let mut encoder = Encoder::new(&mut bytes, shown.width, shown.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Best);
    encoder.set_filter(FilterType::Up);
    encoder.set_animated(n_frames as u32, 0).map_err(failed)?;
    encoder.set_blend_op(BlendOp::Source).map_err(failed)?;
    encoder.set_dispose_op(DisposeOp::None).map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    for at in 0..n_frames {
        let caption = &film.frames[at].caption;
        let delay = match caption.came + caption.went {
            _ if at + 1 == n_frames => LAST,
            0 => USUAL,
            _ => LONG,
        };
        writer.set_frame_delay(delay, 1000).map_err(failed)?;
        let mut area = (0, 0, shown.width, shown.height);
        if at > 0 {
            let now = draw(at)?;
            area = differing(&shown, &now);
            shown = now;
            let (x, y, width, height) = area;
            writer.reset_frame_position().map_err(failed)?;
            writer.set_frame_dimension(width, height).map_err(failed)?;
            writer.set_frame_position(x, y).map_err(failed)?;
        }
        writer.write_image_data(&cut(&shown, area)).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// The rectangle around all pixels that are not the same, as left, top, width and height; one pixel where there are none.
fn differing(before: &Pixels, now: &Pixels) -> (u32, u32, u32, u32) {
    let row = |of: &Pixels, y: u32| {
        let start = y as usize * of.width as usize * 4;
        start..start + of.width as usize * 4
    };
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for y in 0..now.height {
        let (then, now) = (&before.rgba[row(before, y)], &now.rgba[row(now, y)]);
        if then == now {
            continue;
        }
        (top, bottom) = (top.min(y), y);
        let differ = || then.chunks_exact(4).zip(now.chunks_exact(4)).map(|(a, b)| a != b);
        left = left.min(differ().position(|differs| differs).unwrap_or(0) as u32);
        right = right.max(differ().rposition(|differs| differs).unwrap_or(0) as u32);
    }
    if top == u32::MAX { (0, 0, 1, 1) } else { (left, top, right - left + 1, bottom - top + 1) }
}

/// A rectangle of a picture without its opacity: a film has a ground.
fn cut(pixels: &Pixels, (x, y, width, height): (u32, u32, u32, u32)) -> Vec<u8> {
    let mut rgb = Vec::with_capacity((width * height * 3) as usize);
    for row in y..y + height {
        let start = (row as usize * pixels.width as usize + x as usize) * 4;
        for pixel in pixels.rgba[start..start + width as usize * 4].chunks_exact(4) {
            rgb.extend_from_slice(&pixel[..3]);
        }
    }
    rgb
}
