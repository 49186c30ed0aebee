//! The dependency structure matrix: what is visible on the map as rows and columns, ordered so that legal dependencies
//! stand below the diagonal (Steward 1981; Sangal et al., OOPSLA 2005).
//!
//! In: an [`Arrangement`] of the map, whose boxes and edges are shown: what is open there is open here.  Out: a
//! [`Matrix`], and from it and a [`Highlight`] a [`Drawn`] scene.  Not here: painting, and what a cell's references are.

mod draw;
mod order;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::map::{Arrangement, Drawn, Highlight};
use crate::boundary::Boundaries;
use crate::model::Model;
use crate::scene::thing::Place;
use crate::theme::Measurer;

/// What a number in a cell says.  Both show legal dependencies below the diagonal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// What is used comes first.
    #[default]
    RowUsesColumn,
    /// What uses comes first, as on the map.
    ColumnUsesRow,
}

impl Reading {
    pub const ALL: [Self; 2] = [Self::RowUsesColumn, Self::ColumnUsesRow];

    /// For a person who has never seen a matrix.
    pub fn words(self) -> &'static str {
        match self {
            Self::RowUsesColumn => {
                "A row uses the columns in which it has numbers; what stands above the diagonal points up"
            }
            Self::ColumnUsesRow => {
                "A column uses the rows in which it has numbers; what stands above the diagonal points up"
            }
        }
    }
}

/// Rows and columns with their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    pub reading: Reading,
    /// By row and column: an index into the boxes of the arrangement.  What is inside an open box follows it.
    pub rows: Vec<u32>,
    /// By box: its row.
    pub row_of: Vec<u32>,
    /// Rows of what depends on each other, with what is inside of it.
    pub rings: Vec<Range<u32>>,
    /// By box.
    names: Vec<String>,
    /// Room for the names.
    names_width: f32,
}

impl Matrix {
    pub fn new(
        model: &Model,
        boundaries: &Boundaries,
        map: &Arrangement,
        reading: Reading,
        measurer: &Measurer,
    ) -> Self {
        let order::Order { rows, rings } = order::order(map, reading);
        let mut row_of = vec![0; rows.len()];
        for (row, index) in (0..).zip(&rows) {
            row_of[*index as usize] = row;
        }
        let name = |place: Place| match place {
            Place::Node(node) => model.node(node).name.to_string(),
            Place::Fragment { boundary, .. } => boundaries.name(boundary).to_owned(),
        };
        let names: Vec<String> = map.cut.boxes.iter().map(|visible| name(visible.place)).collect();
        let widths = map.cut.boxes.iter().zip(&names).map(|(visible, name)| draw::label_width(visible, name, measurer));
        let names_width = widths.fold(0.0, f32::max).min(draw::MOST_LABEL_WIDTH);
        Self { reading, rows, row_of, rings, names, names_width }
    }

    /// The row and column of a cell, for an edge from one box to another.
    pub fn cell(&self, from: u32, to: u32) -> (u32, u32) {
        let (from, to) = (self.row_of[from as usize], self.row_of[to as usize]);
        match self.reading {
            Reading::RowUsesColumn => (from, to),
            Reading::ColumnUsesRow => (to, from),
        }
    }
}

/// The picture of a matrix.
pub fn draw(map: &Arrangement, matrix: &Matrix, highlight: &Highlight, measurer: &Measurer) -> Drawn {
    draw::draw(map, matrix, highlight, measurer)
}
