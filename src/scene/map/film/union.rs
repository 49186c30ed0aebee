//! Every box and every edge that a film ever has, laid out once.
//!
//! In: what each revision shows.  Out: a place for each box of each.  Not here: what is open.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::layout::{self, BoxRequest, EdgeRequest, Options, Placement, Rect, Request, Size};
use crate::scene::map::arrange::Unplaced;

/// Wider than a map of one revision: a film is watched on a screen, with words below it.
const ASPECT: f32 = 2.4;

/// Boxes are the same that have the same key in the same box.
#[derive(Debug, Default)]
pub(super) struct Union {
    boxes: Vec<BoxRequest>,
    by_key: FxHashMap<(Option<u32>, u64), u32>,
    edges: BTreeMap<(u32, u32), (u32, bool)>,
}

impl Union {
    /// Gives each box the number that it has in the film.
    pub(super) fn add(&mut self, take: &Unplaced) -> Vec<u32> {
        let mut ids: Vec<u32> = Vec::with_capacity(take.request.boxes.len());
        // A parent stands before its children.
        for it in &take.request.boxes {
            let parent = it.parent.map(|parent| ids[parent as usize]);
            let next = self.boxes.len() as u32;
            let id = *self.by_key.entry((parent, it.key)).or_insert(next);
            if id == next {
                self.boxes.push(BoxRequest { parent, rank_hint: next, pin: None, ..it.clone() });
            }
            let known = &mut self.boxes[id as usize];
            let size = known.size;
            known.size = Size::new(size.width.max(it.size.width), size.height.max(it.size.height));
            known.min_width = known.min_width.max(it.min_width);
            ids.push(id);
        }
        for edge in &take.request.edges {
            let ends = (ids[edge.from as usize], ids[edge.to as usize]);
            let (weight, violating) = self.edges.entry(ends).or_default();
            *weight = weight.saturating_add(edge.weight);
            *violating |= edge.violating;
        }
        ids
    }

    pub(super) fn place(self) -> Places {
        let edge = |(&(from, to), &(weight, violating))| EdgeRequest { from, to, weight, violating };
        let edges: Vec<EdgeRequest> = self.edges.iter().map(edge).collect();
        let options = Options { aspect: ASPECT, ..Options::default() };
        let request = Request { boxes: self.boxes, edges, options };
        let placement = layout::place(&request, None);
        let upward = self.edges.into_keys().zip(placement.upward.iter().copied()).collect();
        Places { placement, upward }
    }
}

/// Where everything is.
#[derive(Debug)]
pub(super) struct Places {
    placement: Placement,
    upward: BTreeMap<(u32, u32), bool>,
}

impl Places {
    /// The boxes of a revision, and which of its edges run against the flow.
    pub(super) fn of(&self, take: &Unplaced, ids: &[u32]) -> (Vec<Rect>, Vec<bool>) {
        let rects = ids.iter().map(|id| self.placement.rects[*id as usize]).collect();
        let ends = take.edges.iter().map(|edge| (ids[edge.from as usize], ids[edge.to as usize]));
        (rects, ends.map(|ends| self.upward.get(&ends).copied().unwrap_or_default()).collect())
    }

    pub(super) fn size(&self) -> Size {
        self.placement.size
    }
}
