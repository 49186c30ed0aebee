//! What judging one more move of a draft costs.
//!
//! `cargo bench --bench draft -- WORKSPACE...`: for each workspace the time of a first judgement, and then of a move of each of up
//! to forty modules, spread over the workspace, to another module of its package: the model after the move, the boundaries laid
//! over it, and every rule.  Prints the median and the slowest, and the parts of the median.

#![expect(clippy::print_stdout, reason = "a measuring program prints")]

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use riprap::analysis::{self, Asked};
use riprap::draft::{Draft, Ground, Move, changes, conditions};
use riprap::model::{Model, NodeId, NodeKind};
use rustc_hash::FxHashSet;

const MOST_MOVES: usize = 40;

fn main() {
    let workspaces: Vec<PathBuf> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    for path in workspaces {
        let analysis = analysis::open(&path, &Asked::default(), &|_| {}, &AtomicBool::new(false)).expect("it opens");
        let (ground, first) = timed(|| analysis.ground());
        let model = ground.model();
        let nodes = model.node_ids().len();
        println!("{}: {nodes} nodes, {} references", path.display(), model.references().len());
        println!("  today's judgement                  {:>8.1} ms", ms(first));
        let moves = moves(model);
        let mut whole = Vec::new();
        let (mut rearranged, mut metrics, mut told) = (Vec::new(), Vec::new(), Vec::new());
        for (node, to) in &moves {
            let code = model.path(*node).to_owned();
            let draft = Draft { moves: vec![Move::Relocate { code, to: model.path(*to).to_owned() }] };
            let (drafted, took) = timed(|| ground.lay_draft(&draft));
            whole.push(took);
            rearranged.push(timed(|| model.rearranged(&[(*node, *to)], &FxHashSet::default(), &[])).1);
            metrics.push(timed(|| changes(&ground, &drafted)).1);
            told.push(timed(|| conditions(&ground, &drafted)).1);
        }
        let names = ["a move, judged", "  of it the model", "numbers afterwards", "conditions afterwards"];
        for (name, times) in names.into_iter().zip([whole, rearranged, metrics, told]) {
            row(name, times);
        }
        boundaries(&ground, &moves);
    }
}

/// A move that riprap.toml alone makes.
fn boundaries(ground: &Ground, moves: &[(NodeId, NodeId)]) {
    let Some(boundary) = ground.boundaries.ids().next() else { return };
    let boundary = ground.boundaries.name(boundary).to_owned();
    let times = moves.iter().map(|(node, _)| {
        let code = ground.model().path(*node).to_owned();
        let draft = Draft { moves: vec![Move::Assign { code, boundary: boundary.clone() }] };
        timed(|| ground.lay_draft(&draft)).1
    });
    row("a module given to a boundary", times.collect());
}

fn row(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let (Some(median), Some(slowest)) = (times.get(times.len() / 2), times.last()) else { return };
    println!("  {name:<34} {:>8.1} ms, slowest {:.1} ms", ms(*median), ms(*slowest));
}

/// Modules below others, each with another module of its package.
fn moves(model: &Model) -> Vec<(NodeId, NodeId)> {
    let modules: Vec<NodeId> = model.module_ids().filter(|id| model.node(*id).kind == NodeKind::Module).collect();
    let step = (modules.len() / MOST_MOVES).max(1);
    let another = |node: &NodeId| {
        let is_free = |other: &&NodeId| {
            model.package_of(**other) == model.package_of(*node)
                && !model.is_within(**other, *node)
                && model.node(*node).parent != Some(**other)
        };
        modules.iter().find(is_free).map(|other| (*node, *other))
    };
    modules.iter().step_by(step).filter_map(another).collect()
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let result = run();
    (result, begun.elapsed())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
