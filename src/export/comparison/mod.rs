//! What differs between two revisions, as people and programs read it: one file per format.
//!
//! In: a [`Comparison`].  Out: text, the same for the same input.  What is told, and in which order, is decided once for all
//! formats (`tell`).  Not here: comparing, and writing files.
//!
//! [`Comparison`]: crate::compare::Comparison

mod chapters;
mod excerpt;
pub mod html;
pub mod json;
pub mod markdown;
mod numbers;
pub mod picture;
mod story;
mod tell;
pub mod text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
