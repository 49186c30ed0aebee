//! A comparison as a comment on a pull request.
//!
//! In: a comparison.  Out: Markdown.  Not here: what is told, and how it looks (`story::markdown`).

use super::tell::tell;
use crate::compare::Comparison;
use crate::export::story::markdown::markdown;

pub fn write(comparison: &Comparison) -> String {
    markdown(&tell(comparison), "riprap diff --format html=FILE")
}
