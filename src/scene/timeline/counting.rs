//! What is drawn of each commit, entered as it becomes known.
//!
//! In: a history, then what is known of one commit after the other, in any order.  Out: a [`Course`] of what was entered so
//! far.  A commit takes little room here, so that the one who counts need not keep what it counts.

use std::collections::BTreeMap;

use super::course::{Band, Course, Known, LEAST_ASSIGNED_PERCENT, Step, Tile, Unit};
use crate::history::{Commit, History, Hole, State};
use crate::metrics::{METRICS, Ratio, Value};
use crate::rules;
use crate::theme::Role;

/// As many rules as have a band of their own; the others share one.
const MOST_BANDS: usize = 7;

/// Which metrics have a tile, if the history has them (LAYOUT-AND-METRICS.md 2.3), and in what they are told.
const TILES: [(&str, Unit); 6] = [
    ("references_to_cut", Unit::Count),
    ("tangled_modules", Unit::Count),
    ("acd", Unit::Average),
    ("leak_ratio", Unit::Share),
    ("tangled_share", Unit::Share),
    ("excess_lines", Unit::Count),
];

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
struct Numbers {
    is_assigned: bool,
    opened: u32,
    closed: u32,
    total: u32,
    denied: u32,
    violations: Vec<(&'static str, u32)>,
    /// In the order of [`TILES`].
    tiles: [Option<f32>; TILES.len()],
    /// The share of lines in boundaries.
    assigned: Option<f32>,
}

impl Course {
    pub fn new(history: &History) -> Self {
        Counting::of_chain(history).course()
    }
}

impl Counting {
    /// Commits that follow each other, the oldest first, of which nothing is known; `history` says whatever else it says.
    pub fn begin(history: &History, commits: &[Commit]) -> Self {
        Self::of(history, commits.iter().enumerate())
    }

    /// Of all points that follow each other.
    fn of_chain(history: &History) -> Self {
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
            bands: bands(rules),
            tiles: tiles(&numbers),
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

/// The rules with the most violations over time have bands of their own.
fn bands(rules: BTreeMap<&'static str, Vec<u32>>) -> Vec<Band> {
    let mut all: Vec<(&'static str, Vec<u32>)> = rules.into_iter().collect();
    let sum = |counts: &[u32]| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    all.sort_by_key(|(rule, counts)| (std::cmp::Reverse(sum(counts)), rules::position(rule)));
    let others = if all.len() > MOST_BANDS + 1 { all.split_off(MOST_BANDS) } else { Vec::new() };
    let mut bands: Vec<Band> = (0..)
        .zip(all)
        .map(|(index, (rule, counts))| Band { name: rule.to_owned(), role: Role::series(index), counts })
        .collect();
    let of_others = others.len();
    let others = others
        .into_iter()
        .map(|(_, counts)| counts)
        .reduce(|sum, counts| sum.iter().zip(counts).map(|(sum, count)| sum.saturating_add(count)).collect());
    bands.extend(others.map(|counts| Band {
        name: format!("{of_others} other rules"),
        role: Role::series(MOST_BANDS),
        counts,
    }));
    bands
}

fn tiles(steps: &[Option<&Numbers>]) -> Vec<Tile> {
    let tile = |name: &str, unit, role, value: &dyn Fn(&Numbers) -> Option<f32>| {
        let values: Vec<Option<f32>> = steps.iter().map(|step| step.and_then(value)).collect();
        let is_told = values.iter().flatten().any(|value| *value > 0.0);
        is_told.then(|| Tile { name: name.to_owned(), unit, role, values })
    };
    let mut tiles = Vec::new();
    tiles.extend(tile("Denied", Unit::Count, Role::Violation, &|step| Some(step.denied as f32)));
    for (index, (key, unit)) in TILES.into_iter().enumerate() {
        let Some(metric) = METRICS.iter().find(|metric| metric.key == key) else { continue };
        tiles.extend(tile(metric.name, unit, Role::Edge, &|step| step.tiles[index]));
    }
    tiles.extend(tile("Lines in a boundary", Unit::Share, Role::Edge, &|step| step.assigned));
    tiles
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
