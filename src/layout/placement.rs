//! Where everything is, and what of it the next placement may rely on.
//!
//! In: what `arrange` found.  Out: rectangles, and a memory keyed by the caller's names.  Not here: keeping the memory
//! on disk.

use rustc_hash::FxHashMap;

use super::apart::Apart;
use super::{Rect, Request, Size};

/// The answer to a request; vectors are by index of the request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// Absolute; children lie inside their containers, below the header.
    pub rects: Vec<Rect>,
    pub slots: Vec<Slot>,
    /// By edge: true if it points against the flow where its ends meet, from a lower to a higher level.
    pub upward: Vec<bool>,
    /// The whole picture; the top left is at 0, 0.
    pub size: Size,
    /// By box, and last for the whole: how its content was arranged.
    pub(super) frames: Vec<Option<Frame>>,
}

/// A box's place in the order of its container.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slot {
    /// 0 uses no sibling, higher ones use lower ones; `None` for a box without edges, which stands apart.
    pub level: Option<u32>,
    /// Of the container, from above: a level may take several lines, and several short levels one.
    pub line: u32,
    /// Of the line, from the left.
    pub column: u32,
    /// In the column, from above; more than 0 only where small boxes are stacked beside a large one.
    pub index: u32,
    /// Middle of the box from the left of the content, as long as no sibling grows.
    pub(super) home_x: f32,
}

/// How a container's content was arranged when it was last arranged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Frame {
    /// Identifies the children and which of them are connected.
    pub(super) connections: u64,
    /// The width that its area called for.
    pub(super) ideal_width: f32,
    /// The width of its widest line.
    pub(super) width: f32,
    /// The room of those that stand apart.
    pub(super) apart: Apart,
}

/// A placement by the names of its boxes, for placing a changed request so that what is known stays where it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Previous {
    slots: FxHashMap<(Option<u64>, u64), Slot>,
    frames: FxHashMap<Option<u64>, Frame>,
}

impl Previous {
    /// What `placement`, the answer to `request`, tells the next one.
    pub fn of(request: &Request, placement: &Placement) -> Self {
        let name = |index: Option<u32>| index.and_then(|it| request.boxes.get(it as usize)).map(|it| it.key);
        let slots = request.boxes.iter().zip(&placement.slots).map(|(it, slot)| ((name(it.parent), it.key), *slot));
        let frames = placement.frames.iter().enumerate();
        let frames = frames.filter_map(|(index, frame)| frame.map(|frame| (name(Some(index as u32)), frame)));
        Self { slots: slots.collect(), frames: frames.collect() }
    }

    /// Adds what `older` knows of boxes that were not in this placement, such as the content of a box that is closed.
    pub fn or(mut self, older: &Previous) -> Self {
        #[expect(clippy::iter_over_hash_type, reason = "entries go from one map to another")]
        for (name, slot) in &older.slots {
            self.slots.entry(*name).or_insert(*slot);
        }
        #[expect(clippy::iter_over_hash_type, reason = "entries go from one map to another")]
        for (name, frame) in &older.frames {
            self.frames.entry(*name).or_insert(*frame);
        }
        self
    }

    pub(super) fn slot(&self, container: Option<u64>, key: u64) -> Option<Slot> {
        self.slots.get(&(container, key)).copied()
    }

    pub(super) fn frame(&self, container: Option<u64>) -> Option<Frame> {
        self.frames.get(&container).copied()
    }
}
