//! Which references count, and into which boundary they go.
//!
//! In: references and passages of a model.  Out: those a rule may judge, and where their written route enters another boundary.  Not
//! here: whether that is allowed.

use std::collections::BTreeMap;

use super::Context;
use crate::boundary::{Entry, Role};
use crate::facts::PathSource;
use crate::model::{NodeId, Passage, ReferenceId, Step};

/// References with what was found on them, by referring module and defining item.
pub(super) type Found<T> = BTreeMap<(NodeId, NodeId), Vec<(ReferenceId, T)>>;

/// Passages with what was found on them, by referring module and re-exported name.
pub(super) type FoundPassages<'m, T> = BTreeMap<(NodeId, String), Vec<(&'m Passage, T)>>;

impl Context<'_> {
    /// Every reference that the boundary rules may judge, with what `judge` finds on it.  Groups without any reference
    /// that proves anything are dropped; in each group such references come first.
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
                if reference.counts()
                    && self.authors.is_written_in(self.model, self.boundaries, from, reference)
                    && let Some(finding) = judge(from, self.model.steps_of(reference.route))
                {
                    found.entry((from, reference.to_item)).or_default().push((id, finding));
                }
            }
        }
        found.retain(|_, group| group.iter().any(|(id, _)| self.model.reference(*id).proves()));
        for group in found.values_mut() {
            group.sort_by_key(|(id, _)| (!self.model.reference(*id).proves(), *id));
        }
        found
    }

    /// The same of passages, by referring module and the name that another module re-exports.  What macros write is judged
    /// where the macro is.
    pub(super) fn collect_passages<T>(&self, judge: impl Fn(NodeId, &[Step]) -> Option<T>) -> FoundPassages<'_, T> {
        let mut found = FoundPassages::new();
        if self.boundaries.is_empty() {
            return found;
        }
        let written = self.model.passages().iter().filter(|it| it.proves() && it.source != PathSource::MacroBody);
        for passage in written.filter(|it| !self.boundaries.has_role(it.from, Role::TestSupport)) {
            if let (Some(exit), Some(finding)) =
                (self.model.exit_of(passage), judge(passage.from, self.model.steps_of(passage.route)))
            {
                let name = format!("{}::{}", self.model.path(exit.module), self.model.symbol(exit.name));
                found.entry((passage.from, name)).or_default().push((passage, finding));
            }
        }
        found
    }

    /// [`crate::boundary::Boundaries::entry`]
    pub(super) fn entry(&self, from: NodeId, steps: &[Step]) -> Option<Entry> {
        self.boundaries.entry(self.model, from, steps)
    }
}
