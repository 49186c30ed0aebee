//! What differs between two revisions, as people and programs read it: one file per format.
//!
//! In: a [`Comparison`].  Out: text, the same for the same input.  What is told, and in which order, is decided once for all
//! formats (`tell`).  Not here: comparing, and writing files.
//!
//! [`Comparison`]: crate::compare::Comparison

mod chapters;
pub mod html;
pub mod json;
pub mod markdown;
pub(super) mod numbers;
pub mod picture;
mod tell;
pub mod text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
