//! What the signs of a timeline mean, as far as they occur in it.
//!
//! In: a course and its columns.  Out: lines of words with samples below the rows, and the words alone.

use super::columns::{Column, most_shared};
use super::course::{Course, Known, LEAST_ASSIGNED_PERCENT};
use super::marks::NOT_YET;
use super::shapes::{area, hatch, pointer, words};
use crate::scene::number::grouped;
use crate::scene::shape::{Align, Point, Rect, Shape};
use crate::theme::{Face, Measurer, Role, TextSize};

/// From one line to the next, in points.
pub(super) const PITCH: f32 = 18.0;

/// Where a text begins after its sample.
const AFTER_SAMPLE: f32 = 18.0;

/// Between two entries of a line.
const BETWEEN: f32 = 24.0;

enum Sample {
    None,
    Unsure,
    NotYet,
    Hole,
    Tag,
}

/// What has to be explained.
pub(super) struct Legend {
    entries: Vec<(Sample, String)>,
}

impl Legend {
    pub(super) fn new(course: &Course, columns: &[Column], left_out: usize) -> Self {
        let mut entries = Vec::new();
        if course.steps.iter().any(|step| !step.is_assigned) {
            let said = format!(
                "under {LEAST_ASSIGNED_PERCENT} % of the lines were in a boundary: few violations mean little there"
            );
            entries.push((Sample::Unsure, said));
        }
        if columns.iter().any(|column| column.known == Known::NotYet) {
            entries.push((Sample::NotYet, NOT_YET.to_owned()));
        }
        let n_holes = course.steps.iter().filter(|step| step.known == Known::Never).count();
        if let Some(reason) = &course.hole {
            let commits =
                if n_holes == 1 { "1 commit".to_owned() } else { format!("{} commits", grouped(n_holes as u64)) };
            entries.push((Sample::Hole, format!("nothing is known of {commits}: {reason}")));
        }
        if !course.tags.is_empty() {
            entries.push((Sample::Tag, "a tag".to_owned()));
        }
        let shared = most_shared(columns);
        if shared > 1 {
            let said = format!("up to {} commits share a point: the worst of them is shown", grouped(shared as u64));
            entries.push((Sample::None, said));
        }
        if left_out > 0 {
            let said = match left_out {
                1 => "1 row more has no room here".to_owned(),
                rows => format!("{rows} rows more have no room here"),
            };
            entries.push((Sample::None, said));
        }
        Self { entries }
    }

    pub(super) fn meanings(&self) -> Vec<String> {
        self.entries.iter().map(|(_, said)| said.clone()).collect()
    }

    /// How many lines it takes.
    pub(super) fn lines(&self, width: f32, measurer: &Measurer) -> usize {
        self.places(width, measurer).last().map_or(0, |(line, ..)| line + 1)
    }

    /// For each entry its line, where it begins in it, and its words as far as they fit.
    fn places(&self, width: f32, measurer: &Measurer) -> Vec<(usize, f32, String)> {
        let (mut line, mut x) = (0, 0.0);
        let mut places = Vec::with_capacity(self.entries.len());
        for (sample, said) in &self.entries {
            let before = if matches!(sample, Sample::None) { 0.0 } else { AFTER_SAMPLE };
            let said = measurer.ellipsize(said, Face::Regular, TextSize::Small, width - before);
            let wide = before + measurer.width(&said, Face::Regular, TextSize::Small);
            if x > 0.0 && x + wide > width {
                (line, x) = (line + 1, 0.0);
            }
            places.push((line, x, said.into_owned()));
            x += wide + BETWEEN;
        }
        places
    }

    pub(super) fn draw(&self, at: Point, width: f32, measurer: &Measurer) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for ((sample, _), (line, x, said)) in self.entries.iter().zip(self.places(width, measurer)) {
            let (left, baseline) = (at.x + x, at.y + line as f32 * PITCH + 12.0);
            let place = Rect::new(left, baseline - 9.0, 12.0, 10.0);
            match sample {
                Sample::None => {}
                Sample::Unsure => shapes.push(area(place, Role::SeriesUnsure)),
                Sample::NotYet => shapes.push(area(place, Role::HoverFill)),
                Sample::Hole => {
                    shapes.push(area(place, Role::HoverFill));
                    shapes.extend(hatch(place, Role::Inactive));
                }
                Sample::Tag => {
                    shapes.push(pointer(Point::new(place.center().x, place.max.y - 2.0), 6.0, Role::TextWeak));
                }
            }
            let left = if matches!(sample, Sample::None) { left } else { left + AFTER_SAMPLE };
            let look = (Face::Regular, TextSize::Small, Role::TextWeak);
            shapes.push(words(Point::new(left, baseline), Align::Start, said, look));
        }
        shapes
    }
}
