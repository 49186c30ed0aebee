//! Properties of whole placements.

use proptest::prelude::*;

use super::tree::Tree;
use super::{BoxRequest, EdgeRequest, Options, Placement, Previous, Rect, Request, Size, place};

/// One box of a random tree: how many of the open containers close before it, its size, and a number for its key.
type Step = (usize, u16, u16, u16);

/// Boxes in preorder, each below one of those that are still open, so that a subtree is a range of indices.
fn boxes(steps: &[Step]) -> Vec<BoxRequest> {
    let mut open: Vec<u32> = Vec::new();
    let mut boxes = Vec::new();
    for (index, &(closing, width, height, _)) in steps.iter().enumerate() {
        open.truncate(open.len().saturating_sub(closing));
        boxes.push(BoxRequest {
            key: index as u64,
            parent: open.last().copied(),
            size: Size::new(40.0 + f32::from(width % 200) + 0.3, 20.0 + f32::from(height % 60)),
            header: 22.0,
            min_width: f32::from(width % 180),
            rank_hint: index as u32,
            pin: None,
        });
        open.push(index as u32);
    }
    boxes
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0usize..4, any::<u16>(), any::<u16>(), any::<u16>()), 1..most)
}

fn edges(count: usize, raw: &[(usize, usize, u32, bool)]) -> Vec<EdgeRequest> {
    let edge = |&(from, to, weight, violating): &(usize, usize, u32, bool)| EdgeRequest {
        from: (from % count) as u32,
        to: (to % count) as u32,
        weight,
        violating,
    };
    raw.iter().map(edge).collect()
}

fn request(most: usize) -> impl Strategy<Value = Request> {
    let raw = prop::collection::vec((0usize..1000, 0usize..1000, 0u32..50, prop::bool::weighted(0.1)), 0..2 * most);
    (steps(most), raw).prop_map(|(steps, raw)| Request {
        edges: edges(steps.len(), &raw),
        boxes: boxes(&steps),
        options: Options::default(),
    })
}

/// The same with all edges from an earlier to a later box: no container has a cycle.
fn acyclic(mut request: Request) -> Request {
    for edge in &mut request.edges {
        (edge.from, edge.to) = (edge.from.min(edge.to), edge.from.max(edge.to));
    }
    request
}

/// No two siblings overlap; every child is inside its container, below the header and within the padding.
fn verify(request: &Request, placement: &Placement) {
    let tree = Tree::new(&request.boxes);
    let padding = request.options.padding;
    for (container, children) in tree.children.iter().enumerate() {
        let room = match request.boxes.get(container) {
            None => Rect { x: 0.0, y: 0.0, width: placement.size.width, height: placement.size.height },
            Some(open) => {
                let outer = placement.rects[container];
                let top = open.header + padding;
                let (width, height) = (outer.width - 2.0 * padding, outer.height - top - padding);
                assert!(children.is_empty() || outer.width >= open.min_width);
                Rect { x: outer.x + padding, y: outer.y + top, width, height }
            }
        };
        for (place, &child) in children.iter().enumerate() {
            let rect = placement.rects[child as usize];
            assert!(room.contains(&rect), "box {child} at {rect:?} is not within {room:?}");
            for &other in &children[place + 1..] {
                let beside = placement.rects[other as usize];
                assert!(!rect.overlaps(&beside), "boxes {child} and {other} overlap: {rect:?} {beside:?}");
            }
        }
    }
}

/// Every edge that is not upward has its upper end above, where its ends meet.
fn verify_flow(request: &Request, placement: &Placement) {
    let tree = Tree::new(&request.boxes);
    for (edge, upward) in request.edges.iter().zip(&placement.upward) {
        if let Some((_, from, to)) = tree.lift(edge) {
            let goes_down = placement.rects[from as usize].y < placement.rects[to as usize].y;
            assert_eq!(goes_down, !upward, "{edge:?} between {from} and {to}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn siblings_never_overlap_and_children_stay_inside(request in request(200)) {
        let placement = place(&request, None);
        verify(&request, &placement);
        verify_flow(&request, &placement);
    }

    #[test]
    fn the_order_of_the_edges_changes_nothing(request in request(120), seed in 0usize..500) {
        let first = place(&request, None);
        let mut turned = request.clone();
        turned.edges.rotate_left(seed % request.edges.len().max(1));
        let second = place(&turned, None);
        prop_assert_eq!((first.rects, first.slots), (second.rects, second.slots));
    }

    #[test]
    fn without_a_cycle_nothing_points_up(request in request(150).prop_map(acyclic)) {
        let placement = place(&request, None);
        prop_assert!(!placement.upward.contains(&true));
        verify_flow(&request, &placement);
    }

    #[test]
    fn no_more_points_up_than_in_the_declared_order(request in request(150)) {
        let placement = place(&request, None);
        let tree = Tree::new(&request.boxes);
        let cost = |edge: &EdgeRequest| u64::from(edge.weight.max(1)) * if edge.violating { 1 } else { 10 };
        let (mut upward, mut declared) = (0, 0);
        for (edge, is_upward) in request.edges.iter().zip(&placement.upward) {
            let backward = tree.lift(edge).is_some_and(|(_, from, to)| from > to);
            upward += if *is_upward { cost(edge) } else { 0 };
            declared += if backward { cost(edge) } else { 0 };
        }
        prop_assert!(upward <= declared);
    }

    #[test]
    fn placing_the_same_again_moves_nothing(request in request(150)) {
        let first = place(&request, None);
        let again = place(&request, Some(&Previous::of(&request, &first)));
        prop_assert_eq!(first, again);
    }

    #[test]
    fn near_to_another_placement_everything_still_holds(
        old in request(60),
        new in request(60).prop_map(acyclic),
        kept in 0usize..60,
    ) {
        // The first `kept` boxes are the same, the others and all edges differ.
        let mut old = old;
        for (mine, theirs) in old.boxes.iter_mut().zip(&new.boxes).take(kept) {
            *mine = theirs.clone();
        }
        let previous = Previous::of(&old, &place(&old, None));
        let placement = place(&new, Some(&previous));
        verify(&new, &placement);
        verify_flow(&new, &placement);
        prop_assert!(!placement.upward.contains(&true));
        let again = place(&new, Some(&Previous::of(&new, &placement)));
        prop_assert_eq!(placement, again);
    }

    #[test]
    fn opening_and_closing_leads_back_to_the_same_picture(request in request(60), chosen in 0usize..60) {
        let chosen = chosen % request.boxes.len();
        let closed = place(&request, None);
        let known = Previous::of(&request, &closed);
        let mut grown = request.clone();
        grown.boxes[chosen].size = Size::new(640.0, 420.0);
        let open = place(&grown, Some(&known));
        verify(&grown, &open);
        prop_assert_eq!(&open.slots, &closed.slots);
        let back = place(&request, Some(&Previous::of(&grown, &open)));
        prop_assert_eq!(back, closed);
    }

    #[test]
    fn nothing_in_a_request_makes_it_fail(
        raw in prop::collection::vec((prop::option::of(0u32..40), any::<f32>(), any::<f32>(), 0u64..20), 0..40),
        ends in prop::collection::vec((0u32..50, 0u32..50, any::<u32>()), 0..80),
        length in any::<f32>(),
    ) {
        let odd = |&(parent, width, height, key): &(Option<u32>, f32, f32, u64)| BoxRequest {
            key,
            parent,
            size: Size::new(width, height),
            header: height,
            min_width: width,
            rank_hint: 0, pin: None,
        };
        let edge = |&(from, to, weight): &(u32, u32, u32)| EdgeRequest { from, to, weight, violating: false };
        let request = Request {
            boxes: raw.iter().map(odd).collect(),
            edges: ends.iter().map(edge).collect(),
            options: Options { padding: length, aspect: length, step: length, ..Options::default() },
        };
        let placement = place(&request, None);
        prop_assert_eq!(placement.rects.len(), raw.len());
        prop_assert!(placement.rects.iter().all(|rect| rect.right().is_finite() && rect.bottom().is_finite()));
        place(&request, Some(&Previous::of(&request, &placement)));
    }
}

/// One container as real ones are: most edges go to one of a few hubs or to something near, a few go back.
fn container(children: u32, seed: u64) -> Request {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as u32 % below
    };
    let leaf = |key: u64, width: u32| BoxRequest {
        key,
        parent: None,
        size: Size::new(80.0 + 16.0 * width as f32, 34.0),
        header: 0.0,
        min_width: 0.0,
        rank_hint: key as u32,
        pin: None,
    };
    let boxes = (0..children).map(|key| leaf(u64::from(key), random(5))).collect();
    let mut edges = Vec::new();
    for from in 0..children {
        for _ in 0..1 + random(4) {
            let hub = children - 1 - random(children.div_ceil(8));
            let near = (from + 1 + random(6)).min(children - 1);
            let back = random(children);
            let to = match random(20) {
                0 => back,
                1..=8 => hub,
                _ => near,
            };
            edges.push(EdgeRequest { from, to, weight: 1 + random(9), violating: false });
        }
    }
    Request { boxes, edges, options: Options::default() }
}

/// The share of the boxes known before that moved by more than half a box, apart from a move of the whole.
fn moved_share(before: &Placement, after: &Placement, known: usize) -> f32 {
    let median = |mut values: Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values[values.len() / 2]
    };
    let pairs = || before.rects[..known].iter().zip(&after.rects);
    let dx = median(pairs().map(|(old, new)| new.x - old.x).collect());
    let dy = median(pairs().map(|(old, new)| new.y - old.y).collect());
    let moved = pairs().filter(|(old, new)| (new.x - old.x - dx).hypot(new.y - old.y - dy) > 60.0).count();
    moved as f32 / known as f32
}

/// The mean moved share over many containers after a change to each, near to what was and from nothing.
fn mean_moved(change: impl Fn(&mut Request, u64)) -> (f32, f32) {
    let (mut near, mut fresh) = (0.0, 0.0);
    for seed in 1..=40 {
        let request = container(12 + (seed % 4) as u32 * 8, seed);
        let known = request.boxes.len();
        let before = place(&request, None);
        let mut changed = request.clone();
        change(&mut changed, seed);
        near += moved_share(&before, &place(&changed, Some(&Previous::of(&request, &before))), known) / 40.0;
        fresh += moved_share(&before, &place(&changed, None), known) / 40.0;
    }
    (near, fresh)
}

#[test]
fn one_more_leaf_moves_few() {
    let (near, fresh) = mean_moved(|request, seed| {
        let count = request.boxes.len() as u32;
        let mut leaf = request.boxes[0].clone();
        leaf.key = 1000;
        request.boxes.push(leaf);
        request.edges.push(EdgeRequest { from: seed as u32 % count, to: count, weight: 1, violating: false });
    });
    assert!(near <= 0.10 && near < fresh, "{near} moved, {fresh} without memory");
}

#[test]
fn one_more_edge_moves_few() {
    let (near, fresh) = mean_moved(|request, seed| {
        let count = request.boxes.len() as u32;
        let (from, to) = (seed as u32 * 7 % count, seed as u32 * 11 % count);
        request.edges.push(EdgeRequest { from, to, weight: 1, violating: false });
    });
    assert!(near <= 0.10 && near < fresh, "{near} moved, {fresh} without memory");
}

#[test]
fn containers_are_neither_strips_nor_towers() {
    for seed in 1..=40 {
        let size = place(&container(12 + (seed % 4) as u32 * 8, seed), None).size;
        let aspect = size.width / size.height;
        assert!((0.9..=2.6).contains(&aspect), "{aspect} for seed {seed}");
    }
}

#[test]
fn a_violation_is_drawn_upwards_rather_than_many_ordinary_references() {
    let mut request = container(3, 1);
    let edge = |from, to, weight, violating| EdgeRequest { from, to, weight, violating };
    request.edges = vec![edge(0, 1, 2, false), edge(1, 2, 2, false), edge(2, 0, 15, true)];
    assert_eq!(place(&request, None).upward, [false, false, true]);
}

#[test]
fn an_open_container_needs_no_edges_of_its_own_to_stand_above_what_its_content_uses() {
    let leaf = |key, parent| BoxRequest {
        key,
        parent,
        size: Size::new(100.0, 30.0),
        header: 20.0,
        min_width: 0.0,
        rank_hint: 0,
        pin: None,
    };
    let request = Request {
        boxes: vec![leaf(0, None), leaf(1, Some(0)), leaf(2, Some(0)), leaf(3, None), leaf(4, Some(3))],
        edges: vec![EdgeRequest { from: 4, to: 2, weight: 1, violating: false }],
        options: Options::default(),
    };
    let placement = place(&request, None);
    assert_eq!((placement.slots[3].level, placement.slots[0].level), (Some(1), Some(0)));
    assert_eq!((placement.slots[1].level, placement.slots[4].level), (None, None));
    verify(&request, &placement);
}
