//! What a filter lets through, and the numbers below each node.
//!
//! In: the code tree and a [`Filter`].  Out: a [`Census`]: what a node opens into, its modules and lines, and how much is
//! hidden.  Not here: what is open, and boundaries.

use super::Filter;
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::workspace::TargetKind;

/// What a box is a picture of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoxKind {
    Boundary,
    /// With the kind of its only shown target, if there is only one.
    Package(Option<TargetKind>),
    Target(TargetKind),
    Module,
    Item(ItemKind),
}

/// How much of the workspace the filter hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Targets and modules that exist for tests and measurements alone.
    pub tests: u32,
    /// Targets and modules that the configuration leaves out.
    pub inactive: u32,
}

/// What a filter lets through, and the numbers below each node.
pub(super) struct Census<'a> {
    pub(super) model: &'a Model,
    filter: Filter,
    shown: Vec<bool>,
    modules: Vec<u32>,
    lines: Vec<u64>,
    pub(super) hidden: Hidden,
}

impl<'a> Census<'a> {
    pub(super) fn new(model: &'a Model, filter: Filter) -> Self {
        let n_nodes = model.node_ids().len();
        let mut census = Self {
            model,
            filter,
            shown: vec![true; n_nodes],
            modules: vec![0; n_nodes],
            lines: vec![0; n_nodes],
            hidden: Hidden::default(),
        };
        // A parent comes before its children: shown downwards, sums upwards.
        let nodes = model.top_down();
        for id in nodes.iter().copied().skip(1) {
            let node = model.node(id);
            let around = node.parent.is_none_or(|parent| census.shown[parent.0 as usize]);
            let test = node.test || matches!(node.kind, NodeKind::Target(kind) if is_extra(kind));
            let hidden_test = test && !filter.tests;
            let hidden_inactive = !node.active && !filter.inactive;
            census.shown[id.0 as usize] = around && !hidden_test && !hidden_inactive;
            if around && node.kind.is_module() {
                census.hidden.tests += u32::from(hidden_test);
                census.hidden.inactive += u32::from(hidden_inactive && !hidden_test);
            }
        }
        for id in nodes.iter().copied().skip(1).rev() {
            let node = model.node(id);
            if !census.shown[id.0 as usize] {
                continue;
            }
            // An item's lines are part of its module's.
            if !matches!(node.kind, NodeKind::Item(_)) {
                census.lines[id.0 as usize] += u64::from(node.lines);
            }
            let parent = node.parent.unwrap_or(WORKSPACE).0 as usize;
            census.lines[parent] += census.lines[id.0 as usize];
            census.modules[parent] += census.modules[id.0 as usize] + u32::from(node.kind == NodeKind::Module);
        }
        census
    }

    /// What opens below a node: its children, those of its only target for a package with one, items for a leaf.
    pub(super) fn contents(&self, node: NodeId) -> Vec<NodeId> {
        let shown = |id: &NodeId| self.shown[id.0 as usize];
        let children = self.model.children(node).iter().copied().filter(shown);
        match self.model.node(node).kind {
            NodeKind::Workspace => children.collect(),
            NodeKind::Package => {
                let targets: Vec<NodeId> = children.collect();
                match targets[..] {
                    [only] => self.contents(only),
                    _ => targets,
                }
            }
            NodeKind::Target(_) | NodeKind::Module => {
                let (modules, items): (Vec<NodeId>, Vec<NodeId>) =
                    children.partition(|id| self.model.node(*id).kind.is_module());
                if !modules.is_empty() || !self.filter.items {
                    return modules;
                }
                items.into_iter().filter(|id| is_box(self.model.node(*id).kind)).collect()
            }
            NodeKind::Item(_) => Vec::new(),
        }
    }

    /// What the box of a node is a picture of.
    pub(super) fn kind(&self, node: NodeId) -> BoxKind {
        match self.model.node(node).kind {
            // The workspace has no box of its own.
            NodeKind::Workspace | NodeKind::Module => BoxKind::Module,
            NodeKind::Package => BoxKind::Package(self.only_target(node).map(|(_, kind)| kind)),
            NodeKind::Target(kind) => BoxKind::Target(kind),
            NodeKind::Item(kind) => BoxKind::Item(kind),
        }
    }

    /// The target that hides behind its package.
    fn only_target(&self, package: NodeId) -> Option<(NodeId, TargetKind)> {
        let mut targets = self.model.children(package).iter().filter(|id| self.shown[id.0 as usize]);
        match (targets.next(), targets.next()) {
            (Some(target), None) => match self.model.node(*target).kind {
                NodeKind::Target(kind) => Some((*target, kind)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Modules below a node that are shown.
    pub(super) fn modules(&self, node: NodeId) -> u32 {
        self.modules[node.0 as usize]
    }

    pub(super) fn is_shown(&self, node: NodeId) -> bool {
        self.shown[node.0 as usize]
    }

    /// Lines of what is shown at and below a node.
    pub(super) fn lines(&self, node: NodeId) -> u64 {
        self.lines[node.0 as usize]
    }
}

/// Targets beside the product: built to check it, to measure it, or to build it.
pub(super) fn is_extra(kind: TargetKind) -> bool {
    kind.is_test() || kind == TargetKind::BuildScript
}

/// Items that have a box; the others belong to one that has.
pub(in crate::scene) fn is_box(kind: NodeKind) -> bool {
    use ItemKind::{AssocConst, AssocType, Impl, Method, Module, Variant};
    matches!(kind, NodeKind::Item(kind) if !matches!(kind, Module | Variant | Impl | Method | AssocConst | AssocType))
}
