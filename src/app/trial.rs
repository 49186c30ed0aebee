//! riprap.toml as it stands in the editor, tried against commits: which ones it would have stopped.
//!
//! In: a history that was judged by it.  Out: what the rules view tells of that.  Not here: going through commits (`going`),
//! and asking for it (`trying`).

use std::collections::BTreeMap;

use super::generation::Generation;
use super::timeline::Running;
use crate::history::{Commit, History, Identity};
use crate::scene::timeline::Course;

/// What is tried, and what came of it.
#[derive(Debug)]
pub(crate) struct Trial {
    /// Only so many of the newest commits.
    pub(crate) last: Option<usize>,
    pub(crate) running: Option<Running>,
    pub(crate) tried: Option<Box<Tried>>,
    /// Why nothing came of it: what is wrong in the first line, then what to do.
    pub(crate) failed: Option<String>,
    /// Of what was stopped, only that which breaks this rule is looked at.
    pub(crate) rule: Option<&'static str>,
    /// The commit that is looked at, as an index into those that were stopped.
    pub(crate) picked: Option<usize>,
}

impl Default for Trial {
    fn default() -> Self {
        Self { last: Some(100), running: None, tried: None, failed: None, rule: None, picked: None }
    }
}

/// What a riprap.toml would have done.
#[derive(Debug)]
pub(crate) struct Tried {
    /// Tells it from others.
    pub(crate) number: Generation,
    /// The riprap.toml.
    pub(crate) text: String,
    /// How many violations each commit had.
    pub(crate) course: Course,
    pub(crate) n_commits: usize,
    /// Nothing is known of so many of them.
    pub(crate) n_holes: usize,
    /// The newest first.
    pub(crate) stopped: Vec<Stopped>,
    /// How many commits each rule would have stopped, most first.
    pub(crate) rules: Vec<(&'static str, usize)>,
    /// What could not be looked at, in sentences.
    pub(crate) notes: Vec<String>,
}

/// A commit for which `check` would have failed, had all that was there before been accepted.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) commit: Commit,
    /// What would have stopped it.
    pub(crate) failing: Vec<Identity>,
    /// How many violations there were in all.
    pub(crate) total: usize,
}

impl Tried {
    pub(crate) fn new(history: &History, text: String, number: Generation) -> Self {
        let mut stopped: Vec<Stopped> = history
            .stopped()
            .map(|(at, state)| Stopped {
                commit: history.points[at].commit.clone(),
                failing: state.opened.iter().filter(|it| state.failing.contains(&it.id)).cloned().collect(),
                total: state.total(),
            })
            .collect();
        stopped.reverse();
        let mut rules: BTreeMap<&'static str, usize> = BTreeMap::new();
        for commit in &stopped {
            let mut broken: Vec<&'static str> = commit.failing.iter().map(|identity| identity.rule).collect();
            broken.sort_unstable();
            broken.dedup();
            broken.into_iter().for_each(|rule| *rules.entry(rule).or_default() += 1);
        }
        let mut rules: Vec<(&'static str, usize)> = rules.into_iter().collect();
        rules.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            number,
            text,
            course: Course::new(history),
            n_commits: history.points.len(),
            n_holes: history.points.iter().filter(|point| point.state.is_err()).count(),
            stopped,
            rules,
            notes: history.notes.clone(),
        }
    }

    /// Those that a rule stopped, or that any did, by their indices.
    pub(crate) fn stopped_by(&self, rule: Option<&'static str>) -> impl Iterator<Item = usize> + '_ {
        let breaks = move |stopped: &Stopped| {
            rule.is_none_or(|rule| stopped.failing.iter().any(|identity| identity.rule == rule))
        };
        (0..self.stopped.len()).filter(move |index| breaks(&self.stopped[*index]))
    }
}

/// What hands do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnTrial {
    /// So many of the newest commits, or all.
    SetLast(Option<usize>),
    SetRule(Option<&'static str>),
    /// Looks at a commit that was stopped, or no longer at it.
    Pick(usize),
    Cancel,
}
