//! Lines and areas as triangles with soft edges.
//!
//! In: points on the screen.  Out: vertices in a mesh.  All lines of a layer share one mesh, since egui's own paths cost
//! several times as much (DESKTOP.md 2.1).  Not here: colours by role, and where points come from.

use egui::epaint::Mesh;
use egui::{Color32, Pos2, Vec2, vec2};

use crate::scene::shape::{Point, Rect};

/// Points of a line nearer to each other than this are one, in screen points.
const LEAST_STEP_PTS: f32 = 1.5;

/// A rounded rectangle as a closed line, for patterned outlines.
pub(super) fn rounded_outline(rect: Rect, radius: f32) -> Vec<Point> {
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius < 0.5 {
        return rect.corners().to_vec();
    }
    let inner = rect.expand(-radius);
    let mut points = Vec::with_capacity(24);
    // Clockwise on the screen from the upper left corner; each corner turns by a quarter.
    for (index, corner) in inner.corners().into_iter().enumerate() {
        for step in 0..=5_u8 {
            let angle = std::f32::consts::FRAC_PI_2 * (index as f32 + 2.0 + f32::from(step) / 5.0);
            points.push(Point::new(corner.x + radius * angle.cos(), corner.y + radius * angle.sin()));
        }
    }
    points
}

/// Leaves out points that cannot be told from the ones around them; both ends stay, and so does what turns a long line.
pub(super) fn thin_out(points: &mut Vec<Pos2>) {
    let Some(end) = points.last().copied() else { return };
    let mut kept: Vec<Pos2> = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        let is_near = |other: Option<&Pos2>| other.is_none_or(|other| points_are_near(*point, *other));
        if kept.is_empty() || !is_near(kept.last()) || !is_near(points.get(index + 1)) {
            kept.push(*point);
        }
    }
    match kept.last_mut() {
        Some(last) if points_are_near(*last, end) => *last = end,
        _ => kept.push(end),
    }
    *points = kept;
}

fn points_are_near(a: Pos2, b: Pos2) -> bool {
    a.distance_sq(b) < LEAST_STEP_PTS * LEAST_STEP_PTS
}

/// The painted parts of a patterned line.
pub(super) fn dashes(points: &[Pos2], on: f32, off: f32) -> Vec<Vec<Pos2>> {
    let mut dashes = Vec::new();
    let mut painting = true;
    let mut left = on;
    let mut dash: Vec<Pos2> = points.first().copied().into_iter().collect();
    for ends in points.windows(2) {
        let mut from = ends[0];
        let mut rest = from.distance(ends[1]);
        while rest > left {
            from += (ends[1] - from) * (left / rest);
            rest -= left;
            if painting {
                dash.push(from);
                dashes.push(std::mem::take(&mut dash));
            } else {
                dash = vec![from];
            }
            painting = !painting;
            left = if painting { on } else { off };
        }
        left -= rest;
        if painting {
            dash.push(ends[1]);
        }
    }
    if painting && dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

/// Adds a line with soft edges: for each point two opaque vertices and two clear ones, joined by a limited mitre.
pub(super) fn line_into(mesh: &mut Mesh, points: &[Pos2], closed: bool, width: f32, color: Color32, feather: f32) {
    let mut points: Vec<Pos2> = points.to_vec();
    points.dedup_by(|a, b| a.distance_sq(*b) < 1e-4);
    if closed && points.len() > 2 && points[0].distance_sq(points[points.len() - 1]) < 1e-4 {
        points.pop();
    }
    if points.len() < 2 {
        return;
    }
    // A line thinner than a pixel is a pixel wide and paler.
    let color = if width < feather { color.gamma_multiply(width / feather) } else { color };
    let inner = (width - feather).max(0.0) / 2.0;
    let outer = inner + feather;
    let count = points.len();
    let first = mesh.vertices.len() as u32;
    mesh.vertices.reserve(count * 4);
    mesh.indices.reserve(count * 18);
    for index in 0..count {
        let before = if index > 0 { Some(index - 1) } else { closed.then_some(count - 1) };
        let after = if index + 1 < count { Some(index + 1) } else { closed.then_some(0) };
        let into = before.map(|before| (points[index] - points[before]).normalized());
        let out_of = after.map(|after| (points[after] - points[index]).normalized());
        let across = mitre(into, out_of);
        let at = points[index];
        mesh.colored_vertex(at - across * outer, Color32::TRANSPARENT);
        mesh.colored_vertex(at - across * inner, color);
        mesh.colored_vertex(at + across * inner, color);
        mesh.colored_vertex(at + across * outer, Color32::TRANSPARENT);
    }
    let joints = if closed { count } else { count - 1 };
    for joint in 0..joints as u32 {
        let a = first + joint * 4;
        let b = first + (joint + 1) % count as u32 * 4;
        for strip in 0..3 {
            mesh.add_triangle(a + strip, a + strip + 1, b + strip);
            mesh.add_triangle(a + strip + 1, b + strip + 1, b + strip);
        }
    }
}

/// The direction across a line at a joint, lengthened so that both arms keep their width, at most twice.
fn mitre(into: Option<Vec2>, out_of: Option<Vec2>) -> Vec2 {
    let across = |along: Vec2| vec2(-along.y, along.x);
    match (into, out_of) {
        (Some(into), Some(out_of)) => {
            let middle = across(into) + across(out_of);
            let length = middle.length();
            if length < 0.1 {
                return across(into);
            }
            let middle = middle / length;
            middle / middle.dot(across(into)).max(0.5)
        }
        (Some(along), None) | (None, Some(along)) => across(along),
        (None, None) => Vec2::ZERO,
    }
}

pub(super) fn is_convex(corners: &[Pos2]) -> bool {
    let count = corners.len();
    let turns = (0..count).map(|index| {
        let (a, b, c) = (corners[index], corners[(index + 1) % count], corners[(index + 2) % count]);
        (b - a).x * (c - b).y - (b - a).y * (c - b).x
    });
    let (mut left, mut right) = (false, false);
    for turn in turns {
        left |= turn > 1e-3;
        right |= turn < -1e-3;
    }
    !(left && right)
}

/// Adds a convex polygon with soft edges.
pub(super) fn fill_polygon(mesh: &mut Mesh, corners: &[Pos2], color: Color32, feather: f32) {
    if corners.len() < 3 {
        return;
    }
    let first = mesh.vertices.len() as u32;
    let count = corners.len() as u32;
    for corner in corners {
        mesh.colored_vertex(*corner, color);
    }
    for index in 1..count - 1 {
        mesh.add_triangle(first, first + index, first + index + 1);
    }
    line_into(mesh, corners, true, feather, color.gamma_multiply(0.5), feather);
}

/// Whether an outline goes along one line from left to right, and back along another over the same places.
pub(super) fn is_band(corners: &[Pos2]) -> bool {
    let (there, back) = corners.split_at(corners.len() / 2);
    let is_mirrored = there.iter().zip(back.iter().rev()).all(|(above, below)| (above.x - below.x).abs() < 1e-3);
    corners.len().is_multiple_of(2) && is_mirrored && there.windows(2).all(|pair| pair[0].x <= pair[1].x)
}

/// Adds what lies between the two lines of a band: the area of a chart may have thousands of corners.
pub(super) fn fill_band(mesh: &mut Mesh, corners: &[Pos2], color: Color32) {
    let first = mesh.vertices.len() as u32;
    let (there, back) = corners.split_at(corners.len() / 2);
    for (above, below) in there.iter().zip(back.iter().rev()) {
        mesh.colored_vertex(*above, color);
        mesh.colored_vertex(*below, color);
    }
    for place in 1..there.len() as u32 {
        let before = first + (place - 1) * 2;
        mesh.add_triangle(before, before + 1, before + 2);
        mesh.add_triangle(before + 1, before + 3, before + 2);
    }
}

/// Adds any polygon without self-intersections, by cutting ears.
pub(super) fn fill_concave(mesh: &mut Mesh, corners: &[Pos2], color: Color32) {
    let first = mesh.vertices.len() as u32;
    for corner in corners {
        mesh.colored_vertex(*corner, color);
    }
    let turn = |a: Pos2, b: Pos2, c: Pos2| (b - a).x * (c - a).y - (b - a).y * (c - a).x;
    let count = corners.len();
    let area: f32 =
        (0..count).map(|i| corners[i].x * corners[(i + 1) % count].y - corners[(i + 1) % count].x * corners[i].y).sum();
    let mut left: Vec<usize> = if area >= 0.0 { (0..count).collect() } else { (0..count).rev().collect() };
    while left.len() > 2 {
        let n_left = left.len();
        let ear = (0..n_left).find(|at| {
            let (a, b, c) = (left[(at + n_left - 1) % n_left], left[*at], left[(at + 1) % n_left]);
            let (pa, pb, pc) = (corners[a], corners[b], corners[c]);
            turn(pa, pb, pc) >= 0.0
                && !left.iter().any(|other| {
                    ![a, b, c].contains(other) && {
                        let point = corners[*other];
                        turn(pa, pb, point) > 0.0 && turn(pb, pc, point) > 0.0 && turn(pc, pa, point) > 0.0
                    }
                })
        });
        // Rounding may leave no ear: any corner then costs less than a hole in the window.
        let at = ear.unwrap_or(0);
        let (a, b, c) = (left[(at + n_left - 1) % n_left], left[at], left[(at + 1) % n_left]);
        mesh.add_triangle(first + a as u32, first + b as u32, first + c as u32);
        left.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn area(mesh: &Mesh) -> f32 {
        let triangles = mesh.indices.chunks_exact(3);
        triangles
            .map(|corners| {
                let [a, b, c] = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize].pos);
                ((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs() / 2.0
            })
            .sum()
    }

    #[test]
    fn a_line_is_as_wide_as_asked() {
        let mut mesh = Mesh::default();
        line_into(&mut mesh, &[pos2(0.0, 0.0), pos2(100.0, 0.0)], false, 4.0, Color32::WHITE, 1.0);
        assert_eq!(mesh.vertices.len(), 8);
        // The soft edges reach half a pixel further on both sides.
        assert!((area(&mesh) - 500.0).abs() < 1.0);
    }

    #[test]
    fn dashes_cover_their_share_of_a_line_around_corners() {
        let line = [pos2(0.0, 0.0), pos2(50.0, 0.0), pos2(50.0, 50.0)];
        let dashes = dashes(&line, 8.0, 2.0);
        let painted: f32 = dashes.iter().flat_map(|dash| dash.windows(2)).map(|ends| ends[0].distance(ends[1])).sum();
        assert_eq!(dashes.len(), 10);
        assert!((painted - 80.0).abs() < 0.01);
    }

    #[test]
    fn a_concave_polygon_is_filled_without_its_notch() {
        let corners: Vec<Pos2> =
            [(0.0, 0.0), (30.0, 0.0), (30.0, 10.0), (10.0, 10.0), (10.0, 30.0), (0.0, 30.0)].map(Pos2::from).to_vec();
        assert!(!is_convex(&corners));
        let mut mesh = Mesh::default();
        fill_concave(&mut mesh, &corners, Color32::WHITE);
        assert!((area(&mesh) - 500.0).abs() < 0.1);
        let mut reversed = corners;
        reversed.reverse();
        let mut mesh = Mesh::default();
        fill_concave(&mut mesh, &reversed, Color32::WHITE);
        assert!((area(&mesh) - 500.0).abs() < 0.1);
    }

    #[test]
    fn a_band_is_filled_between_its_lines_at_once() {
        let there = [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (30.0, 5.0)];
        let back = [(30.0, 10.0), (10.0, 10.0), (10.0, 10.0), (0.0, 10.0)];
        let corners: Vec<Pos2> = there.into_iter().chain(back).map(Pos2::from).collect();
        assert!(is_band(&corners) && !is_convex(&corners));
        let mut mesh = Mesh::default();
        fill_band(&mut mesh, &corners, Color32::WHITE);
        assert_eq!((mesh.vertices.len(), mesh.indices.len()), (8, 18));
        assert!((area(&mesh) - 200.0).abs() < 0.1, "{}", area(&mesh));
        assert!(!is_band(&corners[1..]));
    }

    #[test]
    fn thinning_keeps_both_ends_of_a_line() {
        let mut line: Vec<Pos2> = (0..=100_u8).map(|step| pos2(f32::from(step) * 0.1, 0.0)).collect();
        thin_out(&mut line);
        assert!(line.len() < 10, "{line:?}");
        assert_eq!((line[0], line[line.len() - 1]), (pos2(0.0, 0.0), pos2(10.0, 0.0)));
        // A step of less than a point is still a step.
        let step: Vec<Pos2> = [(0.0, 0.0), (50.0, 0.0), (50.0, 1.0), (99.0, 1.0)].map(Pos2::from).to_vec();
        let mut thinned = step.clone();
        thin_out(&mut thinned);
        assert_eq!(thinned, step);
        let mut dot = vec![pos2(1.0, 1.0)];
        thin_out(&mut dot);
        assert_eq!(dot, [pos2(1.0, 1.0)]);
    }

    #[test]
    fn lines_without_length_paint_nothing() {
        let mut mesh = Mesh::default();
        line_into(&mut mesh, &[pos2(1.0, 1.0), pos2(1.0, 1.0)], false, 2.0, Color32::WHITE, 1.0);
        line_into(&mut mesh, &[], true, 2.0, Color32::WHITE, 1.0);
        assert!(mesh.is_empty());
    }
}
