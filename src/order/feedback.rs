//! The cheapest edges to cut so that no cycle is left (weighted feedback arc set).
//!
//! In: a graph; an edge that shall be kept weighs [`KEEP`](super::KEEP).  Out: the edges to cut and an order in which all others
//! go forward.  Not here: what a cut costs in the end; weights are the caller's.
//!
//! The problem is NP-hard, but real containers are small: a component of up to `exact_limit` nodes is solved exactly,
//! larger ones by a greedy order and sifting.  Opposite edges are first reduced to their difference (one of the two
//! is cut in every order), which breaks up most components.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::exact::{self, cheapest_order};
use super::sift::{Graph, greedy_order, sift};
use super::{Edge, components, is_proper};

/// The most nodes of a component that [`feedback`] solves exactly.
pub const EXACT_LIMIT: usize = exact::MOST;

/// Which edges to cut, and what order that leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// All nodes; each edge that is not cut goes from an earlier to a later one.  Lower ids first where edges allow.
    pub order: Vec<u32>,
    /// Indices of the cut edges, ascending.  Minimal: with any one of them back there is a cycle, parallel edges
    /// counting as one.
    pub cut: Vec<usize>,
    /// The weight of the cut edges; `u64::MAX` where the sum is larger.
    pub weight: u64,
    /// True if no lighter cut exists (up to weights so large that their sum would overflow, which count as equal).
    pub exact: bool,
}

/// [`feedback_within`] with the largest exact limit.
pub fn feedback(n: u32, edges: &[Edge]) -> Feedback {
    feedback_within(n, edges, EXACT_LIMIT)
}

/// The lightest set of edges without which the graph has no cycle; exact for components of at most `exact_limit`
/// nodes (at most [`EXACT_LIMIT`] counts; the time doubles with each node).
///
/// Where several answers are equally good, the one that keeps the nodes in ascending order wins.
pub fn feedback_within(n: u32, edges: &[Edge], exact_limit: usize) -> Feedback {
    let pairs = merge(n, edges);
    let net = net_edges(&pairs);
    let (forward, exact) = solve(n, &net, exact_limit.min(EXACT_LIMIT), heaviest(edges.len()) / 2);
    let rank = positions(&topological(n, forward.iter().copied()));

    let mut is_cut: Vec<bool> = pairs.iter().map(|pair| rank[pair.from as usize] > rank[pair.to as usize]).collect();
    restore_redundant(n, edges, &pairs, &mut is_cut);

    let kept = pairs.iter().zip(&is_cut).filter(|(_, cut)| !**cut).map(|(pair, _)| (pair.from, pair.to));
    let order = topological(n, kept);
    let mut cut: Vec<usize> =
        pairs.iter().zip(&is_cut).filter(|(_, cut)| **cut).flat_map(|(pair, _)| pair.edges.iter().copied()).collect();
    cut.sort_unstable();
    let weight = cut.iter().fold(0u64, |sum, &edge| sum.saturating_add(edges[edge].2));
    Feedback { order, cut, weight, exact }
}

/// All edges from one node to another.
struct Pair {
    from: u32,
    to: u32,
    /// Their sum, at most so much that all pairs together fit into `i64`.
    weight: u64,
    edges: Vec<usize>,
}

/// What an edge weighs at most, so that the weights of all together fit into `i64`.
fn heaviest(edges: usize) -> u64 {
    u64::MAX / (4 * edges.max(1) as u64)
}

/// Parallel edges become one; sorted by from and to.
fn merge(n: u32, edges: &[Edge]) -> Vec<Pair> {
    let mut proper: Vec<usize> = (0..edges.len()).filter(|&edge| is_proper(n, &edges[edge])).collect();
    proper.sort_unstable_by_key(|&edge| (edges[edge].0, edges[edge].1, edge));
    let largest = heaviest(edges.len());
    let mut pairs: Vec<Pair> = Vec::new();
    for edge in proper {
        let (from, to, weight) = edges[edge];
        match pairs.last_mut() {
            Some(pair) if (pair.from, pair.to) == (from, to) => {
                pair.weight = pair.weight.saturating_add(weight).min(largest);
                pair.edges.push(edge);
            }
            _ => pairs.push(Pair { from, to, weight: weight.min(largest), edges: vec![edge] }),
        }
    }
    pairs
}

/// Opposite pairs become one edge with the difference of their weights; none if they weigh the same.
fn net_edges(pairs: &[Pair]) -> Vec<Edge> {
    let weight_of = |from: u32, to: u32| {
        let found = pairs.binary_search_by_key(&(from, to), |pair| (pair.from, pair.to));
        found.map_or(0, |index| pairs[index].weight)
    };
    pairs
        .iter()
        .map(|pair| (pair.from, pair.to, pair.weight.saturating_sub(weight_of(pair.to, pair.from))))
        .filter(|edge| edge.2 > 0)
        .collect()
}

/// The net edges that go forward in the chosen orders, and whether each component was solved exactly.
///
/// An edge of at least `heavy` is one to keep.
fn solve(n: u32, net: &[Edge], exact_limit: usize, heavy: u64) -> (Vec<(u32, u32)>, bool) {
    let groups = components(n, net);
    let mut component = vec![0u32; n as usize];
    let mut local = vec![0u32; n as usize];
    for (id, members) in groups.iter().enumerate() {
        for (index, &member) in members.iter().enumerate() {
            component[member as usize] = id as u32;
            local[member as usize] = index as u32;
        }
    }
    let mut inner: Vec<Vec<Edge>> = vec![Vec::new(); groups.len()];
    let mut forward = Vec::new();
    for &(from, to, weight) in net {
        let id = component[from as usize];
        if id == component[to as usize] {
            inner[id as usize].push((local[from as usize], local[to as usize], weight));
        } else {
            forward.push((from, to));
        }
    }
    let mut exact = true;
    for (members, edges) in groups.iter().zip(&inner).filter(|(members, _)| members.len() > 1) {
        exact &= members.len() <= exact_limit;
        let place = positions(&order_component(members.len(), edges, exact_limit, heavy));
        let goes_forward = edges.iter().filter(|edge| place[edge.0 as usize] < place[edge.1 as usize]);
        forward.extend(goes_forward.map(|edge| (members[edge.0 as usize], members[edge.1 as usize])));
    }
    (forward, exact)
}

/// The order of one component; ascending ids if no other order is better.
fn order_component(n: usize, edges: &[Edge], exact_limit: usize, heavy: u64) -> Vec<u32> {
    let graph = Graph::new(n, edges);
    let ascending: Vec<u32> = (0..n as u32).collect();
    if n <= exact_limit {
        let mut weights = vec![0; n * n];
        for &(from, to, weight) in edges {
            weights[from as usize * n + to as usize] = weight;
        }
        let best = cheapest_order(n, &weights);
        return if graph.backward_weight(&best) < graph.backward_weight(&ascending) { best } else { ascending };
    }
    let mut candidates = vec![ascending, greedy_order(&graph)];
    // From an order that keeps all edges to keep, sifting only goes to others that do.
    candidates.extend(order_of_heavy(n, edges, heavy));
    for candidate in &mut candidates {
        sift(&graph, candidate);
    }
    // The first of equally good ones.
    candidates.into_iter().min_by_key(|order| graph.backward_weight(order)).unwrap_or_default()
}

/// An order in which the edges to keep go forward, as many of them as can; none where there are none.
fn order_of_heavy(n: usize, edges: &[Edge], heavy: u64) -> Option<Vec<u32>> {
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); n];
    let mut kept: Vec<(u32, u32)> = Vec::new();
    for &(from, to, _) in edges.iter().filter(|edge| edge.2 >= heavy) {
        if !reaches(&targets, to, from) {
            targets[from as usize].push(to);
            kept.push((from, to));
        }
    }
    (!kept.is_empty()).then(|| topological(n as u32, kept.into_iter()))
}

fn reaches(targets: &[Vec<u32>], from: u32, to: u32) -> bool {
    let mut seen = vec![false; targets.len()];
    let mut pending = vec![from];
    while let Some(node) = pending.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node as usize], true) {
            pending.extend(&targets[node as usize]);
        }
    }
    false
}

/// Takes back each cut, heaviest first, that closes no cycle.
fn restore_redundant(n: u32, edges: &[Edge], pairs: &[Pair], is_cut: &mut [bool]) {
    let mut component = vec![0u32; n as usize];
    for (id, members) in components(n, edges).iter().enumerate() {
        for &member in members {
            component[member as usize] = id as u32;
        }
    }
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    for (pair, _) in pairs.iter().zip(&*is_cut).filter(|(_, cut)| !**cut) {
        if component[pair.from as usize] == component[pair.to as usize] {
            targets[pair.from as usize].push(pair.to);
        }
    }
    let mut candidates: Vec<usize> = (0..pairs.len()).filter(|&pair| is_cut[pair]).collect();
    candidates.sort_by_key(|&pair| (Reverse(pairs[pair].weight), pair));
    let mut seen = vec![u32::MAX; n as usize];
    for (round, index) in candidates.into_iter().enumerate() {
        let pair = &pairs[index];
        let mut pending = vec![pair.to];
        let mut closes_cycle = false;
        while let Some(node) = pending.pop() {
            if node == pair.from {
                closes_cycle = true;
                break;
            }
            for &target in &targets[node as usize] {
                if seen[target as usize] != round as u32 {
                    seen[target as usize] = round as u32;
                    pending.push(target);
                }
            }
        }
        if !closes_cycle {
            is_cut[index] = false;
            targets[pair.from as usize].push(pair.to);
        }
    }
}

/// The nodes so that every edge goes forward, the lowest possible id first at each place.
fn topological(n: u32, edges: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    let mut users = vec![0u32; n as usize];
    for (from, to) in edges {
        targets[from as usize].push(to);
        users[to as usize] += 1;
    }
    let mut free: BinaryHeap<Reverse<u32>> = (0..n).filter(|&v| users[v as usize] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(n as usize);
    while let Some(Reverse(node)) = free.pop() {
        order.push(node);
        for &target in &targets[node as usize] {
            users[target as usize] -= 1;
            if users[target as usize] == 0 {
                free.push(Reverse(target));
            }
        }
    }
    debug_assert_eq!(order.len(), n as usize, "edges to order must not form a cycle");
    order
}

fn positions(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0; order.len()];
    for (position, &node) in order.iter().enumerate() {
        place[node as usize] = position as u32;
    }
    place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::KEEP;

    fn check(n: u32, edges: &[Edge], cut: &[(u32, u32)], weight: u64) {
        let found = feedback(n, edges);
        let pairs: Vec<(u32, u32)> = found.cut.iter().map(|&edge| (edges[edge].0, edges[edge].1)).collect();
        assert_eq!((pairs.as_slice(), found.weight), (cut, weight));
    }

    #[test]
    fn an_acyclic_graph_needs_no_cut_and_keeps_ascending_order_where_it_can() {
        let found = feedback(4, &[(2, 1, 1), (3, 0, 1)]);
        assert_eq!(found, Feedback { order: vec![2, 1, 3, 0], cut: vec![], weight: 0, exact: true });
    }

    #[test]
    fn of_two_opposite_edges_the_lighter_is_cut() {
        check(2, &[(0, 1, 3), (1, 0, 8)], &[(0, 1)], 3);
    }

    #[test]
    fn of_two_equal_opposite_edges_the_one_against_the_given_order_is_cut() {
        check(2, &[(0, 1, 3), (1, 0, 3)], &[(1, 0)], 3);
    }

    #[test]
    fn parallel_edges_count_together() {
        check(2, &[(0, 1, 2), (1, 0, 3), (0, 1, 2)], &[(1, 0)], 3);
    }

    #[test]
    fn edges_to_keep_survive_whatever_the_others_weigh() {
        check(3, &[(0, 1, u64::MAX), (1, 2, 1 << 40), (2, 0, u64::MAX)], &[(1, 2)], 1 << 40);
    }

    #[test]
    fn two_edges_to_keep_against_each_other_do_not_overflow() {
        check(2, &[(0, 1, u64::MAX), (1, 0, u64::MAX), (1, 0, u64::MAX)], &[(1, 0), (1, 0)], u64::MAX);
    }

    #[test]
    fn a_cut_without_weight_is_still_needed_only_where_it_closes_a_cycle() {
        check(3, &[(2, 1, 0), (1, 0, 0), (0, 2, 4)], &[(2, 1)], 0);
    }

    #[test]
    fn a_tournament_against_the_order_is_free_when_it_is_transitive() {
        let mut edges: Vec<Edge> = Vec::new();
        for from in 0..12 {
            for to in 0..from {
                edges.push((from, to, 1));
            }
        }
        let found = feedback(12, &edges);
        assert!(found.cut.is_empty());
        assert_eq!(found.order, (0..12).rev().collect::<Vec<_>>());
    }

    #[test]
    fn each_of_many_disjoint_rings_loses_its_lightest_edge() {
        let mut edges: Vec<Edge> = Vec::new();
        for ring in 0..50 {
            for step in 0..5 {
                edges.push((ring * 5 + step, ring * 5 + (step + 1) % 5, if step == 2 { 1 } else { 10 }));
            }
        }
        let found = feedback(250, &edges);
        assert_eq!((found.cut.len(), found.weight, found.exact), (50, 50, true));
    }

    #[test]
    fn planted_back_edges_in_a_large_dense_layering_are_found() {
        // 60 nodes, each uses the next six; seven light edges go back: one component, far over the exact limit.
        let mut edges: Vec<Edge> = Vec::new();
        for from in 0..60u32 {
            for to in from + 1..(from + 7).min(60) {
                edges.push((from * 7 % 60, to * 7 % 60, 5));
            }
        }
        let planted: Vec<usize> = (edges.len()..edges.len() + 7).collect();
        for step in 0..7u32 {
            edges.push(((59 - step) * 7 % 60, step * 7 % 60, 1));
        }
        let found = feedback(60, &edges);
        assert_eq!((found.cut, found.weight, found.exact), (planted, 7, false));
    }

    /// The least backward weight over all permutations.
    fn brute_force(n: u32, edges: &[Edge]) -> u64 {
        fn descend(n: u32, edges: &[Edge], order: &mut Vec<u32>, best: &mut u64) {
            if order.len() == n as usize {
                let place = positions(order);
                let backward = edges.iter().filter(|e| place[e.0 as usize] > place[e.1 as usize]);
                *best = (*best).min(backward.map(|edge| edge.2).sum());
                return;
            }
            for v in 0..n {
                if !order.contains(&v) {
                    order.push(v);
                    descend(n, edges, order, best);
                    order.pop();
                }
            }
        }
        let mut best = u64::MAX;
        descend(n, edges, &mut Vec::new(), &mut best);
        best
    }

    #[test]
    fn every_graph_of_up_to_four_nodes_is_cut_as_cheaply_as_any_order_allows() {
        for n in 1..=4u32 {
            let ends: Vec<(u32, u32)> =
                (0..n).flat_map(|from| (0..n).map(move |to| (from, to))).filter(|(from, to)| from != to).collect();
            for chosen in 0..1u32 << ends.len() {
                let bits = (0..ends.len()).filter(|bit| chosen >> bit & 1 == 1);
                // Weights differ, so that counting edges would not do.
                let edges: Vec<Edge> = bits.map(|bit| (ends[bit].0, ends[bit].1, 1 + bit as u64 % 3)).collect();
                let found = feedback(n, &edges);
                assert_eq!((found.weight, found.exact), (brute_force(n, &edges), true), "{edges:?}");
            }
        }
    }

    #[test]
    fn an_edge_to_keep_is_cut_only_with_no_other_way_out() {
        let ring = [(0, 1, KEEP), (1, 2, KEEP), (2, 0, 9)];
        check(3, &ring, &[(2, 0)], 9);
        let found = feedback(3, &[(0, 1, KEEP), (1, 2, KEEP), (2, 0, KEEP)]);
        assert_eq!(found.cut.len(), 1);
    }

    fn graph(most: u32, edges: usize) -> impl Strategy<Value = (u32, Vec<Edge>)> {
        (1..=most).prop_flat_map(move |n| (Just(n), prop::collection::vec((0..n, 0..n, 0u64..9), 0..edges)))
    }

    proptest! {
        #[test]
        fn small_graphs_are_cut_as_cheaply_as_any_order_allows((n, edges) in graph(6, 24)) {
            let found = feedback(n, &edges);
            prop_assert!(found.exact);
            prop_assert_eq!(found.weight, brute_force(n, &edges));
        }

        #[test]
        fn what_shall_stay_is_never_cut_where_it_forms_no_cycle((n, edges) in graph(9, 40), kept in 0usize..12) {
            // What goes from lower to higher ids forms no cycle.
            let keeps = |index: usize, edge: &Edge| index < kept && edge.0 < edge.1;
            let weighed: Vec<Edge> = edges
                .iter()
                .enumerate()
                .map(|(index, edge)| if keeps(index, edge) { (edge.0, edge.1, KEEP) } else { *edge })
                .collect();
            for limit in [0, EXACT_LIMIT] {
                let found = feedback_within(n, &weighed, limit);
                prop_assert!(found.cut.iter().all(|index| weighed[*index].2 != KEEP));
            }
        }

        #[test]
        fn what_is_not_cut_goes_forward_and_no_cut_is_idle((n, edges) in graph(30, 120), limit in 0usize..10) {
            let found = feedback_within(n, &edges, limit);
            let place = positions(&found.order);
            for (index, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.0 != edge.1) {
                let goes_forward = place[edge.0 as usize] < place[edge.1 as usize];
                prop_assert!(goes_forward || found.cut.contains(&index));
            }
            let kept: Vec<Edge> = (0..edges.len()).filter(|e| !found.cut.contains(e)).map(|e| edges[e]).collect();
            for &cut in &found.cut {
                let mut again = kept.clone();
                again.push(edges[cut]);
                prop_assert!(components(n, &again).len() < n as usize);
            }
        }

        #[test]
        fn the_heuristic_is_never_worse_than_the_given_order((n, edges) in graph(30, 120)) {
            let given: u64 = edges.iter().filter(|edge| edge.0 > edge.1).map(|edge| edge.2).sum();
            prop_assert!(feedback_within(n, &edges, 0).weight <= given);
        }

        #[test]
        fn the_order_of_the_edges_changes_nothing((n, edges) in graph(25, 100), seed in 0usize..100) {
            let mut turned = edges.clone();
            turned.rotate_left(seed % edges.len().max(1));
            let (one, other) = (feedback_within(n, &edges, 6), feedback_within(n, &turned, 6));
            prop_assert_eq!((one.order, one.weight), (other.order, other.weight));
        }
    }
}
