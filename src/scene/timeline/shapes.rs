//! The few shapes that a chart is made of.
//!
//! In: places and roles.  Out: shapes without hits: what is at a place is asked of the frame.

use crate::scene::shape::{Align, Arrow, BoxShape, Emphasis, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::theme::{Face, Measurer, Role, TextSize};

pub(super) fn area(rect: Rect, fill: Role) -> Shape {
    let (stroke, radius, hit, emphasis) = (None, 0.0, None, Emphasis::Normal);
    BoxShape { rect, fill: Some(fill), stroke, radius, hit, emphasis }.into()
}

pub(super) fn line(points: Vec<Point>, stroke: Stroke) -> Shape {
    let (closed, arrow, hit, emphasis) = (false, Arrow::None, None, Emphasis::Normal);
    Ribbon { points, closed, stroke, arrow, hit, emphasis }.into()
}

pub(super) fn across(y: f32, left: f32, right: f32, stroke: Stroke) -> Shape {
    line(vec![Point::new(left, y), Point::new(right, y)], stroke)
}

pub(super) fn down(x: f32, top: f32, bottom: f32, stroke: Stroke) -> Shape {
    line(vec![Point::new(x, top), Point::new(x, bottom)], stroke)
}

pub(super) fn filled(points: Vec<Point>, fill: Role) -> Shape {
    let (stroke, hit, emphasis) = (None, None, Emphasis::Normal);
    Polygon { points, fill: Some(fill), stroke, hit, emphasis }.into()
}

/// A triangle that points down to its place.
pub(super) fn pointer(tip: Point, side: f32, fill: Role) -> Shape {
    let top = tip.y - side * 0.85;
    filled(vec![tip, Point::new(tip.x - side / 2.0, top), Point::new(tip.x + side / 2.0, top)], fill)
}

pub(super) fn words(anchor: Point, align: Align, text: impl Into<String>, look: (Face, TextSize, Role)) -> Shape {
    let (face, size, role) = look;
    let (hit, emphasis) = (None, Emphasis::Normal);
    Label { anchor, align, text: text.into(), whole: None, face, size, role, hit, emphasis }.into()
}

/// A name with a number behind it, shortened to a width.
pub(super) fn labelled(
    at: Point,
    name: &str,
    number: &str,
    wide: f32,
    look: (Face, TextSize, Role),
    measurer: &Measurer,
) -> Vec<Shape> {
    let (face, size, _) = look;
    let taken = if number.is_empty() { 0.0 } else { measurer.width(number, Face::Medium, size) + 6.0 };
    let name = measurer.ellipsize_middle(name, face, size, wide - taken).into_owned();
    let after = at.x + measurer.width(&name, face, size) + 6.0;
    let mut shapes = vec![words(at, Align::Start, name, look)];
    if !number.is_empty() {
        shapes.push(words(Point::new(after, at.y), Align::Start, number, (Face::Medium, size, Role::TextStrong)));
    }
    shapes
}

/// Slanted lines over an area, clipped to it.
pub(super) fn hatch(rect: Rect, role: Role) -> Vec<Shape> {
    const STEP: f32 = 7.0;
    let stroke = Stroke::solid(role, 1.0);
    let n = ((rect.width() + rect.height()) / STEP).ceil() as usize;
    let slanted = |index: usize| {
        // From the left or upper edge up to the right: x + y is the same everywhere on a line.
        let sum = index as f32 * STEP;
        let from = Point::new((sum - rect.height()).max(0.0), sum.min(rect.height()));
        let to = Point::new(sum.min(rect.width()), (sum - rect.width()).max(0.0));
        let placed = |point: Point| Point::new(rect.min.x + point.x, rect.min.y + point.y);
        (from.distance(to) > 0.5).then(|| line(vec![placed(from), placed(to)], stroke))
    };
    (1..n).filter_map(slanted).collect()
}
