//! What the treemap of a whole workspace costs, and how much of it stays in place.
//!
//! `cargo bench --bench treemap -- PATH [COMMITS]`: opens every module of PATH at `HEAD~COMMITS` (default 250) and at `HEAD`.
//! Prints how long it takes to count the changes of the last year, to measure, to make the treemap of `HEAD` and to draw it,
//! the fastest of several; then which share of the tiles lies elsewhere after those commits, divided anew and near to how it
//! was, and how far tiles are from the shape that they should have, 1 being right.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use riprap::analysis::{self, Analysis, Asked};
use riprap::history::Churn;
use riprap::layout::Size;
use riprap::metrics::Below;
use riprap::scene::map::{self, Arrangement, Highlight, MapView};
use riprap::scene::shape::Rect;
use riprap::scene::thing::Place;
use riprap::scene::treemap::{self, Choice, Ground, Treemap};
use riprap::theme::Measurer;

const RUNS: usize = 9;
/// A window of 1280 by 800 points without its panels, twice as large.
const SIZE: Size = Size { width: 1724.0, height: 1280.0 };
/// Width by height that a tile should have.
const IDEAL: f32 = 1.5;

/// A revision with everything open but the items.
struct Opened {
    analysis: Analysis,
    map: Arrangement,
    below: Below,
}

impl Opened {
    fn new(path: &Path, revision: String) -> Self {
        let asked = Asked { revision: Some(revision.clone()), ..Asked::default() };
        let analysis = analysis::open(path, &asked, &|_| {}, &AtomicBool::new(false));
        let analysis = analysis.unwrap_or_else(|error| panic!("{} at {revision}: {error}", path.display()));
        let (model, boundaries) = (&analysis.model, &analysis.boundaries);
        let mut view = MapView::default();
        view.expand_to_level(model, 32);
        let map = map::arrange(model, boundaries, &analysis.verdict, &view, &Measurer::new(), None);
        let below = Below::new(model, boundaries);
        Self { analysis, map, below }
    }

    fn treemap(&self, churn: &Churn, previous: Option<&Treemap>) -> Treemap {
        let Analysis { model, boundaries, sources, .. } = &self.analysis;
        let ground = Ground { model, boundaries, sources, churn: Ok(churn), below: Some(&self.below) };
        Treemap::new(&ground, &self.map, Choice::default(), SIZE, previous, &Measurer::new())
    }

    /// By path: the tiles that hold no others.
    fn tiles<'a>(&'a self, treemap: &'a Treemap) -> Vec<(&'a str, Rect)> {
        let boxes = self.map.cut.boxes.iter().zip(&treemap.rects).filter(|(visible, _)| !visible.open);
        let path = |place: Place| place.node().map(|node| self.analysis.model.path(node));
        boxes.filter_map(|(visible, rect)| Some((path(visible.place)?, *rect))).collect()
    }
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its numbers")]
fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let Some(path) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: cargo bench --bench treemap -- PATH [COMMITS]");
        return;
    };
    let commits: u32 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(250);
    let go_on = AtomicBool::new(false);
    let start = Instant::now();
    let churn = analysis::churn(&path, &Asked::default(), &|_| {}, &go_on).expect("the path is in a clone");
    let counting = start.elapsed();
    let (old, new) = (Opened::new(&path, format!("HEAD~{commits}")), Opened::new(&path, "HEAD".to_owned()));

    let before = old.treemap(&churn, None);
    let fresh = new.treemap(&churn, None);
    let kept = new.treemap(&churn, Some(&before));
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{} boxes, {} tiles", new.map.cut.boxes.len(), new.tiles(&fresh).len());
    println!("count {} commits of a year: {:.0} ms, once", churn.len(), millis(counting));
    let (model, boundaries) = (&new.analysis.model, &new.analysis.boundaries);
    println!("measure: {:.1} ms", millis(fastest(|| Below::new(model, boundaries))));
    println!("make: {:.1} ms", millis(fastest(|| new.treemap(&churn, None))));
    println!("make near to what was: {:.1} ms", millis(fastest(|| new.treemap(&churn, Some(&before)))));
    println!("draw: {:.1} ms", millis(fastest(|| treemap::draw(&new.map, &fresh, &Highlight::default()))));
    for (how, treemap) in [("anew", &fresh), ("near to what was", &kept)] {
        let (moved, both) = moved(&old.tiles(&before), &new.tiles(treemap));
        let aspects = new.tiles(treemap).into_iter().map(|(_, rect)| aspect(rect));
        let (sum, count) = aspects.fold((0.0, 0), |(sum, count), aspect| (sum + aspect, count + 1));
        println!("{how}: {moved} of {both} tiles moved after {commits} commits; mean aspect {:.2}", sum / count as f32);
    }
}

fn fastest<T>(work: impl Fn() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

/// How many tiles there are in both, and how many of them lie more than half of their shorter side from where they were.
fn moved(before: &[(&str, Rect)], after: &[(&str, Rect)]) -> (usize, usize) {
    let (mut moved, mut both) = (0, 0);
    for (path, was) in before {
        let Some((_, is)) = after.iter().find(|(other, _)| other == path) else { continue };
        both += 1;
        let distance = was.center().distance(is.center());
        moved += usize::from(distance > was.width().min(was.height()) / 2.0);
    }
    (moved, both)
}

fn aspect(rect: Rect) -> f32 {
    let wide = rect.width() / IDEAL;
    (wide / rect.height()).max(rect.height() / wide)
}
