//! The division of one rectangle into strips, and of each strip into tiles.
//!
//! In: sizes and a room; what was there before.  Out: strips, and from strips rectangles whose areas are to each other as
//! the sizes are.  Not here: trees, and names.

use super::Rect;

/// Tiles beside each other along one side of what was left of the room.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strip<T> {
    /// It stands at the left with its tiles above each other; otherwise it lies at the top with its tiles side by side.
    pub(super) upright: bool,
    pub(super) members: Vec<T>,
}

impl<T> Strip<T> {
    /// The same with other names for its members, without those that have none.
    pub(super) fn map<U>(&self, name: impl Fn(&T) -> Option<U>) -> Strip<U> {
        Strip { upright: self.upright, members: self.members.iter().filter_map(name).collect() }
    }
}

/// Width by height that a tile should have: names are wide.
const IDEAL: f64 = 1.5;

/// Worse is not told apart: a splinter is a splinter.
const WORST: f64 = 20.0;

/// How far a tile is from the ideal; 1 is just right.
fn aspect(width: f64, height: f64) -> f64 {
    let wide = width / IDEAL;
    let aspect = (wide / height).max(height / wide);
    if aspect.is_nan() { WORST } else { aspect.min(WORST) }
}

/// Of tiles that have an area.
pub(super) fn mean_aspect(rects: &[Rect]) -> f64 {
    let sum: f64 = rects.iter().map(|rect| aspect(f64::from(rect.width), f64::from(rect.height))).sum();
    sum / rects.len().max(1) as f64
}

/// A first division: the largest first, a strip as long as its tiles get better.
pub(super) fn squarified(sizes: &[f64], room: Rect) -> Vec<Strip<usize>> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
    let mut left: f64 = sizes.iter().sum();
    let (mut width, mut height) = (f64::from(room.width), f64::from(room.height));
    let mut strips = Vec::new();
    let mut rest = &order[..];
    while !rest.is_empty() {
        let upright = width / IDEAL >= height;
        let (along, across) = if upright { (height, width) } else { (width, height) };
        let worst = |members: &[usize]| {
            let sum: f64 = members.iter().map(|member| sizes[*member]).sum();
            let thickness = across * sum / left;
            let of = |member: &usize| {
                let length = along * sizes[*member] / sum;
                if upright { aspect(thickness, length) } else { aspect(length, thickness) }
            };
            members.iter().map(of).fold(1.0, f64::max)
        };
        let mut count = 1;
        while count < rest.len() && worst(&rest[..=count]) <= worst(&rest[..count]) {
            count += 1;
        }
        let (members, others) = rest.split_at(count);
        let sum: f64 = members.iter().map(|member| sizes[*member]).sum();
        let part = 1.0 - sum / left;
        if upright {
            width *= part
        } else {
            height *= part
        }
        left -= sum;
        strips.push(Strip { upright, members: members.to_vec() });
        rest = others;
    }
    strips
}

/// The strips that were there, with what there is now.
pub(super) fn adapted(known: Vec<Strip<usize>>, sizes: &[f64], room: Rect) -> Vec<Strip<usize>> {
    let mut strips = known;
    strips.retain(|strip| !strip.members.is_empty());
    let mut is_placed = vec![false; sizes.len()];
    for member in strips.iter().flat_map(|strip| &strip.members) {
        is_placed[*member] = true;
    }
    let mut newcomers: Vec<usize> = (0..sizes.len()).filter(|place| !is_placed[*place]).collect();
    // With more that is new than was there, there is little to keep.
    if newcomers.len() * 2 > sizes.len() {
        return squarified(sizes, room);
    }
    newcomers.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
    for newcomer in newcomers {
        let spoilt = |at: usize| {
            let mut tried = strips.clone();
            tried[at].members.push(newcomer);
            mean_aspect(&laid_of(&tried, sizes, room))
        };
        let best = (0..strips.len()).map(|at| (spoilt(at), at)).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        match best {
            Some((_, at)) => strips[at].members.push(newcomer),
            None => strips.push(Strip { upright: true, members: vec![newcomer] }),
        }
    }
    strips
}

/// The rectangles of all that is in the strips, by place.
pub(super) fn laid(strips: &[Strip<usize>], sizes: &[f64], room: Rect) -> Vec<Rect> {
    let mut rects = vec![Rect::default(); sizes.len()];
    lay(strips, sizes, room, |member, rect| rects[member] = rect);
    rects
}

/// The same in the order of the strips.
fn laid_of(strips: &[Strip<usize>], sizes: &[f64], room: Rect) -> Vec<Rect> {
    let mut rects = Vec::new();
    lay(strips, sizes, room, |_, rect| rects.push(rect));
    rects
}

fn lay(strips: &[Strip<usize>], sizes: &[f64], room: Rect, mut put: impl FnMut(usize, Rect)) {
    let sum = |strip: &Strip<usize>| strip.members.iter().map(|member| sizes[*member]).sum::<f64>();
    let mut left: f64 = strips.iter().map(sum).sum();
    let (mut x, mut y) = (f64::from(room.x), f64::from(room.y));
    let (right, bottom) = (f64::from(room.right()), f64::from(room.bottom()));
    for strip in strips {
        let total = sum(strip);
        let part = if left > 0.0 { (total / left).min(1.0) } else { 0.0 };
        left -= total;
        let (width, height) =
            if strip.upright { ((right - x) * part, bottom - y) } else { (right - x, (bottom - y) * part) };
        let mut before = 0.0;
        for member in &strip.members {
            let (from, to) = (before / total, (before + sizes[*member]) / total);
            before += sizes[*member];
            put(
                *member,
                if strip.upright {
                    between(x, y + height * from, x + width, y + height * to)
                } else {
                    between(x + width * from, y, x + width * to, y + height)
                },
            );
        }
        if strip.upright { x += width } else { y += height }
    }
}

/// Both sides are rounded for themselves, so that neighbours share a line.
fn between(left: f64, top: f64, right: f64, bottom: f64) -> Rect {
    let (x, y) = (left as f32, top as f32);
    Rect { x, y, width: (right as f32 - x).max(0.0), height: (bottom as f32 - y).max(0.0) }
}
