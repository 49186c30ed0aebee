//! What is drawn of each commit, entered as it becomes known.
//!
//! In: a history, then what is known of one commit after the other, in any order.  Out: a [`Course`] of what was entered so
//! far.  A commit takes little room here, so that the one who counts need not keep what it counts.

use std::collections::BTreeMap;

use super::course::{self, Course, Known, LEAST_ASSIGNED_PERCENT, Step, TILES};
use crate::history::{Commit, History, Hole, State};
use crate::metrics::{Ratio, Value};

/// Commits of a branch, and what is drawn of those of which something is known.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    workspace: String,
    is_whole: bool,
    /// By step.
    places: Vec<Place>,
    samples: Vec<Sample>,
    tags: Vec<(usize, String)>,
}

/// Where a commit stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its index in the history's points.
    point: usize,
    /// Seconds since 1970, never before those of the step before: clocks of committers differ.
    at: u64,
}

#[derive(Clone, Debug)]
enum Sample {
    NotYet,
    Hole(String),
    State(Numbers),
}

/// What is drawn of a commit.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    is_assigned: bool,
    opened: u32,
    closed: u32,
    total: u32,
    pub(super) denied: u32,
    violations: Vec<(&'static str, u32)>,
    /// In the order of [`TILES`].
    pub(super) tiles: [Option<f32>; TILES.len()],
    /// The share of lines in boundaries.
    pub(super) assigned: Option<f32>,
}

impl Counting {
    /// Commits that follow each other, the oldest first, of which nothing is known; `history` says whatever else it says.
    pub fn begin(history: &History, commits: &[Commit]) -> Self {
        Self::of(history, commits.iter().enumerate())
    }

    /// Of all points that follow each other.
    pub(super) fn of_chain(history: &History) -> Self {
        let chain = history.chain();
        let mut counting = Self::of(history, chain.iter().map(|at| (*at, &history.points[*at].commit)));
        for (step, at) in chain.iter().enumerate() {
            counting.enter(step, &history.points[*at].state);
        }
        counting
    }

    fn of<'a>(history: &History, commits: impl Iterator<Item = (usize, &'a Commit)>) -> Self {
        let (workspace, is_whole) = (history.workspace.clone(), history.is_whole);
        let mut counting = Self { workspace, is_whole, ..Self::default() };
        let mut last = 0;
        for (step, (point, commit)) in commits.enumerate() {
            last = commit.committed.0.max(last);
            counting.places.push(Place { point, at: last });
            let names = history.tags.get(&commit.id).into_iter().flatten();
            counting.tags.extend(names.map(|name| (step, name.clone())));
        }
        counting.samples = vec![Sample::NotYet; counting.places.len()];
        counting
    }

    /// What is known of a step, in place of what was entered before.
    pub fn enter(&mut self, step: usize, found: &Result<State, Hole>) {
        let Some(sample) = self.samples.get_mut(step) else { return };
        *sample = match found {
            Ok(state) => Sample::State(Numbers::new(state)),
            Err(hole) => Sample::Hole(hole.reason.clone()),
        };
    }

    pub fn course(&self) -> Course {
        let n = self.places.len();
        let mut rules: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        let mut steps: Vec<Step> = Vec::with_capacity(n);
        let mut hole = None;
        for (index, (place, sample)) in self.places.iter().zip(&self.samples).enumerate() {
            let Place { point, at } = *place;
            if let Sample::State(numbers) = sample {
                steps.push(Step {
                    point,
                    at,
                    known: Known::Yes,
                    is_assigned: numbers.is_assigned,
                    // What was there before the first commit that was looked at did not come with it.
                    opened: if index == 0 && !self.is_whole { 0 } else { numbers.opened },
                    closed: numbers.closed,
                    total: numbers.total,
                    denied: numbers.denied,
                });
                for (rule, violations) in &numbers.violations {
                    rules.entry(*rule).or_insert_with(|| vec![0; n])[index] = *violations;
                }
                continue;
            }
            let before = steps.last();
            let mut step = Step {
                point,
                at,
                known: Known::NotYet,
                is_assigned: before.is_none_or(|step| step.is_assigned),
                opened: 0,
                closed: 0,
                total: before.map_or(0, |step| step.total),
                denied: before.map_or(0, |step| step.denied),
            };
            if let Sample::Hole(reason) = sample {
                step.known = Known::Never;
                hole.get_or_insert_with(|| reason.clone());
            }
            steps.push(step);
            if let Some(before) = index.checked_sub(1) {
                rules.values_mut().for_each(|counts| counts[index] = counts[before]);
            }
        }
        let numbers: Vec<Option<&Numbers>> = self.samples.iter().map(Sample::numbers).collect();
        Course {
            workspace: self.workspace.clone(),
            steps,
            bands: course::bands(rules),
            tiles: course::tiles(&numbers),
            tags: self.tags.clone(),
            hole,
        }
    }
}

impl Sample {
    fn numbers(&self) -> Option<&Numbers> {
        if let Self::State(numbers) = self { Some(numbers) } else { None }
    }
}

impl Numbers {
    fn new(state: &State) -> Self {
        let measure = |key: &str| state.measures.iter().find(|measure| measure.metric.key == key);
        Self {
            is_assigned: state.assigned.is_none_or(is_enough),
            opened: count(state.opened.len()),
            closed: count(state.closed.len()),
            total: count(state.total()),
            denied: count(state.denied),
            violations: state.violations.iter().map(|(rule, violations)| (*rule, count(*violations))).collect(),
            tiles: TILES.map(|(key, _)| measure(key).map(|measure| number(measure.value))),
            assigned: state.assigned.map(|share| number(Value::Ratio(share))),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn is_enough(assigned: Ratio) -> bool {
    u128::from(assigned.part) * 100 >= u128::from(assigned.whole) * u128::from(LEAST_ASSIGNED_PERCENT)
}

fn number(value: Value) -> f32 {
    match value {
        Value::Count(count) => count as f32,
        Value::Ratio(Ratio { part, whole }) => (part as f64 / whole as f64) as f32,
    }
}
