//! Passages: what modules name of third-party crates or of the standard library because another module re-exports it.
//!
//! In: what `resolve` found.  Out: [`Passage`]s, sorted, and the questions to them.  They are no edges, since nothing of the
//! workspace defines what is named; but code that names `core::Rope` needs `core`.  Not here: what is in those crates.

use super::{ExternalId, ListId, Model, NodeId, ReferenceKind, Step};
use crate::facts::PathSource;
use crate::source::{FileId, Span};

/// One place in the source that names what another module re-exports from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The module that contains it.
    pub from: NodeId,
    /// The item around it; the module itself where there is none.
    pub from_item: NodeId,
    /// Where it leads; [`ExternalId::UNKNOWN`] for the standard library, and where a glob hides it.
    pub krate: ExternalId,
    /// The modules of the names that are written.
    pub named: ListId,
    /// The modules whose re-exports it went through.
    pub facades: ListId,
    /// The written route; the step that leads outside has its own module for a node.
    pub route: ListId,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub test: bool,
    pub active: bool,
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    pub line: u32,
    pub column: u32,
}

impl Passage {
    /// Enough for a violation: code of the analysed configuration, outside tests.
    pub fn proves(&self) -> bool {
        self.active && !self.test
    }
}

/// By the rank of their modules; of those that are alike the first is kept.
pub(super) fn sort(passages: &mut Vec<Passage>, rank: impl Fn(NodeId) -> u32) {
    let key = |it: &Passage| (rank(it.from), it.krate, it.file, it.span, it.kind);
    passages.sort_by_key(key);
    passages.dedup_by_key(|it| key(it));
}

impl Model {
    /// Sorted by the paths of their modules, then by crate and place.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Passages by module and by the crate that they lead to.
    pub fn passages_by_end(&self) -> impl Iterator<Item = &[Passage]> {
        self.passages.chunk_by(|a, b| (a.from, a.krate) == (b.from, b.krate))
    }

    /// The name by which a passage leaves the workspace, and the module that re-exports it.
    pub fn exit_of(&self, passage: &Passage) -> Option<Step> {
        self.steps_of(passage.route).last().copied()
    }
}
