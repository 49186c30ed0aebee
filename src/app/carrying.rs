//! How a workspace is looked at, in another analysis of it.
//!
//! In: a view and both analyses.  Out: the same view, as far as what it speaks of is still there.

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::model::{NodeId, NodeKind, WORKSPACE};
use crate::scene::map::MapView;
use crate::scene::thing::Place;

/// What was open, closed and pinned before, by path, in a new model.
pub(super) fn carried_over(view: &MapView, old: &Analysis, new: &Analysis) -> MapView {
    let packages: FxHashMap<&str, NodeId> = new.model.packages().map(|node| (new.model.path(node), node)).collect();
    let same_node = |node: NodeId| {
        let path = old.model.path(node);
        match old.model.node(node).kind {
            NodeKind::Package => packages.get(path).copied(),
            NodeKind::Workspace => Some(WORKSPACE),
            _ => new.model.find(path),
        }
    };
    let same = |place: Place| match place {
        Place::Node(node) => same_node(node).map(Place::Node),
        Place::Fragment { boundary, parent } => Some(Place::Fragment {
            boundary: new.boundaries.find(old.boundaries.name(boundary))?,
            parent: same_node(parent)?,
        }),
    };
    MapView {
        open: view.open.iter().filter_map(|node| same_node(*node)).collect(),
        closed: view.closed.iter().filter_map(|place| same(*place)).collect(),
        pins: view.pins.iter().filter_map(|(place, pin)| Some((same(*place)?, *pin))).collect(),
        filter: view.filter,
        edges: view.edges,
    }
}
