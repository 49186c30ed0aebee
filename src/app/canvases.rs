//! The pictures of the workspace that are in sight, each with the eye on it.
//!
//! In: nothing.  Out: [`Canvas`], a part of the document.  Not here: which of them are in sight (`tiles`), and drawing them
//! (`drawing`).

use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::look::Drawing;
use super::motion::Transition;

/// One picture of the boxes that are open.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    pub(crate) drawing: Drawing,
    pub(crate) picture: Picture,
    pub(crate) legend: Picture,
    /// What the legend says, in words.
    pub(crate) meanings: Vec<&'static str>,
    pub(crate) camera: Camera,
    /// Whether the camera was ever put somewhere.
    pub(crate) placed: bool,
    /// It was never seen on the canvas that it has, and shall fill it.
    pub(crate) refit: bool,
    pub(crate) transition: Option<Transition>,
}

impl Canvas {
    pub(crate) fn new(drawing: Drawing) -> Self {
        Self { drawing, ..Self::default() }
    }

    /// Whether all of the picture is in sight.
    pub(crate) fn shows_all(&self) -> bool {
        self.camera.has_canvas() && self.camera.visible().contains_rect(self.picture.scene.bounds)
    }
}
