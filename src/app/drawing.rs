//! Which picture of the workspace the canvas shows.
//!
//! In: a document.  Out: its picture drawn anew, and the camera of the other picture kept for the way back.  A part of
//! `execute`, the one writer of state.  Not here: what the pictures look like (`scene`).

use super::canvas::picture::Picture;
use super::look::Drawing;
use super::state::Document;
use crate::scene::map;
use crate::scene::matrix::{self, Matrix, Reading};
use crate::scene::shape::{Point, Rect};
use crate::theme::Measurer;

/// The legend has one entry in each row: it covers little of the map's corner.
const LEGEND_WIDTH: f32 = 1.0;

/// A matrix opens no smaller than this shows it: its first rows, whose names can be read.
const FIRST_ROWS: Rect = Rect::new(0.0, 0.0, 1500.0, 950.0);

/// Shows another picture of the same boxes.
pub(super) fn change(document: &mut Document, drawing: Drawing, measurer: &Measurer) {
    if document.look.drawing == drawing {
        return;
    }
    document.look.drawing = drawing;
    document.hover = None;
    document.transition = None;
    draw(document, measurer);
    let before = document.look.resting.take();
    document.look.resting = Some(document.camera.clone());
    match before {
        Some(camera) => document.camera = camera,
        None => fit(document, false),
    }
}

pub(super) fn turn(document: &mut Document, measurer: &Measurer) {
    document.look.reading = match document.look.reading {
        Reading::RowUsesColumn => Reading::ColumnUsesRow,
        Reading::ColumnUsesRow => Reading::RowUsesColumn,
    };
    draw(document, measurer);
}

pub(super) fn draw(document: &mut Document, measurer: &Measurer) {
    let (map, highlight) = (&document.arrangement, &document.highlight);
    let (drawn, legend) = match document.look.drawing {
        Drawing::Map => (map::draw(map, highlight), map::legend(map, highlight, LEGEND_WIDTH, measurer)),
        Drawing::Matrix => {
            let (model, boundaries) = (&document.analysis.model, &document.analysis.boundaries);
            let matrix = Matrix::new(model, boundaries, map, document.look.reading, measurer);
            (matrix::draw(map, &matrix, highlight, measurer), Default::default())
        }
    };
    document.picture = Picture::new(drawn.scene, drawn.hits, measurer);
    document.legend = Picture::new(legend.scene, Vec::new(), measurer);
    document.meanings = legend.meanings;
}

/// The whole map, or the first rows of a matrix.
pub(crate) fn fit(document: &mut Document, animated: bool) {
    let bounds = document.picture.scene.bounds;
    let shown = match document.look.drawing {
        Drawing::Map => bounds,
        Drawing::Matrix => Rect {
            min: bounds.min,
            max: Point::new(bounds.max.x.min(FIRST_ROWS.max.x), bounds.max.y.min(FIRST_ROWS.max.y)),
        },
    };
    document.camera.fit(shown, 1.5, animated);
}
