//! How far the heuristic cut is from the cheapest one: `cargo bench --bench feedback_gap --no-default-features`.
//!
//! In: nothing.  Out: a table on standard output: over random graphs of 8 to 15 nodes, how many references both cut, how
//! often the heuristic finds the optimum, and the largest gap.  Not here: a judgement; in use, cycles of up to 20 nodes are
//! solved exactly.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use riprap::order::{Edge, feedback, feedback_within};

/// Graphs for each number of nodes and density.
const GRAPHS: u32 = 200;

fn main() {
    println!(
        "{:>5} {:>8} {:>8} {:>10} {:>10} {:>8} {:>9} {:>8}",
        "nodes", "edges", "graphs", "exact", "heuristic", "gap", "optimal", "worst"
    );
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut all = Totals::default();
    for n in 8..=15 {
        // Edges per node: real module graphs have 2 to 8.
        for density in [2, 4, 6] {
            let mut totals = Totals::default();
            for _ in 0..GRAPHS {
                let edges = random.graph(n, n * density);
                totals.add(feedback(n, &edges).weight, feedback_within(n, &edges, 0).weight);
            }
            totals.print(&n.to_string(), &(n * density).to_string());
            all.merge(&totals);
        }
    }
    all.print("all", "");
}

#[derive(Default)]
struct Totals {
    graphs: u32,
    exact: u64,
    heuristic: u64,
    optimal: u32,
    worst: f64,
}

impl Totals {
    fn add(&mut self, exact: u64, heuristic: u64) {
        assert!(heuristic >= exact, "the heuristic beat the optimum");
        self.graphs += 1;
        self.exact += exact;
        self.heuristic += heuristic;
        self.optimal += u32::from(exact == heuristic);
        self.worst = self.worst.max(share(exact, heuristic));
    }

    fn merge(&mut self, other: &Self) {
        self.graphs += other.graphs;
        self.exact += other.exact;
        self.heuristic += other.heuristic;
        self.optimal += other.optimal;
        self.worst = self.worst.max(other.worst);
    }

    fn print(&self, nodes: &str, edges: &str) {
        println!(
            "{nodes:>5} {edges:>8} {:>8} {:>10} {:>10} {:>7.2}% {:>8.1}% {:>7.1}%",
            self.graphs,
            self.exact,
            self.heuristic,
            share(self.exact, self.heuristic),
            f64::from(self.optimal) * 100.0 / f64::from(self.graphs),
            self.worst
        );
    }
}

/// How much more the heuristic cuts, in percent.
fn share(exact: u64, heuristic: u64) -> f64 {
    (heuristic - exact) as f64 * 100.0 / exact.max(1) as f64
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % limit
    }

    /// Light edges are many, heavy ones few, as references between modules are.
    fn weight(&mut self) -> u64 {
        let limit = 1 + self.below(20);
        1 + u64::from(self.below(limit))
    }

    fn graph(&mut self, n: u32, edges: u32) -> Vec<Edge> {
        (0..edges).map(|_| (self.below(n), self.below(n), self.weight())).collect()
    }
}
