//! Timelines of made-up histories.
//!
//! In: numbers per commit.  Out: nothing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::*;
use crate::history::{Commit, CommitId, History, Hole, Identity, Moment, Point, State};
use crate::metrics::{METRICS, Ratio};
use crate::scene::Layer;
use crate::scene::shape::{Polygon, Shape};
use crate::theme::Role;

/// What a commit has: so many violations of two rules, the percentage of lines in boundaries; or nothing is known.
#[derive(Clone, Copy)]
enum Given {
    Counts(usize, usize, u64),
    Hole,
}

use Given::{Counts, Hole as Gone};

fn identity(number: usize) -> Identity {
    let (from, to) = ("web".to_owned(), format!("orders::T{number}"));
    Identity { id: format!("{number:016x}"), rule: "internal-access", from, to, members: Vec::new() }
}

/// A commit a day.
fn history(given: &[Given]) -> History {
    let mut before = 0;
    let mut points = Vec::new();
    for (at, given) in given.iter().enumerate() {
        let day = Moment(1_600_000_000 + at as u64 * 86_400);
        let commit = Commit {
            id: CommitId::new(&[(at >> 8) as u8, at as u8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
            parents: Vec::new(),
            author: "Ada".to_owned(),
            email: "ada@example.org".to_owned(),
            authored: day,
            committed: day,
            subject: format!("Commit {at}"),
        };
        let state = match *given {
            Gone => Err(Hole { reason: "commit 0101010101 has no Cargo.toml".to_owned() }),
            Counts(access, ring, percent) => {
                let total = access + ring;
                let opened = (before..total).map(identity).collect();
                let closed = (total..before).map(|number| identity(number).id).collect();
                before = total;
                Ok(State {
                    opened,
                    closed,
                    violations: vec![("internal-access", access), ("module-cycle", ring)],
                    denied: access,
                    measures: METRICS
                        .iter()
                        .filter(|metric| metric.key == "tangled_modules")
                        .map(|m| m.count(ring as u64))
                        .collect(),
                    assigned: Ratio::of(percent, 100),
                    ..State::default()
                })
            }
        };
        points.push(Point { commit, before: at.checked_sub(1), state });
    }
    let tags: BTreeMap<CommitId, Vec<String>> =
        points.iter().step_by(40).map(|point| (point.commit.id, vec![format!("v{}", point.commit.subject)])).collect();
    History { workspace: "shop".to_owned(), points, is_whole: true, tags, ..History::default() }
}

fn view(width: f32, axis: Axis) -> View {
    View { width, height: 700.0, axis, span: Span::default() }
}

fn layer<'a>(drawn: &'a Drawn, name: &str) -> &'a Layer {
    drawn.scene.layers.iter().find(|layer| layer.name == name).expect("every timeline has this layer")
}

fn polygons(drawn: &Drawn) -> Vec<&Polygon> {
    let shapes = layer(drawn, "bands").shapes.iter();
    shapes.filter_map(|shape| if let Shape::Polygon(polygon) = shape { Some(polygon) } else { None }).collect()
}

fn says(drawn: &Drawn, word: &str) -> bool {
    drawn.scene.shapes().any(|shape| matches!(shape, Shape::Label(label) if label.text.contains(word)))
}

/// Ten years of a busy repository: 40,000 commits, noise, and one bad commit in their middle.
fn long() -> History {
    let given = |at: usize| match at {
        20_000 => Counts(900, 3, 100),
        _ => Counts(100 + at * 7 % 13, at * 5 % 11, 100),
    };
    history(&(0..40_000).map(given).collect::<Vec<Given>>())
}

#[test]
fn every_size_part_and_axis_gives_a_sound_picture() {
    let measurer = Measurer::new();
    let some = [Counts(3, 1, 100), Gone, Counts(0, 0, 40), Counts(12, 1, 95), Counts(12, 0, 95)];
    for given in [&[][..], &some[..1], &some, &some.repeat(60)] {
        let history = history(given);
        let course = Course::new(&history);
        for axis in Axis::ALL {
            for (width, height) in [(10.0, 10.0), (640.0, 300.0), (1280.0, 800.0), (2560.0, 1440.0)] {
                for span in [Span::default(), Span { from: 0.3, to: 0.31 }, Span { from: 0.5, to: 1.0 }] {
                    let drawn = draw(&course, &View { width, height, axis, span }, &measurer);
                    assert_eq!(drawn.scene.verify(&measurer), Vec::<String>::new(), "{width} x {height} {span:?}");
                    let pointed = Marks { cursor: Some(2), picked: [Some(0), Some(4)] };
                    let over = marks(&course, &history, &drawn.frame, &pointed, &measurer);
                    let mut all = drawn.scene.clone();
                    all.layers.extend(over.layers);
                    assert_eq!(all.verify(&measurer), Vec::<String>::new(), "{width} x {height} {span:?}");
                }
            }
            let whole = View::whole(&course, 1200.0, axis);
            let drawn = draw(&course, &whole, &measurer);
            assert!(!says(&drawn, "no room"), "the height is made for all rows");
        }
    }
}

#[test]
fn the_picture_of_forty_thousand_commits_is_small_and_loses_no_spike() {
    let course = Course::new(&long());
    for axis in Axis::ALL {
        let drawn = draw(&course, &view(1280.0, axis), &Measurer::new());
        let points: usize = polygons(&drawn).iter().map(|polygon| polygon.points.len()).sum();
        assert!(points < 2 * 4 * 1280, "{points} points");
        // The scale has room for the spike: it is in some column.
        assert!(says(&drawn, "1.0k"), "{axis:?}");
        let top = polygons(&drawn).iter().flat_map(|polygon| &polygon.points).map(|p| p.y).fold(f32::MAX, f32::min);
        let plot = drawn.frame.plot;
        assert!(top < plot.min.y + 60.0, "the spike reaches {top}");
        assert!(drawn.meanings.iter().any(|said| said.contains("the worst of them is shown")), "{:?}", drawn.meanings);
    }
}

#[test]
fn where_little_code_is_in_a_boundary_the_bands_are_grey_and_the_legend_says_why() {
    let fills = |given: &[Given]| {
        let drawn = draw(&Course::new(&history(given)), &view(900.0, Axis::Commits), &Measurer::new());
        let fills: Vec<Role> = polygons(&drawn).iter().filter_map(|polygon| polygon.fill).collect();
        (fills, drawn.meanings)
    };
    let (fills_of_both, meanings) = fills(&[Counts(2, 0, 89), Counts(2, 0, 90)]);
    assert_eq!(fills_of_both, [Role::SeriesUnsure, Role::Series1]);
    assert!(meanings.iter().any(|said| said.contains("under 90 %")), "{meanings:?}");
    let (all_grey, _) = fills(&[Counts(2, 0, 10), Counts(3, 1, 10)]);
    assert!(all_grey.iter().all(|role| *role == Role::SeriesUnsure) && !all_grey.is_empty());
    let (sure, meanings) = fills(&[Counts(2, 0, 100)]);
    assert_eq!((sure.as_slice(), meanings.iter().any(|said| said.contains('%'))), (&[Role::Series1][..], false));
}

#[test]
fn holes_are_hatched_hold_the_numbers_before_and_have_their_reason() {
    let course = Course::new(&history(&[Counts(5, 0, 100), Gone, Gone, Counts(6, 0, 100)]));
    assert_eq!(course.steps.iter().map(|step| step.total).collect::<Vec<u32>>(), [5, 5, 5, 6]);
    assert_eq!(course.bands[0].counts, [5, 5, 5, 6]);
    let drawn = draw(&course, &view(900.0, Axis::Commits), &Measurer::new());
    assert!(layer(&drawn, "holes").shapes.len() > 10);
    assert!(says(&drawn, "nothing is known of 2 commits: commit 0101010101 has no Cargo.toml"));
    let tile = course.tiles.iter().find(|tile| tile.name == "Denied").expect("some are denied");
    assert_eq!(tile.values, [Some(5.0), None, None, Some(6.0)]);
}

#[test]
fn what_was_not_looked_at_yet_is_said_to_be_and_the_rest_is_as_in_the_end() {
    let whole = history(&[Counts(1, 0, 100), Counts(5, 0, 100), Gone, Counts(6, 2, 80), Counts(2, 2, 100)].repeat(20));
    let commits: Vec<Commit> = whole.points.iter().map(|point| point.commit.clone()).collect();
    let mut counting = Counting::begin(&whole, &commits);
    // From the middle on, then from the beginning: in the order in which two at a time find it.
    for at in (50..100).chain(0..30) {
        counting.enter(at, &whole.points[at].state);
    }
    let so_far = counting.course();
    assert_eq!(so_far.n_not_yet(), 20);
    let drawn = draw(&so_far, &view(900.0, Axis::Commits), &Measurer::new());
    assert!(says(&drawn, "20 of all not looked at yet") && drawn.meanings.contains(&"not looked at yet".to_owned()));
    let (left, right) = (drawn.frame.x_of(&so_far, 30) + 1.0, drawn.frame.x_of(&so_far, 50) - 1.0);
    let is_inside = |polygon: &&Polygon| polygon.points.iter().any(|point| (left..right).contains(&point.x));
    assert_eq!(polygons(&drawn).into_iter().find(is_inside), None, "nothing is drawn where nothing is known");
    assert_eq!(drawn.scene.verify(&Measurer::new()), Vec::<String>::new());
    for at in (30..50).rev() {
        counting.enter(at, &whole.points[at].state);
    }
    assert_eq!(counting.course(), Course::new(&whole));
}

#[test]
fn new_commits_leave_what_is_in_sight_where_it_is() {
    let (before, now) = (history(&[Counts(1, 0, 100); 40]), history(&[Counts(1, 0, 100); 50]));
    let (before, now) = (Course::new(&before), Course::new(&now));
    for axis in Axis::ALL {
        let part = Span { from: before.part_of(axis, 10), to: before.part_of(axis, 20) };
        let kept = now.span_like(&before, axis, part, 0.0);
        let wanted = Span { from: now.part_of(axis, 10), to: now.part_of(axis, 20) };
        assert!((kept.from - wanted.from).abs() < 1e-9 && (kept.to - wanted.to).abs() < 1e-9, "{kept:?} {wanted:?}");
        let to_the_end = now.span_like(&before, axis, Span { to: 1.0, ..part }, 0.0);
        assert!((to_the_end.from - wanted.from).abs() < 1e-9 && to_the_end.to >= 1.0, "{to_the_end:?}");
        assert_eq!(now.span_like(&before, axis, Span::default(), 0.0), Span::default());
    }
    // The ten oldest are gone, and each commit is ten steps nearer to the beginning.
    let later = now.span_like(&before, Axis::Commits, Span { from: 0.5, to: 0.75 }, -10.0);
    assert!((later.from - 0.2).abs() < 1e-9 && (later.to - 0.4).abs() < 1e-9, "{later:?}");
}

#[test]
fn each_commit_is_in_one_place_and_found_there_again() {
    let course = Course::new(&history(&[Counts(1, 0, 100); 300]));
    for axis in Axis::ALL {
        for span in [Span::default(), Span { from: 0.2, to: 0.4 }] {
            let drawn = draw(&course, &View { span, ..view(1400.0, axis) }, &Measurer::new());
            let frame = drawn.frame;
            let in_sight: Vec<usize> = (0..300)
                .filter(|step| (frame.plot.min.x..frame.plot.max.x).contains(&frame.x_of_mark(&course, *step)))
                .collect();
            assert!(in_sight.len() > 50);
            for step in &in_sight {
                assert_eq!(frame.step_at(&course, frame.x_of_mark(&course, *step)), Some(*step), "{axis:?} {span:?}");
            }
            let middle = frame.plot.center().x;
            let (left, right) = (
                frame.steps_between(&course, frame.plot.min.x, middle),
                frame.steps_between(&course, middle, frame.plot.max.x),
            );
            assert_eq!(left.end, right.start, "no commit is lost and none is twice");
        }
    }
}

#[test]
fn bands_go_there_and_back_over_the_same_places() {
    let course = Course::new(&long());
    let drawn = draw(&course, &view(1280.0, Axis::Time), &Measurer::new());
    for polygon in polygons(&drawn) {
        let n = polygon.points.len();
        assert!((0..n / 2).all(|at| (polygon.points[at].x - polygon.points[n - 1 - at].x).abs() < 1e-6));
    }
}

#[test]
fn committers_whose_clocks_are_wrong_do_not_turn_time_back() {
    let mut history = history(&[Counts(1, 0, 100); 3]);
    history.points[1].commit.committed = Moment(5);
    let at: Vec<u64> = Course::new(&history).steps.iter().map(|step| step.at).collect();
    assert_eq!(at, [1_600_000_000, 1_600_000_000, 1_600_172_800]);
}

#[test]
fn what_was_there_before_the_first_commit_did_not_come_with_it() {
    let whole = history(&[Counts(4, 0, 100), Counts(5, 0, 100)]);
    let opened = |history: &History| Course::new(history).steps.iter().map(|step| step.opened).collect::<Vec<u32>>();
    assert_eq!(opened(&whole), [4, 1]);
    assert_eq!(opened(&History { is_whole: false, ..whole }), [0, 1]);
}

#[test]
fn a_span_that_is_zoomed_and_moved_stays_inside() {
    let span = Span::default().zoomed(0.25, 0.5);
    assert_eq!((span.from, span.to), (0.125, 0.625));
    assert_eq!(span.zoomed(0.5, 1000.0), Span::default());
    let moved = span.panned(10.0);
    assert_eq!((moved.from, moved.to), (0.5, 1.0));
    let shown = span.showing(0.9);
    assert!(shown.from < 0.9 && shown.to > 0.9 && (shown.to - shown.from - 0.5).abs() < 1e-9, "{shown:?}");
    assert_eq!(span.showing(0.3), span);
}

#[test]
fn a_long_timeline_is_drawn() {
    let measurer = Measurer::new();
    let history = long();
    let start = Instant::now();
    let course = Course::new(&history);
    let told = start.elapsed();
    let mut best = [Duration::MAX; 2];
    for step in 0..8 {
        let start = Instant::now();
        let drawn = draw(&course, &view(1280.0, Axis::Time), &measurer);
        best[0] = best[0].min(start.elapsed());
        let pointed = Marks { cursor: Some(step * 5_000), picked: [None; 2] };
        let start = Instant::now();
        assert!(!marks(&course, &history, &drawn.frame, &pointed, &measurer).layers.is_empty());
        best[1] = best[1].min(start.elapsed());
    }
    #[expect(clippy::print_stdout, reason = "the number is the point of this test")]
    {
        println!(
            "{} commits: counted in {told:.1?}, drawn in {:.1?}, cursor in {:.1?}",
            history.points.len(),
            best[0],
            best[1]
        );
    }
}
