//! The order of rows: container by container, what is used before what uses it, rings together.
//!
//! In: boxes and edges of a map.  Out: the rows, and which of them are rings.  Not here: places.

use std::ops::Range;

use super::Reading;
use crate::order::{self, Edge};
use crate::scene::map::{Arrangement, Cut, LiftedEdge};

pub(super) struct Order {
    /// Indices of boxes; what is inside a box follows it.
    pub(super) rows: Vec<u32>,
    pub(super) rings: Vec<Range<u32>>,
}

pub(super) fn order(map: &Arrangement, reading: Reading) -> Order {
    let mut walk = Walk {
        cut: &map.cut,
        reading,
        edges: edges_between_siblings(map),
        order: Order { rows: Vec::with_capacity(map.cut.boxes.len()), rings: Vec::new() },
    };
    let outermost: Vec<u32> =
        (0..map.cut.boxes.len() as u32).filter(|index| map.cut.boxes[*index as usize].parent.is_none()).collect();
    walk.children(None, &outermost);
    walk.order.rings.sort_by_key(|ring| (ring.start, std::cmp::Reverse(ring.end)));
    walk.order
}

/// By container, the workspace first: edges between its children, as indices of boxes.
fn edges_between_siblings(map: &Arrangement) -> Vec<Vec<Edge>> {
    let mut edges: Vec<Vec<Edge>> = vec![Vec::new(); map.cut.boxes.len() + 1];
    for edge in &map.edges {
        if let Some((container, from, to)) = siblings(&map.cut, edge) {
            edges[slot(container)].push((from, to, weight(edge)));
        }
    }
    edges
}

fn slot(container: Option<u32>) -> usize {
    container.map_or(0, |index| index as usize + 1)
}

/// The children of the innermost box around both ends that hold them; `None` if one end is around the other.
fn siblings(cut: &Cut, edge: &LiftedEdge) -> Option<(Option<u32>, u32, u32)> {
    let outwards = |index: u32| cut.ancestors(index).collect::<Vec<u32>>();
    let (from, to) = (outwards(edge.from), outwards(edge.to));
    let common = from.iter().rev().zip(to.iter().rev()).take_while(|(from, to)| from == to).count();
    let child = |chain: &[u32]| chain.len().checked_sub(common + 1).map(|at| chain[at]);
    let container = common.checked_sub(1).map(|at| from[from.len() - 1 - at]);
    Some((container, child(&from)?, child(&to)?))
}

/// What breaks a rule should be the first to stand on the wrong side.
fn weight(edge: &LiftedEdge) -> u64 {
    if edge.is_open_violation() { 1 } else { u64::from(edge.references).max(1) }
}

struct Walk<'a> {
    cut: &'a Cut,
    reading: Reading,
    edges: Vec<Vec<Edge>>,
    order: Order,
}

impl Walk<'_> {
    fn children(&mut self, container: Option<u32>, children: &[u32]) {
        let place = |index: u32| children.iter().position(|child| *child == index).unwrap_or_default() as u32;
        let edges = std::mem::take(&mut self.edges[slot(container)]);
        let edges: Vec<Edge> = edges.iter().map(|(from, to, weight)| (place(*from), place(*to), *weight)).collect();
        let n = children.len() as u32;
        // What is used comes before what uses it.
        let mut groups = order::components(n, &edges);
        for group in groups.iter_mut().filter(|group| group.len() > 1) {
            let within: Vec<Edge> =
                edges.iter().filter(|edge| group.contains(&edge.0) && group.contains(&edge.1)).copied().collect();
            let mut users_first = order::feedback(n, &within).order;
            users_first.retain(|child| group.contains(child));
            users_first.reverse();
            *group = users_first;
        }
        if self.reading == Reading::ColumnUsesRow {
            groups.reverse();
            groups.iter_mut().for_each(|group| group.reverse());
        }
        for group in groups {
            let start = self.order.rows.len() as u32;
            for child in &group {
                self.one(children[*child as usize]);
            }
            if group.len() > 1 {
                self.order.rings.push(start..self.order.rows.len() as u32);
            }
        }
    }

    fn one(&mut self, index: u32) {
        self.order.rows.push(index);
        let children = &self.cut.children[index as usize];
        if !children.is_empty() {
            let children = children.clone();
            self.children(Some(index), &children);
        }
    }
}
