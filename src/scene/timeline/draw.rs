//! The rows of a timeline: where each stands, and what all of them share.
//!
//! In: a course and a view.  Out: the scene.  Not here: what is in a row.

use super::axis::Frame;
use super::columns::{Column, columns};
use super::course::Course;
use super::legend::{self, Legend};
use super::room::Room;
use super::shapes::{across, area, down, words};
use super::ticks::{Tick, ticks};
use super::{Drawn, View, bands, changes, lines, marks};
use crate::history::Moment;
use crate::scene::number::grouped;
use crate::scene::shape::{Align, Point, Rect, Shape, Stroke};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line as width};

/// Baselines from the top.
const TITLE_BASELINE: f32 = 18.0;
const CAPTION_BASELINE: f32 = 35.0;
/// Where the bands begin.
const TOP: f32 = 86.0;
/// For numbers at the left.
const LEFT: f32 = 52.0;
/// For what is written along the axis.
const AXIS: f32 = 24.0;
/// Between a row and what is said of it at its right.
const BEFORE_NAMES: f32 = 12.0;
/// Of a row with the gap above it.
const ROW: f32 = 54.0;
const LEAST_ROW: f32 = 40.0;
const ROW_GAP: f32 = 12.0;
const LEAST_BANDS: f32 = 110.0;
/// The least size that anything can be drawn in.
const LEAST: (f32, f32) = (360.0, 260.0);

pub(super) fn whole_height(course: &Course) -> f32 {
    TOP + 300.0 + AXIS + (course.tiles.len() + 1) as f32 * ROW + 3.0 * legend::PITCH
}

pub(super) fn draw(course: &Course, view: &View, measurer: &Measurer) -> Drawn {
    let (wide, high) = (view.width.max(LEAST.0), view.height.max(LEAST.1));
    let names_width = (wide * 0.2).clamp(110.0, 230.0);
    let plot_right = wide - names_width - BEFORE_NAMES;
    let probe = Frame::new(course, view.axis, view.span, Rect::new(LEFT, TOP, plot_right - LEFT, 0.0));
    let columns = columns(course, &probe);

    // The legend may say that rows are left out, which takes no room that they could have.
    let n_rows = if course.steps.is_empty() { 0 } else { course.tiles.len() + 1 };
    let legend_high = |left_out| Legend::new(course, &columns, left_out).lines(wide, measurer) as f32 * legend::PITCH;
    let for_rows = high - TOP - AXIS - legend_high(1) - 6.0;
    let least_bands = (for_rows * 0.34).max(LEAST_BANDS);
    let n_shown = (((for_rows - least_bands) / LEAST_ROW).max(0.0) as usize).min(n_rows);
    let pitch = if n_shown > 0 { ((for_rows - least_bands) / n_shown as f32).min(ROW) } else { 0.0 };
    let bands_high = for_rows - n_shown as f32 * pitch;

    let room = |top: f32, height: f32| Room {
        plot: Rect::new(LEFT, top, plot_right - LEFT, height),
        names: plot_right + BEFORE_NAMES,
        right: wide,
    };
    let main = room(TOP, bands_high);
    let row = |index: usize| room(TOP + bands_high + AXIS + index as f32 * pitch + ROW_GAP / 2.0, pitch - ROW_GAP);
    let bottom = if n_shown > 0 { row(n_shown - 1).plot.max.y } else { main.plot.max.y };
    let frame = Frame { plot: Rect::new(LEFT, TOP, plot_right - LEFT, bottom - TOP), ..probe };
    // The words along the axis stay legible.
    let below = Rect { min: Point::new(LEFT, main.plot.max.y + AXIS), max: frame.plot.max };
    let legend = Legend::new(course, &columns, n_rows - n_shown);
    let scale = bands::scale(course, &columns, main.plot);

    let mut rows = Vec::new();
    for index in 0..n_shown {
        match index.checked_sub(1) {
            None => rows.extend(changes::row(course, &columns, &row(0), measurer)),
            Some(tile) => rows.extend(lines::row(&course.tiles[tile], &columns, &row(index), measurer)),
        }
    }
    let mut band_names = bands::names(course, &columns, &main, &scale, measurer);
    if course.bands.is_empty() && !course.steps.is_empty() && course.n_not_yet() == 0 {
        let look = (Face::Regular, TextSize::Body, Role::TextWeak);
        band_names.push(words(main.plot.center(), Align::Center, "no rule was broken at any of these commits", look));
    }
    let ticks = ticks(course, &frame);
    let layers = [
        ("ground", ground(&main, &ticks, &frame)),
        ("grid", bands::grid(main.plot, &scale)),
        ("bands", bands::areas(course, &columns, main.plot, &scale)),
        ("rows", rows),
        (
            "holes",
            [marks::not_yet(&columns, [main.plot, below], measurer), marks::holes(&columns, [main.plot, below])]
                .concat(),
        ),
        ("tags", marks::tags(course, &frame, main.plot, measurer)),
        ("names", band_names),
        ("axis", axis(&ticks, &main, measurer)),
        ("title", title(course, &columns, wide, measurer)),
        ("legend", legend.draw(Point::new(0.0, bottom + 10.0), wide, measurer)),
    ];
    let layers = layers.map(|(name, shapes)| Layer { name, shapes }).to_vec();
    let bounds = Rect::new(0.0, 0.0, wide, high);
    Drawn { scene: Scene { bounds, layers, ..Scene::default() }, frame, meanings: legend.meanings() }
}

fn ground(main: &Room, ticks: &[Tick], frame: &Frame) -> Vec<Shape> {
    let mut shapes = vec![area(main.plot, Role::Surface1)];
    for tick in ticks {
        shapes.push(down(tick.x, frame.plot.min.y, frame.plot.max.y, Stroke::solid(Role::Grid, width::HAIR)));
    }
    shapes
}

fn axis(ticks: &[Tick], main: &Room, measurer: &Measurer) -> Vec<Shape> {
    let y = main.plot.max.y;
    let line = Stroke::solid(Role::SurfaceStroke, width::HAIR);
    let mut shapes = vec![across(y, main.plot.min.x, main.plot.max.x, line)];
    for tick in ticks {
        shapes.push(down(tick.x, y, y + 4.0, line));
        let half = measurer.width(&tick.words, Face::Regular, TextSize::Caption) / 2.0;
        let middle = tick.x.max(half).min(main.right - half);
        let look = (Face::Regular, TextSize::Caption, Role::TextWeak);
        shapes.push(words(Point::new(middle, y + 16.0), Align::Center, tick.words.clone(), look));
    }
    shapes
}

fn title(course: &Course, columns: &[Column], wide: f32, measurer: &Measurer) -> Vec<Shape> {
    let name = format!("{}: open violations by rule", course.workspace);
    let name = measurer.ellipsize_middle(&name, Face::SemiBold, TextSize::Title, wide).into_owned();
    let look = (Face::SemiBold, TextSize::Title, Role::TextStrong);
    let mut shapes = vec![words(Point::new(0.0, TITLE_BASELINE), Align::Start, name, look)];
    let said = caption(course, columns);
    let said = measurer.ellipsize(&said, Face::Regular, TextSize::Small, wide).into_owned();
    let look = (Face::Regular, TextSize::Small, Role::TextWeak);
    shapes.push(words(Point::new(0.0, CAPTION_BASELINE), Align::Start, said, look));
    shapes
}

fn caption(course: &Course, columns: &[Column]) -> String {
    let n = course.steps.len();
    let counted = |n: usize| if n == 1 { "1 commit".to_owned() } else { format!("{} commits", grouped(n as u64)) };
    let in_sight: usize = columns.iter().map(|column| column.steps.len()).sum();
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return "no commits".to_owned() };
    let date = |step: usize| Moment(course.steps[step].at).date();
    let first = if first.steps.is_empty() { first.shown } else { first.steps.start };
    let last = last.steps.clone().next_back().unwrap_or(last.shown);
    let which = if in_sight < n { format!("{} of {}", grouped(in_sight as u64), counted(n)) } else { counted(n) };
    let step = &course.steps[last];
    let end = match course.n_not_yet() {
        0 => format!("in the end {} open, {} of them denied", grouped(step.total.into()), grouped(step.denied.into())),
        n => format!("{} of all {}", grouped(n as u64), marks::NOT_YET),
    };
    format!("{which}, {} to {}; {end}", date(first), date(last))
}
