//! The picture of an arrangement: shapes by layer, and what each can be pointed at as.
//!
//! In: an [`Arrangement`] and a [`Highlight`].  Out: a [`Drawn`] scene.  Fast enough for every move of the pointer: all
//! measuring and routing is done before.  Not here: geometry, and pixels.

use super::Highlight;
use super::arrange::Arrangement;
use super::badge;
use super::census::BoxKind;
use super::cut::VisibleBox;
use super::face::Tone;
use super::focus::Focus;
use super::glyph::{self, Ink};
use super::ring;
use super::strand;
use crate::scene::shape::{Align, BoxShape, Emphasis, HitId, Label, Point, Rect, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::scene::{Layer, Scene, Sign};
use crate::theme::{Role, line, radius};

const BADGES: &str = "badges";

/// At this scale the numbers of a badge have nine points.
const LEAST_BADGE_SCALE: f32 = 0.86;

/// A scene, and what its hit ids mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub scene: Scene,
    /// By [`HitId`]: first every box, then the edges that are drawn.
    pub hits: Vec<Thing>,
}

/// The picture of a map.
pub fn draw(map: &Arrangement, highlight: &Highlight) -> Drawn {
    let focus = Focus::new(map, highlight);
    let mut hits: Vec<Thing> = (0..map.cut.boxes.len() as u32).map(|index| map.thing(index)).collect();
    let mut layers = Vec::new();
    let mut layer = |name, shapes| layers.push(Layer { name, shapes });

    let strands = strand::strands(map, &focus, &mut hits);
    layer("surfaces", surfaces(map, &|_| true));
    layer("hulls", hulls(map, &focus, &|_| true));
    layer("edges", strands.edges);
    layer("boxes", boxes(map, &focus));
    layer("violations", strands.violations);
    layer("labels", labels(map, &focus, &|_| Some(Role::TextStrong)));
    let (shapes, signs) = badges(map, &focus);
    layer(BADGES, shapes);
    layer("highlights", highlights(map, &focus, strands.counts));
    Drawn { scene: Scene { bounds: map.bounds, layers, signs }, hits }
}

/// The grounds of open boxes: they keep their full colour, so that a selection does not pull the ground away.
pub(super) fn surfaces(map: &Arrangement, is_there: &dyn Fn(u32) -> bool) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, visible, rect) in all(map).filter(|(index, visible, _)| visible.open && is_there(*index)) {
        let radius = radius_of(visible);
        let hit = Some(HitId(index));
        if visible.kind != BoxKind::Boundary {
            let stroke = visible.boundary.is_none().then_some(Stroke::solid(Role::SurfaceStroke, line::HAIR));
            let fill = Some(Role::surface(visible.depth as usize));
            shapes.push(BoxShape { rect, fill, stroke, radius, hit, emphasis: Emphasis::Normal }.into());
        }
        if let Some(boundary) = visible.boundary {
            let fill = Some(Role::boundary_fill(boundary.0 as usize));
            shapes.push(BoxShape { rect, fill, stroke: None, radius, hit, emphasis: Emphasis::Normal }.into());
        }
    }
    shapes
}

/// Outlines of boundaries that hold boxes.
pub(super) fn hulls(map: &Arrangement, focus: &Focus, is_there: &dyn Fn(u32) -> bool) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, visible, rect) in all(map).filter(|(index, visible, _)| visible.open && is_there(*index)) {
        let Some(boundary) = visible.boundary else { continue };
        let radius = radius_of(visible);
        let stroke = Some(Stroke::solid(Role::boundary(boundary.0 as usize), 1.5));
        shapes.push(BoxShape { rect, fill: None, stroke, radius, hit: None, emphasis: focus.of_box(index) }.into());
    }
    shapes
}

/// Closed boxes, and grounds for the headers of open ones.
fn boxes(map: &Arrangement, focus: &Focus) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(map.cut.boxes.len() * 2);
    for (index, visible, rect) in all(map) {
        if visible.open {
            ground(map, index, &mut shapes);
            continue;
        }
        closed(index, visible, rect, focus.of_box(index), &mut shapes);
        if let Some(role) = focus.wash(index) {
            let (fill, radius) = (Some(role), radius_of(visible));
            shapes.push(BoxShape { rect, fill, stroke: None, radius, hit: None, emphasis: Emphasis::Normal }.into());
        }
    }
    shapes
}

/// The faces of boxes, above the strands of violations: those are strong enough to be seen behind letters.  `name` is what
/// the name of a box is written in; `None` for one that is not there.
pub(super) fn labels(map: &Arrangement, focus: &Focus, name: &dyn Fn(u32) -> Option<Role>) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(map.cut.boxes.len() * 6);
    for (index, visible, _) in all(map) {
        let Some(name) = name(index) else { continue };
        let emphasis = focus.of_box(index);
        let face = &map.faces[index as usize];
        let hue = visible.boundary.map(|boundary| Role::boundary(boundary.0 as usize));
        let quiet = if visible.inactive { Role::TextDisabled } else { Role::TextWeak };
        let sign = Ink { role: hue.unwrap_or(quiet), emphasis };
        glyph::kind(visible.kind, visible.test, face.glyph, sign, &mut shapes);
        if let Some(middle) = face.chevron {
            glyph::chevron(visible.open, middle, Ink { role: Role::TextWeak, emphasis }, &mut shapes);
        }
        if visible.pinned {
            let corner = map.rects[index as usize].min;
            let ink = Ink { role: Role::Text, emphasis };
            glyph::pin(Point::new(corner.x + 34.0, corner.y), ink, HitId(index), &mut shapes);
        }
        for text in &face.texts {
            let role = match text.tone {
                Tone::Name if visible.inactive => Role::TextDisabled,
                Tone::Name => name,
                Tone::Count => quiet,
                Tone::Sign => hue.unwrap_or(Role::TextWeak),
            };
            shapes.push(Shape::Label(Label {
                anchor: text.start,
                align: Align::Start,
                text: text.text.clone(),
                whole: text.whole.clone(),
                face: text.face,
                size: text.size,
                role,
                hit: Some(HitId(index)),
                emphasis,
            }));
        }
    }
    shapes
}

/// What is under an open box, once more behind the texts of its header: edges do not run through letters.
pub(super) fn ground(map: &Arrangement, index: u32, shapes: &mut Vec<Shape>) {
    let rect = map.rects[index as usize];
    let max = map.faces[index as usize].texts_end(rect);
    let behind = Rect { min: Point::new(rect.min.x + 6.0, rect.min.y + 8.0), max };
    // Boundaries let through what they lie on, down to the first surface that does not.
    let mut fills = Vec::new();
    let mut surface = Role::Background;
    for around in map.cut.ancestors(index) {
        let visible = &map.cut.boxes[around as usize];
        fills.extend(visible.boundary.map(|boundary| Role::boundary_fill(boundary.0 as usize)));
        if visible.kind != BoxKind::Boundary {
            surface = Role::surface(visible.depth as usize);
            break;
        }
    }
    for fill in std::iter::once(surface).chain(fills.into_iter().rev()) {
        let fill = Some(fill);
        let radius = radius::MEDIUM;
        shapes
            .push(BoxShape { rect: behind, fill, stroke: None, radius, hit: None, emphasis: Emphasis::Normal }.into());
    }
}

pub(super) fn closed(index: u32, visible: &VisibleBox, rect: Rect, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let (fill, stroke_role) = match visible.kind {
        BoxKind::Package(_) | BoxKind::Boundary => (Role::Package, Role::PackageStroke),
        BoxKind::Target(_) => (Role::Target, Role::TargetStroke),
        BoxKind::Module => (Role::Module, Role::ModuleStroke),
        BoxKind::Item(_) => (Role::Item, Role::ItemStroke),
    };
    let radius = radius_of(visible);
    let stroke = match visible.boundary {
        Some(boundary) => Stroke::solid(Role::boundary(boundary.0 as usize), 1.5),
        None if visible.inactive => Stroke::dashed(Role::Inactive, line::HAIR),
        None if visible.test => Stroke::dashed(Role::Test, line::HAIR),
        None => Stroke::solid(stroke_role, line::HAIR),
    };
    let hit = Some(HitId(index));
    shapes.push(BoxShape { rect, fill: Some(fill), stroke: Some(stroke), radius, hit, emphasis }.into());
    if let Some(boundary) = visible.boundary {
        let fill = Some(Role::boundary_fill(boundary.0 as usize));
        shapes.push(BoxShape { rect, fill, stroke: None, radius, hit, emphasis }.into());
    }
}

/// How many violations each box tells of; those of boundaries can be read from far away.
fn badges(map: &Arrangement, focus: &Focus) -> (Vec<Shape>, Vec<Sign>) {
    let (mut shapes, mut signs) = (Vec::new(), Vec::new());
    for (index, visible, room) in all(map) {
        let (tally, anchor) = (map.told[index as usize], map.faces[index as usize].badges);
        let first = shapes.len();
        badge::row(tally, anchor, HitId(index), focus.of_box(index), &mut shapes);
        if visible.boundary.is_some() && first < shapes.len() {
            let (shapes, width) = (first..shapes.len(), badge::width(tally));
            signs.push(Sign { layer: BADGES, shapes, anchor, least_scale: LEAST_BADGE_SCALE, room, width });
        }
    }
    (shapes, signs)
}

/// Outlines around what is selected, hovered, found, or at the other end of a selected box's edges.
pub(super) fn highlights(map: &Arrangement, focus: &Focus, counts: Vec<Shape>) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut rings = |indices: &[u32], outset: f32, stroke: Stroke| {
        for index in indices {
            let rect = map.rects[*index as usize].expand(outset);
            let radius = radius_of(&map.cut.boxes[*index as usize]) + outset;
            let stroke = Some(stroke);
            shapes.push(BoxShape { rect, fill: None, stroke, radius, hit: None, emphasis: Emphasis::Normal }.into());
        }
    };
    rings(&focus.found, 2.5, Stroke::solid(Role::SearchHit, line::MEDIUM));
    // Who names the selection is told by the first ring of a change.
    if focus.rings.is_empty() {
        rings(&focus.callers, 0.0, Stroke::dashed(Role::Caller, line::MEDIUM));
        rings(&focus.callees, 0.0, Stroke::solid(Role::Callee, line::MEDIUM));
    }
    rings(&focus.hovered, 0.0, Stroke::solid(Role::EdgeHover, line::THIN));
    rings(&focus.gathered, 1.0, Stroke::dashed(Role::Selected, line::MEDIUM));
    rings(&focus.selected, 1.0, Stroke::solid(Role::Selected, line::THICK));
    shapes.extend(counts);
    shapes.extend(ring::marks(map, &focus.rings));
    shapes
}

pub(super) fn radius_of(visible: &VisibleBox) -> f32 {
    match (visible.kind, visible.open) {
        (BoxKind::Boundary, true) => radius::HUGE,
        (_, true) => radius::LARGE,
        (BoxKind::Item(_), _) => radius::SMALL,
        _ => radius::MEDIUM,
    }
}

pub(super) fn all(map: &Arrangement) -> impl Iterator<Item = (u32, &VisibleBox, Rect)> {
    map.cut.boxes.iter().zip(&map.rects).zip(0..).map(|((visible, rect), index)| (index, visible, *rect))
}
