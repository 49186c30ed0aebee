//! What must hold of every [`Model`]; called in tests.
//!
//! In: a model.  Out: the broken invariants, in words.  Not here: anything about user code.

use super::{Model, NodeKind, WORKSPACE};

impl Model {
    /// Empty if every invariant holds.
    pub fn verify(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for id in self.node_ids() {
            let node = self.node(id);
            if let Some(parent) = node.parent {
                if !self.children(parent).contains(&id) {
                    broken.push(format!("`{}` is not among its parent's children", node.path));
                }
            } else if id != WORKSPACE {
                broken.push(format!("`{}` has no parent", node.path));
            }
            if node.kind == NodeKind::Module && self.target_of(id).is_none() {
                broken.push(format!("module `{}` is in no target", node.path));
            }
        }
        if self.top_down().len() != self.node_ids().len() {
            broken.push("a node is below itself, or in two places".into());
        }
        let mut module_paths: Vec<&str> = self.module_ids().map(|id| self.path(id)).collect();
        module_paths.sort_unstable();
        for pair in module_paths.windows(2).filter(|pair| pair[0] == pair[1]) {
            broken.push(format!("two modules have the path `{}`", pair[0]));
        }
        for id in self.edge_ids() {
            let edge = self.edge(id);
            let ends = format!("{} -> {}", self.path(edge.from), self.path(edge.to));
            if !self.node(edge.from).kind.is_module() || !self.node(edge.to).kind.is_module() {
                broken.push(format!("an end of {ends} is not a module"));
            }
            if edge.from == edge.to || edge.references.is_empty() {
                broken.push(format!("{ends} is a loop or has no reference"));
            }
            for (_, reference) in self.references_of(id) {
                if reference.edge != id
                    || self.module_of(reference.from_item) != Some(edge.from)
                    || self.module_of(reference.to_item) != Some(edge.to)
                {
                    broken.push(format!("a reference of {ends} at line {} belongs to another edge", reference.line));
                }
            }
        }
        let pairs: Vec<_> = self.edges().iter().map(|edge| (self.path(edge.from), self.path(edge.to))).collect();
        if pairs.windows(2).any(|pair| pair[0] >= pair[1]) {
            broken.push("edges are not sorted by path, or one stands twice".into());
        }
        broken
    }
}
