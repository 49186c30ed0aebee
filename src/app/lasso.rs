//! The lasso: a line drawn around boxes of the map.
//!
//! In: the points that a hand draws.  Out: the boxes inside.  Not here: what is done with them (`gathering`), and the hand.

use crate::scene::map::{Arrangement, BoxKind};
use crate::scene::outline;
use crate::scene::shape::{Point, Rect};
use crate::scene::thing::Place;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lasso {
    /// The next drag draws, and does not pan.
    pub(crate) armed: bool,
    /// What is being drawn, in the scene's coordinates.
    pub(crate) path: Vec<Point>,
}

impl Lasso {
    pub(crate) fn is_idle(&self) -> bool {
        !self.armed && self.path.is_empty()
    }
}

/// Packages, targets, modules and closed boundaries inside a line, its ends joined: closed boxes whose middle is inside,
/// and open ones that are inside as a whole, in place of what they hold.
pub(crate) fn caught(map: &Arrangement, path: &[Point]) -> Vec<Place> {
    let is_in = |at: Point| outline::is_inside(path, at);
    let mut caught: Vec<u32> = Vec::new();
    for index in 0..map.cut.boxes.len() as u32 {
        let visible = &map.cut.boxes[index as usize];
        let rect = map.rects[index as usize];
        let is_caught = if visible.open { corners(rect).into_iter().all(is_in) } else { is_in(rect.center()) };
        // A box follows what it lies in.
        let is_within = caught.iter().any(|outer| map.is_within(index, *outer));
        if is_caught && !is_within && can_be_gathered(visible.kind) {
            caught.push(index);
        }
    }
    caught.into_iter().map(|index| map.cut.boxes[index as usize].place).collect()
}

fn corners(rect: Rect) -> [Point; 4] {
    // A hand that follows the border of a box means the box.
    rect.expand(-4.0).corners()
}

/// Items belong to their module, wherever that goes.
pub(crate) fn can_be_gathered(kind: BoxKind) -> bool {
    !matches!(kind, BoxKind::Item(_))
}
