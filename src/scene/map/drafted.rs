//! The map of a draft: the code as it would lie after the moves, with a sign on what was moved and a line from where it
//! lay.
//!
//! In: a [`Drafted`] and today's model, and an arrangement of the first.  Out: a [`Drawn`] scene and a [`Legend`].  What was
//! moved has a sign and a dotted outline, what is of another boundary without being moved a dotted one alone with `~`.
//! Not here: finding out what was moved (`draft`).

use std::collections::BTreeMap;

use super::arrange::Arrangement;
use super::comparison::sign;
use super::draw::{draw, radius_of};
use super::legend::{Entry, Mark, entries, plate};
use super::size::HEADER;
use super::{Drawn, Highlight, Legend};
use crate::compare::Fate;
use crate::draft::Drafted;
use crate::model::{Model, NodeId};
use crate::scene::outline;
use crate::scene::shape::{Arrow, BoxShape, Dash, Emphasis, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::scene::thing::Place;
use crate::scene::{Layer, Sign};
use crate::theme::{Measurer, Role, line};

const MOVES: &str = "moves";

/// At this scale a sign can still be told.
const LEAST_SIGN_SCALE: f32 = 0.86;

/// What became of boxes: those that were moved, those that hold such ones while closed, and those of another boundary.
fn fates(map: &Arrangement, drafted: &Drafted) -> BTreeMap<u32, Fate> {
    let mut fates = BTreeMap::new();
    for (node, _) in &drafted.assigned {
        let fate = Fate::Changed;
        fates.extend(map.cut.box_of(*node).map(|index| (index, fate)));
    }
    for (node, _) in &drafted.relocated {
        let Some(index) = map.cut.box_of(*node) else { continue };
        let is_itself = map.cut.find(Place::Node(*node)) == Some(index);
        fates.insert(index, if is_itself { Fate::Moved } else { Fate::Changed });
    }
    fates
}

/// From the box that held it to the box that it is: not where one is in the other.
fn ways(map: &Arrangement, drafted: &Drafted, today: &Model) -> Vec<(Point, Point)> {
    let mut ways = Vec::new();
    let mut shown: Vec<(u32, u32)> = Vec::new();
    for (node, _) in &drafted.relocated {
        let (Some(to), Some(from)) = (map.cut.box_of(*node), old_box(map, today, *node)) else { continue };
        if map.is_within(from, to) || shown.contains(&(from, to)) {
            continue;
        }
        shown.push((from, to));
        let (old, new) = (map.rects[from as usize], map.rects[to as usize]);
        let start = match map.cut.boxes[from as usize].open {
            true => Point::new(old.max.x - 18.0, old.min.y + HEADER / 2.0),
            false => old.center(),
        };
        ways.push((start, border(new, start)));
    }
    ways
}

fn old_box(map: &Arrangement, today: &Model, node: NodeId) -> Option<u32> {
    map.cut.box_of(today.node(node).parent?)
}

/// Where the line from a point to the middle of a rectangle enters it.
fn border(rect: Rect, from: Point) -> Point {
    let middle = rect.center();
    let (dx, dy) = (from.x - middle.x, from.y - middle.y);
    let scale_x = if dx.abs() > f32::EPSILON { rect.width() / 2.0 / dx.abs() } else { f32::INFINITY };
    let scale_y = if dy.abs() > f32::EPSILON { rect.height() / 2.0 / dy.abs() } else { f32::INFINITY };
    middle.toward(from, scale_x.min(scale_y).min(1.0))
}

/// The picture; `today` is the model before the moves.
pub fn draw_drafted(map: &Arrangement, highlight: &Highlight, drafted: &Drafted, today: &Model) -> Drawn {
    let mut drawn = draw(map, highlight);
    let (mut shapes, mut signs) = (Vec::new(), Vec::new());
    for (from, to) in ways(map, drafted, today) {
        let stroke = Stroke::dashed(Role::Changed, line::MEDIUM);
        shapes.push(Shape::Polygon(Polygon {
            points: outline::ring(from, sign::RADIUS),
            fill: None,
            stroke: Some(Stroke::dashed(Role::Changed, line::THIN)),
            hit: None,
            emphasis: Emphasis::Normal,
        }));
        shapes.push(Shape::Ribbon(Ribbon {
            points: vec![from, to],
            closed: false,
            stroke,
            arrow: Arrow::End,
            hit: None,
            emphasis: Emphasis::Normal,
        }));
    }
    for (index, fate) in fates(map, drafted) {
        let (rect, visible) = (map.rects[index as usize], &map.cut.boxes[index as usize]);
        let stroke = Some(Stroke { role: sign::role(fate), width: line::MEDIUM, dash: Dash::Dotted });
        let radius = radius_of(visible);
        shapes.push(BoxShape { rect, fill: None, stroke, radius, hit: None, emphasis: Emphasis::Normal }.into());
        let (corner, first) = (Point::new(rect.min.x + 1.5, rect.min.y + 1.5), shapes.len());
        sign::sign(fate, corner, None, Emphasis::Normal, &mut shapes);
        signs.push(Sign {
            layer: MOVES,
            shapes: first..shapes.len(),
            anchor: corner,
            least_scale: LEAST_SIGN_SCALE,
            room: rect,
            width: 2.0 * sign::RADIUS,
        });
    }
    if !shapes.is_empty() {
        // What is selected stays on top.
        let at = drawn.scene.layers.len().saturating_sub(1);
        drawn.scene.layers.insert(at, Layer { name: MOVES, shapes });
        drawn.scene.signs.extend(signs);
    }
    drawn
}

/// What its lines and signs mean: those of the map, and those of the draft that it has.
pub fn drafted_legend(
    map: &Arrangement,
    highlight: &Highlight,
    drafted: &Drafted,
    today: &Model,
    width: f32,
    measurer: &Measurer,
) -> Legend {
    let mut all = entries(map, highlight);
    let fates: Vec<Fate> = fates(map, drafted).into_values().collect();
    for (fate, meaning) in
        [(Fate::Moved, "moved in the draft"), (Fate::Changed, "of another boundary, or holds what moved")]
    {
        if fates.contains(&fate) {
            let mark: Mark = Box::new(move |middle, shapes| sign::sign(fate, middle, None, Emphasis::Normal, shapes));
            let stroke = Stroke { role: sign::role(fate), width: line::MEDIUM, dash: Dash::Dotted };
            all.push(Entry { stroke, mark, meaning });
        }
    }
    if !ways(map, drafted, today).is_empty() {
        let stroke = Stroke::dashed(Role::Changed, line::MEDIUM);
        all.push(Entry { stroke, mark: Box::new(|_, _| {}), meaning: "from where it lies today" });
    }
    plate(&all, width, measurer)
}
