//! The picture of a treemap: grounds of open boxes, tiles on them, texts, and outlines of what stands out.
//!
//! In: the arrangement whose boxes are shown, a [`Treemap`], and a [`Highlight`].  Out: a [`Drawn`] scene.  Fast enough for
//! every move of the pointer: all measuring is done before.  Not here: where tiles are, and what colours mean.

use super::Treemap;
use super::labels::Kind;
use crate::scene::map::{Arrangement, BoxKind, Drawn, Highlight, VisibleBox};
use crate::scene::shape::{Align, BoxShape, Emphasis, HitId, Label, Rect, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::scene::{Layer, Scene};
use crate::theme::{Role, line, radius};

/// Free around each tile, by how many boxes are around it: the ground between large areas is wider.
const GAPS: [f32; 3] = [3.0, 2.0, 1.25];

/// A picture is larger than the window that it is looked at in: lines that must be seen are stronger than elsewhere.
const STRONGER: f32 = 1.75;

pub(super) fn draw(map: &Arrangement, treemap: &Treemap, highlight: &Highlight) -> Drawn {
    let hits: Vec<Thing> = (0..map.cut.boxes.len() as u32).map(|index| map.thing(index)).collect();
    let layers = [
        ("grounds", grounds(map, treemap)),
        ("tiles", tiles(map, treemap)),
        ("names", names(map, treemap)),
        ("highlights", highlights(map, treemap, highlight)),
    ];
    let layers = layers.map(|(name, shapes)| Layer { name, shapes }).to_vec();
    Drawn { scene: Scene { bounds: treemap.bounds, layers, ..Scene::default() }, hits }
}

fn plain(rect: Rect, fill: Option<Role>, stroke: Option<Stroke>, radius: f32, hit: Option<HitId>) -> Shape {
    BoxShape { rect, fill, stroke, radius, hit, emphasis: Emphasis::Normal }.into()
}

/// What a tile takes of its place.
fn inset(rect: Rect, depth: u32) -> Rect {
    let gap = GAPS[(depth as usize).min(GAPS.len() - 1)];
    rect.expand(-gap.min(rect.width().min(rect.height()) * 0.1))
}

/// Open boxes; a boundary wears its sign as on the map.
fn grounds(map: &Arrangement, treemap: &Treemap) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, visible) in (0..).zip(&map.cut.boxes).filter(|(_, visible)| visible.open) {
        let (rect, hit) = (inset(treemap.rects[index as usize], visible.depth), Some(HitId(index)));
        let stroke = Stroke::solid(Role::SurfaceStroke, line::HAIR);
        let fill = Role::surface(visible.depth as usize);
        shapes.push(plain(rect, Some(fill), Some(stroke), radius::SMALL, hit));
        if let Some(boundary) = visible.boundary {
            let fill = Role::boundary_fill(boundary.0 as usize);
            let stroke = Stroke::solid(Role::boundary(boundary.0 as usize), line::MEDIUM);
            shapes.push(plain(rect, Some(fill), Some(stroke), radius::SMALL, hit));
        }
    }
    shapes
}

fn tiles(map: &Arrangement, treemap: &Treemap) -> Vec<Shape> {
    let mut shapes = Vec::with_capacity(map.cut.boxes.len());
    for (index, visible) in (0..).zip(&map.cut.boxes) {
        let at = index as usize;
        let (rect, depth, tone) = match (visible.open, treemap.own[at]) {
            (false, _) => (treemap.rects[at], visible.depth, &treemap.tones[at]),
            (true, Some(own)) => (own, visible.depth + 1, &treemap.own_tones[at]),
            (true, None) => continue,
        };
        let stroke = outline(visible, tone.fill.is_some());
        let fill = tone.fill.unwrap_or(Role::Item);
        shapes.push(plain(inset(rect, depth), Some(fill), Some(stroke), 0.0, Some(HitId(index))));
    }
    shapes
}

fn outline(visible: &VisibleBox, is_known: bool) -> Stroke {
    match visible.boundary.filter(|_| !visible.open) {
        Some(boundary) => Stroke::solid(Role::boundary(boundary.0 as usize), line::MEDIUM),
        None if visible.inactive => Stroke::dashed(Role::Inactive, line::HAIR),
        None if visible.test => Stroke::dashed(Role::Test, line::HAIR),
        None if !is_known => Stroke::dotted(Role::ItemStroke, line::HAIR),
        None => Stroke::solid(Role::SurfaceStroke, line::HAIR),
    }
}

fn names(map: &Arrangement, treemap: &Treemap) -> Vec<Shape> {
    let label = |text: &super::labels::Text| {
        let visible = &map.cut.boxes[text.index as usize];
        let role = match text.kind {
            Kind::Name | Kind::Heading if visible.inactive => Role::TextDisabled,
            Kind::Name | Kind::Value => Role::TextStrong,
            Kind::Heading if visible.kind == BoxKind::Boundary => {
                visible.boundary.map_or(Role::TextStrong, |boundary| Role::boundary(boundary.0 as usize))
            }
            Kind::Heading => Role::TextStrong,
            Kind::Aside => Role::TextWeak,
        };
        Shape::Label(Label {
            anchor: text.start,
            align: Align::Start,
            text: text.text.clone(),
            whole: text.whole.clone(),
            face: text.face,
            size: text.size,
            role,
            hit: Some(HitId(text.index)),
            emphasis: Emphasis::Normal,
        })
    };
    treemap.texts.iter().map(label).collect()
}

/// Outlines, the strongest on top.
fn highlights(map: &Arrangement, treemap: &Treemap, highlight: &Highlight) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut rings = |indices: &[u32], stroke: Stroke| {
        let stroke = Stroke { width: stroke.width * STRONGER, ..stroke };
        for index in indices {
            shapes.push(plain(treemap.rects[*index as usize], None, Some(stroke), 0.0, None));
        }
    };
    let mut found: Vec<u32> = highlight.search.iter().filter_map(|node| map.cut.box_of(*node)).collect();
    found.sort_unstable();
    found.dedup();
    rings(&found, Stroke::solid(Role::SearchHit, line::MEDIUM));
    let selected = boxes_of(map, highlight.selection);
    if let [selected] = selected[..] {
        let (callers, callees) = map.neighbours(selected);
        // There may be many, and what tiles say must stay to be seen.
        rings(&callers, Stroke::dashed(Role::Caller, line::HAIR));
        rings(&callees, Stroke::solid(Role::Callee, line::HAIR));
    }
    rings(&boxes_of(map, highlight.hover), Stroke::solid(Role::EdgeHover, line::THIN));
    let gathered: Vec<u32> = highlight.gathered.iter().filter_map(|place| map.cut.find(*place)).collect();
    rings(&gathered, Stroke::dashed(Role::Selected, line::MEDIUM));
    rings(&selected, Stroke::solid(Role::Selected, line::THICK));
    shapes
}

/// The box of a thing; of an edge both ends.
fn boxes_of(map: &Arrangement, thing: Option<Thing>) -> Vec<u32> {
    let places = match thing.and_then(|thing| map.shown(thing)) {
        Some(Thing::Edge { from, to }) => vec![from, to],
        Some(thing) => thing.place().into_iter().collect(),
        None => Vec::new(),
    };
    places.into_iter().filter_map(|place| map.cut.find(place)).collect()
}
