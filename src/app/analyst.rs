//! Who knows workspaces: what the window asks about the one that is opened, and the answer from the disk.
//!
//! In: paths, revisions, changed files.  Out: analyses.  It is given to the window from outside, so that tests inject
//! one.  Not here: threads (`worker`), and analysing (`analysis`).

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::pair::Reading;
use crate::analysis::{
    self, Analysis, AnalysisError, Asked, Follower, Listener, Live, Patched, Progress, Proposed, Revisit, Stretch, Wish,
};
use crate::draft::{Drafted, Ground};
use crate::export::film::Film;
use crate::findings::Edits;
use crate::git::{Landmark, Repository};
use crate::history::{Churn, CommitId, History};
use crate::load::{self, Watch};
use crate::propose::GroupBy;
use crate::scene::map::film::{self, shoot};
use crate::theme::Measurer;

/// Turns a path into what riprap knows of the workspace there, and goes on with it.  An error is text for a person: what
/// is wrong in the first line, then what to do.
pub trait Analyst: Send {
    /// # Errors
    /// Where the workspace cannot be analysed, and where that is cancelled.
    fn open(
        &mut self,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, String>;

    /// The next that is opened is looked at as of a revision: a commit as git calls it; the files on disk without.
    fn look_at(&mut self, _revision: Option<String>) {}

    /// The workspace after files changed; `None` if nothing that counts did.
    ///
    /// # Errors
    /// As [`Self::open`].
    fn follow(
        &mut self,
        changed: &[PathBuf],
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, String>;

    /// A way to read another revision of what is opened, on any thread: a commit as git calls it, or `WORKTREE`.
    fn at(&self, revision: &str) -> Reading;

    /// Revisions of the repository around a path that people compare with.
    fn landmarks(&self, path: &Path) -> Vec<Landmark>;

    /// What is opened as another riprap.toml would have it; nothing else changes.
    ///
    /// # Errors
    /// Where nothing is opened, and where that is cancelled.
    fn under(&mut self, rules: &str, cancel: &AtomicBool) -> Result<Analysis, String>;

    /// A riprap.toml for what is opened, which has none.
    ///
    /// # Errors
    /// Where nothing is opened, and where that is cancelled.
    fn propose(&mut self, analysis: &Analysis, wish: Wish, cancel: &AtomicBool) -> Result<Proposed, String>;

    /// The edits that a draft of what is opened means, proved.
    ///
    /// # Errors
    /// Where what is opened is other code by now, and where that is cancelled.
    fn patch(&mut self, _ground: &Ground, _drafted: &Drafted, _cancel: &AtomicBool) -> Result<Patched, String> {
        Err("a patch is of the files on disk".to_owned())
    }

    /// What was changed of late, where there is a history.
    fn edits(&mut self, analysis: &Analysis) -> Option<Edits>;

    /// What is opened as it was at a commit, judged by today's riprap.toml.
    ///
    /// # Errors
    /// Where that commit cannot be analysed, and where that is cancelled.
    fn rewind(&mut self, commit: CommitId, cancel: &AtomicBool) -> Result<Analysis, String>;

    /// Somebody who goes through the commits of what is opened; it takes long, and happens on another thread.
    fn historian(&self, stretch: Stretch) -> Box<Historian>;

    /// Somebody who makes a film of so many of the commits of what is opened; on another thread, as above.
    fn filmmaker(&self, _stretch: Stretch, _most: usize) -> Box<Filmmaker> {
        Box::new(|_| Err("there are no commits".to_owned()))
    }

    /// Somebody who tells how often the files of a workspace change; on another thread, as above.
    fn counter(&self, root: PathBuf) -> Box<Counter>;

    /// From now on, and until another one is opened, tells what changes of the opened workspace.
    ///
    /// # Errors
    /// Where changes of files will not be told.
    fn watch(&mut self, seen: Box<dyn Fn(Seen) + Send + Sync>) -> Result<(), String>;
}

/// What changed on disk.
pub enum Seen {
    Files(Vec<PathBuf>),
    /// Another commit is the one that is checked out.
    Head,
}

/// Goes through commits once.
pub type Historian = dyn FnOnce(&dyn Listener, &AtomicBool) -> Result<History, String> + Send;

/// Makes a film once.
pub type Filmmaker = dyn FnOnce(&AtomicBool) -> Result<Film, String> + Send;

/// Goes through the changes of commits once; where nothing is known, the error says why in a few words.
pub type Counter = dyn FnOnce(&AtomicBool) -> Result<Churn, String> + Send;

/// Makes an analyst for a window.
pub type NewAnalyst = dyn Fn() -> Box<dyn Analyst> + Send + Sync;

/// Analyses what is on disk, and watches it.
#[derive(Default)]
pub struct OnDisk {
    live: Live,
    asked: Asked,
    /// As it was opened.
    path: PathBuf,
    root: PathBuf,
    /// From commit to commit; `None` before the first is asked for.
    follower: Option<Follower>,
    watch: Option<Watch>,
    /// Of the repository.
    head_watch: Option<Watch>,
    /// Where results of commits are kept; `None` keeps nothing.
    cache: Option<PathBuf>,
    /// Of the files on disk: one commit more changes little, and they are asked for after every edit.
    edits: Option<Option<Edits>>,
}

impl OnDisk {
    pub fn new(asked: Asked, cache: Option<PathBuf>) -> Self {
        Self { live: Live::new(asked.clone()), asked, cache, ..Self::default() }
    }

    /// What is asked of commits: nothing lies beyond their sources.
    fn of_commits(&self) -> Asked {
        Asked { enrich: Default::default(), ..self.asked.clone() }
    }
}

impl Analyst for OnDisk {
    fn open(
        &mut self,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, String> {
        self.watch = None;
        self.head_watch = None;
        self.follower = None;
        self.edits = None;
        path.clone_into(&mut self.path);
        let analysis = self.live.open(path, progress, cancel).map_err(|error| error.to_string())?;
        self.root.clone_from(&analysis.root);
        Ok(analysis)
    }

    fn look_at(&mut self, revision: Option<String>) {
        if self.asked.revision != revision {
            self.asked.revision = revision;
            self.live = Live::new(self.asked.clone());
        }
    }

    fn follow(
        &mut self,
        changed: &[PathBuf],
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, String> {
        self.live.follow(changed, progress, cancel).map_err(|error| error.to_string())
    }

    fn at(&self, revision: &str) -> Reading {
        let asked = Asked { revision: Some(revision.to_owned()), ..self.asked.clone() };
        let path = self.path.clone();
        Box::new(move |progress, cancel| {
            analysis::open(&path, &asked, progress, cancel).map_err(|error| error.to_string())
        })
    }

    fn landmarks(&self, path: &Path) -> Vec<Landmark> {
        Repository::open(path).map(|repository| repository.landmarks()).unwrap_or_default()
    }

    fn under(&mut self, rules: &str, cancel: &AtomicBool) -> Result<Analysis, String> {
        let analysis = self.live.under(rules, cancel).map_err(|error| error.to_string())?;
        analysis.ok_or_else(|| "the workspace could not be analysed; reload it".to_owned())
    }

    fn propose(&mut self, analysis: &Analysis, wish: Wish, cancel: &AtomicBool) -> Result<Proposed, String> {
        if wish == Wish::By(GroupBy::Owner) && !self.live.has_owners() {
            return Err("no CODEOWNERS file says whose the code is".to_owned());
        }
        let is_told = matches!(wish, Wish::By(GroupBy::Prefix | GroupBy::Owner | GroupBy::Community));
        let edits = is_told.then(|| self.edits(analysis)).flatten();
        let proposed = self.live.propose(analysis, wish, edits.as_ref(), cancel).map_err(|error| error.to_string())?;
        proposed.ok_or_else(|| "the workspace could not be analysed; reload it".to_owned())
    }

    fn patch(&mut self, ground: &Ground, drafted: &Drafted, cancel: &AtomicBool) -> Result<Patched, String> {
        let patched = self.live.patch(ground, drafted, cancel).map_err(|error| error.to_string())?;
        patched.ok_or_else(|| "the files on disk are others by now, or what is shown is a commit".to_owned())
    }

    fn edits(&mut self, analysis: &Analysis) -> Option<Edits> {
        match analysis.commit {
            Some(_) => analysis.edits(),
            None => self.edits.get_or_insert_with(|| analysis.edits()).clone(),
        }
    }

    fn rewind(&mut self, commit: CommitId, cancel: &AtomicBool) -> Result<Analysis, String> {
        let look = |follower: &mut Follower| {
            let commit = follower.repository().commit(commit)?;
            follower.look(&commit, &|_| {}, cancel)
        };
        let follower = match &mut self.follower {
            Some(follower) => follower,
            None => {
                let opened = Follower::open(&self.path, &self.of_commits()).map_err(|error| error.to_string())?;
                self.follower.insert(opened)
            }
        };
        look(follower).map_err(|error| error.to_string())
    }

    fn historian(&self, stretch: Stretch) -> Box<Historian> {
        let (path, asked) = (self.path.clone(), self.of_commits());
        let range = stretch.range.or_else(|| asked.commit().map(str::to_owned));
        let stretch = Stretch { range, cache: self.cache.clone(), ..stretch };
        Box::new(move |listener, cancel| {
            analysis::evolve(&path, &asked, &stretch, listener, cancel).map_err(|error| error.to_string())
        })
    }

    fn filmmaker(&self, stretch: Stretch, most: usize) -> Box<Filmmaker> {
        let (path, asked) = (self.path.clone(), self.of_commits());
        let range = stretch.range.or_else(|| asked.commit().map(str::to_owned));
        let stretch = Stretch { range, cache: self.cache.clone(), ..stretch };
        Box::new(move |cancel| {
            let film = || {
                let history = analysis::evolve(&path, &asked, &stretch, &|_| {}, cancel)?;
                let stills = history.stills(most);
                let mut revisit = Revisit::new(&path, &asked, &stretch, &history, cancel)?;
                let shots = shoot(stills.len(), history.worst_of(&stills), &Measurer::new(), &mut |at| {
                    let analysis = revisit.look(&history.points[stills[at]].commit, cancel)?;
                    let Analysis { model, boundaries, verdict, .. } = analysis;
                    Ok::<_, AnalysisError>(film::Seen { model, boundaries, verdict })
                })?;
                Ok::<_, AnalysisError>(Film::new(&history, &stills, shots))
            };
            film().map_err(|error| error.to_string())
        })
    }

    fn counter(&self, root: PathBuf) -> Box<Counter> {
        let asked = self.of_commits();
        Box::new(move |cancel| analysis::churn(&root, &asked, &|_| {}, cancel))
    }

    fn watch(&mut self, seen: Box<dyn Fn(Seen) + Send + Sync>) -> Result<(), String> {
        if self.live.is_of_commit() {
            return Ok(());
        }
        let seen: Arc<dyn Fn(Seen) + Send + Sync> = seen.into();
        self.head_watch = watch_head(&self.root, Arc::clone(&seen));
        let changed = move |paths| seen(Seen::Files(paths));
        self.watch = Some(load::watch(&self.root, changed).map_err(|error| error.to_string())?);
        Ok(())
    }
}

/// Tells when another commit is checked out; without a repository nothing is.
fn watch_head(root: &Path, seen: Arc<dyn Fn(Seen) + Send + Sync>) -> Option<Watch> {
    let repository = Repository::open(root).ok()?;
    let folders = repository.head_folders();
    let head = move || repository.revision("HEAD").ok().map(|commit| commit.id);
    let last = Mutex::new(head());
    let touched = move || {
        let (now, mut last) = (head(), last.lock().unwrap_or_else(PoisonError::into_inner));
        if now.is_some() && now != std::mem::replace(&mut *last, now) {
            seen(Seen::Head);
        }
    };
    // Where it cannot be watched, a reload shows what is new.
    load::watch_references(&folders, touched).ok()
}
