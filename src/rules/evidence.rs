//! Which references count, and into which boundary they go.
//!
//! In: references of a model.  Out: those a rule may judge, and where their written route enters another boundary.  Not
//! here: whether that is allowed.

use std::collections::BTreeMap;

use super::Context;
use crate::boundary::{BoundaryId, Role};
use crate::facts::PathSource;
use crate::model::{Certainty, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind, Step};

/// Code that is built: not for tests alone, no link in a comment, no `pub(in path)`.
pub(super) fn counts(reference: &Reference) -> bool {
    !reference.test && !matches!(reference.kind, ReferenceKind::Doc | ReferenceKind::Visibility)
}

/// Enough for a violation: code of the analysed configuration whose meaning is known.
pub fn proves(reference: &Reference) -> bool {
    counts(reference) && reference.active && reference.certainty == Certainty::Resolved
}

/// Where a written route enters another boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The innermost boundary at `place`.
    pub(super) boundary: BoundaryId,
    /// The first module of it that the route names or looks a name up in.
    pub(super) place: NodeId,
    /// The index of the step that does.
    pub(super) step: usize,
}

/// References with what was found on them, by referring module and defining item.
pub(super) type Found<T> = BTreeMap<(NodeId, NodeId), Vec<(ReferenceId, T)>>;

impl Context<'_> {
    /// Every reference that the boundary rules may judge, with what `judge` finds on it.  Groups without any reference
    /// that [`proves`] are dropped; in each group such references come first.
    pub(super) fn collect<T>(&self, judge: impl Fn(NodeId, &[Step]) -> Option<T>) -> Found<T> {
        let mut found: Found<T> = BTreeMap::new();
        if self.boundaries.is_empty() {
            return found;
        }
        for edge in self.model.edge_ids() {
            let from = self.model.edge(edge).from;
            if self.boundaries.has_role(from, Role::TestSupport) {
                continue;
            }
            for (id, reference) in self.model.references_of(edge) {
                if counts(reference)
                    && self.is_written_in(from, reference)
                    && let Some(finding) = judge(from, self.model.steps_of(reference.route))
                {
                    found.entry((from, reference.to_item)).or_default().push((id, finding));
                }
            }
        }
        found.retain(|_, group| group.iter().any(|(id, _)| proves(self.model.reference(*id))));
        for group in found.values_mut() {
            group.sort_by_key(|(id, _)| (!proves(self.model.reference(*id)), *id));
        }
        found
    }

    /// The first place of the route that is in a boundary that `from` is not in: because a name is looked up there, or
    /// because it is named as a crate or a child module.  What another boundary's names stand for is not followed.
    pub(super) fn entry(&self, from: NodeId, steps: &[Step]) -> Option<Entry> {
        let foreign =
            |place: NodeId| self.boundaries.of(place).filter(|boundary| !self.boundaries.contains(*boundary, from));
        steps.iter().enumerate().find_map(|(index, step)| {
            let places = [Some(step.module), self.named_module(step)];
            places
                .into_iter()
                .flatten()
                .find_map(|place| foreign(place).map(|boundary| Entry { boundary, place, step: index }))
        })
    }

    /// The module that a step names in its own place: a crate, or a child of the module looked in; no re-export.
    pub(super) fn named_module(&self, step: &Step) -> Option<NodeId> {
        let node = self.model.node(step.node);
        let is_crate = matches!(node.kind, NodeKind::Target(_));
        (is_crate || (node.kind.is_module() && node.parent == Some(step.module))).then_some(step.node)
    }

    /// False for what a macro of another boundary wrote into `from`: its author is judged by that boundary's tests, and
    /// the caller wrote no more than the macro's name.
    fn is_written_in(&self, from: NodeId, reference: &Reference) -> bool {
        if reference.source != PathSource::MacroBody {
            return true;
        }
        let modules = self.modules_by_file.get(&reference.file).map_or(&[][..], Vec::as_slice);
        let around = modules.iter().filter(|module| {
            let span = self.model.node(**module).span;
            span.start <= reference.span.start && reference.span.end <= span.end
        });
        let author = around.max_by_key(|module| self.model.depth(**module));
        author.is_none_or(|author| self.boundaries.of(*author) == self.boundaries.of(from))
    }
}
