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

impl Identity {
    /// In one line, the rule first.
    pub fn in_words(&self) -> String {
        let Self { rule, from, to, members, .. } = self;
        match (to.is_empty(), members.is_empty()) {
            (_, false) => format!("{rule} {from}: {}", members.join(", ")),
            (true, true) => format!("{rule} {from}"),
            (false, true) => format!("{rule} {from} → {to}"),
        }
    }
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
    /// Those that opened for which `check` would have stopped this commit, had all that was there before been accepted.
    pub failing: Vec<String>,
    /// Of those that opened and those that were renamed: whose the code is that breaks the rule; sorted.
    pub owners: Vec<(String, String)>,
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
    /// What riprap.toml and riprap.baseline allow that they did not before; only where commits are judged by their own.
    pub intent: Vec<IntentChange>,
}

/// Something that became allowed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IntentChange {
    /// `permission`, `exception`, `level`, `boundary` or `baseline`.
    pub kind: &'static str,
    /// A sentence without a full stop.
    pub what: String,
}

/// By what commits are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum JudgedBy {
    /// By the riprap.toml of today.
    #[default]
    Today,
    /// By another one, as the person called it: what would have been.
    Other(String),
    /// Each by the one that it holds.
    Own,
}

impl State {
    /// Whose the code is that breaks a rule, of a violation that opened or was renamed here.
    pub fn owner(&self, id: &str) -> Option<&str> {
        let at = self.owners.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        Some(&self.owners[at].1)
    }

    /// How many violations there are.
    pub fn total(&self) -> usize {
        self.violations.iter().map(|(_, count)| count).sum()
    }
}
