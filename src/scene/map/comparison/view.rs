//! What a comparison shows first: open is what holds differences.
//!
//! In: a union and how many boxes there may be.  Out: a [`MapView`].  Not here: the steps a person takes from there.

use crate::compare::{Fate, Side, Union};
use crate::model::NodeId;
use crate::scene::address;
use crate::scene::map::expansion::{Budget, expanded_by};
use crate::scene::map::{Filter, MapView};

/// Containers with violations that are new or fixed first, then those in which modules and edges came and went.  Edited code
/// alone opens nothing.
pub fn initial_view(union: &Union, budget: Budget) -> MapView {
    let model = &union.model;
    let mut urgent = vec![false; model.node_ids().len()];
    let mut weight = vec![0_u64; model.node_ids().len()];
    let around = |node: NodeId, mut mark: Box<dyn FnMut(usize) + '_>| {
        for ancestor in model.ancestors(node).skip(1) {
            mark(ancestor.0 as usize);
        }
    };
    let filter = Filter::default();
    for node in model.module_ids() {
        let data = model.node(node);
        if matches!(union.fate(node), Fate::Added | Fate::Removed | Fate::Moved) && (filter.tests || !data.test) {
            around(node, Box::new(|at| weight[at] += 4));
        }
    }
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let count = |side| model.references_of(id).filter(|(_, it)| Union::side(it) == side && !it.test).count();
        if (count(Side::Before) == 0) != (count(Side::After) == 0) {
            around(edge.from, Box::new(|at| weight[at] += 1));
            around(edge.to, Box::new(|at| weight[at] += 1));
        }
    }
    for finding in union.findings.iter().filter(|finding| finding.fate != Fate::Changed) {
        for name in [&finding.from, &finding.to] {
            let place = address::find(model, &union.boundaries, name).and_then(|thing| thing.place());
            if let Some(node) = place.and_then(|place| place.node()) {
                // An end in a module of a package is seen once the package is open.
                let module = model.module_of(node).unwrap_or(node);
                around(
                    module,
                    Box::new(|at| {
                        urgent[at] = true;
                        weight[at] += 16;
                    }),
                );
            }
        }
    }
    let rank = |node: NodeId| {
        let at = node.0 as usize;
        // A package that is new or gone is one box, until somebody asks.
        let is_whole = matches!(union.fate(node), Fate::Added | Fate::Removed);
        (weight[at] > 0 && !is_whole).then_some((urgent[at], weight[at]))
    };
    expanded_by(model, &union.boundaries, budget, &rank)
}
