//! The picture of a comparison: shapes by layer, and what each can be pointed at as.
//!
//! In: a [`Compared`], a [`Highlight`], and which revisions are shown.  Out: a [`Drawn`] scene.  Not here: geometry.

use super::marks::BoxMark;
use super::{Compared, Showing, sign, strand};
use crate::compare::Fate;
use crate::scene::map::draw::{all, closed, ground, highlights, hulls, labels, radius_of, surfaces};
use crate::scene::map::focus::Focus;
use crate::scene::map::{Drawn, Highlight, VisibleBox};
use crate::scene::shape::{BoxShape, Emphasis, HitId, Point, Rect, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::scene::{Layer, Scene, Sign};
use crate::theme::{Role, line};

const BADGES: &str = "badges";

/// At this scale the numbers of a badge have nine points.
const LEAST_BADGE_SCALE: f32 = 0.86;

pub(super) fn draw(compared: &Compared, highlight: &Highlight, showing: Showing) -> Drawn {
    let map = &compared.map;
    let mut focus = Focus::with(map, highlight, &|index| compared.edges[index].stands_out(map.mode));
    // What is selected is seen among all that differs.
    focus.boxes.fill(Emphasis::Normal);
    let mut hits: Vec<Thing> = (0..map.cut.boxes.len() as u32).map(|index| map.thing(index)).collect();
    let is_there = |index: u32| is_there(&compared.boxes[index as usize], showing);
    let mut layers = Vec::new();
    let mut layer = |name, shapes| layers.push(Layer { name, shapes });

    let strands = strand::strands(compared, &focus, showing, &mut hits);
    layer("surfaces", surfaces(map, &is_there));
    layer("hulls", hulls(map, &focus, &is_there));
    layer("edges", strands.quiet);
    layer("boxes", boxes(compared, &focus, showing));
    layer("changes", strands.changes);
    layer("labels", labels(map, &focus, &|index| name(&compared.boxes[index as usize], showing)));
    let (shapes, signs) = badges(compared, &focus, showing);
    layer(BADGES, shapes);
    layer("highlights", highlights(map, &focus, strands.counts));
    Drawn { scene: Scene { bounds: map.bounds, layers, signs }, hits }
}

fn is_there(mark: &BoxMark, showing: Showing) -> bool {
    showing.is_shown(mark.before, mark.after)
}

fn boxes(compared: &Compared, focus: &Focus, showing: Showing) -> Vec<Shape> {
    let map = &compared.map;
    let mut shapes = Vec::with_capacity(map.cut.boxes.len() * 3);
    for (index, visible, rect) in all(map) {
        let mark = &compared.boxes[index as usize];
        let emphasis = focus.of_box(index);
        if !is_there(mark, showing) {
            free_place(index, visible, rect, &mut shapes);
            continue;
        }
        let look = mark.look(visible.open);
        if visible.open {
            tint(look, visible, rect, &mut shapes);
            outline(look, visible, rect, emphasis, &mut shapes);
            ground(map, index, &mut shapes);
            continue;
        }
        match look {
            Fate::Removed => ghost(index, visible, rect, emphasis, &mut shapes),
            _ => {
                let first = shapes.len();
                closed(index, visible, rect, emphasis, &mut shapes);
                // One outline says one thing.
                if let (true, None, Some(Shape::Box(body))) = (look.differs(), visible.boundary, shapes.get_mut(first))
                {
                    body.stroke = None;
                }
            }
        }
        tint(look, visible, rect, &mut shapes);
        outline(look, visible, rect, emphasis, &mut shapes);
        if let Some(role) = focus.wash(index) {
            fill(role, visible, rect, &mut shapes);
        }
    }
    shapes
}

/// The place of what the other revision has: it stays free, so that nothing moves.
fn free_place(index: u32, visible: &VisibleBox, rect: Rect, shapes: &mut Vec<Shape>) {
    let stroke = Some(Stroke::dotted(Role::SurfaceStroke, line::HAIR));
    let (radius, hit) = (radius_of(visible), Some(HitId(index)));
    shapes.push(BoxShape { rect, fill: None, stroke, radius, hit, emphasis: Emphasis::Normal }.into());
}

/// What is gone: only its outline is left.
fn ghost(index: u32, visible: &VisibleBox, rect: Rect, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let (radius, hit) = (radius_of(visible), Some(HitId(index)));
    shapes.push(BoxShape { rect, fill: Some(Role::Background), stroke: None, radius, hit, emphasis }.into());
    sign::hatching(rect, Role::Removed, shapes);
}

fn tint(fate: Fate, visible: &VisibleBox, rect: Rect, shapes: &mut Vec<Shape>) {
    match fate {
        Fate::Added => fill(Role::AddedFill, visible, rect, shapes),
        Fate::Removed => fill(Role::RemovedFill, visible, rect, shapes),
        Fate::Kept | Fate::Changed | Fate::Moved => {}
    }
}

fn fill(role: Role, visible: &VisibleBox, rect: Rect, shapes: &mut Vec<Shape>) {
    let (fill, radius) = (Some(role), radius_of(visible));
    shapes.push(BoxShape { rect, fill, stroke: None, radius, hit: None, emphasis: Emphasis::Normal }.into());
}

fn outline(fate: Fate, visible: &VisibleBox, rect: Rect, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let width = match fate {
        Fate::Kept => return,
        // Most of a workspace is edited from one release to the next: that must not cry.
        Fate::Changed if visible.open => return,
        Fate::Changed => line::THIN,
        Fate::Moved => line::MEDIUM,
        Fate::Added | Fate::Removed => line::MEDIUM,
    };
    let stroke = Some(Stroke { role: sign::role(fate), width, dash: sign::dash(fate) });
    let radius = radius_of(visible);
    shapes.push(BoxShape { rect, fill: None, stroke, radius, hit: None, emphasis }.into());
}

/// What is gone is written weaker.
fn name(mark: &BoxMark, showing: Showing) -> Option<Role> {
    let role = if mark.fate == Fate::Removed { Role::Text } else { Role::TextStrong };
    is_there(mark, showing).then_some(role)
}

/// What became of each box, and how many violations are new or fixed; what cries can be read from far away.
fn badges(compared: &Compared, focus: &Focus, showing: Showing) -> (Vec<Shape>, Vec<Sign>) {
    let map = &compared.map;
    let (mut shapes, mut signs) = (Vec::new(), Vec::new());
    for (index, _, room) in all(map) {
        let mark = BoxMark {
            worse: if showing.is_shown(false, true) { compared.boxes[index as usize].worse } else { 0 },
            fixed: if showing.is_shown(true, false) { compared.boxes[index as usize].fixed } else { 0 },
            ..compared.boxes[index as usize]
        };
        if !is_there(&mark, showing) {
            continue;
        }
        let emphasis = focus.of_box(index);
        let mut sign = |shapes: std::ops::Range<usize>, anchor: Point, width: f32| {
            signs.push(Sign { layer: BADGES, shapes, anchor, least_scale: LEAST_BADGE_SCALE, room, width });
        };
        let (corner, first) = (Point::new(room.min.x + 1.5, room.min.y + 1.5), shapes.len());
        sign::sign(mark.fate, corner, None, emphasis, &mut shapes);
        // Most of a workspace is edited from one release to the next: that stays as small as the picture.
        if first < shapes.len() && mark.fate != Fate::Changed {
            sign(first..shapes.len(), corner, 2.0 * sign::RADIUS);
        }
        let (anchor, first) = (map.faces[index as usize].badges, shapes.len());
        sign::badges(&mark, anchor, HitId(index), emphasis, &mut shapes);
        if first < shapes.len() {
            sign(first..shapes.len(), anchor, sign::badges_width(&mark));
        }
    }
    (shapes, signs)
}
