//! The timeline: open violations per rule over the commits of a branch, and below them what erodes, on one axis.
//!
//! In: a [`History`](crate::history::History), as a [`Course`], and a [`View`] of it.  Out: a [`Drawn`] scene of just the
//! size that is asked for, in which nothing is finer than a point: many commits become columns, and no spike is lost.
//! Not here: painting, and going through commits.

mod axis;
mod bands;
mod changes;
mod columns;
mod counting;
mod course;
mod draw;
mod legend;
mod lines;
mod marks;
mod room;
mod scale;
mod shapes;
#[cfg(test)]
mod tests;
mod ticks;

pub use axis::{Axis, Frame, Span};
pub use counting::Counting;
pub use course::{Band, Course, Known, Step, Tile, Unit};
pub use marks::{Marks, marks};

use super::Scene;
use crate::theme::Measurer;

/// What of a course is drawn, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// In points.
    pub width: f32,
    /// In points; rows that find no room are left out, and that is said.
    pub height: f32,
    pub axis: Axis,
    pub span: Span,
}

impl View {
    /// All of a course, as high as its rows need.
    pub fn whole(course: &Course, width: f32, axis: Axis) -> Self {
        Self { width, height: draw::whole_height(course), axis, span: Span::default() }
    }
}

/// A timeline, and where its commits are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    pub scene: Scene,
    pub frame: Frame,
    /// What the legend says, in words.
    pub meanings: Vec<String>,
}

/// The picture of a course.
pub fn draw(course: &Course, view: &View, measurer: &Measurer) -> Drawn {
    draw::draw(course, view, measurer)
}
