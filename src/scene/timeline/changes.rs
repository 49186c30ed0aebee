//! How many violations came and went: bars up and down.
//!
//! In: columns.  Out: a row below the bands.  Bars are wider than columns, since a bar of one point cannot be seen.

use super::columns::{Column, WIDTH};
use super::course::Course;
use super::room::Room;
use super::shapes::{across, area, labelled, words};
use crate::scene::number::{grouped, short};
use crate::scene::shape::{Align, Point, Rect, Shape, Stroke};
use crate::theme::{Face, Measurer, Role, TextSize, line as width};

/// Columns of a bar, of which the last stays empty.
const COLUMNS: usize = 4;

/// A bar that is so many times as high as nearly all others is cut, and its number said.
const CUT_ABOVE: u32 = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bar {
    opened: u32,
    closed: u32,
}

pub(super) fn row(course: &Course, columns: &[Column], room: &Room, measurer: &Measurer) -> Vec<Shape> {
    let bars: Vec<Bar> = columns.chunks(COLUMNS).map(|chunk| bar(course, chunk)).collect();
    let top = highest(&bars);
    let plot = room.plot;
    let middle = plot.center().y;
    let half = plot.height() / 2.0;
    let mut shapes = vec![across(middle, plot.min.x, plot.max.x, Stroke::solid(Role::SurfaceStroke, width::HAIR))];
    let weak = (Face::Regular, TextSize::Caption, Role::TextWeak);
    shapes.push(words(Point::new(plot.min.x - 8.0, plot.min.y + 7.0), Align::End, short(u64::from(top)), weak));
    let mut free = plot.min.x;
    for (index, bar) in bars.iter().enumerate() {
        let x = plot.min.x + (index * COLUMNS) as f32 * WIDTH;
        let wide = (COLUMNS - 1) as f32 * WIDTH;
        let height = |n: u32| (n.min(top) as f32 / top as f32 * half).max(if n > 0 { 1.5 } else { 0.0 });
        if bar.opened > 0 {
            let high = height(bar.opened);
            shapes.push(area(Rect::new(x, middle - high, wide, high), Role::Violation));
        }
        if bar.closed > 0 {
            shapes.push(area(Rect::new(x, middle, wide, height(bar.closed)), Role::Success));
        }
        for (n, y) in [(bar.opened, plot.min.y + 7.0), (bar.closed, plot.max.y)] {
            let said = grouped(u64::from(n));
            let long = measurer.width(&said, Face::Regular, TextSize::Caption);
            let left = x + wide + 3.0;
            if n > top && left >= free && left + long <= plot.max.x {
                shapes.push(words(Point::new(left, y), Align::Start, said, weak));
                free = left + long + 6.0;
            }
        }
    }
    shapes.extend(names(&bars, room, measurer));
    shapes
}

fn bar(course: &Course, columns: &[Column]) -> Bar {
    let steps = columns.iter().flat_map(|column| column.steps.clone()).map(|step| &course.steps[step]);
    steps.fold(Bar::default(), |bar, step| Bar {
        opened: bar.opened.saturating_add(step.opened),
        closed: bar.closed.saturating_add(step.closed),
    })
}

/// The number that a full bar stands for: a few that are far larger than the rest do not make the rest invisible.
fn highest(bars: &[Bar]) -> u32 {
    let mut all: Vec<u32> = bars.iter().flat_map(|bar| [bar.opened, bar.closed]).filter(|n| *n > 0).collect();
    all.sort_unstable();
    let usual = all.get((all.len() * 9 / 10).min(all.len().saturating_sub(1))).copied().unwrap_or(1);
    let most = all.last().copied().unwrap_or(1);
    if most > usual.saturating_mul(CUT_ABOVE) { usual.saturating_mul(CUT_ABOVE) } else { most }
}

fn names(bars: &[Bar], room: &Room, measurer: &Measurer) -> Vec<Shape> {
    let sum = |of: &dyn Fn(&Bar) -> u32| bars.iter().map(|bar| u64::from(of(bar))).sum::<u64>();
    let (wide, middle) = (room.right - room.names, room.plot.center().y);
    let mut shapes = Vec::new();
    for (n, what, role, y) in [
        (sum(&|bar| bar.opened), "introduced", Role::Violation, middle - 2.5),
        (sum(&|bar| bar.closed), "fixed", Role::Success, middle + 11.5),
    ] {
        let look = (Face::Medium, TextSize::Small, if n > 0 { role } else { Role::TextWeak });
        let said = format!("{} {what}", grouped(n));
        shapes.extend(labelled(Point::new(room.names, y), &said, "", wide, look, measurer));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_huge_bar_does_not_hide_the_others() {
        let bars = |counts: &[u32]| -> Vec<Bar> { counts.iter().map(|n| Bar { opened: *n, closed: 0 }).collect() };
        assert_eq!(highest(&bars(&[1, 2, 3, 5])), 5);
        let mut many = vec![4; 30];
        many.push(400);
        assert_eq!(highest(&bars(&many)), 12);
        assert_eq!(highest(&bars(&[])), 1);
    }
}
