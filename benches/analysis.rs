//! The whole analysis against the bare parse of the same bytes, in one process.
//!
//! `cargo bench --bench analysis -- PATH [RUNS]`: prints the fastest of RUNS (default 5) of each stage, and the ratio
//! to the floor: lexing, parsing and walking the events of every file that the analysis reads, on the same threads.
//! Then the same for the first view of the map, placing its boxes and edges, and drawing them, and for the numbers, which
//! the snapshot and the window show.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use ra_ap_parser::{Edition as Dialect, LexedStr, TopEntryPoint};
use rayon::prelude::*;
use riprap::analysis::{self, Gathered};
use riprap::load;
use riprap::metrics;
use riprap::scene::map::{self, Budget, Highlight};
use riprap::source::SourceFile;
use riprap::theme::Measurer;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its numbers")]
fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(path) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: cargo bench --bench analysis -- PATH [RUNS]");
        return;
    };
    let runs: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(5);
    rayon::ThreadPoolBuilder::new().stack_size(64 << 20).build_global().expect("the first pool of this process");

    let cancel = AtomicBool::new(false);
    let (mut loading, mut floor, mut reading, mut whole) = (Duration::MAX, Duration::MAX, Duration::MAX, Duration::MAX);
    let (mut arranging, mut drawing, mut measuring) = (Duration::MAX, Duration::MAX, Duration::MAX);
    let mut described = String::new();
    for _ in 0..runs {
        let start = Instant::now();
        let loaded = load::workspace(&path, &|_| {}, &cancel).expect("the workspace can be loaded");
        loading = loading.min(start.elapsed());
        let config = loaded.config.map(|(path, text)| SourceFile::new(path, text.into()));
        let gathered = Gathered {
            root: loaded.root,
            workspace: loaded.workspace.into(),
            sources: loaded.sources.into(),
            config,
            baselines: Vec::new(),
            notes: loaded.notes,
            ..Default::default()
        };
        let start = Instant::now();
        let analysis = analysis::analyze(gathered, &|_| {}, &cancel).expect("nobody cancels");
        whole = whole.min(start.elapsed());
        let reached: Vec<_> = analysis
            .sources
            .ids()
            .filter(|id| analysis.model.node_ids().any(|node| analysis.model.node(node).file == Some(*id)))
            .collect();
        let texts: Vec<&str> = reached.iter().map(|id| &*analysis.sources.file(*id).text).collect();
        let edition = riprap::workspace::Edition::E2024;
        let start = Instant::now();
        texts.par_iter().for_each(|text| {
            let lexed = LexedStr::new(Dialect::Edition2024, text);
            let parsed = TopEntryPoint::SourceFile.parse(&lexed.to_input(Dialect::Edition2024));
            std::hint::black_box(parsed.iter().count());
        });
        floor = floor.min(start.elapsed());
        let start = Instant::now();
        texts.par_iter().for_each(|text| {
            std::hint::black_box(riprap::facts::read(text, edition));
        });
        reading = reading.min(start.elapsed());
        let (model, boundaries, verdict) = (&analysis.model, &analysis.boundaries, &analysis.verdict);
        let measurer = Measurer::new();
        let start = Instant::now();
        let view = map::initial_expansion(model, boundaries, verdict, Budget::default());
        let arrangement = map::arrange(model, boundaries, verdict, &view, &measurer, None);
        arranging = arranging.min(start.elapsed());
        let start = Instant::now();
        std::hint::black_box(map::draw(&arrangement, &Highlight::default()));
        drawing = drawing.min(start.elapsed());
        let start = Instant::now();
        std::hint::black_box(metrics::measure(model, boundaries));
        measuring = measuring.min(start.elapsed());
        described = format!(
            "{} files, {:.1} MB, {} modules, {} edges, {} references; first view: {} boxes, {} edges",
            texts.len(),
            texts.iter().map(|text| text.len()).sum::<usize>() as f64 / 1e6,
            analysis.model.module_ids().count(),
            analysis.model.edges().len(),
            analysis.model.references().len(),
            arrangement.rects.len(),
            arrangement.edges.len(),
        );
    }
    let line = |name: &str, time: Duration| {
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!("{name:<42} {:>8.1} ms {ratio:>6.2} x", time.as_secs_f64() * 1e3);
    };
    println!("{described}; fastest of {runs} on {} threads", rayon::current_num_threads());
    line("floor: lex, parse, walk the events", floor);
    line("facts", reading);
    line("analysis: facts, resolve, model, verdict", whole);
    line("load: cargo metadata, list, read", loading);
    line("load + analysis", loading + whole);
    line("first view: open, place, route", arranging);
    line("first view: draw", drawing);
    line("numbers: workspace, boundaries, modules", measuring);
}
