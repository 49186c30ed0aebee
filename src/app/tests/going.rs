//! The timeline while commits are gone through, and when new ones come.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use egui_kittest::kittest::Queryable as _;

use super::fixture::{document, wait_for, window_of};
use super::timeline::{HEAD, cursor, made, open_timeline};
use super::{App, Harness, act};
use crate::analysis::{Analysis, Listener, Progress, Proposed, Stretch, Wish};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::state::Screen;
use crate::app::timeline::OnTimeline;
use crate::app::{Analyst, Counter, Historian, OnDisk, Reading, Seen};
use crate::findings::Edits;
use crate::git::Landmark;
use crate::history::{Commit, CommitId, History, Hole, State};
use crate::scene::timeline::Span;

/// The files on disk, with somebody who goes through two commits and then waits for a word.
struct Halting {
    on_disk: OnDisk,
    goes_on: Arc<AtomicBool>,
}

impl Analyst for Halting {
    fn open(
        &mut self,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, String> {
        self.on_disk.open(path, progress, cancel)
    }

    fn follow(
        &mut self,
        changed: &[PathBuf],
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, String> {
        self.on_disk.follow(changed, progress, cancel)
    }

    fn at(&self, revision: &str) -> Reading {
        self.on_disk.at(revision)
    }

    fn edits(&mut self, _: &Analysis) -> Option<Edits> {
        None
    }

    fn landmarks(&self, path: &Path) -> Vec<Landmark> {
        self.on_disk.landmarks(path)
    }

    fn under(&mut self, rules: &str, cancel: &AtomicBool) -> Result<Analysis, String> {
        self.on_disk.under(rules, cancel)
    }

    fn propose(&mut self, analysis: &Analysis, wish: Wish, cancel: &AtomicBool) -> Result<Proposed, String> {
        self.on_disk.propose(analysis, wish, cancel)
    }

    fn rewind(&mut self, commit: CommitId, cancel: &AtomicBool) -> Result<Analysis, String> {
        self.on_disk.rewind(commit, cancel)
    }

    fn historian(&self, stretch: Stretch) -> Box<Historian> {
        let (historian, goes_on) = (self.on_disk.historian(stretch), Arc::clone(&self.goes_on));
        Box::new(move |listener, cancel| {
            let halt = Halt { listener, cancel, goes_on: &goes_on, n_found: AtomicUsize::new(0) };
            historian(&halt, cancel)
        })
    }

    fn counter(&self, root: PathBuf) -> Box<Counter> {
        self.on_disk.counter(root)
    }

    fn watch(&mut self, seen: Box<dyn Fn(Seen) + Send + Sync>) -> Result<(), String> {
        self.on_disk.watch(seen)
    }
}

struct Halt<'a> {
    listener: &'a dyn Listener,
    cancel: &'a AtomicBool,
    goes_on: &'a AtomicBool,
    n_found: AtomicUsize,
}

impl Listener for Halt<'_> {
    fn progress(&self, progress: Progress) {
        self.listener.progress(progress);
    }

    fn listed(&self, history: &History, commits: &[Commit]) {
        self.listener.listed(history, commits);
    }

    fn found(&self, at: usize, found: &Result<State, Hole>) {
        let n_found = self.n_found.fetch_add(1, Ordering::SeqCst) + 1;
        if n_found == 2 {
            // Until the next word is due.
            std::thread::sleep(Duration::from_millis(400));
        }
        while n_found > 2 && !self.goes_on.load(Ordering::SeqCst) && !self.cancel.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(2));
        }
        if n_found <= 2 || self.goes_on.load(Ordering::SeqCst) {
            self.listener.found(at, found);
        }
    }
}

fn n_not_yet(app: &App) -> Option<usize> {
    document(app).timeline.told.as_ref().map(|told| told.course.n_not_yet())
}

#[test]
fn what_is_known_is_shown_while_the_rest_is_looked_at_and_stays_when_that_is_stopped() {
    let (made, _) = made();
    let goes_on = Arc::new(AtomicBool::new(false));
    let analyst = Halting { on_disk: OnDisk::default(), goes_on: Arc::clone(&goes_on) };
    let mut harness = window_of(Box::new(analyst));
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open(made.root()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    act(&mut harness, Action::Run(Command::ShowTimeline));
    wait_for(&mut harness, "two commits", |app| n_not_yet(app) == Some(2));
    harness.run_steps(2);
    assert!(harness.query_by_label("Going through the commits: 2 of 4 commits").is_some());
    let known = |app: &App| -> Vec<bool> {
        let told = document(app).timeline.told.as_ref().expect("it was waited for");
        told.history.points.iter().map(|point| point.state.is_ok()).collect()
    };
    assert_eq!(known(harness.state()).iter().filter(|known| **known).count(), 2);
    act(&mut harness, Action::Timeline(OnTimeline::PointAt(1)));
    harness.check_accessibility();

    act(&mut harness, Action::Run(Command::CancelHistory));
    harness.run_steps(3);
    assert!(harness.query_by_label("Stopped after 2 of 4 commits").is_some());
    assert_eq!((n_not_yet(harness.state()), cursor(&harness)), (Some(2), Some(1)));

    goes_on.store(true, Ordering::SeqCst);
    harness.get_by_label("Go on").click_accesskit();
    harness.run_steps(2);
    wait_for(&mut harness, "the rest", |app| n_not_yet(app) == Some(0) && document(app).timeline.running.is_none());
    assert_eq!((known(harness.state()), cursor(&harness)), (vec![true; 4], Some(1)));
}

fn n_commits(app: &App) -> usize {
    document(app).timeline.told.as_ref().map_or(0, |told| told.history.points.len())
}

#[test]
fn a_new_commit_is_followed_and_what_is_looked_at_stays() {
    let (mut made, commits) = made();
    let mut harness: Harness<'_, App> = open_timeline(&made);
    act(&mut harness, Action::Timeline(OnTimeline::PointAt(2)));
    act(&mut harness, Action::Timeline(OnTimeline::Pick(1)));
    act(&mut harness, Action::Timeline(OnTimeline::Show(Span { from: 0.25, to: 1.0 })));
    made.commit(&format!("{HEAD}fn f() {{}}\n"));
    wait_for(&mut harness, "the new commit", |app| n_commits(app) == 5);
    let timeline = &document(harness.state()).timeline;
    let told = timeline.told.as_ref().expect("it was waited for");
    assert_eq!(told.changes, [1, 2, 4]);
    assert_eq!((timeline.marks.cursor, timeline.marks.picked), (Some(2), [Some(1), None]));
    assert!(timeline.span.from > 0.1 && timeline.span.from < 0.25 && timeline.span.to >= 1.0, "{:?}", timeline.span);

    // Another branch, as `git switch` and `git reset` leave it.
    made.check_out(commits[1]);
    wait_for(&mut harness, "the shorter branch", |app| n_commits(app) == 2);
    assert_eq!(cursor(&harness), None, "its commit is not there any more");
    assert_eq!(document(harness.state()).timeline.marks.picked, [Some(1), None]);
}
