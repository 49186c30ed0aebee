//! What is known of revisions, one after the other.
//!
//! In: commits, from `git`, and what an analysis found in each.  Out: [`History`], and the [`Life`] of each violation.
//! Not here: reading commits, and what a commit's sources say (`analysis`).

mod behaviour;
mod branches;
mod churn;
mod commit;
mod lives;
mod moves;
mod point;
mod stills;
mod survival;

use std::collections::BTreeMap;

pub use behaviour::{Behaviour, Belonging, CoChange, Ground, Hotspot, MAX_FILES_OF_COMMIT, Share, Team, Weight};
pub use churn::{CHURN_DAYS, Churn};
pub use commit::{Commit, CommitId, Moment};
pub use lives::{Life, Span, lives};
pub use moves::{Home, Moves};
pub use point::{Difference, Edge, Hole, Identity, IntentChange, JudgedBy, Point, State};
pub use survival::Survival;

/// Commits of a branch, and what is known of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What the repository is called.
    pub workspace: String,
    pub judged_by: JudgedBy,
    /// Each after its parents, the oldest first.
    pub points: Vec<Point>,
    /// Nothing lies before the first point: what it has came with it.
    pub is_whole: bool,
    /// By the point of a merge and the identity of a violation that it brought: the commit that made it on the branch that
    /// was merged.
    pub on_branches: BTreeMap<(usize, String), Commit>,
    /// The tags of commits, sorted; also of commits that were not looked at.
    pub tags: BTreeMap<CommitId, Vec<String>>,
    /// What could not be looked at, in sentences.
    pub notes: Vec<String>,
    /// What a person may want to know of how this was found, and what is no property of it, in sentences.
    pub remarks: Vec<String>,
}

impl History {
    /// The points that follow each other on the branch itself.
    pub fn chain(&self) -> Vec<usize> {
        let last = self.points.len().checked_sub(1);
        let mut chain: Vec<usize> = std::iter::successors(last, |at| self.points[*at].before).collect();
        chain.reverse();
        chain
    }

    /// The points at which `check` would have stopped somebody, had all that was there before been accepted, the oldest
    /// first.  What is there at the first one of a part of a history came with nobody knows which commit.
    pub fn stopped(&self) -> impl DoubleEndedIterator<Item = (usize, &State)> {
        let states = self.points.iter().enumerate().filter_map(|(at, point)| Some((at, point.state.as_ref().ok()?)));
        states.filter(|(at, state)| !state.failing.is_empty() && (self.is_whole || *at > 0))
    }

    pub fn lives(&self) -> Vec<Life> {
        lives(&self.points, self.chain())
    }

    /// Finds who introduced what merges brought among the points themselves, which have the commits of branches, too.
    pub fn look_on_branches(&mut self) {
        self.on_branches = branches::on_branches(self, &self.lives());
    }

    /// How long violations of each rule live, by the name of the rule.
    pub fn survival(&self, lives: &[Life]) -> BTreeMap<&'static str, Survival> {
        survival::by_rule(self, lives)
    }

    /// The commit that introduced a violation: of a merge, the one on the branch that it merged, where that is known.
    /// `None` if it was there before the first commit that was looked at.
    pub fn introducing(&self, span: &Span) -> Option<&Commit> {
        let at = span.introduced;
        if self.points[at].before.is_none() && !self.is_whole {
            return None;
        }
        let on_branch = self.on_branches.get(&(at, span.id.clone()));
        Some(on_branch.unwrap_or(&self.points[at].commit))
    }
}
