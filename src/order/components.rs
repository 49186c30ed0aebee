//! Strongly connected components, without recursion (Tarjan 1972).
//!
//! In: a graph.  Out: its components, what is depended on first.  Not here: cycles themselves; a component of two or
//! more nodes is the honest unit, since it may hold exponentially many cycles.

use super::{Edge, is_proper};

/// Adjacency in one array: the targets of `v` are `targets[starts[v]..starts[v + 1]]`.
struct Targets {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Targets {
    fn new(n: u32, edges: &[Edge]) -> Self {
        let mut starts = vec![0u32; n as usize + 1];
        for edge in edges.iter().filter(|edge| is_proper(n, edge)) {
            starts[edge.0 as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; starts[n as usize] as usize];
        for edge in edges.iter().filter(|edge| is_proper(n, edge)) {
            let slot = &mut next[edge.0 as usize];
            targets[*slot as usize] = edge.1;
            *slot += 1;
        }
        for v in 0..n as usize {
            targets[starts[v] as usize..starts[v + 1] as usize].sort_unstable();
        }
        Self { starts, targets }
    }
}

const UNSEEN: u32 = u32::MAX;

/// The strongly connected components of the nodes `0..n`, single nodes included.
///
/// Reverse topological: a component comes after all components that it has edges to.  Members are sorted.
pub fn components(n: u32, edges: &[Edge]) -> Vec<Vec<u32>> {
    let graph = Targets::new(n, edges);
    let n = n as usize;
    let mut index = vec![UNSEEN; n];
    let mut low = vec![0u32; n];
    let mut on_stack = vec![false; n];
    let mut next_target = graph.starts.clone();
    let mut stack = Vec::new();
    let mut path = Vec::new();
    let mut counter = 0;
    let mut found = Vec::new();

    for root in 0..n {
        if index[root] != UNSEEN {
            continue;
        }
        path.push(root);
        while let Some(&v) = path.last() {
            if index[v] == UNSEEN {
                index[v] = counter;
                low[v] = counter;
                counter += 1;
                stack.push(v);
                on_stack[v] = true;
            }
            if next_target[v] < graph.starts[v + 1] {
                let target = graph.targets[next_target[v] as usize] as usize;
                next_target[v] += 1;
                if index[target] == UNSEEN {
                    path.push(target);
                } else if on_stack[target] {
                    low[v] = low[v].min(index[target]);
                }
                continue;
            }
            path.pop();
            if let Some(&parent) = path.last() {
                low[parent] = low[parent].min(low[v]);
            }
            if low[v] == index[v] {
                let mut members = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    members.push(member as u32);
                    if member == v {
                        break;
                    }
                }
                members.sort_unstable();
                found.push(members);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::Edge;

    fn check(n: u32, edges: &[(u32, u32)], expected: &[&[u32]]) {
        let edges: Vec<Edge> = edges.iter().map(|&(from, to)| (from, to, 1)).collect();
        assert_eq!(components(n, &edges), expected);
    }

    #[test]
    fn nodes_without_cycles_stand_alone_and_the_used_come_first() {
        check(3, &[(0, 1), (1, 2)], &[&[2], &[1], &[0]]);
    }

    #[test]
    fn a_ring_is_one_component() {
        check(4, &[(0, 1), (1, 2), (2, 0), (0, 3)], &[&[3], &[0, 1, 2]]);
    }

    #[test]
    fn an_edge_to_itself_or_out_of_range_is_ignored() {
        check(2, &[(0, 0), (1, 7), (9, 1)], &[&[0], &[1]]);
    }

    #[test]
    fn a_path_of_a_million_nodes_does_not_overflow_the_stack() {
        let n = 1_000_000;
        let edges: Vec<Edge> = (1..n).map(|v| (v - 1, v, 1)).collect();
        assert_eq!(components(n, &edges).len(), n as usize);
    }

    /// Reachability by repeated relaxation, as slow as it is plain.
    fn reaches(n: u32, edges: &[Edge]) -> Vec<Vec<bool>> {
        let n = n as usize;
        let mut reach = vec![vec![false; n]; n];
        for (v, row) in reach.iter_mut().enumerate() {
            row[v] = true;
        }
        for edge in edges {
            reach[edge.0 as usize][edge.1 as usize] = true;
        }
        for k in 0..n {
            for i in 0..n {
                for j in 0..n {
                    reach[i][j] |= reach[i][k] && reach[k][j];
                }
            }
        }
        reach
    }

    proptest! {
        #[test]
        fn members_reach_each_other_and_later_components_are_not_reached(
            n in 1u32..12,
            raw in prop::collection::vec((0u32..12, 0u32..12), 0..40),
        ) {
            let edges: Vec<Edge> = raw.iter().map(|&(from, to)| (from % n, to % n, 1)).collect();
            let reach = reaches(n, &edges);
            let found = components(n, &edges);
            prop_assert_eq!(found.iter().map(Vec::len).sum::<usize>(), n as usize);
            for (position, members) in found.iter().enumerate() {
                for &a in members {
                    for &b in members {
                        prop_assert!(reach[a as usize][b as usize]);
                    }
                    for later in &found[position + 1..] {
                        for &b in later {
                            prop_assert!(!reach[a as usize][b as usize]);
                        }
                    }
                }
            }
        }
    }
}
