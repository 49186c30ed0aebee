//! A whole placement: every container from the innermost out, then absolute positions from the outside in.
//!
//! In: a request and what is known of the one before.  Out: the placement.  Not here: the arrangement inside one
//! container.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::arrange::{Content, arrange};
use super::pin::{Start, hold};
use super::placement::{Frame, Slot};
use super::request::whole;
use super::tree::{Arc, Tree};
use super::{Placement, Previous, Rect, Request, Size};

/// Places all boxes of `request`, near to where `previous` had them.
///
/// The order of the edges does not matter.  Nothing in a request makes this fail: what cannot be meant (a parent that
/// is its own descendant, an edge out of range, a size that is no number) is left out.
pub fn place(request: &Request, previous: Option<&Previous>) -> Placement {
    let tree = Tree::new(&request.boxes);
    let arcs = tree.arcs(request);
    let options = request.options.cleaned();
    let count = request.boxes.len();
    let name = |container: u32| request.boxes.get(container as usize).map(|it| it.key);

    let mut sizes: Vec<Size> =
        request.boxes.iter().map(|it| Size::new(whole(it.size.width), whole(it.size.height))).collect();
    sizes.push(Size::default());
    let mut rects = vec![Rect::default(); count];
    let mut slots = vec![Slot::default(); count];
    let mut frames: Vec<Option<Frame>> = vec![None; count + 1];

    for &container in &tree.inside_out {
        let children = &tree.children[container as usize];
        let known = |child: u32| previous.and_then(|it| it.slot(name(container), request.boxes[child as usize].key));
        let content = Content {
            sizes: children.iter().map(|&child| sizes[child as usize]).collect(),
            arcs: &arcs[container as usize],
            before: children.iter().map(|&child| known(child)).collect(),
            frame: previous.and_then(|it| it.frame(name(container))),
            connections: connections(request, children, &arcs[container as usize]),
            options: &options,
        };
        let arranged = arrange(&content);
        let (left, top, mut size) = match request.boxes.get(container as usize) {
            None => (0.0, 0.0, arranged.size),
            Some(open) => {
                let content_width = arranged.size.width + 2.0 * options.padding;
                let width = content_width.max(whole(open.min_width));
                let top = whole(open.header) + options.padding;
                let left = options.padding + ((width - content_width) / 2.0).floor();
                (left, top, Size::new(width, top + arranged.size.height + options.padding))
            }
        };
        for (place, &child) in children.iter().enumerate() {
            let (x, y) = arranged.corners[place];
            let Size { width, height } = sizes[child as usize];
            rects[child as usize] = Rect { x: left + x, y: top + y, width, height };
            slots[child as usize] = arranged.slots[place];
        }
        let pins: Vec<Option<(f32, f32)>> = children
            .iter()
            .map(|&child| request.boxes[child as usize].pin.map(|(x, y)| (x.round(), y.round())))
            .collect();
        if pins.iter().any(Option::is_some) {
            let is_open = (container as usize) < count;
            let padding = if is_open { options.padding } else { 0.0 };
            let mut own: Vec<Rect> = children.iter().map(|&child| rects[child as usize]).collect();
            hold(&mut own, &pins, &Start { left: padding, top }, &options);
            for (&child, rect) in children.iter().zip(own) {
                rects[child as usize] = rect;
                size.width = size.width.max(rect.x + rect.width + padding);
                size.height = size.height.max(rect.y + rect.height + padding);
            }
        }
        sizes[container as usize] = size;
        frames[container as usize] = Some(arranged.frame);
    }

    for &container in tree.inside_out.iter().rev().filter(|&&container| (container as usize) < count) {
        let Rect { x, y, .. } = rects[container as usize];
        for &child in &tree.children[container as usize] {
            rects[child as usize].x += x;
            rects[child as usize].y += y;
        }
    }
    let level = |index: u32| slots[index as usize].level;
    let upward = request.edges.iter().map(|edge| tree.lift(edge).is_some_and(|(_, from, to)| level(from) <= level(to)));
    Placement { upward: upward.collect(), rects, slots, size: sizes[count], frames }
}

/// Identifies the children of a container and which of them are connected, not how much: references come and go with
/// every edit, and the picture shall stay.
fn connections(request: &Request, children: &[u32], arcs: &[Arc]) -> u64 {
    let key = |place: u32| request.boxes[children[place as usize] as usize].key;
    let mut keys: Vec<u64> = (0..children.len() as u32).map(key).collect();
    keys.sort_unstable();
    let mut pairs: Vec<(u64, u64)> = arcs.iter().map(|arc| (key(arc.from), key(arc.to))).collect();
    pairs.sort_unstable();
    let mut hasher = FxHasher::default();
    hasher.write_usize(keys.len());
    for key in keys {
        hasher.write_u64(key);
    }
    for (from, to) in pairs {
        hasher.write_u64(from);
        hasher.write_u64(to);
    }
    hasher.finish()
}
