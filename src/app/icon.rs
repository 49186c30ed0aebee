//! The picture by which desktops know the window.
//!
//! In: `assets/icon/riprap.svg`.  Out: pixels for the window.  Not here: the icon of the menu entry (`assets/desktop`).

use crate::export::png::{Pixels, pixels};

const SVG: &str = include_str!("../../assets/icon/riprap.svg");

/// Of the drawing, in points.
const SIDE: f32 = 128.0;

/// As many pixels wide and high; `None` where it cannot be drawn, which costs nobody anything.
pub(super) fn icon(side: u16) -> Option<egui::IconData> {
    let Pixels { width, height, mut rgba } = pixels(SVG, f32::from(side) / SIDE).ok()?;
    for pixel in rgba.chunks_exact_mut(4) {
        // Desktops want colours that are not multiplied by their opacity.
        let alpha = u16::from(pixel[3]);
        for channel in &mut pixel[..3] {
            *channel = (u16::from(*channel) * 255).checked_div(alpha).unwrap_or(0).min(255) as u8;
        }
    }
    Some(egui::IconData { rgba, width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_drawn_at_every_size_with_free_corners_and_several_colours() {
        for side in [16, 32, 128] {
            let icon = icon(side).expect("an icon");
            assert_eq!((icon.width, icon.height), (u32::from(side), u32::from(side)));
            assert_eq!(icon.rgba[3], 0, "the corner is free");
            let mut solid: Vec<&[u8]> = icon.rgba.chunks_exact(4).filter(|pixel| pixel[3] == 255).collect();
            solid.sort_unstable();
            solid.dedup();
            assert!(solid.len() >= 8, "{side}: {}", solid.len());
        }
    }
}
