//! Paints a scene with egui, at the camera's zoom.
//!
//! In: a [`Picture`], a [`Camera`], a [`Theme`].  Out: egui shapes.  All lines become one mesh for each layer of text
//! above them, since a path for each line costs several times as much (DESKTOP.md 2.1).  Not here: what is drawn.

use std::sync::Arc;

use egui::epaint::{CornerRadius, Mesh, PathShape, RectShape, StrokeKind, TextShape};
use egui::{Color32, FontId, Painter, Pos2, pos2};

use super::camera::Camera;
use super::line::{
    dashes, fill_band, fill_concave, fill_polygon, is_band, is_convex, line_into, rounded_outline, thin_out,
};
use super::picture::Picture;
use crate::app::style;
use crate::scene::Sign;
use crate::scene::outline::arrow_head;
use crate::scene::shape::{Align, Arrow, BoxShape, Emphasis, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke};
use crate::scene::thing::Thing;
use crate::theme::{self, DIMMED_OPACITY, Face, Role, TextSize, Theme};

/// Corners are rounded from this side length on, in screen points: rounded boxes cost five times the vertices.
const ROUNDED_FROM_PTS: f32 = 24.0;

/// Text below this many screen points is not readable, and not painted.
const LEGIBLE_PTS: f32 = 7.0;

/// Names in boxes are painted at least this large, as long as their box has room: a map of boxes without names says
/// nothing.
const LEAST_NAME_PTS: f32 = 9.0;

/// A box shorter than this has no room for a name of that size, in screen points.
const LEAST_NAMED_PTS: f32 = 13.0;

/// Signs without a meaning of their own are left out below this size, in screen points: they would be dots.
const LEAST_SIGN_PTS: f32 = 5.0;

/// The lengths of the signs at the end of a box that can be opened, and before its name, in world units.
const OPENING_SIGN: f32 = 8.0;
const KIND_SIGN: f32 = 12.0;

/// A plate under a number below this height has no number on it, in screen points.
const LEAST_PLATE_PTS: f32 = 9.0;

/// A container that is at least this tall may be named over the tops of what it holds.
const ROOMY_PTS: f32 = 44.0;

/// How far a badge on the upper edge of a box reaches into it, in world units.
const BADGE_REACH: f32 = 8.0;

/// Where a name may stand that is painted larger than the zoom says, in screen points.
struct NameRoom {
    left: f32,
    width: f32,
    /// The width and the baseline below a badge on the upper edge, if a name fits there.
    below_sign: Option<(f32, f32)>,
}

/// The font sizes in use.  egui lays a text out again for each new size, so that zooming must not bring many.
const FONT_STEPS: [f32; 18] =
    [7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.5, 16.0, 18.0, 20.0, 23.0, 26.0, 30.0, 36.0, 44.0, 54.0, 66.0];

/// How far a change from one arrangement to the next has come, and where things were before.
pub(crate) struct Transition<'a> {
    pub(crate) before: &'a rustc_hash::FxHashMap<Thing, Rect>,
    /// From 0 to 1.
    pub(crate) part: f32,
}

/// Paints the visible part of `picture`.
pub(crate) fn paint(
    picture: &Picture,
    camera: &Camera,
    theme: &Theme,
    transition: Option<&Transition<'_>>,
    painter: &Painter,
) {
    let mut brush = Brush {
        picture,
        camera,
        theme,
        painter,
        zoom: camera.zoom() as f32,
        feather: 1.0 / painter.pixels_per_point(),
        growth: 1.0,
        shapes: Vec::with_capacity(2048),
        lines: Mesh::default(),
    };
    // While things move, what is out of sight before may come into sight: everything is painted.
    let area = if transition.is_some() { picture.scene.bounds.expand(1e6) } else { camera.visible() };
    for (shape, sign) in picture.visible(area) {
        let moved = transition.map(|transition| moved(shape, picture, transition));
        let sign = sign.filter(|sign| brush.growth(sign) > 1.0);
        match (moved, sign) {
            (Some(Moved { opacity, .. }), _) if opacity <= 0.0 => {}
            (Some(Moved { by, grown, opacity }), None) => brush.add(&shifted(shape, by, grown), opacity),
            // It is in its new place at once.
            (Some(Moved { opacity, .. }), Some(sign)) => brush.add_sign(shape, sign, opacity),
            (None, Some(sign)) => brush.add_sign(shape, sign, 1.0),
            (None, None) => brush.add(shape, 1.0),
        }
    }
    brush.flush_lines();
    painter.extend(brush.shapes);
}

/// Where a shape is during a transition, against where it will be.
struct Moved {
    by: Point,
    /// What its width and height lack.
    grown: Point,
    opacity: f32,
}

fn moved(shape: &Shape, picture: &Picture, transition: &Transition<'_>) -> Moved {
    let still = Moved { by: Point::default(), grown: Point::default(), opacity: transition.part };
    let Some(thing) = shape.hit().and_then(|hit| picture.thing(hit)) else { return still };
    let (Some(after), Some(before)) = (picture.place(thing), transition.before.get(&thing)) else { return still };
    let left = 1.0 - transition.part;
    let by = Point::new((before.min.x - after.min.x) * left, (before.min.y - after.min.y) * left);
    let grown = match shape {
        Shape::Box(a_box) if a_box.rect == after => {
            Point::new((before.width() - after.width()) * left, (before.height() - after.height()) * left)
        }
        _ => Point::default(),
    };
    Moved { by, grown, opacity: 1.0 }
}

fn shifted(shape: &Shape, by: Point, grown: Point) -> Shape {
    let mut shape = shape.clone();
    shape.shift(by);
    if let Shape::Box(shape) = &mut shape {
        shape.rect.max = Point::new(shape.rect.max.x + grown.x, shape.rect.max.y + grown.y);
    }
    shape
}

struct Brush<'a> {
    picture: &'a Picture,
    camera: &'a Camera,
    theme: &'a Theme,
    painter: &'a Painter,
    zoom: f32,
    /// The width of one pixel, in points.
    feather: f32,
    /// Of the sign that is being painted.
    growth: f32,
    shapes: Vec<egui::Shape>,
    /// Lines since the last other shape.
    lines: Mesh,
}

impl Brush<'_> {
    fn add(&mut self, shape: &Shape, opacity: f32) {
        let opacity = match shape.emphasis() {
            Emphasis::Normal => opacity,
            Emphasis::Dimmed => opacity * DIMMED_OPACITY,
        };
        if self.is_dot(shape) {
            return;
        }
        match shape {
            Shape::Ribbon(ribbon) => self.ribbon(ribbon, opacity),
            Shape::Box(shape) => {
                self.flush_lines();
                self.box_shape(shape, opacity);
            }
            Shape::Label(label) => self.label(label, opacity),
            Shape::Polygon(polygon) => self.polygon(polygon, opacity),
        }
    }

    /// How much larger than the rest a sign is painted; as it is where even then nobody could read it.
    fn growth(&self, sign: &Sign) -> f32 {
        let growth = sign.growth(self.zoom);
        let is_legible = TextSize::Caption.points() * self.zoom * growth >= LEGIBLE_PTS;
        if is_legible { growth } else { 1.0 }
    }

    fn add_sign(&mut self, shape: &Shape, sign: &Sign, opacity: f32) {
        let mut shape = shape.clone();
        self.growth = self.growth(sign);
        shape.grow(sign.anchor, self.growth);
        self.add(&shape, opacity);
        self.growth = 1.0;
    }

    /// A sign that cannot be pointed at, too small to be seen for what it is.
    fn is_dot(&self, shape: &Shape) -> bool {
        let points = match shape {
            Shape::Box(plate) if plate.fill == Some(Role::Raised) => {
                return plate.rect.height() * self.zoom < LEAST_PLATE_PTS;
            }
            Shape::Polygon(plate) if plate.fill == Some(Role::Raised) => {
                let height = Rect::around(plate.points.iter().copied()).map_or(0.0, Rect::height);
                return height * self.zoom < LEAST_PLATE_PTS;
            }
            Shape::Ribbon(Ribbon { points, hit: None, .. }) | Shape::Polygon(Polygon { points, hit: None, .. }) => {
                points
            }
            _ => return false,
        };
        // Only signs have so few points and are so small; edges and outlines are measured for nothing.
        let largest = LEAST_SIGN_PTS / self.zoom;
        let Some(first) = points.first() else { return true };
        points.iter().all(|point| (point.x - first.x).abs() < largest && (point.y - first.y).abs() < largest)
    }

    fn flush_lines(&mut self) {
        if !self.lines.is_empty() {
            self.shapes.push(egui::Shape::Mesh(Arc::new(std::mem::take(&mut self.lines))));
        }
    }

    fn color(&self, role: Role, opacity: f32) -> Color32 {
        style::color32(self.theme.color(role)).gamma_multiply(opacity)
    }

    fn at(&self, point: Point) -> Pos2 {
        self.camera.to_screen(f64::from(point.x), f64::from(point.y))
    }

    /// Thin lines stay visible when the picture is small.
    fn line_width(&self, stroke: Stroke) -> f32 {
        (stroke.width * self.zoom).max(0.6 * self.feather.max(1.0))
    }

    fn box_shape(&mut self, shape: &BoxShape, opacity: f32) {
        let rect = self.camera.rect_to_screen(shape.rect);
        let side = rect.width().min(rect.height());
        if side < 0.5 {
            return;
        }
        // Heights are differences, and not quite what they were made from.
        let is_pill = shape.radius * 2.0 + 0.1 >= shape.rect.height();
        let corner = if side < ROUNDED_FROM_PTS && !is_pill { 0.0 } else { (shape.radius * self.zoom).min(side / 2.0) };
        let corner = CornerRadius::same(corner.round().min(255.0) as u8);
        let fill = shape.fill.map_or(Color32::TRANSPARENT, |role| self.color(role, opacity));
        let patterned = shape.stroke.filter(|stroke| stroke.dash.lengths(stroke.width).is_some());
        let stroke = match shape.stroke {
            Some(stroke) if patterned.is_none() => {
                egui::Stroke::new(self.line_width(stroke), self.color(stroke.role, opacity))
            }
            _ => egui::Stroke::NONE,
        };
        self.shapes.push(RectShape::new(rect, corner, fill, stroke, StrokeKind::Middle).into());
        if let Some(stroke) = patterned {
            let outline = rounded_outline(shape.rect, if side < ROUNDED_FROM_PTS { 0.0 } else { shape.radius });
            self.line(&outline, true, stroke, opacity);
            self.flush_lines();
        }
    }

    fn ribbon(&mut self, ribbon: &Ribbon, opacity: f32) {
        if ribbon.arrow == Arrow::None || ribbon.closed {
            self.line(&ribbon.points, ribbon.closed, ribbon.stroke, opacity);
            return;
        }
        let Some(arrow) = arrow_head(&ribbon.points, ribbon.stroke.width) else { return };
        self.line(&arrow.line, false, ribbon.stroke, opacity);
        let color = self.color(ribbon.stroke.role, opacity);
        let corners: Vec<Pos2> = arrow.head.iter().map(|point| self.at(*point)).collect();
        fill_polygon(&mut self.lines, &corners, color, self.feather);
    }

    fn line(&mut self, points: &[Point], closed: bool, stroke: Stroke, opacity: f32) {
        let color = self.color(stroke.role, opacity);
        let width = self.line_width(stroke);
        let mut points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
        thin_out(&mut points);
        match stroke.dash.lengths(stroke.width) {
            // Patterns finer than a few pixels are noise: what is small is drawn through.
            Some([on, off]) if (on + off) * self.zoom > 3.0 => {
                let mut points = points;
                if closed {
                    points.extend(points.first().copied());
                }
                for dash in dashes(&points, on * self.zoom, off * self.zoom) {
                    line_into(&mut self.lines, &dash, false, width, color, self.feather);
                }
            }
            _ => line_into(&mut self.lines, &points, closed, width, color, self.feather),
        }
    }

    fn label(&mut self, label: &Label, opacity: f32) {
        let natural = label.size.points() * self.zoom * self.growth;
        let mut anchor = self.at(label.anchor);
        let mut room = f32::INFINITY;
        let mut below_sign = None;
        let mut size = natural;
        if natural < LEAST_NAME_PTS
            && self.growth == 1.0
            && let Some(name) = self.room_for_name(label, anchor, natural)
        {
            room = name.width;
            below_sign = name.below_sign;
            size = LEAST_NAME_PTS;
            // Around the same middle, so that it stays beside its sign.
            anchor = pos2(name.left, anchor.y + (size - natural) * 0.35);
        }
        let Some(step) = FONT_STEPS.iter().rev().find(|step| **step <= size + 0.01).filter(|_| size >= LEGIBLE_PTS)
        else {
            return;
        };
        self.flush_lines();
        let font = FontId::new(*step, style::family(label.face));
        let color = self.color(label.role, opacity);
        // Where letters are larger than the zoom says, the room is another one than what the text was cut for.
        let name = label.whole.as_ref().filter(|_| room.is_finite()).unwrap_or(&label.text);
        let mut galley = self.painter.layout_no_wrap(name.clone(), font.clone(), color);
        if galley.size().x > room
            && let Some((width, baseline)) = below_sign
        {
            room = width;
            anchor.y = baseline;
        }
        // Narrow letters at the end take less room than the same number of others.
        let n_letters = name.chars().count();
        let mut kept = ((n_letters as f32 * (room / galley.size().x) * 1.3) as usize).min(n_letters);
        while galley.size().x > room && kept > 2 {
            kept -= 1;
            galley = self.painter.layout_no_wrap(theme::shortened(name, kept), font.clone(), color);
        }
        let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.row.glyphs.first()?.pos.y));
        let left = match label.align {
            Align::Start => anchor.x,
            Align::Center => anchor.x - galley.size().x / 2.0,
            Align::End => anchor.x - galley.size().x,
        };
        let top = anchor.y - baseline.unwrap_or_else(|| galley.size().y * 0.8);
        self.shapes.push(TextShape::new(pos2(left, top), galley, color).into());
    }

    /// Where a name can begin that is painted larger than the zoom says, and how wide it may be; `None` without room.
    fn room_for_name(&self, label: &Label, anchor: Pos2, natural: f32) -> Option<NameRoom> {
        if label.face == Face::Regular || label.align != Align::Start {
            return None;
        }
        let thing = self.picture.thing(label.hit?)?;
        let place = self.picture.place(thing)?;
        let rect = self.camera.rect_to_screen(place);
        // What is much larger than its zoom needs more than the line that was measured for it.
        let fits = natural * 2.2 >= LEAST_NAME_PTS || rect.height() >= ROOMY_PTS;
        // The sign at the end of a box keeps its place, if it is painted.
        let sign = if OPENING_SIGN * self.zoom < LEAST_SIGN_PTS { 0.0 } else { 16.0 * self.zoom };
        let left = if KIND_SIGN * self.zoom < LEAST_SIGN_PTS { rect.left() + 4.0 } else { anchor.x };
        let badges = self.picture.sign(thing);
        let taken = badges.map_or(0.0, |it| (place.max.x - it.anchor.x + it.width * self.growth(it)) * self.zoom);
        let end = rect.right() - left - 3.0;
        // What sits on the upper edge leaves the whole width below it.
        let hangs = badges.filter(|it| (it.anchor.y - place.min.y).abs() < 1.0).and_then(|it| {
            let reach = BADGE_REACH * self.growth(it) * self.zoom;
            let height = rect.height() - reach;
            let baseline = rect.top() + reach + height / 2.0 + LEAST_NAME_PTS * 0.35;
            (height > LEAST_NAME_PTS).then_some((end - sign, baseline))
        });
        let width = end - sign.max(taken);
        let least = LEAST_NAME_PTS * 2.5;
        let has_room = width >= least || hangs.is_some_and(|(width, _)| width >= least);
        let is_named = fits && rect.height() >= LEAST_NAMED_PTS && has_room;
        is_named.then_some(NameRoom { left, width: width.max(0.0), below_sign: hangs })
    }

    fn polygon(&mut self, polygon: &Polygon, opacity: f32) {
        let corners: Vec<Pos2> = polygon.points.iter().map(|point| self.at(*point)).collect();
        if let Some(fill) = polygon.fill {
            let color = self.color(fill, opacity);
            if is_convex(&corners) {
                fill_polygon(&mut self.lines, &corners, color, self.feather);
            } else if is_band(&corners) {
                fill_band(&mut self.lines, &corners, color);
            } else {
                self.flush_lines();
                let mut mesh = Mesh::default();
                fill_concave(&mut mesh, &corners, color);
                self.shapes.push(egui::Shape::Mesh(Arc::new(mesh)));
            }
        }
        if let Some(stroke) = polygon.stroke {
            if stroke.dash.lengths(stroke.width).is_some() {
                self.line(&polygon.points, true, stroke, opacity);
            } else {
                self.flush_lines();
                let look = egui::Stroke::new(self.line_width(stroke), self.color(stroke.role, opacity));
                self.shapes.push(PathShape::closed_line(corners, look).into());
            }
        }
    }
}
