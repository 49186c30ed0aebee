//! Properties of divisions, and how much moves when something changes.

use proptest::prelude::*;

use super::*;

const ROOM: Size = Size { width: 1600.0, height: 1000.0 };

fn tile(key: u64, parent: Option<u32>, size: f64) -> Tile {
    Tile { key, parent, size, header: 24.0 }
}

fn request(tiles: Vec<Tile>) -> Request {
    Request { tiles, size: ROOM, padding: 4.0 }
}

/// A random tree: of each tile how far back its parent is, if it has one, and its size.
fn trees() -> impl Strategy<Value = Request> {
    prop::collection::vec((0u32..12, 0.0f64..4000.0), 1..60).prop_map(|tiles| {
        let tile = |(index, (back, size)): (usize, (u32, f64))| {
            let parent = (index as u32).checked_sub(back).filter(|parent| *parent < index as u32);
            tile(index as u64, parent, size)
        };
        request(tiles.into_iter().enumerate().map(tile).collect())
    })
}

/// Long-tailed sizes, as those of modules are.
fn flat(count: u64) -> Vec<Tile> {
    (0..count).map(|key| tile(key, None, 4000.0 / (key as f64 + 1.0) + (key % 7) as f64 * 10.0)).collect()
}

fn area(rect: &Rect) -> f64 {
    f64::from(rect.width) * f64::from(rect.height)
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.01 * a.abs().max(b.abs()) + 1.0
}

/// What a person calls moved: a middle more than half of the tile's own shorter side from where it was.
fn moved(before: &Request, after: &Request, was: &Division, is: &Division) -> f64 {
    let mut count = 0;
    let mut both = 0;
    for (tile, rect) in after.tiles.iter().zip(&is.rects) {
        let Some(at) = before.tiles.iter().position(|it| it.key == tile.key) else { continue };
        let old = &was.rects[at];
        both += 1;
        let distance = (old.center_x() - rect.center_x()).hypot(old.center_y() - rect.center_y());
        count += usize::from(distance > old.width.min(old.height) / 2.0);
    }
    f64::from(count as u32) / f64::from(both.max(1) as u32)
}

proptest! {
    #[test]
    fn tiles_lie_in_their_container_beside_each_other_with_areas_as_their_sizes(request in trees()) {
        let division = place(&request, None);
        let tree = Tree::new(&request.tiles);
        let whole = Rect { x: 0.0, y: 0.0, width: ROOM.width, height: ROOM.height };
        for container in std::iter::once(None).chain((0..request.tiles.len() as u32).map(Some)) {
            let children = tree.children_of(container);
            let room = match container {
                None => whole,
                Some(index) => {
                    let rect = division.rects[index as usize];
                    let header = if division.headed[index as usize] { 24.0 } else { 0.0 };
                    inside(rect, header, 4.0)
                }
            };
            let total: f64 = children.iter().map(|child| tree.sizes[*child as usize]).sum();
            let grown = Rect { x: room.x - 0.01, y: room.y - 0.01, width: room.width + 0.02, height: room.height + 0.02 };
            for (place, child) in children.iter().enumerate() {
                let rect = division.rects[*child as usize];
                prop_assert!(grown.contains(&rect), "{rect:?} is not in {room:?}");
                let share = area(&room) * tree.sizes[*child as usize] / total;
                prop_assert!(is_near(area(&rect), share), "{} {share}", area(&rect));
                for other in &children[place + 1..] {
                    let other = division.rects[*other as usize];
                    let shrunk = Rect { x: rect.x + 0.01, y: rect.y + 0.01, width: rect.width - 0.02, height: rect.height - 0.02 };
                    prop_assert!(shrunk.width <= 0.0 || shrunk.height <= 0.0 || !shrunk.overlaps(&other));
                }
            }
            if let Some(index) = container.filter(|_| !children.is_empty()) {
                let rect = division.rects[index as usize];
                prop_assert!(room.height + 0.01 >= rect.height * (1.0 - MOST_HEADER - 2.0 * MOST_PADDING));
            }
        }
    }

    #[test]
    fn what_did_not_change_is_divided_as_before(request in trees()) {
        let first = place(&request, None);
        prop_assert_eq!(&place(&request, None), &first);
        prop_assert_eq!(&place(&request, Some(&first.memory)), &first);
    }

    #[test]
    fn what_is_changed_and_changed_back_is_where_it_was(request in trees(), at in 0usize..60) {
        let first = place(&request, None);
        let mut other = request.clone();
        let at = at % other.tiles.len();
        other.tiles[at].size += 1.0;
        let changed = place(&other, Some(&first.memory));
        if changed.memory == first.memory {
            prop_assert_eq!(&place(&request, Some(&changed.memory)), &first);
        }
    }

    #[test]
    fn nothing_in_a_request_makes_it_fail(sizes in prop::collection::vec(any::<f64>(), 0..12), width in any::<f32>()) {
        let tiles: Vec<Tile> = sizes.iter().zip(0..).map(|(size, key)| tile(key, Some(key as u32 / 2), *size)).collect();
        let request = Request { tiles, size: Size::new(width, 10.0), padding: f32::NAN };
        for rect in place(&request, None).rects {
            prop_assert!(rect.width >= 0.0 && rect.height >= 0.0);
        }
    }
}

#[test]
fn tiles_of_many_sizes_are_near_to_the_ideal() {
    let division = place(&request(flat(80)), None);
    let aspect = mean_aspect(&division.rects);
    assert!(aspect < 1.6, "{aspect:.2}");
}

#[test]
fn equal_tiles_keep_the_order_of_the_request() {
    let division = place(&request((0..4).map(|key| tile(key, None, 1.0)).collect()), None);
    let corners: Vec<(f32, f32)> = division.rects.iter().map(|rect| (rect.x, rect.y)).collect();
    assert_eq!(corners, [(0.0, 0.0), (0.0, 500.0), (800.0, 0.0), (800.0, 500.0)]);
}

#[test]
fn a_container_too_small_for_its_header_has_none() {
    let mut tiles = vec![tile(0, None, 0.0), tile(1, Some(0), 1.0), tile(2, None, 0.0), tile(3, Some(2), 9999.0)];
    tiles.push(tile(4, None, 1.0));
    let division = place(&request(tiles), None);
    assert_eq!((division.headed[0], division.headed[2]), (false, true));
    assert!(division.rects[3].y >= 24.0);
}

#[test]
fn what_changes_little_moves_little_and_stays_well_shaped() {
    let before = request(flat(80));
    let was = place(&before, None);
    let mut grown = before.clone();
    for tile in grown.tiles.iter_mut().step_by(9) {
        tile.size *= 1.3;
    }
    let mut fewer = before.clone();
    fewer.tiles.remove(11);
    fewer.tiles.remove(30);
    let mut more = before.clone();
    more.tiles.insert(20, tile(500, None, 300.0));
    more.tiles.insert(40, tile(501, None, 40.0));
    for (what, after) in [("sizes", grown), ("two gone", fewer), ("two new", more)] {
        let is = place(&after, Some(&was.memory));
        let fresh = place(&after, None);
        let (kept, anew) = (moved(&before, &after, &was, &is), moved(&before, &after, &was, &fresh));
        let (aspect, best) = (mean_aspect(&is.rects), mean_aspect(&fresh.rects));
        #[expect(clippy::print_stdout, reason = "the numbers are worth reading")]
        {
            println!("{what}: moved {kept:.2} of the tiles, anew {anew:.2}; mean aspect {aspect:.2}, anew {best:.2}");
        }
        assert!(kept <= 0.1 && kept <= anew, "{what}: {kept} {anew}");
        assert!(aspect <= best * MOST_WORSE, "{what}: {aspect} {best}");
    }
}

#[test]
fn a_container_that_is_closed_and_opened_again_is_divided_as_before() {
    let mut tiles = vec![tile(90, None, 0.0)];
    tiles.extend((0..9).map(|key| tile(key, Some(0), 10.0 + key as f64)));
    let mut open = request(tiles);
    let first = place(&open, None);
    open.tiles[3].size = 40.0;
    let second = place(&open, Some(&first.memory));
    let closed = request(vec![tile(90, None, 126.0)]);
    let closed = place(&closed, Some(&second.memory));
    assert_eq!(place(&open, Some(&closed.memory)).rects, second.rects);
}

#[test]
fn what_became_another_thing_is_divided_anew() {
    let first = place(&request(flat(12)), None);
    // What was the smallest is by far the largest now.
    let mut other = request(flat(12));
    for tile in &mut other.tiles {
        tile.size = if tile.key == 11 { 1e6 } else { 1e3 };
    }
    let kept = place(&other, Some(&first.memory));
    assert!(mean_aspect(&kept.rects) <= mean_aspect(&place(&other, None).rects) * MOST_WORSE);
}
