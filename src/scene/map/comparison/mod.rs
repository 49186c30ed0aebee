//! Two revisions on one map: what persists has one place in both, so that nothing moves but what came or went.
//!
//! In: a [`Union`] of two revisions and a [`MapView`] over its nodes.  Out: a [`Compared`] and, from it and a [`Highlight`],
//! a [`Drawn`] scene of both revisions or of one.  Things are those of the union: its nodes, its boundaries.  Not here:
//! finding out what differs (`compare`).

mod differences;
mod draw;
mod legend;
mod marks;
pub(super) mod sign;
mod strand;
#[cfg(test)]
mod tests;
mod view;
mod words;

use super::arrange::{Arrangement, arranged};
use super::{Drawn, Highlight, Legend, MapView};
use crate::compare::{Side, Union};
use crate::theme::Measurer;
use crate::verdict::Verdict;

pub use differences::{Difference, Section, differences};
pub use marks::{BoxMark, EdgeMark, Sums};
pub use view::initial_view;

/// A map of two revisions with what became of each box and edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    pub map: Arrangement,
    /// By box.
    pub boxes: Vec<BoxMark>,
    /// By edge.
    pub edges: Vec<EdgeMark>,
}

/// What of the two revisions a picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Showing {
    /// One over the other.
    #[default]
    Both,
    /// One alone, with free places for what only the other has.
    Only(Side),
}

impl Showing {
    fn is_shown(self, before: bool, after: bool) -> bool {
        match self {
            Self::Both => true,
            Self::Only(Side::Before) => before,
            Self::Only(Side::After) => after,
        }
    }
}

/// Arranges both revisions at once; as in [`super::arrange()`], `previous` keeps boxes where they were.  It may be a map of
/// one of the revisions.
pub fn arrange(union: &Union, view: &MapView, measurer: &Measurer, previous: Option<&Arrangement>) -> Compared {
    let (model, boundaries) = (&union.model, &union.boundaries);
    let verdict = Verdict::default();
    let reword = |cut: &super::Cut, captions: &mut [super::size::Caption]| {
        let boxes = marks::of_boxes(union, cut);
        words::reword(union, cut, &boxes, captions);
    };
    let map = arranged(model, boundaries, &verdict, view, measurer, previous, &reword);
    let boxes = marks::of_boxes(union, &map.cut);
    let edges = marks::of_edges(union, &map, &boxes, view.filter);
    Compared { map, boxes, edges }
}

/// The picture.
pub fn draw(compared: &Compared, highlight: &Highlight, showing: Showing) -> Drawn {
    draw::draw(compared, highlight, showing)
}

/// What the signs and lines of a picture mean: only those that it has.
pub fn legend(compared: &Compared, highlight: &Highlight, width: f32, measurer: &Measurer) -> Legend {
    legend::legend(compared, highlight, width, measurer)
}
