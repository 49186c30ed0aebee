//! The surface that a scene is painted on: where the eye is, what is under the pointer, and the painting itself.
//!
//! In: a [`Scene`](crate::scene) in its own coordinates, and a rectangle of the window.  Out: egui shapes and hits.
//! Not here: what is drawn (that is `scene`), and what a click means (that is `execute`).

pub(crate) mod camera;
mod line;
pub(crate) mod paint;
pub(crate) mod picture;
