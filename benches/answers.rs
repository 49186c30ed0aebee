//! What an answer costs once a workspace is analysed.
//!
//! `cargo bench --bench answers -- WORKSPACE...`: for each workspace the analysis, and then the questions of `riprap query`, `may`
//! and `affected`, of which `may` and the queries are asked between the largest packages.  Prints the median and the slowest of
//! nine runs.  `affected` is asked since the tenth commit before HEAD, where there is a repository.

#![expect(clippy::print_stdout, reason = "a measuring program prints")]

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use riprap::affected::{Revision, blast};
use riprap::analysis::{Analysis, Asked, Live};
use riprap::git::Repository;
use riprap::model::NodeId;

const RUNS: usize = 9;

fn main() {
    let workspaces = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from);
    for path in workspaces {
        measure(&path);
    }
}

fn measure(path: &Path) {
    let cancel = AtomicBool::new(false);
    let mut live = Live::new(Asked::default());
    let (analysis, took) = timed(|| live.open(path, &|_| {}, &cancel).expect("it opens"));
    let model = &analysis.model;
    println!("{}: {} nodes, {} references", path.display(), model.node_ids().len(), model.references().len());
    println!("  analysis                                     {:>8.1} ms", ms(took));
    let packages = largest(&analysis);
    let [first, second] = packages[..2] else { return println!("  fewer than two packages") };
    let (one, other) = (&*model.node(first).name, &*model.node(second).name);
    let queries = [
        "name:zzzzqq".to_owned(),
        "kind:trait fan-in > 5".to_owned(),
        "kind:fn lines > 100".to_owned(),
        "attr:Debug kind:enum".to_owned(),
        format!("\"{one}\" -> \"{other}\""),
        format!("reaches(\"{other}\")"),
        format!("path(\"{one}\", \"{other}\")"),
    ];
    for query in queries {
        row(&format!("query {query}"), || drop(analysis.query(&query, false).expect("it is a query")));
    }
    let asked = |from: &str, to: &str| live.may(&analysis, from, to, &cancel).expect("both are there");
    row(&format!("may {one} {other}"), || drop(asked(one, other)));
    row(&format!("may {other} {one}"), || drop(asked(other, one)));
    let (workspace, boundaries) = (&*analysis.workspace, &analysis.boundaries);
    let revision = Revision { workspace, sources: &analysis.sources, model, boundaries };
    row(&format!("blast radius of {other}"), || drop(blast(revision, &[second])));
    let since = Repository::open(path).ok().and_then(|it| Some((it.revision("HEAD~10").ok()?.id, it)));
    if let Some((before, repository)) = since {
        let affected = || analysis.affected(&repository, before).expect("all objects are there");
        row("affected --since HEAD~10", || drop(affected()));
    }
}

/// Packages by their lines, the largest first.
fn largest(analysis: &Analysis) -> Vec<NodeId> {
    let mut packages: Vec<NodeId> = analysis.model.packages().collect();
    packages.sort_by_key(|package| std::cmp::Reverse(analysis.model.total_lines(*package)));
    packages
}

fn row(name: &str, run: impl Fn()) {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| timed(&run).1).collect();
    times.sort();
    println!("  {name:<44} {:>8.1} ms, slowest {:.1} ms", ms(times[RUNS / 2]), ms(times[RUNS - 1]));
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = run();
    (result, begun.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
