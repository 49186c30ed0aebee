//! One commit after the other, as what it is compared by.
//!
//! In: commits, in an order in which each is near the one before.  Out: [`Seen`], and the [`State`] of one after another.
//! Not here: which commits, and who looks at which (`work`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::observed::Observed;
use crate::analysis::{AnalysisError, Follower};
use crate::cache::Found;
use crate::git::GitError;
use crate::history::{Commit, CommitId, Hole};
use crate::model::Model;

/// A commit that could be analysed.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) observed: Arc<Observed>,
    model: Arc<Model>,
}

/// What the next commit is compared with: the last one of which something is known.
pub(super) type Before = Option<(CommitId, Arc<Observed>)>;

/// Looks at one commit after the other.
pub(super) struct Looker<'a> {
    pub(super) follower: Follower,
    /// What was seen last, if it depends on no day.
    last: Option<Seen>,
    /// What was found last is so wherever the commit is.
    pub(super) is_final: bool,
    cancel: &'a AtomicBool,
}

impl<'a> Looker<'a> {
    pub(super) fn new(follower: Follower, cancel: &'a AtomicBool) -> Self {
        Self { follower, last: None, is_final: false, cancel }
    }

    /// What is known of a commit after another; the other is replaced by this one, if something is.
    pub(super) fn found(&mut self, commit: &Commit, before: &mut Before) -> Result<Found, AnalysisError> {
        let seen = match self.look(commit)? {
            Ok(seen) => seen,
            Err(hole) => return Ok(Err(hole)),
        };
        let earlier = before.as_ref().map(|(_, observed)| &**observed);
        self.is_final = seen.observed.is_whole() && earlier.is_none_or(Observed::is_whole);
        let mut state = seen.observed.since(earlier, &|path| seen.model.find(path).is_some());
        if self.follower.judges_by_own()
            && let Some(earlier) = earlier
        {
            state.intent = seen.observed.allows_since(earlier);
        }
        *before = Some((commit.id, seen.observed));
        Ok(Ok(state))
    }

    pub(super) fn look(&mut self, commit: &Commit) -> Result<Result<Seen, Hole>, AnalysisError> {
        let gathered = match self.follower.gathered(commit, self.cancel) {
            Ok(gathered) => gathered,
            Err(AnalysisError::Cancelled | AnalysisError::Git(GitError::Cancelled)) => {
                return Err(AnalysisError::Cancelled);
            }
            Err(error) => {
                self.is_final =
                    matches!(error, AnalysisError::Git(GitError::NoManifest { .. } | GitError::Manifest { .. }));
                return Ok(Err(Hole { reason: error.to_string() }));
            }
        };
        if let Some(last) = &self.last
            && self.follower.is_at(&gathered)
        {
            return Ok(Ok(last.clone()));
        }
        self.last = None;
        let analysis = self.follower.analyze(gathered, &|_| {}, self.cancel)?;
        if let Some(problem) = analysis.problems.first() {
            self.is_final = true;
            let reason = format!("riprap.toml does not fit this commit: {}", problem.message);
            return Ok(Err(Hole { reason }));
        }
        let seen = Seen { observed: Arc::new(Observed::new(&analysis)), model: Arc::clone(&analysis.model) };
        if analysis.verdict.date.is_none() {
            self.last = Some(seen.clone());
        }
        Ok(Ok(seen))
    }
}
