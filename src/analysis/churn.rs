//! How often the files of a workspace change.
//!
//! In: the workspace's folder, in a repository.  Out: [`Churn`] of the last year of its branch.  Nothing is analysed: only
//! the lists of files are compared, commit by commit.  Not here: what follows from it (`history`).

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{AnalysisError, Asked, Phase, Progress};
use crate::git::{Change, GitError, Repository};
use crate::history::{Churn, Commit};

/// Goes through the commits that lead to what is looked at; of a merge, to what it merged into.
///
/// # Errors
/// In a few words, why nothing is known: no repository, no second commit, objects that are not there, and `cancel`.
pub fn churn(
    root: &Path,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Churn, String> {
    match counted(root, asked, progress, cancel) {
        Ok(churn) if !churn.is_empty() => Ok(churn),
        Ok(churn) if churn.missing() > 0 => Err("the files of commits are not in this clone".to_owned()),
        Ok(_) => Err("the repository has no more than one commit".to_owned()),
        Err(AnalysisError::Git(GitError::NoRepository { .. })) => Err("there is no git repository".to_owned()),
        Err(error) => Err(error.to_string().lines().next().unwrap_or_default().to_owned()),
    }
}

fn counted(
    root: &Path,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Churn, AnalysisError> {
    let repository = Repository::open(root)?;
    let newest = repository.revision(asked.commit().unwrap_or("HEAD"))?;
    let mut churn = Churn::new(repository.at(), newest.committed);
    let commits = repository.newest(newest.id, churn.since(), usize::MAX)?;
    let recent: Vec<&Commit> = commits.iter().collect();
    let done = AtomicUsize::new(0);
    let changes_of = |commit: &&Commit| -> Option<Result<Vec<Change>, GitError>> {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let done = done.fetch_add(1, Ordering::Relaxed);
        if done.is_multiple_of(50) {
            progress(Progress { phase: Phase::Commits, done, total: recent.len() });
        }
        // The first commit of all brings everything.
        commit.parents.first().map(|parent| repository.changes(*parent, commit.id))
    };
    let found: Vec<_> = recent.par_iter().map(changes_of).collect();
    if cancel.load(Ordering::Relaxed) {
        return Err(AnalysisError::Cancelled);
    }
    for (commit, changes) in recent.into_iter().zip(found) {
        match changes {
            Some(Ok(changes)) => {
                let files = changes.iter().map(|it| (it.path.as_str(), it.before.as_ref(), it.after.as_ref()));
                churn.add(commit.committed, files);
            }
            Some(Err(_)) => churn.add_missing(),
            None => {}
        }
    }
    Ok(churn)
}
