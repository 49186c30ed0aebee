//! Nested tiles whose areas are sizes: a treemap.
//!
//! In: a comparable [`Request`], a tree of tiles with sizes and the room for all of it, and optionally how things were
//! divided before.  Out: a [`Division`] with a rectangle for every tile; the same request with the same memory gives the same
//! division.  Not here: what a tile is, text, colours.
//!
//! A container that is divided for the first time is squarified (Bruls, Huizing, van Wijk 2000): its children, the
//! largest first, go into strips along the shorter side, so that no tile is much longer than wide.  From then on its
//! strips stay: sizes only shift the lines between tiles, what is gone leaves its strip, and what is new joins the strip
//! that it spoils least.  Only where that has become much worse than a first division is the container divided anew.

mod strips;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::{Rect, Size};
use strips::{Strip, adapted, laid, mean_aspect, squarified};

/// Everything that a division depends on beside what was before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// A parent before its children.
    pub tiles: Vec<Tile>,
    pub size: Size,
    /// Between the border of a container and what it holds.
    pub padding: f32,
}

/// One tile.  A tile that is the parent of another is a container, and as large as what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Names the tile across requests.
    pub key: u64,
    /// Index of the container, `None` at the top.
    pub parent: Option<u32>,
    /// Of a tile that holds nothing.  What is no positive number counts as next to nothing.
    pub size: f64,
    /// Height kept free at the top of a container, where there is room for it.
    pub header: f32,
}

/// The answer to a request; vectors are by index of the request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Division {
    pub rects: Vec<Rect>,
    /// Whether a container has its header.
    pub headed: Vec<bool>,
    pub memory: Memory,
}

/// How containers were divided, by their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory(FxHashMap<Option<u64>, Vec<Strip<u64>>>);

impl Memory {
    /// Adds what `older` knows of containers that are closed or gone now.
    fn or(mut self, older: &Self) -> Self {
        #[expect(clippy::iter_over_hash_type, reason = "entries go from one map to another")]
        for (container, strips) in &older.0 {
            self.0.entry(*container).or_insert_with(|| strips.clone());
        }
        self
    }
}

/// A kept division may be so much worse than a new one before it is given up: less would move things for little.
const MOST_WORSE: f64 = 1.7;

/// A header takes at most this part of a container's height.
const MOST_HEADER: f32 = 0.4;

/// A padding takes at most this part of a container's shorter side.
const MOST_PADDING: f32 = 0.06;

/// The size of what has none.
const NEXT_TO_NOTHING: f64 = 1e-3;

/// Divides the room among all tiles, near to how `previous` had it.
pub fn place(request: &Request, previous: Option<&Memory>) -> Division {
    let tree = Tree::new(&request.tiles);
    let count = request.tiles.len();
    let mut division =
        Division { rects: vec![Rect::default(); count], headed: vec![false; count], ..Division::default() };
    let whole = Rect { x: 0.0, y: 0.0, width: length(request.size.width), height: length(request.size.height) };
    divide(request, &tree, None, whole, previous, &mut division);
    for index in 0..count {
        if !tree.children[index].is_empty() {
            let rect = division.rects[index];
            let header = length(request.tiles[index].header);
            division.headed[index] = header <= rect.height * MOST_HEADER && header <= rect.width;
            let room = inside(rect, if division.headed[index] { header } else { 0.0 }, length(request.padding));
            divide(request, &tree, Some(index as u32), room, previous, &mut division);
        }
    }
    if let Some(older) = previous {
        division.memory = division.memory.or(older);
    }
    division
}

/// Divides the room of one container among its children.
fn divide(
    request: &Request,
    tree: &Tree,
    container: Option<u32>,
    room: Rect,
    previous: Option<&Memory>,
    division: &mut Division,
) {
    let children = tree.children_of(container);
    let sizes: Vec<f64> = children.iter().map(|child| tree.sizes[*child as usize]).collect();
    let key_of = |place: usize| request.tiles[children[place] as usize].key;
    let name = container.map(|index| request.tiles[index as usize].key);
    let fresh = squarified(&sizes, room);
    let known = previous.and_then(|memory| memory.0.get(&name));
    let strips = match known {
        None => fresh,
        Some(known) => {
            let place_of: FxHashMap<u64, usize> = (0..children.len()).map(|place| (key_of(place), place)).collect();
            let known = known.iter().map(|strip| strip.map(|key| place_of.get(key).copied())).collect();
            let kept = adapted(known, &sizes, room);
            let aspect = |strips: &[Strip<usize>]| mean_aspect(&laid(strips, &sizes, room));
            let is_good = aspect(&kept) <= aspect(&fresh) * MOST_WORSE;
            if is_good { kept } else { fresh }
        }
    };
    for (place, rect) in laid(&strips, &sizes, room).into_iter().enumerate() {
        division.rects[children[place] as usize] = rect;
    }
    let named = strips.iter().map(|strip| strip.map(|place| Some(key_of(*place)))).collect();
    division.memory.0.insert(name, named);
}

/// What is left of a container for what it holds.
fn inside(rect: Rect, header: f32, padding: f32) -> Rect {
    let padding = padding.min(rect.width.min(rect.height) * MOST_PADDING);
    // Below a header the padding would be one gap too many.
    let top = if header > 0.0 { header } else { padding };
    Rect {
        x: rect.x + padding,
        y: rect.y + top,
        width: (rect.width - 2.0 * padding).max(0.0),
        height: (rect.height - top - padding).max(0.0),
    }
}

fn length(length: f32) -> f32 {
    if length.is_finite() { length.max(0.0) } else { 0.0 }
}

struct Tree {
    top: Vec<u32>,
    children: Vec<Vec<u32>>,
    /// Of containers: what they hold.
    sizes: Vec<f64>,
}

impl Tree {
    fn new(tiles: &[Tile]) -> Self {
        let mut tree = Self { top: Vec::new(), children: vec![Vec::new(); tiles.len()], sizes: Vec::new() };
        for (index, tile) in (0..).zip(tiles) {
            match tile.parent.filter(|parent| *parent < index) {
                Some(parent) => tree.children[parent as usize].push(index),
                None => tree.top.push(index),
            }
        }
        let own = |tile: &Tile| if tile.size.is_finite() { tile.size.max(NEXT_TO_NOTHING) } else { NEXT_TO_NOTHING };
        tree.sizes = tiles.iter().map(own).collect();
        for index in (0..tiles.len()).rev().filter(|index| !tree.children[*index].is_empty()) {
            tree.sizes[index] = tree.children[index].iter().map(|child| tree.sizes[*child as usize]).sum();
        }
        tree
    }

    fn children_of(&self, container: Option<u32>) -> &[u32] {
        container.map_or(&self.top, |index| &self.children[index as usize])
    }
}
