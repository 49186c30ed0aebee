//! Uses of third-party crates: what modules name outside the workspace.
//!
//! In: what `resolve` found, and the packages that the manifests name.  Out: [`ExternalUse`]s, sorted, and the questions
//! to them.  Not here: what is in those crates, and the standard library.

use std::sync::Arc;

use super::lists::Lists;
use super::{ExternalId, Model, NodeId, ReferenceKind, Symbol};
use crate::facts::PathSource;
use crate::source::{FileId, Span};

/// One place in the source that names something of a third-party crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExternalUse {
    /// The module that contains it.
    pub from: NodeId,
    /// The item around it; the module itself where there is none.
    pub from_item: NodeId,
    pub krate: ExternalId,
    /// The names after the crate's, those of the import that brought the first name included; empty for the crate.
    pub path: Symbol,
    /// The module whose re-export it went through, if that one names the crate.
    pub facade: Option<NodeId>,
    /// That re-export shows the crate or one of its modules whole, not a single thing of it.
    pub whole: bool,
    pub kind: ReferenceKind,
    pub source: PathSource,
    pub test: bool,
    pub active: bool,
    /// It stands where the declaration of `from_item` shows it: in a signature, a `pub` field, a bound.
    pub shown: bool,
    pub file: FileId,
    /// The path as written.
    pub span: Span,
    pub line: u32,
    pub column: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Externals {
    /// Names of packages, sorted.
    crates: Arc<[Box<str>]>,
    /// By the paths of their modules, then by crate and place.
    pub(super) uses: Vec<ExternalUse>,
}

impl Externals {
    pub(super) fn set_crates<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.crates = names.into_iter().map(Box::from).collect();
    }

    /// All but the uses in these files.
    pub(super) fn without(&self, files: &[FileId]) -> Self {
        let uses = self.uses.iter().filter(|used| !files.contains(&used.file)).copied().collect();
        Self { crates: Arc::clone(&self.crates), uses }
    }

    /// By the rank of their modules; of those that are alike the first is kept.
    pub(super) fn sort(&mut self, rank: impl Fn(NodeId) -> u32, lists: &Lists) {
        let key = |it: &ExternalUse| (rank(it.from), it.krate, it.file, it.span, it.kind, lists.name(it.path));
        self.uses.sort_by(|a, b| key(a).cmp(&key(b)));
        self.uses.dedup_by(|a, b| key(a) == key(b));
    }
}

impl Model {
    /// The third-party packages that the manifests of the workspace name, used or not, sorted by name.
    pub fn external_crates(&self) -> impl ExactSizeIterator<Item = (ExternalId, &str)> {
        self.externals.crates.iter().enumerate().map(|(index, name)| (ExternalId(index as u32), &**name))
    }

    pub fn external_crate(&self, id: ExternalId) -> &str {
        &self.externals.crates[id.0 as usize]
    }

    /// Sorted by the paths of their modules, then by crate and place.
    pub fn external_uses(&self) -> &[ExternalUse] {
        &self.externals.uses
    }
}
