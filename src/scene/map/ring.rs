//! The rings of a change on the map: how far each box is from it.
//!
//! In: modules with their distances, an arrangement.  Out: the distance of each box, a colour and a number for it.  A closed
//! box is as near as the nearest module in it.  Not here: how far a change goes (`affected`).

use super::arrange::Arrangement;
use super::glyph::{self, Pill};
use crate::model::NodeId;
use crate::scene::shape::{Emphasis, Point, Shape, Stroke};
use crate::theme::{Role, line};

/// Rings further out than this look alike; their number tells them apart.
const SHADES: usize = 5;

/// The colour of a ring, the strongest for the nearest.
pub fn ring_role(distance: usize) -> Role {
    Role::heat(SHADES.saturating_sub(distance.max(1)))
}

/// By box; empty if there are no rings.
pub(super) fn of_boxes(map: &Arrangement, rings: &[(NodeId, usize)]) -> Vec<Option<usize>> {
    if rings.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Option<usize>> = vec![None; map.cut.boxes.len()];
    for (module, distance) in rings {
        let Some(index) = map.cut.box_of(*module) else { continue };
        let nearest = &mut found[index as usize];
        *nearest = Some(nearest.map_or(*distance, |known| known.min(*distance)));
    }
    found
}

/// What no ring reaches steps back, and what one reaches does not.
pub(super) fn emphasize(map: &Arrangement, rings: &[Option<usize>], boxes: &mut [Emphasis]) {
    if rings.is_empty() {
        return;
    }
    let selected: Vec<u32> = (0..boxes.len() as u32).filter(|index| rings[*index as usize] == Some(0)).collect();
    boxes.fill(Emphasis::Dimmed);
    for index in 0..boxes.len() as u32 {
        if rings[index as usize].is_some() {
            map.cut.ancestors(index).for_each(|around| boxes[around as usize] = Emphasis::Normal);
        }
    }
    for index in selected {
        boxes[index as usize..map.ends[index as usize] as usize].fill(Emphasis::Normal);
    }
}

/// The number of its ring at each closed box, on the upper edge, where no count of violations is.
pub(super) fn marks(map: &Arrangement, rings: &[Option<usize>]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (index, distance) in rings.iter().enumerate() {
        let Some(distance) = distance.filter(|distance| *distance > 0) else { continue };
        if !map.cut.boxes[index].open {
            let rect = map.rects[index];
            mark(distance, Point::new(rect.min.x + 12.0, rect.min.y), &mut shapes);
        }
    }
    shapes
}

pub(super) fn mark(distance: usize, middle: Point, shapes: &mut Vec<Shape>) {
    let text = distance.to_string();
    let width = glyph::pill_width(&text);
    let stroke = Stroke::solid(ring_role(distance), line::MEDIUM);
    let (fill, letters, emphasis) = (Role::Raised, Role::TextStrong, Emphasis::Normal);
    glyph::pill(Pill { middle, width, text, indent: 0.0, fill, stroke, letters, hit: None, emphasis }, shapes);
}

/// The rings that a legend explains.
pub(super) fn meanings(rings: &[(NodeId, usize)]) -> impl Iterator<Item = (usize, &'static str)> {
    let furthest = rings.iter().map(|(_, distance)| *distance).max().unwrap_or(0);
    let all = [(1, "names what changes"), (2, "names those"), (3, "further: leads there")];
    all.into_iter().filter(move |(distance, _)| *distance <= furthest)
}
