//! The snapshot document as a file's bytes.
//!
//! In: a document.  Out: JSON.  Not here: what the document holds.

use crate::snapshot::{self, Document};

pub fn write(document: &Document<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    snapshot::write(document, &mut bytes).expect("a vector takes every byte");
    bytes
}
