//! What a draft changes: the violations that go and come.
//!
//! In: today's verdict and the draft's.  Out: [`Effect`].  A violation of moved code is the same violation
//! as long as its rule and its ends are: paths are compared as they are today.  What is accepted today stays accepted.
//! Not here: judging (`verdict`), and numbers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ground::Ground;
use crate::model::Model;
use crate::rules::Violation;
use crate::verdict::{Judged, Verdict};

/// Violations that are not the same before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Indices into today's verdict.
    pub gone: Vec<usize>,
    /// Indices into the draft's verdict.
    pub new: Vec<usize>,
    /// Today and after the moves: denied violations, those that nobody accepted, and rings.
    pub denied: (usize, usize),
    pub open: (usize, usize),
    pub rings: (usize, usize),
}

impl Effect {
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }
}

/// The paths of today by those that are others now.
type Known<'a> = FxHashMap<&'a str, &'a str>;

pub(super) fn effect(ground: &Ground, after: &Arc<Model>, verdict: &mut Verdict) -> Effect {
    let today = ground.model();
    let mut known = Known::default();
    if !Arc::ptr_eq(today, after) {
        for id in today.node_ids() {
            let (old, new) = (&today.node(id).path, &after.node(id).path);
            if !Arc::ptr_eq(old, new) {
                known.insert(new, old);
            }
        }
    }
    let before = &ground.verdict.violations;
    let mut by_ends: FxHashMap<(&str, &str, &str), usize> = FxHashMap::default();
    for (index, judged) in before.iter().enumerate().filter(|(_, judged)| judged.violation.members.is_empty()) {
        let Violation { rule, from, to, .. } = &judged.violation;
        by_ends.insert((rule, from, to), index);
    }
    let rings: Vec<(usize, &Violation)> = before
        .iter()
        .enumerate()
        .filter(|(_, judged)| !judged.violation.members.is_empty())
        .map(|(index, judged)| (index, &judged.violation))
        .collect();
    let mut stays = vec![false; before.len()];
    let mut new = Vec::new();
    for (index, judged) in verdict.violations.iter_mut().enumerate() {
        let Violation { rule, from, to, members, .. } = &judged.violation;
        let (from, to) = (old(&known, from), old(&known, to));
        let same = match members.as_slice() {
            [] => by_ends.get(&(*rule, from, to)).copied(),
            members => {
                let of_today: Vec<&str> = members.iter().map(|member| old(&known, member)).collect();
                let holds = |ring: &Violation| {
                    ring.rule == *rule
                        && ring.from == from
                        && of_today.iter().all(|member| ring.members.iter().any(|known| known == member))
                };
                rings.iter().find(|(_, ring)| holds(ring)).map(|(index, _)| *index)
            }
        };
        match same {
            Some(earlier) => {
                stays[earlier] = true;
                if judged.accepted.is_none() && before[earlier].accepted.is_some() {
                    judged.accepted.clone_from(&before[earlier].accepted);
                    judged.denied = false;
                }
            }
            None => new.push(index),
        }
    }
    let is_open = |judged: &&Judged| judged.accepted.is_none();
    let is_ring = |judged: &&Judged| !judged.violation.members.is_empty();
    let (then, now) = (&verdict.violations, before);
    Effect {
        gone: stays.iter().enumerate().filter(|(_, stays)| !**stays).map(|(index, _)| index).collect(),
        new,
        denied: (ground.verdict.denied(), verdict.denied()),
        open: (now.iter().filter(is_open).count(), then.iter().filter(is_open).count()),
        rings: (now.iter().filter(is_ring).count(), then.iter().filter(is_ring).count()),
    }
}

fn old<'a>(known: &Known<'a>, path: &'a str) -> &'a str {
    known.get(path).copied().unwrap_or(path)
}
