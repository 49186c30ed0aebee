//! Open violations per rule, one band above the other.
//!
//! In: columns.  Out: areas with their names at the right, and the scale at the left.  Not here: what holds for all rows.

use super::columns::{Column, WIDTH, runs};
use super::course::{Course, Known};
use super::room::Room;
use super::scale::Scale;
use super::shapes::{across, area, filled, labelled, line, words};
use crate::scene::number::{grouped, short};
use crate::scene::shape::{Align, Point, Rect, Shape, Stroke};
use crate::theme::{Face, Measurer, Role, TextSize, line as width};

/// From one name to the next, in points.
const NAME_PITCH: f32 = 15.0;

/// The scale, for all bands together.
pub(super) fn scale(course: &Course, columns: &[Column], room: Rect) -> Scale {
    let largest = columns.iter().map(|column| course.steps[column.shown].total).max().unwrap_or_default();
    Scale::new(largest as f32, (room.height() / 36.0).clamp(1.0, 8.0) as usize, true)
}

/// The areas, from the bottom to the top.
pub(super) fn areas(course: &Course, columns: &[Column], room: Rect, scale: &Scale) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let x = |column: usize| (room.min.x + column as f32 * WIDTH).min(room.max.x);
    let mut below = vec![0_u32; columns.len()];
    for band in &course.bands {
        let above: Vec<u32> =
            columns.iter().zip(&below).map(|(column, below)| below + band.counts[column.shown]).collect();
        let kind = |column: &Column| (course.steps[column.shown].is_assigned, column.known == Known::NotYet);
        for (range, (is_assigned, is_not_yet)) in runs(columns, kind) {
            if is_not_yet {
                continue;
            }
            let role = if is_assigned { band.role } else { Role::SeriesUnsure };
            let parts = runs_between(&below, &above, range);
            for piece in parts.split(|part| part.low == part.high).filter(|piece| !piece.is_empty()) {
                let edge = |of: &dyn Fn(&Part) -> u32| -> Vec<Point> {
                    let ends = piece.iter().flat_map(|part| {
                        let y = scale.y(of(part) as f32, room);
                        [Point::new(x(part.from), y), Point::new(x(part.to), y)]
                    });
                    ends.collect()
                };
                let (upper, mut lower) = (edge(&|part| part.high), edge(&|part| part.low));
                lower.reverse();
                shapes.push(filled([upper.clone(), lower].concat(), role));
                shapes.push(line(upper, Stroke::solid(Role::Surface1, width::HAIR)));
            }
        }
        below = above;
    }
    shapes
}

/// Columns in which a band is the same.
struct Part {
    from: usize,
    to: usize,
    low: u32,
    high: u32,
}

fn runs_between(low: &[u32], high: &[u32], range: std::ops::Range<usize>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for column in range {
        match parts.last_mut() {
            Some(part) if (part.low, part.high) == (low[column], high[column]) => part.to = column + 1,
            _ => parts.push(Part { from: column, to: column + 1, low: low[column], high: high[column] }),
        }
    }
    parts
}

/// Numbers at the left with lines across.
pub(super) fn grid(room: Rect, scale: &Scale) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for value in scale.lines() {
        let y = scale.y(value, room);
        shapes.push(across(y, room.min.x, room.max.x, Stroke::solid(Role::Separator, width::HAIR)));
        let anchor = Point::new(room.min.x - 8.0, y + 4.0);
        shapes.push(words(anchor, Align::End, short(value as u64), (Face::Regular, TextSize::Caption, Role::TextWeak)));
    }
    shapes
}

/// The name and number of each band, as near as possible to its end.
pub(super) fn names(
    course: &Course,
    columns: &[Column],
    room: &Room,
    scale: &Scale,
    measurer: &Measurer,
) -> Vec<Shape> {
    let Some(last) = columns.last().map(|column| column.shown) else { return Vec::new() };
    let mut wanted = Vec::with_capacity(course.bands.len());
    let mut below = 0;
    for band in &course.bands {
        let count = band.counts[last];
        let middle = scale.y(below as f32 + count as f32 / 2.0, room.plot);
        below += count;
        wanted.push(middle);
    }
    let places = spread(&wanted, room.plot.min.y + NAME_PITCH / 2.0, room.plot.max.y - NAME_PITCH / 2.0);
    let mut shapes = Vec::new();
    for (band, y) in course.bands.iter().zip(places) {
        let swatch = Rect::new(room.names, y - 5.0, 10.0, 10.0);
        shapes.push(area(swatch, band.role));
        let count = grouped(u64::from(band.counts[last]));
        let place = Point::new(room.names + 16.0, y + 4.0);
        let look = (Face::Regular, TextSize::Small, Role::Text);
        shapes.extend(labelled(place, &band.name, &count, room.right - 16.0 - room.names, look, measurer));
    }
    shapes
}

/// Places from the bottom to the top, each near to what is wanted, none nearer to the next than a line of text.
fn spread(wanted: &[f32], top: f32, bottom: f32) -> Vec<f32> {
    let pitch = NAME_PITCH.min((bottom - top) / (wanted.len().max(2) - 1) as f32);
    let mut places: Vec<f32> = Vec::with_capacity(wanted.len());
    let mut limit = bottom;
    for y in wanted {
        let place = y.min(limit).max(top);
        places.push(place);
        limit = place - pitch;
    }
    // What was pushed out at the top pushes the others down again.
    let mut limit = top;
    for place in places.iter_mut().rev() {
        *place = place.max(limit);
        limit = *place + pitch;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_apart_and_stay_inside() {
        let places = spread(&[100.0, 99.0, 98.0, 5.0], 10.0, 100.0);
        assert!(places.windows(2).all(|pair| pair[0] - pair[1] >= NAME_PITCH - 0.01), "{places:?}");
        assert_eq!((places[0], places[3]), (100.0, 10.0));
        let crowded = spread(&[50.0; 9], 0.0, 60.0);
        assert!(crowded.iter().all(|place| (-0.01..=60.01).contains(place)), "{crowded:?}");
        assert_eq!(spread(&[], 0.0, 10.0), Vec::<f32>::new());
    }
}
