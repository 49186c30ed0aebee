//! Marks of violations: what is denied, only warned of and accepted, each told by its shape as much as by its colour.
//!
//! In: a tally and a place.  Out: shapes around that place, and how wide they are.  Not here: which violations count
//! where.
//!
//! Denied is filled, warned of is hollow, accepted is grey with a tick: debt that somebody knows of cries to nobody.

use super::glyph::{self, Ink, Pill};
use crate::scene::number::short;
use crate::scene::outline;
use crate::scene::shape::{Emphasis, HitId, Point, Polygon, Shape, Stroke};
use crate::theme::{Role, line};
use crate::verdict::{Standing, Tally};

/// Between two badges of a row.
const GAP: f32 = 2.0;

/// Room for the tick before a number.
const TICK: f32 = 9.0;

/// How wide the row of badges for so many violations can become, whatever is accepted of them: accepting moves no box.
pub(super) fn room(tally: Tally) -> f32 {
    let total = tally.total();
    if total == 0 {
        return 0.0;
    }
    let n_badges = total.min(Standing::ALL.len() as u32) as f32;
    n_badges * (glyph::pill_width(&short(u64::from(total))) + GAP) + TICK
}

/// A badge for each standing that there is, the worst on the left, the last one ending at `right`.
pub(super) fn row(tally: Tally, right: Point, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let mut right = right;
    let parts: Vec<(Standing, u32)> = tally.parts().collect();
    for (standing, count) in parts.into_iter().rev() {
        let text = short(u64::from(count));
        let width = width_of(standing, &text);
        let middle = Point::new(right.x - width / 2.0, right.y);
        badge(standing, middle, width, text, hit, emphasis, shapes);
        right.x -= width + GAP;
    }
}

/// The same around a place.
pub(super) fn around(tally: Tally, middle: Point, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let right = Point::new(middle.x + width(tally) / 2.0, middle.y);
    row(tally, right, hit, emphasis, shapes);
}

/// Of the row for a tally.
pub(super) fn width(tally: Tally) -> f32 {
    let widths = tally.parts().map(|(standing, count)| width_of(standing, &short(u64::from(count))) + GAP);
    (widths.sum::<f32>() - GAP).max(0.0)
}

fn width_of(standing: Standing, text: &str) -> f32 {
    glyph::pill_width(text) + indent(standing)
}

/// Left free before the number.
fn indent(standing: Standing) -> f32 {
    if standing == Standing::Accepted { TICK } else { 0.0 }
}

fn badge(
    standing: Standing,
    middle: Point,
    width: f32,
    text: String,
    hit: HitId,
    emphasis: Emphasis,
    shapes: &mut Vec<Shape>,
) {
    let (fill, stroke, letters) = match standing {
        Standing::Denied => (Role::Violation, Stroke::solid(Role::Background, line::HAIR), Role::TextOnViolation),
        Standing::Warned => (Role::Background, Stroke::solid(Role::Violation, line::THIN), Role::Violation),
        Standing::Accepted => (Role::Raised, Stroke::solid(Role::SurfaceStroke, line::HAIR), Role::TextWeak),
    };
    let (indent, hit) = (indent(standing), Some(hit));
    glyph::pill(Pill { middle, width, text, indent, fill, stroke, letters, hit, emphasis }, shapes);
    if standing == Standing::Accepted {
        let at = Point::new(middle.x - width / 2.0 + 4.0 + TICK / 2.0, middle.y);
        glyph::tick(at, Ink { role: letters, emphasis }, shapes);
    }
}

/// The mark of an edge on which something is broken: a diamond, filled or hollow, or a tick.
pub(super) fn on_edge(
    standing: Standing,
    middle: Point,
    hit: Option<HitId>,
    emphasis: Emphasis,
    shapes: &mut Vec<Shape>,
) {
    let (points, fill, stroke) = match standing {
        Standing::Denied => {
            (outline::diamond(middle, 5.5), Role::Violation, Stroke::solid(Role::Background, line::HAIR))
        }
        Standing::Warned => {
            (outline::diamond(middle, 5.0), Role::Background, Stroke::solid(Role::Violation, line::THIN))
        }
        Standing::Accepted => {
            (outline::ring(middle, 6.0), Role::Raised, Stroke::solid(Role::SurfaceStroke, line::HAIR))
        }
    };
    shapes.push(Shape::Polygon(Polygon { points, fill: Some(fill), stroke: Some(stroke), hit, emphasis }));
    if standing == Standing::Accepted {
        glyph::tick(middle, Ink { role: Role::TextWeak, emphasis }, shapes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_fit_their_room_whatever_is_accepted() {
        for tally in [
            Tally { denied: 1, ..Tally::default() },
            Tally { accepted: 1, ..Tally::default() },
            Tally { denied: 1, accepted: 1, ..Tally::default() },
            Tally { denied: 40, warned: 30, accepted: 30 },
            Tally { denied: 1, warned: 1, accepted: 1200 },
        ] {
            assert!(width(tally) <= room(tally), "{tally:?}: {} > {}", width(tally), room(tally));
        }
        assert_eq!(room(Tally::default()), 0.0);
    }
}
