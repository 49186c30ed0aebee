//! Levels of an acyclic graph.
//!
//! In: edges without a cycle (what [`super::feedback()`] leaves).  Out: a level for each node so that every edge goes
//! down.  Not here: how a level is drawn.

use super::{Edge, components, is_proper};

/// The level of each node: 0 depends on nothing, others are one above the highest that they depend on.
///
/// Edges that lie on a cycle cannot all go down: the nodes of a cycle share one level.
pub fn levels(n: u32, edges: &[Edge]) -> Vec<u32> {
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    for &(from, to, _) in edges.iter().filter(|edge| is_proper(n, edge)) {
        targets[from as usize].push(to);
    }
    let mut level: Vec<Option<u32>> = vec![None; n as usize];
    // What a component uses has its level already; only the component's own members have none.
    for members in components(n, edges) {
        let used = members.iter().flat_map(|&v| &targets[v as usize]).filter_map(|&to| level[to as usize]);
        let own = used.max().map_or(0, |highest| highest + 1);
        for member in members {
            level[member as usize] = Some(own);
        }
    }
    level.into_iter().map(|level| level.unwrap_or(0)).collect()
}

/// Moves nodes that have more users than they use up to just below the lowest of their users.
///
/// `levels` must send every edge down, and still does afterwards; no level is added.  Edges get shorter and the lowest
/// level, where everything that depends on nothing would otherwise meet, less crowded.
pub fn tighten(n: u32, edges: &[Edge], levels: &mut [u32]) {
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    let mut balance = vec![0i64; n as usize];
    for &(from, to, _) in edges.iter().filter(|edge| is_proper(n, edge)) {
        if levels[from as usize] > levels[to as usize] {
            users[to as usize].push(from);
            balance[to as usize] += 1;
            balance[from as usize] -= 1;
        }
    }
    // Users move before what they use, so that one pass carries whole chains.
    let mut order: Vec<u32> = (0..n).collect();
    order.sort_by_key(|&v| (std::cmp::Reverse(levels[v as usize]), v));
    for v in order {
        let lowest_user = users[v as usize].iter().map(|&user| levels[user as usize]).min();
        if let Some(lowest) = lowest_user
            && balance[v as usize] > 0
        {
            levels[v as usize] = lowest - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unweighted(edges: &[(u32, u32)]) -> Vec<Edge> {
        edges.iter().map(|&(from, to)| (from, to, 1)).collect()
    }

    #[test]
    fn the_level_is_the_longest_path_down() {
        assert_eq!(levels(4, &unweighted(&[(0, 1), (1, 2), (0, 2), (3, 2)])), [2, 1, 0, 1]);
    }

    #[test]
    fn a_cycle_is_one_level_and_its_users_are_above() {
        assert_eq!(levels(4, &unweighted(&[(0, 1), (1, 2), (2, 1), (2, 3)])), [2, 1, 1, 0]);
    }

    #[test]
    fn tightening_lifts_a_leaf_to_its_only_user() {
        let edges = unweighted(&[(0, 1), (1, 2), (2, 3), (0, 4)]);
        let mut level = levels(5, &edges);
        assert_eq!(level, [3, 2, 1, 0, 0]);
        tighten(5, &edges, &mut level);
        assert_eq!(level, [3, 2, 1, 0, 2]);
    }

    proptest! {
        #[test]
        fn every_edge_goes_down_before_and_after_tightening(
            n in 1u32..20,
            raw in prop::collection::vec((0u32..20, 0u32..20), 0..60),
        ) {
            let edges: Vec<Edge> = raw
                .iter()
                .map(|&(a, b)| (a % n, b % n))
                .filter(|(a, b)| a != b)
                .map(|(a, b)| (a.min(b), a.max(b), 1))
                .collect();
            let mut level = levels(n, &edges);
            let highest = level.iter().copied().max();
            let span = |level: &[u32], edge: &Edge| level[edge.0 as usize] - level[edge.1 as usize];
            let length = |level: &[u32]| -> u32 { edges.iter().map(|edge| span(level, edge)).sum() };
            for edge in &edges {
                prop_assert!(level[edge.0 as usize] > level[edge.1 as usize]);
            }
            let before = length(&level);
            tighten(n, &edges, &mut level);
            for edge in &edges {
                prop_assert!(level[edge.0 as usize] > level[edge.1 as usize]);
            }
            prop_assert_eq!(level.iter().copied().max(), highest);
            prop_assert!(length(&level) <= before);
        }
    }
}
