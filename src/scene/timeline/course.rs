//! What changed from commit to commit, as numbers that can be drawn.
//!
//! In: a [`History`].  Out: a [`Course`]: one step per commit of the branch, bands for rules, tiles for metrics.  Not here:
//! positions.

use std::collections::BTreeMap;

use crate::history::{History, State};
use crate::metrics::{Measure, Ratio, Value};
use crate::rules;
use crate::theme::Role;

/// As many rules as have a band of their own; the others share one.
const MOST_BANDS: usize = 7;

/// Below this share of lines in boundaries, in percent, few violations mean little.
pub(super) const LEAST_ASSIGNED_PERCENT: u64 = 90;

/// Which metrics have a tile, if the history has them (LAYOUT-AND-METRICS.md 2.3), and in what they are told.
const TILES: [(&str, Unit); 6] = [
    ("references_to_cut", Unit::Count),
    ("tangled_modules", Unit::Count),
    ("acd", Unit::Average),
    ("leak_ratio", Unit::Share),
    ("tangled_share", Unit::Share),
    ("excess_lines", Unit::Count),
];

/// A history in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    pub workspace: String,
    /// The commits that follow each other on the branch, the oldest first.
    pub steps: Vec<Step>,
    /// The largest first.
    pub bands: Vec<Band>,
    pub tiles: Vec<Tile>,
    /// By step; of one step in order.
    pub tags: Vec<(usize, String)>,
    /// Why nothing is known of the first of the steps that are holes.
    pub hole: Option<String>,
}

/// A commit.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its index in the history's points.
    pub point: usize,
    /// Seconds since 1970, never before those of the step before: clocks of committers differ.
    pub at: u64,
    /// Nothing is known of it: its numbers are those of the step before.
    pub is_hole: bool,
    /// So much of the code belongs to boundaries that its numbers mean something; or there are no boundaries.
    pub is_assigned: bool,
    pub opened: u32,
    pub closed: u32,
    pub total: u32,
    pub denied: u32,
}

impl Step {
    /// Violations came or went.
    pub fn is_change(&self) -> bool {
        self.opened + self.closed > 0
    }
}

/// The violations of a rule, or of all rules without a band of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub name: String,
    pub role: Role,
    /// By step.
    pub counts: Vec<u32>,
}

/// What a number of a tile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Count,
    Average,
    /// Of one.
    Share,
}

/// A number over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    pub name: String,
    pub unit: Unit,
    pub role: Role,
    /// By step; `None` where it is not known.
    pub values: Vec<Option<f32>>,
}

impl Course {
    pub fn new(history: &History) -> Self {
        let chain = history.chain();
        let mut course = Self { workspace: history.workspace.clone(), ..Self::default() };
        let mut rules: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        let states: Vec<Option<&State>> = chain.iter().map(|at| history.points[*at].state.as_ref().ok()).collect();
        let mut last: Option<Step> = None;
        for (index, at) in chain.iter().enumerate() {
            let point = &history.points[*at];
            let before = last.as_ref();
            let time = point.commit.committed.0.max(before.map_or(0, |step| step.at));
            let step = match states[index] {
                Some(state) => Step {
                    point: *at,
                    at: time,
                    is_hole: false,
                    is_assigned: state.assigned.is_none_or(is_enough),
                    // What was there before the first commit that was looked at did not come with it.
                    opened: if index == 0 && !history.is_whole { 0 } else { count(state.opened.len()) },
                    closed: count(state.closed.len()),
                    total: count(state.total()),
                    denied: count(state.denied),
                },
                None => Step {
                    point: *at,
                    at: time,
                    is_hole: true,
                    is_assigned: before.is_none_or(|step| step.is_assigned),
                    opened: 0,
                    closed: 0,
                    total: before.map_or(0, |step| step.total),
                    denied: before.map_or(0, |step| step.denied),
                },
            };
            if let Err(hole) = &point.state {
                course.hole.get_or_insert_with(|| hole.reason.clone());
            }
            let names = history.tags.get(&point.commit.id).into_iter().flatten();
            course.tags.extend(names.map(|name| (index, name.clone())));
            for (rule, violations) in states[index].iter().flat_map(|state| &state.violations) {
                let counts = rules.entry(*rule).or_insert_with(|| vec![0; chain.len()]);
                counts[index] = count(*violations);
            }
            if step.is_hole && index > 0 {
                for counts in rules.values_mut() {
                    counts[index] = counts[index - 1];
                }
            }
            course.steps.push(step.clone());
            last = Some(step);
        }
        course.bands = bands(rules);
        course.tiles = tiles(&states);
        course
    }

    /// The steps at which violations came or went, or which are holes.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.steps.len()).filter(|step| self.steps[*step].is_change())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn is_enough(assigned: Ratio) -> bool {
    u128::from(assigned.part) * 100 >= u128::from(assigned.whole) * u128::from(LEAST_ASSIGNED_PERCENT)
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

fn tiles(states: &[Option<&State>]) -> Vec<Tile> {
    let tile = |name: &str, unit, role, value: &dyn Fn(&State) -> Option<f32>| {
        let values: Vec<Option<f32>> = states.iter().map(|state| state.and_then(value)).collect();
        let is_told = values.iter().flatten().any(|value| *value > 0.0);
        is_told.then(|| Tile { name: name.to_owned(), unit, role, values })
    };
    let mut tiles = Vec::new();
    tiles.extend(tile("Denied", Unit::Count, Role::Violation, &|state| Some(state.denied as f32)));
    for (key, unit) in TILES {
        let find = |state: &State| state.measures.iter().find(|measure| measure.metric.key == key).copied();
        let Some(Measure { metric, .. }) = states.iter().flatten().find_map(|state| find(state)) else { continue };
        tiles.extend(tile(metric.name, unit, Role::Edge, &|state| find(state).map(|measure| number(measure.value))));
    }
    let assigned = |state: &State| state.assigned.map(|share| number(Value::Ratio(share)));
    tiles.extend(tile("Lines in a boundary", Unit::Share, Role::Edge, &assigned));
    tiles
}

fn number(value: Value) -> f32 {
    match value {
        Value::Count(count) => count as f32,
        Value::Ratio(Ratio { part, whole }) => (part as f64 / whole as f64) as f32,
    }
}
