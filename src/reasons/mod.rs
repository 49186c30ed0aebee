//! Why one part of the code depends on another.
//!
//! In: a model, two selections.  Out: [`Reasons`]: the shortest way, others up to a bound, and what every way goes through.
//! A way leaves the first part by a reference, goes over modules that are in neither, and enters the second.  Not here:
//! what was asked (`query`), and telling it.

mod graph;
mod ways;

use crate::model::{EdgeId, Model, NodeId};

use graph::Graph;

/// Whether a node belongs to one of the two ends.
pub type Part<'a> = &'a dyn Fn(NodeId) -> bool;

/// Nobody reads more ways.
pub const MOST_WAYS: usize = 50;

/// One way: the edges of the model, each beginning where the one before ends, but for the parts at both ends.
pub type Way = Vec<EdgeId>;

/// Why one part depends on another; without a way it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// The shortest first, ways of one length in the order of their modules.
    pub ways: Vec<Way>,
    /// There are more than these.
    pub more: bool,
    /// Modules that every way goes through, in its order: without one of them nothing would be left.
    pub unavoidable: Vec<NodeId>,
}

/// All ways from one part to another; test-only and inactive references lead nowhere.
pub fn reasons(model: &Model, from: Part<'_>, to: Part<'_>) -> Reasons {
    let graph = Graph::new(model, from, to);
    let (ways, more) = ways::ways(model, &graph, MOST_WAYS);
    Reasons { ways, more, unavoidable: graph.unavoidable() }
}

#[cfg(test)]
mod tests;
