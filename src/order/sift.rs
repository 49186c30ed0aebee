//! Good orders of a graph that is too large for an exact answer.
//!
//! In: a graph with at most one edge between two nodes.  Out: an order with little weight going backwards: the greedy
//! order of Eades, Lin and Smyth (1993) with weights, and sifting (each node to its best place, until none improves).
//! Not here: the choice between the two, and which edges to cut.

use std::collections::BTreeSet;

/// A graph as both adjacency lists: `(other, weight)`.
pub(super) struct Graph {
    pub(super) out: Vec<Vec<(u32, u64)>>,
    pub(super) into: Vec<Vec<(u32, u64)>>,
}

impl Graph {
    /// Weights must sum to less than `i64::MAX`.
    pub(super) fn new(n: usize, edges: &[(u32, u32, u64)]) -> Self {
        let mut graph = Self { out: vec![Vec::new(); n], into: vec![Vec::new(); n] };
        for &(from, to, weight) in edges {
            graph.out[from as usize].push((to, weight));
            graph.into[to as usize].push((from, weight));
        }
        graph
    }

    /// The weight of the edges whose target comes before their source in `order`.
    pub(super) fn backward_weight(&self, order: &[u32]) -> u64 {
        let place = places(order);
        let mut weight = 0;
        for (from, targets) in self.out.iter().enumerate() {
            weight += targets.iter().filter(|(to, _)| place[*to as usize] < place[from]).map(|(_, w)| w).sum::<u64>();
        }
        weight
    }
}

fn places(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0; order.len()];
    for (position, &node) in order.iter().enumerate() {
        place[node as usize] = position as u32;
    }
    place
}

/// Repeatedly takes a sink to the end, a source to the front, else the node that gives most more than it takes to the
/// front.  Ties go to the lower id.
pub(super) fn greedy_order(graph: &Graph) -> Vec<u32> {
    let n = graph.out.len();
    let sum = |edges: &[(u32, u64)]| edges.iter().map(|(_, weight)| *weight as i64).sum::<i64>();
    let mut out_weight: Vec<i64> = graph.out.iter().map(|edges| sum(edges)).collect();
    let mut in_weight: Vec<i64> = graph.into.iter().map(|edges| sum(edges)).collect();
    let mut gone = vec![false; n];
    // Sorted by what a node takes less what it gives, then by id: the first is the next for the front.
    let mut queue: BTreeSet<(i64, u32)> = (0..n).map(|v| (in_weight[v] - out_weight[v], v as u32)).collect();
    let mut sinks: BTreeSet<u32> = (0..n as u32).filter(|&v| out_weight[v as usize] == 0).collect();
    let mut sources: BTreeSet<u32> = (0..n as u32).filter(|&v| in_weight[v as usize] == 0).collect();
    let mut front = Vec::with_capacity(n);
    let mut back = Vec::new();

    while let Some(&(_, greediest)) = queue.first() {
        // The highest id among the sinks goes last.
        let sink = sinks.last().copied();
        let node = sink.or_else(|| sources.first().copied()).unwrap_or(greediest);
        if sink.is_some() {
            back.push(node)
        } else {
            front.push(node)
        }
        let v = node as usize;
        gone[v] = true;
        sinks.remove(&node);
        sources.remove(&node);
        queue.remove(&(in_weight[v] - out_weight[v], node));
        for &(other, weight) in graph.out[v].iter().filter(|(other, _)| !gone[*other as usize]) {
            let o = other as usize;
            queue.remove(&(in_weight[o] - out_weight[o], other));
            in_weight[o] -= weight as i64;
            queue.insert((in_weight[o] - out_weight[o], other));
            if in_weight[o] == 0 {
                sources.insert(other);
            }
        }
        for &(other, weight) in graph.into[v].iter().filter(|(other, _)| !gone[*other as usize]) {
            let o = other as usize;
            queue.remove(&(in_weight[o] - out_weight[o], other));
            out_weight[o] -= weight as i64;
            queue.insert((in_weight[o] - out_weight[o], other));
            if out_weight[o] == 0 {
                sinks.insert(other);
            }
        }
    }
    front.extend(back.into_iter().rev());
    front
}

/// Moves each node to the place that costs least, until no move pays.  Ends, since each move lowers an integer sum.
pub(super) fn sift(graph: &Graph, order: &mut Vec<u32>) {
    let mut place = places(order);
    loop {
        let mut moved = false;
        for node in 0..order.len() as u32 {
            let from = place[node as usize] as usize;
            let Some(to) = best_place(graph, &place, node) else { continue };
            moved = true;
            order.remove(from);
            order.insert(to, node);
            for position in from.min(to)..=from.max(to) {
                place[order[position] as usize] = position as u32;
            }
        }
        if !moved {
            return;
        }
    }
}

/// The place, as an index after the removal of the node, where strictly less goes backwards than now; none if the node
/// is well where it is.  Only places beside a neighbour can be better.
fn best_place(graph: &Graph, place: &[u32], node: u32) -> Option<usize> {
    let own = place[node as usize];
    // What passing each neighbour costs when the node moves towards the end; moving to the front costs the opposite.
    let mut neighbours: Vec<(u32, i64)> = Vec::new();
    neighbours.extend(graph.out[node as usize].iter().map(|&(other, weight)| (place[other as usize], weight as i64)));
    neighbours
        .extend(graph.into[node as usize].iter().map(|&(other, weight)| (place[other as usize], -(weight as i64))));
    neighbours.sort_unstable();
    let split = neighbours.partition_point(|(position, _)| *position < own);

    let mut best = (0, None);
    let mut cost = 0;
    for &(position, weight) in neighbours[..split].iter().rev() {
        cost -= weight;
        if cost < best.0 {
            best = (cost, Some(position as usize));
        }
    }
    cost = 0;
    for &(position, weight) in &neighbours[split..] {
        cost += weight;
        if cost < best.0 {
            best = (cost, Some(position as usize));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greedy_order_of_an_acyclic_graph_goes_forward() {
        let graph = Graph::new(4, &[(3, 1, 1), (1, 0, 1), (3, 2, 1), (2, 0, 1)]);
        assert_eq!(graph.backward_weight(&greedy_order(&graph)), 0);
    }

    #[test]
    fn sifting_moves_a_node_past_all_its_neighbours_at_once() {
        let graph = Graph::new(4, &[(3, 0, 1), (3, 1, 1), (3, 2, 1), (0, 1, 1), (1, 2, 1)]);
        let mut order = vec![0, 1, 2, 3];
        sift(&graph, &mut order);
        assert_eq!(order, [3, 0, 1, 2]);
    }

    #[test]
    fn sifting_leaves_an_order_that_costs_nothing() {
        let graph = Graph::new(3, &[(0, 2, 1)]);
        let mut order = vec![0, 1, 2];
        sift(&graph, &mut order);
        assert_eq!(order, [0, 1, 2]);
    }
}
