//! Where edges run: out of the bottom of the user, between the rows of other boxes, into the top of the used.
//!
//! In: the visible boxes with their rectangles, and edges between them.  Out: a line of points for each edge, smooth and
//! flattened.  Not here: which edges are drawn, and how.

use super::course::Course;
use super::cut::Cut;
use super::lift::LiftedEdge;
use super::port;
use super::row::{Row, rows_of_all};
use crate::scene::outline::flatten_cubic;
use crate::scene::shape::{Point, Rect};

/// The least height in which an edge changes its place across.
const BEND: f32 = 8.0;
/// How far above or below boxes side by side an edge between them runs.
const BYPASS: f32 = 8.0;
/// How far a flattened curve may be from the true one.
const TOLERANCE: f32 = 0.35;

/// Extra distances from a box that is passed, so that edges beside each other can be told apart.
const LANES: [f32; 3] = [0.0, 1.5, 3.0];

/// Where an edge runs from and to, and in which lane.
#[derive(Clone, Copy, Debug)]
struct Way {
    start: Point,
    end: Point,
    lane: f32,
}

impl Way {
    fn reversed(self) -> Self {
        Self { start: self.end, end: self.start, ..self }
    }
}

/// The lines of all edges, by index.
pub(super) fn routes(cut: &Cut, rects: &[Rect], header: f32, edges: &[LiftedEdge]) -> Vec<Vec<Point>> {
    let map = Map { cut, rects, header, rows: rows_of_all(cut, rects) };
    let courses: Vec<Course> = edges.iter().map(|edge| map.course(edge)).collect();
    let ports = port::ports(rects, edges, &courses);
    let mut routes = Vec::with_capacity(edges.len());
    for (index, edge) in edges.iter().enumerate() {
        let (start, end) = ports[index];
        let way = Way { start, end, lane: LANES[index % LANES.len()] };
        routes.push(map.route(edge, courses[index], way));
    }
    routes
}

struct Map<'a> {
    cut: &'a Cut,
    rects: &'a [Rect],
    header: f32,
    rows: Vec<Vec<Row>>,
}

impl Map<'_> {
    fn rect(&self, index: u32) -> Rect {
        self.rects[index as usize]
    }

    /// The boxes directly below the innermost one around both: `None` where one end is around the other.
    fn fork(&self, from: u32, to: u32) -> Option<(u32, u32)> {
        let boxes = &self.cut.boxes;
        let (mut a, mut b) = (from, to);
        while boxes[a as usize].depth > boxes[b as usize].depth {
            a = boxes[a as usize].parent?;
        }
        while boxes[b as usize].depth > boxes[a as usize].depth {
            b = boxes[b as usize].parent?;
        }
        if a == b {
            return None;
        }
        while boxes[a as usize].parent != boxes[b as usize].parent {
            (a, b) = (boxes[a as usize].parent?, boxes[b as usize].parent?);
        }
        Some((a, b))
    }

    fn course(&self, edge: &LiftedEdge) -> Course {
        let (from, to) = (edge.from, edge.to);
        let Some((a, b)) = self.fork(from, to) else {
            return if self.cut.is_within(from, to) { Course::Outward } else { Course::Inward };
        };
        let (above, below) = (self.rect(a), self.rect(b));
        if above.max.y <= below.min.y {
            Course::Down
        } else if below.max.y <= above.min.y {
            Course::Up
        } else if a == from && b == to && self.are_neighbours(a, b) {
            Course::Across
        } else if edge.upward {
            Course::Under
        } else {
            Course::Over
        }
    }

    /// Whether a level line leads from one to the other with nothing between.
    fn are_neighbours(&self, a: u32, b: u32) -> bool {
        let (left, right) = if self.rect(a).min.x < self.rect(b).min.x { (a, b) } else { (b, a) };
        let (left, right) = (self.rect(left), self.rect(right));
        let top = left.min.y.max(right.min.y);
        let bottom = left.max.y.min(right.max.y);
        if left.max.x > right.min.x || top >= bottom {
            return false;
        }
        let between = Rect { min: Point::new(left.max.x, top), max: Point::new(right.min.x, bottom) };
        !self.row_around(a).members.iter().any(|other| self.rect(*other).overlaps(between))
    }

    fn rows_beside(&self, index: u32) -> &[Row] {
        let parent = self.cut.boxes[index as usize].parent;
        &self.rows[parent.map_or(self.rows.len() - 1, |parent| parent as usize)]
    }

    fn row_around(&self, index: u32) -> &Row {
        let rows = self.rows_beside(index);
        let after = rows.partition_point(|row| row.top <= self.rect(index).min.y);
        &rows[after.saturating_sub(1)]
    }

    /// What lies below a box within its parent.
    fn obstacles_below(&self, index: u32, obstacles: &mut Vec<Row>) {
        let rect = self.rect(index);
        let own = self.row_around(index);
        self.own_row(
            index,
            own,
            Rect { min: Point::new(rect.min.x, rect.max.y), max: Point::new(rect.max.x, own.bottom) },
            obstacles,
        );
        obstacles.extend(self.rows_beside(index).iter().filter(|row| row.top >= own.bottom).cloned());
    }

    /// What lies above a box within its parent.
    fn obstacles_above(&self, index: u32, obstacles: &mut Vec<Row>) {
        let rect = self.rect(index);
        let own = self.row_around(index);
        obstacles.extend(self.rows_beside(index).iter().filter(|row| row.bottom <= own.top).cloned());
        self.own_row(
            index,
            own,
            Rect { min: Point::new(rect.min.x, own.top), max: Point::new(rect.max.x, rect.min.y) },
            obstacles,
        );
    }

    /// Siblings that reach further down or up than the box itself: the way is past them, in `beside`.
    fn own_row(&self, index: u32, own: &Row, beside: Rect, obstacles: &mut Vec<Row>) {
        if beside.height() < 1.0 {
            return;
        }
        let members = own.members.iter().copied();
        let members: Vec<u32> = members
            .filter(|other| *other != index)
            .filter(|other| self.rect(*other).min.y < beside.max.y && self.rect(*other).max.y > beside.min.y)
            .collect();
        if !members.is_empty() {
            obstacles.push(Row::new(members, self.rects).clipped(beside.min.y, beside.max.y));
        }
    }

    /// What an edge passes on its way out of `outer`, from `inner` down.
    fn obstacles_out(&self, inner: u32, outer: Option<u32>) -> Vec<Row> {
        let mut obstacles = Vec::new();
        for index in self.cut.ancestors(inner).take_while(|index| Some(*index) != outer) {
            self.obstacles_below(index, &mut obstacles);
        }
        obstacles
    }

    /// What an edge passes on its way into `outer`, down to `inner`.
    fn obstacles_in(&self, inner: u32, outer: Option<u32>) -> Vec<Row> {
        let chain: Vec<u32> = self.cut.ancestors(inner).take_while(|index| Some(*index) != outer).collect();
        let mut obstacles = Vec::new();
        for index in chain.into_iter().rev() {
            self.obstacles_above(index, &mut obstacles);
        }
        obstacles
    }

    fn route(&self, edge: &LiftedEdge, course: Course, way: Way) -> Vec<Point> {
        match course {
            Course::Down => self.descend(edge.from, edge.to, way),
            Course::Up => reversed(self.descend(edge.to, edge.from, way.reversed())),
            Course::Over => self.pass_over(edge, way),
            Course::Under => self.pass_under(edge, way),
            Course::Across => {
                let (start, end) = (way.start, way.end);
                let middle = (start.x + end.x) / 2.0;
                flatten_cubic(start, Point::new(middle, start.y), Point::new(middle, end.y), end, TOLERANCE)
            }
            Course::Inward => self.enter(edge.from, edge.to, way),
            Course::Outward => reversed(self.enter(edge.to, edge.from, way.reversed())),
        }
    }

    fn descend(&self, upper: u32, lower: u32, way: Way) -> Vec<Point> {
        let Some((a, b)) = self.fork(upper, lower) else { return vec![way.start, way.end] };
        let (bottom, top) = (self.rect(a).max.y, self.rect(b).min.y);
        let mut obstacles = self.obstacles_out(upper, Some(a));
        let (mut below, mut above) = (Vec::new(), Vec::new());
        self.obstacles_below(a, &mut below);
        self.obstacles_above(b, &mut above);
        // What lies beside one of the two does not lie between them.
        obstacles.extend(below.into_iter().filter(|row| row.bottom <= top));
        obstacles.extend(above.into_iter().filter(|row| row.top >= bottom));
        obstacles.extend(self.obstacles_in(lower, Some(b)));
        obstacles.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.bottom.total_cmp(&b.bottom)));
        obstacles.dedup_by(|a, b| (a.top, a.bottom) == (b.top, b.bottom) && a.members == b.members);
        thread(way, &obstacles)
    }

    /// Out of the bottom of one, below both, and up into the bottom of the other.
    fn pass_under(&self, edge: &LiftedEdge, way: Way) -> Vec<Point> {
        let Some((a, b)) = self.fork(edge.from, edge.to) else { return vec![way.start, way.end] };
        let floor = self.rect(a).max.y.max(self.rect(b).max.y);
        let side = |inner: u32, outer: u32, start: Point| {
            let mut obstacles = self.obstacles_out(inner, Some(outer));
            let mut beside = Vec::new();
            self.obstacles_below(outer, &mut beside);
            obstacles.extend(beside.into_iter().filter(|row| row.bottom <= floor));
            let x = obstacles.iter().fold(start.x, |x, row| row.passage(x, way.lane));
            thread(Way { start, end: Point::new(x, floor), ..way }, &obstacles)
        };
        let mut line = side(edge.from, a, way.start);
        let back = reversed(side(edge.to, b, way.end));
        if let (Some(left), Some(right)) = (line.last().copied(), back.first().copied()) {
            line.extend(bypass(left, right, BYPASS + way.lane));
        }
        line.extend(back);
        deduplicated(line)
    }

    /// Out of the top of one, above both, and down into the top of the other.
    fn pass_over(&self, edge: &LiftedEdge, way: Way) -> Vec<Point> {
        let Some((a, b)) = self.fork(edge.from, edge.to) else { return vec![way.start, way.end] };
        let ceiling = self.rect(a).min.y.min(self.rect(b).min.y);
        let side = |inner: u32, outer: u32, end: Point| {
            let mut obstacles = Vec::new();
            self.obstacles_above(outer, &mut obstacles);
            obstacles.retain(|row| row.top >= ceiling);
            obstacles.extend(self.obstacles_in(inner, Some(outer)));
            let x = obstacles.iter().rev().fold(end.x, |x, row| row.passage(x, way.lane));
            thread(Way { start: Point::new(x, ceiling), end, ..way }, &obstacles)
        };
        let mut line = reversed(side(edge.from, a, way.start));
        let down = side(edge.to, b, way.end);
        if let (Some(left), Some(right)) = (line.last().copied(), down.first().copied()) {
            line.extend(bypass(left, right, -BYPASS - way.lane));
        }
        line.extend(down);
        deduplicated(line)
    }

    /// From below a container's header to something inside.
    fn enter(&self, container: u32, inner: u32, way: Way) -> Vec<Point> {
        let rect = self.rect(container);
        let obstacles = self.obstacles_in(inner, Some(container));
        let top = rect.min.y + self.header;
        let x = obstacles.iter().rev().fold(way.end.x, |x, row| row.passage(x, way.lane));
        let start = Point::new(x.clamp(rect.min.x, rect.max.x), (top - 4.0).min(way.end.y - 6.0));
        thread(Way { start, ..way }, &obstacles)
    }
}

/// A smooth way down through the gaps of the rows between.
fn thread(way: Way, obstacles: &[Row]) -> Vec<Point> {
    let mut line = vec![way.start];
    thread_between(way, obstacles, &mut line);
    deduplicated(line)
}

fn thread_between(way: Way, obstacles: &[Row], line: &mut Vec<Point>) {
    let (start, end) = (way.start, way.end);
    let curve = descent(start, end);
    let Some(position) = obstacles.iter().position(|row| !passes(&curve, row)) else {
        line.extend(curve);
        return;
    };
    let row = &obstacles[position];
    let passage = if row.top - start.y < BEND && row.is_free(start.x, start.x) {
        start.x
    } else if end.y - row.bottom < BEND && row.is_free(end.x, end.x) {
        end.x
    } else {
        row.passage(x_at(&curve, (row.top + row.bottom) / 2.0), way.lane)
    };
    let enter = Point::new(passage, row.top.clamp(start.y, end.y.max(start.y)));
    let leave = Point::new(passage, row.bottom.clamp(enter.y, end.y.max(enter.y)));
    // Rows before were free for the old curve; the new one bends more, so they are looked at again.
    thread_between(Way { end: enter, ..way }, &obstacles[..position], line);
    line.push(leave);
    thread_between(Way { start: leave, ..way }, &obstacles[position + 1..], line);
}

/// A bow between two points at one height, so much lower.
fn bypass(left: Point, right: Point, lower: f32) -> Vec<Point> {
    // A curve comes to three quarters of the way to its control points.
    let control = |point: Point| Point::new(point.x, point.y + lower / 0.75);
    flatten_cubic(left, control(left), control(right), right, TOLERANCE)
}

/// A curve that leaves and arrives upright.
fn descent(start: Point, end: Point) -> Vec<Point> {
    let reach = (end.y - start.y) / 2.0;
    if (start.x - end.x).abs() < 0.5 {
        return vec![start, end];
    }
    flatten_cubic(start, Point::new(start.x, start.y + reach), Point::new(end.x, end.y - reach), end, TOLERANCE)
}

/// Whether a curve runs free of a row's boxes.
fn passes(curve: &[Point], row: &Row) -> bool {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return true };
    if last.y <= row.top || row.bottom <= first.y {
        return true;
    }
    let (a, b) = (x_at(curve, row.top), x_at(curve, row.bottom));
    row.is_free(a.min(b), a.max(b))
}

/// Where a descending line is at a height.
fn x_at(line: &[Point], y: f32) -> f32 {
    let after = line.partition_point(|point| point.y < y);
    match (after.checked_sub(1).and_then(|index| line.get(index)), line.get(after)) {
        (Some(a), Some(b)) if b.y > a.y => a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y),
        (_, Some(point)) | (Some(point), None) => point.x,
        (None, None) => 0.0,
    }
}

fn reversed(mut line: Vec<Point>) -> Vec<Point> {
    line.reverse();
    line
}

fn deduplicated(mut line: Vec<Point>) -> Vec<Point> {
    line.dedup_by(|a, b| a.distance(*b) < 0.05);
    if let [only] = line[..] {
        line.push(only);
    }
    line
}
