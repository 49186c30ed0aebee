//! The code that declarations are laid over.
//!
//! In: parts of a revision.  Out: one value to hand on.  Not here: what is declared.

use std::sync::Arc;

use super::{Boundaries, FileOwners, Ground};
use crate::model::{Model, NodeId};
use crate::source::SourceTree;

/// Everything that a declaration can be about.
#[derive(Clone, Copy, Debug)]
pub struct Code<'a> {
    pub model: &'a Model,
    /// The folder of each package node, relative to the riprap.toml.
    pub folders: &'a [(NodeId, String)],
    pub sources: &'a SourceTree,
    /// As CODEOWNERS says, if there is one.
    pub owners: Option<&'a Arc<FileOwners>>,
}

impl<'a> Code<'a> {
    /// What the queries of riprap.toml are asked of; references that only tests have do not count.
    pub(super) fn ground(self, boundaries: &'a Boundaries) -> Ground<'a> {
        let Self { model, folders, sources, .. } = self;
        Ground { model, folders, boundaries, sources, tests: false }
    }
}
