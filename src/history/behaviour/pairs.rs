//! What is changed in the same commits.
//!
//! In: for each commit what it concerned.  Out: the pairs that come together too often for chance to be the reason.

use std::collections::{BTreeMap, BTreeSet};

/// Pairs that fewer commits changed together are left out, and so is what fewer commits changed at all.
pub(super) const MIN_TOGETHER: usize = 5;

/// The least confidence of a pair, of the rarer one to the other, in percent.
const MIN_CONFIDENCE: usize = 30;

/// Two things that are changed together.
#[derive(Clone, Debug, PartialEq)]
pub struct CoChange {
    /// The one that fewer commits changed; then by name.
    pub a: String,
    pub b: String,
    /// Commits that changed `a`, and `b`.
    pub commits: (usize, usize),
    /// Commits that changed both.
    pub together: usize,
    /// How much more often that is than if they had nothing to do with each other.
    pub lift: f64,
    /// One uses the other.  Where neither does, the code does not show why they change together.
    pub linked: bool,
}

impl Eq for CoChange {}

impl CoChange {
    /// Of the commits that changed `a`, the share that changed `b`, too.
    pub fn confidence(&self) -> f64 {
        self.together as f64 / self.commits.0.max(1) as f64
    }

    /// The other way round.
    pub fn confidence_back(&self) -> f64 {
        self.together as f64 / self.commits.1.max(1) as f64
    }
}

/// The surest first: by how often both are changed together, by confidence, by name.
pub(super) fn pairs(commits: &[BTreeSet<&str>], edges: &BTreeSet<(String, String)>) -> Vec<CoChange> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in commits.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let mut together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for names in commits {
        let often: Vec<&str> = names.iter().copied().filter(|name| counts[name] >= MIN_TOGETHER).collect();
        for (at, a) in often.iter().enumerate() {
            for b in &often[at + 1..] {
                *together.entry((a, b)).or_default() += 1;
            }
        }
    }
    let is_edge = |a: &str, b: &str| edges.contains(&(a.to_owned(), b.to_owned()));
    let mut pairs: Vec<CoChange> = together
        .into_iter()
        .filter(|((a, b), together)| {
            *together >= MIN_TOGETHER && together * 100 >= counts[a].min(counts[b]) * MIN_CONFIDENCE
        })
        .map(|((a, b), together)| {
            let (a, b) = if counts[b] < counts[a] { (b, a) } else { (a, b) };
            let expected = counts[a] as f64 * counts[b] as f64 / commits.len().max(1) as f64;
            CoChange {
                a: a.to_owned(),
                b: b.to_owned(),
                commits: (counts[a], counts[b]),
                together,
                lift: together as f64 / expected,
                linked: is_edge(a, b) || is_edge(b, a),
            }
        })
        // What comes together as often as chance would have it says nothing.
        .filter(|pair| pair.lift > 1.0)
        .collect();
    let key = |pair: &CoChange| (pair.together, pair.together * 1000 / pair.commits.0.max(1));
    pairs.sort_by(|a, b| key(b).cmp(&key(a)).then_with(|| (&a.a, &a.b).cmp(&(&b.a, &b.b))));
    pairs
}
