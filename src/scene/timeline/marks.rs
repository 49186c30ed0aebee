//! What lies over a timeline: holes, tags, the cursor, and two commits that were picked.
//!
//! In: a course and its frame.  Out: shapes.  Not here: what the cursor says (the window).

use super::axis::Frame;
use super::columns::{Column, WIDTH, runs};
use super::course::{Course, Known};
use super::room::{CURSOR_BASELINE, TAG_BASELINE};
use super::shapes::{across, area, down, hatch, pointer, words};
use crate::history::{History, Moment};
use crate::scene::shape::{Align, Point, Rect, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line as width};

/// The steps that somebody points out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub cursor: Option<usize>,
    /// The two that are to be compared, in the order in which they were picked.
    pub picked: [Option<usize>; 2],
}

/// In the words of the picture and of the legend.
pub(super) const NOT_YET: &str = "not looked at yet";

/// A hole narrower than this is drawn as wide as this, in points.
const LEAST_HOLE: f32 = 3.0;

/// Between two names of tags, in points.
const BETWEEN_TAGS: f32 = 8.0;

/// Holes are hatched in the bands and in the rows.
pub(super) fn holes(columns: &[Column], rooms: [Rect; 2]) -> Vec<Shape> {
    rooms.into_iter().filter(|room| room.height() > 0.0).flat_map(|room| holes_in(columns, room)).collect()
}

fn holes_in(columns: &[Column], room: Rect) -> Vec<Shape> {
    let holes = runs(columns, |column| column.known == Known::Never).into_iter().filter(|(_, is_hole)| *is_hole);
    let place = |range: std::ops::Range<usize>| {
        let left = room.min.x + range.start as f32 * WIDTH;
        let wide = (range.len() as f32 * WIDTH).max(LEAST_HOLE);
        let left = left.min(room.max.x - wide).max(room.min.x);
        Rect::new(left, room.min.y, wide, room.height())
    };
    holes
        .flat_map(|(range, _)| {
            let rect = place(range);
            [vec![area(rect, Role::HoverFill)], hatch(rect, Role::Inactive)].concat()
        })
        .collect()
}

/// Where nobody looked so far, a quiet ground says so, in the bands and in the rows; in words where these have room.
pub(super) fn not_yet(columns: &[Column], rooms: [Rect; 2], measurer: &Measurer) -> Vec<Shape> {
    let ranges = runs(columns, |column| column.known == Known::NotYet);
    let ranges: Vec<std::ops::Range<usize>> =
        ranges.into_iter().filter(|(_, is_not_yet)| *is_not_yet).map(|(range, _)| range).collect();
    let look = (Face::Regular, TextSize::Small, Role::TextWeak);
    let mut shapes = Vec::new();
    for (room, is_named) in rooms.into_iter().zip([true, false]).filter(|(room, _)| room.height() > 0.0) {
        for range in &ranges {
            let wide = range.len() as f32 * WIDTH;
            let rect = Rect::new(room.min.x + range.start as f32 * WIDTH, room.min.y, wide, room.height());
            shapes.push(area(rect, Role::HoverFill));
            if is_named && measurer.width(NOT_YET, look.0, look.1) + 16.0 <= wide {
                shapes.push(words(rect.center(), Align::Center, NOT_YET, look));
            }
        }
    }
    shapes
}

/// A sign for each tag that is in sight, and the names of as many as have room, the newest first.
pub(super) fn tags(course: &Course, frame: &Frame, bands: Rect, measurer: &Measurer) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let in_sight = |x: f32| (frame.plot.min.x..=frame.plot.max.x).contains(&x);
    let mut last_sign = f32::INFINITY;
    let mut free_until = f32::INFINITY;
    for (step, name) in course.tags.iter().rev() {
        let x = frame.x_of_mark(course, *step);
        if !in_sight(x) {
            continue;
        }
        // Signs nearer than this would be a smear.
        if last_sign - x >= 5.0 {
            last_sign = x;
            shapes.push(pointer(Point::new(x, bands.min.y), 6.0, Role::TextWeak));
        }
        let name = measurer.ellipsize_middle(name, Face::Regular, TextSize::Caption, 110.0);
        let half = measurer.width(&name, Face::Regular, TextSize::Caption) / 2.0;
        let middle = x.clamp(frame.plot.min.x + half, (frame.plot.max.x - half).max(frame.plot.min.x + half));
        if middle + half + BETWEEN_TAGS <= free_until {
            free_until = middle - half;
            shapes.push(down(x, bands.min.y, bands.max.y, Stroke::dotted(Role::SurfaceStroke, width::HAIR)));
            let look = (Face::Regular, TextSize::Caption, Role::TextWeak);
            shapes.push(words(Point::new(middle, TAG_BASELINE), Align::Center, name.into_owned(), look));
        }
    }
    shapes
}

/// The cursor and the picked commits, to be laid over the picture of the same frame.
pub fn marks(course: &Course, history: &History, frame: &Frame, marks: &Marks, measurer: &Measurer) -> Scene {
    let mut shapes = Vec::new();
    let named = [("A", marks.picked[0]), ("B", marks.picked[1])];
    for (name, step) in named.into_iter().filter_map(|(name, step)| Some((name, step?))) {
        shapes.extend(flag(course, history, frame, step, Some(name), Role::Accent, measurer));
    }
    if let Some(step) = marks.cursor {
        shapes.extend(flag(course, history, frame, step, None, Role::Selected, measurer));
    }
    Scene { bounds: frame.plot, layers: vec![Layer { name: "marks", shapes }], ..Scene::default() }
}

/// A line down through all rows with what it marks above; at the side that it is on where it is out of sight.
fn flag(
    course: &Course,
    history: &History,
    frame: &Frame,
    step: usize,
    name: Option<&str>,
    role: Role,
    measurer: &Measurer,
) -> Vec<Shape> {
    let Some(at) = course.steps.get(step) else { return Vec::new() };
    let commit = history.points.get(at.point).map_or_else(String::new, |point| point.commit.id.short());
    let said = match name {
        Some(name) => format!("{name} {commit}"),
        None => format!("{commit} of {}", Moment(at.at).date()),
    };
    let wanted = frame.x_of_mark(course, step);
    let x = wanted.clamp(frame.plot.min.x, frame.plot.max.x);
    let mut shapes = Vec::new();
    if (wanted - x).abs() < 0.5 {
        let stroke = if name.is_some() { Stroke::dashed(role, 1.5) } else { Stroke::solid(role, 1.5) };
        shapes.push(down(x, frame.plot.min.y, frame.plot.max.y, stroke));
    }
    let (face, size) = (Face::Medium, TextSize::Caption);
    let half = measurer.width(&said, face, size) / 2.0 + 5.0;
    let middle = x.clamp(frame.plot.min.x + half, (frame.plot.max.x - half).max(frame.plot.min.x + half));
    let plate = Rect::new(middle - half, CURSOR_BASELINE - 11.0, half * 2.0, 16.0);
    shapes.push(area(plate, Role::Raised));
    shapes.push(across(plate.max.y, plate.min.x, plate.max.x, Stroke::solid(role, width::MEDIUM)));
    shapes.push(words(Point::new(middle, CURSOR_BASELINE), Align::Center, said, (face, size, Role::TextStrong)));
    shapes
}
