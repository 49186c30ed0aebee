//! Both revisions as one code tree, so that one picture shows them and nothing that persists has two places.
//!
//! In: two documents and what differs between them.  Out: a [`Union`]: a model in which what is at both is one node under
//! its later name, and what is gone stands beside it under its earlier one.  Not here: pictures, and what is told first.

mod findings;
mod overlay;
mod references;
#[cfg(test)]
mod tests;
mod tree;

use rustc_hash::FxHashMap;

use super::Comparison;
use super::moves::Moves;
use super::violations::Place;
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{EdgeId, Model, NodeId, NodeKind, Reference, ReferenceId};
use crate::snapshot::Document;
use crate::verdict::Standing;

/// What became of something from the earlier revision to the later one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    #[default]
    Kept,
    Changed,
    /// The same thing under another name.
    Moved,
    Added,
    Removed,
}

impl Fate {
    /// It is not as it was.
    pub fn differs(self) -> bool {
        self != Self::Kept
    }

    pub fn is_at(self, side: Side) -> bool {
        match side {
            Side::Before => self != Self::Added,
            Side::After => self != Self::Removed,
        }
    }

    /// What stands before it in lists and on pictures.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Kept => "",
            Self::Changed => "~",
            Self::Moved => "→",
            Self::Added => "+",
            Self::Removed => "−",
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "unchanged",
            Self::Changed => "changed",
            Self::Moved => "renamed or moved",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// One of the two revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Before,
    After,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Before, Self::After];
}

/// Two revisions as one.
#[derive(Debug)]
pub struct Union {
    /// References of both revisions, each once for each; its files and spans mean nothing: ask [`Self::place`].
    pub model: Model,
    pub boundaries: Boundaries,
    pub findings: Vec<Finding>,
    /// By node.
    states: Vec<State>,
    /// By boundary.
    fates_of_boundaries: Vec<Fate>,
    /// By the number that the span of a reference begins with.
    places: Vec<Place>,
}

/// A violation that one revision has and the other has not, or not in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `Added` is worse, `Removed` is fixed.
    pub fate: Fate,
    pub standing: Standing,
    /// The names of its ends in the union's model.
    pub from: String,
    pub to: String,
    /// References of the union that prove it; at the later revision, or for one that is fixed at the earlier one.
    pub evidence: Vec<ReferenceId>,
}

/// What is known of one node beside the model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct State {
    fate: Fate,
    /// Its earlier path, where that is another one.
    was: Option<Box<str>>,
    lines_before: u32,
}

impl Union {
    pub fn new(before: &Document<'_>, after: &Document<'_>, comparison: &Comparison) -> Self {
        let moves = Moves::new(before, after);
        let tree::Tree { mut builder, states, owners, of_before, of_after, .. } =
            tree::grown(before, after, &moves, comparison);
        let places = references::enter(before, &of_before, after, &of_after, &mut builder);
        let model = builder.freeze();
        let boundaries = overlay::laid(before, after, &moves, &owners, &model);
        let fates_of_boundaries = overlay::fates(&boundaries, comparison);
        let findings = findings::findings(before, after, &moves, comparison, &model, &places);
        Self { model, boundaries, findings, states, fates_of_boundaries, places }
    }

    pub fn fate(&self, node: NodeId) -> Fate {
        self.states[node.0 as usize].fate
    }

    pub fn fate_of_boundary(&self, boundary: BoundaryId) -> Fate {
        self.fates_of_boundaries[boundary.0 as usize]
    }

    /// The earlier path of what has another one now.
    pub fn was(&self, node: NodeId) -> Option<&str> {
        self.states[node.0 as usize].was.as_deref()
    }

    /// Lines of a module in the later revision, less those in the earlier one.
    pub fn growth(&self, node: NodeId) -> i64 {
        let (lines, before) = (self.model.node(node).lines, self.states[node.0 as usize].lines_before);
        if self.fate(node) == Fate::Removed { -i64::from(before) } else { i64::from(lines) - i64::from(before) }
    }

    /// In which revision a reference is.
    pub fn side(reference: &Reference) -> Side {
        if reference.file == references::BEFORE { Side::Before } else { Side::After }
    }

    /// Where a reference stands, in the files of its revision.
    pub fn place(&self, reference: &Reference) -> &Place {
        &self.places[reference.span.start as usize]
    }

    /// The references of some edges in one revision, those of tests only where asked for.
    pub fn references_at(
        &self,
        edges: impl IntoIterator<Item = EdgeId>,
        side: Side,
        with_tests: bool,
    ) -> Vec<ReferenceId> {
        let all = edges.into_iter().flat_map(|edge| self.model.references_of(edge));
        let wanted = all.filter(|(_, it)| Self::side(it) == side && (with_tests || !it.test));
        wanted.map(|(id, _)| id).collect()
    }

    /// What the first have that the second have not, and the other way round.  References are alike that name the same
    /// thing in the same way from the same item: lines move.
    pub fn unlike(&self, before: &[ReferenceId], after: &[ReferenceId]) -> (Vec<ReferenceId>, Vec<ReferenceId>) {
        let key = |id: &ReferenceId| {
            let it = self.model.reference(*id);
            (it.from_item, it.to_item, it.kind)
        };
        let mut counts: FxHashMap<_, i64> = FxHashMap::default();
        before.iter().for_each(|id| *counts.entry(key(id)).or_default() += 1);
        after.iter().for_each(|id| *counts.entry(key(id)).or_default() -= 1);
        let mut pick = |ids: &[ReferenceId], sign: i64| -> Vec<ReferenceId> {
            // From the end: of several that are alike, those further down are taken for the new ones.
            let mut picked: Vec<ReferenceId> = Vec::new();
            for id in ids.iter().rev() {
                let Some(count) = counts.get_mut(&key(id)).filter(|count| **count * sign > 0) else { continue };
                *count -= sign;
                picked.push(*id);
            }
            picked.reverse();
            picked
        };
        (pick(before, 1), pick(after, -1))
    }

    /// A node by its path in the later revision or, if it is gone, in the earlier one; packages by their names.
    pub fn find(&self, path: &str) -> Option<NodeId> {
        let package = || self.model.packages().find(|id| &*self.model.node(*id).name == path);
        self.model.find(path).or_else(package)
    }

    /// Nodes of another union by their paths: what was open there is open here.
    pub fn carried_over(&self, nodes: impl IntoIterator<Item = NodeId>, from: &Self) -> Vec<NodeId> {
        let packages: FxHashMap<&str, NodeId> =
            self.model.packages().map(|node| (self.model.path(node), node)).collect();
        let node = |node: NodeId| {
            let path = from.model.path(node);
            let was = from.was(node);
            if from.model.node(node).kind == NodeKind::Package {
                return packages.get(path).or_else(|| packages.get(was?)).copied();
            }
            self.model.find(path).or_else(|| self.model.find(was?))
        };
        nodes.into_iter().filter_map(node).collect()
    }
}
