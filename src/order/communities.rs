//! Communities: nodes that are tied to each other more than chance would have it.
//!
//! In: plain ids `0..n` and ties `(a, b, weight)`; direction says nothing.  Out: for each node the number of its community.
//! Not here: what a tie is, and what a community is called.
//!
//! This is the Leiden algorithm (Traag, Waltman, van Eck 2019: "From Louvain to Leiden: guaranteeing well-connected
//! communities") for modularity (Newman, Girvan 2004): move single nodes while that helps, split what came together into parts
//! that hold by themselves, go on with the parts as nodes.  Where the paper draws lots, nodes are taken in their order here, so
//! that the same ties always give the same communities.  The outcome depends on that order: several are tried, and the one with
//! the highest modularity counts, the first of equals.

use std::collections::{BTreeMap, VecDeque};

/// Two nodes, and how much ties them.
pub type Tie = (u32, u32, f64);

/// So many orders are tried.
const ORDERS: usize = 8;

/// What is gained less than this is nothing: sums of floats differ in their last digits.
const LEAST_GAIN: f64 = 1e-9;

/// The community of each node, numbered in the order of their first nodes.
pub fn communities(n: u32, ties: &[Tie]) -> Vec<u32> {
    let n = n as usize;
    let mut best: Option<(f64, Vec<u32>)> = None;
    for at in 0..ORDERS.min(n.max(1)) {
        let shift = at * n / ORDERS.min(n.max(1));
        let turned = |node: u32| ((node as usize + shift) % n) as u32;
        let ties_here: Vec<Tie> = ties.iter().map(|(a, b, weight)| (turned(*a), turned(*b), *weight)).collect();
        let found = leiden(Network::new(n, &ties_here));
        let found: Vec<u32> = (0..n as u32).map(|node| found[turned(node) as usize] as u32).collect();
        let quality = modularity(n as u32, ties, &found);
        if best.as_ref().is_none_or(|(before, _)| quality > before + LEAST_GAIN) {
            best = Some((quality, numbered(&found)));
        }
    }
    best.map(|(_, found)| found).unwrap_or_default()
}

/// How much more of all weight lies inside communities than chance would put there: at most 1, and 0 for one community.
pub fn modularity(n: u32, ties: &[Tie], of: &[u32]) -> f64 {
    let network = Network::new(n as usize, ties);
    if network.total == 0.0 {
        return 0.0;
    }
    let communities = of.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut inside, mut degrees) = (vec![0.0; communities], vec![0.0; communities]);
    for (node, ties) in network.ties.iter().enumerate() {
        let own = of[node] as usize;
        degrees[own] += network.degrees[node];
        inside[own] +=
            ties.iter().filter(|(other, _)| of[*other] as usize == own).map(|(_, weight)| weight).sum::<f64>();
    }
    let share = |(inside, degree): (&f64, &f64)| inside / network.total - (degree / network.total).powi(2);
    inside.iter().zip(&degrees).map(share).sum()
}

/// An undirected graph with weights.
struct Network {
    /// Of each node, sorted by the other one; each tie is in it twice.
    ties: Vec<Vec<(usize, f64)>>,
    /// With what became one node, the ties inside it count twice.
    degrees: Vec<f64>,
    /// Of all degrees.
    total: f64,
}

impl Network {
    fn new(n: usize, ties: &[Tie]) -> Self {
        let mut sums: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (a, b, weight) in ties {
            let (a, b) = (*a as usize, *b as usize);
            if a != b && a < n && b < n && *weight > 0.0 {
                *sums.entry((a.min(b), a.max(b))).or_default() += weight;
            }
        }
        Self::of(n, &sums, &vec![0.0; n])
    }

    /// `inside`: what each node has in it, twice.
    fn of(n: usize, sums: &BTreeMap<(usize, usize), f64>, inside: &[f64]) -> Self {
        let mut ties = vec![Vec::new(); n];
        let mut degrees = inside.to_vec();
        for ((a, b), weight) in sums {
            ties[*a].push((*b, *weight));
            ties[*b].push((*a, *weight));
            degrees[*a] += weight;
            degrees[*b] += weight;
        }
        for ties in &mut ties {
            ties.sort_by_key(|(other, _)| *other);
        }
        let total = degrees.iter().sum();
        Self { ties, degrees, total }
    }

    fn len(&self) -> usize {
        self.ties.len()
    }

    /// Each part as one node; parts are numbered from 0.
    fn merged(&self, parts: &[usize]) -> Self {
        let n = parts.iter().max().map_or(0, |last| last + 1);
        let mut sums = BTreeMap::new();
        let mut inside = vec![0.0; n];
        for (node, ties) in self.ties.iter().enumerate() {
            let own: f64 = ties.iter().map(|(_, weight)| weight).sum();
            inside[parts[node]] += self.degrees[node] - own;
            for (other, weight) in ties {
                let (a, b) = (parts[node], parts[*other]);
                if a == b {
                    inside[a] += weight;
                } else if a < b {
                    *sums.entry((a, b)).or_default() += weight;
                }
            }
        }
        Self::of(n, &sums, &inside)
    }
}

/// The communities of a network, under any numbers.
fn leiden(mut network: Network) -> Vec<usize> {
    let mut node_of: Vec<usize> = (0..network.len()).collect();
    let mut community: Vec<usize> = (0..network.len()).collect();
    loop {
        move_nodes(&network, &mut community);
        let parts = refined(&network, &community);
        let n_parts = parts.iter().max().map_or(0, |last| last + 1);
        let is_done = n_parts == network.len();
        if is_done {
            return node_of.into_iter().map(|node| community[node]).collect();
        }
        let mut of_parts = vec![0; n_parts];
        for (node, part) in parts.iter().enumerate() {
            of_parts[*part] = community[node];
        }
        network = network.merged(&parts);
        node_of = node_of.into_iter().map(|node| parts[node]).collect();
        community = numbered(&of_parts);
    }
}

/// Moves each node to where it is tied to most, until none gains.
fn move_nodes(network: &Network, community: &mut [usize]) {
    let n = network.len();
    if network.total == 0.0 {
        return;
    }
    let (mut degrees, mut sizes) = (vec![0.0; n], vec![0; n]);
    for (node, of) in community.iter().enumerate() {
        degrees[*of] += network.degrees[node];
        sizes[*of] += 1;
    }
    let mut waiting: VecDeque<usize> = (0..n).collect();
    let mut is_waiting = vec![true; n];
    while let Some(node) = waiting.pop_front() {
        is_waiting[node] = false;
        let own = community[node];
        let degree = network.degrees[node];
        degrees[own] -= degree;
        sizes[own] -= 1;
        let mut to: BTreeMap<usize, f64> = BTreeMap::new();
        for (other, weight) in &network.ties[node] {
            *to.entry(community[*other]).or_default() += weight;
        }
        let gain = |of: usize, weight: f64| weight - degree * degrees[of] / network.total;
        let mut best = (own, gain(own, to.get(&own).copied().unwrap_or_default()));
        for (of, weight) in to {
            let gained = gain(of, weight);
            if of != own && gained > best.1 + LEAST_GAIN {
                best = (of, gained);
            }
        }
        // Better alone than where it does not belong.
        if best.1 < -LEAST_GAIN
            && let Some(empty) = sizes.iter().position(|size| *size == 0)
        {
            degrees[empty] = 0.0;
            best = (empty, 0.0);
        }
        degrees[best.0] += degree;
        sizes[best.0] += 1;
        if best.0 == own {
            continue;
        }
        community[node] = best.0;
        for (other, _) in &network.ties[node] {
            if community[*other] != best.0 && !is_waiting[*other] {
                is_waiting[*other] = true;
                waiting.push_back(*other);
            }
        }
    }
}

/// Parts of communities that hold by themselves, numbered from 0: each node begins alone and joins the part of its community
/// that it gains most by, if both it and the part are well tied to the rest of the community.
fn refined(network: &Network, community: &[usize]) -> Vec<usize> {
    let n = network.len();
    let mut part: Vec<usize> = (0..n).collect();
    let mut degrees = network.degrees.clone();
    let mut of_community = vec![0.0; n];
    for (node, of) in community.iter().enumerate() {
        of_community[*of] += network.degrees[node];
    }
    let within = |node: usize| network.ties[node].iter().filter(move |(other, _)| community[*other] == community[node]);
    // What ties a part to the rest of its community.
    let mut outward: Vec<f64> = (0..n).map(|node| within(node).map(|(_, weight)| weight).sum()).collect();
    let is_well_tied = |degree: f64, outward: f64, all: f64| {
        network.total == 0.0 || outward + LEAST_GAIN >= degree * (all - degree) / network.total
    };
    let mut is_alone = vec![true; n];
    for node in 0..n {
        let all = of_community[community[node]];
        let degree = network.degrees[node];
        if !is_alone[part[node]] || part[node] != node || !is_well_tied(degree, outward[node], all) {
            continue;
        }
        let mut to: BTreeMap<usize, f64> = BTreeMap::new();
        for (other, weight) in within(node) {
            *to.entry(part[*other]).or_default() += weight;
        }
        let mut best: Option<(usize, f64)> = None;
        for (of, weight) in &to {
            let gained = weight - degree * degrees[*of] / network.total;
            let is_better = gained > best.map_or(LEAST_GAIN, |(_, before)| before + LEAST_GAIN);
            if *of != node && is_better && is_well_tied(degrees[*of], outward[*of], all) {
                best = Some((*of, gained));
            }
        }
        let Some((joined, _)) = best else { continue };
        let between = to.get(&joined).copied().unwrap_or_default();
        outward[joined] += outward[node] - 2.0 * between;
        degrees[joined] += degree;
        degrees[node] = 0.0;
        part[node] = joined;
        is_alone[joined] = false;
    }
    numbered(&part)
}

/// The same parts, numbered from 0 in the order of their first nodes.
fn numbered<T: Copy + Ord + TryFrom<usize>>(of: &[T]) -> Vec<T> {
    let mut numbers: BTreeMap<T, usize> = BTreeMap::new();
    let number = |of: &T| {
        let next = numbers.len();
        let number = *numbers.entry(*of).or_insert(next);
        T::try_from(number).unwrap_or(*of)
    };
    of.iter().map(number).collect()
}

#[cfg(test)]
mod tests;
