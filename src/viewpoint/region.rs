//! Which part of a picture is in sight, told from a box: the numbers of a picture change with every box that comes, the
//! place beside a box hardly.
//!
//! In: an area, and where boxes are.  Out: a [`Region`], and the way back.

use crate::scene::shape::Rect;

/// An area, in world units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    /// The box that the area is told from; the picture's own origin without.
    pub at: Option<String>,
    /// From the upper left corner of that box to that of the area.
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

impl Region {
    /// `anchor` is a box that is likely to stay, and its name.
    pub fn of(area: Rect, anchor: Option<(String, Rect)>) -> Self {
        let from = anchor.as_ref().map_or_else(Rect::default, |(_, rect)| *rect).min;
        let whole = |length: f32| length.round() as i32;
        Self {
            x: whole(area.min.x - from.x),
            y: whole(area.min.y - from.y),
            width: area.width().round().max(1.0) as u32,
            height: area.height().round().max(1.0) as u32,
            at: anchor.map(|(name, _)| name),
        }
    }

    /// Where that is in a picture; `None` where the box is gone.
    pub fn area(&self, rect_of: impl Fn(&str) -> Option<Rect>) -> Option<Rect> {
        let from = match &self.at {
            Some(name) => rect_of(name)?.min,
            None => Rect::default().min,
        };
        let (x, y) = (from.x + self.x as f32, from.y + self.y as f32);
        Some(Rect::new(x, y, self.width as f32, self.height as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_moves_with_the_box_that_it_is_told_from() {
        let area = Rect::new(100.0, 50.0, 640.0, 480.0);
        let region = Region::of(area, Some(("orders".to_owned(), Rect::new(120.0, 90.0, 30.0, 20.0))));
        assert_eq!((region.x, region.y), (-20, -40));
        let moved = |name: &str| (name == "orders").then(|| Rect::new(20.0, 10.0, 99.0, 9.0));
        assert_eq!(region.area(moved), Some(Rect::new(0.0, -30.0, 640.0, 480.0)));
        assert_eq!(region.area(|_| None), None);
        assert_eq!(Region::of(area, None).area(|_| None), Some(area));
    }
}
