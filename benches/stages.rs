//! Each stage of the analysis by itself.
//!
//! `cargo bench --bench stages`: over this package's own sources, or over the workspace that `RIPRAP_BENCH` names.  What a stage
//! starts from is made before it is timed.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use riprap::analysis::{self, DEFAULT_TARGET, Gathered};
use riprap::load::{self, Loaded};
use riprap::model::Model;
use riprap::scene::map::{self, Budget, Highlight};
use riprap::theme::Measurer;
use riprap::workspace::cfg::CfgOptions;
use riprap::workspace::{Edition, label};
use riprap::{facts, resolve};

#[expect(clippy::disallowed_methods, reason = "criterion takes the arguments")]
fn workspace() -> PathBuf {
    std::env::var_os("RIPRAP_BENCH").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

fn loaded() -> Loaded {
    load::workspace(&workspace(), &|_| {}, &AtomicBool::new(false)).expect("the workspace can be loaded")
}

fn stages(criterion: &mut Criterion) {
    let Loaded { workspace, sources, .. } = loaded();
    let bytes: usize = sources.ids().map(|id| sources.file(id).text.len()).sum();
    let labels = label::labels(&workspace);
    let platform = CfgOptions::for_target(DEFAULT_TARGET, BTreeSet::new()).expect("the target is known");
    let cfg = vec![platform; workspace.packages.len()];
    let facts = |file, edition| Arc::new(facts::read(&sources.file(file).text, edition));
    let input = resolve::Input {
        workspace: &workspace,
        sources: &sources,
        labels: &labels,
        cfg: &cfg,
        facts: &facts,
        expansions: None,
        read: &|| {},
        out_dir: false,
        index: None,
        outside: None,
    };
    let resolution = resolve::resolve(&input);
    let mut group = criterion.benchmark_group("stages");
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("facts of all files, one thread", |bencher| {
        let read = |id| facts::read(&sources.file(id).text, Edition::E2024).paths.len();
        bencher.iter(|| sources.ids().map(read).sum::<usize>());
    });
    group.bench_function("facts and resolution", |bencher| bencher.iter(|| resolve::resolve(&input)));
    group.bench_function("model", |bencher| bencher.iter(|| Model::new(&workspace, &sources, &resolution)));
    group.finish();
}

fn picture(criterion: &mut Criterion) {
    let Loaded { root, workspace, sources, notes, .. } = loaded();
    let gathered =
        Gathered { root, workspace: workspace.into(), sources: sources.into(), notes, ..Gathered::default() };
    let analysis = analysis::analyze(gathered, &|_| {}, &AtomicBool::new(false)).expect("nobody cancels");
    let (model, boundaries, verdict) = (&analysis.model, &analysis.boundaries, &analysis.verdict);
    let measurer = Measurer::new();
    let view = map::initial_expansion(model, boundaries, verdict, Budget::default());
    let arrangement = map::arrange(model, boundaries, verdict, &view, &measurer, None);
    let mut group = criterion.benchmark_group("picture");
    group.sample_size(20);
    group.bench_function("first view: place and route", |bencher| {
        bencher.iter(|| map::arrange(model, boundaries, verdict, &view, &measurer, None));
    });
    group.bench_function("first view: draw", |bencher| bencher.iter(|| map::draw(&arrangement, &Highlight::default())));
    group.finish();
}

criterion_group!(all, stages, picture);
criterion_main!(all);
