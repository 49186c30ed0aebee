//! Small signs for what a box is, drawn as shapes so that they need no font.
//!
//! In: a kind and a place.  Out: shapes around that place.  Not here: sizes of boxes.

use super::census::BoxKind;
use crate::facts::ItemKind;
use crate::scene::shape::{
    Align, Arrow, BoxShape, Emphasis, HitId, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke,
};
use crate::theme::{Face, Role, TextSize};
use crate::workspace::TargetKind;

/// How a sign is painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) role: Role,
    pub(super) emphasis: Emphasis,
}

/// The sign for a kind, in a square of 12 points around `middle`.
pub(super) fn kind(kind: BoxKind, test: bool, middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    match kind {
        BoxKind::Boundary => shield(middle, ink, shapes),
        BoxKind::Package(Some(TargetKind::Bin)) | BoxKind::Target(TargetKind::Bin) => program(middle, ink, shapes),
        BoxKind::Package(Some(TargetKind::ProcMacro)) | BoxKind::Target(TargetKind::ProcMacro) => {
            gear(middle, ink, shapes);
        }
        BoxKind::Package(_) => package(middle, ink, shapes),
        BoxKind::Target(TargetKind::Lib) => library(middle, ink, shapes),
        BoxKind::Target(_) => flask(middle, ink, shapes),
        BoxKind::Module if test => flask(middle, ink, shapes),
        BoxKind::Module => folder(middle, ink, shapes),
        BoxKind::Item(kind) => letter(kind, middle, ink, shapes),
    }
}

/// Points to the right where a box can be opened, and down where it is open.
pub(super) fn chevron(open: bool, middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let points: &[(f32, f32)] =
        if open { &[(-4.0, -2.0), (0.0, 2.5), (4.0, -2.0)] } else { &[(-2.0, -4.0), (2.5, 0.0), (-2.0, 4.0)] };
    line(middle, points, false, 1.5, ink, shapes);
}

/// A drawing pin that holds the upper edge of a box.
pub(super) fn pin(middle: Point, ink: Ink, hit: HitId, shapes: &mut Vec<Shape>) {
    let head = [(-4.5, -10.0), (4.5, -10.0), (3.0, -2.0), (-3.0, -2.0)];
    let collar = [(-3.0, -2.0), (3.0, -2.0), (6.0, 1.0), (-6.0, 1.0)];
    // With something to hit it is painted at any size: that a box is held is no ornament.
    for convex in [head, collar] {
        shapes.push(Shape::Polygon(Polygon {
            points: around(middle, &convex),
            fill: Some(ink.role),
            stroke: None,
            hit: Some(hit),
            emphasis: ink.emphasis,
        }));
    }
    line(middle, &[(0.0, 1.0), (0.0, 6.5)], false, 1.5, ink, shapes);
}

fn line(middle: Point, points: &[(f32, f32)], closed: bool, width: f32, ink: Ink, shapes: &mut Vec<Shape>) {
    shapes.push(Shape::Ribbon(Ribbon {
        points: around(middle, points),
        closed,
        stroke: Stroke::solid(ink.role, width),
        arrow: Arrow::None,
        hit: None,
        emphasis: ink.emphasis,
    }));
}

fn fill(middle: Point, points: &[(f32, f32)], ink: Ink, shapes: &mut Vec<Shape>) {
    shapes.push(Shape::Polygon(Polygon {
        points: around(middle, points),
        fill: Some(ink.role),
        stroke: None,
        hit: None,
        emphasis: ink.emphasis,
    }));
}

fn around(middle: Point, points: &[(f32, f32)]) -> Vec<Point> {
    points.iter().map(|(x, y)| Point::new(middle.x + x, middle.y + y)).collect()
}

/// A parcel: a cube seen from a corner.
fn package(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let outline = [(0.0, -6.0), (5.2, -3.0), (5.2, 3.0), (0.0, 6.0), (-5.2, 3.0), (-5.2, -3.0)];
    line(middle, &outline, true, 1.25, ink, shapes);
    line(middle, &[(-5.2, -3.0), (0.0, 0.0), (5.2, -3.0)], false, 1.25, ink, shapes);
    line(middle, &[(0.0, 0.0), (0.0, 6.0)], false, 1.25, ink, shapes);
}

/// Books on a shelf.
fn library(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    fill(middle, &[(-5.5, -5.0), (-3.0, -5.0), (-3.0, 5.0), (-5.5, 5.0)], ink, shapes);
    fill(middle, &[(-1.8, -3.0), (0.7, -3.0), (0.7, 5.0), (-1.8, 5.0)], ink, shapes);
    fill(middle, &[(1.6, -4.2), (3.9, -4.9), (6.2, 4.3), (3.9, 5.0)], ink, shapes);
}

/// What can be started.
fn program(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    fill(middle, &[(-4.0, -5.5), (5.5, 0.0), (-4.0, 5.5)], ink, shapes);
}

/// What makes code.
fn gear(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let points: Vec<(f32, f32)> = (0..16)
        .map(|step| {
            let (sin, cos) = ((step as f32 + 0.5) * std::f32::consts::TAU / 16.0).sin_cos();
            let radius = if step / 2 % 2 == 0 { 6.0 } else { 4.2 };
            (cos * radius, sin * radius)
        })
        .collect();
    line(middle, &points, true, 1.25, ink, shapes);
    fill(middle, &[(0.0, -1.6), (1.6, 0.0), (0.0, 1.6), (-1.6, 0.0)], ink, shapes);
}

/// A folder with its tab.
fn folder(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let outline = [(-5.5, -4.5), (-1.5, -4.5), (0.0, -2.5), (5.5, -2.5), (5.5, 4.5), (-5.5, 4.5)];
    line(middle, &outline, true, 1.25, ink, shapes);
}

/// Tests, examples, benchmarks: code that tries other code.
fn flask(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    line(
        middle,
        &[(-1.6, -5.5), (-1.6, -1.5), (-5.0, 5.0), (5.0, 5.0), (1.6, -1.5), (1.6, -5.5)],
        true,
        1.25,
        ink,
        shapes,
    );
    fill(middle, &[(-2.9, 1.5), (2.9, 1.5), (4.6, 4.6), (-4.6, 4.6)], ink, shapes);
}

/// A boundary protects what is inside.
fn shield(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let outline =
        [(0.0, -6.0), (5.0, -4.2), (5.0, 0.2), (4.0, 3.0), (0.0, 6.0), (-4.0, 3.0), (-5.0, 0.2), (-5.0, -4.2)];
    line(middle, &outline, true, 1.5, ink, shapes);
}

/// Items are told apart by a letter, as in editors.
fn letter(kind: ItemKind, middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    let letter = match kind {
        ItemKind::Function | ItemKind::Method => "f",
        ItemKind::Struct | ItemKind::Union => "S",
        ItemKind::Enum | ItemKind::Variant => "E",
        ItemKind::Trait | ItemKind::TraitAlias => "T",
        ItemKind::TypeAlias | ItemKind::AssocType => "A",
        ItemKind::Const | ItemKind::Static | ItemKind::AssocConst => "C",
        ItemKind::Macro | ItemKind::ProcMacro => "!",
        ItemKind::Module | ItemKind::Impl => "·",
    };
    shapes.push(Shape::Label(Label {
        anchor: Point::new(middle.x, middle.y + 4.0),
        align: Align::Center,
        text: letter.to_owned(),
        whole: None,
        face: Face::SemiBold,
        size: TextSize::Small,
        role: ink.role,
        hit: None,
        emphasis: ink.emphasis,
    }));
}

/// A text on a rounded ground.
#[derive(Clone, Debug)]
pub(super) struct Pill {
    pub(super) middle: Point,
    pub(super) width: f32,
    pub(super) text: String,
    /// Left free before the text.
    pub(super) indent: f32,
    pub(super) fill: Role,
    pub(super) stroke: Stroke,
    pub(super) letters: Role,
    pub(super) hit: Option<HitId>,
    pub(super) emphasis: Emphasis,
}

/// Digits of one font are equally wide, so that no measuring is needed.
pub(super) fn pill_width(digits: &str) -> f32 {
    9.0 + 6.8 * digits.len() as f32
}

pub(super) fn pill(pill: Pill, shapes: &mut Vec<Shape>) {
    let Pill { middle, width, text, indent, fill, stroke, letters, hit, emphasis } = pill;
    let height = 15.0;
    let rect = Rect::new(middle.x - width / 2.0, middle.y - height / 2.0, width, height);
    let (fill, stroke) = (Some(fill), Some(stroke));
    shapes.push(BoxShape { rect, fill, stroke, radius: height / 2.0, hit, emphasis }.into());
    shapes.push(Shape::Label(Label {
        anchor: Point::new(middle.x + indent / 2.0, middle.y + 3.8),
        align: Align::Center,
        text,
        whole: None,
        face: Face::SemiBold,
        size: TextSize::Caption,
        role: letters,
        hit,
        emphasis,
    }));
}

/// Somebody has looked at it.
pub(super) fn tick(middle: Point, ink: Ink, shapes: &mut Vec<Shape>) {
    line(middle, &[(-3.2, 0.2), (-1.0, 2.6), (3.4, -2.6)], false, 1.4, ink, shapes);
}
