//! Edges as ribbons, with the marks and counts on them.
//!
//! In: an arrangement and what stands out in it.  Out: shapes for three layers.  Not here: where edges run.

use super::arrange::Arrangement;
use super::badge;
use super::focus::{Focus, Relation, role_of};
use super::glyph::{self, Pill};
use crate::scene::number::short;
use crate::scene::shape::{Arrow, Dash, Emphasis, HitId, Point, Ribbon, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::theme::{Role, line};
use crate::verdict::{Standing, Tally};

/// Shapes of edges, by the layer they belong to.
#[derive(Debug, Default)]
pub(super) struct Strands {
    pub(super) edges: Vec<Shape>,
    /// Above all boxes: what is broken is not hidden by what is not.
    pub(super) violations: Vec<Shape>,
    /// Numbers of references on what is hovered and selected.
    pub(super) counts: Vec<Shape>,
}

/// With more edges around a selection than this, only the selected and hovered ones have their count.
const MOST_COUNTS: usize = 24;

pub(super) fn strands(map: &Arrangement, focus: &Focus, hits: &mut Vec<Thing>) -> Strands {
    let mut order: Vec<(usize, Relation, Emphasis)> = focus
        .edges
        .iter()
        .enumerate()
        .filter_map(|(index, drawn)| drawn.map(|(relation, emphasis)| (index, relation, emphasis)))
        .collect();
    // The foreground is painted last.
    order.sort_by_key(|(index, relation, emphasis)| {
        (*emphasis == Emphasis::Normal, *relation, map.edges[*index].upward, *index)
    });
    let n_related = order.iter().filter(|(_, relation, _)| *relation > Relation::Plain).count();
    let mut strands = Strands::default();
    for (index, relation, emphasis) in order {
        let edge = &map.edges[index];
        let place = |index: u32| map.cut.boxes[index as usize].place;
        let hit = HitId(hits.len() as u32);
        hits.push(Thing::Edge { from: place(edge.from), to: place(edge.to) });
        let violating = edge.is_open_violation();
        let ribbon = Ribbon {
            points: map.routes[index].clone(),
            closed: false,
            stroke: stroke(map, index, relation),
            arrow: Arrow::End,
            hit: Some(hit),
            emphasis,
        };
        let layer = if violating { &mut strands.violations } else { &mut strands.edges };
        if violating && matches!(relation, Relation::Selected | Relation::Hovered) {
            layer.push(halo(&ribbon, relation));
        }
        layer.push(Shape::Ribbon(ribbon));

        let middle = map.middle_of(index);
        let counted = match relation {
            Relation::Selected | Relation::Hovered => true,
            Relation::Near | Relation::Caller | Relation::Callee => n_related <= MOST_COUNTS,
            Relation::Plain => false,
        };
        let layer = if violating { &mut strands.violations } else { &mut strands.edges };
        match edge.standing() {
            _ if counted => {
                let letters = role_of(relation, violating, edge.upward, edge.test);
                count(middle, edge.references, letters, hit, emphasis, &mut strands.counts);
            }
            Some(Standing::Denied) if edge.broken.denied > 1 => {
                let denied = Tally { denied: edge.broken.denied, ..Tally::default() };
                badge::around(denied, middle, hit, emphasis, layer);
            }
            Some(standing) => badge::on_edge(standing, middle, Some(hit), emphasis, layer),
            None => {}
        }
    }
    strands
}

/// How many references an edge stands for.
fn count(middle: Point, references: u32, letters: Role, hit: HitId, emphasis: Emphasis, shapes: &mut Vec<Shape>) {
    let text = short(u64::from(references));
    let (width, stroke) = (glyph::pill_width(&text), Stroke::solid(Role::Background, line::HAIR));
    let (fill, hit) = (Role::Raised, Some(hit));
    glyph::pill(Pill { middle, width, text, indent: 0.0, fill, stroke, letters, hit, emphasis }, shapes);
}

/// More references make a wider line, slowly: the tenfold number is a little more than a step.
fn stroke(map: &Arrangement, index: usize, relation: Relation) -> Stroke {
    let edge = &map.edges[index];
    let weight = (1.0 + edge.references as f32).log2();
    let quiet = (0.6 + 0.35 * weight).clamp(1.0, 4.0);
    let denied = edge.standing() == Some(Standing::Denied);
    let violating = edge.is_open_violation();
    let width = match relation {
        // Wide enough that its own colour is seen within the halo in a small picture, too.
        Relation::Selected | Relation::Hovered => (quiet + 3.0).max(line::THICK + 2.0),
        _ if denied => (quiet + 1.0).max(line::THICK),
        _ if violating => quiet.max(line::MEDIUM),
        Relation::Near | Relation::Caller | Relation::Callee => quiet.max(line::MEDIUM - 0.25),
        Relation::Plain => quiet,
    };
    let dash = match relation {
        _ if violating && !denied => Dash::Dashed,
        _ if violating => Dash::Solid,
        Relation::Caller => Dash::Dashed,
        Relation::Plain if edge.upward || edge.test => Dash::Dotted,
        _ => Dash::Solid,
    };
    Stroke { role: role_of(relation, violating, edge.upward, edge.test), width, dash }
}

/// A broken edge keeps its colour when it is selected; the selection shows around it.
fn halo(ribbon: &Ribbon, relation: Relation) -> Shape {
    let role = if relation == Relation::Selected { Role::Selected } else { Role::EdgeHover };
    Shape::Ribbon(Ribbon {
        stroke: Stroke::solid(role, ribbon.stroke.width + 4.0),
        arrow: Arrow::None,
        hit: None,
        ..ribbon.clone()
    })
}
