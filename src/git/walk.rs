//! The commits of a range, one after the other.
//!
//! In: where a range begins and ends.  Out: its commits from the oldest to the newest.  Not here: what they hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::revision::object_id;
use super::{GitError, Repository};
use crate::history::{Commit, CommitId, Moment};

/// Which commits count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The branch as its maintainers see it: of a merge, what it merged into.
    #[default]
    FirstParent,
    /// Those of merged branches, too.
    All,
}

/// A range of commits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Each after its parents, the oldest first.
    pub commits: Vec<Commit>,
    /// The clone is shallow, and older commits were not fetched.
    pub is_cut: bool,
}

impl Repository {
    /// The commits that lead to `to`, without those that lead to `from`.
    ///
    /// # Errors
    /// A commit on the way that is not there or cannot be read.
    pub fn walk(&self, from: Option<CommitId>, to: CommitId, route: Route) -> Result<Walk, GitError> {
        let mut reader = Reader::new(self);
        match route {
            Route::FirstParent => reader.chain(from, to),
            Route::All => reader.graph(from, to),
        }
    }
}

impl Repository {
    /// Of the commits on the way to `to`, as maintainers see it, those since a moment, and at most so many; the newest first.
    ///
    /// # Errors
    /// A commit on the way that is not there or cannot be read.
    pub fn newest(&self, to: CommitId, since: Moment, at_most: usize) -> Result<Vec<Commit>, GitError> {
        let mut reader = Reader::new(self);
        let mut commits = Vec::new();
        let mut next = Some(to);
        while let Some(id) = next.filter(|_| commits.len() < at_most) {
            let commit = reader.read(id)?;
            if commit.committed < since {
                break;
            }
            next = commit.parents.first().copied();
            commits.push(commit);
        }
        Ok(commits)
    }
}

struct Reader<'a> {
    repository: &'a Repository,
    local: gix::Repository,
    /// Commits whose parents were not fetched.
    ends: FxHashSet<CommitId>,
    is_cut: bool,
}

impl<'a> Reader<'a> {
    fn new(repository: &'a Repository) -> Self {
        let local = repository.local();
        let ends = local.shallow_commits().ok().flatten();
        let ends = ends.iter().flat_map(|ends| ends.iter()).map(|id| CommitId::new(id.as_bytes())).collect();
        Self { repository, local, ends, is_cut: false }
    }

    /// A commit, with those parents that were fetched.
    fn read(&mut self, id: CommitId) -> Result<Commit, GitError> {
        let mut commit = self.repository.read_commit(&self.local, object_id(id))?;
        if self.ends.contains(&id) && !commit.parents.is_empty() {
            self.is_cut = true;
            commit.parents.clear();
        }
        Ok(commit)
    }

    fn chain(&mut self, from: Option<CommitId>, to: CommitId) -> Result<Walk, GitError> {
        let mut commits = Vec::new();
        let mut next = Some(to);
        while let Some(id) = next.filter(|id| Some(*id) != from) {
            let commit = self.read(id)?;
            next = commit.parents.first().copied();
            commits.push(commit);
        }
        let is_on_the_way = next.is_some();
        if let Some(from) = from.filter(|_| !is_on_the_way) {
            // It lies on a branch that was merged, or on another one altogether.
            let known = self.ancestors(from)?;
            commits.retain(|commit| !known.contains(&commit.id));
        }
        commits.reverse();
        Ok(Walk { commits, is_cut: self.is_cut && !is_on_the_way })
    }

    fn graph(&mut self, from: Option<CommitId>, to: CommitId) -> Result<Walk, GitError> {
        let known = from.map_or_else(|| Ok(FxHashSet::default()), |from| self.ancestors(from))?;
        self.is_cut = false;
        let mut found: FxHashMap<CommitId, Commit> = FxHashMap::default();
        let mut open = vec![to];
        while let Some(id) = open.pop() {
            if known.contains(&id) || found.contains_key(&id) {
                continue;
            }
            let commit = self.read(id)?;
            open.extend(commit.parents.iter().copied());
            found.insert(id, commit);
        }
        Ok(Walk { commits: parents_first(found), is_cut: self.is_cut })
    }

    fn ancestors(&mut self, of: CommitId) -> Result<FxHashSet<CommitId>, GitError> {
        let mut found = FxHashSet::default();
        let mut open = vec![of];
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(self.read(id)?.parents);
            }
        }
        Ok(found)
    }
}

/// Each commit after its parents; of those that could come next, the one that was committed first.
fn parents_first(mut found: FxHashMap<CommitId, Commit>) -> Vec<Commit> {
    let mut children: FxHashMap<CommitId, Vec<CommitId>> = FxHashMap::default();
    let mut missing: FxHashMap<CommitId, usize> = FxHashMap::default();
    let mut ready = BinaryHeap::new();
    let mut all: Vec<&Commit> = found.values().collect();
    all.sort_by_key(|commit| commit.id);
    for commit in all {
        let parents: FxHashSet<CommitId> = commit.parents.iter().filter(|id| found.contains_key(id)).copied().collect();
        missing.insert(commit.id, parents.len());
        if parents.is_empty() {
            ready.push(Reverse((commit.committed, commit.id)));
        }
        for parent in commit.parents.iter().filter(|id| parents.contains(id)) {
            let of_parent = children.entry(*parent).or_default();
            if of_parent.last() != Some(&commit.id) {
                of_parent.push(commit.id);
            }
        }
    }
    let mut sorted = Vec::with_capacity(found.len());
    while let Some(Reverse((_, id))) = ready.pop() {
        for child in children.remove(&id).unwrap_or_default() {
            let left = missing.entry(child).or_default();
            *left = left.saturating_sub(1);
            if *left == 0
                && let Some(commit) = found.get(&child)
            {
                ready.push(Reverse((commit.committed, child)));
            }
        }
        sorted.extend(found.remove(&id));
    }
    sorted
}
