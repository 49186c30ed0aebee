//! Boxes that a person has put somewhere: they stay there, and what was there makes way.
//!
//! In: the children of one container where their connections call for them, and where some were put.  Out: the same children
//! without overlap; who is not in the way does not move.  Not here: levels and lines; they are those of the unpinned picture.

use super::{Options, Rect};

/// Where the content of a container begins, from its own corner.
pub(super) struct Start {
    pub(super) left: f32,
    pub(super) top: f32,
}

/// Puts the pinned ones where they were put, and moves whoever is in their way to the nearest free place.
///
/// `rects` are the children from the container's corner, in the declared order.  Of two that were put onto each other the
/// first stays.
pub(super) fn hold(rects: &mut [Rect], pins: &[Option<(f32, f32)>], start: &Start, options: &Options) {
    let mut settled: Vec<Rect> = Vec::with_capacity(rects.len());
    let mut evicted: Vec<usize> = Vec::new();
    for (index, pin) in pins.iter().enumerate() {
        let Some((x, y)) = *pin else { continue };
        let wanted = Rect { x: x.max(start.left), y: y.max(start.top), ..rects[index] };
        rects[index] = free_place(wanted, &settled, start, options);
        settled.push(rects[index]);
    }
    let is_free = |rect: &Rect, settled: &[Rect]| settled.iter().all(|other| !is_near(rect, other, options));
    let pinned = settled.clone();
    for index in (0..rects.len()).filter(|index| pins[*index].is_none()) {
        if is_free(&rects[index], &pinned) { settled.push(rects[index]) } else { evicted.push(index) }
    }
    for index in evicted {
        rects[index] = free_place(rects[index], &settled, start, options);
        settled.push(rects[index]);
    }
}

/// The place nearest to the wanted one, beside one of those that are settled.
fn free_place(wanted: Rect, settled: &[Rect], start: &Start, options: &Options) -> Rect {
    let is_free = |rect: &Rect| settled.iter().all(|other| !is_near(rect, other, options));
    if is_free(&wanted) {
        return wanted;
    }
    let beside = settled.iter().flat_map(|other| {
        [
            Rect { x: other.x + other.width + options.gap, ..wanted },
            Rect { x: other.x - wanted.width - options.gap, ..wanted },
            Rect { y: other.y + other.height + options.line_gap, ..wanted },
            Rect { y: other.y - wanted.height - options.line_gap, ..wanted },
        ]
    });
    let distance = |rect: &Rect| (rect.x - wanted.x).abs() + (rect.y - wanted.y).abs();
    let nearest = beside
        .filter(|rect| rect.x >= start.left && rect.y >= start.top && is_free(rect))
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.unwrap_or_else(|| {
        // Below everything there is always room.
        let bottom = settled.iter().map(|other| other.y + other.height).fold(start.top, f32::max);
        Rect { y: bottom + options.line_gap, ..wanted }
    })
}

/// Whether two lie on each other, or nearer than boxes do.
fn is_near(one: &Rect, other: &Rect, options: &Options) -> bool {
    let (x, y) = (options.gap, options.line_gap);
    one.x < other.x + other.width + x
        && other.x < one.x + one.width + x
        && one.y < other.y + other.height + y
        && other.y < one.y + one.height + y
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Start = Start { left: 10.0, top: 40.0 };

    fn rect(x: f32, y: f32) -> Rect {
        Rect { x, y, width: 100.0, height: 40.0 }
    }

    fn held(rects: &[Rect], pins: &[Option<(f32, f32)>]) -> Vec<(f32, f32)> {
        let mut rects = rects.to_vec();
        hold(&mut rects, pins, &START, &Options { gap: 10.0, line_gap: 10.0, ..Options::default() });
        rects.iter().map(|rect| (rect.x, rect.y)).collect()
    }

    #[test]
    fn a_pinned_box_is_where_it_was_put_and_what_was_there_makes_way() {
        let row = [rect(10.0, 40.0), rect(120.0, 40.0), rect(230.0, 40.0)];
        let pins = [Some((125.0, 45.0)), None, None];
        assert_eq!(held(&row, &pins), [(125.0, 45.0), (120.0, 95.0), (235.0, 40.0)]);
    }

    #[test]
    fn who_is_not_in_the_way_does_not_move() {
        let row = [rect(10.0, 40.0), rect(120.0, 40.0)];
        assert_eq!(held(&row, &[Some((10.0, 300.0)), None]), [(10.0, 300.0), (120.0, 40.0)]);
    }

    #[test]
    fn of_two_that_were_put_onto_each_other_the_first_stays() {
        let row = [rect(10.0, 40.0), rect(120.0, 40.0)];
        let places = held(&row, &[Some((50.0, 60.0)), Some((50.0, 60.0))]);
        assert_eq!(places[0], (50.0, 60.0));
        assert_eq!(places[1], (50.0, 110.0));
    }

    #[test]
    fn nothing_is_put_outside_of_its_container() {
        assert_eq!(held(&[rect(10.0, 40.0)], &[Some((-50.0, -60.0))]), [(10.0, 40.0)]);
    }
}
