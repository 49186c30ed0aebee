//! Commits of a history once more, each with its whole analysis: a history keeps little of it.
//!
//! In: a history, and how it was found.  Out: an [`Analysis`] of any of its commits, judged as it was there.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Stretch, links};
use crate::analysis::{Analysis, AnalysisError, Asked, Follower};
use crate::history::{Commit, History};

/// Looks at commits, best in an order in which each is near the one before.
pub struct Revisit {
    follower: Follower,
}

impl Revisit {
    /// # Errors
    /// As [`super::evolve`].
    pub fn new(
        path: &Path,
        asked: &Asked,
        stretch: &Stretch,
        history: &History,
        cancel: &AtomicBool,
    ) -> Result<Self, AnalysisError> {
        let follower = Follower::under(path, asked, &stretch.rules)?;
        let commits: Vec<Commit> = history.points.iter().map(|point| point.commit.clone()).collect();
        let past = follower.past(&links(follower.repository(), &commits, stretch.route)?, cancel)?;
        Ok(Self { follower: follower.with_past(Arc::new(past)) })
    }

    /// # Errors
    /// As [`Follower::look`].
    pub fn look(&mut self, commit: &Commit, cancel: &AtomicBool) -> Result<Analysis, AnalysisError> {
        self.follower.look(commit, &|_| {}, cancel)
    }
}
