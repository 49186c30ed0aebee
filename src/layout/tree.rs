//! The nesting of the boxes, and edges lifted onto siblings.
//!
//! In: a request.  Out: children of each container, an order from the innermost out, and for each container the arcs
//! between its children.  Not here: positions.

use super::{BoxRequest, EdgeRequest, Request};

/// All edges from one child of a container to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arc {
    pub(super) from: u32,
    pub(super) to: u32,
    /// What it costs to draw them upwards.
    pub(super) cost: u64,
}

/// What an ordinary reference costs upwards, when one of a violation costs 1.
const ORDINARY_COST: u64 = 10;

pub(super) struct Tree {
    /// By box: its container; the number of boxes stands for the whole.
    pub(super) parent: Vec<u32>,
    /// By container: its children, in the declared order.  The last entry is the whole.
    pub(super) children: Vec<Vec<u32>>,
    /// All containers with children, the innermost first and the whole last.
    pub(super) inside_out: Vec<u32>,
    depth: Vec<u32>,
}

impl Tree {
    /// A parent that does not exist, and one in a ring of parents, count as the whole.
    pub(super) fn new(boxes: &[BoxRequest]) -> Self {
        let whole = boxes.len() as u32;
        let mut parent: Vec<u32> =
            boxes.iter().map(|it| it.parent.filter(|&parent| parent < whole).unwrap_or(whole)).collect();
        break_rings(&mut parent);

        let mut children: Vec<Vec<u32>> = vec![Vec::new(); boxes.len() + 1];
        for (index, &container) in parent.iter().enumerate() {
            children[container as usize].push(index as u32);
        }
        for members in &mut children {
            members.sort_by_key(|&index| (boxes[index as usize].rank_hint, boxes[index as usize].key, index));
        }
        let mut depth = vec![0; boxes.len() + 1];
        let mut outside_in = vec![whole];
        let mut next = 0;
        while next < outside_in.len() {
            let container = outside_in[next] as usize;
            next += 1;
            for &child in &children[container] {
                depth[child as usize] = depth[container] + 1;
                outside_in.push(child);
            }
        }
        let is_open = |container: &u32| *container == whole || !children[*container as usize].is_empty();
        let inside_out = outside_in.into_iter().rev().filter(is_open).collect();
        Self { parent, children, inside_out, depth }
    }

    /// The container of the lowest common ancestor of both ends, and its two children that hold them; nothing where
    /// one end holds the other.
    pub(super) fn lift(&self, edge: &EdgeRequest) -> Option<(u32, u32, u32)> {
        let count = self.parent.len() as u32;
        if edge.from >= count || edge.to >= count {
            return None;
        }
        let (mut from, mut to) = (edge.from, edge.to);
        while self.depth[from as usize] > self.depth[to as usize] {
            from = self.parent[from as usize];
        }
        while self.depth[to as usize] > self.depth[from as usize] {
            to = self.parent[to as usize];
        }
        if from == to {
            return None;
        }
        while self.parent[from as usize] != self.parent[to as usize] {
            from = self.parent[from as usize];
            to = self.parent[to as usize];
        }
        Some((self.parent[from as usize], from, to))
    }

    /// By container: the arcs between its children, as places in `children`, sorted.
    pub(super) fn arcs(&self, request: &Request) -> Vec<Vec<Arc>> {
        let mut place = vec![0u32; self.parent.len()];
        for members in &self.children {
            for (index, &child) in members.iter().enumerate() {
                place[child as usize] = index as u32;
            }
        }
        let mut arcs: Vec<Vec<Arc>> = vec![Vec::new(); self.children.len()];
        for edge in &request.edges {
            if let Some((container, from, to)) = self.lift(edge) {
                let cost = u64::from(edge.weight.max(1)) * if edge.violating { 1 } else { ORDINARY_COST };
                arcs[container as usize].push(Arc { from: place[from as usize], to: place[to as usize], cost });
            }
        }
        for list in &mut arcs {
            list.sort_unstable_by_key(|arc| (arc.from, arc.to));
            list.dedup_by(|later, first| {
                let same = (later.from, later.to) == (first.from, first.to);
                if same {
                    first.cost += later.cost;
                }
                same
            });
        }
        arcs
    }
}

/// Sends each box that would never reach the whole there at once.
fn break_rings(parent: &mut [u32]) {
    let whole = parent.len();
    // 0: unknown, else the walk that met it first; a walk that meets itself went around a ring.
    let mut met = vec![0u32; whole];
    for start in 0..whole {
        let walk = start as u32 + 1;
        let mut at = start;
        while at != whole && met[at] == 0 {
            met[at] = walk;
            let next = parent[at] as usize;
            if next != whole && met[next] == walk {
                parent[at] = whole as u32;
            }
            at = parent[at] as usize;
        }
    }
}
