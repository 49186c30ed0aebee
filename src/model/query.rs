//! Questions to a [`Model`]: all reading goes through here.
//!
//! In: ids and paths.  Out: nodes, edges, references, and places in the tree.  Not here: judging.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Edge, EdgeId, Export, ListId, Model, Node, NodeId, NodeKind, Reference, ReferenceId, Step, Symbol, Visibility,
    WORKSPACE,
};
use crate::source::Note;

impl Model {
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub fn path(&self, id: NodeId) -> &str {
        &self.node(id).path
    }

    /// All nodes in the order of their numbers: parents before children, unless something was moved.
    pub fn node_ids(&self) -> impl ExactSizeIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// All nodes, parents before children, whatever was moved.
    pub fn top_down(&self) -> Vec<NodeId> {
        let mut nodes = Vec::with_capacity(self.nodes.len());
        nodes.push(WORKSPACE);
        let mut next = 0;
        while let Some(node) = nodes.get(next).copied() {
            nodes.extend_from_slice(self.children(node));
            next += 1;
        }
        nodes
    }

    /// All modules, targets' roots included.
    pub fn module_ids(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.node_ids().filter(|id| self.node(*id).kind.is_module())
    }

    pub fn children(&self, id: NodeId) -> &[NodeId] {
        &self.children[id.0 as usize]
    }

    /// The node itself, its parent, and so on to the workspace.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |id| self.node(*id).parent)
    }

    /// True for a node and itself.
    pub fn is_within(&self, id: NodeId, container: NodeId) -> bool {
        self.ancestors(id).any(|ancestor| ancestor == container)
    }

    /// How many ancestors a node has.
    pub fn depth(&self, id: NodeId) -> usize {
        self.ancestors(id).count() - 1
    }

    /// The innermost node that contains both.
    pub fn common_ancestor(&self, a: NodeId, b: NodeId) -> NodeId {
        let (mut a, mut b) = (a, b);
        let (mut depth_a, mut depth_b) = (self.depth(a), self.depth(b));
        while a != b {
            if depth_a >= depth_b {
                a = self.node(a).parent.unwrap_or(WORKSPACE);
                depth_a = depth_a.saturating_sub(1);
            } else {
                b = self.node(b).parent.unwrap_or(WORKSPACE);
                depth_b = depth_b.saturating_sub(1);
            }
        }
        a
    }

    /// The module around an item; a module is its own; `None` for packages and the workspace.
    pub fn module_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|ancestor| self.node(*ancestor).kind.is_module())
    }

    /// The target around a node.
    pub fn target_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|ancestor| matches!(self.node(*ancestor).kind, NodeKind::Target(_)))
    }

    /// The package around a node.
    pub fn package_of(&self, id: NodeId) -> Option<NodeId> {
        self.ancestors(id).find(|ancestor| self.node(*ancestor).kind == NodeKind::Package)
    }

    /// A module or item by its path; a module before an item of the same path.
    pub fn find(&self, path: &str) -> Option<NodeId> {
        self.by_path.get_or_init(|| by_path(&self.nodes)).get(path).copied()
    }

    pub fn packages(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.children(WORKSPACE).iter().copied()
    }

    /// What a module shows beyond itself, sorted by name.
    pub fn exports(&self, module: NodeId) -> &[Export] {
        &self.exports[module.0 as usize]
    }

    /// Whether code in `from` may use a name of this visibility.
    pub fn is_visible(&self, visibility: Visibility, from: NodeId) -> bool {
        match visibility {
            Visibility::Public => true,
            Visibility::Within(module) => self.is_within(from, module),
        }
    }

    pub fn symbol(&self, symbol: Symbol) -> &str {
        self.lists.name(symbol)
    }

    /// Sorted by the paths of their ends.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    pub fn edge(&self, id: EdgeId) -> &Edge {
        &self.edges[id.0 as usize]
    }

    pub fn edge_ids(&self) -> impl ExactSizeIterator<Item = EdgeId> + use<> {
        (0..self.edges.len() as u32).map(EdgeId)
    }

    pub fn edges_from(&self, module: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.graph.from(module)
    }

    pub fn edges_to(&self, module: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        self.graph.to(module)
    }

    pub fn edge_between(&self, from: NodeId, to: NodeId) -> Option<EdgeId> {
        self.edges_from(from).find(|edge| self.edge(*edge).to == to)
    }

    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    pub fn reference(&self, id: ReferenceId) -> &Reference {
        &self.references[id.0 as usize]
    }

    pub fn references_of(&self, edge: EdgeId) -> impl ExactSizeIterator<Item = (ReferenceId, &Reference)> + '_ {
        self.edge(edge).references.clone().map(|index| (ReferenceId(index), &self.references[index as usize]))
    }

    /// The first node of which this holds: a node itself, else one below it.
    pub fn within(&self, node: NodeId, holds: impl Fn(&Node) -> bool + Copy) -> Option<NodeId> {
        if holds(self.node(node)) {
            return Some(node);
        }
        self.children(node).iter().find_map(|child| self.within(*child, holds))
    }

    /// Of `named` and `facades`.
    pub fn nodes_of(&self, list: ListId) -> &[NodeId] {
        self.lists.nodes(list)
    }

    /// Of `route`.
    pub fn steps_of(&self, list: ListId) -> &[Step] {
        self.lists.steps(list)
    }

    /// Sets of modules that all depend on each other, over edges outside tests.
    pub fn tangles(&self) -> Vec<Vec<NodeId>> {
        self.graph.tangles(|edge| !self.edge(edge).test)
    }

    /// The lines of a node and of everything below it.
    pub fn total_lines(&self, id: NodeId) -> u64 {
        u64::from(self.node(id).lines) + self.children(id).iter().map(|child| self.total_lines(*child)).sum::<u64>()
    }

    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

/// Modules and items by their paths.
pub(super) type ByPath = FxHashMap<Arc<str>, NodeId>;

/// A module is found before an item of the same path.
fn by_path(nodes: &[Node]) -> ByPath {
    let mut by_path = ByPath::default();
    for (index, node) in nodes.iter().enumerate().skip(1) {
        if node.kind == NodeKind::Package {
            continue;
        }
        let id = NodeId(index as u32);
        let slot = by_path.entry(Arc::clone(&node.path)).or_insert(id);
        if node.kind.is_module() && !nodes[slot.0 as usize].kind.is_module() {
            *slot = id;
        }
    }
    by_path
}
