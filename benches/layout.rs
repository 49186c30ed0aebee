//! How long a layout takes: `cargo bench --bench layout --no-default-features`.
//!
//! In: nothing.  Out: a table on standard output: for made-up workspaces of known size the median and the slowest of
//! several placements on one thread.  Not here: a judgement; the targets are 250 ms for everything open and 10 ms for a
//! map of 300 boxes.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::time::{Duration, Instant};

use riprap::layout::{BoxRequest, EdgeRequest, Options, Previous, Request, Size, place};

fn main() {
    println!("{:<34} {:>6} {:>6} {:>10} {:>10}", "case", "boxes", "edges", "median ms", "slowest ms");
    let everything = workspace(40, 1800, 12_000);
    let map = workspace(40, 260, 5_000);
    let flat = workspace(120, 0, 700);
    let grid = workspace(2_000, 0, 0);
    measure("all of 40 crates", &everything, None);
    measure("all of 40 crates, known", &everything, Some(&everything));
    measure("map of 300 boxes", &map, None);
    measure("map of 300 boxes, one edge more", &one_edge_more(&map), Some(&map));
    measure("one container of 120", &flat, None);
    measure("2000 boxes without edges", &grid, None);
}

fn measure(name: &str, request: &Request, known: Option<&Request>) {
    let previous = known.map(|known| Previous::of(known, &place(known, None)));
    let mut times: Vec<Duration> = (0..15)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(place(request, previous.as_ref()));
            start.elapsed()
        })
        .collect();
    times.sort();
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let (boxes, edges) = (request.boxes.len(), request.edges.len());
    println!("{name:<34} {boxes:>6} {edges:>6} {:>10.2} {:>10.2}", millis(times[7]), millis(times[14]));
}

fn one_edge_more(request: &Request) -> Request {
    let mut request = request.clone();
    request.edges.push(EdgeRequest { from: 3, to: 30, weight: 1, violating: false });
    request
}

/// Crates with modules three deep; most edges stay in the crate, the others go to later crates, one in twenty goes
/// back.
fn workspace(crates: u32, modules: u32, edges: u32) -> Request {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % below
    };
    let mut boxes: Vec<BoxRequest> = Vec::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    for index in 0..crates + modules {
        let parent = (index >= crates).then(|| {
            let own = &members[(random(crates) * random(crates) / crates) as usize];
            own[random((own.len() as u32).min(12)) as usize]
        });
        match parent {
            None => members.push(vec![index]),
            Some(parent) => {
                let home = members.iter_mut().find(|own| own.contains(&parent));
                home.expect("a parent is a member of its crate").push(index);
            }
        }
        boxes.push(BoxRequest {
            key: u64::from(index),
            parent,
            size: Size::new(80.0 + 16.0 * random(6) as f32, 34.0),
            header: 24.0,
            min_width: 80.0,
            rank_hint: index,
            pin: None,
        });
    }
    let edge = |_| {
        let home = random(crates) as usize;
        let other = if random(3) > 0 { home } else { home + random(crates - home as u32) as usize };
        let from = members[home][random(members[home].len() as u32) as usize];
        let to = members[other][random(members[other].len() as u32) as usize];
        let forward = random(20) > 0;
        let (from, to) = if (from < to) == forward { (from, to) } else { (to, from) };
        EdgeRequest { from, to, weight: 1 + random(9), violating: false }
    };
    let edges = (0..edges).map(edge).collect();
    Request { boxes, edges, options: Options::default() }
}
