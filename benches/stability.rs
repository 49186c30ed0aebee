//! How much of a picture stays in its place when the code changes, and what that costs:
//! `cargo bench --bench stability -- PATH...`, each a workspace in a clone with at least 250 commits.
//!
//! In: the workspaces at `HEAD` and at `HEAD~250`.  Out: tables on standard output.  Each container with at least eight children
//! is placed for itself, with boxes of one size, fresh and anchored by what was there before; where `dot` (Graphviz) is installed,
//! by that, too.  Moved is who is more than half a box from where it was, the median shift of all taken off.  Not here: a
//! judgement; the targets are 0.10 after one edge more and 0.25 after 250 commits.

#![expect(clippy::print_stdout, reason = "the table is the result")]
#![expect(clippy::disallowed_methods, reason = "another program is measured, too")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use riprap::analysis::{self, Analysis, Asked};
use riprap::layout::{BoxRequest, EdgeRequest, Options, Previous, Request, Size, place};
use riprap::model::NodeId;
use riprap::scene::map::{self, MapView};
use riprap::scene::thing::Place;
use riprap::theme::Measurer;

const COMMITS: u32 = 250;
/// Of every box.
const BOX: (f32, f32) = (120.0, 30.0);
/// Smaller containers say little about order.
const LEAST: usize = 8;

type Points = Vec<(f64, f64)>;

/// What is placed together: the children of one box.
#[derive(Clone)]
struct Container {
    children: Vec<String>,
    /// References from child to child.
    edges: BTreeMap<(usize, usize), u32>,
}

fn main() {
    let paths: Vec<PathBuf> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).map(PathBuf::from).collect();
    let has_dot = Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    println!(
        "{:<14} {:<14} {:<9} {:>10} {:>6} {:>8} {:>6} {:>6} {:>10} {:>9} {:>8} {:>6}",
        "workspace",
        "change",
        "engine",
        "containers",
        "boxes",
        "matched",
        "moved",
        "MND",
        "crossings",
        "upward",
        "edge px",
        "Mpx"
    );
    let mut all: [Vec<(Container, Container)>; 2] = Default::default();
    for path in &paths {
        let old = containers(&analysed(path, &format!("HEAD~{COMMITS}")));
        let new = containers(&analysed(path, "HEAD"));
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let one_more: Vec<(Container, Container)> =
            new.values().filter(|it| it.children.len() >= LEAST).map(|it| (it.clone(), one_edge_more(it))).collect();
        report(&name, "one edge more", &one_more, has_dot);
        let both = new.iter().filter_map(|(path, now)| Some((old.get(path)?.clone(), now.clone())));
        let both = both.filter(|(was, now)| was.children.len() >= LEAST && now.children.len() >= LEAST);
        let both: Vec<(Container, Container)> = both.collect();
        report(&name, &format!("{COMMITS} commits"), &both, has_dot);
        all[0].extend(one_more);
        all[1].extend(both);
    }
    report("all", "one edge more", &all[0], has_dot);
    report("all", &format!("{COMMITS} commits"), &all[1], has_dot);
}

fn analysed(path: &Path, revision: &str) -> Analysis {
    let asked = Asked { revision: Some(revision.to_owned()), ..Asked::default() };
    let analysis = analysis::open(path, &asked, &|_| {}, &AtomicBool::new(false));
    analysis.unwrap_or_else(|error| panic!("{} at {revision}: {error}", path.display()))
}

/// By the path of the box around; what the map shows with everything open, items left out.
fn containers(analysis: &Analysis) -> BTreeMap<String, Container> {
    let (model, boundaries) = (&analysis.model, &analysis.boundaries);
    let mut view = MapView::default();
    view.expand_to_level(model, 12);
    let map = map::arrange(model, boundaries, &analysis.verdict, &view, &Measurer::new(), None);
    let boxes = &map.cut.boxes;
    let node_path = |node: NodeId| model.path(node).to_owned();
    let path = |index: u32| match boxes[index as usize].place {
        Place::Node(node) => node_path(node),
        Place::Fragment { boundary, parent } => format!("[{}] {}", boundaries.name(boundary), node_path(parent)),
    };
    let mut containers: BTreeMap<Option<u32>, Container> = BTreeMap::new();
    let mut place_in: Vec<usize> = vec![0; boxes.len()];
    for index in 0..boxes.len() as u32 {
        let around = containers
            .entry(boxes[index as usize].parent)
            .or_insert_with(|| Container { children: Vec::new(), edges: BTreeMap::new() });
        place_in[index as usize] = around.children.len();
        around.children.push(path(index));
    }
    for edge in &map.edges {
        let (mut a, mut b) = (edge.from, edge.to);
        while boxes[a as usize].depth > boxes[b as usize].depth {
            a = boxes[a as usize].parent.unwrap_or(a);
        }
        while boxes[b as usize].depth > boxes[a as usize].depth {
            b = boxes[b as usize].parent.unwrap_or(b);
        }
        while a != b && boxes[a as usize].parent != boxes[b as usize].parent {
            (a, b) = (boxes[a as usize].parent.unwrap_or(a), boxes[b as usize].parent.unwrap_or(b));
        }
        if a != b
            && let Some(around) = containers.get_mut(&boxes[a as usize].parent)
        {
            *around.edges.entry((place_in[a as usize], place_in[b as usize])).or_default() += edge.references;
        }
    }
    let named = containers.into_iter();
    named.map(|(parent, container)| (parent.map_or_else(String::new, path), container)).collect()
}

/// Between two children that have none, chosen by the names alone.
fn one_edge_more(container: &Container) -> Container {
    let mut more = container.clone();
    let n = container.children.len() as u64;
    let mut state = container.children.iter().fold(0, |state, name| state ^ fnv1a(name));
    for _ in 0..100 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let ends = (((state >> 33) % n) as usize, ((state >> 13) % n) as usize);
        if ends.0 != ends.1 && !more.edges.contains_key(&ends) {
            more.edges.insert(ends, 1);
            break;
        }
    }
    more
}

fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn request(container: &Container) -> Request {
    let boxes = container.children.iter().zip(0..).map(|(name, rank_hint)| BoxRequest {
        key: fnv1a(name),
        parent: None,
        size: Size::new(BOX.0, BOX.1),
        header: 0.0,
        min_width: 0.0,
        rank_hint,
        pin: None,
    });
    let edges = container.edges.iter().map(|((from, to), weight)| EdgeRequest {
        from: *from as u32,
        to: *to as u32,
        weight: *weight,
        violating: false,
    });
    Request { boxes: boxes.collect(), edges: edges.collect(), options: Options::default() }
}

fn placed(container: &Container, previous: Option<&Previous>) -> (Points, Previous) {
    let request = request(container);
    let placement = place(&request, previous);
    let middle =
        |rect: &riprap::layout::Rect| (f64::from(rect.x + rect.width / 2.0), f64::from(rect.y + rect.height / 2.0));
    (placement.rects.iter().map(middle).collect(), Previous::of(&request, &placement))
}

fn report(workspace: &str, change: &str, pairs: &[(Container, Container)], has_dot: bool) {
    let fresh: Vec<(Points, Points)> =
        pairs.iter().map(|(was, now)| (placed(was, None).0, placed(now, None).0)).collect();
    let anchored = pairs.iter().map(|(was, now)| {
        let (before, memory) = placed(was, None);
        (before, placed(now, Some(&memory)).0)
    });
    let anchored: Vec<(Points, Points)> = anchored.collect();
    line(workspace, change, "fresh", pairs, &fresh);
    line(workspace, change, "anchored", pairs, &anchored);
    if has_dot {
        let all = |pick: fn(&(Container, Container)) -> &Container| dot(&pairs.iter().map(pick).collect::<Vec<_>>());
        let (before, after) = (all(|pair| &pair.0), all(|pair| &pair.1));
        line(workspace, change, "dot", pairs, &before.into_iter().zip(after).collect::<Vec<_>>());
    }
}

fn line(workspace: &str, change: &str, engine: &str, pairs: &[(Container, Container)], points: &[(Points, Points)]) {
    let (mut boxes, mut matched, mut moved, mut displacement) = (0, 0, 0, 0.0);
    let (mut crossings, mut upward, mut edges, mut length, mut area) = (0, 0, 0, 0.0, 0.0);
    for ((was, now), (before, after)) in pairs.iter().zip(points) {
        let at_both: Vec<((f64, f64), (f64, f64))> = now
            .children
            .iter()
            .zip(after)
            .filter_map(|(name, after)| Some((before[was.children.iter().position(|it| it == name)?], *after)))
            .collect();
        boxes += now.children.len();
        matched += at_both.len();
        let shift = |axis: fn(&(f64, f64)) -> f64| median(at_both.iter().map(|(a, b)| axis(b) - axis(a)).collect());
        let (dx, dy) = (shift(|it| it.0), shift(|it| it.1));
        let (width, height) = extent(before);
        let diagonal = width.hypot(height);
        for (a, b) in &at_both {
            let distance = (b.0 - a.0 - dx).hypot(b.1 - a.1 - dy);
            moved += usize::from(distance > f64::from(BOX.0) / 2.0);
            displacement += distance / diagonal;
        }
        crossings += crossings_of(now, after);
        upward += now.edges.keys().filter(|(from, to)| after[*from].1 > after[*to].1 + 1.0).count();
        edges += now.edges.len();
        let lengths = now.edges.keys().map(|(from, to)| distance(after[*from], after[*to]));
        length += lengths.sum::<f64>();
        let (width, height) = extent(after);
        area += width * height / 1e6;
    }
    println!(
        "{workspace:<14} {change:<14} {engine:<9} {:>10} {boxes:>6} {:>7.1}% {:>6.3} {:>6.3} {crossings:>10} {:>9} {:>8.0} \
         {area:>6.2}",
        pairs.len(),
        100.0 * matched as f64 / boxes.max(1) as f64,
        moved as f64 / matched.max(1) as f64,
        displacement / matched.max(1) as f64,
        format!("{upward}/{edges}"),
        length / edges.max(1) as f64,
    );
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Width and height of the boxes together.
fn extent(points: &Points) -> (f64, f64) {
    let span = |axis: fn(&(f64, f64)) -> f64| {
        let (low, high) = points
            .iter()
            .map(axis)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
        (high - low).max(0.0)
    };
    (span(|it| it.0) + f64::from(BOX.0), span(|it| it.1) + f64::from(BOX.1))
}

/// Pairs of edges that cross as straight lines between middles; those that share an end do not count.
fn crossings_of(container: &Container, points: &Points) -> usize {
    let edges: Vec<(usize, usize)> = container.edges.keys().copied().collect();
    let side = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let mut count = 0;
    for (index, (a, b)) in edges.iter().enumerate() {
        for (c, d) in &edges[index + 1..] {
            if a == c || a == d || b == c || b == d {
                continue;
            }
            let (p, q, r, s) = (points[*a], points[*b], points[*c], points[*d]);
            count += usize::from(side(p, q, r) * side(p, q, s) < 0.0 && side(r, s, p) * side(r, s, q) < 0.0);
        }
    }
    count
}

/// The middles that Graphviz gives, all graphs in one process.
fn dot(containers: &[&Container]) -> Vec<Points> {
    let mut text = String::new();
    for container in containers {
        text += "digraph { node [shape=box, fixedsize=true, width=1.6667, height=0.4167]\n";
        text.extend((0..container.children.len()).map(|child| format!("{child}\n")));
        text.extend(container.edges.iter().map(|((from, to), weight)| format!("{from} -> {to} [weight={weight}]\n")));
        text += "}\n";
    }
    let mut run = Command::new("dot")
        .args(["-Tplain", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("dot was there before");
    let mut input = run.stdin.take().expect("it was piped");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = run.wait_with_output().expect("dot ends");
    writer.join().expect("the writer ends").expect("dot reads all");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let graphs = output.split("stop\n").filter(|graph| !graph.trim().is_empty());
    let points = |(graph, container): (&str, &&Container)| -> Points {
        let mut points = vec![(0.0, 0.0); container.children.len()];
        for line in graph.lines().filter(|line| line.starts_with("node ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let number = |index: usize| words[index].parse::<f64>().unwrap_or(0.0) * 72.0;
            // Inches, from below.
            points[words[1].parse::<usize>().unwrap_or(0)] = (number(2), -number(3));
        }
        points
    };
    graphs.zip(containers).map(points).collect()
}
