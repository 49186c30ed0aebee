//! What is inside containers and boundaries: their rings, references to cut, cycles.
//!
//! In: a model, the boundaries on it, the measured graph.  Out: [`Inside`], [`Tangles`].  Not here: names of numbers
//! (`tangle`).

use std::collections::{BTreeMap, BTreeSet};

use super::lift;
use super::tangle::{self, Inner};
use super::value::Measure;
use crate::boundary::Boundaries;
use crate::model::{Model, NodeId, ReferenceId};
use crate::order::{self, Edge};

/// The strongly connected components of the module graph.
pub(super) struct Tangles {
    /// Of each node the size of its component.
    pub(super) sizes: Vec<u32>,
}

impl Tangles {
    pub(super) fn new(n: u32, edges: &[Edge]) -> Self {
        let mut sizes = vec![1; n as usize];
        for members in order::components(n, edges) {
            for member in &members {
                sizes[*member as usize] = members.len() as u32;
            }
        }
        Self { sizes }
    }

    pub(super) fn measures<'a>(&'a self, nodes: impl Iterator<Item = usize> + Clone + 'a) -> [Measure; 2] {
        let tangled = nodes.map(|node| self.sizes[node]).filter(|size| *size > 1);
        let largest = tangled.clone().max().unwrap_or(0);
        [tangle::LARGEST_TANGLE.count(largest), tangle::TANGLED_MODULES.count(tangled.count() as u64)]
    }
}

/// What is inside containers.
pub(super) struct Inside {
    pub(super) containers: BTreeMap<NodeId, Inner>,
    /// Of each boundary, the last for code in none.
    pub(super) to_cut: Vec<BTreeSet<ReferenceId>>,
    /// Members of rings.
    pub(super) ringed: BTreeSet<NodeId>,
}

impl Inside {
    pub(super) fn new(model: &Model, boundaries: &Boundaries) -> Self {
        let siblings = lift::siblings(model);
        let mut inside = Self {
            containers: BTreeMap::new(),
            to_cut: vec![BTreeSet::new(); boundaries.len() + 1],
            ringed: BTreeSet::new(),
        };
        for ((_, container), uses) in &siblings {
            let references = uses.values().map(|references| references.len() as u64).sum();
            let (edges, lines) = (uses.len() as u64, model.total_lines(*container));
            inside.containers.insert(*container, Inner { edges, references, to_cut: 0, lines });
        }
        for (container, ring) in lift::module_rings(model, boundaries, &siblings) {
            if let Some(inner) = inside.containers.get_mut(&container) {
                inner.to_cut += ring.references_to_cut() as u64;
            }
            let owner = ring.members.first().and_then(|member| boundaries.of(member.1));
            let owner = owner.map_or(boundaries.len(), |owner| owner.0 as usize);
            inside.to_cut[owner].extend(ring.cuts.iter().flat_map(|cut| &cut.references));
            inside.ringed.extend(ring.members.iter().map(|member| member.1));
        }
        inside
    }

    /// Lines below the topmost nodes that `holds` accepts.
    pub(super) fn lines(model: &Model, node: NodeId, holds: &impl Fn(NodeId) -> bool) -> u64 {
        if holds(node) {
            return model.total_lines(node);
        }
        model.children(node).iter().map(|child| Self::lines(model, *child, holds)).sum()
    }
}
