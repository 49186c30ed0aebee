//! Which picture of the workspace the canvas shows, and how.
//!
//! In: nothing.  Out: [`Look`], a part of the state.  Not here: drawing it (`drawing`).

use super::canvas::camera::Camera;
use crate::scene::matrix::Reading;

/// What is drawn of the boxes that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Drawing {
    #[default]
    Map,
    Matrix,
}

/// How a document is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    pub(crate) drawing: Drawing,
    /// Of the matrix.
    pub(crate) reading: Reading,
    /// Of the picture that is not shown, if it was before.
    pub(crate) resting: Option<Camera>,
}

impl Look {
    /// At first.
    pub(crate) fn new(drawing: Drawing) -> Self {
        Self { drawing, ..Self::default() }
    }
}
