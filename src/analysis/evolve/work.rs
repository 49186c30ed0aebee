//! All commits of a history, side by side.
//!
//! In: commits, what is known of them from earlier runs, a cancel flag.  Out: their points, and the commits on merged
//! branches that introduced what is open.  Whoever does it, in whatever order, the result is the same.  Not here: one
//! commit (`looker`).

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::looker::{Before, Looker};
use super::observed::Observed;
use super::shares::Shares;
use crate::analysis::past::Past;
use crate::analysis::{AnalysisError, Follower};
use crate::cache::{Cache, Found, Key};
use crate::git::{Repository, Route};
use crate::history::{Commit, CommitId, History, Point};

/// A merged branch with more commits than this is not searched for who introduced what.
const MAX_ON_BRANCH: usize = 500;

/// Deeply nested code is read by recursion.
const STACK_BYTES: usize = 64 << 20;

/// What is known of a commit.
struct Known {
    /// What it is the difference to.
    against: Option<CommitId>,
    found: Found,
}

/// What all parts of the work share.
pub(super) struct Work<'a> {
    pub(super) commits: &'a [Commit],
    pub(super) repository: &'a Repository,
    pub(super) open: &'a (dyn Fn() -> Result<Follower, AnalysisError> + Sync),
    pub(super) cache: &'a Cache,
    /// What the commits are judged by, where that is not what it is today.
    pub(super) past: &'a Past,
    /// Called after each commit, with its index and what is known of it.
    pub(super) told: &'a (dyn Fn(usize, &Found) + Sync),
    pub(super) cancel: &'a AtomicBool,
}

impl Work<'_> {
    fn looker(&self) -> Result<Looker<'_>, AnalysisError> {
        Ok(Looker::new((self.open)()?, self.cancel))
    }

    fn key(&self, commit: CommitId, against: Option<CommitId>) -> Key {
        let (own, other) = (self.past.digest(commit), against.map_or("", |against| self.past.digest(against)));
        let rules = if own.is_empty() && other.is_empty() { String::new() } else { format!("{own} {other}") };
        Key { commit, against, rules }
    }

    /// Each commit after the one before it in the list.
    pub(super) fn chain(&self) -> Result<Vec<Point>, AnalysisError> {
        let mut known = self.of_earlier_runs();
        for (at, known) in known.iter().enumerate() {
            known.iter().for_each(|known| (self.told)(at, &known.found));
        }
        while known.iter().any(Option::is_none) {
            for (at, one) in self.missing(&known)? {
                known[at] = Some(one);
            }
            self.drop_mistaken(&mut known);
        }
        let points = self.commits.iter().zip(known).enumerate();
        let point = |(at, (commit, known)): (usize, (&Commit, Option<Known>))| {
            Some(Point { commit: commit.clone(), before: usize::checked_sub(at, 1), state: known?.found })
        };
        Ok(points.filter_map(point).collect())
    }

    /// What earlier runs found.  A commit of which nothing is known is taken to be one that can be analysed.
    fn of_earlier_runs(&self) -> Vec<Option<Known>> {
        let mut against = None;
        let mut known = Vec::with_capacity(self.commits.len());
        for commit in self.commits {
            let found = self.cache.found(&self.key(commit.id, against));
            let is_hole = matches!(found, Some(Err(_)));
            known.push(found.map(|found| Known { against, found }));
            against = if is_hole { against } else { Some(commit.id) };
        }
        known
    }

    /// Drops what was found against a commit that turned out to be a hole.
    fn drop_mistaken(&self, known: &mut [Option<Known>]) {
        let mut against = None;
        for (commit, known) in self.commits.iter().zip(known) {
            if known.as_ref().is_some_and(|known| known.found.is_err()) {
                continue;
            }
            known.take_if(|known| known.against != against);
            against = Some(commit.id);
        }
    }

    /// Finds what is not known yet.
    fn missing(&self, known: &[Option<Known>]) -> Result<Vec<(usize, Known)>, AnalysisError> {
        let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
        for at in (0..known.len()).filter(|at| known[*at].is_none()) {
            match ranges.last_mut().filter(|range| range.end == at) {
                Some(range) => range.end = at + 1,
                None => ranges.push(at..at + 1),
            }
        }
        let workers = rayon::current_num_threads().max(1);
        let shares = Shares::new(ranges, workers);
        let mut results = self.side_by_side(workers, &|worker| {
            let done = self.share(worker, &shares, known);
            if done.is_err() {
                shares.stop();
            }
            done
        })?;
        let mut all = results.swap_remove(0);
        all.extend(results.into_iter().flatten());
        Ok(all)
    }

    /// What one worker does.
    fn share(
        &self,
        worker: usize,
        shares: &Shares,
        known: &[Option<Known>],
    ) -> Result<Vec<(usize, Known)>, AnalysisError> {
        let mut done: Vec<(usize, Known)> = Vec::new();
        let mut at_hand: Option<(usize, Looker<'_>, Before)> = None;
        while let Some(at) = shares.next(worker) {
            let (mut looker, mut before) = match at_hand.take() {
                Some((last, looker, before)) if last + 1 == at => (looker, before),
                other => {
                    let mut looker = match other {
                        Some((_, looker, _)) => looker,
                        None => self.looker()?,
                    };
                    let before = self.before(at, &mut looker, known)?;
                    (looker, before)
                }
            };
            let commit = &self.commits[at];
            let against = before.as_ref().map(|(id, _)| *id);
            let found = looker.found(commit, &mut before)?;
            if looker.is_final {
                self.cache.keep(&self.key(commit.id, against), &found);
            }
            (self.told)(at, &found);
            done.push((at, Known { against, found }));
            at_hand = Some((at, looker, before));
        }
        Ok(done)
    }

    /// The last commit before one of which something is known.
    fn before(&self, at: usize, looker: &mut Looker<'_>, known: &[Option<Known>]) -> Result<Before, AnalysisError> {
        let is_hole = |at: &usize| known[*at].as_ref().is_some_and(|known| known.found.is_err());
        for earlier in (0..at).rev().filter(|at| !is_hole(at)) {
            let commit = &self.commits[earlier];
            if let Ok(seen) = looker.look(commit)? {
                return Ok(Some((commit.id, seen.observed)));
            }
        }
        Ok(None)
    }

    /// Each commit after its first parent.
    pub(super) fn graph(&self) -> Result<Vec<Point>, AnalysisError> {
        let mut looker = self.looker()?;
        let index: BTreeMap<CommitId, usize> =
            self.commits.iter().enumerate().map(|(at, commit)| (commit.id, at)).collect();
        let parent = |commit: &Commit| commit.parents.first().and_then(|parent| index.get(parent)).copied();
        // How many commits are still to be compared with each.
        let mut waiting = vec![0_usize; self.commits.len()];
        for before in self.commits.iter().filter_map(parent) {
            waiting[before] += 1;
        }
        let mut kept: BTreeMap<CommitId, Arc<Observed>> = BTreeMap::new();
        let mut points: Vec<Point> = Vec::with_capacity(self.commits.len());
        for (at, commit) in self.commits.iter().enumerate() {
            let before = parent(commit);
            // The nearest one on the way back of which something is known.
            let mut against = before;
            while let Some(at) = against.filter(|at| points[*at].state.is_err()) {
                against = points[at].before;
            }
            let against_id = against.map(|at| self.commits[at].id);
            let key = self.key(commit.id, against_id);
            let state = match self.cache.found(&key) {
                Some(found) => found,
                None => {
                    let mut observed = match against {
                        Some(at) => self.observed(&self.commits[at], &mut looker, &kept)?,
                        None => None,
                    };
                    let found = looker.found(commit, &mut observed)?;
                    if looker.is_final {
                        self.cache.keep(&key, &found);
                    }
                    if let Some((id, observed)) = observed.filter(|(id, _)| *id == commit.id && waiting[at] > 0) {
                        kept.insert(id, observed);
                    }
                    found
                }
            };
            (self.told)(at, &state);
            points.push(Point { commit: commit.clone(), before, state });
            if let Some(before) = before {
                waiting[before] -= 1;
                // What comes after a hole is compared with what was before it.
                if waiting[before] == 0 && points.last().is_some_and(|point| point.state.is_ok()) {
                    kept.remove(&self.commits[before].id);
                }
            }
        }
        Ok(points)
    }

    /// What a commit is compared by that was looked at before, in this run or in an earlier one.
    fn observed(
        &self,
        commit: &Commit,
        looker: &mut Looker<'_>,
        kept: &BTreeMap<CommitId, Arc<Observed>>,
    ) -> Result<Before, AnalysisError> {
        if let Some(observed) = kept.get(&commit.id) {
            return Ok(Some((commit.id, Arc::clone(observed))));
        }
        Ok(looker.look(commit)?.ok().map(|seen| (commit.id, seen.observed)))
    }

    /// Finds the commits of merged branches that introduced what is still open.
    pub(super) fn on_branches(&self, history: &mut History) -> Result<(), AnalysisError> {
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
        let shares = Shares::new(std::iter::once(0..merges.len()), 1);
        let found = self.side_by_side(rayon::current_num_threads().min(merges.len()), &|_| {
            let mut looker = None;
            let mut done: Vec<(usize, Vec<(String, Commit)>)> = Vec::new();
            while let Some(number) = shares.next(0) {
                let (at, ids) = &merges[number];
                done.push((*at, self.on_branch(&points[*at].commit, ids, &mut looker)?));
            }
            Ok(done)
        })?;
        for (at, found) in found.into_iter().flatten() {
            history.on_branches.extend(found.into_iter().map(|(id, commit)| ((at, id), commit)));
        }
        Ok(())
    }

    /// Of the commits that a merge brought, the first with each violation.
    fn on_branch<'l>(
        &'l self,
        merge: &Commit,
        ids: &[String],
        looker: &mut Option<Looker<'l>>,
    ) -> Result<Vec<(String, Commit)>, AnalysisError> {
        let [main, branches @ ..] = &merge.parents[..] else { return Ok(Vec::new()) };
        // What the branch is judged by is what the commit is that it was merged into.
        let sought: Vec<String> = ids.iter().cloned().chain([self.past.digest(*main).to_owned()]).collect();
        if let Some(known) = self.cache.on_branch(merge.id, &sought) {
            let commit = |(id, commit): &(String, CommitId)| Some((id.clone(), self.repository.commit(*commit).ok()?));
            return Ok(known.iter().filter_map(commit).collect());
        }
        let mut found: Vec<(String, Commit)> = Vec::new();
        for branch in branches {
            let walk = self.repository.walk(Some(*main), *branch, Route::All)?;
            if walk.commits.len() > MAX_ON_BRANCH {
                continue;
            }
            for commit in &walk.commits {
                if ids.iter().all(|id| found.iter().any(|(known, _)| known == id)) {
                    break;
                }
                let looker = match looker {
                    Some(looker) => looker,
                    None => looker.insert(self.looker()?),
                };
                looker.follower.judge_like(*main);
                let Ok(seen) = looker.look(commit)? else { continue };
                for id in ids.iter().filter(|id| seen.observed.has(id)) {
                    if !found.iter().any(|(known, _)| known == id) {
                        found.push((id.clone(), commit.clone()));
                    }
                }
            }
        }
        let told: Vec<(String, CommitId)> = found.iter().map(|(id, commit)| (id.clone(), commit.id)).collect();
        self.cache.keep_on_branch(merge.id, &sought, &told);
        Ok(found)
    }

    /// What each of a number of workers does, at the same time; the results in their order.
    fn side_by_side<T: Send>(
        &self,
        workers: usize,
        one: &(dyn Fn(usize) -> Result<T, AnalysisError> + Sync),
    ) -> Result<Vec<T>, AnalysisError> {
        if workers <= 1 {
            return (0..workers).map(one).collect();
        }
        let results: Mutex<Vec<(usize, Result<T, AnalysisError>)>> = Mutex::new(Vec::new());
        let work = |worker: usize| {
            // Each worker's work is its own: what runs in parallel inside it would only wait for the others.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK_BYTES).build();
            let result = match &pool {
                Ok(pool) => pool.install(|| one(worker)),
                Err(_) => one(worker),
            };
            results.lock().unwrap_or_else(PoisonError::into_inner).push((worker, result));
        };
        let work = &work;
        thread::scope(|scope| {
            for worker in 0..workers {
                let thread = thread::Builder::new().name(format!("commits {worker}")).stack_size(STACK_BYTES);
                // Where no thread can be had, the others do its work.
                if thread.spawn_scoped(scope, move || work(worker)).is_err() && worker == 0 {
                    work(worker);
                }
            }
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(worker, _)| *worker);
        results.into_iter().map(|(_, result)| result).collect()
    }
}
