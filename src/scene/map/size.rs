//! What a box says and how much room that takes, before anything is laid out.
//!
//! In: the visible boxes and the widths of texts.  Out: a [`Caption`] and a size for each box.  Sizes are stepped, so
//! that the boxes of one container look alike.  Not here: positions, and shortening of texts to what there is.

use super::badge;
use super::census::BoxKind;
use super::cut::{Cut, VisibleBox};
use crate::boundary::Boundaries;
use crate::model::{Model, NodeId};
use crate::scene::number::short;
use crate::scene::thing::Place;
use crate::theme::{Face, Measurer, TextSize};
use crate::verdict::Tally;

/// The texts of a box, and the lengths that their measuring gave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Caption {
    pub(super) title: String,
    pub(super) face: Face,
    pub(super) size: TextSize,
    /// Modules and lines; empty for items.
    pub(super) counts: String,
    /// Name and owner of the boundary whose sign a node wears; the owner alone for a fragment.
    pub(super) sign: String,
    /// Room for badges in the header of an open box.
    pub(super) room: f32,
}

/// Space between the border of a closed box and its content.
pub(super) const PADDING: f32 = 10.0;
/// Side of the square that a kind's sign is drawn in.
pub(super) const GLYPH: f32 = 12.0;
/// From sign to title, and from title to chevron.
pub(super) const GLYPH_GAP: f32 = 7.0;
/// Side of the square that the chevron is drawn in.
pub(super) const CHEVRON: f32 = 9.0;
/// Height of the second and third line of a closed box.
pub(super) const LINE: f32 = 14.0;
/// From the top of a closed box to the baseline of its title, without what a tall box has to spare.
pub(super) const FIRST_BASELINE: f32 = 20.0;
/// Height of an open box's header.
pub const HEADER: f32 = 38.0;
/// Between the texts of a header.
pub(super) const HEADER_GAP: f32 = 10.0;
/// Room for badges in a header, where they need no more.
const BADGE: f32 = 30.0;

const CLOSED_HEIGHT: f32 = 44.0;
const ITEM_HEIGHT: f32 = 26.0;
const NARROWEST: f32 = 104.0;
const NARROWEST_ITEM: f32 = 72.0;
const NARROWEST_PACKAGE: f32 = 136.0;
/// A longer name is shortened; the whole one is in the hover card.
const WIDEST: f32 = 256.0;
const WIDTH_STEP: f32 = 24.0;

/// The texts of a box.
pub(super) fn caption(model: &Model, boundaries: &Boundaries, visible: &VisibleBox) -> Caption {
    let title = match visible.place {
        Place::Node(node) => model.node(node).name.to_string(),
        Place::Fragment { boundary, .. } => boundaries.declaration(boundary).name.clone(),
    };
    let (face, size) = match (visible.kind, visible.open) {
        (BoxKind::Item(_), _) => (Face::Mono, TextSize::Small),
        // Names of large areas are read from far away.
        (BoxKind::Boundary, _) => (Face::SemiBold, TextSize::Heading),
        (_, true) if visible.depth == 0 => (Face::SemiBold, TextSize::Heading),
        (BoxKind::Package(_), _) | (_, true) => (Face::SemiBold, TextSize::Title),
        (BoxKind::Target(_) | BoxKind::Module, false) => (Face::Medium, TextSize::Body),
    };
    let sign = visible.boundary.map_or(String::new(), |boundary| {
        let declaration = boundaries.declaration(boundary);
        // A name that the title says already is not said again.
        let name = Some(declaration.name.as_str()).filter(|name| *name != title);
        let parts: Vec<&str> = name.into_iter().chain(declaration.owner.as_deref()).collect();
        parts.join(" · ")
    });
    Caption { face, size, counts: counts(visible), sign, title, room: BADGE }
}

/// `12 modules · 3.4k lines`.
fn counts(visible: &VisibleBox) -> String {
    let lines = count(visible.lines, "line", "lines");
    match visible.kind {
        BoxKind::Item(_) => String::new(),
        _ if visible.modules == 0 => lines,
        _ => format!("{} · {lines}", count(u64::from(visible.modules), "module", "modules")),
    }
}

/// `1 line`, `340 lines`, `3.4k lines`, `1.2M lines`.
fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", short(n), if n == 1 { one } else { many })
}

/// Sizes of all boxes as if they were closed, by index into the cut.
pub(super) fn closed_sizes(cut: &Cut, captions: &[Caption], measurer: &Measurer) -> Vec<(f32, f32)> {
    let needed: Vec<f32> = captions
        .iter()
        .zip(&cut.boxes)
        .map(|(caption, visible)| {
            let chevron = if visible.expandable { GLYPH_GAP + CHEVRON } else { 0.0 };
            let title = measurer.width(&caption.title, caption.face, caption.size) + chevron;
            let below = [&caption.counts, &caption.sign].map(|text| caption_width(text, measurer));
            let content = below.into_iter().fold(title, f32::max);
            content + 2.0 * PADDING + GLYPH + GLYPH_GAP
        })
        .collect();
    let mut sizes = vec![(0.0, 0.0); cut.boxes.len()];
    let top: Vec<u32> =
        (0..cut.boxes.len() as u32).filter(|index| cut.boxes[*index as usize].parent.is_none()).collect();
    for siblings in cut.children.iter().chain([&top]) {
        let common = common_width(siblings.iter().map(|index| needed[*index as usize]));
        let any_sign = siblings.iter().any(|index| has_third_line(cut, captions, *index));
        for index in siblings {
            let at = *index as usize;
            let visible = &cut.boxes[at];
            let (narrowest, height) = match visible.kind {
                BoxKind::Item(_) => (NARROWEST_ITEM, ITEM_HEIGHT),
                BoxKind::Package(_) | BoxKind::Boundary => (NARROWEST_PACKAGE, CLOSED_HEIGHT),
                BoxKind::Target(_) | BoxKind::Module => (NARROWEST, CLOSED_HEIGHT),
            };
            let width = if needed[at] <= common { common } else { stepped(needed[at], WIDTH_STEP).min(WIDEST) };
            let third = if any_sign && !matches!(visible.kind, BoxKind::Item(_)) { LINE } else { 0.0 };
            sizes[at] = (width.max(narrowest), height + third + growth(visible));
        }
    }
    sizes
}

fn has_third_line(cut: &Cut, captions: &[Caption], index: u32) -> bool {
    !cut.boxes[index as usize].open && !captions[index as usize].sign.is_empty()
}

/// The width that most of a container's boxes can have.
fn common_width(needed: impl Iterator<Item = f32>) -> f32 {
    let mut needed: Vec<f32> = needed.collect();
    needed.sort_by(f32::total_cmp);
    let widest = needed.last().copied().unwrap_or(0.0);
    let most = needed.get(needed.len() * 4 / 5).copied().unwrap_or(widest);
    // A few long names may widen all a little; more than that, and they are the exception.
    let common = if widest <= most * 1.3 { widest } else { most };
    stepped(common.min(WIDEST), 8.0)
}

fn stepped(length: f32, step: f32) -> f32 {
    (length / step).ceil() * step
}

/// Large code has a taller box, in few steps: mildly, since area is not the message of this view.
fn growth(visible: &VisibleBox) -> f32 {
    match (visible.kind, visible.lines) {
        (BoxKind::Item(_), _) | (_, 0..1000) => 0.0,
        (_, 1000..4000) => 8.0,
        (_, 4000..16_000) => 16.0,
        _ => 28.0,
    }
}

impl Caption {
    /// With badges for so many violations.
    pub(super) fn telling(self, tally: Tally) -> Self {
        Self { room: self.room.max(badge::room(tally)), ..self }
    }
}

/// The width that an open box needs for its header.
pub(super) fn header_width(caption: &Caption, measurer: &Measurer) -> f32 {
    let title = measurer.width(&caption.title, caption.face, caption.size).min(WIDEST);
    let rest = [&caption.counts, &caption.sign].map(|text| match caption_width(text, measurer) {
        0.0 => 0.0,
        width => width + HEADER_GAP,
    });
    // One point more, since positions are rounded.
    1.0 + CHEVRON + GLYPH_GAP + GLYPH + GLYPH_GAP + title + rest[0] + rest[1] + caption.room + 2.0 * PADDING
}

pub(super) fn caption_width(text: &str, measurer: &Measurer) -> f32 {
    if text.is_empty() { 0.0 } else { measurer.width(text, Face::Regular, TextSize::Caption) }
}

/// A number that stays the same for a place as long as the code keeps its path.
pub(in crate::scene) fn stable_key(model: &Model, boundaries: &Boundaries, place: Place) -> u64 {
    let of_node = |hash: u64, node: NodeId| {
        let node = model.node(node);
        let kind = fnv1a(hash, format!("{:?}", node.kind).as_bytes());
        fnv1a(kind, node.path.as_bytes())
    };
    match place {
        Place::Node(node) => of_node(FNV_OFFSET, node),
        Place::Fragment { boundary, parent } => {
            of_node(fnv1a(FNV_OFFSET, boundaries.declaration(boundary).name.as_bytes()), parent)
        }
    }
}

/// The offset basis of 64-bit FNV-1a (Fowler, Noll, Vo).
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    // A zero byte ends each part, so that parts cannot run into each other.
    bytes.iter().chain(&[0]).fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_apart_from_many() {
        assert_eq!([0, 1, 1000].map(|n| count(n, "line", "lines")), ["0 lines", "1 line", "1.0k lines"]);
    }

    #[test]
    fn most_boxes_of_a_container_are_equally_wide() {
        assert_eq!(common_width([90.0, 100.0, 101.0, 102.0, 130.0].into_iter()), 136.0);
        assert_eq!(common_width([90.0, 100.0, 101.0, 102.0, 103.0, 240.0].into_iter()), 104.0);
        assert_eq!(common_width(std::iter::empty()), 0.0);
    }
}
