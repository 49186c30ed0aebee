//! Edges of a comparison as ribbons, with what became of them on each.
//!
//! In: a comparison and what stands out in it.  Out: shapes for three layers.  Not here: where edges run.

use super::marks::EdgeMark;
use super::{Compared, Showing, sign};
use crate::compare::{Fate, Side};
use crate::scene::map::badge;
use crate::scene::map::focus::{Focus, Relation};
use crate::scene::map::glyph::{self, Pill};
use crate::scene::number::short;
use crate::scene::shape::{Arrow, Dash, Emphasis, HitId, Point, Ribbon, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::theme::{Role, line};
use crate::verdict::Standing;

/// Shapes of edges, by the layer they belong to.
#[derive(Debug, Default)]
pub(super) struct Strands {
    /// Below boxes.
    pub(super) quiet: Vec<Shape>,
    /// Above them: between things that persist, what came and what went.
    pub(super) changes: Vec<Shape>,
    /// Numbers of references on what is hovered and selected.
    pub(super) counts: Vec<Shape>,
}

/// With more edges than this that stayed as they are around what is hovered, these are not drawn: they would hide what
/// came and went.
const MOST_NEAR: usize = 24;

/// With more edges around a selection than this, only the selected and hovered ones have their count.
const MOST_COUNTS: usize = 24;

pub(super) fn strands(compared: &Compared, focus: &Focus, showing: Showing, hits: &mut Vec<Thing>) -> Strands {
    let map = &compared.map;
    let is_shown = |index: usize| {
        let mark = &compared.edges[index];
        showing.is_shown(mark.before > 0, mark.after > 0)
    };
    let drawn = focus.edges.iter().enumerate().filter(|(index, _)| is_shown(*index));
    let mut order: Vec<(usize, Relation, Emphasis)> =
        drawn.filter_map(|(index, drawn)| drawn.map(|(relation, emphasis)| (index, relation, emphasis))).collect();
    let is_near = |(index, relation, _): &(usize, Relation, Emphasis)| {
        *relation == Relation::Near && !compared.edges[*index].stands_out(map.mode)
    };
    if order.iter().filter(|edge| is_near(edge)).count() > MOST_NEAR {
        order.retain(|edge| !is_near(edge));
    }
    // The foreground is painted last.
    order.sort_by_key(|(index, relation, emphasis)| {
        let mark = &compared.edges[*index];
        (*emphasis == Emphasis::Normal, *relation, mark.worse > 0, !mark.follows, mark.fate(), *index)
    });
    let n_related = order.iter().filter(|(_, relation, _)| *relation > Relation::Plain).count();
    let mut strands = Strands::default();
    for (index, relation, emphasis) in order {
        let (edge, mark) = (&map.edges[index], &compared.edges[index]);
        let place = |index: u32| map.cut.boxes[index as usize].place;
        let hit = HitId(hits.len() as u32);
        hits.push(Thing::Edge { from: place(edge.from), to: place(edge.to) });
        let is_loud = is_loud(mark, showing);
        let layer = if is_loud { &mut strands.changes } else { &mut strands.quiet };
        // What came or went with a box says nothing that the box does not.
        let is_quiet = relation == Relation::Plain && mark.follows && !is_loud;
        let emphasis = if is_quiet { Emphasis::Dimmed } else { emphasis };
        let is_picked = matches!(relation, Relation::Selected | Relation::Hovered);
        let ribbon = Ribbon {
            points: map.routes[index].clone(),
            closed: false,
            stroke: stroke(mark, relation, showing),
            arrow: Arrow::End,
            hit: Some(hit),
            emphasis,
        };
        if is_picked && mark.fate().differs() {
            layer.push(halo(&ribbon, relation));
        }
        layer.push(Shape::Ribbon(ribbon));
        let middle = map.middle_of(index);
        let is_counted = is_picked || (relation > Relation::Plain && n_related <= MOST_COUNTS);
        if is_counted {
            count(mark, middle, hit, emphasis, &mut strands.counts);
        } else if is_loud {
            on_edge(mark, middle, hit, emphasis, &mut strands.changes);
        }
    }
    strands
}

/// It says something between things that were there before and are there now, or about rules.
fn is_loud(mark: &EdgeMark, showing: Showing) -> bool {
    let is_broken = mark.worse > 0 && showing.is_shown(false, true);
    let is_fixed = mark.fixed > 0 && showing.is_shown(true, false);
    is_broken || is_fixed || (!mark.follows && matches!(mark.fate(), Fate::Added | Fate::Removed))
}

fn on_edge(mark: &EdgeMark, middle: Point, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    match mark.standing {
        Some(standing) => badge::on_edge(standing, middle, Some(hit), emphasis, shapes),
        None if mark.fixed > 0 => sign::fixed(middle, Some(hit), emphasis, shapes),
        None => sign::sign(mark.fate(), middle, Some(hit), emphasis, shapes),
    }
}

/// How many references there were and are.
fn count(mark: &EdgeMark, middle: Point, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let number = |count: u32| short(u64::from(count));
    let text = match mark.fate() {
        Fate::Changed | Fate::Moved => format!("{}→{}", number(mark.before), number(mark.after)),
        Fate::Added => format!("+{}", number(mark.after)),
        Fate::Removed => format!("−{}", number(mark.before)),
        Fate::Kept => number(mark.after),
    };
    let width = glyph::pill_width(&"0".repeat(text.chars().count()));
    let (fill, letters) = (Role::Raised, if mark.worse > 0 { Role::Violation } else { letters(mark.fate()) });
    let (stroke, hit) = (Stroke::solid(Role::Background, line::HAIR), Some(hit));
    glyph::pill(Pill { middle, width, text, indent: 0.0, fill, stroke, letters, hit, emphasis }, shapes);
}

fn letters(fate: Fate) -> Role {
    if fate == Fate::Kept { Role::Text } else { sign::role(fate) }
}

/// More references make a wider line, slowly: the tenfold number is a little more than a step.
fn stroke(mark: &EdgeMark, relation: Relation, showing: Showing) -> Stroke {
    let weight = (1.0 + mark.before.max(mark.after) as f32).log2();
    let quiet = (0.6 + 0.35 * weight).clamp(1.0, 4.0);
    let fate = mark.fate();
    let is_broken = mark.worse > 0 && showing.is_shown(false, true);
    let is_denied = is_broken && mark.standing == Some(Standing::Denied);
    let width = match relation {
        Relation::Selected | Relation::Hovered => (quiet + 3.0).max(line::THICK + 2.0),
        _ if is_denied => (quiet + 1.0).max(line::THICK),
        _ if is_loud(mark, showing) => quiet.max(line::MEDIUM),
        Relation::Near | Relation::Caller | Relation::Callee => quiet.max(line::MEDIUM - 0.25),
        Relation::Plain if fate.differs() => quiet.min(line::THIN),
        Relation::Plain => quiet.min(line::MEDIUM),
    };
    let (role, dash) = match relation {
        _ if is_broken => (Role::Violation, if is_denied { Dash::Solid } else { Dash::Dashed }),
        _ if mark.fixed > 0 && mark.after > 0 && showing != Showing::Only(Side::After) => (Role::Success, Dash::Dotted),
        _ if fate.differs() => (sign::role(fate), sign::dash(fate)),
        Relation::Selected => (Role::Selected, Dash::Solid),
        Relation::Hovered | Relation::Near => (Role::EdgeHover, Dash::Solid),
        Relation::Caller | Relation::Callee | Relation::Plain => (Role::Edge, Dash::Solid),
    };
    Stroke { role, width, dash }
}

/// An edge keeps its colour when it is selected; the selection shows around it.
fn halo(ribbon: &Ribbon, relation: Relation) -> Shape {
    let role = if relation == Relation::Selected { Role::Selected } else { Role::EdgeHover };
    let stroke = Stroke::solid(role, ribbon.stroke.width + 4.0);
    Shape::Ribbon(Ribbon { stroke, arrow: Arrow::None, hit: None, ..ribbon.clone() })
}
