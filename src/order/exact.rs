//! The cheapest order of a small graph, by dynamic programming over subsets.
//!
//! In: a dense weight matrix of at most [`MOST`] nodes.  Out: an order with the least weight going backwards.  Not
//! here: splitting into components; the caller hands over one component.

/// Time and memory double with each node: at 20 it is 8 MB and some 10 million steps.
pub(super) const MOST: usize = 20;

/// An order of the nodes `0..n` with the least sum of `weights[from * n + to]` over pairs where `to` comes first.
///
/// Of several such orders the one whose later places hold the higher ids.  The sum of all weights must fit into `u64`.
pub(super) fn cheapest_order(n: usize, weights: &[u64]) -> Vec<u32> {
    debug_assert!(n <= MOST && weights.len() == n * n);
    let appended = Appended::new(n, weights);
    let all = (1usize << n) - 1;

    // cheapest[set]: the least backward weight among the members of `set` when they are the first of the order.
    let mut cheapest = vec![u64::MAX; all + 1];
    cheapest[0] = 0;
    for set in 1..=all {
        let mut best = u64::MAX;
        for last in members(set) {
            let rest = set & !(1 << last);
            best = best.min(cheapest[rest] + appended.cost(last, rest));
        }
        cheapest[set] = best;
    }

    let mut order = vec![0; n];
    let mut set = all;
    for place in (0..n).rev() {
        let mut chosen = 0;
        for last in members(set) {
            let rest = set & !(1 << last);
            if cheapest[rest] + appended.cost(last, rest) == cheapest[set] {
                chosen = last;
            }
        }
        order[place] = chosen as u32;
        set &= !(1 << chosen);
    }
    order
}

fn members(set: usize) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        (rest != 0).then(|| {
            let member = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            member
        })
    })
}

/// What a node's edges into any set weigh, as two table look-ups: for the lower and for the upper half of the set.
struct Appended {
    half: usize,
    low: Vec<u64>,
    high: Vec<u64>,
}

impl Appended {
    fn new(n: usize, weights: &[u64]) -> Self {
        let half = n.div_ceil(2);
        let size = 1usize << half;
        let mut low = vec![0; n * size];
        let mut high = vec![0; n * size];
        for node in 0..n {
            for set in 1..size {
                let first = set.trailing_zeros() as usize;
                let rest = set & (set - 1);
                low[node * size + set] = low[node * size + rest] + weights[node * n + first];
                if half + first < n {
                    high[node * size + set] = high[node * size + rest] + weights[node * n + half + first];
                }
            }
        }
        Self { half, low, high }
    }

    fn cost(&self, node: usize, set: usize) -> u64 {
        let size = 1usize << self.half;
        self.low[node * size + (set & (size - 1))] + self.high[node * size + (set >> self.half)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_cut_at_its_lightest_edge() {
        let mut weights = vec![0; 9];
        weights[1] = 5; // 0 -> 1
        weights[3 + 2] = 2; // 1 -> 2
        weights[6] = 7; // 2 -> 0
        assert_eq!(cheapest_order(3, &weights), [2, 0, 1]);
    }

    #[test]
    fn without_a_reason_ids_stay_in_order() {
        assert_eq!(cheapest_order(5, &[0; 25]), [0, 1, 2, 3, 4]);
    }
}
