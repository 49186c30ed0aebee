//! How far dependencies reach.
//!
//! In: a graph over ids `0..n`.  Out: how many nodes each one depends on, directly or not, and the sums over them that
//! Lakos (Large-Scale C++ Software Design, 1996) and MacCormack, Rusnak and Baldwin (2006) define.  Not here: what the
//! nodes are.
//!
//! Components are condensed, then sets of nodes are passed upwards in blocks of columns: O(V·E/64) steps, and memory that
//! does not grow with the square of V.

use rayon::prelude::*;

use super::value::{Better, Measure, Metric};
use crate::boundary::Extent;
use crate::order::{self, Edge};

/// Cumulative component dependency over N: `CCD / N`, with `CCD = Σ |DependsOn(v)|`, each node depending on itself.
pub(super) static ACD: Metric = Metric {
    key: "acd",
    name: "Average dependency (ACD)",
    meaning: "How many modules a module needs on average, directly or not, itself included; read it with the number of \
              modules measured",
    of: &[Extent::Workspace],
    better: Better::Less,
};

/// `CCD / CCD_tree(N)`, with `CCD_tree(N) = (N + 1) · log2(N + 1) - N`, the CCD of a balanced binary tree.
pub(super) static NCCD: Metric = Metric {
    key: "nccd",
    name: "Against a binary tree (NCCD)",
    meaning: "The same, relative to a balanced binary tree of so many modules: 1 for the tree; far above it is normal for \
              modules of real workspaces",
    of: &[Extent::Workspace],
    better: Better::Neither,
};

/// `CCD / N²`: the density of the visibility matrix, diagonal included.
pub(super) static PROPAGATION_COST: Metric = Metric {
    key: "propagation_cost",
    name: "Propagation cost",
    meaning: "The share of all pairs of modules where a change of one may reach the other; it falls when a workspace grows, \
              whatever happens to its structure",
    of: &[Extent::Workspace],
    better: Better::Less,
};

/// Words of 64 columns that one pass carries.
const WORDS: usize = 8;

/// `|DependsOn(v)|` for each node: the nodes that it reaches, itself included.
pub(super) fn depends_on(n: u32, edges: &[Edge]) -> Vec<u32> {
    let components = order::components(n, edges);
    let mut component = vec![0u32; n as usize];
    for (id, members) in components.iter().enumerate() {
        for member in members {
            component[*member as usize] = id as u32;
        }
    }
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); components.len()];
    for &(from, to, _) in edges {
        let (from, to) = (component[from as usize], component[to as usize]);
        if from != to {
            targets[from as usize].push(to);
        }
    }
    for list in &mut targets {
        list.sort_unstable();
        list.dedup();
    }
    let columns = WORDS * 64;
    let reached = (0..(n as usize).div_ceil(columns)).into_par_iter().map(|block| {
        let first = block * columns;
        let mut sets = vec![[0u64; WORDS]; components.len()];
        // What a component uses comes before it.
        for (id, members) in components.iter().enumerate() {
            let mut set = [0u64; WORDS];
            for target in &targets[id] {
                for (word, other) in set.iter_mut().zip(&sets[*target as usize]) {
                    *word |= other;
                }
            }
            for member in members {
                if let Some(column) = (*member as usize).checked_sub(first).filter(|column| *column < columns) {
                    set[column / 64] |= 1 << (column % 64);
                }
            }
            sets[id] = set;
        }
        sets.iter().map(|set| set.iter().map(|word| word.count_ones()).sum()).collect::<Vec<u32>>()
    });
    let sum = |a: Vec<u32>, b: Vec<u32>| a.iter().zip(&b).map(|(a, b)| a + b).collect();
    let by_component = reached.reduce(|| vec![0; components.len()], sum);
    component.iter().map(|id| by_component[*id as usize]).collect()
}

/// The sums over all nodes; none without nodes.
pub(super) fn sums(depends_on: &[u32]) -> Vec<Measure> {
    let n = depends_on.len() as u64;
    let ccd: u64 = depends_on.iter().map(|reached| u64::from(*reached)).sum();
    [ACD.ratio(ccd, n), nccd(ccd, n), PROPAGATION_COST.ratio(ccd, n * n)].into_iter().flatten().collect()
}

/// In thousandths: the CCD of a tree is no whole number.
fn nccd(ccd: u64, n: u64) -> Option<Measure> {
    let tree = tree_ccd(n);
    // Both sides in the unit of the fixed-point logarithm.
    let thousandths = ((u128::from(ccd) << FRACTION) * 1000 + tree / 2).checked_div(tree)?;
    NCCD.ratio(thousandths.try_into().unwrap_or(u64::MAX), 1000)
}

/// Bits after the point of a fixed-point number.
const FRACTION: u32 = 32;

/// The CCD of a balanced binary tree of `n` nodes, as a fixed-point number.
fn tree_ccd(n: u64) -> u128 {
    u128::from(n + 1) * log2(n + 1) - (u128::from(n) << FRACTION)
}

/// The logarithm to base 2, as a fixed-point number: whole numbers alone, since floating-point logarithms may differ
/// between machines.
fn log2(value: u64) -> u128 {
    let whole = value.ilog2();
    // The value scaled into [1, 2), with 62 bits after the point; each squaring gives one more bit of the logarithm.
    let mut scaled = if whole <= 62 { u128::from(value) << (62 - whole) } else { u128::from(value) >> (whole - 62) };
    let mut result = u128::from(whole);
    for _ in 0..FRACTION {
        scaled = (scaled * scaled) >> 62;
        result <<= 1;
        if scaled >> 63 != 0 {
            scaled >>= 1;
            result |= 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::metrics::Value;

    #[track_caller]
    fn check(n: u32, edges: &[(u32, u32)], ccd: u32, expected: [&str; 3]) {
        let edges: Vec<Edge> = edges.iter().map(|(from, to)| (*from, *to, 1)).collect();
        let reached = depends_on(n, &edges);
        assert_eq!(reached.iter().sum::<u32>(), ccd);
        let told: Vec<String> = sums(&reached)
            .iter()
            .map(|measure| match measure.value {
                Value::Ratio(ratio) => ratio.to_string(),
                Value::Count(count) => count.to_string(),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_chain_of_n_has_a_ccd_of_half_n_times_n_and_one() {
        let edges: Vec<(u32, u32)> = (1..9).map(|v| (v - 1, v)).collect();
        check(9, &edges, 9 * 10 / 2, ["5.000", "1.858", "0.556"]);
    }

    #[test]
    fn a_ring_of_n_has_a_ccd_of_n_squared_and_a_propagation_cost_of_one() {
        let edges: Vec<(u32, u32)> = (0..7).map(|v| (v, (v + 1) % 7)).collect();
        check(7, &edges, 49, ["7.000", "2.882", "1.000"]);
    }

    #[test]
    fn a_star_of_n_has_a_ccd_of_twice_n_less_one() {
        let edges: Vec<(u32, u32)> = (1..10).map(|v| (0, v)).collect();
        check(10, &edges, 19, ["1.900", "0.677", "0.190"]);
    }

    #[test]
    fn without_edges_the_propagation_cost_is_one_over_n() {
        check(4, &[], 4, ["1.000", "0.526", "0.250"]);
    }

    #[test]
    fn a_balanced_binary_tree_has_an_nccd_of_exactly_one() {
        let edges: Vec<(u32, u32)> = (1..31).map(|v| ((v - 1) / 2, v)).collect();
        check(31, &edges, 32 * 5 - 31, ["4.161", "1.000", "0.134"]);
    }

    #[test]
    fn nothing_is_measured_of_nothing() {
        assert_eq!(sums(&depends_on(0, &[])), []);
    }

    #[test]
    fn the_logarithm_is_exact_for_powers_and_close_between_them() {
        assert_eq!(log2(1), 0);
        assert_eq!(log2(1 << 40), 40 << FRACTION);
        assert_eq!(log2(u64::MAX) >> FRACTION, 63);
        let of_three = log2(3) as f64 / f64::from(1u32 << 31) / 2.0;
        assert!((of_three - 3f64.log2()).abs() < 1e-8);
    }

    proptest! {
        #[test]
        fn every_node_reaches_what_a_walk_from_it_finds(
            n in 1u32..700,
            raw in prop::collection::vec((0u32..700, 0u32..700), 0..900),
        ) {
            let edges: Vec<Edge> = raw.iter().map(|(from, to)| (from % n, to % n, 1)).collect();
            let reached = depends_on(n, &edges);
            let mut targets = vec![Vec::new(); n as usize];
            for edge in &edges {
                targets[edge.0 as usize].push(edge.1);
            }
            for start in (0..n).step_by(1 + n as usize / 20) {
                let mut seen = vec![false; n as usize];
                seen[start as usize] = true;
                let mut pending = vec![start];
                while let Some(node) = pending.pop() {
                    for &target in &targets[node as usize] {
                        if !std::mem::replace(&mut seen[target as usize], true) {
                            pending.push(target);
                        }
                    }
                }
                prop_assert_eq!(reached[start as usize] as usize, seen.iter().filter(|seen| **seen).count());
            }
        }
    }
}
