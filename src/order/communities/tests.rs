use super::*;

/// Ties of weight 1.
fn ties(pairs: &[(u32, u32)]) -> Vec<Tie> {
    pairs.iter().map(|(a, b)| (*a, *b, 1.0)).collect()
}

/// Numbers that look like chance, and are the same each time (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A planted partition (Condon, Karp 2001): nodes of a group are tied with one probability, others with another.  The nodes of
/// the groups are mixed, so that their order tells nothing.
fn planted(groups: u32, size: u32, inside: f64, across: f64, seed: u64) -> (Vec<u32>, Vec<Tie>) {
    let n = groups * size;
    let group: Vec<u32> = (0..n).map(|node| node * 7 % n % groups).collect();
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut ties = Vec::new();
    for a in 0..n {
        for b in a + 1..n {
            let probability = if group[a as usize] == group[b as usize] { inside } else { across };
            if chance.part() < probability {
                ties.push((a, b, 1.0));
            }
        }
    }
    (group, ties)
}

/// How alike two partitions are, chance taken out: 1 for the same, about 0 for strangers (adjusted Rand index; Hubert, Arabie
/// 1985).
fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let mut both: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let (mut of_a, mut of_b): (BTreeMap<u32, f64>, BTreeMap<u32, f64>) = Default::default();
    for (a, b) in a.iter().zip(b) {
        *both.entry((*a, *b)).or_default() += 1.0;
        *of_a.entry(*a).or_default() += 1.0;
        *of_b.entry(*b).or_default() += 1.0;
    }
    let sum = |counts: Vec<&f64>| counts.into_iter().map(|count| pairs(*count)).sum::<f64>();
    let (together, in_a, in_b) =
        (sum(both.values().collect()), sum(of_a.values().collect()), sum(of_b.values().collect()));
    let expected = in_a * in_b / pairs(a.len() as f64);
    (together - expected) / (f64::midpoint(in_a, in_b) - expected)
}

/// The mean likeness to what was planted, over 20 graphs.
fn recovery(groups: u32, size: u32, inside: f64, across: f64) -> f64 {
    let found = (1..=20).map(|seed| {
        let (group, ties) = planted(groups, size, inside, across, seed);
        likeness(&group, &communities(groups * size, &ties))
    });
    found.sum::<f64>() / 20.0
}

#[test]
fn planted_communities_are_found() {
    // A node has about 7 ties inside, and 2 or 5 to others.
    assert!(recovery(4, 16, 0.5, 0.05) > 0.99, "{}", recovery(4, 16, 0.5, 0.05));
    assert!(recovery(4, 16, 0.5, 0.1) > 0.9, "{}", recovery(4, 16, 0.5, 0.1));
    // The benchmark of Girvan and Newman: 128 nodes with 16 ties each, 4 or 6 of them to other groups.
    assert!(recovery(4, 32, 12.0 / 31.0, 4.0 / 96.0) > 0.99, "{}", recovery(4, 32, 12.0 / 31.0, 4.0 / 96.0));
    assert!(recovery(4, 32, 10.0 / 31.0, 6.0 / 96.0) > 0.9, "{}", recovery(4, 32, 10.0 / 31.0, 6.0 / 96.0));
}

#[test]
fn where_nothing_is_planted_nothing_is_found_again() {
    let likeness = recovery(4, 16, 0.16, 0.16);
    assert!(likeness.abs() < 0.1, "{likeness}");
}

#[test]
fn a_club_that_split_is_divided_as_well_as_is_known() {
    // Zachary 1977; the highest modularity that there is for it is 0.4198 (Brandes et al. 2008).
    let club: [(u32, &[u32]); 20] = [
        (1, &[2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32]),
        (2, &[3, 4, 8, 14, 18, 20, 22, 31]),
        (3, &[4, 8, 9, 10, 14, 28, 29, 33]),
        (4, &[8, 13, 14]),
        (5, &[7, 11]),
        (6, &[7, 11, 17]),
        (7, &[17]),
        (9, &[31, 33, 34]),
        (10, &[34]),
        (14, &[34]),
        (15, &[33, 34]),
        (16, &[33, 34]),
        (19, &[33, 34]),
        (20, &[34]),
        (21, &[33, 34]),
        (23, &[33, 34]),
        (24, &[26, 28, 30, 33, 34]),
        (25, &[26, 28, 32]),
        (26, &[32]),
        (27, &[30, 34]),
    ];
    let rest: [(u32, &[u32]); 6] =
        [(28, &[34]), (29, &[32, 34]), (30, &[33, 34]), (31, &[33, 34]), (32, &[33, 34]), (33, &[34])];
    let pairs: Vec<(u32, u32)> =
        club.iter().chain(&rest).flat_map(|(a, others)| others.iter().map(move |b| (a - 1, b - 1))).collect();
    assert_eq!(pairs.len(), 78);
    let found = communities(34, &ties(&pairs));
    let quality = modularity(34, &ties(&pairs), &found);
    assert!(quality > 0.4197, "{quality}");
}

#[test]
fn cliques_in_a_ring_are_a_community_each() {
    let mut pairs = Vec::new();
    for clique in 0..6_u32 {
        let first = clique * 5;
        pairs.extend((0..5).flat_map(|a| (a + 1..5).map(move |b| (first + a, first + b))));
        pairs.push((first + 4, (first + 5) % 30));
    }
    let found = communities(30, &ties(&pairs));
    assert_eq!(found, (0..30).map(|node| node / 5).collect::<Vec<u32>>());
}

#[test]
fn what_is_tied_to_nothing_is_alone() {
    assert_eq!(communities(0, &[]), Vec::<u32>::new());
    assert_eq!(communities(3, &[]), [0, 1, 2]);
    assert_eq!(communities(4, &ties(&[(0, 2)])), [0, 1, 0, 2]);
    // Ties to itself and to nobody say nothing.
    assert_eq!(communities(2, &ties(&[(0, 0), (1, 7)])), [0, 1]);
}

#[test]
fn weights_count_and_the_order_of_ties_does_not() {
    let ties = [(0, 1, 5.0), (1, 2, 1.0), (2, 3, 5.0), (3, 0, 1.0)];
    let mut turned = ties;
    turned.reverse();
    assert_eq!(communities(4, &ties), [0, 0, 1, 1]);
    assert_eq!(communities(4, &turned), [0, 0, 1, 1]);
    assert!((modularity(4, &ties, &[0, 0, 1, 1]) - (10.0 / 12.0 - 0.5)).abs() < 1e-12);
    assert_eq!(modularity(4, &ties, &[0, 0, 0, 0]), 0.0);
}

#[test]
fn a_community_holds_together() {
    for seed in 1..=20 {
        let (_, ties) = planted(3, 12, 0.3, 0.1, seed);
        let found = communities(36, &ties);
        for community in 0..=*found.iter().max().unwrap() {
            let members: Vec<u32> = (0..36).filter(|node| found[*node as usize] == community).collect();
            let mut reached = vec![members[0]];
            let mut at = 0;
            while let Some(node) = reached.get(at).copied() {
                at += 1;
                for (a, b, _) in &ties {
                    for (from, to) in [(*a, *b), (*b, *a)] {
                        if from == node && members.contains(&to) && !reached.contains(&to) {
                            reached.push(to);
                        }
                    }
                }
            }
            assert_eq!(reached.len(), members.len(), "seed {seed}");
        }
    }
}
