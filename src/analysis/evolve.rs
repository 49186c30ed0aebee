//! Many commits, one after the other: each is the analysis of that commit, and costs what it changed.
//!
//! In: a path in a repository, which commits, a progress listener, a cancel flag.  Out: [`History`].  Parts of the history
//! are gone through side by side, each with its own memory of what was read and resolved.  Not here: what is kept of an
//! analysis (`observed`), and what follows from a history (`history`).

mod observed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::{AnalysisError, Asked, Follower, Phase, Progress};
use crate::git::{GitError, Repository, Route};
use crate::history::{Commit, CommitId, History, Hole, Point, State};
use crate::model::Model;
use observed::Observed;

/// Which commits of a repository.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// `A..B`, `A..` or `B`; without it, all that lead to `HEAD`.
    pub range: Option<String>,
    /// Only each so-manieth commit, counted from the newest; the first is always one of them.
    pub every: usize,
    pub route: Route,
}

/// Parts of a history with fewer commits are not worth a memory of their own.
const PART: usize = 200;

/// A merged branch with more commits than this is not searched for who introduced what.
const MAX_ON_BRANCH: usize = 500;

/// Deeply nested code is read by recursion.
const STACK_BYTES: usize = 64 << 20;

/// Analyses commits, and tells what each changed.
///
/// # Errors
/// No repository, no such commits, a history whose commits cannot be read, and `cancel`.  A commit whose sources cannot be
/// analysed is a hole in the result.
pub fn evolve(
    path: &Path,
    asked: &Asked,
    stretch: &Stretch,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<History, AnalysisError> {
    let follower = Follower::open(path, asked)?;
    let repository = follower.repository();
    let mut history = History { workspace: repository.name(), ..History::default() };
    let found = list(repository, stretch, &mut history)?;
    let done = AtomicUsize::new(0);
    let told = || {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(Progress { phase: Phase::Commits, done, total: found.len() });
    };
    let open = || Follower::open(path, asked);
    let work = Work { commits: &found, open: &open, told: &told, cancel };
    history.points = match stretch.route {
        Route::FirstParent => work.chain()?,
        Route::All => work.graph()?,
    };
    match stretch.route {
        Route::All => history.look_on_branches(),
        // Of steps, each may have brought what the ones between it and the one before did.
        Route::FirstParent if stretch.every > 1 => {}
        Route::FirstParent => work.on_branches(&mut history)?,
    }
    Ok(history)
}

/// The commits to look at, the oldest first.
pub(super) fn list(
    repository: &Repository,
    stretch: &Stretch,
    history: &mut History,
) -> Result<Vec<Commit>, AnalysisError> {
    let id = |text: &str| repository.revision(if text.is_empty() { "HEAD" } else { text }).map(|commit| commit.id);
    let range = stretch.range.as_deref().unwrap_or_default();
    let (from, to) = match range.split_once("..") {
        Some((from, to)) => (Some(id(from)?), id(to)?),
        None => (None, id(range)?),
    };
    let walk = repository.walk(from, to, stretch.route)?;
    let mut all = walk.commits;
    if let (Some(from), Some(first)) = (from, all.first()) {
        // What the range starts from is what its first commit is compared with.
        let before = if stretch.route == Route::All { Some(from) } else { first.parents.first().copied() };
        if let Some(before) = before {
            all.insert(0, repository.commit(before)?);
        }
    }
    if all.is_empty() {
        return Err(GitError::EmptyRange { range: range.to_owned() }.into());
    }
    if walk.is_cut {
        let first = &all[0];
        history.notes.push(format!(
            "the history begins with commit {} of {}, since older ones were not fetched: `git fetch --unshallow` brings them",
            first.id.short(),
            first.committed.date()
        ));
    }
    history.is_whole = from.is_none() && !walk.is_cut;
    let every = stretch.every.max(1);
    let last = all.len() - 1;
    let mut kept: Vec<Commit> = Vec::new();
    for (at, commit) in all.into_iter().enumerate() {
        if at == 0 || (last - at).is_multiple_of(every) {
            kept.push(commit);
        }
    }
    Ok(kept)
}

/// What all parts of the work share.
struct Work<'a> {
    commits: &'a [Commit],
    open: &'a (dyn Fn() -> Result<Follower, AnalysisError> + Sync),
    /// Called after each commit.
    told: &'a (dyn Fn() + Sync),
    cancel: &'a AtomicBool,
}

impl Work<'_> {
    fn looker(&self) -> Result<Looker<'_>, AnalysisError> {
        Ok(Looker { follower: (self.open)()?, last: None, cancel: self.cancel })
    }

    /// Each commit after the one before it in the list.
    fn chain(&self) -> Result<Vec<Point>, AnalysisError> {
        let threads = rayon::current_num_threads();
        let size = (self.commits.len() / (threads * 4)).max(PART);
        let parts: Vec<std::ops::Range<usize>> =
            (0..self.commits.len()).step_by(size).map(|at| at..(at + size).min(self.commits.len())).collect();
        let done = self.side_by_side(parts.len(), &|part| self.part(parts[part].clone()))?;
        Ok(done.into_iter().flatten().collect())
    }

    /// One part of a chain.
    fn part(&self, part: std::ops::Range<usize>) -> Result<Vec<Point>, AnalysisError> {
        let mut looker = self.looker()?;
        let mut before = None;
        // The last commit before this part of which something is known.
        for commit in self.commits[..part.start].iter().rev() {
            if let Ok(seen) = looker.look(commit)? {
                before = Some(seen.observed);
                break;
            }
        }
        let mut points = Vec::with_capacity(part.len());
        for at in part {
            let commit = &self.commits[at];
            let state = looker.state(commit, &mut before)?;
            points.push(Point { commit: commit.clone(), before: at.checked_sub(1), state });
            (self.told)();
        }
        Ok(points)
    }

    /// Each commit after its first parent.
    fn graph(&self) -> Result<Vec<Point>, AnalysisError> {
        let mut looker = self.looker()?;
        let index: BTreeMap<CommitId, usize> =
            self.commits.iter().enumerate().map(|(at, commit)| (commit.id, at)).collect();
        let parent = |commit: &Commit| commit.parents.first().and_then(|parent| index.get(parent)).copied();
        // How many commits are still to be compared with each.
        let mut waiting = vec![0_usize; self.commits.len()];
        for before in self.commits.iter().filter_map(parent) {
            waiting[before] += 1;
        }
        let mut kept: BTreeMap<usize, Option<Arc<Observed>>> = BTreeMap::new();
        let mut points = Vec::with_capacity(self.commits.len());
        for (at, commit) in self.commits.iter().enumerate() {
            let before = parent(commit);
            let mut observed = before.and_then(|before| kept.get(&before).cloned().flatten());
            let state = looker.state(commit, &mut observed)?;
            points.push(Point { commit: commit.clone(), before, state });
            if waiting[at] > 0 {
                kept.insert(at, observed);
            }
            if let Some(before) = before {
                waiting[before] -= 1;
                if waiting[before] == 0 {
                    kept.remove(&before);
                }
            }
            (self.told)();
        }
        Ok(points)
    }

    /// Finds the commits of merged branches that introduced what is still open.
    fn on_branches(&self, history: &mut History) -> Result<(), AnalysisError> {
        let mut wanted: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for life in history.lives().iter().filter(|life| life.is_open()) {
            let Some(span) = life.spans.last() else { continue };
            let is_merge = history.points[span.introduced].commit.parents.len() > 1;
            if is_merge && history.introducing(span).is_some() {
                wanted.entry(span.introduced).or_default().push(span.id.clone());
            }
        }
        let merges: Vec<(usize, Vec<String>)> = wanted.into_iter().collect();
        let points = &history.points;
        let search = |merge: usize| {
            let (at, ids) = &merges[merge];
            self.on_branch(&points[*at].commit, ids)
        };
        for ((at, _), found) in merges.iter().zip(self.side_by_side(merges.len(), &search)?) {
            history.on_branches.extend(found.into_iter().map(|(id, commit)| ((*at, id), commit)));
        }
        Ok(())
    }

    /// Of the commits that a merge brought, the first with each violation.
    fn on_branch(&self, merge: &Commit, ids: &[String]) -> Result<Vec<(String, Commit)>, AnalysisError> {
        let [main, branches @ ..] = &merge.parents[..] else { return Ok(Vec::new()) };
        let mut looker = self.looker()?;
        let mut found: Vec<(String, Commit)> = Vec::new();
        for branch in branches {
            let walk = looker.follower.repository().walk(Some(*main), *branch, Route::All)?;
            if walk.commits.len() > MAX_ON_BRANCH {
                continue;
            }
            for commit in &walk.commits {
                let Ok(seen) = looker.look(commit)? else { continue };
                for id in ids.iter().filter(|id| seen.observed.has(id)) {
                    if !found.iter().any(|(known, _)| known == id) {
                        found.push((id.clone(), commit.clone()));
                    }
                }
            }
        }
        Ok(found)
    }

    /// Does a number of things, as many at once as there are threads; the results in their order.
    fn side_by_side<T: Send>(
        &self,
        count: usize,
        one: &(dyn Fn(usize) -> Result<T, AnalysisError> + Sync),
    ) -> Result<Vec<T>, AnalysisError> {
        let threads = rayon::current_num_threads().min(count);
        if threads <= 1 {
            return (0..count).map(one).collect();
        }
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<(usize, Result<T, AnalysisError>)>> = Mutex::new(Vec::new());
        let lock = || results.lock().unwrap_or_else(PoisonError::into_inner);
        let work = || {
            // Each thread's work is its own: what runs in parallel inside it would only wait for the others.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK_BYTES).build();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return;
                }
                let result = match &pool {
                    Ok(pool) => pool.install(|| one(index)),
                    Err(_) => one(index),
                };
                let is_over = result.is_err();
                lock().push((index, result));
                if is_over {
                    next.store(count, Ordering::Relaxed);
                }
            }
        };
        thread::scope(|scope| {
            for number in 0..threads {
                let thread = thread::Builder::new().name(format!("commits {number}")).stack_size(STACK_BYTES);
                // Where no thread can be had, the others do its work.
                if thread.spawn_scoped(scope, work).is_err() && number == 0 {
                    work();
                }
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

/// A commit that could be analysed.
struct Seen {
    observed: Arc<Observed>,
    model: Arc<Model>,
}

/// Looks at one commit after the other.
struct Looker<'a> {
    follower: Follower,
    /// What was seen last, if it depends on no day.
    last: Option<Seen>,
    cancel: &'a AtomicBool,
}

impl Looker<'_> {
    /// What is known of a commit after another; the other is replaced by this one, if something is.
    fn state(
        &mut self,
        commit: &Commit,
        before: &mut Option<Arc<Observed>>,
    ) -> Result<Result<State, Hole>, AnalysisError> {
        let seen = match self.look(commit)? {
            Ok(seen) => seen,
            Err(hole) => return Ok(Err(hole)),
        };
        let state = seen.observed.since(before.as_deref(), &|path| seen.model.find(path).is_some());
        *before = Some(seen.observed);
        Ok(Ok(state))
    }

    fn look(&mut self, commit: &Commit) -> Result<Result<Seen, Hole>, AnalysisError> {
        let gathered = match self.follower.gathered(commit, self.cancel) {
            Ok(gathered) => gathered,
            Err(AnalysisError::Cancelled | AnalysisError::Git(GitError::Cancelled)) => {
                return Err(AnalysisError::Cancelled);
            }
            Err(error) => return Ok(Err(Hole { reason: error.to_string() })),
        };
        if let Some(Seen { observed, model }) = &self.last
            && self.follower.is_at(&gathered)
        {
            return Ok(Ok(Seen { observed: Arc::clone(observed), model: Arc::clone(model) }));
        }
        self.last = None;
        let analysis = self.follower.analyze(gathered, &|_| {}, self.cancel)?;
        if let Some(problem) = analysis.problems.first() {
            let reason = format!("riprap.toml does not fit this commit: {}", problem.message);
            return Ok(Err(Hole { reason }));
        }
        let observed = Arc::new(Observed::new(&analysis));
        let seen = || Seen { observed: Arc::clone(&observed), model: Arc::clone(&analysis.model) };
        if analysis.verdict.date.is_none() {
            self.last = Some(seen());
        }
        Ok(Ok(seen()))
    }
}
