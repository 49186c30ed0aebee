//! Which picture of the workspace the canvas shows.
//!
//! In: a document.  Out: its pictures drawn anew, and the camera of those out of sight kept for the way back.  A part of
//! `execute`, the one writer of state.  Not here: what the pictures look like (`scene`).

use std::sync::Arc;

use super::canvas::picture::Picture;
use super::canvases::Canvas;
use super::command::Command;
use super::look::{Drawing, Ingredients, Made};
use super::state::Document;
use crate::layout::Size;
use crate::scene::map;
use crate::scene::matrix::{self, Matrix, Reading};
use crate::scene::shape::Rect;
use crate::scene::treemap::{self, Ground, Treemap};
use crate::theme::Measurer;

/// The legend has one entry in each row: it covers little of the map's corner.
const LEGEND_WIDTH: f32 = 1.0;

/// A treemap is so many times larger than the canvas: names fit small tiles once somebody looks closer.
const TREEMAP_SCALE: f32 = 2.0;

/// What stays free around a treemap, in points.
const FREE: f32 = 24.0;

/// Of a canvas that was not measured so far, in points.
const CANVAS: Size = Size { width: 910.0, height: 690.0 };

/// A treemap takes the shape of the canvas again where it differs by more than this part.
const OTHER_SHAPE: f32 = 0.03;

/// Shows these pictures and no other; the first is at hand.
pub(super) fn show(document: &mut Document, at_hand: Drawing, in_sight: &[Drawing], measurer: &Measurer) {
    let before = std::mem::take(&mut document.canvas);
    let room = before.camera.canvas();
    let mut left: Vec<Canvas> = std::iter::once(before).chain(document.beside.drain(..)).collect();
    let wanted = std::iter::once(at_hand).chain(in_sight.iter().copied().filter(|drawing| *drawing != at_hand));
    let mut canvases = Vec::new();
    for drawing in wanted {
        match left.iter().position(|canvas| canvas.drawing == drawing) {
            Some(index) => canvases.push(left.swap_remove(index)),
            None => {
                let kept = document.look.resting.remove(&drawing);
                document.canvas = Canvas::new(drawing);
                document.canvas.placed = kept.is_some();
                // Where it will be is known with the next frame.
                document.canvas.camera = kept.unwrap_or_default().on(room);
                document.hover = None;
                draw_at_hand(document, measurer);
                if !document.canvas.placed {
                    fit(document, false);
                    document.canvas.placed = document.canvas.camera.has_canvas();
                    // The bar over a treemap takes a part of the canvas.
                    document.canvas.refit = drawing == Drawing::Treemap || in_sight.len() > 1;
                }
                canvases.push(std::mem::take(&mut document.canvas));
            }
        }
    }
    let resting = left.into_iter().filter(|canvas| canvas.placed).map(|canvas| (canvas.drawing, canvas.camera));
    document.look.resting.extend(resting);
    document.canvas = canvases.remove(0);
    document.beside = canvases;
}

pub(super) fn turn(document: &mut Document, measurer: &Measurer) {
    document.look.reading = match document.look.reading {
        Reading::RowUsesColumn => Reading::ColumnUsesRow,
        Reading::ColumnUsesRow => Reading::RowUsesColumn,
    };
    draw(document, measurer);
}

/// Shows another size or colour.
pub(super) fn choose(document: &mut Document, command: Command, measurer: &Measurer) {
    document.look.choose(command);
    document.canvas.transition = None;
    draw(document, measurer);
    refit(document);
}

/// Draws all pictures that are in sight.
pub(super) fn draw(document: &mut Document, measurer: &Measurer) {
    document.on_each_canvas(|document| draw_at_hand(document, measurer));
}

fn draw_at_hand(document: &mut Document, measurer: &Measurer) {
    let treemap = (document.canvas.drawing == Drawing::Treemap).then(|| made(document, measurer));
    let (map, highlight) = (&document.arrangement, &document.highlight);
    let (drawn, legend) = match document.canvas.drawing {
        Drawing::Treemap => (
            treemap.map_or_else(Default::default, |treemap| treemap::draw(map, &treemap, highlight)),
            Default::default(),
        ),
        Drawing::Map => (map::draw(map, highlight), map::legend(map, highlight, LEGEND_WIDTH, measurer)),
        Drawing::Matrix => {
            let (model, boundaries) = (&document.analysis.model, &document.analysis.boundaries);
            let matrix = Matrix::new(model, boundaries, map, document.look.reading, measurer);
            (matrix::draw(map, &matrix, highlight, measurer), Default::default())
        }
    };
    document.canvas.picture = Picture::new(drawn.scene, drawn.hits, measurer);
    document.canvas.legend = Picture::new(legend.scene, Vec::new(), measurer);
    document.canvas.meanings = legend.meanings;
}

/// The treemap of what is shown, made anew where anything that it depends on has changed.
fn made(document: &mut Document, measurer: &Measurer) -> Arc<Treemap> {
    let of = Ingredients {
        arrangement: Arc::clone(&document.arrangement),
        choice: document.look.choice,
        size: document.look.size.unwrap_or(scaled(CANVAS)),
        churn: document.churning.found().map(Arc::clone).map_err(str::to_owned),
        is_measured: document.below.is_some(),
    };
    let before = document.look.made.as_ref();
    if let Some(made) = before.filter(|made| made.of.are(&of)) {
        return Arc::clone(&made.treemap);
    }
    let analysis = &document.analysis;
    let ground = Ground {
        model: &analysis.model,
        boundaries: &analysis.boundaries,
        sources: &analysis.sources,
        churn: of.churn.as_deref().map_err(String::as_str),
        below: document.below.as_deref(),
    };
    let previous = before.map(|made| &*made.treemap);
    let treemap = Arc::new(Treemap::new(&ground, &of.arrangement, of.choice, of.size, previous, measurer));
    document.look.made = Some(Made { of, treemap: Arc::clone(&treemap) });
    treemap
}

fn scaled(canvas: Size) -> Size {
    Size::new(canvas.width * TREEMAP_SCALE, canvas.height * TREEMAP_SCALE)
}

/// Gives the treemap the shape of the canvas.
fn reshape(document: &mut Document) {
    let canvas = document.canvas.camera.canvas();
    let room = Size::new(canvas.width() - 2.0 * FREE, canvas.height() - 2.0 * FREE);
    if room.width < 1.0 || room.height < 1.0 {
        return;
    }
    let shape = |size: Size| size.width / size.height;
    let size = scaled(room);
    let is_other = |now: Size| (shape(now) / shape(size) - 1.0).abs() > OTHER_SHAPE;
    if document.look.size.is_none_or(is_other) {
        document.look.size = Some(size);
        draw_at_hand(document, &Measurer::new());
    }
}

/// Shows all of the treemap again in the next frame, where all of it is shown now: its legend has become higher or lower.
pub(super) fn refit(document: &mut Document) {
    document.on_each_canvas(|document| {
        let is_whole = (document.canvas.camera.zoom() * f64::from(TREEMAP_SCALE) - 1.0).abs() < 0.01;
        document.canvas.refit |= document.canvas.drawing == Drawing::Treemap && is_whole;
    });
}

/// The whole map; of a matrix as much from its first row on as can be read.
pub(crate) fn fit(document: &mut Document, animated: bool) {
    if document.canvas.drawing == Drawing::Treemap {
        reshape(document);
    }
    let bounds = document.canvas.picture.scene.bounds;
    let canvas = document.canvas.camera.canvas();
    let shown = match document.canvas.drawing {
        Drawing::Map | Drawing::Treemap => bounds,
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
    document.canvas.camera.fit(shown, 1.5, animated);
}
