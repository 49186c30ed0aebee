//! What changed from commit to commit, as numbers that can be drawn.
//!
//! In: nothing.  Out: a [`Course`]: one step per commit of the branch, bands for rules, tiles for metrics.  Not here: how these
//! come of a history (`counting`), and positions.

use crate::theme::Role;

/// Below this share of lines in boundaries, in percent, few violations mean little.
pub(super) const LEAST_ASSIGNED_PERCENT: u64 = 90;

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
    /// How many steps were not looked at so far.
    pub fn n_not_yet(&self) -> usize {
        self.steps.iter().filter(|step| step.known == Known::NotYet).count()
    }

    /// The steps at which violations came or went, or which are holes.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.steps.len()).filter(|step| self.steps[*step].is_change())
    }
}
