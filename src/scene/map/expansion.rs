//! What is open: the first view of a workspace, and the steps a person takes from there.
//!
//! In: the code tree with its boundaries and verdict, and a [`MapView`].  Out: a changed view.  Not here: positions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::census::Census;
use super::cut::cut;
use super::offence::Offences;
use super::{Filter, MapView};
use crate::boundary::Boundaries;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::scene::thing::{Place, Thing};
use crate::verdict::{Standing, Verdict};

/// How many boxes the first view may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What a person takes in at first sight.
    pub preferred: u32,
    /// Up to here, where a container holds violations that are denied.
    pub limit: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { preferred: 120, limit: 300 }
    }
}

impl Budget {
    /// For a window whose map has this size in points: a small one starts with fewer and larger boxes, so that names
    /// can be read at once.
    pub fn for_area(width: f32, height: f32) -> Self {
        let boxes = (width.max(0.0) * height.max(0.0) / AREA_PER_BOX) as u32;
        Self { preferred: boxes.clamp(60, 160), ..Self::default() }
    }
}

/// Square points of screen for each box, the space between boxes included.
const AREA_PER_BOX: f32 = 9_000.0;

/// The view to begin with: packages, then containers with violations, then the largest, as the budget allows.
///
/// Modules are never opened into items here.  A workspace with more packages than the limit starts with its boundaries
/// closed; without boundaries all its packages are shown.
pub fn initial_expansion(model: &Model, boundaries: &Boundaries, verdict: &Verdict, budget: Budget) -> MapView {
    let offences = Offences::new(model, boundaries, verdict);
    let inside = offences_inside(model, &offences);
    let rank = |node: NodeId| {
        let (denied, any) = inside[node.0 as usize];
        Some((denied, u64::from(any)))
    };
    expanded_by(model, boundaries, budget, &rank)
}

/// The view that opens what ranks highest, as the budget allows; what has no rank stays closed.
///
/// A rank says whether a container may use the limit of the budget, and how much it should be open.
pub(super) fn expanded_by(
    model: &Model,
    boundaries: &Boundaries,
    budget: Budget,
    rank: &dyn Fn(NodeId) -> Option<(bool, u64)>,
) -> MapView {
    let filter = Filter::default();
    let census = Census::new(model, Filter { items: false, ..filter });
    let mut view = MapView { filter, ..MapView::default() };
    let mut n_boxes = cut(&census, boundaries, &view).boxes.len() as u32;
    if n_boxes > budget.limit {
        close_fragments(&census, boundaries, &mut view);
        n_boxes = cut(&census, boundaries, &view).boxes.len() as u32;
    }
    let mut queue = BinaryHeap::new();
    let push = |queue: &mut BinaryHeap<_>, node: NodeId| {
        if let Some((urgent, weight)) = rank(node) {
            // The last part makes equal containers open in the order of their paths.
            queue.push((urgent, weight, census.lines(node), Reverse(model.path(node).to_owned()), node));
        }
    };
    for package in census.contents(WORKSPACE) {
        push(&mut queue, package);
    }
    while let Some((urgent, _, _, _, node)) = queue.pop() {
        let contents = census.contents(node);
        let allowed = if urgent { budget.limit } else { budget.preferred };
        // Fragments inside are boxes too: count what the view would really show.
        if contents.is_empty() || n_boxes + contents.len() as u32 > allowed {
            continue;
        }
        view.open.insert(node);
        let opened = cut(&census, boundaries, &view).boxes.len() as u32;
        if opened > allowed {
            view.open.remove(&node);
            continue;
        }
        n_boxes = opened;
        for child in contents {
            push(&mut queue, child);
        }
    }
    view
}

/// For each node: whether a denied violation, and whether any that is not accepted, has an end at it or below it.
fn offences_inside(model: &Model, offences: &Offences) -> Vec<(bool, bool)> {
    let mut inside = vec![(false, false); model.node_ids().len()];
    for offence in offences.all().iter().filter(|offence| offence.standing != Standing::Accepted) {
        for end in [offence.from.node(), offence.to].into_iter().flatten() {
            for ancestor in model.ancestors(end) {
                let (denied, any) = &mut inside[ancestor.0 as usize];
                *denied |= offence.standing == Standing::Denied;
                *any = true;
            }
        }
    }
    inside
}

fn close_fragments(census: &Census<'_>, boundaries: &Boundaries, view: &mut MapView) {
    let shown = cut(census, boundaries, view);
    view.closed.extend(shown.boxes.iter().map(|visible| visible.place).filter(|place| place.node().is_none()));
}

impl MapView {
    pub fn is_open(&self, place: Place) -> bool {
        match place {
            Place::Node(node) => self.open.contains(&node),
            Place::Fragment { .. } => !self.closed.contains(&place),
        }
    }

    /// Shows what is directly inside.
    pub fn expand(&mut self, place: Place) {
        match place {
            Place::Node(node) => self.open.insert(node),
            Place::Fragment { .. } => self.closed.remove(&place),
        };
    }

    /// Shows one box; what was open inside is open again after the next [`Self::expand`].
    pub fn collapse(&mut self, place: Place) {
        match place {
            Place::Node(node) => self.open.remove(&node),
            Place::Fragment { .. } => self.closed.insert(place),
        };
    }

    pub fn toggle(&mut self, place: Place) {
        if self.is_open(place) {
            self.collapse(place);
        } else {
            self.expand(place);
        }
    }

    /// Opens the same depth everywhere: 1 shows packages, 2 their modules or targets, 3 and 4 the levels below.
    ///
    /// Items are not opened: they are a question about one module.
    pub fn expand_to_level(&mut self, model: &Model, level: u32) {
        let census = Census::new(model, Filter { items: false, ..self.filter });
        self.open.clear();
        self.closed.clear();
        let mut layer = census.contents(WORKSPACE);
        for _ in 1..level.max(1) {
            let inner: Vec<NodeId> = layer.iter().flat_map(|node| census.contents(*node)).collect();
            self.open.extend(layer.iter().copied().filter(|node| !census.contents(*node).is_empty()));
            layer = inner;
        }
    }

    /// Opens whatever is around a thing, and lets its ends through the filter.
    pub fn show(&mut self, model: &Model, boundaries: &Boundaries, thing: Thing) {
        let ends = match thing {
            Thing::Edge { from, to } => [Some(from), Some(to)],
            other => [other.place(), None],
        };
        for place in ends.into_iter().flatten() {
            let node = match place {
                Place::Node(node) => node,
                Place::Fragment { parent, .. } => parent,
            };
            let inner = model.node(node);
            self.filter.tests |= inner.test;
            self.filter.inactive |= !inner.active;
            self.reveal(model, boundaries, node);
        }
    }

    /// Opens whatever is around a node, so that its own box is shown if the filter lets it through.
    pub fn reveal(&mut self, model: &Model, boundaries: &Boundaries, node: NodeId) {
        for ancestor in model.ancestors(node).skip(1) {
            if model.node(ancestor).kind != NodeKind::Workspace {
                self.open.insert(ancestor);
            }
        }
        let around: Vec<NodeId> = model.ancestors(node).collect();
        self.closed.retain(|place| match place {
            Place::Fragment { boundary, parent } => {
                !(around.contains(parent) && boundaries.chain(node).any(|around| around == *boundary))
            }
            Place::Node(_) => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_starts_with_fewer_boxes_than_a_large_one_within_limits() {
        let preferred = |width, height| Budget::for_area(width, height).preferred;
        assert!(preferred(910.0, 725.0) < preferred(1600.0, 900.0));
        assert_eq!(preferred(100.0, -5.0), 60);
        assert_eq!(preferred(9_000.0, 5_000.0), 160);
    }
}
