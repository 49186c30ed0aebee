//! How large boxes are.
//!
//! In: the visible boxes.  Out: for each box what stands in itself and in no box within.  Not here: what a size looks like.

use super::{Ground, Sizing};
use crate::model::{Node, NodeKind};
use crate::scene::map::{Cut, is_boxed};
use crate::scene::thing::Place;
use crate::source::SourceTree;

/// By box.
pub(super) fn own(ground: &Ground<'_>, cut: &Cut, sizing: Sizing) -> Vec<u64> {
    let mut own = vec![0; cut.boxes.len()];
    for id in ground.model.node_ids().skip(1) {
        let Some(index) = cut.box_of(id) else { continue };
        let node = ground.model.node(id);
        own[index as usize] += match sizing {
            Sizing::Lines if node.kind.is_module() => u64::from(node.lines),
            Sizing::Items => u64::from(is_boxed(node.kind)),
            Sizing::Lines => 0,
        };
    }
    if sizing == Sizing::Lines {
        // The lines of an item with a tile of its own are among those of its module.
        for (index, visible) in cut.boxes.iter().enumerate() {
            let Place::Node(node) = visible.place else { continue };
            let node = ground.model.node(node);
            if let (NodeKind::Item(_), Some(parent)) = (node.kind, visible.parent) {
                own[index] = lines(node, ground.sources);
                own[parent as usize] = own[parent as usize].saturating_sub(own[index]);
            }
        }
    }
    own
}

/// Of an item, from the first to the last.
fn lines(node: &Node, sources: &SourceTree) -> u64 {
    let Some(file) = node.file else { return 0 };
    let source = sources.file(file);
    let (first, last) = (source.line_at(node.span.start), source.line_at(node.span.end));
    u64::from(last.saturating_sub(first)) + 1
}

/// By box: with all boxes within.
pub(super) fn whole(cut: &Cut, own: Vec<u64>) -> Vec<u64> {
    let mut whole = own;
    for index in (0..cut.boxes.len()).rev() {
        if let Some(parent) = cut.boxes[index].parent {
            whole[parent as usize] += whole[index];
        }
    }
    whole
}
