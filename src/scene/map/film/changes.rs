//! A shot as a picture: the map, with what came, what went, and what broke or mended since the shot before.
//!
//! In: two shots.  Out: a scene.  What came has a `+`, what went is hatched with a `−`; a newly broken edge glows, one with
//! more violations than before tells how many more, and one that breaks nothing any more is dotted with a tick.  Not here: the map itself (`map::draw`).

use std::collections::{BTreeMap, BTreeSet};

use super::Shot;
use crate::compare::Fate;
use crate::scene::map::Highlight;
use crate::scene::map::comparison::sign;
use crate::scene::map::cut::VisibleBox;
use crate::scene::map::draw::{draw as draw_map, radius_of};
use crate::scene::outline::point_along;
use crate::scene::shape::{Align, Arrow, BoxShape, Emphasis, Label, Point, Rect, Ribbon, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Role, line};
use crate::verdict::Tally;

/// Around the line of an edge that is newly broken, from the outside.
const GLOW: [f32; 2] = [18.0, 10.0];

/// Where on an edge its fate stands: beside the badge in its middle.
const BESIDE: f32 = 0.3;

pub(super) fn draw(shot: &Shot, before: Option<&Shot>) -> Scene {
    let mut scene = draw_map(&shot.map, &Highlight::default()).scene;
    // A film is looked at and not pointed at.
    scene.signs.clear();
    let Some(before) = before else { return scene };
    let changes = Changes::new(shot, before);
    let at = scene.layers.iter().position(|layer| layer.name == "violations").unwrap_or(scene.layers.len());
    scene.layers.insert(at, Layer { name: "glow", shapes: changes.below });
    scene.layers.push(Layer { name: "changes", shapes: changes.above });
    scene
}

/// What a shot shows of the one before it.
#[derive(Default)]
pub(super) struct Changes {
    below: Vec<Shape>,
    above: Vec<Shape>,
    pub(super) came: bool,
    pub(super) went: bool,
    pub(super) broke: bool,
    pub(super) mended: bool,
}

impl Changes {
    pub(super) fn new(shot: &Shot, before: &Shot) -> Self {
        let mut changes = Self::default();
        changes.boxes(shot, before);
        let told = changes.edges(shot, before);
        changes.counts(shot, before, &told);
        changes
    }

    /// What came or went as a whole is told once, by its outermost box.
    fn boxes(&mut self, shot: &Shot, before: &Shot) {
        for (index, visible) in unlike(shot, before) {
            let rect = shot.map.rects[index];
            self.frame(rect, radius_of(visible), None, Some(Stroke::solid(Role::Added, line::MEDIUM)));
            self.sign(Fate::Added, rect.min);
            self.came = true;
        }
        for (index, visible) in unlike(before, shot) {
            let (rect, radius) = (before.map.rects[index], radius_of(visible));
            // Where something else took its place there is no room for what it was.
            let mut others = shot.map.rects.iter().zip(&shot.map.cut.boxes).filter(|(_, visible)| !visible.open);
            if !others.any(|(other, _)| other.expand(-1.0).overlaps(rect)) {
                self.frame(rect, radius, Some(Role::Background), None);
                sign::hatching(rect, Role::Removed, &mut self.above);
                self.frame(rect, radius, None, Some(Stroke::dashed(Role::Removed, line::MEDIUM)));
                self.name_of(before, index);
            }
            self.sign(Fate::Removed, rect.min);
            self.went = true;
        }
    }

    fn frame(&mut self, rect: Rect, radius: f32, fill: Option<Role>, stroke: Option<Stroke>) {
        let emphasis = Emphasis::Normal;
        self.above.push(BoxShape { rect, fill, stroke, radius, hit: None, emphasis }.into());
    }

    /// What is gone keeps its name for as long as it is shown.
    fn name_of(&mut self, before: &Shot, index: usize) {
        if let Some(text) = before.map.faces[index].texts.first() {
            self.above.push(Shape::Label(Label {
                anchor: text.start,
                align: Align::Start,
                text: text.text.clone(),
                whole: None,
                face: text.face,
                size: text.size,
                role: Role::Text,
                hit: None,
                emphasis: Emphasis::Normal,
            }));
        }
    }

    fn sign(&mut self, fate: Fate, middle: Point) {
        sign::sign(fate, middle, None, Emphasis::Normal, &mut self.above);
    }

    /// Gives the boxes, by their ids, whose violations edges tell of.
    fn edges(&mut self, shot: &Shot, before: &Shot) -> BTreeSet<u32> {
        let (now, then) = (broken(shot), broken(before));
        let mut told = BTreeSet::new();
        for (ends, (index, count)) in &now {
            let before = then.get(ends).map_or(0, |(_, before)| *before);
            if before >= *count {
                continue;
            }
            let route = &shot.map.routes[*index];
            for width in GLOW {
                self.below.push(ribbon(route, Stroke::solid(Role::ViolationFill, width)));
            }
            // What is all new is told by the badge that the edge has.
            if let Some(middle) = point_along(route, BESIDE).filter(|_| before > 0) {
                sign::worse_by(count - before, middle, &mut self.above);
            }
            told.insert(ends.0);
            self.broke = true;
        }
        for (ends, (index, _)) in then.iter().filter(|(ends, _)| !now.contains_key(ends)) {
            let route = &before.map.routes[*index];
            self.above.push(ribbon(route, Stroke::dotted(Role::Success, line::MEDIUM)));
            if let Some(middle) = point_along(route, 0.5) {
                sign::fixed(middle, None, Emphasis::Normal, &mut self.above);
            }
            told.insert(ends.0);
            self.mended = true;
        }
        told
    }

    /// Violations that are on no edge, such as cycles within a closed box.
    fn counts(&mut self, shot: &Shot, before: &Shot, told: &BTreeSet<u32>) {
        let open = |tally: Tally| tally.denied + tally.warned;
        let then: BTreeMap<u32, u32> =
            before.ids.iter().copied().zip(before.map.violations.iter().map(|tally| open(*tally))).collect();
        for (index, id) in shot.ids.iter().enumerate().filter(|(_, id)| !told.contains(id)) {
            let (rect, radius) = (shot.map.rects[index].expand(2.0), radius_of(&shot.map.cut.boxes[index]) + 2.0);
            let (now, then) = (open(shot.map.violations[index]), then.get(id).copied().unwrap_or(0));
            if now > then {
                self.frame(rect, radius, None, Some(Stroke::solid(Role::Violation, line::MEDIUM)));
                self.broke = true;
            } else if now < then {
                self.frame(rect, radius, None, Some(Stroke::dotted(Role::Success, line::MEDIUM)));
                sign::fixed(Point::new(rect.max.x, rect.max.y), None, Emphasis::Normal, &mut self.above);
                self.mended = true;
            }
        }
    }
}

/// The outermost boxes of a shot that another has not.
fn unlike<'a>(shot: &'a Shot, other: &Shot) -> Vec<(usize, &'a VisibleBox)> {
    let known: BTreeSet<u32> = other.ids.iter().copied().collect();
    let is_new = |index: usize| !known.contains(&shot.ids[index]);
    let boxes = shot.map.cut.boxes.iter().enumerate();
    boxes.filter(|(index, it)| is_new(*index) && !it.parent.is_some_and(|parent| is_new(parent as usize))).collect()
}

/// The edges that break a rule, by the boxes that they join in all shots: which they are, and how many violations are on
/// them.
fn broken(shot: &Shot) -> BTreeMap<(u32, u32), (usize, u32)> {
    let edges = shot.map.edges.iter().enumerate().filter(|(_, edge)| edge.is_open_violation());
    let end = |end: u32| shot.ids[end as usize];
    edges
        .map(|(index, edge)| ((end(edge.from), end(edge.to)), (index, edge.broken.denied + edge.broken.warned)))
        .collect()
}

fn ribbon(points: &[Point], stroke: Stroke) -> Shape {
    let (arrow, emphasis) = (Arrow::None, Emphasis::Normal);
    Shape::Ribbon(Ribbon { points: points.to_vec(), closed: false, stroke, arrow, hit: None, emphasis })
}
