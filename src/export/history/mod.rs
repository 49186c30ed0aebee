//! A history as files and as text.
//!
//! In: a [`History`](crate::history::History).  Out: bytes, one file here per format.  Not here: what a history is.

pub mod csv;
pub mod html;
pub mod json;
pub mod picture;
pub mod text;

#[cfg(test)]
pub(in crate::export) mod fixture;
