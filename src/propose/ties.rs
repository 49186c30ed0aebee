//! What ties pieces of code to each other: references, and being changed together.
//!
//! In: a model and pieces of its code; pairs that commits changed together.  Out: [`Ties`], sums of references between two
//! pieces.  Tests say nothing here.  Not here: which pieces are one boundary.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Model, NodeId};

/// Two pieces of code that are changed together more often than chance would have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Together {
    /// The one that fewer commits changed.
    pub a: NodeId,
    pub b: NodeId,
    /// Commits that changed `a`, and of those the ones that changed both.
    pub of: usize,
    pub together: usize,
    /// How much more often that is than if they had nothing to do with each other.
    pub lift: f64,
}

impl Together {
    /// Of the commits that changed the rarer one, the share that changed the other, too.
    pub(super) fn confidence(&self) -> f64 {
        self.together as f64 / self.of.max(1) as f64
    }
}

/// How many references lead from one piece to another, by their indices.
pub(super) type References = BTreeMap<(usize, usize), u64>;

#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    pub(super) references: References,
}

impl Ties {
    /// A piece is what lies in it and in no other one.
    pub(super) fn of(model: &Model, pieces: &[NodeId]) -> Self {
        let index: FxHashMap<NodeId, usize> = pieces.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        let piece = |node: NodeId| model.ancestors(node).find_map(|node| index.get(&node).copied());
        let mut found = Self::default();
        for (at, edge) in model.edges().iter().enumerate().filter(|(_, edge)| edge.active && !edge.test) {
            let (Some(from), Some(to)) = (piece(edge.from), piece(edge.to)) else { continue };
            let references = model.references_of(crate::model::EdgeId(at as u32));
            let count = references.filter(|(_, reference)| reference.counts()).count() as u64;
            if from != to && count > 0 {
                *found.references.entry((from, to)).or_default() += count;
            }
        }
        found
    }
}
