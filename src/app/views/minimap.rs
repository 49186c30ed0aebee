//! The whole picture in a corner, with a frame around what is in sight; a drag moves the eye.
//!
//! In: a canvas.  Out: its camera, moved by the hand within the frame.  Drawn from the boxes of the same picture.  Not here:
//! whether somebody wants it (`settings`).

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::app::canvas::camera::Camera;
use crate::app::canvases::Canvas;
use crate::app::style;
use crate::scene::shape::Shape;
use crate::theme::{Role, line, radius};

/// The longest side, as a part of the canvas, and in points.
const PART: f32 = 0.24;
const LONGEST_PTS: f32 = 220.0;
const PADDING_PTS: f32 = 6.0;

/// Boxes smaller than this would be dust.
const LEAST_PTS: f32 = 1.5;

/// The zoom buttons stand below.
const BELOW_PTS: f32 = 116.0;

pub(super) fn show(ui: &Ui, area: Rect, canvas: &mut Canvas) {
    let bounds = canvas.picture.scene.bounds;
    if canvas.shows_all() || bounds.width() <= 0.0 || bounds.height() <= 0.0 {
        return;
    }
    let room = vec2((area.width() * PART).min(LONGEST_PTS), (area.height() * PART).min(LONGEST_PTS));
    let scale = (room.x / bounds.width()).min(room.y / bounds.height());
    let size = vec2(bounds.width(), bounds.height()) * scale;
    let corner = area.right_bottom() - vec2(12.0 + PADDING_PTS, BELOW_PTS + PADDING_PTS);
    let inside = Rect::from_min_max(corner - size, corner);
    let whole = inside.expand(PADDING_PTS);
    let response = ui.interact(whole, ui.scope_id().with("minimap"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Minimap: drag to look elsewhere"));

    let eye = Camera::framing(inside, bounds);
    if (response.dragged() || response.clicked())
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let (x, y) = eye.to_world(pointer);
        canvas.camera.look_at(x, y);
    }
    let painter = ui.painter_at(whole.expand(1.0));
    let hairline = Stroke::new(line::HAIR, style::color(ui, Role::Separator));
    painter.rect(whole, radius::MEDIUM, style::color(ui, Role::Panel), hairline, StrokeKind::Inside);
    let theme = style::theme_of(ui.visuals());
    let mut shapes = Vec::new();
    for shape in canvas.picture.scene.shapes() {
        let Shape::Box(shape) = shape else { continue };
        let Some(fill) = shape.fill.filter(|_| shape.hit.is_some()) else { continue };
        let at = eye.rect_to_screen(shape.rect);
        if at.width() >= LEAST_PTS && at.height() >= LEAST_PTS {
            shapes.push(egui::Shape::rect_filled(at, 0.0, style::color32(theme.color(fill))));
        }
    }
    painter.extend(shapes);
    let seen = eye.rect_to_screen(canvas.camera.visible()).intersect(inside);
    if seen.is_positive() {
        let frame = Stroke::new(line::MEDIUM, style::color(ui, Role::Accent));
        painter.rect_stroke(seen, 1.0, frame, StrokeKind::Inside);
    }
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(if response.dragged() { egui::CursorIcon::Grabbing } else { egui::CursorIcon::Grab });
    }
}
