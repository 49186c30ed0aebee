//! The graph that is measured: modules that are built, and what they need of each other.
//!
//! In: a model.  Out: [`Graph`] over ids `0..n`, an edge weighing its references.  Not here: numbers.
//!
//! What counts: code outside tests, examples, benchmarks and build scripts, active in the analysed configuration; a
//! reference to the item that its path resolves to, whatever re-exports it went through; no link in a comment, no
//! `pub(in path)`.  A parent and its child module count like any two: their `mod` line is no reference.

use crate::model::{Model, NodeId, NodeKind, Reference, ReferenceId};
use crate::order::Edge;
use crate::workspace::TargetKind;

pub(super) struct Graph {
    /// Ascending.
    pub(super) modules: Vec<NodeId>,
    /// From, to, references: sorted as the model's edges are.
    pub(super) edges: Vec<Edge>,
    /// All references that count.
    pub(super) references: Vec<ReferenceId>,
}

/// Of the code that is built, active ones alone.
pub(super) fn counts(reference: &Reference) -> bool {
    reference.counts() && reference.active
}

impl Graph {
    pub(super) fn new(model: &Model) -> Self {
        let modules: Vec<NodeId> = model.module_ids().filter(|id| is_measured(model, *id)).collect();
        let mut edges = Vec::new();
        let mut references = Vec::new();
        for id in model.edge_ids() {
            let edge = model.edge(id);
            let ends = (modules.binary_search(&edge.from), modules.binary_search(&edge.to));
            let (Ok(from), Ok(to)) = ends else { continue };
            let before = references.len();
            references.extend(model.references_of(id).filter(|(_, it)| counts(it)).map(|(id, _)| id));
            if references.len() > before {
                edges.push((from as u32, to as u32, (references.len() - before) as u64));
            }
        }
        Self { modules, edges, references }
    }

    pub(super) fn len(&self) -> u32 {
        self.modules.len() as u32
    }
}

fn is_measured(model: &Model, id: NodeId) -> bool {
    let node = model.node(id);
    let is_part_of_product = |kind: TargetKind| !kind.is_test() && kind != TargetKind::BuildScript;
    let target = model.target_of(id).map(|target| model.node(target).kind);
    !node.test && node.active && matches!(target, Some(NodeKind::Target(kind)) if is_part_of_product(kind))
}
