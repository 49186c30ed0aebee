//! A picture of the window itself, for documentation and checks: `--screenshot FILE --size WxH`.
//!
//! In: the state, frame by frame.  Out: a PNG file once what was asked for is painted and still.  Not here: pictures of
//! a scene without a window (`export`).

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use egui::{ColorImage, Context, ViewportCommand};

use super::mail::Message;
use super::pane::Pane;
use super::state::{Screen, State};
use super::worker::Worker;

/// What to write once the window is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screenshot {
    pub file: PathBuf,
    /// Of the window's inside, in points: pixels where the screen is not scaled.
    pub size: (u32, u32),
}

/// How it went; `None` while nobody knows.
pub(crate) type Outcome = Arc<Mutex<Option<Result<(), String>>>>;

/// As many frames without a change make a still picture: the first one shows what the one before laid out.
const STILL_FRAMES: u32 = 3;

pub(crate) struct Taking {
    screenshot: Screenshot,
    outcome: Outcome,
    still_frames: u32,
    asked: bool,
}

impl Taking {
    pub(crate) fn new(screenshot: Screenshot, outcome: Outcome) -> Self {
        Self { screenshot, outcome, still_frames: 0, asked: false }
    }

    /// Counts still frames, and asks for the picture after enough of them.
    pub(crate) fn follow(&mut self, state: &State, ctx: &Context, worker: &Worker) {
        if self.asked {
            return;
        }
        if let Screen::Failed(failure) = &state.screen {
            let message = failure.message.clone();
            self.asked = true;
            self.end(Err(message), ctx);
            return;
        }
        self.still_frames = if is_still(state) { self.still_frames + 1 } else { 0 };
        ctx.request_repaint();
        if self.still_frames > STILL_FRAMES {
            self.asked = true;
            let outbox = worker.outbox();
            ctx.request_screenshot(move |image| outbox.send(Message::Screenshot(image)));
        }
    }

    /// Writes the picture and closes the window.
    pub(crate) fn keep(&self, image: &ColorImage, ctx: &Context) {
        let result = png(image)
            .and_then(|bytes| crate::save::write(&self.screenshot.file, &bytes).map_err(|error| error.to_string()));
        self.end(result, ctx);
    }

    fn end(&self, result: Result<(), String>, ctx: &Context) {
        if let Ok(mut outcome) = self.outcome.lock() {
            outcome.get_or_insert(result);
        }
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }
}

fn is_still(state: &State) -> bool {
    match (&state.screen, &state.document) {
        (Screen::Loading(_), _) => false,
        (Screen::Map, Some(document)) => {
            let is_drawn = match state.tiles.focused {
                Pane::Canvas(_) => {
                    document.canvas.placed && (!document.needs_churn() || document.churning.is_settled())
                }
                Pane::Compare => state.comparisons.shown.as_ref().is_none_or(|shown| {
                    shown.placed && shown.arranging.is_none() && shown.transition.is_none() && !shown.camera.is_flying()
                }),
                Pane::Rules => !document.rules_draft.is_pending(),
                Pane::Sketch => document.sketch.as_ref().is_some_and(|sketch| {
                    sketch.placed && sketch.is_settled() && sketch.transition.is_none() && !sketch.camera.is_flying()
                }),
                Pane::WhatIf => document.drafting.as_ref().is_some_and(|drafting| {
                    drafting.placed
                        && drafting.laying.is_none()
                        && drafting.told.is_some()
                        && drafting.suggesting.found.is_some()
                        && drafting.transition.is_none()
                        && !drafting.camera.is_flying()
                }),
                Pane::Timeline => {
                    let timeline = &document.timeline;
                    timeline.running.is_none() && (timeline.told.is_some() || timeline.failed.is_some())
                }
            };
            is_drawn
                && state.comparisons.asking.is_none()
                && document.metrics.is_some()
                && document.arranging.is_none()
                && document.canvas.transition.is_none()
                && !document.canvas.camera.is_flying()
        }
        _ => true,
    }
}

fn png(image: &ColorImage) -> Result<Vec<u8>, String> {
    let [width, height] = image.size;
    let pixels = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    let size = u32::try_from(width).ok().zip(u32::try_from(height).ok());
    size.and_then(|(width, height)| resvg::tiny_skia::IntSize::from_wh(width, height))
        .and_then(|size| resvg::tiny_skia::Pixmap::from_vec(pixels, size))
        .ok_or_else(|| format!("the window gave a picture of {width} by {height} pixels that cannot be written"))?
        .encode_png()
        .map_err(|error| format!("failed to encode the picture: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_becomes_a_png() {
        let image = ColorImage::filled([3, 2], egui::Color32::WHITE);
        let bytes = png(&image).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert!(png(&ColorImage::filled([0, 0], egui::Color32::WHITE)).is_err());
    }
}
