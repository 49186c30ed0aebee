//! A number over time as a line: a row below the bands.
//!
//! In: a tile and columns.  Out: its line, which goes through the least and the most of each column, its scale and its
//! name.  Where nothing is known the line stops.

use super::columns::{Column, WIDTH};
use super::course::{Tile, Unit};
use super::room::Room;
use super::scale::Scale;
use super::shapes::{across, labelled, line, words};
use crate::scene::number::{grouped, short};
use crate::scene::shape::{Align, Point, Shape, Stroke};
use crate::theme::{Face, Measurer, Role, TextSize, line as width};

pub(super) fn row(tile: &Tile, columns: &[Column], room: &Room, measurer: &Measurer) -> Vec<Shape> {
    let largest = columns.iter().flat_map(steps).filter_map(|step| tile.values[step]).fold(0.0, f32::max);
    let scale = Scale::new(largest, 4, tile.unit == Unit::Count);
    let plot = room.plot;
    let mut shapes = vec![across(plot.max.y, plot.min.x, plot.max.x, Stroke::solid(Role::SurfaceStroke, width::HAIR))];
    let top = Point::new(plot.min.x - 8.0, plot.min.y + 7.0);
    let weak = (Face::Regular, TextSize::Caption, Role::TextWeak);
    shapes.push(words(top, Align::End, tick(tile.unit, scale.top), weak));
    for points in polylines(tile, columns, room, &scale) {
        shapes.push(line(points, Stroke::solid(tile.role, width::THIN)));
    }
    shapes.extend(name(tile, columns, room, measurer));
    shapes
}

/// The commits of a column, or the one that lasts in it.
fn steps(column: &Column) -> impl Iterator<Item = usize> + use<> {
    let held = column.steps.is_empty().then_some(column.shown);
    held.into_iter().chain(column.steps.clone())
}

fn polylines(tile: &Tile, columns: &[Column], room: &Room, scale: &Scale) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut points: Vec<Point> = Vec::new();
    let mut last: Option<f32> = None;
    for (index, column) in columns.iter().enumerate() {
        let x = room.plot.min.x + index as f32 * WIDTH;
        let mut known = steps(column).filter_map(|step| tile.values[step]).peekable();
        if known.peek().is_none() {
            points.extend(last.take().map(|value| Point::new(x, scale.y(value, room.plot))));
            lines.push(std::mem::take(&mut points));
            continue;
        }
        let (mut least, mut most, mut newest) = (f32::INFINITY, f32::NEG_INFINITY, 0.0);
        for value in known {
            (least, most, newest) = (least.min(value), most.max(value), value);
        }
        let before = last.unwrap_or(newest);
        if last.is_none() {
            points.push(Point::new(x, scale.y(newest, room.plot)));
        }
        if least < before.min(newest) || most > before.max(newest) || newest != before {
            let stations = [before, least, most, newest].map(|value| Point::new(x, scale.y(value, room.plot)));
            points.extend(stations);
            points.dedup();
        }
        last = Some(newest);
    }
    points.extend(last.map(|value| Point::new(room.plot.max.x, scale.y(value, room.plot))));
    lines.push(points);
    lines.retain(|points| points.len() > 1);
    lines
}

/// What the number is called, what it is at the end, and what it was at the beginning.
fn name(tile: &Tile, columns: &[Column], room: &Room, measurer: &Measurer) -> Vec<Shape> {
    let mut known = columns.iter().flat_map(steps).filter_map(|step| tile.values[step]);
    let first = known.next();
    let last = known.last().or(first);
    let told = match (first, last) {
        (Some(first), Some(last)) if tell(tile.unit, first) != tell(tile.unit, last) => {
            format!("{}, from {}", tell(tile.unit, last), tell(tile.unit, first))
        }
        (Some(first), _) => tell(tile.unit, first),
        _ => "not known".to_owned(),
    };
    let (wide, middle) = (room.right - room.names, room.plot.center().y);
    let is_bad = tile.role == Role::Violation && last.is_some_and(|last| last > 0.0);
    let role = if is_bad { Role::Violation } else { Role::Text };
    let mut shapes = labelled(
        Point::new(room.names, middle - 2.5),
        &tile.name,
        "",
        wide,
        (Face::Regular, TextSize::Small, Role::TextWeak),
        measurer,
    );
    let look = (Face::Medium, TextSize::Small, role);
    shapes.extend(labelled(Point::new(room.names, middle + 11.5), &told, "", wide, look, measurer));
    shapes
}

fn tell(unit: Unit, value: f32) -> String {
    match unit {
        Unit::Count => grouped(value.round() as u64),
        Unit::Average => format!("{value:.1}"),
        Unit::Share => format!("{:.1} %", value * 100.0),
    }
}

fn tick(unit: Unit, value: f32) -> String {
    match unit {
        Unit::Count => short(value.round() as u64),
        Unit::Average if value < 10.0 => format!("{value:.1}"),
        Unit::Average => short(value.round() as u64),
        Unit::Share if value < 0.01 => format!("{:.1} %", value * 100.0),
        Unit::Share => format!("{:.0} %", value * 100.0),
    }
}
