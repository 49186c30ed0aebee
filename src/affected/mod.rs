//! What a change reaches: packages that Cargo builds again, their programs and tests, boundaries, and modules by rings.
//!
//! In: a workspace with its sources, model and boundaries, and the paths of files that changed, or some code.  Out:
//! [`Affected`], or [`Blast`].  Whatever
//! is unclear counts as reached: a test that is run for nothing costs less than one that is not run.  Not here: which files
//! changed (`git`), and what Cargo would really do (a profile, a flag of the compiler, a cache).

mod blast;
mod modules;
mod packages;

pub use blast::{Blast, blast};

use std::collections::{BTreeMap, BTreeSet};

use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId};
use crate::source::SourceTree;
use crate::workspace::{PackageId, Workspace};

/// Everything that is asked of a revision.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    pub workspace: &'a Workspace,
    pub sources: &'a SourceTree,
    pub model: &'a Model,
    pub boundaries: &'a Boundaries,
}

/// What a change reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// The files, sorted.
    pub changed: Vec<String>,
    /// A file that every package depends on.
    pub everywhere: Option<String>,
    /// What is built again, and why.
    pub packages: BTreeMap<PackageId, Cause>,
    /// Packages of which only tests, examples and benchmarks are: a change in those, or in what they alone depend on.
    pub tests_alone: BTreeMap<PackageId, Cause>,
    /// Modules whose own text changed.
    pub modules: BTreeSet<NodeId>,
    /// Boundaries with such modules.
    pub boundaries: BTreeSet<BoundaryId>,
    /// Boundaries that use those, at whatever distance.
    pub reached: BTreeSet<BoundaryId>,
}

/// Why a package is reached.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The first of its files that changed, or one that its code includes.
    Changed(String),
    /// It depends on this package, which is nearer to the change.
    DependsOn(PackageId),
    /// Something that every package depends on changed.
    Everywhere,
}

/// What changed files reach; the paths are those of the workspace, with `/`.
pub fn affected(revision: Revision<'_>, changed: &[String]) -> Affected {
    let mut found = Affected { changed: changed.to_vec(), ..Affected::default() };
    found.changed.sort();
    found.changed.dedup();
    packages::reach(revision, &mut found);
    modules::reach(revision, &mut found);
    found
}

impl Affected {
    /// Every package of which something is to be built or run, sorted.
    pub fn all_packages(&self) -> impl Iterator<Item = PackageId> + '_ {
        let ids: BTreeSet<PackageId> = self.packages.keys().chain(self.tests_alone.keys()).copied().collect();
        ids.into_iter()
    }
}

#[cfg(test)]
mod tests;
