//! From commit to commit of one repository: each analysis starts from the one before.
//!
//! In: a path in a repository, then commits in any order.  Out: an [`Analysis`] of each, equal to a fresh one.  Not here:
//! which commits (`evolve`).

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::past::Past;
use super::revision::Commits;
use super::{Analysis, AnalysisError, Asked, Gathered, Progress, Rules, Session};
use crate::git::Repository;
use crate::history::{Commit, CommitId};

/// A repository whose commits are looked at one after the other.
pub struct Follower {
    commits: Commits,
    session: Option<Session>,
}

impl Follower {
    /// # Errors
    /// No repository, or something asked for that no commit has.
    pub fn open(path: &Path, asked: &Asked) -> Result<Self, AnalysisError> {
        Self::under(path, asked, &Rules::Today)
    }

    /// [`Self::open`], with commits judged by other rules than those of today.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(super) fn under(path: &Path, asked: &Asked, rules: &Rules) -> Result<Self, AnalysisError> {
        let commits = Commits::open(path, asked, "a history", rules)?.in_a_row();
        Ok(Self { commits, session: None })
    }

    pub fn repository(&self) -> &Repository {
        &self.commits.repository
    }

    /// Everything that the result for a commit depends on beside the commit.
    pub(super) fn depends_on(&self) -> Vec<String> {
        self.commits.depends_on()
    }

    /// What today's riprap.toml would have said at earlier commits; `links` as [`Past::new`] has them.
    ///
    /// # Errors
    /// As [`Past::new`].
    pub(super) fn past(&self, links: &[(CommitId, CommitId)], cancel: &AtomicBool) -> Result<Past, AnalysisError> {
        let Commits { intents, repository, .. } = &self.commits;
        match intents.config() {
            Some(config) => Past::new(repository, &intents.folder(repository), &config, links, cancel),
            None => Ok(Past::default()),
        }
    }

    pub(super) fn with_past(mut self, past: Arc<Past>) -> Self {
        self.commits.past = past;
        self
    }

    /// Commits of which nothing is known are judged by what this one is.
    pub(super) fn judge_like(&mut self, commit: CommitId) {
        self.commits.like = Some(commit);
    }

    pub(super) fn judges_by_own(&self) -> bool {
        self.commits.intents.are_own()
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
