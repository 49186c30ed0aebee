//! What changed from commit to commit, as numbers that can be drawn.
//!
//! In: a [`History`], or what was counted of it so far.  Out: a [`Course`]: one step per commit of the branch, bands for
//! rules, tiles for metrics.  Not here: counting (`counting`), and positions.

use std::collections::BTreeMap;

use super::counting::{Counting, Numbers};
use crate::history::History;
use crate::metrics::METRICS;
use crate::rules;
use crate::theme::Role;

/// As many rules as have a band of their own; the others share one.
const MOST_BANDS: usize = 7;

/// Below this share of lines in boundaries, in percent, few violations mean little.
pub(super) const LEAST_ASSIGNED_PERCENT: u64 = 90;

/// Which metrics have a tile, if the history has them (LAYOUT-AND-METRICS.md 2.3), and in what they are told.
pub(super) const TILES: [(&str, Unit); 6] = [
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
    /// Where nothing is, its numbers are those of the step before.
    pub known: Known,
    /// So much of the code belongs to boundaries that its numbers mean something; or there are no boundaries.
    pub is_assigned: bool,
    pub opened: u32,
    pub closed: u32,
    pub total: u32,
    pub denied: u32,
}

/// Whether something is known of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Yes,
    /// It was not looked at so far.
    NotYet,
    /// It is a hole.
    Never,
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
        Counting::of_chain(history).course()
    }

    /// How many steps were not looked at so far.
    pub fn n_not_yet(&self) -> usize {
        self.steps.iter().filter(|step| step.known == Known::NotYet).count()
    }

    /// The steps at which violations came or went, or which are holes.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.steps.len()).filter(|step| self.steps[*step].is_change())
    }
}

/// The rules with the most violations over time have bands of their own.
pub(super) fn bands(rules: BTreeMap<&'static str, Vec<u32>>) -> Vec<Band> {
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

pub(super) fn tiles(steps: &[Option<&Numbers>]) -> Vec<Tile> {
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
