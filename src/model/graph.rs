//! The module graph behind the queries: petgraph stays in this file.
//!
//! In: edges between modules.  Out: edges by their ends, and strongly connected components.  Not here: meaning.

use petgraph::graph::{DiGraph, NodeIndex};

use super::{Edge, EdgeId, NodeId};

#[derive(Debug)]
pub(super) struct ModuleGraph(DiGraph<(), EdgeId>);

impl ModuleGraph {
    pub(super) fn new(node_count: usize, edges: &[Edge]) -> Self {
        let mut graph = DiGraph::with_capacity(node_count, edges.len());
        for _ in 0..node_count {
            graph.add_node(());
        }
        // petgraph walks the newest edge first; adding in reverse gives callers the sorted order.
        for (index, edge) in edges.iter().enumerate().rev() {
            graph.add_edge(
                NodeIndex::new(edge.from.0 as usize),
                NodeIndex::new(edge.to.0 as usize),
                EdgeId(index as u32),
            );
        }
        Self(graph)
    }

    pub(super) fn from(&self, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.0.edges_directed(NodeIndex::new(node.0 as usize), petgraph::Outgoing).map(|edge| *edge.weight())
    }

    pub(super) fn to(&self, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.0.edges_directed(NodeIndex::new(node.0 as usize), petgraph::Incoming).map(|edge| *edge.weight())
    }

    /// Components of more than one module, members ascending, over the edges that `keep` accepts.
    pub(super) fn tangles(&self, keep: impl Fn(EdgeId) -> bool) -> Vec<Vec<NodeId>> {
        let kept = self.0.filter_map(|_, ()| Some(()), |_, edge| keep(*edge).then_some(*edge));
        let mut tangles: Vec<Vec<NodeId>> = petgraph::algo::tarjan_scc(&kept)
            .into_iter()
            .filter(|members| members.len() > 1)
            .map(|members| {
                let mut members: Vec<NodeId> = members.into_iter().map(|node| NodeId(node.index() as u32)).collect();
                members.sort();
                members
            })
            .collect();
        tangles.sort();
        tangles
    }
}
