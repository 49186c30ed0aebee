//! Some of the nodes of a model, and of the third-party packages.
//!
//! In: what `select` finds.  Out: [`Selection`] and the questions to it.  Not here: finding.

use crate::model::{ExternalId, Model, NodeId};

/// Nodes of a model, and third-party packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// For each node.
    nodes: Vec<bool>,
    /// For each third-party package.
    crates: Vec<bool>,
}

impl Selection {
    pub(super) fn none(model: &Model) -> Self {
        Self { nodes: vec![false; model.node_ids().len()], crates: vec![false; model.external_crates().len()] }
    }

    /// All but the workspace itself.
    pub(super) fn everything(model: &Model) -> Self {
        let mut all = Self { crates: vec![true; model.external_crates().len()], ..Self::none(model) };
        all.nodes.iter_mut().skip(1).for_each(|node| *node = true);
        all
    }

    /// Third-party packages alone.
    pub(super) fn of_crates(model: &Model, holds: impl Fn(&str) -> bool) -> Self {
        Self { crates: model.external_crates().map(|(_, name)| holds(name)).collect(), ..Self::none(model) }
    }

    pub(super) fn of_nodes(model: &Model, holds: impl Fn(NodeId) -> bool) -> Self {
        Self { nodes: model.node_ids().map(holds).collect(), ..Self::none(model) }
    }

    pub fn has(&self, node: NodeId) -> bool {
        self.nodes[node.0 as usize]
    }

    pub fn has_crate(&self, krate: ExternalId) -> bool {
        self.crates[krate.0 as usize]
    }

    /// In the order of the model; the workspace itself is never one.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        let chosen = self.nodes.iter().enumerate().skip(1).filter(|(_, chosen)| **chosen);
        chosen.map(|(index, _)| NodeId(index as u32))
    }

    pub fn crates(&self) -> impl Iterator<Item = ExternalId> + '_ {
        let chosen = self.crates.iter().enumerate().filter(|(_, chosen)| **chosen);
        chosen.map(|(index, _)| ExternalId(index as u32))
    }

    pub fn is_empty(&self) -> bool {
        self.nodes().next().is_none() && self.crates().next().is_none()
    }

    /// With everything below its nodes.
    #[must_use]
    pub fn with_below(mut self, model: &Model) -> Self {
        for id in model.top_down() {
            let above = model.node(id).parent.is_some_and(|parent| self.has(parent));
            self.nodes[id.0 as usize] |= above;
        }
        self
    }

    pub(super) fn add(&mut self, node: NodeId) {
        self.nodes[node.0 as usize] = true;
    }

    pub(super) fn add_crate(&mut self, krate: ExternalId) {
        self.crates[krate.0 as usize] = true;
    }

    /// Holds for each what `both` makes of the two.
    pub(super) fn combine(mut self, other: &Self, both: impl Fn(bool, bool) -> bool) -> Self {
        let each = |own: &mut Vec<bool>, other: &[bool]| {
            own.iter_mut().zip(other).for_each(|(own, other)| *own = both(*own, *other));
        };
        each(&mut self.nodes, &other.nodes);
        each(&mut self.crates, &other.crates);
        self
    }
}
