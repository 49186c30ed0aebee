//! Where on its boxes an edge starts and ends.
//!
//! In: rectangles, edges, and the side that each end is on.  Out: two points for each edge.  Ends on one side are spread in
//! the order of where they lead, so that edges do not cross on their first steps.  Not here: the way between.

use std::collections::BTreeMap;

use super::course::{Course, Side, sides};
use super::lift::LiftedEdge;
use crate::scene::shape::{Point, Rect};

/// One end of an edge, on a side of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
struct End {
    /// The middle of the box at the other end.
    other_x: f32,
    edge: usize,
    is_start: bool,
}

/// The widest step between two ends on one side.
const STEP: f32 = 11.0;
/// Kept free at the corners.
const CORNER: f32 = 14.0;

/// Start and end of each edge.
pub(super) fn ports(rects: &[Rect], edges: &[LiftedEdge], courses: &[Course]) -> Vec<(Point, Point)> {
    let mut ports = vec![(Point::default(), Point::default()); edges.len()];
    let mut ends: BTreeMap<(u32, Side), Vec<End>> = BTreeMap::new();
    for (index, (edge, course)) in edges.iter().zip(courses).enumerate() {
        let (start, end) = sides(*course);
        let center = |index: u32| rects[index as usize].center().x;
        ends.entry((edge.from, start)).or_default().push(End { other_x: center(edge.to), edge: index, is_start: true });
        ends.entry((edge.to, end)).or_default().push(End { other_x: center(edge.from), edge: index, is_start: false });
    }
    for ((index, side), mut ends) in ends {
        let rect = rects[index as usize];
        ends.sort_by(|a, b| a.other_x.total_cmp(&b.other_x).then((a.edge, a.is_start).cmp(&(b.edge, b.is_start))));
        let places = spread(rect, &ends);
        for (End { other_x, edge, is_start }, x) in ends.into_iter().zip(places) {
            let point = match side {
                Side::Top => Point::new(x, rect.min.y),
                Side::Bottom => Point::new(x, rect.max.y),
                Side::Flank if other_x < rect.center().x => Point::new(rect.min.x, rect.center().y),
                Side::Flank => Point::new(rect.max.x, rect.center().y),
                // Found on the way in.
                Side::Inside => rect.center(),
            };
            if is_start {
                ports[edge].0 = point;
            } else {
                ports[edge].1 = point;
            }
        }
    }
    ports
}

/// Places on a horizontal side, in order, each as near to where its edge leads as the others allow.
fn spread(rect: Rect, ends: &[End]) -> Vec<f32> {
    let corner = CORNER.min(rect.width() / 4.0);
    let (left, right) = (rect.min.x + corner, rect.max.x - corner);
    let n = ends.len() as f32;
    let step = ((right - left) / n).min(STEP);
    // Edges of a small box leave around its middle; those of a wide container where they are needed.
    let reach = (right - left - step * (n - 1.0)).max(0.0) / 2.0;
    let mean = ends.iter().map(|end| end.other_x).sum::<f32>() / n.max(1.0);
    let pull = ((rect.width() - 200.0) / 200.0).clamp(0.0, 1.0);
    let middle = rect.center().x + ((mean - rect.center().x) * pull).clamp(-reach, reach);
    (0..ends.len()).map(|index| middle + (index as f32 - (n - 1.0) / 2.0) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_end_is_in_the_middle_and_many_keep_their_order_inside_the_corners() {
        let rect = Rect::new(100.0, 0.0, 120.0, 40.0);
        let end = |index: usize| End { other_x: index as f32 * 50.0, edge: index, is_start: true };
        assert_eq!(spread(rect, &[end(0)]), [160.0]);
        let ends: Vec<End> = (0..40).map(end).collect();
        let places = spread(rect, &ends);
        assert!(places.is_sorted_by(|a, b| a < b));
        assert!(places.iter().all(|x| (114.0..=206.0).contains(x)), "{places:?}");
    }
}
