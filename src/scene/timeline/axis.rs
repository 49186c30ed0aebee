//! Where commits are from left to right: by their number, or by the time that they were committed.
//!
//! In: the steps of a course, which part of them is shown, how much room there is.  Out: positions, and the way back from
//! a position to a step.  Not here: what stands there.

use std::ops::Range;

use super::course::Course;
use crate::scene::shape::Rect;

/// What the distance between two commits means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axis {
    #[default]
    Time,
    /// Each commit takes as much room as any other.
    Commits,
}

impl Axis {
    pub const ALL: [Self; 2] = [Self::Time, Self::Commits];

    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "By time",
            Self::Commits => "By commit",
        }
    }
}

/// A part of the whole axis; the whole is from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub from: f64,
    pub to: f64,
}

impl Default for Span {
    fn default() -> Self {
        Self { from: 0.0, to: 1.0 }
    }
}

/// The smallest part of the axis that can be looked at.
const LEAST_SPAN: f64 = 1e-5;

impl Span {
    /// Smaller by `factor` about the point at `at`, which is a part of this span and stays where it is.
    #[must_use]
    pub fn zoomed(self, at: f64, factor: f64) -> Self {
        let width = ((self.to - self.from) * factor).clamp(LEAST_SPAN, 1.0);
        let center = self.from + (self.to - self.from) * at;
        Self { from: center - width * at, to: center + width * (1.0 - at) }.inside()
    }

    /// Moved by a part of itself.
    #[must_use]
    pub fn panned(self, by: f64) -> Self {
        let by = (self.to - self.from) * by;
        Self { from: self.from + by, to: self.to + by }.inside()
    }

    /// As wide, and with `at` in it: moved no more than needed.
    #[must_use]
    pub fn showing(self, at: f64) -> Self {
        let margin = (self.to - self.from) * 0.05;
        let by = (at + margin - self.to).max(0.0) + (at - margin - self.from).min(0.0);
        Self { from: self.from + by, to: self.to + by }.inside()
    }

    fn inside(self) -> Self {
        let by = (-self.from).max(0.0) - (self.to - 1.0).max(0.0);
        Self { from: (self.from + by).max(0.0), to: (self.to + by).min(1.0) }
    }
}

/// The room of a timeline: from left to right the part of the axis that is shown, from top to bottom all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    pub axis: Axis,
    pub plot: Rect,
    /// What stands at both ends: seconds, or numbers of steps.
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Where a step begins on the whole axis.
fn start(course: &Course, axis: Axis, step: usize) -> f64 {
    match axis {
        Axis::Commits => step as f64,
        Axis::Time => course.steps.get(step).map_or(0.0, |step| step.at as f64),
    }
}

/// Both ends of the whole axis.  The last commit lasts for a moment, so that it can be seen.
fn whole(course: &Course, axis: Axis) -> (f64, f64) {
    let n = course.steps.len();
    let (from, last) = (start(course, axis, 0), start(course, axis, n.saturating_sub(1)));
    let to = match axis {
        Axis::Commits => last + 1.0,
        Axis::Time => last + ((last - from) * 0.01).max(3600.0),
    };
    (from, to)
}

impl Frame {
    pub(super) fn new(course: &Course, axis: Axis, span: Span, plot: Rect) -> Self {
        let (from, to) = whole(course, axis);
        let at = |part: f64| from + (to - from) * part;
        Self { axis, plot, from: at(span.from), to: at(span.to) }
    }

    /// Both ends of what is shown: seconds, or numbers of steps.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    pub(super) fn x_at(&self, value: f64) -> f32 {
        let part = (value - self.from) / (self.to - self.from).max(f64::MIN_POSITIVE);
        self.plot.min.x + (part * f64::from(self.plot.width())) as f32
    }

    fn value_at(&self, x: f32) -> f64 {
        let part = f64::from((x - self.plot.min.x) / self.plot.width().max(1.0));
        self.from + (self.to - self.from) * part
    }

    /// Where a step begins.
    pub fn x_of(&self, course: &Course, step: usize) -> f32 {
        self.x_at(start(course, self.axis, step))
    }

    /// Where a line stands that marks a step: in its middle, if it is wide.
    pub fn x_of_mark(&self, course: &Course, step: usize) -> f32 {
        match self.axis {
            Axis::Commits => self.x_at(step as f64 + 0.5),
            Axis::Time => self.x_of(course, step),
        }
    }

    /// The steps that begin between two places.
    pub fn steps_between(&self, course: &Course, left: f32, right: f32) -> Range<usize> {
        let (left, right) = (self.value_at(left), self.value_at(right));
        let first = self.first_from(course, left);
        first..self.first_from(course, right).max(first)
    }

    /// The step that holds at a place; `None` without steps.
    pub fn step_at(&self, course: &Course, x: f32) -> Option<usize> {
        let value = self.value_at(x);
        let last = course.steps.len().checked_sub(1)?;
        // Half a point of rounding must not lead to the commit before.
        let slack = (self.to - self.from) / f64::from(self.plot.width().max(1.0)) * 0.5;
        let after = self.first_from(course, if self.axis == Axis::Time { value + slack } else { value.floor() + 0.5 });
        Some(after.saturating_sub(1).min(last))
    }

    /// The first step that begins at a value or after it.
    fn first_from(&self, course: &Course, value: f64) -> usize {
        match self.axis {
            Axis::Commits => (value.ceil().max(0.0) as usize).min(course.steps.len()),
            Axis::Time => course.steps.partition_point(|step| (step.at as f64) < value),
        }
    }
}

impl Course {
    /// Where a step is on the whole axis, from 0 to 1.
    pub fn part_of(&self, axis: Axis, step: usize) -> f64 {
        let (from, to) = whole(self, axis);
        (start(self, axis, step) - from) / (to - from).max(f64::MIN_POSITIVE)
    }

    /// The part of the axis at which the same is in sight as at a part of another course's, the steps of which are `by`
    /// steps further on here.  What reached to the end there reaches to the end here: new commits are in sight.
    pub fn span_like(&self, other: &Self, axis: Axis, span: Span, by: f64) -> Span {
        if span == Span::default() {
            return span;
        }
        let ((from, to), (other_from, other_to)) = (whole(self, axis), whole(other, axis));
        let by = if axis == Axis::Commits { by } else { 0.0 };
        let part = |part: f64| {
            let value = other_from + (other_to - other_from) * part + by;
            (value - from) / (to - from).max(f64::MIN_POSITIVE)
        };
        let to = if span.to >= 1.0 { 1.0 } else { part(span.to).clamp(LEAST_SPAN, 1.0) };
        Span { from: part(span.from).clamp(0.0, to - LEAST_SPAN), to }
    }
}
