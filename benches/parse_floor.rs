//! How much more than the bare parse of the same bytes the facts of a file cost.
//!
//! In: a folder (the first argument, else this package's `src`).  Out: on standard output, seconds of the parser's
//! own events and of `facts::read` on one thread, best of several, and their ratio.  `cargo bench --bench parse_floor`
//! runs it; no test does.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring program reads files and prints")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use ra_ap_parser::{Edition as Dialect, LexedStr, Step, TopEntryPoint};
use riprap::{facts, workspace::Edition};

const ROUNDS: usize = 5;
/// What `facts::read` asks for.
const STACK: usize = 8 << 20;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/src").into());
    let texts: Vec<String> = ignore::Walk::new(&folder)
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .collect();
    let measuring = std::thread::Builder::new().stack_size(STACK).spawn(move || measure(&texts));
    measuring.expect("a thread starts").join().expect("nothing panics");
}

fn measure(texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let lines: usize = texts.iter().map(|text| text.lines().count()).sum();
    println!("{} files, {lines} lines, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    let (mut floor, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        floor = floor.min(time(texts, parse_events));
        whole = whole.min(time(texts, |text| {
            black_box(facts::read(text, Edition::E2021));
        }));
    }
    println!("events {:.3} s, facts {:.3} s, ratio {:.2}", floor.as_secs_f64(), whole.as_secs_f64(), {
        whole.as_secs_f64() / floor.as_secs_f64()
    });
    let found: Vec<facts::FileFacts> = texts.iter().map(|text| facts::read(text, Edition::E2021)).collect();
    let sum = |count: fn(&facts::FileFacts) -> usize| found.iter().map(count).sum::<usize>();
    println!(
        "items {}, imports {}, paths {}, calls {}, problems {}",
        sum(|facts| facts.items.len()),
        sum(|facts| facts.imports.len()),
        sum(|facts| facts.paths.len()),
        sum(|facts| facts.macro_calls.len()),
        sum(|facts| facts.problems.len())
    );
}

fn time(texts: &[String], mut work: impl FnMut(&str)) -> Duration {
    let start = Instant::now();
    for text in texts {
        work(text);
    }
    start.elapsed()
}

fn parse_events(text: &str) {
    let input = LexedStr::new(Dialect::Edition2021, text).to_input(Dialect::Edition2021);
    let output = TopEntryPoint::SourceFile.parse(&input);
    let tokens: usize = output.iter().map(|step| if let Step::Token { .. } = step { 1 } else { 0 }).sum();
    black_box(tokens);
}
