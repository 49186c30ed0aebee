//! Many commits, one after the other: each is the analysis of that commit, and costs what it changed.
//!
//! In: a path in a repository, which commits, a listener, a cancel flag.  Out: [`History`].  Parts of the history
//! are gone through side by side (`work`), and what is known from an earlier run is taken from there (`cache`).  Not here:
//! what is kept of an analysis (`observed`), and what follows from a history (`history`).

mod allowed;
#[cfg(test)]
mod faults;
mod looker;
mod observed;
#[cfg(test)]
mod provenance;
mod revisit;
mod shares;
#[cfg(test)]
mod tests;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::{AnalysisError, Asked, Follower, Phase, Progress, Rules};
use crate::cache::{Cache, Found};
use crate::git::{GitError, Repository, Route};
use crate::history::{Commit, CommitId, History, Hole, State};
use observed::NOT_HERE;
pub use revisit::Revisit;
use work::Work;

/// Which commits of a repository.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    /// `A..B`, `A..` or `B`; without it, all that lead to `HEAD`.
    pub range: Option<String>,
    /// Of those, only so many of the newest.
    pub last: Option<usize>,
    /// Only each so-manieth commit, counted from the newest; the first is always one of them.
    pub every: usize,
    pub route: Route,
    pub rules: Rules,
    /// The folder where results are kept for the next time.
    pub cache: Option<PathBuf>,
}

/// Who wants to know what is found as soon as it is; asked from several threads.
pub trait Listener: Sync {
    fn progress(&self, progress: Progress);

    /// These commits will be looked at, the oldest first; `history` has no points so far.
    fn listed(&self, _history: &History, _commits: &[Commit]) {}

    /// What is known of one of them, by its index.  What is said of it later replaces that.
    fn found(&self, _at: usize, _found: &Result<State, Hole>) {}
}

impl<F: Fn(Progress) + Sync> Listener for F {
    fn progress(&self, progress: Progress) {
        self(progress);
    }
}

/// Analyses commits, and tells what each changed.
///
/// # Errors
/// No repository, no such commits, a history whose commits cannot be read, and `cancel`.  A commit whose sources cannot be
/// analysed is a hole in the result.
pub fn evolve(
    path: &Path,
    asked: &Asked,
    stretch: &Stretch,
    listener: &dyn Listener,
    cancel: &AtomicBool,
) -> Result<History, AnalysisError> {
    let follower = Follower::under(path, asked, &stretch.rules)?;
    let repository = follower.repository();
    let mut history = History {
        workspace: repository.name(),
        judged_by: stretch.rules.judged_by(),
        tags: repository.tags(),
        ..History::default()
    };
    let found = list(repository, stretch, &mut history)?;
    listener.listed(&history, &found);
    let done = AtomicUsize::new(0);
    let told = |at: usize, state: &Found| {
        listener.found(at, state);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        listener.progress(Progress { phase: Phase::Commits, done, total: found.len() });
    };
    let cache = stretch.cache.as_ref().map_or_else(Cache::default, |folder| {
        let depends_on = follower.depends_on();
        Cache::open(folder, &depends_on.iter().map(String::as_str).collect::<Vec<_>>())
    });
    if cache.lost() > 0 {
        history.remarks.push(format!("{} results of earlier runs could not be read and are found again", cache.lost()));
    }
    let past = Arc::new(follower.past(&links(repository, &found, stretch.route)?, cancel)?);
    let open = || Ok(Follower::under(path, asked, &stretch.rules)?.with_past(Arc::clone(&past)));
    let work = Work { commits: &found, repository, open: &open, cache: &cache, past: &past, told: &told, cancel };
    history.points = match stretch.route {
        Route::FirstParent => work.chain()?,
        Route::All => work.graph()?,
    };
    history.notes.extend(not_here(repository, &history));
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
    if let Some(n_older) = stretch.last.and_then(|last| all.len().checked_sub(last.max(1))).filter(|older| *older > 0) {
        all.drain(..n_older);
        history.is_whole = false;
    }
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

/// What another clone would show.
fn not_here(repository: &Repository, history: &History) -> Option<String> {
    let states = history.points.iter().filter_map(|point| Some((&point.commit, point.state.as_ref().ok()?)));
    let mut partly = states.filter(|(_, state)| NOT_HERE.iter().any(|kind| state.notes.contains_key(kind)));
    let (first, _) = partly.next()?;
    let count = 1 + partly.count();
    let commits = if count == 1 { "1 commit".to_owned() } else { format!("{count} commits") };
    Some(format!(
        "of {commits} (first {}) files cannot be read, and nobody knows what they break: {}",
        first.id.short(),
        repository.how_to_get_objects()
    ))
}

/// Commits with the ones that came next, from today back to the first one.
fn links(
    repository: &Repository,
    commits: &[Commit],
    route: Route,
) -> Result<Vec<(CommitId, CommitId)>, AnalysisError> {
    let mut links = Vec::new();
    // From where today's riprap.toml is to the newest one that is looked at, if it led there.
    if let (Some(last), Ok(head)) = (commits.last(), repository.revision("HEAD")) {
        let later = repository.walk(Some(last.id), head.id, Route::FirstParent)?.commits;
        if later.first().is_some_and(|first| first.parents.first() == Some(&last.id)) {
            let ids: Vec<CommitId> = [last].into_iter().chain(&later).map(|commit| commit.id).collect();
            links.extend(ids.windows(2).rev().map(|pair| (pair[0], pair[1])));
        }
    }
    match route {
        Route::FirstParent => links.extend(commits.windows(2).rev().map(|pair| (pair[0].id, pair[1].id))),
        Route::All => {
            let parents =
                |commit: &'_ Commit| commit.parents.iter().map(|parent| (*parent, commit.id)).collect::<Vec<_>>();
            links.extend(commits.iter().rev().flat_map(parents));
        }
    }
    Ok(links)
}
