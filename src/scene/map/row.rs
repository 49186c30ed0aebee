//! Rows of boxes, as what stands in the way of an edge that passes them.
//!
//! In: siblings with their rectangles.  Out: [`Row`]s from above, each with the places where it can be passed.  Not here:
//! which rows an edge has to pass.

use super::cut::Cut;
use crate::scene::shape::Rect;

/// How near an edge may come to a box that it passes.
const CLEARANCE: f32 = 4.0;

/// Boxes beside each other, as an obstacle for what passes them: where between `top` and `bottom` there is no way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Disjoint, ascending; clearance included.
    blocked: Vec<(f32, f32)>,
    pub(super) members: Vec<u32>,
}

impl Row {
    pub(super) fn new(members: Vec<u32>, rects: &[Rect]) -> Self {
        let mut spans: Vec<(f32, f32)> = members
            .iter()
            .map(|index| rects[*index as usize])
            .map(|rect| (rect.min.x - CLEARANCE, rect.max.x + CLEARANCE))
            .collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut blocked: Vec<(f32, f32)> = Vec::new();
        for (left, right) in spans {
            match blocked.last_mut() {
                Some(last) if left <= last.1 => last.1 = last.1.max(right),
                _ => blocked.push((left, right)),
            }
        }
        let of = |pick: fn(Rect) -> f32| members.iter().map(move |index| pick(rects[*index as usize]));
        let top = of(|rect| rect.min.y).fold(f32::INFINITY, f32::min);
        let bottom = of(|rect| rect.max.y).fold(f32::NEG_INFINITY, f32::max);
        Self { top, bottom, blocked, members }
    }

    /// What of the row is between two heights.
    pub(super) fn clipped(self, top: f32, bottom: f32) -> Self {
        Self { top: self.top.max(top), bottom: self.bottom.min(bottom), ..self }
    }

    pub(super) fn is_free(&self, left: f32, right: f32) -> bool {
        !self.blocked.iter().any(|(from, to)| *from < right && left < *to)
    }

    /// The place nearest to `x` where the row can be passed, `lane` points from the box that was in the way.
    pub(super) fn passage(&self, x: f32, lane: f32) -> f32 {
        let (border, beside) = match self.blocked.iter().find(|(from, to)| *from < x && x < *to) {
            Some((from, to)) if x - from <= to - x => (*from, from - lane),
            Some((_, to)) => (*to, to + lane),
            None => return x,
        };
        if self.is_free(beside, beside) { beside } else { border }
    }
}

/// The rows of each box's children, from above; last those of the workspace.
pub(super) fn rows_of_all(cut: &Cut, rects: &[Rect]) -> Vec<Vec<Row>> {
    let top: Vec<u32> =
        (0..cut.boxes.len() as u32).filter(|index| cut.boxes[*index as usize].parent.is_none()).collect();
    cut.children.iter().chain([&top]).map(|siblings| rows_of(siblings, rects)).collect()
}

fn rows_of(siblings: &[u32], rects: &[Rect]) -> Vec<Row> {
    let mut sorted = siblings.to_vec();
    sorted.sort_by(|a, b| rects[*a as usize].min.y.total_cmp(&rects[*b as usize].min.y).then(a.cmp(b)));
    let mut rows: Vec<Vec<u32>> = Vec::new();
    let mut bottom = f32::NEG_INFINITY;
    for index in sorted {
        let rect = rects[index as usize];
        match rows.last_mut() {
            Some(row) if rect.min.y < bottom => row.push(index),
            _ => rows.push(vec![index]),
        }
        bottom = bottom.max(rect.max.y);
    }
    rows.into_iter().map(|members| Row::new(members, rects)).collect()
}
