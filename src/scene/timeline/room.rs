//! Where a row of a timeline is, and what stands above all rows.
//!
//! In: nothing.  Out: lengths that the rows share.  Not here: how high each row is (`draw`).

use crate::scene::shape::Rect;

/// Baselines from the top.
pub(super) const CURSOR_BASELINE: f32 = 55.0;
pub(super) const TAG_BASELINE: f32 = 73.0;

/// Where a row is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) plot: Rect,
    /// Where the words at the right begin and end.
    pub(super) names: f32,
    pub(super) right: f32,
}
