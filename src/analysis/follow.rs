//! From commit to commit of one repository: each analysis starts from the one before.
//!
//! In: a path in a repository, then commits in any order.  Out: an [`Analysis`] of each, equal to a fresh one.  Not here:
//! which commits (`evolve`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::revision::Commits;
use super::{Analysis, AnalysisError, Asked, Gathered, Progress, Session};
use crate::git::Repository;
use crate::history::Commit;

/// A repository whose commits are looked at one after the other.
pub struct Follower {
    commits: Commits,
    session: Option<Session>,
}

impl Follower {
    /// # Errors
    /// No repository, or something asked for that no commit has.
    pub fn open(path: &Path, asked: &Asked) -> Result<Self, AnalysisError> {
        Ok(Self { commits: Commits::open(path, asked, "a history")?, session: None })
    }

    pub fn repository(&self) -> &Repository {
        &self.commits.repository
    }

    /// The analysis of a commit.
    ///
    /// # Errors
    /// A commit without a workspace, one whose files are not known, and `cancel`.
    pub fn look(
        &mut self,
        commit: &Commit,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        let gathered = self.gathered(commit, cancel)?;
        self.analyze(gathered, progress, cancel)
    }

    pub(super) fn gathered(&mut self, commit: &Commit, cancel: &AtomicBool) -> Result<Gathered, AnalysisError> {
        self.commits.gathered(commit, cancel)
    }

    /// Whether the last analysis is one of just this state, but for the day.
    pub(super) fn is_at(&self, gathered: &Gathered) -> bool {
        self.session.as_ref().is_some_and(|session| session.is_at(gathered))
    }

    pub(super) fn analyze(
        &mut self,
        gathered: Gathered,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        if let Some(session) = &mut self.session {
            return session.next(gathered, progress, cancel);
        }
        let (session, analysis) = Session::start(gathered, progress, cancel)?;
        self.session = Some(session);
        Ok(analysis)
    }
}
