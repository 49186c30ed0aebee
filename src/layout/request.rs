//! What a caller wants placed.
//!
//! In: boxes and edges by index.  Out: a value that compares equal exactly if the placement would be the same.  Not
//! here: measuring; sizes arrive measured.

use super::Size;

/// Everything that a placement depends on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    pub boxes: Vec<BoxRequest>,
    pub edges: Vec<EdgeRequest>,
    pub options: Options,
}

/// One box.  A box that is the parent of another is an open container and gets its size from what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxRequest {
    /// Names the box across requests; unique among the boxes of one parent.
    pub key: u64,
    /// Index of the container, `None` at the top.
    pub parent: Option<u32>,
    /// Size of a closed box; not used for an open container.  Fractions are rounded up to whole points.
    pub size: Size,
    /// Height kept free at the top of an open container.
    pub header: f32,
    /// The least width of an open container, for the text of its header.
    pub min_width: f32,
    /// Place in the declared order; decides where edges leave a choice.
    pub rank_hint: u32,
    /// Where a person has put it, from the corner of its container.
    pub pin: Option<(f32, f32)>,
}

/// A dependency between any two boxes; one with an end outside the boxes, or between a box and its own container, has
/// no influence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeRequest {
    pub from: u32,
    pub to: u32,
    /// References behind the edge: the more, the rather it points down.
    pub weight: u32,
    /// A violation is ten times cheaper to draw upwards than other edges.
    pub violating: bool,
}

/// Distances and proportions.  All lengths are whole points; fractions are rounded up.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Between a container's border (or header) and its content.
    pub padding: f32,
    /// Between boxes side by side.
    pub gap: f32,
    /// Between the lines of one level, and between boxes stacked in one line.
    pub line_gap: f32,
    /// Between levels.
    pub level_gap: f32,
    /// How much lower the next level is where several share a line.
    pub step: f32,
    /// Width by height that a container should have.
    pub aspect: f32,
    /// The largest cycle whose cheapest cut is computed exactly; more than 16 takes visible time.
    pub exact_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { padding: 14.0, gap: 12.0, line_gap: 12.0, level_gap: 22.0, step: 14.0, aspect: 1.6, exact_limit: 13 }
    }
}

impl Options {
    /// The same in whole, finite, not negative points, so that sums of lengths are exact.
    pub(super) fn cleaned(&self) -> Self {
        let aspect = if self.aspect.is_finite() { self.aspect.clamp(0.1, 10.0) } else { 1.6 };
        Self {
            padding: whole(self.padding),
            gap: whole(self.gap),
            line_gap: whole(self.line_gap),
            level_gap: whole(self.level_gap),
            step: whole(self.step).max(1.0),
            aspect,
            exact_limit: self.exact_limit,
        }
    }
}

/// The longest length taken from a request, in points: far beyond any picture, and exact in `f32` when summed.
const LONGEST: f32 = 20_000.0;

/// A length rounded up to whole points; 0 for what is no length.
pub(super) fn whole(length: f32) -> f32 {
    if length.is_finite() { length.ceil().clamp(0.0, LONGEST) } else { 0.0 }
}
