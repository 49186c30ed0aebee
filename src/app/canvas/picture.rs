//! A drawn scene made ready for the canvas: bounds for culling, places of things, and what is under a point.
//!
//! In: a [`Scene`] and what its hit ids mean.  Out: visible shapes, hits, places.  Everything is asked by a scan over
//! flat bounds: at the few thousand shapes of a scene that takes microseconds, less than keeping a tree would.
//! Not here: colours and painting.

use rustc_hash::FxHashMap;

use crate::scene::outline::is_inside;
use crate::scene::shape::{HitId, Point, Rect, Shape};
use crate::scene::thing::Thing;
use crate::scene::{Scene, Sign, bounds_of};
use crate::theme::Measurer;

/// A scene with the answers that the canvas needs in each frame.
#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) scene: Scene,
    things: Vec<Thing>,
    /// For each shape, in painting order: the rectangle that it can change.
    bounds: Vec<Rect>,
    /// Boxes in painting order: containers before what they hold.
    boxes: Vec<(Thing, Rect)>,
    places: FxHashMap<Thing, Rect>,
    /// For each shape, the sign it is a part of.
    sign_of: Vec<Option<u32>>,
    /// For each thing that has one, its sign.
    signs: FxHashMap<Thing, u32>,
}

impl Picture {
    /// `things` are what the scene's hit ids stand for.
    pub(crate) fn new(scene: Scene, things: Vec<Thing>, measurer: &Measurer) -> Self {
        let mut boxes: Vec<(Thing, Rect)> = Vec::new();
        let mut places = FxHashMap::default();
        let mut bounds = Vec::new();
        for shape in scene.shapes() {
            bounds.push(bounds_of(shape, measurer));
            let Shape::Box(a_box) = shape else { continue };
            let Some(thing) = a_box.hit.and_then(|hit| things.get(hit.0 as usize).copied()) else { continue };
            // The first box of a thing is its body; later ones decorate it.
            if let std::collections::hash_map::Entry::Vacant(entry) = places.entry(thing) {
                entry.insert(a_box.rect);
                boxes.push((thing, a_box.rect));
            }
        }
        let (sign_of, signs) = signs(&scene, &things);
        Self { scene, things, bounds, boxes, places, sign_of, signs }
    }

    /// The sign on the box of a thing.
    pub(crate) fn sign(&self, thing: Thing) -> Option<&Sign> {
        self.signs.get(&thing).map(|index| &self.scene.signs[*index as usize])
    }

    /// What a hit id stands for.
    pub(crate) fn thing(&self, hit: HitId) -> Option<Thing> {
        self.things.get(hit.0 as usize).copied()
    }

    /// Where the box of a thing is; `None` for edges, and for what is not shown.
    pub(crate) fn place(&self, thing: Thing) -> Option<Rect> {
        self.places.get(&thing).copied()
    }

    /// Boxes in painting order.
    pub(crate) fn boxes(&self) -> &[(Thing, Rect)] {
        &self.boxes
    }

    /// The shapes that touch `area`, in painting order, each with the sign that it is a part of.
    pub(crate) fn visible(&self, area: Rect) -> impl Iterator<Item = (&Shape, Option<&Sign>)> {
        let all = self.scene.shapes().zip(&self.bounds).zip(&self.sign_of);
        let visible = all.filter(move |((_, bounds), _)| bounds.overlaps(area));
        visible.map(|((shape, _), sign)| (shape, sign.map(|index| &self.scene.signs[index as usize])))
    }

    /// The topmost thing at `point`; a line counts as hit up to `tolerance` from its middle, in world units.
    pub(crate) fn pick(&self, point: Point, tolerance: f32) -> Option<Thing> {
        let near = Rect { min: point, max: point }.expand(tolerance.max(0.01));
        let shapes: Vec<&Shape> = self.visible(near).map(|(shape, _)| shape).collect();
        shapes
            .into_iter()
            .rev()
            .find(|shape| is_hit(shape, point, tolerance))
            .and_then(|shape| self.thing(shape.hit()?))
    }
}

/// For each shape the sign that it belongs to, and for each thing the sign on it.
fn signs(scene: &Scene, things: &[Thing]) -> (Vec<Option<u32>>, FxHashMap<Thing, u32>) {
    let mut sign_of = vec![None; scene.shapes().count()];
    let mut signs = FxHashMap::default();
    let mut first = 0;
    for layer in &scene.layers {
        for (index, sign) in (0..).zip(&scene.signs).filter(|(_, sign)| sign.layer == layer.name) {
            for at in sign.shapes.clone() {
                sign_of[first + at] = Some(index);
                let thing = layer.shapes[at].hit().and_then(|hit| things.get(hit.0 as usize));
                signs.extend(thing.map(|thing| (*thing, index)));
            }
        }
        first += layer.shapes.len();
    }
    (sign_of, signs)
}

fn is_hit(shape: &Shape, point: Point, tolerance: f32) -> bool {
    if shape.hit().is_none() {
        return false;
    }
    match shape {
        Shape::Box(shape) => shape.rect.contains(point),
        Shape::Ribbon(shape) => distance_to_line(&shape.points, point) <= tolerance.max(shape.stroke.width / 2.0),
        // Bounds were checked already, and letters with holes are not worth missing a label.
        Shape::Label(_) => true,
        Shape::Polygon(shape) => is_inside(&shape.points, point),
    }
}

/// The distance from `point` to the nearest place of a polyline; infinite where there is no line.
fn distance_to_line(line: &[Point], point: Point) -> f32 {
    line.windows(2).map(|ends| distance_to_segment(ends[0], ends[1], point)).fold(f32::INFINITY, f32::min)
}

fn distance_to_segment(a: Point, b: Point, point: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    if squared <= f32::EPSILON {
        return a.distance(point);
    }
    let part = (((point.x - a.x) * dx + (point.y - a.y) * dy) / squared).clamp(0.0, 1.0);
    a.toward(b, part).distance(point)
}
