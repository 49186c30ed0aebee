//! Geometry that more than one view needs: curves as points, arrow heads, outlines around groups of boxes.
//!
//! In: points and rectangles.  Out: points.  Not here: roles, and what is drawn.

use super::shape::{Point, Rect};

/// The points of a cubic Bézier curve, both ends included, at most `tolerance` world units from the curve.
///
/// The number of segments is that of the second differences' bound, as in Wang's formula.
pub fn flatten_cubic(from: Point, control_1: Point, control_2: Point, to: Point, tolerance: f32) -> Vec<Point> {
    let bend = |a: Point, b: Point, c: Point| (a.x - 2.0 * b.x + c.x).hypot(a.y - 2.0 * b.y + c.y);
    let deviation = bend(from, control_1, control_2).max(bend(control_1, control_2, to));
    // `as` saturates: a curve that is not finite gets the cap and is found by `Scene::verify`.
    let n_segments = ((0.75 * deviation / tolerance.max(0.01)).sqrt().ceil() as usize).clamp(1, 256);
    (0..=n_segments)
        .map(|step| {
            let at = step as f32 / n_segments as f32;
            let (a, b, c) = (from.toward(control_1, at), control_1.toward(control_2, at), control_2.toward(to, at));
            a.toward(b, at).toward(b.toward(c, at), at)
        })
        .collect()
}

/// Length of a line through the points.
pub fn length(points: &[Point]) -> f32 {
    points.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

/// The point at `fraction` of the line's length from its start, for markers and labels; `None` without points.
pub fn point_along(points: &[Point], fraction: f32) -> Option<Point> {
    let mut left = length(points) * fraction.clamp(0.0, 1.0);
    for pair in points.windows(2) {
        let step = pair[0].distance(pair[1]);
        if left <= step && step > 0.0 {
            return Some(pair[0].toward(pair[1], left / step));
        }
        left -= step;
    }
    points.last().copied()
}

/// An arrow's head and what is left of its line.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrowHead {
    /// The line up to the base of the head, so that a wide line does not stick out at the tip.
    pub line: Vec<Point>,
    /// The tip, then the two ends of the base.
    pub head: [Point; 3],
}

/// The head at the end of a line of `width`; `None` where the line has no length.
pub fn arrow_head(points: &[Point], width: f32) -> Option<ArrowHead> {
    let total = length(points);
    if !(total.is_finite() && total > 0.0) {
        return None;
    }
    let tip = *points.last()?;
    // A thin line has a head that can still be seen; a short line is not all head.
    let head_length = (5.0 + width * 1.6).min(total * 0.6);
    let base = point_along(points, 1.0 - head_length / total)?;
    let reach = base.distance(tip);
    if reach <= 0.0 {
        return None;
    }
    let half_width = (2.6 + width).min(head_length * 0.55);
    let (across_x, across_y) = (-(tip.y - base.y) / reach * half_width, (tip.x - base.x) / reach * half_width);
    let head =
        [tip, Point::new(base.x + across_x, base.y + across_y), Point::new(base.x - across_x, base.y - across_y)];

    let mut line = Vec::with_capacity(points.len());
    let mut left = total - head_length;
    for pair in points.windows(2) {
        line.push(pair[0]);
        left -= pair[0].distance(pair[1]);
        if left <= 0.0 {
            break;
        }
    }
    line.push(base);
    Some(ArrowHead { line, head })
}

/// A square on its corner, for markers; `radius` from the center to each corner.
pub fn diamond(center: Point, radius: f32) -> Vec<Point> {
    [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]
        .map(|(x, y)| Point::new(center.x + x * radius, center.y + y * radius))
        .to_vec()
}

/// Whether a point is in a polygon, by the even-odd rule.
pub fn is_inside(polygon: &[Point], point: Point) -> bool {
    let mut inside = false;
    let mut previous = polygon.len().wrapping_sub(1);
    for (index, a) in polygon.iter().enumerate() {
        let b = polygon[previous];
        let crosses = (a.y > point.y) != (b.y > point.y);
        if crosses && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
        previous = index;
    }
    inside
}

/// A circle, for markers.
pub fn ring(center: Point, radius: f32) -> Vec<Point> {
    let corner = |step: u8| {
        let (sin, cos) = (f32::from(step) * std::f32::consts::TAU / 16.0).sin_cos();
        Point::new(center.x + cos * radius, center.y + sin * radius)
    };
    (0..16).map(corner).collect()
}

/// The outlines of the area within `padding` of any of the rectangles, with corners of `radius`.
///
/// One outline for each connected part, clockwise on the screen, in reading order of its upper left corner.  Holes are
/// left out: an outline covers them.
pub fn hull(rects: &[Rect], padding: f32, radius: f32) -> Vec<Vec<Point>> {
    let rects: Vec<Rect> = rects.iter().map(|rect| rect.expand(padding)).collect();
    let grid = Grid::new(&rects);
    let mut outlines: Vec<Vec<Point>> = grid.outlines().into_iter().filter(|outline| area(outline) > 0.0).collect();
    outlines.sort_by(|a, b| {
        let (a, b) = (reading_corner(a), reading_corner(b));
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))
    });
    outlines.iter().map(|outline| round_corners(outline, radius)).collect()
}

fn reading_corner(outline: &[Point]) -> Point {
    let first = |a: &&Point, b: &&Point| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x));
    outline.iter().min_by(first).copied().unwrap_or_default()
}

/// Area of a simple polygon; positive where its points go clockwise on the screen.
pub fn area(points: &[Point]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>() / 2.0
}

/// The plane cut along all sides of some rectangles: which cells are covered.
struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    /// By row, then column; one cell more than needed on every side, never covered.
    covered: Vec<bool>,
    n_columns: usize,
}

impl Grid {
    fn new(rects: &[Rect]) -> Self {
        let sides = |pick: fn(&Rect) -> [f32; 2]| {
            let mut sides: Vec<f32> = rects.iter().flat_map(pick).collect();
            sides.sort_by(f32::total_cmp);
            sides.dedup();
            sides
        };
        let xs = sides(|rect| [rect.min.x, rect.max.x]);
        let ys = sides(|rect| [rect.min.y, rect.max.y]);
        let n_columns = xs.len() + 1;
        let mut covered = vec![false; n_columns * (ys.len() + 1)];
        let index = |sides: &[f32], side: f32| sides.partition_point(|other| *other < side);
        for rect in rects {
            for row in index(&ys, rect.min.y)..index(&ys, rect.max.y) {
                for column in index(&xs, rect.min.x)..index(&xs, rect.max.x) {
                    covered[(row + 1) * n_columns + column + 1] = true;
                }
            }
        }
        Self { xs, ys, covered, n_columns }
    }

    /// Whether the cell to the lower right of corner (`x`, `y`), moved by the offsets, is covered.
    fn is_covered(&self, x: usize, y: usize, column_offset: usize, row_offset: usize) -> bool {
        self.covered[(y + row_offset) * self.n_columns + x + column_offset]
    }

    /// Walks along all borders with the covered side to the right; corners only.
    fn outlines(&self) -> Vec<Vec<Point>> {
        // Directions: right, down, left, up.
        let mut walked = vec![[false; 4]; self.xs.len() * self.ys.len()];
        let mut outlines = Vec::new();
        for y in 0..self.ys.len() {
            for x in 0..self.xs.len() {
                if self.is_border(x, y, 0) && !walked[y * self.xs.len() + x][0] {
                    outlines.push(self.walk(x, y, &mut walked));
                }
            }
        }
        outlines
    }

    /// Whether the side that leaves corner (`x`, `y`) in `direction` has a covered cell on its right only.
    fn is_border(&self, x: usize, y: usize, direction: usize) -> bool {
        // (column, row) of the cells to the right and to the left of the side.
        let [right, left] = [[(1, 1), (1, 0)], [(0, 1), (1, 1)], [(0, 0), (0, 1)], [(1, 0), (0, 0)]][direction];
        self.is_covered(x, y, right.0, right.1) && !self.is_covered(x, y, left.0, left.1)
    }

    fn walk(&self, start_x: usize, start_y: usize, walked: &mut [[bool; 4]]) -> Vec<Point> {
        let (mut x, mut y, mut direction) = (start_x, start_y, 0);
        let mut corners = Vec::new();
        let mut came_from = None;
        loop {
            walked[y * self.xs.len() + x][direction] = true;
            if came_from != Some(direction) {
                corners.push(Point::new(self.xs[x], self.ys[y]));
            }
            came_from = Some(direction);
            match direction {
                0 => x += 1,
                1 => y += 1,
                2 => x -= 1,
                _ => y -= 1,
            }
            // Turning right first keeps areas that only share a corner apart.
            let turn =
                [1, 0, 3].map(|turn| (direction + turn) % 4).into_iter().find(|next| self.is_border(x, y, *next));
            match turn {
                Some(next) if !walked[y * self.xs.len() + x][next] => direction = next,
                _ => return corners,
            }
        }
    }
}

/// Each corner replaced by an arc of at most `radius`; neighbours share a side half and half.
fn round_corners(corners: &[Point], radius: f32) -> Vec<Point> {
    const KAPPA: f32 = 0.552_284_8; // control points of a quarter circle
    let n = corners.len();
    let mut points = Vec::with_capacity(n * 6);
    for index in 0..n {
        let (before, corner, after) = (corners[(index + n - 1) % n], corners[index], corners[(index + 1) % n]);
        let (to_before, to_after) = (corner.distance(before), corner.distance(after));
        let radius = radius.min(to_before / 2.0).min(to_after / 2.0);
        if radius.is_nan() || radius <= 0.0 {
            points.push(corner);
            continue;
        }
        let toward = |end: Point, distance: f32, by: f32| corner.toward(end, by / distance);
        points.extend(flatten_cubic(
            toward(before, to_before, radius),
            toward(before, to_before, radius * (1.0 - KAPPA)),
            toward(after, to_after, radius * (1.0 - KAPPA)),
            toward(after, to_after, radius),
            0.03,
        ));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn p(x: f32, y: f32) -> Point {
        Point::new(x, y)
    }

    fn distance_to_line(at: Point, points: &[Point]) -> f32 {
        let to_segment = |pair: &[Point]| {
            let (x, y) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
            let square = x * x + y * y;
            let along = if square > 0.0 { ((at.x - pair[0].x) * x + (at.y - pair[0].y) * y) / square } else { 0.0 };
            pair[0].toward(pair[1], along.clamp(0.0, 1.0)).distance(at)
        };
        points.windows(2).map(to_segment).fold(f32::INFINITY, f32::min)
    }

    #[test]
    fn a_straight_curve_is_one_segment() {
        let points = flatten_cubic(p(0.0, 0.0), p(1.0, 1.0), p(2.0, 2.0), p(3.0, 3.0), 0.1);
        assert_eq!(points, [p(0.0, 0.0), p(3.0, 3.0)]);
    }

    #[test]
    fn a_curve_that_is_not_finite_still_ends() {
        assert!(flatten_cubic(p(f32::NAN, 0.0), p(0.0, f32::INFINITY), p(1.0, 1.0), p(0.0, 0.0), 0.0).len() <= 257);
    }

    #[test]
    fn places_along_a_line_are_by_length() {
        let line = [p(0.0, 0.0), p(30.0, 0.0), p(30.0, 10.0)];
        assert_eq!(point_along(&line, 0.5), Some(p(20.0, 0.0)));
        assert_eq!(point_along(&line, 0.875), Some(p(30.0, 5.0)));
        assert_eq!(point_along(&line, 2.0), Some(p(30.0, 10.0)));
        assert_eq!(point_along(&line, -1.0), Some(p(0.0, 0.0)));
        assert_eq!(point_along(&[p(1.0, 2.0)], 0.5), Some(p(1.0, 2.0)));
        assert_eq!(point_along(&[], 0.5), None);
    }

    #[test]
    fn an_arrow_points_at_the_end_and_its_line_stops_at_the_base() {
        let arrow = arrow_head(&[p(0.0, 0.0), p(0.0, 50.0), p(0.0, 100.0)], 2.0).unwrap();
        assert_eq!(arrow.head[0], p(0.0, 100.0));
        let base = *arrow.line.last().unwrap();
        assert!((base.y - 91.8).abs() < 1e-3 && base.x == 0.0, "{base:?}");
        assert_eq!(arrow.line[..2], [p(0.0, 0.0), p(0.0, 50.0)]);
        assert_eq!(arrow.head[1].x, -arrow.head[2].x);
        assert_eq!(arrow.head[1].y, base.y);
    }

    #[test]
    fn a_line_without_length_has_no_arrow() {
        assert_eq!(arrow_head(&[p(1.0, 1.0), p(1.0, 1.0)], 2.0), None);
        assert_eq!(arrow_head(&[p(1.0, 1.0)], 2.0), None);
        assert_eq!(arrow_head(&[], 2.0), None);
        assert_eq!(arrow_head(&[p(1.0, 1.0), p(f32::NAN, 1.0)], 2.0), None);
    }

    #[test]
    fn boxes_near_each_other_share_an_outline() {
        let (left, right) = (Rect::new(0.0, 0.0, 10.0, 10.0), Rect::new(14.0, 4.0, 10.0, 10.0));
        let outlines = hull(&[left, right], 2.0, 0.0);
        let expected = [
            (-2.0, -2.0),
            (12.0, -2.0),
            (12.0, 2.0),
            (26.0, 2.0),
            (26.0, 16.0),
            (12.0, 16.0),
            (12.0, 12.0),
            (-2.0, 12.0),
        ];
        assert_eq!(outlines, [expected.map(|(x, y)| p(x, y)).to_vec()]);
    }

    #[test]
    fn boxes_apart_have_outlines_in_reading_order() {
        let outlines = hull(&[Rect::new(0.0, 50.0, 10.0, 10.0), Rect::new(20.0, 0.0, 10.0, 10.0)], 1.0, 0.0);
        assert_eq!(outlines.iter().map(|outline| outline[0]).collect::<Vec<_>>(), [p(19.0, -1.0), p(-1.0, 49.0)]);
        assert!(hull(&[], 1.0, 1.0).is_empty());
    }

    #[test]
    fn corners_are_rounded_within_the_square_outline() {
        let rect = Rect::new(0.0, 0.0, 40.0, 20.0);
        let outline = hull(&[rect], 0.0, 8.0).swap_remove(0);
        assert!(outline.len() > 12);
        assert!(outline.iter().all(|point| rect.contains(*point)));
        // A square lacks (1 - pi / 4) of its area at each rounded corner.
        let expected = 800.0 - 4.0 * 64.0 * (1.0 - std::f32::consts::FRAC_PI_4);
        assert!((area(&outline) - expected).abs() < 2.0, "{} {expected}", area(&outline));
        // A radius larger than the sides is cut down to them.
        assert!(hull(&[rect], 0.0, 100.0)[0].iter().all(|point| rect.contains(*point)));
    }

    proptest! {
        #[test]
        fn a_flattened_curve_stays_within_the_tolerance(
            numbers in prop::array::uniform8(-200.0f32..200.0),
            tolerance in 0.05f32..4.0,
        ) {
            let [a, b, c, d] = [0, 2, 4, 6].map(|index| p(numbers[index], numbers[index + 1]));
            let points = flatten_cubic(a, b, c, d, tolerance);
            prop_assert_eq!(points[0], a);
            prop_assert!(points.last().unwrap().distance(d) < 1e-3);
            for step in 0..=100 {
                let at = step as f32 / 100.0;
                let (one, two, three) = (a.toward(b, at), b.toward(c, at), c.toward(d, at));
                let on_curve = one.toward(two, at).toward(two.toward(three, at), at);
                prop_assert!(distance_to_line(on_curve, &points) <= tolerance + 1e-2);
            }
        }

        #[test]
        fn an_outline_holds_the_boxes_and_what_they_enclose(
            boxes in prop::collection::vec((0u8..9, 0u8..9, 1u8..5, 1u8..5), 1..9),
        ) {
            let rects: Vec<Rect> = boxes
                .iter()
                .map(|(x, y, width, height)| {
                    Rect::new(f32::from(*x), f32::from(*y), f32::from(*width), f32::from(*height))
                })
                .collect();
            let outlines = hull(&rects, 0.0, 0.0);
            // Unit cells with a free rim; what the rim reaches, corners included, is outside.
            const SIDE: usize = 16;
            let center = |cell: usize| p((cell % SIDE) as f32 - 0.5, (cell / SIDE) as f32 - 0.5);
            let covered = |cell: usize| rects.iter().any(|rect| rect.contains(center(cell)));
            let mut outside = [false; SIDE * SIDE];
            let mut open = vec![0];
            while let Some(cell) = open.pop() {
                if covered(cell) || std::mem::replace(&mut outside[cell], true) {
                    continue;
                }
                let (column, row) = (cell % SIDE, cell / SIDE);
                for row in row.saturating_sub(1)..(row + 2).min(SIDE) {
                    open.extend((column.saturating_sub(1)..(column + 2).min(SIDE)).map(|column| row * SIDE + column));
                }
            }
            for (cell, outside) in outside.into_iter().enumerate() {
                let inside = outlines.iter().any(|outline| is_inside(outline, center(cell)));
                prop_assert_eq!(inside, !outside, "cell {}", cell);
            }
        }
    }
}
