//! Which picture of the workspace the canvas shows.
//!
//! In: a document.  Out: its picture drawn anew, and the camera of the other picture kept for the way back.  A part of
//! `execute`, the one writer of state.  Not here: what the pictures look like (`scene`).

use super::canvas::picture::Picture;
use super::look::Drawing;
use super::state::Document;
use crate::scene::map;
use crate::scene::matrix::{self, Matrix, Reading};
use crate::scene::shape::Rect;
use crate::theme::Measurer;

/// The legend has one entry in each row: it covers little of the map's corner.
const LEGEND_WIDTH: f32 = 1.0;

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

/// The whole map; of a matrix as much from its first row on as can be read.
pub(crate) fn fit(document: &mut Document, animated: bool) {
    let bounds = document.picture.scene.bounds;
    let canvas = document.camera.canvas();
    let shown = match document.look.drawing {
        Drawing::Map => bounds,
        Drawing::Matrix => {
            let end = |whole: f32, window: f32| if window > 0.0 { whole.min(window) } else { whole };
            Rect::new(
                bounds.min.x,
                bounds.min.y,
                end(bounds.width(), canvas.width()),
                end(bounds.height(), canvas.height()),
            )
        }
    };
    document.camera.fit(shown, 1.5, animated);
}
