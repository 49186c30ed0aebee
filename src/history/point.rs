//! What is known of one commit, as the difference to the one before.

use std::collections::BTreeMap;

use super::Commit;
use crate::metrics::{Measure, Ratio};

/// What a violation is known by in every revision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// 16 hexadecimal digits.
    pub id: String,
    pub rule: &'static str,
    /// The referring module; for a cycle its container.
    pub from: String,
    /// The thing that is named; empty for a cycle, and for a rule about one thing.
    pub to: String,
    /// Of a cycle, sorted.
    pub members: Vec<String>,
}

/// A dependency, by the paths of modules or the names of boundaries.
pub type Edge = (String, String);

/// What came and what went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub added: Vec<Edge>,
    pub removed: Vec<Edge>,
    /// How many there are now.
    pub count: usize,
}

/// A commit, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub commit: Commit,
    /// The point that its differences are told to: that of the commit before on the branch, or of the last one before it
    /// that was looked at.
    pub before: Option<usize>,
    pub state: Result<State, Hole>,
}

/// Why nothing is known of a commit: the differences of the next one are told to the last of which something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// One sentence.
    pub reason: String,
}

/// What is known of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct State {
    /// Violations that the commit before does not have, sorted.
    pub opened: Vec<Identity>,
    /// Identities of those that are gone, sorted.
    pub closed: Vec<String>,
    /// Violations that are known by another identity now, since what they name was renamed or moved: before and after.
    pub renamed: Vec<(String, Identity)>,
    /// How many violations each rule has, in the order of the rules; those without are left out.
    pub violations: Vec<(&'static str, usize)>,
    /// How many of them `check` would fail for.
    pub denied: usize,
    pub modules: Difference,
    pub boundaries: Difference,
    /// Of the workspace.
    pub measures: Vec<Measure>,
    /// The share of lines that boundaries own; `None` without boundaries.
    pub assigned: Option<Ratio>,
    /// What could not be seen, by kind.
    pub notes: BTreeMap<&'static str, usize>,
}

impl State {
    /// How many violations there are.
    pub fn total(&self) -> usize {
        self.violations.iter().map(|(_, count)| count).sum()
    }
}
