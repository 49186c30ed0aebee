//! Who introduced what a merge brought, where the commits of the merged branch were looked at, too.
//!
//! In: points of all commits, merged branches included.  Out: for the violations that merges brought, the commits on the
//! branches.  Not here: branches that were not looked at (`analysis`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Commit, CommitId, History, Life};

/// By the point of the merge and the identity that the violation came with.
pub(super) fn on_branches(history: &History, lives: &[Life]) -> BTreeMap<(usize, String), Commit> {
    let by_id: BTreeMap<CommitId, usize> =
        history.points.iter().enumerate().map(|(at, point)| (point.commit.id, at)).collect();
    let parents = |at: usize| history.points[at].commit.parents.iter().filter_map(|id| by_id.get(id)).copied();
    let mut found = BTreeMap::new();
    let spans = lives.iter().flat_map(|life| &life.spans);
    for span in spans.filter(|span| parents(span.introduced).count() > 1) {
        let mut all = parents(span.introduced);
        let (main, branches): (Vec<usize>, Vec<usize>) = (all.next().into_iter().collect(), all.collect());
        let merged = before(&branches, &parents, &before(&main, &parents, &BTreeSet::new()));
        let opens = |at: &&usize| {
            let opened = history.points[**at].state.iter().flat_map(|state| &state.opened);
            opened.into_iter().any(|identity| identity.id == span.id)
        };
        // Points are sorted with parents first: the first is the one that made it.
        if let Some(at) = merged.iter().find(opens) {
            found.insert((span.introduced, span.id.clone()), history.points[*at].commit.clone());
        }
    }
    found
}

/// The points that lead to some, themselves included, without those that are known.
fn before<I: Iterator<Item = usize>>(
    from: &[usize],
    parents: &dyn Fn(usize) -> I,
    known: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = from.to_vec();
    while let Some(at) = open.pop() {
        if !known.contains(&at) && found.insert(at) {
            open.extend(parents(at));
        }
    }
    found
}
