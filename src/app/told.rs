//! A history as far as it is known, ready to be drawn and told.
//!
//! In: commits, then batches of what was found of them; or a whole history.  Out: what the timeline reads.  What takes long
//! with many commits is done by whoever makes these (`going`), so that to take one costs a part of a frame.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::generation::Generation;
use super::provenance::Provenance;
use crate::history::{Commit, CommitId, History, Hole, Identity, Point, State};
use crate::scene::timeline::{Axis, Course, Span};

/// A history, ready to be drawn and told.
#[derive(Debug)]
pub(crate) struct Told {
    /// Of a commit that was not looked at so far it says that it is a hole.
    pub(crate) history: History,
    pub(crate) course: Course,
    /// The steps at which violations came or went, the oldest first.
    pub(crate) changes: Vec<usize>,
    /// Tells one history from the next.
    pub(crate) number: Generation,
    /// Tells what is known of it from what was known before.
    pub(crate) edition: u32,
    /// By commit.
    steps: FxHashMap<CommitId, usize>,
    names: Names,
    /// `None` as long as not all is known.
    provenance: Option<Provenance>,
}

/// What was found of some commits, and what all that are known come to.
#[derive(Debug)]
pub(crate) struct Batch {
    found: Vec<(usize, Result<State, Hole>)>,
    course: Course,
    changes: Vec<usize>,
}

/// Where a violation is named: by a hash of its identity, the point that it came with and its number there.
#[derive(Debug, Default)]
struct Names(FxHashMap<u64, (usize, usize)>);

impl Batch {
    pub(crate) fn new(found: Vec<(usize, Result<State, Hole>)>, course: Course) -> Self {
        let changes = course.changes().collect();
        Self { found, course, changes }
    }
}

impl Told {
    pub(crate) fn new(history: History, number: Generation) -> Self {
        let course = Course::new(&history);
        let changes = course.changes().collect();
        let steps = steps(&history, &course);
        let mut names = Names::default();
        for (at, point) in history.points.iter().enumerate() {
            names.enter(at, &point.state);
        }
        let provenance = Some(Provenance::new(&history));
        Self { history, course, changes, number, edition: 0, steps, names, provenance }
    }

    /// Commits of which nothing is known so far; `history` has no points.
    pub(crate) fn begin(history: History, commits: &[Commit], course: Course, number: Generation) -> Self {
        let state = || Err(Hole { reason: String::new() });
        let point = |(at, commit): (usize, &Commit)| Point {
            commit: commit.clone(),
            before: at.checked_sub(1),
            state: state(),
        };
        let history = History { points: commits.iter().enumerate().map(point).collect(), ..history };
        let steps = steps(&history, &course);
        let (changes, names) = (Vec::new(), Names::default());
        Self { history, course, changes, number, edition: 0, steps, names, provenance: None }
    }

    /// Takes what was found.  A picture that shows less than the one before waits until it shows as much.
    pub(crate) fn take(&mut self, batch: Batch) {
        for (at, state) in batch.found {
            let Some(point) = self.history.points.get_mut(at) else { continue };
            self.names.enter(at, &state);
            point.state = state;
        }
        if batch.course.n_not_yet() <= self.course.n_not_yet() {
            self.course = batch.course;
            self.changes = batch.changes;
            self.edition += 1;
        }
    }

    /// Every commit was looked at.
    pub(crate) fn is_whole(&self) -> bool {
        self.course.n_not_yet() == 0
    }

    /// Whether it is about the same commits.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let ids = |points: &'_ [Point]| points.iter().map(|point| point.commit.id).collect::<Vec<CommitId>>();
        ids(&self.history.points) == ids(&other.history.points)
    }

    pub(crate) fn point(&self, step: usize) -> Option<&Point> {
        self.history.points.get(self.course.steps.get(step)?.point)
    }

    pub(crate) fn commit(&self, step: usize) -> Option<&Commit> {
        self.point(step).map(|point| &point.commit)
    }

    pub(crate) fn identity(&self, id: &str) -> Option<&Identity> {
        let (at, number) = *self.names.0.get(&hash(id))?;
        let state = self.history.points.get(at)?.state.as_ref().ok()?;
        came(state).nth(number).filter(|identity| identity.id == id)
    }

    /// Since when things are there; `None` as long as not all is known.
    pub(crate) fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_ref()
    }

    /// The point of a commit.
    pub(crate) fn point_of(&self, commit: CommitId) -> Option<usize> {
        Some(self.course.steps[self.step_of(commit)?].point)
    }

    /// The step of a point.
    pub(crate) fn step_at(&self, point: usize) -> Option<usize> {
        self.step_of(self.history.points.get(point)?.commit.id)
    }

    pub(crate) fn step_of(&self, commit: CommitId) -> Option<usize> {
        self.steps.get(&commit).copied()
    }

    /// Where a step of another history is in this one.
    pub(crate) fn step_like(&self, other: &Self, step: usize) -> Option<usize> {
        self.step_of(other.commit(step)?.id)
    }

    /// The part of the axis at which the same is in sight as at a part of another history's.
    pub(crate) fn span_like(&self, other: &Self, axis: Axis, span: Span) -> Span {
        // The newest one that both have: others may be gone.
        let like = |step: usize| Some((step, self.step_like(other, step)?));
        let shared = (0..other.course.steps.len()).rev().find_map(like);
        let Some((before, now)) = shared else { return Span::default() };
        self.course.span_like(&other.course, axis, span, now as f64 - before as f64)
    }

    pub(crate) fn tags(&self, commit: CommitId) -> &[String] {
        self.history.tags.get(&commit).map_or(&[], Vec::as_slice)
    }
}

impl Names {
    fn enter(&mut self, at: usize, state: &Result<State, Hole>) {
        let came = state.iter().flat_map(came).enumerate();
        self.0.extend(came.map(|(number, identity)| (hash(&identity.id), (at, number))));
    }
}

fn steps(history: &History, course: &Course) -> FxHashMap<CommitId, usize> {
    course.steps.iter().enumerate().map(|(index, step)| (history.points[step.point].commit.id, index)).collect()
}

/// What a commit brought, and what it renamed.
fn came(state: &State) -> impl Iterator<Item = &Identity> {
    state.opened.iter().chain(state.renamed.iter().map(|(_, now)| now))
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::history::Moment;
    use crate::scene::timeline::Counting;

    fn id(at: usize) -> CommitId {
        let mut bytes = [7; 20];
        bytes[..8].copy_from_slice(&(at as u64).to_be_bytes());
        CommitId::new(&bytes)
    }

    fn identity(number: usize) -> Identity {
        let (from, to) = ("web".to_owned(), format!("orders::T{number}"));
        Identity { id: format!("{number:016x}"), rule: "internal-access", from, to, members: Vec::new() }
    }

    /// Each commit brings a violation; every third one fixes what the one before brought.
    fn history(n: usize) -> History {
        let point = |at: usize| {
            let day = Moment(1_600_000_000 + at as u64 * 3600);
            let (author, email) = ("Ada".to_owned(), "ada@example.org".to_owned());
            let commit = Commit {
                id: id(at),
                parents: Vec::new(),
                author,
                email,
                authored: day,
                committed: day,
                subject: format!("Commit {at}"),
            };
            let closed = if at % 3 == 1 { vec![identity(at - 1).id] } else { Vec::new() };
            let violations = vec![("internal-access", 1 + at - at / 3)];
            let state = State { opened: vec![identity(at)], closed, violations, ..State::default() };
            Point { commit, before: at.checked_sub(1), state: Ok(state) }
        };
        History { points: (0..n).map(point).collect(), is_whole: true, ..History::default() }
    }

    /// What is told of a history before anything is known of its commits, and who counts them.
    fn begun(history: &History) -> (Told, Counting) {
        let commits: Vec<Commit> = history.points.iter().map(|point| point.commit.clone()).collect();
        let rest = History { points: Vec::new(), ..history.clone() };
        let counting = Counting::begin(&rest, &commits);
        (Told::begin(rest, &commits, counting.course(), 1), counting)
    }

    fn batch(history: &History, at: std::ops::Range<usize>, counting: &mut Counting) -> Batch {
        let found: Vec<_> = at.map(|at| (at, history.points[at].state.clone())).collect();
        found.iter().for_each(|(at, state)| counting.enter(*at, state));
        Batch::new(found, counting.course())
    }

    #[test]
    fn batches_add_up_to_the_whole() {
        let history = history(30);
        let (mut told, mut counting) = begun(&history);
        assert_eq!((told.is_whole(), told.identity(&identity(3).id)), (false, None));
        told.take(batch(&history, 20..30, &mut counting));
        assert_eq!((told.course.n_not_yet(), told.identity(&identity(20).id)), (20, Some(&identity(20))));
        told.take(batch(&history, 0..20, &mut counting));
        let whole = Told::new(history, 2);
        assert!(told.is_whole() && told.is_like(&whole));
        assert_eq!((&told.history, &told.course, &told.changes), (&whole.history, &whole.course, &whole.changes));
        assert_eq!(told.identity(&identity(7).id), whole.identity(&identity(7).id));
    }

    #[test]
    fn a_picture_that_shows_less_waits() {
        let history = history(10);
        let (mut told, mut counting) = begun(&history);
        told.take(batch(&history, 0..6, &mut counting));
        let shown = told.course.clone();
        // Whoever goes on begins to count anew.
        let (_, mut counting) = begun(&history);
        told.take(batch(&history, 0..4, &mut counting));
        assert_eq!(told.course, shown);
        told.take(batch(&history, 4..10, &mut counting));
        assert!(told.is_whole());
    }

    #[test]
    fn what_the_window_does_with_a_long_history_is_measured() {
        let history = history(40_000);
        let (mut told, mut counting) = begun(&history);
        let mut longest = Duration::ZERO;
        for from in (0..40_000).step_by(4_000) {
            let batch = batch(&history, from..from + 4_000, &mut counting);
            let start = Instant::now();
            told.take(batch);
            longest = longest.max(start.elapsed());
        }
        let start = Instant::now();
        let whole = Told::new(history, 2);
        let elsewhere = start.elapsed();
        let start = Instant::now();
        let span = whole.span_like(&told, Axis::Time, Span { from: 0.2, to: 0.9 });
        assert!(whole.step_like(&told, 39_000) == Some(39_000) && span.to > span.from);
        let replaced = start.elapsed();
        #[expect(clippy::print_stdout, reason = "the number is the point of this test")]
        {
            println!(
                "40,000 commits: a batch of 4,000 taken in {longest:.1?}, the whole put in its place in {replaced:.1?}; \
                 made ready elsewhere in {elsewhere:.1?}"
            );
        }
    }
}
