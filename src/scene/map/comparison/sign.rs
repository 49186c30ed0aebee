//! The signs of a comparison: what became of something, told by shape as much as by colour.
//!
//! In: a fate or a mark, and a place.  Out: shapes around it.  Not here: which things have one.

use super::marks::BoxMark;
use crate::compare::Fate;
use crate::scene::map::glyph::{self, Ink, Pill};
use crate::scene::number::short;
use crate::scene::outline;
use crate::scene::shape::{Arrow, Dash, Emphasis, HitId, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::theme::{Role, line};

/// Between two badges.
pub(super) const GAP: f32 = 2.0;

/// Room for the tick before the number of what was fixed.
const TICK: f32 = 9.0;

/// Of the disc behind a sign.
pub(in crate::scene::map) const RADIUS: f32 = 6.5;

pub(in crate::scene::map) fn role(fate: Fate) -> Role {
    match fate {
        Fate::Kept => Role::Edge,
        Fate::Changed | Fate::Moved => Role::Changed,
        Fate::Added => Role::Added,
        Fate::Removed => Role::Removed,
    }
}

/// What was there is dashed, what is not the same is dotted.
pub(super) fn dash(fate: Fate) -> Dash {
    match fate {
        Fate::Kept | Fate::Added => Dash::Solid,
        Fate::Changed | Fate::Moved => Dash::Dotted,
        Fate::Removed => Dash::Dashed,
    }
}

/// A disc with `+`, `−`, `~` or an arrow; nothing for what was kept.
pub(in crate::scene::map) fn sign(
    fate: Fate,
    middle: Point,
    hit: Option<HitId>,
    emphasis: Emphasis,
    shapes: &mut Vec<Shape>,
) {
    let strokes: &[&[(f32, f32)]] = match fate {
        Fate::Kept => return,
        Fate::Added => &[&[(-3.2, 0.0), (3.2, 0.0)], &[(0.0, -3.2), (0.0, 3.2)]],
        Fate::Removed => &[&[(-3.2, 0.0), (3.2, 0.0)]],
        Fate::Changed => &[&[(-3.6, 0.9), (-2.6, -0.7), (-1.4, -1.1), (0.0, 0.0), (1.4, 1.1), (2.6, 0.7), (3.6, -0.9)]],
        Fate::Moved => &[&[(-3.4, 0.0), (3.4, 0.0)], &[(0.6, -2.6), (3.4, 0.0), (0.6, 2.6)]],
    };
    disc(role(fate), middle, hit, emphasis, shapes);
    for stroke in strokes {
        line_on(Role::Background, middle, stroke, emphasis, shapes);
    }
}

/// A disc with a tick: a violation that is gone.
pub(in crate::scene::map) fn fixed(middle: Point, hit: Option<HitId>, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    disc(Role::Success, middle, hit, emphasis, shapes);
    glyph::tick(middle, Ink { role: Role::Background, emphasis }, shapes);
}

fn disc(role: Role, middle: Point, hit: Option<HitId>, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let (points, stroke) = (outline::ring(middle, RADIUS), Some(Stroke::solid(Role::Background, line::HAIR)));
    shapes.push(Shape::Polygon(Polygon { points, fill: Some(role), stroke, hit, emphasis }));
}

fn line_on(role: Role, middle: Point, points: &[(f32, f32)], emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    shapes.push(Shape::Ribbon(Ribbon {
        points: points.iter().map(|(x, y)| Point::new(middle.x + x, middle.y + y)).collect(),
        closed: false,
        stroke: Stroke::solid(role, 1.6),
        arrow: Arrow::None,
        hit: None,
        emphasis,
    }));
}

/// Between two lines of a hatching.
const HATCH: f32 = 9.0;

/// Lines from the lower left to the upper right, within a rectangle.
pub(in crate::scene::map) fn hatching(rect: Rect, role: Role, shapes: &mut Vec<Shape>) {
    let rect = rect.expand(-1.5);
    let (width, height) = (rect.width(), rect.height());
    let mut along = HATCH;
    while along < width + height {
        // Where the line x - y = along - height meets the borders.
        let from = Point::new(rect.min.x + (along - height).max(0.0), rect.min.y + along.min(height));
        let to = Point::new(rect.min.x + along.min(width), rect.min.y + (along - width).max(0.0));
        shapes.push(Shape::Ribbon(Ribbon {
            points: vec![from, to],
            closed: false,
            stroke: Stroke::solid(role, 0.75),
            arrow: Arrow::None,
            hit: None,
            emphasis: Emphasis::Dimmed,
        }));
        along += HATCH;
    }
}

/// How many violations are new and how many are fixed, the last badge ending at `right`.
pub(super) fn badges(mark: &BoxMark, right: Point, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let mut right = right;
    if mark.fixed > 0 {
        let text = short(u64::from(mark.fixed));
        let width = glyph::pill_width(&text) + TICK;
        let middle = Point::new(right.x - width / 2.0, right.y);
        let stroke = Stroke::solid(Role::Success, line::THIN);
        let (fill, letters, indent, hit) = (Role::Background, Role::Success, TICK, Some(hit));
        glyph::pill(Pill { middle, width, text, indent, fill, stroke, letters, hit, emphasis }, shapes);
        let at = Point::new(middle.x - width / 2.0 + 4.0 + TICK / 2.0, middle.y);
        glyph::tick(at, Ink { role: Role::Success, emphasis }, shapes);
        right.x -= width + GAP;
    }
    if mark.worse > 0 {
        worse_pill(mark.worse, right, Some(hit), emphasis, shapes);
    }
}

/// So many violations are new, around a point.
pub(in crate::scene::map) fn worse_by(count: u32, middle: Point, shapes: &mut Vec<Shape>) {
    let right = Point::new(middle.x + glyph::pill_width(&format!("+{}", short(u64::from(count)))) / 2.0, middle.y);
    worse_pill(count, right, None, Emphasis::Normal, shapes);
}

/// A sample for a legend.
pub(super) fn worse(middle: Point, shapes: &mut Vec<Shape>) {
    worse_by(1, middle, shapes);
}

fn worse_pill(count: u32, right: Point, hit: Option<HitId>, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let text = format!("+{}", short(u64::from(count)));
    let width = glyph::pill_width(&text);
    let middle = Point::new(right.x - width / 2.0, right.y);
    let (fill, stroke) = (Role::Violation, Stroke::solid(Role::Background, line::HAIR));
    let (letters, indent) = (Role::TextOnViolation, 0.0);
    glyph::pill(Pill { middle, width, text, indent, fill, stroke, letters, hit, emphasis }, shapes);
}

pub(super) fn badges_width(mark: &BoxMark) -> f32 {
    let worse = if mark.worse > 0 { glyph::pill_width(&short(u64::from(mark.worse))) + 8.0 } else { 0.0 };
    let fixed = if mark.fixed > 0 { glyph::pill_width(&short(u64::from(mark.fixed))) + TICK } else { 0.0 };
    worse + fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hatching_stays_within_its_rectangle() {
        for rect in [Rect::new(10.0, 20.0, 100.0, 40.0), Rect::new(0.0, 0.0, 12.0, 90.0)] {
            let mut shapes = Vec::new();
            hatching(rect, Role::Removed, &mut shapes);
            assert!(!shapes.is_empty());
            for shape in shapes {
                let Shape::Ribbon(ribbon) = shape else { panic!("a line") };
                assert!(ribbon.points.iter().all(|point| rect.contains(*point)), "{:?}", ribbon.points);
            }
        }
    }
}
