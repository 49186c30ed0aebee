//! What differs from a commit, and what that reaches.
//!
//! In: a path in a repository, a revision, and what is asked for: another revision, or the files on disk.  Out: an
//! [`Analysis`] and an [`Affected`].  Not here: how far a change reaches (`affected`).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::{Analysis, AnalysisError, Asked, Progress, open};
use crate::affected::{Affected, Revision, affected};
use crate::git::Repository;
use crate::history::CommitId;
use crate::load;
use crate::source::{join, normalize, seen_from};

/// Analyses a workspace, and finds what it reaches that it is not as it was in the revision `since`.
///
/// # Errors
/// As [`open`]; no repository, and no such revision.
pub fn affected_since(
    path: &Path,
    asked: &Asked,
    since: &str,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<(Analysis, Affected), AnalysisError> {
    let repository = Repository::open(path)?;
    let before = repository.revision(since)?.id;
    let analysis = open(path, asked, progress, cancel)?;
    let found = analysis.affected(&repository, before)?;
    Ok((analysis, found))
}

impl Analysis {
    /// What differs here from a commit, and what that reaches.
    ///
    /// # Errors
    /// Objects that cannot be read.
    pub fn affected(&self, repository: &Repository, before: CommitId) -> Result<Affected, AnalysisError> {
        let folder = self.root.strip_prefix(repository.root()).unwrap_or(Path::new(""));
        let folder = normalize(&folder.to_string_lossy());
        let changed = match &self.commit {
            Some(commit) => repository.changes(before, commit.id)?.into_iter().map(|change| change.path).collect(),
            None => on_disk(repository, before, self, &folder)?,
        };
        let changed: Vec<String> = changed.iter().map(|path| seen_from(&folder, path)).collect();
        let Self { workspace, sources, model, boundaries, .. } = self;
        Ok(affected(Revision { workspace, sources, model, boundaries }, &changed))
    }
}

/// Paths from the root of the repository.
fn on_disk(
    repository: &Repository,
    before: CommitId,
    analysis: &Analysis,
    folder: &str,
) -> Result<BTreeSet<String>, AnalysisError> {
    let read = |path: &str| load::contents(&repository.root().join(path)).ok();
    let (listing, _) = repository.listing(before)?;
    let mut changed: BTreeSet<String> = repository.edited(&listing, &read).into_iter().collect();
    let head = repository.revision("HEAD")?.id;
    let added = repository.changes(before, head)?.into_iter().filter(|change| change.before.is_none());
    changed.extend(added.map(|change| change.path));
    // What git does not know yet counts if it is code.
    let sources = analysis.sources.ids().map(|id| join(folder, &analysis.sources.file(id).path));
    changed.extend(sources.filter(|path| listing.file(path).is_none()));
    Ok(changed)
}
