//! Orders of a directed graph: strongly connected components, feedback arcs, levels; and the communities of an undirected one.
//!
//! In: plain ids `0..n` and weighted edges `(from, to, weight)`.  Out: components, the cheapest edges to cut so that no
//! cycle is left, and levels of what is left.  Not here: what a node or an edge means; callers give ids in the order
//! that shall win where the graph leaves a choice, and weights in the unit that they want to see minimised.
//!
//! Rules for every function: an edge from a node to itself says nothing about order and is ignored, as is an edge with
//! an end outside `0..n`; the order in which edges are given changes nothing but the meaning of edge indices.

mod communities;
mod components;
mod exact;
mod feedback;
mod levels;
mod sift;

pub use communities::{Tie, communities, modularity};
pub use components::components;
pub use feedback::{EXACT_LIMIT, Feedback, feedback, feedback_within};
pub use levels::{levels, tighten};

/// An edge: from, to, weight.
pub type Edge = (u32, u32, u64);

/// The weight of an edge that shall be kept: it is cut only where such edges alone form a cycle.
pub const KEEP: u64 = u64::MAX;

/// True for an edge that takes part in an order of `0..n`.
fn is_proper(n: u32, edge: &Edge) -> bool {
    edge.0 != edge.1 && edge.0 < n && edge.1 < n
}
