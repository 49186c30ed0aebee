//! The snapshot document: everything riprap knows of one revision, as versioned data.
//!
//! In: a model with its boundaries and verdict (`write`), or bytes (`read`).  Out: [`Document`], whose shape
//! `assets/snapshot.schema.json` describes.  Inner values are not serialized themselves: these mirrors are the format.
//! Not here: files.

mod document;
mod format;
mod lower;
mod raise;

pub use document::*;
pub use format::{ReadError, read, write};
pub use lower::{Parts, document};

/// The version of the format; it changes when a reader of the old one would be misled.
pub const SCHEMA: &str = "riprap.snapshot/1";
