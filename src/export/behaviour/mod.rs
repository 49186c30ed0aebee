//! How people work with the structure, as files and as text.
//!
//! In: a [`Behaviour`](crate::history::Behaviour).  Out: bytes, one file here per format.  Not here: what it is.

pub mod json;
pub mod text;

#[cfg(test)]
mod fixture;
