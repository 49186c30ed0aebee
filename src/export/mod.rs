//! Pictures, data and reports as files: one file per format.
//!
//! In: a scene and a theme, a verdict, a comparison, or a draft.  Out: bytes, the same for the same input on every machine.  Not here: writing files, and
//! anything that decides what is shown.

mod base64;
pub mod behaviour;
pub mod comparison;
#[cfg(test)]
mod demo;
pub mod film;
pub mod history;
pub mod json;
pub mod moves;
pub mod patch;
pub mod pdf;
mod pdf_font;
pub mod picture;
pub mod png;
pub mod report;
pub mod review;
pub mod sheet;
pub mod story;
pub mod svg;
