//! The modules between two parts, and the two parts as one node each.
//!
//! In: a model, two parts.  Out: which edges leave the first, lead on, and enter the second.  Not here: ways.

use petgraph::algo::dominators;
use petgraph::graphmap::DiGraphMap;

use super::Part;
use crate::model::{EdgeId, Model, NodeId, Reference};

/// The first part, a module outside both parts, or the second part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stop {
    From,
    Module(NodeId),
    To,
}

/// Stops, and the edge of the model that leads from one to another; of several the first.
pub(super) struct Graph {
    steps: DiGraphMap<Stop, EdgeId>,
}

impl Graph {
    pub(super) fn new(model: &Model, from: Part<'_>, to: Part<'_>) -> Self {
        let mut steps = DiGraphMap::new();
        steps.add_node(Stop::From);
        steps.add_node(Stop::To);
        let counts = |reference: &Reference| reference.counts() && reference.active;
        for id in model.edge_ids() {
            let edge = model.edge(id);
            let counting = || model.references_of(id).map(|(_, reference)| reference).filter(|it| counts(it));
            let leaves = |it: &Reference| from(it.from_item) || from(edge.from);
            let enters = |it: &Reference| to(it.to_item) || to(edge.to);
            // Code of both parts needs no reason to use itself.
            let is_outside = |module: NodeId| !from(module) && !to(module);
            let mut add = |start: Stop, end: Stop| {
                if !steps.contains_edge(start, end) {
                    steps.add_edge(start, end, id);
                }
            };
            if counting().any(|it| leaves(it) && enters(it) && !to(it.from_item) && !from(it.to_item)) {
                add(Stop::From, Stop::To);
            }
            if is_outside(edge.to) && counting().any(leaves) {
                add(Stop::From, Stop::Module(edge.to));
            }
            if is_outside(edge.from) && counting().any(enters) {
                add(Stop::Module(edge.from), Stop::To);
            }
            if is_outside(edge.from) && is_outside(edge.to) && counting().next().is_some() {
                add(Stop::Module(edge.from), Stop::Module(edge.to));
            }
        }
        Self { steps }
    }

    /// Sorted by the paths of modules; the second part is the last.
    pub(super) fn next(&self, model: &Model, stop: Stop) -> Vec<Stop> {
        let mut next: Vec<Stop> = self.steps.neighbors(stop).collect();
        next.sort_by_key(|stop| match *stop {
            Stop::Module(module) => (0, model.path(module)),
            Stop::From | Stop::To => (1, ""),
        });
        next
    }

    pub(super) fn before(&self, stop: Stop) -> impl Iterator<Item = Stop> + '_ {
        self.steps.neighbors_directed(stop, petgraph::Incoming)
    }

    pub(super) fn edge(&self, from: Stop, to: Stop) -> Option<EdgeId> {
        self.steps.edge_weight(from, to).copied()
    }

    /// The modules that every way goes through, from the first part on (Cooper, Harvey, Kennedy: A Simple, Fast Dominance
    /// Algorithm).
    pub(super) fn unavoidable(&self) -> Vec<NodeId> {
        let dominators = dominators::simple_fast(&self.steps, Stop::From);
        let all = dominators.strict_dominators(Stop::To).into_iter().flatten();
        let mut modules: Vec<NodeId> = all
            .filter_map(|stop| match stop {
                Stop::Module(module) => Some(module),
                Stop::From | Stop::To => None,
            })
            .collect();
        modules.reverse();
        modules
    }
}
